//! Columns of a page: newspapers and reports are read down one, then down the next.

use super::rows::{Row, pieces, usual_size};

/// The narrowest gutter between columns, in sizes of the text.
const GUTTER: f64 = 0.8;
/// The fewest rows of a column.
const FEWEST_ROWS: usize = 4;
/// The narrowest column, in sizes of the text.
const NARROWEST: f64 = 8.0;
/// Rows of prose fill this share of their column at least, on average; the cells of a table do not.
const FILLED: f64 = 0.6;
/// How many columns may stand side by side, as a power of two.
const DEEPEST: usize = 2;

/// Rows that are read one after the other.
pub(super) struct Block {
    pub(super) rows: Vec<Row>,
    /// The left and right edge, where the block is one of several columns.
    pub(super) edges: Option<(f64, f64)>,
}

/// The edges of two columns that stood on a page before, and the place between them.
#[derive(Debug, Default)]
pub(super) struct Known(Option<(f64, f64, f64)>);

/// Parts the rows of a page, from the top to the bottom, into blocks in reading order.
pub(super) fn blocks(rows: Vec<Row>, known: &mut Known) -> Vec<Block> {
    let Some(band) = widest_band(&rows, DEEPEST) else {
        // The last page may have less in its columns than is needed to tell them.
        return match known.0.and_then(|edges| known_band(&rows, edges)) {
            Some(band) => parted(rows, band, None, 1),
            None => vec![Block { rows, edges: None }],
        };
    };
    let blocks = parted(rows, band, None, DEEPEST);
    if let [left, right] = &blocks.iter().filter_map(|block| block.edges).take(3).collect::<Vec<_>>()[..] {
        known.0 = Some((left.0, band.2, right.0));
    }
    blocks
}

/// The first rows that stand in the columns of a page before: on both sides of the gutter, at the edges.
fn known_band(rows: &[Row], (left, gutter, right): (f64, f64, f64)) -> Option<(usize, usize, f64)> {
    let at = |start: f64, edge: f64, size: f64| (-0.5..3.0).contains(&((start - edge) / size));
    free_runs(rows, gutter - 1.0, gutter + 1.0, 1).into_iter().find_map(|(from, to)| {
        let rows = rows.get(from..to)?;
        let sides = |row: &Row| {
            let start = |side: &dyn Fn(f64) -> bool| {
                row.glyphs
                    .iter()
                    .filter(|glyph| !glyph.is_blank() && side(glyph.x))
                    .map(|glyph| glyph.x)
                    .min_by(f64::total_cmp)
            };
            (start(&|x| x < gutter), start(&|x| x > gutter))
        };
        let fits = rows.iter().all(|row| {
            let (first, second) = sides(row);
            first.is_none_or(|start| at(start, left, row.size)) && second.is_none_or(|start| at(start, right, row.size))
        });
        let both = rows.iter().any(|row| matches!(sides(row), (Some(_), Some(_))));
        (fits && both).then_some((from, to, gutter))
    })
}

fn part(rows: Vec<Row>, edges: Option<(f64, f64)>, depth: usize) -> Vec<Block> {
    match (depth > 0).then(|| widest_band(&rows, depth)).flatten() {
        Some(band) => parted(rows, band, edges, depth),
        None => vec![Block { rows, edges }],
    }
}

/// The blocks of rows some of which a gutter parts.
fn parted(
    rows: Vec<Row>,
    (from, to, gutter): (usize, usize, f64),
    edges: Option<(f64, f64)>,
    depth: usize,
) -> Vec<Block> {
    let mut above = rows;
    let mut band = above.split_off(from);
    let below = band.split_off(to - from);
    let (left, right) = split(band, gutter);
    let (left_edges, right_edges) = (edges_of(&left), edges_of(&right));
    let mut blocks = Vec::new();
    for (rows, edges) in [(above, edges), (left, left_edges), (right, right_edges), (below, edges)] {
        if !rows.is_empty() {
            blocks.extend(part(rows, edges, depth - 1));
        }
    }
    blocks
}

