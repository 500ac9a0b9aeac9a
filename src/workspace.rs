//! The folder that holds what is known: one annotation a document. RDF is derived from it.
//!
//! ```text
//! kg/manifest.json                          format of the folder, base IRI
//! kg/lock                                   held by the one process that writes; names it while it does
//! kg/decisions.jsonl, kg/identifiers.csv    what a person says ([`decided`])
//! kg/store/                                 the graph on disk, with the feature `rocksdb`; it can be removed at any time
//! kg/documents/1f/c0/news%2F1.txt-1fc0….json  one annotation each ([`Stored`]), replaced as a whole or not at all
//! ```
//!
//! A process that is killed leaves every document as it was before or as it should become, and perhaps a file
//! `….part` or an empty folder, which the next [`Writer`] puts away.

mod decided;
mod error;
#[cfg(feature = "rocksdb")]
mod kept;
mod lock;
pub mod meant;
mod review;
mod state;
mod stored;
mod writer;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::annotate::unread::Unread;
use crate::annotation::Annotation;
use crate::decision::Decision;
use crate::link::{self, Linking};
use crate::rdf::{self, Iris, Scope};
use crate::read::reprints;
use crate::schema::{Schema, SchemaError};
use crate::store::Store;

use lock::Lock;

pub use decided::read_decisions;
pub use error::WorkspaceError;
#[cfg(feature = "rocksdb")]
pub use kept::Step;
pub use review::{Loosened, Review, ReviewError};
pub use state::State;
pub use stored::{Reading, Stored};
pub use writer::Writer;
pub(crate) use writer::as_any_new_file;

/// Version of the folder's layout.
const FORMAT: u32 = 1;
/// Bytes of a document's id that its file name shows; with the hash it stays below the 255 of usual file systems.
const LONGEST_NAME: usize = 120;

/// A workspace folder.
#[derive(Debug, Clone)]
pub struct Workspace {
    root: PathBuf,
    iris: Iris,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    format: u32,
    base: String,
}

