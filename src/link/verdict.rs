//! A person's decisions about facts, found again in what the texts state now.

use std::collections::BTreeMap;

use super::decide::{Standing, Unapplied, by_date, stands_in};
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
    for (id, decision) in by_date(standing) {
        let (fact, accepted) = match &decision.act {
            Act::Accept { fact } => (fact, true),
            Act::Reject { fact } => (fact, false),
            _ => continue,
        };
        match find_fact(annotations, fact) {
            Ok(place) => {
                let verdict = Verdict { accepted, decision: id.clone() };
                if let Some(earlier) = out.insert(place, verdict).filter(|earlier| earlier.accepted != accepted) {
                    let why = format!("decision {id} says the opposite");
                    unapplied.push(Unapplied { decision: earlier.decision, why });
                }
            }
            Err(why) => unapplied.push(Unapplied { decision: id.clone(), why }),
        }
    }
    out
}

/// Where a fact stands now: by its id, else as the one of its document that says the same.
fn find_fact(annotations: &[&Annotation], fact: &FactReference) -> Result<(String, String), String> {
    let document = annotations.iter().find(|annotation| stands_in(annotation, &fact.document));
    let Some(document) = document else { return Err(format!("no document {}", fact.document)) };
    let facts: Vec<(&Fact, String)> = document.facts.iter().zip(document.fact_ids()).collect();
    let found = |id: &str| Ok((document.id.clone(), id.to_owned()));
    if facts.iter().any(|(_, id)| *id == fact.id) {
        return found(&fact.id);
    }
    let same: Vec<_> =
        facts.iter().filter(|(other, _)| other.kind == fact.kind && document.fillers(other) == fact.fillers).collect();
    let quoted = same.iter().filter(|(other, _)| quote(document, other) == fact.quote).collect::<Vec<_>>();
    match (same.as_slice(), quoted.as_slice()) {
        ([(_, id)], _) | (_, [(_, id)]) => found(id),
        ([], _) => Err(format!("document {} no longer states this {}: “{}”", document.id, fact.kind, fact.quote)),
        _ => Err(format!("document {} states this {} several times: decide about each", document.id, fact.kind)),
    }
}

/// The words that state a fact.
#[must_use]
pub fn quote<'a>(document: &'a Annotation, fact: &Fact) -> &'a str {
    fact.evidence.or(fact.trigger).map_or("", |span| document.words(span))
}
