//! Questions to the graph: the saved ones and the user's own, and their answers as tables.

mod format;
mod saved;
mod table;

use std::collections::BTreeMap;

use oxigraph::model::{Literal, NamedNode, Term, Triple, Variable};
use oxigraph::sparql::QueryResults;
use spargebra::Query;
use spargebra::algebra::GraphPattern;

use crate::rdf::Iris;
use crate::store::{self, Store, StoreError};

pub use format::{Format, FormatError, write};
pub use saved::{Param, Saved, SavedError, SavedQueries};
pub use table::{Shortener, Table};

/// Values for variables of a query, by the variables' names without `?`.
pub type Bindings = BTreeMap<String, Term>;

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

/// Why a query gives no answer.
#[derive(Debug, thiserror::Error)]
pub enum QueryError {
    /// It is no SPARQL.
    #[error("SPARQL syntax: {0}")]
    Syntax(String),
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
    /// It cannot be evaluated.
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn has(params: &[String]) -> String {
    if params.is_empty() { "; it has none".to_owned() } else { format!("; it has {}", params.join(", ")) }
}

/// Answers a query of the user's own. The usual prefixes (`tupu:`, `schema:` …) need not be declared, and relative
/// IRIs (`<product/口罩>`) are those of the workspace. `bindings` replace variables in the parsed query, so no value
/// can change what the query asks.
///
/// # Errors
/// A mistake in the query, with line and column; a value for a variable that it does not have; what its evaluation
/// runs into.
pub fn run(store: &Store, iris: &Iris, text: &str, bindings: &Bindings) -> Result<Answer, QueryError> {
    let mut query =
        store::parse(text, Some(iris.base())).map_err(|e| QueryError::Syntax(e.to_string().replace('\n', " ")))?;
    let shown = query.to_string();
    let mut values = Vec::new();
    for (name, term) in bindings {
        let variable = Variable::new(name.as_str()).map_err(|_| QueryError::BadVariable(name.clone()))?;
        if !mentions(&shown, name) {
            return Err(QueryError::NoVariable(name.clone()));
        }
        let added = if let Query::Select { pattern, .. } = &mut query { project(pattern, &variable) } else { false };
        values.push((variable, term.clone(), added));
    }
    let hidden: Vec<Variable> = values.iter().filter(|(.., added)| *added).map(|(v, ..)| v.clone()).collect();
    let results = store.query(query, values.into_iter().map(|(variable, term, _)| (variable, term)))?;
    match results {
        QueryResults::Boolean(answer) => Ok(Answer::Boolean(answer)),
        QueryResults::Solutions(solutions) => Ok(Answer::Table(Table::collect(solutions, &hidden)?)),
        QueryResults::Graph(triples) => {
            let mut triples = triples.collect::<Result<Vec<_>, _>>().map_err(StoreError::from)?;
            triples.sort_by_cached_key(ToString::to_string);
            triples.dedup();
            Ok(Answer::Triples(triples))
        }
    }
}

/// The value that a user's `--set name=value` means: `<…>` and what begins with `http://` or `https://` is an IRI
/// (relative ones are those of the workspace), as are `fact/…` as tables show them; anything else is a string.
#[must_use]
pub fn value(iris: &Iris, text: &str) -> Term {
    let bracketed = text.strip_prefix('<').and_then(|t| t.strip_suffix('>'));
    let plain = ["http://", "https://", "fact/"].iter().any(|start| text.starts_with(start)).then_some(text);
    let absolute = |iri: &str| {
        NamedNode::new(iri).or_else(|_| NamedNode::new(format!("{}{iri}", iris.base()))).ok().map(Term::from)
    };
    bracketed.or(plain).and_then(absolute).unwrap_or_else(|| Literal::from(text).into())
}

/// Whether the query, as it was parsed, has the variable.
fn mentions(query: &str, variable: &str) -> bool {
    let marked = format!("?{variable}");
    query.match_indices(&marked).any(|(at, _)| {
        let next = query[at + marked.len()..].chars().next();
        next.is_none_or(|c| !(c.is_alphanumeric() || c == '_'))
    })
}

/// Lets the outermost SELECT see `variable`, as substitution wants it; says whether it did not before.
fn project(pattern: &mut GraphPattern, variable: &Variable) -> bool {
    match pattern {
        GraphPattern::Slice { inner, .. } | GraphPattern::Distinct { inner } | GraphPattern::Reduced { inner } => {
            project(inner, variable)
        }
        GraphPattern::Project { variables, .. } if !variables.contains(variable) => {
            variables.push(variable.clone());
            true
        }
        _ => false,
    }
}
