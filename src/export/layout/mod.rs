//! Where the nodes of a picture stand.
//!
//! Components are laid out by themselves (`stress`), turned so that the longest way lies flat, cleared of overlaps
//! (`overlap`) and packed side by side. Only sums, products and square roots are used, which every machine rounds alike:
//! the same network gives the same places everywhere.

mod overlap;
mod stress;

/// A place, in pixels; y grows downwards.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Point {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
}

/// A rectangle.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Area {
    /// Its left edge.
    pub left: f64,
    /// Its upper edge.
    pub top: f64,
    /// Its right edge.
    pub right: f64,
    /// Its lower edge.
    pub bottom: f64,
}

/// How far what is drawn for a node reaches from its point to each side.
pub type Reach = Area;

/// An edge between two nodes, by their places in the list.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spring {
    /// One end.
    pub from: usize,
    /// The other.
    pub to: usize,
    /// How long it wants to be.
    pub length: f64,
}

/// Between components.
const GAP: f64 = 28.0;
/// How much wider than high a picture is to be.
const LANDSCAPE: f64 = 1.5;
/// Words are wider than high: across, nodes stand further apart.
const STRETCH: f64 = 1.2;

impl Area {
    /// Whether two share any space.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    /// The area moved by so much.
    #[must_use]
    pub fn at(&self, by: Point) -> Self {
        Self { left: self.left + by.x, top: self.top + by.y, right: self.right + by.x, bottom: self.bottom + by.y }
    }

    /// The area with a margin around it.
    #[must_use]
    pub fn grown(&self, by: f64) -> Self {
        Self { left: self.left - by, top: self.top - by, right: self.right + by, bottom: self.bottom + by }
    }

    /// The least area that holds both.
    #[must_use]
    pub fn with(&self, other: &Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }
}

/// The point of each node such that no two reaches overlap.
#[must_use]
pub fn place(reaches: &[Reach], springs: &[Spring]) -> Vec<Point> {
    let mut points = vec![Point::default(); reaches.len()];
    let mut parts = Vec::new();
    for nodes in components(reaches.len(), springs) {
        let local = |node: usize| nodes.binary_search(&node).ok();
        let inner = springs.iter().filter_map(|s| Some(Spring { from: local(s.from)?, to: local(s.to)?, ..*s }));
        let mut placed = stress::place(nodes.len(), &inner.collect::<Vec<_>>());
        lay_flat(&mut placed);
        let own: Vec<Reach> = nodes.iter().filter_map(|node| reaches.get(*node)).copied().collect();
        overlap::remove(&mut placed, &own);
        parts.push((nodes, placed, own));
    }
    pack(&parts, &mut points);
    points
}

/// The nodes of each component, sorted; the components by their first node.
fn components(nodes: usize, springs: &[Spring]) -> Vec<Vec<usize>> {
    let mut joined = petgraph::unionfind::UnionFind::new(nodes);
    for spring in springs.iter().filter(|s| s.from < nodes && s.to < nodes) {
        joined.union(spring.from, spring.to);
    }
    let mut all = std::collections::BTreeMap::<usize, Vec<usize>>::new();
    for (node, part) in joined.into_labeling().into_iter().enumerate() {
        all.entry(part).or_default().push(node);
    }
    let mut all: Vec<_> = all.into_values().collect();
    all.sort();
    all
}

/// Turns points so that they spread most from left to right.
fn lay_flat(points: &mut [Point]) {
    #[expect(clippy::cast_precision_loss, reason = "numbers of nodes")]
    let count = points.len().max(1) as f64;
    let middle = Point {
        x: points.iter().map(|p| p.x).sum::<f64>() / count,
        y: points.iter().map(|p| p.y).sum::<f64>() / count,
    };
    let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
    for p in points.iter_mut() {
        (p.x, p.y) = (p.x - middle.x, p.y - middle.y);
        (xx, xy, yy) = (xx + p.x * p.x, xy + p.x * p.y, yy + p.y * p.y);
    }
    // The direction in which the points vary most: the first eigenvector of their covariance.
    let half = (xx - yy) / 2.0;
    let root = (half * half + xy * xy).sqrt();
    let (mut x, mut y) = if half >= 0.0 { (half + root, xy) } else { (xy, root - half) };
    let length = (x * x + y * y).sqrt();
    if length > 0.0 {
        (x, y) = (x / length, y / length);
        for p in points.iter_mut() {
            (p.x, p.y) = ((p.x * x + p.y * y) * STRETCH, p.y * x - p.x * y);
        }
    }
}

/// Stands the components side by side: high ones first, each as far up as it fits below those before it.
fn pack(parts: &[(Vec<usize>, Vec<Point>, Vec<Reach>)], points: &mut [Point]) {
    let areas: Vec<Area> = parts.iter().map(|(_, placed, own)| around(placed, own)).collect();
    let size = |at: &usize| areas.get(*at).map_or((0.0, 0.0), |a| (a.right - a.left + GAP, a.bottom - a.top + GAP));
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by(|a, b| size(b).1.total_cmp(&size(a).1).then(size(b).0.total_cmp(&size(a).0)).then(a.cmp(b)));
    let total: f64 = order.iter().map(|at| size(at).0 * size(at).1).sum();
    let widest = order.iter().map(|at| size(at).0).fold(0.0, f64::max);
    let width = (total * LANDSCAPE).sqrt().max(widest);
    // The lower edge of what stands already: from where on, and how far down; the last goes on for ever.
    let mut edge = vec![(0.0, 0.0)];
    for at in order {
        let (wide, high) = size(&at);
        let place = |x: f64| {
            let ends = edge.iter().skip(1).map(|(end, _)| *end).chain([f64::INFINITY]);
            let under = edge.iter().zip(ends).filter(|((start, _), end)| *start < x + wide && x < *end);
            under.map(|((_, down), _)| *down).fold(0.0, f64::max)
        };
        let fits = edge.iter().map(|(x, _)| *x).filter(|x| x + wide <= width + 1.0);
        let best = fits.map(|x| (place(x), x)).min_by(|(y, x), (v, u)| y.total_cmp(v).then(x.total_cmp(u)));
        let (y, x) = best.unwrap_or_else(|| (place(0.0), 0.0));
        let (Some((nodes, placed, _)), Some(area)) = (parts.get(at), areas.get(at)) else { continue };
        for (node, p) in nodes.iter().zip(placed) {
            if let Some(point) = points.get_mut(*node) {
                *point = Point { x: p.x - area.left + x, y: p.y - area.top + y };
            }
        }
        let beyond = edge.iter().rev().find(|(start, _)| *start <= x + wide).map_or(0.0, |(_, down)| *down);
        edge.retain(|(start, _)| *start < x || *start > x + wide);
        edge.extend([(x, y + high), (x + wide, beyond)]);
        edge.sort_by(|a, b| a.0.total_cmp(&b.0));
    }
}

/// What is drawn for all of them.
fn around(points: &[Point], reaches: &[Reach]) -> Area {
    let all = points.iter().zip(reaches).map(|(p, reach)| reach.at(*p));
    all.reduce(|a, b| a.with(&b)).unwrap_or_default()
}
