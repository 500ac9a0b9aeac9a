//! The trainer of the weights by which facts are judged.
//!
//! Two regressions one behind the other: what fills a role of a fact, and whether a trigger states it. The second sees
//! what the first says of articles that it did not learn from, as it will where it is used.

use std::fmt::Write;

use super::logistic::{Features, Names, probability, regress};
use crate::annotate::Annotator;
use crate::annotate::facts::Filled;
use crate::annotate::facts::ranker::proposal::{Candidate, Proposal};
use crate::annotate::facts::ranker::weights::{BETWEEN, Stage};
use crate::annotate::facts::ranker::{Weights, best, features};
use crate::annotate::odds::log_odds;
use crate::annotate::values::{Value, ValueKind};
use crate::annotation::{self, Annotation, Fact};
use crate::document::Document;
use crate::score::{self, Score, score};
use crate::span::{CodePoints, Span};

/// Keeps weights small that little speaks for.
const RIDGE_OF_FILLERS: f64 = 8.0;
const RIDGE_OF_FACTS: f64 = 4.0;
/// Features that stand less often are left out.
const LEAST: usize = 4;
/// Weights smaller than this are left out of the table.
const SMALL: f64 = 0.02;

/// What measuring told: figures over articles that the weights used were not learned from, and how often facts of a
/// confidence were right there.
#[derive(Debug)]
pub struct Measured {
    /// The figures.
    pub score: Score,
    /// The same without weights: what the grammar reads.
    pub grammar: Score,
}

/// An article with what the grammar proposes for it.
struct Article {
    document: Document,
    proposals: Vec<Labelled>,
}

struct Labelled {
    proposal: Proposal,
    stated: bool,
    /// What is known of every candidate, and whether it is right.
    candidates: Vec<(Features, bool)>,
}

/// Learns from articles: the table of weights, and what they reach on each of `folds` parts of the articles when learned
/// from the others.
pub fn train(gold: &[Annotation], annotator: &mut Annotator, folds: usize) -> (String, Measured) {
    // In the text that the stages read, whose bytes they count.
    let gold: Vec<Annotation> = gold.iter().map(Annotation::simplified).collect();
    let compare = |read: &[Annotation]| score(&gold, read).expect("the documents are those of gold");
    let folds = folds.clamp(2, gold.len().max(2));
    let mut names = Names::default();
    let articles: Vec<Article> = gold.iter().map(|g| label(g, annotator, &mut names)).collect();
    let read: Vec<Annotation> = articles.iter().map(|a| annotator.by_grammar(&a.document)).collect();
    let grammar = compare(&read);
    let mut judged = Vec::new();
    for fold in 0..folds {
        let (held, learn) = part(&articles.iter().collect::<Vec<_>>(), fold, folds);
        annotator.judge_by(Weights::parse(&table(&learn, &mut names, folds, None)));
        judged.extend(held.iter().map(|a| annotator.annotate(&a.document)));
    }
    let confidence = calibrate(&compare(&judged));
    let table = table(&articles.iter().collect::<Vec<_>>(), &mut names, folds, Some(confidence));
    let weights = Weights::parse(&table);
    for fact in judged.iter_mut().flat_map(|a| &mut a.facts) {
        fact.confidence = fact.confidence.map(|p| weights.confidence(p));
    }
    (table, Measured { score: compare(&judged), grammar })
}

/// One part of several, and the others.
fn part<'a>(articles: &[&'a Article], fold: usize, folds: usize) -> (Vec<&'a Article>, Vec<&'a Article>) {
    let (held, others): (Vec<_>, Vec<_>) = articles.iter().enumerate().partition(|(at, _)| at % folds == fold);
    let articles = |part: Vec<(usize, &&'a Article)>| part.into_iter().map(|(_, article)| *article).collect();
    (articles(held), articles(others))
}

/// The offset and slope that make of the confidence of facts the share of them that are right.
fn calibrate(score: &Score) -> (f64, f64) {
    let known = |confidence: f64| vec![(0, 1.0), (1, log_odds(confidence))];
    let cases: Vec<(Features, bool)> = score.confidences.iter().map(|(c, right)| (known(*c), *right)).collect();
    let rows: Vec<_> = cases.iter().map(|(features, right)| (features, *right)).collect();
    let weights = regress(&rows, 2, 1e-3, 1);
    (weights[0], weights[1])
}

/// Features by their numbers.
struct Numbered<'a> {
    names: &'a mut Names,
    features: Features,
}

impl features::Collect for Numbered<'_> {
    fn add(&mut self, parts: &[features::Part<'_>], value: f64) {
        let parts: Vec<&str> = parts.iter().map(|part| part.text).collect();
        if !parts.iter().any(|p| p.contains([BETWEEN, '\t', '\n', '\r'])) {
            self.features.push((self.names.number(parts.join(&BETWEEN.to_string())), value));
        }
    }
}

