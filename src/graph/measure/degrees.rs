//! How many ties each node has, and how strong they are together.

use petgraph::{Directed, Direction, EdgeType};

use super::Ties;
use super::adjacency::Adjacency;

/// The ties of every node.
#[derive(Debug, Clone, PartialEq)]
pub struct Degrees {
    /// How many it has: its degree.
    pub count: Vec<usize>,
    /// The sum of their weights: its strength, or weighted degree.
    pub strength: Vec<f64>,
}

/// All ties of every node, those to it and those from it.
#[must_use]
pub fn degrees<Ty: EdgeType>(ties: &Ties<Ty>) -> Degrees {
    let mut degrees = count(ties, Direction::Outgoing);
    if Ty::is_directed() {
        let more = count(ties, Direction::Incoming);
        degrees.count.iter_mut().zip(more.count).for_each(|(count, more)| *count += more);
        degrees.strength.iter_mut().zip(more.strength).for_each(|(strength, more)| *strength += more);
    }
    degrees
}

/// The ties that lead from every node (outgoing), or to it (incoming).
#[must_use]
pub fn degrees_of(ties: &Ties<Directed>, direction: Direction) -> Degrees {
    count(ties, direction)
}

fn count<Ty: EdgeType>(ties: &Ties<Ty>, direction: Direction) -> Degrees {
    let all = Adjacency::new(ties, direction);
    Degrees {
        count: (0..all.nodes()).map(|node| all.degree(node)).collect(),
        strength: (0..all.nodes()).map(|node| all.weights(node).iter().sum()).collect(),
    }
}

#[cfg(test)]
mod tests {
    use petgraph::Undirected;

    use super::super::ties;
    use super::*;

    #[test]
    fn ties_are_counted_on_the_sides_asked_for() {
        let edges = [(0, 1, 2.0), (1, 0, 1.0), (1, 2, 4.0)];
        let both = |count: [usize; 4], strength: [f64; 4]| Degrees { count: count.into(), strength: strength.into() };
        assert_eq!(degrees(&ties::<Undirected>(4, edges)), both([1, 2, 1, 0], [3.0, 7.0, 4.0, 0.0]));
        let directed = ties(4, edges);
        assert_eq!(degrees(&directed), both([2, 3, 1, 0], [3.0, 7.0, 4.0, 0.0]));
        assert_eq!(degrees_of(&directed, Direction::Outgoing), both([1, 2, 0, 0], [2.0, 5.0, 0.0, 0.0]));
        assert_eq!(degrees_of(&directed, Direction::Incoming), both([1, 1, 1, 0], [1.0, 2.0, 4.0, 0.0]));
    }
}
