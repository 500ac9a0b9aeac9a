//! Facts as nodes: their roles, quantities, status and evidence, and the direct edges drawn beside them.

use std::collections::BTreeMap;

use super::entity::{Entities, Node};
use super::iri::{Iris, below, encode};
use super::vocab::{prov, qudt, rdf, rdfs, term, tupu};
use super::{Graph, Scope, chinese, date, number};
use crate::annotation::{Annotation, Fact, Filler, Modality, Polarity, Quantity, Value, amount, in_words};
use crate::link::{Linking, Verdict};
use crate::schema::{Fills, Schema, ValueKind};
use crate::span::CharSpan;
use crate::text::time;
use oxigraph::model::{Literal, NamedNode, Triple};

/// All facts of the document.
pub(super) fn describe(graph: &mut Graph<'_>, schema: &Schema, linking: &Linking, entities: &Entities<'_>) {
    for (fact, node, verdict) in nodes(graph.annotation, linking, graph.iris, graph.scope) {
        status(graph, &node, fact, verdict);
        roles(graph, &node, fact, schema, entities);
        edges(graph, &node, fact, schema, entities);
        if graph.scope.has(rdfs::LABEL) {
            let label = label(graph.annotation, fact, schema, |filler| named(filler, entities));
            graph.add(&node, rdfs::LABEL, chinese(&label));
        }
    }
}

/// The facts of a document that are asked for, with their nodes and what a person has said of them: all but the rejected
/// ones.
pub(super) fn nodes<'a>(
    annotation: &'a Annotation,
    linking: &'a Linking,
    iris: &Iris,
    scope: &Scope,
) -> Vec<(&'a Fact, NamedNode, Option<&'a Verdict>)> {
    let facts = annotation.facts.iter().zip(annotation.fact_ids());
    let facts = facts.map(|(fact, id)| (fact, iris.fact(&id), linking.verdict(&annotation.id, &id)));
    let stands = |verdict: &Option<&Verdict>| verdict.is_none_or(|verdict| verdict.accepted);
    facts.filter(|(_, node, verdict)| stands(verdict) && scope.has_fact(node)).collect()
}

/// Whether a document is asked for: where some facts are, only if it states one of them.
pub(super) fn is_asked(annotation: &Annotation, linking: &Linking, iris: &Iris, scope: &Scope) -> bool {
    scope.only.is_none() || !nodes(annotation, linking, iris, scope).is_empty()
}

/// Type, polarity, modality, confidence, and where it stands in the text.
fn status(graph: &mut Graph<'_>, node: &NamedNode, fact: &Fact, verdict: Option<&Verdict>) {
    graph.add(node, rdf::TYPE, tupu::FACT);
    graph.add(node, rdf::TYPE, term(&fact.kind));
    let polarity = match fact.polarity {
        Polarity::Positive => "positive",
        Polarity::Negative => "negative",
    };
    let modality = match fact.modality {
        Modality::Actual => "actual",
        Modality::Planned => "planned",
        Modality::Possible => "possible",
    };
    graph.add(node, tupu::POLARITY, Literal::from(polarity));
    graph.add(node, tupu::MODALITY, Literal::from(modality));
    let decided = verdict.map(|verdict| format!("decision:{}", verdict.decision));
    if let Some(confidence) = decided.as_ref().map(|_| 1.0).or(fact.confidence) {
        graph.add(node, tupu::CONFIDENCE, number(confidence));
    }
    if let Some(by) = decided.as_ref().or(fact.by.as_ref()) {
        graph.add(node, tupu::BY, Literal::from(by.as_str()));
    }
    let evidence = fact.evidence.or(fact.trigger);
    for span in evidence.iter().chain(&fact.also) {
        graph.derive(node, *span);
    }
    if evidence.is_none() && fact.also.is_empty() {
        let document = graph.document.clone();
        graph.add(node, prov::WAS_DERIVED_FROM, document);
    }
}

