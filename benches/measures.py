#!/usr/bin/env python3
"""How fast the measures of a network are, and whether they are right, beside networkx and igraph.

    python3 benches/measures.py GRAPH.graphml [--bench PROGRAM] [--types Organization,Person,Group] [--quick]

GRAPH is what `tupu export graphml` writes. All three see the same simple graph without directions: the nodes of the
given types, parallel edges made one with their weights added up, loops left out. Times are seconds, each the least of
several runs in this one run (of one, where it takes long); `networkx` and `igraph` work on one thread, tupu on as many
as it tells. Needs Python 3.9 with networkx, scipy and igraph.

Ends with 1 where PageRank differs from networkx by more than 1e-6 at a node, betweenness, figures or lengths of paths by
more than rounding, or the modularity of the communities is more than 1 % below that of igraph. Speed is told and fails
nothing.
"""

import argparse
import itertools
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import igraph
import networkx

ROUNDS = 3
# What takes longer, in seconds, is not repeated.
LONG = 5
# Betweenness and figures may differ by so much, as a share of the value or of 1.
ROUNDING = 1e-9


def best(measure):
    """The least time of several, and what is found."""
    least = None
    for _ in range(ROUNDS):
        started = time.perf_counter()
        found = measure()
        took = time.perf_counter() - started
        least = took if least is None else min(least, took)
        if took > LONG:
            break
    return least, found


def simple(path, types):
    """How many nodes there are, and the weight by the places of two nodes, the smaller first."""
    graph = networkx.read_graphml(path)
    chosen = [node for node, data in graph.nodes(data=True) if not types or data.get("type") in types]
    places = {node: place for place, node in enumerate(chosen)}
    weights = {}
    for one, other, data in graph.edges(data=True):
        if one != other and one in places and other in places:
            pair = tuple(sorted((places[one], places[other])))
            weights[pair] = weights.get(pair, 0.0) + float(data.get("weight", 1))
    return len(chosen), dict(sorted(weights.items()))


def ours(bench, count, weights):
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "ties.txt"
        lines = [str(count), *(f"{one} {other} {weight!r}" for (one, other), weight in weights.items())]
        file.write_text("\n".join(lines) + "\n")
        command = [bench] if bench else ["cargo", "bench", "--quiet", "--bench", "measures", "--"]
        top = Path(__file__).resolve().parent.parent
        return json.loads(subprocess.run([*command, str(file)], stdout=subprocess.PIPE, check=True, cwd=top).stdout)


def figures_of_networkx(graph):
    largest = graph.subgraph(max(networkx.connected_components(graph), key=len))
    return {
        "density": networkx.density(graph),
        "components": networkx.number_connected_components(graph),
        "largest": len(largest),
        "diameter": networkx.diameter(largest),
        "mean_distance": networkx.average_shortest_path_length(largest),
        "transitivity": networkx.transitivity(graph),
        "clustering": networkx.average_clustering(graph),
        "assortativity": networkx.degree_assortativity_coefficient(graph),
    }


def figures_of_igraph(graph):
    components = graph.connected_components()
    largest = components.giant()
    return {
        "density": graph.density(),
        "components": len(components),
        "largest": largest.vcount(),
        "diameter": largest.diameter(),
        "mean_distance": largest.average_path_length(),
        "transitivity": graph.transitivity_undirected(),
        "clustering": graph.transitivity_avglocal_undirected(mode="zero"),
        "assortativity": graph.assortativity_degree(directed=False),
    }


class Table:
    """What is compared, printed line by line, and what was wrong."""

    def __init__(self):
        self.faults = []
        print(f"{'':34} {'other, s':>10} {'tupu, s':>10} {'ratio':>8}  result")

    def line(self, name, other, tupu, result, fault=False):
        print(f"{name:34} {other:10.5f} {tupu:10.5f} {other / tupu:7.1f}×  {result}{'  WRONG' if fault else ''}", flush=True)
        if fault:
            self.faults.append(name)


def differ(one, other):
    return max((abs(a - b) for a, b in zip(one, other)), default=0.0)


