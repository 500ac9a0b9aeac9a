//! Which files to read, in which order, and what a text file's id is.

use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::ReadError;

/// Files to read.
pub(super) struct Files {
    /// Of a kind that is read, in order.
    pub known: Vec<File>,
    /// How many others lay in the folders.
    pub skipped: usize,
}

/// A file to read.
pub(super) struct File {
    pub path: PathBuf,
    /// Its path below the folder that was named, with `/` between the parts.
    pub id: String,
    pub kind: Kind,
}

/// The kinds of files that are read.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Text,
    JsonLines,
    Html,
}

impl Kind {
    fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?;
        match ending {
            _ if ending.eq_ignore_ascii_case("txt") => Some(Self::Text),
            _ if ["html", "htm"].iter().any(|html| ending.eq_ignore_ascii_case(html)) => Some(Self::Html),
            _ if ending.eq_ignore_ascii_case("jsonl") => Some(Self::JsonLines),
            _ => None,
        }
    }
}

/// The files that `inputs` name, and those in the folders they name.
pub(super) fn files(inputs: &[PathBuf]) -> Result<Files, ReadError> {
    let mut files = Files { known: Vec::new(), skipped: 0 };
    for input in inputs {
        let about = std::fs::metadata(input).map_err(|source| ReadError::Io { path: input.clone(), source })?;
        if about.is_dir() {
            folder(input, &mut files)?;
        } else {
            let kind = Kind::of(input).ok_or_else(|| ReadError::UnknownKind(input.clone()))?;
            let name = input.file_name().map(Path::new).unwrap_or(input);
            files.known.push(File { path: input.clone(), id: id(name), kind });
        }
    }
    Ok(files)
}

fn folder(root: &Path, files: &mut Files) -> Result<(), ReadError> {
    // Names that begin with a dot are the system's and the version control's, not the corpus.
    let hidden = |name: &std::ffi::OsStr| name.as_encoded_bytes().starts_with(b".");
    let walk = WalkDir::new(root).follow_links(true).sort_by_file_name();
    for entry in walk.into_iter().filter_entry(|e| e.depth() == 0 || !hidden(e.file_name())) {
        let entry = entry.map_err(|error| {
            let path = error.path().unwrap_or(root).to_owned();
            ReadError::Io { path, source: error.into() }
        })?;
        if entry.file_type().is_dir() {
            continue;
        }
        let path = entry.into_path();
        match Kind::of(&path) {
            Some(kind) => {
                let id = id(path.strip_prefix(root).unwrap_or(&path));
                files.known.push(File { path, id, kind });
            }
            None => files.skipped += 1,
        }
    }
    Ok(())
}

/// A relative path as an id, the same on every system.
fn id(path: &Path) -> String {
    let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}
