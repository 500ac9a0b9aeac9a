//! A workspace that grows and shrinks is, byte for byte, the one that would be built of what remains.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use assert_cmd::cargo::cargo_bin_cmd;
use proptest::prelude::*;
use tupu::annotate::Annotator;
use tupu::annotation::Annotation;
use tupu::document::Document;
use tupu::export;
use tupu::schema::Schema;
use tupu::workspace::{Reading, Workspace};

#[path = "common/tree.rs"]
mod tree;
#[path = "common/tupu.rs"]
mod tupu_command;

use tree::tree;
use tupu_command::tupu;

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/sample");

/// Documents and how they are read: the sample's notices, their paragraphs, and as many of their sentences as make a
/// hundred in all.
static READ: LazyLock<Vec<(Annotation, Reading)>> = LazyLock::new(|| {
    let annotator = Annotator::new(Schema::embedded().unwrap());
    let mut documents = tupu::read::documents(&[SAMPLE.into()]).unwrap();
    for (part, ends) in [("paragraph", &['\n'][..]), ("sentence", &['。', '\n'])] {
        for notice in documents.clone().into_iter().filter(|document| !document.id.contains('/')) {
            for (n, text) in notice.text.split_inclusive(ends).enumerate().filter(|(_, text)| !text.trim().is_empty()) {
                let id = format!("{}/{part}/{n}", notice.id);
                documents.push(Document { id, text: text.to_owned(), ..notice.clone() });
            }
        }
    }
    assert!(documents.len() > DOCUMENTS, "{}", documents.len());
    let read = |document: &Document| {
        let (annotation, unread) = annotator.annotate_and_tell(document);
        (annotation, Reading { engine: annotator.version(), unread })
    };
    documents[..DOCUMENTS].iter().map(read).collect()
});

const DOCUMENTS: usize = 100;

fn workspace(folder: &Path) -> Workspace {
    Workspace::create_or_open(&folder.join("kg"), None).unwrap()
}

/// The folder and its graph.
fn bytes(kg: &Workspace) -> (BTreeMap<String, Option<Vec<u8>>>, Vec<u8>) {
    let mut graph = Vec::new();
    export::nquads::write(&kg.store(&Schema::embedded().unwrap()).unwrap(), &mut graph).unwrap();
    (tree(kg.root()), graph)
}

