//! `Document` → `Annotation`: what a text mentions and states.
//!
//! Annotating cannot fail: any text gives an annotation, perhaps an empty one.

use crate::annotation::{Annotation, VERSION};
use crate::document::Document;
use crate::schema::Schema;

/// Everything that annotating needs, built once and shared by threads.
#[derive(Debug)]
pub struct Annotator {
    schema: Schema,
}

impl Annotator {
    /// An annotator for the fact types of `schema`, with the built-in lexicon.
    #[must_use]
    pub fn new(schema: Schema) -> Self {
        Self { schema }
    }

    /// The fact types it looks for.
    #[must_use]
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// What `document` mentions and states.
    #[must_use]
    pub fn annotate(&self, document: &Document) -> Annotation {
        Annotation {
            version: VERSION,
            id: document.id.clone(),
            title: document.title.clone(),
            published: document.published.clone(),
            source: document.source.clone(),
            language: Some("zh".into()),
            text: document.text.clone(),
            entities: Vec::new(),
            facts: Vec::new(),
        }
    }
}
