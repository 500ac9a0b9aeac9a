//! Networks as other programs get them: every format says the same of the same network, whatever is in the words.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use assert_cmd::cargo::cargo_bin_cmd;
use serde_json::{Map, Value};
use tempfile::TempDir;

#[path = "common/tree.rs"]
mod tree;
#[path = "common/tupu.rs"]
mod tupu_command;

use tree::tree;
use tupu_command::tupu;

/// Names and words with what breaks tables, markup and scripts; dates that overlap, touch and are missing.
const HOSTILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/hostile.jsonl");
const NETWORKS: [&str; 4] = ["direct", "actors", "items", "facts"];

fn loaded() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    tupu(folder.path(), &["load", HOSTILE]);
    folder
}

/// The elements of one sort in the JSON of a network.
fn elements(folder: &Path, network: &str, sort: &str) -> Vec<Map<String, Value>> {
    let json = tupu(folder, &["export", "cytoscape", "--network", network]);
    let json: Value = serde_json::from_str(&json).unwrap();
    let elements = json["elements"][sort].as_array().unwrap();
    elements.iter().map(|element| element["data"].as_object().unwrap().clone()).collect()
}

/// The rows of a table, each by the names of its columns.
fn rows(table: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    reader.deserialize().map(Result::unwrap).collect()
}

/// Exports into a folder and gives its files.
fn files(folder: &Path, format: &str, network: &str) -> BTreeMap<String, String> {
    assert_eq!(tupu(folder, &["export", format, "--network", network, "-o", "out/put"]), "");
    let files = tree(&folder.join("out/put"));
    fs::remove_dir_all(folder.join("out")).unwrap();
    files.into_iter().map(|(name, bytes)| (name, String::from_utf8(bytes.unwrap()).unwrap())).collect()
}

#[test]
fn the_same_network_is_the_same_bytes_on_any_number_of_threads() {
    let folder = loaded();
    let formats: &[&str] = &["graphml", "gexf", "cytoscape", "csv", "neo4j", "parquet"];
    let all = |threads: &str| {
        for format in formats.iter().filter(|format| **format != "parquet" || cfg!(feature = "parquet")) {
            for network in ["direct", "facts"] {
                let to = format!("{threads}/{format}-{network}");
                fs::create_dir_all(folder.path().join(threads)).unwrap();
                let mut command = cargo_bin_cmd!("tupu");
                command.args(["export", format, "--network", network, "-o", &to]);
                command.current_dir(&folder).env("RAYON_NUM_THREADS", threads).assert().success();
            }
        }
        tree(&folder.path().join(threads))
    };
    assert_eq!(all("1"), all("2"));
}

#[test]
fn json_is_sound_by_itself() {
    let folder = loaded();
    for network in NETWORKS {
        let nodes = elements(folder.path(), network, "nodes");
        let ids: BTreeSet<&str> = nodes.iter().map(|node| node["id"].as_str().unwrap()).collect();
        let edges = elements(folder.path(), network, "edges");
        let edge_ids: BTreeSet<&str> = edges.iter().map(|edge| edge["id"].as_str().unwrap()).collect();
        assert_eq!((ids.len(), edge_ids.len()), (nodes.len(), edges.len()), "ids are unique");
        for edge in &edges {
            assert!(ids.contains(edge["source"].as_str().unwrap()) && ids.contains(edge["target"].as_str().unwrap()));
            assert!(edge["weight"].as_u64().unwrap() >= 1);
        }
        assert!(nodes.iter().chain(&edges).flat_map(Map::values).all(|value| value.is_string() || value.is_number()));
    }
}

#[test]
fn tables_say_what_json_says() {
    let folder = loaded();
    for network in NETWORKS {
        let tables = files(folder.path(), "csv", network);
        assert_eq!(tables.keys().collect::<Vec<_>>(), ["edges.csv", "facts.csv", "nodes.csv"]);
        let table =
            |name: &str| tables[name].strip_prefix('\u{feff}').expect("Excel wants a byte order mark").to_owned();
        assert!(table("nodes.csv").starts_with("Id,Label,Name,type,"));
        assert!(table("edges.csv").starts_with("Source,Target,Type,Id,Kind,Label,interaction,Weight,"));
        assert_eq!(tupu(folder.path(), &["export", "csv", "--network", network]), table("edges.csv"));
        for (name, sort) in [("nodes.csv", "nodes"), ("edges.csv", "edges")] {
            let rows = rows(&table(name));
            let elements = elements(folder.path(), network, sort);
            assert_eq!(rows.len(), elements.len());
            for (row, element) in rows.iter().zip(elements) {
                for (name, value) in element.iter().filter(|(name, _)| *name != "key" && *name != "value") {
                    let column = row.get(name).or_else(|| row.get(&capital(name))).expect(name);
                    assert_eq!(*column, value.as_str().map_or_else(|| value.to_string(), str::to_owned), "{name}");
                }
                // An edge has two columns that JSON does not have, and JSON the key; a node of JSON its value.
                let more = if sort == "nodes" { 0 } else { 2 };
                let filled = row.values().filter(|value| !value.is_empty()).count();
                assert_eq!(filled, element.len() - 1 + more, "{row:?}");
            }
        }
        let facts = rows(&table("facts.csv"));
        let ids: BTreeSet<&str> = facts.iter().map(|fact| fact["Id"].as_str()).collect();
        assert_eq!(ids.len(), facts.len());
        assert!(rows(&table("edges.csv")).iter().all(|edge| edge["facts"].split(' ').all(|fact| ids.contains(fact))));
    }
}

fn capital(name: &str) -> String {
    name[..1].to_uppercase() + &name[1..]
}

