//! Where what has an IRI or a name stands in the workspace.

use std::collections::BTreeMap;

use crate::graph::Stated;
use crate::rdf::Iris;
use crate::workspace::Contents;

/// Places by IRI and by name.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// By its IRI, the place of a document's annotation in [`Contents::annotations`]; of a reprint that of the document
    /// that it repeats.
    pub documents: BTreeMap<String, usize>,
    /// By its IRI, the place of a fact: that of its annotation, and its own in it.
    pub facts: BTreeMap<String, (usize, usize)>,
    /// By its IRI, the place of an entity in [`crate::link::Linking::identities`].
    pub identities: BTreeMap<String, usize>,
    /// By its name, the place of an entity likewise; none where several that texts mention bear it.
    pub named: BTreeMap<String, Option<usize>>,
    /// By the place of a document in [`Contents::annotations`], how many facts of the graph it states.
    pub fact_counts: BTreeMap<usize, usize>,
}

impl Index {
    pub fn new(contents: &Contents, stated: &Stated, iris: &Iris) -> Self {
        let mut index = Self::default();
        index.add_documents(contents, iris);
        index.add_entities(contents, iris);
        for (document, _) in stated.facts.iter().filter_map(|fact| index.facts.get(&fact.iri)) {
            *index.fact_counts.entry(*document).or_default() += 1;
        }
        index
    }

    fn add_documents(&mut self, contents: &Contents, iris: &Iris) {
        for (at, annotation) in contents.annotations.iter().enumerate() {
            self.documents.insert(iris.document(&annotation.id).into_string(), at);
            let ids = annotation.fact_ids().into_iter().enumerate();
            self.facts.extend(ids.map(|(nth, id)| (iris.fact(&id).into_string(), (at, nth))));
        }
        // A document that is there by itself goes before one that only repeats another.
        for (at, annotation) in contents.annotations.iter().enumerate() {
            for print in &annotation.reprints {
                self.documents.entry(iris.document(&print.id).into_string()).or_insert(at);
            }
        }
    }

    fn add_entities(&mut self, contents: &Contents, iris: &Iris) {
        for (at, identity) in contents.linking.identities.iter().enumerate() {
            self.identities.insert(iris.entity(&identity.key).into_string(), at);
            if !identity.documents.is_empty() {
                self.named.entry(identity.name.clone()).and_modify(|of| *of = None).or_insert(Some(at));
            }
        }
    }
}
