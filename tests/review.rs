//! Deciding on the command line, and what the graph makes of it.

use std::fs;
use std::path::Path;

use assert_cmd::cargo::cargo_bin_cmd;

const NOTICES: [(&str, &str); 3] = [
    ("a.txt", "长风电子有限公司向武汉市第三医院捐赠口罩500只。"),
    ("b.txt", "长风电子向武汉市第三医院捐赠防护服20件。"),
    ("c.txt", "海州大学教授李震表示，口罩充足。"),
];

/// A workspace of the notices.
fn built() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("texts")).unwrap();
    for (name, text) in NOTICES {
        fs::write(folder.path().join("texts").join(name), text).unwrap();
    }
    tupu(folder.path(), &["build", "texts"]);
    folder
}

fn tupu(folder: &Path, arguments: &[&str]) -> String {
    let done = cargo_bin_cmd!("tupu").current_dir(folder).args(arguments).output().unwrap();
    let said = String::from_utf8(done.stderr).unwrap();
    assert!(done.status.success() && said.is_empty(), "{arguments:?}: {said}");
    String::from_utf8(done.stdout).unwrap()
}

/// What a refused command says; it must end with 1.
fn refused(folder: &Path, arguments: &[&str]) -> String {
    let done = cargo_bin_cmd!("tupu").current_dir(folder).args(arguments).output().unwrap();
    assert_eq!(done.status.code(), Some(1), "{arguments:?}");
    let said = String::from_utf8(done.stderr).unwrap();
    assert_eq!(said.lines().count(), 1, "{said}");
    said
}

fn review(folder: &Path, arguments: &[&str]) -> String {
    tupu(folder, &[&["review"], arguments, &["--reason", "年报第3页", "--date", "2026-11-27"]].concat())
}

fn donors(folder: &Path) -> Vec<String> {
    let rows = tupu(folder, &["query", "donations", "--format", "csv"]);
    let mut donors: Vec<String> = rows.lines().skip(1).map(|row| row.split(',').next().unwrap().to_owned()).collect();
    donors.sort();
    donors
}

fn decisions(folder: &Path) -> String {
    fs::read_to_string(folder.join("kg/decisions.jsonl")).unwrap_or_default()
}

#[test]
fn a_decision_holds_until_it_is_undone() {
    let folder = built();
    let kg = folder.path();
    assert_eq!(donors(kg), ["长风电子", "长风电子有限公司"]);
    let listed = tupu(kg, &["review", "list", "--format", "csv"]);
    assert!(
        listed.contains("长风电子有限公司 ~ 长风电子") || listed.contains("长风电子 ~ 长风电子有限公司"),
        "{listed}"
    );
    let before = tupu(kg, &["export", "nquads"]);
    let made = review(kg, &["merge", "长风电子", "长风电子有限公司"]);
    let id = made.split_whitespace().next().unwrap().to_owned();
    let one = donors(kg);
    assert_eq!(one[0], one[1]);
    assert!(!tupu(kg, &["review", "list"]).contains("长风电子"));
    // It is told why, and stays through a rebuild.
    let why = tupu(kg, &["link", "--explain", "长风电子"]);
    assert!(why.contains(&id) && why.contains("年报第3页") && why.contains("a.txt"), "{why}");
    tupu(kg, &["build", "texts"]);
    assert_eq!(donors(kg), one);
    assert!(tupu(kg, &["review", "decisions"]).contains("applies"));
    review(kg, &["undo", &id]);
    assert_eq!(tupu(kg, &["export", "nquads"]), before, "as if nothing had been decided");
    assert_eq!(decisions(kg).lines().count(), 2, "but on file");
}

#[test]
fn a_rejected_fact_leaves_the_graph() {
    let folder = built();
    let kg = folder.path();
    let facts = tupu(
        kg,
        &["query", "-e", "SELECT ?f { ?f a tupu:Donation ; tupu:item/tupu:name \"防护服\" }", "--format", "csv"],
    );
    let fact = facts.lines().nth(1).unwrap().rsplit('/').next().unwrap().to_owned();
    review(kg, &["reject", &format!("fact/{fact}")]);
    assert_eq!(donors(kg), ["长风电子有限公司"]);
    // Another text in its place: the decision is told to find nothing, and is kept.
    fs::write(kg.join("texts/b.txt"), "长风电子今日开业。").unwrap();
    let done = cargo_bin_cmd!("tupu").current_dir(kg).args(["build", "texts"]).output().unwrap();
    let said = String::from_utf8(done.stderr).unwrap();
    assert!(done.status.success() && said.contains("does not apply") && said.contains("防护服"), "{said}");
    assert!(tupu(kg, &["review", "decisions"]).contains("does not apply"));
    assert_eq!(decisions(kg).lines().count(), 1);
}

