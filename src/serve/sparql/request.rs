//! What a request asks, as the SPARQL 1.1 Protocol says it: in the address, in a form, or as the body itself.

use axum::body::{Body, to_bytes};
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::http::{Method, StatusCode};
use oxigraph::model::NamedNode;
use percent_encoding::percent_decode_str;

use crate::query::Graphs;
use crate::rdf::Iris;
use crate::serve::error::ApiError;

/// So many bytes may a query have, the parameters around it included: room for long lists of values.
const LONGEST: usize = 16 << 20;

const FORM: &str = "application/x-www-form-urlencoded";
const QUERY: &str = "application/sparql-query";
const UPDATE: &str = "application/sparql-update";

/// `name=value&…` in the order in which they stand.
pub(super) type Parameters = Vec<(String, String)>;

/// A query and the graphs that it is to ask, as the request names them.
#[derive(Debug)]
pub(super) struct Request {
    pub query: String,
    default_graphs: Vec<String>,
    named_graphs: Vec<String>,
}

impl Request {
    /// Reads it from the address or the body.
    pub async fn read(parts: &Parts, body: Body) -> Result<Self, ApiError> {
        let address = parameters(parts.uri.query().unwrap_or_default())?;
        if parts.method != Method::POST {
            return Self::of(address);
        }
        let kind = parts.headers.get(CONTENT_TYPE).map_or("", |value| value.to_str().unwrap_or_default());
        let (kind, rest) = kind.split_once(';').unwrap_or((kind, ""));
        if !is_utf8(rest) {
            return Err(unsupported("the query must be in UTF-8"));
        }
        match kind.trim().to_ascii_lowercase().as_str() {
            FORM => Self::of(parameters(&text(body).await?)?),
            QUERY => {
                if address.iter().any(|(name, _)| name == "query") {
                    return Err(ApiError::bad("the query stands in the address and in the body; send it once"));
                }
                let mut all = address;
                all.push(("query".to_owned(), text(body).await?));
                Self::of(all)
            }
            UPDATE => Err(read_only()),
            _ => Err(unsupported(&format!("send the query as {QUERY} or as {FORM} with query=…"))),
        }
    }

    fn of(parameters: Parameters) -> Result<Self, ApiError> {
        let mut queries = Vec::new();
        let (mut default_graphs, mut named_graphs) = (Vec::new(), Vec::new());
        for (name, value) in parameters {
            match name.as_str() {
                "query" => queries.push(value),
                "default-graph-uri" => default_graphs.push(value),
                "named-graph-uri" => named_graphs.push(value),
                "update" | "using-graph-uri" | "using-named-graph-uri" => return Err(read_only()),
                // What other servers know: the format stands in Accept, the time is limited here.
                _ => {}
            }
        }
        let mut queries = queries.into_iter();
        match (queries.next(), queries.next()) {
            (Some(query), None) => Ok(Self { query, default_graphs, named_graphs }),
            (None, _) => Err(ApiError::bad("there is no query; send it as query=…")),
            (Some(_), Some(_)) => Err(ApiError::bad("there are several queries; send one at a time")),
        }
    }

    /// The graphs that it names, where it names any; relative IRIs are those of the workspace.
    pub fn graphs(&self, iris: &Iris) -> Result<Option<Graphs>, ApiError> {
        let read = |names: &[String]| names.iter().map(|name| graph(iris, name)).collect::<Result<Vec<_>, _>>();
        let graphs = Graphs { default: read(&self.default_graphs)?, named: read(&self.named_graphs)? };
        Ok((graphs != Graphs::default()).then_some(graphs))
    }
}

/// The IRI of a graph; a relative one is of the workspace.
pub(super) fn graph(iris: &Iris, name: &str) -> Result<NamedNode, ApiError> {
    let resolved = oxiri::Iri::parse(iris.base()).and_then(|base| base.resolve(name));
    let resolved = resolved.map_err(|error| ApiError::bad(format!("the graph {name:?} is no IRI: {error}")))?;
    Ok(NamedNode::from(resolved))
}

/// The parameters in an address or a form.
pub(super) fn parameters(text: &str) -> Result<Parameters, ApiError> {
    let decoded = |text: &str| {
        let spaced = text.replace('+', " ");
        let decoded = percent_decode_str(&spaced).decode_utf8().map(|text| text.into_owned());
        decoded.map_err(|_| ApiError::bad(format!("the parameter {text:?} is not UTF-8, percent-encoded")))
    };
    let pairs = text.split('&').filter(|pair| !pair.is_empty()).map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    pairs.map(|(name, value)| Ok((decoded(name)?, decoded(value)?))).collect()
}

async fn text(body: Body) -> Result<String, ApiError> {
    let bytes = to_bytes(body, LONGEST).await.map_err(|_| {
        ApiError::new(StatusCode::PAYLOAD_TOO_LARGE, format!("the query is longer than {} MiB", LONGEST >> 20))
    })?;
    String::from_utf8(bytes.into()).map_err(|_| ApiError::bad("the query is not UTF-8"))
}

/// Whether the parameters of a media type name no other character set.
fn is_utf8(parameters: &str) -> bool {
    let named = parameters.split(';').filter_map(|one| one.split_once('='));
    let mut sets = named.filter(|(name, _)| name.trim().eq_ignore_ascii_case("charset")).map(|(_, value)| value.trim());
    sets.all(|set| ["utf-8", "utf8", "us-ascii"].iter().any(|known| set.trim_matches('"').eq_ignore_ascii_case(known)))
}

fn unsupported(message: &str) -> ApiError {
    ApiError::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, message)
}

fn read_only() -> ApiError {
    ApiError::new(
        StatusCode::FORBIDDEN,
        "the graph is read-only: it is made of documents; change it with tupu build or tupu review",
    )
}
