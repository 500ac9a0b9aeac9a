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
use crate::text::time;

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

/// After how many days a fact ends.
fn length(fact: &graph::Fact) -> i64 {
    fact.days.as_ref().and_then(|(first, last)| time::between(first, last)).unwrap_or_default()
}
