//! The lines of a picture: one for all edges from one node to another, straight where nothing stands in the way.

use std::collections::BTreeMap;

use petgraph::graph::EdgeIndex;
use petgraph::visit::EdgeRef as _;

use super::mark::Mark;
use crate::export::layout::{Area, Point};
use crate::graph::Network;

/// Into how many pieces a curve is cut where its way matters.
const PIECES: u32 = 12;
/// Between a symbol and the end of a line.
const CLEAR: f64 = 1.5;
/// How far the middle of a line moves aside to pass a symbol, in its lengths; the first that serves is taken.
const BENDS: [f64; 9] = [0.0, 0.1, -0.1, 0.18, -0.18, 0.28, -0.28, 0.4, -0.4];
/// How far two lines between the same nodes are apart.
const APART: f64 = 0.13;
/// The widths of the lines of one fact and of many.
const WIDTHS: (f64, f64) = (0.9, 4.5);

/// A line from node to node.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Where it begins, by the places of nodes and marks.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// The edges that it stands for, the heaviest first.
    pub edges: Vec<EdgeIndex>,
    /// Its width.
    pub width: f64,
    /// Where it begins, what it bends towards, and where it ends: a quadratic Bézier curve.
    pub curve: [Point; 3],
}

/// The lines of a network.
pub(super) fn lines(network: &Network, marks: &[Mark], points: &[Point]) -> Vec<Line> {
    let mut bundles = BTreeMap::<(usize, usize), Vec<EdgeIndex>>::new();
    for edge in network.graph.edge_references() {
        bundles.entry((edge.source().index(), edge.target().index())).or_default().push(edge.id());
    }
    let both: Vec<bool> = bundles.keys().map(|(from, to)| bundles.contains_key(&(*to, *from))).collect();
    let weight = |at: &EdgeIndex| network.graph.edge_weight(*at).map_or(0, |edge| edge.facts.len());
    let symbols: Vec<Area> = marks.iter().zip(points).map(|(mark, p)| mark.symbol().at(*p).grown(2.0)).collect();
    let mut lines = Vec::new();
    for (((from, to), mut edges), both) in bundles.into_iter().zip(both) {
        let (Some(start), Some(end)) = (points.get(from), points.get(to)) else { continue };
        if from == to {
            continue;
        }
        edges.sort_by_key(|at| (std::cmp::Reverse(weight(at)), *at));
        #[expect(clippy::cast_precision_loss, reason = "numbers of facts")]
        let facts = edges.iter().map(weight).sum::<usize>() as f64;
        let width = (WIDTHS.0 * facts.max(1.0).sqrt()).min(WIDTHS.1);
        let bends: Vec<f64> = if both { [1.0, 1.8, 2.6].map(|n| n * APART).into() } else { BENDS.into() };
        let curves = bends.iter().map(|bend| bent(*start, *end, *bend));
        let hits = |curve: &[Point; 3]| {
            let others = symbols.iter().enumerate().filter(|(at, _)| *at != from && *at != to);
            others.filter(|(_, area)| touches(curve, area)).count()
        };
        let Some(curve) = curves.min_by_key(hits) else { continue };
        let radius = |at: usize| marks.get(at).map_or(0.0, |mark| mark.radius + CLEAR);
        lines.push(Line { from, to, edges, width, curve: trimmed(curve, radius(from), radius(to)) });
    }
    lines
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
    for (start, by, low, high) in
        [(a.x, b.x - a.x, area.left, area.right), (a.y, b.y - a.y, area.top, area.bottom)]
    {
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
