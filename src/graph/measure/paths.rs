//! The ways from one node to another, the shortest first.

use std::collections::BTreeSet;

use petgraph::graph::NodeIndex;
use petgraph::{Direction, EdgeType};

use super::Ties;
use super::adjacency::Adjacency;

/// The `k` shortest paths between two nodes, or all if there are fewer, each as the nodes that it passes, both ends
/// among them and none twice. A path is the shorter the fewer nodes it passes; among equally short ones that comes
/// first which passes the smaller node where they part. Where ties have a direction, paths follow it. None where
/// nothing connects the two, or they are the same.
///
/// By the algorithm of Yen (1971), with what Lawler (1972) added so that no path is found twice. The crate pathfinding
/// (4.16) has it too, but takes all candidates of a length before it has looked for others as short, so that some of
/// the shortest are missing, and keeps no order among equal ones.
#[must_use]
pub fn k_shortest_paths<Ty: EdgeType>(
    ties: &Ties<Ty>,
    from: NodeIndex,
    to: NodeIndex,
    k: usize,
) -> Vec<Vec<NodeIndex>> {
    let mut paths = Vec::new();
    if from == to || ties.node_weight(from).is_none() || ties.node_weight(to).is_none() {
        return paths;
    }
    let mut search = Search::new(ties, to);
    let mut candidates: BTreeSet<Candidate> = search.best(&[from], Vec::new(), usize::MAX).into_iter().collect();
    while paths.len() < k {
        let Some(Candidate { path, parts_at, left_out, .. }) = candidates.pop_first() else { break };
        paths.push(path.clone());
        // What else there is begins as this path does and parts from it at one of its nodes.
        for at in parts_at..path.len() - 1 {
            // Only so many are still wanted, and none longer than these.
            while candidates.len() > k - paths.len() {
                candidates.pop_last();
            }
            let enough = candidates.len() == k - paths.len();
            let longest = candidates.last().filter(|_| enough).map_or(usize::MAX, |last| last.length);
            let mut left_out = if at == parts_at { left_out.clone() } else { Vec::new() };
            left_out.push(path[at + 1]);
            candidates.extend(search.best(&path[..=at], left_out, longest));
        }
    }
    paths
}

/// The best of the paths that begin in the same way and do not go on to certain nodes. Sorts as paths do.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Candidate {
    length: usize,
    path: Vec<NodeIndex>,
    /// The place in the path from which on it is free.
    parts_at: usize,
    /// The nodes that it may not go on to there.
    left_out: Vec<NodeIndex>,
}

/// Searches backwards from where paths end.
struct Search {
    outgoing: Adjacency,
    /// None where ties have no direction, so that it is the same.
    incoming: Option<Adjacency>,
    to: NodeIndex,
    /// How many steps lead from each node to the end; none where that is not known.
    steps: Vec<Option<usize>>,
    /// The nodes with such a number, in the order in which they were met.
    met: Vec<NodeIndex>,
    /// The nodes that may not be passed.
    passed: Vec<bool>,
}

impl Search {
    fn new<Ty: EdgeType>(ties: &Ties<Ty>, to: NodeIndex) -> Self {
        Self {
            outgoing: Adjacency::new(ties, Direction::Outgoing),
            incoming: Ty::is_directed().then(|| Adjacency::new(ties, Direction::Incoming)),
            to,
            steps: vec![None; ties.node_count()],
            met: Vec::new(),
            passed: vec![false; ties.node_count()],
        }
    }

    /// The best path that begins with these nodes, of which there is at least one, then goes to none of those left
    /// out, and passes at most `longest` nodes.
    fn best(&mut self, begin: &[NodeIndex], left_out: Vec<NodeIndex>, longest: usize) -> Option<Candidate> {
        let last = begin.last()?;
        begin.iter().for_each(|node| self.passed[node.index()] = true);
        let open = |node: &&NodeIndex| !self.passed[node.index()] && !left_out.contains(node);
        let onward: Vec<NodeIndex> = self.outgoing.of(last.index()).iter().filter(open).copied().collect();
        let nearest = longest.checked_sub(begin.len() + 1).and_then(|steps| self.nearest(&onward, steps));
        begin.iter().for_each(|node| self.passed[node.index()] = false);
        let mut node = nearest?;
        let mut path = begin.to_vec();
        path.push(node);
        while let Some(left) = self.steps[node.index()].filter(|left| *left > 0) {
            let nearer = |next: &&NodeIndex| self.steps[next.index()] == Some(left - 1);
            node = *self.outgoing.of(node.index()).iter().find(nearer)?;
            path.push(node);
        }
        Some(Candidate { length: path.len(), path, parts_at: begin.len() - 1, left_out })
    }

