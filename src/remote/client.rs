//! Requests over HTTP: sent, logged in where the server asks for it, and answered.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ureq::http::{self, HeaderMap};
use ureq::tls::{RootCerts, TlsConfig, TlsProvider};
use ureq::{Agent, Error};

use super::challenge::Challenge;
use super::digest::Digest;
use super::said::in_one_line;
use super::{Address, Credentials, RemoteError};

/// How long a connection may take to come about.
const CONNECT: Duration = Duration::from_secs(10);
/// No answer is longer, in bytes.
const LONGEST: u64 = 4 << 30;

/// Sends requests, over connections that are kept open.
#[derive(Debug)]
pub struct Client {
    agent: Agent,
    timeout: Duration,
    /// How to log in, by origin: what has been learned from refusals.
    logins: Mutex<BTreeMap<String, Login>>,
}

#[derive(Debug, Clone)]
enum Login {
    Basic,
    Digest(Digest),
}

/// What is sent.
#[derive(Debug, Clone, Copy)]
pub(super) struct Request<'a> {
    pub method: &'static str,
    pub address: &'a Address,
    /// The media type of the body.
    pub content: &'a str,
    pub accept: &'a str,
    pub body: &'a [u8],
}

/// What came back.
#[derive(Debug)]
pub(super) struct Reply {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Client {
    /// A client that waits so long for an answer.
    #[must_use]
    pub fn new(timeout: Duration) -> Self {
        let tls = TlsConfig::builder()
            .provider(TlsProvider::Rustls)
            .root_certs(RootCerts::PlatformVerifier)
            .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .build();
        let config = Agent::config_builder()
            .tls_config(tls)
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent(concat!("tupu/", env!("CARGO_PKG_VERSION")))
            .timeout_connect(Some(CONNECT))
            .timeout_global(Some(timeout))
            .build();
        Self { agent: config.into(), timeout, logins: Mutex::default() }
    }

    /// Learns how a server wants whoever writes to log in, by a request without a body: a large one that it refuses
    /// unread would look like a broken connection.
    pub(super) fn greet(&self, address: &Address, content: &str) -> Result<(), RemoteError> {
        if address.credentials.is_none() || self.login(address).is_some() {
            return Ok(());
        }
        let reply = self.once(&Request { method: "POST", address, content, accept: "*/*", body: b"" })?;
        if reply.status == 401 {
            self.learn(address, &reply)?;
        }
        Ok(())
    }

    /// Sends a request and gives what the server answers if it does as asked.
    pub(super) fn send(&self, request: &Request<'_>) -> Result<Reply, RemoteError> {
        let mut reply = self.once(request)?;
        if [401, 403].contains(&reply.status) && request.address.credentials.is_some() {
            let known = self.login(request.address);
            if self.learn(request.address, &reply)? || (known.is_none() && self.login(request.address).is_some()) {
                reply = self.once(request)?;
            }
        }
        if (200..300).contains(&reply.status) { Ok(reply) } else { Err(refused(request.address, &reply)) }
    }

    /// Takes from a refusal how to log in. Says whether that is worth another try: it is not where the same was tried.
    fn learn(&self, address: &Address, reply: &Reply) -> Result<bool, RemoteError> {
        let headers = reply.headers.get_all(http::header::WWW_AUTHENTICATE).iter();
        let challenges: Vec<Challenge> =
            headers.filter_map(|value| value.to_str().ok()).flat_map(Challenge::parse).collect();
        let known = self.login(address);
        let digest = challenges.iter().find_map(|challenge| Some((challenge, Digest::of(challenge)?)));
        let login = match digest {
            Some((challenge, digest)) => {
                let stale = challenge.get("stale").is_some_and(|stale| stale.eq_ignore_ascii_case("true"));
                if matches!(known, Some(Login::Digest(_))) && !stale {
                    return Ok(false);
                }
                Login::Digest(digest)
            }
            None if challenges.is_empty() || challenges.iter().any(|challenge| challenge.scheme == "basic") => {
                if matches!(known, Some(Login::Basic)) {
                    return Ok(false);
                }
                Login::Basic
            }
            None => {
                let scheme = challenges.iter().map(|challenge| challenge.scheme.clone()).collect::<Vec<_>>().join(", ");
                return Err(RemoteError::Scheme { server: address.to_string(), scheme });
            }
        };
        self.locked().insert(address.origin().to_owned(), login);
        Ok(true)
    }

