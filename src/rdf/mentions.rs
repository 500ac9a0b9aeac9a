//! The mention layer: every place that mentions an entity, and every filler of a fact with the words it was read from.
//!
//! The graph says of a fact which words state it, and of a filler where it stands only where that is elsewhere. This
//! layer says it of all, for whoever studies the reading itself. It is much larger than the graph, so it is written on
//! request alone.

use std::collections::BTreeMap;

use oxigraph::model::{Literal, NamedNode, Quad, Term};

use super::entity::{Entities, Node};
use super::vocab::{itsrdf, term, tupu};
use super::{Graph, Iris, Scope, fact};
use crate::annotation::{Annotation, Fact, Filler, Value};
use crate::link::Linking;

/// The mention layer of one document, each quad in its named graph or where `scope` asks for none in the default graph, in a fixed order and perhaps with repetitions. It
/// stands beside what [`super::quads_within`] gives and shares its nodes.
///
/// A filler whose place the annotation does not tell, as those of gold, has its role and no words.
#[must_use]
pub fn layer(annotation: &Annotation, linking: &Linking, iris: &Iris, scope: &Scope) -> Vec<Quad> {
    let entities = Entities::of(annotation, linking, iris);
    let mut graph = Graph::new(annotation, iris, scope);
    if !fact::is_asked(annotation, linking, iris, scope) {
        return graph.quads;
    }
    for node in entities.nodes().filter(|node| scope.has_entity(&node.iri)) {
        for span in &node.member.mentions {
            let phrase = graph.phrase(*span);
            graph.add(&phrase, itsrdf::TA_IDENT_REF, node.iri.clone());
        }
    }
    for (fact, node, _) in fact::nodes(annotation, linking, iris, scope) {
        arguments(&mut graph, fact, &node, &entities);
    }
    graph.quads
}

/// The fillers of one fact. They are numbered as where the fact itself is written.
fn arguments(graph: &mut Graph<'_>, fact: &Fact, node: &NamedNode, entities: &Entities<'_>) {
    let mut running: BTreeMap<&str, usize> = BTreeMap::new();
    for filler in &fact.roles {
        let nth = running.entry(filler.role.as_str()).and_modify(|n| *n += 1).or_insert(1);
        let quantity = fact::quantity_node(node, &filler.role, *nth);
        let entity = filler.entity.as_deref().and_then(|id| entities.get(id, fact::words_of(filler)));
        let Some(filled) = filled(filler, entity, &quantity) else { continue };
        let at = fact::argument_node(node, &filler.role, *nth);
        graph.add(&at, tupu::ROLE, term(&filler.role));
        graph.add(&at, tupu::FILLER, filled);
        if let Some(words) = fact::words_of(filler) {
            graph.derive(&at, words);
        }
        if let Some(words) = filler.quantity.as_ref().and_then(|q| fact::words(q.start, q.end)) {
            graph.derive(&quantity, words);
        }
    }
}

/// What stands in the role, as the fact itself has it: an entity, the node of a quantity, or words.
fn filled(filler: &Filler, entity: Option<&Node<'_>>, quantity: &NamedNode) -> Option<Term> {
    match (entity, &filler.value) {
        (Some(entity), _) => Some(entity.iri.clone().into()),
        (None, Some(Value::Quantity(_))) => Some(quantity.clone().into()),
        (None, Some(Value::Text(text))) => Some(Literal::from(text.as_str()).into()),
        (None, None) => None,
    }
}
