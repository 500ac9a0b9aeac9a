//! HTTP for one workspace on this machine: the SPARQL protocol, the explorer's API, and the explorer itself.
//!
//! The server listens at once and reads the workspace meanwhile; until that is done it answers with 503 and says so. It
//! binds to the loopback address, answers no other host name and no other site (`guard`), and changes nothing but
//! `decisions.jsonl`, and that only where it is told to.

mod api;
mod assets;
mod error;
mod evaluate;
mod guard;
mod index;
mod loaded;
mod names;
mod sparql;
mod state;
mod texts;
mod utf16;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::middleware;
use tokio::net::TcpListener;

pub use error::ServeError;
pub use loaded::Loaded;
pub use state::{Server, State};

/// What is served, and how.
#[derive(Debug, Clone)]
pub struct Options {
    /// The workspace.
    pub folder: PathBuf,
    /// Fact types of the user's own, where they do not lie in the workspace.
    pub frames: Option<PathBuf>,
    /// The port; 0 is any that is free.
    pub port: u16,
    /// Whether decisions may be made.
    pub review: bool,
    /// How long a query may take.
    pub timeout: Duration,
    /// How many rows or triples an answer may have.
    pub rows: usize,
}

/// What happens while the server runs.
#[derive(Debug, Clone)]
pub enum Event {
    /// It listens.
    Listening(SocketAddr),
    /// The workspace is read.
    Ready(Arc<Loaded>),
    /// The workspace cannot be read: the server goes on to say so.
    Failed(String),
}

/// Serves until the process is told to end. What happens is told as it happens.
///
/// # Errors
/// Where the port is taken, or the system refuses what a server needs.
pub fn run(options: Options, tell: impl Fn(Event) + Send + Sync + 'static) -> Result<(), ServeError> {
    let port = options.port;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(ServeError::Runtime)?;
    let served = runtime.block_on(async {
        let listener =
            TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(|source| ServeError::Port { port, source })?;
        let at = listener.local_addr().map_err(ServeError::Runtime)?;
        tell(Event::Listening(at));
        let server = Arc::new(Server::new(options));
        let loading = Arc::clone(&server);
        tokio::task::spawn_blocking(move || match loading.load() {
            Ok(loaded) => tell(Event::Ready(loaded)),
            Err(error) => tell(Event::Failed(error.to_string())),
        });
        axum::serve(listener, router(server, at.port()))
            .with_graceful_shutdown(async {
                // Where no signal can be waited for, the process ends as the system ends it.
                if tokio::signal::ctrl_c().await.is_err() {
                    std::future::pending::<()>().await;
                }
            })
            .await
            .map_err(ServeError::Runtime)
    });
    // What is still evaluated is not waited for.
    runtime.shutdown_background();
    served
}

/// All that is served on a port.
fn router(server: Arc<Server>, port: u16) -> Router {
    Router::new()
        .nest("/api", api::router())
        .merge(sparql::router())
        .fallback(assets::serve)
        .with_state(server)
        .layer(middleware::from_fn(move |request, next| guard::guard(port, request, next)))
}
