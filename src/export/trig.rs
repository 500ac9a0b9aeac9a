//! TriG: what stands, and again under each document what it states.

use std::io::Write;

use oxigraph::io::RdfFormat;

use crate::rdf::Iris;
use crate::store::{Store, StoreError, readable};

/// Writes the default graph and then the graph of each document, sorted, with the usual prefixes and short IRIs.
///
/// # Errors
/// Where the store fails or `to` cannot be written to.
pub fn write(store: &Store, iris: &Iris, to: impl Write) -> Result<(), StoreError> {
    store.write(readable(RdfFormat::TriG, iris.base()), to)
}