#[test]
fn what_cannot_be_decided_is_refused_and_nothing_is_stored() {
    let folder = built();
    let kg = folder.path();
    let refuse = |arguments: &[&str]| {
        let said = refused(kg, &[&["review"], arguments, &["--reason", "因", "--date", "2026-11-27"]].concat());
        assert_eq!(decisions(kg), "", "{said}");
        said
    };
    assert!(refuse(&["merge", "长风电子", "无此公司"]).contains("无此公司"));
    assert!(refuse(&["merge", "长风电子", "口罩"]).contains("several types"));
    assert!(refuse(&["merge", "长风电子"]).contains("name two"));
    assert!(refuse(&["split", "长风电子"]).contains("--document"));
    assert!(refuse(&["split", "长风电子", "--document", "z.txt"]).contains("z.txt"));
    assert!(refuse(&["reject", "fact/0000000000000000"]).contains("no fact"));
    assert!(refuse(&["undo", "12345678"]).contains("no decision"));
    let said = refused(kg, &["review", "rename", "长风电子", "长风", "--reason", "因", "--date", "昨天"]);
    assert!(said.contains("no day"), "{said}");
}

#[test]
fn a_file_of_decisions_is_applied_whole_or_not_at_all() {
    let folder = built();
    let kg = folder.path();
    let rename = r#"{"decision":"rename","entity":{"type":"Organization","name":"海州大学"},"to":"海州大学校","reason":"因","date":"2026-11-27"}"#;
    let merge = r#"{"decision":"merge","entities":[{"type":"Organization","name":"长风电子"},{"type":"Organization","name":"长风电子有限公司"}],"reason":"因","date":"2026-11-27"}"#;
    let in_vain = rename.replace("海州大学", "无名大学");
    let apply = |lines: &[&str]| fs::write(kg.join("mine.jsonl"), lines.join("\n")).unwrap();
    apply(&[rename, &in_vain]);
    assert!(refused(kg, &["review", "apply", "mine.jsonl"]).contains("无名大学"));
    apply(&[rename, "{}"]);
    assert!(refused(kg, &["review", "apply", "mine.jsonl"]).contains("mine.jsonl:2"));
    assert_eq!(decisions(kg), "");
    apply(&[rename, merge]);
    tupu(kg, &["review", "apply", "mine.jsonl"]);
    let one = tupu(kg, &["export", "nquads"]);
    // In another order, in another workspace: the same graph.
    let other = built();
    fs::write(other.path().join("mine.jsonl"), [merge, rename].join("\n")).unwrap();
    tupu(other.path(), &["review", "apply", "mine.jsonl"]);
    assert_eq!(tupu(other.path(), &["export", "nquads"]), one);
    // A line that somebody broke by hand is named.
    fs::write(kg.join("kg/decisions.jsonl"), "{\"decision\":\"praise\"}\n").unwrap();
    assert!(refused(kg, &["query", "donations"]).contains("decisions.jsonl:1"));
}

#[test]
fn no_decision_undoes_another_one_unasked() {
    let folder = built();
    let kg = folder.path();
    let why = ["--reason", "因", "--date", "2026-11-27"];
    let refuse = |arguments: &[&str]| refused(kg, &[&["review"], arguments, &why].concat());
    let made = review(kg, &["merge", "长风电子", "长风电子有限公司"]);
    let id = made.split_whitespace().next().unwrap();
    let before = decisions(kg);
    for arguments in [
        &["split", "长风电子", "长风电子有限公司"] as &[&str],
        &["split", "长风电子", "--document", "b.txt"],
        &["split", "长风电子", "--name", "长风电子有限公司"],
    ] {
        let said = refuse(arguments);
        assert!(said.contains("undo") || said.contains("elsewhere"), "{said}");
    }
    assert!(refuse(&["split", "长风电子", "长风电子"]).contains("are one"));
    review(kg, &["rename", "海州大学", "海大"]);
    assert!(refuse(&["rename", "海大", "《　》"]).contains("empty"));
    assert!(refuse(&["rename", "海大", "海州大学校"]).contains("undo"));
    // Whoever takes back what others rest on is told.
    review(kg, &["retype", "长风电子", "Product"]);
    let done = [&["review", "undo", id], &why[..]].concat();
    tupu(kg, &done);
    assert_ne!(decisions(kg), before);
}

