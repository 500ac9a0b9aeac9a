"""Reads the RDF exports of one workspace with rdflib and checks that all formats say the same.

    pip install rdflib
    python tests/exports_rdf.py FOLDER

FOLDER holds graph.turtle, graph.ntriples, graph.trig, graph.nquads and graph.jsonld. There are no blank nodes, so two
graphs are equal where they are the same set. Exits with 1 and a message where they differ.
"""

import pathlib
import sys

import rdflib

# Literals are compared as they are written: 0.50 is not 0.5.
rdflib.NORMALIZE_LITERALS = False

TRIPLES = {"turtle": "turtle", "ntriples": "nt"}
QUADS = {"trig": "trig", "nquads": "nquads", "jsonld": "json-ld"}


def differ(what, left, right):
    only = [sorted(left - right)[:3], sorted(right - left)[:3]]
    sys.exit(f"{what}: {len(left)} and {len(right)} statements; only in the first: {only[0]}; only in the second: {only[1]}")


def terms(statement):
    for term in statement:
        if isinstance(term, rdflib.BNode):
            sys.exit(f"a blank node: {statement}")
    return tuple(term.n3() for term in statement)


def triples(path, format):
    graph = rdflib.Graph()
    graph.parse(path, format=format)
    return {terms(triple) for triple in graph}


def quads(path, format):
    """The triples of the default graph, and the quads of the named graphs."""
    data = rdflib.Dataset()
    data.parse(path, format=format)
    default = {terms(triple) for triple in data.default_graph}
    named = set()
    for subject, predicate, object, graph in data.quads():
        if graph is not None and graph != data.default_graph.identifier:
            named.add(terms((subject, predicate, object, graph)))
    return default, named


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = pathlib.Path(sys.argv[1])
    file = lambda name: folder / f"graph.{name}"
    default, named = quads(file("nquads"), QUADS["nquads"])
    lines = file("nquads").read_text(encoding="utf-8").count("\n")
    if lines != len(default) + len(named) or not default or not named:
        sys.exit(f"nquads: {lines} lines, {len(default)} triples and {len(named)} quads in named graphs")
    for name in ["trig", "jsonld"]:
        other, elsewhere = quads(file(name), QUADS[name])
        if other != default:
            differ(f"default graph of nquads and {name}", default, other)
        if elsewhere != named:
            differ(f"named graphs of nquads and {name}", named, elsewhere)
    for name, format in TRIPLES.items():
        other = triples(file(name), format)
        if other != default:
            differ(f"nquads and {name}", default, other)
    print(f"{folder}: {len(default)} triples and {len(named)} quads in named graphs are the same in five formats")


if __name__ == "__main__":
    main()
