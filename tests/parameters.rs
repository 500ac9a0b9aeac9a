//! What the parameters of the saved queries choose, asked of the sample corpus as a person annotated it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use assert_cmd::cargo::cargo_bin_cmd;
use tupu::annotate::Annotator;
use tupu::annotation::Annotation;
use tupu::query::{Answer, QueryError, SavedQueries, Shortener, Table, add_unread};
use tupu::rdf::{self, Iris};
use tupu::schema::Schema;
use tupu::store::Store;

const GOLD: &str = "tests/cases/sample.gold.jsonl";

/// The graph of the sample, and how to ask it.
struct Sample {
    store: Store,
    iris: Iris,
    saved: SavedQueries,
}

impl Sample {
    fn new() -> Self {
        let (schema, iris, store) = (Schema::embedded().unwrap(), Iris::default(), Store::in_memory().unwrap());
        let gold = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(GOLD)).unwrap();
        let gold: Vec<Annotation> = gold.lines().map(|line| Annotation::from_json(line).unwrap()).collect();
        store.load(rdf::dataset(&gold, &schema, &iris)).unwrap();
        add_unread(&store, &gold, &Annotator::new(schema), &iris).unwrap();
        Self { store, iris, saved: SavedQueries::embedded().unwrap() }
    }

    fn try_ask(&self, query: &str, values: &[(&str, &str)]) -> Result<Table, QueryError> {
        let values: BTreeMap<String, String> = values.iter().map(|(k, v)| ((*k).into(), (*v).into())).collect();
        match self.saved.find(query).unwrap().run(&self.store, &self.iris, &values)? {
            Answer::Table(table) => Ok(table),
            other => panic!("{query}: {other:?}"),
        }
    }

    /// One column of the answer.
    fn ask(&self, query: &str, values: &[(&str, &str)], column: &str) -> Vec<String> {
        let table = self.try_ask(query, values).unwrap();
        let at = table.columns.iter().position(|c| c == column).unwrap_or_else(|| panic!("{column}"));
        let text =
            |row: &Vec<Option<_>>| row[at].as_ref().map(|t| Shortener { iris: &self.iris }.text(t)).unwrap_or_default();
        table.rows.iter().map(text).collect()
    }
}

#[test]
fn a_name_is_any_that_a_text_gives() {
    let sample = Sample::new();
    let asked = |name: &str| sample.ask("money", &[("name", name)], "who");
    assert_eq!(asked("明汐生物"), ["云棹资本", "岚江省科学技术厅"]);
    assert_eq!(asked("明汐生物科技有限公司"), asked("明汐生物"));
    assert_eq!(sample.ask("money", &[("name", "江岸银行")], "who"), [""; 0], "it only plans to give a loan");
    assert_eq!(sample.ask("money", &[], "amount")[0], "80000000");
}

#[test]
fn dates_bound_a_timeline_as_days_months_or_years() {
    let sample = Sample::new();
    let asked = |from: &str, to: &str| sample.ask("timeline", &[("from", from), ("to", to)], "time");
    assert_eq!(asked("2020-01", "2020-01"), ["2020-01-27/2020-01-28", "2020-01-28"]);
    assert_eq!(asked("2020-01-28", "2020-01"), ["2020-01-27/2020-01-28", "2020-01-28"], "it lasts into the day");
    assert_eq!(asked("2020-01-29", "2020-02-04"), ["2020-02-04"]);
    assert_eq!(asked("2020", "2020"), sample.ask("timeline", &[], "time"));
    assert_eq!(asked("2021", "9999"), [""; 0]);
    assert_eq!(sample.ask("timeline", &[("name", "澄泊物流有限公司")], "status"), ["negative actual"]);
}

