//! Writing: a document's file is replaced as a whole or not at all.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use tempfile::NamedTempFile;

use super::lock::{self, Lock};
use super::stored::{Reading, Stored};
use super::{Workspace, WorkspaceError};
use crate::annotation::Annotation;

/// The folder of the graph on disk, and the file in it that says that the graph is not in step with the documents.
pub(super) const STORE: &str = "store";
pub(super) const STALE: &str = "stale";

/// The right to write to a workspace, which one process has at a time. Dropping it gives the right up.
#[derive(Debug)]
pub struct Writer<'a> {
    pub(super) workspace: &'a Workspace,
    lock: Lock,
    /// Where the documents written so far came from.
    written: BTreeMap<String, String>,
}

impl Workspace {
    /// Takes the lock of the one process that may write, and puts away what a killed one left half done.
    ///
    /// # Errors
    /// Where another process holds it, or the folder cannot be written.
    pub fn writer(&self) -> Result<Writer<'_>, WorkspaceError> {
        self.writer_for("")
    }

    /// The same, to do `task`, such as `tupu build`: a process that has to wait is told.
    ///
    /// # Errors
    /// As [`Workspace::writer`].
    pub fn writer_for(&self, task: &str) -> Result<Writer<'_>, WorkspaceError> {
        Ok(Writer { workspace: self, lock: Lock::take(self.root(), task)?, written: BTreeMap::new() })
    }
}

impl<'a> Writer<'a> {
    /// The workspace that it writes to.
    #[must_use]
    pub fn workspace(&self) -> &'a Workspace {
        self.workspace
    }

    /// Stores an annotation, and how this program came to it if it did, in the place of an earlier one of the same
    /// document. `origin` says where it came from (a file, a line of a file) for messages.
    ///
    /// # Errors
    /// Where the annotation is not valid; where its id was written before by this writer, or is stored with another
    /// source; where the file cannot be written. What was stored before is unchanged then.
    pub fn put(
        &mut self,
        annotation: &Annotation,
        reading: Option<&Reading>,
        origin: &str,
    ) -> Result<(), WorkspaceError> {
        annotation.check().map_err(|source| WorkspaceError::Invalid { origin: origin.to_owned(), source })?;
        self.keep(&annotation.id, origin)?;
        let path = self.workspace.file(&annotation.id);
        let text = Stored::text(annotation, reading);
        // What cannot be read or is broken is mended by what takes its place.
        let before = fs::read_to_string(&path).unwrap_or_default();
        if before == text {
            return Ok(());
        }
        if let Ok(Stored { annotation: Annotation { source: Some(first), .. }, .. }) = Stored::from_text(&before)
            && let Some(second) = &annotation.source
            && first != *second
        {
            let (id, now) = (annotation.id.clone(), second.clone());
            return Err(WorkspaceError::OtherSource { id, stored: first, now });
        }
        self.changing()?;
        // A folder may be made for a file that then cannot be: the next writer puts it away.
        write_whole(&path, &text).inspect_err(|_| self.lock.clean = false)
    }

    /// Says, before anything changes, that the graph on disk is no longer in step, if there is one.
    pub(super) fn changing(&self) -> Result<(), WorkspaceError> {
        let folder = self.workspace.root().join(STORE);
        let path = folder.join(STALE);
        if !folder.is_dir() || path.exists() {
            return Ok(());
        }
        fs::write(&path, "").map_err(|source| WorkspaceError::Write { path, source })
    }

    /// Takes note that what is stored of a document holds for one that came from `origin`, as though it had been put there
    /// again.
    ///
    /// # Errors
    /// Where the id was written before by this writer.
    pub fn keep(&mut self, id: &str, origin: &str) -> Result<(), WorkspaceError> {
        if let Some(first) = self.written.get(id) {
            return Err(twice(id, first, origin));
        }
        self.written.insert(id.to_owned(), origin.to_owned());
        Ok(())
    }

    /// Takes away what is stored of the document of that id, and says whether there was anything.
    ///
    /// # Errors
    /// Where the file cannot be removed.
    pub fn remove(&mut self, id: &str) -> Result<bool, WorkspaceError> {
        let path = self.workspace.file(id);
        self.changing()?;
        match fs::remove_file(&path) {
            Ok(()) => {}
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(false),
            Err(source) => return Err(WorkspaceError::Write { path, source }),
        }
        // Its two folders, where nothing else is in them.
        for folder in path.ancestors().skip(1).take(2) {
            if fs::remove_dir(folder).is_err() {
                break;
            }
        }
        self.written.remove(id);
        Ok(true)
    }
}

fn twice(id: &str, first: &str, second: &str) -> WorkspaceError {
    WorkspaceError::TwiceId { id: id.to_owned(), first: first.to_owned(), second: second.to_owned() }
}

/// Writes beside `path` and renames, so that a reader sees the old file or the new one, never a part.
///
/// A document that a power failure takes is read again, so nobody waits for the disk to have it.
fn write_whole(path: &Path, text: &str) -> Result<(), WorkspaceError> {
    replace(path, text, |_| Ok(()))
}

/// The same for what nothing could bring back: once it is said to be written, it outlasts a power failure too.
pub(super) fn write_for_good(path: &Path, text: &str) -> Result<(), WorkspaceError> {
    replace(path, text, |file| file.as_file().sync_all())
}

fn replace(
    path: &Path,
    text: &str,
    before: impl FnOnce(&NamedTempFile) -> io::Result<()>,
) -> Result<(), WorkspaceError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let whole = || -> io::Result<()> {
        fs::create_dir_all(folder)?;
        let (start, end) = lock::PART;
        let mut file = as_any_new_file(tempfile::Builder::new().prefix(start).suffix(end)).tempfile_in(folder)?;
        file.write_all(text.as_bytes())?;
        before(&file)?;
        file.persist(path)?;
        Ok(())
    };
    whole().map_err(|source| WorkspaceError::Write { path: path.to_owned(), source })
}

/// Temporary files are closed to others; what gets its name is to be as any new file: what the user's mask leaves of it.
pub(crate) fn as_any_new_file<'b, 'n>(builder: &'b mut tempfile::Builder<'n, 'n>) -> &'b mut tempfile::Builder<'n, 'n> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder
}
