//! Entities that may be meant, as one types.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;

use super::parameters::Parameters;
use crate::serve::Server;
use crate::serve::error::ApiError;

/// So many are suggested at most.
const MOST: usize = 100;

#[derive(Serialize)]
pub(in crate::serve) struct Suggestion {
    id: String,
    name: String,
    #[serde(rename = "type")]
    kind: String,
    mentions: usize,
    facts: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    matched: Option<String>,
}

/// The entities that `q` may mean: names, other names, pinyin and its initials; of some `types` alone.
pub(super) async fn suggest(
    State(server): State<Arc<Server>>,
    parameters: Parameters,
) -> Result<Json<Vec<Suggestion>>, ApiError> {
    parameters.only(&[&["q", "types", "limit"]])?;
    let loaded = server.loaded()?;
    let words = parameters.one("q").unwrap_or_default();
    let types: Vec<&str> = parameters.all("types").collect();
    let entities = &loaded.stated.entities;
    let wanted =
        |at: usize| types.is_empty() || entities.get(at).is_some_and(|node| types.contains(&node.kind.as_str()));
    let found = loaded.names.find(words, wanted, parameters.parsed("limit", 12)?.min(MOST));
    let suggestion = |found: crate::serve::names::Found<'_>| {
        let node = entities.get(found.entity)?;
        Some(Suggestion {
            id: loaded.short(&node.iri).to_owned(),
            name: node.name.clone(),
            kind: node.kind.clone(),
            mentions: node.mentions,
            facts: found.facts,
            matched: found.other.map(str::to_owned),
        })
    };
    Ok(Json(found.into_iter().filter_map(suggestion).collect()))
}
