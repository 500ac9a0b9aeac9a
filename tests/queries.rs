//! From hand-written annotations to the answers of the saved queries.

use std::collections::BTreeMap;

use tupu::annotation::Annotation;
use tupu::query::{self, Answer, Bindings, Format, SavedQueries, Shortener, Table};
use tupu::rdf::{self, Iris};
use tupu::schema::Schema;
use tupu::store::Store;

const GIVEN: &str = r#"{"id": "news/1", "title": "捐赠", "published": "2020-02-10", "text": "明德科技有限公司1月27日向青山医院捐赠口罩15万多只和“护目镜”。",
 "entities": [
  {"id": "e1", "type": "Organization", "name": "明德科技有限公司", "mentions": [{"start": 0, "end": 8}]},
  {"id": "e2", "type": "Organization", "name": "青山医院", "mentions": [{"start": 14, "end": 18}]},
  {"id": "e3", "type": "Product", "name": "口罩", "mentions": [{"start": 20, "end": 22}]},
  {"id": "e4", "type": "Product", "name": "护目镜", "mentions": [{"start": 29, "end": 32}]}],
 "facts": [{"id": "f1", "type": "Donation", "trigger": {"start": 18, "end": 20}, "evidence": {"start": 0, "end": 34},
  "roles": [{"role": "donor", "entity": "e1"}, {"role": "recipient", "entity": "e2"},
   {"role": "item", "entity": "e3", "quantity": {"value": 150000, "unit": "只", "bound": "over"}},
   {"role": "item", "entity": "e4"}, {"role": "time", "value": "2020-01-27"}]}]}"#;

const PLANNED: &str = r#"{"id": "news/2", "text": "明德科技有限公司计划向红星小学捐赠口罩。明德科技未捐赠手套。",
 "entities": [
  {"id": "a", "type": "Organization", "name": "明德科技有限公司", "mentions": [{"start": 0, "end": 8}, {"start": 20, "end": 24}]},
  {"id": "b", "type": "Organization", "name": "红星小学", "mentions": [{"start": 11, "end": 15}]},
  {"id": "c", "type": "Product", "name": "口罩", "mentions": [{"start": 17, "end": 19}]},
  {"id": "d", "type": "Product", "name": "手套", "mentions": [{"start": 27, "end": 29}]}],
 "facts": [
  {"id": "f1", "type": "Donation", "trigger": {"start": 15, "end": 17}, "evidence": {"start": 0, "end": 19}, "modality": "planned",
   "roles": [{"role": "donor", "entity": "a"}, {"role": "recipient", "entity": "b"}, {"role": "item", "entity": "c"}]},
  {"id": "f2", "type": "Donation", "trigger": {"start": 25, "end": 27}, "evidence": {"start": 20, "end": 29}, "polarity": "negative",
   "roles": [{"role": "donor", "entity": "a"}, {"role": "item", "entity": "d"}]}]}"#;

const POSTS: &str = r#"{"id": "news/3", "text": "工会捐款5万元,购买口罩。工会主席林小雨。",
 "entities": [
  {"id": "u", "type": "Organization", "name": "工会", "mentions": [{"start": 0, "end": 2}, {"start": 13, "end": 15}]},
  {"id": "p", "type": "Person", "name": "林小雨", "mentions": [{"start": 17, "end": 20}]},
  {"id": "m", "type": "Product", "name": "口 罩", "mentions": [{"start": 10, "end": 12}]}],
 "facts": [
  {"id": "f1", "type": "Donation", "trigger": {"start": 2, "end": 4}, "evidence": {"start": 0, "end": 7},
   "roles": [{"role": "donor", "entity": "u"}, {"role": "amount", "value": {"value": 50000, "currency": "CNY"}}]},
  {"id": "f2", "type": "Position", "evidence": {"start": 13, "end": 20},
   "roles": [{"role": "organization", "entity": "u"}, {"role": "title", "value": "主席"}, {"role": "person", "entity": "p"}]}]}"#;