#[test]
fn the_words_in_a_table_are_those_of_the_text() {
    let folder = loaded();
    let tables = files(folder.path(), "csv", "facts");
    let facts = rows(&tables["facts.csv"]);
    let known: BTreeSet<&str> = facts.iter().map(|fact| fact["evidence"].as_str()).collect();
    let annotations = fs::read_to_string(HOSTILE).unwrap();
    let mut count = 0;
    for annotation in annotations.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()) {
        let text: Vec<char> = annotation["text"].as_str().unwrap().chars().collect();
        for fact in annotation["facts"].as_array().unwrap() {
            let place = |end: &str| usize::try_from(fact["evidence"][end].as_u64().unwrap()).unwrap();
            let words: String = text[place("start")..place("end")].iter().collect();
            assert!(known.contains(words.as_str()), "{words:?}");
            count += 1;
        }
    }
    assert_eq!(count, facts.len());
    let role = facts.iter().find(|fact| fact["Label"].starts_with("NA ")).unwrap();
    assert_eq!(role["roles"], "donor=doc/h1/org/NA item=product/0012 recipient=org/true");
}

#[test]
fn an_edge_exists_on_the_days_of_its_facts() {
    let folder = loaded();
    let gexf = tupu(folder.path(), &["export", "gexf"]);
    assert!(gexf.contains(r#"mode="dynamic" timeformat="date""#));
    let of = |start: &str, end: &str| {
        let from = gexf.find(start).expect(start);
        let element = &gexf[from..from + gexf[from..].find(end).unwrap()];
        element.matches("<spell ").count()
    };
    // Two facts on days far apart; one fact with a date and one without; and the nodes at their ends.
    assert_eq!(of(r#"<node id="org/𠮷田䶮研究所""#, "</node>"), 2);
    assert_eq!(of(r#"target="product/口罩,手套;试剂""#, "</edge>"), 0);
    assert_eq!(of(r#"<node id="product/口罩,手套;试剂""#, "</node>"), 0);
    assert!(gexf.contains(r#"<spell start="2020-02-01" end="2020-02-29"/>"#));
    let dateless = tupu(folder.path(), &["export", "gexf", "--from", "2030"]);
    assert!(dateless.contains(r#"mode="static""#) && !dateless.contains("<spell"));
}

#[test]
fn the_script_for_neo4j_loads_every_row() {
    let folder = loaded();
    for network in NETWORKS {
        let files = files(folder.path(), "neo4j", network);
        let script = &files["load.cypher"];
        let (nodes, relationships) = (rows(&files["nodes.csv"]), rows(&files["relationships.csv"]));
        for row in &nodes {
            assert!(script.contains(&format!("row.`:LABEL` = '{}'", row[":LABEL"])), "{row:?}");
        }
        for row in &relationships {
            assert!(script.contains(&format!("-[r:`{}`]->", row[":TYPE"])), "{row:?}");
        }
        let labels: BTreeSet<_> = nodes.iter().map(|row| &row[":LABEL"]).collect();
        let types: BTreeSet<_> = relationships.iter().map(|row| &row[":TYPE"]).collect();
        assert_eq!(script.matches("LOAD CSV").count(), labels.len() + types.len());
        assert_eq!(script.contains("means nothing"), matches!(network, "actors" | "items"));
    }
}

#[test]
fn what_makes_a_folder_says_so() {
    let folder = loaded();
    fs::write(folder.path().join("taken"), "").unwrap();
    let cases: [(&[&str], &str); 4] = [
        (&["neo4j"], "neo4j is a folder of nodes.csv, relationships.csv, load.cypher; say where with -o FOLDER"),
        (&["csv", "-o", "kg.csv"], "kg.csv is the name of a file, and csv is a folder"),
        (&["csv", "-o", "taken"], "it is a file; name a folder"),
        #[cfg(not(feature = "parquet"))]
        (&["parquet", "-o", "tables"], "built without parquet"),
        #[cfg(feature = "parquet")]
        (&["parquet"], "say where with -o FOLDER"),
    ];
    for (arguments, told) in cases {
        let done = cargo_bin_cmd!("tupu").current_dir(&folder).arg("export").args(arguments).output().unwrap();
        let said = String::from_utf8(done.stderr).unwrap();
        assert_eq!((done.status.code(), said.lines().count()), (Some(1), 1), "{said}");
        assert!(said.contains(told), "{said}");
    }
}

#[cfg(feature = "parquet")]
#[test]
fn columns_have_the_types_of_their_values() {
    use parquet::file::reader::{FileReader as _, SerializedFileReader};
    use parquet::record::Field;

    let folder = loaded();
    tupu(folder.path(), &["export", "parquet", "-o", "columns"]);
    let file = fs::File::open(folder.path().join("columns/edges.parquet")).unwrap();
    let reader = SerializedFileReader::new(file).unwrap();
    assert_eq!(reader.metadata().file_metadata().created_by(), Some("tupu"));
    let edges = elements(folder.path(), "direct", "edges");
    assert_eq!(reader.get_row_iter(None).unwrap().count(), edges.len());
    for (row, edge) in reader.get_row_iter(None).unwrap().map(Result::unwrap).zip(edges) {
        for (name, field) in row.get_column_iter() {
            let same = match (field, edge.get(name)) {
                (Field::Null, None) => true,
                (Field::Str(text), Some(value)) => value.as_str() == Some(text),
                (Field::Int(number), Some(value)) => value.as_i64() == Some(i64::from(*number)),
                (Field::Double(number), Some(value)) => value.as_f64() == Some(*number),
                (Field::Date(_), Some(value)) => value.as_str() == Some(&field.to_string()[..10]),
                _ => false,
            };
            assert!(same, "{name}: {field} and {:?}", edge.get(name));
        }
    }
}
