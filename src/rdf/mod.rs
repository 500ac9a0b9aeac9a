//! Annotations and identities → quads: a pure function of them, the schema and the base IRI.
//!
//! Every quad stands in the named graph of its document; the store adds each triple once to the default graph.
//! The text itself is not written (no `nif:isString`): it stays in the workspace, and every fact carries the words
//! that state it, so the graph holds no second copy of the corpus.

mod entity;
mod fact;
pub mod identity;
pub mod iri;
pub mod mentions;
pub mod ontology;
mod scope;
pub mod unread;
pub mod vocab;

use std::collections::BTreeMap;

use oxigraph::model::{GraphName, Literal, NamedNode, NamedNodeRef, Quad, Term};
use rustc_hash::FxHashSet;

use crate::annotation::{Annotation, Reprint};
use crate::link::Linking;
use crate::schema::Schema;
use crate::span::{CharSpan, CodePoints};
use crate::text::time;
use entity::Entities;
use vocab::{nif, prov, rdf, schema, tupu, xsd};

pub(crate) use fact::label;
pub use iri::{BadBase, Iris};
pub use scope::{Only, Scope};

/// Everything that `annotation` states, each quad in the named graph of the document, in a fixed order and perhaps
/// with repetitions. `linking` says who its entities are; one that it does not know is left out.
///
/// An annotation is taken as checked ([`Annotation::check`]); what a broken one names in vain is left out. A fact of
/// a type that `schema` does not know is written as any other, but draws no direct edges. A fact that a person has
/// rejected is left out; one that a person has accepted is certain.
#[must_use]
pub fn quads(annotation: &Annotation, linking: &Linking, schema: &Schema, iris: &Iris) -> Vec<Quad> {
    quads_within(annotation, linking, schema, iris, &scope::WHOLE)
}

/// [`quads`] as far as `scope` asks for them. Where it asks for no named graphs they stand in the default graph, and of
/// what several of the linked documents say of an entity only the first says it. Where it asks for some facts, a document
/// that states none of them says nothing.
#[must_use]
pub fn quads_within(
    annotation: &Annotation,
    linking: &Linking,
    schema: &Schema,
    iris: &Iris,
    scope: &Scope,
) -> Vec<Quad> {
    let entities = Entities::of(annotation, linking, iris);
    let mut graph = Graph::new(annotation, iris, scope);
    if !fact::is_asked(annotation, linking, iris, scope) {
        return graph.quads;
    }
    describe(&mut graph);
    let asked_for = entities.nodes().filter(|node| scope.has_entity(&node.iri));
    asked_for.for_each(|node| entity::describe(&mut graph, node));
    fact::describe(&mut graph, schema, linking, &entities);
    graph.quads
}

/// What stands in the graph: [`quads`] of all annotations, and [`identity::relations`] between their entities.
pub fn stated<'a>(
    annotations: &'a [Annotation],
    linking: &'a Linking,
    schema: &'a Schema,
    iris: &'a Iris,
) -> impl Iterator<Item = Quad> + 'a {
    let documents = annotations.iter().flat_map(move |annotation| quads(annotation, linking, schema, iris));
    documents.chain(identity::relations(linking, iris))
}

/// The graph of annotations by themselves: [`stated`] where no person has decided anything.
#[must_use]
pub fn dataset(annotations: &[Annotation], schema: &Schema, iris: &Iris) -> Vec<Quad> {
    stated(annotations, &Linking::new(annotations, &[], &[]), schema, iris).collect()
}

/// How often each entity is mentioned, by its IRI.
#[must_use]
pub fn mentions(linking: &Linking, iris: &Iris) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for (_, member) in linking.all_members() {
        if let Some(identity) = linking.identities.get(member.identity) {
            *counts.entry(iris.entity(&identity.key).into_string()).or_default() += member.mentions.len();
        }
    }
    counts
}

/// The quads of one document as they are written.
struct Graph<'a> {
    annotation: &'a Annotation,
    iris: &'a Iris,
    scope: &'a Scope,
    points: CodePoints,
    document: NamedNode,
    /// The words that have been described.
    phrases: FxHashSet<CharSpan>,
    quads: Vec<Quad>,
}

impl<'a> Graph<'a> {
    fn new(annotation: &'a Annotation, iris: &'a Iris, scope: &'a Scope) -> Self {
        Self {
            annotation,
            iris,
            scope,
            points: CodePoints::new(&annotation.text),
            document: iris.document(&annotation.id),
            phrases: FxHashSet::default(),
            quads: Vec::new(),
        }
    }

