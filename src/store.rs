//! Oxigraph's store; nothing else touches it.

mod algebra;
mod aside;
#[cfg(feature = "rocksdb")]
mod disk;
mod graphs;
mod limits;
mod product;
mod scope;
mod sideways;
mod sparql;

use std::cmp::Ordering;
use std::io::{BufWriter, Write};
use std::sync::Arc;

use oxigraph::io::{RdfFormat, RdfSerializer};
use oxigraph::model::{
    GraphName, GraphNameRef, NamedNode, NamedOrBlankNodeRef, Quad, QuadRef, Term, Triple, TripleRef, Variable,
};
use oxigraph::sparql::{QueryEvaluationError, QueryResults, QuerySolution, SparqlEvaluator, SparqlSyntaxError};
use oxigraph::store::{StorageError, Transaction};
use rayon::prelude::*;
use spargebra::Query;

use crate::rdf::vocab::{PREFIXES, rdf};

use algebra::whole;
use aside::Aside;

#[cfg(feature = "rocksdb")]
pub use disk::{Disk, Named};
pub use limits::{Limits, Stop};
pub use product::stoppable;
pub use scope::scope;
pub use sparql::{bind, is_update, limit, parse};

/// A set of quads that answers SPARQL. The default graph is the union of what the documents state in their named
/// graphs, each triple once.
#[derive(Clone)]
pub struct Store {
    inner: oxigraph::store::Store,
    /// What only some queries see.
    aside: Option<Arc<Aside>>,
    /// Where it is on disk, and what keeps others from it as long as there is this store.
    #[cfg(feature = "rocksdb")]
    folder: Option<Arc<disk::Folder>>,
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
    Evaluation(QueryEvaluationError),
    /// A query asks another server.
    #[error(
        "the query asks another server, {0}; SERVICE is not followed: ask there, and give what it answers with VALUES"
    )]
    Service(NamedNode),
    /// A query was told to end.
    #[error("the query was ended before its answer was complete")]
    Stopped,
    /// The quads could not be written out.
    #[error("cannot write the graph: {0}")]
    Write(#[from] std::io::Error),
}

impl From<QueryEvaluationError> for StoreError {
    fn from(error: QueryEvaluationError) -> Self {
        match error {
            QueryEvaluationError::UnsupportedService(name) => Self::Service(name),
            QueryEvaluationError::Cancelled => Self::Stopped,
            other => Self::Evaluation(other),
        }
    }
}

impl Store {
    /// An empty store in memory.
    ///
    /// # Errors
    /// Where the system refuses what it needs.
    pub fn in_memory() -> Result<Self, StoreError> {
        Ok(Self {
            inner: oxigraph::store::Store::new()?,
            aside: None,
            #[cfg(feature = "rocksdb")]
            folder: None,
        })
    }

    /// Adds quads, each also to the default graph.
    ///
    /// # Errors
    /// Where the store fails; nothing of `quads` is in it then.
    pub fn load(&self, quads: impl IntoIterator<Item = Quad>) -> Result<(), StoreError> {
        let mut transaction = self.inner.start_transaction()?;
        quads.into_iter().for_each(|quad| state(&mut transaction, &quad));
        Ok(transaction.commit()?)
    }

    /// Adds the quads of one item after the other as [`Store::load`] does. They are derived in parallel, while those of
    /// items before are added.
    ///
    /// # Errors
    /// As [`Store::load`].
    pub fn load_derived<T: Sync>(
        &self,
        items: &[T],
        derive: impl Fn(&T) -> Vec<Quad> + Sync,
    ) -> Result<(), StoreError> {
        // Few enough quads to lie in the memory that the last ones have left, enough to make a switch worth while.
        const AT_ONCE: usize = 64;
        let derived = |items: &[T]| items.par_iter().map(&derive).collect::<Vec<_>>();
        let mut transaction = self.inner.start_transaction()?;
        let mut ready: Vec<Vec<Quad>> = Vec::new();
        for items in items.chunks(AT_ONCE) {
            let add = || ready.iter().flatten().for_each(|quad| state(&mut transaction, quad));
            let ((), next) = rayon::join(add, || derived(items));
            ready = next;
        }
        ready.iter().flatten().for_each(|quad| state(&mut transaction, quad));
        Ok(transaction.commit()?)
    }

