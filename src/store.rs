//! Oxigraph's store; nothing else touches it.

mod sparql;

use std::io::{BufWriter, Write};

use oxigraph::io::{RdfFormat, RdfSerializer};
use oxigraph::model::{GraphName, GraphNameRef, NamedNode, Quad, Term, Triple, Variable};
use oxigraph::sparql::{QueryEvaluationError, QueryResults, QuerySolution, SparqlEvaluator, SparqlSyntaxError};
use oxigraph::store::StorageError;
use spargebra::Query;

use crate::rdf::vocab::{PREFIXES, rdf};

pub use sparql::{bind, limit, parse};

/// A set of quads that answers SPARQL. The default graph is the union of what the named graphs state, each triple
/// once.
#[derive(Clone)]
pub struct Store {
    inner: oxigraph::store::Store,
}

/// Why the store did not do as asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The store itself failed.
    #[error("store: {0}")]
    Storage(#[from] StorageError),
    /// A query is no SPARQL; the message has line and column.
    #[error("SPARQL syntax: {0}")]
    Syntax(#[from] SparqlSyntaxError),
    /// A query cannot be evaluated.
    #[error("the query cannot be evaluated: {0}")]
    Evaluation(#[from] QueryEvaluationError),
    /// The quads could not be written out.
    #[error("cannot write the graph: {0}")]
    Write(#[from] std::io::Error),
}

impl Store {
    /// An empty store in memory.
    ///
    /// # Errors
    /// Where the system refuses what it needs.
    pub fn in_memory() -> Result<Self, StoreError> {
        Ok(Self { inner: oxigraph::store::Store::new()? })
    }

    /// Adds quads, each also to the default graph.
    ///
    /// # Errors
    /// Where the store fails; nothing of `quads` is in it then.
    pub fn load(&self, quads: impl IntoIterator<Item = Quad>) -> Result<(), StoreError> {
        // One thread, so that the order in which quads lie in memory, and with it the order of what no ORDER BY
        // sorts, is that of the input.
        let mut loader = self.inner.bulk_loader().with_num_threads(1);
        loader.load_quads(quads.into_iter().flat_map(|quad| {
            let stated = Quad { graph_name: GraphName::DefaultGraph, ..quad.clone() };
            [quad, stated]
        }))?;
        Ok(loader.commit()?)
    }

    /// Number of quads, those of the default graph included.
    ///
    /// # Errors
    /// Where the store fails.
    pub fn len(&self) -> Result<usize, StoreError> {
        Ok(self.inner.len()?)
    }

    /// Whether nothing is in it.
    ///
    /// # Errors
    /// Where the store fails.
    pub fn is_empty(&self) -> Result<bool, StoreError> {
        Ok(self.inner.is_empty()?)
    }

    /// Answers a parsed query.
    ///
    /// # Errors
    /// Where the query cannot be evaluated, as one that asks another server.
    pub fn query(&self, query: Query) -> Result<QueryResults<'static>, StoreError> {
        Ok(SparqlEvaluator::new().for_query(query).on_store(&self.inner).execute()?)
    }

    /// The rows of a SELECT of the program's own, in the order of its columns, with values for some variables. No rows
    /// for other kinds of queries.
    ///
    /// # Errors
    /// As [`parse`] and [`Store::query`].
    pub fn select(&self, text: &str, values: &[(&str, NamedNode)]) -> Result<Vec<Vec<Option<Term>>>, StoreError> {
        let mut query = parse(text, None)?;
        for (name, value) in values {
            bind(&mut query, &Variable::new_unchecked(*name), value.clone().into());
        }
        let QueryResults::Solutions(solutions) = self.query(query)? else { return Ok(Vec::new()) };
        let variables = solutions.variables().to_vec();
        let row = |solution: QuerySolution| variables.iter().map(|v| solution.get(v).cloned()).collect();
        Ok(solutions.map(|solution| solution.map(row)).collect::<Result<_, _>>()?)
    }

    /// Writes every quad as N-Quads, its lines sorted: the default graph and the graph of each document.
    ///
    /// # Errors
    /// Where the store fails or `to` cannot be written to.
    pub fn write_nquads(&self, to: impl Write) -> Result<(), StoreError> {
        let mut quads = self.inner.iter().collect::<Result<Vec<_>, _>>()?;
        quads.sort_by_cached_key(ToString::to_string);
        let mut writer = RdfSerializer::from_format(RdfFormat::NQuads).for_writer(BufWriter::new(to));
        for quad in &quads {
            writer.serialize_quad(quad)?;
        }
        Ok(writer.finish()?.flush()?)
    }

    /// Writes the default graph as Turtle, sorted, with the usual prefixes and IRIs relative to `base`.
    ///
    /// # Errors
    /// Where the store fails or `to` cannot be written to.
    pub fn write_turtle(&self, base: &str, to: impl Write) -> Result<(), StoreError> {
        let graph = Some(GraphNameRef::DefaultGraph);
        let quads = self.inner.quads_for_pattern(None, None, None, graph);
        let mut triples = quads.map(|quad| quad.map(Triple::from)).collect::<Result<Vec<_>, _>>()?;
        sort(&mut triples);
        let mut writer = turtle(base).for_writer(BufWriter::new(to));
        for triple in &triples {
            writer.serialize_triple(triple)?;
        }
        Ok(writer.finish()?.flush()?)
    }
}

/// Sorts triples as Turtle is read: by subject, its types first.
pub fn sort(triples: &mut [Triple]) {
    // Without the closing bracket, so that <doc/1> stands before <doc/1/org/工会>.
    let subject = |t: &Triple| t.subject.to_string().trim_end_matches('>').to_owned();
    triples.sort_by_cached_key(|t| (subject(t), t.predicate != rdf::TYPE, t.to_string()));
}

/// A writer of Turtle with the usual prefixes and IRIs relative to `base`.
pub(crate) fn turtle(base: &str) -> RdfSerializer {
    let plain = RdfSerializer::from_format(RdfFormat::Turtle);
    // The prefixes are constants and the base has been checked: neither is refused.
    let based = plain.clone().with_base_iri(base).unwrap_or(plain);
    PREFIXES.iter().fold(based, |to, (prefix, iri)| to.clone().with_prefix(*prefix, *iri).unwrap_or(to))
}
