//! Minting of IRIs for documents, entities, facts and spans of text: readable, deterministic, never blank nodes.

use std::fmt::Write as _;

use oxigraph::model::NamedNode;

use crate::annotation::EntityType;
use crate::link::{Key, numbered};
use crate::span::CharSpan;

/// The namespace of the data where the user gives none.
pub const DEFAULT_BASE: &str = "https://w3id.org/tupu/kg/";

/// Mints the IRIs of one workspace, all of which begin with its base.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Iris {
    base: String,
}

/// A base that no IRIs can be minted from.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("base IRI {0:?}: it must be absolute and end in / or #, as {DEFAULT_BASE}")]
pub struct BadBase(pub String);

impl Default for Iris {
    fn default() -> Self {
        Self { base: DEFAULT_BASE.to_owned() }
    }
}

impl Iris {
    /// IRIs that begin with `base`.
    ///
    /// # Errors
    /// Where `base` is no absolute IRI, or ends in neither `/` nor `#`.
    pub fn new(base: &str) -> Result<Self, BadBase> {
        let sound = NamedNode::new(base).is_ok() && base.ends_with(['/', '#']);
        if sound { Ok(Self { base: base.to_owned() }) } else { Err(BadBase(base.to_owned())) }
    }

    /// Of no workspace: every IRI is shown whole, and none can be written short.
    #[must_use]
    pub const fn of_nothing() -> Self {
        Self { base: String::new() }
    }

    /// What all of them begin with.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.base
    }

    /// An IRI as tables show it: what is in the workspace without its base.
    #[must_use]
    pub fn short<'a>(&self, iri: &'a str) -> &'a str {
        iri.strip_prefix(self.base()).unwrap_or(iri)
    }

    /// The IRI that tables show so.
    #[must_use]
    pub fn long(&self, id: &str) -> String {
        if id.contains("://") { id.to_owned() } else { format!("{}{id}", self.base) }
    }

    /// A document by its id; also the named graph of what it states.
    #[must_use]
    pub fn document(&self, id: &str) -> NamedNode {
        self.mint(&format!("doc/{}", encode(id)))
    }

    /// A range of a document's text, as RFC 5147 writes it.
    #[must_use]
    pub fn span(&self, id: &str, span: CharSpan) -> NamedNode {
        self.mint(&format!("doc/{}#char={},{}", encode(id), span.start, span.end))
    }

    /// An entity that every document means by this name, which is in its normal form.
    #[must_use]
    pub fn global(&self, kind: EntityType, name: &str) -> NamedNode {
        self.mint(&format!("{}/{}", folder(kind), encode(name)))
    }

    /// An entity of one document. `running` numbers entities of one type and name, from 1.
    #[must_use]
    pub fn local(&self, id: &str, kind: EntityType, name: &str, running: usize) -> NamedNode {
        self.mint(&format!("doc/{}/{}/{}", encode(id), folder(kind), encode(&numbered(name, running))))
    }

    /// A division of China by its administrative code.
    #[must_use]
    pub fn division(&self, code: &str) -> NamedNode {
        self.mint(&format!("{}/{}", folder(EntityType::Place), encode(code)))
    }

    /// An entity, wherever it is known.
    #[must_use]
    pub fn entity(&self, key: &Key) -> NamedNode {
        match key {
            Key::Name { kind, name } => self.global(*kind, name),
            Key::Code(code) => self.division(code),
            Key::Document { document, kind, name, running } => self.local(document, *kind, name, *running),
        }
    }

    /// The named graph of what holds of entities whatever single documents say.
    #[must_use]
    pub fn identities(&self) -> NamedNode {
        self.mint("identities")
    }

    /// A decision by its id.
    #[must_use]
    pub fn decision(&self, id: &str) -> NamedNode {
        self.mint(&format!("decision/{}", encode(id)))
    }

    /// A fact by its hash.
    #[must_use]
    pub fn fact(&self, hash: &str) -> NamedNode {
        self.mint(&format!("fact/{hash}"))
    }

    fn mint(&self, tail: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("{}{tail}", self.base))
    }
}

/// A node that belongs to `node`: `<fact/6f1d>` and `item/1` give `<fact/6f1d/item/1>`.
#[must_use]
pub fn below(node: &NamedNode, tail: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{}/{tail}", node.as_str()))
}

fn folder(kind: EntityType) -> &'static str {
    match kind {
        EntityType::Person => "person",
        EntityType::Group => "group",
        EntityType::Organization => "org",
        EntityType::Place => "place",
        EntityType::Product => "product",
        EntityType::Work => "work",
        EntityType::Activity => "activity",
        EntityType::Disease => "disease",
    }
}

/// Percent-encodes the characters that an IRI forbids (RFC 3987) or that structure it; Chinese stays readable.
#[must_use]
pub fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_plain(c) {
            out.push(c);
        } else {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

fn is_plain(c: char) -> bool {
    match c {
        '/' | '#' | '?' | '%' | '[' | ']' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' => false,
        '!'..='~' => true,
        // The `ucschar` ranges: no controls, surrogates, private use, non-characters.
        '\u{a0}'..='\u{d7ff}' | '\u{f900}'..='\u{fdcf}' | '\u{fdf0}'..='\u{ffef}' => true,
        '\u{e0000}'..='\u{e0fff}' => false,
        '\u{10000}'..='\u{efffd}' => u32::from(c) & 0xffff <= 0xfffd,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_the_name_the_iri_is_valid() {
        let iris = Iris::default();
        for name in
            ["口罩", "a/b#c?d%e[f]\"<>\\^{|}` \u{0}\u{7f}\u{85}\u{e000}\u{fffe}\u{1fffe}\u{f0000}\u{20000}", "", "."]
        {
            let iri = iris.global(EntityType::Product, name);
            assert!(NamedNode::new(iri.as_str()).is_ok(), "{iri}");
            assert_eq!(iri.as_str().matches('/').count(), DEFAULT_BASE.matches('/').count() + 1);
        }
        assert_eq!(
            iris.global(EntityType::Product, "口罩(N95)").as_str(),
            "https://w3id.org/tupu/kg/product/口罩(N95)"
        );
    }

    #[test]
    fn a_document_in_a_folder_is_one_segment() {
        let iris = Iris::new("http://example.org/").unwrap();
        let span = iris.span("news/1.txt", CharSpan { start: 2, end: 5 });
        assert_eq!(span.as_str(), "http://example.org/doc/news%2F1.txt#char=2,5");
        assert_eq!(iris.local("d", EntityType::Group, "党员", 2).as_str(), "http://example.org/doc/d/group/党员-2");
    }

    #[test]
    fn a_base_is_absolute_and_open_ended() {
        assert!(Iris::new("kg/").is_err());
        assert!(Iris::new("http://example.org/kg").is_err());
        assert!(Iris::new("http://example.org/kg#").is_ok());
    }
}
