//! What is sent with a request: JSON, said to be so.

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use serde::de::DeserializeOwned;

use crate::serve::error::ApiError;

/// A JSON body. A page of another site cannot send one without asking first, which [`crate::serve::guard`] denies.
pub(super) struct Body<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        match Json::from_request(request, state).await {
            Ok(Json(body)) => Ok(Self(body)),
            Err(error) => Err(refused(&error)),
        }
    }
}

/// What is wrong with a body.
fn refused(error: &JsonRejection) -> ApiError {
    match error {
        JsonRejection::MissingJsonContentType(_) => ApiError::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "send JSON, with the header content-type: application/json",
        ),
        JsonRejection::JsonDataError(_) | JsonRejection::JsonSyntaxError(_) => {
            let told = error.body_text();
            let (_, told) = told.split_once(": ").unwrap_or(("", &told));
            ApiError::bad(format!("the JSON that was sent: {told}"))
        }
        _ if error.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            ApiError::new(error.status(), "more than 2 MB were sent; send less")
        }
        _ => ApiError::new(error.status(), error.body_text()),
    }
}
