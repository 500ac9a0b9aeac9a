//! The sample corpus: its hand annotation fits the notices, and what is extracted from them comes near to it.

use std::collections::BTreeSet;
use std::path::Path;

use tupu::annotate::Annotator;
use tupu::annotation::Annotation;
use tupu::read::documents;
use tupu::schema::Schema;
use tupu::score::score;
use tupu::span::CodePoints;

fn read(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

fn gold() -> Vec<Annotation> {
    read("tests/cases/sample.gold.jsonl").lines().map(|line| Annotation::from_json(line).unwrap()).collect()
}

#[test]
fn every_notice_is_annotated_as_it_stands() {
    let gold = gold();
    for annotation in &gold {
        assert_eq!(annotation.text, read(&format!("data/sample/{}", annotation.id)), "{}", annotation.id);
        assert_eq!(annotation.text.lines().next(), annotation.title.as_deref(), "{}", annotation.id);
    }
    let files = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("data/sample")).unwrap();
    let names =
        files.map(|file| file.unwrap().file_name().into_string().unwrap()).filter(|name| name.ends_with(".txt"));
    assert_eq!(names.collect::<BTreeSet<_>>(), gold.iter().map(|a| a.id.clone()).collect());
}

#[test]
fn a_name_is_among_its_mentions_and_triggers_lie_in_their_evidence() {
    for annotation in gold() {
        let points = CodePoints::new(&annotation.text);
        for entity in &annotation.entities {
            let mut words =
                entity.mentions.iter().filter_map(|m| points.bytes(*m)).map(|span| span.of(&annotation.text));
            assert!(words.any(|word| word == entity.name), "{}: {}", annotation.id, entity.name);
        }
        for fact in &annotation.facts {
            let evidence = fact.evidence.unwrap();
            let inside = fact.trigger.is_none_or(|t| evidence.start <= t.start && t.end <= evidence.end);
            assert!(inside, "{}: {}", annotation.id, fact.id);
            assert!(fact.roles.len() >= 2, "{}: {}", annotation.id, fact.id);
        }
    }
}

#[test]
fn notices_share_an_entity() {
    let named = |name: &str| gold().iter().filter(|a| a.entities.iter().any(|e| e.name == name)).count();
    assert_eq!(named("泰坦科技有限公司"), 3);
    assert_eq!(named("上海市地震局"), 2);
}

#[test]
fn what_the_notices_state_is_found() {
    // The floors stand a little below what was reached, so that a step back shows and a step forward is free.
    const FLOORS: [(&str, f64); 3] = [("entities", 0.91), ("roles", 0.85), ("quantities", 0.94)];
    let annotator = Annotator::new(Schema::embedded().unwrap());
    let documents = documents(&[Path::new(env!("CARGO_MANIFEST_DIR")).join("data/sample")]).unwrap();
    let predicted: Vec<Annotation> = documents.iter().map(|document| annotator.annotate(document)).collect();
    let score = score(&gold(), &predicted).unwrap();
    for (figure, floor) in FLOORS {
        let f1 = score.tallies[figure].row().f1;
        assert!(f1 >= floor, "{figure}: F1 {f1:.3} is below {floor}; {} facts missed or made up", score.errors.len());
    }
}
