//! What tells one entity of the graph from every other.

use serde::{Deserialize, Serialize};

use super::unit::Anchor;
use crate::annotation::EntityType;

/// What an IRI is minted from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Key {
    /// A name that every document uses for it.
    Name {
        /// Its type.
        kind: EntityType,
        /// The name, in the normal form.
        name: String,
    },
    /// A division of China.
    Code(String),
    /// An entity of one document, or of several of which this is the first.
    Document {
        /// The document's id.
        document: String,
        /// Its type.
        kind: EntityType,
        /// Its name there, in the normal form.
        name: String,
        /// Which of the entities of this type and name it is there, from 1.
        running: usize,
    },
}

impl Key {
    pub(super) fn of(kind: EntityType, anchor: &Anchor) -> Self {
        match anchor {
            Anchor::Name(name) => Self::Name { kind, name: name.clone() },
            Anchor::Code(code) => Self::Code(code.clone()),
        }
    }
}
