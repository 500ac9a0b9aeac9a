//! What a person says beside the texts: decisions, and a table of outside identifiers.
//!
//! ```text
//! kg/decisions.jsonl   one decision a line, never taken away
//! kg/identifiers.csv   name, type and IRI of entities that other registers know
//! ```

use std::fs;
use std::io;
use std::path::Path;

use super::writer::write_for_good;
use super::{Workspace, WorkspaceError, Writer};
use crate::decision::Decision;
use crate::link::Identifier;

const DECISIONS: &str = "decisions.jsonl";
const IDENTIFIERS: &str = "identifiers.csv";

impl Workspace {
    /// The decisions, in the order in which they were made.
    ///
    /// # Errors
    /// Where the file cannot be read, or a line of it is no decision.
    pub fn decisions(&self) -> Result<Vec<Decision>, WorkspaceError> {
        let path = self.root().join(DECISIONS);
        read_decisions(&path, &text(&path)?)
    }

    /// The outside identifiers, sorted.
    ///
    /// # Errors
    /// Where the file cannot be read, or a row of it is wrong.
    pub fn identifiers(&self) -> Result<Vec<Identifier>, WorkspaceError> {
        let path = self.root().join(IDENTIFIERS);
        let table = text(&path)?;
        if table.is_empty() {
            return Ok(Vec::new());
        }
        Identifier::read(&table).map_err(|source| WorkspaceError::Identifier { path, source })
    }
}

impl Writer<'_> {
    /// Adds decisions, all of them or none.
    ///
    /// # Errors
    /// Where the file cannot be read or written; what was decided before is unchanged then.
    pub fn decide(&mut self, decisions: &[Decision]) -> Result<(), WorkspaceError> {
        let path = self.workspace.root().join(DECISIONS);
        self.changing()?;
        let mut lines = text(&path)?;
        if !lines.is_empty() && !lines.ends_with('\n') {
            lines.push('\n');
        }
        lines.extend(decisions.iter().map(|decision| decision.to_json() + "\n"));
        write_for_good(&path, &lines)
    }

    /// Puts a table of outside identifiers in the place of the one that was there.
    ///
    /// # Errors
    /// Where the file cannot be written; the table before is unchanged then.
    pub fn identify(&mut self, identifiers: &[Identifier]) -> Result<(), WorkspaceError> {
        self.changing()?;
        write_for_good(&self.workspace.root().join(IDENTIFIERS), &Identifier::write(identifiers))
    }
}

/// All that a person says, as it is written.
#[cfg(feature = "rocksdb")]
pub(super) fn texts(workspace: &Workspace) -> Result<[String; 2], WorkspaceError> {
    let [decisions, identifiers] = [DECISIONS, IDENTIFIERS].map(|file| text(&workspace.root().join(file)));
    Ok([decisions?, identifiers?])
}

/// The decisions in a file, of which `text` is the text.
///
/// # Errors
/// The first line that is no decision.
pub fn read_decisions(path: &Path, text: &str) -> Result<Vec<Decision>, WorkspaceError> {
    let text = text.trim_start_matches('\u{feff}');
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let read = |(at, line): (usize, &str)| {
        let decision = Decision::from_json(line);
        decision.map_err(|source| WorkspaceError::Decision { path: path.to_owned(), line: at + 1, source })
    };
    lines.map(read).collect()
}

/// The text of a file; empty where there is none.
fn text(path: &Path) -> Result<String, WorkspaceError> {
    match fs::read_to_string(path) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(String::new()),
        read => read.map_err(|source| WorkspaceError::Read { path: path.to_owned(), source }),
    }
}
