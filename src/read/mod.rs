//! Files → documents and annotations: formats, encodings, title and date.
//!
//! Text files give one document each, JSON Lines one a line; folders are walked in the order of their names. The
//! text of a document is exactly what its file holds, but for a byte order mark.

mod annotations;
pub mod columns;
#[allow(dead_code)]
mod docx;
mod html;
mod lines;
#[allow(dead_code)]
mod pdf;
mod plain;
mod walk;

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

pub use annotations::{annotations, annotations_of};

use crate::document::Document;
use walk::Kind;

/// What was read from a list of files and folders.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Corpus {
    /// The documents, in the order of the inputs, and of the names within a folder.
    pub documents: Vec<Document>,
    /// Files in folders that were passed over, since they are neither `.txt` nor `.jsonl`.
    pub skipped: usize,
}

/// What a format's reader makes of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[allow(dead_code)]
pub(crate) struct Extracted {
    /// The document. Where the format has markup, its text is what a reader of the rendered page sees: a paragraph a
    /// line, the headline first.
    pub document: Document,
    /// What of the file's text was left out, a line each, in order: menus, running heads, page numbers.
    pub left_out: Vec<String>,
}

/// Why nothing was read. Every message is one line that names the place, what is wrong there, and the way out.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// A file or folder that is not there or cannot be read.
    #[error("cannot read {}: {source}{}", path.display(), advice(source))]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file was named that is of no known kind.
    #[error(
        "{}: not a kind of file that is read; give plain text the ending .txt, JSON Lines the ending .jsonl, and \
         convert other formats to one of them first",
        .0.display()
    )]
    UnknownKind(PathBuf),
    /// Bytes that are not UTF-8.
    #[error(
        "{place}: byte {offset} of the file is not UTF-8; convert it first, as `iconv -f GB18030 -t UTF-8 FILE` does"
    )]
    NotUtf8 {
        /// File and line.
        place: Place,
        /// Offset of the first bad byte in the file, from 0.
        offset: usize,
    },
    /// A line of JSON that is broken, or that says something impossible.
    #[error("{place}: {message}")]
    Line {
        /// File and line.
        place: Place,
        /// What is wrong and what would be right.
        message: String,
    },
    /// Two documents with one id.
    #[error(
        "document {id:?} stands twice: in {first} and in {second}; give one of them another id (a text file's id is its \
         path below the folder that was named)"
    )]
    Twice {
        /// The id.
        id: String,
        /// Where it stands first.
        first: Place,
        /// Where it stands again.
        second: Place,
    },
    /// The inputs hold no document.
    #[error("nothing to read: no document in {0}; name .txt or .jsonl files, or folders that hold some")]
    Nothing(String),
}

/// What to do about a failure of the system, where that is not plain from its message.
fn advice(error: &std::io::Error) -> &'static str {
    match error.kind() {
        std::io::ErrorKind::NotFound => "; check its name and the folder you are in",
        std::io::ErrorKind::PermissionDenied => "; make it readable for you, or leave it out",
        _ => "",
    }
}

/// A line of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub path: PathBuf,
    /// The line, from 1; `None` for the file as a whole.
    pub line: Option<usize>,
}

impl Place {
    fn file(path: &Path) -> Self {
        Self { path: path.to_owned(), line: None }
    }

    fn line(path: &Path, line: usize) -> Self {
        Self { path: path.to_owned(), line: Some(line) }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path.display())?;
        self.line.map_or(Ok(()), |line| write!(f, ":{line}"))
    }
}

/// Reads the documents of files and folders.
///
/// # Errors
/// See [`corpus`].
pub fn documents(inputs: &[PathBuf]) -> Result<Vec<Document>, ReadError> {
    corpus(inputs).map(|corpus| corpus.documents)
}

/// Reads the documents of files and folders, and counts what it passed over.
///
/// # Errors
/// A file that cannot be read, is of no known kind or not UTF-8, a broken line, an id that stands twice, or no
/// document at all.
pub fn corpus(inputs: &[PathBuf]) -> Result<Corpus, ReadError> {
    let files = walk::files(inputs)?;
    let mut places = BTreeMap::new();
    let mut documents = Vec::new();
    for file in &files.known {
        let text = read(&file.path)?;
        let found = match file.kind {
            Kind::Text => vec![(Place::file(&file.path), plain::document(file.id.clone(), text))],
            Kind::Html => {
                let place = Place::file(&file.path);
                match html::document(file.id.clone(), &text) {
                    Ok(extracted) => vec![(place, extracted.document)],
                    Err(message) => return Err(ReadError::Line { place, message }),
                }
            }
            Kind::JsonLines => lines::documents(&file.path, &text)?,
        };
        for (place, document) in found {
            refuse_twice(&mut places, &document.id, place)?;
            documents.push(document);
        }
    }
    if documents.is_empty() {
        let inputs: Vec<_> = inputs.iter().map(|path| path.display().to_string()).collect();
        return Err(ReadError::Nothing(inputs.join(", ")));
    }
    Ok(Corpus { documents, skipped: files.skipped })
}

/// Notes where an id stands, and refuses it where it stood before.
fn refuse_twice(places: &mut BTreeMap<String, Place>, id: &str, second: Place) -> Result<(), ReadError> {
    match places.insert(id.to_owned(), second.clone()) {
        None => Ok(()),
        Some(first) => Err(ReadError::Twice { id: id.to_owned(), first, second }),
    }
}

/// A file's text without its byte order mark.
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
