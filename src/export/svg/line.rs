//! The lines of a picture: one for all edges from one node to another, straight where nothing stands in the way.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::graph::EdgeIndex;
use petgraph::visit::EdgeRef as _;

use super::mark::Mark;
use crate::export::layout::{Area, Point};
use crate::export::style;
use crate::graph::Network;

/// Into how many pieces a curve is cut where its way matters.
const PIECES: u32 = 12;
/// Between a symbol and the end of a line.
const CLEAR: f64 = 1.5;
/// How far the middle of a line moves aside to pass a symbol, in its lengths; the first that serves is taken.
const BENDS: [f64; 9] = [0.0, 0.07, -0.07, 0.14, -0.14, 0.21, -0.21, 0.29, -0.29];
/// How far two lines between the same nodes are apart.
const APART: f64 = 0.13;

/// A line between two nodes.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Where it begins, by the places of nodes and marks.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// The edges that it stands for, the heaviest first; of relations that hold both ways, one edge each.
    pub edges: Vec<EdgeIndex>,
    /// Whether it points to its end. It does not where the same facts draw the same edges both ways, as those of a
    /// meeting, nor from a fact to those who take part: their roles say enough.
    pub directed: bool,
    /// Its width.
    pub width: f64,
    /// Where it begins, what it bends towards, and where it ends: a quadratic Bézier curve.
    pub curve: [Point; 3],
}

/// What is between two nodes, the first of which comes first: what holds both ways, what there, what back.
#[derive(Default)]
struct Between {
    mutual: Vec<EdgeIndex>,
    there: Vec<EdgeIndex>,
    back: Vec<EdgeIndex>,
}

/// The lines of a network: around symbols and, where that serves both, around the words of nodes.
pub(super) fn lines(network: &Network, marks: &[Mark], points: &[Point], names: &[Area]) -> Vec<Line> {
    let symbols: Vec<Area> = marks.iter().zip(points).map(|(mark, p)| mark.symbol().at(*p).grown(2.0)).collect();
    let mut lines = Vec::new();
    for ((one, other), between) in pairs(network) {
        let parts =
            [(between.there, one, other, false), (between.mutual, one, other, true), (between.back, other, one, false)];
        let parts: Vec<_> = parts.into_iter().filter(|(edges, ..)| !edges.is_empty()).collect();
        for (n, (edges, from, to, mutual)) in parts.iter().enumerate() {
            let (Some(start), Some(end)) = (points.get(*from), points.get(*to)) else { continue };
            // Seen from the other end, left is right.
            let side = if from == &one { 1.0 } else { -1.0 };
            let bends: Vec<f64> = match (parts.len(), n) {
                (1, _) | (3, 1) => BENDS.to_vec(),
                (_, 0) => [1.0, 1.7, 2.4].map(|by| by * APART * side).to_vec(),
                _ => [-1.0, -1.7, -2.4].map(|by| by * APART * side).to_vec(),
            };
            let hits = |curve: &[Point; 3]| {
                let others = symbols.iter().enumerate().filter(|(at, _)| at != from && at != to);
                let symbols = others.filter(|(_, area)| touches(curve, area)).count();
                symbols * 4 + names.iter().filter(|area| touches(curve, area)).count()
            };
            let Some(curve) = bends.iter().map(|bend| bent(*start, *end, *bend)).min_by_key(hits) else { continue };
            let radius = |at: usize| marks.get(at).map_or(0.0, |mark| mark.radius + CLEAR);
            let of_fact = network.graph.raw_nodes().get(*from).is_some_and(|node| node.weight.fact.is_some());
            lines.push(Line {
                from: *from,
                to: *to,
                edges: edges.clone(),
                directed: network.directed && !mutual && !of_fact,
                width: width(network, edges),
                curve: trimmed(curve, radius(*from), radius(*to)),
            });
        }
    }
    lines
}