    /// Adds quads to their named graphs alone: what no document states, and no query sees that does not ask for it.
    ///
    /// # Errors
    /// As [`Store::load`].
    pub fn load_beside(&self, quads: impl IntoIterator<Item = Quad>) -> Result<(), StoreError> {
        let mut transaction = self.inner.start_transaction()?;
        quads.into_iter().for_each(|quad| transaction.insert(&quad));
        Ok(transaction.commit()?)
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

    /// As [`Store::query`], until `stop` says to end: what is read then fails with [`StoreError::Stopped`]. Whoever
    /// reads does so within [`stoppable`].
    ///
    /// # Errors
    /// As [`Store::query`].
    pub fn query_until(&self, mut query: Query, stop: &Stop) -> Result<QueryResults<'static>, StoreError> {
        let seen = self.seen(&query)?;
        let merged = query.dataset().map_or(Ok(None), |dataset| graphs::merged(seen, dataset))?;
        product::guard(&mut query);
        sideways::loops(whole(&mut query));
        let mut prepared = product::evaluator(stop).for_query(query);
        if merged.is_some() {
            prepared.dataset_mut().set_default_graph(vec![GraphName::DefaultGraph]);
        }
        Ok(prepared.on_store(merged.as_ref().unwrap_or(seen)).execute()?)
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

    /// The triples of the default graph, in the order of [`sort`].
    ///
    /// # Errors
    /// Where the store fails.
    pub fn stated(&self) -> Result<Vec<Triple>, StoreError> {
        let quads = self.inner.quads_for_pattern(None, None, None, Some(GraphNameRef::DefaultGraph));
        let mut triples = quads.map(|quad| quad.map(Triple::from)).collect::<Result<Vec<_>, _>>()?;
        sort(&mut triples);
        Ok(triples)
    }

    /// Writes the graph, sorted: where the format has named graphs all that is stored, the default graph first and
    /// then that of each document; where it has none the default graph. Formats of one statement a line have their
    /// lines sorted, the others keep together what is said of one thing.
    ///
    /// # Errors
    /// Where the store fails or `to` cannot be written to.
    pub fn write(&self, serializer: RdfSerializer, to: impl Write) -> Result<(), StoreError> {
        let format = serializer.format();
        let graph = (!format.supports_datasets()).then_some(GraphNameRef::DefaultGraph);
        let mut quads = self.inner.quads_for_pattern(None, None, None, graph).collect::<Result<Vec<_>, _>>()?;
        if matches!(format, RdfFormat::NTriples | RdfFormat::NQuads) {
            quads.sort_by_cached_key(ToString::to_string);
        } else {
            fn graph(quad: &Quad) -> &str {
                match &quad.graph_name {
                    GraphName::NamedNode(node) => node.as_str(),
                    _ => "",
                }
            }
            quads.sort_unstable_by(|a, b| {
                graph(a).cmp(graph(b)).then_with(|| order(a.as_ref().into(), b.as_ref().into()))
            });
        }
        let mut writer = serializer.for_writer(BufWriter::new(to));
        for quad in &quads {
            writer.serialize_quad(quad)?;
        }
        let mut to = writer.finish()?;
        if matches!(format, RdfFormat::JsonLd { .. }) {
            to.write_all(b"\n")?;
        }
        Ok(to.flush()?)
    }
}

/// Adds a quad, and it as one of the default graph.
///
/// In memory Oxigraph's bulk loader does what a transaction does and copies its input besides. The order in which quads
/// come is the order of what no ORDER BY sorts, so one thread adds them all.
fn state(transaction: &mut Transaction<'_>, quad: &Quad) {
    transaction.insert(quad);
    if !quad.graph_name.is_default_graph() {
        transaction.insert(QuadRef { graph_name: GraphNameRef::DefaultGraph, ..quad.as_ref() });
    }
}

/// Sorts triples as Turtle is read: by subject, its types first.
pub fn sort(triples: &mut [Triple]) {
    triples.sort_unstable_by(|a, b| order(a.as_ref(), b.as_ref()));
}

/// Which of two triples comes first. Only where all but the objects is the same are these spelled out: a key for each
/// triple would take as much memory as the graph.
fn order(a: TripleRef<'_>, b: TripleRef<'_>) -> Ordering {
    fn subject(triple: TripleRef<'_>) -> &str {
        match triple.subject {
            NamedOrBlankNodeRef::NamedNode(node) => node.as_str(),
            NamedOrBlankNodeRef::BlankNode(node) => node.as_str(),
        }
    }
    fn property(triple: TripleRef<'_>) -> (bool, &str) {
        (triple.predicate != rdf::TYPE, triple.predicate.as_str())
    }
    let objects = || a.object.to_string().cmp(&b.object.to_string());
    subject(a).cmp(subject(b)).then_with(|| property(a).cmp(&property(b))).then_with(objects)
}

/// A writer of Turtle or TriG with the usual prefixes and IRIs relative to `base`.
pub(crate) fn readable(format: RdfFormat, base: &str) -> RdfSerializer {
    let plain = RdfSerializer::from_format(format);
    // The prefixes are constants and the base has been checked: neither is refused.
    let based = plain.clone().with_base_iri(base).unwrap_or(plain);
    PREFIXES.iter().fold(based, |to, (prefix, iri)| to.clone().with_prefix(*prefix, *iri).unwrap_or(to))
}
