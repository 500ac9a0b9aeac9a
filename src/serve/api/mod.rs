//! The explorer's API: JSON over GET, but for what writes or sends a text. Ids are IRIs as tables show them
//! (`org/泰坦科技有限公司`); offsets into texts are UTF-16 code units, half-open, as browsers count.

mod annotate;
mod body;
mod choice;
mod documents;
mod entity;
mod export;
mod fact;
mod facts;
mod graph;
mod parameters;
mod path;
mod queries;
mod review;
mod schema;
mod status;
mod suggest;

use std::sync::Arc;

use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::http::{Method, StatusCode, Uri};
use axum::response::IntoResponse;
use axum::routing::{get, post};

use super::Server;
use super::error::ApiError;

pub(super) use fact::EntityRef;

/// What is under `/api`.
pub(super) fn router() -> Router<Arc<Server>> {
    Router::new()
        .route("/", get(description))
        .route("/status", get(status::status))
        .route("/schema", get(schema::schema))
        .route("/suggest", get(suggest::suggest))
        .route("/graph", get(graph::graph))
        .route("/timeline", get(graph::timeline))
        .route("/facts", get(facts::facts))
        .route("/entity", get(entity::entity))
        .route("/path", get(path::path))
        .route("/documents", get(documents::documents))
        .route("/document", get(documents::document))
        .route("/queries", get(queries::queries))
        .route("/queries/{name}", get(queries::saved))
        .route("/query", post(queries::own))
        .route("/review", get(review::review).post(review::decide))
        .route("/annotate", post(annotate::annotate))
        .route("/export/{format}", get(export::export))
        .method_not_allowed_fallback(not_so)
        .fallback(nothing)
}

/// What there is here, in OpenAPI.
async fn description() -> impl IntoResponse {
    ([(CONTENT_TYPE, "application/json")], include_str!("../openapi.json"))
}

async fn not_so(method: Method) -> ApiError {
    ApiError::new(StatusCode::METHOD_NOT_ALLOWED, format!("not by {method}; GET /api tells what is asked how"))
}

async fn nothing(uri: Uri) -> ApiError {
    ApiError::missing(format!("nothing is at /api{}; GET /api tells what there is", uri.path()))
}

/// Does what takes a while where it keeps no other request waiting.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, ApiError> + Send + 'static,
) -> Result<T, ApiError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|error| Err(ApiError::failed(format!("the server failed: {error}"))))
}
