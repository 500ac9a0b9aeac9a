//! The trainer of the weights by which readings as names are judged: a logistic
//! regression (`logistic`).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::logistic::{Features, regress};
use crate::annotate::Annotator;
use crate::annotate::mentions::weigh::{Evidence, MEASURES, OF_SOURCE};
use crate::annotate::tagger::labels::TYPES;
use crate::annotation::{Annotation, EntityType};
use crate::span::{CodePoints, Span};

/// Keeps weights small that little speaks for.
const RIDGE: f64 = 1.0;

/// Names as start, end and type.
type Names = BTreeSet<(usize, usize, EntityType)>;

/// A weight's name: type, source (`-` for none), what is measured.
type Name = (EntityType, String, &'static str);

/// Learns from articles and gives the table of weights. Readings that lie inside something else that the article
/// mentions (the country in a conference's name) teach nothing: they are right as names and lose to the whole.
#[must_use]
pub fn train(articles: &[Annotation], annotator: &Annotator) -> String {
    let mut rows = Vec::new();
    // In the text that the stages read, whose bytes they count.
    for article in articles.iter().map(Annotation::simplified) {
        let (right, others) = mentions(&article);
        let document = article.document();
        for evidence in annotator.evidence(&document) {
            let span = (evidence.span.start, evidence.span.end);
            let inside = others.iter().any(|(start, end)| *start <= span.0 && span.1 <= *end);
            if !inside {
                rows.push((named(&evidence), right.contains(&(span.0, span.1, evidence.kind))));
            }
        }
    }
    table(&rows)
}

/// Spans in bytes: of names with their types, and of everything else.
fn mentions(article: &Annotation) -> (Names, Vec<(usize, usize)>) {
    let points = CodePoints::new(&article.text);
    let (mut names, mut others) = (BTreeSet::new(), Vec::new());
    for entity in &article.entities {
        for mention in &entity.mentions {
            let Some(Span { start, end }) = points.bytes(*mention) else { continue };
            if TYPES.contains(&entity.kind) {
                names.insert((start, end, entity.kind));
            } else {
                others.push((start, end));
            }
        }
    }
    (names, others)
}

fn named(evidence: &Evidence) -> Vec<(Name, f64)> {
    let of_source = OF_SOURCE.into_iter().zip([1.0, evidence.odds]);
    let source = of_source.map(|(name, value)| ((evidence.kind, evidence.source.to_owned(), name), value));
    let measures = MEASURES.into_iter().zip(evidence.measures);
    source.chain(measures.map(|(name, value)| ((evidence.kind, "-".to_owned(), name), value))).collect()
}

fn table(rows: &[(Vec<(Name, f64)>, bool)]) -> String {
    let names: BTreeSet<&Name> = rows.iter().flat_map(|(row, _)| row.iter().map(|(name, _)| name)).collect();
    let index: BTreeMap<&Name, usize> = names.iter().enumerate().map(|(at, name)| (*name, at)).collect();
    let cases: Vec<(Features, bool)> = rows
        .iter()
        .map(|(row, right)| (row.iter().map(|(name, value)| (index[name], *value)).collect(), *right))
        .collect();
    let rows: Vec<_> = cases.iter().map(|(features, right)| (features, *right)).collect();
    let weights = regress(&rows, names.len(), RIDGE, 1);
    let mut out =
        String::from("# type, source (- for none), what is measured, weight; written by `tupu train readings`\n");
    for ((kind, source, measure), weight) in names.iter().zip(weights) {
        let _ = writeln!(out, "{}\t{source}\t{measure}\t{weight:.3}", kind.name());
    }
    out
}
