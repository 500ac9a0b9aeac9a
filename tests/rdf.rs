//! What one annotation becomes in RDF, triple by triple.

use tupu::annotation::Annotation;
use tupu::export;
use tupu::rdf::{self, Iris};
use tupu::schema::Schema;
use tupu::store::Store;

/// The default graph as Turtle, without its prefixes.
fn turtle(json: &str) -> String {
    let (schema, iris) = (Schema::embedded().unwrap(), Iris::default());
    let store = Store::in_memory().unwrap();
    store.load(rdf::dataset(&[Annotation::from_json(json).unwrap()], &schema, &iris)).unwrap();
    let mut out = Vec::new();
    export::turtle::write(&store, &iris, &mut out).unwrap();
    String::from_utf8(out).unwrap().lines().filter(|l| !l.starts_with('@')).map(|l| l.to_owned() + "\n").collect()
}

/// The IRIs of subjects that hold `part`, sorted.
fn subjects(json: &str, part: &str) -> Vec<String> {
    let text = turtle(json);
    let subject = |l: &str| Some(l.strip_prefix('<')?.split_once('>')?.0.to_owned());
    text.lines().filter_map(subject).filter(|s| s.contains(part)).collect()
}

/// A Donation of 口罩 as one sentence, with room for changes.
fn donation(before: &str, fact: &str) -> String {
    let at = before.chars().count();
    serde_json::json!({
        "id": "d",
        "text": format!("{before}远帆公司捐赠口罩。"),
        "entities": [
            {"id": "e1", "type": "Organization", "name": "远帆公司", "mentions": [{"start": at, "end": at + 4}]},
            {"id": "e2", "type": "Product", "name": "口罩", "mentions": [{"start": at + 6, "end": at + 8}]},
        ],
        "facts": [{
            "id": "f1", "type": fact, "trigger": {"start": at + 4, "end": at + 6}, "evidence": {"start": at, "end": at + 8},
            "roles": [{"role": "donor", "entity": "e1"}, {"role": "item", "entity": "e2"}],
        }],
    })
    .to_string()
}

#[test]
fn an_annotation_becomes_these_triples() {
    let text = turtle(
        r#"{"id": "d", "title": "捐赠", "published": "2020-02-10", "source": "d.txt",
 "text": "远帆科技有限公司复工。其中,捐出口罩超过5万只,捐出手套。",
 "entities": [
  {"id": "e1", "type": "Organization", "name": "远帆科技有限公司", "mentions": [{"start": 0, "end": 8}, {"start": 0, "end": 4}]},
  {"id": "e2", "type": "Product", "name": "口罩", "mentions": [{"start": 16, "end": 18}]}],
 "facts": [{"id": "f1", "type": "Donation", "trigger": {"start": 14, "end": 16}, "evidence": {"start": 11, "end": 23},
  "also": [{"start": 24, "end": 28}],
  "roles": [{"role": "donor", "entity": "e1", "start": 0, "end": 8, "elided": true},
   {"role": "item", "entity": "e2", "start": 16, "end": 18, "quantity": {"value": 50000, "unit": "只", "bound": "over"}},
   {"role": "amount", "value": {"value": 0.5, "currency": "CNY"}},
   {"role": "purpose", "value": "抗疫"},
   {"role": "time", "value": "2020-01"}],
  "confidence": 0.93, "by": "frame:donation/3"}]}"#,
    );
    assert_eq!(text, EXPECTED, "{text}");
}

const EXPECTED: &str = r#"<doc/d> a nif:Context , schema:NewsArticle ;
	schema:datePublished "2020-02-10"^^xsd:date ;
	schema:headline "捐赠"@zh ;
	schema:publisher "d.txt" .
<doc/d#char=0,8> a nif:Phrase ;
	nif:anchorOf "远帆科技有限公司"@zh ;
	nif:beginIndex 0 ;
	nif:endIndex 8 ;
	nif:referenceContext <doc/d> .
<doc/d#char=11,23> a nif:Phrase ;
	nif:anchorOf "其中,捐出口罩超过5万只"@zh ;
	nif:beginIndex 11 ;
	nif:endIndex 23 ;
	nif:referenceContext <doc/d> .
<doc/d#char=24,28> a nif:Phrase ;
	nif:anchorOf "捐出手套"@zh ;
	nif:beginIndex 24 ;
	nif:endIndex 28 ;
	nif:referenceContext <doc/d> .
<fact/df01cf85367a5388> a tupu:Donation , tupu:Fact ;
	rdfs:label "远帆科技有限公司 捐赠 口罩 0.5 CNY 抗疫"@zh ;
	prov:wasDerivedFrom <doc/d#char=11,23> , <doc/d#char=24,28> ;
	tupu:amount <fact/df01cf85367a5388/amount/1> ;
	tupu:by "frame:donation/3" ;
	tupu:confidence 0.93 ;
	tupu:donor <org/远帆科技有限公司> ;
	tupu:from "2020-01-01"^^xsd:date ;
	tupu:involves <org/远帆科技有限公司> , <product/口罩> ;
	tupu:item <product/口罩> ;
	tupu:modality "actual" ;
	tupu:polarity "positive" ;
	tupu:purpose "抗疫" ;
	tupu:quantity <fact/df01cf85367a5388/item/1> ;
	tupu:time "2020-01" ;
	tupu:to "2020-01-31"^^xsd:date .
<fact/df01cf85367a5388/amount/1> qudt:numericValue 0.5 ;
	rdfs:label "0.5 CNY"@zh ;
	tupu:currency "CNY" .
<fact/df01cf85367a5388/arg/donor> prov:wasDerivedFrom <doc/d#char=0,8> ;
	tupu:elided true ;
	tupu:filler <org/远帆科技有限公司> ;
	tupu:role tupu:donor .
