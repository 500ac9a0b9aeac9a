//! What must come out of the article that the fact types were written by. The article is not part of the project:
//! the test takes it from the folder that `TUPU_GOLD` names and says so where it is not set.

use std::collections::BTreeSet;
use std::path::Path;

use tupu::annotate::Annotator;
use tupu::annotate::check::as_example;
use tupu::annotation::Annotation;
use tupu::schema::{ExampleFact, Schema};

/// Its facts of one type, or nothing where the gold is not at hand.
fn facts(kind: &str) -> Option<Vec<ExampleFact>> {
    let Some(folder) = std::env::var_os("TUPU_GOLD") else {
        eprintln!("skipped: TUPU_GOLD does not name the folder with the gold articles");
        return None;
    };
    let file = Path::new(&folder).join("dev.jsonl");
    let text = std::fs::read_to_string(&file).unwrap();
    let gold = Annotation::from_json(text.lines().next().unwrap()).unwrap();
    assert_eq!(gold.id, "shanghai-sti-2020-02-10");
    let annotation = Annotator::new(Schema::embedded().unwrap()).annotate(&gold.document());
    Some(annotation.facts.iter().filter(|f| f.kind == kind).map(|f| as_example(&annotation, f)).collect())
}

fn holds(facts: &[ExampleFact], roles: &[(&str, &[&str])]) -> bool {
    facts.iter().any(|fact| {
        roles.iter().all(|(role, fillers)| {
            let found: BTreeSet<&str> = fact.roles.get(*role).into_iter().flatten().map(String::as_str).collect();
            fillers.iter().all(|f| found.contains(f))
        })
    })
}

#[test]
fn the_donation_of_more_than_150000_masks() {
    let Some(facts) = facts("Donation") else { return };
    assert!(holds(&facts, &[("donor", &["泰坦科技有限公司"]), ("item", &["口罩 >150000只"])]), "{facts:#?}");
}

#[test]
fn the_supply_of_1539000_masks() {
    let Some(facts) = facts("Supply") else { return };
    assert!(holds(&facts, &[("supplier", &["泰坦科技有限公司"]), ("item", &["口罩 1539000只"])]), "{facts:#?}");
}

#[test]
fn the_supply_of_mice_to_three_recipients() {
    let Some(facts) = facts("Supply") else { return };
    let recipients = ["上海公共卫生临床中心", "上海市第六人民医院", "上海上药信谊药厂有限公司"];
    let expected: [(&str, &[&str]); 3] =
        [("supplier", &["上海实验动物研究中心"]), ("recipient", &recipients), ("item", &["抗疫动物实验用鼠"])];
    assert!(holds(&facts, &expected), "{facts:#?}");
}
