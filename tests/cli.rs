//! What the commands do, seen from outside.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use assert_cmd::cargo::{cargo_bin, cargo_bin_cmd};

/// Two documents that state one gift each; the second is only planned.
const ANNOTATIONS: &str = r#"{"id":"n1","title":"甲公司捐赠口罩","published":"2020-02-03","text":"甲公司向乙医院捐赠口罩500只。","entities":[{"id":"e1","type":"Organization","name":"甲公司","mentions":[{"start":0,"end":3}]},{"id":"e2","type":"Organization","name":"乙医院","mentions":[{"start":4,"end":7}]},{"id":"e3","type":"Product","name":"口罩","mentions":[{"start":9,"end":11}]}],"facts":[{"id":"f1","type":"Donation","trigger":{"start":7,"end":9},"evidence":{"start":0,"end":16},"roles":[{"role":"donor","entity":"e1"},{"role":"recipient","entity":"e2"},{"role":"item","entity":"e3","quantity":{"value":500,"unit":"只"}}]}]}
{"id":"n2","text":"甲公司将捐赠防护服。","entities":[{"id":"e1","type":"Organization","name":"甲公司","mentions":[{"start":0,"end":3}]},{"id":"e2","type":"Product","name":"防护服","mentions":[{"start":6,"end":9}]}],"facts":[{"id":"f1","type":"Donation","trigger":{"start":4,"end":6},"evidence":{"start":0,"end":10},"roles":[{"role":"donor","entity":"e1"},{"role":"item","entity":"e2"}],"modality":"planned"}]}
"#;

/// Runs `tupu` in `folder`, which must succeed without a message, and gives its output.
fn tupu(folder: &Path, arguments: &[&str]) -> String {
    let done = cargo_bin_cmd!("tupu").current_dir(folder).args(arguments).output().unwrap();
    let said = String::from_utf8(done.stderr).unwrap();
    assert!(done.status.success() && said.is_empty(), "{arguments:?}: {said}");
    String::from_utf8(done.stdout).unwrap()
}

/// A folder with annotations, loaded into `kg/`.
fn loaded() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("notes.jsonl"), ANNOTATIONS).unwrap();
    tupu(folder.path(), &["load", "notes.jsonl"]);
    folder
}

/// A folder with forty short notices in `texts/`.
fn notices() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("texts")).unwrap();
    for n in 1..=40 {
        let text = format!(
            "上海某某科技有限公司捐赠物资\n发布时间：2020-02-10\n\n2月{}日，上海某某科技有限公司向武汉市某某医院捐赠口罩{n}00只。\n",
            n % 9 + 1
        );
        fs::write(folder.path().join(format!("texts/{n}.txt")), text).unwrap();
    }
    folder
}

#[test]
fn the_number_of_threads_does_not_show() {
    let folder = notices();
    let one = tupu(folder.path(), &["extract", "texts", "--threads", "1"]);
    let two = tupu(folder.path(), &["extract", "texts", "--threads", "2"]);
    assert_eq!(one, two);
    assert_eq!(one.lines().count(), 40);
    assert_eq!(one, tupu(folder.path(), &["extract", "texts"]));
}

