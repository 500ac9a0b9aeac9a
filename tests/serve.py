"""Asks a workspace over HTTP as programs do and checks that they are told what `tupu query` says.

    pip install SPARQLWrapper rdflib
    npm install @comunica/query-sparql@3
    python tests/serve.py TUPU KG MODULES

TUPU is the program, KG the workspace, MODULES the folder that has node_modules in it. The server is started on a port
that is free and ended again. SPARQLWrapper asks in every format and with every method, rdflib as a store and for whole
graphs, curl as a person at a terminal, and Comunica in tests/serve.mjs. Exits with 1 and a message where something differs.
"""

import contextlib
import io
import json
import pathlib
import subprocess
import sys
import urllib.error
import warnings

import rdflib
import SPARQLWrapper as sparql
from rdflib.plugins.stores.sparqlstore import SPARQLStore

# Literals are compared as they are written: 0.50 is not 0.5.
rdflib.NORMALIZE_LITERALS = False
# It warns of every format that is not the one that it asks for first.
warnings.simplefilter("ignore")

PREFIXES = """
PREFIX tupu: <https://w3id.org/tupu/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""
# Sorted, with cells that have no value; every term of the graph; words in two languages; nothing.
SELECTS = [
    "SELECT ?fact ?name ?words { ?fact a tupu:Fact ; tupu:involves ?x . ?x tupu:name ?name "
    "OPTIONAL { ?fact tupu:modality ?words } } ORDER BY ?fact ?name",
    "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o",
    "SELECT ?term ?label { GRAPH ?g { ?term rdfs:label ?label } } ORDER BY ?g ?term ?label",
    "SELECT ?x { ?x a tupu:Nothing }",
]
ASKS = {"ASK { ?fact a tupu:Fact }": True, "ASK { ?x a tupu:Nothing }": False}
CONSTRUCTS = ["CONSTRUCT WHERE { ?s ?p ?o }", "DESCRIBE ?x { ?x a tupu:Fact }"]


def same(what, found, expected):
    if found != expected:
        pairs = zip(found, expected) if isinstance(found, list) else ()
        first = next((pair for pair in pairs if pair[0] != pair[1]), (found, expected))
        sys.exit(f"{what}: {str(first[0])[:500]} instead of {str(first[1])[:500]}")


class Workspace:
    """What `tupu query` says."""

    def __init__(self, tupu, folder):
        self.tupu, self.folder = tupu, folder

    def ask(self, query, format):
        command = [self.tupu, "query", "-e", query, "--format", format, "--kg", self.folder]
        return subprocess.run(command, check=True, capture_output=True).stdout

    def rows(self, query):
        return rows(self.ask(query, "json"), "json")

    def triples(self, query):
        return triples(self.ask(query, "ntriples"), "nt")

    @contextlib.contextmanager
    def served(self):
        command = [self.tupu, "serve", "--port", "0", "--kg", self.folder]
        server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        try:
            address = server.stdout.readline().strip()
            for line in server.stderr:
                if line.startswith("tupu: ready"):
                    break
            yield address
        finally:
            server.kill()
            server.wait()


def rows(data, format):
    """Rows of terms, each a list in the order of the columns."""
    result = rdflib.query.Result.parse(io.BytesIO(data), format=format)
    return [[term if term is None else term.n3() for term in row] for row in result]


def triples(data, format):
    return {tuple(term.n3() for term in triple) for triple in rdflib.Graph().parse(data=data, format=format)}


def check_wrapper(address, workspace):
    def ask(query, format, **how):
        client = sparql.SPARQLWrapper(address + "sparql", returnFormat=format)
        client.setQuery(query)
        client.setMethod(how.get("method", sparql.GET))
        client.setRequestMethod(how.get("request", sparql.URLENCODED))
        return client.query()

    for query in SELECTS:
        expected = workspace.rows(PREFIXES + query)
        for how in ({}, {"method": sparql.POST}, {"method": sparql.POST, "request": sparql.POSTDIRECTLY}):
            answer = ask(PREFIXES + query, sparql.JSON, **how).response.read()
            same(f"SPARQLWrapper, JSON, {how}: {query}", rows(answer, "json"), expected)
        # The usual prefixes need not be declared, but that the client looks for them.
        same("SPARQLWrapper, no prefixes", rows(ask(query, sparql.JSON).response.read(), "json"), expected)
        answer = ask(query, sparql.XML).response.read()
        same(f"SPARQLWrapper, XML: {query}", rows(answer, "xml"), [[in_xml(term) for term in row] for row in expected])
        for format in (sparql.CSV, sparql.TSV):
            answer = ask(query, format).response.read()
            same(f"SPARQLWrapper, {format}: {query}", answer, workspace.ask(query, format))
    for query, expected in ASKS.items():
        same(f"SPARQLWrapper: {query}", ask(query, sparql.JSON).convert()["boolean"], expected)
        answer = ask(query, sparql.XML).response.read()
        same(f"SPARQLWrapper, XML: {query}", rdflib.query.Result.parse(io.BytesIO(answer), format="xml").askAnswer, expected)
    for query in CONSTRUCTS:
        expected = workspace.triples(PREFIXES + query)
        for format, name in ((sparql.TURTLE, "turtle"), (sparql.N3, "turtle"), (sparql.JSONLD, "json-ld")):
            answer = ask(query, format).response.read()
            same(f"SPARQLWrapper, {format}: {query}", triples(answer, name), expected)
        answer = ask(query, sparql.RDFXML).response.read()
        same(f"SPARQLWrapper, RDF/XML: {query}", triples(answer, "xml"), {tuple(map(in_xml, one)) for one in expected})
    for refused in ("SELECT ?x {", "INSERT DATA { <x> <y> <z> }"):
        try:
            ask(refused, sparql.JSON)
        except (sparql.SPARQLExceptions.QueryBadFormed, urllib.error.HTTPError):
            continue
        sys.exit(f"SPARQLWrapper: {refused} is answered")


def in_xml(term):
    """XML has not all characters."""
    return term and "".join(c for c in term if c in "\t\n\r" or " " <= c and c not in "\ufffe\uffff")


def check_rdflib(address, workspace):
    store = rdflib.Graph(SPARQLStore(address + "sparql"))
    for query in SELECTS:
        found = [[term if term is None else term.n3() for term in row] for row in store.query(PREFIXES + query)]
        expected = [[in_xml(term) for term in row] for row in workspace.rows(PREFIXES + query)]
        same(f"rdflib's store: {query}", found, expected)
    whole = workspace.triples(CONSTRUCTS[0])
    same("rdflib's store: its length", len(store), len(whole))
    label = rdflib.RDFS.label
    found = {(s.n3(), label.n3(), o.n3()) for s, o in store.subject_objects(label)}
    same("rdflib's store: labels", found, {tuple(map(in_xml, one)) for one in whole if one[1] == label.n3()})
    for format in ("turtle", "nt", "json-ld"):
        graph = rdflib.Graph().parse(address + "rdf-graph-store?default", format=format)
        same(f"rdflib: the graph as {format}", {tuple(term.n3() for term in triple) for triple in graph}, whole)
    described = rdflib.Graph().parse(address + "sparql")
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    endpoint = described.value(described.value(None, rdflib.RDF.type, sd.Service), sd.endpoint)
    same("rdflib: the endpoint", str(endpoint), address + "sparql")
    for graph in described.objects(None, sd.graph):
        if not len(rdflib.Graph().parse(str(graph))):
            sys.exit(f"rdflib: {graph} is empty")


def check_curl(address, workspace):
    def curl(*arguments):
        return subprocess.run(["curl", "--silent", "--show-error", "--fail-with-body", *arguments], capture_output=True)

    query = SELECTS[0]
    found = curl(address + "sparql", "--data-urlencode", f"query={query}", "-H", "Accept: text/csv")
    same("curl", found.stdout, workspace.ask(query, "csv"))
    found = curl(address + "sparql", "-H", "Content-Type: application/sparql-query", "--data-binary", query)
    same("curl, a query by itself", rows(found.stdout, "json"), workspace.rows(query))
    refused = curl(address + "sparql", "--data-urlencode", "update=CLEAR ALL")
    same("curl, an update", (refused.returncode, b"read-only" in refused.stdout), (22, True))


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    tupu, folder, modules = sys.argv[1:]
    workspace = Workspace(tupu, folder)
    with workspace.served() as address:
        check_wrapper(address, workspace)
        check_rdflib(address, workspace)
        check_curl(address, workspace)
        script = pathlib.Path(__file__).with_suffix(".mjs")
        subprocess.run(["node", str(script), modules, address + "sparql", tupu, folder], check=True)
    print(f"{folder}: SPARQLWrapper, rdflib, curl and Comunica are told what tupu query says")


if __name__ == "__main__":
    main()
