//! What is stored of a document: its annotation, and who read it. One file, of one line or two:
//!
//! ```text
//! {"version":1,"id":"news/1.txt",…}      the annotation
//! {"engine":"1fc0…","unread":[…]}        where this program read it: its version, and what it passed over
//! ```

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use walkdir::WalkDir;

use super::{State, Workspace, WorkspaceError, lock};
use crate::annotate::unread::Unread;
use crate::annotation::{Annotation, Invalid};
use crate::document::Document;

/// How this program came to an annotation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reading {
    /// The version of the engine, as [`crate::annotate::Annotator::version`] tells it.
    pub engine: String,
    /// The sentences that it passed over.
    pub unread: Vec<Unread>,
}

/// What is stored of a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Stored {
    /// What it states.
    pub annotation: Annotation,
    /// How this program came to that; nothing where the annotation was made elsewhere, or by a version that kept no record.
    pub reading: Option<Reading>,
}

impl Workspace {
    /// What is stored of the document of that id.
    ///
    /// # Errors
    /// Where its file cannot be read, or is broken.
    pub fn stored_one(&self, id: &str) -> Result<Option<Stored>, WorkspaceError> {
        read(&self.file(id))
    }

    /// What is stored of this very document, text and header, as this version of the engine read it. Where that is
    /// nothing, the document is new, has changed, was read by another version or elsewhere, or its file is broken: reading
    /// it puts all of these right.
    #[must_use]
    pub fn current(&self, document: &Document, engine: &str) -> Option<Stored> {
        let stored = self.stored_one(&document.id).ok().flatten()?;
        let is_current = stored.state(engine) == State::Current && is_of(&stored.annotation, document);
        is_current.then_some(stored)
    }

    /// What `of` makes of every stored document or of what is wrong with its file, in the order of the files' names.
    ///
    /// # Errors
    /// Where a folder cannot be listed.
    pub fn map_stored<T: Send>(
        &self,
        of: impl Fn(&Path, Result<Stored, WorkspaceError>) -> T + Sync,
    ) -> Result<Vec<T>, WorkspaceError> {
        let of = |path: &PathBuf| match read(path) {
            // Taken away since the folder was listed.
            Ok(None) => None,
            Ok(Some(stored)) => Some(of(path, Ok(stored))),
            Err(error) => Some(of(path, Err(error))),
        };
        Ok(self.files()?.par_iter().map(of).flatten_iter().collect())
    }

    /// Everything that is stored of documents, sorted by their ids.
    ///
    /// # Errors
    /// The first file, by its name, that cannot be read or is broken.
    pub fn stored(&self) -> Result<Vec<Stored>, WorkspaceError> {
        // Collected one by one, so that of several broken files the same is always named.
        let read = self.map_stored(|_, stored| stored)?;
        let mut stored = read.into_iter().collect::<Result<Vec<_>, _>>()?;
        stored.sort_by(|a, b| a.annotation.id.cmp(&b.annotation.id));
        Ok(stored)
    }

    /// Every stored annotation, sorted by the ids of the documents.
    ///
    /// # Errors
    /// As [`Workspace::stored`].
    pub fn annotations(&self) -> Result<Vec<Annotation>, WorkspaceError> {
        Ok(self.stored()?.into_iter().map(|stored| stored.annotation).collect())
    }

    /// The files of all stored documents, in the order of their names.
    ///
    /// # Errors
    /// Where a folder cannot be listed.
    pub fn files(&self) -> Result<Vec<PathBuf>, WorkspaceError> {
        let mut paths = Vec::new();
        for entry in WalkDir::new(self.root().join("documents")).min_depth(3).max_depth(3).sort_by_file_name() {
            // Anything else is a file that an interrupted process left half written.
            if let Some(entry) = lock::present(entry, self.root())?
                && entry.path().extension().is_some_and(|e| e == "json")
            {
                paths.push(entry.into_path());
            }
        }
        Ok(paths)
    }
}

impl Stored {
    /// The text of its file.
    pub(super) fn text(annotation: &Annotation, reading: Option<&Reading>) -> String {
        let mut text = annotation.to_json() + "\n";
        // Plain data with text for keys: writing it as JSON cannot fail.
        if let Some(Ok(line)) = reading.map(serde_json::to_string) {
            text += &(line + "\n");
        }
        text
    }

    pub(super) fn from_text(text: &str) -> Result<Self, Invalid> {
        let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
        match Annotation::from_json(first) {
            Ok(annotation) if rest.trim().is_empty() => Ok(Self { annotation, reading: None }),
            Ok(annotation) => {
                let reading = serde_json::from_str(rest).map_err(|e| Invalid::Json(e.to_string()))?;
                Ok(Self { annotation, reading: Some(reading) })
            }
            // An annotation that somebody laid out on several lines.
            Err(_) => Ok(Self { annotation: Annotation::from_json(text)?, reading: None }),
        }
    }
}

/// Whether it is the annotation of exactly this document.
pub(super) fn is_of(annotation: &Annotation, document: &Document) -> bool {
    let Document { id, title, published, source, url, author, text } = document;
    annotation.text == *text
        && annotation.id == *id
        && annotation.title == *title
        && annotation.published == *published
        && annotation.source == *source
        && annotation.url == *url
        && annotation.author == *author
}

/// What is in a document's file; nothing where there is none.
fn read(path: &Path) -> Result<Option<Stored>, WorkspaceError> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(source) => return Err(WorkspaceError::Read { path: path.to_owned(), source }),
    };
    let stored = Stored::from_text(&text);
    stored.map(Some).map_err(|source| WorkspaceError::Annotation { path: path.to_owned(), source })
}