#[test]
fn reprints_are_one_witness_with_several_sources() {
    let folder = tempfile::tempdir().unwrap();
    let story = "2月9日，上海某某科技有限公司向武汉市某某医院捐赠口罩500只。物资由两辆货车连夜送到，医院已经清点入库，当天分到各个科室。\
                 公司的负责人说，生产线从除夕起没有停过，工人三班轮换，谁也没有怨言。";
    let print = |name: &str, top: &str| fs::write(folder.path().join(name), format!("{top}\n{story}\n")).unwrap();
    print("b.txt", "口罩送到医院\n2020-02-11 来源：虹江日报");
    tupu(folder.path(), &["build", "b.txt"]);
    print("a.txt", "好消息\n2020-02-10 来源：虹江社");
    print("c.txt", "物资到位\n2020-02-12 来源：湖滨晚报");
    let built = tupu(folder.path(), &["build", "a.txt", "c.txt"]);
    assert!(built.contains("documents          1\nreprints           1 "), "{built}");
    let csv = |query: &str| {
        tupu(folder.path(), &["query", query, "--format", "csv"]).replace("https://w3id.org/tupu/kg/doc/", "")
    };
    let sources: Vec<String> =
        csv("sources").lines().map(|l| l.split(',').take(4).collect::<Vec<_>>().join(",")).collect();
    assert_eq!(
        sources[1..],
        ["a.txt,a.txt,2020-02-10,虹江社", "a.txt,b.txt,2020-02-11,虹江日报", "a.txt,c.txt,2020-02-12,湖滨晚报"]
    );
    assert_eq!(csv("donations").lines().count(), 2, "told in three papers, counted once");
    let read = tupu(folder.path(), &["read", "."]);
    assert!(read.contains("reprint   of a.txt") && read.contains("3 documents, 2 of them reprints\n"), "{read}");
}

#[test]
fn facts_less_sure_than_asked_for_are_left_out() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), "2月3日，上海某某科技有限公司向武汉市某某医院捐赠口罩500只。\n").unwrap();
    let all = tupu(folder.path(), &["extract", "a.txt"]);
    let confidence: f64 = all.split("\"confidence\":").nth(1).unwrap().split(',').next().unwrap().parse().unwrap();
    assert!((0.5..1.0).contains(&confidence), "a plain donation is likely, nothing is sure: {confidence}");
    let from = |least: f64| tupu(folder.path(), &["extract", "a.txt", "--min-confidence", &format!("{least:.2}")]);
    assert_eq!(from(confidence - 0.01), all);
    assert!(from(confidence + 0.01).contains("\"facts\":[]"));
    let asked = ["build", "a.txt", "--min-confidence", "much"];
    let done = cargo_bin_cmd!("tupu").current_dir(folder.path()).args(asked).output().unwrap();
    assert!(String::from_utf8(done.stderr).unwrap().contains("write a number from 0 to 1"));
}

#[test]
fn extract_writes_a_file_whole_and_nothing_beside_it() {
    let folder = notices();
    let printed = tupu(folder.path(), &["extract", "texts"]);
    fs::create_dir(folder.path().join("out")).unwrap();
    fs::write(folder.path().join("out/a.jsonl"), "old").unwrap();
    assert_eq!(tupu(folder.path(), &["extract", "texts", "-o", "out/a.jsonl"]), "");
    assert_eq!(fs::read_to_string(folder.path().join("out/a.jsonl")).unwrap(), printed);
    assert_eq!(fs::read_dir(folder.path().join("out")).unwrap().count(), 1);
}

#[test]
fn annotated_documents_can_be_read_anew() {
    let folder = loaded();
    let lines = tupu(folder.path(), &["extract", "notes.jsonl"]);
    let ids: Vec<_> =
        lines.lines().map(|l| serde_json::from_str::<serde_json::Value>(l).unwrap()["id"].clone()).collect();
    assert_eq!(ids, ["n1", "n2"]);
}

#[test]
fn what_is_loaded_is_counted_and_answers() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("notes.jsonl"), ANNOTATIONS).unwrap();
    let told = tupu(folder.path(), &["load", "notes.jsonl"]);
    let lines: Vec<Vec<_>> = told.lines().map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(lines[0], ["documents", "2"]);
    for line in [["entities", "5"], ["Organization", "3"], ["Product", "2"], ["facts", "2"], ["Donation", "2"]] {
        assert!(lines.contains(&line.to_vec()), "{line:?} in {told}");
    }
    let donated = "SELECT ?name WHERE { ?who tupu:donated ?what . ?what tupu:name ?name }";
    assert_eq!(tupu(folder.path(), &["query", "-e", donated, "--format", "csv"]), "name\r\n口罩\r\n");
    fs::write(folder.path().join("q.rq"), donated).unwrap();
    assert!(tupu(folder.path(), &["query", "-f", "q.rq", "--format", "json"]).contains("口罩"));
    assert!(tupu(folder.path(), &["query", "documents"]).contains("甲公司捐赠口罩"));
}

