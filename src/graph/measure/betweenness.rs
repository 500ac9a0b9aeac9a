//! How many of the shortest ways between others lead through each node.

use petgraph::graph::NodeIndex;
use petgraph::{Direction, EdgeType};
use rayon::prelude::*;

use super::adjacency::Adjacency;
use super::fold::Folded;
use super::{Ties, real};

/// Searches are shared out among the threads in so many parts, whatever the number of threads: the sums of the parts
/// are added in their order, and so always to the same bytes.
const PARTS: usize = 64;
/// The distance of what no search has come to.
const FAR: u32 = u32::MAX;

/// Betweenness centrality (Freeman 1977) of every node: over all pairs of other nodes the share of their shortest ways
/// that lead through it, divided by the number of these pairs. Shortest is what takes the fewest steps; weights do not
/// count, since they say how strong a tie is and not how long. Where ties have a direction, ways follow it.
///
/// By the algorithm of Brandes (2001), a search from each node, on sparse rows and in parallel. Without directions
/// trees are first folded into what they hang on and counted there (as Baglioni et al. 2012 do), which leaves fewer
/// nodes to search from. Of the function of this name in rustworkx-core only the sequential form adds in a fixed
/// order, and it takes several times as long as this one on one thread.
#[must_use]
pub fn betweenness<Ty: EdgeType>(ties: &Ties<Ty>) -> Vec<f64> {
    let nodes = ties.node_count();
    let all = Adjacency::new(ties, Direction::Outgoing);
    let mut pairs = if Ty::is_directed() {
        dependencies(&all, &vec![1.0; nodes])
    } else {
        let folded = Folded::new(&all);
        let mass: Vec<f64> = folded.mass.iter().copied().map(real).collect();
        #[allow(clippy::cast_precision_loss)]
        let mut pairs: Vec<f64> = folded.through.iter().map(|pairs| *pairs as f64).collect();
        for (node, more) in folded.core.iter().zip(dependencies(&folded.adjacency, &mass)) {
            pairs[*node] += more;
        }
        pairs
    };
    if nodes > 2 {
        let all = real(nodes - 1) * real(nodes - 2);
        pairs.iter_mut().for_each(|pairs| *pairs /= all);
    }
    pairs
}

/// For each node the ordered pairs of others, by their mass, between which it stands.
fn dependencies(adjacency: &Adjacency, mass: &[f64]) -> Vec<f64> {
    let sources: Vec<usize> = (0..adjacency.nodes()).collect();
    let parts: Vec<Vec<f64>> = sources
        .par_chunks(sources.len().div_ceil(PARTS).max(1))
        .map(|part| {
            let mut search = Search::new(adjacency, mass);
            part.iter().for_each(|source| search.from(*source));
            search.pairs
        })
        .collect();
    let mut sums = vec![0.0; adjacency.nodes()];
    for part in parts {
        sums.iter_mut().zip(part).for_each(|(sum, pairs)| *sum += pairs);
    }
    sums
}

/// What a search knows of a node.
#[derive(Clone, Copy)]
struct Reached {
    /// How many steps away it is.
    distance: u32,
    /// On how many shortest ways.
    ways: f64,
}

const NOT_REACHED: Reached = Reached { distance: FAR, ways: 0.0 };

/// Searches from one node after the other, and the pairs counted so far.
struct Search<'a> {
    adjacency: &'a Adjacency,
    mass: &'a [f64],
    reached: Vec<Reached>,
    /// For each node the mass of what it leads to and its own, for each way to it.
    share: Vec<f64>,
    /// The nodes in the order in which they are met.
    order: Vec<usize>,
    /// For one node of `order` after the other, the neighbours that are a step further; and where they end.
    onward: Vec<NodeIndex>,
    ends: Vec<usize>,
    pairs: Vec<f64>,
}

impl<'a> Search<'a> {
    fn new(adjacency: &'a Adjacency, mass: &'a [f64]) -> Self {
        let nodes = adjacency.nodes();
        Self {
            adjacency,
            mass,
            reached: vec![NOT_REACHED; nodes],
            share: vec![0.0; nodes],
            order: Vec::with_capacity(nodes),
            onward: Vec::new(),
            ends: Vec::with_capacity(nodes),
            pairs: vec![0.0; nodes],
        }
    }

    /// Counts the pairs of which one is `source`.
    fn from(&mut self, source: usize) {
        self.forth(source);
        self.back(source);
        for node in self.order.drain(..) {
            self.reached[node] = NOT_REACHED;
        }
        self.onward.clear();
        self.ends.clear();
    }

    /// In breadth from the source, counting the shortest ways to each node.
    fn forth(&mut self, source: usize) {
        self.reached[source] = Reached { distance: 0, ways: 1.0 };
        self.order.push(source);
        let mut at = 0;
        while let Some(&node) = self.order.get(at) {
            let here = self.reached[node];
            for neighbour in self.adjacency.of(node) {
                let there = &mut self.reached[neighbour.index()];
                if there.distance == FAR {
                    there.distance = here.distance + 1;
                    self.order.push(neighbour.index());
                }
                if there.distance == here.distance + 1 {
                    there.ways += here.ways;
                    self.onward.push(*neighbour);
                }
            }
            self.ends.push(self.onward.len());
            at += 1;
        }
    }

    /// From the furthest node back, adding up for each what depends on it.
    fn back(&mut self, source: usize) {
        let mut end = self.onward.len();
        for at in (0..self.order.len()).rev() {
            let node = self.order[at];
            let start = if at == 0 { 0 } else { self.ends[at - 1] };
            let shares: f64 = self.onward[start..end].iter().map(|next| self.share[next.index()]).sum();
            let ways = self.reached[node].ways;
            self.share[node] = self.mass[node] / ways + shares;
            if node != source {
                self.pairs[node] += self.mass[source] * ways * shares;
            }
            end = start;
        }
    }
}
