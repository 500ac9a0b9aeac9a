//! Why something was not read, and where it stands.

use std::fmt;
use std::path::{Path, PathBuf};

/// Why something was not read. Every message is one line that names the place, what is wrong there, and the way out.
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
    /// Bytes that are not UTF-8, where only that is read.
    #[error(
        "{place}: byte {offset} of the file is not UTF-8; convert it first, as `iconv -f GB18030 -t UTF-8 FILE` does"
    )]
    NotUtf8 {
        /// File and line.
        place: Place,
        /// Offset of the first bad byte in the file, from 0.
        offset: usize,
    },
    /// A file, or a line of it, that is broken, or that says something impossible.
    #[error("{place}: {message}{}", rest(*more))]
    Refused {
        /// File and line.
        place: Place,
        /// What is wrong and what would be right.
        message: String,
        /// How many more lines of the file are refused.
        more: usize,
    },
    /// Two documents with one id.
    #[error(
        "document {id:?} stands twice: in {first} and in {second}, which is left out; give one of them another id (a \
         file's id is its path below the folder that was named)"
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
    #[error("nothing to read: no document in {0}; name files of {formats}, or folders that hold some", formats = super::Format::names())]
    Nothing(String),
}

impl ReadError {
    /// That there is no document in `inputs`.
    #[must_use]
    pub fn nothing(inputs: &[PathBuf]) -> Self {
        Self::Nothing(inputs.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", "))
    }

    pub(super) fn refused(place: Place, message: impl Into<String>) -> Self {
        Self::Refused { place, message: message.into(), more: 0 }
    }
}

/// What to do about a failure of the system, where that is not plain from its message.
fn advice(error: &std::io::Error) -> &'static str {
    match error.kind() {
        std::io::ErrorKind::NotFound => "; check its name and the folder you are in",
        std::io::ErrorKind::PermissionDenied => "; make it readable for you, or leave it out",
        _ => "",
    }
}

fn rest(more: usize) -> String {
    match more {
        0 => String::new(),
        1 => " (and one more document of this file)".into(),
        more => format!(" (and {more} more documents of this file)"),
    }
}

/// A file, or a line of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file; of one in an archive the archive's path and its own.
    pub path: PathBuf,
    /// The line, from 1; `None` for the file as a whole.
    pub line: Option<usize>,
}

impl Place {
    pub(super) fn file(path: &Path) -> Self {
        Self { path: path.to_owned(), line: None }
    }

    pub(super) fn line(path: &Path, line: usize) -> Self {
        Self { path: path.to_owned(), line: Some(line) }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path.display())?;
        self.line.map_or(Ok(()), |line| write!(f, ":{line}"))
    }
}
