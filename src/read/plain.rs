//! A plain text file as a document: its first line is its title, lines near the top may say when it came out, where and
//! from whom.

use super::header::values::{in_dateline, signed};
use super::header::{Header, header};
use crate::document::Document;
use crate::text::prose::{date_line, is_prose};

/// How many lines that are not blank may stand before the date and with it.
const TOP: usize = 8;
/// How many lines at the end may name the writer.
const END: usize = 3;

/// The document that a text file holds.
pub(super) fn document(id: String, text: String) -> Document {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let top = &lines[..lines.len().min(TOP)];
    let next = |n: usize| top.get(n + 1).copied();
    let mut whole = Header::default();
    for said in top.iter().enumerate().filter_map(|(n, line)| header(line, next(n))) {
        whole.add(said);
    }
    // A file may begin with what a headline has below it.
    let is_title = |line: &&&str| header(line, None).is_none();
    let title = top.iter().find(is_title).or(top.first()).map(|line| (*line).to_owned());
    let dated = || top.iter().find_map(|line| date_line(line)).map(|date| date.to_string());
    let published = whole.published.map(|(_, date)| date).or(whole.dated).or(whole.updated).or_else(dated);
    let source = whole.source.map(|(_, name)| name);
    let ends = || lines.iter().rev().take(END).find_map(|line| signed(line));
    let first = || lines.iter().skip(1).find(|line| is_prose(line)).and_then(|line| in_dateline(line));
    let author = whole.author.or_else(ends).or_else(first);
    Document { id, title, published, source, author, text, ..Document::default() }
}