/// What is done to a workspace.
#[derive(Debug, Clone, Copy)]
enum Step {
    /// A document is put into it.
    Add(usize),
    /// A document is put into it as somebody else annotated it: with nothing.
    Load(usize),
    /// A document is taken out of it.
    Remove(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let at = 0..DOCUMENTS;
    prop_oneof![
        3 => at.clone().prop_map(Step::Add),
        1 => at.clone().prop_map(Step::Load),
        2 => at.prop_map(Step::Remove),
    ]
}

fn put(kg: &Workspace, at: usize, is_own: bool) {
    let (annotation, reading) = &READ[at];
    let mut writer = kg.writer().unwrap();
    if is_own {
        writer.put(annotation, Some(reading), "test").unwrap();
    } else {
        let bare = Annotation { entities: Vec::new(), facts: Vec::new(), ..annotation.clone() };
        writer.put(&bare, None, "test").unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_was_added_and_removed_the_bytes_are_those_of_what_remains(
        order in Just((0..DOCUMENTS).collect::<Vec<_>>()).prop_shuffle(),
        steps in prop::collection::vec(step(), 0..150),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let kg = workspace(folder.path());
        // Which documents remain, and whether this program read them.
        let mut remain: BTreeMap<usize, bool> = BTreeMap::new();
        // All of them first, in some order, so that there is much to take away.
        for step in order.into_iter().map(Step::Add).chain(steps) {
            match step {
                Step::Add(at) | Step::Load(at) => {
                    let is_own = matches!(step, Step::Add(_));
                    put(&kg, at, is_own);
                    remain.insert(at, is_own);
                }
                Step::Remove(at) => {
                    let was_there = kg.writer().unwrap().remove(&READ[at].0.id).unwrap();
                    prop_assert_eq!(was_there, remain.remove(&at).is_some());
                }
            }
        }
        let fresh = tempfile::tempdir().unwrap();
        let fresh = workspace(fresh.path());
        remain.iter().for_each(|(at, is_own)| put(&fresh, *at, *is_own));
        prop_assert_eq!(bytes(&kg), bytes(&fresh));
    }
}

#[test]
fn a_document_added_and_removed_leaves_every_export_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    tupu(root, &["build", SAMPLE]);
    let extra = "泰坦科技捐赠手套\n2020-02-12\n\n2月11日，泰坦科技有限公司向上海市第六人民医院捐赠手套300双。\n";
    fs::write(root.join("extra.txt"), extra).unwrap();
    let exports = || -> Vec<String> {
        let formats = ["graphml", "turtle", "ntriples", "trig", "nquads", "jsonld"];
        formats.map(|format| tupu(root, &["export", format])).to_vec()
    };
    let (before, exported) = (tree(&root.join("kg")), exports());
    tupu(root, &["build", "extra.txt"]);
    assert!(exports().iter().zip(&exported).all(|(now, before)| now != before));
    let told = tupu(root, &["remove", "doc/extra.txt"]);
    let told: Vec<Vec<&str>> = told.lines().map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(told[0], ["removed", "1"]);
    assert!(told[1][0] == "entities" && told[1][1] != "0" && told[2][0] == "facts" && told[2][1] != "0", "{told:?}");
    assert_eq!(told[3], ["left", "18"]);
    assert_eq!((tree(&root.join("kg")), exports()), (before, exported));
}

#[test]
fn nothing_is_removed_where_one_id_is_unknown() {
    let folder = tempfile::tempdir().unwrap();
    tupu(folder.path(), &["build", SAMPLE]);
    let before = tree(&folder.path().join("kg"));
    let asked = ["remove", "titan-supply.txt", "titan-donation", "labour-awards.txt", "zzz"];
    let done = cargo_bin_cmd!("tupu").current_dir(&folder).args(asked).output().unwrap();
    let said = String::from_utf8(done.stderr).unwrap();
    assert_eq!((done.status.code(), said.lines().count()), (Some(1), 1), "{said}");
    for part in ["\"titan-donation\" (is it titan-donation.txt?)", "(is it labour-award.txt?)", "\"zzz\";"] {
        assert!(said.contains(part), "{part} is missing in {said}");
    }
    assert_eq!(tree(&folder.path().join("kg")), before);
}

#[test]
fn status_tells_what_of_the_texts_is_not_as_it_is_stored() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let write = |name: &str, text: &str| {
        fs::create_dir_all(root.join("texts")).unwrap();
        fs::write(root.join("texts").join(name), text).unwrap();
    };
    for name in ["a", "b", "c", "d"] {
        write(&format!("{name}.txt"), &format!("通知{name}\n\n甲公司向乙医院捐赠口罩500只。\n"));
    }
    tupu(root, &["build", "texts"]);
    fs::write(root.join("notes.jsonl"), "{\"id\": \"e.txt\", \"text\": \"甲公司\"}\n").unwrap();
    tupu(root, &["load", "notes.jsonl"]);
    let pairs = |told: &[u8]| -> Vec<(String, String)> {
        let lines = std::str::from_utf8(told).unwrap().lines();
        let pairs: Vec<_> = lines.map(|line| line.split_once('\t').unwrap()).collect();
        assert!(pairs.is_sorted_by_key(|(_, id)| *id), "{pairs:?}");
        pairs.into_iter().map(|(state, id)| (state.to_owned(), id.to_owned())).collect()
    };
    let states = |arguments: &[&str]| -> BTreeSet<(String, String)> {
        let told = tupu(root, &[&["status", "--list"], arguments].concat());
        pairs(told.as_bytes()).into_iter().collect()
    };
    let are = |states: &[&str]| -> BTreeSet<(String, String)> {
        let ids = ["a", "b", "c", "d", "e"].map(|id| format!("{id}.txt"));
        states.iter().map(|state| (*state).to_owned()).zip(ids).collect()
    };
    assert_eq!(states(&[]), are(&["current", "current", "current", "current", "loaded"]));
    // Facts less sure are left out by another version of the engine.
    let another = ["stale", "stale", "stale", "stale", "loaded"];
    assert_eq!(states(&["--min-confidence", "0.9"]), are(&another));

    write("a.txt", "通知a\n\n甲公司向乙医院捐赠口罩600只。\n");
    fs::rename(root.join("texts/b.txt"), root.join("texts/f.txt")).unwrap();
    let mut expected = are(&["changed", "gone", "current", "current", "gone"]);
    expected.insert(("new".to_owned(), "f.txt".to_owned()));
    assert_eq!(states(&["texts"]), expected);
    let told: serde_json::Value = serde_json::from_str(&tupu(root, &["status", "texts", "--json"])).unwrap();
    let counted = ["new", "changed", "current", "gone"].map(|state| told["inputs"][state].as_u64().unwrap());
    assert_eq!((told["stored"].as_u64(), counted), (Some(5), [1, 1, 2, 2]));

    // A broken file is named and building its document again mends it.
    let file = Workspace::open(&root.join("kg")).unwrap().file("c.txt");
    fs::write(&file, "{").unwrap();
    let done = cargo_bin_cmd!("tupu").current_dir(root).arg("status").output().unwrap();
    let (told, said) = (String::from_utf8(done.stdout).unwrap(), String::from_utf8(done.stderr).unwrap());
    assert!(done.status.success() && told.contains("broken             1"), "{told}{said}");
    assert!(said.contains(file.file_name().unwrap().to_str().unwrap()), "{said}");
    let listed = cargo_bin_cmd!("tupu").current_dir(root).args(["status", "texts", "--list"]).output().unwrap();
    let gone = pairs(&listed.stdout).into_iter().filter(|(state, _)| state == "gone").map(|(_, id)| id);
    let gone: Vec<String> = gone.collect();
    let gone: Vec<&str> = gone.iter().map(String::as_str).collect();
    tupu(root, &["build", "texts"]);
    tupu(root, &[&["remove"], &gone[..]].concat());
    assert!(states(&["texts"]).iter().all(|(state, _)| state == "current"));
}
