//! Glyphs with places → lines in the order in which a reader reads them.

use super::columns::{self, Known};
use super::glyphs::Placed;
use super::rows::{Row, pieces, rows, trimmed};
use crate::text::characters::{is_han, is_wide};

/// A gap of this many times the size parts cells of a table, or columns.
pub(super) const CELL_GAP: f64 = 1.5;
/// A gap of this many times the size is a space between words that have none of their own.
const WORD_GAP: f64 = 0.2;
/// The same beside ideographs: lines are made even, and Latin is set apart from them, by gaps that no one has typed.
const IDEOGRAPH_GAP: f64 = 0.8;
/// The widest gap between the letters of a title that is spaced out.
const SPACED_OUT: f64 = 6.0;
/// The same for a line that was made even before a long word, whose gaps are the same to a hair.
const MADE_EVEN: f64 = 15.0;

/// A line on a page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    /// The page, from 0.
    pub(super) page: usize,
    /// Without blanks around; the cells of a table's row are parted by tabs.
    pub(super) text: String,
    /// Its beginning and end, in points.
    pub(super) start: f64,
    pub(super) end: f64,
    pub(super) y: f64,
    pub(super) size: f64,
    /// Whether the row has cells.
    pub(super) cells: bool,
    /// Whether blanks stood at the end.
    pub(super) blank_end: bool,
    /// How wide its first unit is: what cannot be left behind on the line before.
    pub(super) first_unit: f64,
    /// The edges of its column, where the page has columns there.
    pub(super) column: Option<(f64, f64)>,
    /// Whether the file says that it is a running head or foot.
    pub(super) furniture: bool,
}

/// The lines of a page, in reading order.
pub(super) fn lines(glyphs: Vec<Placed>, page: usize, known: &mut Known) -> Vec<Line> {
    let rows = rows(glyphs);
    let mut lines = Vec::new();
    for block in columns::blocks(rows, known) {
        lines.extend(block.rows.iter().filter_map(|row| line(row, page, block.edges)));
    }
    lines
}

fn line(row: &Row, page: usize, column: Option<(f64, f64)>) -> Option<Line> {
    let mut pieces = pieces(row, CELL_GAP);
    let all = trimmed(&row.glyphs);
    let (first, last) = (all.first()?, all.last()?);
    if is_spaced_out(&pieces) {
        pieces = vec![all];
    }
    let cells: Vec<String> = pieces.iter().map(|piece| text(piece, row.size)).collect();
    let furniture = all.iter().filter(|glyph| glyph.furniture).count() * 2 > all.len();
    Some(Line {
        page,
        text: cells.join("\t"),
        start: first.x,
        end: all.iter().map(Placed::end).fold(last.end(), f64::max),
        y: row.y,
        size: row.size,
        cells: cells.len() > 1,
        blank_end: row.glyphs.last().is_some_and(Placed::is_blank),
        first_unit: first_unit(all, row.size),
        column,
        furniture,
    })
}

/// Whether a row is a title like 通　知: single ideographs, evenly apart.
fn is_spaced_out(pieces: &[&[Placed]]) -> bool {
    let single = |piece: &&[Placed]| matches!(piece, [glyph] if glyph.text.chars().all(is_han));
    pieces.len() > 1 && pieces.iter().all(single) && is_even(pieces.iter().filter_map(|piece| piece.first()))
}

/// Whether glyphs stand evenly apart, and not too far.
fn is_even<'g>(glyphs: impl Iterator<Item = &'g Placed> + Clone) -> bool {
    let gaps = glyphs.clone().zip(glyphs.skip(1)).map(|(a, b)| (b.x - a.end()) / a.size);
    let (least, most) = gaps.fold((f64::INFINITY, 0.0_f64), |(least, most), gap| (least.min(gap), most.max(gap)));
    most <= SPACED_OUT && most - least <= 0.25 * most.max(0.4) || most <= MADE_EVEN && most - least < 0.05
}

/// The text of glyphs that belong together.
fn text(glyphs: &[Placed], size: f64) -> String {
    let ideographs = glyphs.iter().all(|glyph| glyph.is_blank() || glyph.text.chars().all(is_han));
    let solid = || glyphs.iter().filter(|glyph| !glyph.is_blank());
    if ideographs && solid().count() > 1 && is_even(solid()) {
        return solid().map(|glyph| &*glyph.text).collect();
    }
    let stretch = stretch(glyphs, size);
    let mut text = String::new();
    let mut end = f64::INFINITY;
    for glyph in glyphs {
        let gap = (glyph.x - end) / size;
        let word = |c: Option<char>| c.is_some_and(|c| !is_wide(c));
        let between_words = word(text.chars().last()) && word(glyph.text.chars().next());
        // Some programs set the letters of words apart too.
        let least = if between_words { WORD_GAP.max(1.5 * stretch) } else { IDEOGRAPH_GAP + stretch };
        if gap > least && !text.ends_with(' ') && !glyph.is_blank() {
            text.push(' ');
        }
        text.push_str(if glyph.is_blank() && !glyph.text.is_empty() { blank(&glyph.text) } else { &glyph.text });
        end = glyph.end();
    }
    text
}

/// How far a line's ideographs are set apart to make it even, in sizes.
fn stretch(glyphs: &[Placed], size: f64) -> f64 {
    let wide = |glyph: &Placed| glyph.text.chars().next().is_some_and(is_wide);
    let pairs = glyphs.iter().zip(glyphs.iter().skip(1)).filter(|(a, b)| wide(a) || wide(b));
    let mut gaps: Vec<f64> = pairs.map(|(a, b)| (b.x - a.end()) / size).collect();
    gaps.sort_by(f64::total_cmp);
    gaps.get(gaps.len() / 2).copied().unwrap_or(0.0).max(0.0)
}

/// Blanks as spaces, but the ideographic one, which is typed for a reason.
fn blank(text: &str) -> &str {
    if text == "\u{3000}" { text } else { " " }
}

/// Marks that may not begin a line.
fn may_not_begin(c: char) -> bool {
    matches!(
        c,
        '，' | '。'
            | '、'
            | '；'
            | '：'
            | '？'
            | '！'
            | '”'
            | '’'
            | '）'
            | '》'
            | '】'
            | '〉'
            | '」'
            | '』'
            | '…'
            | '—'
            | '％'
            | '%'
            | ','
            | '.'
    )
}

/// The width of the first ideograph or word, with the marks that hold on to it.
fn first_unit(glyphs: &[Placed], size: f64) -> f64 {
    let Some(first) = glyphs.first() else {
        return 0.0;
    };
    let wide = |glyph: &Placed| glyph.text.chars().next().is_some_and(is_wide);
    let mut unit = first.end();
    for pair in glyphs.windows(2) {
        let [before, after] = pair else { break };
        let clings = after.text.chars().next().is_some_and(may_not_begin);
        let opens = before.text.chars().last().is_some_and(|c| matches!(c, '“' | '‘' | '（' | '《' | '【' | '「'));
        let word = !wide(before) && !wide(after) && after.x - before.end() < WORD_GAP * size && !after.is_blank();
        if !(clings || opens || word) {
            break;
        }
        unit = after.end();
    }
    unit - first.x
}
