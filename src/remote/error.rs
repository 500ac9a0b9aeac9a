//! What goes wrong with another server, in one line: which server, what it said, what to do.

use std::time::Duration;

use crate::query::QueryError;
use crate::store::StoreError;

/// Why another server did not do as asked.
#[derive(Debug, thiserror::Error)]
pub enum RemoteError {
    /// No address of a server.
    #[error("{0:?} is no address of a server; write it as http://localhost:7878/update")]
    Address(String),
    /// Nothing answers there, or what answers breaks off.
    #[error("{server} cannot be reached: {why}; is it running, and is this its address?")]
    Unreachable {
        /// The address.
        server: String,
        /// What the system said.
        why: String,
        /// Whether it may come back.
        passing: bool,
    },
    /// No answer in time.
    #[error("{server} gave no answer in {} s; send less at once with --batch, or wait longer with --timeout", .after.as_secs())]
    Timeout {
        /// The address.
        server: String,
        /// How long it was waited for.
        after: Duration,
    },
    /// The server says no.
    #[error("{server} says {status}{}{}", after(.said), advice(*.status))]
    Refused {
        /// The address.
        server: String,
        /// The status of HTTP.
        status: u16,
        /// What it said, in one line; perhaps nothing.
        said: String,
        /// After how many seconds it wants to be asked again.
        later: Option<u64>,
    },
    /// What the server answers is no answer.
    #[error("{server} gives no answer in SPARQL's formats: {why}; is this the address for queries?")]
    Unreadable {
        /// The address.
        server: String,
        /// What is wrong with it.
        why: String,
    },
    /// Credentials are needed in a way that is not known here.
    #[error(
        "{server} asks for a login by {scheme}, and tupu knows Basic and Digest alone; put a server between that does"
    )]
    Scheme {
        /// The address.
        server: String,
        /// What it asks for.
        scheme: String,
    },
    /// A server without saved queries.
    #[error("{0} is no tupu serve, so it has no saved queries; ask it with -e or --file")]
    NoSaved(String),
    /// The server has no workspace.
    #[error("{server} cannot read its workspace: {why}")]
    Failed {
        /// The address.
        server: String,
        /// What it said.
        why: String,
    },
    /// The graph for the default graph is one of the named graphs.
    #[error("the graph <{0}> is a named graph already; give --default-graph another IRI")]
    Taken(String),
    /// The server says that all is written, and has not all of it.
    #[error(
        "{server} has taken everything and lacks {missing} triples in {graphs} graphs, first in {first}: what it takes in it does not keep"
    )]
    Lost {
        /// The address for queries.
        server: String,
        /// How many.
        missing: u64,
        /// In how many graphs.
        graphs: usize,
        /// The name of one.
        first: String,
    },
    /// Some of it was not delivered.
    #[error("{why}; {sent} of {of} triples are delivered and stay, and sending them again does no harm")]
    Undelivered {
        /// What went wrong.
        why: Box<RemoteError>,
        /// How many triples were taken.
        sent: u64,
        /// How many there are.
        of: u64,
    },
    /// It has been tried again and again.
    #[error("{why} (tried {times} times)")]
    GivenUp {
        /// What went wrong the last time.
        why: Box<RemoteError>,
        /// How often.
        times: u32,
    },
    /// The graph cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The question is none.
    #[error(transparent)]
    Query(#[from] QueryError),
}

impl RemoteError {
    /// Whether the same request may well succeed later, and how often at most it is worth while to send it.
    pub(super) fn tries(&self) -> Option<u32> {
        match self {
            Self::Unreachable { passing: true, .. } | Self::Timeout { .. } => Some(u32::MAX),
            Self::Refused { status: 408 | 425 | 429 | 502..=504, .. } => Some(u32::MAX),
            // Perhaps a deadlock between two writers; more likely a fault that will not go away.
            Self::Refused { status: 500, .. } => Some(3),
            _ => None,
        }
    }

    /// After how many seconds the server wants to be asked again.
    pub(super) const fn later(&self) -> Option<u64> {
        match self {
            Self::Refused { later, .. } => *later,
            _ => None,
        }
    }

    /// Whether the request was too large for the server: it says so, or runs out of memory over it as Virtuoso does
    /// with what one INSERT DATA is compiled to.
    pub(super) fn is_too_large(&self) -> bool {
        const WORDS: [&str; 4] = ["memory exhausted", "SQ199", "SQ200", "too complex"];
        match self {
            Self::Refused { status: 413, .. } => true,
            Self::Refused { status: 400 | 500, said, .. } => WORDS.iter().any(|words| said.contains(words)),
            _ => false,
        }
    }
}

fn after(said: &str) -> String {
    if said.is_empty() { String::new() } else { format!(": {said}") }
}

fn advice(status: u16) -> &'static str {
    match status {
        300..=399 => "; give the address that it sends to",
        400 | 422 => "; see what it says, and whether this is its address for what is asked",
        401 => "; give --user NAME with the password in TUPU_PASSWORD, and see that they are right",
        403 => "; this user may not do that there: give --user NAME with the password in TUPU_PASSWORD",
        404 => "; see whether the address is complete, such as http://localhost:7878/update",
        405 | 406 | 415 => {
            "; see whether this is the right one of its addresses (update, query, graph store) for what is asked"
        }
        413 => "; send less at once with --batch",
        429 | 503 => "; try again later",
        _ => "",
    }
}
