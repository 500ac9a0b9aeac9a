//! Where results go: standard output, or a file that is replaced only when it is complete.

use std::fs::{self, File, Permissions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;

/// Lets `write` write to `file`, or to standard output where none is named.
///
/// A file gets its name when it is complete, so that what stood there before is lost only to its successor.
pub(super) fn write(
    file: Option<&Path>,
    write: impl FnOnce(&mut dyn Write) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let Some(path) = file else {
        let mut out = BufWriter::new(io::stdout().lock());
        write(&mut out)?;
        return out.flush().context("cannot write to standard output");
    };
    // A device or a pipe cannot be replaced, and what a link points to is meant by its name.
    match fs::canonicalize(path) {
        Ok(real) if !real.is_file() => through(path, File::options().write(true).open(&real), write),
        Ok(real) => replace(&real, write),
        Err(_) => replace(path, write),
    }
    .with_context(|| format!("cannot write {}", path.display()))
}

fn through(
    path: &Path,
    file: io::Result<File>,
    write: impl FnOnce(&mut dyn Write) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    anyhow::ensure!(!path.is_dir(), "this is a folder; name a file in it");
    let mut out = BufWriter::new(file?);
    write(&mut out)?;
    Ok(out.flush()?)
}

fn replace(path: &Path, write: impl FnOnce(&mut dyn Write) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).map_or(PathBuf::from("."), Path::to_owned);
    let mut builder = tempfile::Builder::new();
    builder.prefix(".tupu-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As any new file: what the user's mask leaves of it. Temporary files are closed to others otherwise.
        builder.permissions(Permissions::from_mode(0o666));
    }
    let file = builder.tempfile_in(&folder).map_err(|e| io::Error::new(e.kind(), told(&e)))?;
    let mut out = BufWriter::new(file);
    write(&mut out)?;
    let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}

/// What the system said, without the temporary file's name, which tells nobody anything.
fn told(error: &io::Error) -> String {
    error.kind().to_string()
}
