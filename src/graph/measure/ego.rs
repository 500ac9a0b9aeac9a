//! What surrounds a node.

use petgraph::EdgeType;
use petgraph::graph::NodeIndex;

use super::Ties;

/// The nodes that at most `depth` steps lead to from one node, with the number of steps: itself at 0, then the nearer
/// first, and among equally near ones in the order of the nodes. Where ties have a direction, steps follow it. None if
/// there is no such node.
#[must_use]
pub fn ego<Ty: EdgeType>(ties: &Ties<Ty>, from: NodeIndex, depth: usize) -> Vec<(NodeIndex, usize)> {
    let mut seen = vec![false; ties.node_count()];
    let Some(first) = seen.get_mut(from.index()) else { return Vec::new() };
    *first = true;
    let mut found = vec![(from, 0)];
    let mut at = 0;
    while let Some(&(node, distance)) = found.get(at) {
        if distance < depth {
            for next in ties.neighbors(node) {
                if !std::mem::replace(&mut seen[next.index()], true) {
                    found.push((next, distance + 1));
                }
            }
        }
        at += 1;
    }
    found.sort_unstable_by_key(|(node, distance)| (*distance, *node));
    found
}

#[cfg(test)]
mod tests {
    use petgraph::{Directed, Undirected};

    use super::super::ties;
    use super::*;

    fn around<Ty: EdgeType>(ties: &Ties<Ty>, from: usize, depth: usize) -> Vec<(usize, usize)> {
        ego(ties, NodeIndex::new(from), depth).into_iter().map(|(node, distance)| (node.index(), distance)).collect()
    }

    #[test]
    fn the_nearest_come_first() {
        let edges = [(2, 4, 1.0), (2, 0, 1.0), (4, 1, 1.0), (0, 3, 1.0), (1, 5, 1.0)];
        let both_ways = ties::<Undirected>(7, edges);
        assert_eq!(around(&both_ways, 2, 0), [(2, 0)]);
        assert_eq!(around(&both_ways, 2, 2), [(2, 0), (0, 1), (4, 1), (1, 2), (3, 2)]);
        assert_eq!(around(&both_ways, 6, 9), [(6, 0)]);
        assert_eq!(around(&both_ways, 7, 9), []);
        assert_eq!(around(&ties::<Directed>(7, edges), 4, 9), [(4, 0), (1, 1), (5, 2)]);
    }
}
