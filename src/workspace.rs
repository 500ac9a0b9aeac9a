//! The folder that holds what is known: one annotation a document. RDF is derived from it.
//!
//! ```text
//! kg/manifest.json                          format of the folder, base IRI
//! kg/lock                                   held by the one process that writes
//! kg/decisions.jsonl, kg/identifiers.csv    what a person says ([`decided`])
//! kg/documents/1f/c0/news%2F1.txt-1fc0….json  one annotation each, replaced as a whole or not at all
//! ```

mod decided;
mod error;

use std::collections::BTreeMap;
use std::fs::{self, File, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::annotation::Annotation;
use crate::decision::Decision;
use crate::link::{self, Linking};
use crate::rdf::{self, Iris, Scope};
use crate::read::reprints;
use crate::schema::{Schema, SchemaError};
use crate::store::Store;

pub use decided::read_decisions;
pub use error::WorkspaceError;

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
            Err(WorkspaceError::Missing(_)) => {
                let documents = root.join("documents");
                fs::create_dir_all(&documents).map_err(|source| WorkspaceError::Write { path: documents, source })?;
                let manifest = Manifest { format: FORMAT, base: iris.base().to_owned() };
                let text = serde_json::to_string(&manifest).unwrap_or_default();
                write_whole(&root.join("manifest.json"), &(text + "\n"))?;
                Self { root: root.to_owned(), iris }
            }
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

    /// Takes the lock of the one process that may write.
    ///
    /// # Errors
    /// Where another process holds it, or the folder cannot be written.
    pub fn writer(&self) -> Result<Writer<'_>, WorkspaceError> {
        let path = self.root.join("lock");
        let write = |source| WorkspaceError::Write { path: path.clone(), source };
        let mut lock =
            File::options().read(true).write(true).create(true).truncate(false).open(&path).map_err(write)?;
        // The system lets go of the lock when its process ends, however it ends: no lock outlives its holder.
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut holder = String::new();
                let named = lock.read_to_string(&mut holder).is_ok() && !holder.trim().is_empty();
                let holder = if named { holder.trim().to_owned() } else { "another process".to_owned() };
                return Err(WorkspaceError::Locked { path, holder });
            }
            Err(TryLockError::Error(source)) => return Err(WorkspaceError::Write { path, source }),
        }
        lock.set_len(0).and_then(|()| writeln!(lock, "process {}", std::process::id())).map_err(write)?;
        Ok(Writer { workspace: self, _lock: lock, written: BTreeMap::new() })
    }

    /// Every stored annotation, sorted by the ids of the documents.
    ///
    /// # Errors
    /// The first file, by its name, that cannot be read or is no valid annotation.
    pub fn annotations(&self) -> Result<Vec<Annotation>, WorkspaceError> {
        let mut paths = Vec::new();
        for entry in walkdir::WalkDir::new(self.root.join("documents")).min_depth(3).max_depth(3).sort_by_file_name() {
            let entry = entry.map_err(|e| WorkspaceError::Read {
                path: e.path().unwrap_or(&self.root).to_owned(),
                source: e.into_io_error().unwrap_or_else(|| io::Error::other("a loop of links")),
            })?;
            // Anything else is a file that an interrupted process left half written.
            if entry.path().extension().is_some_and(|e| e == "json") {
                paths.push(entry.into_path());
            }
        }
        // Collected one by one, so that of several broken files the same is always named.
        let read: Vec<Result<Annotation, WorkspaceError>> = paths.par_iter().map(|path| read(path)).collect();
        let mut annotations = read.into_iter().collect::<Result<Vec<_>, _>>()?;
        annotations.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(annotations)
    }

    /// Everything that the graph is derived from.
    ///
    /// # Errors
    /// As [`Workspace::annotations`], [`Workspace::decisions`] and [`Workspace::identifiers`].
    pub fn contents(&self) -> Result<Contents, WorkspaceError> {
        let (annotations, ()) = rayon::join(|| self.annotations(), link::prepare);
        let annotations = reprints::fold(annotations?);
        let decisions = self.decisions()?;
        let linking = Linking::new(&annotations, &decisions, &self.identifiers()?);
        Ok(Contents { annotations, decisions, linking })
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
        let Contents { annotations, decisions, linking } = contents;
        let (iris, store) = (&self.iris, Store::in_memory()?);
        store.load_derived(annotations, |one| rdf::quads_within(one, linking, schema, iris, scope))?;
        store.load(rdf::identity::relations_within(linking, iris, scope))?;
        if scope.named_graphs {
            store.load_beside(rdf::identity::reasons(linking, annotations, decisions, iris))?;
            store.load_beside(rdf::ontology::quads(schema))?;
        }
        Ok(store)
    }

    /// The file of a document.
    fn file(&self, id: &str) -> PathBuf {
        let hash = Sha256::digest(id.as_bytes()).iter().take(8).map(|b| format!("{b:02x}")).collect::<String>();
        let name = percent_encoding::utf8_percent_encode(id, percent_encoding::NON_ALPHANUMERIC).to_string();
        // Percent-encoded text is ASCII: it can be cut anywhere.
        let name = &name[..name.len().min(LONGEST_NAME)];
        self.root.join("documents").join(&hash[..2]).join(&hash[2..4]).join(format!("{name}-{hash}.json"))
    }
}

