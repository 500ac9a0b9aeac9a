//! Oxigraph on disk: written once in bulk, then graph by graph.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use oxigraph::model::{GraphName, GraphNameRef, NamedNode, Quad, QuadRef};
use oxigraph::store::Store as Inner;
use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::aside::Whole;
use super::{Store, StoreError};

/// What stands in a named graph.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Named {
    /// What stands in the default graph, too, as [`Store::load`] adds it. Every quad names the graph.
    pub stated: Vec<Quad>,
    /// What stands there alone, as [`Store::load_beside`] adds it; likewise.
    pub beside: Vec<Quad>,
}

/// The folder of a store that is being read.
pub(super) struct Folder {
    path: PathBuf,
    _held: File,
}

/// A store on disk that is being written. Nobody reads it meanwhile: whoever writes makes a new one, or a copy.
pub struct Disk {
    inner: Inner,
    folder: PathBuf,
}

impl Store {
    /// Opens what [`Disk`] wrote to `folder`, to be read. `held` is let go of with the store.
    ///
    /// # Errors
    /// Where there is no store, or it is broken.
    pub fn on_disk(folder: &Path, held: File) -> Result<Self, StoreError> {
        let inner = Inner::open_read_only(folder)?;
        Ok(Self { inner, aside: None, folder: Some(Arc::new(Folder { path: folder.to_owned(), _held: held })) })
    }
}

/// A copy of a store, with more stated in it. Its folder is removed with it.
pub(super) fn copy_with(folder: &Folder, stated: &[Quad]) -> Result<Whole, StoreError> {
    let beside = folder.path.parent().unwrap_or(&folder.path);
    let copy = tempfile::Builder::new().prefix("unread-").tempdir_in(beside)?;
    let disk = Disk::copy(&folder.path, copy.path())?;
    disk.load(&[()], |()| Named { stated: stated.to_vec(), beside: Vec::new() }, |_| {})?;
    disk.close()?;
    Ok(Whole { store: Inner::open_read_only(copy.path())?, _folder: Some(copy) })
}

impl Disk {
    /// Opens the store in `folder`, or makes one there.
    ///
    /// # Errors
    /// Where the folder cannot be written, or the store in it is broken.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        Ok(Self { inner: Inner::open(folder)?, folder: folder.to_owned() })
    }

    /// A copy of the store in `from`, which nobody writes, at `to`: files that never change are shared by both where the
    /// file system can do that.
    ///
    /// # Errors
    /// As [`Disk::open`].
    pub fn copy(from: &Path, to: &Path) -> Result<Self, StoreError> {
        fs::create_dir_all(to)?;
        for entry in fs::read_dir(from)? {
            let entry = entry?;
            let (path, copy) = (entry.path(), to.join(entry.file_name()));
            let is_constant = path.extension().is_some_and(|ending| ending == "sst");
            // The lock is of the store, not in it.
            if entry.file_name() == "LOCK" || is_constant && fs::hard_link(&path, &copy).is_ok() {
                continue;
            }
            fs::copy(&path, &copy)?;
        }
        Self::open(to)
    }

    /// Adds the graphs of one item after the other with Oxigraph's bulk loader, all of them or none. They are derived in
    /// parallel; `tell` hears after how many items.
    ///
    /// # Errors
    /// Where the store fails.
    pub fn load<T: Sync>(
        &self,
        items: &[T],
        derive: impl Fn(&T) -> Named + Sync,
        mut tell: impl FnMut(usize),
    ) -> Result<(), StoreError> {
        const AT_ONCE: usize = 256;
        let mut loader = self.inner.bulk_loader();
        let chunks = items.chunks(AT_ONCE).enumerate().flat_map(|(nth, items)| {
            tell(nth * AT_ONCE);
            let derived: Vec<Vec<Quad>> = items.par_iter().map(|item| both(derive(item))).collect();
            derived.into_iter().flatten()
        });
        loader.load_quads(chunks)?;
        loader.commit()?;
        // Every look at files of which each has a part of everything would be one at each of them.
        Ok(self.inner.optimize()?)
    }

    /// Puts `graph` in the place of the one of that name, as one transaction. What was stated there alone leaves the
    /// default graph with it.
    ///
    /// What stands in a graph without being stated there is never stated by another one.
    ///
    /// # Errors
    /// Where the store fails; all is as before then.
    pub fn replace(&self, name: &NamedNode, graph: &Named) -> Result<(), StoreError> {
        let mut transaction = self.inner.start_transaction()?;
        let of = Some(GraphNameRef::from(name));
        let before = transaction.quads_for_pattern(None, None, None, of).collect::<Result<Vec<_>, _>>()?;
        let stated: FxHashSet<QuadRef<'_>> = graph.stated.iter().map(Quad::as_ref).collect();
        let beside: FxHashSet<QuadRef<'_>> = graph.beside.iter().map(Quad::as_ref).collect();
        for quad in before.iter().map(Quad::as_ref) {
            if stated.contains(&quad) {
                continue;
            }
            if !beside.contains(&quad) {
                transaction.remove(quad);
            }
            let everywhere =
                transaction.quads_for_pattern(Some(quad.subject), Some(quad.predicate), Some(quad.object), None);
            let mut elsewhere = everywhere.filter(|found| {
                found.as_ref().is_ok_and(|found| !found.graph_name.is_default_graph() && found.as_ref() != quad)
            });
            let is_left = elsewhere.next().is_some();
            drop(elsewhere);
            if !is_left {
                transaction.remove(in_default(quad));
            }
        }
        let before: FxHashSet<QuadRef<'_>> = before.iter().map(Quad::as_ref).collect();
        for quad in &stated {
            if !before.contains(quad) {
                transaction.insert(*quad);
            }
            transaction.insert(in_default(*quad));
        }
        beside.difference(&before).for_each(|quad| transaction.insert(*quad));
        if graph.stated.is_empty() && graph.beside.is_empty() {
            transaction.remove_named_graph(name)?;
        }
        Ok(transaction.commit()?)
    }

    /// Ends the writing: everything is on disk then.
    ///
    /// # Errors
    /// Where the store fails.
    pub fn close(self) -> Result<(), StoreError> {
        self.inner.flush()?;
        drop(self.inner);
        // What was put in order is there twice until somebody opens the store.
        drop(Inner::open(&self.folder)?);
        Ok(())
    }
}

fn in_default(quad: QuadRef<'_>) -> QuadRef<'_> {
    QuadRef { graph_name: GraphNameRef::DefaultGraph, ..quad }
}

/// The quads of a graph, and what of them stands in the default graph.
fn both(Named { mut stated, beside }: Named) -> Vec<Quad> {
    let default: Vec<Quad> =
        stated.iter().map(|quad| Quad { graph_name: GraphName::DefaultGraph, ..quad.clone() }).collect();
    stated.extend(beside);
    stated.extend(default);
    stated
}
