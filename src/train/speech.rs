//! The trainer of parts of speech: multinomial logistic regression by stochastic gradient ascent, one thread, one order.

use rustc_hash::FxHashMap;

use super::tagger::{Config, Learned, Progress, Random, largest};
use crate::annotate::tagger::Model;
use crate::annotate::tagger::chain::{Row, WIDTH};
use crate::annotate::tagger::features::Words;
use crate::annotate::tagger::speech::{FEATURES, LABELS, features, probabilities, transitions};
use crate::annotate::token::{Pos, Segmenter};
use crate::lexicon::Lexicon;
use crate::read::columns::Tagged;
use crate::span::Span;

/// Learns from sentences with tagged words. Words that the segmenter cuts otherwise teach nothing.
#[must_use]
pub fn train(
    sentences: &[Tagged],
    segmenter: &Segmenter,
    lexicon: &Lexicon,
    config: &Config,
    progress: &mut dyn FnMut(Progress),
) -> Model {
    let words = Words::new(lexicon);
    let total = sentences.len() * (config.epochs + 1);
    let mut done = 0;
    let mut counts: FxHashMap<u32, u32> = FxHashMap::default();
    let mut rows: FxHashMap<u32, Learned> = FxHashMap::default();
    let mut order: Vec<usize> = (0..sentences.len()).collect();
    let mut random = Random(config.seed);
    for epoch in 0..=config.epochs {
        if epoch > 0 {
            random.shuffle(&mut order);
        }
        for at in &order {
            for (keys, right) in examples(&sentences[*at], segmenter, &words) {
                if epoch == 0 {
                    keys.iter().for_each(|key| *counts.entry(*key).or_default() += 1);
                    continue;
                }
                let known = |key: &&u32| counts.get(key).is_some_and(|n| *n >= u32::from(config.least));
                let mut score: Row = [0.0; WIDTH];
                for key in keys.iter().filter(known) {
                    let row = rows.entry(*key).or_default();
                    score.iter_mut().zip(&row.weights).for_each(|(sum, w)| *sum += w);
                }
                let mut gradient = probabilities(&score).map(|p| -p);
                gradient[right] += 1.0;
                if gradient.iter().any(|g| g.abs() > 1e-2) {
                    for key in keys.iter().filter(known) {
                        rows.entry(*key).or_default().step(&gradient);
                    }
                }
            }
            done += 1;
            progress(Progress { done, total });
        }
    }
    let mut rows: Vec<(u32, Row)> = rows.into_iter().map(|(key, row)| (key, row.weights)).collect();
    rows.sort_by(|(a, x), (b, y)| largest(y).total_cmp(&largest(x)).then(a.cmp(b)));
    rows.truncate(config.size);
    Model::new(transitions(), &rows)
}

/// The features of the words that the segmenter cuts as the sentence has them, with the labels.
fn examples(sentence: &Tagged, segmenter: &Segmenter, words: &Words) -> Vec<([u32; FEATURES], usize)> {
    let text = sentence.text.as_str();
    let tokens = segmenter.tokens(text, Span::new(0, text.len()));
    let mut keys = Vec::new();
    features(text, &tokens, words, |_| true, &mut keys);
    let mut out = Vec::new();
    for (token, keys) in tokens.iter().zip(keys) {
        let found = sentence.words.binary_search_by_key(&token.span.start, |(span, _)| span.start);
        let Some((span, tag)) = found.ok().map(|at| &sentence.words[at]) else { continue };
        if *span == token.span {
            out.extend(keys.zip(label(tag)));
        }
    }
    out
}

/// The label of a tag: those of ICTCLAS and LAC in small letters, those of names, and the universal ones.
fn label(tag: &str) -> Option<usize> {
    let pos = match tag {
        "PER" => Pos::Person,
        "LOC" => Pos::Place,
        "ORG" => Pos::Organization,
        "TIME" => Pos::Time,
        "NOUN" => Pos::Noun,
        "VERB" | "AUX" => Pos::Verb,
        "ADJ" => Pos::Adjective,
        "ADV" => Pos::Adverb,
        "CCONJ" => Pos::Conjunction,
        "NUM" => Pos::Number,
        "PRON" | "DET" => Pos::Pronoun,
        "PART" => Pos::Particle,
        _ if tag.starts_with(|c: char| c.is_ascii_lowercase()) => Pos::from_tag(if tag == "xc" { "u" } else { tag }),
        _ => return None,
    };
    LABELS.iter().position(|p| *p == pos)
}

/// How many of the words that the segmenter cuts as the sentences have them get their tag, and how many there are.
#[must_use]
pub fn evaluate(model: &Model, sentences: &[Tagged], segmenter: &Segmenter, lexicon: &Lexicon) -> (usize, usize) {
    let words = Words::new(lexicon);
    let (mut right, mut all) = (0, 0);
    for sentence in sentences {
        for (keys, label) in examples(sentence, segmenter, &words) {
            let score = model.score(&keys);
            let best = (0..WIDTH).fold(0, |best, label| if score[label] > score[best] { label } else { best });
            all += 1;
            right += usize::from(best == label);
        }
    }
    (right, all)
}
