//! Running heads and feet, and page numbers: what a page has at its edges and the text has not.

use std::collections::BTreeMap;

use super::layout::Line;

/// How many lines at the top and at the bottom of a page may be furniture.
const AT_EDGE: usize = 3;
/// Lines of different pages at places that differ by less than this, in points, are at the same place.
const SAME_PLACE: f64 = 4.0;
/// A line that stands on this share of the pages is a running head; those of even and odd pages may differ.
const SHARE: f64 = 0.4;

/// Parts lines into the text and what is left out, in order.
pub(super) fn part(pages: Vec<Vec<Line>>) -> (Vec<Vec<Line>>, Vec<String>) {
    let repeated = repeated(&pages);
    let mut left_out = Vec::new();
    let mut kept = Vec::new();
    for lines in pages {
        let edges = edges(&lines);
        let mut page = Vec::new();
        for (at, line) in lines.into_iter().enumerate() {
            let at_edge = edges.contains(&at);
            let outermost = at_edge && (edges.first() == Some(&at) || edges.last() == Some(&at));
            let runs = at_edge
                && repeated.iter().any(|(key, y)| *key == key_of(&line.text) && (y - line.y).abs() < SAME_PLACE);
            if line.furniture || runs || outermost && is_page_number(&line.text) {
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