/// The longest run of rows that a gutter parts into two columns of prose: its rows and the gutter's place.
fn widest_band(rows: &[Row], depth: usize) -> Option<(usize, usize, f64)> {
    let (left, right) = extent(rows)?;
    let mut size: Vec<_> = rows.iter().map(|row| row.size).collect();
    size.sort_by(f64::total_cmp);
    let size = *size.get(size.len() / 2)?;
    let mut best: Option<(usize, usize, f64)> = None;
    let mut place = left + NARROWEST * size;
    while place < right - NARROWEST * size {
        for (from, to) in free_runs(rows, place - GUTTER / 2.0 * size, place + GUTTER / 2.0 * size, FEWEST_ROWS) {
            let longer = best.is_none_or(|(best_from, best_to, _)| to - from > best_to - best_from);
            if longer && are_columns(&rows[from..to], place, size, depth) {
                best = Some((from, to, place));
            }
        }
        place += size / 2.0;
    }
    best
}

/// The runs of so many rows none of which has a glyph between two places.
fn free_runs(rows: &[Row], from: f64, to: f64, fewest: usize) -> Vec<(usize, usize)> {
    let mut runs = Vec::new();
    let mut start = 0;
    for (at, row) in rows.iter().enumerate() {
        if row.glyphs.iter().any(|glyph| !glyph.is_blank() && glyph.end() > from && glyph.x < to) {
            runs.push((start, at));
            start = at + 1;
        }
    }
    runs.push((start, rows.len()));
    runs.retain(|(from, to)| to - from >= fewest);
    runs
}

/// Whether what stands on both sides of a gutter is prose, side by side.
fn are_columns(rows: &[Row], gutter: f64, size: f64, depth: usize) -> bool {
    let (left, right) = split(rows.to_vec(), gutter);
    let beside = match (left.first(), left.last(), right.first(), right.last()) {
        (Some(a), Some(b), Some(c), Some(d)) => a.y.min(c.y) - b.y.max(d.y),
        _ => return false,
    };
    let heights = |rows: &[Row]| rows.first().zip(rows.last()).map_or(0.0, |(first, last)| first.y - last.y);
    beside > 0.5 * heights(&left).min(heights(&right))
        && is_prose(&left, size)
        && (is_prose(&right, size) || depth > 1 && are_parted(&right, depth - 1))
}

/// Whether most of what stands right of a gutter is columns again.
fn are_parted(rows: &[Row], depth: usize) -> bool {
    widest_band(rows, depth).is_some_and(|(from, to, _)| (to - from) * 2 > rows.len())
}

fn is_prose(rows: &[Row], size: f64) -> bool {
    let Some((left, right)) = extent(rows) else {
        return false;
    };
    let width = right - left;
    let filled: f64 = rows.iter().map(|row| (row.end() - row.start()) / width).sum();
    let cells: usize = rows.iter().map(|row| pieces(row, GUTTER).len()).sum();
    rows.len() >= FEWEST_ROWS
        && width >= NARROWEST * size
        && filled >= FILLED * rows.len() as f64
        && cells * 10 <= rows.len() * 13
}

/// The left and the right part of each row.
fn split(rows: Vec<Row>, gutter: f64) -> (Vec<Row>, Vec<Row>) {
    let mut sides = (Vec::new(), Vec::new());
    for row in rows {
        let (left, right): (Vec<_>, Vec<_>) = row.glyphs.into_iter().partition(|glyph| glyph.x < gutter);
        for (side, glyphs) in [(&mut sides.0, left), (&mut sides.1, right)] {
            if glyphs.iter().any(|glyph| !glyph.is_blank()) {
                // What stands beside it may be larger, and a little higher or lower.
                let y = glyphs.iter().find(|glyph| !glyph.is_blank()).map_or(row.y, |glyph| glyph.y);
                side.push(Row { y, size: usual_size(&glyphs), glyphs });
            }
        }
    }
    sides
}

/// Where the rows of a column begin and end: at least three of them, since a foot may stand out.
fn edges_of(rows: &[Row]) -> Option<(f64, f64)> {
    let mut starts: Vec<f64> = rows.iter().map(Row::start).collect();
    let mut ends: Vec<f64> = rows.iter().map(Row::end).collect();
    starts.sort_by(f64::total_cmp);
    ends.sort_by(|a, b| b.total_cmp(a));
    let size = rows.first()?.size;
    let left = starts.windows(3).find(|three| three[2] - three[0] < 0.3 * size);
    let right = ends.windows(3).find(|three| three[0] - three[2] < 1.2 * size);
    Some((*left.unwrap_or(&starts).first()?, *right.unwrap_or(&ends).first()?))
}

fn extent(rows: &[Row]) -> Option<(f64, f64)> {
    let left = rows.iter().map(Row::start).fold(f64::INFINITY, f64::min);
    let right = rows.iter().map(Row::end).fold(f64::NEG_INFINITY, f64::max);
    (left < right).then_some((left, right))
}
