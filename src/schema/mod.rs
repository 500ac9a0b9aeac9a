//! Fact types: what can be said, and how Chinese says it.
//!
//! A fact type is one *frame*, a TOML file in `ontology/frames/` whose language is described in the README beside
//! the files. The built-in frames are embedded in the program; a folder of the user's adds to them and overrides
//! them by name.

mod frame;
mod parse;
mod sequence;
mod tally;
mod words;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

pub use frame::{Containment, Edge, Example, ExampleFact, Fills, Frame, Label, Need, Pattern, Role, Slot, ValueKind};
pub use sequence::{Element, Only, Sequence};
pub use tally::{Part, Tally};
pub use words::VOCABULARIES;

static EMBEDDED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/ontology/frames");

/// All frames, by name.
#[derive(Debug, Clone, Default)]
pub struct Schema {
    frames: BTreeMap<String, Frame>,
}

/// Why frames cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SchemaError {
    /// The folder or a file in it cannot be read.
    #[error("{path}: {source}")]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A frame breaks the rules of its language.
    #[error("{file}:{line}: {message}")]
    Frame {
        /// The frame's file.
        file: String,
        /// Line number, from 1.
        line: usize,
        /// What is wrong and what would be right.
        message: String,
    },
    /// A folder without a single frame.
    #[error("{0}: no frame (*.toml) in this folder")]
    Empty(PathBuf),
}

/// No fact type is called so.
#[derive(Debug, thiserror::Error)]
#[error("no fact type {name:?}; there are {}", .known.join(", "))]
pub struct NoFactType {
    name: String,
    known: Vec<String>,
}

impl Schema {
    /// The built-in frames.
    ///
    /// # Errors
    /// Where a built-in frame breaks its language; a test keeps that from being released.
    pub fn embedded() -> Result<Self, SchemaError> {
        let mut schema = Self::default();
        let mut files: Vec<_> = EMBEDDED.files().collect();
        files.sort_by_key(|f| f.path());
        for file in files {
            if file.path().extension().is_some_and(|e| e == "toml") {
                let name = file.path().display().to_string();
                schema.add(Frame::parse(&name, &String::from_utf8_lossy(file.contents()))?)?;
            }
        }
        Ok(schema)
    }

    /// The built-in frames, with those in `folder` (every `*.toml`) added to them or in the place of those of the
    /// same name.
    ///
    /// # Errors
    /// An unreadable folder or file, or a frame with a mistake.
    pub fn with_folder(folder: &Path) -> Result<Self, SchemaError> {
        let mut schema = Self::embedded()?;
        for frame in Self::read_folder(folder)? {
            schema.add(frame)?;
        }
        Ok(schema)
    }

    /// The frames of one folder alone, in the order of their file names.
    ///
    /// # Errors
    /// As [`Schema::with_folder`].
    pub fn read_folder(folder: &Path) -> Result<Vec<Frame>, SchemaError> {
        let io = |source| SchemaError::Io { path: folder.to_owned(), source };
        let mut files = Vec::new();
        for entry in std::fs::read_dir(folder).map_err(io)? {
            let path = entry.map_err(io)?.path();
            if path.extension().is_some_and(|e| e == "toml") {
                files.push(path);
            }
        }
        if files.is_empty() {
            return Err(SchemaError::Empty(folder.to_owned()));
        }
        files.sort();
        files
            .into_iter()
            .map(|path| {
                let text =
                    std::fs::read_to_string(&path).map_err(|source| SchemaError::Io { path: path.clone(), source })?;
                Frame::parse(&path.display().to_string(), &text)
            })
            .collect()
    }

    /// Adds a frame, in the place of one of the same name.
    ///
    /// # Errors
    /// Where it gives a role another kind of filler or another label than a frame that is there already, an edge
    /// another label, or one of them the name of the other.
    pub fn add(&mut self, frame: Frame) -> Result<(), SchemaError> {
        for other in self.frames.values().filter(|f| f.name != frame.name) {
            for (name, role) in &frame.roles {
                if let Some(theirs) = other.roles.get(name) {
                    role.agree(theirs).map_err(|what| SchemaError::Frame {
                        file: frame.file.clone(),
                        line: role.line,
                        message: format!("role {name}: {what} in {}", other.file),
                    })?;
                }
            }
            frame.agree(other).map_err(|message| SchemaError::Frame { file: frame.file.clone(), line: 1, message })?;
        }
        self.frames.insert(frame.name.clone(), frame);
        Ok(())
    }

    /// The frames in the order of their names.
    pub fn frames(&self) -> impl Iterator<Item = &Frame> {
        self.frames.values()
    }

    /// The frame of that name.
    #[must_use]
    pub fn frame(&self, name: &str) -> Option<&Frame> {
        self.frames.get(name)
    }

    /// The frame of that name in any language, in whatever case.
    ///
    /// # Errors
    /// Where there is none; the error names those there are.
    pub fn called(&self, name: &str) -> Result<&Frame, NoFactType> {
        let mut frames = self.frames();
        let called = frames.find(|frame| {
            frame.name.eq_ignore_ascii_case(name) || frame.label.zh == name || frame.label.en.eq_ignore_ascii_case(name)
        });
        let known = || self.frames().map(|frame| frame.name.clone()).collect();
        called.ok_or_else(|| NoFactType { name: name.to_owned(), known: known() })
    }

    /// The label of a role, from whichever frame gives it.
    #[must_use]
    pub fn role_label(&self, role: &str) -> Option<&Label> {
        self.frames().find_map(|f| f.roles.get(role)?.label.as_ref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_frames_are_sound() {
        let schema = Schema::embedded().unwrap();
        assert!(schema.frame("Donation").is_some());
    }
}
