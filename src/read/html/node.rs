//! A node of a page: an element, text or a comment.

use html5ever::LocalName;

/// A node, with what it holds up to the index `end`.
#[derive(Debug)]
pub(super) struct Node {
    pub kind: Kind,
    pub parent: usize,
    /// The index behind its last descendant.
    pub end: usize,
}

#[derive(Debug)]
pub(super) enum Kind {
    Element { name: LocalName, attributes: Vec<(LocalName, String)> },
    Text(String),
    Comment(String),
}

impl Node {
    /// The name of an element, in lower case; nothing for text.
    pub fn name(&self) -> &str {
        match &self.kind {
            Kind::Element { name, .. } => name,
            _ => "",
        }
    }

    /// An attribute's value.
    pub fn attribute(&self, wanted: &str) -> Option<&str> {
        let Kind::Element { attributes, .. } = &self.kind else { return None };
        attributes.iter().find(|(name, _)| &**name == wanted).map(|(_, value)| value.as_str())
    }
}
