//! How far nodes are from each other.

use rayon::prelude::*;

use super::adjacency::Adjacency;

/// How many searches go in one: the bits of a word.
const AT_ONCE: usize = 64;

/// The distances between all pairs of nodes, in steps.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Distances {
    /// The greatest.
    pub(super) longest: usize,
    /// Their sum; each pair counts twice, once from either side.
    pub(super) sum: u64,
}

impl Distances {
    fn and(self, other: Self) -> Self {
        Self { longest: self.longest.max(other.longest), sum: self.sum + other.sum }
    }
}

/// All distances in a connected graph without directions, exactly: a search in breadth from every node, 64 of them at
/// once with a bit for each (Then et al. 2014, "The more the merrier"), in parallel. They share the more steps the
/// nearer their beginnings are, so neighbours should have numbers near each other.
pub(super) fn distances(adjacency: &Adjacency) -> Distances {
    let nodes: Vec<usize> = (0..adjacency.nodes()).collect();
    let searches = nodes.par_chunks(AT_ONCE).map(|from| search(adjacency, from));
    searches.reduce(Distances::default, Distances::and)
}

fn search(adjacency: &Adjacency, from: &[usize]) -> Distances {
    // For each node the searches that have come to it, and those that are at it now and come to it next.
    let mut seen = vec![0_u64; adjacency.nodes()];
    let mut now = vec![0_u64; adjacency.nodes()];
    let mut next = vec![0_u64; adjacency.nodes()];
    for (bit, node) in from.iter().enumerate() {
        seen[*node] |= 1 << bit;
        now[*node] |= 1 << bit;
    }
    let mut at = from.to_vec();
    let mut distances = Distances::default();
    for distance in 1.. {
        let mut reached = Vec::new();
        for node in at.drain(..) {
            let searches = std::mem::take(&mut now[node]);
            for neighbour in adjacency.of(node).iter().map(|neighbour| neighbour.index()) {
                let new = searches & !seen[neighbour];
                if new != 0 {
                    if next[neighbour] == 0 {
                        reached.push(neighbour);
                    }
                    next[neighbour] |= new;
                }
            }
        }
        if reached.is_empty() {
            break;
        }
        let mut pairs = 0;
        for node in &reached {
            seen[*node] |= next[*node];
            pairs += u64::from(next[*node].count_ones());
        }
        distances = distances.and(Distances { longest: distance, sum: pairs * distance as u64 });
        std::mem::swap(&mut now, &mut next);
        at = reached;
    }
    distances
}
