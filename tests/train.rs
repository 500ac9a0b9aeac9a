//! Learning to find names, and finding them by what was learned.

use std::fs;
use std::path::Path;

use assert_cmd::cargo::cargo_bin_cmd;

/// Sentences about made-up persons, organisations and places, in columns.
fn columns(names: &[&str]) -> String {
    let mut out = String::from("# made up\n");
    for name in names {
        for (before, kind, behind) in [("昨日", "PER", "说"), ("记者在", "LOC", "看到"), ("由", "ORG", "主办")]
        {
            before.chars().for_each(|c| out.push_str(&format!("{c}\tO\n")));
            for (at, c) in name.chars().enumerate() {
                out.push_str(&format!("{c}\t{}-{kind}\n", if at == 0 { "B" } else { "I" }));
            }
            behind.chars().for_each(|c| out.push_str(&format!("{c}\tO\n")));
            out.push('\n');
        }
    }
    out
}

fn tupu(folder: &Path, arguments: &[&str]) -> String {
    let done = cargo_bin_cmd!("tupu").current_dir(folder).args(arguments).output().unwrap();
    let said = String::from_utf8(done.stderr).unwrap();
    assert!(done.status.success(), "{arguments:?}: {said}");
    assert_eq!(said, "", "nobody watches, so no bar");
    String::from_utf8(done.stdout).unwrap()
}

fn fails(folder: &Path, arguments: &[&str]) -> String {
    let done = cargo_bin_cmd!("tupu").current_dir(folder).args(arguments).output().unwrap();
    assert_eq!(done.status.code(), Some(1), "{arguments:?}");
    let said = String::from_utf8(done.stderr).unwrap();
    assert_eq!(said.lines().count(), 1, "{said}");
    said
}

const TRAIN: [&str; 12] =
    ["甲乙", "丙丁", "戊己", "庚辛", "壬癸", "子丑", "寅卯", "辰巳", "午未", "申酉", "戌亥", "乾坤"];

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("train.bio"), columns(&TRAIN)).unwrap();
    fs::write(folder.path().join("dev.bio"), columns(&["坎离", "震巽"])).unwrap();
    fs::write(folder.path().join("note.txt"), "通知\n\n昨日坎离说会议由震巽主办。\n").unwrap();
    folder
}

#[test]
fn what_is_learned_is_found_and_the_same_each_time() {
    let folder = folder();
    let learn =
        ["train", "tagger", "--from", "train.bio", "--dev", "dev.bio", "--epochs", "8", "--least", "1", "--out"];
    let told = tupu(folder.path(), &[&learn[..], &["first.bin"]].concat());
    assert!(told.starts_with("first.bin: "), "{told}");
    assert!(told.contains("dev.bio\n") && told.contains("names         P 1.000  R 1.000  F1 1.000"), "{told}");
    tupu(folder.path(), &[&learn[..], &["second.bin"]].concat());
    let bytes = |name| fs::read(folder.path().join(name)).unwrap();
    assert_eq!(bytes("first.bin"), bytes("second.bin"));
    let tagged = tupu(folder.path(), &["tag", "note.txt", "--model", "first.bin"]);
    let named: String = tagged.lines().filter(|l| l.ends_with("-PER")).map(|l| l.split('\t').next().unwrap()).collect();
    assert_eq!(named, "坎离", "{tagged}");
    let extracted = tupu(folder.path(), &["extract", "note.txt", "--model", "first.bin"]);
    assert!(extracted.contains(r#""type":"Person","name":"坎离""#), "{extracted}");
}

#[test]
fn annotations_teach_as_columns_do() {
    let folder = folder();
    let line = |n: usize, name: &str| {
        format!(
            r#"{{"id": "{n}", "text": "昨日{name}说", "entities": [{{"id": "e1", "type": "Person", "name": "{name}", "mentions": [{{"start": 2, "end": 4}}]}}]}}"#
        )
    };
    let lines: Vec<String> = TRAIN.iter().enumerate().map(|(n, name)| line(n, name)).collect();
    fs::write(folder.path().join("train.jsonl"), lines.join("\n")).unwrap();
    let learn = ["train", "tagger", "--from", "train.jsonl", "--epochs", "8", "--least", "1", "--out", "m.bin"];
    tupu(folder.path(), &learn);
    let tagged = tupu(folder.path(), &["tag", "note.txt", "--model", "m.bin"]);
    assert!(tagged.contains("B-PER"), "{tagged}");
}

#[test]
fn what_cannot_be_learned_from_or_used_is_told_with_its_place() {
    let folder = folder();
    let train = |file: &str| fails(folder.path(), &["train", "tagger", "--from", file, "--out", "m.bin"]);
    fs::write(folder.path().join("bare.bio"), "甲\tB-PER\n乙\n").unwrap();
    assert!(train("bare.bio").contains("bare.bio:2: there is no label beside the token"), "{}", train("bare.bio"));
    fs::write(folder.path().join("odd.bio"), "甲\tnr\n").unwrap();
    assert!(train("odd.bio").contains(r#""nr" is no label of a name"#), "{}", train("odd.bio"));
    assert!(train("none.bio").contains("none.bio"), "{}", train("none.bio"));
    assert!(!folder.path().join("m.bin").exists(), "nothing is written where nothing was learned");
    fs::write(folder.path().join("no.bin"), "PK").unwrap();
    let said = fails(folder.path(), &["extract", "note.txt", "--model", "no.bin"]);
    assert!(said.contains("no.bin: this is no file of weights"), "{said}");
    let said = fails(folder.path(), &["extract", "note.txt", "--model", "gone.bin"]);
    assert!(said.contains("cannot read gone.bin"), "{said}");
}

#[test]
fn facts_are_judged_by_what_is_learned_of_them() {
    let folder = tempfile::tempdir().unwrap();
    let gold = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/sample.gold.jsonl");
    let learn = |out: &str| tupu(folder.path(), &["train", "facts", "--from", gold.to_str().unwrap(), "--out", out]);
    let told = learn("first.tsv");
    assert_eq!(told, learn("second.tsv"));
    assert!(told.contains("by the grammar alone\n") && told.contains("\nconfidence 0.9 to 1.0 "), "{told}");
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!(read("first.tsv"), read("second.tsv"));
    let stages = ["filler\tread|so\t", "fact\tgrammar|read\t", "confidence\tslope\t"];
    assert!(stages.iter().all(|stage| read("first.tsv").contains(stage)), "{}", read("first.tsv"));
}
