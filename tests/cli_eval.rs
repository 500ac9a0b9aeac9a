//! `tupu eval` against the reference scorer, and its own options.

use std::fs;
use std::path::Path;
use std::process::Command;

use assert_cmd::cargo::cargo_bin_cmd;
use serde_json::{Value, json};

/// Figures as the reference scorer prints them and as this program does; both must be the same text.
fn compare(score: &Path, gold: &Path, predicted: &Path, options: &[&str]) {
    let theirs = Command::new("python3").arg(score).args([gold, predicted]).args(options).output().unwrap();
    assert!(theirs.status.success(), "{}", String::from_utf8_lossy(&theirs.stderr));
    let ours = cargo_bin_cmd!("tupu").arg("eval").args([gold, predicted]).args(options).output().unwrap();
    assert!(ours.status.success(), "{}", String::from_utf8_lossy(&ours.stderr));
    let [theirs, ours] = [theirs.stdout, ours.stdout].map(|bytes| String::from_utf8(bytes).unwrap());
    if options.contains(&"--json") {
        let [theirs, ours]: [Value; 2] = [theirs, ours].map(|text| serde_json::from_str(&text).unwrap());
        assert_eq!(ours, theirs, "{options:?}");
    } else if options.contains(&"--errors") {
        // The reference prints numbers as Python's dictionaries, this program as a reader would write them.
        for (theirs, ours) in theirs.lines().zip(ours.lines()) {
            let before = theirs.split("={").next().unwrap_or(theirs);
            assert!(ours.starts_with(before), "{ours}\n{theirs}");
        }
        assert_eq!(ours.lines().count(), theirs.lines().count());
    } else {
        assert_eq!(ours, theirs, "{options:?}");
    }
}

/// Makes of gold what an extractor might, each kind of mistake at its own distance: facts that are missing, mentions
/// off by a character, other types, other numbers, units, bounds and status, entities split, fillers lost.
fn perturbed(gold: &str) -> String {
    let mut count = 0_usize;
    let mut every = |distance: usize| {
        count += 1;
        count.is_multiple_of(distance)
    };
    let mut lines = String::new();
    for line in gold.lines() {
        let mut document: Value = serde_json::from_str(line).unwrap();
        let mut split = Vec::new();
        for entity in document["entities"].as_array_mut().unwrap() {
            if every(11) {
                entity["type"] = json!("Work");
            }
            for mention in entity["mentions"].as_array_mut().unwrap() {
                let (start, end) = (mention["start"].as_u64().unwrap(), mention["end"].as_u64().unwrap());
                if every(7) && end - start > 1 {
                    mention["end"] = json!(end - 1);
                }
            }
            let mentions = entity["mentions"].as_array_mut().unwrap();
            if mentions.len() > 2 && every(3) {
                let rest = mentions.split_off(2);
                let id = format!("{}-2", entity["id"].as_str().unwrap());
                split.push(json!({"id": id, "type": entity["type"], "name": entity["name"], "mentions": rest}));
            }
        }
        document["entities"].as_array_mut().unwrap().extend(split);
        let facts = document["facts"].as_array_mut().unwrap();
        facts.retain(|_| !every(5));
        for fact in facts.iter_mut() {
            if every(13) {
                fact["type"] = json!("Supply");
            }
            if every(9) {
                fact["modality"] = json!("planned");
            }
            if every(17) {
                fact.as_object_mut().unwrap().remove("evidence");
            } else if every(4) && fact["evidence"].is_object() {
                let start = fact["evidence"]["start"].as_u64().unwrap();
                let end = fact["evidence"]["end"].as_u64().unwrap();
                fact["evidence"]["end"] = json!(start + (end - start) / 2);
            }
            let roles = fact["roles"].as_array_mut().unwrap();
            if roles.len() > 1 && every(6) {
                roles.pop();
            }
            for role in roles.iter_mut() {
                for quantity in
                    ["quantity", "value"].map(|key| role.get(key).is_some_and(Value::is_object).then_some(key))
                {
                    let Some(quantity) = quantity else { continue };
                    if every(4) {
                        role[quantity]["value"] = json!(7.5);
                    }
                    if every(3) {
                        role[quantity]["bound"] = json!("about");
                    }
                }
                if let Some(text) = role["value"].as_str().filter(|_| every(2)) {
                    // A time stays a time, or it would not be read.
                    let time = role["role"] == "time";
                    let cut = text.chars().skip(text.chars().count() / 3).collect();
                    role["value"] = json!(if time { "1999-01".to_owned() } else { cut });
                }
                role.as_object_mut().unwrap().retain(|_, value| !value.is_null());
            }
        }
        lines += &format!("{document}\n");
    }
    lines
}

