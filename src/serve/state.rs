//! What the server holds: the workspace as it was read, once that is done.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

use axum::http::StatusCode;

use super::Options;
use super::error::{ApiError, ServeError};
use crate::annotate::Annotator;
use crate::graph::Stated;
use crate::query::{self, SavedQueries};
use crate::rdf::{self, Scope};
use crate::schema::Schema;
use crate::store::Store;
use crate::workspace::{Contents, Workspace};

/// A server of one workspace.
#[derive(Debug)]
pub struct Server {
    pub(super) options: Options,
    state: RwLock<State>,
}

/// How far it is.
#[derive(Debug, Clone)]
pub enum State {
    /// The workspace is being read.
    Loading,
    /// It is read.
    Ready(Arc<Loaded>),
    /// It cannot be read, and why.
    Failed(String),
}

/// A workspace as it was read.
pub struct Loaded {
    pub(super) workspace: Workspace,
    pub(super) contents: Contents,
    pub(super) schema: Schema,
    pub(super) queries: SavedQueries,
    /// The whole graph, named graphs included.
    pub(super) store: Store,
    /// Its entities and facts.
    pub(super) stated: Stated,
    /// By its IRI, the place of a document's annotation in [`Contents::annotations`].
    pub(super) documents: BTreeMap<String, usize>,
    /// Reads what a user gives it to read.
    pub(super) annotator: Annotator,
}

impl fmt::Debug for Loaded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Loaded({})", self.workspace.root().display())
    }
}

impl Server {
    pub(super) fn new(options: Options) -> Self {
        Self { options, state: RwLock::new(State::Loading) }
    }

    /// How far it is.
    pub(super) fn state(&self) -> State {
        self.state.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The workspace; where it is not read, the answer that says so.
    pub(super) fn loaded(&self) -> Result<Arc<Loaded>, ApiError> {
        match self.state() {
            State::Ready(loaded) => Ok(loaded),
            State::Loading => {
                Err(ApiError::new(StatusCode::SERVICE_UNAVAILABLE, "the graph is being loaded; ask again in a moment"))
            }
            State::Failed(why) => Err(ApiError::failed(why)),
        }
    }

    /// Reads the workspace, and from then on answers from it. Where it cannot be read, what was read before stays.
    pub(super) fn load(&self) -> Result<Arc<Loaded>, ServeError> {
        let read = Loaded::read(&self.options).map(Arc::new);
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        match (&read, &*state) {
            (Ok(loaded), _) => *state = State::Ready(Arc::clone(loaded)),
            (Err(_), State::Ready(_)) => {}
            (Err(error), _) => *state = State::Failed(error.to_string()),
        }
        read
    }
}

impl Loaded {
    fn read(options: &Options) -> Result<Self, ServeError> {
        let workspace = Workspace::open(&options.folder)?;
        let schema = options.frames.as_ref().map_or_else(|| workspace.load_schema(), |folder| Schema::with_folder(folder))?;
        let queries = SavedQueries::with_folder(&options.folder.join("queries"))?;
        let (contents, annotator) = rayon::join(|| workspace.contents(), || Annotator::new(schema.clone()));
        let contents = contents?;
        let (iris, scope) = (workspace.iris(), Scope::whole());
        let store = workspace.store_within(&contents, &schema, &scope)?;
        let stated = Stated::read(&store, &rdf::mentions(&contents.linking, iris))?;
        let unread = |annotation: &crate::annotation::Annotation| match contents.unread.get(&annotation.id) {
            Some(unread) => std::borrow::Cow::Borrowed(unread.as_slice()),
            None => std::borrow::Cow::Owned(annotator.unread(annotation)),
        };
        query::load_unread(&store, &contents.annotations, unread, iris, &scope)?;
        let documents = contents.annotations.iter().enumerate();
        let documents = documents.map(|(at, one)| (iris.document(&one.id).into_string(), at)).collect();
        Ok(Self { workspace, contents, schema, queries, store, stated, documents, annotator })
    }

    /// An IRI as everything here shows it: what is in the workspace without its base.
    pub(super) fn short<'a>(&self, iri: &'a str) -> &'a str {
        iri.strip_prefix(self.workspace.iris().base()).unwrap_or(iri)
    }

    /// The IRI of what is shown so.
    pub(super) fn iri(&self, id: &str) -> String {
        if id.contains("://") { id.to_owned() } else { format!("{}{id}", self.workspace.iris().base()) }
    }

    /// How many documents, reprints of others left out.
    #[must_use]
    pub fn document_count(&self) -> usize {
        self.contents.annotations.len()
    }

    /// How many entities.
    #[must_use]
    pub fn entity_count(&self) -> usize {
        self.stated.entities.len()
    }

    /// How many facts.
    #[must_use]
    pub fn fact_count(&self) -> usize {
        self.stated.facts.len()
    }
}
