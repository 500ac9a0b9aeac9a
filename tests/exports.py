"""Loads what `tupu export` wrote of one network in other programs and checks that nothing was lost on the way.

    pip install networkx igraph
    tupu export graphml -o FOLDER/graphml; tupu export gexf -o FOLDER/gexf; tupu export cytoscape -o FOLDER/cytoscape
    tupu export csv -o FOLDER/tables
    python tests/exports.py FOLDER [ANNOTATIONS]

The JSON is what the others are held against: all ids, ends, attributes and their types, in networkx and igraph. The days
of GEXF are worked out again from the table of facts. Where the annotations are named that the graph was loaded from, the
words behind every fact must be those of the text. Exits with 1 and a message where something differs.
"""

import csv
import datetime
import json
import pathlib
import re
import sys
import xml.etree.ElementTree as xml

import igraph
import networkx

GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"
PYTHON = {"string": str, "int": int, "long": int, "double": float, "boolean": bool}
# What each attribute is; whatever is not named here is a string.
INTEGERS = {"mentions", "degree", "community", "weight", "documents"}
NUMBERS = {"confidence", "weighted_degree", "pagerank", "betweenness"}
DATES = {"first_date", "last_date"}
# What XML 1.0 has no way to write.
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Network:
    """Attributes of nodes by id; ends and attributes of edges by id."""

    def __init__(self, nodes, edges, directed):
        self.nodes, self.edges, self.directed = nodes, edges, directed

    def in_xml(self):
        """The same, without the characters that XML does not have."""

        def plain(values):
            return {name: FORBIDDEN.sub("", v) if isinstance(v, str) else v for name, v in values.items()}

        nodes = {plain({"id": at})["id"]: plain(values) for at, values in self.nodes.items()}
        edges = {at: (source, target, plain(values)) for at, (source, target, values) in self.edges.items()}
        return Network(nodes, edges, self.directed)


def same(what, found, expected):
    if found == expected and type(found) is type(expected):
        return
    if isinstance(found, dict) and isinstance(expected, dict):
        for key in sorted(found.keys() | expected.keys(), key=str):
            if found.get(key) != expected.get(key):
                sys.exit(f"{what}, {key}: {str(found.get(key))[:400]!r} instead of {str(expected.get(key))[:400]!r}")
    sys.exit(f"{what}: {str(found)[:500]!r} instead of {str(expected)[:500]!r}")


def truth(path):
    """The network as the JSON states it, which must be sound by itself."""
    read = json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
    nodes, edges = {}, {}
    for node in read["elements"]["nodes"]:
        values = dict(node["data"])
        at = values.pop("id")
        same("a node's value is its id", values.pop("value"), at)
        if at in nodes:
            sys.exit(f"two nodes are called {at}")
        nodes[at] = values
    for edge in read["elements"]["edges"]:
        values = dict(edge["data"])
        at, source, target = (values.pop(name) for name in ("id", "source", "target"))
        same("an edge's key is its id", values.pop("key"), at)
        if at in edges or not {source, target} <= nodes.keys():
            sys.exit(f"edge {at} stands twice, or an end of it is missing")
        if values["weight"] < 1 or len(values["facts"].split(" ")) != values["weight"]:
            sys.exit(f"the weight of {at} is {values['weight']}, its facts are {values['facts']}")
        edges[at] = (source, target, values)
    for values in [*nodes.values(), *(values for _, _, values in edges.values())]:
        for name, value in values.items():
            kind = int if name in INTEGERS else float if name in NUMBERS else str
            same(f"the type of {name}", type(value), kind)
            if name in DATES:
                datetime.date.fromisoformat(value)
    if not nodes or not edges:
        sys.exit(f"{path}: {len(nodes)} nodes and {len(edges)} edges: nothing to check")
    return Network(nodes, edges, read["directed"])


