//! Queries over the SPARQL 1.1 Protocol, and their answers read.

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::Triple;
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsParser, SliceQueryResultsParserOutput};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::client::Request;
use super::{Address, Client, RemoteError};
use crate::query::{Answer, Portable, Table};
use crate::store;

const RESULTS: &str = "application/sparql-results+json, application/json;q=0.5";
const TRIPLES: &str = "application/n-triples, text/turtle;q=0.5";

/// Asks a query. It is sent in a form, as every server takes it: Virtuoso 7.2 never answers one that is a body by itself.
pub(super) fn ask(client: &Client, address: &Address, question: &Portable) -> Result<Answer, RemoteError> {
    let body = format!("query={}", utf8_percent_encode(&question.text, NON_ALPHANUMERIC));
    let reply = client.send(&Request {
        method: "POST",
        address,
        content: "application/x-www-form-urlencoded",
        accept: if question.gives_triples { TRIPLES } else { RESULTS },
        body: body.as_bytes(),
    })?;
    let unreadable = |why: String| RemoteError::Unreadable { server: address.to_string(), why: why.replace('\n', " ") };
    if question.gives_triples { triples(&reply.body) } else { results(&reply.body) }.map_err(unreadable)
}

fn results(body: &[u8]) -> Result<Answer, String> {
    let parser = QueryResultsParser::from_format(QueryResultsFormat::Json);
    Ok(match parser.for_slice(body).map_err(|error| error.to_string())? {
        SliceQueryResultsParserOutput::Boolean(value) => Answer::Boolean(value),
        SliceQueryResultsParserOutput::Solutions(solutions) => {
            let variables = solutions.variables().to_vec();
            let mut rows = Vec::new();
            for solution in solutions {
                let solution = solution.map_err(|error| error.to_string())?;
                rows.push(variables.iter().map(|variable| solution.get(variable).cloned()).collect());
            }
            Answer::Table(Table { columns: variables.iter().map(|v| v.as_str().to_owned()).collect(), rows })
        }
    })
}

/// N-Triples are Turtle, and some servers give nothing else.
fn triples(body: &[u8]) -> Result<Answer, String> {
    let quads = RdfParser::from_format(RdfFormat::Turtle).for_slice(body);
    let mut triples =
        quads.map(|quad| quad.map(Triple::from).map_err(|error| error.to_string())).collect::<Result<Vec<_>, _>>()?;
    store::sort(&mut triples);
    triples.dedup();
    Ok(Answer::Triples(triples))
}
