//! How an entity or a fact is named in a decision, and the words by which a reader knows it.

use super::{Identity, Key, Linking, quote};
use crate::annotation::{Annotation, Fact};
use crate::decision::{EntityReference, FactReference};
use crate::span::CharSpan;

/// Code points of a sentence that are shown on each side of a mention.
const AROUND: usize = 24;

impl Linking {
    /// An entity as a decision names it: so that the same one is found when the texts are read anew.
    #[must_use]
    pub fn reference(&self, identity: usize, annotations: &[Annotation]) -> Option<EntityReference> {
        let found = self.identities.get(identity)?;
        let mention = self.first_mention(identity, annotations);
        let quote = mention.map(|(annotation, span)| around(annotation, span));
        let (name, code, document) = match &found.key {
            Key::Name { name, .. } => (name.clone(), None, None),
            Key::Code(code) => (self.called(identity).unwrap_or(&found.name).to_owned(), Some(code.clone()), None),
            Key::Document { document, name, .. } => (name.clone(), None, Some(document.clone())),
        };
        Some(EntityReference { kind: found.kind, name, code, document, quote })
    }

    /// Where the first document that mentions an entity does so first.
    #[must_use]
    pub fn first_mention<'a>(
        &self,
        identity: usize,
        annotations: &'a [Annotation],
    ) -> Option<(&'a Annotation, CharSpan)> {
        let document = self.identities.get(identity)?.documents.first()?;
        let annotation = annotations.iter().find(|annotation| annotation.id == *document)?;
        let members = self.members(document).iter().filter(|member| member.identity == identity);
        let first = members.flat_map(|member| &member.mentions).min_by_key(|span| span.start)?;
        Some((annotation, *first))
    }

    /// A name that a document gives an entity.
    fn called(&self, identity: usize) -> Option<&str> {
        let document = self.identities.get(identity)?.documents.first()?;
        let member = self.members(document).iter().find(|member| member.identity == identity)?;
        member.names.first().map(String::as_str)
    }
}

impl Identity {
    /// The word for why its documents mean one thing.
    #[must_use]
    pub fn ground(&self) -> &'static str {
        match &self.key {
            Key::Name { .. } => "name",
            Key::Code(_) => "administrative code",
            Key::Document { .. } if !self.agreements.is_empty() => "agreement",
            Key::Document { .. } if self.documents.len() > 1 => "decision",
            Key::Document { .. } => "document",
        }
    }
}

/// A fact as a decision names it.
#[must_use]
pub fn fact_reference(annotation: &Annotation, fact: &Fact, id: &str) -> FactReference {
    FactReference {
        document: annotation.id.clone(),
        id: id.to_owned(),
        kind: fact.kind.clone(),
        fillers: annotation.fillers(fact),
        quote: quote(annotation, fact).to_owned(),
    }
}

/// Words of a text with what stands beside them in their sentence, on one line.
#[must_use]
pub fn around(annotation: &Annotation, span: CharSpan) -> String {
    let ends = |c: &char| matches!(c, '。' | '！' | '？' | '\n');
    let before: String = annotation.text.chars().take(span.start).collect();
    let before: Vec<char> = before.chars().rev().take_while(|c| !ends(c)).take(AROUND).collect();
    let after = annotation.text.chars().skip(span.end).take_while(|c| !ends(c)).take(AROUND);
    let all = before.into_iter().rev().chain(annotation.words(span).chars()).chain(after);
    all.map(|c| if c.is_whitespace() { ' ' } else { c }).collect::<String>().trim().to_owned()
}
