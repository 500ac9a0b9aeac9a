"""Pushes a workspace into Oxigraph's own server and into Virtuoso, which are stopped and killed meanwhile, and compares.

    pip install oxigraph
    apt-get install virtuoso-opensource-7-bin
    python tests/push.py TUPU KG OXIGRAPH VIRTUOSO

TUPU is the program, KG the workspace (100,000 triples or more, so that a push takes a while), OXIGRAPH and VIRTUOSO the
servers (`oxigraph`, `virtuoso-t`). They are started on ports that are free, in folders of their own. What each has at the
end is counted graph by graph, and ten saved queries must answer as they do here. Exits with 1 and a message where
something is missing or differs.
"""

import collections
import contextlib
import decimal
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

ALL = "https://example.org/all"
QUERIES = [
    ["donations"],
    ["supplies"],
    ["flows"],
    ["money"],
    ["establishments"],
    ["collaborations"],
    ["participants"],
    ["positions"],
    ["cases"],
    ["timeline", "--set", "from=2016", "--set", "to=2017"],
]
VIRTUOSO_INI = """
[Database]
DatabaseFile = v.db
ErrorLogFile = v.log
LockFile = v.lck
TransactionFile = v.trx
xa_persistent_file = v.pxa
FileExtend = 200
MaxCheckpointRemap = 2000
[TempDatabase]
DatabaseFile = t.db
TransactionFile = t.trx
MaxCheckpointRemap = 2000
[Parameters]
ServerPort = 127.0.0.1:{sql}
ServerThreads = 10
NumberOfBuffers = 20000
MaxDirtyBuffers = 15000
DirsAllowed = .
CheckpointInterval = 60
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerRoot = .
Charset = UTF-8
ServerThreads = 5
[SPARQL]
ResultSetMaxRows = 1000000
"""


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Server:
    """A server in a folder, on a port; `options` are those of a push to it."""

    options = []

    def __init__(self, program, folder):
        self.program, self.folder, self.port = shutil.which(program), folder, free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.process = None

    def start(self):
        with open(self.folder / "out", "ab") as out:
            self.process = subprocess.Popen(self.command(), cwd=self.folder, stdout=out, stderr=out)
        for _ in range(600):
            with contextlib.suppress(OSError):
                self.count("?s a <http://example.org/nothing>")
                return self
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        sys.exit(f"{self.program} does not start: {(self.folder / 'out').read_text()[-2000:]}")

    def stop(self, how):
        self.process.send_signal(how)
        self.process.wait()

    def ask(self, query):
        body = urllib.parse.urlencode({"query": query}).encode()
        request = urllib.request.Request(self.query, body, {"Accept": "application/sparql-results+json"})
        with urllib.request.urlopen(request, timeout=120) as answer:
            return json.load(answer)["results"]["bindings"]

    def count(self, pattern):
        return int(self.ask(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}")[0]["n"]["value"])

    def triples(self):
        """How many there are in named graphs, by graph."""
        rows = self.ask("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
        return {row["g"]["value"]: int(row["n"]["value"]) for row in rows}


class Oxigraph(Server):
    name = "Oxigraph"

    def __init__(self, program, folder, kept=True):
        super().__init__(program, folder)
        self.kept = kept
        self.query, self.to = self.address + "/query", self.address + "/update"
        self.store = self.address + "/store"

    def command(self):
        location = ["--location", "data"] if self.kept else []
        return [self.program, "serve", "--bind", f"127.0.0.1:{self.port}", *location]

    def default(self):
        return self.count("?s ?p ?o")


class Virtuoso(Server):
    name = "Virtuoso"
    options = ["--user", "dba", "--default-graph", ALL]

    def __init__(self, program, folder):
        super().__init__(program, folder)
        (folder / "v.ini").write_text(VIRTUOSO_INI.format(sql=free_port(), port=self.port))
        self.query, self.to = self.address + "/sparql", self.address + "/sparql-auth"

    def command(self):
        # One that was killed has left its lock.
        (self.folder / "v.lck").unlink(missing_ok=True)
        return [self.program, "+configfile", "v.ini", "+foreground"]

    def default(self):
        return self.count(f"GRAPH <{ALL}> {{ ?s ?p ?o }}")


class Workspace:
    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        # A named graph is what stands last in a line of N-Quads with four terms.
        quad = re.compile(r'^<[^>]*> <[^>]*> (?:<[^>]*>|"(?:[^"\\]|\\.)*"(?:@[\w-]+|\^\^<[^>]*>)?) (?:<([^>]*)> )?\.$')
        self.graphs = collections.Counter()
        for line in self.run("export", "nquads", "--kg", folder).splitlines():
            self.graphs[quad.match(line)[1]] += 1
        self.default = self.graphs.pop(None)
        self.all = self.default + sum(self.graphs.values())

    def run(self, *arguments):
        return subprocess.run([self.program, *arguments], check=True, capture_output=True, encoding="utf-8").stdout

    def push(self, server, *arguments):
        """A push under way."""
        command = [self.program, "push", "--kg", self.folder, "--to", server.to, *server.options, *arguments]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, stdout=pipe, stderr=pipe, encoding="utf-8", env=os.environ | {"TUPU_PASSWORD": "dba"})

    def pushed(self, server, *arguments):
        return finished(self.push(server, *arguments), server)

    def check(self, server):
        """Whether the server has every triple, each in its graph."""
        graphs = {name: count for name, count in server.triples().items() if name in self.graphs}
        missing = self.graphs - collections.Counter(graphs)
        if missing or graphs != self.graphs or server.default() != self.default:
            sys.exit(f"{server.name}: {server.default()} triples of {self.default}; missing {missing.most_common(3)}")


def finished(push, server):
    out, said = push.communicate(timeout=600)
    if push.returncode:
        sys.exit(f"{server.name}: tupu push ends with {push.returncode}: {said}")
    summary = dict(line.split(maxsplit=1) for line in out.splitlines())
    if not summary["compared"].startswith("all graphs"):
        sys.exit(f"{server.name}: nothing is compared: {summary['compared']}")
    return summary


def interrupted(workspace, server, how):
    """A push during which the server is ended and started again."""
    push = workspace.push(server, "--batch", "1000")
    # Some of it is there, most is not.
    while sum(server.triples().values()) + server.default() < workspace.all // 5:
        if push.poll() is not None:
            sys.exit(f"{server.name}: the push has ended before the server: {push.communicate()}")
        time.sleep(0.2)
    server.stop(how)
    time.sleep(1)
    server.start()
    if push.poll() is not None:
        sys.exit(f"{server.name}: the push has ended with the server: {push.communicate()}")
    summary = finished(push, server)
    if int(summary["retries"]) == 0:
        sys.exit(f"{server.name}: {how.name} has not been noticed")
    workspace.check(server)
    kept = "" if getattr(server, "kept", True) else " and keeps nothing"
    print(f"{server.name}, which gets {how.name} in the middle{kept}: {summary}")
    return summary


def value(term, server):
    """What a term means, however it is written."""
    kind, text = term["type"], term["value"]
    if kind == "uri":
        return "iri", text
    datatype = term.get("datatype", "").rpartition("#")[2]
    if datatype in ("integer", "decimal", "double", "float", "int", "long"):
        return "number", decimal.Decimal(text).normalize()
    if datatype == "boolean":
        return "boolean", text in ("true", "1")
    if datatype == "date":
        return "date", text.removesuffix("Z")
    if server.name == "Virtuoso":
        # Of the separator of GROUP_CONCAT it keeps ASCII alone: A、B comes as A?B.
        text = text.replace("、", "?").replace("…", "?")
    return "text", text, term.get("xml:lang", "").lower()


def rows(text, server):
    answer = json.loads(text)
    bound = [{name: value(term, server) for name, term in row.items()} for row in answer["results"]["bindings"]]
    return collections.Counter(tuple(sorted(row.items())) for row in bound)


def check_queries(workspace, server):
    query = server.query
    if server.name == "Virtuoso":
        query += "?" + urllib.parse.urlencode({"default-graph-uri": ALL})
    for arguments in QUERIES:
        here, there = (
            rows(workspace.run("query", *arguments, "--format", "json", *where), server)
            for where in (["--kg", workspace.folder], ["--server", query])
        )
        if not here:
            sys.exit(f"{arguments[0]} answers nothing here: take another workspace")
        if here != there:
            sys.exit(
                f"{server.name} answers {arguments} differently: {there.total()} rows, here {here.total()}; "
                f"only there {list(there - here)[:2]}, only here {list(here - there)[:2]}"
            )
    print(f"{server.name} answers {len(QUERIES)} saved queries as they are answered here")


def check_again(workspace, server, *arguments):
    """What is sent again, or in the place of what is there, is there once."""
    started = time.monotonic()
    summary = workspace.pushed(server, *arguments)
    took = time.monotonic() - started
    workspace.check(server)
    print(f"{server.name}, {' '.join(arguments) or 'again'}: {workspace.all / took:.0f} triples/s, {summary}")


def main():
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    tupu, kg, oxigraph, virtuoso = sys.argv[1:]
    workspace = Workspace(tupu, kg)
    if workspace.all < 100_000:
        sys.exit(f"{kg} has {workspace.all} triples; take one of 100,000 or more")
    with contextlib.ExitStack() as stack:

        def server(kind, *arguments, **options):
            folder = stack.enter_context(tempfile.TemporaryDirectory())
            one = kind(*arguments, pathlib.Path(folder), **options).start()
            stack.callback(lambda: (one.process.kill(), one.process.wait()))
            return one

        kept = server(Oxigraph, oxigraph)
        interrupted(workspace, kept, signal.SIGTERM)
        check_queries(workspace, kept)
        check_again(workspace, kept)
        check_again(workspace, kept, "--replace")
        kept.to = kept.store
        check_again(workspace, kept, "--protocol", "graph-store", "--replace")
        interrupted(workspace, server(Oxigraph, oxigraph), signal.SIGKILL)
        # Everything that it took before is gone, and it has said of all of it that it is taken.
        lost = interrupted(workspace, server(Oxigraph, oxigraph, kept=False), signal.SIGKILL)
        if "lost" not in lost:
            sys.exit("nobody has noticed that the server has forgotten what it took")
        other = server(Virtuoso, virtuoso)
        interrupted(workspace, other, signal.SIGTERM)
        check_queries(workspace, other)
        check_again(workspace, other, "--replace")
        interrupted(workspace, server(Virtuoso, virtuoso), signal.SIGKILL)


if __name__ == "__main__":
    main()
