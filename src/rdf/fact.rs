//! Facts as nodes: their roles, quantities, status and evidence, and the direct edges drawn beside them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use oxigraph::model::{Literal, NamedNode};
use sha2::{Digest, Sha256};

use super::entity::Identity;
use super::iri::{Iris, below, encode};
use super::vocab::{prov, qudt, rdf, rdfs, term, tupu};
use super::{Graph, chinese, date, number};
use crate::annotation::{Annotation, Fact, Filler, Modality, Polarity, Quantity, Value};
use crate::schema::{Fills, Schema, ValueKind};
use crate::span::CharSpan;
use crate::text::time;

type Entities<'a> = BTreeMap<&'a str, Identity>;

/// All facts of the document.
pub(super) fn describe(graph: &mut Graph<'_>, schema: &Schema, entities: &Entities<'_>) {
    for (fact, node) in nodes(graph.annotation, graph.iris) {
        status(graph, &node, fact);
        roles(graph, &node, fact, schema, entities);
        edges(graph, fact, schema, entities);
        let label = label(graph.annotation, fact, schema, entities);
        graph.add(&node, rdfs::LABEL, chinese(&label));
    }
}

/// The facts of a document with their nodes.
pub(super) fn nodes<'a>(annotation: &'a Annotation, iris: &Iris) -> Vec<(&'a Fact, NamedNode)> {
    let mut taken = BTreeSet::new();
    let node = |fact| {
        // Two facts that say the same in the same words are two still: the second has a number in its hash.
        let hash = (1..).map(|nth| hash(annotation, fact, nth)).find(|hash| taken.insert(hash.clone()));
        (fact, iris.fact(&hash.unwrap_or_default()))
    };
    annotation.facts.iter().map(node).collect()
}

/// The first 16 hexadecimal digits of SHA-256 over the document's id, the type, the trigger words and their running
/// number in the text, and the sorted (role, name or value). No offsets: a correction elsewhere in the text moves
/// nothing.
fn hash(annotation: &Annotation, fact: &Fact, nth: usize) -> String {
    let (words, running) = fact.trigger.map_or(("", 0), |trigger| occurrence(&annotation.text, trigger));
    let names: BTreeMap<&str, &str> = annotation.entities.iter().map(|e| (e.id.as_str(), e.name.as_str())).collect();
    let mut fillers: Vec<(&str, String)> = fact.roles.iter().map(|f| (f.role.as_str(), plain(f, &names))).collect();
    fillers.sort();
    // JSON keeps the parts apart, whatever characters they hold.
    let mut key = serde_json::json!([annotation.id, fact.kind, words, running, fillers]).to_string();
    if nth > 1 {
        let _ = write!(key, "{nth}");
    }
    Sha256::digest(key.as_bytes()).iter().take(8).fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// The words of a range, and which of their occurrences in the text it is, from 1.
fn occurrence(text: &str, span: CharSpan) -> (&str, usize) {
    let byte = |at: usize| text.char_indices().nth(at).map_or(text.len(), |(byte, _)| byte);
    let (start, end) = (byte(span.start), byte(span.end));
    let words = text.get(start..end).unwrap_or_default();
    if words.is_empty() {
        return ("", 0);
    }
    (words, text.match_indices(words).take_while(|(at, _)| *at <= start).count())
}

/// A filler in words: the entity's name in the document, a text, or a number with its unit.
fn plain(filler: &Filler, names: &BTreeMap<&str, &str>) -> String {
    match (&filler.entity, &filler.value) {
        (Some(id), _) => names.get(id.as_str()).copied().unwrap_or_default().to_owned(),
        (None, Some(Value::Text(text))) => text.clone(),
        (None, Some(Value::Quantity(quantity))) => amount(quantity),
        (None, None) => String::new(),
    }
}

/// `>50883 CNY`, `17 例`.
fn amount(quantity: &Quantity) -> String {
    use crate::annotation::Bound::{About, Over, Under};
    let sign = match quantity.bound {
        Some(Over) => ">",
        Some(About) => "≈",
        Some(Under) => "<",
        None => "",
    };
    let unit = quantity.currency.as_deref().or(quantity.unit.as_deref()).unwrap_or_default();
    format!("{sign}{} {unit}", quantity.value).trim_end().to_owned()
}

/// Type, polarity, modality, confidence, and where it stands in the text.
fn status(graph: &mut Graph<'_>, node: &NamedNode, fact: &Fact) {
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
    if let Some(confidence) = fact.confidence {
        graph.add(node, tupu::CONFIDENCE, number(confidence));
    }
    if let Some(by) = &fact.by {
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
        let entity = filler.entity.as_deref().and_then(|id| entities.get(id));
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
fn argument(graph: &mut Graph<'_>, node: &NamedNode, fact: &Fact, filler: &Filler, nth: usize, entity: &Identity) {
    let words = words(filler.start, filler.end);
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
fn edges(graph: &mut Graph<'_>, fact: &Fact, schema: &Schema, entities: &Entities<'_>) {
    let Some(frame) = schema.frame(&fact.kind).filter(|_| fact.is_asserted()) else { return };
    let filling = |role: &str| {
        let ids = fact.roles.iter().filter(move |f| f.role == role).filter_map(|f| f.entity.as_deref());
        ids.filter_map(|id| entities.get(id)).map(|entity| entity.iri.clone()).collect::<Vec<_>>()
    };
    for edge in &frame.edges {
        let property = term(&edge.property);
        for from in filling(&edge.from) {
            for to in filling(&edge.to).into_iter().filter(|to| *to != from) {
                graph.add(&from, property.as_ref(), to);
            }
        }
    }
}

/// A line for people: the fillers and the frame's name in the order in which the text has them.
fn label(annotation: &Annotation, fact: &Fact, schema: &Schema, entities: &Entities<'_>) -> String {
    const LONGEST: usize = 20;
    let names: BTreeMap<&str, &str> = entities.iter().map(|(id, e)| (*id, e.name.as_str())).collect();
    let verb = schema.frame(&fact.kind).map_or(fact.kind.as_str(), |frame| frame.label.zh.as_str());
    let mut words: Vec<(usize, String)> = Vec::new();
    for filler in fact.roles.iter().filter(|f| !holds_time(fact, f, schema)) {
        let mut word = plain(filler, &names);
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
