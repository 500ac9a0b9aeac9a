"""Loads a GraphML file in networkx and in python-igraph and checks that nothing was lost on the way.

    pip install networkx igraph
    python tests/exports.py FILE.graphml

Exits with 1 and a message where a label, a type, a direction or an attribute differs from what the file says.
"""

import sys
import xml.etree.ElementTree as xml

import igraph
import networkx

SPACE = "{http://graphml.graphdrawing.org/xmlns}"
PYTHON = {"string": str, "int": int, "long": int, "double": float, "boolean": bool}


def stated(path):
    """Nodes and edges by id, as the file states them."""
    root = xml.parse(path).getroot()
    keys = {key.get("id"): (key.get("attr.name"), PYTHON[key.get("attr.type")]) for key in root.iter(SPACE + "key")}

    def data(element):
        values = {}
        for item in element.iter(SPACE + "data"):
            name, kind = keys[item.get("key")]
            values[name] = kind(item.text or "")
        return values

    nodes = {node.get("id"): data(node) for node in root.iter(SPACE + "node")}
    edges = {edge.get("id"): (edge.get("source"), edge.get("target"), data(edge)) for edge in root.iter(SPACE + "edge")}
    return nodes, edges


def same(what, found, expected):
    if found != expected:
        sys.exit(f"{what}: {str(found)[:500]} instead of {str(expected)[:500]}")


def check_networkx(path, nodes, edges):
    graph = networkx.read_graphml(path, force_multigraph=True)
    same("networkx: directed", graph.is_directed(), directed)
    same("networkx: nodes", dict(graph.nodes(data=True)), nodes)
    found = {key: (source, target, data) for source, target, key, data in graph.edges(keys=True, data=True)}
    same("networkx: edges", found, edges)


def check_igraph(path, nodes, edges):
    graph = igraph.Graph.Read_GraphML(str(path))
    same("igraph: directed", graph.is_directed(), directed)
    ids = graph.vs["id"]
    same("igraph: node ids", sorted(ids), sorted(nodes))
    for vertex in graph.vs:
        # igraph gives every node every attribute: an absent string is empty.
        for name, value in nodes[vertex["id"]].items():
            same(f"igraph: {name} of {vertex['id']}", vertex[name], value)
    # The ids of edges are left out: igraph reads the ids of nodes in their place.
    def row(source, target, values):
        return source, target, sorted((name, value) for name, value in values.items() if value != "" and name != "id")

    found = sorted(row(ids[edge.source], ids[edge.target], edge.attributes()) for edge in graph.es)
    same("igraph: edges", found, sorted(row(*edge) for edge in edges.values()))


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    path = sys.argv[1]
    nodes, edges = stated(path)
    if not nodes or not edges:
        sys.exit(f"{path}: {len(nodes)} nodes and {len(edges)} edges: nothing to check")
    for values in nodes.values():
        if not {"label", "name", "type", "mentions"} <= values.keys():
            sys.exit(f"a node lacks an attribute: {values}")
    for _, _, values in edges.values():
        if not {"label", "interaction", "weight", "facts"} <= values.keys():
            sys.exit(f"an edge lacks an attribute: {values}")
    check_networkx(path, nodes, edges)
    check_igraph(path, nodes, edges)
    print(f"{path}: {len(nodes)} nodes and {len(edges)} edges are the same in networkx and igraph")


if __name__ == "__main__":
    main()
