//! What comes of reading a file: documents, and what is wrong with others.

use std::path::{Path, PathBuf};

use super::format::Format;
use super::{Found, Place, ReadError};
use crate::document::Document;

/// The most that a file of one document may hold, in bytes: some twenty million characters, a shelf of books.
pub(super) const LARGEST_DOCUMENT: usize = 64 << 20;

/// What became of one file.
#[derive(Default)]
pub(super) struct Outcome {
    pub found: Vec<Found>,
    pub refused: Vec<ReadError>,
    /// Files of an archive that are of no known kind.
    pub skipped: Vec<PathBuf>,
}

/// Documents of one file, and what is wrong with others of it.
#[derive(Default)]
pub(super) struct Rows {
    found: Vec<(Place, Document)>,
    /// The first that is wrong, and how many others are.
    refused: Option<(Place, String, usize)>,
}

impl Rows {
    pub(super) fn add(&mut self, place: Place, row: Result<Document, String>) {
        match (row, &mut self.refused) {
            (Ok(document), _) => self.found.push((place, document)),
            (Err(_), Some((.., more))) => *more += 1,
            (Err(message), none) => *none = Some((place, message, 0)),
        }
    }
}

impl Outcome {
    /// Adds the documents of a file of rows, or of some rows of it.
    pub(super) fn add_rows(&mut self, format: Format, encoding: &'static str, rows: Rows) {
        let found = |(place, document)| Found {
            document,
            place,
            format,
            encoding: Some(encoding),
            left_out: Vec::new(),
            reprint_of: None,
        };
        self.found.extend(rows.found.into_iter().map(found));
        self.refused.extend(rows.refused.map(|(place, message, more)| ReadError::Refused { place, message, more }));
    }

    pub(super) fn refuse(&mut self, path: &Path, message: impl Into<String>) {
        self.refused.push(ReadError::refused(Place::file(path), message));
    }
}
