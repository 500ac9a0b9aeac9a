//! What the service says of itself, in the words of SPARQL 1.1 Service Description.

use axum::http::header::{HOST, LOCATION, VARY};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use oxigraph::io::RdfSerializer;
use oxigraph::model::{NamedNode, Term, Triple};

use super::accept::accepted;
use super::formats::{RESULTS, TRIPLES, rdf};
use super::{complete, written};
use crate::query::QueryError;
use crate::rdf::vocab;
use crate::serve::Server;
use crate::serve::error::ApiError;

const SD: &str = "http://www.w3.org/ns/sparql-service-description#";
/// Where there are more named graphs they are not listed: clients read the description before they ask anything.
const LISTED: usize = 500;

/// The description; to a browser the page on which queries are written.
pub(super) async fn describe(server: &Server, headers: &HeaderMap) -> Result<Response, ApiError> {
    let offers = TRIPLES.iter().map(|(media_type, _)| *media_type).chain(["text/html"]);
    if accepted(headers, offers) == Some(TRIPLES.len()) {
        return Ok((StatusCode::SEE_OTHER, [(LOCATION, "/#/sparql"), (VARY, "accept")]).into_response());
    }
    let (media_type, format) = rdf(headers)?;
    // The guard has seen to it that this is this server.
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost").to_owned();
    server
        .evaluate(server.options.rows, move |loaded, _| {
            let mut names = loaded.store.named_graphs().map_err(QueryError::from)?;
            if names.len() > LISTED {
                names.clear();
            }
            let triples = description(&format!("http://{host}"), &names);
            let plain = RdfSerializer::from_format(format);
            // The prefix is a constant: it is not refused.
            let serializer = plain.clone().with_prefix("sd", SD).unwrap_or(plain);
            Ok(complete(media_type, written(&triples, serializer)?))
        })
        .await
}

/// The service at an address and what can be asked there. Its nodes have IRIs below its own, since nothing here has blank
/// nodes; each graph is the one that the graph store gives.
fn description(address: &str, names: &[NamedNode]) -> Vec<Triple> {
    let endpoint = NamedNode::new_unchecked(format!("{address}/sparql"));
    let below = |name: &str| NamedNode::new_unchecked(format!("{}#{name}", endpoint.as_str()));
    let sd = |name: &str| NamedNode::new_unchecked(format!("{SD}{name}"));
    let mut triples = Vec::new();
    let mut say = |subject: &NamedNode, property: NamedNode, object: Term| {
        triples.push(Triple::new(subject.clone(), property, object));
    };
    let (service, dataset) = (below("service"), below("dataset"));
    let stored = NamedNode::new_unchecked(format!("{address}/rdf-graph-store?default"));
    say(&service, vocab::rdf::TYPE.into_owned(), sd("Service").into());
    say(&service, sd("endpoint"), endpoint.clone().into());
    say(&service, sd("supportedLanguage"), sd("SPARQL11Query").into());
    let mut formats: Vec<&str> = RESULTS.iter().map(|(_, format)| format.iri()).collect();
    formats.extend(TRIPLES.iter().map(|(_, format)| format.iri()));
    formats.sort_unstable();
    formats.dedup();
    for format in formats {
        say(&service, sd("resultFormat"), NamedNode::new_unchecked(format).into());
    }
    say(&service, sd("defaultDataset"), dataset.clone().into());
    say(&dataset, vocab::rdf::TYPE.into_owned(), sd("Dataset").into());
    say(&dataset, sd("defaultGraph"), stored.clone().into());
    say(&stored, vocab::rdf::TYPE.into_owned(), sd("Graph").into());
    for (at, name) in names.iter().enumerate() {
        let graph = below(&format!("graph-{}", at + 1));
        let encoded = percent_encoding::utf8_percent_encode(name.as_str(), percent_encoding::NON_ALPHANUMERIC);
        let stored = NamedNode::new_unchecked(format!("{address}/rdf-graph-store?graph={encoded}"));
        say(&dataset, sd("namedGraph"), graph.clone().into());
        say(&graph, vocab::rdf::TYPE.into_owned(), sd("NamedGraph").into());
        say(&graph, sd("name"), name.clone().into());
        say(&graph, sd("graph"), stored.clone().into());
        say(&stored, vocab::rdf::TYPE.into_owned(), sd("Graph").into());
    }
    triples
}
