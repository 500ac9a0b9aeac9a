//! How two entities are connected.

use petgraph::algo::dijkstra;
use petgraph::graph::{EdgeIndex, NodeIndex};
use petgraph::visit::{EdgeRef as _, UndirectedAdaptor};
use std::collections::HashMap;

use super::KnowledgeGraph;

/// A way from one node to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// Where it begins.
    pub from: NodeIndex,
    /// What leads on.
    pub steps: Vec<Step>,
}

/// One step of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// The edge that is taken.
    pub edge: EdgeIndex,
    /// Whether it is taken in its own direction.
    pub forward: bool,
    /// The node that it leads to.
    pub to: NodeIndex,
}

/// The shortest paths between two nodes, at most `limit`, in the order of the nodes and edges that they pass. An edge
/// may be taken against its direction: who gave and who received are connected both ways. None where nothing connects
/// them or where they are the same.
#[must_use]
pub fn shortest_paths(graph: &KnowledgeGraph, from: NodeIndex, to: NodeIndex, limit: usize) -> Vec<Path> {
    if from == to || graph.node_weight(from).is_none() || graph.node_weight(to).is_none() {
        return Vec::new();
    }
    let distance = dijkstra(UndirectedAdaptor(graph), to, Some(from), |_| 1_usize).into_iter().collect();
    let mut paths = Vec::new();
    extend(graph, &distance, Path { from, steps: Vec::new() }, to, limit, &mut paths);
    paths
}

/// Goes on from the end of `path` by every step that comes nearer to `to`.
fn extend(
    graph: &KnowledgeGraph,
    distance: &HashMap<NodeIndex, usize>,
    path: Path,
    to: NodeIndex,
    limit: usize,
    found: &mut Vec<Path>,
) {
    let at = path.steps.last().map_or(path.from, |step| step.to);
    if at == to {
        found.push(path);
        return;
    }
    let Some(here) = distance.get(&at) else { return };
    let forward = graph.edges(at).map(|e| Step { edge: e.id(), forward: true, to: e.target() });
    let back = graph.edges_directed(at, petgraph::Direction::Incoming).map(|e| Step {
        edge: e.id(),
        forward: false,
        to: e.source(),
    });
    let mut steps: Vec<Step> =
        forward.chain(back).filter(|s| distance.get(&s.to).is_some_and(|d| d + 1 == *here)).collect();
    steps.sort_by_key(|step| (step.to, step.edge));
    for step in steps {
        if found.len() == limit {
            return;
        }
        let mut longer = path.clone();
        longer.steps.push(step);
        extend(graph, distance, longer, to, limit, found);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{Edge, Node};

    fn graph(edges: &[(&str, &str)]) -> (KnowledgeGraph, impl Fn(&KnowledgeGraph, &str) -> NodeIndex) {
        let mut graph = KnowledgeGraph::new();
        let find = |graph: &KnowledgeGraph, iri: &str| graph.node_indices().find(|n| graph[*n].iri == iri).unwrap();
        for (from, to) in edges {
            for iri in [from, to] {
                if graph.node_weights().all(|n| n.iri != *iri) {
                    let text = (*iri).to_owned();
                    let kind = "Organization".to_owned();
                    graph.add_node(Node {
                        iri: text.clone(),
                        label: text.clone(),
                        name: text,
                        kind,
                        mentions: 0,
                        status: None,
                    });
                }
            }
            let edge =
                Edge { property: "supplied".into(), label: "供应".into(), facts: Vec::new(), first_date: None };
            let ends = (find(&graph, from), find(&graph, to));
            graph.add_edge(ends.0, ends.1, edge);
        }
        (graph, find)
    }

    #[test]
    fn every_shortest_path_and_no_longer_one() {
        let (g, find) =
            graph(&[("a", "b"), ("c", "b"), ("a", "d"), ("d", "c"), ("a", "e"), ("e", "f"), ("f", "c"), ("x", "y")]);
        let name = |path: &Path| path.steps.iter().map(|s| g[s.to].iri.as_str()).collect::<String>();
        let paths = shortest_paths(&g, find(&g, "a"), find(&g, "c"), 10);
        assert_eq!(paths.iter().map(name).collect::<Vec<_>>(), ["bc", "dc"]);
        assert_eq!(paths[0].steps.iter().map(|s| s.forward).collect::<Vec<_>>(), [true, false]);
        assert_eq!(shortest_paths(&g, find(&g, "a"), find(&g, "c"), 1).len(), 1);
        assert!(shortest_paths(&g, find(&g, "a"), find(&g, "x"), 10).is_empty());
        assert!(shortest_paths(&g, find(&g, "a"), find(&g, "a"), 10).is_empty());
    }
}
