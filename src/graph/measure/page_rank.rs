//! How likely somebody who follows ties at random is to be at each node.

use petgraph::graph::NodeIndex;
use petgraph::{Direction, EdgeType};

use super::adjacency::Adjacency;
use super::{Ties, real};

/// How likely the walker is to follow a tie and not to begin anew at any node.
const DAMPING: f64 = 0.85;
/// The ranks are found when all of them together change by less.
const TOLERANCE: f64 = 1e-12;
/// Each step changes them by at most 0.85 of what the one before did, so that some 180 are enough.
const STEPS: usize = 1000;

/// `PageRank` (Brin and Page 1998) of every node; they sum up to 1. A tie is followed the more often the greater its
/// weight; where ties have a direction, only in it. From a node that no tie leaves the walker goes to any node.
///
/// By power iteration over sparse rows; petgraph's function of that name takes time quadratic in the nodes and knows
/// no weights.
#[must_use]
pub fn page_rank<Ty: EdgeType>(ties: &Ties<Ty>) -> Vec<f64> {
    let nodes = ties.node_count();
    let outgoing = Adjacency::new(ties, Direction::Outgoing);
    // Of what each node has, the share that goes to each of its neighbours.
    let given = (0..nodes).flat_map(|node| {
        let strength: f64 = outgoing.weights(node).iter().sum();
        let given = outgoing.ties(node).map(move |(to, weight)| (to, DAMPING * weight / strength));
        given.map(move |(to, share)| (NodeIndex::new(to), NodeIndex::new(node), share))
    });
    let received = Adjacency::from_arcs(nodes, given.collect());
    // Nodes without ties all have the same rank, and are most of those in a network of actors: one stands for all.
    let (tied, lone): (Vec<usize>, Vec<usize>) =
        (0..nodes).partition(|node| outgoing.degree(*node) + received.degree(*node) > 0);
    let received = received.among(&tied);
    let ends: Vec<usize> = (0..tied.len()).filter(|at| outgoing.degree(tied[*at]) == 0).collect();
    let (mut ranks, mut alone) = (vec![1.0 / real(nodes); tied.len()], 1.0 / real(nodes));
    for _ in 0..STEPS {
        let ended = ends.iter().map(|end| ranks[*end]).sum::<f64>() + alone * real(lone.len());
        let anywhere = (DAMPING * ended + 1.0 - DAMPING) / real(nodes);
        let next: Vec<f64> = (0..tied.len())
            .map(|node| anywhere + received.ties(node).map(|(from, share)| share * ranks[from]).sum::<f64>())
            .collect();
        let change: f64 = ranks.iter().zip(&next).map(|(old, new)| (old - new).abs()).sum();
        let change = change + (alone - anywhere).abs() * real(lone.len());
        (ranks, alone) = (next, anywhere);
        if change < TOLERANCE {
            break;
        }
    }
    let mut all = vec![alone; nodes];
    tied.iter().zip(ranks).for_each(|(node, rank)| all[*node] = rank);
    all
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
