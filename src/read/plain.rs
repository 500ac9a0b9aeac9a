//! A plain text file as a document: its first line is its title, a line near the top may date it.

use crate::document::Document;
use crate::text::prose::date_line;

/// How many lines that are not blank may stand before the date and with it.
const TOP: usize = 8;

/// The document that a text file holds.
pub(super) fn document(id: String, text: String) -> Document {
    let top = || text.lines().map(str::trim).filter(|line| !line.is_empty()).take(TOP);
    let title = top().next().map(str::to_owned);
    let published = top().find_map(date_line).map(|date| date.to_string());
    Document { id, title, published, text, ..Document::default() }
}