def far(one, other):
    def apart(a, b):
        # What is not defined is None here and not a number there.
        known = [value is not None and value == value for value in (a, b)]
        return known[0] != known[1] or (all(known) and abs(a - b) > ROUNDING * max(abs(a), abs(b), 1))

    return any(apart(a, b) for a, b in zip(one, other))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("graph", type=Path)
    parser.add_argument("--bench", type=Path, help="the built bench `measures`; without it, cargo builds and runs it")
    parser.add_argument("--types", default="Organization,Person,Group", help="types of nodes; empty: all")
    parser.add_argument("--quick", action="store_true", help="leave out what takes networkx long")
    arguments = parser.parse_args()
    count, weights = simple(arguments.graph, set(filter(None, arguments.types.split(","))))
    found = ours(arguments.bench and arguments.bench.resolve(), count, weights)
    print(f"{arguments.graph}: {count} nodes, {len(weights)} ties; tupu on {found['threads']} threads")

    plain = networkx.Graph()
    plain.add_nodes_from(range(count))
    plain.add_weighted_edges_from((*pair, weight) for pair, weight in weights.items())
    quick = igraph.Graph(count, list(weights))
    quick.es["weight"] = list(weights.values())
    table = Table()

    took, ranks = best(lambda: list(networkx.pagerank(plain, tol=1e-13, max_iter=10000).values()))
    ratio = found["page_rank"]
    furthest = differ(ranks, ratio["values"])
    table.line("PageRank, networkx", took, ratio["seconds"], f"differs by {furthest:.1e}", furthest > 1e-6)
    took, ranks = best(lambda: quick.pagerank(weights="weight"))
    furthest = differ(ranks, ratio["values"])
    table.line("PageRank, igraph", took, ratio["seconds"], f"differs by {furthest:.1e}", furthest > 1e-6)

    between = found["betweenness"]
    pairs = max((count - 1) * (count - 2) / 2, 1)
    others = [("igraph", lambda: [value / pairs for value in quick.betweenness(directed=False)])]
    if not arguments.quick:
        others.insert(0, ("networkx", lambda: list(networkx.betweenness_centrality(plain).values())))
    for name, measure in others:
        took, values = best(measure)
        result = f"differs by {differ(values, between['values']):.1e}"
        table.line(f"betweenness, {name}", took, between["seconds"], result, far(values, between["values"]))

    communities = found["communities"]
    here = quick.modularity(communities["of"], weights="weight")
    leiden = {"objective_function": "modularity", "weights": "weight", "n_iterations": -1}
    random.seed(42)
    igraph.set_random_number_generator(random)
    took, theirs = best(lambda: quick.community_leiden(**leiden))
    there = quick.modularity(theirs, weights="weight")
    split = sum(len(quick.induced_subgraph(group).connected_components()) > 1 for group in groups(communities["of"]))
    wrong = here < 0.99 * there or abs(here - communities["modularity"]) > ROUNDING or split
    result = f"modularity {here:.6f}, theirs {there:.6f}; {split} of ours in pieces"
    table.line("communities, igraph Leiden", took, communities["seconds"], result, wrong)
    took, theirs = best(lambda: networkx.community.louvain_communities(plain, seed=42))
    there = networkx.community.modularity(plain, theirs) if weights else 0.0
    table.line("communities, networkx Louvain", took, communities["seconds"], f"modularity {here:.6f}, theirs {there:.6f}")
    if not arguments.quick:
        took, theirs = best(lambda: networkx.community.greedy_modularity_communities(plain, weight="weight"))
        there = networkx.community.modularity(plain, theirs)
        table.line("communities, networkx greedy", took, communities["seconds"], f"modularity {here:.6f}, theirs {there:.6f}")

    figures = found["figures"]
    others = [("igraph", lambda: figures_of_igraph(quick))]
    if not arguments.quick:
        others.insert(0, ("networkx", lambda: figures_of_networkx(plain)))
    for name, measure in others:
        took, values = best(measure)
        wrong = [figure for figure, value in values.items() if far([value], [figures[figure]])]
        table.line(f"figures, {name}", took, figures["seconds"], f"{', '.join(wrong) or 'none'} different", bool(wrong))

    paths = found["paths"]

    def sought():
        ways = (networkx.shortest_simple_paths(plain, *pair) for pair in paths["pairs"] if networkx.has_path(plain, *pair))
        return [[len(path) for path in itertools.islice(way, paths["limit"])] for way in ways]

    took, lengths = best(sought)
    wrong = lengths != [[len(path) for path in found] for found in paths["found"] if found]
    table.line(f"{paths['limit']} shortest paths, networkx", took, paths["seconds"], f"{len(lengths)} pairs", wrong)
    sys.exit(f"different: {'; '.join(table.faults)}" if table.faults else 0)


def groups(of):
    members = {}
    for node, community in enumerate(of):
        members.setdefault(community, []).append(node)
    return members.values()


if __name__ == "__main__":
    main()
