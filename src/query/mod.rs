//! Questions to the graph: the saved ones and the user's own, and their answers as tables.

mod format;
mod layout;
mod portable;
mod saved;
mod table;
mod unread;
mod written;

use std::collections::BTreeMap;

use oxigraph::model::{Literal, NamedNode, Triple, Variable};
use oxigraph::sparql::QueryResults;
use spargebra::Query;
use spargebra::term::GroundTerm;

use crate::rdf::{Iris, Scope};
use crate::store::{self, Limits, Store, StoreError};

pub use format::{Format, FormatError, text, write};
pub use portable::Portable;
pub use saved::{Param, Saved, SavedError, SavedQueries};
pub use table::{Shortener, Table};
pub use unread::{add_unread, load_unread, load_unread_aside};
pub use written::{Graphs, Question, Written, serializer, written};

/// Values for variables of a query, by the variables' names without `?`.
pub type Bindings = BTreeMap<String, GroundTerm>;

/// What a query found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Of SELECT.
    Table(Table),
    /// Of ASK.
    Boolean(bool),
    /// Of CONSTRUCT and DESCRIBE: sorted, each triple once.
    Triples(Vec<Triple>),
}

/// What a query found within limits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What it found.
    pub answer: Answer,
    /// Whether there is more than the limits let in.
    pub truncated: bool,
}

/// Why a query gives no answer.
#[derive(Debug, thiserror::Error)]
pub enum QueryError {
    /// It is no SPARQL.
    #[error("SPARQL syntax: {0}")]
    Syntax(String),
    /// It changes graphs.
    #[error(
        "this is an update, and the graph is read-only: it is made of documents; change it with tupu build or tupu review"
    )]
    Update,
    /// A value is given for a variable that the query does not have.
    #[error("the query has no variable ?{0}")]
    NoVariable(String),
    /// A name that no variable can have.
    #[error("{0:?} is no name of a variable")]
    BadVariable(String),
    /// A parameter without a value.
    #[error("query {query} needs a value: --set {param}=…  ({about})")]
    Unset {
        /// The query.
        query: String,
        /// Its parameter.
        param: String,
        /// What the parameter is for.
        about: String,
    },
    /// A value for a parameter that the query does not have.
    #[error("query {query} has no parameter {param}{}", has(.params))]
    NoParam {
        /// The query.
        query: String,
        /// The parameter that it does not have.
        param: String,
        /// The parameters that it has.
        params: Vec<String>,
    },
    /// A number of rows that is none.
    #[error("query {query}: --set {param}={value} is no number of rows; write one such as 20")]
    NoNumber {
        /// The query.
        query: String,
        /// Its parameter.
        param: String,
        /// What was given.
        value: String,
    },
    /// More rows or triples than may be.
    #[error(
        "the answer has more than {0} rows or triples; ask for fewer with LIMIT, or let it have more with --rows N"
    )]
    TooMany(usize),
    /// The format is for the other kind of answer.
    #[error("tables are written in the formats of SPARQL results, triples in those of RDF")]
    Unfit,
    /// It cannot be evaluated.
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn has(params: &[String]) -> String {
    if params.is_empty() { "; it has none".to_owned() } else { format!("; it has {}", params.join(", ")) }
}

/// Answers a query of the user's own. The usual prefixes (`tupu:`, `schema:` …) need not be declared, and relative
/// IRIs (`<product/口罩>`) are those of the workspace. `bindings` enter the parsed query, so no value can change
/// what it asks.
///
/// # Errors
/// A mistake in the query, with line and column; a value for a variable that it does not have; what its evaluation
/// runs into.
pub fn run(store: &Store, iris: &Iris, text: &str, bindings: &Bindings) -> Result<Answer, QueryError> {
    Ok(run_within(store, iris, text, bindings, &Limits::default())?.answer)
}

/// As [`run`], within limits.
///
/// # Errors
/// As [`run`]; [`StoreError::Stopped`] where the limits end it.
pub fn run_within(
    store: &Store,
    iris: &Iris,
    text: &str,
    bindings: &Bindings,
    limits: &Limits,
) -> Result<Found, QueryError> {
    answer(store, bound(iris, text, bindings)?, limits)
}

/// Which part of the graph a query can see: no other part need be in the store that is asked.
///
/// # Errors
/// A mistake in the query, with line and column.
pub fn scope(iris: &Iris, text: &str) -> Result<Scope, QueryError> {
    Ok(store::scope(&parse(iris, text)?))
}

fn parse(iris: &Iris, text: &str) -> Result<Query, QueryError> {
    store::parse(text, Some(iris.base())).map_err(|error| {
        let update = store::is_update(text, Some(iris.base()));
        if update { QueryError::Update } else { QueryError::Syntax(plain(&error.to_string())) }
    })
}

/// A query with values for its variables.
fn bound(iris: &Iris, text: &str, bindings: &Bindings) -> Result<Query, QueryError> {
    let mut query = parse(iris, text)?;
    for (name, value) in bindings {
        let variable = Variable::new(name.as_str()).map_err(|_| QueryError::BadVariable(name.clone()))?;
        if !store::bind(&mut query, &variable, value.clone()) {
            return Err(QueryError::NoVariable(name.clone()));
        }
    }
    Ok(query)
}

fn answer(store: &Store, query: Query, limits: &Limits) -> Result<Found, QueryError> {
    store::stoppable(|| {
        let (answer, truncated) = match store.query_until(query, &limits.stop)? {
            QueryResults::Boolean(answer) => (Answer::Boolean(answer), false),
            QueryResults::Solutions(solutions) => {
                let (table, truncated) = Table::collect(solutions, limits)?;
                (Answer::Table(table), truncated)
            }
            QueryResults::Graph(found) => {
                let (mut triples, truncated) = limits.read(found.map(|triple| Ok(triple?)))?;
                store::sort(&mut triples);
                triples.dedup();
                (Answer::Triples(triples), truncated)
            }
        };
        Ok(Found { answer, truncated })
    })
}

/// A parser's message on one line. Of what it expected only the words are kept: classes of characters help nobody.
fn plain(message: &str) -> String {
    let line = message.replace('\n', " ");
    let Some((place, expected)) = line.split_once(" expected one of ") else { return line };
    let words = expected.split(", ").filter(|word| !word.starts_with(['[', '|']) && !word.contains("..="));
    format!("{place} expected {}", words.collect::<Vec<_>>().join(", "))
}

/// The value that a user's `--set name=value` means: `<…>` and what begins with `http://` or `https://` is an IRI
/// (relative ones are those of the workspace), as are `fact/…` and `doc/…` as tables show them; anything else is a string.
#[must_use]
pub fn value(iris: &Iris, text: &str) -> GroundTerm {
    let bracketed = text.strip_prefix('<').and_then(|t| t.strip_suffix('>'));
    let plain = ["http://", "https://", "fact/", "doc/"].iter().any(|start| text.starts_with(start)).then_some(text);
    let absolute = |iri: &str| {
        NamedNode::new(iri).or_else(|_| NamedNode::new(format!("{}{iri}", iris.base()))).ok().map(GroundTerm::from)
    };
    bracketed.or(plain).and_then(absolute).unwrap_or_else(|| Literal::from(text).into())
}
