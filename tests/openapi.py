"""Holds real answers of `tupu serve` against the description that it gives of itself.

    pip install jsonschema
    python tests/openapi.py TUPU FILE...

TUPU is the program; the FILEs are built into a workspace and served. Every route that GET /api describes is asked, every
answer must be valid by its schema (which allows no field that it does not name), every error is one line. Exits with 1
where that is not so.
"""

import json
import pathlib
import subprocess
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request

import jsonschema

DAY = "2026-11-27"


class Server:
    """A server of a workspace, and what it has been asked."""

    def __init__(self, tupu, folder):
        command = [tupu, "serve", "--kg", folder, "--port", "0", "--review"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.address = self.process.stdout.readline().strip().rstrip("/")
        while not (line := self.process.stderr.readline()).startswith("tupu: ready"):
            if not line:
                sys.exit("the server has ended")
        self.description = self.request("/api")[1]
        self.asked = set()

    def request(self, path, parameters=(), body=None):
        address = self.address + urllib.parse.quote(path) + "?" + urllib.parse.urlencode(parameters)
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(address, data=data, headers={"content-type": "application/json"})
        try:
            with urllib.request.urlopen(request) as response:
                return response.status, json.load(response)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)

    def validate(self, value, schema, where):
        # References are to the whole description.
        whole = {**schema, "components": self.description["components"]}
        errors = sorted(jsonschema.Draft202012Validator(whole).iter_errors(value), key=str)
        if errors:
            error = jsonschema.exceptions.best_match(errors)
            sys.exit(f"{where}: {'/'.join(map(str, error.absolute_path))}: {error.message[:300]}")

    def ask(self, route, *parameters, expect=200, body=None, **names):
        """Asks a route, and holds what is sent and what is answered against its schemas."""
        method = "get" if body is None else "post"
        operation = self.description["paths"][route][method]
        if body is not None and expect == 200:
            self.validate(body, operation["requestBody"]["content"]["application/json"]["schema"], f"{route}: body")
        status, answer = self.request(route.format(**names), parameters, body)
        where = f"{method} {route} {parameters} {body or ''}"
        if status != expect:
            sys.exit(f"{where}: {status} where {expect} was expected: {answer}")
        response = operation["responses"].get(str(status))
        if response is None:
            sys.exit(f"{where}: {status} is not described")
        if "$ref" in response:
            response = self.description["components"]["responses"][response["$ref"].rsplit("/", 1)[1]]
        self.validate(answer, response["content"]["application/json"]["schema"], where)
        if status != 200 and "\n" in answer["error"]:
            sys.exit(f"{where}: more than a line: {answer}")
        self.asked.add((method, route))
        return answer


def look(server):
    """Asks for all that can be looked at."""
    ask = server.ask
    ask("/api")
    ask("/api/status")
    schema = ask("/api/schema")
    for query in ["医院", "bj", "不在"]:
        ask("/api/suggest", ("q", query))
    for network in ["direct", "actors", "items", "facts"]:
        graph = ask("/api/graph", ("network", network), ("top", 20), ("nodes", "org/x"))
        if not graph["nodes"] or graph["missing"] != ["org/x"]:
            sys.exit(f"{network}: no network, or nothing missing")
        ask("/api/timeline", ("network", network))
    facts = ask("/api/facts", ("limit", 500))["facts"]
    for name in {fact["type"] for fact in facts}:
        ask("/api/facts", ("facts", name))
        if name not in [kind["name"] for kind in schema["fact_types"]]:
            sys.exit(f"{name}: no such fact type in /api/schema")
    entities = sorted({filler["entity"]["id"] for fact in facts for filler in fact["roles"] if "entity" in filler})
    for entity in entities:
        told = ask("/api/entity", ("id", entity))
        for wider in told["wider"]:
            ask("/api/entity", ("id", wider["id"]))
    for one, other in zip(entities, entities[1:40]):
        ask("/api/path", ("source", one), ("target", other))
    for order in ["published", "title", "facts", "id"]:
        documents = ask("/api/documents", ("sort", order), ("q", "的"))["documents"]
        if not documents or not all("snippet" in document for document in documents):
            sys.exit(f"{order}: no document with the word, or no snippet")
    for document in ask("/api/documents")["documents"]:
        text = ask("/api/document", ("id", document["id"]))["text"].encode("utf-16-le")
        if len(text.decode("utf-16-le")) != document["length"]:
            sys.exit(f"{document['id']}: another length")
        read = ask("/api/annotate", body={"text": text.decode("utf-16-le"), "title": None, "published": DAY})
        for token in read["tokens"]:
            if not text[2 * token["start"] : 2 * token["end"]].decode("utf-16-le"):
                sys.exit(f"{document['id']}: a token of nothing")
    return facts, entities


def question(server, entity):
    """Asks the saved queries and queries of one's own."""
    for query in server.ask("/api/queries"):
        needed = [(param["name"], entity) for param in query["params"] if "default" not in param]
        server.ask("/api/queries/{name}", *needed, name=query["name"])
    for text in [
        "SELECT * { GRAPH ?g { ?s ?p ?o } } LIMIT 500",
        "ASK { ?s a tupu:Fact }",
        "CONSTRUCT { ?s a ?t } { ?s a ?t }",
        "SELECT ?nothing { }",
    ]:
        server.ask("/api/query", body={"query": text})
    server.ask("/api/query", body={"query": "SELECT"}, expect=400)
    server.ask("/api/queries/{name}", name="nothing", expect=404)


def decide(server, fact, entities):
    """Makes decisions of every kind and takes them back."""
    organizations = [entity for entity in entities if entity.startswith("org/")]
    one, other = organizations[:2]
    for act in [
        {"act": "reject", "fact": fact["id"]},
        {"act": "accept", "fact": fact["id"]},
        {"act": "merge", "entities": [one, other]},
        {"act": "distinguish", "entities": [one, other]},
        {"act": "rename", "entity": one, "to": "新名"},
        {"act": "retype", "entity": one, "to": "Product"},
    ]:
        made = server.ask("/api/review", body={**act, "reason": "试", "date": DAY})
        standing = server.ask("/api/review")["decisions"]
        if made["id"] not in [decision["id"] for decision in standing]:
            sys.exit(f"{act}: made and not there")
        server.ask("/api/review", body={"act": "undo", "decision": made["id"], "reason": "误", "date": DAY})
    server.ask("/api/review", body={"act": "undo", "decision": "0000", "reason": "误", "date": DAY}, expect=404)
    server.ask("/api/review", body={"act": "rename", "entity": one, "to": "", "reason": "", "date": ""}, expect=400)


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    tupu, *files = sys.argv[1:]
    with tempfile.TemporaryDirectory() as scratch:
        folder = str(pathlib.Path(scratch) / "kg")
        subprocess.run([tupu, "build", *files, "--kg", folder], check=True, capture_output=True)
        server = Server(tupu, folder)
        try:
            for schema in server.description["components"]["schemas"].values():
                jsonschema.Draft202012Validator.check_schema(schema)
            facts, entities = look(server)
            question(server, entities[0])
            decide(server, facts[0], entities)
        finally:
            server.process.kill()
            server.process.communicate()
    # Files for other programs are no JSON.
    told = {(method, route) for route, methods in server.description["paths"].items() for method in methods}
    left = told - server.asked - {("get", "/api/export/{format}")}
    if left:
        sys.exit(f"not asked: {sorted(left)}")
    print(f"{len(server.asked)} routes answer as they are described, of {len(facts)} facts and {len(entities)} entities")


if __name__ == "__main__":
    main()