    fn add(&mut self, subject: &NamedNode, predicate: NamedNodeRef<'_>, object: impl Into<Term>) {
        if self.scope.has(predicate) {
            let named = || GraphName::NamedNode(self.document.clone());
            let graph = if self.scope.named_graphs { named() } else { GraphName::DefaultGraph };
            self.quads.push(Quad::new(subject.clone(), predicate, object, graph));
        }
    }

    /// The words of a range; empty where it leaves the text.
    fn words(&self, span: CharSpan) -> &'a str {
        self.points.words(&self.annotation.text, span)
    }

    /// A literal in the language of the text.
    fn text(&self, words: &str) -> Literal {
        let language = self.annotation.language.as_deref().unwrap_or("zh");
        Literal::new_language_tagged_literal(words, language).unwrap_or_else(|_| chinese(words))
    }

    /// Says that `subject` was read from these words, and describes the words.
    fn derive(&mut self, subject: &NamedNode, span: CharSpan) {
        let phrase = self.phrase(span);
        self.add(subject, prov::WAS_DERIVED_FROM, phrase);
    }

    /// Describes words of the text, and gives their node.
    fn phrase(&mut self, span: CharSpan) -> NamedNode {
        if self.phrases.insert(span) {
            self.anchor(span, nif::PHRASE)
        } else {
            self.iris.span(&self.annotation.id, span)
        }
    }

    /// Describes words of the text of some kind, and gives their node.
    fn anchor(&mut self, span: CharSpan, kind: NamedNodeRef<'_>) -> NamedNode {
        let anchor = self.iris.span(&self.annotation.id, span);
        self.add(&anchor, rdf::TYPE, kind.into_owned());
        self.add(&anchor, nif::BEGIN_INDEX, integer(span.start));
        self.add(&anchor, nif::END_INDEX, integer(span.end));
        let words = self.text(self.words(span));
        self.add(&anchor, nif::ANCHOR_OF, words);
        let document = self.document.clone();
        self.add(&anchor, nif::REFERENCE_CONTEXT, document);
        anchor
    }
}

/// The document itself, and its reprints.
fn describe(graph: &mut Graph<'_>) {
    let (annotation, document) = (graph.annotation, graph.document.clone());
    graph.add(&document, rdf::TYPE, schema::NEWS_ARTICLE);
    graph.add(&document, rdf::TYPE, nif::CONTEXT);
    let Annotation { title, published, source, url, author, .. } = annotation;
    head(graph, &document, [title, published, source, url, author].map(Option::as_deref));
    for Reprint { id, title, published, source, url, author } in &annotation.reprints {
        let print = graph.iris.document(id);
        graph.add(&print, rdf::TYPE, tupu::REPRINT);
        graph.add(&print, tupu::REPRINT_OF, document.clone());
        head(graph, &print, [title, published, source, url, author].map(Option::as_deref));
    }
}

/// What stands above a text.
fn head(graph: &mut Graph<'_>, print: &NamedNode, [title, published, source, url, author]: [Option<&str>; 5]) {
    if let Some(title) = title {
        let headline = graph.text(title);
        graph.add(print, schema::HEADLINE, headline);
    }
    if let Some(published) = published {
        // A month or a year alone is no xsd:date: it is kept as it was given.
        let literal = match time::days(published) {
            Some((from, to)) if from == to => date(from),
            _ => Literal::from(published),
        };
        graph.add(print, schema::DATE_PUBLISHED, literal);
    }
    match source.map(|source| (source, NamedNode::new(source))) {
        Some((_, Ok(address))) => graph.add(print, prov::HAD_PRIMARY_SOURCE, address),
        Some((name, Err(_))) => graph.add(print, schema::PUBLISHER, Literal::from(name)),
        None => {}
    }
    if let Some(url) = url {
        graph.add(print, schema::URL, Literal::from(url));
    }
    if let Some(author) = author {
        graph.add(print, schema::AUTHOR, Literal::from(author));
    }
}

fn chinese(words: &str) -> Literal {
    Literal::new_language_tagged_literal_unchecked(words, "zh")
}

fn date(day: time::Day) -> Literal {
    Literal::new_typed_literal(day.to_string(), xsd::DATE)
}

fn integer(value: usize) -> Literal {
    Literal::from(i64::try_from(value).unwrap_or(i64::MAX))
}

/// A whole number as `xsd:integer`, any other as `xsd:decimal`, which is exact where a double is not.
fn number(value: f64) -> Literal {
    if value.fract() == 0.0 && value.abs() < 9_007_199_254_740_992.0 {
        #[allow(clippy::cast_possible_truncation)]
        Literal::from(value as i64)
    } else {
        Literal::new_typed_literal(value.to_string(), xsd::DECIMAL)
    }
}
