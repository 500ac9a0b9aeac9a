//! The saved queries: `queries/*.rq`, embedded in the program, and those of a folder of the user's.
//!
//! A file begins with comment lines: `# title: …`, `# about: …` and one `# param: name …` a parameter, where
//! `name=value` gives a default. A parameter without one must be set. Parameters are variables of the query, but
//! `limit`: that is the number of rows, which SPARQL has no variable for.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};
use oxigraph::model::Literal;
use spargebra::Query;
use spargebra::term::GroundTerm;

use super::{Answer, Bindings, Found, QueryError, answer, bound, value};
use crate::rdf::Iris;
use crate::store::{self, Limits, Store};
use crate::text::normal::normal;

/// The parameter that is no variable: how many rows an answer has at most.
const LIMIT: &str = "limit";

static EMBEDDED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/queries");

/// A saved query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// Its name, that of its file.
    pub name: String,
    /// What it is called.
    pub title: String,
    /// What it answers.
    pub about: String,
    /// What it may be told.
    pub params: Vec<Param>,
    /// SPARQL.
    pub text: String,
}

/// A parameter of a saved query: a variable that it leaves to the user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Param {
    /// The variable's name without `?`.
    pub name: String,
    /// What it is for.
    pub about: String,
    /// The value where none is given.
    pub default: Option<String>,
}

/// The saved queries by name.
#[derive(Debug, Clone, Default)]
pub struct SavedQueries {
    queries: BTreeMap<String, Saved>,
}

/// Why saved queries cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SavedError {
    /// No query of that name.
    #[error("no saved query {name:?}; there are {}", .known.join(", "))]
    Unknown {
        /// The name.
        name: String,
        /// Those there are.
        known: Vec<String>,
    },
    /// A query's file lacks a line that it must have.
    #[error("{file}: {message}")]
    Header {
        /// The file.
        file: String,
        /// What it lacks.
        message: String,
    },
    /// A folder or file cannot be read.
    #[error("{path}: cannot read: {source}")]
    Io {
        /// The folder or file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

impl SavedQueries {
    /// Those embedded in the program.
    ///
    /// # Errors
    /// Where one lacks a header line; a test keeps that from being released.
    pub fn embedded() -> Result<Self, SavedError> {
        let mut saved = Self::default();
        let mut files: Vec<_> = EMBEDDED.files().collect();
        files.sort_by_key(|f| f.path());
        for file in files {
            saved.add(file.path(), &String::from_utf8_lossy(file.contents()))?;
        }
        Ok(saved)
    }

    /// Those embedded in the program and those of `folder`, which go before where names are the same. A folder that
    /// is not there holds none.
    ///
    /// # Errors
    /// Where the folder or a file in it cannot be read or lacks a header line.
    pub fn with_folder(folder: &Path) -> Result<Self, SavedError> {
        let mut saved = Self::embedded()?;
        if folder.is_dir() {
            for entry in walkdir::WalkDir::new(folder).min_depth(1).max_depth(1).sort_by_file_name() {
                let path = match entry {
                    Ok(entry) => entry.into_path(),
                    Err(e) => return Err(SavedError::Io { path: folder.to_owned(), source: e.into() }),
                };
                if path.extension().is_some_and(|e| e == "rq") {
                    let text = std::fs::read_to_string(&path)
                        .map_err(|source| SavedError::Io { path: path.clone(), source })?;
                    saved.add(&path, &text)?;
                }
            }
        }
        Ok(saved)
    }

    /// In the order of their names.
    pub fn iter(&self) -> impl Iterator<Item = &Saved> {
        self.queries.values()
    }

    /// The one of that name.
    ///
    /// # Errors
    /// Where there is none; the error names those there are.
    pub fn find(&self, name: &str) -> Result<&Saved, SavedError> {
        self.queries
            .get(name)
            .ok_or_else(|| SavedError::Unknown { name: name.to_owned(), known: self.queries.keys().cloned().collect() })
    }

    fn add(&mut self, path: &Path, text: &str) -> Result<(), SavedError> {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let saved = Saved::parse(&name, text)
            .map_err(|message| SavedError::Header { file: path.display().to_string(), message })?;
        self.queries.insert(name, saved);
        Ok(())
    }
}

impl Saved {
    fn parse(name: &str, text: &str) -> Result<Self, String> {
        let headers = |key: &str| {
            let start = format!("# {key}:");
            let values: Vec<&str> = text.lines().filter_map(|l| l.strip_prefix(&start)).map(str::trim).collect();
            values
        };
        let one = |key: &str| match headers(key).as_slice() {
            [value] if !value.is_empty() => Ok((*value).to_owned()),
            _ => Err(format!("it needs one line `# {key}: …`")),
        };
        let params = headers("param").into_iter().map(Param::parse).collect();
        Ok(Self { name: name.to_owned(), title: one("title")?, about: one("about")?, params, text: text.to_owned() })
    }

    /// Answers it. `values` are strings as the user gives them, by parameter; they are read as [`value`] says, and
    /// strings are put into the normal form in which names are compared.
    ///
    /// # Errors
    /// A parameter without a value, a value without a parameter, and as [`super::run`].
    pub fn run(&self, store: &Store, iris: &Iris, values: &BTreeMap<String, String>) -> Result<Answer, QueryError> {
        Ok(self.run_within(store, iris, values, &Limits::default())?.answer)
    }

    /// As [`Saved::run`], within limits.
    ///
    /// # Errors
    /// As [`Saved::run`] and [`super::run_within`].
    pub fn run_within(
        &self,
        store: &Store,
        iris: &Iris,
        values: &BTreeMap<String, String>,
        limits: &Limits,
    ) -> Result<Found, QueryError> {
        answer(store, self.bound(iris, values)?, limits)
    }

    /// It with the values that it is told.
    pub(super) fn bound(&self, iris: &Iris, values: &BTreeMap<String, String>) -> Result<Query, QueryError> {
        if let Some(param) = values.keys().find(|name| self.params.iter().all(|p| p.name != **name)) {
            return Err(QueryError::NoParam {
                query: self.name.clone(),
                param: param.clone(),
                params: self.params.iter().map(|p| p.name.clone()).collect(),
            });
        }
        let mut bindings = Bindings::new();
        let mut rows = None;
        for param in &self.params {
            if let Some(given) = values.get(&param.name).or(param.default.as_ref()) {
                if param.name == LIMIT {
                    rows = Some(given.trim().parse().map_err(|_| QueryError::NoNumber {
                        query: self.name.clone(),
                        param: param.name.clone(),
                        value: given.clone(),
                    })?);
                    continue;
                }
                let term = match value(iris, given) {
                    GroundTerm::Literal(literal) => Literal::from(normal(literal.value())).into(),
                    iri => iri,
                };
                bindings.insert(param.name.clone(), term);
            } else {
                return Err(QueryError::Unset {
                    query: self.name.clone(),
                    param: param.name.clone(),
                    about: param.about.clone(),
                });
            }
        }
        let mut query = bound(iris, &self.text, &bindings)?;
        if let Some(rows) = rows {
            store::limit(&mut query, rows);
        }
        Ok(query)
    }
}

impl Param {
    fn parse(line: &str) -> Self {
        let (head, about) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let (name, default) = head.split_once('=').map_or((head, None), |(n, d)| (n, Some(d.to_owned())));
        Self { name: name.to_owned(), about: about.trim().to_owned(), default }
    }
}
