//! The graph on disk, in programs with the feature `rocksdb`: the one that [`Workspace::store`] derives, kept so that
//! opening it takes no longer for a hundred thousand documents than for ten.
//!
//! ```text
//! kg/store/stale           something was written since the graph was last brought in step
//! kg/store/7/quads/        Oxigraph's files; nothing changes them once the next file is there
//! kg/store/7/derived.tsv   what the graph was derived from, and a hash of each of its named graphs
//! kg/store/7/lock          shared by those who read
//! ```
//!
//! Whoever brings the graph in step makes the folder of the next number, from a copy that shares all files that never
//! change, and writes to it each named graph that is another than before as one transaction. Readers of the old one go on
//! undisturbed, a killed writer leaves nothing that is read, and the last reader's folder is put away by the next writer.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, BufRead as _, BufReader};
use std::path::{Path, PathBuf};

use oxigraph::model::{GraphName, NamedNode, Quad};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};

use super::writer::{STALE, STORE, write_for_good};
use super::{Contents, Workspace, WorkspaceError, Writer, decided};
use crate::annotation::{Annotation, hexadecimal};
use crate::rdf::{self, Iris, Scope};
use crate::schema::Schema;
use crate::store::{Disk, Named, Store};

/// A hash of the sources that the graph is derived by; `build.rs` takes it.
const COMPILED: &str = env!("TUPU_GRAPH");
const QUADS: &str = "quads";
const DERIVED: &str = "derived.tsv";
const LOCK: &str = "lock";

/// How far bringing the graph in step has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// Named graphs written.
    pub done: usize,
    /// Named graphs to be written.
    pub of: usize,
}

impl Workspace {
    /// The graph on disk, if it is in step with everything that it is derived from.
    ///
    /// # Errors
    /// Where the folder cannot be read.
    pub fn kept(&self, schema: &Schema) -> Result<Option<Store>, WorkspaceError> {
        if self.stale().exists() {
            return Ok(None);
        }
        let Some((_, folder)) = self.generations()?.pop() else { return Ok(None) };
        // Another process may put it away at any time until it is locked.
        let Ok(lock) = File::open(folder.join(LOCK)) else { return Ok(None) };
        if lock.try_lock_shared().is_err() || basis(&folder).as_deref() != Some(&self.basis(schema)?) {
            return Ok(None);
        }
        // One that cannot be opened is made anew.
        Ok(Store::on_disk(&folder.join(QUADS), lock).ok())
    }

    /// The graph on disk, brought in step where it is not; nothing where that cannot be done now, because another process
    /// writes to the workspace or this one may not.
    ///
    /// # Errors
    /// As [`Writer::bring_in_step`].
    pub fn kept_in_step(&self, schema: &Schema, tell: &mut dyn FnMut(Step)) -> Result<Option<Store>, WorkspaceError> {
        if let Some(store) = self.kept(schema)? {
            return Ok(Some(store));
        }
        let writer = match self.writer_for("bringing the graph on disk in step") {
            Ok(writer) => writer,
            Err(WorkspaceError::Locked { .. } | WorkspaceError::Write { .. }) => return Ok(None),
            Err(error) => return Err(error),
        };
        writer.bring_in_step(schema, tell)?;
        self.kept(schema)
    }

    fn stale(&self) -> PathBuf {
        self.root().join(STORE).join(STALE)
    }

    /// The folders of whole graphs, by their numbers.
    fn generations(&self) -> Result<Vec<(u64, PathBuf)>, WorkspaceError> {
        let mut whole = self.numbered()?;
        whole.retain(|(_, folder)| folder.join(DERIVED).exists());
        Ok(whole)
    }

