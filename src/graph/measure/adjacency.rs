//! The neighbours of every node in one piece of memory, which searches run through many times faster than through
//! petgraph's linked edges.

use std::ops::Range;

use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef as _;
use petgraph::{Direction, EdgeType};

use super::Ties;

/// The neighbours of every node, sorted, with the weights of the ties: compressed sparse rows.
#[derive(Debug, Clone)]
pub(super) struct Adjacency {
    /// Where the neighbours of each node begin; one more than there are nodes.
    starts: Vec<usize>,
    neighbours: Vec<NodeIndex>,
    weights: Vec<f64>,
}

impl Adjacency {
    /// The neighbours that ties lead to (outgoing) or come from (incoming); the same where ties have no direction.
    pub(super) fn new<Ty: EdgeType>(ties: &Ties<Ty>, direction: Direction) -> Self {
        let arcs = ties.edge_references().flat_map(|edge| {
            let (from, to) = (edge.source(), edge.target());
            let there = (from, to, *edge.weight());
            let back = (to, from, *edge.weight());
            match (Ty::is_directed(), direction) {
                (false, _) => [Some(there), Some(back)],
                (true, Direction::Outgoing) => [Some(there), None],
                (true, Direction::Incoming) => [Some(back), None],
            }
        });
        Self::from_arcs(ties.node_count(), &arcs.flatten().collect::<Vec<_>>())
    }

    /// Arcs (from, to, weight) between so many nodes, each named once.
    pub(super) fn from_arcs(nodes: usize, arcs: &[(NodeIndex, NodeIndex, f64)]) -> Self {
        let mut starts = vec![0; nodes + 1];
        for (from, ..) in arcs {
            starts[from.index() + 1] += 1;
        }
        for node in 0..nodes {
            starts[node + 1] += starts[node];
        }
        let mut next = starts.clone();
        let mut placed = vec![(NodeIndex::default(), 0.0); arcs.len()];
        for (from, to, weight) in arcs {
            let place = &mut next[from.index()];
            placed[*place] = (*to, *weight);
            *place += 1;
        }
        // Ties come sorted, and so do their arcs; only those of a smaller graph do not.
        for node in 0..nodes {
            let row = &mut placed[starts[node]..starts[node + 1]];
            if !row.is_sorted_by_key(|(to, _)| *to) {
                row.sort_unstable_by_key(|(to, _)| *to);
            }
        }
        let (neighbours, weights) = placed.into_iter().unzip();
        Self { starts, neighbours, weights }
    }

    /// How many nodes there are.
    pub(super) fn nodes(&self) -> usize {
        self.starts.len() - 1
    }

    fn range(&self, node: usize) -> Range<usize> {
        self.starts[node]..self.starts[node + 1]
    }

    /// How many neighbours it has.
    pub(super) fn degree(&self, node: usize) -> usize {
        self.range(node).len()
    }

    /// Its neighbours, sorted.
    pub(super) fn of(&self, node: usize) -> &[NodeIndex] {
        &self.neighbours[self.range(node)]
    }

    /// The weights of the ties to its neighbours, in their order.
    pub(super) fn weights(&self, node: usize) -> &[f64] {
        &self.weights[self.range(node)]
    }

    /// Its neighbours with the weights of the ties.
    pub(super) fn ties(&self, node: usize) -> impl Iterator<Item = (usize, f64)> {
        self.of(node).iter().map(|node| node.index()).zip(self.weights(node).iter().copied())
    }

    /// The ties among some of the nodes, by their places in `nodes`.
    pub(super) fn among(&self, nodes: &[usize]) -> Self {
        let mut place = vec![None; self.nodes()];
        nodes.iter().enumerate().for_each(|(at, node)| place[*node] = Some(NodeIndex::new(at)));
        let arcs = nodes.iter().enumerate().flat_map(|(at, node)| {
            let ties = self.ties(*node).filter_map(|(to, weight)| Some((place[to]?, weight)));
            ties.map(move |(to, weight)| (NodeIndex::new(at), to, weight))
        });
        Self::from_arcs(nodes.len(), &arcs.collect::<Vec<_>>())
    }

    /// The nodes of every component, in the order in which a search in breadth from its smallest node meets them.
    /// Meant for ties without direction.
    pub(super) fn components(&self) -> Vec<Vec<usize>> {
        let mut seen = vec![false; self.nodes()];
        let mut components = Vec::new();
        for first in 0..self.nodes() {
            if seen[first] {
                continue;
            }
            seen[first] = true;
            let mut component = vec![first];
            let mut at = 0;
            while let Some(&node) = component.get(at) {
                for next in self.of(node).iter().map(|next| next.index()) {
                    if !seen[next] {
                        seen[next] = true;
                        component.push(next);
                    }
                }
                at += 1;
            }
            components.push(component);
        }
        components
    }
}
