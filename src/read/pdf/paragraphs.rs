//! Lines → paragraphs: what a line's end and the next one's beginning say about where a paragraph ends.

use super::join::{Join, Seam};
use super::layout::Line;
use crate::text::characters::is_han;
use crate::text::prose;

/// Lines whose sizes differ by more than this share are of different paragraphs.
const SAME_SIZE: f64 = 0.1;
/// An indent, in sizes: two characters as a rule, one and a bit at least.
const INDENT: f64 = 1.2;
/// How much room a full line leaves when the next line's first unit is put on it, in sizes.
const RAGGED: f64 = 0.4;
/// The same for a line in the midst of a sentence: programs break between words, and know marks as wide or narrow
/// that are drawn otherwise.
const RAGGED_WITHIN: f64 = 2.5;
/// The same where paragraphs have indents, so that a line without one goes on with what is before it.
const RAGGED_BEFORE_NO_INDENT: f64 = 6.0;
/// Indents are wider than the text's edge by this at most, in sizes; what is further in is centred or set in.
const WIDEST_INDENT: f64 = 4.5;
/// From where on a line is centred rather than indented, in sizes.
const CENTRED: f64 = 3.0;
/// Lines further apart than this many times the usual are of different paragraphs.
const APART: f64 = 1.35;
/// The most that lines of one heading are apart, in sizes.
const HEADING_APART: f64 = 2.3;
/// How much larger than the text a heading is.
const HEADING: f64 = 1.15;

/// Where this many lines end, there is the right margin, however narrow the text is.
const OFTEN: usize = 5;

/// One in so many lines may have a mark that hangs over the right edge, by so much, in sizes.
const FEW: usize = 8;
const OVERHANG: f64 = 2.2;

/// What is usual on a page.
#[derive(Debug, Clone, Copy)]
struct Usual {
    left: f64,
    right: f64,
    /// From baseline to baseline, in sizes.
    step: f64,
    /// The size of most of the text.
    size: f64,
    /// Whether paragraphs begin with an indent.
    indents: bool,
}

/// The paragraphs of a document, in order. Pages are as wide as `widths` says.
pub(super) fn paragraphs(pages: &[Vec<Line>], widths: &[f64]) -> Vec<String> {
    let size = usual_size(pages);
    let step = usual_step(pages, size);
    let all: Vec<&Line> = pages.iter().flatten().collect();
    let whole = margins(&all, size, widths.first().copied());
    let indents = pages.iter().map(|lines| indented(lines, whole, size)).sum::<usize>() >= 2;
    let join = Join::of(&all);
    let usual = |page: usize| {
        let lines: Vec<&Line> = pages.get(page).into_iter().flatten().collect();
        let own = (lines.len() >= 5).then(|| margins(&lines, size, widths.get(page).copied())).flatten();
        let (left, right) = own.or(whole).or_else(|| extent(&lines)).unwrap_or((0.0, f64::INFINITY));
        Usual { left, right, step, size, indents }
    };
    let mut paragraphs = Vec::new();
    let mut text = String::new();
    let mut before: Option<&Line> = None;
    let mut of_page = (usize::MAX, usual(0));
    for line in all {
        if let Some(before) = before {
            if of_page.0 != before.page {
                of_page = (before.page, usual(before.page));
            }
            let beginning = if before.page == line.page { of_page.1 } else { usual(line.page) };
            if goes_on(before, line, of_page.1, beginning) {
                join.join(&mut text, of_page.1.seam(before, line), &line.text);
            } else {
                paragraphs.push(std::mem::take(&mut text));
            }
        }
        if text.is_empty() {
            text.push_str(&line.text);
        }
        before = Some(line);
    }
    paragraphs.push(text);
    let without_mark = |text: String| item(&text).map(str::to_owned).unwrap_or(text);
    paragraphs.into_iter().map(without_mark).filter(|text| !text.is_empty()).collect()
}

