//! The folder on disk: what is stored stays, and every refusal says why.

use std::fs;
use std::path::{Path, PathBuf};

use tupu::annotation::Annotation;
use tupu::document::Document;
use tupu::schema::Schema;
use tupu::workspace::{Reading, Workspace};

#[path = "common/tree.rs"]
mod tree;

use tree::tree;

fn annotation(id: &str, text: &str) -> Annotation {
    Annotation::from_json(&serde_json::json!({ "id": id, "text": text }).to_string()).unwrap()
}

fn workspace(folder: &Path) -> Workspace {
    Workspace::create_or_open(&folder.join("kg"), None).unwrap()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let walk = walkdir::WalkDir::new(folder).sort_by_file_name();
    walk.into_iter().map(|e| e.unwrap().into_path()).filter(|p| p.is_file()).collect()
}

#[test]
fn what_is_stored_is_read_back_in_the_order_of_ids() {
    let folder = tempfile::tempdir().unwrap();
    let kg = workspace(folder.path());
    let long = "长".repeat(300);
    let mut writer = kg.writer().unwrap();
    for id in ["news/2", "news/1", "../../etc", long.as_str(), "con", "a\\b:c"] {
        writer.put(&annotation(id, "口罩"), None, id).unwrap();
    }
    drop(writer);
    let ids: Vec<String> = kg.annotations().unwrap().into_iter().map(|a| a.id).collect();
    assert_eq!(ids, ["../../etc", "a\\b:c", "con", "news/1", "news/2", long.as_str()]);
    assert_eq!(files(&kg.root().join("documents")).len(), 6, "no file outside its folder");
    let mut writer = kg.writer().unwrap();
    writer.put(&annotation("news/1", "手套"), None, "news/1").unwrap();
    let texts: Vec<String> = kg.annotations().unwrap().into_iter().map(|a| a.text).collect();
    assert_eq!(texts.iter().filter(|t| *t == "手套").count(), 1, "a document read again takes its own place");
    assert_eq!(texts.len(), 6);
}

#[test]
fn whatever_changes_is_known_to_the_graph_on_disk() {
    // Programs without a graph on disk may write to a workspace that has one.
    let folder = tempfile::tempdir().unwrap();
    let kg = workspace(folder.path());
    let stale = kg.root().join("store/stale");
    kg.writer().unwrap().put(&annotation("a", "口罩"), None, "a").unwrap();
    assert!(!stale.exists(), "there is no graph on disk");
    fs::create_dir(kg.root().join("store")).unwrap();
    let changes = |change: &dyn Fn(&mut tupu::workspace::Writer<'_>)| {
        let _ = fs::remove_file(&stale);
        change(&mut kg.writer().unwrap());
        stale.exists()
    };
    assert!(!changes(&|writer| writer.put(&annotation("a", "口罩"), None, "a").unwrap()), "it was that before");
    assert!(changes(&|writer| writer.put(&annotation("a", "手套"), None, "a").unwrap()));
    assert!(changes(&|writer| assert!(writer.remove("a").unwrap())));
    assert!(changes(&|writer| writer.identify(&[]).unwrap()));
    let undo = r#"{"decision":"undo","of":"0000","reason":"no","date":"2020-03-01"}"#;
    let decision = tupu::decision::Decision::from_json(undo).unwrap();
    assert!(changes(&|writer| writer.decide(std::slice::from_ref(&decision)).unwrap()));
}

fn reading(engine: &str) -> Reading {
    Reading { engine: engine.into(), unread: Vec::new() }
}

