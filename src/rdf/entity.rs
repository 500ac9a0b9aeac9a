//! Which IRI an entity of a document has, and what is said of it.

use std::collections::BTreeMap;

use oxigraph::model::{Literal, NamedNode};

use super::vocab::{rdf, rdfs, skos, term, tupu};
use super::{Graph, Iris, chinese};
use crate::annotation::{Annotation, EntityType};
use crate::link::{Linking, Member};
use crate::span::CharSpan;

/// Who an entity of a document is in the graph.
#[derive(Debug, Clone)]
pub(super) struct Node<'a> {
    /// Its IRI.
    pub iri: NamedNode,
    /// Its type.
    pub kind: EntityType,
    /// Its name in the normal form, one for one node, so that no query counts an entity twice.
    pub name: &'a str,
    /// What the document says of it.
    pub member: &'a Member,
    /// Whether the document is the first that speaks of it.
    pub is_first: bool,
}

/// The entities of one document by their ids.
pub(super) struct Entities<'a> {
    by_id: BTreeMap<&'a str, Vec<Node<'a>>>,
}

impl<'a> Entities<'a> {
    pub(super) fn of(annotation: &Annotation, linking: &'a Linking, iris: &Iris) -> Self {
        let mut by_id: BTreeMap<&str, Vec<Node<'_>>> = BTreeMap::new();
        for member in linking.members(&annotation.id) {
            let Some(identity) = linking.identities.get(member.identity) else { continue };
            let iri = iris.entity(&identity.key);
            let is_first = identity.documents.first() == Some(&annotation.id);
            let node = Node { iri, kind: identity.kind, name: &identity.name, member, is_first };
            by_id.entry(&member.entity).or_default().push(node);
        }
        Self { by_id }
    }

    /// Who an entity is where these words mention it, or wherever it is mentioned.
    pub(super) fn get(&self, id: &str, words: Option<CharSpan>) -> Option<&Node<'a>> {
        let nodes = self.by_id.get(id)?;
        let mentioned = words.and_then(|words| nodes.iter().find(|node| node.member.mentions.contains(&words)));
        mentioned.or_else(|| nodes.first())
    }

    /// All of them, in the order of their ids.
    pub(super) fn nodes(&self) -> impl Iterator<Item = &Node<'a>> {
        self.by_id.values().flatten()
    }
}

/// Its type, name, label, and the other names that the document gives it.
pub(super) fn describe(graph: &mut Graph<'_>, node: &Node<'_>) {
    let iri = &node.iri;
    // In the default graph each triple stands once, whoever states it; of some documents the first may not be among them.
    if node.is_first || graph.scope.named_graphs || graph.scope.only.is_some() {
        graph.add(iri, rdf::TYPE, term(node.kind.name()));
        graph.add(iri, tupu::NAME, Literal::from(node.name));
        graph.add(iri, rdfs::LABEL, chinese(node.name));
    }
    for words in node.member.names.iter().filter(|words| *words != node.name) {
        graph.add(iri, skos::ALT_LABEL, chinese(words));
    }
}
