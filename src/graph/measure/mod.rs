//! Measures of networks: who stands in the middle, which belong together, how dense the whole is.
//!
//! All of them see [`Ties`]: a simple graph, whose weights say how strongly two nodes are tied. None depends on the
//! number of threads or on the order in which ties were added, and sums of floating-point numbers are taken in a fixed
//! order, so that the same graph gives the same bytes.
//!
//! ```
//! use tupu::graph::measure::{self, Ties};
//!
//! // Two triangles joined by one tie.
//! let edges = [(0, 1, 1.0), (1, 2, 1.0), (2, 0, 1.0), (3, 4, 1.0), (4, 5, 1.0), (5, 3, 1.0), (2, 3, 1.0)];
//! let ties: Ties = measure::ties(6, edges);
//! assert_eq!(measure::communities(&ties, 1.0, 42).of, [1, 1, 1, 2, 2, 2]);
//! assert_eq!(measure::figures(&ties).diameter, 3);
//! assert!(measure::betweenness(&ties)[2] > measure::betweenness(&ties)[1]);
//! ```

mod adjacency;
mod betweenness;
mod communities;
mod degrees;
mod distances;
mod ego;
mod figures;
mod fold;
mod leiden;
mod page_rank;
mod paths;

use std::collections::BTreeMap;

use petgraph::graph::{Graph, NodeIndex};
use petgraph::{EdgeType, Undirected};

pub use betweenness::betweenness;
pub use communities::{Communities, communities, modularity};
pub use degrees::{Degrees, degrees, degrees_of};
pub use ego::ego;
pub use figures::{Figures, figures};
pub use page_rank::page_rank;
pub use paths::k_shortest_paths;

/// Who is tied to whom, and how strongly: a graph without loops and without two edges between the same nodes (in the
/// same direction), whose weights are positive and finite, such as how many facts join two entities. [`ties`] makes it.
pub type Ties<Ty = Undirected> = Graph<(), f64, Ty>;

/// Ties between the nodes 0 to `nodes` - 1. Weights of edges between the same two nodes (directed: in the same
/// direction) add up, in the order in which they come. Left out is what is no tie: an edge from a node to itself, to a
/// node that there is not, or with a weight that is not positive and finite.
#[must_use]
pub fn ties<Ty: EdgeType>(nodes: usize, edges: impl IntoIterator<Item = (usize, usize, f64)>) -> Ties<Ty> {
    let mut weights: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    for (from, to, weight) in edges {
        if from != to && from < nodes && to < nodes && weight > 0.0 && weight.is_finite() {
            let ends = if Ty::is_directed() || from < to { (from, to) } else { (to, from) };
            *weights.entry(ends).or_default() += weight;
        }
    }
    let mut ties = Graph::with_capacity(nodes, weights.len());
    for _ in 0..nodes {
        ties.add_node(());
    }
    for ((from, to), weight) in weights {
        ties.add_edge(NodeIndex::new(from), NodeIndex::new(to), weight);
    }
    ties
}

/// A count as a number to reckon with; exact up to 2⁵³.
#[allow(clippy::cast_precision_loss)]
fn real(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod examples;

#[cfg(test)]
mod tests {
    use petgraph::Directed;
    use petgraph::visit::EdgeRef as _;

    use super::*;

    fn listed<Ty: EdgeType>(ties: &Ties<Ty>) -> Vec<(usize, usize, f64)> {
        ties.edge_references().map(|e| (e.source().index(), e.target().index(), *e.weight())).collect()
    }

    #[test]
    fn parallel_edges_add_up_and_what_is_no_tie_is_left_out() {
        let edges = [(2, 1, 1.0), (1, 2, 2.0), (0, 0, 1.0), (0, 9, 1.0), (0, 1, f64::NAN), (0, 1, 0.0), (0, 2, 0.5)];
        assert_eq!(listed(&ties::<Undirected>(3, edges)), [(0, 2, 0.5), (1, 2, 3.0)]);
        assert_eq!(listed(&ties::<Directed>(3, edges)), [(0, 2, 0.5), (1, 2, 2.0), (2, 1, 1.0)]);
        assert_eq!(ties::<Undirected>(3, edges).node_count(), 3);
    }
}
