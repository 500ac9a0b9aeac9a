//! Which files to read, in which order, and what a file's id is.

use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::format::{Format, Packing};
use super::{Place, ReadError};

/// Files to read.
#[derive(Debug, Default)]
pub(super) struct Files {
    /// Of a kind that is read, in order.
    pub known: Vec<File>,
    /// The others that lay in the folders.
    pub skipped: Vec<PathBuf>,
    /// What was named and is not there or cannot be read.
    pub refused: Vec<ReadError>,
}

/// A file to read.
#[derive(Debug)]
pub(super) struct File {
    pub path: PathBuf,
    /// Its path below the folder that was named, with `/` between the parts.
    pub id: String,
    /// Whether it was named itself, and so is read whatever its name.
    pub named: bool,
}

/// The name that stands for standard input.
pub(super) const STDIN: &str = "-";

/// The files that `inputs` name, and those in the folders they name. A name that no file has may be a pattern, with
/// `*`, `?`, `[…]` and `**`, which a shell left as it was.
pub(super) fn files(inputs: &[PathBuf]) -> Files {
    let mut files = Files::default();
    for input in inputs {
        if input.as_os_str() == STDIN {
            files.known.push(File { path: input.clone(), id: "stdin".into(), named: true });
            continue;
        }
        match std::fs::metadata(input) {
            Ok(about) if about.is_dir() => folder(input, &mut files),
            Ok(_) => {
                let name = input.file_name().map(Path::new).unwrap_or(input);
                files.known.push(File { path: input.clone(), id: id(name), named: true });
            }
            Err(source) => {
                let found = pattern(input, &mut files);
                if !found {
                    files.refused.push(ReadError::Io { path: input.clone(), source });
                }
            }
        }
    }
    files
}

/// The files that fit a pattern, in the order of their names; whether there was one. A folder that fits is read whole.
fn pattern(pattern: &Path, files: &mut Files) -> bool {
    let magic = |part: &Path| part.to_string_lossy().contains(['*', '?', '[']);
    let fixed: PathBuf = pattern.components().take_while(|part| !magic(Path::new(part))).collect();
    if fixed == pattern {
        return false;
    }
    let options = glob::MatchOptions { require_literal_leading_dot: true, ..Default::default() };
    let Ok(paths) = glob::glob_with(&pattern.to_string_lossy(), options) else { return false };
    let mut found = false;
    for path in paths {
        found = true;
        match path {
            Ok(path) if path.is_dir() => folder(&path, files),
            Ok(path) => keep(path, &fixed, files),
            Err(error) => {
                let path = error.path().to_owned();
                files.refused.push(ReadError::Io { path, source: error.into() });
            }
        }
    }
    found
}

fn folder(root: &Path, files: &mut Files) {
    let walk = WalkDir::new(root).follow_links(true).sort_by_file_name();
    for entry in walk.into_iter().filter_entry(|e| e.depth() == 0 || is_corpus(e)) {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) => keep(entry.into_path(), root, files),
            Err(error) => {
                let path = error.path().unwrap_or(root).to_owned();
                files.refused.push(match error.loop_ancestor() {
                    Some(_) => ReadError::refused(
                        Place::file(&path),
                        "this link leads back to a folder that it lies in; remove it",
                    ),
                    None => ReadError::Io { path, source: error.into() },
                });
            }
        }
    }
}

/// Whether an entry belongs to the corpus. Names that begin with a dot are the system's and the version control's; beside
/// the texts may lie a workspace, and beside a page the folder in which a browser saved its frames and pictures.
fn is_corpus(entry: &walkdir::DirEntry) -> bool {
    let (path, name) = (entry.path(), entry.file_name().to_string_lossy());
    if !entry.file_type().is_dir() {
        return !name.starts_with('.');
    }
    let is_workspace = path.join("manifest.json").is_file() && path.join("documents").is_dir();
    let page = ["_files", ".files"].iter().find_map(|ending| name.strip_suffix(ending));
    let of_page = page.is_some_and(|page| {
        let is_page = |ending: &str| path.with_file_name(format!("{page}.{ending}")).is_file();
        ["html", "htm", "shtml"].into_iter().any(is_page)
    });
    !(name.starts_with('.') || is_workspace || of_page)
}

/// Takes a file that was not named itself, where its name says that it is of a kind that is read.
fn keep(path: PathBuf, root: &Path, files: &mut Files) {
    let id = id(path.strip_prefix(root).unwrap_or(&path));
    if is_known(&id) {
        files.known.push(File { path, id, named: false });
    } else {
        files.skipped.push(path);
    }
}

/// What a folder of texts says about itself, by the beginning of its file's name.
const ABOUT: [&str; 3] = ["readme.", "license.", "licence."];

/// Whether a file's name says that it is of a kind that is read, or holds one.
pub(super) fn is_known(name: &str) -> bool {
    let own = name.rsplit('/').next().unwrap_or(name).to_ascii_lowercase();
    if ABOUT.iter().any(|about| own.starts_with(about)) {
        return false;
    }
    match Packing::of_name(name) {
        Some((Packing::Zip, _)) => true,
        Some((_, inner)) => super::format::ending(inner).is_none() || is_known(inner),
        None => Format::of_name(name).is_some(),
    }
}

/// A relative path as an id, the same on every system.
fn id(path: &Path) -> String {
    let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}
