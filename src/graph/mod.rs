//! The store as a graph of petgraph: for export, and for what is computed on it.

pub mod measure;
mod path;

use std::collections::BTreeMap;

use oxigraph::model::{NamedNode, Term};
use petgraph::graph::{DiGraph, NodeIndex};

use crate::rdf::vocab::term;
use crate::schema::Schema;
use crate::store::{Store, StoreError};

pub use path::{Path, Step, shortest_paths};

/// A graph of entities, or of entities and facts.
pub type KnowledgeGraph = DiGraph<Node, Edge>;

/// An entity, or a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Its IRI.
    pub iri: String,
    /// What people call it.
    pub label: String,
    /// The name of an entity; of a fact its label.
    pub name: String,
    /// Entity type or fact type, as `Organization`.
    pub kind: String,
    /// How often the texts mention an entity; 0 where that is not known.
    pub mentions: usize,
    /// What is stated of a fact (`positive actual`); none for entities.
    pub status: Option<String>,
}

/// What joins two nodes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    /// Its property, as `donated`; from a fact to a filler the role, as `donor`.
    pub property: String,
    /// What people call it.
    pub label: String,
    /// The IRIs of the facts that draw it, sorted; their number is its weight.
    pub facts: Vec<String>,
    /// The earliest day on which one of them begins, `YYYY-MM-DD`; days of publication do not count.
    pub first_date: Option<String>,
}

/// All entities, joined by the direct edges that the frames declare. Facts that are denied or not done yet draw none.
///
/// `mentions` says how often each IRI is mentioned ([`crate::rdf::mentions()`]).
///
/// # Errors
/// Where the store fails.
pub fn of_entities(
    store: &Store,
    schema: &Schema,
    mentions: &BTreeMap<String, usize>,
) -> Result<KnowledgeGraph, StoreError> {
    let mut builder = Builder::entities(store, mentions)?;
    for frame in schema.frames() {
        for edge in &frame.edges {
            let roles = [("type", &frame.name), ("from", &edge.from), ("to", &edge.to)]
                .map(|(variable, name)| (variable, term(name)));
            for row in rows(store, include_str!("edges.rq"), &roles)? {
                if let [Some(from), Some(to), Some(fact), date] = row.as_slice() {
                    builder.edge(from, to, &edge.property, &edge.label.zh, fact, date.as_ref());
                }
            }
        }
    }
    Ok(builder.finish())
}

/// All entities and all facts, whatever their status, each fact joined to its fillers by the roles.
///
/// # Errors
/// Where the store fails.
pub fn of_facts(
    store: &Store,
    schema: &Schema,
    mentions: &BTreeMap<String, usize>,
) -> Result<KnowledgeGraph, StoreError> {
    let mut builder = Builder::entities(store, mentions)?;
    for row in rows(store, include_str!("facts.rq"), &[])? {
        if let [Some(fact), Some(label), Some(kind), Some(polarity), Some(modality)] = row.as_slice() {
            let status = Some(format!("{polarity} {modality}"));
            let kind = local_name(kind).to_owned();
            builder.node(Node {
                iri: fact.clone(),
                label: label.clone(),
                name: label.clone(),
                kind,
                mentions: 0,
                status,
            });
        }
    }
    for row in rows(store, include_str!("roles.rq"), &[])? {
        if let [Some(fact), Some(filler), Some(role), date] = row.as_slice() {
            let role = local_name(role);
            let label = schema.role_label(role).map_or(role, |label| label.zh.as_str());
            builder.edge(fact, filler, role, label, fact, date.as_ref());
        }
    }
    Ok(builder.finish())
}

/// A graph as it grows: nodes by IRI, edges by their ends and property, so that its order is that of the IRIs.
struct Builder {
    nodes: BTreeMap<String, Node>,
    edges: BTreeMap<(String, String, String), Edge>,
}

impl Builder {
    fn entities(store: &Store, mentions: &BTreeMap<String, usize>) -> Result<Self, StoreError> {
        let mut builder = Self { nodes: BTreeMap::new(), edges: BTreeMap::new() };
        for row in rows(store, include_str!("entities.rq"), &[])? {
            if let [Some(iri), Some(name), Some(label), Some(kind)] = row.as_slice() {
                let kind = local_name(kind).to_owned();
                builder.node(Node {
                    iri: iri.clone(),
                    label: label.clone(),
                    name: name.clone(),
                    kind,
                    mentions: mentions.get(iri).copied().unwrap_or_default(),
                    status: None,
                });
            }
        }
        Ok(builder)
    }

    fn node(&mut self, node: Node) {
        self.nodes.entry(node.iri.clone()).or_insert(node);
    }

    fn edge(&mut self, from: &str, to: &str, property: &str, label: &str, fact: &str, date: Option<&String>) {
        let key = (from.to_owned(), to.to_owned(), property.to_owned());
        let edge = self.edges.entry(key).or_insert_with(|| Edge {
            property: property.to_owned(),
            label: label.to_owned(),
            facts: Vec::new(),
            first_date: None,
        });
        edge.facts.push(fact.to_owned());
        edge.first_date = edge.first_date.iter().chain(date).min().cloned();
    }

    fn finish(self) -> KnowledgeGraph {
        let mut graph = KnowledgeGraph::new();
        let indices: BTreeMap<String, NodeIndex> =
            self.nodes.into_iter().map(|(iri, node)| (iri, graph.add_node(node))).collect();
        for ((from, to, _), mut edge) in self.edges {
            if let (Some(from), Some(to)) = (indices.get(&from), indices.get(&to)) {
                edge.facts.sort();
                edge.facts.dedup();
                graph.add_edge(*from, *to, edge);
            }
        }
        graph
    }
}

/// The rows of one of the queries beside this file, as plain strings.
fn rows(store: &Store, text: &str, values: &[(&str, NamedNode)]) -> Result<Vec<Vec<Option<String>>>, StoreError> {
    let plain = |term: Term| match term {
        Term::NamedNode(iri) => iri.into_string(),
        Term::Literal(literal) => literal.value().to_owned(),
        other => other.to_string(),
    };
    let rows = store.select(text, values)?;
    Ok(rows.into_iter().map(|row| row.into_iter().map(|term| term.map(plain)).collect()).collect())
}

/// The name of a `tupu:` term.
fn local_name(iri: &str) -> &str {
    iri.rsplit_once('#').map_or(iri, |(_, name)| name)
}
