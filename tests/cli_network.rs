//! Measures of the network on the command line, over the sample.

mod common {
    pub mod tupu;
}

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;

use assert_cmd::cargo::cargo_bin_cmd;
use common::tupu::tupu;
use serde_json::Value;

/// A folder with the sample, as a person has annotated it, in `kg/`.
static FOLDER: LazyLock<tempfile::TempDir> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let gold = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/sample.gold.jsonl");
    tupu(folder.path(), &["load", gold.to_str().unwrap()]);
    folder
});

fn run(arguments: &[&str]) -> String {
    tupu(FOLDER.path(), arguments)
}

/// The rows of a command.
fn rows(arguments: &[&str]) -> Vec<BTreeMap<String, Value>> {
    serde_json::from_str(&run(&[arguments, &["--format", "json"]].concat())).unwrap()
}

/// The one line with which a command refuses.
fn refusal(arguments: &[&str]) -> String {
    let done = cargo_bin_cmd!("tupu").current_dir(FOLDER.path()).args(arguments).output().unwrap();
    assert!(!done.status.success() && done.stdout.is_empty(), "{arguments:?}");
    let said = String::from_utf8(done.stderr).unwrap();
    assert_eq!(said.lines().count(), 1, "{said}");
    said
}

fn text<'a>(row: &'a BTreeMap<String, Value>, column: &str) -> &'a str {
    row.get(column).and_then(Value::as_str).unwrap_or_default()
}

fn number(row: &BTreeMap<String, Value>, column: &str) -> f64 {
    row[column].as_f64().unwrap()
}

#[test]
fn a_path_tells_at_every_step_which_words_say_so() {
    let steps = rows(&["path", "上海公共卫生临床中心", "斯微（上海）生物科技有限公司"]);
    assert_eq!(steps.iter().map(|row| number(row, "step")).fold(0.0, f64::max), 2.0);
    let first: Vec<_> = steps.iter().filter(|row| row["step"] == 1).collect();
    assert!(
        first.iter().any(|row| text(row, "relation") == "← 供应给" && text(row, "to") == "上海实验动物研究中心"),
        "{first:?}"
    );
    for row in &steps {
        assert!(!text(row, "evidence").is_empty() && text(row, "fact").starts_with("fact/"));
        assert!(text(row, "document") == "doc/laboratory-mice.txt", "{row:?}");
    }
    let last = steps.last().unwrap();
    assert_eq!(text(last, "to"), "斯微(上海)生物科技有限公司");
}

#[test]
fn longer_paths_come_after_shorter_ones_and_none_twice() {
    let asked = ["path", "明汐生物", "岚江大学", "--network", "facts", "-k", "5"];
    let steps = rows(&asked);
    let mut paths: BTreeMap<u64, Vec<String>> = BTreeMap::new();
    for row in &steps {
        let way = paths.entry(row["path"].as_u64().unwrap()).or_default();
        if way.last().is_none_or(|last| last != text(row, "to")) {
            way.push(text(row, "to").to_owned());
        }
    }
    let lengths: Vec<usize> = paths.values().map(Vec::len).collect();
    assert!(lengths == [2, 2, 4], "{paths:?}");
    assert_eq!(paths.values().collect::<BTreeSet<_>>().len(), paths.len());
}

#[test]
fn what_cannot_be_connected_says_what_to_try() {
    assert!(refusal(&["path", "泰坦科技", "云棹资本"]).contains("--network items"));
    assert!(refusal(&["path", "泰坦科技", "泰坦科技有限公司"]).contains("the same"));
    assert!(refusal(&["path", "泰坦科技", "无此机构"]).contains("无此机构"));
}

