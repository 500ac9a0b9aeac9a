//! A workspace's folder as it lies on disk.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use walkdir::WalkDir;

/// Everything below a folder with the bytes of its files, folders themselves among them. The lock is left out: it is empty,
/// and of no one version of the program; so is the graph on disk, which can be made again.
pub fn tree(folder: &Path) -> BTreeMap<String, Option<Vec<u8>>> {
    let entries = WalkDir::new(folder).min_depth(1).into_iter().map(Result::unwrap);
    let named = entries.map(|entry| {
        let name = entry.path().strip_prefix(folder).unwrap().display().to_string();
        (name, entry.file_type().is_file().then(|| fs::read(entry.path()).unwrap()))
    });
    let store = |name: &str| name == "store" || name.starts_with("store/");
    named.filter(|(name, _)| name != "lock" && !store(name)).collect()
}
