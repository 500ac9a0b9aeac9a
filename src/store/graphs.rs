//! Single graphs of the store, and several as one.

use oxigraph::model::{GraphName, GraphNameRef, NamedNode, NamedOrBlankNode, QuadRef, Triple};
use oxigraph::store::Store as Inner;
use spargebra::algebra::QueryDataset;

use super::{Limits, Store, StoreError, sort};

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

    /// The triples of a graph one after the other, in the store's own order, which is the same for the same content: for
    /// graphs that are too large to be sorted in memory.
    pub fn each(&self, name: &GraphName) -> impl Iterator<Item = Result<Triple, StoreError>> + use<> {
        let quads = self.inner.quads_for_pattern(None, None, None, Some(name.as_ref()));
        quads.map(|quad| Ok(Triple::from(quad?)))
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
}

/// A store in which the default graph has the triples of all graphs that `dataset` makes it of, each once, beside the named
/// graphs of `dataset`. Nothing where that is no more than one graph: the evaluator reads several one after the other, and
/// what two documents say would be found twice.
pub(super) fn merged(store: &Inner, dataset: &QueryDataset) -> Result<Option<Inner>, StoreError> {
    if dataset.default.len() < 2 {
        return Ok(None);
    }
    let merged = Inner::new()?;
    let mut transaction = merged.start_transaction()?;
    let graphs = dataset.default.iter().map(|name| (name, GraphNameRef::DefaultGraph));
    let named = dataset.named.iter().flatten().map(|name| (name, GraphNameRef::from(name)));
    for (name, to) in graphs.chain(named) {
        for quad in store.quads_for_pattern(None, None, None, Some(name.into())) {
            transaction.insert(QuadRef { graph_name: to, ..quad?.as_ref() });
        }
    }
    transaction.commit()?;
    Ok(Some(merged))
}