#[test]
fn around_an_entity_is_all_within_the_depth() {
    let near = |depth: &str| rows(&["around", "明汐生物", "--depth", depth]);
    let (one, two) = (near("1"), near("2"));
    assert!(one.iter().all(|row| row["distance"] == 1));
    assert!(one.iter().filter(|row| text(row, "from") == "明汐生物科技有限公司").count() >= 5);
    assert!(one.len() < two.len() && two.iter().any(|row| row["distance"] == 2));
    let planned = rows(&["around", "上海市地震局", "--network", "facts"]);
    assert!(planned.iter().any(|row| text(row, "status") == "positive planned"), "{planned:?}");
}

#[test]
fn the_timeline_has_every_dated_fact_once_in_order() {
    let all = rows(&["timeline"]);
    let times: Vec<&str> = all.iter().map(|row| text(row, "time")).collect();
    assert!(times.len() > 20 && times.is_sorted() && times.iter().all(|time| time.starts_with("2020")));
    assert_eq!(all.iter().map(|row| text(row, "fact")).collect::<BTreeSet<_>>().len(), all.len());
    let counted: f64 = rows(&["timeline", "--count", "month"]).iter().map(|row| number(row, "facts")).sum();
    assert_eq!(counted, all.len() as f64);
    let of_one = rows(&["timeline", "米哈游科技有限公司"]);
    assert!(!of_one.is_empty() && of_one.iter().all(|row| text(row, "what").contains("米哈游")), "{of_one:?}");
    let of_february = rows(&["timeline", "--from", "2020-02", "--to", "2020-02"]);
    assert!(of_february.iter().all(|row| text(row, "time").contains("2020-02")) && !of_february.is_empty());
}

#[test]
fn ranks_are_sorted_by_the_measure_that_is_asked_for() {
    for by in ["degree", "in_degree", "out_degree", "weighted_degree", "pagerank", "betweenness", "mentions"] {
        let ranked = rows(&["rank", "--by", by, "--limit", "0"]);
        assert!(ranked.is_sorted_by(|a, b| number(a, by) >= number(b, by)), "{by}");
        assert_eq!(ranked.len(), run(&["export", "graphml"]).matches("<node ").count());
    }
    let total: f64 = rows(&["rank", "--limit", "0"]).iter().map(|row| number(row, "pagerank")).sum();
    assert!((total - 1.0).abs() < 1e-9);
    assert_eq!(rows(&["rank", "--limit", "3", "--types", "Product"]).len(), 0, "goods give each other nothing");
    assert!(refusal(&["rank", "--network", "actors", "--by", "in_degree"]).contains("--by degree"));
    let csv = run(&["rank", "--network", "actors", "--format", "csv", "--limit", "2"]);
    assert!(csv.starts_with("rank,name,type,degree,weighted_degree,pagerank,betweenness,community,mentions,id\n1,"));
}

#[test]
fn communities_part_the_network() {
    let members = rows(&["communities", "--members", "--limit", "0"]);
    let ids: BTreeSet<&str> = members.iter().map(|row| text(row, "id")).collect();
    assert_eq!(ids.len(), members.len());
    assert_eq!(ids.len(), run(&["export", "graphml"]).matches("<node ").count());
    let listed = rows(&["communities", "--limit", "0"]);
    assert!(listed.is_sorted_by(|a, b| number(a, "size") >= number(b, "size")));
    let sizes: f64 = listed.iter().map(|row| number(row, "size")).sum();
    assert_eq!(sizes, members.len() as f64);
    let table = run(&["communities"]);
    let (count, rest) = table.split_once(" communities, modularity ").unwrap();
    assert_eq!(count.parse::<usize>().unwrap(), listed.len());
    assert!(rest.split_once('\n').unwrap().0.parse::<f64>().unwrap() > 0.5, "groups that share little: {table}");
    let part = run(&["export", "graphml", "--community", "1"]);
    assert_eq!(part.matches("<node ").count() as f64, number(&listed[0], "size"));
    assert!(refusal(&["export", "graphml", "--community", "999"]).contains("numbered from 1"));
}

