//! Documents as JSON Lines, or as one JSON array. Of an object's fields those are read that [`super::fields`] knows;
//! others are left alone, so that annotated documents can be read anew.

use std::path::Path;

use serde_json::{Map, Value};

use super::Place;
use super::fields::Fields;
use super::outcome::Rows;

/// The documents of a file. `id` is that of the file.
pub(super) fn documents(path: &Path, id: &str, text: &str, fields: &Fields) -> Rows {
    let mut rows = Rows::default();
    if text.trim_start().starts_with('[') {
        match serde_json::from_str::<Vec<Value>>(text) {
            Ok(values) => {
                for (n, value) in values.into_iter().enumerate() {
                    rows.add(Place::file(path), document(id, n + 1, value, fields));
                }
            }
            Err(error) => rows.add(Place::line(path, error.line()), Err(error.to_string())),
        }
        return rows;
    }
    let lines = Lines { path, id, before: (0, 0) };
    lines.read(text.lines().map(Ok), fields, &mut rows);
    rows
}

/// Lines of a file.
pub(super) struct Lines<'a> {
    pub path: &'a Path,
    /// The file's id.
    pub id: &'a str,
    /// The number of lines of the file before them, and of those that are not blank.
    pub before: (usize, usize),
}

impl Lines<'_> {
    /// Adds to `rows` what they hold.
    pub(super) fn read<'a>(
        &self,
        lines: impl Iterator<Item = Result<&'a str, String>>,
        fields: &Fields,
        rows: &mut Rows,
    ) {
        let (mut at, mut number) = self.before;
        for line in lines {
            at += 1;
            if line.as_ref().is_ok_and(|line| is_blank(line)) {
                continue;
            }
            number += 1;
            let parse = |line| serde_json::from_str(line).map_err(|error| json_message(&error.to_string()));
            let document = line.and_then(parse).and_then(|value| document(self.id, number, value, fields));
            rows.add(Place::line(self.path, at), document);
        }
    }
}

/// Whether a line holds nothing.
pub(super) fn is_blank(line: &str) -> bool {
    line.trim().is_empty()
}

/// The lines that are not blank, with their numbers, from 1.
pub(super) fn filled(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().filter(|(_, line)| !is_blank(line)).map(|(n, line)| (n + 1, line))
}

fn document(file: &str, number: usize, value: Value, fields: &Fields) -> Result<crate::document::Document, String> {
    let Value::Object(object) = value else {
        return Err("is no JSON object; a document is one such as {\"id\": \"a1\", \"text\": \"…\"}".into());
    };
    if object.get("id").and_then(Value::as_str) == Some("") {
        return Err("the document's id is empty; give every document an id of its own, or none".into());
    }
    let names: Vec<&str> = object.keys().map(String::as_str).collect();
    let columns = fields.columns(&names)?;
    let cells: Vec<Option<String>> = names.iter().map(|name| cell(&object, name)).collect();
    columns.document(file, number, |at| cells[at].as_deref())
}

/// A value as words: a list of paragraphs is its lines.
fn cell(object: &Map<String, Value>, name: &str) -> Option<String> {
    let words = |value: &Value| match value {
        Value::String(words) => Some(words.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    match object.get(name)? {
        Value::Array(list) => Some(list.iter().filter_map(words).collect::<Vec<_>>().join("\n")),
        value => words(value),
    }
}

/// What is wrong with a line of JSON. Its reader counts lines within that one line, which would mislead.
pub(super) fn json_message(message: &str) -> String {
    let message = message.replace(" at line 1 column ", " at column ");
    format!("{message}; a line holds one JSON object such as {{\"id\": \"a1\", \"text\": \"…\"}}")
}
