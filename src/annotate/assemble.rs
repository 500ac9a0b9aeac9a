//! From mentions, referents and drafts to the annotation: ids, names, code point offsets.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::annotate::coreference::Referent;
use crate::annotate::facts::{Draft, Filled, Filler};
use crate::annotate::mentions::place::POINTS_BACK;
use crate::annotate::mentions::{Mention, country};
use crate::annotate::values::{self, ValueKind};
use crate::annotation::{self, Annotation, Bound, Entity, EntityType, Fact, Quantity, VERSION, Value};
use crate::document::Document;
use crate::schema::{Need, Schema};
use crate::span::CodePoints;

/// Builds the annotation of a document.
pub(crate) fn assemble(
    document: &Document,
    schema: &Schema,
    mentions: &[Mention],
    mut referents: Vec<Referent>,
    values: &[values::Value],
    drafts: Vec<Draft>,
) -> Annotation {
    let text = &document.text;
    let points = CodePoints::new(text);
    let mut of_mention: FxHashMap<usize, usize> = FxHashMap::default();
    for (at, referent) in referents.iter().enumerate() {
        of_mention.extend(referent.mentions.iter().map(|m| (*m, at)));
    }
    // A noun that a role gave its type becomes an entity, one with others of its name and type.
    let mut used: FxHashSet<usize> = FxHashSet::default();
    let mut fillers: FxHashSet<usize> = FxHashSet::default();
    for filler in drafts.iter().flat_map(|d| &d.fillers) {
        let Filled::Mention(mention, given) = filler.what else { continue };
        let of_type = |r: usize, referents: &[Referent]| given.is_none_or(|kind| referents[r].kind == kind);
        let there = of_mention.get(&mention).copied().filter(|r| of_type(*r, &referents));
        let referent = there.unwrap_or_else(|| {
            let kind = given.unwrap_or(EntityType::Product);
            let name = mentions[mention].span.of(text);
            let same = referents.iter().position(|r| r.kind == kind && r.name == name);
            same.unwrap_or_else(|| {
                referents.push(Referent { kind, name: name.to_owned(), mentions: Vec::new() });
                referents.len() - 1
            })
        });
        if let Some(before) = of_mention.insert(mention, referent).filter(|b| *b != referent) {
            referents[before].mentions.retain(|m| *m != mention);
        }
        if !referents[referent].mentions.contains(&mention) {
            referents[referent].mentions.push(mention);
        }
        used.insert(referent);
        fillers.insert(mention);
    }
    // 当地医护人员, 中德: what only points back to a place, or is a character of several, is told of where a fact needs it.
    for referent in &mut referents {
        referent
            .mentions
            .retain(|m| fillers.contains(m) || ![POINTS_BACK, country::SOURCE].contains(&mentions[*m].source));
    }
    let mut kept: Vec<(usize, Referent)> = referents
        .into_iter()
        .enumerate()
        .filter(|(at, r)| !r.mentions.is_empty() && (used.contains(at) || stands_alone(r, mentions)))
        .collect();
    for (_, referent) in &mut kept {
        referent.mentions.sort_unstable();
    }
    kept.sort_by_key(|(_, r)| r.mentions.first().map(|m| mentions[*m].span));
    let ids: FxHashMap<usize, String> =
        kept.iter().enumerate().map(|(n, (at, _))| (*at, format!("e{}", n + 1))).collect();
    let entities = kept
        .iter()
        .map(|(at, r)| Entity {
            id: ids[at].clone(),
            kind: r.kind,
            name: r.name.clone(),
            mentions: r.mentions.iter().map(|m| points.chars(mentions[*m].span)).collect(),
        })
        .collect();
    let filler = |draft: &Draft, f: &Filler| {
        let span = points.chars(f.span);
        let (entity, value) = match &f.what {
            Filled::Mention(m, _) => (of_mention.get(m).and_then(|r| ids.get(r)).cloned(), None),
            Filled::Text => (None, Some(Value::Text(f.span.of(text).to_owned()))),
            Filled::Words(words) => (None, Some(Value::Text(words.clone()))),
            Filled::Count(number, unit) => (None, Some(Value::Quantity(count(*number, unit, None)))),
            Filled::Value(v) => (None, Some(value(&values[*v]))),
        };
        annotation::Filler {
            role: f.role.clone(),
            entity,
            value,
            quantity: f.quantity.and_then(|q| quantity(&values[q], &points)),
            bound: None,
            start: Some(span.start),
            end: Some(span.end),
            elided: !draft.evidence.contains(f.span),
        }
    };
    let mut facts: Vec<Fact> = Vec::new();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for draft in drafts {
        let mut roles: Vec<annotation::Filler> = draft.fillers.iter().map(|f| filler(&draft, f)).collect();
        let mut there = FxHashSet::default();
        roles.retain(|r| there.insert(identity(r)));
        // Two names of one entity are one filler: nobody works together with himself.
        let pattern = schema.frame(&draft.frame).and_then(|f| f.patterns.get(draft.pattern));
        let several = |n: &Need| n.count < 2 || n.met(|r| roles.iter().filter(|f| f.role == r).count());
        if roles.len() < 2 || is_reflexive(&roles) || pattern.is_some_and(|p| !p.needs.iter().all(several)) {
            continue;
        }
        let key = key(&draft, &roles);
        let evidence = points.chars(draft.evidence);
        if let Some(at) = seen.get(&key) {
            // Told again: one fact with two pieces of evidence.
            let fact = &mut facts[*at];
            if fact.evidence != Some(evidence) && !fact.also.contains(&evidence) {
                fact.also.push(evidence);
            }
            continue;
        }
        let unique = schema.frame(&draft.frame).and_then(|f| f.unique.as_deref());
        if let Some(at) = unique.and_then(|role| facts.iter().position(|f| continues(f, &draft, &roles, role))) {
            // 会议14日在北京举行。李文静主持会议: told in two halves.
            let fact = &mut facts[at];
            let told: FxHashSet<String> = fact.roles.iter().map(identity).collect();
            let (evidence_start, evidence_end) = fact.evidence.map_or((0, 0), |e| (e.start, e.end));
            for mut role in roles.into_iter().filter(|r| !told.contains(&identity(r))) {
                role.elided =
                    role.start.is_none_or(|s| s < evidence_start) || role.end.is_none_or(|e| e > evidence_end);
                fact.roles.push(role);
            }
            if fact.evidence != Some(evidence) && !fact.also.contains(&evidence) {
                fact.also.push(evidence);
            }
            seen.insert(key, at);
            continue;
        }
        seen.insert(key, facts.len());
        let by = if draft.read { "frame" } else { "model" };
        facts.push(Fact {
            id: format!("f{}", facts.len() + 1),
            kind: draft.frame.clone(),
            trigger: draft.trigger.map(|t| points.chars(t)),
            evidence: Some(evidence),
            also: Vec::new(),
            roles,
            polarity: draft.polarity,
            modality: draft.modality,
            confidence: Some((draft.confidence * 100.0).round() / 100.0),
            by: Some(format!("{by}:{}/{}", draft.frame.to_lowercase(), draft.pattern + 1)),
        });
    }
    Annotation {
        version: VERSION,
        id: document.id.clone(),
        title: document.title.clone(),
        published: document.published.clone(),
        source: document.source.clone(),
        url: document.url.clone(),
        author: document.author.clone(),
        reprints: Vec::new(),
        language: Some("zh".into()),
        text: text.clone(),
        entities,
        facts,
    }
}