    /// Of some nodes, sorted, the first of those nearest to the end, if at most so many steps lead there that pass no
    /// node that may not be passed.
    fn nearest(&mut self, nodes: &[NodeIndex], most: usize) -> Option<NodeIndex> {
        self.met.drain(..).for_each(|node| self.steps[node.index()] = None);
        self.steps[self.to.index()] = Some(0);
        self.met.push(self.to);
        let mut nearest = nodes.binary_search(&self.to).is_ok().then_some((0, self.to));
        let mut at = 0;
        while let Some(&node) = self.met.get(at) {
            at += 1;
            let steps = self.steps[node.index()]?;
            // All that are as near as the nearest are met before one of them is gone on from.
            if steps >= most || nearest.is_some_and(|(least, _)| least <= steps) {
                break;
            }
            for before in self.incoming.as_ref().unwrap_or(&self.outgoing).of(node.index()) {
                if self.steps[before.index()].is_none() && !self.passed[before.index()] {
                    self.steps[before.index()] = Some(steps + 1);
                    self.met.push(*before);
                    if nodes.binary_search(before).is_ok() {
                        nearest = nearest.into_iter().chain([(steps + 1, *before)]).min();
                    }
                }
            }
        }
        nearest.map(|(_, node)| node)
    }
}

#[cfg(test)]
mod tests {
    use petgraph::{Directed, Undirected};

    use super::super::{examples, ties};
    use super::*;

    fn paths<Ty: EdgeType>(ties: &Ties<Ty>, from: usize, to: usize, k: usize) -> Vec<Vec<usize>> {
        let paths = k_shortest_paths(ties, NodeIndex::new(from), NodeIndex::new(to), k);
        paths.into_iter().map(|path| path.into_iter().map(NodeIndex::index).collect()).collect()
    }

    #[test]
    fn short_ones_come_first_and_equal_ones_by_their_nodes() {
        // Two ways of two steps, one of three; and one that only joins them.
        let edges =
            [(0, 3, 1.0), (3, 5, 1.0), (0, 1, 1.0), (1, 5, 1.0), (0, 2, 1.0), (2, 4, 1.0), (4, 5, 1.0), (1, 2, 1.0)];
        let both_ways = ties::<Undirected>(8, edges);
        let expected: [&[usize]; 5] = [&[0, 1, 5], &[0, 3, 5], &[0, 2, 1, 5], &[0, 2, 4, 5], &[0, 1, 2, 4, 5]];
        assert_eq!(paths(&both_ways, 0, 5, 9), expected);
        assert_eq!(paths(&both_ways, 0, 5, 3), expected[..3]);
        assert_eq!(paths(&ties::<Directed>(8, edges), 0, 5, 9), [expected[0], expected[1], expected[3], expected[4]]);
    }

    #[test]
    fn where_there_is_no_way_there_is_no_path() {
        let two = ties::<Undirected>(3, [(0, 1, 1.0)]);
        assert_eq!(paths(&two, 0, 1, 5), [[0, 1]]);
        for (from, to, k) in [(0, 2, 5), (0, 0, 5), (0, 3, 5), (3, 0, 5), (0, 1, 0)] {
            assert!(paths(&two, from, to, k).is_empty());
        }
    }

    #[test]
    fn all_paths_are_found_once() {
        let karate = examples::karate();
        let found = paths(&karate, 11, 15, 2000);
        assert_eq!(found.len(), 2000);
        assert!(found.is_sorted_by(|a, b| (a.len(), a) < (b.len(), b)));
        for path in found {
            assert_eq!(path.iter().collect::<BTreeSet<_>>().len(), path.len());
            assert!(path.windows(2).all(|two| karate.contains_edge(NodeIndex::new(two[0]), NodeIndex::new(two[1]))));
        }
    }
}