/// What `tell` tells, by numbers.
fn numbered(names: &mut Names, tell: impl FnOnce(&mut Numbered<'_>)) -> Features {
    let mut out = Numbered { names, features: Vec::new() };
    tell(&mut out);
    out.features
}

/// The weights learned from these articles.
fn table(articles: &[&Article], names: &mut Names, folds: usize, confidence: Option<(f64, f64)>) -> String {
    let fillers = |articles: &[&Article], names: &Names| {
        let stated = articles.iter().flat_map(|a| &a.proposals).filter(|l| l.stated);
        let rows: Vec<_> =
            stated.flat_map(|l| l.candidates.iter().map(|(features, right)| (features, *right))).collect();
        regress(&rows, names.len(), RIDGE_OF_FILLERS, LEAST)
    };
    let mut cases: Vec<(Features, bool)> = Vec::new();
    for fold in 0..folds {
        let (held, others) = part(articles, fold, folds);
        let weights = fillers(&others, names);
        let proposals = held.iter().flat_map(|a| a.proposals.iter().map(|l| (&a.document.text, l)));
        for (text, Labelled { proposal, stated, candidates }) in proposals {
            let fill: Vec<f64> = candidates.iter().map(|(features, _)| probability(&weights, features)).collect();
            let known = numbered(names, |out| features::fact(text, proposal, &best(proposal, &fill), out));
            cases.push((known, *stated));
        }
    }
    let rows: Vec<_> = cases.iter().map(|(features, right)| (features, *right)).collect();
    let facts = regress(&rows, names.len(), RIDGE_OF_FACTS, LEAST);
    let fillers = fillers(articles, names);
    let mut out = String::from("# stage, feature, weight; written by `tupu train facts`\n");
    for (stage, weights) in [(Stage::Filler, fillers), (Stage::Fact, facts)] {
        for (name, weight) in names.sorted(&weights).into_iter().filter(|(_, w)| w.abs() >= SMALL) {
            let _ = writeln!(out, "{}\t{name}\t{weight:.3}", stage.name());
        }
    }
    if let Some((offset, slope)) = confidence {
        let _ = writeln!(out, "{0}\toffset\t{offset:.3}\n{0}\tslope\t{slope:.3}", Stage::Confidence.name());
    }
    out
}

/// What of the grammar's proposals is right.
fn label(gold: &Annotation, annotator: &Annotator, names: &mut Names) -> Article {
    let document = gold.document();
    let (proposals, values) = annotator.proposals(&document);
    let judge = Judge { gold, points: CodePoints::new(&gold.text), values };
    let proposals = proposals.into_iter().map(|p| judge.labelled(p, names)).collect();
    Article { document, proposals }
}

/// Knows what is right in one article.
struct Judge<'a> {
    gold: &'a Annotation,
    points: CodePoints,
    values: Vec<Value>,
}

impl Judge<'_> {
    fn labelled(&self, proposal: Proposal, names: &mut Names) -> Labelled {
        let facts: Vec<&Fact> = self.gold.facts.iter().filter(|f| self.states(&proposal, f)).collect();
        let known = |c: &Candidate| {
            let right = facts.iter().any(|f| self.fills(c, f));
            (numbered(names, |out| features::candidate(&self.gold.text, &proposal, c, out)), right)
        };
        let candidates = proposal.candidates.iter().map(known).collect();
        Labelled { stated: !facts.is_empty(), proposal, candidates }
    }

    fn bytes(&self, span: crate::span::CharSpan) -> Span {
        self.points.bytes(span).unwrap_or_default()
    }

    /// Whether the proposal is of this fact: by its trigger, else by a filler near its evidence.
    fn states(&self, proposal: &Proposal, fact: &Fact) -> bool {
        if fact.kind != proposal.frame {
            return false;
        }
        if proposal.trigger.zip(fact.trigger).is_some_and(|(ours, theirs)| ours.overlaps(self.bytes(theirs))) {
            return true;
        }
        let near = |span: Span| fact.evidence.is_some_and(|e| self.bytes(e).overlaps(span));
        let read = proposal.drafts.iter();
        read.filter(|d| near(d.evidence))
            .flat_map(|d| &d.fillers)
            .filter(|f| fact.roles.iter().any(|r| r.role == f.role && self.same(&f.what, f.span, r)))
            .count()
            >= 2
    }

    fn fills(&self, candidate: &Candidate, fact: &Fact) -> bool {
        let filler = &candidate.filler;
        fact.roles.iter().any(|r| r.role == filler.role && self.same(&filler.what, filler.span, r))
    }

    fn same(&self, what: &Filled, span: Span, gold: &annotation::Filler) -> bool {
        let number = |value: f64, unit: &str| match &gold.value {
            Some(annotation::Value::Quantity(q)) => {
                q.value == value && q.currency.as_deref().or(q.unit.as_deref()) == Some(unit)
            }
            _ => false,
        };
        let words = |words: &str| match &gold.value {
            Some(annotation::Value::Text(text)) => score::close(text, words),
            _ => false,
        };
        match what {
            Filled::Mention(..) => {
                let entity = self.gold.entities.iter().find(|e| Some(&e.id) == gold.entity.as_ref());
                let chars = self.points.chars(span);
                entity.is_some_and(|e| e.mentions.iter().any(|m| score::overlap(*m, chars) >= 0.5))
            }
            Filled::Value(at) => match &self.values[*at].kind {
                ValueKind::Time(time) => gold.value == Some(annotation::Value::Text(time.clone())),
                ValueKind::Money { value, currency, .. } => number(*value, currency),
                ValueKind::Count { value, unit, .. } => number(*value, unit),
            },
            Filled::Text => words(span.of(&self.gold.text)),
            Filled::Words(text) => words(text),
            Filled::Count(value, unit) => number(*value, unit),
        }
    }
}
