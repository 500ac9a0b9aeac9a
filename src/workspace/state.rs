//! How stored documents stand to the engine and to the texts that they came from.

use super::{Stored, Workspace, stored};
use crate::document::Document;

/// How a document stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// It is not stored.
    New,
    /// It is stored with another text or header.
    Changed,
    /// It was read by this version of the engine.
    Current,
    /// It was read by another version of the engine.
    Stale,
    /// It was annotated elsewhere, or by a program that kept no record.
    Loaded,
    /// Its file cannot be read.
    Broken,
    /// It is stored, and not among the texts that there are.
    Gone,
}

impl State {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 7] =
        [Self::New, Self::Changed, Self::Current, Self::Stale, Self::Loaded, Self::Broken, Self::Gone];

    /// In a word.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Changed => "changed",
            Self::Current => "current",
            Self::Stale => "stale",
            Self::Loaded => "loaded",
            Self::Broken => "broken",
            Self::Gone => "gone",
        }
    }
}

impl Stored {
    /// How it stands to the engine of that version: [`State::Current`], [`State::Stale`] or [`State::Loaded`].
    #[must_use]
    pub fn state(&self, engine: &str) -> State {
        match &self.reading {
            Some(reading) if reading.engine == engine => State::Current,
            Some(_) => State::Stale,
            None => State::Loaded,
        }
    }
}

impl Workspace {
    /// How a document stands that is or is not stored.
    #[must_use]
    pub fn state(&self, document: &Document, engine: &str) -> State {
        match self.stored_one(&document.id) {
            Ok(None) => State::New,
            Ok(Some(stored)) if stored::is_of(&stored.annotation, document) => stored.state(engine),
            Ok(Some(_)) => State::Changed,
            Err(_) => State::Broken,
        }
    }
}
