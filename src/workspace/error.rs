//! Why a workspace cannot be used.

use std::io;
use std::path::PathBuf;

use crate::annotation::Invalid;
use crate::decision::BadDecision;
use crate::link::BadIdentifier;
use crate::rdf::BadBase;
use crate::store::StoreError;

/// Why a workspace cannot be used. Each is one line: which path, what is wrong, and the way out.
#[derive(Debug, thiserror::Error)]
pub enum WorkspaceError {
    /// No workspace in this folder.
    #[error("{0}: no workspace here (`tupu build FILES` or `tupu load` makes one)")]
    Missing(PathBuf),
    /// A file or folder cannot be read.
    #[error("{path}: cannot read: {source}")]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file or folder cannot be written. What was stored before is still there.
    #[error("{path}: cannot write: {source}; what was stored before is unchanged")]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The manifest is broken.
    #[error("{path}: {message}; restore this file or build into another folder")]
    Manifest {
        /// The manifest.
        path: PathBuf,
        /// What is wrong with it.
        message: String,
    },
    /// A stored annotation is broken.
    #[error("{path}: {source}; delete this file and build its document again")]
    Annotation {
        /// The annotation's file.
        path: PathBuf,
        /// What is wrong with it.
        source: Invalid,
    },
    /// A line of a file of decisions is none.
    #[error("{path}:{line}: {source}; mend or delete this line")]
    Decision {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        source: BadDecision,
    },
    /// The table of outside identifiers is wrong.
    #[error("{path}: {source}; mend or delete this file")]
    Identifier {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: BadIdentifier,
    },
    /// An annotation that is to be stored is not valid.
    #[error("{origin}: {source}")]
    Invalid {
        /// Where it came from.
        origin: String,
        /// What is wrong with it.
        source: Invalid,
    },
    /// The workspace was made with another base.
    #[error("{path}: its base IRI is {stored}, not {asked}; leave out --base or build into another folder")]
    Base {
        /// The folder.
        path: PathBuf,
        /// The base that it has.
        stored: String,
        /// The base that was asked for.
        asked: String,
    },
    /// A base that no IRIs can be minted from.
    #[error(transparent)]
    BadBase(#[from] BadBase),
    /// Another process writes.
    #[error("{path}: {holder} is writing to this workspace; wait until it ends")]
    Locked {
        /// The lock file.
        path: PathBuf,
        /// Who holds it.
        holder: String,
    },
    /// A document is stored with another source.
    #[error(
        "document {id} is stored with the source {stored}, not {now}; if the source was corrected, `tupu remove {id}` \
         before building, else give one of the two documents another id"
    )]
    OtherSource {
        /// The id.
        id: String,
        /// The source of what is stored.
        stored: String,
        /// That of what is to be stored.
        now: String,
    },
    /// Two documents with one id.
    #[error("document id {id} stands for two documents: {first} and {second}; give one of them another id")]
    TwiceId {
        /// The id.
        id: String,
        /// Where the first came from.
        first: String,
        /// Where the second came from.
        second: String,
    },
    /// The graph could not be derived.
    #[error(transparent)]
    Store(#[from] StoreError),
}
