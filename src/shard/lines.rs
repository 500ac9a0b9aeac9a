//! Lines of annotations and of rows.

use std::io::{BufRead, Write};

use super::ShardError;
use crate::annotation::Annotation;
use crate::link::told::Row;

/// So many annotations are read at once: enough for every thread, little enough for memory.
pub(super) const AT_ONCE: usize = 64;

/// Lines that are not blank, with their numbers.
pub(super) struct Lines<R> {
    input: R,
    read: usize,
}

impl<R: BufRead> Lines<R> {
    pub(super) fn new(input: R) -> Self {
        Self { input, read: 0 }
    }

    /// The next line, if there is one.
    pub(super) fn next(&mut self) -> Result<Option<String>, ShardError> {
        loop {
            let mut line = String::new();
            if self.input.read_line(&mut line).map_err(|error| self.unread(error))? == 0 {
                return Ok(None);
            }
            self.read += 1;
            line.truncate(line.trim_end_matches(['\n', '\r']).len());
            if !line.is_empty() {
                return Ok(Some(line));
            }
        }
    }

    /// The next row.
    pub(super) fn row(&mut self) -> Result<Option<Row>, ShardError> {
        let Some(line) = self.next()? else { return Ok(None) };
        row(&line).map(Some).map_err(|message| self.wrong(&message))
    }

    /// The next lines, as many as are read at once, with their numbers.
    pub(super) fn some(&mut self) -> Result<Vec<(usize, String)>, ShardError> {
        let mut some = Vec::with_capacity(AT_ONCE);
        while some.len() < AT_ONCE
            && let Some(line) = self.next()?
        {
            some.push((self.read, line));
        }
        Ok(some)
    }

    /// The number of the last line.
    pub(super) fn number(&self) -> usize {
        self.read
    }

    /// That the last line is wrong.
    pub(super) fn wrong(&self, message: &impl ToString) -> ShardError {
        ShardError::Line { line: self.read, message: message.to_string() }
    }

    fn unread(&self, error: std::io::Error) -> ShardError {
        match error.kind() {
            std::io::ErrorKind::InvalidData => {
                ShardError::Line { line: self.read + 1, message: "it is not UTF-8".to_owned() }
            }
            _ => error.into(),
        }
    }
}

/// The row that a line holds.
pub(super) fn row(line: &str) -> Result<Row, String> {
    let (about, told) = line.split_once('\t').ok_or("a row has a tab in it")?;
    let about = serde_json::from_str(about).map_err(|error| error.to_string())?;
    Ok(Row { about, told: serde_json::from_str(told).map_err(|error| error.to_string())? })
}

/// The annotation that a line holds.
pub(super) fn annotation(line: usize, text: &str) -> Result<Annotation, ShardError> {
    Annotation::from_json(text).map_err(|error| ShardError::Line { line, message: error.to_string() })
}

/// Writes a row as a line.
pub(super) fn write_row(out: &mut dyn Write, Row { about, told }: &Row) -> Result<(), ShardError> {
    let json = |error: serde_json::Error| ShardError::Io(error.into());
    serde_json::to_writer(&mut *out, about).map_err(json)?;
    out.write_all(b"\t")?;
    serde_json::to_writer(&mut *out, told).map_err(json)?;
    Ok(out.write_all(b"\n")?)
}

/// The rows of a file.
///
/// # Errors
/// As [`ShardError`] tells.
pub fn table(input: impl BufRead) -> Result<Vec<Row>, ShardError> {
    let mut lines = Lines::new(input);
    let mut rows = Vec::new();
    while let Some(row) = lines.row()? {
        rows.push(row);
    }
    Ok(rows)
}