#[test]
fn a_document_is_current_while_its_text_its_header_and_the_engine_are() {
    let folder = tempfile::tempdir().unwrap();
    let kg = workspace(folder.path());
    let one = Annotation { title: Some("捐赠".into()), ..annotation("a", "口罩") };
    let document = one.document();
    let is_current = |document: &Document| kg.current(document, "0001").is_some();
    assert!(!is_current(&document), "new");
    kg.writer().unwrap().put(&one, Some(&reading("0001")), "a").unwrap();
    assert!(is_current(&document));
    assert!(kg.current(&document, "0002").is_none(), "read by another engine");
    assert!(!is_current(&Document { text: "口罩。".into(), ..document.clone() }));
    assert!(!is_current(&Document { title: None, ..document.clone() }));
    assert!(!is_current(&Document { published: Some("2020-02-10".into()), ..document.clone() }));

    let file = files(&kg.root().join("documents")).remove(0);
    let written = fs::read_to_string(&file).unwrap();
    assert_eq!(written.lines().count(), 2);
    assert_eq!(written.lines().next(), Some(one.to_json().as_str()), "the first line is the annotation as it was");
    for broken in ["", "{", &written[..written.len() - 3]] {
        fs::write(&file, broken).unwrap();
        assert!(!is_current(&document), "{broken}");
        assert!(kg.stored_one("a").is_err());
        kg.writer().unwrap().put(&one, Some(&reading("0001")), "a").unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), written, "mended");
    }

    // Somebody else's annotation of it.
    kg.writer().unwrap().put(&one, None, "a").unwrap();
    assert!(!is_current(&document));
    assert_eq!(kg.stored_one("a").unwrap().unwrap().reading, None);
    assert_eq!(fs::read_to_string(&file).unwrap(), one.to_json() + "\n");
}

#[test]
fn what_is_removed_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let kg = workspace(folder.path());
    kg.writer().unwrap().put(&annotation("a", "口罩"), None, "a").unwrap();
    let before = tree(kg.root());
    let mut writer = kg.writer().unwrap();
    writer.put(&annotation("b", "手套"), None, "b").unwrap();
    assert!(writer.remove("b").unwrap());
    assert!(!writer.remove("b").unwrap(), "it is gone");
    writer.put(&annotation("b", "手套"), None, "b again").unwrap();
    assert!(writer.remove("b").unwrap());
    drop(writer);
    assert_eq!(tree(kg.root()), before);
}

#[test]
fn what_a_killed_process_left_is_put_away() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("kg");
    // Killed while it made the folder.
    fs::create_dir_all(root.join("documents")).unwrap();
    fs::write(root.join(".manifest1.part"), "{\"form").unwrap();
    let kg = workspace(folder.path());
    kg.writer().unwrap().put(&annotation("a", "口罩"), None, "a").unwrap();
    let whole = tree(&root);
    assert_eq!(whole.values().flatten().count(), 2, "manifest and document");

    // Killed while it wrote a document.
    let stored = files(&root.join("documents")).remove(0);
    fs::write(stored.with_file_name(".a1b2c3.part"), "{\"id\":").unwrap();
    fs::create_dir_all(root.join("documents/zz/zz")).unwrap();
    fs::write(root.join("lock"), "process 1").unwrap();
    assert_eq!(kg.annotations().unwrap().len(), 1);
    // What is no such leaving stays.
    fs::write(root.join(".notes"), "").unwrap();
    drop(kg.writer().unwrap());
    fs::remove_file(root.join(".notes")).unwrap();
    assert_eq!(tree(&root), whole);
}

#[test]
fn one_process_writes_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let kg = workspace(folder.path());
    let first = kg.writer_for("a test").unwrap();
    let message = kg.writer().unwrap_err().to_string();
    assert!(message.contains(&format!("process {}", std::process::id())), "{message}");
    assert!(message.contains("(a test) is writing"), "{message}");
    drop(first);
    // What a process that died left in the lock file does not matter.
    fs::write(kg.root().join("lock"), "process 1").unwrap();
    assert!(kg.writer().is_ok());
}

