//! A page saved from the web as a document.

use super::Extracted;

/// The document that a page holds. An error says what is wrong and what to do, without the file's name.
pub(super) fn document(_id: String, _html: &str) -> Result<Extracted, String> {
    Err("HTML is not read yet".into())
}
