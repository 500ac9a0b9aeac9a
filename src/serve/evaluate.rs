//! Queries beside each other: how many are evaluated at once, and for how long.

use std::sync::Arc;

use axum::http::StatusCode;
use tokio::task::spawn_blocking;
use tokio::time::{Instant, timeout_at};

use super::error::ApiError;
use super::{Loaded, Server};
use crate::query::QueryError;
use crate::store::{Limits, Stop, StoreError};

/// So many queries are evaluated at once. The others wait for their turn: they would only make each other slow.
pub(super) const AT_ONCE: usize = 4;

/// Stops an evaluation when nobody waits for it any more: time has passed, or whoever asked has hung up.
struct Wanted(Stop);

impl Drop for Wanted {
    fn drop(&mut self) {
        self.0.stop();
    }
}

impl Server {
    /// Does what evaluates queries, for at most as long as the server is told to let it. `work` gives the limits to
    /// the store with each of them; they have `rows`, and end where this is not awaited to its end.
    ///
    /// # Errors
    /// Those of `work`; 503 where the graph is not there yet, other queries take too long, or this one does.
    pub(super) async fn evaluate<T: Send + 'static>(
        &self,
        rows: usize,
        work: impl FnOnce(&Loaded, &Limits) -> Result<T, ApiError> + Send + 'static,
    ) -> Result<T, ApiError> {
        let loaded = self.loaded()?;
        let timeout = self.options.timeout;
        let end = Instant::now() + timeout;
        let Ok(turn) = timeout_at(end, Arc::clone(&self.turns).acquire_owned()).await else {
            return Err(ApiError::later("other queries are being answered; ask again in a moment"));
        };
        let limits = Limits { rows, stop: Stop::default() };
        let _wanted = Wanted(limits.stop.clone());
        let working = spawn_blocking(move || {
            let _turn = turn;
            work(&loaded, &limits)
        });
        match timeout_at(end, working).await {
            Ok(done) => done.unwrap_or_else(|error| Err(ApiError::failed(format!("the server failed: {error}")))),
            Err(_) => Err(too_long(timeout.as_secs())),
        }
    }
}

fn too_long(seconds: u64) -> ApiError {
    let message = format!(
        "the query takes longer than {seconds} s and was ended; ask for less, or start tupu serve with --timeout SECONDS"
    );
    ApiError::new(StatusCode::SERVICE_UNAVAILABLE, message)
}

impl From<QueryError> for ApiError {
    /// Most of what goes wrong is in the query.
    fn from(error: QueryError) -> Self {
        let message = error.to_string();
        match error {
            QueryError::Store(StoreError::Storage(_)) => Self::failed(message),
            QueryError::Store(StoreError::Stopped) => Self::new(StatusCode::SERVICE_UNAVAILABLE, message),
            _ => Self::bad(message),
        }
    }
}
