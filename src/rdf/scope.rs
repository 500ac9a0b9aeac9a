//! Which part of the graph is asked for: what nobody asks for need not be derived.

use oxigraph::model::{NamedNode, NamedNodeRef};
use rustc_hash::FxHashSet;

use super::Iris;
use crate::link::Linking;

/// A part of the graph: the default graph, or some properties of it, or everything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// Whether the named graphs are asked for: what each document states by itself, the reasons why entities are who
    /// they are, and the ontology.
    pub named_graphs: bool,
    /// The IRIs of the properties that are asked for; all where none are listed.
    pub properties: Option<FxHashSet<String>>,
    /// Whether the sentences from which no fact was read are asked for.
    pub unread: bool,
    /// Whether facts are asked for as reifiers of the direct edges that they draw (`rdf:reifies`, of RDF 1.2).
    pub reifiers: bool,
    /// The facts and entities that are asked for; all where none are listed.
    pub only: Option<Only>,
}

/// Some facts, and the entities of which they speak.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Only {
    facts: FxHashSet<String>,
    entities: FxHashSet<String>,
    /// What the entities fall under or are units of, where no fact speaks of it.
    wider: FxHashSet<String>,
}

impl Only {
    /// These facts and entities, by their IRIs, and what the entities fall under.
    pub fn new(
        facts: impl IntoIterator<Item = String>,
        entities: impl IntoIterator<Item = String>,
        linking: &Linking,
        iris: &Iris,
    ) -> Self {
        let entities: FxHashSet<String> = entities.into_iter().collect();
        let iri = |at: &usize| linking.identities.get(*at).map(|identity| iris.entity(&identity.key).into_string());
        let mut wider = FxHashSet::default();
        for identity in &linking.identities {
            if entities.contains(iris.entity(&identity.key).as_str()) {
                let bodies: Vec<usize> = identity.unit_of.into_iter().collect();
                wider
                    .extend(identity.under.iter().chain(&bodies).filter_map(iri).filter(|iri| !entities.contains(iri)));
            }
        }
        Self { facts: facts.into_iter().collect(), entities, wider }
    }
}

/// All that documents state, each by itself too.
pub(super) static WHOLE: Scope =
    Scope { named_graphs: true, properties: None, unread: false, reifiers: false, only: None };

impl Scope {
    /// All that documents state, each by itself too.
    #[must_use]
    pub fn whole() -> Self {
        WHOLE.clone()
    }

    /// All that documents state, whichever does.
    #[must_use]
    pub const fn default_graph() -> Self {
        Self { named_graphs: false, properties: None, unread: false, reifiers: false, only: None }
    }

    /// What this or the other asks for.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let both = self.properties.zip(other.properties);
        Self {
            named_graphs: self.named_graphs || other.named_graphs,
            properties: both.map(|(mut all, more)| {
                all.extend(more);
                all
            }),
            unread: self.unread || other.unread,
            reifiers: self.reifiers || other.reifiers,
            only: self.only.zip(other.only).map(|(mut all, more)| {
                all.facts.extend(more.facts);
                all.entities.extend(more.entities);
                all.wider.extend(more.wider);
                all
            }),
        }
    }

    /// Whether statements with this property are asked for.
    #[must_use]
    pub fn has(&self, property: NamedNodeRef<'_>) -> bool {
        self.properties.as_ref().is_none_or(|properties| properties.contains(property.as_str()))
    }

    /// Whether this fact is asked for.
    #[must_use]
    pub fn has_fact(&self, fact: &NamedNode) -> bool {
        self.only.as_ref().is_none_or(|only| only.facts.contains(fact.as_str()))
    }

    /// Whether this entity is asked for.
    #[must_use]
    pub fn has_entity(&self, entity: &NamedNode) -> bool {
        self.only.as_ref().is_none_or(|only| only.entities.contains(entity.as_str()))
    }

    /// Whether this entity is asked for only because another one falls under it.
    pub(super) fn has_as_wider(&self, entity: &NamedNode) -> bool {
        self.only.as_ref().is_some_and(|only| only.wider.contains(entity.as_str()))
    }
}