/// What a graph is derived from.
#[derive(Debug, Clone)]
pub struct Contents {
    /// The annotations of witnesses, each with the reprints of its text, sorted by the ids of their documents.
    pub annotations: Vec<Annotation>,
    /// What a person has decided.
    pub decisions: Vec<Decision>,
    /// Who is who.
    pub linking: Linking,
}

/// The right to write to a workspace, which one process has at a time. Dropping it gives the right up.
#[derive(Debug)]
pub struct Writer<'a> {
    workspace: &'a Workspace,
    _lock: File,
    /// Where the documents written so far came from.
    written: BTreeMap<String, String>,
}

impl Writer<'_> {
    /// Every stored annotation, as [`Workspace::annotations`].
    ///
    /// # Errors
    /// As there.
    pub fn annotations(&self) -> Result<Vec<Annotation>, WorkspaceError> {
        self.workspace.annotations()
    }

    /// Stores an annotation, in the place of an earlier one of the same document. `origin` says where it came from
    /// (a file, a line of a file) for messages.
    ///
    /// # Errors
    /// Where the annotation is not valid; where its id was written before by this writer, or is stored with another
    /// source; where the file cannot be written. What was stored before is unchanged then.
    pub fn put(&mut self, annotation: &Annotation, origin: &str) -> Result<(), WorkspaceError> {
        annotation.check().map_err(|source| WorkspaceError::Invalid { origin: origin.to_owned(), source })?;
        let twice = |first: &str, second: &str| WorkspaceError::TwiceId {
            id: annotation.id.clone(),
            first: first.to_owned(),
            second: second.to_owned(),
        };
        if let Some(first) = self.written.get(&annotation.id) {
            return Err(twice(first, origin));
        }
        let path = self.workspace.file(&annotation.id);
        let text = annotation.to_json() + "\n";
        match read(&path) {
            // The same document, read again.
            Ok(stored) if stored == *annotation => {}
            Ok(stored) => {
                if let (Some(first), Some(second)) = (&stored.source, &annotation.source)
                    && first != second
                {
                    return Err(twice(first, second));
                }
                write_whole(&path, &text)?;
            }
            Err(_) => write_whole(&path, &text)?,
        }
        self.written.insert(annotation.id.clone(), origin.to_owned());
        Ok(())
    }
}

fn read(path: &Path) -> Result<Annotation, WorkspaceError> {
    let text = fs::read_to_string(path).map_err(|source| WorkspaceError::Read { path: path.to_owned(), source })?;
    Annotation::from_json(&text).map_err(|source| WorkspaceError::Annotation { path: path.to_owned(), source })
}

/// Writes beside `path` and renames, so that a reader sees the old file or the new one, never a part.
fn write_whole(path: &Path, text: &str) -> Result<(), WorkspaceError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let whole = || -> io::Result<()> {
        fs::create_dir_all(folder)?;
        let mut file = tempfile::Builder::new().prefix(".").suffix(".part").tempfile_in(folder)?;
        file.write_all(text.as_bytes())?;
        file.persist(path)?;
        Ok(())
    };
    whole().map_err(|source| WorkspaceError::Write { path: path.to_owned(), source })
}