#[test]
fn a_file_of_decisions_is_read_however_it_was_saved() {
    let folder = built();
    let kg = folder.path();
    let rename = r#"{"decision":"rename","entity":{"type":"Organization","name":"海州大学"},"to":"海大","reason":"因","date":"2026-11-27"}"#;
    let saved = format!("\u{feff}{rename}\r\n\r\n{rename}");
    fs::write(kg.join("kg/decisions.jsonl"), &saved).unwrap();
    let listed = tupu(kg, &["review", "decisions", "--format", "csv"]);
    assert_eq!(listed.matches("applies").count(), 1, "{listed}");
    let id = listed.lines().nth(1).unwrap().split(',').next().unwrap();
    review(kg, &["undo", id]);
    assert!(!tupu(kg, &["review", "decisions", "--format", "csv"]).contains(id));
    // What a file undoes and makes again stands after it, whatever stood before.
    let undo = format!(r#"{{"decision":"undo","of":"{id}","reason":"误","date":"2026-11-28"}}"#);
    for _ in 0..2 {
        fs::write(kg.join("mine.jsonl"), [rename, &undo, rename].join("\n")).unwrap();
        tupu(kg, &["review", "apply", "mine.jsonl"]);
        assert!(tupu(kg, &["review", "decisions", "--format", "csv"]).contains(id));
    }
}

#[test]
fn a_table_of_identifiers_is_kept_and_joined() {
    let folder = built();
    let kg = folder.path();
    let table = "type,name,iri,note\nOrganization,海州大学,https://ror.org/00001,x\nOrganization,无名大学,https://ror.org/00002,y\n";
    fs::write(kg.join("mine.csv"), table).unwrap();
    let done = cargo_bin_cmd!("tupu").current_dir(kg).args(["link", "--links", "mine.csv"]).output().unwrap();
    let said = String::from_utf8(done.stderr).unwrap();
    assert!(done.status.success() && said.contains("无名大学") && said.lines().count() == 1, "{said}");
    tupu(kg, &["build", "texts"]);
    let same =
        tupu(kg, &["query", "-e", "SELECT ?who { ?who schema:sameAs <https://ror.org/00001> }", "--format", "csv"]);
    assert!(same.contains("org/海州大学"), "{same}");
    fs::write(kg.join("mine.csv"), "name,type,iri\n甲,Firm,https://ror.org/1\n").unwrap();
    assert!(refused(kg, &["link", "--links", "mine.csv"]).contains("mine.csv"));
}

#[test]
fn pairs_of_the_same_names_are_one_row_until_they_are_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let kg = folder.path();
    fs::create_dir(kg.join("texts")).unwrap();
    for (at, text) in ["李震表示，口罩充足。", "李震指出，防护服不足。", "李震说，手套已运到。"].iter().enumerate()
    {
        fs::write(kg.join(format!("texts/{at}.txt")), text).unwrap();
    }
    tupu(kg, &["build", "texts"]);
    let rows = |arguments: &[&str]| {
        let listed = tupu(kg, &[&["review", "list", "--format", "csv"], arguments].concat());
        listed.lines().skip(1).filter(|row| row.contains("李震")).map(str::to_owned).collect::<Vec<_>>()
    };
    let grouped = rows(&[]);
    assert!(grouped.len() == 1 && grouped[0].contains("Person,李震,2,"), "{grouped:?}");
    assert_eq!(rows(&["--name", "李震"]).len(), 2);
    assert_eq!(rows(&["--name", "无名"]).len(), 0);
    review(kg, &["merge", "李震"]);
    assert_eq!(rows(&[]).len(), 0);
}
