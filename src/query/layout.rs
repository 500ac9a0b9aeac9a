//! Cells as aligned lines of text.

use std::iter::once;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Between two columns.
const GAP: usize = 2;
/// No column is made narrower than this.
const NARROWEST: usize = 8;
/// Before what stands below a row.
const INDENT: &str = "    ";

/// Heads, a rule and rows, aligned by display width. Where rows would be longer than `width`, the last `loose` columns
/// go below their row, the last of them first; if that is not enough, the widest of the others wrap.
pub(super) fn lines(heads: &[String], rows: &[Vec<String>], loose: usize, width: Option<usize>) -> String {
    let all = || once(heads).chain(rows.iter().map(Vec::as_slice));
    let mut widths = vec![0; heads.len()];
    for row in all() {
        widths.iter_mut().zip(row).for_each(|(width, cell)| *width = cell.width().max(*width));
    }
    if let Some(width) = width {
        if length(&widths) > width {
            widths.truncate(heads.len().saturating_sub(loose));
        }
        fit(&mut widths, width);
    }
    let mut text = String::new();
    for (at, row) in all().enumerate() {
        let (beside, below) = row.split_at(widths.len());
        push_row(&mut text, beside, &widths);
        if let Some((last, others)) = below.split_last() {
            push_below(&mut text, last, width);
            push_below(&mut text, &others.join("  "), width);
        }
        if at == 0 {
            push_row(&mut text, &rule(heads, &widths), &widths);
        }
    }
    text
}

/// The line under the heads. A last column that is a sentence long has a line as long as its head: it would wrap.
fn rule(heads: &[String], widths: &[usize]) -> Vec<String> {
    let whole = widths.len() == heads.len();
    let length = |at: usize| if whole && at + 1 == heads.len() { heads[at].width() } else { widths[at] };
    (0..widths.len()).map(|at| "─".repeat(length(at))).collect()
}

fn length(widths: &[usize]) -> usize {
    widths.iter().sum::<usize>() + GAP * widths.len().saturating_sub(1)
}

/// Takes from the widest columns what is too much.
fn fit(widths: &mut [usize], width: usize) {
    while length(widths) > width {
        match widths.iter_mut().max() {
            Some(widest) if *widest > NARROWEST => *widest -= 1,
            _ => return,
        }
    }
}

/// A row, in as many lines as its highest cell.
fn push_row(text: &mut String, row: &[String], widths: &[usize]) {
    let cells: Vec<Vec<&str>> = row.iter().zip(widths).map(|(cell, width)| wrapped(cell, *width)).collect();
    for at in 0..cells.iter().map(Vec::len).max().unwrap_or(0) {
        let mut line = String::new();
        for (cell, width) in cells.iter().zip(widths) {
            let part = cell.get(at).copied().unwrap_or_default();
            line.push_str(part);
            line.push_str(&" ".repeat(width.saturating_sub(part.width()) + GAP));
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
}

fn push_below(text: &mut String, cell: &str, width: Option<usize>) {
    let width = width.map_or(usize::MAX, |width| width.saturating_sub(INDENT.len()).max(NARROWEST));
    for line in wrapped(cell.trim(), width).into_iter().filter(|line| !line.is_empty()) {
        text.push_str(INDENT);
        text.push_str(line);
        text.push('\n');
    }
}

/// The lines of a cell: broken after `、`, else after a space, else between any two characters, as Chinese is.
fn wrapped(mut cell: &str, width: usize) -> Vec<&str> {
    let mut lines = Vec::new();
    while cell.width() > width {
        let mut used = 0;
        let fits = |c: char| {
            used += c.width().unwrap_or(0);
            used <= width
        };
        let end = cell.len() - cell.trim_start_matches(fits).len();
        let after = |mark: char| cell[..end].rfind(mark).map(|at| at + mark.len_utf8());
        let end = after('、').or_else(|| after(' ')).unwrap_or(end);
        if end == 0 {
            break;
        }
        lines.push(cell[..end].trim_end());
        cell = &cell[end..];
    }
    lines.push(cell);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(width: Option<usize>, expected: &str) {
        let row = |cells: [&str; 4]| cells.map(str::to_owned).to_vec();
        let heads = row(["who", "goods", "document", "evidence"]);
        let rows =
            [row(["米哈游", "口罩 15000 个、手术服 1 件", "doc/1", "公司发往医院"]), row(["A", "", "doc/2", ""])];
        assert_eq!(lines(&heads, &rows, 2, width), expected);
    }

    #[test]
    fn without_a_width_a_row_is_a_line() {
        let expected = "\
who     goods                       document  evidence
──────  ──────────────────────────  ────────  ────────
米哈游  口罩 15000 个、手术服 1 件  doc/1     公司发往医院
A                                   doc/2
";
        check(None, expected);
        check(Some(58), expected);
    }

    #[test]
    fn where_rows_are_too_long_the_loose_columns_go_below() {
        let expected = "\
who     goods
    evidence
    document
──────  ──────────────────────────
米哈游  口罩 15000 个、手术服 1 件
    公司发往医院
    doc/1
A
    doc/2
";
        check(Some(57), expected);
        check(Some(34), expected);
    }

    #[test]
    fn where_that_is_not_enough_the_widest_wrap() {
        let expected = "\
who     goods
    evidence
    document
──────  ───────────
米哈游  口罩 15000
        个、
        手术服 1 件
    公司发往医院
    doc/1
A
    doc/2
";
        check(Some(19), expected);
    }

    #[test]
    fn no_terminal_is_too_narrow() {
        let all = "口罩 15000 个、手术服 1 件";
        assert_eq!(wrapped(all, 1), [all], "no character fits");
        assert_eq!(wrapped("医院", 2), ["医", "院"]);
    }
}
