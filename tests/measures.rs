//! What holds of the measures of any network, whatever it looks like.

use std::collections::BTreeSet;

use petgraph::graph::NodeIndex;
use petgraph::visit::{EdgeRef as _, NodeIndexable as _};
use petgraph::{Directed, EdgeType};
use proptest::prelude::*;
use tupu::graph::measure::{self, Ties};

/// Ties among up to `nodes` nodes, of which some hang together and some have none.
fn edges(nodes: usize, count: usize) -> impl Strategy<Value = (usize, Vec<(usize, usize, f64)>)> {
    (1..=nodes).prop_flat_map(move |nodes| {
        let edge = (0..nodes, 0..nodes, (1..40_u8).prop_map(|weight| f64::from(weight) / 4.0));
        (Just(nodes), prop::collection::vec(edge, 0..=count))
    })
}

fn on_threads<T: Send>(threads: usize, measure: impl Fn() -> T + Send + Sync) -> T {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(measure)
}

/// How many shortest ways lead from one node to each other one, and how long they are.
fn ways<Ty: EdgeType>(ties: &Ties<Ty>, from: usize) -> Vec<(usize, f64)> {
    let mut ways = vec![(usize::MAX, 0.0); ties.node_count()];
    ways[from] = (0, 1.0);
    for step in 1..=ties.node_count() {
        for edge in ties.edge_references() {
            let (a, b) = (edge.source().index(), edge.target().index());
            let both = if ties.is_directed() { vec![(a, b)] } else { vec![(a, b), (b, a)] };
            for (a, b) in both {
                if ways[a].0 == step - 1 && ways[b].0 >= step {
                    ways[b] = (step, ways[b].1 + ways[a].1);
                }
            }
        }
    }
    ways
}

/// By the definition: for every pair the share of its shortest ways that lead through each node.
fn betweenness_by_definition<Ty: EdgeType>(ties: &Ties<Ty>) -> Vec<f64> {
    let nodes = ties.node_count();
    let ways: Vec<_> = (0..nodes).map(|from| ways(ties, from)).collect();
    let through = |node: usize| -> f64 {
        let pairs = (0..nodes).flat_map(|from| (0..nodes).map(move |to| (from, to)));
        let others = pairs.filter(|(from, to)| from != to && *from != node && *to != node && ways[*from][*to].1 > 0.0);
        others
            .filter(|(from, to)| {
                ways[*from][node].0.checked_add(ways[node][*to].0).is_some_and(|steps| steps == ways[*from][*to].0)
            })
            .map(|(from, to)| ways[from][node].1 * ways[node][to].1 / ways[from][to].1)
            .sum()
    };
    (0..nodes).map(through).map(|pairs| pairs / ((nodes.max(3) - 1) * (nodes.max(3) - 2)) as f64).collect()
}

fn near(found: &[f64], expected: &[f64]) -> bool {
    found.len() == expected.len() && found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-12)
}

/// Every path without a node twice, by trying them all; sorted as the shortest paths are.
fn all_paths<Ty: EdgeType>(ties: &Ties<Ty>, path: &mut Vec<NodeIndex>, to: NodeIndex) -> Vec<Vec<NodeIndex>> {
    let last = path[path.len() - 1];
    if last == to {
        return vec![path.clone()];
    }
    let mut found = Vec::new();
    for next in ties.neighbors(last).collect::<BTreeSet<_>>() {
        if !path.contains(&next) {
            path.push(next);
            found.extend(all_paths(ties, path, to));
            path.pop();
        }
    }
    found.sort_by_key(|path| (path.len(), path.clone()));
    found
}

fn check_ranks_and_ways<Ty: EdgeType>(ties: &Ties<Ty>) {
    assert!((measure::page_rank(ties).iter().sum::<f64>() - 1.0).abs() < 1e-9);
    assert!(near(&measure::betweenness(ties), &betweenness_by_definition(ties)));
    let (from, to) = (NodeIndex::new(0), ties.from_index(ties.node_count() - 1));
    if from != to {
        let all = all_paths(ties, &mut vec![from], to);
        assert_eq!(measure::k_shortest_paths(ties, from, to, usize::MAX), all);
        assert_eq!(measure::k_shortest_paths(ties, from, to, 3), all[..all.len().min(3)]);
    }
    for (node, distance) in measure::ego(ties, from, 2) {
        assert_eq!(ways(ties, 0)[node.index()].0, distance);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn ranks_and_ways_are_those_of_the_definition((nodes, edges) in edges(8, 14)) {
        check_ranks_and_ways(&measure::ties::<Directed>(nodes, edges.clone()));
        check_ranks_and_ways::<petgraph::Undirected>(&measure::ties(nodes, edges));
    }

    #[test]
    fn communities_hang_together_and_are_better_than_none((nodes, edges) in edges(40, 80), seed: u64, tenth in 0..30_u8) {
        let (ties, resolution): (Ties, _) = (measure::ties(nodes, edges), f64::from(tenth) / 10.0);
        let found = measure::communities(&ties, resolution, seed);
        prop_assert!((measure::modularity(&ties, &found.of, resolution) - found.modularity).abs() < 1e-12);
        let alone: Vec<usize> = (0..nodes).collect();
        prop_assert!(found.modularity >= measure::modularity(&ties, &alone, resolution) - 1e-12);
        // The largest come first, and each is in one piece.
        prop_assert!(found.sizes.is_sorted_by(|a, b| a >= b));
        for (n, size) in found.sizes.iter().enumerate() {
            let members: Vec<usize> = (0..nodes).filter(|node| found.of[*node] == n + 1).collect();
            prop_assert_eq!(members.len(), *size);
            let inside = ties.filter_map(|node, ()| (found.of[node.index()] == n + 1).then_some(()), |_, weight| Some(*weight));
            prop_assert_eq!(petgraph::algo::connected_components(&inside), 1);
        }
    }

}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn threads_and_the_order_of_ties_change_nothing((nodes, edges) in edges(300, 500), seed: u64) {
        let all = |ties: &Ties| {
            let paths = measure::k_shortest_paths(ties, NodeIndex::new(0), NodeIndex::new(nodes - 1), 10);
            let communities = measure::communities(ties, 1.0, seed);
            // Two numbers that differ are written differently.
            let ranks = (measure::page_rank(ties), measure::betweenness(ties));
            format!("{ranks:?} {communities:?} {:?} {paths:?}", measure::figures(ties))
        };
        let ties: Ties = measure::ties(nodes, edges);
        let mut turned = Ties::default();
        ties.node_indices().for_each(|_| { turned.add_node(()); });
        for edge in ties.edge_references().collect::<Vec<_>>().into_iter().rev() {
            turned.add_edge(edge.target(), edge.source(), *edge.weight());
        }
        let expected = on_threads(1, || all(&ties));
        prop_assert_eq!(&expected, &on_threads(2, || all(&ties)));
        prop_assert_eq!(&expected, &on_threads(3, || all(&turned)));
    }
}
