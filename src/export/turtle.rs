//! Turtle: what stands, without saying which document states it.

use std::io::Write;

use oxigraph::io::RdfFormat;

use crate::rdf::Iris;
use crate::store::{Store, StoreError, readable};

/// Writes the default graph, sorted, with the usual prefixes and short IRIs.
///
/// # Errors
/// Where the store fails or `to` cannot be written to.
pub fn write(store: &Store, iris: &Iris, to: impl Write) -> Result<(), StoreError> {
    store.write(readable(RdfFormat::Turtle, iris.base()), to)
}
