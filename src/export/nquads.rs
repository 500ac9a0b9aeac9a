//! N-Quads: everything, with the document that states it.

use std::io::Write;

use oxigraph::io::{RdfFormat, RdfSerializer};

use crate::store::{Store, StoreError};

/// Writes the default graph and the graph of each document, their lines sorted.
///
/// # Errors
/// Where the store fails or `to` cannot be written to.
pub fn write(store: &Store, to: impl Write) -> Result<(), StoreError> {
    store.write(RdfSerializer::from_format(RdfFormat::NQuads), to)
}
