//! What holds of entities whatever single documents say: what they fall under, what they are elsewhere, and why names and
//! documents are one.

use std::collections::BTreeMap;

use oxigraph::model::{GraphName, Literal, NamedNode, NamedNodeRef, Quad, Term};

use super::iri::{below, encode};
use super::scope::{Scope, WHOLE};
use super::vocab::{org, prov, rdf, rdfs, schema, skos, term, tupu, xsd};
use super::{Graph, Iris, chinese};
use crate::annotation::{Annotation, EntityType};
use crate::decision::{self, Decision};
use crate::link::{Evidence, Identity, Key, Linking};

/// The relations between entities, in the named graph of identities.
#[must_use]
pub fn relations(linking: &Linking, iris: &Iris) -> Vec<Quad> {
    relations_within(linking, iris, &WHOLE)
}

/// [`relations`] as far as `scope` asks for them, in the default graph where it asks for no named graphs.
#[must_use]
pub fn relations_within(linking: &Linking, iris: &Iris, scope: &Scope) -> Vec<Quad> {
    let mut out = Out::new(iris, scope);
    let nodes: Vec<NamedNode> = linking.identities.iter().map(|identity| iris.entity(&identity.key)).collect();
    for (identity, node) in linking.identities.iter().zip(&nodes) {
        if identity.is_elsewhere {
            continue;
        }
        let as_wider = scope.has_as_wider(node);
        if !as_wider && !scope.has_entity(node) {
            continue;
        }
        if identity.documents.is_empty() {
            out.wider(identity, node);
        } else if as_wider {
            out.describe(identity, node, term(identity.kind.name()));
        }
        for name in identity.other_names.iter().filter(|name| **name != identity.name) {
            out.add(node, skos::ALT_LABEL, chinese(name));
        }
        if let Key::Code(code) = &identity.key {
            out.add(node, tupu::CODE, Literal::from(code.as_str()));
        }
        let direct = if identity.kind == EntityType::Place { schema::CONTAINED_IN_PLACE } else { skos::BROADER };
        if let Some(next) = identity.under.first() {
            out.add(node, direct, nodes[*next].clone());
        }
        for wider in &identity.under {
            out.add(node, tupu::UNDER, nodes[*wider].clone());
        }
        if let Some(whole) = identity.unit_of {
            out.add(node, org::UNIT_OF, nodes[whole].clone());
        }
        for iri in &identity.same_as {
            out.add(node, schema::SAME_AS, NamedNode::new_unchecked(iri));
        }
    }
    out.quads
}

/// Why names are names of one entity, and what a person has decided, in the named graph of identities; of the entities and
/// facts that `scope` asks for.
#[must_use]
pub fn reasons(
    linking: &Linking,
    annotations: &[Annotation],
    decisions: &[Decision],
    iris: &Iris,
    scope: &Scope,
) -> Vec<Quad> {
    let documents: BTreeMap<&str, &Annotation> = annotations.iter().map(|a| (a.id.as_str(), a)).collect();
    let mut out = Out::new(iris, &WHOLE);
    let mut about: BTreeMap<&str, Vec<NamedNode>> = BTreeMap::new();
    for identity in &linking.identities {
        let node = iris.entity(&identity.key);
        if !scope.has_entity(&node) {
            continue;
        }
        out.aliases(identity, &node, &documents, iris);
        for agreement in &identity.agreements {
            out.add(&node, tupu::KNOWN_BY, iris.entity(&agreement.body));
        }
        for id in &identity.decisions {
            about.entry(id).or_default().push(node.clone());
        }
    }
    for (_, fact, verdict) in linking.verdicts() {
        let fact = iris.fact(fact);
        if scope.has_fact(&fact) {
            about.entry(&verdict.decision).or_default().push(fact);
        }
    }
    for (id, decision) in decision::standing(decisions) {
        let objects = about.remove(id.as_str()).unwrap_or_default();
        if scope.only.is_some() && objects.is_empty() {
            continue;
        }
        let node = iris.decision(&id);
        out.add(&node, rdf::TYPE, tupu::DECISION);
        out.add(&node, tupu::DECIDES, Literal::from(decision.act.name()));
        out.add(&node, rdfs::COMMENT, chinese(&decision.reason));
        out.add(&node, schema::DATE_CREATED, Literal::new_typed_literal(&decision.date, xsd::DATE));
        for object in objects {
            out.add(&node, schema::ABOUT, object);
        }
    }
    out.quads
}

struct Out<'a> {
    scope: &'a Scope,
    graph: GraphName,
    quads: Vec<Quad>,
}

impl<'a> Out<'a> {
    fn new(iris: &Iris, scope: &'a Scope) -> Self {
        let graph = if scope.named_graphs { iris.identities().into() } else { GraphName::DefaultGraph };
        Self { scope, graph, quads: Vec::new() }
    }

    fn add(&mut self, subject: &NamedNode, predicate: NamedNodeRef<'_>, object: impl Into<Term>) {
        if self.scope.has(predicate) {
            self.quads.push(Quad::new(subject.clone(), predicate, object, self.graph.clone()));
        }
    }

    /// Describes what no document mentions and others fall under. It has none of the types of entities, so nothing
    /// counts it as one that a text speaks of.
    fn wider(&mut self, identity: &Identity, node: &NamedNode) {
        let kind = if identity.kind == EntityType::Place { schema::ADMINISTRATIVE_AREA } else { skos::CONCEPT };
        self.describe(identity, node, kind.into_owned());
    }

    fn describe(&mut self, identity: &Identity, node: &NamedNode, kind: NamedNode) {
        self.add(node, rdf::TYPE, kind);
        self.add(node, tupu::NAME, Literal::from(identity.name.as_str()));
        self.add(node, rdfs::LABEL, chinese(&identity.name));
    }

    fn aliases(&mut self, identity: &Identity, node: &NamedNode, documents: &BTreeMap<&str, &Annotation>, iris: &Iris) {
        for alias in &identity.aliases {
            let at = below(node, &format!("alias/{}", encode(&alias.short)));
            self.add(&at, rdf::TYPE, tupu::ALIAS);
            self.add(&at, tupu::ALIAS_OF, node.clone());
            self.add(&at, tupu::NAME, Literal::from(alias.short.as_str()));
            let how = match alias.evidence {
                Evidence::Defined { .. } => "definition",
                Evidence::Renamed { .. } => "renaming",
                Evidence::Used { .. } => "use",
                Evidence::Listed => "list",
            };
            self.add(&at, tupu::BY, Literal::from(how));
            let stands = alias.evidence.stands().and_then(|(id, words)| Some((*documents.get(id)?, words)));
            if let Some((annotation, words)) = stands {
                let mut graph = Graph::new(annotation, iris, &WHOLE);
                let phrase = graph.phrase(words);
                self.quads.append(&mut graph.quads);
                self.add(&at, prov::WAS_DERIVED_FROM, phrase);
            }
        }
    }
}