/// Whether `next` belongs to the paragraph of `line`. The page of each has margins of its own.
fn goes_on(line: &Line, next: &Line, usual: Usual, of_next: Usual) -> bool {
    if line.cells || next.cells || (line.size - next.size).abs() > SAME_SIZE * line.size {
        return false;
    }
    let below = line.page == next.page && line.column == next.column;
    let apart = (line.y - next.y) / line.size;
    let same_page = line.page == next.page;
    if same_page && is_heading(line, next, usual) && (0.0..HEADING_APART).contains(&apart) {
        return prose::date_line(&next.text).is_none();
    }
    if item(&next.text).is_some() {
        return false;
    }
    if begins_within(&next.text) && (!below || apart < HEADING_APART) {
        return true;
    }
    if (stands_alone(&line.text) || stands_alone(&next.text)) && !closes(&line.text, &next.text) {
        // A date may be parted from its hour.
        return prose::date_line(&format!("{} {}", line.text, next.text)).is_some() && !stands_alone(&next.text);
    }
    if below && apart > APART * usual.step {
        return false;
    }
    let (left, right) = line.column.unwrap_or((usual.left, usual.right));
    let next_left = next.column.map_or(of_next.left, |(left, _)| left);
    let indent = |line: &Line, left: f64| line.start - left > INDENT * line.size;
    // A block that stands in as a whole has its edge where its lines begin.
    let set_in = below && (line.start - next.start).abs() < 0.3 * line.size && indent(line, left) && !ends(&line.text);
    let room = usual.seam(line, next).room;
    let within = !ends(&line.text);
    if indent(next, next_left) {
        // The second line of a headline in the size of the text.
        let off = (next.start + next.end - left - right).abs() / line.size;
        let centred = off < if next.start - left > CENTRED * line.size { 1.0 } else { 0.25 };
        return room < RAGGED && (set_in || below && within && centred);
    }
    let width = (right - left) / line.size;
    let ragged = match () {
        () if !within => RAGGED,
        () if line.text.ends_with(['，', '、', '（', '《', '“']) => width / 3.0,
        () if usual.indents => RAGGED_BEFORE_NO_INDENT.min(width / 5.0),
        () => RAGGED_WITHIN.min(width / 10.0),
    };
    room < ragged.max(RAGGED)
}

impl Usual {
    /// How a line and the next one meet if they are of one paragraph.
    fn seam(&self, line: &Line, next: &Line) -> Seam {
        let (left, right) = line.column.unwrap_or((self.left, self.right));
        // A line that is centred has room on both sides.
        let centred = (line.start + line.end - left - right).abs() < line.size;
        let gap = right - if centred { left + line.end - line.start } else { line.end };
        let room = (gap - next.first_unit) / line.size;
        Seam { blank: line.blank_end, gap: gap / line.size, room, heading: line.size > HEADING * self.size }
    }
}

/// How many lines begin with an indent.
fn indented(lines: &[Line], margins: Option<(f64, f64)>, size: f64) -> usize {
    let of_text = lines.iter().filter(|line| is_text(line, size) && !line.cells);
    let left = |line: &Line| line.column.or(margins).map_or(line.start, |(left, _)| left);
    of_text.filter(|line| (INDENT..WIDEST_INDENT).contains(&((line.start - left(line)) / size))).count()
}

/// Whether a line begins with what no paragraph begins with.
fn begins_within(text: &str) -> bool {
    text.starts_with([
        '，', '。', '、', '；', '：', '？', '！', '）', '》', '】', '〉', '」', '』', '％', '%', '_', ',',
    ])
}

/// The text of an item of a list, whose mark is drawn, not written. (In names the mark is followed by no blank.)
fn item(text: &str) -> Option<&str> {
    let text = text.strip_prefix(['•', '▪', '◦', '‣'])?;
    text.starts_with(char::is_whitespace).then(|| text.trim_start())
}

/// Whether a line opens a bracket that the next one closes.
fn closes(line: &str, next: &str) -> bool {
    [('（', '）'), ('(', ')'), ('【', '】'), ('《', '》')].iter().any(|(open, close)| {
        let opens = line.rfind(*open).is_some_and(|at| line.rfind(*close).is_none_or(|closed| closed < at));
        opens && next.find(*close).is_some_and(|at| next.find(*open).is_none_or(|opened| at < opened))
    })
}