fn store() -> (Store, Iris) {
    let (schema, iris) = (Schema::embedded().unwrap(), Iris::default());
    let store = Store::in_memory().unwrap();
    let annotations = [GIVEN, PLANNED, POSTS].map(|json| Annotation::from_json(json).unwrap());
    store.load(rdf::dataset(&annotations, &schema, &iris)).unwrap();
    (store, iris)
}

fn ask(name: &str, values: &[(&str, &str)]) -> Table {
    let (store, iris) = store();
    let values: BTreeMap<String, String> = values.iter().map(|(k, v)| ((*k).into(), (*v).into())).collect();
    match SavedQueries::embedded().unwrap().find(name).unwrap().run(&store, &iris, &values).unwrap() {
        Answer::Table(table) => table,
        other => panic!("{other:?}"),
    }
}

/// A column of a table, as a terminal shows it.
fn column(table: &Table, name: &str) -> Vec<String> {
    let iris = Iris::default();
    let at = table.columns.iter().position(|c| c == name).unwrap_or_else(|| panic!("{name}: {:?}", table.columns));
    let text = |row: &Vec<Option<_>>| row[at].as_ref().map(|t| Shortener { iris: &iris }.text(t)).unwrap_or_default();
    table.rows.iter().map(text).collect()
}

fn select(sparql: &str) -> Table {
    let (store, iris) = store();
    match query::run(&store, &iris, sparql, &Bindings::new()).unwrap() {
        Answer::Table(table) => table,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_donation_is_one_row_with_its_words() {
    let table = ask("donations", &[]);
    assert_eq!(column(&table, "donor"), ["工会", "明德科技有限公司"]);
    assert_eq!(column(&table, "recipient"), ["", "青山医院"]);
    assert_eq!(column(&table, "item"), ["", "口罩 >150000 只、护目镜"]);
    assert_eq!(column(&table, "amount"), ["50000 CNY", ""]);
    assert_eq!(column(&table, "time"), ["", "2020-01-27"]);
    assert_eq!(column(&table, "evidence")[1], "明德科技有限公司1月27日向青山医院捐赠口罩15万多只和“护目镜”。");
    assert_eq!(column(&table, "document"), ["doc/news%2F3", "doc/news%2F1"]);
}

#[test]
fn what_is_planned_or_denied_never_appears_as_done() {
    for name in ["donations", "supplies", "shipments", "flows", "positions"] {
        let shown = format!("{:?}", ask(name, &[]));
        assert!(!shown.contains("红星小学") && !shown.contains("手套"), "{name}: {shown}");
    }
    assert!(select(r#"SELECT ?x { ?x tupu:donatedTo [ tupu:name "红星小学" ] }"#).rows.is_empty());
    let status = column(&ask("entity", &[("name", "红星小学")]), "status");
    assert_eq!(status, ["positive planned"]);
    assert_eq!(column(&ask("entity", &[("name", "手套")]), "status"), ["negative actual"]);
}

#[test]
fn an_entity_of_three_documents_comes_out_once() {
    let table = select(r#"SELECT (COUNT(?x) AS ?n) { ?x a tupu:Product ; tupu:name "口罩" ; rdfs:label ?label }"#);
    assert_eq!(column(&table, "n"), ["1"]);
    let told = select(r#"SELECT (COUNT(*) AS ?n) { GRAPH ?document { ?x a tupu:Product ; tupu:name "口罩" } }"#);
    assert_eq!(column(&told, "n"), ["3"]);
    let firm = select("SELECT ?name { ?x a tupu:Organization ; tupu:name ?name FILTER(STRSTARTS(?name, '明德')) }");
    assert_eq!(column(&firm, "name"), ["明德科技有限公司"]);
}

#[test]
fn flows_and_positions() {
    let flows = ask("flows", &[("name", "青山医院")]);
    assert_eq!(column(&flows, "giver"), ["明德科技有限公司"]);
    assert_eq!(column(&flows, "receiver"), ["青山医院"]);
    assert_eq!(column(&flows, "goods"), ["口罩 >150000 只、护目镜"]);
    let posts = ask("positions", &[]);
    assert_eq!(column(&posts, "person"), ["林小雨"]);
    assert_eq!(column(&posts, "title"), ["主席"]);
    assert_eq!(column(&posts, "organization"), ["工会"]);
}

#[test]
fn documents_are_counted_with_their_facts() {
    let table = ask("documents", &[]);
    assert_eq!(column(&table, "document"), ["doc/news%2F2", "doc/news%2F3", "doc/news%2F1"]);
    assert_eq!(column(&table, "facts"), ["2", "2", "1"]);
    assert_eq!(column(&table, "headline"), ["", "", "捐赠"]);
}

#[test]
fn evidence_is_found_by_fact_and_by_any_of_its_names() {
    // 明德科技 is what the text calls the company the second time; spaces and width of letters do not matter.
    let by_name = ask("evidence", &[("about", "明德 科技")]);
    assert!(column(&by_name, "words").contains(&"明德科技未捐赠手套".to_owned()));
    let fact = &column(&by_name, "fact")[0];
    let by_fact = ask("evidence", &[("about", fact)]);
    assert_eq!(column(&by_fact, "fact"), std::slice::from_ref(fact));
    assert_eq!(by_fact.columns.len(), 7, "the parameter is no column: {:?}", by_fact.columns);
}

#[test]
fn a_value_cannot_change_the_question() {
    for value in [r#"口罩" } UNION { ?s ?p ?o"#, "} #", r"\", "<x> } {", "'''", "?fact"] {
        assert!(ask("entity", &[("name", value)]).rows.is_empty(), "{value}");
    }
    let (store, iris) = store();
    let bindings = Bindings::from([("n".to_owned(), query::value(&iris, "口罩"))]);
    let counted = query::run(&store, &iris, "SELECT (COUNT(?x) AS ?c) { ?x tupu:name ?n }", &bindings).unwrap();
    let Answer::Table(table) = counted else { panic!() };
    assert_eq!((table.columns.len(), column(&table, "c")), (1, vec!["1".to_owned()]));
}

#[test]
fn mistakes_are_told_in_one_line() {
    let (store, iris) = store();
    let own = |text: &str| query::run(&store, &iris, text, &Bindings::new()).unwrap_err().to_string();
    let message = own("SELECT ?x WHERE {\n ?x a }");
    assert!(message.starts_with("SPARQL syntax: ") && message.contains("2:8") && !message.contains('\n'), "{message}");
    assert!(!own("SELECT ?x {").contains("..="), "classes of characters help nobody");
    let message = own("ASK { ?x nowhere:x 1 }");
    assert_eq!(message, "SPARQL syntax: error at 1:19: expected Prefix not found");
    let bindings = Bindings::from([("y".to_owned(), query::value(&iris, "1"))]);
    let message = query::run(&store, &iris, "SELECT ?x { ?x a ?yy }", &bindings).unwrap_err().to_string();
    assert_eq!(message, "the query has no variable ?y");
    let saved = SavedQueries::embedded().unwrap();
    assert!(saved.find("gifts").unwrap_err().to_string().contains("donations"));
    let message = saved.find("entity").unwrap().run(&store, &iris, &BTreeMap::new()).unwrap_err().to_string();
    assert!(message.contains("--set name="), "{message}");
    let values = BTreeMap::from([("who".to_owned(), "x".to_owned())]);
    let message = saved.find("donations").unwrap().run(&store, &iris, &values).unwrap_err().to_string();
    assert_eq!(message, "query donations has no parameter who; it has name");
}

#[test]
fn every_format_of_an_answer() {
    let (store, iris) = store();
    let write = |sparql: &str, format: Format| {
        let answer = query::run(&store, &iris, sparql, &Bindings::new()).unwrap();
        let mut out = Vec::new();
        query::write(&answer, format, &iris, &mut out).map(|()| String::from_utf8(out).unwrap())
    };
    let select = "SELECT ?x { ?x tupu:name '护目镜' }";
    assert_eq!(write(select, Format::Csv).unwrap(), "x\r\nhttps://w3id.org/tupu/kg/product/护目镜\r\n");
    assert_eq!(write(select, Format::Tsv).unwrap(), "?x\n<https://w3id.org/tupu/kg/product/护目镜>\n");
    assert!(write(select, Format::Json).unwrap().contains(r#""value":"https://w3id.org/tupu/kg/product/护目镜""#));
    assert!(write(select, Format::Xml).unwrap().contains("<uri>https://w3id.org/tupu/kg/product/护目镜</uri>"));
    assert_eq!(write(select, Format::Table).unwrap(), "x\n─\nproduct/护目镜\n");
    assert!(write(select, Format::Turtle).unwrap_err().to_string().contains("take table, csv"));
    let construct = "CONSTRUCT { <product/护目镜> tupu:name ?n } WHERE { <product/护目镜> tupu:name ?n }";
    assert!(write(construct, Format::Turtle).unwrap().ends_with("<product/护目镜> tupu:name \"护目镜\" .\n"));
    assert!(write(construct, Format::NTriples).unwrap().starts_with("<https://w3id.org/tupu/kg/product/护目镜> "));
    assert!(write(construct, Format::Csv).is_err());
    assert_eq!(write("ASK { ?x a tupu:Fact }", Format::Table).unwrap(), "true\n");
}

#[test]
fn a_question_about_a_province_finds_its_cities_and_one_about_goods_their_kinds() {
    const TEXT: &str = r#"{"id": "x", "text": "咸宁新增确诊病例17例。甲公司捐赠医用口罩。",
 "entities": [
  {"id": "p", "type": "Place", "name": "咸宁", "mentions": [{"start": 0, "end": 2}]},
  {"id": "d", "type": "Organization", "name": "甲公司", "mentions": [{"start": 12, "end": 15}]},
  {"id": "m", "type": "Product", "name": "医用口罩", "mentions": [{"start": 17, "end": 21}]}],
 "facts": [
  {"id": "f1", "type": "CaseCount", "evidence": {"start": 0, "end": 12}, "roles": [{"role": "place", "entity": "p"},
   {"role": "measure", "value": "新增确诊"}, {"role": "count", "value": {"value": 17, "unit": "例"}}]},
  {"id": "f2", "type": "Donation", "evidence": {"start": 12, "end": 22}, "roles": [{"role": "donor", "entity": "d"}, {"role": "item", "entity": "m"}]}]}"#;
    let (schema, iris, store) = (Schema::embedded().unwrap(), Iris::default(), Store::in_memory().unwrap());
    store.load(rdf::dataset(&[Annotation::from_json(TEXT).unwrap()], &schema, &iris)).unwrap();
    let rows = |query: &str, parameter: &str, value: &str| {
        let saved = SavedQueries::embedded().unwrap();
        let values = [(parameter.to_owned(), value.to_owned())].into();
        let Answer::Table(table) = saved.find(query).unwrap().run(&store, &iris, &values).unwrap() else { panic!() };
        table.rows.len()
    };
    for place in ["咸宁", "咸宁市", "湖北", "湖北省", "中国"] {
        assert_eq!(rows("cases", "place", place), 1, "{place}");
    }
    assert_eq!(rows("cases", "place", "湖南"), 0);
    for goods in ["医用口罩", "口罩"] {
        assert_eq!(rows("donations", "name", goods), 1, "{goods}");
    }
    assert_eq!(rows("donations", "name", "防护服"), 0);
}
