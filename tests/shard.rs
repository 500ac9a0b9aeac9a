//! Parts of a corpus that are nowhere together give the graph that one machine gives, line for line.

use std::path::Path;

use tupu::annotate::Annotator;
use tupu::annotation::Annotation;
use tupu::document::Document;
use tupu::read::{self, Options, reprints};
use tupu::schema::Schema;
use tupu::shard;

#[path = "common/parts.rs"]
mod parts;

use parts::{gathered, of_all, of_parts, run};

fn sample() -> Vec<Annotation> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/sample");
    let corpus = read::corpus(&[folder], &Options::default(), &mut |_| {});
    let annotator = Annotator::new(Schema::embedded().unwrap());
    corpus.found.iter().map(|found| annotator.annotate(&found.document)).collect()
}

/// Documents that tell of one another's entities.
fn tangled() -> Vec<Annotation> {
    let annotator = Annotator::new(Schema::embedded().unwrap());
    let texts = [
        "长江电子科技集团股份有限公司（以下简称“长江电子”）5日向武汉市第三医院捐赠口罩5000只。",
        "长江电子向武汉市第三医院捐赠医用防护口罩200只。据长江电子研究院介绍，口罩已经送到。",
        "云汀市地震局局长周宁在武汉市江岸区调研。周宁是云汀市地震局局长。云汀市地震局机关党委参加。",
        "云汀市地震局局长周宁说，长江电子科技集团股份有限公司向日本东京捐赠了医用外科口罩3000只。",
        "东京的一家医院收到口罩。云汀市地震局向北京市东城区胡家园社区捐赠医用防护服20件。",
        "胡家园社区在北京市东城区。北京胡家园社区收到糖尿病药品。患者得了2型糖尿病。",
        "上海市第一人民医院（以下简称“上海一院”）收到N95口罩5万只。上海一院院长王海燕表示感谢。",
        "上海一院院长王海燕说，湖北省武汉市江岸区收到口罩。",
    ];
    let document = |(at, text): (usize, &&str)| Document {
        id: format!("文/{at} \"<&>\t"),
        published: Some("2020-02-05".into()),
        text: (*text).to_owned(),
        ..Document::default()
    };
    texts.iter().enumerate().map(document).map(|document| annotator.annotate(&document)).collect()
}

/// Deals documents out to so many parts, the last ones first.
fn dealt(annotations: &[Annotation], parts: usize) -> Vec<Vec<Annotation>> {
    let mut dealt = vec![Vec::new(); parts];
    annotations.iter().rev().enumerate().for_each(|(at, annotation)| dealt[at % parts].push(annotation.clone()));
    dealt
}

#[test]
fn however_documents_are_dealt_out_the_lines_are_those_of_one_machine() {
    let schema = Schema::embedded().unwrap();
    for documents in [sample(), tangled()] {
        let one = of_all(&documents, &schema);
        for parts in [1, 2, 3, documents.len()] {
            let many = of_parts(&dealt(&documents, parts), &schema);
            let differ = one.iter().zip(&many).find(|(one, other)| one != other);
            assert_eq!((differ, many.len()), (None, one.len()), "{parts} parts");
        }
    }
}

#[test]
fn reprints_are_folded_where_all_that_share_a_sentence_are_together() {
    let mut documents = sample();
    for at in 0..4 {
        let mut print = documents[at * 3].clone();
        print.text = format!("来源：虹江社\n{}", print.text);
        (print.entities, print.facts) = (Vec::new(), Vec::new());
        print.id = format!("print-{at}");
        documents.push(print);
    }
    let lines = |documents: &[Annotation]| documents.iter().map(|one| one.to_json() + "\n").collect::<String>();
    let prints = dealt(&documents, 5).into_iter().map(|part| run(|out| shard::prints(lines(&part).as_bytes(), out)));
    let groups = run(|out| shard::groups(gathered(prints).as_bytes(), out));
    let grouped = |one: &Annotation| groups.contains(&format!("{{\"Document\":{}}}", serde_json::json!(one.id)));
    let (related, alone): (Vec<_>, Vec<_>) = documents.iter().cloned().partition(grouped);
    assert_eq!(related.len(), 8, "{groups}");
    let mut folded = run(|out| shard::fold(lines(&related).as_bytes(), out)) + &lines(&alone);
    let mut one = lines(&reprints::fold(documents));
    for lines in [&mut folded, &mut one] {
        let mut sorted: Vec<&str> = lines.lines().collect();
        sorted.sort_unstable();
        *lines = sorted.join("\n");
    }
    assert_eq!(folded, one);
}

#[test]
fn what_is_wrong_is_told_with_its_line() {
    let told = |input: &str| shard::gather(input.as_bytes(), &mut Vec::new()).unwrap_err().to_string();
    let here = "{\"Document\":\"a\"}\t\"Here\"\n";
    assert_eq!(told(&here.repeat(2)), "two documents have the id \"a\"; give each its own");
    assert!(told(&format!("{here}\nabc\n")).starts_with("line 3: "), "a line without a tab");
    assert!(told("{\"Nothing\":1}\t\"Here\"\n").starts_with("line 1: "));
    let told = shard::prints("\n{\"id\":1}\n".as_bytes(), &mut Vec::new()).unwrap_err().to_string();
    assert!(told.starts_with("line 2: "), "{told}");
}

#[test]
fn where_documents_tell_several_things_of_where_a_place_lies_the_fullest_holds() {
    let row = |document: &str, under: &str| {
        let about = r#"{"Site":{"Name":{"kind":"Place","name":"丰穗小区"}}}"#;
        format!("{about}\t{{\"Lies\":{{\"document\":\"{document}\",\"under\":[{under}]}}}}\n")
    };
    let (county, city) = (r#"{"Code":"420102"},{"Code":"420100"}"#, r#"{"Code":"420100"}"#);
    let told = [row("a", city), row("b", county), row("c", city)];
    assert_eq!(gathered(told.into_iter()), row("b", county));
    assert_eq!(gathered([row("a", city), row("c", city)].into_iter()), "", "what all say each knows");
}