/// What is between every two nodes that are joined, the heaviest edges first.
fn pairs(network: &Network) -> BTreeMap<(usize, usize), Between> {
    let mut pairs = BTreeMap::<(usize, usize), Between>::new();
    for edge in network.graph.edge_references().filter(|edge| edge.source() != edge.target()) {
        let back = network.graph.edges_connecting(edge.target(), edge.source());
        let mutual = back.into_iter().any(|back| back.weight() == edge.weight());
        let (from, to) = (edge.source().index(), edge.target().index());
        let between = pairs.entry((from.min(to), from.max(to))).or_default();
        match (mutual, from < to) {
            (true, true) => between.mutual.push(edge.id()),
            (true, false) => {}
            (false, true) => between.there.push(edge.id()),
            (false, false) => between.back.push(edge.id()),
        }
    }
    let weight = |at: &EdgeIndex| network.graph.edge_weight(*at).map_or(0, |edge| edge.facts.len());
    for between in pairs.values_mut() {
        for edges in [&mut between.mutual, &mut between.there, &mut between.back] {
            edges.sort_by_key(|at| (std::cmp::Reverse(weight(at)), *at));
        }
    }
    pairs
}

/// The width of the line of some edges, by the facts behind them.
fn width(network: &Network, edges: &[EdgeIndex]) -> f64 {
    let facts: BTreeSet<usize> =
        edges.iter().filter_map(|at| network.graph.edge_weight(*at)).flat_map(|edge| &edge.facts).copied().collect();
    style::width(facts.len())
}

/// The curve between two points that bends to the left of its way by so many of its lengths.
fn bent(start: Point, end: Point, bend: f64) -> [Point; 3] {
    let (dx, dy) = (end.x - start.x, end.y - start.y);
    let middle = Point { x: (start.x + end.x) / 2.0, y: (start.y + end.y) / 2.0 };
    [start, Point { x: middle.x + dy * bend, y: middle.y - dx * bend }, end]
}

/// The point of a curve at 0 to 1.
pub(super) fn at(curve: &[Point; 3], t: f64) -> Point {
    let [a, b, c] = curve;
    let (p, q, r) = ((1.0 - t) * (1.0 - t), 2.0 * t * (1.0 - t), t * t);
    Point { x: p * a.x + q * b.x + r * c.x, y: p * a.y + q * b.y + r * c.y }
}

/// A curve without what lies within some distance of its ends.
fn trimmed(curve: [Point; 3], start: f64, end: f64) -> [Point; 3] {
    let distance = |a: Point, b: Point| ((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)).sqrt();
    let cut = |near: Point, radius: f64, turned: bool| {
        let (mut low, mut high) = (0.0, 0.5);
        for _ in 0..24 {
            let t = (low + high) / 2.0;
            let inside = distance(at(&curve, if turned { 1.0 - t } else { t }), near) < radius;
            if inside { low = t } else { high = t }
        }
        low
    };
    let (from, to) = (cut(curve[0], start, false), 1.0 - cut(curve[2], end, true));
    // The part of a quadratic curve between two of its points bends towards where its tangents there meet.
    let [a, b, c] = curve;
    let mixed = |s: f64, t: f64| {
        let (p, q, r) = ((1.0 - s) * (1.0 - t), s * (1.0 - t) + t * (1.0 - s), s * t);
        Point { x: p * a.x + q * b.x + r * c.x, y: p * a.y + q * b.y + r * c.y }
    };
    [mixed(from, from), mixed(from, to), mixed(to, to)]
}

/// Whether a curve enters an area.
pub(super) fn touches(curve: &[Point; 3], area: &Area) -> bool {
    let around = Area {
        left: curve.iter().map(|p| p.x).fold(f64::INFINITY, f64::min),
        top: curve.iter().map(|p| p.y).fold(f64::INFINITY, f64::min),
        right: curve.iter().map(|p| p.x).fold(f64::NEG_INFINITY, f64::max),
        bottom: curve.iter().map(|p| p.y).fold(f64::NEG_INFINITY, f64::max),
    };
    // An area without height still overlaps once it is grown.
    if !around.grown(0.1).overlaps(area) {
        return false;
    }
    let points = (0..=PIECES).map(|n| at(curve, f64::from(n) / f64::from(PIECES)));
    let later = points.clone().skip(1);
    points.zip(later).any(|(a, b)| enters(a, b, area))
}

/// Whether a straight line enters an area: what of it lies between the sides, across and down (Liang and Barsky).
fn enters(a: Point, b: Point, area: &Area) -> bool {
    let (mut from, mut to) = (0.0_f64, 1.0_f64);
    for (start, by, low, high) in [(a.x, b.x - a.x, area.left, area.right), (a.y, b.y - a.y, area.top, area.bottom)] {
        if by == 0.0 {
            if start < low || start > high {
                return false;
            }
            continue;
        }
        let (one, other) = ((low - start) / by, (high - start) / by);
        from = from.max(one.min(other));
        to = to.min(one.max(other));
    }
    from <= to
}
