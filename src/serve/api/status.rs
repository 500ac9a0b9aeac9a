//! How far the server is, and what it serves.

use std::sync::Arc;

use axum::Json;
use axum::extract;
use serde::Serialize;

use crate::serve::{Server, State};

#[derive(Serialize)]
pub(in crate::serve) struct Status {
    /// `loading`, `ready`, `failed`.
    state: &'static str,
    /// Why it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    version: &'static str,
    /// The folder of the workspace.
    workspace: String,
    /// What the IRIs of the workspace begin with; empty while it is loaded.
    base: String,
    /// Whether decisions may be made.
    review: bool,
    documents: usize,
    entities: usize,
    facts: usize,
}

pub(super) async fn status(extract::State(server): extract::State<Arc<Server>>) -> Json<Status> {
    let mut status = Status {
        state: "loading",
        error: None,
        version: env!("CARGO_PKG_VERSION"),
        workspace: server.options.folder.display().to_string(),
        base: String::new(),
        review: server.options.review,
        documents: 0,
        entities: 0,
        facts: 0,
    };
    match server.state() {
        State::Loading => {}
        State::Failed(error) => (status.state, status.error) = ("failed", Some(error)),
        State::Ready(loaded) => {
            status.state = "ready";
            loaded.workspace.iris().base().clone_into(&mut status.base);
            status.documents = loaded.document_count();
            status.entities = loaded.entity_count();
            status.facts = loaded.fact_count();
        }
    }
    Json(status)
}