#[test]
fn cases_by_place_and_measure() {
    let sample = Sample::new();
    assert_eq!(sample.ask("cases", &[("place", "青桥区")], "number"), ["58"]);
    assert_eq!(sample.ask("cases", &[("measure", "新增确诊")], "number"), ["12", "7"]);
    assert_eq!(sample.ask("cases", &[("measure", "新增死亡"), ("place", "云汀市")], "number"), ["0"]);
}

#[test]
fn what_joins_two_entities_is_the_same_from_both_sides() {
    let sample = Sample::new();
    let asked = |a: &str, b: &str| sample.ask("connections", &[("a", a), ("b", b)], "kind");
    assert_eq!(asked("明汐生物", "岚江大学"), ["Collaboration", "Research"]);
    assert_eq!(asked("岚江大学", "明汐生物科技有限公司"), asked("明汐生物", "岚江大学"));
    assert_eq!(asked("岚江大学", "云棹资本"), [""; 0]);
    assert_eq!(asked("岚江大学", "岚江大学"), [""; 0]);
}

#[test]
fn the_most_connected_are_as_many_as_asked_for() {
    let sample = Sample::new();
    assert_eq!(sample.ask("top", &[("limit", "3")], "called"), ["云汀市", "新冠肺炎", "上海市地震局"]);
    assert_eq!(sample.ask("top", &[("limit", "1")], "facts"), ["10"]);
    assert!(sample.ask("top", &[("type", "Person")], "kind").iter().all(|kind| kind == "Person"));
    let message = sample.try_ask("top", &[("limit", "many")]).unwrap_err().to_string();
    assert_eq!(message, "query top: --set limit=many is no number of rows; write one such as 20");
}

#[test]
fn one_document_and_one_type_of_fact() {
    let sample = Sample::new();
    let asked = |document: &str| sample.ask("provenance", &[("document", document), ("type", "Statement")], "evidence");
    assert_eq!(asked("doc/council-meeting.txt").len(), 2);
    assert_eq!(asked("council-meeting.txt"), asked("doc/council-meeting.txt"));
    assert_eq!(sample.ask("provenance", &[], "kind").len(), 104, "every fact has one place that states it");
}

#[test]
fn who_gave_up_a_post_and_who_came_to_hold_it() {
    let sample = Sample::new();
    let name = [("name", "云汀市卫生健康委员会")];
    assert_eq!(sample.ask("position-changes", &name, "person"), ["孙维国", "陈立安"]);
    assert_eq!(sample.ask("position-changes", &name, "change"), ["gives up", "holds"]);
}

#[test]
fn what_was_passed_over_by_the_fact_type_it_may_state() {
    let sample = Sample::new();
    let asked = sample.ask("unread", &[("type", "Donation")], "sentence");
    assert_eq!(asked, ["活动期间，捐款采取网络转账的方式进行。"]);
    assert!(sample.ask("unread", &[("type", "Donation")], "triggers")[0].contains("捐款"));
    assert_eq!(sample.ask("unread", &[("type", "Donation"), ("lacks", "object")], "sentence"), asked);
    assert_eq!(sample.ask("unread", &[("lacks", "statement")], "sentence"), [""; 0]);
}

#[test]
fn unread_sentences_are_in_the_graph_for_those_who_ask_alone() {
    let folder = tempfile::tempdir().unwrap();
    let gold = Path::new(env!("CARGO_MANIFEST_DIR")).join(GOLD);
    let tupu = |arguments: &[&str]| {
        let done = cargo_bin_cmd!("tupu").current_dir(folder.path()).args(arguments).output().unwrap();
        assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap()
    };
    tupu(&["load", gold.to_str().unwrap()]);
    assert!(tupu(&["query", "unread"]).contains("捐款采取网络转账"));
    let own = "SELECT (COUNT(?sentence) AS ?n) { ?sentence tupu:mayState tupu:Donation }";
    assert_eq!(tupu(&["query", "-e", own, "--format", "csv"]), "n\r\n1\r\n");
    assert!(!tupu(&["export", "nquads"]).contains("捐款采取网络转账"));
}
