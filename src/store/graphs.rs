//! Single graphs of the store, and several as one.

use std::iter::once;

use oxigraph::model::{GraphName, GraphNameRef, NamedNode, NamedOrBlankNode, Quad, QuadRef, Triple};
use spargebra::Query;
use spargebra::algebra::QueryDataset;

use super::{Limits, Store, StoreError, scope, sort};

impl Store {
    /// The triples of a graph that the limits let in, in the order of [`sort`], and whether there are more. Nothing where
    /// there is no such graph.
    ///
    /// # Errors
    /// Where the store fails or the limits end it.
    pub fn graph(&self, name: &GraphName, limits: &Limits) -> Result<Option<(Vec<Triple>, bool)>, StoreError> {
        let quads = self.inner.quads_for_pattern(None, None, None, Some(name.as_ref()));
        let (mut triples, more) = limits.read(quads.map(|quad| Ok(Triple::from(quad?))))?;
        if triples.is_empty() && !name.is_default_graph() {
            return Ok(None);
        }
        sort(&mut triples);
        Ok(Some((triples, more)))
    }

    /// The names of its named graphs, sorted.
    ///
    /// # Errors
    /// Where the store fails.
    pub fn named_graphs(&self) -> Result<Vec<NamedNode>, StoreError> {
        let mut names = Vec::new();
        for name in self.inner.named_graphs() {
            if let NamedOrBlankNode::NamedNode(name) = name? {
                names.push(name);
            }
        }
        names.sort_unstable();
        Ok(names)
    }

    /// Adds quads of the default graph to a graph that is seen as a part of it by those queries alone that ask for it
    /// ([`super::scope`]), and of no other graphs. What is stated anyhow is left out.
    ///
    /// # Errors
    /// As [`Store::load`].
    pub fn load_aside(&mut self, graph: NamedNode, quads: impl IntoIterator<Item = Quad>) -> Result<(), StoreError> {
        let mut transaction = self.inner.start_transaction()?;
        for quad in quads {
            if !self.inner.contains(&quad)? {
                transaction.insert(QuadRef { graph_name: GraphNameRef::from(&graph), ..quad.as_ref() });
            }
        }
        transaction.commit()?;
        self.aside = Some(graph);
        Ok(())
    }

    /// The graphs that a query sees as the default graph, where it names none itself.
    pub(super) fn seen(&self, query: &Query) -> Vec<GraphName> {
        let aside = self.aside.as_ref().filter(|_| scope(query).unread);
        once(GraphName::DefaultGraph).chain(aside.cloned().map(GraphName::from)).collect()
    }

    /// A store in which the default graph has the triples of all graphs that `dataset` makes it of, each once, beside the
    /// named graphs of `dataset`. Nothing where that is no more than one graph: the evaluator reads several one after the
    /// other, and what two documents say would be found twice.
    pub(super) fn merged(&self, dataset: &QueryDataset) -> Result<Option<Self>, StoreError> {
        if dataset.default.len() < 2 {
            return Ok(None);
        }
        let merged = Self::in_memory()?;
        let mut transaction = merged.inner.start_transaction()?;
        let graphs = dataset.default.iter().map(|name| (name, GraphNameRef::DefaultGraph));
        let named = dataset.named.iter().flatten().map(|name| (name, GraphNameRef::from(name)));
        for (name, to) in graphs.chain(named) {
            for quad in self.inner.quads_for_pattern(None, None, None, Some(name.into())) {
                transaction.insert(QuadRef { graph_name: to, ..quad?.as_ref() });
            }
        }
        transaction.commit()?;
        Ok(Some(merged))
    }
}
