//! Sentences from which no fact was read, as nodes: what a reader should look at again.

use oxigraph::model::{Literal, Quad};

use super::vocab::{nif, term, tupu};
use super::{Graph, Iris, Scope};
use crate::annotate::unread::Unread;
use crate::annotation::Annotation;

/// The unread sentences of a document, each a `nif:Sentence` with its triggers, the fact types that it may state and what it lacks,
/// in the named graph of the document, or where `scope` asks for none in the default graph.
///
/// They are no part of [`super::quads`]: a document does not state them, and they would add a third to the graph.
#[must_use]
pub fn layer(annotation: &Annotation, sentences: &[Unread], iris: &Iris, scope: &Scope) -> Vec<Quad> {
    let mut graph = Graph::new(annotation, iris, scope);
    for unread in sentences {
        let node = graph.anchor(unread.sentence, nif::SENTENCE);
        for word in &unread.triggers {
            graph.add(&node, tupu::UNREAD_TRIGGER, Literal::from(word.as_str()));
        }
        for kind in &unread.kinds {
            graph.add(&node, tupu::MAY_STATE, term(kind));
        }
        if let Some(lack) = unread.lack {
            graph.add(&node, tupu::LACKS, Literal::from(lack.name()));
        }
    }
    graph.quads
}
