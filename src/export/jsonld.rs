//! JSON-LD: everything, with the document that states it, as JSON for programs that know no RDF.
//!
//! It is the expanded form: whole IRIs and no context, which every reader takes, also one that reads as it goes.

use std::io::Write;

use oxigraph::io::{JsonLdProfileSet, RdfFormat, RdfSerializer};

use crate::store::{Store, StoreError};

/// Writes the default graph and then the graph of each document, sorted.
///
/// # Errors
/// Where the store fails or `to` cannot be written to.
pub fn write(store: &Store, to: impl Write) -> Result<(), StoreError> {
    store.write(RdfSerializer::from_format(RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() }), to)
}
