//! The layer of the graph that only some questions ask for: sentences from which no fact was read.

use rayon::prelude::*;

use crate::annotate::Annotator;
use crate::annotation::Annotation;
use crate::rdf::vocab::tupu;
use crate::rdf::{self, Iris};
use crate::store::{Store, StoreError};

/// Whether a query asks for unread sentences: it has one of the properties that only they have.
#[must_use]
pub fn asks_for_unread(text: &str) -> bool {
    let local = |iri: &'static str| iri.strip_prefix(tupu::NAMESPACE).unwrap_or(iri);
    [tupu::UNREAD_TRIGGER, tupu::MAY_STATE, tupu::LACKS]
        .into_iter()
        .any(|property| text.contains(local(property.as_str())))
}

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
    let quads: Vec<_> = annotations.par_iter().map(|a| rdf::unread::layer(a, &annotator.unread(a), iris)).collect();
    store.load(quads.into_iter().flatten())
}
