//! N-Quads: everything, with the document that states it.

use std::io::Write;

use crate::store::{Store, StoreError};

/// Writes the whole store, sorted.
///
/// # Errors
/// Where the store fails or `to` cannot be written to.
pub fn write(store: &Store, to: impl Write) -> Result<(), StoreError> {
    store.write_nquads(to)
}
