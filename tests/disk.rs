//! The graph on disk is the one in memory, whatever happens to the documents and to those who read and write it.
#![cfg(feature = "rocksdb")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use assert_cmd::cargo::cargo_bin;
use tupu::annotation::Annotation;
use tupu::decision::Decision;
use tupu::export::nquads;
use tupu::read;
use tupu::schema::Schema;
use tupu::store::Store;
use tupu::workspace::Workspace;

#[path = "common/tupu.rs"]
mod tupu_command;

use tupu_command::tupu;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The annotations of the sample, as `tupu extract` writes them.
fn sample() -> Vec<Annotation> {
    let lines = tupu(root(), &["extract", "data/sample"]);
    lines.lines().map(|line| Annotation::from_json(line).unwrap()).collect()
}

fn put(kg: &Workspace, annotations: &[Annotation]) {
    let mut writer = kg.writer().unwrap();
    annotations.iter().for_each(|one| writer.put(one, None, &one.id).unwrap());
}

fn dump(store: &Store) -> String {
    let mut lines = Vec::new();
    nquads::write(store, &mut lines).unwrap();
    String::from_utf8(lines).unwrap()
}

/// The number of named graphs that bringing the graph in step wrote, and the graph; it must be the one in memory.
fn in_step(kg: &Workspace, schema: &Schema) -> (usize, Store) {
    let mut written = 0;
    let store = kg.kept_in_step(schema, &mut |step| written = step.of).unwrap().unwrap();
    assert!(dump(&store) == dump(&kg.store(schema).unwrap()), "the graph on disk is another one");
    (written, store)
}

fn generations(kg: &Workspace) -> Vec<PathBuf> {
    let entries = fs::read_dir(kg.root().join("store")).unwrap().map(|entry| entry.unwrap().path());
    let mut folders: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

#[test]
fn the_graph_on_disk_is_the_one_in_memory_after_every_change() {
    let folder = tempfile::tempdir().unwrap();
    let kg = Workspace::create_or_open(folder.path(), None).unwrap();
    let (sample, schema) = (sample(), Schema::embedded().unwrap());
    put(&kg, &sample[..sample.len() - 2]);
    assert!(kg.kept(&schema).unwrap().is_none(), "nothing is there before it is made");
    let (all, _) = in_step(&kg, &schema);
    assert!(kg.kept(&schema).unwrap().is_some() && all == sample.len(), "all documents, identities and the ontology");

    // One document more: its graph is written and the identities, not the others.
    put(&kg, &sample[sample.len() - 2..sample.len() - 1]);
    assert!(kg.kept(&schema).unwrap().is_none(), "it is known to be behind");
    assert!((1..=4).contains(&in_step(&kg, &schema).0));
    // The same again changes nothing.
    put(&kg, &sample[..2]);
    assert!(kg.kept(&schema).unwrap().is_some());

    // A document that is read otherwise, one that is taken away, and one that says what another said.
    let mut fewer = sample[0].clone();
    fewer.facts.truncate(1);
    put(&kg, &[fewer]);
    in_step(&kg, &schema);
    kg.writer().unwrap().remove(&sample[1].id).unwrap();
    in_step(&kg, &schema);
    put(&kg, &[Annotation { id: "copy".into(), text: format!("{}。", sample[2].text), ..sample[2].clone() }]);
    in_step(&kg, &schema);
    kg.writer().unwrap().remove(&sample[2].id).unwrap();
    in_step(&kg, &schema);

    // What a person decides, and what the fact types are.
    let fact = sample.iter().flat_map(|one| one.facts.iter().map(move |fact| (one, fact))).nth(3).unwrap();
    let reject = serde_json::json!({
        "decision": "reject", "fact": tupu::link::fact_reference(fact.0, fact.1), "reason": "no", "date": "2020-03-01",
    });
    let decision = Decision::from_json(&reject.to_string()).unwrap();
    kg.writer().unwrap().decide(&[decision]).unwrap();
    in_step(&kg, &schema);
    let frames = kg.root().join("frames");
    fs::create_dir(&frames).unwrap();
    let frame = "name = \"Gift\"\nlabel = { zh = \"赠与\", en = \"gift\" }\n[roles]\ngiver = { accepts = [\"Organization\"] }\n\
                 gift = { accepts = [\"Product\"] }\n[[patterns]]\ntriggers = [\"赠与\"]\nslots = { subject = [\"giver\"], object = [\"gift\"] }\n";
    fs::write(frames.join("gift.toml"), frame).unwrap();
    let own = kg.load_schema().unwrap();
    assert!(kg.kept(&own).unwrap().is_none(), "other fact types");
    in_step(&kg, &own);
    assert_eq!(generations(&kg).len(), 1, "what nobody reads is put away");
}

#[test]
fn whoever_reads_goes_on_reading_what_was_there() {
    let folder = tempfile::tempdir().unwrap();
    let kg = Workspace::create_or_open(folder.path(), None).unwrap();
    let (sample, schema) = (sample(), Schema::embedded().unwrap());
    put(&kg, &sample[1..]);
    let (_, reader) = in_step(&kg, &schema);
    let before = dump(&reader);
    put(&kg, &sample[..1]);
    let (_, next) = in_step(&kg, &schema);
    assert!(dump(&reader) == before && dump(&next) != before);
    assert_eq!(generations(&kg).len(), 2);
    drop(reader);
    kg.writer().unwrap().remove(&sample[1].id).unwrap();
    drop(next);
    in_step(&kg, &schema);
    assert_eq!(generations(&kg).len(), 1);

    // While another process writes, nothing is brought in step, and the answers come from memory.
    kg.writer().unwrap().remove(&sample[2].id).unwrap();
    let _held = kg.writer().unwrap();
    assert!(kg.kept_in_step(&schema, &mut |_| {}).unwrap().is_none());
    let told = tupu(folder.path(), &["query", "documents", "--kg", ".", "--format", "csv"]);
    assert_eq!(told.lines().count(), sample.len() - 2 + 1);
}

#[test]
fn what_is_missing_half_written_or_broken_is_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    let kg = Workspace::create_or_open(folder.path(), None).unwrap();
    let (sample, schema) = (sample(), Schema::embedded().unwrap());
    put(&kg, &sample);
    in_step(&kg, &schema);
    let newest = || generations(&kg).pop().unwrap();
    // A writer that was killed leaves a folder without its last file.
    fs::create_dir_all(kg.root().join("store/99/quads")).unwrap();
    assert!(kg.kept(&schema).unwrap().is_some());
    in_step(&kg, &schema);
    fs::write(newest().join("derived.tsv"), "").unwrap();
    in_step(&kg, &schema);
    fs::write(newest().join("quads/CURRENT"), "no manifest").unwrap();
    in_step(&kg, &schema);
    fs::remove_dir_all(newest().join("quads")).unwrap();
    in_step(&kg, &schema);
    fs::remove_dir_all(kg.root().join("store")).unwrap();
    in_step(&kg, &schema);
}

