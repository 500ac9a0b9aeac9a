//! Glyphs with places → rows: those on one baseline, and the stretches of a row between its gaps.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use super::glyphs::Placed;

/// Glyphs whose baselines differ by less than this share of the size are of one line.
const SAME_LINE: f64 = 0.4;
/// The same of one baseline, where pens are not quite steady.
const SAME_BASELINE: f64 = 0.1;
/// A glyph is taken to be as wide as this at most, in points.
const MOST_CELLS: f64 = 100.0;

/// Glyphs on one baseline, from the left to the right.
#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    pub(super) y: f64,
    pub(super) size: f64,
    pub(super) glyphs: Vec<Placed>,
}

impl Row {
    pub(super) fn start(&self) -> f64 {
        self.glyphs.iter().map(|glyph| glyph.x).fold(f64::INFINITY, f64::min)
    }

    pub(super) fn end(&self) -> f64 {
        self.glyphs.iter().map(Placed::end).fold(f64::NEG_INFINITY, f64::max)
    }
}

/// Puts glyphs that stand on one baseline together; from the top to the bottom.
pub(super) fn rows(glyphs: Vec<Placed>) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut taken: BTreeSet<i64> = BTreeSet::new();
    for part in baselines(glyphs) {
        let cells: Vec<_> = part.glyphs.iter().filter(|glyph| !glyph.is_blank()).map(cells).collect();
        match rows.last_mut() {
            // Lines of columns side by side may be nearer to each other than the lines of one text: where a line has
            // glyphs already, another's are not of it.
            Some(row)
                if (row.y - part.y).abs() < SAME_LINE * row.size.max(part.size)
                    && !cells.iter().any(|(middle, _)| taken.contains(middle)) =>
            {
                // The baseline is that of the largest; small marks hang above or below it.
                if part.size > row.size * 1.05 {
                    (row.y, row.size) = (part.y, part.size);
                }
                row.glyphs.extend(part.glyphs);
            }
            _ => {
                rows.push(part);
                taken.clear();
            }
        }
        taken.extend(cells.into_iter().flat_map(|(_, cells)| cells));
    }
    rows.retain(|row| row.glyphs.iter().any(|glyph| !glyph.is_blank()));
    for row in &mut rows {
        row.size = usual_size(&row.glyphs);
        row.glyphs.sort_by(|a, b| a.x.total_cmp(&b.x));
    }
    raise(rows)
}

/// The glyphs that stand on the very same baseline, from the top to the bottom; of each the size of the largest.
fn baselines(mut glyphs: Vec<Placed>) -> Vec<Row> {
    glyphs.sort_by(|a, b| b.y.total_cmp(&a.y).then(a.x.total_cmp(&b.x)));
    let mut rows: Vec<Row> = Vec::new();
    for glyph in glyphs {
        match rows.last_mut() {
            Some(row) if (row.y - glyph.y).abs() < SAME_BASELINE * row.size.min(glyph.size) => {
                row.size = row.size.max(glyph.size);
                row.glyphs.push(glyph);
            }
            _ => rows.push(Row { y: glyph.y, size: glyph.size, glyphs: vec![glyph] }),
        }
    }
    rows
}

/// The cells of a row, a point wide, in which a glyph's middle is, and those that it fills.
fn cells(glyph: &Placed) -> (i64, RangeInclusive<i64>) {
    let at = |share: f64| (glyph.x + glyph.width.min(MOST_CELLS) * share).floor() as i64;
    (at(0.5), at(0.25)..=at(0.75))
}

/// The size of most glyphs that are not blank.
pub(super) fn usual_size(glyphs: &[Placed]) -> f64 {
    let mut sizes: Vec<_> = glyphs.iter().filter(|glyph| !glyph.is_blank()).map(|glyph| glyph.size).collect();
    sizes.sort_by(f64::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or(1.0)
}

/// Puts small raised marks, which make rows of their own, into the row that they hang on.
fn raise(rows: Vec<Row>) -> Vec<Row> {
    let mut out: Vec<Row> = Vec::new();
    for mut row in rows {
        if let Some(above) = out.last() {
            let small = above.size < row.size * 0.8 && above.y - row.y < row.size * 0.8;
            let inside = above.start() >= row.start() && above.end() <= row.end() + row.size * 2.0;
            if small && inside {
                let above = out.pop().unwrap_or_default();
                row.glyphs.extend(above.glyphs);
                row.glyphs.sort_by(|a, b| a.x.total_cmp(&b.x));
            }
        }
        out.push(row);
    }
    out
}

/// The stretches of a row between gaps of more than `gap` times its size. Blanks fill a gap, but stand at no end.
pub(super) fn pieces(row: &Row, gap: f64) -> Vec<&[Placed]> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut end = f64::NEG_INFINITY;
    for (at, glyph) in row.glyphs.iter().enumerate() {
        if at > start && glyph.x - end > gap * row.size {
            pieces.push(trimmed(&row.glyphs[start..at]));
            start = at;
        }
        end = end.max(glyph.end());
    }
    pieces.push(trimmed(&row.glyphs[start..]));
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

/// Glyphs without the blanks around them.
pub(super) fn trimmed(mut glyphs: &[Placed]) -> &[Placed] {
    while let [rest @ .., last] = glyphs
        && last.is_blank()
    {
        glyphs = rest;
    }
    while let [first, rest @ ..] = glyphs
        && first.is_blank()
    {
        glyphs = rest;
    }
    glyphs
}
