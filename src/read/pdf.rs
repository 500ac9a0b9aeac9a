//! The text layer of a PDF.

use super::Extracted;

/// The document that the file holds. An error says what is wrong and what to do, without the file's name.
pub(super) fn document(_id: String, _bytes: Vec<u8>) -> Result<Extracted, String> {
    Err("PDF is not read yet".into())
}
