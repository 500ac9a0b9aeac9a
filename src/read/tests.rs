use std::fs;
use std::path::{Path, PathBuf};

use super::*;

fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn refused(inputs: &[PathBuf]) -> String {
    let message = corpus(inputs).unwrap_err().to_string();
    assert!(!message.contains('\n'), "more than a line: {message}");
    message
}

fn at(folder: &tempfile::TempDir, name: &str) -> PathBuf {
    folder.path().join(name)
}

#[test]
fn a_folder_is_read_in_the_order_of_names() {
    let folder = folder(&[
        ("b.txt", "乙".as_bytes()),
        ("a/c.TXT", "甲".as_bytes()),
        ("notes.md", b""),
        (".hidden.txt", b"\xFF"),
        ("d.jsonl", "{\"id\":\"d1\",\"text\":\"丁\"}\n\n{\"id\":\"d2\",\"text\":\"\"}\n".as_bytes()),
    ]);
    let corpus = corpus(&[folder.path().to_owned()]).unwrap();
    let ids: Vec<_> = corpus.documents.iter().map(|d| d.id.as_str()).collect();
    assert_eq!(ids, ["a/c.TXT", "b.txt", "d1", "d2"]);
    assert_eq!(corpus.skipped, 1);
}

#[test]
fn the_text_is_kept_but_for_a_byte_order_mark() {
    let text = "\r\n 捐赠消息 \r\n\r\n发布时间：2020年2月1日\r\n\u{3000}正文。\r\n";
    let folder = folder(&[("a.txt", format!("\u{FEFF}{text}").as_bytes())]);
    let document = documents(&[at(&folder, "a.txt")]).unwrap().remove(0);
    assert_eq!(document.text, text);
    assert_eq!(document.id, "a.txt");
    assert_eq!(document.title.as_deref(), Some("捐赠消息"));
    assert_eq!(document.published.as_deref(), Some("2020-02-01"));
}

#[test]
fn a_date_far_down_is_no_date_of_publication() {
    let text = format!("标题\n{}2020-02-10\n", "正文。\n".repeat(20));
    let folder = folder(&[("a.txt", text.as_bytes())]);
    assert_eq!(documents(&[at(&folder, "a.txt")]).unwrap()[0].published, None);
}

#[test]
fn json_lines_may_hold_more_than_is_read() {
    let line = r#"{"id":"a","text":"口罩","published":"2020-02-10 08:00","title":null,"entities":[{"id":"e1"}],"x":1}"#;
    let folder = folder(&[("a.jsonl", line.as_bytes())]);
    let expected =
        Document { id: "a".into(), published: Some("2020-02-10".into()), text: "口罩".into(), ..Document::default() };
    assert_eq!(documents(&[at(&folder, "a.jsonl")]).unwrap(), [expected]);
}

#[test]
fn what_cannot_be_read_is_named_with_its_place() {
    let folder = folder(&[
        ("gb.txt", b"a\n\xBF\xDA\xD5\xD6"),
        ("broken.jsonl", b"{\"id\":\"a\",\"text\":\"\"}\n{\"id\":"),
        ("lacks.jsonl", b"\n{\"id\":\"a\"}"),
        ("date.jsonl", b"{\"id\":\"a\",\"text\":\"\",\"published\":\"soon\"}"),
        ("empty.jsonl", b"\n"),
        ("a.docx", b""),
    ]);
    let said = |name: &str| refused(&[at(&folder, name)]);
    assert!(said("gb.txt").contains("gb.txt:2: byte 2 of the file is not UTF-8"));
    assert!(said("broken.jsonl").contains("broken.jsonl:2: EOF while parsing"));
    assert!(said("lacks.jsonl").contains("lacks.jsonl:2: missing field `text` at column 10"));
    assert!(said("date.jsonl").contains("\"soon\" is no date"));
    assert!(said("empty.jsonl").contains("nothing to read"));
    assert!(said("a.docx").contains(".txt"));
    assert!(said("none.txt").contains("none.txt"));
}

#[test]
fn an_id_that_stands_twice_is_refused_with_both_places() {
    let folder = folder(&[
        ("x/a.txt", b""),
        ("y/a.txt", b""),
        ("z.jsonl", b"{\"id\":\"a\",\"text\":\"\"}\n{\"id\":\"a\",\"text\":\"\"}"),
    ]);
    let message = refused(&[at(&folder, "x"), at(&folder, "y")]);
    assert!(message.contains(&Path::new("x").join("a.txt").display().to_string()), "{message}");
    assert!(message.contains(&Path::new("y").join("a.txt").display().to_string()), "{message}");
    let message = refused(&[at(&folder, "z.jsonl")]);
    assert!(message.contains("z.jsonl:1") && message.contains("z.jsonl:2"), "{message}");
}

#[test]
fn annotations_are_checked_as_they_are_read() {
    let folder = folder(&[("a.jsonl", b"{\"id\":\"a\",\"text\":\"\"}\n{\"id\":\"b\",\"text\":\"\",\"colour\":1}")]);
    let message = annotations(&at(&folder, "a.jsonl")).unwrap_err().to_string();
    assert!(message.contains("a.jsonl:2: unknown field `colour`"), "{message}");
}