impl Workspace {
    /// Opens the workspace in `root`.
    ///
    /// # Errors
    /// Where there is none, or its manifest cannot be read.
    pub fn open(root: &Path) -> Result<Self, WorkspaceError> {
        let path = root.join("manifest.json");
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Err(WorkspaceError::Missing(root.to_owned())),
            Err(source) => return Err(WorkspaceError::Read { path, source }),
        };
        let broken = |message| WorkspaceError::Manifest { path, message };
        let manifest: Manifest = match serde_json::from_str(&text) {
            Ok(manifest) => manifest,
            Err(e) => return Err(broken(e.to_string())),
        };
        if manifest.format != FORMAT {
            return Err(broken(format!("format {} is not known to this program (it knows {FORMAT})", manifest.format)));
        }
        let iris = Iris::new(&manifest.base).map_err(|e| broken(e.to_string()))?;
        Ok(Self { root: root.to_owned(), iris })
    }

    /// Opens the workspace in `root`, or makes one there with `base` (or [`rdf::iri::DEFAULT_BASE`]) as its base IRI.
    ///
    /// # Errors
    /// As [`Workspace::open`]; also where `base` is not the one that the workspace has, or nothing can be written.
    pub fn create_or_open(root: &Path, base: Option<&str>) -> Result<Self, WorkspaceError> {
        let iris = base.map_or_else(|| Ok(Iris::default()), Iris::new)?;
        let workspace = match Self::open(root) {
            Err(WorkspaceError::Missing(_)) => Self::create(root, iris)?,
            opened => opened?,
        };
        match base {
            Some(asked) if asked != workspace.iris.base() => Err(WorkspaceError::Base {
                path: root.to_owned(),
                stored: workspace.iris.base().to_owned(),
                asked: asked.to_owned(),
            }),
            _ => Ok(workspace),
        }
    }

    /// Makes the workspace in `root`. One that was interrupted has no manifest and is made anew.
    fn create(root: &Path, iris: Iris) -> Result<Self, WorkspaceError> {
        let documents = root.join("documents");
        let write = |source| WorkspaceError::Write { path: documents.clone(), source };
        fs::create_dir_all(&documents).map_err(write)?;
        let _lock = Lock::take(root, "making the workspace")?;
        match Self::open(root) {
            Err(WorkspaceError::Missing(_)) => {
                let manifest = Manifest { format: FORMAT, base: iris.base().to_owned() };
                let text = serde_json::to_string(&manifest).unwrap_or_default();
                writer::write_for_good(&root.join("manifest.json"), &(text + "\n"))?;
                Ok(Self { root: root.to_owned(), iris })
            }
            // Another process was faster.
            opened => opened,
        }
    }

    /// The folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// What mints the IRIs of its graph.
    #[must_use]
    pub fn iris(&self) -> &Iris {
        &self.iris
    }

    /// The fact types: the built-in frames with those in `frames/` of the workspace.
    ///
    /// # Errors
    /// A frame with a mistake, or one that cannot be read.
    pub fn load_schema(&self) -> Result<Schema, SchemaError> {
        let folder = self.root.join("frames");
        if folder.is_dir() { Schema::with_folder(&folder) } else { Schema::embedded() }
    }

    /// What the documents say: the annotations of witnesses, each with the reprints of its text, sorted by the ids of
    /// their documents; and by the ids of documents that this program has read what it passed over.
    ///
    /// # Errors
    /// As [`Workspace::stored`].
    pub fn told(&self) -> Result<(Vec<Annotation>, PassedOver), WorkspaceError> {
        let (mut annotations, mut unread) = (Vec::new(), BTreeMap::new());
        for Stored { annotation, reading } in self.stored()? {
            if let Some(reading) = reading {
                unread.insert(annotation.id.clone(), reading.unread);
            }
            annotations.push(annotation);
        }
        Ok((reprints::fold(annotations), unread))
    }

    /// Everything that the graph is derived from.
    ///
    /// # Errors
    /// As [`Workspace::stored`], [`Workspace::decisions`] and [`Workspace::identifiers`].
    pub fn contents(&self) -> Result<Contents, WorkspaceError> {
        let (told, ()) = rayon::join(|| self.told(), link::prepare);
        let (annotations, unread) = told?;
        let decisions = self.decisions()?;
        let linking = Linking::new(&annotations, &decisions, &self.identifiers()?);
        Ok(Contents { annotations, unread, decisions, linking })
    }

    /// The graph of all that is stored, in memory.
    ///
    /// # Errors
    /// As [`Workspace::contents`], and where the store fails.
    pub fn store(&self, schema: &Schema) -> Result<Store, WorkspaceError> {
        self.store_of(&self.contents()?, schema)
    }

    /// The graph of these contents, in memory, with the workspace's IRIs; beside it, in named graphs of their own, the
    /// ontology and the reasons why entities are who they are.
    ///
    /// # Errors
    /// Where the store fails.
    pub fn store_of(&self, contents: &Contents, schema: &Schema) -> Result<Store, WorkspaceError> {
        self.store_within(contents, schema, &Scope::whole())
    }

    /// What `scope` asks for of the graph of these contents, but for unread sentences.
    ///
    /// # Errors
    /// As [`Workspace::store_of`].
    pub fn store_within(&self, contents: &Contents, schema: &Schema, scope: &Scope) -> Result<Store, WorkspaceError> {
        let Contents { annotations, decisions, linking, .. } = contents;
        let (iris, store) = (&self.iris, Store::in_memory()?);
        store.load_derived(annotations, |one| rdf::quads_within(one, linking, schema, iris, scope))?;
        store.load(rdf::identity::relations_within(linking, iris, scope))?;
        if scope.named_graphs {
            store.load_beside(rdf::identity::reasons(linking, annotations, decisions, iris, scope))?;
            store.load_beside(rdf::ontology::quads(schema))?;
        }
        Ok(store)
    }

    /// The file that the document of that id has, or would have.
    #[must_use]
    pub fn file(&self, id: &str) -> PathBuf {
        let hash = Sha256::digest(id.as_bytes()).iter().take(8).map(|b| format!("{b:02x}")).collect::<String>();
        let name = percent_encoding::utf8_percent_encode(id, percent_encoding::NON_ALPHANUMERIC).to_string();
        // Percent-encoded text is ASCII: it can be cut anywhere.
        let name = &name[..name.len().min(LONGEST_NAME)];
        self.root.join("documents").join(&hash[..2]).join(&hash[2..4]).join(format!("{name}-{hash}.json"))
    }
}

/// By the ids of documents, the sentences that reading them passed over.
pub type PassedOver = BTreeMap<String, Vec<Unread>>;

/// What a graph is derived from.
#[derive(Debug, Clone)]
pub struct Contents {
    /// The annotations of witnesses, each with the reprints of its text, sorted by the ids of their documents.
    pub annotations: Vec<Annotation>,
    /// By the ids of documents that this program has read, the sentences that it passed over.
    pub unread: PassedOver,
    /// What a person has decided.
    pub decisions: Vec<Decision>,
    /// Who is who.
    pub linking: Linking,
}
