//! The formats of answers by their media types.

use axum::http::{HeaderMap, StatusCode};
use oxigraph::io::{JsonLdProfileSet, RdfFormat};
use oxigraph::sparql::results::QueryResultsFormat;

use super::accept::accepted;
use crate::query::Written;
use crate::serve::error::ApiError;

/// What SELECT and ASK give; of the names of one format the first is its own.
pub(super) const RESULTS: [(&str, QueryResultsFormat); 8] = [
    ("application/sparql-results+json", QueryResultsFormat::Json),
    ("application/json", QueryResultsFormat::Json),
    ("application/sparql-results+xml", QueryResultsFormat::Xml),
    ("application/xml", QueryResultsFormat::Xml),
    ("text/xml; charset=utf-8", QueryResultsFormat::Xml),
    ("text/csv; charset=utf-8", QueryResultsFormat::Csv),
    ("text/tab-separated-values; charset=utf-8", QueryResultsFormat::Tsv),
    ("text/tsv; charset=utf-8", QueryResultsFormat::Tsv),
];

const JSON_LD: RdfFormat = RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() };

/// What CONSTRUCT and DESCRIBE give, graphs, and what this service says of itself.
pub(super) const TRIPLES: [(&str, RdfFormat); 11] = [
    ("text/turtle; charset=utf-8", RdfFormat::Turtle),
    ("application/n-triples", RdfFormat::NTriples),
    ("application/rdf+xml", RdfFormat::RdfXml),
    ("application/ld+json", JSON_LD),
    ("application/trig", RdfFormat::TriG),
    ("application/n-quads", RdfFormat::NQuads),
    ("application/x-turtle", RdfFormat::Turtle),
    ("application/json", JSON_LD),
    ("application/xml", RdfFormat::RdfXml),
    ("text/xml; charset=utf-8", RdfFormat::RdfXml),
    ("text/plain; charset=utf-8", RdfFormat::NTriples),
];

/// The media type and the format that the client likes most for a table or for triples.
pub(super) fn chosen(headers: &HeaderMap, triples: bool) -> Result<(&'static str, Written), ApiError> {
    if triples {
        let (media_type, format) = rdf(headers)?;
        return Ok((media_type, Written::Triples(format)));
    }
    let at = accepted(headers, RESULTS.iter().map(|(media_type, _)| *media_type));
    let (media_type, format) = at.map(|at| RESULTS[at]).ok_or_else(|| unacceptable(&RESULTS.map(|(name, _)| name)))?;
    Ok((media_type, Written::Results(format)))
}

/// The media type and the format that the client likes most for triples.
pub(super) fn rdf(headers: &HeaderMap) -> Result<(&'static str, RdfFormat), ApiError> {
    let at = accepted(headers, TRIPLES.iter().map(|(media_type, _)| *media_type));
    at.map(|at| TRIPLES[at]).ok_or_else(|| unacceptable(&TRIPLES.map(|(name, _)| name)))
}

fn unacceptable(offers: &[&str]) -> ApiError {
    let plain = offers.iter().map(|offer| offer.split(';').next().unwrap_or(offer));
    let message =
        format!("Accept names no format that there is for this answer: {}", plain.collect::<Vec<_>>().join(", "));
    ApiError::new(StatusCode::NOT_ACCEPTABLE, message)
}
