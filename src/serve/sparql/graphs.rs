//! Graphs as they are: the read half of the SPARQL 1.1 Graph Store HTTP Protocol.

use axum::extract::Request;
use axum::response::Response;
use oxigraph::model::GraphName;

use super::request::{graph as read, parameters};
use super::{complete, formats, written};
use crate::query::{QueryError, serializer};
use crate::serve::Server;
use crate::serve::error::ApiError;

/// The default graph, `?default`, or a named one, `?graph=IRI`: what a document states.
pub(super) async fn graph(server: &Server, request: Request) -> Result<Response, ApiError> {
    let parameters = parameters(request.uri().query().unwrap_or_default())?;
    let named = match parameters.as_slice() {
        [(name, value)] if name == "default" && value.is_empty() => None,
        [(name, value)] if name == "graph" => Some(value.clone()),
        _ => return Err(ApiError::bad("say which graph: ?default, or ?graph= and its IRI, percent-encoded")),
    };
    let (media_type, format) = formats::rdf(request.headers())?;
    server
        .evaluate(server.options.rows, move |loaded, limits| {
            let iris = loaded.workspace.iris();
            let graph = match &named {
                Some(name) => GraphName::from(read(iris, name)?),
                None => GraphName::DefaultGraph,
            };
            let Some((triples, more)) = loaded.store.graph(&graph, limits).map_err(QueryError::from)? else {
                return Err(ApiError::missing(format!("there is no graph {graph}")));
            };
            if more {
                return Err(QueryError::TooMany(limits.rows).into());
            }
            Ok(complete(media_type, written(&triples, serializer(format, iris))?))
        })
        .await
}
