//! N-Triples: what stands, one triple a line.

use std::io::Write;

use oxigraph::io::{RdfFormat, RdfSerializer};

use crate::store::{Store, StoreError};

/// Writes the default graph, its lines sorted.
///
/// # Errors
/// Where the store fails or `to` cannot be written to.
pub fn write(store: &Store, to: impl Write) -> Result<(), StoreError> {
    store.write(RdfSerializer::from_format(RdfFormat::NTriples), to)
}
