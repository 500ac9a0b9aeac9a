//! Files → documents and annotations: formats, encodings, title, date and source.
//!
//! Every file of a known format gives one document, or as many as it has lines of JSON or rows; archives and folders
//! are walked in the order of their names. What cannot be read is refused with its reason, and the others are read.
//! The text of a plain text file is exactly what the file holds, but for its encoding and a byte order mark; that of a
//! page or an office file is what a reader of it sees.

mod annotations;
pub mod columns;
mod docx;
mod encoding;
mod error;
mod fields;
mod file;
mod format;
mod header;
mod html;
mod ids;
mod json;
mod markdown;
mod mhtml;
mod opened;
mod ordered;
mod outcome;
mod parts;
mod pdf;
mod plain;
pub mod reprints;
mod rows;
mod stream;
mod table;
mod unpack;
mod walk;

use std::convert::Infallible;
use std::path::{Path, PathBuf};

pub use annotations::{annotations, annotations_of};
pub use error::{Place, ReadError};
pub use fields::{Field, Fields};
pub use format::Format;
pub(crate) use ordered::ordered;
pub use stream::{Event, Files, Progress, files, stream};

use crate::document::Document;
use reprints::Print;

/// How to read.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Which columns of tables, and fields of JSON, are what.
    pub fields: Fields,
    /// The format of standard input, and of files that were named and whose ending says nothing.
    pub format: Option<Format>,
}

/// What was read from a list of files and folders.
#[derive(Debug, Default)]
pub struct Corpus {
    /// The documents, in the order of the inputs, and of the names within a folder.
    pub found: Vec<Found>,
    /// What was not read, and why.
    pub refused: Vec<ReadError>,
    /// Files in folders and archives that were passed over, since their endings are of no known format.
    pub skipped: Vec<PathBuf>,
}

/// A document that was read, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The document.
    pub document: Document,
    /// Where it stands.
    pub place: Place,
    /// The format of its file.
    pub format: Format,
    /// How its text was encoded, by the WHATWG's name; `None` for formats that settle that themselves.
    pub encoding: Option<&'static str>,
    /// What of the file's text was left out, a line each: menus, running heads, page numbers.
    pub left_out: Vec<String>,
    /// The id of the document that it is a reprint of.
    pub reprint_of: Option<String>,
}

/// What a format's reader makes of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Extracted {
    /// The document. Where the format has markup, its text is what a reader of the rendered page sees: a paragraph a
    /// line, the headline first.
    pub document: Document,
    /// What of the file's text was left out, a line each, in order: menus, running heads, page numbers.
    pub left_out: Vec<String>,
}

impl Corpus {
    /// The documents, reprints among them.
    #[must_use]
    pub fn into_documents(self) -> Vec<Document> {
        self.found.into_iter().map(|found| found.document).collect()
    }
}

/// Reads the documents of files and folders, all or none.
///
/// # Errors
/// What is refused first, or that there is no document at all.
pub fn documents(inputs: &[PathBuf]) -> Result<Vec<Document>, ReadError> {
    let mut corpus = corpus(inputs, &Options::default(), &mut |_| {});
    if !corpus.refused.is_empty() {
        return Err(corpus.refused.swap_remove(0));
    }
    let documents = corpus.into_documents();
    if documents.is_empty() { Err(ReadError::nothing(inputs)) } else { Ok(documents) }
}

/// Reads the documents of files and folders, all of them into memory, as [`stream`] does.
#[must_use]
pub fn corpus(inputs: &[PathBuf], options: &Options, on_progress: &mut dyn FnMut(Progress)) -> Corpus {
    let mut corpus = Corpus::default();
    let Corpus { found, refused, skipped } = &mut corpus;
    let mut tell = |event| match event {
        Event::Progress(progress) => on_progress(progress),
        Event::Refused(error) => refused.push(error),
        Event::Skipped(path) => skipped.push(path),
    };
    let Ok(()) = stream(
        files(inputs),
        options,
        &mut tell,
        |_| (),
        |document, ()| {
            found.push(document);
            Ok::<_, Infallible>(())
        },
    );
    let prints: Vec<Print<'_>> = corpus.found.iter().map(|found| Print::from(&found.document)).collect();
    let witnesses = reprints::witnesses(&prints);
    let ids = |at: Option<usize>| at.map(|at| prints[at].id.to_owned());
    let witnesses: Vec<Option<String>> = witnesses.into_iter().map(ids).collect();
    for (found, witness) in corpus.found.iter_mut().zip(witnesses) {
        found.reprint_of = witness;
    }
    corpus
}

/// The text of a file that is UTF-8, without its byte order mark.
fn read(path: &Path) -> Result<String, ReadError> {
    let bytes = std::fs::read(path).map_err(|source| ReadError::Io { path: path.to_owned(), source })?;
    let mut text = String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..offset].iter().filter(|byte| **byte == b'\n').count() + 1;
        ReadError::NotUtf8 { place: Place::line(path, line), offset }
    })?;
    if text.starts_with('\u{FEFF}') {
        text.drain(..'\u{FEFF}'.len_utf8());
    }
    Ok(text)
}

#[cfg(test)]
mod tests;
