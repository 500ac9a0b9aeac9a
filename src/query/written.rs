//! Answers written as they are found, and of graphs that the one who asks chooses: what the SPARQL protocol is made of.

use oxigraph::io::{RdfFormat, RdfSerializer};
use oxigraph::model::{NamedNode, Triple};
use oxigraph::sparql::QueryResults;
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};
use spargebra::Query;
use spargebra::algebra::QueryDataset;

use super::format::in_xml;
use super::{Answer, QueryError, answer, parse};
use crate::rdf::Iris;
use crate::store::{self, Limits, Store, StoreError, readable};

/// A query of the user's own, parsed as [`super::run`] says.
#[derive(Debug, Clone)]
pub struct Question(Query);

/// The graphs that are asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Graphs {
    /// Those that the default graph is made of.
    pub default: Vec<NamedNode>,
    /// Those that GRAPH finds.
    pub named: Vec<NamedNode>,
}

/// What an answer is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// What SELECT and ASK give.
    Results(QueryResultsFormat),
    /// What CONSTRUCT and DESCRIBE give.
    Triples(RdfFormat),
}

impl Question {
    /// Parses a query. Where `graphs` are given they are asked, whatever FROM and FROM NAMED say.
    ///
    /// # Errors
    /// A mistake in the query, with line and column.
    pub fn parse(iris: &Iris, text: &str, graphs: Option<Graphs>) -> Result<Self, QueryError> {
        let mut query = parse(iris, text)?;
        if let Some(Graphs { default, named }) = graphs {
            let (Query::Select { dataset, .. }
            | Query::Construct { dataset, .. }
            | Query::Describe { dataset, .. }
            | Query::Ask { dataset, .. }) = &mut query;
            *dataset = Some(QueryDataset { default, named: Some(named) });
        }
        Ok(Self(query))
    }

    /// Whether its answer is triples.
    #[must_use]
    pub fn gives_triples(&self) -> bool {
        matches!(self.0, Query::Construct { .. } | Query::Describe { .. })
    }

    /// Answers it and gives the answer written down.
    ///
    /// # Errors
    /// As [`super::run_within`]; an answer of more rows than the limits let in, which is not cut; a format that is for
    /// the other kind of answer, or cannot say what was found.
    pub fn write(self, store: &Store, iris: &Iris, format: Written, limits: &Limits) -> Result<Vec<u8>, QueryError> {
        match format {
            Written::Results(format) => {
                let mut to = Vec::new();
                self.write_results(store, format, limits, &mut to)?;
                Ok(if format == QueryResultsFormat::Xml { in_xml(to) } else { to })
            }
            Written::Triples(format) => {
                let found = answer(store, self.0, limits)?;
                if found.truncated {
                    return Err(QueryError::TooMany(limits.rows));
                }
                let Answer::Triples(triples) = found.answer else { return Err(QueryError::Unfit) };
                Ok(written(&triples, serializer(format, iris)).map_err(StoreError::from)?)
            }
        }
    }

    fn write_results(
        self,
        store: &Store,
        format: QueryResultsFormat,
        limits: &Limits,
        to: &mut Vec<u8>,
    ) -> Result<(), QueryError> {
        let serializer = QueryResultsSerializer::from_format(format);
        store::stoppable(|| match store.query_until(self.0, &limits.stop)? {
            QueryResults::Boolean(value) => {
                serializer.serialize_boolean_to_writer(to, value).map_err(StoreError::from)?;
                Ok(())
            }
            QueryResults::Solutions(solutions) => {
                let variables = solutions.variables().to_vec();
                let mut rows = serializer.serialize_solutions_to_writer(to, variables).map_err(StoreError::from)?;
                for (at, solution) in solutions.enumerate() {
                    if at == limits.rows {
                        return Err(QueryError::TooMany(limits.rows));
                    }
                    limits.stop.check()?;
                    rows.serialize(&solution.map_err(StoreError::from)?).map_err(StoreError::from)?;
                }
                rows.finish().map_err(StoreError::from)?;
                Ok(())
            }
            QueryResults::Graph(_) => Err(QueryError::Unfit),
        })
    }
}

/// Triples as a whole document.
///
/// # Errors
/// Where the format has no way to say one of them, as RDF/XML of some properties.
pub fn written(triples: &[Triple], serializer: RdfSerializer) -> std::io::Result<Vec<u8>> {
    let is_xml = serializer.format() == RdfFormat::RdfXml;
    let mut writer = serializer.for_writer(Vec::new());
    for triple in triples {
        writer.serialize_triple(triple)?;
    }
    let to = writer.finish()?;
    Ok(if is_xml { in_xml(to) } else { to })
}

/// What writes triples of the workspace in a format: for people where the format is.
pub fn serializer(format: RdfFormat, iris: &Iris) -> RdfSerializer {
    match format {
        RdfFormat::Turtle | RdfFormat::TriG => readable(format, iris.base()),
        other => RdfSerializer::from_format(other),
    }
}
