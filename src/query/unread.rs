//! The layer of the graph that only some questions ask for: sentences from which no fact was read.

use std::borrow::Cow;

use oxigraph::model::Quad;
use rayon::prelude::*;

use crate::annotate::Annotator;
use crate::annotate::unread::Unread;
use crate::annotation::Annotation;
use crate::rdf::{self, Iris, Scope};
use crate::store::{Store, StoreError};

/// Adds to the store the sentences of these documents that have triggers of the annotator's fact types and no fact.
///
/// # Errors
/// Where the store fails.
pub fn add_unread(
    store: &Store,
    annotations: &[Annotation],
    annotator: &Annotator,
    iris: &Iris,
) -> Result<(), StoreError> {
    load_unread(store, annotations, |annotation| Cow::Owned(annotator.unread(annotation)), iris, &Scope::whole())
}

/// Adds to the store what `unread` tells of each of these documents, as far as `scope` asks for it.
///
/// # Errors
/// Where the store fails.
pub fn load_unread<'u>(
    store: &Store,
    annotations: &[Annotation],
    unread: impl Fn(&Annotation) -> Cow<'u, [Unread]> + Sync,
    iris: &Iris,
    scope: &Scope,
) -> Result<(), StoreError> {
    store.load_derived(annotations, |annotation| rdf::unread::layer(annotation, &unread(annotation), iris, scope))
}

/// As [`load_unread`] of everything, for a store that is asked many things: only those queries see it whose
/// [`crate::store::scope`] says so.
pub fn load_unread_aside<'u>(
    store: &mut Store,
    annotations: &[Annotation],
    unread: impl Fn(&Annotation) -> Cow<'u, [Unread]> + Sync,
    iris: &Iris,
) {
    let scope = Scope::whole();
    let layer = |annotation: &Annotation| rdf::unread::layer(annotation, &unread(annotation), iris, &scope);
    let quads: Vec<Vec<Quad>> = annotations.par_iter().map(layer).collect();
    store.set_aside(quads.into_iter().flatten().collect());
}
