//! How far the server is: the workspace, once it is read.

use std::sync::{Arc, PoisonError, RwLock};

use tokio::sync::Semaphore;

use super::error::{ApiError, ServeError};
use super::evaluate::AT_ONCE;
use super::{Loaded, Options};

/// A server of one workspace.
#[derive(Debug)]
pub struct Server {
    pub(super) options: Options,
    state: RwLock<State>,
    /// Who may evaluate a query now.
    pub(super) turns: Arc<Semaphore>,
    /// One decision is made after the other.
    pub(super) reviewing: tokio::sync::Mutex<()>,
}

/// How far it is.
#[derive(Debug, Clone)]
pub enum State {
    /// The workspace is being read.
    Loading,
    /// It is read.
    Ready(Arc<Loaded>),
    /// It cannot be read, and why.
    Failed(String),
}

impl Server {
    pub(super) fn new(options: Options) -> Self {
        Self {
            options,
            reviewing: tokio::sync::Mutex::default(),
            state: RwLock::new(State::Loading),
            turns: Arc::new(Semaphore::new(AT_ONCE)),
        }
    }

    /// How far it is.
    pub(super) fn state(&self) -> State {
        self.state.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The workspace; where it is not read, the answer that says so.
    pub(super) fn loaded(&self) -> Result<Arc<Loaded>, ApiError> {
        match self.state() {
            State::Ready(loaded) => Ok(loaded),
            State::Loading => Err(ApiError::later("the graph is being loaded; ask again in a moment")),
            State::Failed(why) => Err(ApiError::failed(why)),
        }
    }

    /// Reads the workspace, and from then on answers from it. Where it cannot be read, what was read before stays.
    pub(super) fn load(&self) -> Result<Arc<Loaded>, ServeError> {
        let read = Loaded::read(&self.options).map(Arc::new);
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        match (&read, &*state) {
            (Ok(loaded), _) => *state = State::Ready(Arc::clone(loaded)),
            (Err(_), State::Ready(_)) => {}
            (Err(error), _) => *state = State::Failed(error.to_string()),
        }
        read
    }
}