/// The fillers: entities, literals, quantities, times.
fn roles(graph: &mut Graph<'_>, node: &NamedNode, fact: &Fact, schema: &Schema, entities: &Entities<'_>) {
    let mut running: BTreeMap<&str, usize> = BTreeMap::new();
    let mut when: Option<(time::Day, time::Day)> = None;
    for filler in &fact.roles {
        let role = term(&filler.role);
        let nth = running.entry(filler.role.as_str()).and_modify(|n| *n += 1).or_insert(1);
        let at = quantity_node(node, &filler.role, *nth);
        let entity = filler.entity.as_deref().and_then(|id| entities.get(id, words_of(filler)));
        match (entity, &filler.value) {
            (Some(entity), _) => {
                graph.add(node, role.as_ref(), entity.iri.clone());
                graph.add(node, tupu::INVOLVES, entity.iri.clone());
                if let Some(quantity) = &filler.quantity {
                    graph.add(node, tupu::QUANTITY, at.clone());
                    graph.add(&at, tupu::OF, entity.iri.clone());
                    let label = format!("{} {}", entity.name, amount(quantity));
                    describe_quantity(graph, &at, quantity, &label);
                }
                argument(graph, node, fact, filler, *nth, entity);
            }
            (None, Some(Value::Quantity(quantity))) => {
                graph.add(node, role.as_ref(), at.clone());
                describe_quantity(graph, &at, quantity, &amount(quantity));
            }
            (None, Some(Value::Text(text))) if holds_time(fact, filler, schema) => {
                graph.add(node, tupu::TIME, Literal::from(text.as_str()));
                if let Some((from, to)) = time::days(text) {
                    when = Some(when.map_or((from, to), |(first, last)| (first.min(from), last.max(to))));
                }
            }
            (None, Some(Value::Text(text))) => graph.add(node, role.as_ref(), Literal::from(text.as_str())),
            (None, None) => {}
        }
    }
    if let Some((from, to)) = when {
        graph.add(node, tupu::FROM, date(from));
        graph.add(node, tupu::TO, date(to));
    }
}

fn holds_time(fact: &Fact, filler: &Filler, schema: &Schema) -> bool {
    let declared = schema.frame(&fact.kind).and_then(|frame| frame.roles.get(&filler.role));
    filler.role == "time" || declared.is_some_and(|role| role.fills == Fills::Value(ValueKind::Time))
}

/// The node of the quantity of the `nth` filler of a role.
pub(super) fn quantity_node(fact: &NamedNode, role: &str, nth: usize) -> NamedNode {
    below(fact, &format!("{}/{nth}", encode(role)))
}

/// The node that says where the `nth` filler of a role stands.
pub(super) fn argument_node(fact: &NamedNode, role: &str, nth: usize) -> NamedNode {
    let role = encode(role);
    below(fact, &if nth > 1 { format!("arg/{role}/{nth}") } else { format!("arg/{role}") })
}

/// Where a filler stands.
pub(super) fn words_of(filler: &Filler) -> Option<CharSpan> {
    words(filler.start, filler.end)
}

/// A range, where both its ends are given.
pub(super) fn words(start: Option<usize>, end: Option<usize>) -> Option<CharSpan> {
    start.zip(end).map(|(start, end)| CharSpan { start, end })
}

fn describe_quantity(graph: &mut Graph<'_>, node: &NamedNode, quantity: &Quantity, label: &str) {
    graph.add(node, rdfs::LABEL, chinese(label));
    graph.add(node, qudt::NUMERIC_VALUE, number(quantity.value));
    if let Some(unit) = &quantity.unit {
        graph.add(node, tupu::UNIT, Literal::from(unit.as_str()));
    }
    if let Some(currency) = &quantity.currency {
        graph.add(node, tupu::CURRENCY, Literal::from(currency.as_str()));
    }
    if let Some(bound) = quantity.bound {
        graph.add(node, tupu::BOUND, Literal::from(bound.name()));
    }
}