    /// The folders of all graphs, by their numbers.
    fn numbered(&self) -> Result<Vec<(u64, PathBuf)>, WorkspaceError> {
        let path = self.root().join(STORE);
        let entries = match fs::read_dir(&path) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries.map_err(|source| WorkspaceError::Read { path, source })?,
        };
        let number = |entry: fs::DirEntry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path()));
        let mut folders: Vec<(u64, PathBuf)> = entries.flatten().filter_map(number).collect();
        folders.sort();
        Ok(folders)
    }

    /// A hash of all that the graph is derived from, but for the documents: writers say when these change.
    fn basis(&self, schema: &Schema) -> Result<String, WorkspaceError> {
        let mut hash = Sha256::new();
        let mut add = |part: &str| {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        };
        add(COMPILED);
        add(self.iris().base());
        for text in decided::texts(self)? {
            add(&text);
        }
        schema.frames().for_each(|frame| add(&frame.text));
        Ok(hexadecimal(&hash.finalize()[..16]))
    }
}

impl Writer<'_> {
    /// Brings the graph on disk in step with everything that it is derived from, and gives what it read of it.
    ///
    /// # Errors
    /// As [`Workspace::contents`], and where the graph cannot be written.
    pub fn bring_in_step(&self, schema: &Schema, tell: &mut dyn FnMut(Step)) -> Result<Contents, WorkspaceError> {
        let workspace = self.workspace;
        let write = |path: &Path| {
            let path = path.to_owned();
            move |source| WorkspaceError::Write { path, source }
        };
        // Taken first: what a person changes by hand meanwhile makes it differ.
        let basis = workspace.basis(schema)?;
        let contents = workspace.contents()?;
        let before = workspace.generations()?.pop();
        let number = workspace.numbered()?.pop().map_or(1, |(number, _)| number + 1);
        let folder = workspace.root().join(STORE).join(number.to_string());
        fs::create_dir_all(&folder).map_err(write(&folder))?;

        let source = Source::new(&contents, schema, workspace.iris());
        let parts = source.parts();
        let derived: Vec<(NamedNode, String)> = parts.par_iter().map(|part| source.hashed(part)).collect();
        let old = before.as_ref().map(|(_, folder)| derived_before(folder)).unwrap_or_default();
        let changed: Vec<&Part<'_>> = parts
            .iter()
            .zip(&derived)
            .filter(|(_, (name, hash))| old.get(name.as_str()) != Some(hash))
            .map(|(part, _)| part)
            .collect();
        let names: BTreeSet<&str> = derived.iter().map(|(name, _)| name.as_str()).collect();
        let gone: Vec<&String> = old.keys().filter(|name| !names.contains(name.as_str())).collect();
        let of = changed.len() + gone.len();
        // Past half of the graph, making it anew is faster.
        let copied = before.filter(|_| 2 * of <= parts.len());
        let copied = copied.and_then(|(_, old)| Disk::copy(&old.join(QUADS), &folder.join(QUADS)).ok());
        if let Some(disk) = copied {
            for (done, name) in gone.iter().enumerate() {
                tell(Step { done, of });
                disk.replace(&NamedNode::new_unchecked(name.as_str()), &Named::default())?;
            }
            for (done, part) in changed.iter().enumerate() {
                tell(Step { done: gone.len() + done, of });
                disk.replace(&source.name(part), &source.named(part))?;
            }
            disk.close()?;
        } else {
            let of = parts.len();
            let quads = folder.join(QUADS);
            let _ = fs::remove_dir_all(&quads);
            let disk = Disk::open(&quads)?;
            disk.load(&parts, |part| source.named(part), |done| tell(Step { done, of }))?;
            disk.close()?;
        }
        File::create(folder.join(LOCK)).map_err(write(&folder))?;
        let mut text = basis + "\n";
        for (name, hash) in &derived {
            let _ = writeln!(text, "{hash}\t{}", name.as_str());
        }
        write_for_good(&folder.join(DERIVED), &text)?;
        let stale = workspace.stale();
        match fs::remove_file(&stale) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(write(&stale)(e)),
            _ => {}
        }
        put_away(workspace.numbered()?.into_iter().filter(|(other, _)| *other != number));
        Ok(contents)
    }
}

