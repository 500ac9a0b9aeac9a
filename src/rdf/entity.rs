//! Which IRI an entity of a document has, and what is said of it.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{Literal, NamedNode};

use super::vocab::{rdf, rdfs, skos, term, tupu};
use super::{Graph, chinese};
use crate::annotation::{Annotation, Entity, EntityType};
use crate::rdf::Iris;
use crate::text::normal;

/// Who an entity of a document is in the graph.
#[derive(Debug, Clone)]
pub(super) struct Identity {
    /// Its node.
    pub iri: NamedNode,
    /// Its name in the normal form, one for one node, so that no query counts an entity twice.
    pub name: String,
}

/// The entities of a document by their ids.
///
/// This is the one place that says which node an entity is: linking will put canonical IRIs here.
pub(super) fn identify<'a>(annotation: &'a Annotation, iris: &Iris) -> BTreeMap<&'a str, Identity> {
    let mut taken = BTreeSet::new();
    let mut entities = BTreeMap::new();
    for entity in &annotation.entities {
        let mut name = normal::normal(normal::untitled(&entity.name));
        let iri = if is_global(annotation, entity) && !name.is_empty() {
            iris.global(entity.kind, &name)
        } else {
            if name.is_empty() {
                name.clone_from(&entity.id);
            }
            let mut running = 1;
            loop {
                let iri = iris.local(&annotation.id, entity.kind, &name, running);
                if taken.insert(iri.clone()) {
                    break iri;
                }
                running += 1;
            }
        };
        entities.insert(entity.id.as_str(), Identity { iri, name });
    }
    entities
}

/// Whether every document means the same by this entity's name.
fn is_global(annotation: &Annotation, entity: &Entity) -> bool {
    match entity.kind {
        EntityType::Product | EntityType::Disease => true,
        EntityType::Place => !normal::is_deictic(&entity.name),
        EntityType::Organization => normal::is_distinguishing(&entity.name),
        EntityType::Work => is_titled(annotation, entity),
        EntityType::Person | EntityType::Group | EntityType::Activity => false,
    }
}

/// Whether a work stands in 《》, within its name or around a mention.
fn is_titled(annotation: &Annotation, entity: &Entity) -> bool {
    let bracketed = |start: usize, end: usize| {
        let mut around = annotation.text.chars().skip(start - 1).take(end - start + 2);
        around.next() == Some('《') && around.last() == Some('》')
    };
    normal::untitled(&entity.name) != entity.name
        || entity.mentions.iter().any(|m| m.start > 0 && m.start < m.end && bracketed(m.start, m.end))
}

/// Its type, name, label, and the other names that the document gives it.
pub(super) fn describe(graph: &mut Graph<'_>, entity: &Entity, identity: &Identity) {
    let iri = &identity.iri;
    graph.add(iri, rdf::TYPE, term(entity.kind.name()));
    graph.add(iri, tupu::NAME, Literal::from(identity.name.as_str()));
    graph.add(iri, rdfs::LABEL, chinese(&identity.name));
    let written = entity.mentions.iter().map(|m| graph.words(*m)).chain([entity.name.as_str()]);
    // As written, and as names are compared.
    let others: BTreeSet<String> = written
        .filter(|words| names(entity.kind, words))
        .flat_map(|words| [words.to_owned(), normal::normal(words)])
        .filter(|words| *words != identity.name)
        .collect();
    for words in others {
        graph.add(iri, skos::ALT_LABEL, chinese(&words));
    }
}

/// Whether a mention is a name of the entity, not a word that points back to it.
fn names(kind: EntityType, mention: &str) -> bool {
    let name = normal::normal(mention);
    let generic = kind == EntityType::Organization && normal::is_generic(&name);
    !name.is_empty() && !generic && !normal::is_anaphoric(&name)
}
