//! Documents → annotations → workspace: in parallel, in the order of the input, and no more than has changed.

use std::collections::{BTreeMap, BTreeSet};

use crate::annotate::unread::Unread;
use crate::annotate::{Annotator, Lack};
use crate::annotation::{Annotation, EntityType};
use crate::document::Document;
use crate::read::{self, Event, Files, Found, Options, Progress};
use crate::workspace::{Reading, Stored, WorkspaceError, Writer};

/// What became of documents.
#[derive(Debug, Default)]
pub struct Built {
    /// The ids of all of them.
    pub documents: BTreeSet<String>,
    /// How many were stored as they are, read by this engine, and so were left alone.
    pub unchanged: usize,
    /// What is wrong with annotations that were not stored: a fault of the engine, which costs a document and not the
    /// corpus.
    pub invalid: Vec<WorkspaceError>,
}

impl Built {
    fn put(
        &mut self,
        writer: &mut Writer<'_>,
        (annotation, unread): (Annotation, Vec<Unread>),
        engine: &str,
        origin: &str,
    ) -> Result<(), WorkspaceError> {
        match writer.put(&annotation, Some(&Reading { engine: engine.to_owned(), unread }), origin) {
            Err(error @ WorkspaceError::Invalid { .. }) => self.invalid.push(error),
            stored => {
                stored?;
                self.documents.insert(annotation.id);
            }
        }
        Ok(())
    }
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Documents that are no reprints.
    pub documents: usize,
    /// Reprints of them, or of other stored ones: further sources of the same statements, which count once.
    pub reprints: usize,
    /// Entities by type, counted in each document.
    pub entities: BTreeMap<EntityType, usize>,
    /// Facts by type.
    pub facts: BTreeMap<String, usize>,
    /// Sentences with a word that states facts and no fact, by what that lacks.
    pub unread: BTreeMap<Lack, usize>,
}

impl Summary {
    /// Counts what some documents of a workspace say, of which [`crate::workspace::Workspace::told`] tells.
    #[must_use]
    pub fn of(
        documents: &BTreeSet<String>,
        annotations: &[Annotation],
        unread: &BTreeMap<String, Vec<Unread>>,
    ) -> Self {
        let mut summary = Self::default();
        for annotation in annotations.iter().filter(|a| documents.contains(&a.id)) {
            summary.add(annotation, unread.get(&annotation.id).map_or(&[], Vec::as_slice));
        }
        summary.reprints = documents.len() - summary.documents;
        summary
    }

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

/// Reads documents into the workspace of `writer`, on the threads of the current pool: those that it does not hold as
/// they are, read by this engine.
///
/// # Errors
/// Where the workspace refuses an annotation. Documents stored before that stay stored.
pub fn build(
    files: Files,
    options: &Options,
    annotator: &Annotator,
    writer: &mut Writer<'_>,
    tell: &mut dyn FnMut(Event),
) -> Result<Built, WorkspaceError> {
    let (workspace, engine) = (writer.workspace(), annotator.version());
    let mut built = Built::default();
    let read = |Found { document, .. }: &Found| match workspace.current(document, &engine) {
        Some(_) => None,
        None => Some(annotator.annotate_and_tell(document)),
    };
    read::stream(files, options, tell, read, |Found { document, .. }, made| {
        let origin = document.source.as_deref().or(document.title.as_deref()).unwrap_or(&document.id);
        if let Some(made) = made {
            return built.put(writer, made, &engine, origin);
        }
        writer.keep(&document.id, origin)?;
        built.unchanged += 1;
        built.documents.insert(document.id);
        Ok::<_, WorkspaceError>(())
    })?;
    Ok(built)
}

/// Reads again what another engine has read into the workspace of `writer`, from the texts that it holds. What was
/// annotated elsewhere stays as it is.
///
/// # Errors
/// As [`build`], and where a stored document is broken.
pub fn refresh(
    annotator: &Annotator,
    writer: &mut Writer<'_>,
    tell: &mut dyn FnMut(Event),
) -> Result<Built, WorkspaceError> {
    let (workspace, engine) = (writer.workspace(), annotator.version());
    let stale = |stored: &Stored| stored.reading.as_ref().is_some_and(|reading| reading.engine != engine);
    let mut built = Built::default();
    let mut documents = Vec::new();
    let of = |stored: Stored| (stale(&stored), stored.annotation.text.len() as u64, stored.annotation.id);
    for stored in workspace.map_stored(|_, stored| stored.map(of))? {
        let (is_stale, text, id) = stored?;
        if is_stale { documents.push((id, text)) } else { built.unchanged += 1 }
    }
    let mut progress = Progress { of: Some(documents.iter().map(|(_, text)| text).sum()), ..Progress::default() };
    let read = |(id, text): (String, u64)| {
        let document: Option<Document> = workspace.stored_one(&id)?.map(|stored| stored.annotation.document());
        Ok((document.map(|document| annotator.annotate_and_tell(&document)), text))
    };
    read::ordered(documents.into_iter(), read, |read: Result<_, WorkspaceError>| {
        let (made, text) = read?;
        if let Some(made) = made {
            let id = made.0.id.clone();
            built.put(writer, made, &engine, &id)?;
        }
        progress.documents += 1;
        (progress.text, progress.bytes) = (progress.text + text, progress.bytes + text);
        tell(Event::Progress(progress));
        Ok::<_, WorkspaceError>(())
    })?;
    Ok(built)
}
