//! What the annotation format takes and refuses. tests/annotation_schema.py holds the JSON Schema to the same cases.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use assert_cmd::cargo::cargo_bin_cmd;
use serde_json::Value;
use tupu::annotation::{Annotation, EntityType, SCHEMA};

/// The cases: what is special about each, whether it is valid, and the annotation.
fn cases() -> Vec<(String, bool, String)> {
    let lines = include_str!("cases/annotation_format.jsonl").lines();
    let case = |line: &str| {
        let case: Value = serde_json::from_str(line).unwrap();
        (case["case"].as_str().unwrap().to_owned(), case["valid"].as_bool().unwrap(), case["annotation"].to_string())
    };
    lines.map(case).collect()
}

#[test]
fn the_reader_takes_and_refuses_as_the_cases_say() {
    let wrong: Vec<String> = cases()
        .into_iter()
        .filter(|(_, valid, json)| Annotation::from_json(json).is_ok() != *valid)
        .map(|(case, valid, json)| format!("{case}: valid {valid}: {:?}", Annotation::from_json(&json).err()))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_refused_is_told_with_its_line_and_nothing_is_stored() {
    let folder = tempfile::tempdir().unwrap();
    let good = cases().swap_remove(0).2;
    let bad = cases().into_iter().filter(|(_, valid, _)| !valid);
    // A process each: every fifth will do.
    for (case, _, json) in bad.step_by(5) {
        fs::write(folder.path().join("a.jsonl"), format!("{}\n{json}\n", good.replacen("n1", "n0", 1))).unwrap();
        let done = cargo_bin_cmd!("tupu").current_dir(&folder).args(["load", "a.jsonl"]).output().unwrap();
        let said = String::from_utf8(done.stderr).unwrap();
        assert_eq!(done.status.code(), Some(1), "{case}");
        assert!(said.starts_with("tupu: a.jsonl:2: ") && said.lines().count() == 1, "{case}: {said}");
        assert!(!folder.path().join("kg").exists(), "{case}");
    }
}

#[test]
fn a_bound_beside_its_number_is_read_into_it() {
    let (_, _, json) = cases().into_iter().find(|(case, ..)| case.starts_with("a bound beside a number")).unwrap();
    let written = Annotation::from_json(&json).unwrap().to_json();
    assert!(written.contains(r#""value":{"value":20000,"currency":"CNY","bound":"over"}}"#), "{written}");
}

/// The keys under every `properties` of the schema.
fn properties(schema: &Value, found: &mut BTreeSet<String>) {
    match schema {
        Value::Object(map) => {
            if let Some(Value::Object(properties)) = map.get("properties") {
                found.extend(properties.keys().cloned());
            }
            map.values().for_each(|value| properties(value, found));
        }
        Value::Array(items) => items.iter().for_each(|item| properties(item, found)),
        _ => {}
    }
}

/// The keys of everything in an annotation.
fn keys(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            found.extend(map.keys().cloned());
            map.values().for_each(|value| keys(value, found));
        }
        Value::Array(items) => items.iter().for_each(|item| keys(item, found)),
        _ => {}
    }
}

#[test]
fn the_schema_has_the_fields_and_types_of_the_format_and_describes_them() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let (mut described, mut used) = (BTreeSet::new(), BTreeSet::new());
    properties(&schema, &mut described);
    cases().iter().filter(|(_, valid, _)| *valid).for_each(|(.., json)| {
        keys(&serde_json::from_str(json).unwrap(), &mut used);
    });
    assert_eq!(described, used, "the first case has every field");
    let types: Vec<&str> =
        schema["$defs"]["entityType"]["enum"].as_array().unwrap().iter().map(|t| t.as_str().unwrap()).collect();
    assert_eq!(types, EntityType::ALL.map(EntityType::name));
    for part in [&schema, &schema["$defs"]["entity"], &schema["$defs"]["fact"], &schema["$defs"]["filler"]] {
        assert_eq!(part["additionalProperties"], false);
        for (name, field) in part["properties"].as_object().unwrap() {
            let told = field.get("description").is_some() || field.get("$ref").is_some();
            assert!(told, "nothing is said of {name}");
        }
    }
}

#[test]
fn the_schema_is_printed_as_it_stands() {
    let done = cargo_bin_cmd!("tupu").arg("schema").output().unwrap();
    assert!(done.status.success());
    assert_eq!(String::from_utf8(done.stdout).unwrap(), SCHEMA);
    let folder = tempfile::tempdir().unwrap();
    cargo_bin_cmd!("tupu").current_dir(&folder).args(["schema", "-o", "s.json"]).assert().success();
    assert_eq!(fs::read_to_string(Path::new(folder.path()).join("s.json")).unwrap(), SCHEMA);
}
