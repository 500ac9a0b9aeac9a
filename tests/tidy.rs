//! The house is kept in order: layers point one way, and nothing names a place on somebody's machine.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

/// The rooms of `src/`, from the lowest layer up. A room may use those of the layers before it; within the first
/// layer the foundations may use each other, in every other layer rooms stand side by side and may not.
const LAYERS: &[&[&str]] = &[
    &["span", "document", "annotation", "decision", "schema", "text", "lexicon"],
    &["read", "annotate", "score"],
    &["train", "compare"],
    &["link"],
    &["rdf"],
    &["store"],
    &["workspace"],
    &["pipeline", "shard"],
    &["graph", "query"],
    &["export"],
    &["serve", "remote"],
    &["cli"],
    &["main"],
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The Rust files of `src/`, each with its room: the first part of its path.
fn sources() -> Vec<(String, PathBuf)> {
    let src = root().join("src");
    let files = WalkDir::new(&src).sort_by_file_name().into_iter().map(|e| e.unwrap().into_path());
    let rust = files.filter(|path| path.extension().is_some_and(|e| e == "rs"));
    rust.map(|path| {
        let room = path.strip_prefix(&src).unwrap().iter().next().unwrap().to_str().unwrap();
        (room.trim_end_matches(".rs").to_owned(), path)
    })
    .filter(|(room, _)| room != "lib")
    .collect()
}

/// The rooms that code names: `crate::x`, and each of `crate::{x, y::z}`.
fn named(code: &str) -> Vec<&str> {
    let mut rooms = Vec::new();
    for path in code.split("crate::").skip(1) {
        match path.strip_prefix('{') {
            Some(group) => rooms.extend(items(group).into_iter().filter_map(first_word)),
            None => rooms.extend(first_word(path)),
        }
    }
    rooms
}

/// The items of a group of imports, up to the brace that closes it; groups inside it stay whole.
fn items(group: &str) -> Vec<&str> {
    let (mut items, mut start, mut depth) = (Vec::new(), 0, 0);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                items.push(group[start..at].trim_start());
                start = at + 1;
                if c == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    items
}

fn first_word(path: &str) -> Option<&str> {
    let end = path.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(path.len());
    Some(&path[..end]).filter(|word| !word.is_empty())
}

/// Source without comments, so that documentation may point anywhere.
fn code(source: &str) -> String {
    source.lines().map(|line| line.split_once("//").map_or(line, |(code, _)| code)).collect::<Vec<_>>().join("\n")
}

#[test]
fn layers_point_one_way() {
    let layer: BTreeMap<_, _> =
        LAYERS.iter().enumerate().flat_map(|(n, rooms)| rooms.iter().map(move |room| (*room, n))).collect();
    let mut faults = Vec::new();
    for (room, path) in sources() {
        let name = path.strip_prefix(root()).unwrap().display();
        let Some(&here) = layer.get(room.as_str()) else {
            faults.push(format!("{name}: room {room} stands in no layer; give it its place in the architecture"));
            continue;
        };
        // From the binary the library is another crate.
        let source = code(&fs::read_to_string(&path).unwrap());
        let source = if room == "main" { source.replace("tupu::", "crate::") } else { source };
        for other in named(&source) {
            match layer.get(other) {
                _ if other == room => {}
                None => faults.push(format!("{name}: names {other}, which is no room")),
                Some(there) if *there > here => faults.push(format!("{name}: {room} looks up to {other}")),
                Some(there) if *there == here && here > 0 => {
                    faults.push(format!("{name}: {room} looks aside to {other}"))
                }
                Some(_) => {}
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn the_engines_version_is_of_all_that_annotating_is_compiled_from() {
    let build = fs::read_to_string(root().join("build.rs")).unwrap();
    let hashed: Vec<&str> = build.split('"').filter(|word| word.starts_with("src/")).collect();
    let is_hashed = |path: &Path| hashed.iter().any(|source| path.starts_with(root().join(source)));
    let rooms: Vec<String> = sources().into_iter().filter(|(_, path)| is_hashed(path)).map(|(room, _)| room).collect();
    assert!(rooms.iter().any(|room| room == "annotate"));
    for (_, path) in sources().into_iter().filter(|(_, path)| is_hashed(path)) {
        let source = code(&fs::read_to_string(&path).unwrap());
        let missing: Vec<&str> = named(&source).into_iter().filter(|other| !rooms.iter().any(|r| r == other)).collect();
        assert!(missing.is_empty(), "{}: build.rs leaves {missing:?} out of the engine's version", path.display());
    }
}

#[test]
fn groups_of_imports_are_seen_through() {
    let code = "use crate::{read, score::{Row, Tally}, span::Span};\nuse crate::text::number;";
    assert_eq!(named(code), ["read", "score", "span", "text"]);
    assert_eq!(named("pub(crate) fn f() -> crate::span::Span"), ["span"]);
}

/// Whether what stands before it is no part of the same path or address.
fn begins_a_path(line: &str, at: usize) -> bool {
    line[..at].chars().next_back().is_none_or(|c| c.is_whitespace() || "\"'`=(<[{,:;|&>".contains(c))
}

#[test]
fn nothing_names_a_place_on_a_machine() {
    // Put together here, so that this file is no hit of its own.
    let places = [["/wo", "rk/"], ["/ho", "me/"], ["/ro", "ot/"], ["/Us", "ers/"]].map(|parts| parts.concat());
    let text = [
        "rs", "toml", "md", "rq", "ttl", "tsv", "txt", "py", "jsonl", "json", "yml", "ts", "tsx", "mjs", "js", "css",
        "html", "",
    ];
    let kept_out = ["target", ".git", "kg"];
    let walk = WalkDir::new(root()).sort_by_file_name().into_iter();
    let files = walk.filter_entry(|e| {
        let name = e.file_name().to_str().unwrap_or_default();
        // Where npm has been run in web/ there are the files of others.
        name != "node_modules" && (e.depth() != 1 || !kept_out.contains(&name))
    });
    let mut faults = Vec::new();
    for path in files.map(|e| e.unwrap().into_path()).filter(|path| path.is_file()) {
        let ending = path.extension().map_or("", |e| e.to_str().unwrap_or("?"));
        let Some(source) = text.contains(&ending).then(|| fs::read_to_string(&path).ok()).flatten() else { continue };
        for (n, line) in source.lines().enumerate() {
            if places.iter().any(|place| line.match_indices(place).any(|(at, _)| begins_a_path(line, at))) {
                faults.push(format!("{}:{}: {line}", path.strip_prefix(root()).unwrap().display(), n + 1));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}
