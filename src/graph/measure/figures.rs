//! A network in a few figures.

use petgraph::Direction;

use super::adjacency::Adjacency;
use super::distances::distances;
use super::{Ties, real};

/// What a network without directions is like as a whole. Weights do not count. What there is nothing to reckon from is
/// 0, unless it says otherwise.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// How many nodes there are.
    pub nodes: usize,
    /// How many ties.
    pub edges: usize,
    /// The share of all pairs of nodes that are tied.
    pub density: f64,
    /// How many ties a node has in the mean.
    pub mean_degree: f64,
    /// Into how many parts the network falls that nothing joins; a node without ties is one.
    pub components: usize,
    /// How many nodes the largest of them has.
    pub largest: usize,
    /// The greatest distance within the largest, in steps; of several as large that with the smallest node counts.
    pub diameter: usize,
    /// The mean distance between two different nodes of it.
    pub mean_distance: f64,
    /// Of all pairs of neighbours of one node the share that are tied themselves: three times the triangles by the
    /// pairs of ties that meet.
    pub transitivity: f64,
    /// The same share for each node (0 where it has less than two neighbours), in the mean over all nodes (Watts and
    /// Strogatz 1998).
    pub clustering: f64,
    /// Whether those with many ties are tied to those with many: the correlation of the degrees at both ends of a tie
    /// (Newman 2002), -1 to 1. None where it is not defined, all ends being alike or there being none.
    pub assortativity: Option<f64>,
}

/// The figures of a network. Distances are exact, which takes time in proportion to the square of the largest
/// component where that is sparse.
#[must_use]
pub fn figures(ties: &Ties) -> Figures {
    let all = Adjacency::new(ties, Direction::Outgoing);
    let (nodes, edges) = (ties.node_count(), ties.edge_count());
    let components = all.components();
    let largest = components.iter().rev().max_by_key(|component| component.len()).map_or(&[][..], Vec::as_slice);
    let distances = distances(&all.among(largest));
    let triangles = triangles(&all);
    // The pairs of neighbours of a node, and those that are tied.
    let corners: Vec<usize> = (0..nodes).map(|node| all.degree(node)).map(|d| d * d.saturating_sub(1) / 2).collect();
    let clustering: f64 = corners.iter().zip(&triangles).map(|(corners, closed)| share(*closed, *corners)).sum();
    Figures {
        nodes,
        edges,
        density: share(2 * edges, nodes * nodes.saturating_sub(1)),
        mean_degree: share(2 * edges, nodes),
        components: components.len(),
        largest: largest.len(),
        diameter: distances.longest,
        #[allow(clippy::cast_precision_loss)]
        mean_distance: distances.sum as f64 / real(largest.len() * largest.len().saturating_sub(1)).max(1.0),
        transitivity: share(triangles.iter().sum(), corners.iter().sum()),
        clustering: clustering / real(nodes).max(1.0),
        assortativity: assortativity(&all),
    }
}

fn share(of: usize, all: usize) -> f64 {
    if all == 0 { 0.0 } else { real(of) / real(all) }
}

/// For each node the triangles that it is part of. Each is found once, from its corner with the fewest ties (Schank
/// and Wagner 2005), so that a node with very many ties costs little.
fn triangles(all: &Adjacency) -> Vec<usize> {
    let rank = |node: usize| (all.degree(node), node);
    let upward = |node: usize| all.of(node).iter().map(|n| n.index()).filter(move |next| rank(*next) > rank(node));
    let further: Vec<Vec<usize>> = (0..all.nodes()).map(|node| upward(node).collect()).collect();
    let mut count = vec![0; all.nodes()];
    let mut marked = vec![false; all.nodes()];
    for first in 0..all.nodes() {
        further[first].iter().for_each(|node| marked[*node] = true);
        for &second in &further[first] {
            for &third in further[second].iter().filter(|node| marked[**node]) {
                [first, second, third].into_iter().for_each(|node| count[node] += 1);
            }
        }
        further[first].iter().for_each(|node| marked[*node] = false);
    }
    count
}

/// From sums of whole numbers, so that it is not defined exactly where the degrees do not vary.
fn assortativity(all: &Adjacency) -> Option<f64> {
    let wide = |node: usize| i128::try_from(all.degree(node)).unwrap_or_default();
    // Over all ties, from both ends.
    let (mut ends, mut sum, mut squares, mut products) = (0, 0, 0, 0);
    for node in 0..all.nodes() {
        ends += wide(node);
        sum += wide(node) * wide(node);
        squares += wide(node) * wide(node) * wide(node);
        products += all.of(node).iter().map(|next| wide(node) * wide(next.index())).sum::<i128>();
    }
    let (joint, spread) = (ends * products - sum * sum, ends * squares - sum * sum);
    #[allow(clippy::cast_precision_loss)]
    (spread != 0).then(|| joint as f64 / spread as f64)
}

#[cfg(test)]
mod tests {
    use super::super::{examples, ties};
    use super::*;

    fn near(found: f64, expected: f64) -> bool {
        (found - expected).abs() < 1e-12
    }

    #[test]
    fn nothing_comes_of_nothing() {
        for nodes in [0, 1, 3] {
            let figures = figures(&ties(nodes, []));
            assert_eq!((figures.components, figures.largest), (nodes, nodes.min(1)));
            assert_eq!((figures.diameter, figures.assortativity), (0, None));
            for share in [figures.density, figures.mean_degree, figures.mean_distance, figures.clustering] {
                assert!(near(share, 0.0));
            }
        }
    }

    #[test]
    fn only_the_largest_component_has_its_distances_told() {
        // A path of four, a triangle and a node alone.
        let edges = [(0, 1), (1, 2), (2, 0), (3, 4), (4, 5), (5, 6)];
        let figures = figures(&ties(8, edges.map(|(a, b)| (a, b, 1.0))));
        assert_eq!((figures.components, figures.largest, figures.diameter), (3, 4, 3));
        assert!(near(figures.mean_distance, 10.0 / 6.0));
        assert!(near(figures.density, 6.0 / 28.0) && near(figures.mean_degree, 1.5));
        assert!(near(figures.transitivity, 3.0 / 5.0) && near(figures.clustering, 3.0 / 8.0));
    }

    #[test]
    fn long_ways_are_measured_by_more_searches_than_go_at_once() {
        let figures = figures(&ties(200, (1..200).map(|n| (n - 1, n, 1.0))));
        assert_eq!(figures.diameter, 199);
        assert!(near(figures.mean_distance, 201.0 / 3.0));
    }

    #[test]
    fn degrees_that_do_not_vary_have_no_correlation() {
        assert_eq!(figures(&ties(3, [(0, 1, 1.0), (1, 2, 1.0), (2, 0, 1.0)])).assortativity, None);
        assert_eq!(figures(&ties(3, [(0, 1, 1.0), (1, 2, 1.0)])).assortativity, Some(-1.0));
    }

    #[test]
    fn the_karate_club_is_as_networkx_finds_it() {
        let figures = figures(&examples::karate());
        assert_eq!((figures.nodes, figures.edges, figures.components, figures.diameter), (34, 78, 1, 5));
        assert!(near(figures.density, 0.139_037_433_155_080_21));
        assert!(near(figures.transitivity, 0.255_681_818_181_818_2));
        assert!(near(figures.clustering, 0.570_638_478_207_682_3));
        assert!(near(figures.mean_distance, 2.408_199_643_493_761));
        assert!(near(figures.assortativity.unwrap(), -0.475_613_097_684_613_8));
    }
}
