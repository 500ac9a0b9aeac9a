//! What the store states, as plain records: entities, and facts with their fillers and the words behind them.

use std::collections::BTreeMap;

use oxigraph::model::Term;

use super::{Fact, Node, Quote};
use crate::store::{Store, StoreError};

const ENTITIES: &str = include_str!("entities.rq");
const FACTS: &str = include_str!("facts.rq");
const ROLES: &str = include_str!("roles.rq");
const QUOTES: &str = include_str!("quotes.rq");

/// The entities and facts of a store, each sorted by IRI.
#[derive(Debug, Clone, Default)]
pub struct Stated {
    /// The entities, without those that no text mentions.
    pub entities: Vec<Node>,
    /// The facts, whatever their status.
    pub facts: Vec<Fact>,
}

impl Stated {
    /// The queries that [`Stated::read`] asks: a store need hold no more than they can see.
    pub const QUERIES: [&'static str; 4] = [ENTITIES, FACTS, ROLES, QUOTES];

    /// Reads the default graph of a store. `mentions` says how often each IRI is mentioned ([`crate::rdf::mentions()`]).
    ///
    /// # Errors
    /// Where the store fails.
    pub fn read(store: &Store, mentions: &BTreeMap<String, usize>) -> Result<Self, StoreError> {
        let mut entities = BTreeMap::new();
        for row in rows(store, ENTITIES)? {
            if let Ok([Some(iri), Some(name), Some(label), Some(kind)]) = <[_; 4]>::try_from(row) {
                let mentions = mentions.get(&iri).copied().unwrap_or_default();
                let kind = local_name(&kind).to_owned();
                entities.insert(iri.clone(), Node { iri, label, name, kind, mentions, fact: None });
            }
        }
        let mut facts = facts(store)?;
        for row in rows(store, ROLES)? {
            let [Some(fact), Some(role), Some(filler)] = row.as_slice() else { continue };
            if let Some(fact) = facts.get_mut(fact) {
                fact.fillers.push((local_name(role).to_owned(), filler.clone()));
            }
        }
        for row in rows(store, QUOTES)? {
            let Ok([Some(fact), Some(place), document, at, words]) = <[_; 5]>::try_from(row) else { continue };
            let Some(fact) = facts.get_mut(&fact) else { continue };
            let start = at.and_then(|at| at.parse().ok());
            if let (Some(document), Some(start), Some(words)) = (&document, start, words) {
                fact.quotes.push(Quote { document: document.clone(), start, words });
            }
            fact.documents.push(document.unwrap_or(place));
        }
        let mut facts: Vec<Fact> = facts.into_values().collect();
        for fact in &mut facts {
            fact.fillers.sort();
            fact.quotes.sort();
            fact.documents.sort();
            fact.documents.dedup();
        }
        Ok(Self { entities: entities.into_values().collect(), facts })
    }
}

/// The facts by IRI, without fillers and words.
fn facts(store: &Store) -> Result<BTreeMap<String, Fact>, StoreError> {
    let mut facts = BTreeMap::new();
    for row in rows(store, FACTS)? {
        let Ok([Some(iri), Some(label), Some(kind), Some(polarity), Some(modality), confidence, from, to]) =
            <[_; 8]>::try_from(row)
        else {
            continue;
        };
        let fact = Fact {
            iri: iri.clone(),
            label,
            kind: local_name(&kind).to_owned(),
            status: format!("{polarity} {modality}"),
            confidence: confidence.and_then(|number| number.parse().ok()),
            days: from.zip(to),
            fillers: Vec::new(),
            documents: Vec::new(),
            quotes: Vec::new(),
        };
        facts.insert(iri, fact);
    }
    Ok(facts)
}

/// The rows of one of the queries beside this file, as plain strings.
fn rows(store: &Store, text: &str) -> Result<Vec<Vec<Option<String>>>, StoreError> {
    let plain = |term: Term| match term {
        Term::NamedNode(iri) => iri.into_string(),
        Term::Literal(literal) => literal.value().to_owned(),
        other => other.to_string(),
    };
    let rows = store.select(text, &[])?;
    Ok(rows.into_iter().map(|row| row.into_iter().map(|term| term.map(plain)).collect()).collect())
}

/// The name of a `tupu:` term.
fn local_name(iri: &str) -> &str {
    iri.rsplit_once('#').map_or(iri, |(_, name)| name)
}
