//! What is read as a name of a person, an organisation or a place: one sentence a kind of difficulty.

use tupu::annotate::Annotator;
use tupu::annotation::EntityType;
use tupu::document::Document;
use tupu::schema::Schema;

/// The names of a sentence, as the cases write them.
fn names(annotator: &Annotator, sentence: &str) -> String {
    let document = Document { id: "case".to_owned(), text: sentence.to_owned(), ..Document::default() };
    let annotation = annotator.annotate(&document);
    let mut names: Vec<(usize, String)> = Vec::new();
    for entity in &annotation.entities {
        let mark = match entity.kind {
            EntityType::Person => 'P',
            EntityType::Organization => 'O',
            EntityType::Place => 'L',
            _ => continue,
        };
        for mention in &entity.mentions {
            let words: String = sentence.chars().skip(mention.start).take(mention.end - mention.start).collect();
            // Pronouns and common nouns (医院, 该公司) are mentions and no names.
            if !["他", "医院", "公司"].contains(&words.as_str()) {
                names.push((mention.start, format!("{mark}:{words}")));
            }
        }
    }
    names.sort();
    names.into_iter().map(|(_, name)| name).collect::<Vec<_>>().join(" ")
}

#[test]
fn names_are_read_as_the_cases_say() {
    let annotator = Annotator::new(Schema::embedded().unwrap());
    let mut cases = 0;
    let mut wrong = Vec::new();
    for line in include_str!("cases/names.txt").lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
        let (sentence, expected) = line.split_once('\t').unwrap_or((line, ""));
        let found = names(&annotator, sentence);
        cases += 1;
        if found != expected {
            wrong.push(format!("{sentence}\n  expected {expected}\n  found    {found}"));
        }
    }
    assert!(cases > 30, "the cases were not read");
    assert!(wrong.is_empty(), "{} of {cases} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