/// Removes folders that nobody reads. What cannot be removed now is by the next one.
fn put_away(folders: impl Iterator<Item = (u64, PathBuf)>) {
    for (_, folder) in folders {
        let held = File::open(folder.join(LOCK)).is_ok_and(|lock| lock.try_lock().is_err());
        if !held {
            let _ = fs::remove_dir_all(folder);
        }
    }
}

/// What a graph was derived from, but for its documents.
fn basis(folder: &Path) -> Option<String> {
    BufReader::new(File::open(folder.join(DERIVED)).ok()?).lines().next()?.ok()
}

/// By the names of graphs the hashes of what they were. Nothing where that cannot be read.
fn derived_before(folder: &Path) -> BTreeMap<String, String> {
    let text = fs::read_to_string(folder.join(DERIVED)).unwrap_or_default();
    let pair = |line: &str| line.split_once('\t').map(|(hash, name)| (name.to_owned(), hash.to_owned()));
    text.lines().skip(1).filter_map(pair).collect()
}

/// What the named graphs are derived from.
struct Source<'a> {
    contents: &'a Contents,
    schema: &'a Schema,
    iris: &'a Iris,
    scope: Scope,
    relations: Vec<Quad>,
    /// By graph, the reasons why entities are who they are: beside what is stated there.
    reasons: FxHashMap<GraphName, Vec<Quad>>,
}

/// A named graph by what it is derived from.
enum Part<'a> {
    Document(&'a Annotation),
    Identities,
    Ontology,
}

impl<'a> Source<'a> {
    fn new(contents: &'a Contents, schema: &'a Schema, iris: &'a Iris) -> Self {
        let Contents { annotations, decisions, linking, .. } = contents;
        let scope = Scope::whole();
        let mut reasons: FxHashMap<GraphName, Vec<Quad>> = FxHashMap::default();
        for quad in rdf::identity::reasons(linking, annotations, decisions, iris, &scope) {
            reasons.entry(quad.graph_name.clone()).or_default().push(quad);
        }
        let relations = rdf::identity::relations_within(linking, iris, &scope);
        Self { contents, schema, iris, scope, relations, reasons }
    }

    fn parts(&self) -> Vec<Part<'a>> {
        let documents = self.contents.annotations.iter().map(Part::Document);
        documents.chain([Part::Identities, Part::Ontology]).collect()
    }

    fn name(&self, part: &Part<'_>) -> NamedNode {
        match part {
            Part::Document(annotation) => self.iris.document(&annotation.id),
            Part::Identities => self.iris.identities(),
            Part::Ontology => NamedNode::new_unchecked(rdf::ontology::IRI),
        }
    }

    fn named(&self, part: &Part<'_>) -> Named {
        let reasons = || self.reasons.get(&GraphName::from(self.name(part))).cloned().unwrap_or_default();
        match part {
            Part::Document(annotation) => {
                let linking = &self.contents.linking;
                let stated = rdf::quads_within(annotation, linking, self.schema, self.iris, &self.scope);
                Named { stated, beside: reasons() }
            }
            Part::Identities => Named { stated: self.relations.clone(), beside: reasons() },
            Part::Ontology => Named { stated: Vec::new(), beside: rdf::ontology::quads(self.schema) },
        }
    }

    /// The name of a part, and a hash of what stands in it.
    fn hashed(&self, part: &Part<'_>) -> (NamedNode, String) {
        let Named { stated, beside } = self.named(part);
        let (mut hash, mut line) = (Sha256::new(), String::new());
        for (mark, quad) in stated.iter().map(|quad| ("+", quad)).chain(beside.iter().map(|quad| ("-", quad))) {
            line.clear();
            let _ = writeln!(line, "{mark}{quad}");
            hash.update(&line);
        }
        (self.name(part), hexadecimal(&hash.finalize()[..16]))
    }
}
