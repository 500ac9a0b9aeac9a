//! Only what a question can see is loaded: its answer, and the order of its rows, is that of the whole graph.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use tupu::annotate::Annotator;
use tupu::annotation::Annotation;
use tupu::export;
use tupu::link::Linking;
use tupu::query::{self, Answer, Bindings, SavedQueries};
use tupu::rdf::Scope;
use tupu::schema::Schema;
use tupu::store::Store;
use tupu::workspace::{Contents, Workspace};

struct Sample {
    _folder: tempfile::TempDir,
    kg: Workspace,
    contents: Contents,
    annotator: Annotator,
}

impl Sample {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let kg = Workspace::create_or_open(&folder.path().join("kg"), None).unwrap();
        let gold = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/sample.gold.jsonl");
        let gold = fs::read_to_string(gold).unwrap();
        let mut annotations: Vec<Annotation> = gold.lines().map(|line| Annotation::from_json(line).unwrap()).collect();
        annotations.sort_by(|a, b| a.id.cmp(&b.id));
        let linking = Linking::new(&annotations, &[], &[]);
        let contents = Contents { annotations, unread: BTreeMap::new(), decisions: Vec::new(), linking };
        Self { _folder: folder, kg, contents, annotator: Annotator::new(Schema::embedded().unwrap()) }
    }

    fn store(&self, scope: &Scope) -> Store {
        let store = self.kg.store_within(&self.contents, self.annotator.schema(), scope).unwrap();
        if scope.unread {
            let unread = |annotation: &_| Cow::Owned(self.annotator.unread(annotation));
            query::load_unread(&store, &self.contents.annotations, unread, self.kg.iris(), scope).unwrap();
        }
        store
    }
}

#[test]
fn saved_queries_answer_what_they_answer_from_the_whole_graph() {
    let sample = Sample::new();
    let iris = sample.kg.iris();
    let whole = sample.store(&Scope { unread: true, ..Scope::whole() });
    for saved in SavedQueries::embedded().unwrap().iter() {
        let value = |param: &str| match param {
            "a" => "明汐生物",
            "b" => "岚江大学",
            "about" => "上海市地震局",
            _ => "泰坦科技",
        };
        let needed = saved.params.iter().filter(|param| param.default.is_none());
        let values: BTreeMap<String, String> =
            needed.map(|param| (param.name.clone(), value(&param.name).to_owned())).collect();
        let scope = query::scope(iris, &saved.text).unwrap();
        assert!(!scope.named_graphs && scope.unread == (saved.name == "unread"), "{}", saved.name);
        let store = sample.store(&scope);
        assert!(store.len().unwrap() * 2 < whole.len().unwrap(), "{}", saved.name);
        let answer = saved.run(&store, iris, &values).unwrap();
        assert_eq!(answer, saved.run(&whole, iris, &values).unwrap(), "{}", saved.name);
        assert!(matches!(answer, Answer::Table(table) if !table.rows.is_empty()), "{}", saved.name);
    }
}

#[test]
fn queries_of_the_users_own_see_what_they_ask_for() {
    let sample = Sample::new();
    let iris = sample.kg.iris();
    let whole = sample.store(&Scope::whole());
    for text in [
        "SELECT ?s ?p ?o { ?s ?p ?o }",
        "SELECT ?s ?o { ?s tupu:name ?o } LIMIT 5",
        "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g",
        "SELECT ?g { GRAPH ?g { } } ORDER BY ?g",
        "SELECT ?s ?role { VALUES ?role { tupu:donor tupu:buyer } ?s ?role ?o OPTIONAL { ?o tupu:under/tupu:name ?n } }",
        "SELECT ?s ?o { ?s tupu:under* ?o }",
        "SELECT ?s { ?s a tupu:Fact FILTER(NOT EXISTS { ?s tupu:from ?day }) }",
        "CONSTRUCT { ?s schema:about ?o } { ?s tupu:involves|^tupu:of ?o }",
        "DESCRIBE ?s { ?s tupu:name '明汐生物' }",
        "ASK { GRAPH ?g { tupu:donor a tupu:Role } }",
    ] {
        let run = |store: &Store| query::run(store, iris, text, &Bindings::new()).unwrap();
        let scope = query::scope(iris, text).unwrap();
        assert_eq!(run(&sample.store(&scope)), run(&whole), "{text}");
    }
}

#[test]
fn formats_without_graphs_need_the_default_graph_alone() {
    let sample = Sample::new();
    let iris = sample.kg.iris();
    let turtle = |scope: &Scope| {
        let mut out = Vec::new();
        export::turtle::write(&sample.store(scope), iris, &mut out).unwrap();
        out
    };
    assert!(turtle(&Scope::default_graph()) == turtle(&Scope::whole()));
}
