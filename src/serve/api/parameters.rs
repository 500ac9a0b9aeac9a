//! The parameters of a request, read by hand: some may stand several times, and mistakes get a line that says what is
//! wrong.

use std::fmt::Display;
use std::str::FromStr;

use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;

use crate::serve::error::ApiError;

/// `name=value&…` in the order in which they stand.
pub(super) struct Parameters(Vec<(String, String)>);

impl<S: Send + Sync> FromRequestParts<S> for Parameters {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let read = Query::<Vec<(String, String)>>::from_request_parts(parts, state).await;
        let Query(pairs) = read.map_err(|error| ApiError::bad(error.body_text()))?;
        Ok(Self(pairs))
    }
}

impl Parameters {
    /// Refuses parameters of other names: one that is misspelt would be passed over in silence.
    pub fn only(&self, known: &[&[&str]]) -> Result<(), ApiError> {
        let is_known = |name: &str| known.iter().any(|names| names.contains(&name));
        match self.0.iter().find(|(name, _)| !is_known(name)) {
            Some((name, _)) => {
                Err(ApiError::bad(format!("no parameter {name:?}; there are {}", known.concat().join(", "))))
            }
            None => Ok(()),
        }
    }

    /// All values of a parameter.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(of, value)| of == name && !value.is_empty()).map(|(_, value)| value.as_str())
    }

    /// The value of a parameter that stands once.
    pub fn one(&self, name: &str) -> Option<&str> {
        self.0.iter().rfind(|(of, value)| of == name && !value.is_empty()).map(|(_, value)| value.as_str())
    }

    /// The value of a parameter that must be there.
    pub fn needed(&self, name: &str) -> Result<&str, ApiError> {
        self.one(name).ok_or_else(|| ApiError::bad(format!("the parameter {name} is needed")))
    }

    /// The value of a parameter that is a number or the like.
    pub fn parsed<T: FromStr>(&self, name: &str, otherwise: T) -> Result<T, ApiError>
    where
        T::Err: Display,
    {
        let Some(value) = self.one(name) else { return Ok(otherwise) };
        value.parse().map_err(|error| ApiError::bad(format!("{name}={value}: {error}")))
    }

    /// Whether a parameter is set.
    pub fn is_set(&self, name: &str) -> bool {
        self.one(name).is_some_and(|value| !matches!(value, "0" | "false"))
    }
}