#[test]
fn two_documents_with_one_id_are_refused_and_both_named() {
    let folder = tempfile::tempdir().unwrap();
    let kg = workspace(folder.path());
    let mut writer = kg.writer().unwrap();
    writer.put(&annotation("a", "口罩"), None, "x/a.txt").unwrap();
    let message = writer.put(&annotation("a", "手套"), None, "y/a.txt").unwrap_err().to_string();
    assert!(message.contains("x/a.txt") && message.contains("y/a.txt"), "{message}");
    drop(writer);
    let with_source = |source: &str| Annotation { source: Some(source.into()), ..annotation("b", source) };
    kg.writer().unwrap().put(&with_source("https://example.org/1"), None, "b").unwrap();
    let message = kg.writer().unwrap().put(&with_source("https://example.org/2"), None, "b").unwrap_err().to_string();
    assert!(message.contains("example.org/1") && message.contains("example.org/2"), "{message}");
    let texts: Vec<String> = kg.annotations().unwrap().into_iter().map(|a| a.text).collect();
    assert_eq!(texts, ["口罩", "https://example.org/1"]);
}

#[test]
fn a_write_that_fails_or_stops_half_way_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let kg = workspace(folder.path());
    kg.writer().unwrap().put(&annotation("a", "口罩"), None, "a").unwrap();
    let stored = files(&kg.root().join("documents"));
    // A process killed while it wrote leaves a part beside the file.
    fs::write(stored[0].with_file_name(".x.part"), "{\"id\":").unwrap();
    assert_eq!(kg.annotations().unwrap().len(), 1);
    // A file where a folder must be: the write fails, and says where.
    let other = files_of(&kg, "b");
    fs::write(&other, "").unwrap();
    let message = kg.writer().unwrap().put(&annotation("b", "手套"), None, "b").unwrap_err().to_string();
    assert!(message.contains("documents") && message.contains("unchanged") && !message.contains('\n'), "{message}");
    assert_eq!(kg.annotations().unwrap()[0].text, "口罩");
}

/// The first-level folder that a document would have; it must not be there yet.
fn files_of(kg: &Workspace, id: &str) -> PathBuf {
    let folder = tempfile::tempdir().unwrap();
    let probe = workspace(folder.path());
    probe.writer().unwrap().put(&annotation(id, ""), None, id).unwrap();
    let documents = probe.root().join("documents");
    let file = files(&documents).remove(0);
    let level = file.strip_prefix(&documents).unwrap().components().next().unwrap();
    let path = kg.root().join("documents").join(level);
    assert!(!path.exists());
    path
}

#[test]
fn what_is_broken_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let missing = Workspace::open(&folder.path().join("none")).unwrap_err().to_string();
    assert!(missing.contains("none") && missing.contains("tupu build"), "{missing}");
    let kg = workspace(folder.path());
    kg.writer().unwrap().put(&annotation("a", "口罩"), None, "a").unwrap();
    let file = files(&kg.root().join("documents")).remove(0);
    fs::write(&file, "{").unwrap();
    let message = kg.annotations().unwrap_err().to_string();
    assert!(message.starts_with(&file.display().to_string()), "{message}");
    kg.writer().unwrap().put(&annotation("a", "口罩"), None, "a").unwrap();
    assert_eq!(kg.annotations().unwrap().len(), 1, "building the document again mends its file");
    let base = Workspace::create_or_open(kg.root(), Some("https://example.org/")).unwrap_err().to_string();
    assert!(base.contains("https://example.org/") && base.contains("https://w3id.org/tupu/kg/"), "{base}");
    fs::write(kg.root().join("manifest.json"), r#"{"format":9,"base":"https://example.org/"}"#).unwrap();
    assert!(Workspace::open(kg.root()).unwrap_err().to_string().contains("format 9"));
}

#[test]
fn frames_of_the_workspace_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let kg = workspace(folder.path());
    assert_eq!(kg.load_schema().unwrap().frames().count(), Schema::embedded().unwrap().frames().count());
    fs::create_dir(kg.root().join("frames")).unwrap();
    fs::write(kg.root().join("frames/bad.toml"), "name = 1").unwrap();
    assert!(kg.load_schema().unwrap_err().to_string().contains("bad.toml:1"));
}
