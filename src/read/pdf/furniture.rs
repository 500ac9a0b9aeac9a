//! Running heads and feet, and page numbers: what a page has at its edges and the text has not.

use std::collections::BTreeMap;

use super::layout::Line;
use crate::text::prose;

/// How many lines at the top and at the bottom of a page may be furniture.
const AT_EDGE: usize = 3;
/// Lines of different pages at places that differ by less than this, in points, are at the same place.
const SAME_PLACE: f64 = 4.0;
/// A line that stands on this share of the pages is a running head; those of even and odd pages may differ.
const SHARE: f64 = 0.4;

/// A line is in the margin of the page, not at the beginning of the text, where it stands nearer to the edge than this
/// share of the margin at the side, and nearer than so many points.
const IN_MARGIN: f64 = 0.7;
const NEAR_EDGE: f64 = 60.0;
/// How far it then is from the text, in sizes.
const APART: f64 = 2.0;
/// It has so many characters at most.
const LONGEST: usize = 40;

/// Parts lines into the text and what is left out, in order. Pages are as high as `heights` says.
pub(super) fn part(pages: Vec<Vec<Line>>, heights: &[f64]) -> (Vec<Vec<Line>>, Vec<String>) {
    let repeated = repeated(&pages);
    let mut left_out = Vec::new();
    let mut kept = Vec::new();
    for lines in pages {
        let edges = edges(&lines);
        let marginal = match heights {
            [height] => in_margins(&lines, &edges, *height),
            _ => [None; 2],
        };
        let mut page = Vec::new();
        for (at, line) in lines.into_iter().enumerate() {
            let at_edge = edges.contains(&at);
            let outermost = at_edge && (edges.first() == Some(&at) || edges.last() == Some(&at));
            let runs = at_edge
                && repeated.iter().any(|(key, y)| *key == key_of(&line.text) && (y - line.y).abs() < SAME_PLACE);
            if line.furniture || runs || marginal.contains(&Some(at)) || outermost && is_page_number(&line.text) {
                left_out.push(line.text);
            } else {
                page.push(line);
            }
        }
        kept.push(page);
    }
    (kept, left_out)
}

/// The lines of a page that are nearest to its top and bottom, in this order.
fn edges(lines: &[Line]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..lines.len()).collect();
    order.sort_by(|a, b| lines[*b].y.total_cmp(&lines[*a].y));
    if order.len() > 2 * AT_EDGE {
        order.drain(AT_EDGE..order.len() - AT_EDGE);
    }
    order
}

/// The head and the foot that stand in the margins of a single page.
fn in_margins(lines: &[Line], edges: &[usize], height: f64) -> [Option<usize>; 2] {
    let mut sizes: Vec<f64> = lines.iter().map(|line| line.size).collect();
    sizes.sort_by(f64::total_cmp);
    let usual = sizes.get(sizes.len() / 2).copied().unwrap_or(0.0);
    let marginal = |outermost: Option<&usize>, next: Option<&usize>, top: bool| {
        let (at, line) = outermost.and_then(|at| Some((*at, lines.get(*at)?)))?;
        let next = next.and_then(|next| lines.get(*next))?;
        let side = lines.iter().map(|line| line.start).min_by(f64::total_cmp)?;
        let to_edge = if top { height - line.y } else { line.y };
        let small = line.size < usual * 1.05 && line.text.chars().count() <= LONGEST;
        let says = prose::date_line(&line.text).is_some() || line.text.ends_with(['。', '！', '？']);
        let apart = (line.y - next.y).abs() > APART * line.size;
        (to_edge < NEAR_EDGE.min(IN_MARGIN * side) && small && apart && !says).then_some(at)
    };
    [
        marginal(edges.first(), edges.get(1), true),
        marginal(edges.last(), edges.len().checked_sub(2).and_then(|at| edges.get(at)), false),
    ]
}

/// The lines that stand on many pages at the same place, figures aside.
fn repeated(pages: &[Vec<Line>]) -> Vec<(String, f64)> {
    let mut places: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for lines in pages {
        // Columns may end with the same line: that is once on the page.
        let mut of_page: Vec<(String, f64)> =
            edges(lines).into_iter().map(|at| (key_of(&lines[at].text), lines[at].y)).collect();
        of_page.dedup_by(|a, b| a.0 == b.0 && (a.1 - b.1).abs() < SAME_PLACE);
        for (key, y) in of_page {
            places.entry(key).or_default().push(y);
        }
    }
    let least = (SHARE * pages.len() as f64).ceil().max(2.0) as usize;
    let mut repeated = Vec::new();
    for (key, mut ys) in places {
        ys.sort_by(f64::total_cmp);
        while let Some(first) = ys.first().copied() {
            let same = ys.iter().take_while(|y| **y - first < SAME_PLACE).count();
            if same >= least {
                repeated.push((key.clone(), first));
            }
            ys.drain(..same);
        }
    }
    repeated
}

/// A line without what differs from page to page.
fn key_of(text: &str) -> String {
    let mut key = String::new();
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        let c = if c.is_numeric() { '0' } else { c };
        if !(c == '0' && key.ends_with('0')) {
            key.push(c);
        }
    }
    key
}

/// Whether a line is a page number: 3, — 3 —, 第 3 页 共 10 页, 3/10, Page 3 of 10.
fn is_page_number(text: &str) -> bool {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let text = text.to_ascii_lowercase();
    let mut rest = text.trim_matches(['-', '—', '–', '－', '─', '·', '•', '.', '（', '）', '(', ')']);
    for word in ["第", "page", "p."] {
        rest = rest.strip_prefix(word).unwrap_or(rest);
    }
    let after = rest.trim_start_matches(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c));
    let figures = rest[..rest.len() - after.len()].chars().count();
    let tail = after.trim_start_matches(['页', '/', '，', ',', '|', '(', '（']);
    let total = tail.strip_prefix("共").or_else(|| tail.strip_prefix("of")).unwrap_or(tail);
    let ended = total.trim_start_matches(|c: char| c.is_ascii_digit()).trim_matches(['页', ')', '）']).is_empty();
    (1..=4).contains(&figures) && ended
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_are_known() {
        for text in
            ["3", "— 3 —", "- 12 -", "第 3 页", "第3页 共10页", "第 3 页 / 共 10 页", "3/10", "Page 3 of 10", "－ 3 －"]
        {
            assert!(is_page_number(text), "{text}");
        }
        for text in ["", "2020年", "第三章", "3 万只", "共10页", "2020-02-10", "第3批物资", "20200210"] {
            assert!(!is_page_number(text), "{text}");
        }
    }
}