/// Where a filler stands outside the evidence, a node that says so and leads to its words.
fn argument(graph: &mut Graph<'_>, node: &NamedNode, fact: &Fact, filler: &Filler, nth: usize, entity: &Node<'_>) {
    let words = words_of(filler);
    let inside = |word: CharSpan| {
        let mut told = fact.evidence.iter().chain(&fact.also).peekable();
        told.peek().is_none() || told.any(|span| span.start <= word.start && word.end <= span.end)
    };
    if !filler.elided && words.is_none_or(inside) {
        return;
    }
    let at = argument_node(node, &filler.role, nth);
    graph.add(&at, tupu::ROLE, term(&filler.role));
    graph.add(&at, tupu::FILLER, entity.iri.clone());
    graph.add(&at, tupu::ELIDED, Literal::from(true));
    if let Some(words) = words {
        graph.derive(&at, words);
    }
}

/// The direct edges that the frame declares, for what is stated as done.
fn edges(graph: &mut Graph<'_>, node: &NamedNode, fact: &Fact, schema: &Schema, entities: &Entities<'_>) {
    let Some(frame) = schema.frame(&fact.kind).filter(|_| fact.is_asserted()) else { return };
    let filling = |role: &str| {
        let fillers = fact.roles.iter().filter(move |f| f.role == role);
        let nodes = fillers.filter_map(|f| entities.get(f.entity.as_deref()?, words_of(f)));
        nodes.map(|node| node.iri.clone()).collect::<Vec<_>>()
    };
    for edge in &frame.edges {
        let property = term(&edge.property);
        for from in filling(&edge.from) {
            for to in filling(&edge.to).into_iter().filter(|to| *to != from) {
                if graph.scope.reifiers {
                    let edge = Triple::new(from.clone(), property.clone(), to.clone());
                    graph.add(node, rdf::REIFIES, edge);
                }
                graph.add(&from, property.as_ref(), to);
            }
        }
    }
}

/// The name of the entity that fills a role.
fn named<'a>(filler: &Filler, entities: &'a Entities<'_>) -> Option<&'a str> {
    filler.entity.as_deref().and_then(|id| entities.get(id, words_of(filler))).map(|node| node.name)
}

/// A line for people: the fillers and the frame's name in the order in which the text has them. `named` gives the names
/// of entities.
pub(crate) fn label<'a>(
    annotation: &Annotation,
    fact: &Fact,
    schema: &Schema,
    named: impl Fn(&Filler) -> Option<&'a str>,
) -> String {
    const LONGEST: usize = 20;
    let verb = schema.frame(&fact.kind).map_or(fact.kind.as_str(), |frame| frame.label.zh.as_str());
    let mut words: Vec<(usize, String)> = Vec::new();
    for filler in fact.roles.iter().filter(|f| !holds_time(fact, f, schema)) {
        let mut word = named(filler).map_or_else(|| in_words(filler, &BTreeMap::new()), str::to_owned);
        if word.chars().count() > LONGEST && filler.entity.is_none() {
            word = word.chars().take(LONGEST).chain(['…']).collect();
        }
        if !word.is_empty() && words.iter().all(|(_, other)| *other != word) {
            words.push((position(annotation, fact, filler), word));
        }
    }
    words.sort_by_key(|(at, _)| *at);
    let at = fact.trigger.map_or(1, |trigger| words.iter().filter(|(at, _)| *at < trigger.start).count());
    words.insert(at.min(words.len()), (0, verb.to_owned()));
    words.into_iter().map(|(_, word)| word).collect::<Vec<_>>().join(" ")
}

/// Where a filler stands in the text: its own words, or its entity's last mention up to the end of the evidence.
fn position(annotation: &Annotation, fact: &Fact, filler: &Filler) -> usize {
    let end = fact.evidence.map_or(usize::MAX, |evidence| evidence.end);
    let entity = filler.entity.as_deref().and_then(|id| annotation.entities.iter().find(|e| e.id == id));
    let mention = || entity?.mentions.iter().map(|m| m.start).filter(|at| *at < end).max();
    filler.start.or_else(mention).unwrap_or(usize::MAX)
}