<fact/df01cf85367a5388/item/1> qudt:numericValue 50000 ;
	rdfs:label "口罩 >50000 只"@zh ;
	tupu:bound "over" ;
	tupu:of <product/口罩> ;
	tupu:unit "只" .
<org/远帆科技有限公司> a tupu:Organization ;
	rdfs:label "远帆科技有限公司"@zh ;
	skos:altLabel "远帆科技"@zh ;
	tupu:donated <product/口罩> ;
	tupu:name "远帆科技有限公司" .
<product/口罩> a tupu:Product ;
	rdfs:label "口罩"@zh ;
	tupu:name "口罩" .
"#;

#[test]
fn a_fact_keeps_its_iri_when_the_text_around_it_moves() {
    let of = |json: &str| subjects(json, "fact/");
    let fact = of(&donation("", "Donation"));
    assert_eq!(fact.len(), 1);
    assert_eq!(fact[0].len(), "fact/".len() + 16);
    assert_eq!(fact, of(&donation("新来的一句。", "Donation")));
    assert_ne!(fact, of(&donation("远帆公司去年捐赠过。", "Donation")), "the second 捐赠 of the text is another");
    assert_ne!(fact, of(&donation("", "Supply")));
}

#[test]
fn a_fact_type_without_a_frame_is_kept_and_draws_no_edge() {
    let (known, unknown) = (turtle(&donation("", "Donation")), turtle(&donation("", "赠与")));
    assert!(known.contains("tupu:donated <product/口罩>"));
    assert!(unknown.contains("tupu:赠与") && unknown.contains("tupu:donor <org/远帆公司>"));
    assert!(!unknown.contains("tupu:donated"));
}

#[test]
fn two_facts_in_the_same_words_are_two() {
    let mut value: serde_json::Value = serde_json::from_str(&donation("", "Donation")).unwrap();
    let mut again = value["facts"][0].clone();
    again["id"] = "f2".into();
    again["modality"] = "planned".into();
    value["facts"].as_array_mut().unwrap().push(again);
    assert_eq!(subjects(&value.to_string(), "fact/").len(), 2);
}

#[test]
fn a_name_that_tells_nobody_apart_stays_in_its_document() {
    let json = r#"{"id": "d/1", "text": "发布《告示》和漫画，评《三体》。",
 "entities": [
  {"id": "1", "type": "Organization", "name": "工会"}, {"id": "2", "type": "Organization", "name": "疫情防控领导小组"},
  {"id": "3", "type": "Organization", "name": "清華 大學"}, {"id": "4", "type": "Person", "name": "李震"},
  {"id": "5", "type": "Group", "name": "党员"}, {"id": "6", "type": "Group", "name": "党员"}, {"id": "7", "type": "Group", "name": "党员-2"},
  {"id": "8", "type": "Work", "name": "告示", "mentions": [{"start": 3, "end": 5}]},
  {"id": "9", "type": "Work", "name": "漫画", "mentions": [{"start": 7, "end": 9}]},
  {"id": "14", "type": "Work", "name": "三体", "mentions": [{"start": 12, "end": 14}]},
  {"id": "10", "type": "Activity", "name": "募捐"}, {"id": "11", "type": "Place", "name": "湖北"},
  {"id": "12", "type": "Disease", "name": "新冠肺炎"}, {"id": "13", "type": "Product", "name": " "}]}"#;
    assert_eq!(
        subjects(json, "/"),
        [
            "disease/新冠肺炎",
            "disease/肺炎",
            "doc/d%2F1",
            "doc/d%2F1/activity/募捐",
            "doc/d%2F1/group/党员",
            "doc/d%2F1/group/党员-2",
            "doc/d%2F1/group/党员-2-2",
            "doc/d%2F1/org/工会",
            "doc/d%2F1/org/疫情防控领导小组",
            "doc/d%2F1/person/李震",
            "doc/d%2F1/product/13",
            "doc/d%2F1/work/告示",
            "doc/d%2F1/work/漫画",
            "org/清华大学",
            "place/420000",
            "place/中国",
            "work/三体",
        ]
    );
}

#[test]
fn a_reprint_is_a_source_and_no_document_that_counts() {
    let text = turtle(
        r#"{"id": "d", "text": "", "source": "虹江社", "author": "丁一", "url": "https://example.org/d",
 "reprints": [{"id": "x/p", "title": "口罩", "published": "2020-02-11", "source": "https://example.com/"}]}"#,
    );
    let expected = r#"<doc/d> a nif:Context , schema:NewsArticle ;
	schema:author "丁一" ;
	schema:publisher "虹江社" ;
	schema:url "https://example.org/d" .
<doc/x%2Fp> a tupu:Reprint ;
	prov:hadPrimarySource <//example.com/> ;
	schema:datePublished "2020-02-11"^^xsd:date ;
	schema:headline "口罩"@zh ;
	tupu:reprintOf <doc/d> .
"#;
    assert_eq!(text, expected, "{text}");
}

#[test]
fn a_word_that_points_back_is_no_other_name() {
    let text = turtle(
        r#"{"id": "d", "text": "青山中心医院。该中心。医院。青山医院。",
 "entities": [{"id": "1", "type": "Organization", "name": "青山中心医院", "mentions": [{"start": 0, "end": 6},
  {"start": 7, "end": 10}, {"start": 11, "end": 13}, {"start": 14, "end": 18}]}]}"#,
    );
    assert!(text.contains("skos:altLabel \"青山医院\"@zh ;\n"), "{text}");
    assert_eq!(text.matches("@zh").count(), 2, "{text}");
}
