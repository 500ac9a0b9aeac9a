//! What the server holds: the workspace as it was read, once that is done.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};

use tokio::sync::Semaphore;

use super::Options;
use super::api::EntityRef;
use super::error::{ApiError, ServeError};
use super::evaluate::AT_ONCE;
use super::names::Names;
use super::texts::Texts;
use crate::annotate::Annotator;
use crate::annotation::Annotation;
use crate::graph::{Measure, Network, Projection, Stated};
use crate::link::propose::{self, Proposal};
use crate::query::{self, SavedQueries};
use crate::rdf::{self, Scope};
use crate::schema::Schema;
use crate::store::Store;
use crate::workspace::{Contents, Workspace};

/// So many networks are kept: what a person looks at changes by a filter or two.
const KEPT: usize = 8;
/// Of networks with more edges betweenness is not measured: it takes seconds.
const BETWEENNESS: usize = 20_000;

/// A server of one workspace.
#[derive(Debug)]
pub struct Server {
    pub(super) options: Options,
    state: RwLock<State>,
    /// Who may evaluate a query now.
    pub(super) turns: Arc<Semaphore>,
    /// One decision is made after the other.
    pub(super) reviewing: tokio::sync::Mutex<()>,
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
    /// By its IRI, the place of a document's annotation in [`Contents::annotations`]; of a reprint that of the document
    /// that it repeats.
    pub(super) documents: BTreeMap<String, usize>,
    /// By its IRI, the place of a fact: that of its annotation, and its own in it.
    pub(super) facts: BTreeMap<String, (usize, usize)>,
    /// By its IRI, the place of an entity in [`crate::link::Linking::identities`].
    pub(super) identities: BTreeMap<String, usize>,
    /// By its name, the place of an entity likewise; none where several that texts mention bear it.
    pub(super) named: BTreeMap<String, Option<usize>>,
    pub(super) names: Names,
    /// By the place of a document in [`Contents::annotations`], how many facts of the graph it states.
    pub(super) fact_counts: BTreeMap<usize, usize>,
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

impl Server {
    pub(super) fn new(options: Options) -> Self {
        Self {
            options,
            reviewing: tokio::sync::Mutex::default(),
            state: RwLock::new(State::Loading),
            turns: Arc::new(Semaphore::new(AT_ONCE)),
        }
    }

    /// How far it is.
    pub(super) fn state(&self) -> State {
        self.state.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The workspace; where it is not read, the answer that says so.
    pub(super) fn loaded(&self) -> Result<Arc<Loaded>, ApiError> {
        match self.state() {
            State::Ready(loaded) => Ok(loaded),
            State::Loading => Err(ApiError::later("the graph is being loaded; ask again in a moment")),
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
        let schema =
            options.frames.as_ref().map_or_else(|| workspace.load_schema(), |folder| Schema::with_folder(folder))?;
        let queries = SavedQueries::with_folder(&options.folder.join("queries"))?;
        let (contents, annotator) = rayon::join(|| workspace.contents(), || Annotator::new(schema.clone()));
        let contents = contents?;
        let (iris, scope) = (workspace.iris(), Scope::whole());
        let mut store = workspace.store_within(&contents, &schema, &scope)?;
        let stated = Stated::read(&store, &rdf::mentions(&contents.linking, iris))?;
        let unread = |annotation: &Annotation| match contents.unread.get(&annotation.id) {
            Some(unread) => Cow::Borrowed(unread.as_slice()),
            None => Cow::Owned(annotator.unread(annotation)),
        };
        query::load_unread_aside(&mut store, &contents.annotations, unread, iris);
        let mut facts = BTreeMap::new();
        let mut documents = BTreeMap::new();
        for (at, annotation) in contents.annotations.iter().enumerate() {
            documents.insert(iris.document(&annotation.id).into_string(), at);
            let ids = annotation.fact_ids().into_iter().enumerate();
            facts.extend(ids.map(|(nth, id)| (iris.fact(&id).into_string(), (at, nth))));
        }
        for (at, annotation) in contents.annotations.iter().enumerate() {
            for print in &annotation.reprints {
                documents.entry(iris.document(&print.id).into_string()).or_insert(at);
            }
        }
        let identities = contents.linking.identities.iter().enumerate();
        let identities = identities.map(|(at, identity)| (iris.entity(&identity.key).into_string(), at)).collect();
        let mut named = BTreeMap::new();
        for (at, identity) in contents.linking.identities.iter().enumerate() {
            if !identity.documents.is_empty() {
                named.entry(identity.name.clone()).and_modify(|of| *of = None).or_insert(Some(at));
            }
        }
        let names = Names::new(&stated, &contents.linking, iris);
        let mut fact_counts = BTreeMap::new();
        for (document, _) in stated.facts.iter().filter_map(|fact| facts.get(&fact.iri)) {
            *fact_counts.entry(*document).or_default() += 1;
        }
        let networks = Mutex::default();
        Ok(Self {
            workspace,
            contents,
            schema,
            queries,
            store,
            stated,
            documents,
            facts,
            identities,
            named,
            names,
            fact_counts,
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
