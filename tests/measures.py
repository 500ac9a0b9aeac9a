"""Checks the measures in a GraphML file against networkx and igraph.

    pip install networkx scipy igraph
    python tests/measures.py FILE.graphml

FILE is what `tupu export graphml --measures all` writes. Two nodes are joined by as many facts as draw the edges between
them, each counted once, whatever the direction. Exits with 1 and a message where degrees differ, PageRank by more than
1e-6, betweenness by more than rounding, or where the communities have a modularity more than 1 % below that of igraph's.
"""

import sys

import igraph
import networkx


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    path = sys.argv[1]
    read = networkx.read_graphml(path, force_multigraph=True)
    facts = {}
    for source, target, data in read.edges(data=True):
        facts.setdefault(frozenset((source, target)), set()).update(data["facts"].split(" "))
    graph = networkx.Graph()
    graph.add_nodes_from(read)
    graph.add_weighted_edges_from((*sorted(ends), len(drawn)) for ends, drawn in facts.items())
    if len(graph) < 10:
        sys.exit(f"{path}: {len(graph)} nodes: nothing to check")

    def same(name, expected, near):
        for node, value in read.nodes(data=name):
            if value is None or abs(value - expected[node]) > near:
                sys.exit(f"{path}: {name} of {node} is {value}, and {expected[node]} by networkx")

    same("degree", dict(graph.degree()), 0)
    same("weighted_degree", dict(graph.degree(weight="weight")), 0)
    if read.is_directed():
        same("in_degree", {node: len(set(read.predecessors(node))) for node in read}, 0)
        same("out_degree", {node: len(set(read.successors(node))) for node in read}, 0)
    same("pagerank", networkx.pagerank(graph, weight="weight", tol=1e-12, max_iter=1000), 1e-6)
    same("betweenness", networkx.betweenness_centrality(graph), 1e-12)

    communities = {}
    for node, number in read.nodes(data="community"):
        communities.setdefault(number, set()).add(node)
    sizes = [len(communities[number]) for number in sorted(communities)]
    if sorted(communities) != list(range(1, len(sizes) + 1)) or sizes != sorted(sizes, reverse=True):
        sys.exit(f"{path}: communities are not numbered from the largest: {sizes}")
    ours = networkx.community.modularity(graph, communities.values(), weight="weight")
    other = igraph.Graph.from_networkx(graph)
    found = other.community_leiden(objective_function="modularity", weights="weight", n_iterations=-1)
    theirs = other.modularity(found, weights="weight")
    if ours < 0.99 * theirs:
        sys.exit(f"{path}: modularity {ours}, and {theirs} by igraph")
    print(
        f"{path}: degrees, PageRank and betweenness of {len(graph)} nodes are those of networkx; "
        f"{len(sizes)} communities of modularity {ours:.4f} ({theirs:.4f} by igraph)"
    )


if __name__ == "__main__":
    main()