/// Whether a line is of the kind that is about the text: a date, a credit.
fn stands_alone(text: &str) -> bool {
    prose::date_line(text).is_some() || text.contains(is_han) && !prose::is_prose(text)
}

/// Whether two lines are of one heading: larger than the text, about one middle or one edge.
fn is_heading(line: &Line, next: &Line, usual: Usual) -> bool {
    let (left, right) = line.column.unwrap_or((usual.left, usual.right));
    let middle = |line: &Line| (line.start + line.end) / 2.0;
    let centred = (middle(line) - middle(next)).abs() < line.size || (line.start - next.start).abs() < 0.3 * line.size;
    let long = line.end - line.start > 0.5 * (right - left);
    line.size > HEADING * usual.size && centred && long && !ends(&line.text)
}

/// Whether a sentence ends with the line.
fn ends(text: &str) -> bool {
    let closed = text.trim_end_matches(['”', '’', '）', ')', '」', '』', '】', '"']);
    closed.ends_with(['。', '！', '？', '：', '；', '…', '.', '!', '?', ':', ';'])
}

/// The size in which most characters are set.
fn usual_size(pages: &[Vec<Line>]) -> f64 {
    let mut sizes: Vec<(f64, usize)> =
        pages.iter().flatten().map(|line| (line.size, line.text.chars().count())).collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = sizes.iter().map(|(_, length)| length).sum::<usize>() / 2;
    let mut seen = 0;
    let found = sizes.iter().find(|(_, length)| {
        seen += length;
        seen > half
    });
    found.map_or(1.0, |(size, _)| *size)
}

/// From baseline to baseline in running text, in sizes: what half of the lines keep within.
fn usual_step(pages: &[Vec<Line>], size: f64) -> f64 {
    let mut steps: Vec<f64> = Vec::new();
    for lines in pages {
        for pair in lines.windows(2) {
            if let [line, next] = pair
                && line.column == next.column
                && is_text(line, size)
                && is_text(next, size)
            {
                steps.push((line.y - next.y) / size);
            }
        }
    }
    steps.retain(|step| (0.5..4.0).contains(step));
    steps.sort_by(f64::total_cmp);
    steps.get(steps.len() * 2 / 5).copied().unwrap_or(2.0)
}

fn is_text(line: &Line, size: f64) -> bool {
    (line.size - size).abs() <= SAME_SIZE * size
}

/// From where the first to where the last of the lines reaches.
fn extent(lines: &[&Line]) -> Option<(f64, f64)> {
    let left = lines.iter().map(|line| line.start).min_by(f64::total_cmp)?;
    let right = lines.iter().map(|line| line.end).max_by(f64::total_cmp)?;
    Some((left, right))
}

/// The edges of the text where it stands in one column. The right edge is where lines end that are full, two of
/// them at least, but not those few on which a mark hangs over it; else the page's right margin is taken to be as wide
/// as the left.
fn margins(lines: &[&Line], size: f64, width: Option<f64>) -> Option<(f64, f64)> {
    let of_text = || lines.iter().filter(|line| line.column.is_none() && !line.cells && is_text(line, size));
    let mut starts: Vec<f64> = of_text().map(|line| line.start).collect();
    let mut ends: Vec<f64> = of_text().map(|line| line.end).collect();
    starts.sort_by(f64::total_cmp);
    ends.sort_by(|a, b| b.total_cmp(a));
    let twice = starts.windows(2).find(|pair| matches!(pair, [a, b] if b - a < 0.3 * size));
    let left = twice.unwrap_or(&starts).first().copied()?;
    let end = ends.first().copied()?;
    let half = width.unwrap_or(0.0) / 2.0;
    let often = ends.iter().take_while(|other| end - **other < 1.2 * size).count() >= OFTEN;
    let twice = ends.windows(2).find(|pair| matches!(pair, [a, b] if a - b < 1.2 * size && (*b > half || often)));
    let right = match twice {
        Some([end, _]) => {
            let few = ends.len() / FEW;
            ends.iter().take(few + 1).copied().filter(|other| end - other < OVERHANG * size).fold(*end, f64::min)
        }
        _ => width.map_or(end, |width| end.max(width - left)),
    };
    Some((left, right))
}
