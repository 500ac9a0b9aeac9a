//! Facts with their evidence: those named, those of an entity, those of some days.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;

use super::choice::{CHOICE, choice};
use super::fact::Fact;
use super::parameters::Parameters;
use crate::graph::{self, Kind, Projection};
use crate::serve::Server;
use crate::serve::error::ApiError;

const OWN: [&str; 4] = ["ids", "entity", "offset", "limit"];
/// So many facts are told at once at most.
const MOST: usize = 500;

#[derive(Serialize)]
pub(in crate::serve) struct Facts {
    facts: Vec<Fact>,
    total: usize,
}

/// The facts that `ids` name, or all that are chosen, in which `entity` takes part where one is named: by type, day and id;
/// of a period the shortest first.
pub(super) async fn facts(State(server): State<Arc<Server>>, parameters: Parameters) -> Result<Json<Facts>, ApiError> {
    parameters.only(&[&OWN, &CHOICE])?;
    let loaded = server.loaded()?;
    // Planned and denied facts are told, too, with their status.
    let chosen = Projection { kind: Kind::Facts, ..choice(&parameters, &loaded.schema)? };
    let (offset, limit) = (parameters.parsed("offset", 0)?, parameters.parsed("limit", 50)?.min(MOST));
    let mut ids: Vec<String> = parameters.all("ids").map(|id| loaded.iri(id)).collect();
    ids.sort_unstable();
    let entity = parameters.one("entity").map(|id| loaded.iri(id));
    let mut all: Vec<_> = loaded
        .stated
        .facts
        .iter()
        .filter(|fact| ids.is_empty() || ids.binary_search(&fact.iri).is_ok())
        .filter(|fact| entity.as_ref().is_none_or(|entity| fact.fillers.iter().any(|(_, filler)| filler == entity)))
        .filter(|fact| chosen.wants(fact))
        .collect();
    // Who asks for a day wants what happened then before what went on all year.
    let period = chosen.from.is_some() || chosen.to.is_some();
    all.sort_by_cached_key(|fact| (period.then(|| length(fact)), &fact.kind, &fact.days, &fact.iri));
    let total = all.len();
    let facts = all.into_iter().skip(offset).take(limit).filter_map(|fact| loaded.fact(&fact.iri)).collect();
    Ok(Json(Facts { facts, total }))
}

/// How long a fact lasts, so that lengths can be compared: the days of months of 31.
fn length(fact: &graph::Fact) -> i64 {
    let number = |day: &str| {
        let mut parts = day.split('-').map(|part| part.parse::<i64>().unwrap_or_default());
        let mut next = || parts.next().unwrap_or_default();
        (next() * 12 + next()) * 31 + next()
    };
    fact.days.as_ref().map_or(0, |(first, last)| number(last) - number(first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lasts_longer_is_longer() {
        let lasting = |first: &str, last: &str| {
            let days = Some((first.to_owned(), last.to_owned()));
            let (iri, label, kind, status) = Default::default();
            length(&graph::Fact {
                iri,
                label,
                kind,
                status,
                days,
                confidence: None,
                fillers: Vec::new(),
                documents: Vec::new(),
                quotes: Vec::new(),
            })
        };
        let lengths = [
            lasting("2020-01-27", "2020-01-27"),
            lasting("2020-01-31", "2020-02-01"),
            lasting("2020-01-01", "2020-01-31"),
            lasting("2020-01-01", "2020-12-31"),
            lasting("2019-12-31", "2021-01-01"),
        ];
        assert!(lengths.is_sorted() && lengths[0] == 0 && lengths[1] == 1, "{lengths:?}");
    }
}
