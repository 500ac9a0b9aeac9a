//! Boxes moved apart until none covers another.

use super::{Area, Point, Reach};

/// Rounds of moving before everything is spread a little more; fewer where a round takes long.
const ROUNDS: usize = 60;
const ROUNDS_OF_MANY: usize = 8;
/// More boxes than this are many.
const MANY: usize = 1000;
/// By how much.
const SPREAD: f64 = 1.04;
/// The share of the room that boxes fill at most before they are pushed.
const FILLED: f64 = 0.4;
/// By how much points are spread at once.
const MOST: f64 = 8.0;
/// How often they are spread: far more than it takes.
const SPREADS: usize = 500;
/// What is left free between two boxes, on each side.
const MARGIN: f64 = 3.0;

/// Moves points until no two reaches overlap. Two that do are moved apart the shorter way, across or down, by half each;
/// where that does not end, all points are spread, which does.
pub(super) fn remove(points: &mut [Point], reaches: &[Reach]) {
    let reaches: Vec<Reach> = reaches.iter().map(|reach| reach.grown(MARGIN)).collect();
    part_same(points);
    if points.len() > MANY {
        make_room(points, &reaches);
    }
    for _ in 0..SPREADS {
        for _ in 0..if points.len() > MANY { ROUNDS_OF_MANY } else { ROUNDS } {
            if !push(points, &reaches) {
                return;
            }
        }
        for p in points.iter_mut() {
            (p.x, p.y) = (p.x * SPREAD, p.y * SPREAD);
        }
    }
}

/// Spreads points whose boxes fill most of the room that they have: pushing many of them would take long.
fn make_room(points: &mut [Point], reaches: &[Reach]) {
    let areas = areas(points, reaches);
    let size = |area: &Area| (area.right - area.left) * (area.bottom - area.top);
    let Some(all) = areas.iter().copied().reduce(|a, b| a.with(&b)) else { return };
    let wanted = areas.iter().map(size).sum::<f64>() / FILLED;
    let by = (wanted / size(&all).max(f64::MIN_POSITIVE)).sqrt().min(MOST);
    if by > 1.0 {
        for p in points.iter_mut() {
            (p.x, p.y) = (p.x * by, p.y * by);
        }
    }
}

/// Points on one spot can be spread only once they differ.
fn part_same(points: &mut [Point]) {
    let mut by = 0.0;
    let mut order: Vec<usize> = (0..points.len()).collect();
    let at = |points: &[Point], n: usize| points.get(n).copied().unwrap_or_default();
    order.sort_by(|a, b| {
        let (a, b) = (at(points, *a), at(points, *b));
        a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y))
    });
    for (n, next) in order.iter().zip(order.iter().skip(1)) {
        if at(points, *n) == at(points, *next) {
            by += 1.0;
            if let Some(p) = points.get_mut(*next) {
                p.y += by;
            }
        }
    }
}

fn areas(points: &[Point], reaches: &[Reach]) -> Vec<Area> {
    points.iter().zip(reaches).map(|(p, reach)| reach.at(*p)).collect()
}

/// Every two areas that may overlap, by their places: those that share a part of the x axis.
fn close(areas: &[Area]) -> impl Iterator<Item = (usize, usize)> {
    let mut order: Vec<(usize, &Area)> = areas.iter().enumerate().collect();
    order.sort_by(|(n, a), (m, b)| a.left.total_cmp(&b.left).then(n.cmp(m)));
    let mut pairs = Vec::new();
    for (place, (n, area)) in order.iter().enumerate() {
        for (m, other) in order.iter().skip(place + 1).take_while(|(_, other)| other.left < area.right) {
            if area.overlaps(other) {
                pairs.push((*n, *m));
            }
        }
    }
    pairs.into_iter()
}

/// Moves every two that overlap apart; whether there were any.
fn push(points: &mut [Point], reaches: &[Reach]) -> bool {
    let mut any = false;
    for (n, m) in close(&areas(points, reaches)) {
        let (Some(p), Some(q)) = (points.get(n).copied(), points.get(m).copied()) else { continue };
        let (Some(a), Some(b)) = (reaches.get(n), reaches.get(m)) else { continue };
        let (a, b) = (a.at(p), b.at(q));
        if !a.overlaps(&b) {
            continue;
        }
        any = true;
        let (right, left) = (a.right - b.left, b.right - a.left);
        let (down, up) = (a.bottom - b.top, b.bottom - a.top);
        let across = if right < left { right } else { -left };
        let along = if down < up { down } else { -up };
        // A hair more than needed, so that rounding does not leave them touching.
        let (x, y) = if across.abs() <= along.abs() { (across * 0.505, 0.0) } else { (0.0, along * 0.505) };
        if let Some(p) = points.get_mut(n) {
            (p.x, p.y) = (p.x - x, p.y - y);
        }
        if let Some(q) = points.get_mut(m) {
            (q.x, q.y) = (q.x + x, q.y + y);
        }
    }
    any
}
