//! Documents as JSON Lines. Of a line's fields `id` and `text` are required, `title`, `published` and `source` are
//! read; others are left alone, so that annotated documents can be read anew.

use std::path::Path;

use serde::Deserialize;

use super::{Place, ReadError};
use crate::document::Document;
use crate::text::prose::leading_date;

#[derive(Deserialize)]
struct Line {
    id: String,
    title: Option<String>,
    published: Option<String>,
    source: Option<String>,
    text: String,
}

/// The documents of a file, each with its line.
pub(super) fn documents(path: &Path, text: &str) -> Result<Vec<(Place, Document)>, ReadError> {
    filled(path, text)
        .map(|(place, line)| match document(line) {
            Ok(document) => Ok((place, document)),
            Err(message) => Err(ReadError::Line { place, message }),
        })
        .collect()
}

/// The lines that are not blank, with their places.
pub(super) fn filled<'a>(path: &'a Path, text: &'a str) -> impl Iterator<Item = (Place, &'a str)> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(n, line)| (Place::line(path, n + 1), line))
}

fn document(line: &str) -> Result<Document, String> {
    let Line { id, title, published, source, text } =
        serde_json::from_str(line).map_err(|e| json_message(&e.to_string()))?;
    if id.is_empty() {
        return Err("the document's id is empty; give every document an id of its own".into());
    }
    // Corpora write the time of day behind the date; a date is all that is needed.
    let published = published.filter(|date| !date.trim().is_empty()).map(|date| match leading_date(date.trim()) {
        Some((date, _)) => Ok(date.to_string()),
        None => Err(format!("published {date:?} is no date; write it as 2020-02-10, or leave it out")),
    });
    Ok(Document { id, title, published: published.transpose()?, source, text, ..Document::default() })
}

/// What is wrong with a line of JSON. Its reader counts lines within that one line, which would mislead.
pub(super) fn json_message(message: &str) -> String {
    let message = message.replace(" at line 1 column ", " at column ");
    format!("{message}; a line holds one JSON object such as {{\"id\": \"a1\", \"text\": \"…\"}}")
}
