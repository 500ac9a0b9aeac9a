//! Who is answered, and what a page may do with the answer.
//!
//! A server on the loopback address is within reach of every page that the user's browser shows. Requests that name
//! another host (DNS rebinding) or come from another site are refused; pages of ours may load nothing from elsewhere.

use axum::extract::Request;
use axum::http::header::{
    CONTENT_SECURITY_POLICY, HOST, HeaderName, HeaderValue, ORIGIN, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use super::error::ApiError;

/// What pages may do: run and show what comes from here, and ask here.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
    connect-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// Refuses what is not for this server on this port, and says in every answer what a page may do.
pub(super) async fn guard(port: u16, request: Request, next: Next) -> Response {
    let mut response = if is_ours(request.headers(), port) {
        next.run(request).await
    } else {
        let message = format!("this server answers to localhost:{port} alone, and to no other site");
        ApiError::new(StatusCode::FORBIDDEN, message).into_response()
    };
    let headers = response.headers_mut();
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(RESOURCE_POLICY, HeaderValue::from_static("same-origin"));
    response
}

/// Whether a request names this server, and comes from no page but its own.
fn is_ours(headers: &HeaderMap, port: u16) -> bool {
    let named = |name: HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    let host = named(HOST).is_some_and(|host| is_here(host, port));
    let origin = named(ORIGIN).is_none_or(|origin| origin.strip_prefix("http://").is_some_and(|o| is_here(o, port)));
    host && origin
}

fn is_here(host: &str, port: u16) -> bool {
    let names = ["localhost", "127.0.0.1", "[::1]"];
    names.iter().any(|name| host.strip_prefix(name).is_some_and(|rest| rest == format!(":{port}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asks(host: &'static str, origin: Option<&'static str>) -> bool {
        let mut headers = HeaderMap::from_iter([(HOST, HeaderValue::from_static(host))]);
        headers.extend(origin.map(|origin| (ORIGIN, HeaderValue::from_static(origin))));
        is_ours(&headers, 8878)
    }

    #[test]
    fn only_pages_of_this_server_and_programs_on_this_machine_are_answered() {
        assert!(asks("localhost:8878", None) && asks("127.0.0.1:8878", Some("http://127.0.0.1:8878")));
        for host in ["evil.example:8878", "localhost:80", "localhost.evil.example:8878", ""] {
            assert!(!asks(host, None), "{host}");
        }
        for origin in ["http://evil.example", "https://localhost:8878", "http://localhost:1", "null"] {
            assert!(!asks("localhost:8878", Some(origin)), "{origin}");
        }
    }
}
