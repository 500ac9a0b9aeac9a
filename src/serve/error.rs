//! What goes wrong: before anything is served, and as an answer.

use std::io;

use axum::Json;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::query::SavedError;
use crate::schema::SchemaError;
use crate::store::StoreError;
use crate::workspace::WorkspaceError;

/// Why nothing is served.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The port cannot be had.
    #[error("cannot listen on port {port}: {source}; choose another with --port, or 0 for any that is free")]
    Port {
        /// Which.
        port: u16,
        /// What the system said.
        source: io::Error,
    },
    /// The system refuses what a server needs.
    #[error("cannot serve: {0}")]
    Runtime(io::Error),
    /// The workspace cannot be read.
    #[error(transparent)]
    Workspace(#[from] WorkspaceError),
    /// A fact type cannot be read.
    #[error(transparent)]
    Schema(#[from] SchemaError),
    /// A saved query cannot be read.
    #[error(transparent)]
    Saved(#[from] SavedError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// An answer that says what is wrong: a status and `{"error": "…"}`.
#[derive(Debug, Clone)]
pub(super) struct ApiError {
    status: StatusCode,
    message: String,
    /// Whether the same is answered in a moment.
    later: bool,
}

impl ApiError {
    pub fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self { status, message: message.into().replace('\n', " "), later: false }
    }

    /// What is asked is answered in a moment.
    pub fn later(message: impl Into<String>) -> Self {
        Self { later: true, ..Self::new(StatusCode::SERVICE_UNAVAILABLE, message) }
    }

    /// What is asked is no question.
    pub fn bad(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, message)
    }

    /// What is asked for is not there.
    pub fn missing(message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, message)
    }

    /// It as a line of text, for programs that know no API.
    pub fn into_text(self) -> Response {
        let line = format!("{}\n", self.message);
        self.with_body(([(CONTENT_TYPE, "text/plain; charset=utf-8")], line).into_response())
    }

    fn with_body(self, mut body: Response) -> Response {
        *body.status_mut() = self.status;
        if self.later {
            body.headers_mut().insert(RETRY_AFTER, 1.into());
        }
        body
    }

    /// The server failed.
    pub fn failed(message: impl Into<String>) -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, message)
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let body = Json(json!({ "error": self.message })).into_response();
        self.with_body(body)
    }
}