#[test]
fn a_value_that_is_set_stays_a_value() {
    let folder = loaded();
    let query = "SELECT ?who WHERE { ?who tupu:name ?name }";
    let ask =
        |value: &str| tupu(folder.path(), &["query", "-e", query, "--set", value, "--format", "csv"]).lines().count();
    assert_eq!(ask("name=乙医院"), 2);
    assert_eq!(ask("name=乙医院\" } UNION { ?who ?p ?o } #"), 1);
}

#[test]
fn saved_queries_are_listed_with_their_titles() {
    let listed = tupu(tempfile::tempdir().unwrap().path(), &["queries"]);
    assert!(listed.lines().any(|line| line.starts_with("documents ")), "{listed}");
}

#[test]
fn the_graph_is_exported_in_every_format() {
    let folder = loaded();
    let export = |arguments: &[&str]| tupu(folder.path(), &[&["export"], arguments].concat());
    assert!(export(&["graphml"]).contains(r#"<data key="n_label">口罩</data>"#));
    assert!(export(&["graphml", "--network", "facts"]).contains("positive planned"));
    let turtle = export(&["turtle"]);
    assert!(turtle.contains("tupu:donated") && turtle.contains("nif:Phrase") && !turtle.contains("itsrdf:taIdentRef"));
    assert_eq!(export(&["turtle", "--mentions"]).matches("itsrdf:taIdentRef").count(), 5);
    assert!(export(&["trig"]).contains("\n<doc/n1> {\n"));
    let json: serde_json::Value = serde_json::from_str(&export(&["jsonld"])).unwrap();
    assert!(json.as_array().unwrap().iter().any(|node| node.get("@graph").is_some()));
    // Triples of one line each: those of the default graph among the quads.
    let named = ["/doc/n1> .", "/doc/n2> .", "<https://w3id.org/tupu/ontology> ."];
    let is_triple = |line: &&str| !named.iter().any(|graph| line.ends_with(graph));
    let all = export(&["nquads"]);
    let triples: Vec<&str> = all.lines().filter(is_triple).collect();
    assert!(export(&["ntriples"]).lines().filter(is_triple).eq(triples) && all.len() > turtle.len());
    let quads = export(&["nquads"]);
    assert!(quads.contains("/doc/n1> ."));
    assert_eq!(export(&["nquads", "-o", "all.nq"]), "");
    assert_eq!(fs::read_to_string(folder.path().join("all.nq")).unwrap(), quads);
}

#[test]
fn building_again_changes_nothing() {
    let folder = notices();
    let build = || tupu(folder.path(), &["build", "texts", "--ask", "documents"]);
    let told = build();
    assert!(told.starts_with("documents         40\n"), "{told}");
    let graph = tupu(folder.path(), &["export", "nquads"]);
    assert!(graph.contains("上海某某科技有限公司捐赠物资"));
    build();
    assert_eq!(tupu(folder.path(), &["export", "nquads"]), graph);
}

#[test]
fn a_base_is_kept_by_the_workspace() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("notes.jsonl"), ANNOTATIONS).unwrap();
    tupu(folder.path(), &["load", "notes.jsonl", "--kg", "mine", "--base", "https://example.org/kg/"]);
    assert!(tupu(folder.path(), &["export", "nquads", "--kg", "mine"]).contains("<https://example.org/kg/doc/n1>"));
}

#[test]
fn explain_shows_every_sentence() {
    let folder = notices();
    let shown = tupu(folder.path(), &["explain", "texts/1.txt"]);
    assert!(shown.contains("向武汉市某某医院捐赠口罩100只。"), "{shown}");
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let folder = notices();
    let mut child = Command::new(cargo_bin!("tupu"))
        .current_dir(folder.path())
        .args(["extract", "texts"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let done = child.wait_with_output().unwrap();
    assert!(done.status.success());
    assert_eq!(String::from_utf8_lossy(&done.stderr), "");
}