#[test]
fn figures_are_those_of_the_reference_scorer_to_the_last_digit() {
    let Some(folder) = std::env::var_os("TUPU_GOLD") else {
        eprintln!("skipped: TUPU_GOLD does not name the folder with dev.jsonl and score.py");
        return;
    };
    let (gold, reference) = (Path::new(&folder).join("dev.jsonl"), Path::new(&folder).join("score.py"));
    let text = fs::read_to_string(&gold).unwrap();
    let first: Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
    let first = first["id"].as_str().unwrap();
    let scratch = tempfile::tempdir().unwrap();
    let mistaken = scratch.path().join("mistaken.jsonl");
    fs::write(&mistaken, perturbed(&text)).unwrap();
    let partial = scratch.path().join("partial.jsonl");
    fs::write(&partial, text.lines().step_by(2).collect::<Vec<_>>().join("\n")).unwrap();
    for predicted in [&gold, &mistaken, &partial] {
        for options in [&["--by-type"][..], &["--json"], &["--by-type", "--without", first], &["--errors", "1000"]] {
            compare(&reference, &gold, predicted, options);
        }
    }
}

const GOLD: &str = r#"{"id":"a","text":"甲向乙捐赠口罩","entities":[{"id":"e1","type":"Product","name":"口罩","mentions":[{"start":5,"end":7}]}],"facts":[{"id":"f1","type":"Donation","roles":[{"role":"item","entity":"e1"}]},{"id":"f2","type":"Supply","roles":[{"role":"item","entity":"e1"}]}]}"#;

fn eval(options: &[&str]) -> (bool, String, String) {
    let scratch = tempfile::tempdir().unwrap();
    fs::write(scratch.path().join("gold.jsonl"), GOLD).unwrap();
    let missed = GOLD.split(r#",{"id":"f2""#).next().unwrap().to_owned() + "]}";
    fs::write(scratch.path().join("predicted.jsonl"), missed).unwrap();
    let mut command = cargo_bin_cmd!("tupu");
    let done =
        command.current_dir(&scratch).args(["eval", "gold.jsonl", "predicted.jsonl"]).args(options).output().unwrap();
    let [out, err] = [done.stdout, done.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    (done.status.success(), out, err)
}

#[test]
fn a_floor_that_is_not_reached_fails_after_the_table() {
    assert!(eval(&["--floor", "0.66"]).0);
    let (done, out, err) = eval(&["--floor", "0.67"]);
    assert!(!done && out.contains("roles "));
    assert_eq!(err, "tupu: roles F1 is 0.6667, below the floor of 0.6700\n");
    assert!(eval(&["--floor", "0.99", "--types", "Donation"]).0);
    assert!(eval(&["--floor", "0.66", "--floor", "status=0.9"]).0);
    assert_eq!(eval(&["--floor", "names=1"]).2.lines().count(), 1);
    assert!(eval(&["--floor", "nones=0.5"]).2.starts_with("tupu: there is no figure \"nones\""));
    let (done, out, _) = eval(&["--floor", "0.1", "--types", "Supply"]);
    assert!(
        !done
            && out.contains("roles/selected               P 0.000  R 0.000  F1 0.000   right 0 of 1 gold, 0 predicted")
    );
}

#[test]
fn slips_in_names_are_told() {
    let (done, _, err) = eval(&["--types", "Donations"]);
    assert!(!done && err.contains("Donations"), "{err}");
    let (done, _, err) = eval(&["--without", "b"]);
    assert!(!done && err.contains("\"b\""), "{err}");
}
