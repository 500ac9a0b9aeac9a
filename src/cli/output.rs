//! Where results go: standard output, or a file that is replaced only when it is complete.

use std::borrow::Cow;
use std::fmt::Display;
use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal as _, Write};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use super::disk;
use super::options::Frames;
use crate::annotate::Annotator;
use crate::annotation::Annotation;
use crate::query::{self, Answer, Format};
use crate::rdf::{Iris, Scope};
use crate::schema::Schema;
use crate::store::Store;
use crate::workspace::{Contents, Workspace, as_any_new_file};

/// From so many documents on, deriving their graph takes longer than a person likes to wait.
const MANY: usize = 2000;

/// Lets `write` write to `file`, or to standard output where none is named. Failures to write name the place.
///
/// A file gets its name when it is complete, so that what stood there before is lost only to its successor.
pub(super) fn write(
    file: Option<&Path>,
    write: impl FnOnce(&mut dyn Write) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let Some(path) = file else {
        return fill(io::stdout().lock(), "to standard output", write).map(drop);
    };
    let name = path.display().to_string();
    // A device or a pipe cannot be replaced, and what a link points to is meant by its name.
    let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if real.is_dir() {
        anyhow::bail!("cannot write {name}: it is a folder; name a file in it");
    }
    if real.exists() && !real.is_file() {
        let device = File::options().write(true).open(&real).map_err(named(&name))?;
        return fill(device, &name, write).map(drop);
    }
    let file = fill(beside(&real).map_err(named(&name))?, &name, write)?;
    file.as_file().sync_all().map_err(named(&name))?;
    file.persist(&real).map_err(|e| named(&name)(e.error))?;
    Ok(())
}

/// Makes a folder that files are written to, if it is not there. What else lies in it stays.
pub(super) fn make_folder(folder: &Path) -> anyhow::Result<()> {
    let name = folder.display().to_string();
    if folder.exists() && !folder.is_dir() {
        anyhow::bail!("cannot write the folder {name}: it is a file; name a folder");
    }
    Ok(fs::create_dir_all(folder).map_err(named(&name))?)
}

/// Writes an answer. A table fits the terminal, where standard output is one.
pub(super) fn answer(mut out: &mut dyn Write, answer: &Answer, format: Format, iris: &Iris) -> anyhow::Result<()> {
    if format == Format::Table {
        let width = terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| width.0.into());
        return Ok(out.write_all(query::text(answer, iris, width).as_bytes())?);
    }
    Ok(query::write(answer, format, iris, &mut out)?)
}

/// What went wrong, as it is told.
pub(super) fn in_one_line(error: &impl Display) -> String {
    error.to_string().replace('\n', " ")
}

/// Keeps a value until the process ends. That frees all memory at once, where to drop a graph and what it was derived
/// from takes a while.
pub(super) fn kept<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

/// What these queries can see of the graph of a workspace.
pub(super) fn scope<'a>(workspace: &Workspace, queries: impl IntoIterator<Item = &'a str>) -> anyhow::Result<Scope> {
    let scopes = queries.into_iter().map(|text| query::scope(workspace.iris(), text));
    Ok(scopes.collect::<Result<Vec<_>, _>>()?.into_iter().reduce(Scope::and).unwrap_or_else(Scope::default_graph))
}

/// A graph that has what `scope` asks for: the one on disk, where there is one that has it, else one in memory of what
/// `contents` reads.
pub(super) fn graph(
    workspace: &Workspace,
    frames: &Frames,
    schema: &Schema,
    scope: &Scope,
    contents: impl FnOnce() -> anyhow::Result<&'static Contents>,
) -> anyhow::Result<Store> {
    // Unread sentences are on no disk.
    let on_disk = if scope.unread { None } else { disk::store(workspace, frames, schema)? };
    if let Some(on_disk) = on_disk {
        return Ok(on_disk);
    }
    let contents = contents()?;
    let documents = contents.annotations.len();
    if documents > MANY && !cfg!(feature = "rocksdb") && io::stderr().is_terminal() {
        eprintln!(
            "tupu: the graph of {documents} documents is derived anew for each question; `tupu serve` derives it once, for \
             `tupu query --server URL`, and a program built with --features rocksdb keeps it on disk"
        );
    }
    store(workspace, contents, schema, scope)
}

/// As much of the graph of what is in a workspace as `scope` asks for, in memory.
fn store(workspace: &Workspace, contents: &Contents, schema: &Schema, scope: &Scope) -> anyhow::Result<Store> {
    let store = workspace.store_within(contents, schema, scope)?;
    if scope.unread {
        // What was annotated elsewhere is read now.
        let annotator = LazyLock::new(|| Annotator::new(schema.clone()));
        let unread = |annotation: &Annotation| match contents.unread.get(&annotation.id) {
            Some(unread) => Cow::Borrowed(unread.as_slice()),
            None => Cow::Owned(annotator.unread(annotation)),
        };
        query::load_unread(&store, &contents.annotations, unread, workspace.iris(), scope)?;
    }
    Ok(store)
}

/// A temporary file in the folder of `path`.
fn beside(path: &Path) -> io::Result<tempfile::NamedTempFile> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).map_or(PathBuf::from("."), Path::to_owned);
    // The message would name the temporary file, which tells nobody anything.
    as_any_new_file(tempfile::Builder::new().prefix(".tupu-")).tempfile_in(&folder).map_err(|error| error.kind().into())
}

fn fill<W: Write>(to: W, name: &str, write: impl FnOnce(&mut dyn Write) -> anyhow::Result<()>) -> anyhow::Result<W> {
    let mut out = BufWriter::new(Named { to, name });
    write(&mut out)?;
    Ok(out.into_inner().map_err(io::IntoInnerError::into_error)?.to)
}

/// A writer whose failures name the place.
struct Named<'a, W> {
    to: W,
    name: &'a str,
}

impl<W: Write> Write for Named<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.to.write(bytes).map_err(named(self.name))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush().map_err(named(self.name))
    }
}

fn named(name: &str) -> impl Fn(io::Error) -> io::Error {
    move |error| io::Error::new(error.kind(), format!("cannot write {name}: {error}"))
}
