//! How long the saved queries take in a store of about a thousand documents, beside a plain scan over all facts:
//! `cargo bench --bench queries`.
//!
//! Every query runs with its parameters at their defaults, and once more for each parameter with the value that makes
//! most work. The scan and the queries run in the same process, and the ratio of the times is what to compare between
//! machines and versions. The documents are those of the file that `TUPU_TEXTS` names; without it the sample corpus,
//! repeated under other ids. Names of queries behind `--` choose among them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rayon::prelude::*;
use tupu::annotate::Annotator;
use tupu::annotation::Annotation;
use tupu::query::{Answer, Bindings, Saved, SavedQueries, Shortener, add_unread, run};
use tupu::rdf::{self, Iris};
use tupu::read;
use tupu::schema::Schema;
use tupu::store::Store;

type Failure = Box<dyn std::error::Error>;

/// Rounds of each; the best counts, since whatever else the machine does only ever slows.
const ROUNDS: usize = 3;
/// The sample is repeated until there are so many documents.
const ENOUGH: usize = 1000;
/// What every query is compared with.
const SCAN: &str = "SELECT ?fact ?property ?value { ?fact a tupu:Fact ; ?property ?value }";
/// For each parameter, or that of one query, a query whose first row has the value that makes most work.
const MOST: [(&str, &str); 11] = [
    ("top type", "SELECT ('Organization' AS ?v) {}"),
    ("name", "SELECT ?v { ?fact tupu:involves/tupu:name ?v } GROUP BY ?v ORDER BY DESC(COUNT(?fact)) ?v"),
    ("about", "SELECT ?v { ?fact tupu:involves/tupu:name ?v } GROUP BY ?v ORDER BY DESC(COUNT(?fact)) ?v"),
    (
        "a",
        "SELECT ?v { ?fact tupu:involves ?x , ?y FILTER(STR(?x) < STR(?y)) ?x tupu:name ?v } \
         GROUP BY ?x ?y ?v ORDER BY DESC(COUNT(?fact)) ?x ?y",
    ),
    (
        "b",
        "SELECT ?v { ?fact tupu:involves ?x , ?y FILTER(STR(?x) < STR(?y)) ?y tupu:name ?v } \
         GROUP BY ?x ?y ?v ORDER BY DESC(COUNT(?fact)) ?x ?y",
    ),
    ("place", "SELECT ?v { ?fact a tupu:CaseCount ; tupu:place/tupu:name ?v } GROUP BY ?v ORDER BY DESC(COUNT(?fact))"),
    ("measure", "SELECT ?v { ?fact a tupu:CaseCount ; tupu:measure ?v } GROUP BY ?v ORDER BY DESC(COUNT(?fact))"),
    (
        "document",
        "SELECT ?v { ?fact a tupu:Fact ; prov:wasDerivedFrom/nif:referenceContext ?v } GROUP BY ?v ORDER BY DESC(COUNT(?fact))",
    ),
    ("from", "SELECT ?v { ?fact tupu:from ?v } ORDER BY ?v"),
    ("to", "SELECT ?v { ?fact tupu:to ?v } ORDER BY DESC(?v)"),
    (
        "type",
        "SELECT ?v { ?fact a tupu:Fact , ?t FILTER(?t != tupu:Fact) BIND(STRAFTER(STR(?t), '#') AS ?v) } GROUP BY ?v ORDER BY DESC(COUNT(?fact))",
    ),
];

fn main() -> Result<(), Failure> {
    let given = std::env::var_os("TUPU_TEXTS").map(PathBuf::from);
    let path = given.clone().unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("data/sample"));
    let annotator = Annotator::new(Schema::embedded()?);
    let documents = read::documents(std::slice::from_ref(&path))?;
    let once: Vec<Annotation> = documents.par_iter().map(|document| annotator.annotate(document)).collect();
    let times = if given.is_some() { 1 } else { ENOUGH.div_ceil(once.len()) };
    let (store, iris) = (Store::in_memory()?, Iris::default());
    let repeated = (0..times).flat_map(|_| &once).enumerate();
    let annotations: Vec<Annotation> = repeated
        .map(|(n, annotation)| Annotation { id: format!("{}-{n}", annotation.id), ..annotation.clone() })
        .collect();
    store.load(rdf::dataset(&annotations, annotator.schema(), &iris))?;
    add_unread(&store, &annotations, &annotator, &iris)?;
    println!("{}: {} documents, {} quads", path.display(), annotations.len(), store.len()?);
    let most = most(&store, &iris)?;
    let (scan, rows) = best(|| run(&store, &iris, SCAN, &Bindings::new()))?;
    println!("{:40} {:>8} rows {:8.1} ms", "scan over all facts", rows, milliseconds(scan));
    let chosen: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    for query in SavedQueries::with_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("queries"))?.iter() {
        if !chosen.is_empty() && !chosen.contains(&query.name) {
            continue;
        }
        for values in settings(query, &most) {
            let (time, rows) = best(|| query.run(&store, &iris, &values))?;
            let told: Vec<String> = values.iter().map(|(param, value)| format!("{param}={value}")).collect();
            let ratio = time.as_secs_f64() / scan.as_secs_f64();
            let name = format!("{} {}", query.name, told.join(" "));
            println!("{name:40} {rows:>8} rows {:8.1} ms  ratio {ratio:6.2}", milliseconds(time));
        }
    }
    Ok(())
}

/// The values with which a query is asked: those that it needs alone, and with each of the others.
fn settings(query: &Saved, most: &BTreeMap<&str, String>) -> Vec<BTreeMap<String, String>> {
    let value = |param: &str| {
        let own = format!("{} {param}", query.name);
        most.get(own.as_str()).or(most.get(param)).map(|value| (param.to_owned(), value.clone()))
    };
    let (needed, free): (Vec<_>, Vec<_>) = query.params.iter().partition(|param| param.default.is_none());
    let needed: BTreeMap<String, String> = needed.iter().filter_map(|param| value(&param.name)).collect();
    let mut settings = vec![needed.clone()];
    for (param, value) in free.iter().filter_map(|param| value(&param.name)) {
        let mut values = needed.clone();
        values.insert(param, value);
        settings.push(values);
    }
    settings
}

fn most(store: &Store, iris: &Iris) -> Result<BTreeMap<&'static str, String>, Failure> {
    let mut most = BTreeMap::new();
    for (param, text) in MOST {
        let Answer::Table(table) = run(store, iris, text, &Bindings::new())? else { continue };
        if let Some(Some(term)) = table.rows.first().and_then(|row| row.first()) {
            most.insert(param, Shortener { iris }.text(term));
        }
    }
    Ok(most)
}

fn best<E>(mut answer: impl FnMut() -> Result<Answer, E>) -> Result<(Duration, usize), E> {
    let (mut least, mut rows) = (Duration::MAX, 0);
    for _ in 0..ROUNDS {
        let started = Instant::now();
        let answer = answer()?;
        least = least.min(started.elapsed());
        rows = if let Answer::Table(table) = &answer { table.rows.len() } else { 0 };
    }
    Ok((least, rows))
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
