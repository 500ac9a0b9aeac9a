//! How likely somebody who follows ties at random is to be at each node.

use petgraph::{Direction, EdgeType};

use super::adjacency::Adjacency;
use super::{Ties, real};

/// How likely the walker is to follow a tie and not to begin anew at any node.
const DAMPING: f64 = 0.85;
/// The ranks are found when all of them together change by less, as a share of their sum.
const TOLERANCE: f64 = 1e-11;
/// The sum of changes falls by 0.85 or more in each step (Gauss–Seidel), so that some 180 are enough.
const STEPS: usize = 1000;
/// How far a step overshoots where ties have no direction: 2 / (1 + √(1 - 0.85²)), the best for a system whose
/// eigenvalues lie within ±0.85 (Young 1954). That takes some thirty steps. Where they have one, overshooting need not
/// converge.
const OVERSHOOT: f64 = 1.31;

/// `PageRank` (Brin and Page 1998) of every node; they sum up to 1. A tie is followed the more often the greater its
/// weight; where ties have a direction, only in it. From a node that no tie leaves the walker goes to any node.
///
/// Found as the solution of a linear system, scaled to 1, which such nodes do not change (Gleich, Zhukov and Berkhin
/// 2004), by successive over-relaxation. petgraph's function of that name takes time quadratic in the nodes and knows no
/// weights.
#[must_use]
pub fn page_rank<Ty: EdgeType>(ties: &Ties<Ty>) -> Vec<f64> {
    let incoming = Adjacency::new(ties, Direction::Incoming);
    let mut strength = vec![0.0; ties.node_count()];
    for tie in ties.raw_edges() {
        strength[tie.source().index()] += tie.weight;
        if !Ty::is_directed() {
            strength[tie.target().index()] += tie.weight;
        }
    }
    let overshoot = if Ty::is_directed() { 1.0 } else { OVERSHOOT };
    // What each unit of a tie's weight passes on of the rank of the node that it leaves.
    let passes: Vec<f64> = strength.iter().map(|sum| if *sum > 0.0 { DAMPING / sum } else { 0.0 }).collect();
    let (mut ranks, mut passed) = (vec![1.0; ties.node_count()], passes.clone());
    let tied: Vec<usize> = (0..ties.node_count()).filter(|node| incoming.degree(*node) > 0).collect();
    for _ in 0..STEPS {
        let mut change = 0.0;
        for node in &tied {
            let received: f64 = incoming.ties(*node).map(|(from, weight)| weight * passed[from]).sum();
            let step = overshoot * (1.0 + received - ranks[*node]);
            ranks[*node] += step;
            passed[*node] = passes[*node] * ranks[*node];
            change += step.abs();
        }
        // Of the solution every rank is at least 1, so that their number is no more than their sum.
        if change < TOLERANCE * real(ties.node_count()) {
            break;
        }
    }
    let sum: f64 = ranks.iter().sum();
    ranks.into_iter().map(|rank| rank / sum).collect()
}

#[cfg(test)]
mod tests {
    use petgraph::{Directed, Undirected};

    use super::super::{examples, ties};
    use super::*;

    fn check<Ty: EdgeType>(ties: &Ties<Ty>, expected: &[f64]) {
        let ranks = page_rank(ties);
        assert_eq!(ranks.len(), expected.len());
        for (rank, expected) in ranks.iter().zip(expected) {
            assert!((rank - expected).abs() < 1e-9, "{ranks:?}");
        }
    }

    #[test]
    fn ranks_are_those_reckoned_by_hand() {
        check(&ties::<Undirected>(0, []), &[]);
        check(&ties::<Undirected>(1, []), &[1.0]);
        check(&ties::<Undirected>(4, []), &[0.25; 4]);
        // At the ends x = 0.05 + 0.85·y/2, in the middle y = 0.05 + 0.85·2x.
        let end = 0.07125 / 0.2775;
        check(&ties::<Undirected>(3, [(0, 1, 1.0), (1, 2, 1.0)]), &[end, 1.0 - 2.0 * end, end]);
    }

    #[test]
    fn weight_and_direction_count() {
        let heavy = page_rank(&ties::<Undirected>(3, [(0, 1, 1.0), (1, 2, 3.0)]));
        assert!(heavy[2] > heavy[0]);
        // 0 gives to 1, which gives to no one: y = x + 0.85·x, x + y = 1.
        check(&ties::<Directed>(2, [(0, 1, 5.0)]), &[1.0 / 2.85, 1.85 / 2.85]);
    }

    #[test]
    fn ranks_of_the_karate_club_are_those_of_networkx() {
        let ranks = page_rank(&examples::karate());
        for (node, rank) in [(0, 0.096_997_285_389_197_44), (33, 0.100_919_182_331_778_89)] {
            assert!((ranks[node] - rank).abs() < 1e-9, "{}", ranks[node]);
        }
    }
}
