//! The workspace as it was read, and what is found in it.

use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::Options;
use super::api::EntityRef;
use super::error::ServeError;
use super::index::Index;
use super::names::Names;
use super::texts::Texts;
use crate::annotate::Annotator;
use crate::annotation::Annotation;
use crate::graph::{Measure, Network, Projection, Stated};
use crate::link::propose::{self, Proposal};
use crate::query::{self, SavedQueries};
use crate::rdf;
use crate::schema::Schema;
use crate::store::Store;
use crate::workspace::{Contents, Workspace};

/// So many networks are kept: what a person looks at changes by a filter or two.
const KEPT: usize = 8;
/// Of networks with more edges betweenness is not measured: it takes seconds.
const BETWEENNESS: usize = 20_000;

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
    /// Where what has an IRI stands in these.
    pub(super) index: Index,
    pub(super) names: Names,
    /// What is searched, once somebody searches.
    texts: OnceLock<Texts>,
    /// What may be one, once somebody looks.
    proposals: OnceLock<Vec<Proposal>>,
    /// What was asked for last, by what was chosen.
    networks: Mutex<Vec<(String, Arc<Network>)>>,
    /// Reads what a user gives it to read.
    pub(super) annotator: Annotator,
}

impl fmt::Debug for Loaded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Loaded({})", self.workspace.root().display())
    }
}

/// The graph on disk, in programs that keep one there, in step; nothing where it cannot be now, or a user has fact types
/// elsewhere.
#[cfg(feature = "rocksdb")]
fn graph_on_disk(options: &Options, workspace: &Workspace, schema: &Schema) -> Result<Option<Store>, ServeError> {
    if options.frames.is_some() {
        return Ok(None);
    }
    Ok(workspace.kept_in_step(schema, &mut |_| {})?)
}

#[cfg(not(feature = "rocksdb"))]
#[expect(clippy::unnecessary_wraps, reason = "the same signature as with the feature")]
fn graph_on_disk(_: &Options, _: &Workspace, _: &Schema) -> Result<Option<Store>, ServeError> {
    Ok(None)
}

impl Loaded {
    /// Reads the workspace and derives its graph.
    pub(super) fn read(options: &Options) -> Result<Self, ServeError> {
        let workspace = Workspace::open(&options.folder)?;
        let schema =
            options.frames.as_ref().map_or_else(|| workspace.load_schema(), |folder| Schema::with_folder(folder))?;
        let queries = SavedQueries::with_folder(&options.folder.join("queries"))?;
        // Before the contents: bringing the graph in step reads them, too, and there they need not be held twice.
        let on_disk = graph_on_disk(options, &workspace, &schema)?;
        let (contents, annotator) = rayon::join(|| workspace.contents(), || Annotator::new(schema.clone()));
        let contents = contents?;
        let iris = workspace.iris();
        let mut store = match on_disk {
            Some(store) => store,
            None => workspace.store_of(&contents, &schema)?,
        };
        let stated = Stated::read(&store, &rdf::mentions(&contents.linking, iris))?;
        let unread = |annotation: &Annotation| match contents.unread.get(&annotation.id) {
            Some(unread) => Cow::Borrowed(unread.as_slice()),
            None => Cow::Owned(annotator.unread(annotation)),
        };
        query::load_unread_aside(&mut store, &contents.annotations, unread, iris);
        let index = Index::new(&contents, &stated, iris);
        let names = Names::new(&stated, &contents.linking, iris);
        let networks = Mutex::default();
        Ok(Self {
            workspace,
            contents,
            schema,
            queries,
            store,
            stated,
            index,
            names,
            texts: OnceLock::new(),
            proposals: OnceLock::new(),
            networks,
            annotator,
        })
    }

    /// Titles and texts as they are searched.
    pub(super) fn texts(&self) -> &Texts {
        self.texts.get_or_init(|| Texts::new(&self.contents.annotations))
    }

    /// What may be one, the likeliest first.
    pub(super) fn proposals(&self) -> &[Proposal] {
        self.proposals.get_or_init(|| propose::proposals(&self.contents.linking))
    }

    /// The network that is chosen, measured.
    pub(super) fn network(&self, chosen: &Projection) -> Arc<Network> {
        let key = format!("{chosen:?}");
        let kept = || self.networks.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, network)) = kept().iter().find(|(of, _)| *of == key) {
            return Arc::clone(network);
        }
        let mut network = chosen.of(&self.stated, &self.schema, self.workspace.iris().base());
        network.measure(&[Measure::Degree, Measure::WeightedDegree, Measure::PageRank, Measure::Community]);
        if network.graph.edge_count() <= BETWEENNESS {
            network.measure(&[Measure::Betweenness]);
        }
        let network = Arc::new(network);
        let mut kept = kept();
        kept.truncate(KEPT - 1);
        kept.insert(0, (key, Arc::clone(&network)));
        network
    }

    /// An entity by its place in [`crate::link::Linking::identities`].
    pub(super) fn entity(&self, at: usize) -> EntityRef {
        EntityRef::of_identity(&self.contents.linking, at, self.workspace.iris())
    }

    /// The annotation of a document, or of the one that it repeats, by its IRI.
    pub(super) fn annotation(&self, iri: &str) -> Option<&Annotation> {
        self.contents.annotations.get(*self.index.documents.get(iri)?)
    }

    /// An IRI as everything here shows it: what is in the workspace without its base.
    pub(super) fn short<'a>(&self, iri: &'a str) -> &'a str {
        self.workspace.iris().short(iri)
    }

    /// The IRI of what is shown so.
    pub(super) fn iri(&self, id: &str) -> String {
        self.workspace.iris().long(id)
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
