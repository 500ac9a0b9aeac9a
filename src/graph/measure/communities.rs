//! Which nodes belong together.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use petgraph::Direction;
use rand_pcg::Pcg64;
use rayon::prelude::*;

use super::Ties;
use super::adjacency::Adjacency;
use super::leiden::Level;

/// The algorithm starts so often from nothing, and the best result counts: on small networks runs differ by more than
/// one percent.
const RUNS: u64 = 4;
/// With more ties than these, where runs differ by a tenth of that and take long, so often.
const MANY_TIES: usize = 20_000;
const RUNS_OF_MANY: u64 = 2;

/// A partition of the nodes.
#[derive(Debug, Clone, PartialEq)]
pub struct Communities {
    /// The community of every node, from 1: the largest is 1, and of two as large that with the smaller node comes
    /// first.
    pub of: Vec<usize>,
    /// How many nodes each has, that of community 1 first.
    pub sizes: Vec<usize>,
    /// How much more weight is within them than chance would put there; see [`modularity`].
    pub modularity: f64,
}

/// The communities of a network: groups of nodes with more ties among themselves than chance would put there, by the
/// Leiden algorithm (Traag, Waltman and van Eck 2019). Each is in one piece; a node without ties is one of its own. The
/// greater the `resolution`, the more and smaller ones there are; 1 is common.
///
/// `seed` says in which order nodes are looked at. The same network, resolution and seed give the same communities, on
/// any machine and with any number of threads.
#[must_use]
pub fn communities(ties: &Ties, resolution: f64, seed: u64) -> Communities {
    let all = Adjacency::new(ties, Direction::Outgoing);
    let total = total(ties);
    // A node without ties, or two that are tied to each other alone, need no search; in a network of actors most are.
    let mut of: Vec<usize> = (0..all.nodes()).map(|node| all.nodes() + node).collect();
    let mut tied = Vec::new();
    for (node, label) in of.iter_mut().enumerate() {
        match all.ties(node).next().filter(|(other, _)| all.degree(node) == 1 && all.degree(*other) == 1) {
            Some((other, weight)) if weight * resolution <= total => *label = all.nodes() + node.min(other),
            Some(_) => {}
            None if all.degree(node) > 0 => tied.push(node),
            None => {}
        }
    }
    let level = Level::new(all.among(&tied), resolution, total);
    let runs = if ties.edge_count() > MANY_TIES { RUNS_OF_MANY } else { RUNS };
    let runs: Vec<(Vec<usize>, f64)> = (0..runs)
        .into_par_iter()
        .map(|run| {
            let of = level.communities(&mut Pcg64::new(seed.into(), run.into()));
            let modularity = level.modularity(&of);
            (of, modularity)
        })
        .collect();
    // Of equally good ones the first.
    let best = runs.into_iter().rev().max_by(|a, b| a.1.total_cmp(&b.1));
    tied.iter().zip(best.unwrap_or_default().0).for_each(|(node, community)| of[*node] = community);
    by_size(&of, modularity(ties, &of, resolution))
}

/// The sum of the weights at all nodes: twice that of all ties.
fn total(ties: &Ties) -> f64 {
    2.0 * ties.edge_weights().sum::<f64>()
}

/// Numbers communities by their size.
fn by_size(of: &[usize], modularity: f64) -> Communities {
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    of.iter().enumerate().for_each(|(node, community)| members.entry(*community).or_default().push(node));
    let mut members: Vec<Vec<usize>> = members.into_values().collect();
    members.sort_by_key(|members| (Reverse(members.len()), members.first().copied()));
    let mut numbers = vec![0; of.len()];
    for (n, members) in members.iter().enumerate() {
        members.iter().for_each(|node| numbers[*node] = n + 1);
    }
    Communities { of: numbers, sizes: members.iter().map(Vec::len).collect(), modularity }
}

/// The modularity (Newman and Girvan 2004) of communities, given by any numbers: the share of all weight that is within
/// them, less `resolution` times the share that chance would put there if each node kept its ties and no more (Reichardt
/// and Bornholdt 2006). At most 1; 0 for all in one community at resolution 1, and where there are no ties. Nodes that
/// `of` has no number for are one community.
#[must_use]
pub fn modularity(ties: &Ties, of: &[usize], resolution: f64) -> f64 {
    let mut numbers: BTreeMap<Option<usize>, usize> = BTreeMap::new();
    let dense = (0..ties.node_count()).map(|node| {
        let next = numbers.len();
        *numbers.entry(of.get(node).copied()).or_insert(next)
    });
    let dense: Vec<usize> = dense.collect();
    Level::new(Adjacency::new(ties, Direction::Outgoing), resolution, total(ties)).modularity(&dense)
}

#[cfg(test)]
mod tests {
    use super::super::{examples, ties};
    use super::*;

    #[test]
    fn nodes_without_ties_are_on_their_own() {
        assert_eq!(communities(&ties(0, []), 1.0, 0), Communities { of: vec![], sizes: vec![], modularity: 0.0 });
        let three = communities(&ties(3, []), 1.0, 0);
        assert_eq!(three, Communities { of: vec![1, 2, 3], sizes: vec![1, 1, 1], modularity: 0.0 });
        assert_eq!(communities(&ties(4, [(1, 3, 2.0)]), 1.0, 0).of, [2, 1, 3, 1]);
    }

    #[test]
    fn the_karate_club_falls_into_four_communities() {
        // 0.4198 is the greatest modularity that there is (Brandes et al. 2008).
        for seed in 0..20 {
            let found = communities(&examples::karate(), 1.0, seed);
            assert_eq!(found.sizes, [12, 11, 6, 5]);
            assert!((found.modularity - 0.419_789_61).abs() < 1e-8, "{seed}: {}", found.modularity);
            assert!((modularity(&examples::karate(), &found.of, 1.0) - found.modularity).abs() < 1e-15);
        }
    }

    #[test]
    fn resolution_makes_them_smaller_or_larger() {
        let karate = examples::karate();
        assert_eq!(communities(&karate, 0.0, 1).sizes, [34]);
        assert_eq!(communities(&karate, 1000.0, 1).sizes, [1; 34]);
        let counts = [0.3, 1.0, 2.0, 5.0].map(|resolution| communities(&karate, resolution, 1).sizes.len());
        assert!(counts.is_sorted() && counts[0] < counts[3], "{counts:?}");
    }

    #[test]
    fn weights_decide_what_belongs_together() {
        // A square with two strong sides.
        let square = ties(4, [(0, 1, 9.0), (1, 2, 1.0), (2, 3, 9.0), (3, 0, 1.0)]);
        assert_eq!(communities(&square, 1.0, 7).of, [1, 1, 2, 2]);
        assert!((modularity(&square, &[1, 1, 2, 2], 1.0) - 0.4).abs() < 1e-15);
        assert!((modularity(&square, &[5, 9, 9, 5], 1.0) - (0.1 - 0.5)).abs() < 1e-15);
        assert!(modularity(&square, &[], 1.0).abs() < 1e-15);
    }
}
