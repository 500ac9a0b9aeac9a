//! A page's glyphs made ready to be put into lines: turned upright, once each.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::content::Glyph;

/// How far a direction of writing may be off, as a share of the way, and still count as straight.
const SLANT: f64 = 0.15;
/// Within this share of the size, the same glyph again only thickens the first: a bold face where none is to hand.
const AGAIN: f64 = 0.3;
/// The same for text that is there to be searched, whose places are guessed.
const AGAIN_INVISIBLE: f64 = 0.8;
/// What stands where a glyph says nothing.
const UNKNOWN: &str = "\u{FFFD}";

/// A glyph of text that runs from the left to the right, in points.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    pub(super) text: Rc<str>,
    pub(super) x: f64,
    /// The baseline; upwards.
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) size: f64,
    pub(super) furniture: bool,
}

impl Placed {
    pub(super) fn end(&self) -> f64 {
        self.x + self.width
    }

    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// Glyphs by the direction in which they are written.
#[derive(Debug, Default)]
pub(super) struct Directions {
    /// Each turned so that it runs from the left to the right; the one with the most text comes first. Vertical text
    /// is one of them: its lines go from the right to the left, which turned is from the top to the bottom.
    pub(super) straight: Vec<Vec<Placed>>,
    /// How wide the page is to who reads the first of them, in points.
    pub(super) width: f64,
    /// Text across the page: watermarks, stamps.
    pub(super) slanted: String,
}

/// Parts the glyphs of a page by direction, each glyph once. `page` is its width and height.
pub(super) fn directions(glyphs: &[Glyph], page: (f64, f64)) -> Directions {
    let mut straight: [Vec<(Placed, bool)>; 4] = Default::default();
    let mut slanted = String::new();
    let upright = runs_down(glyphs);
    for glyph in glyphs {
        let text = glyph.text.clone().unwrap_or_else(|| Rc::from(UNKNOWN));
        match turns(glyph.advance) {
            Some(0) if upright && stands_upright(&text) => {
                let mut placed = turned(&set_down(glyph), text, DOWN, page);
                // Marks have shapes of their own in vertical text, with origins of their own: they follow what is
                // drawn before them.
                if let Some((before, _)) = straight[DOWN].last()
                    && (before.y - placed.y).abs() < placed.size
                    && (before.end() - placed.x).abs() < 2.0 * placed.size
                {
                    placed.x = placed.x.max(before.end());
                    placed.y = before.y;
                }
                straight[DOWN].push((placed, glyph.invisible));
            }
            Some(turns) => straight[turns].push((turned(glyph, text, turns, page), glyph.invisible)),
            None => slanted.push_str(&text),
        }
    }
    let mut straight: Vec<(usize, Vec<Placed>)> = straight.into_iter().map(once).enumerate().collect();
    straight.retain(|(_, glyphs)| !glyphs.is_empty());
    straight.sort_by_key(|(_, glyphs)| std::cmp::Reverse(glyphs.len()));
    let width = if straight.first().is_some_and(|(turns, _)| turns % 2 == 1) { page.1 } else { page.0 };
    Directions { straight: straight.into_iter().map(|(_, glyphs)| glyphs).collect(), width, slanted }
}

/// The direction of vertical text.
const DOWN: usize = 3;

/// Whether ideographs, which are drawn one by one, follow each other from the top to the bottom.
fn runs_down(glyphs: &[Glyph]) -> bool {
    let solid = || glyphs.iter().filter(|glyph| glyph.text.as_deref().is_some_and(stands_upright));
    let (mut down, mut all) = (0, 0);
    for (one, next) in solid().zip(solid().skip(1)) {
        all += 1;
        let below = (0.7..1.8).contains(&((one.y - next.y) / one.size));
        down += usize::from(below && (one.x - next.x).abs() < 0.3 * one.size);
    }
    down * 2 > all
}

/// Whether vertical text has a character as it is, not turned.
fn stands_upright(text: &str) -> bool {
    text.chars().any(crate::text::characters::is_wide)
}

/// An upright glyph of vertical text, as if it were drawn downwards: from its top, on a baseline that it shares with
/// letters that are turned.
fn set_down(glyph: &Glyph) -> Glyph {
    let (x, y) = (glyph.x + 0.15 * glyph.size, glyph.y + 0.88 * glyph.size);
    Glyph { x, y, advance: (0.0, -glyph.size), ..glyph.clone() }
}

/// How many quarters a direction is turned against the clock.
fn turns((x, y): (f64, f64)) -> Option<usize> {
    let straight = |across: f64, along: f64| across.abs() <= SLANT * along.abs();
    match () {
        () if x == 0.0 && y == 0.0 => Some(0),
        () if straight(y, x) => Some(if x > 0.0 { 0 } else { 2 }),
        () if straight(x, y) => Some(if y > 0.0 { 1 } else { 3 }),
        () => None,
    }
}

fn turned(glyph: &Glyph, text: Rc<str>, turns: usize, (width, height): (f64, f64)) -> Placed {
    let (x, y) = match turns {
        0 => (glyph.x, glyph.y),
        1 => (glyph.y, width - glyph.x),
        2 => (width - glyph.x, height - glyph.y),
        _ => (height - glyph.y, glyph.x),
    };
    let width = glyph.advance.0.hypot(glyph.advance.1);
    Placed { text, x, y, width, size: glyph.size.max(0.1), furniture: glyph.furniture }
}

/// Leaves out what is drawn again at about the same place, and what cannot be seen where it can be seen too.
fn once(glyphs: Vec<(Placed, bool)>) -> Vec<Placed> {
    let mut seen: BTreeMap<(Rc<str>, i64, i64), Vec<usize>> = BTreeMap::new();
    let mut kept: Vec<Placed> = Vec::new();
    let (visible, invisible): (Vec<_>, Vec<_>) = glyphs.into_iter().partition(|(_, invisible)| !invisible);
    for (glyph, invisible) in visible.into_iter().chain(invisible) {
        let near = if invisible { AGAIN_INVISIBLE } else { AGAIN };
        let (column, row) = (cell(glyph.x), cell(glyph.y));
        let reach = (near * glyph.size / CELL).ceil().clamp(1.0, 4.0) as i64;
        let again = (column - reach..=column + reach)
            .flat_map(|x| (row - reach..=row + reach).map(move |y| (x, y)))
            .any(|(x, y)| {
                let there = seen.get(&(glyph.text.clone(), x, y));
                there.is_some_and(|there| there.iter().any(|other| same(&kept[*other], &glyph, near)))
            });
        if !again {
            seen.entry((glyph.text.clone(), column, row)).or_default().push(kept.len());
            kept.push(glyph);
        }
    }
    kept
}

/// The side of the squares by which glyphs are looked up, in points.
const CELL: f64 = 8.0;

fn cell(place: f64) -> i64 {
    (place / CELL).floor() as i64
}

fn same(one: &Placed, other: &Placed, near: f64) -> bool {
    // Narrow letters stand close by nature: ll, 11.
    let near_x = near * one.width.min(one.size);
    (one.x - other.x).abs() < near_x && (one.y - other.y).abs() < near * one.size
}
