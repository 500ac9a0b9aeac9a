//! What every saved query answers over the sample corpus as a person annotated it, so that the answers change with the
//! queries alone; and what the main command answers from its texts, which README.md shows.
//!
//! The answers stand in `tests/cases/queries/`, one file a query, for people to read. `TUPU_UPDATE=1` writes them anew:
//! look at what changed before keeping it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use tupu::annotate::Annotator;
use tupu::annotation::Annotation;
use tupu::query::{self, Answer, SavedQueries, Shortener, Table};
use tupu::rdf::{self, Iris};
use tupu::read as reading;
use tupu::schema::Schema;
use tupu::store::Store;

/// The values with which queries are asked that need one.
const VALUES: [(&str, &str, &str); 4] = [
    ("connections", "a", "明汐生物"),
    ("connections", "b", "岚江大学"),
    ("entity", "name", "泰坦科技"),
    ("evidence", "about", "上海市地震局"),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

/// The graph of the hand annotation, with the sentences that hold a trigger and no fact.
fn annotated(iris: &Iris) -> Store {
    let (schema, store) = (Schema::embedded().unwrap(), Store::in_memory().unwrap());
    let gold = read("tests/cases/sample.gold.jsonl");
    let gold: Vec<Annotation> = gold.lines().map(|line| Annotation::from_json(line).unwrap()).collect();
    store.load(rdf::dataset(&gold, &schema, iris)).unwrap();
    query::add_unread(&store, &gold, &Annotator::new(schema), iris).unwrap();
    store
}

/// The graph of what is extracted.
fn extracted(iris: &Iris) -> Store {
    let annotator = Annotator::new(Schema::embedded().unwrap());
    let store = Store::in_memory().unwrap();
    let documents = reading::documents(&[root().join("data/sample")]).unwrap();
    let read: Vec<Annotation> = documents.iter().map(|document| annotator.annotate(document)).collect();
    store.load(rdf::dataset(&read, annotator.schema(), iris)).unwrap();
    store
}

/// Rows as tab-separated text, as a terminal shows their cells. The ids of facts are left out: they say nothing that a
/// reader could check.
fn text(table: &Table, iris: &Iris) -> String {
    let shortener = Shortener { iris };
    let kept = |cells: Vec<String>| {
        let cells = cells.into_iter().zip(&table.columns).filter(|(_, column)| *column != "fact");
        cells.map(|(cell, _)| cell).collect::<Vec<_>>().join("\t") + "\n"
    };
    let row = |row: &Vec<Option<_>>| {
        kept(row.iter().map(|cell| cell.as_ref().map(|term| shortener.text(term)).unwrap_or_default()).collect())
    };
    kept(table.columns.clone()) + &table.rows.iter().map(row).collect::<String>()
}

/// The lines of one text that the other lacks, as a diff shows them.
fn difference(expected: &str, found: &str) -> String {
    let lacking = |lines: &str, others: &str, sign: char| {
        let others: Vec<&str> = others.lines().collect();
        lines.lines().filter(|line| !others.contains(line)).map(|line| format!("{sign} {line}\n")).collect::<String>()
    };
    match lacking(expected, found, '-') + &lacking(found, expected, '+') {
        same if same.is_empty() => "the same lines in another order\n".to_owned(),
        lines => lines,
    }
}

#[test]
fn saved_queries_answer_from_the_sample_what_it_says() {
    let iris = Iris::default();
    let store = annotated(&iris);
    let saved = SavedQueries::embedded().unwrap();
    let mut faults = String::new();
    for query in saved.iter() {
        let values = VALUES.iter().filter(|(name, ..)| *name == query.name);
        let values = values.map(|(_, param, value)| ((*param).to_owned(), (*value).to_owned()));
        let answer = query.run(&store, &iris, &values.collect::<BTreeMap<_, _>>()).unwrap();
        let Answer::Table(table) = answer else { panic!("{} gives no table", query.name) };
        assert!(!table.rows.is_empty(), "{} has no answer in the sample", query.name);
        let found = text(&table, &iris);
        let file = root().join(format!("tests/cases/queries/{}.tsv", query.name));
        if std::env::var_os("TUPU_UPDATE").is_some_and(|value| value == "1") {
            fs::write(&file, &found).unwrap();
        }
        let expected = fs::read_to_string(&file).unwrap_or_default();
        if found != expected {
            faults += &format!("{}:\n{}", file.display(), difference(&expected, &found));
        }
    }
    assert!(faults.is_empty(), "\n{faults}TUPU_UPDATE=1 accepts this");
    let answers = fs::read_dir(root().join("tests/cases/queries")).unwrap().count();
    assert_eq!(answers, saved.iter().count(), "an answer belongs to no query");
}

#[test]
fn the_main_command_answers_what_the_readme_shows() {
    const TERMINAL: usize = 100;
    let (iris, readme) = (Iris::default(), read("README.md"));
    let (store, saved) = (extracted(&iris), SavedQueries::embedded().unwrap());
    for name in ["donations", "supplies"] {
        let query = saved.find(name).unwrap();
        let answer = query.run(&store, &iris, &BTreeMap::new()).unwrap();
        let shown = format!("{}\n{}", query.title, query::text(&answer, &iris, Some(TERMINAL)));
        assert!(readme.contains(&shown), "README.md does not show\n{shown}");
    }
}
