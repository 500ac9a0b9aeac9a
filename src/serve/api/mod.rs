//! The explorer's API: JSON over GET, but for what writes or sends a text. Ids are IRIs as tables show them
//! (`org/泰坦科技有限公司`); offsets into texts are UTF-16 code units, half-open, as browsers count.

mod status;

use std::sync::Arc;

use axum::Router;
use axum::routing::get;

use super::Server;

/// What is under `/api`.
pub(super) fn router() -> Router<Arc<Server>> {
    Router::new().route("/status", get(status::status))
}
