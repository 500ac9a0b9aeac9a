//! A person's decisions about facts, found again in what the texts state now.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::decide::{Standing, Unapplied, by_date};
use crate::annotation::{Annotation, Fact};
use crate::decision::{Act, FactReference};

/// What a person has said of a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Whether the text states it.
    pub accepted: bool,
    /// The decision.
    pub decision: String,
}

/// What a person has said of the facts of these documents.
pub(super) fn verdicts(
    annotations: &[&Annotation],
    standing: &Standing<'_>,
    unapplied: &mut Vec<Unapplied>,
) -> BTreeMap<(String, String), Verdict> {
    let mut out: BTreeMap<(String, String), Verdict> = BTreeMap::new();
    let mut documents: Option<FxHashMap<&str, &Annotation>> = None;
    for (id, decision) in by_date(standing) {
        let (fact, accepted) = match &decision.act {
            Act::Accept { fact } => (fact, true),
            Act::Reject { fact } => (fact, false),
            _ => continue,
        };
        let documents = documents.get_or_insert_with(|| by_id(annotations));
        match find_fact(documents.get(fact.document.as_str()).copied(), fact) {
            Ok(place) => {
                let verdict = Verdict { accepted, decision: id.clone() };
                if let Some(earlier) = out.insert(place, verdict).filter(|earlier| earlier.accepted != accepted) {
                    let why = format!("decision {id} says the opposite; undo one of them");
                    unapplied.push(Unapplied { decision: earlier.decision, why });
                }
            }
            Err(why) => unapplied.push(Unapplied { decision: id.clone(), why }),
        }
    }
    out
}

/// Documents by their ids and those of their reprints.
fn by_id<'a>(annotations: &[&'a Annotation]) -> FxHashMap<&'a str, &'a Annotation> {
    let mut documents = FxHashMap::default();
    for annotation in annotations {
        let ids = annotation.reprints.iter().map(|reprint| reprint.id.as_str()).chain([annotation.id.as_str()]);
        for id in ids {
            documents.entry(id).or_insert(*annotation);
        }
    }
    documents
}

/// Where a fact stands now: the one of its document that says the same in the same words, or in more or fewer of them.
/// The same said elsewhere in the text is another fact, which nobody has decided about.
fn find_fact(document: Option<&Annotation>, fact: &FactReference) -> Result<(String, String), String> {
    let Some(document) = document else { return Err(format!("no document {}", fact.document)) };
    let facts = document.facts.iter().zip(document.fact_ids());
    let same: Vec<(&str, String)> = facts
        .filter(|(other, _)| other.kind == fact.kind && document.fillers(other) == fact.fillers)
        .map(|(other, id)| (quote(document, other), id))
        .collect();
    let exact: Vec<_> = same.iter().filter(|(words, _)| *words == fact.quote).collect();
    let near = || same.iter().filter(|(words, _)| words.contains(&fact.quote) || fact.quote.contains(*words)).collect();
    let meant: Vec<_> = if exact.is_empty() { near() } else { exact };
    match (meant.as_slice(), meant.iter().find(|(_, id)| *id == fact.id)) {
        ([(_, id)], _) | (_, Some((_, id))) => Ok((document.id.clone(), id.clone())),
        ([], _) => Err(format!("document {} no longer states this {}: “{}”", document.id, fact.kind, fact.quote)),
        _ => Err(format!("document {} states this {} several times: decide about each", document.id, fact.kind)),
    }
}

/// The words that state a fact.
#[must_use]
pub fn quote<'a>(document: &'a Annotation, fact: &Fact) -> &'a str {
    fact.evidence.or(fact.trigger).map_or("", |span| document.words(span))
}
