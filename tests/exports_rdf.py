"""Reads the RDF exports of one workspace with rdflib and checks that all formats say the same.

    pip install rdflib pyoxigraph nanopub
    python tests/exports_rdf.py FOLDER

FOLDER holds graph.turtle, graph.ntriples, graph.trig, graph.nquads and graph.jsonld; graph.reifiers.turtle and
graph.nanopub.trig of the profiles; and gifts.trig, a choice of the facts. There are no blank nodes, so two graphs are
equal where they are the same set. rdflib does not know RDF 1.2, so pyoxigraph reads the reifiers. Exits with 1 and a
message where something differs.
"""

import pathlib
import sys

import nanopub
import pyoxigraph
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


def check_reifiers(path, default):
    """The profile adds to Turtle what each fact reifies, and that is a triple of the graph."""
    reifies = "http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies"
    plain, edges = set(), 0
    for triple in pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE):
        if triple.predicate.value == reifies:
            edge = triple.object
            if (str(edge.subject), str(edge.predicate), str(edge.object)) not in default:
                sys.exit(f"{path}: {triple.subject} reifies what the graph does not have: {edge}")
            edges += 1
        else:
            plain.add((str(triple.subject), str(triple.predicate), str(triple.object)))
    if {terms[:2] for terms in plain} != {terms[:2] for terms in default} or len(plain) != len(default) or not edges:
        sys.exit(f"{path}: {len(plain)} triples besides {edges} reified ones, and {len(default)} in the graph")
    return edges


def check_nanopubs(path, default):
    """Each fact is a valid nanopublication, and what it asserts is in the graph."""
    data = rdflib.Dataset()
    data.parse(path, format="trig")
    graphs = {}
    for subject, predicate, object, graph in data.quads():
        graphs.setdefault(str(graph), []).append((subject, predicate, object))
    kinds = rdflib.Namespace("http://www.nanopub.org/nschema#")
    publications = [s for s, _, _, _ in data.quads((None, rdflib.RDF.type, kinds.Nanopublication, None))]
    if len(graphs) != 4 * len(publications) or not publications:
        sys.exit(f"{path}: {len(publications)} publications in {len(graphs)} graphs")
    for publication in publications:
        one = rdflib.Dataset()
        for part in ["Head", "assertion", "provenance", "pubinfo"]:
            name = f"{publication}#{part}"
            for triple in graphs[name]:
                one.add((*triple, rdflib.URIRef(name)))
                if part == "assertion" and terms(triple) not in default:
                    sys.exit(f"{path}: {publication} asserts what the graph does not have: {triple}")
        if not nanopub.Nanopub(rdf=one).is_valid:
            sys.exit(f"{path}: {publication} is no valid nanopublication")
    return len(publications)


def check_choice(path, default, named):
    """What is chosen is part of the whole; what others fall under is described without the documents that speak of it."""
    some, elsewhere = quads(path, "trig")
    identities = rdflib.URIRef("https://w3id.org/tupu/kg/identities").n3()
    described = {quad for quad in elsewhere if quad[3] == identities and quad[:3] in default}
    if not some < default or not elsewhere - described < named:
        differ("a choice of the graph and the whole", some | elsewhere - described, default | named)
    ontology = rdflib.URIRef("https://w3id.org/tupu/ontology").n3()
    return sum(quad[3] != ontology for quad in elsewhere)


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
    edges = check_reifiers(folder / "graph.reifiers.turtle", default)
    facts = check_nanopubs(folder / "graph.nanopub.trig", default)
    chosen = check_choice(folder / "gifts.trig", default, named)
    print(f"{folder}: {edges} reified edges, {facts} nanopublications, {chosen} quads of gifts are in the graph")
    print(f"{folder}: {len(default)} triples and {len(named)} quads in named graphs are the same in five formats")


if __name__ == "__main__":
    main()
