//! Documents → annotations → workspace: in parallel, in the order of the input.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use crate::annotate::unread::Unread;
use crate::annotate::{Annotator, Lack};
use crate::annotation::{Annotation, EntityType};
use crate::document::Document;
use crate::read::{self, reprints::Print};
use crate::workspace::{Reading, WorkspaceError, Writer};

/// Documents annotated before they are written: enough to keep every thread busy, few enough to be lost lightly.
const BATCH: usize = 256;

/// How far the work has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Documents annotated.
    pub done: usize,
    /// Documents in all.
    pub total: usize,
}

/// Told of every document, from whichever thread annotated it.
pub type OnProgress<'a> = &'a (dyn Fn(Progress) + Sync);

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Documents read that are no reprints.
    pub documents: usize,
    /// Reprints of them, or of stored ones: further sources of the same statements, which count once.
    pub reprints: usize,
    /// Entities by type, counted in each document.
    pub entities: BTreeMap<EntityType, usize>,
    /// Facts by type.
    pub facts: BTreeMap<String, usize>,
    /// Sentences with a word that states facts and no fact, by what that lacks.
    pub unread: BTreeMap<Lack, usize>,
}

impl Summary {
    /// Counts one more annotation, with the sentences that were passed over.
    pub fn add(&mut self, annotation: &Annotation, unread: &[Unread]) {
        self.documents += 1;
        for entity in &annotation.entities {
            *self.entities.entry(entity.kind).or_default() += 1;
        }
        for fact in &annotation.facts {
            *self.facts.entry(fact.kind.clone()).or_default() += 1;
        }
        for lack in unread.iter().filter_map(|unread| unread.lack) {
            *self.unread.entry(lack).or_default() += 1;
        }
    }
}

/// Reads the documents of files and folders on `threads` threads (0: as many as there are cores).
///
/// # Errors
/// Where the threads cannot be started.
pub fn read(
    inputs: &[PathBuf],
    options: &read::Options,
    threads: usize,
    on_file: read::OnFile<'_>,
) -> Result<read::Corpus, PipelineError> {
    Ok(pool(threads)?.install(|| read::corpus(inputs, options, on_file)))
}

fn pool(threads: usize) -> Result<rayon::ThreadPool, PipelineError> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    pool.map_err(|source| PipelineError::Threads { threads, source })
}

/// Why documents did not become a workspace.
#[derive(Debug, thiserror::Error)]
pub enum PipelineError {
    /// The threads could not be started.
    #[error("cannot start {threads} threads: {source}; try --threads 1")]
    Threads {
        /// How many.
        threads: usize,
        /// What the system said.
        source: rayon::ThreadPoolBuildError,
    },
    /// The workspace cannot be written.
    #[error(transparent)]
    Workspace(#[from] WorkspaceError),
}

/// Annotates documents on `threads` threads (0: as many as there are cores) and hands each annotation to `each`, in the
/// order of the input. What comes out does not depend on the number of threads.
///
/// # Errors
/// Where the threads cannot be started, or the first error of `each`.
pub fn annotate<E: From<PipelineError>>(
    documents: &[Document],
    annotator: &Annotator,
    threads: usize,
    progress: OnProgress<'_>,
    each: impl FnMut(&Document, Annotation) -> Result<(), E>,
) -> Result<(), E> {
    in_order(documents, threads, progress, &|document| annotator.annotate(document), each)
}

/// Does `work` with documents and hands what comes of each to `each`, as [`annotate`] tells.
fn in_order<T: Send, E: From<PipelineError>>(
    documents: &[Document],
    threads: usize,
    progress: OnProgress<'_>,
    work: &(dyn Fn(&Document) -> T + Sync),
    mut each: impl FnMut(&Document, T) -> Result<(), E>,
) -> Result<(), E> {
    let pool = pool(threads)?;
    let (done, total) = (AtomicUsize::new(0), documents.len());
    for batch in documents.chunks(BATCH) {
        let batch_made: Vec<T> = pool.install(|| {
            let work = |document| {
                let made = work(document);
                progress(Progress { done: done.fetch_add(1, Ordering::Relaxed) + 1, total });
                made
            };
            batch.par_iter().map(work).collect()
        });
        for (document, made) in batch.iter().zip(batch_made) {
            each(document, made)?;
        }
    }
    Ok(())
}

/// Annotates documents and stores the annotations.
///
/// # Errors
/// As [`annotate`], and where the workspace refuses an annotation. Documents stored before that stay stored.
pub fn build(
    documents: &[Document],
    annotator: &Annotator,
    writer: &mut Writer<'_>,
    threads: usize,
    progress: OnProgress<'_>,
) -> Result<Summary, PipelineError> {
    let mut summary = Summary::default();
    // A broken file is told of when the graph is asked for: reading its document again, as here, may mend it.
    let stored = writer.annotations().unwrap_or_default();
    let reprints = reprints(documents, &stored);
    let engine = annotator.version();
    let read = |document: &Document| annotator.annotate_and_tell(document);
    in_order(documents, threads, progress, &read, |document, (annotation, unread)| {
        if reprints.contains(annotation.id.as_str()) {
            summary.reprints += 1;
        } else {
            summary.add(&annotation, &unread);
        }
        let origin = document.source.as_deref().or(document.title.as_deref()).unwrap_or(&document.id);
        let reading = Reading { engine: engine.clone(), unread };
        Ok::<_, PipelineError>(writer.put(&annotation, Some(&reading), origin)?)
    })?;
    Ok(summary)
}

/// The ids of those documents that are reprints of others or of stored ones.
fn reprints<'a>(documents: &'a [Document], stored: &'a [Annotation]) -> BTreeSet<&'a str> {
    let new: BTreeSet<&str> = documents.iter().map(|d| d.id.as_str()).collect();
    let stored = stored.iter().filter(|stored| !new.contains(stored.id.as_str())).map(Print::from);
    let prints: Vec<Print<'_>> = documents.iter().map(Print::from).chain(stored).collect();
    let witnesses = read::reprints::witnesses(&prints);
    prints.iter().zip(witnesses).filter(|(_, witness)| witness.is_some()).map(|(print, _)| print.id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Schema;

    #[test]
    fn annotations_come_in_the_order_of_the_input_whatever_the_threads() {
        let document = |n: usize| Document { id: n.to_string(), ..Document::default() };
        let documents: Vec<Document> = (0..BATCH + 10).map(document).collect();
        let annotator = Annotator::new(Schema::default());
        for threads in [1, 3] {
            let (mut ids, told) = (Vec::new(), AtomicUsize::new(0));
            let progress = |p: Progress| {
                assert!(p.done <= p.total);
                told.fetch_add(1, Ordering::Relaxed);
            };
            annotate(&documents, &annotator, threads, &progress, |document, annotation| {
                assert_eq!(document.id, annotation.id);
                ids.push(annotation.id);
                Ok::<_, PipelineError>(())
            })
            .unwrap();
            assert!(ids.iter().eq(documents.iter().map(|d| &d.id)));
            assert_eq!(told.into_inner(), documents.len());
        }
    }
}
