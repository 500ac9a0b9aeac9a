//! Queries answered.

use axum::extract::Request;
use axum::http::Method;
use axum::response::Response;

use super::request::Request as Asked;
use super::{complete, description, formats};
use crate::query::Question;
use crate::serve::Server;
use crate::serve::error::ApiError;

/// Answers a query, or describes the service where an address says nothing at all. An answer is sent when all of it is
/// there: what is too long or takes too long is refused, never cut.
pub(super) async fn answer(server: &Server, request: Request) -> Result<Response, ApiError> {
    let (parts, body) = request.into_parts();
    if parts.method != Method::POST && parts.uri.query().is_none_or(str::is_empty) {
        return description::describe(server, &parts.headers).await;
    }
    let asked = Asked::read(&parts, body).await?;
    server
        .evaluate(server.options.rows, move |loaded, limits| {
            let iris = loaded.workspace.iris();
            let question = Question::parse(iris, &asked.query, asked.graphs(iris)?)?;
            let (media_type, format) = formats::chosen(&parts.headers, question.gives_triples())?;
            Ok(complete(media_type, question.write(&loaded.store, iris, format, limits)?))
        })
        .await
}
