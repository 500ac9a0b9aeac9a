//! Where words stand: those of nodes at a side that lines leave free, those of lines on them where nothing else is.

use super::mark::BELOW;
use std::cmp::Ordering;

use super::line::{Line, at, touches};
use super::mark::Mark;
use super::text::Words;
use crate::export::layout::{Area, Point};

/// Between a symbol and words beside it.
const BESIDE: f64 = 2.0;
/// Where on a line its words may stand, the better first.
const PLACES: [f64; 19] = [
    0.0, 0.04, -0.04, 0.08, -0.08, 0.12, -0.12, 0.16, -0.16, 0.2, -0.2, 0.24, -0.24, 0.28, -0.28, 0.32, -0.32, 0.36,
    -0.36,
];
/// How far beside the line, in pixels.
const ASIDES: [f64; 3] = [0.0, 8.0, -8.0];
/// How far from the middle words stand where one end has more lines than the other, of which they keep clear.
const ASIDE: f64 = 0.08;

/// Where the lines of words are held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// At their left end.
    Start,
    /// In their middle.
    Middle,
    /// At their right end.
    End,
}

/// Words in their place.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// The words.
    pub words: Words,
    /// The room that they take.
    pub area: Area,
    /// Where they are held.
    pub anchor: Anchor,
}

impl Label {
    /// Words whose upper left corner is here.
    pub(super) fn new(words: Words, left: f64, top: f64, anchor: Anchor) -> Self {
        let area = Area { left, top, right: left + words.width(), bottom: top + words.height() };
        Self { words, area, anchor }
    }
}

/// The words of each node: below its symbol, or at another side where fewer lines cross them.
pub(super) fn of_nodes(marks: &[Mark], points: &[Point], lines: &[Line]) -> Vec<Label> {
    let symbols: Vec<Area> = marks.iter().zip(points).map(|(mark, p)| mark.symbol().at(*p)).collect();
    let sides: Vec<[Label; 4]> = marks.iter().zip(points).map(|(mark, p)| sides(mark, *p)).collect();
    let mut labels: Vec<Label> = sides.iter().map(|[below, ..]| below.clone()).collect();
    for _ in 0..2 {
        for (node, sides) in sides.iter().enumerate() {
            let mut best: Option<(usize, &Label)> = None;
            for side in sides {
                let room = side.area.grown(0.5);
                let covers = |(other, area): (usize, &Area)| other != node && area.overlaps(&room);
                let others = labels.iter().map(|label| &label.area).enumerate();
                let taken = symbols.iter().enumerate().any(covers) || others.into_iter().any(covers);
                if taken {
                    continue;
                }
                let crossed = lines.iter().filter(|line| touches(&line.curve, &side.area)).count();
                if best.is_none_or(|(than, _)| crossed < than) {
                    best = Some((crossed, side));
                }
            }
            if let (Some((_, side)), Some(label)) = (best, labels.get_mut(node)) {
                *label = side.clone();
            }
        }
    }
    labels
}

/// The words of a node below, to the right, above and to the left of its symbol.
fn sides(mark: &Mark, p: Point) -> [Label; 4] {
    let (symbol, words) = (mark.symbol().at(p), &mark.words);
    let (width, height) = (words.width(), words.height());
    let label = |left, top, anchor| Label::new(words.clone(), left, top, anchor);
    [
        label(p.x - width / 2.0, symbol.bottom + BELOW, Anchor::Middle),
        label(symbol.right + BESIDE, p.y - height / 2.0, Anchor::Start),
        label(p.x - width / 2.0, symbol.top - BELOW - height, Anchor::Middle),
        label(symbol.left - BESIDE - width, p.y - height / 2.0, Anchor::End),
    ]
}

/// The words of each line, of the first choice that fits somewhere upon it: clear of symbols and all other words, and
/// best where no other line passes. None where not even the last fits.
pub(super) fn of_lines(lines: &[Line], choices: &[Vec<Words>], taken: &mut Vec<Area>) -> Vec<Option<(usize, Label)>> {
    let mut labels = vec![None; lines.len()];
    // Short lines have few places: they choose first.
    let length = |n: &usize| {
        lines.get(*n).map_or(0.0, |line| {
            let [a, _, b] = line.curve;
            (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)
        })
    };
    let mut order: Vec<usize> = (0..lines.len()).collect();
    order.sort_by(|a, b| length(a).total_cmp(&length(b)).then(a.cmp(b)));
    for n in order {
        let (Some(line), Some(choices)) = (lines.get(n), choices.get(n)) else { continue };
        // A number may stand beside its line; a name there could be that of a neighbour.
        let asides = |choice| if choice == 0 { &ASIDES[..1] } else { &ASIDES };
        let mut all = choices.iter().enumerate();
        let found =
            all.find_map(|(choice, words)| Some((choice, on_line((n, line), (words, asides(choice)), lines, taken)?)));
        if let Some((_, label)) = &found {
            taken.push(label.area);
        }
        if let Some(label) = labels.get_mut(n) {
            *label = found;
        }
    }
    labels
}

/// The best place for words on a line, or beside it where that is wanted.
fn on_line(
    (n, line): (usize, &Line),
    (words, asides): (&Words, &[f64]),
    lines: &[Line],
    taken: &[Area],
) -> Option<Label> {
    let mut best: Option<(usize, Label)> = None;
    let busy = |node: usize| lines.iter().filter(|line| line.from == node || line.to == node).count();
    let middle = match busy(line.from).cmp(&busy(line.to)) {
        Ordering::Greater => 0.5 + ASIDE,
        Ordering::Equal => 0.5,
        Ordering::Less => 0.5 - ASIDE,
    };
    let [start, _, end] = line.curve;
    let (dx, dy) = (end.x - start.x, end.y - start.y);
    let length = (dx * dx + dy * dy).sqrt().max(f64::MIN_POSITIVE);
    let places = asides.iter().flat_map(|aside| PLACES.iter().map(move |by| (by, aside)));
    for (rank, (by, aside)) in places.enumerate() {
        let p = at(&line.curve, middle + by);
        let p = Point { x: p.x - dy / length * aside, y: p.y + dx / length * aside };
        let label = Label::new(words.clone(), p.x - words.width() / 2.0, p.y - words.height() / 2.0, Anchor::Middle);
        if taken.iter().any(|area| area.overlaps(&label.area)) {
            continue;
        }
        let others = lines.iter().enumerate().filter(|(other, _)| *other != n);
        let crossed = others.filter(|(_, other)| touches(&other.curve, &label.area)).count();
        let cost = crossed * 6 + rank;
        if best.as_ref().is_none_or(|(than, _)| cost < *than) {
            best = Some((cost, label));
        }
    }
    best.map(|(_, label)| label)
}
