//! Servers that are asked: a `tupu serve`, or any that speaks SPARQL.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Deserialize;

use super::client::Request;
use super::patience::persist;
use super::{Address, Client, RemoteError, ask};
use crate::query::{Answer, Param, Portable, Saved, SavedQueries, value};
use crate::rdf::Iris;

/// How long a server may take to read its workspace.
const LOADING: Duration = Duration::from_secs(300);

/// A server to ask.
#[derive(Debug)]
pub struct Server {
    client: Client,
    /// Where queries are answered.
    address: Address,
    iris: Iris,
    /// What it is beyond a server of SPARQL.
    tupu: Option<Tupu>,
}

/// A running `tupu serve`.
#[derive(Debug)]
struct Tupu {
    root: Address,
}

#[derive(Deserialize)]
struct Status {
    state: String,
    base: String,
    error: Option<String>,
    /// Only `tupu serve` tells of it.
    #[serde(rename = "workspace")]
    _workspace: String,
}

#[derive(Deserialize)]
struct SavedQuery {
    name: String,
    title: String,
    about: String,
    params: Vec<SavedParam>,
    text: String,
}

#[derive(Deserialize)]
struct SavedParam {
    name: String,
    about: String,
    default: Option<String>,
}

impl Server {
    /// Finds out what answers at an address: a `tupu serve`, given by its root or by its `/sparql`, or else a server of
    /// SPARQL. One that still reads its workspace is waited for.
    ///
    /// # Errors
    /// Where nothing answers, or the server cannot read its workspace.
    pub fn at(address: Address, client: Client) -> Result<Self, RemoteError> {
        let whole = address.to_string();
        let root = whole.split('?').next().unwrap_or_default().trim_end_matches('/');
        let root = address.with_url(root.strip_suffix("/sparql").unwrap_or(root).to_owned());
        let status = persist(LOADING, &mut |_, _| (), || match Self::status(&client, &root)? {
            // As a server says that asks for a moment.
            Some(Status { state, .. }) if state == "loading" => Err(RemoteError::Refused {
                server: root.to_string(),
                status: 503,
                said: "the graph is being loaded".to_owned(),
                later: Some(1),
            }),
            other => Ok(other),
        })?;
        let Some(Status { state, base, error, .. }) = status else {
            return Ok(Self { client, address, iris: Iris::of_nothing(), tupu: None });
        };
        let failed = |why| RemoteError::Failed { server: root.to_string(), why };
        if state != "ready" {
            return Err(failed(error.unwrap_or(state)));
        }
        let iris = Iris::new(&base).map_err(|error| failed(error.to_string()))?;
        let address = root.with_url(format!("{root}/sparql"));
        Ok(Self { client, address, iris, tupu: Some(Tupu { root }) })
    }

    /// What the server says of itself, if it is a `tupu serve`.
    fn status(client: &Client, root: &Address) -> Result<Option<Status>, RemoteError> {
        let address = root.with_url(format!("{root}/api/status"));
        match client.send(&get(&address)) {
            Ok(reply) => Ok(serde_json::from_slice(&reply.body).ok()),
            // Whatever else it is, it answers.
            Err(RemoteError::Refused { .. }) => Ok(None),
            // Whoever asks is told at once, and of the address that was given.
            Err(RemoteError::Unreachable { why, .. }) => {
                Err(RemoteError::Unreachable { server: root.to_string(), why, passing: false })
            }
            Err(other) => Err(other),
        }
    }

    /// What its IRIs begin with; nothing is known of those of a server that is no `tupu serve`.
    #[must_use]
    pub const fn iris(&self) -> &Iris {
        &self.iris
    }

    /// Answers a query of the user's own, as [`crate::query::run`] does. `values` are as the user gives them.
    ///
    /// # Errors
    /// A mistake in the query; what the server says; an answer that cannot be read.
    pub fn own(&self, text: &str, values: &BTreeMap<String, String>) -> Result<Answer, RemoteError> {
        let bindings = values.iter().map(|(name, text)| (name.clone(), value(&self.iris, text))).collect();
        self.ask(&Portable::own(&self.iris, text, &bindings)?)
    }

    /// Answers a saved query, as [`Saved::run`] does: one of those that a `tupu serve` has, or of other servers, into which
    /// the graph may have been pushed, one that every `tupu` has.
    ///
    /// # Errors
    /// As [`Server::own`]; where there is no query of that name.
    pub fn saved(&self, name: &str, values: &BTreeMap<String, String>) -> Result<Answer, RemoteError> {
        let saved = match &self.tupu {
            Some(tupu) => tupu.queries(&self.client)?,
            None => SavedQueries::embedded()?,
        };
        self.ask(&Portable::saved(saved.find(name)?, &self.iris, values)?)
    }

    fn ask(&self, question: &Portable) -> Result<Answer, RemoteError> {
        ask::ask(&self.client, &self.address, question)
    }
}

impl Tupu {
    /// Its saved queries.
    fn queries(&self, client: &Client) -> Result<SavedQueries, RemoteError> {
        let address = self.root.with_url(format!("{}/api/queries", self.root));
        let reply = client.send(&get(&address))?;
        let all: Vec<SavedQuery> = serde_json::from_slice(&reply.body)
            .map_err(|error| RemoteError::Unreadable { server: address.to_string(), why: error.to_string() })?;
        let param = |SavedParam { name, about, default }| Param { name, about, default };
        Ok(all
            .into_iter()
            .map(|SavedQuery { name, title, about, params, text }| {
                let params = params.into_iter().map(param).collect();
                Saved { name, title, about, params, text }
            })
            .collect())
    }
}

const fn get(address: &Address) -> Request<'_> {
    Request { method: "GET", address, content: "", accept: "application/json", body: b"" }
}