#[test]
fn a_writer_that_is_killed_leaves_a_graph_that_answers_or_none() {
    let folder = tempfile::tempdir().unwrap();
    let mut lines = String::new();
    for n in 0..300 {
        let text = format!("2月{}日，江北某某科技有限公司向武汉市第{n}医院捐赠口罩{n}只。", n % 28 + 1);
        lines += &(serde_json::json!({"id": format!("{n}.txt"), "text": text}).to_string() + "\n");
    }
    fs::write(folder.path().join("texts.jsonl"), lines).unwrap();
    tupu(folder.path(), &["build", "texts.jsonl"]);
    let kg = Workspace::open(&folder.path().join("kg")).unwrap();
    let schema = Schema::embedded().unwrap();
    for round in 0..20_u64 {
        // Half of the time from nothing, half from a graph of which a document has gone.
        if round % 2 == 0 {
            fs::remove_dir_all(kg.root().join("store")).unwrap();
        } else {
            kg.writer().unwrap().remove(&format!("{round}.txt")).unwrap();
        }
        let mut query = Command::new(cargo_bin!("tupu"));
        let query = query.args(["query", "donations"]).current_dir(folder.path());
        let mut child = query.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        thread::sleep(Duration::from_millis(15 * (round / 2)));
        child.kill().unwrap();
        child.wait().unwrap();
        if let Some(store) = kg.kept(&schema).unwrap() {
            assert!(dump(&store) == dump(&kg.store(&schema).unwrap()), "killed in round {round}");
        }
        if round % 4 < 2 {
            in_step(&kg, &schema);
        }
    }
    in_step(&kg, &schema);
}

#[test]
fn every_saved_query_answers_from_disk_as_from_memory() {
    let folder = tempfile::tempdir().unwrap();
    let sample = root().join("data/sample");
    tupu(folder.path(), &["build", sample.to_str().unwrap()]);
    let kg = Workspace::open(&folder.path().join("kg")).unwrap();
    assert!(kg.kept(&kg.load_schema().unwrap()).unwrap().is_some(), "a build leaves the graph in step");
    let values: &[(&str, &[&str])] = &[
        ("connections", &["--set", "a=泰坦科技", "--set", "b=口罩"]),
        ("entity", &["--set", "name=泰坦科技"]),
        ("evidence", &["--set", "about=湖北省"]),
        ("flows", &["--set", "name=湖北"]),
    ];
    let saved = tupu::query::SavedQueries::embedded().unwrap();
    let mut asked = 0;
    for query in saved.iter() {
        let set = values.iter().find(|(name, _)| *name == query.name).map_or(&[][..], |(_, set)| *set);
        let ask = |more: &[&str]| {
            let all = [&["query", &query.name, "--format", "csv"], set, more].concat();
            tupu(folder.path(), &all)
        };
        // Fact types of one's own, though they are the built-in ones, are asked in memory.
        let frames = root().join("ontology/frames");
        assert_eq!(ask(&[]), ask(&["--frames", frames.to_str().unwrap()]), "{}", query.name);
        asked += 1;
    }
    assert!(asked > 15);
}

#[test]
fn annotations_from_elsewhere_are_kept_as_well() {
    let folder = tempfile::tempdir().unwrap();
    let lines = tupu(root(), &["extract", "data/sample"]);
    fs::write(folder.path().join("all.jsonl"), lines).unwrap();
    assert!(!read::annotations_of(&[folder.path().join("all.jsonl")]).unwrap().is_empty());
    tupu(folder.path(), &["load", "all.jsonl"]);
    let kg = Workspace::open(&folder.path().join("kg")).unwrap();
    assert!(kg.kept(&kg.load_schema().unwrap()).unwrap().is_some());
}
