//! SPARQL 1.1 over HTTP: the protocol's queries at `/sparql` with a description of the service, and the graphs themselves
//! at `/rdf-graph-store`. Nothing is changed here, and no other server asked.

mod accept;
mod answer;
mod description;
mod formats;
mod graphs;
mod request;

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, VARY};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::any;

use oxigraph::io::RdfSerializer;
use oxigraph::model::Triple;

use super::Server;
use super::error::ApiError;
use crate::query;

/// Where it is served.
pub(super) fn router() -> Router<Arc<Server>> {
    Router::new().route("/sparql", any(queries)).route("/rdf-graph-store", any(graph_store))
}

async fn queries(State(server): State<Arc<Server>>, request: Request) -> Response {
    const METHODS: &str = "GET, HEAD, POST, OPTIONS";
    match *request.method() {
        Method::OPTIONS => options(METHODS),
        Method::GET | Method::HEAD | Method::POST => done(answer::answer(&server, request).await),
        _ => not_allowed(METHODS, "queries are asked with GET or POST"),
    }
}

async fn graph_store(State(server): State<Arc<Server>>, request: Request) -> Response {
    const METHODS: &str = "GET, HEAD, OPTIONS";
    match *request.method() {
        Method::OPTIONS => options(METHODS),
        Method::GET | Method::HEAD => done(graphs::graph(&server, request).await),
        _ => not_allowed(METHODS, "graphs are read-only here; change them with tupu build or tupu review"),
    }
}

/// The answer, or what is wrong as a line of text.
fn done(answered: Result<Response, ApiError>) -> Response {
    answered.unwrap_or_else(ApiError::into_text)
}

/// A complete answer in a format that the client has chosen.
fn complete(media_type: &'static str, body: Vec<u8>) -> Response {
    ([(CONTENT_TYPE, media_type), (VARY, "accept"), (CACHE_CONTROL, "no-cache")], body).into_response()
}

fn options(methods: &'static str) -> Response {
    (StatusCode::NO_CONTENT, [(ALLOW, methods)]).into_response()
}

fn not_allowed(methods: &'static str, message: &str) -> Response {
    let mut response = ApiError::new(StatusCode::METHOD_NOT_ALLOWED, message).into_text();
    response.headers_mut().insert(ALLOW, HeaderValue::from_static(methods));
    response
}

/// Triples as a whole.
fn written(triples: &[Triple], serializer: RdfSerializer) -> Result<Vec<u8>, ApiError> {
    let format = serializer.format();
    let failed = |error: std::io::Error| ApiError::bad(format!("this cannot be written as {format}: {error}"));
    query::written(triples, serializer).map_err(failed)
}
