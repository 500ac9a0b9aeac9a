//! What only some queries ask for, kept beside the store that all the others ask.

use std::sync::{Arc, OnceLock};

use oxigraph::model::Quad;
use oxigraph::store::Store as Inner;
use spargebra::Query;

use super::{Store, StoreError, scope, state};

/// Quads, and once a query has asked for them the store in which they are loaded.
#[derive(Default)]
pub(super) struct Aside {
    quads: Vec<Quad>,
    whole: OnceLock<Whole>,
}

/// A store of the graph with what is kept beside it, and the folder that goes with it, where it is on disk.
pub(super) struct Whole {
    pub store: Inner,
    pub _folder: Option<tempfile::TempDir>,
}

impl Store {
    /// Keeps quads for those queries that ask for unread sentences ([`super::scope`]): they find what they would find if
    /// these had been loaded as [`Store::load`] does, and the others what they would find without.
    pub fn set_aside(&mut self, quads: Vec<Quad>) {
        self.aside = Some(Arc::new(Aside { quads, whole: OnceLock::new() }));
    }

    /// What a query is asked of. The first that asks for what is kept aside waits until all of it is loaded: the graph is
    /// there twice from then on.
    pub(super) fn seen(&self, query: &Query) -> Result<&Inner, StoreError> {
        let Some(aside) = self.aside.as_ref().filter(|_| scope(query).unread) else { return Ok(&self.inner) };
        if let Some(whole) = aside.whole.get() {
            return Ok(&whole.store);
        }
        let whole = self.with(&aside.quads)?;
        Ok(&aside.whole.get_or_init(|| whole).store)
    }

    /// A copy with these quads in it.
    fn with(&self, quads: &[Quad]) -> Result<Whole, StoreError> {
        #[cfg(feature = "rocksdb")]
        if let Some(folder) = &self.folder {
            return super::disk::copy_with(folder, quads);
        }
        let whole = Inner::new()?;
        let mut transaction = whole.start_transaction()?;
        for quad in &self.inner {
            transaction.insert(&quad?);
        }
        quads.iter().for_each(|quad| state(&mut transaction, quad));
        transaction.commit()?;
        Ok(Whole { store: whole, _folder: None })
    }
}
