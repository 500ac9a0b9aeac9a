//! Names the version of the engine: a hash of all that annotating is compiled from. The workspace keeps it beside each
//! annotation, so that a document is read again exactly when reading it may give something else. Likewise of all that the
//! graph is derived by, which is kept beside the graph on disk.

use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};

/// What annotating is compiled from. The frames are not here: which are in use is known when the program runs.
const SOURCES: [&str; 10] = [
    "data/lexicon",
    "data/models",
    "src/annotate",
    "src/annotation",
    "src/annotation.rs",
    "src/document.rs",
    "src/lexicon",
    "src/schema",
    "src/span.rs",
    "src/text",
];
/// What the graph is derived by besides.
const OF_GRAPH: [&str; 8] = [
    "ontology",
    "src/decision.rs",
    "src/link",
    "src/rdf",
    "src/read/reprints",
    "src/read/reprints.rs",
    "src/store/disk.rs",
    "src/workspace/kept.rs",
];
/// Endings of files with a part in it; the others (read-me files, licences, recipes) are for people.
const ENDINGS: [&str; 5] = ["bin", "rs", "tsv", "ttl", "txt"];
/// The packages that words are cut and compared with.
const PACKAGES: [&str; 2] = ["jieba-rs", "unicode-normalization"];

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let mut hash = Sha256::new();
    for source in SOURCES {
        println!("cargo:rerun-if-changed={source}");
        add(Path::new(source), &mut hash);
    }
    // A package that depends on this one has no such file beside it; then the versions stay out.
    if let Ok(lock) = fs::read_to_string("Cargo.lock") {
        println!("cargo:rerun-if-changed=Cargo.lock");
        for package in PACKAGES {
            hash.update(version(&lock, package));
        }
    }
    println!("cargo:rustc-env=TUPU_ENGINE={}", digits(hash.clone()));
    for source in OF_GRAPH {
        println!("cargo:rerun-if-changed={source}");
        add(Path::new(source), &mut hash);
    }
    println!("cargo:rustc-env=TUPU_GRAPH={}", digits(hash));
}

fn digits(hash: Sha256) -> String {
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// Adds a file, or a folder in the order of its names, with the paths below this one.
fn add(path: &Path, hash: &mut Sha256) {
    if path.is_dir() {
        let entries = fs::read_dir(path).expect("a folder of the sources can be read");
        let mut paths: Vec<_> = entries.map(|entry| entry.expect("it can be listed").path()).collect();
        paths.sort();
        return paths.iter().for_each(|path| add(path, hash));
    }
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    if !ENDINGS.contains(&ending) {
        return;
    }
    let mut bytes = fs::read(path).expect("a file of the sources can be read");
    // A checkout may end lines in another way.
    if ending != "bin" {
        bytes.retain(|byte| *byte != b'\r');
    }
    let name: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    let name = name.join("/");
    for part in [name.as_bytes(), bytes.as_slice()] {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
}

/// The lines of a package's entry in `Cargo.lock` that say which version it is.
fn version<'a>(lock: &'a str, package: &str) -> &'a str {
    let start = format!("name = \"{package}\"\n");
    let lock = lock.split_once(start.as_str()).map_or("", |(_, rest)| rest);
    lock.split("\n\n").next().unwrap_or_default()
}
