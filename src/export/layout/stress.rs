//! Points whose distances are those of the graph, as far as the plane allows.
//!
//! Stochastic gradient descent on stress, after Zheng, Pawar and Goodman, Graph Drawing by Stochastic Gradient Descent
//! (2018, arXiv:1710.04626); with distances from some nodes alone where there are many, after Ortmann, Klimenta and
//! Brandes, A Sparse Stress Model (2016). The order of the terms comes from a generator with a fixed seed.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::{Point, Spring};

/// Up to so many nodes, every distance counts.
const WHOLE: usize = 500;
/// Past that, the distances from so many.
const PIVOTS: usize = 100;
/// How often each distance is looked at: 1 and a power of two, so that the steps shrink by roots of roots.
const ROUNDS: u32 = 65;
/// The last step for the shortest distance, as a share of what would be exact.
const LAST: f64 = 0.01;

/// A distance to be kept.
struct Term {
    a: usize,
    b: usize,
    distance: f64,
}

/// The points of the nodes of a connected graph.
pub(super) fn place(nodes: usize, springs: &[Spring]) -> Vec<Point> {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut terms = terms(nodes, springs);
    let longest = terms.iter().map(|t| t.distance).fold(0.0, f64::max);
    let shortest = terms.iter().map(|t| t.distance).fold(longest, f64::min);
    let mut points: Vec<Point> =
        (0..nodes).map(|_| Point { x: random.unit() * longest, y: random.unit() * longest }).collect();
    let (mut step, last) = (longest * longest, LAST * shortest * shortest);
    let shrink = root(last / step.max(f64::MIN_POSITIVE), (ROUNDS - 1).trailing_zeros());
    for _ in 0..ROUNDS {
        random.shuffle(&mut terms);
        for term in &terms {
            let (Some(a), Some(b)) = (points.get(term.a).copied(), points.get(term.b).copied()) else { continue };
            let share = (step / (term.distance * term.distance)).min(1.0);
            let (dx, dy) = (a.x - b.x, a.y - b.y);
            let now = (dx * dx + dy * dy).sqrt();
            if now > 0.0 {
                let by = share * (now - term.distance) / (2.0 * now);
                if let Some(a) = points.get_mut(term.a) {
                    (a.x, a.y) = (a.x - by * dx, a.y - by * dy);
                }
                if let Some(b) = points.get_mut(term.b) {
                    (b.x, b.y) = (b.x + by * dx, b.y + by * dy);
                }
            }
        }
        step *= shrink;
    }
    points
}

/// The root of a number that is taken so many times over.
fn root(number: f64, times: u32) -> f64 {
    (0..times).fold(number, |number, _| number.sqrt())
}

/// The distances that count, each once.
fn terms(nodes: usize, springs: &[Spring]) -> Vec<Term> {
    let mut next = vec![Vec::new(); nodes];
    for spring in springs {
        for (from, to) in [(spring.from, spring.to), (spring.to, spring.from)] {
            if let Some(next) = next.get_mut(from) {
                next.push((to, spring.length));
            }
        }
    }
    let mut terms = Vec::new();
    let whole = nodes <= WHOLE;
    let mut nearest = vec![f64::INFINITY; nodes];
    let mut from = 0;
    for round in 0..if whole { nodes } else { PIVOTS } {
        if whole {
            from = round;
        }
        for (to, distance) in distances(from, &next).into_iter().enumerate() {
            if distance.is_finite() && distance > 0.0 && (!whole || from < to) {
                terms.push(Term { a: from, b: to, distance });
            }
            if let Some(nearest) = nearest.get_mut(to) {
                *nearest = nearest.min(distance);
            }
        }
        // The next pivot is the node that is farthest from all so far.
        let far = |at: &usize| nearest.get(*at).copied().unwrap_or_default();
        from = (0..nodes).max_by(|a, b| far(a).total_cmp(&far(b)).then(b.cmp(a))).unwrap_or_default();
    }
    if !whole {
        let near = springs.iter().filter(|s| s.from != s.to);
        terms.extend(near.map(|s| Term { a: s.from, b: s.to, distance: s.length }));
    }
    terms
}

/// How far it is from a node to each: the shortest way along the edges.
fn distances(from: usize, next: &[Vec<(usize, f64)>]) -> Vec<f64> {
    let mut found = vec![f64::INFINITY; next.len()];
    // Lengths are positive, and the bits of positive numbers are sorted as the numbers are.
    let mut open = BinaryHeap::from([(Reverse(0_u64), from)]);
    while let Some((Reverse(bits), at)) = open.pop() {
        let Some(known) = found.get_mut(at) else { continue };
        if known.is_finite() {
            continue;
        }
        *known = f64::from_bits(bits);
        let way = *known;
        for (to, length) in next.get(at).into_iter().flatten() {
            open.push((Reverse((way + length).to_bits()), *to));
        }
    }
    found
}

/// Marsaglia's xorshift64: the same numbers every time.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// At least 0 and less than 1.
    #[expect(clippy::cast_precision_loss, reason = "32 bits fit")]
    fn unit(&mut self) -> f64 {
        (self.next() >> 32) as f64 / 4_294_967_296.0
    }

    fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            let other = self.next() % (at as u64 + 1);
            list.swap(at, usize::try_from(other).unwrap_or_default());
        }
    }
}
