//! What is only planned, only possible, or denied never appears as done, in whatever saved query and for whatever
//! fact type.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tupu::annotate::Annotator;
use tupu::annotation::Annotation;
use tupu::query::{Answer, SavedQueries, Shortener, Table, add_unread};
use tupu::rdf::{self, Iris};
use tupu::schema::{Fills, Frame, Schema, ValueKind};
use tupu::store::Store;

/// In what status facts are not done, and the mark in the names of those that are so.
const NOT_DONE: [(&str, &str, &str); 3] =
    [("positive", "planned", "拟定"), ("positive", "possible", "或许"), ("negative", "actual", "并未")];

/// A document that states one fact of the type in each of these ways, all roles filled, and one that is done.
fn document(frame: &Frame) -> Annotation {
    let (mut text, mut entities, mut facts) = (String::new(), Vec::new(), Vec::new());
    let done = ("positive", "actual", "已经");
    for (polarity, modality, mark) in NOT_DONE.into_iter().chain([done]) {
        let start = text.chars().count();
        let mut roles = vec![json!({"role": "time", "value": "2020-01-05"})];
        for (role, declared) in frame.roles.iter().filter(|(role, _)| *role != "time") {
            let value = match &declared.fills {
                Fills::Value(ValueKind::Money) => json!({"value": 5, "currency": "CNY"}),
                Fills::Value(ValueKind::Count) => json!({"value": 5, "unit": "例"}),
                Fills::Value(_) => json!(format!("{mark}{role}")),
                Fills::Entity { .. } => Value::Null,
            };
            if !value.is_null() {
                roles.push(json!({"role": role, "value": value}));
                continue;
            }
            // Two of each, so that there are partners to collaborate and participants to meet.
            for nth in 1..=2 {
                let (id, name) = (format!("e{}", entities.len()), format!("{mark}{}{role}{nth}", frame.name));
                let at = text.chars().count();
                let kind = declared.fills.first().unwrap().name();
                let mention = json!({"start": at, "end": at + name.chars().count()});
                entities.push(json!({"id": id, "type": kind, "name": name, "mentions": [mention]}));
                roles.push(json!({"role": role, "entity": id}));
                text.push_str(&name);
            }
        }
        text.push('。');
        let evidence = json!({"start": start, "end": text.chars().count()});
        facts.push(json!({"id": mark, "type": frame.name, "evidence": evidence, "roles": roles, "polarity": polarity, "modality": modality}));
    }
    let document =
        json!({"id": frame.name, "published": "2020-01-10", "text": text, "entities": entities, "facts": facts});
    Annotation::from_json(&document.to_string()).unwrap()
}

fn answers() -> Vec<(String, Table)> {
    let (schema, iris, store) = (Schema::embedded().unwrap(), Iris::default(), Store::in_memory().unwrap());
    let documents: Vec<Annotation> = schema.frames().map(document).collect();
    store.load(rdf::dataset(&documents, &schema, &iris)).unwrap();
    add_unread(&store, &documents, &Annotator::new(schema), &iris).unwrap();
    let values = [
        ("name", "拟定Donationdonor1"),
        ("about", "拟定Donationdonor1"),
        ("a", "拟定Donationdonor1"),
        ("b", "拟定Donationdonor2"),
    ];
    let ask = |query: &tupu::query::Saved| {
        let needed = query.params.iter().filter(|param| param.default.is_none()).map(|param| param.name.clone());
        let values: BTreeMap<&str, &str> = values.into_iter().collect();
        let values = needed.map(|param| (param.clone(), values[param.as_str()].to_owned())).collect();
        match query.run(&store, &iris, &values).unwrap() {
            Answer::Table(table) => (query.name.clone(), table),
            other => panic!("{}: {other:?}", query.name),
        }
    };
    SavedQueries::embedded().unwrap().iter().map(ask).collect()
}

fn rows(table: &Table) -> impl Iterator<Item = Vec<String>> {
    let iris = Iris::default();
    table.rows.iter().map(move |row| {
        row.iter().map(|cell| cell.as_ref().map(|t| Shortener { iris: &iris }.text(t)).unwrap_or_default()).collect()
    })
}

#[test]
fn a_row_is_done_or_says_that_it_is_not() {
    for (query, table) in answers() {
        let status = table.columns.iter().position(|column| column == "status");
        for row in rows(&table) {
            for (polarity, modality, mark) in NOT_DONE {
                if !row.iter().any(|cell| cell.contains(mark)) {
                    continue;
                }
                // Somebody who gives up a post is what that query is about, and it says so.
                let gives_up = query == "position-changes" && polarity == "negative" && row[1] == "gives up";
                let said = status.is_some_and(|at| row[at] == format!("{polarity} {modality}"));
                assert!(said || gives_up, "{query}: {row:?}");
            }
        }
    }
}

#[test]
fn every_fact_type_that_is_done_is_answered_by_some_query_of_its_own() {
    let general = ["connections", "documents", "entity", "evidence", "provenance", "timeline", "top", "unread"];
    let answers = answers();
    let shown = |name: &str| {
        let mark = format!("已经{name}");
        let own = answers.iter().filter(|(query, _)| !general.contains(&query.as_str()));
        own.flat_map(|(_, table)| rows(table)).any(|row| row.iter().any(|cell| cell.contains(&mark)))
    };
    for name in [
        "Donation",
        "Supply",
        "Shipment",
        "Procurement",
        "Fundraising",
        "Investment",
        "Funding",
        "Establishment",
        "Position",
        "Collaboration",
        "Dispatch",
        "Participation",
        "Organizing",
        "Statement",
        "CaseCount",
    ] {
        assert!(shown(name), "{name}");
    }
    let timeline = &answers.iter().find(|(query, _)| query == "timeline").unwrap().1;
    let kinds: std::collections::BTreeSet<String> = rows(timeline).map(|row| row[1].clone()).collect();
    assert_eq!(kinds.len(), Schema::embedded().unwrap().frames().count());
}