#[test]
fn stats_are_those_of_the_network_that_is_chosen() {
    let value = |arguments: &[&str], figure: &str| {
        let rows = rows(&[&["stats"], arguments].concat());
        rows.iter().find(|row| text(row, "figure") == figure).map(|row| number(row, "value"))
    };
    for chosen in [&["--network", "actors"][..], &["--network", "facts", "--facts", "捐赠"], &["--around", "泰坦科技"]]
    {
        let graphml = run(&[&["export", "graphml"], chosen].concat());
        assert_eq!(value(chosen, "nodes"), Some(graphml.matches("<node ").count() as f64));
        assert_eq!(value(chosen, "edges"), Some(graphml.matches("<edge ").count() as f64));
    }
    assert_eq!(value(&["--around", "泰坦科技"], "components"), Some(1.0));
}

#[test]
fn measures_are_attributes_of_what_is_exported() {
    let exported = run(&["export", "graphml", "--measures", "all", "--top", "3"]);
    for name in ["degree", "in_degree", "out_degree", "weighted_degree", "pagerank", "betweenness", "community"] {
        assert_eq!(exported.matches(&format!(r#"<data key="n_{name}">"#)).count(), 3, "{name}");
    }
    // Those of the whole network, not of the part.
    let first = &rows(&["rank", "--by", "weighted_degree", "--limit", "1"])[0];
    assert!(exported.contains(&format!(r#"<data key="n_degree">{}</data>"#, first["degree"])), "{first:?}");
    assert!(!run(&["export", "graphml"]).contains("n_degree"));
}

#[test]
fn neither_threads_nor_repetition_change_a_byte() {
    let commands: [&[&str]; 6] = [
        &["rank", "--limit", "0", "--format", "json"],
        &["communities", "--limit", "0", "--members"],
        &["stats"],
        &["path", "明汐生物", "岚江大学", "--network", "facts", "-k", "3"],
        &["around", "泰坦科技", "--depth", "3"],
        &["export", "graphml", "--measures", "all"],
    ];
    for command in commands {
        let one = run(&[command, &["--threads", "1"]].concat());
        assert_eq!(run(&[command, &["--threads", "2"]].concat()), one);
    }
}

#[test]
fn what_is_no_choice_is_refused_with_what_there_is() {
    assert!(refusal(&["rank", "--facts", "Gift"]).contains("Donation"));
    assert!(refusal(&["export", "graphml", "--network", "facts", "--min-evidence", "2"]).contains("--network"));
    assert!(refusal(&["timeline", "--from", "2020-03", "--to", "2020-02"]).contains("after"));
    assert!(refusal(&["around", "云汀市总工会不存在"]).contains("no entity"));
    for arguments in [["rank", "--types", "Firm"], ["rank", "--from", "February"]] {
        let done = cargo_bin_cmd!("tupu").current_dir(FOLDER.path()).args(arguments).output().unwrap();
        assert!(!done.status.success(), "{arguments:?}");
    }
    assert!(refusal(&["export", "graphml", "--mentions"]).contains("RDF"));
    assert!(refusal(&["export", "jsonld", "--profile", "reifiers"]).contains("--help"));
    assert!(refusal(&["export", "turtle", "--measures", "all"]).contains("networks"));
}

#[test]
fn rdf_of_what_is_chosen_is_part_of_the_whole() {
    let lines = |arguments: &[&str]| -> BTreeSet<String> {
        run(&[&["export", "ntriples"], arguments].concat()).lines().map(str::to_owned).collect()
    };
    let all = lines(&[]);
    let gifts = lines(&["--facts", "捐赠"]);
    assert!(gifts.is_subset(&all) && gifts.len() < all.len());
    let count = |lines: &BTreeSet<String>, kind: &str| {
        lines.iter().filter(|line| line.ends_with(&format!("ontology#{kind}> ."))).count()
    };
    assert_eq!((count(&gifts, "Donation"), count(&gifts, "Supply")), (count(&all, "Donation"), 0));
    let near = lines(&["--network", "direct", "--around", "泰坦科技"]);
    assert!(near.is_subset(&all) && count(&near, "Supply") > 0 && count(&near, "Position") == 0);
}
