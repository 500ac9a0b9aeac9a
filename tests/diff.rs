//! `tupu diff`: what a new engine or a corrected text changes.

use std::fs;
use std::path::Path;

use assert_cmd::cargo::cargo_bin_cmd;
use serde_json::{Value, json};

#[path = "common/tupu.rs"]
mod tupu_command;

use tupu_command::tupu;

fn lines(folder: &Path, arguments: &[&str]) -> Vec<Value> {
    let told = tupu(folder, &[&["diff"], arguments, &["--format", "jsonl"]].concat());
    told.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_corrected_text_changes_what_was_corrected_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        fs::create_dir_all(folder.path().join("texts")).unwrap();
        fs::write(folder.path().join("texts").join(name), text).unwrap();
    };
    let gifts = "2月3日，上海某某科技有限公司向武汉市某某医院捐赠口罩500只。\n2月4日，浙江某某食品有限公司向武汉市某某医院捐赠手套200双。\n";
    write("a.txt", &format!("企业捐赠物资\n\n{gifts}"));
    write("b.txt", "某某大学成立工作组\n\n2月3日，南京某某大学成立了工作组。\n");
    tupu(folder.path(), &["build", "texts", "--kg", "was"]);
    assert_eq!(lines(folder.path(), &["was", "was"]), [] as [Value; 0]);

    write("a.txt", &format!("企业捐赠物资\n\n本报更正如下。\n\n{}", gifts.replace("500只", "600只")));
    tupu(folder.path(), &["build", "texts", "--kg", "is"]);
    let told = lines(folder.path(), &["was", "is"]);
    assert_eq!(told[0], json!({"change": "another text", "document": "a.txt"}));
    assert_eq!(told.len(), 2, "{told:?}");
    let change = &told[1];
    assert_eq!([&change["change"], &change["document"], &change["type"]], ["changed", "a.txt", "Donation"]);
    assert_eq!(change["lost"], json!([["item", "口罩 500 只"]]));
    assert_eq!(change["gained"], json!([["item", "口罩 600 只"]]));
    assert!(change["after"]["evidence"].as_str().unwrap().contains("捐赠口罩600只"));

    // As files of annotations, and for people.
    for (name, kg) in [("was", "was"), ("is", "is")] {
        let stored = tupu::workspace::Workspace::open(&folder.path().join(kg)).unwrap().annotations().unwrap();
        let text: String = stored.iter().map(|annotation| annotation.to_json() + "\n").collect();
        fs::write(folder.path().join(format!("{name}.jsonl")), text).unwrap();
    }
    assert_eq!(lines(folder.path(), &["was.jsonl", "is"]), told);
    let table = tupu(folder.path(), &["diff", "was", "is.jsonl"]);
    assert!(table.contains("item: 口罩 500 只 → 口罩 600 只"), "{table}");
    let facts = table.lines().find(|line| line.starts_with("facts ")).unwrap();
    let [before, after, changes @ ..] = &facts.split_whitespace().skip(1).collect::<Vec<_>>()[..] else { panic!() };
    assert!(before == after && *changes == ["0", "0", "1"], "{table}");
    let csv = tupu(folder.path(), &["diff", "was", "is", "--format", "csv"]);
    assert!(csv.starts_with("change,document,type,fact,difference,evidence\r\n") && csv.lines().count() == 3, "{csv}");
}

#[test]
fn a_workspace_with_less_has_lost_just_that() {
    let folder = tempfile::tempdir().unwrap();
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/data/sample");
    tupu(folder.path(), &["build", sample, "--kg", "all"]);
    tupu(folder.path(), &["build", sample, "--kg", "less"]);
    tupu(folder.path(), &["remove", "titan-supply.txt", "titan-donation.txt", "--kg", "less"]);
    let told = lines(folder.path(), &["all", "less"]);
    let is = |line: &&Value, change: &str| line["change"] == change;
    assert_eq!(told.iter().filter(|line| is(line, "only in A")).count(), 2);
    assert_eq!(told.iter().filter(|line| is(line, "lost")).count(), told.len() - 2);
    let counted = tupu(folder.path(), &["diff", "less", "all", "--types", "Supply", "--summary", "--format", "jsonl"]);
    let supply: Value = serde_json::from_str(counted.lines().last().unwrap()).unwrap();
    assert_eq!(supply, json!({"of": "Supply", "before": 3, "after": 5, "gained": 2, "lost": 0, "changed": 0}));
    let refused =
        cargo_bin_cmd!("tupu").current_dir(&folder).args(["diff", "all", "less", "--types", "Suply"]).output();
    assert!(String::from_utf8(refused.unwrap().stderr).unwrap().contains("\"Suply\""));
}
