//! What can occur in the graph, and what it is called.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use oxigraph::model::{NamedOrBlankNode, Quad, Term as RdfTerm};
use serde::Serialize;

use super::parameters::Parameters;
use crate::annotation::EntityType as Kind;
use crate::export::style::{self, Shape, Style};
use crate::rdf::ontology;
use crate::rdf::vocab::{PREFIXES, owl, rdf, rdfs, term, tupu};
use crate::schema;
use crate::serve::error::ApiError;
use crate::serve::{Loaded, Server};

#[derive(Debug, Clone, Default, Serialize)]
struct Label {
    zh: String,
    en: String,
}

#[derive(Serialize)]
pub(in crate::serve) struct Schema {
    entity_types: Vec<EntityType>,
    fact_style: Look,
    fact_types: Vec<FactType>,
    /// Labels of the direct relations, by property.
    relations: BTreeMap<String, Label>,
    /// Labels of all roles, by name.
    roles: BTreeMap<String, Label>,
    prefixes: Vec<(&'static str, &'static str)>,
    terms: Vec<Term>,
}

#[derive(Serialize)]
struct Look {
    label: Label,
    /// `#rrggbb`.
    colour: &'static str,
    ink: &'static str,
    shape: &'static str,
}

#[derive(Serialize)]
struct EntityType {
    name: &'static str,
    #[serde(flatten)]
    look: Look,
}

#[derive(Serialize)]
struct FactType {
    name: String,
    label: Label,
    about: Label,
    roles: Vec<Role>,
    count: usize,
}

#[derive(Serialize)]
struct Role {
    name: String,
    label: Label,
}

/// A term for the completion of queries.
#[derive(Serialize)]
struct Term {
    /// `tupu:Donation`.
    name: String,
    label: Label,
    /// `class` or `property`.
    kind: &'static str,
}

pub(super) async fn schema(
    State(server): State<Arc<Server>>,
    parameters: Parameters,
) -> Result<Json<Schema>, ApiError> {
    parameters.only(&[])?;
    Ok(Json(Schema::of(&*server.loaded()?)))
}

impl From<&schema::Label> for Label {
    fn from(label: &schema::Label) -> Self {
        Self { zh: label.zh.clone(), en: label.en.clone() }
    }
}

impl Look {
    fn of(style: Style, label: Option<&Label>) -> Self {
        let label = label.cloned().unwrap_or_else(|| Label { zh: style.label.to_owned(), en: String::new() });
        Self { label, colour: style.fill, ink: style.ink, shape: name(style.shape) }
    }
}

const fn name(shape: Shape) -> &'static str {
    match shape {
        Shape::Circle => "circle",
        Shape::Hexagon => "hexagon",
        Shape::Square => "square",
        Shape::Triangle => "triangle",
        Shape::Diamond => "diamond",
        Shape::Pentagon => "pentagon",
        Shape::Star => "star",
        Shape::Cross => "cross",
        Shape::Bar => "bar",
    }
}

impl Schema {
    fn of(loaded: &Loaded) -> Self {
        let schema = &loaded.schema;
        let quads = ontology::quads(schema);
        let labels = labels(&quads);
        let label = |name: &str| labels.get(term(name).as_str());
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        loaded.stated.facts.iter().for_each(|fact| *counts.entry(&fact.kind).or_default() += 1);
        let fact_type = |frame: &schema::Frame| {
            let mut roles: Vec<_> = frame.roles.iter().collect();
            // In the order in which the frame has them, the main ones first; time and place, which all have, last.
            roles.sort_by_key(|(name, role)| (role.line == 0, role.line, *name));
            let role =
                |(name, _): (&String, _)| Role { name: name.clone(), label: label(name).cloned().unwrap_or_default() };
            FactType {
                name: frame.name.clone(),
                label: (&frame.label).into(),
                about: (&frame.about).into(),
                roles: roles.into_iter().map(role).collect(),
                count: counts.get(frame.name.as_str()).copied().unwrap_or_default(),
            }
        };
        let edges = schema.frames().flat_map(|frame| &frame.edges);
        let roles = schema.frames().flat_map(|frame| frame.roles.keys());
        Self {
            entity_types: Kind::ALL
                .map(|kind| EntityType {
                    name: kind.name(),
                    look: Look::of(style::of_type(kind.name()), label(kind.name())),
                })
                .into(),
            fact_style: Look::of(style::FACT, labels.get(tupu::FACT.as_str())),
            fact_types: schema.frames().map(fact_type).collect(),
            relations: edges.map(|edge| (edge.property.clone(), (&edge.label).into())).collect(),
            roles: roles.map(|role| (role.clone(), label(role).cloned().unwrap_or_default())).collect(),
            prefixes: PREFIXES.into(),
            terms: terms(&quads, &labels),
        }
    }
}

/// The labels of what the ontology describes, by IRI.
fn labels(quads: &[Quad]) -> BTreeMap<String, Label> {
    let mut labels: BTreeMap<String, Label> = BTreeMap::new();
    for quad in quads.iter().filter(|quad| quad.predicate == rdfs::LABEL) {
        let (NamedOrBlankNode::NamedNode(of), RdfTerm::Literal(words)) = (&quad.subject, &quad.object) else {
            continue;
        };
        let label = labels.entry(of.as_str().to_owned()).or_default();
        let place = if words.language() == Some("en") { &mut label.en } else { &mut label.zh };
        words.value().clone_into(place);
    }
    labels
}

/// The classes and properties of the ontology, by name.
fn terms(quads: &[Quad], labels: &BTreeMap<String, Label>) -> Vec<Term> {
    let mut terms: BTreeMap<String, Term> = BTreeMap::new();
    for quad in quads.iter().filter(|quad| quad.predicate == rdf::TYPE) {
        let (NamedOrBlankNode::NamedNode(of), RdfTerm::NamedNode(class)) = (&quad.subject, &quad.object) else {
            continue;
        };
        let Some(local) = of.as_str().strip_prefix(tupu::NAMESPACE) else { continue };
        let kind = if *class == owl::CLASS { "class" } else { "property" };
        if !class.as_str().starts_with(owl::NAMESPACE) {
            continue;
        }
        let label = labels.get(of.as_str()).cloned().unwrap_or_default();
        let name = format!("tupu:{local}");
        terms.entry(name.clone()).or_insert(Term { name, label, kind });
    }
    terms.into_values().collect()
}
