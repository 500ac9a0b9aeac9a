//! Which part of the graph is asked for: what nobody asks for need not be derived.

use oxigraph::model::NamedNodeRef;
use rustc_hash::FxHashSet;

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
}

/// All that documents state, each by itself too.
pub(super) static WHOLE: Scope = Scope { named_graphs: true, properties: None, unread: false };

impl Scope {
    /// All that documents state, each by itself too.
    #[must_use]
    pub fn whole() -> Self {
        WHOLE.clone()
    }

    /// All that documents state, whichever does.
    #[must_use]
    pub const fn default_graph() -> Self {
        Self { named_graphs: false, properties: None, unread: false }
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
        }
    }

    /// Whether statements with this property are asked for.
    #[must_use]
    pub fn has(&self, property: NamedNodeRef<'_>) -> bool {
        self.properties.as_ref().is_none_or(|properties| properties.contains(property.as_str()))
    }
}
