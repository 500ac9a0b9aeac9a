//! What is drawn for each node: its symbol and its words, before anything has a place.

use petgraph::Direction;
use petgraph::graph::NodeIndex;

use super::text::Words;
use crate::export::layout::{Point, Reach, Spring, place};
use crate::export::style::{self, Style};
use crate::graph::Network;

/// Between a symbol and words below or above it, where the type itself leaves more.
pub(super) const BELOW: f64 = 0.5;

/// The size of the type of nodes and of edges, in pixels.
pub(in crate::export) const NODE_SIZE: f64 = 12.0;
pub(super) const EDGE_SIZE: f64 = 9.5;
/// The radius of the least and the greatest node.
const RADII: (f64, f64) = (5.5, 15.0);
/// Lines of a node's words, in sizes of the type.
const WIDTH: f64 = 10.0;
/// The least length of an edge between symbols.
const EDGE: f64 = 56.0;

/// What is drawn for a node.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// How its type is shown.
    pub style: Style,
    /// The radius of its symbol.
    pub radius: f64,
    /// Its words.
    pub words: Words,
    /// Whether it is a fact that did not happen, or not yet.
    pub unreal: bool,
}

/// What is drawn for each node, and the point of each.
#[must_use]
pub fn placed(network: &Network) -> (Vec<Mark>, Vec<Point>) {
    let weights: Vec<f64> = network.graph.node_indices().map(|at| weight(network, at)).collect();
    let most = weights.iter().copied().fold(0.0, f64::max);
    let marks: Vec<Mark> =
        network.graph.node_indices().zip(&weights).map(|(at, weight)| mark(network, at, *weight, most)).collect();
    let reaches: Vec<Reach> = marks.iter().map(Mark::reach).collect();
    let points = place(&reaches, &springs(network, &marks));
    (marks, points)
}

impl Mark {
    /// How far symbol and words reach, the words below the symbol.
    #[must_use]
    pub fn reach(&self) -> Reach {
        let half = self.words.width() / 2.0;
        let symbol = self.symbol();
        Reach {
            left: symbol.left.min(-half),
            top: symbol.top,
            right: symbol.right.max(half),
            bottom: symbol.bottom + BELOW + self.words.height(),
        }
    }

    /// How far the symbol reaches.
    #[must_use]
    pub fn symbol(&self) -> Reach {
        let r = self.radius * 1.15 + 1.0;
        Reach { left: -r, top: -r, right: r, bottom: r }
    }
}

fn mark(network: &Network, at: NodeIndex, weight: f64, most: f64) -> Mark {
    let Some(node) = network.graph.node_weight(at) else {
        return Mark { style: style::OTHER, radius: 0.0, words: Words::default(), unreal: false };
    };
    let fact = node.fact.and_then(|fact| network.facts.get(fact));
    let (least, greatest) = RADII;
    let radius = match fact {
        Some(_) => least,
        // The area grows with the weight.
        None => least + (greatest - least) * (weight / most.max(8.0)).sqrt(),
    };
    let label = if fact.is_some() { without_neighbours(network, at, &node.label) } else { node.label.clone() };
    Mark {
        style: style::of(node),
        radius,
        words: Words::fit(&label, if fact.is_some() { EDGE_SIZE + 1.0 } else { NODE_SIZE }, WIDTH, 2),
        unreal: style::is_unreal(network, node),
    }
}

/// In how many facts a node is joined with others.
fn weight(network: &Network, at: NodeIndex) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "numbers of facts")]
    let counted = || {
        let edges = [Direction::Outgoing, Direction::Incoming].map(|way| network.graph.edges_directed(at, way));
        edges.into_iter().flatten().map(|edge| edge.weight().facts.len() as f64).sum()
    };
    network.measures.weighted_degree.get(at.index()).copied().unwrap_or_else(counted)
}

/// What the label of a fact says beside those who take part in it, whom the picture shows.
fn without_neighbours(network: &Network, at: NodeIndex, label: &str) -> String {
    let mut padded = format!(" {label} ");
    let mut names: Vec<&str> = network
        .graph
        .neighbors_undirected(at)
        .filter_map(|near| network.graph.node_weight(near))
        .flat_map(|node| [node.label.as_str(), node.name.as_str()])
        .filter(|name| !name.is_empty())
        .collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    for name in names {
        padded = padded.replacen(&format!(" {name} "), " ", 1);
    }
    let rest = padded.trim();
    if rest.is_empty() { label.to_owned() } else { rest.to_owned() }
}

/// What a line calls a relation, and of how many facts.
pub(super) fn named(label: &str, facts: usize) -> String {
    if facts > 1 { format!("{label}×{facts}") } else { label.to_owned() }
}

/// The edges, each pair of nodes once. An edge wants room for its symbols and words; those of a node with many
/// neighbours, which need a wide circle, want more.
fn springs(network: &Network, marks: &[Mark]) -> Vec<Spring> {
    let mut pairs = std::collections::BTreeMap::<(usize, usize), f64>::new();
    for edge in network.graph.raw_edges() {
        let (a, b) = (edge.source().index(), edge.target().index());
        let words = Words::line(named(&edge.weight.label, edge.weight.facts.len()), EDGE_SIZE).width() + 24.0;
        let length = pairs.entry((a.min(b), a.max(b))).or_insert(EDGE);
        *length = length.max(words);
    }
    let mut degrees = vec![0.0_f64; marks.len()];
    for (a, b) in pairs.keys() {
        for at in [a, b] {
            if let Some(degree) = degrees.get_mut(*at) {
                *degree += 1.0;
            }
        }
    }
    let of = |at: usize| (degrees.get(at).copied().unwrap_or_default(), marks.get(at).map_or(0.0, |m| m.radius));
    pairs
        .into_iter()
        .filter(|((a, b), _)| a != b)
        .map(|((from, to), words)| {
            let ((a, r), (b, s)) = (of(from), of(to));
            Spring { from, to, length: r + s + words * (1.0 + 0.16 * (a.max(b) - 2.0).max(0.0).sqrt()) }
        })
        .collect()
}