    fn login(&self, address: &Address) -> Option<Login> {
        self.locked().get(address.origin()).cloned()
    }

    fn locked(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, Login>> {
        self.logins.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One request and its answer, whatever that says.
    fn once(&self, request: &Request<'_>) -> Result<Reply, RemoteError> {
        let Request { method, address, content, accept, body } = *request;
        let url = address.to_string();
        let mut built = http::Request::builder().method(method).uri(&url).header("accept", accept);
        if method != "GET" {
            built = built.header("content-type", content);
        }
        if let Some(authorization) = self.authorization(address, method) {
            built = built.header("authorization", authorization);
        }
        let failed = |error: Error| self.failed(address, error);
        let bad = |_| RemoteError::Address(url.clone());
        let answered = if method == "GET" {
            self.agent.run(built.body(()).map_err(bad)?)
        } else {
            self.agent.run(built.body(body).map_err(bad)?)
        };
        let (parts, mut answer) = answered.map_err(failed)?.into_parts();
        let body = answer.with_config().limit(LONGEST).read_to_vec().map_err(failed)?;
        Ok(Reply { status: parts.status.as_u16(), headers: parts.headers, body })
    }

    fn authorization(&self, address: &Address, method: &str) -> Option<String> {
        let who = address.credentials.as_ref()?;
        let mut logins = self.locked();
        Some(match logins.get_mut(address.origin())? {
            Login::Basic => basic(who),
            Login::Digest(digest) => {
                let url = address.to_string();
                let path = url.strip_prefix(address.origin()).filter(|path| !path.is_empty()).unwrap_or("/").to_owned();
                digest.answer(who, method, &path)
            }
        })
    }

    /// Tells failures that may pass from those that will not.
    fn failed(&self, address: &Address, error: Error) -> RemoteError {
        let server = address.to_string();
        let unreachable = |why: String, passing| RemoteError::Unreachable { server: server.clone(), why, passing };
        match error {
            Error::Timeout(ureq::Timeout::Connect) => {
                unreachable(format!("no connection in {} s", CONNECT.as_secs()), true)
            }
            Error::Timeout(_) => RemoteError::Timeout { server, after: self.timeout },
            Error::HostNotFound => unreachable("there is no host of that name".to_owned(), false),
            Error::Io(error) if error.kind() == io::ErrorKind::InvalidData => unreachable(error.to_string(), false),
            Error::Io(error) => unreachable(plain(&error), true),
            Error::ConnectionFailed | Error::BodyStalled => unreachable("the connection broke off".to_owned(), true),
            Error::Protocol(error) => unreachable(format!("it does not speak HTTP ({error})"), false),
            other => unreachable(other.to_string(), false),
        }
    }
}

/// What the system says, without its number.
fn plain(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::ConnectionRefused => "nothing listens there".to_owned(),
        io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe | io::ErrorKind::UnexpectedEof => {
            "the connection broke off".to_owned()
        }
        _ => error.to_string(),
    }
}

fn basic(who: &Credentials) -> String {
    format!("Basic {}", STANDARD.encode(format!("{}:{}", who.user, who.password)))
}

/// A refusal in one line.
fn refused(address: &Address, reply: &Reply) -> RemoteError {
    let header = |name: http::HeaderName| reply.headers.get(name)?.to_str().ok();
    let said = match header(http::header::LOCATION) {
        Some(location) if (300..400).contains(&reply.status) => format!("look at {location}"),
        _ => in_one_line(&reply.body),
    };
    let later = header(http::header::RETRY_AFTER).and_then(|seconds| seconds.trim().parse().ok());
    RemoteError::Refused { server: address.to_string(), status: reply.status, said, later }
}