/// Whether a draft with these fillers says more of what `fact` tells already: they share a filler of the role `unique`, and
/// no role has others in one than in the other, but for who did it where that is told in one breath.
fn continues(fact: &Fact, draft: &Draft, roles: &[annotation::Filler], unique: &str) -> bool {
    let of = |roles: &[annotation::Filler], role: &str| -> BTreeSet<String> {
        roles.iter().filter(|r| r.role == role).map(identity).collect()
    };
    let same = (&fact.kind, fact.polarity, fact.modality) == (&draft.frame, draft.polarity, draft.modality);
    if !same {
        return false;
    }
    let is_same = |a: &annotation::Filler, b: &annotation::Filler| a.entity == b.entity && identity(a) == identity(b);
    let both = |a: &&annotation::Filler| a.role == unique;
    if !roles.iter().filter(both).any(|a| fact.roles.iter().filter(both).any(|b| is_same(a, b))) {
        return false;
    }
    // A 主办，B 承办: who did it may be named one after the other in one sentence; when and where cannot differ.
    let near = fact.evidence.is_some_and(|e| roles.iter().any(|r| r.start.is_some_and(|s| e.start <= s && s <= e.end)));
    roles.iter().all(|r| {
        if near && r.role != unique && r.entity.is_some() && r.role != "place" {
            return true;
        }
        let theirs = of(&fact.roles, &r.role);
        theirs.is_empty() || theirs == of(roles, &r.role)
    })
}

/// Whether all that a fact tells is one entity in several roles: no body is a part of itself.
fn is_reflexive(roles: &[annotation::Filler]) -> bool {
    let first = roles.first().and_then(|r| r.entity.as_deref());
    first.is_some() && roles.iter().all(|r| r.entity.as_deref() == first)
}

/// Whether an entity is worth telling although no fact needs it: names are, common nouns are not.
fn stands_alone(referent: &Referent, mentions: &[Mention]) -> bool {
    match referent.kind {
        EntityType::Disease => true,
        EntityType::Product | EntityType::Group => false,
        _ => referent.mentions.iter().any(|m| mentions[*m].named),
    }
}

fn value(value: &values::Value) -> Value {
    match &value.kind {
        ValueKind::Time(time) => Value::Text(time.clone()),
        ValueKind::Money { value, currency, bound } => Value::Quantity(Quantity {
            value: *value,
            unit: None,
            currency: Some(currency.clone()),
            bound: *bound,
            start: None,
            end: None,
        }),
        ValueKind::Count { value, unit, bound } => Value::Quantity(count(*value, unit, *bound)),
    }
}

fn count(value: f64, unit: &str, bound: Option<Bound>) -> Quantity {
    Quantity { value, unit: Some(unit.to_owned()), currency: None, bound, start: None, end: None }
}

fn quantity(value: &values::Value, points: &CodePoints) -> Option<Quantity> {
    let ValueKind::Count { value: number, unit, bound } = &value.kind else { return None };
    let span = points.chars(value.span);
    Some(Quantity { start: Some(span.start), end: Some(span.end), ..count(*number, unit, *bound) })
}

/// What makes two fillers of one fact the same.
fn identity(filler: &annotation::Filler) -> String {
    let value = filler.value.as_ref().map(|v| serde_json::to_string(v).unwrap_or_default());
    format!("{}|{}|{}", filler.role, filler.entity.as_deref().unwrap_or_default(), value.unwrap_or_default())
}

/// What makes two facts of one document the same: type, status and fillers with their quantities.
fn key(draft: &Draft, roles: &[annotation::Filler]) -> String {
    let mut parts: Vec<String> = roles
        .iter()
        .map(|r| {
            let quantity = r.quantity.as_ref().map(|q| format!("{}{}", q.value, q.unit.as_deref().unwrap_or_default()));
            format!("{}|{}", identity(r), quantity.unwrap_or_default())
        })
        .collect();
    parts.sort();
    format!("{}|{:?}|{:?}|{}", draft.frame, draft.polarity, draft.modality, parts.join("\n"))
}
