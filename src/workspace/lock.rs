//! One process writes at a time, and what a killed one left behind is put away.

use std::fs::{self, File, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::path::Path;

use walkdir::{DirEntry, WalkDir};

use super::WorkspaceError;

/// How the names of files that are not yet whole begin and end.
pub(super) const PART: (&str, &str) = (".", ".part");

/// The lock of a workspace. The system lets go of it when its process ends, however it ends: no lock outlives its holder.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
    /// Whether all that was begun has come to its end.
    pub(super) clean: bool,
}

impl Lock {
    /// Takes the lock of the workspace in `root`, to do `task`, which whoever else asks for it is told.
    ///
    /// # Errors
    /// Where another process holds it, or the folder cannot be written.
    pub(super) fn take(root: &Path, task: &str) -> Result<Self, WorkspaceError> {
        let path = root.join("lock");
        let write = |source| WorkspaceError::Write { path: path.clone(), source };
        let known = path.exists();
        let mut file =
            File::options().read(true).write(true).create(true).truncate(false).open(&path).map_err(write)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut holder = String::new();
                let named = file.read_to_string(&mut holder).is_ok() && !holder.trim().is_empty();
                let holder = if named { holder.trim().to_owned() } else { "another process".to_owned() };
                return Err(WorkspaceError::Locked { path, holder });
            }
            Err(TryLockError::Error(source)) => return Err(WorkspaceError::Write { path, source }),
        }
        // Whoever ends well leaves the file empty.
        let left_well = known && file.metadata().is_ok_and(|file| file.len() == 0);
        // A full disk has no room even for a name, and yet documents can be taken away from it.
        let _ = file.set_len(0).and_then(|()| writeln!(file, "{}", holder(task)));
        let mut lock = Self { file, clean: false };
        if !left_well {
            sweep(root)?;
        }
        lock.clean = true;
        Ok(lock)
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        if self.clean {
            // If that fails, the next one looks for something to put away and finds nothing.
            let _ = self.file.set_len(0);
        }
        // To close the file is not enough while a process that was just begun still has it from this one.
        let _ = self.file.unlock();
    }
}

/// This process, as others are told of it: `process 1234 on desk (tupu build)`.
fn holder(task: &str) -> String {
    let mut name = format!("process {}", std::process::id());
    // A folder may be shared by several machines. Other systems have no such file, and the number alone must do.
    if let Ok(host) = fs::read_to_string("/proc/sys/kernel/hostname") {
        name = format!("{name} on {}", host.trim());
    }
    if task.is_empty() { name } else { format!("{name} ({task})") }
}

/// Removes files that a killed process did not finish, and folders in which it put none.
fn sweep(root: &Path) -> Result<(), WorkspaceError> {
    let documents = root.join("documents");
    let beside = WalkDir::new(root).min_depth(1).max_depth(1);
    let within = WalkDir::new(&documents).min_depth(1).max_depth(3).contents_first(true);
    for entry in beside.into_iter().chain(within) {
        let Some(entry) = present(entry, root)? else { continue };
        let path = entry.path();
        let swept = if entry.file_type().is_dir() && path.starts_with(&documents) && path != documents {
            // Refused where it is not empty.
            let _ = fs::remove_dir(path);
            Ok(())
        } else if is_part(&entry) {
            fs::remove_file(path)
        } else {
            Ok(())
        };
        swept.map_err(|source| WorkspaceError::Write { path: path.to_owned(), source })?;
    }
    Ok(())
}

fn is_part(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    entry.file_type().is_file() && name.starts_with(PART.0) && name.ends_with(PART.1)
}

/// An entry of a folder; nothing where it has gone since the folder was listed.
///
/// # Errors
/// Where the folder cannot be read.
pub(super) fn present(
    entry: Result<DirEntry, walkdir::Error>,
    root: &Path,
) -> Result<Option<DirEntry>, WorkspaceError> {
    match entry {
        Ok(entry) => Ok(Some(entry)),
        Err(e) if e.io_error().is_some_and(|e| e.kind() == io::ErrorKind::NotFound) => Ok(None),
        Err(e) => Err(WorkspaceError::Read {
            path: e.path().unwrap_or(root).to_owned(),
            source: e.into_io_error().unwrap_or_else(|| io::Error::other("a loop of links")),
        }),
    }
}
