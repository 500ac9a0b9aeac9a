//! Names that a text defines: a full name and the short one that the same sentence gives it (…以下简称“…”) are one entity.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use rayon::prelude::*;
use serde::Deserialize;
use tupu::annotate::Annotator;
use tupu::document::Document;
use tupu::schema::Schema;

/// Of a hundred pairs of a full and a short name, so many at least are mentions of one entity.
const JOINED: usize = 90;

/// A text with pairs of a full and a short name, and where they stand: start and end of the full, then of the short one, in
/// code points.
#[derive(Deserialize)]
struct Case {
    text: String,
    pairs: Vec<[String; 2]>,
    spans: Vec<[usize; 4]>,
}

/// Of the pairs of a case, those that are mentions of one entity, and the others as told.
fn read(annotator: &Annotator, case: &Case) -> (usize, Vec<String>) {
    let document = Document { id: "d".into(), text: case.text.clone(), ..Document::default() };
    let annotation = annotator.annotate(&document);
    let entity = |start: usize, end: usize| {
        let is = |m: &tupu::span::CharSpan| (m.start, m.end) == (start, end);
        annotation.entities.iter().find(|e| e.mentions.iter().any(is)).map(|e| &e.id)
    };
    let mut missed = Vec::new();
    for ([full, short], span) in case.pairs.iter().zip(&case.spans) {
        let (full_is, short_is) = (entity(span[0], span[1]), entity(span[2], span[3]));
        if full_is.is_none() || full_is != short_is {
            missed.push(format!("{full}, {short}"));
        }
    }
    (case.pairs.len() - missed.len(), missed)
}

#[test]
fn a_full_name_and_the_short_one_that_the_text_gives_it_are_one() {
    let Some(folder) = std::env::var_os("TUPU_CORPUS") else {
        eprintln!("skipped: TUPU_CORPUS does not name the folder with the texts that define names");
        return;
    };
    let lines = fs::read_to_string(Path::new(&folder).join("aliases/alias_fullshort.jsonl")).unwrap();
    let mut cases: Vec<Case> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    // Some stand in it twice.
    let mut seen = HashSet::new();
    cases.retain(|case| seen.insert(case.text.clone()));
    let annotator = Annotator::new(Schema::embedded().unwrap());
    let (joined, missed): (Vec<usize>, Vec<Vec<String>>) = cases.par_iter().map(|case| read(&annotator, case)).unzip();
    let (joined, missed) = (joined.iter().sum::<usize>(), missed.concat());
    let pairs = joined + missed.len();
    println!("{joined} of {pairs} pairs are one entity; not so: {}", missed.join("; "));
    assert!(pairs > 0 && joined * 100 >= pairs * JOINED, "{joined} of {pairs} pairs are one entity only");
}
