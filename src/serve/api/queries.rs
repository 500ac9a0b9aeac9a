//! Questions to the graph: the saved ones, and SPARQL of the user's own.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

use axum::Json;
use axum::extract::{Path, State};
use oxigraph::model::Term;
use oxigraph::model::vocab::xsd;
use serde::{Deserialize, Serialize};

use super::body::Body;
use super::parameters::Parameters;
use crate::query::{self, Bindings, Format, Found, QueryError, Saved, Shortener, Table};
use crate::serve::error::ApiError;
use crate::serve::{Loaded, Server};

/// So many rows or triples a page shows at most; who wants all of them asks `/sparql`.
const MOST: usize = 2_000;

#[derive(Serialize)]
pub(super) struct SavedQuery {
    name: String,
    title: String,
    about: String,
    params: Vec<Param>,
    text: String,
}

#[derive(Serialize)]
struct Param {
    name: String,
    about: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    default: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Own {
    query: String,
}

/// An answer, and how many milliseconds it took.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(super) enum Answer {
    /// Of SELECT.
    Table { columns: Vec<String>, rows: Vec<Vec<Option<Cell>>>, truncated: bool, ms: u128 },
    /// Of ASK.
    Boolean { value: bool, ms: u128 },
    /// Of CONSTRUCT and DESCRIBE.
    Triples { turtle: String, count: usize, truncated: bool, ms: u128 },
}

/// A term of a row.
#[derive(Serialize)]
pub(super) struct Cell {
    /// The name of an entity; of other terms what tables show.
    text: String,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    iri: Option<String>,
}

/// The saved queries.
pub(super) async fn queries(State(server): State<Arc<Server>>) -> Result<Json<Vec<SavedQuery>>, ApiError> {
    Ok(Json(server.loaded()?.queries.iter().map(SavedQuery::of).collect()))
}

/// The answer to a saved query.
pub(super) async fn saved(
    State(server): State<Arc<Server>>,
    Path(name): Path<String>,
    parameters: Parameters,
) -> Result<Json<Answer>, ApiError> {
    let loaded = server.loaded()?;
    let saved = loaded.queries.find(&name).map_err(|error| ApiError::missing(error.to_string()))?.clone();
    let names: Vec<&str> = saved.params.iter().map(|param| param.name.as_str()).collect();
    parameters.only(&[&names])?;
    let given = |name: &&str| Some(((*name).to_owned(), parameters.one(name)?.to_owned()));
    let values: BTreeMap<String, String> = names.iter().filter_map(given).collect();
    let rows = MOST.min(server.options.rows);
    let answer = server.evaluate(rows, move |loaded, limits| {
        let started = Instant::now();
        let found = saved.run_within(&loaded.store, loaded.workspace.iris(), &values, limits).map_err(of_saved)?;
        Answer::of(loaded, found, started)
    });
    answer.await.map(Json)
}

/// The answer to a query of the user's own.
pub(super) async fn own(
    State(server): State<Arc<Server>>,
    Body(Own { query }): Body<Own>,
) -> Result<Json<Answer>, ApiError> {
    let rows = MOST.min(server.options.rows);
    let answer = server.evaluate(rows, move |loaded, limits| {
        let started = Instant::now();
        let found = query::run_within(&loaded.store, loaded.workspace.iris(), &query, &Bindings::new(), limits)?;
        Answer::of(loaded, found, started)
    });
    answer.await.map(Json)
}

/// What is wrong with what a saved query is told, in the words of this API.
fn of_saved(error: QueryError) -> ApiError {
    match error {
        QueryError::Unset { query, param, about } => {
            ApiError::bad(format!("query {query} needs the parameter {param}: {about}"))
        }
        QueryError::NoNumber { param, value, .. } => {
            ApiError::bad(format!("{param}={value} is no number of rows; write one such as 20"))
        }
        other => other.into(),
    }
}

impl SavedQuery {
    fn of(saved: &Saved) -> Self {
        let Saved { name, title, about, params, text } = saved.clone();
        let param = |query::Param { name, about, default }| Param { name, about, default };
        Self { name, title, about, params: params.into_iter().map(param).collect(), text }
    }
}

impl Answer {
    fn of(loaded: &Loaded, Found { answer, truncated }: Found, started: Instant) -> Result<Self, ApiError> {
        let ms = || started.elapsed().as_millis();
        Ok(match answer {
            query::Answer::Boolean(value) => Self::Boolean { value, ms: ms() },
            query::Answer::Table(Table { columns, rows }) => {
                let row = |row: Vec<Option<Term>>| row.iter().map(|term| Some(loaded.cell(term.as_ref()?))).collect();
                Self::Table { columns, rows: rows.into_iter().map(row).collect(), truncated, ms: ms() }
            }
            query::Answer::Triples(triples) => {
                let count = triples.len();
                let mut turtle = Vec::new();
                let answer = query::Answer::Triples(triples);
                let written = query::write(&answer, Format::Turtle, loaded.workspace.iris(), &mut turtle);
                written.map_err(|error| ApiError::failed(error.to_string()))?;
                Self::Triples { turtle: String::from_utf8_lossy(&turtle).into_owned(), count, truncated, ms: ms() }
            }
        })
    }
}

impl Loaded {
    fn cell(&self, term: &Term) -> Cell {
        let text = Shortener { iris: self.workspace.iris() }.text(term);
        let Term::NamedNode(node) = term else { return self.literal(term, text) };
        let iri = node.as_str();
        let known = |kind, text, iri: &str| Cell { text, kind, id: Some(self.short(iri).to_owned()), iri: None };
        if let Some(identity) = self.index.identities.get(iri).and_then(|at| self.contents.linking.identities.get(*at))
        {
            return known("entity", identity.name.clone(), iri);
        }
        if self.stated_fact(iri).is_some() {
            return known("fact", text, iri);
        }
        // Words of a document lead to it.
        let document = iri.split_once("#char=").map_or(iri, |(document, _)| document);
        if self.index.documents.contains_key(document) {
            return known("document", text, document);
        }
        Cell { text, kind: "iri", id: None, iri: Some(iri.to_owned()) }
    }

    /// Saved queries tell entities by name: a text that one entity alone is called leads to it.
    fn literal(&self, term: &Term, text: String) -> Cell {
        let is_text = matches!(term, Term::Literal(literal) if literal.datatype() == xsd::STRING);
        let meant = self.index.named.get(&text).copied().flatten().filter(|_| is_text);
        match meant.map(|at| self.entity(at)) {
            Some(entity) => Cell { text, kind: "entity", id: Some(entity.id), iri: None },
            None => Cell { text, kind: "literal", id: None, iri: None },
        }
    }
}
