//! What hangs on a graph as a tree, folded into the node that it hangs on. Who stands between whom in a tree needs no
//! search, and in a network of actors most nodes hang so.

use super::adjacency::Adjacency;

/// A graph without its trees.
pub(super) struct Folded {
    /// The nodes that are left, in the order of a search in breadth: neighbours lie near each other in memory. Nodes
    /// that have no ties left, and so stand between none of the others, are not among them.
    pub(super) core: Vec<usize>,
    /// Their ties, by their places in `core`.
    pub(super) adjacency: Adjacency,
    /// For each of them how many nodes it stands for: itself, and those folded into it.
    pub(super) mass: Vec<usize>,
    /// For each node of the whole graph the ordered pairs of nodes whose every way leads through it since one of them
    /// hangs on it in a tree, or both do in different ones.
    pub(super) through: Vec<u64>,
}

impl Folded {
    /// Of ties without direction.
    pub(super) fn new(whole: &Adjacency) -> Self {
        let components = whole.components();
        let mut size = vec![0; whole.nodes()];
        for component in &components {
            component.iter().for_each(|node| size[*node] = component.len());
        }
        let mut degree: Vec<usize> = (0..whole.nodes()).map(|node| whole.degree(node)).collect();
        let mut mass = vec![1; whole.nodes()];
        let mut through = vec![0; whole.nodes()];
        let mut gone = vec![false; whole.nodes()];
        let mut leaves: Vec<usize> = (0..whole.nodes()).filter(|node| degree[*node] == 1).collect();
        while let Some(leaf) = leaves.pop() {
            // The last two nodes of a tree are leaves of each other; one of them stays.
            let into = whole.of(leaf).iter().map(|node| node.index()).find(|node| !gone[*node]);
            let Some(into) = into.filter(|_| degree[leaf] == 1) else { continue };
            gone[leaf] = true;
            mass[into] += mass[leaf];
            through[into] += mass[leaf] as u64 * (size[leaf] - 1 - mass[leaf]) as u64;
            degree[leaf] = 0;
            degree[into] -= 1;
            if degree[into] == 1 {
                leaves.push(into);
            }
        }
        for node in 0..whole.nodes() {
            through[node] += (mass[node] - 1) as u64 * (size[node] - mass[node]) as u64;
        }
        let core: Vec<usize> = components.into_iter().flatten().filter(|node| degree[*node] > 0).collect();
        let adjacency = whole.among(&core);
        let mass = core.iter().map(|node| mass[*node]).collect();
        Self { core, adjacency, mass, through }
    }
}

#[cfg(test)]
mod tests {
    use petgraph::Direction;
    use petgraph::graph::NodeIndex;

    use super::super::ties;
    use super::*;

    fn folded(nodes: usize, edges: &[(usize, usize)]) -> Folded {
        let ties = ties(nodes, edges.iter().map(|(a, b)| (*a, *b, 1.0)));
        Folded::new(&Adjacency::new::<petgraph::Undirected>(&ties, Direction::Outgoing))
    }

    #[test]
    fn a_tree_folds_into_nothing() {
        // A star with a ray of two: 1 - 0 - 2, 0 - 3 - 4.
        let folded = folded(5, &[(0, 1), (0, 2), (0, 3), (3, 4)]);
        assert!(folded.core.is_empty());
        // Ordered pairs: through 0 all of 1, 2 and {3, 4} with each other, through 3 those of 4 with 0, 1 and 2.
        assert_eq!(folded.through, [10, 0, 0, 6, 0]);
    }

    #[test]
    fn what_hangs_on_a_ring_is_weighed_there() {
        let folded = folded(6, &[(0, 1), (1, 2), (2, 0), (2, 3), (3, 4)]);
        assert_eq!(folded.core, [0, 1, 2]);
        assert_eq!(folded.mass, [1, 1, 3]);
        assert_eq!(folded.adjacency.of(2), [0, 1].map(NodeIndex::new));
        // Through 2: {3, 4} with 0 and 1; through 3: 4 with 0, 1 and 2.
        assert_eq!(folded.through, [0, 0, 8, 6, 0, 0]);
    }
}