def table(path):
    """A table by its first column, an empty field as no field."""
    with open(path, newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    first = next(iter(rows[0]))
    found = {row[first]: {name: value for name, value in row.items() if value != ""} for row in rows}
    same(f"{path}: ids are unique", len(found), len(rows))
    return found


def stated_in_graphml(path):
    root = xml.parse(path).getroot()
    keys = {key.get("id"): (key.get("attr.name"), PYTHON[key.get("attr.type")]) for key in root.iter(GRAPHML + "key")}

    def data(element):
        values = {}
        for item in element.iter(GRAPHML + "data"):
            name, kind = keys[item.get("key")]
            values[name] = kind(item.text or "")
        return values

    nodes = {node.get("id"): data(node) for node in root.iter(GRAPHML + "node")}
    edges = {e.get("id"): (e.get("source"), e.get("target"), data(e)) for e in root.iter(GRAPHML + "edge")}
    return nodes, edges


def check_graphml(path, network):
    nodes, edges = stated_in_graphml(path)
    same("GraphML: nodes", nodes, network.nodes)
    same("GraphML: edges", edges, network.edges)
    graph = networkx.read_graphml(path, force_multigraph=True)
    same("GraphML in networkx: directed", graph.is_directed(), network.directed)
    same("GraphML in networkx: nodes", dict(graph.nodes(data=True)), network.nodes)
    same("GraphML in networkx: edges", edges_of(graph, network), network.edges)
    graph = igraph.Graph.Read_GraphML(str(path))
    same("GraphML in igraph: directed", graph.is_directed(), network.directed)
    # igraph leaves the reference in place that the XML parser makes of an ampersand in an id.
    ids = [at.replace("&#38;", "&") for at in graph.vs["id"]]
    same("GraphML in igraph: node ids", sorted(ids), sorted(network.nodes))
    for at, vertex in zip(ids, graph.vs):
        # igraph gives every node every attribute: an absent string is empty.
        for name, value in network.nodes[at].items():
            same(f"GraphML in igraph: {name} of {at}", vertex[name], in_igraph(value))

    # The ids of edges are left out: igraph reads the ids of nodes in their place. Numbers that are absent are not a
    # number, which equals nothing.
    def row(source, target, values):
        there = {name: in_igraph(v) for name, v in values.items() if v == v and v != "" and name != "id"}
        return source, target, sorted(there.items())

    found = sorted(row(ids[edge.source], ids[edge.target], edge.attributes()) for edge in graph.es)
    same("GraphML in igraph: edges", found, sorted(row(*edge) for edge in network.edges.values()))


def in_igraph(value):
    """All numbers of igraph are of one type."""
    return float(value) if isinstance(value, int) else value


def edges_of(graph, network):
    """The edges of networkx; where they have no direction, their ends in the order of the truth."""
    found = {}
    for source, target, key, values in graph.edges(keys=True, data=True):
        swapped = not network.directed and network.edges[key][0] != source
        found[key] = (target, source, values) if swapped else (source, target, values)
    return found


def check_gexf(path, network, facts):
    graph = networkx.read_gexf(path)
    if not graph.is_multigraph():
        graph = (networkx.MultiDiGraph if graph.is_directed() else networkx.MultiGraph)(graph)
        graph = keyed(graph)
    same("GEXF in networkx: directed", graph.is_directed(), network.directed)
    spells = {at: values.pop("spells", None) for at, values in graph.nodes(data=True)}
    found = {at: dict(values) for at, values in graph.nodes(data=True)}
    same("GEXF in networkx: nodes", found, network.nodes)
    edges, edge_spells = {}, {}
    for at, (source, target, values) in edges_of(graph, network).items():
        edge_spells[at] = values.pop("spells", None)
        same("GEXF in networkx: an edge's key is its id", values.pop("id"), at)
        # networkx reads every weight as a fraction.
        edges[at] = (source, target, {**values, "weight": int(values["weight"])})
    same("GEXF in networkx: edges", edges, network.edges)
    at_node = {at: set() for at in network.nodes}
    for at, (source, target, values) in network.edges.items():
        these = values["facts"].split(" ")
        same(f"GEXF: spells of {at}", edge_spells[at], runs(these, facts))
        for end in (source, target):
            at_node[end].update([end] if end in facts else these)
    for at, these in at_node.items():
        same(f"GEXF: spells of {at}", spells[at], runs(these, facts))
    return sum(days is not None for days in edge_spells.values())


def keyed(graph):
    """A network that networkx took for one without parallel edges, its edges by their ids."""
    again = graph.__class__()
    again.add_nodes_from(graph.nodes(data=True))
    again.add_edges_from((source, target, values["id"], values) for source, target, values in graph.edges(data=True))
    return again


def runs(these, facts):
    """The spells of facts, counted day by day; nothing where one has no date or there is none."""
    days = set()
    for fact in these:
        if "first_date" not in facts[fact]:
            return None
        first, last = (datetime.date.fromisoformat(facts[fact][name]).toordinal() for name in sorted(DATES))
        days.update(range(first, last + 1))
    starts = sorted(day for day in days if day - 1 not in days)
    ends = sorted(day for day in days if day + 1 not in days)
    return [tuple(str(datetime.date.fromordinal(day)) for day in pair) for pair in zip(starts, ends)] or None


def check_json(path, network):
    graph = networkx.cytoscape_graph(json.loads(pathlib.Path(path).read_text(encoding="utf-8")))
    same("JSON in networkx: directed", graph.is_directed(), network.directed)
    nodes = {at: {**values, "id": at, "value": at} for at, values in network.nodes.items()}
    same("JSON in networkx: nodes", dict(graph.nodes(data=True)), nodes)
    edges = {}
    for at, (source, target, values) in network.edges.items():
        edges[at] = (source, target, {**values, "id": at, "key": at, "source": source, "target": target})
    same("JSON in networkx: edges", edges_of(graph, network), edges)


def check_words(path, facts):
    """The words behind the facts are those of the texts, whatever is in them."""
    lines = pathlib.Path(path).read_text(encoding="utf-8").split("\n")
    for annotation in map(json.loads, filter(None, lines)):
        for fact in annotation["facts"]:
            span = fact["evidence"]
            words = annotation["text"][span["start"] : span["end"]]
            known = [values["evidence"] for values in facts.values() if "evidence" in values]
            if not any(words in those.split(" … ") for those in known):
                sys.exit(f"no fact has the words {words!r}")


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    folder = pathlib.Path(sys.argv[1])
    network, facts = truth(folder / "cytoscape"), table(folder / "tables" / "facts.csv")
    check_json(folder / "cytoscape", network)
    check_graphml(folder / "graphml", network.in_xml())
    dated = check_gexf(folder / "gexf", network.in_xml(), facts)
    if len(sys.argv) == 3:
        check_words(sys.argv[2], facts)
    counts = f"{len(network.nodes)} nodes, {len(network.edges)} edges ({dated} with spells), {len(facts)} facts"
    print(f"{folder}: {counts}: the same in GraphML, GEXF and JSON, networkx and igraph")


if __name__ == "__main__":
    main()
