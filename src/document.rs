//! One text to be read, with what is known about it beforehand.

/// A document: the exact text and its metadata. The text is never changed after reading; every offset refers to it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// Unique within a workspace.
    pub id: String,
    /// Headline; context for the reader, not part of `text` unless it stands there too.
    pub title: Option<String>,
    /// Date of publication as `YYYY-MM-DD`; relative dates in the text are resolved against it.
    pub published: Option<String>,
    /// Where the text came from: who published it (新华社), or an address.
    pub source: Option<String>,
    /// The address of the page that the text stood on.
    pub url: Option<String>,
    /// Who wrote it, as the document says (记者 王某).
    pub author: Option<String>,
    /// The text itself.
    pub text: String,
}
