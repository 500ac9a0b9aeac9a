//! The trainer of the name tagger: a conditional random field by stochastic gradient ascent.
//!
//! The likelihood of the labels is raised sentence by sentence, in an order that a seed sets, with the step sizes of
//! AdaGrad (Duchi, Hazan and Singer 2011). Features are looked for anew in every pass, so memory holds the texts and the
//! weights only. One thread, one order of sums: the same input gives the same weights.

// Several rows run in step by their labels: an index says so where a zip of four would hide it.
#![allow(clippy::needless_range_loop)]

use rustc_hash::FxHashMap;

use crate::annotate::tagger::chain::{Lattice, Row, Transitions, WIDTH};
use crate::annotate::tagger::features::{self, FEATURES, Words};
use crate::annotate::tagger::{self, Model, labels};
use crate::annotate::token::{Segmenter, Token};
use crate::lexicon::Lexicon;
use crate::read::columns::Labelled;
use crate::span::Span;

/// How to learn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Config {
    /// How often every sentence is looked at.
    pub epochs: usize,
    /// Features that stand less often than this are left out, 1 to 255.
    pub least: u8,
    /// How many features are kept at most: those of the largest weights.
    pub size: usize,
    /// What sets the order of the sentences.
    pub seed: u64,
}

impl Default for Config {
    fn default() -> Self {
        Self { epochs: 2, least: 3, size: 700_000, seed: 1 }
    }
}

/// How far learning has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Sentences looked at, over all passes.
    pub done: usize,
    /// Those there will be.
    pub total: usize,
}

/// The first step of a weight; later ones shrink by what it has moved.
const RATE: f32 = 0.1;
/// Counters of features, by the head of their hash: two that share one are counted together.
const COUNTERS: u32 = 28;

/// A feature extractor with everything that it needs.
#[derive(Debug)]
pub struct Extractor<'a> {
    segmenter: &'a Segmenter,
    words: Words,
}

impl<'a> Extractor<'a> {
    /// One that cuts words by `segmenter`.
    #[must_use]
    pub fn new(segmenter: &'a Segmenter, lexicon: &Lexicon) -> Self {
        Self { segmenter, words: Words::new(lexicon) }
    }

    fn tokens(&self, text: &str) -> Vec<Token> {
        self.segmenter.tokens(text, Span::new(0, text.len()))
    }

    /// The keys and the right labels of a sentence; `None` where the names cannot be labelled.
    fn extract(&self, sentence: &Labelled, keys: &mut Vec<[u32; FEATURES]>) -> Option<Vec<u8>> {
        let tokens = self.tokens(&sentence.text);
        features::names(&sentence.text, &tokens, &self.words, keys);
        gold(sentence, &tokens).filter(|labels| !labels.is_empty())
    }
}

/// The right labels of the characters of `tokens`.
fn gold(sentence: &Labelled, tokens: &[Token]) -> Option<Vec<u8>> {
    let bounds = tagger::bounds(&sentence.text, tokens);
    let at = |offset: usize| bounds.binary_search(&offset).ok();
    let mut names = Vec::new();
    for (span, kind) in &sentence.names {
        let kind = labels::TYPES.iter().position(|k| k == kind)?;
        names.push((at(span.start)?, at(span.end)?, kind));
    }
    labels::of_names(bounds.len().saturating_sub(1), &names)
}

/// Learns from `sentences`; a sentence that stands twice weighs twice.
#[must_use]
pub fn train(
    sentences: &[Labelled],
    extractor: &Extractor<'_>,
    config: &Config,
    progress: &mut dyn FnMut(Progress),
) -> Model {
    let total = sentences.len() * (config.epochs + 1);
    let mut done = 0;
    let mut tick = |progress: &mut dyn FnMut(Progress)| {
        done += 1;
        progress(Progress { done, total });
    };
    let mut keys = Vec::new();
    let mut counts = vec![0_u8; 1 << COUNTERS];
    for sentence in sentences {
        if extractor.extract(sentence, &mut keys).is_some() {
            for key in keys.iter().flatten() {
                let count = &mut counts[(*key >> (32 - COUNTERS)) as usize];
                *count = count.saturating_add(1);
            }
        }
        tick(progress);
    }
    let mut weights = Weights { least: config.least, counts, ..Weights::new() };
    let mut order: Vec<usize> = (0..sentences.len()).collect();
    let mut random = Random(config.seed);
    for _ in 0..config.epochs {
        random.shuffle(&mut order);
        for at in &order {
            if let Some(labels) = extractor.extract(&sentences[*at], &mut keys) {
                weights.learn(&keys, &labels);
            }
            tick(progress);
        }
    }
    weights.model(config.size)
}

/// Weights while they are learned.
struct Weights {
    least: u8,
    counts: Vec<u8>,
    ids: FxHashMap<u32, u32>,
    rows: Vec<Learned>,
    transitions: Transitions,
    moved: [Row; WIDTH],
    lattice: Lattice,
}

/// A row of weights, and for each the squares of the gradients that moved it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Learned {
    pub weights: Row,
    moved: Row,
}

impl Default for Learned {
    fn default() -> Self {
        Self { weights: [0.0; WIDTH], moved: [1.0; WIDTH] }
    }
}

impl Weights {
    fn new() -> Self {
        Self {
            least: 1,
            counts: Vec::new(),
            ids: FxHashMap::default(),
            rows: Vec::new(),
            transitions: labels::transitions(),
            moved: [[0.0; WIDTH]; WIDTH],
            lattice: Lattice::default(),
        }
    }

    fn learn(&mut self, keys: &[[u32; FEATURES]], labels: &[u8]) {
        let mut ids: Vec<u32> = Vec::with_capacity(keys.len() * FEATURES);
        let mut ends = Vec::with_capacity(keys.len());
        let mut scores = Vec::with_capacity(keys.len());
        for keys in keys {
            let start = ids.len();
            for key in keys {
                if self.counts[(*key >> (32 - COUNTERS)) as usize] >= self.least {
                    let next = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
                    let id = *self.ids.entry(*key).or_insert(next);
                    if id == next {
                        self.rows.push(Learned::default());
                    }
                    ids.push(id);
                }
            }
            ends.push(ids.len());
            let mut score = [0.0; WIDTH];
            for id in &ids[start..] {
                for (sum, weight) in score.iter_mut().zip(&self.rows[*id as usize].weights) {
                    *sum += weight;
                }
            }
            scores.push(score);
        }
        let exponentials = self.transitions.exponentials();
        self.transitions.weigh(&exponentials, &scores, &mut self.lattice);
        let mut start = 0;
        for (at, end) in ends.iter().enumerate() {
            let mut gradient = self.lattice.at(at).map(|p| -p);
            gradient[usize::from(labels[at])] += 1.0;
            // What is as good as learned moves nothing.
            if gradient.iter().any(|g| g.abs() > 1e-3) {
                for id in &ids[start..*end] {
                    self.rows[*id as usize].step(&gradient);
                }
            }
            start = *end;
        }
        self.learn_transitions(&exponentials, labels);
    }

    fn learn_transitions(&mut self, exponentials: &[Row; WIDTH], right: &[u8]) {
        let mut gradient = [[0.0; WIDTH]; WIDTH];
        let Lattice { forward, backward, emission, scale } = &self.lattice;
        for at in 1..right.len() {
            gradient[usize::from(right[at - 1])][usize::from(right[at])] += 1.0;
            for a in 0..labels::COUNT {
                let base = forward[at - 1][a] / scale[at];
                for b in 0..labels::COUNT {
                    gradient[a][b] -= base * exponentials[a][b] * emission[at][b] * backward[at][b];
                }
            }
        }
        for a in 0..labels::COUNT {
            for b in 0..labels::COUNT {
                if self.transitions.scores[a][b] > f32::NEG_INFINITY {
                    let g = gradient[a][b];
                    self.moved[a][b] += g * g;
                    self.transitions.scores[a][b] += RATE * g / (1.0 + self.moved[a][b]).sqrt();
                }
            }
        }
    }

    fn model(self, size: usize) -> Model {
        let mut rows: Vec<(u32, Row)> =
            self.ids.iter().map(|(key, id)| (*key, self.rows[*id as usize].weights)).collect();
        rows.sort_by(|(a, x), (b, y)| largest(y).total_cmp(&largest(x)).then(a.cmp(b)));
        rows.truncate(size);
        Model::new(self.transitions, &rows)
    }
}

/// The largest weight of a row, whatever its sign.
pub(super) fn largest(row: &Row) -> f32 {
    row.iter().fold(0.0, |max, w| max.max(w.abs()))
}

impl Learned {
    pub fn step(&mut self, gradient: &Row) {
        for label in 0..WIDTH {
            self.moved[label] += gradient[label] * gradient[label];
            self.weights[label] += RATE * gradient[label] / self.moved[label].sqrt();
        }
    }
}

/// A linear congruential generator with Knuth's constants: enough to mix an order.
pub(super) struct Random(pub u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % limit
    }

    pub fn shuffle(&mut self, order: &mut [usize]) {
        for at in (1..order.len()).rev() {
            order.swap(at, self.below(at + 1));
        }
    }
}

/// How many names of a type are right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Names that are right in span and type.
    pub right: usize,
    /// Names found.
    pub found: usize,
    /// Names there are.
    pub there: usize,
}

/// Holds what a model finds in sentences against what is right, type by type in the order of [`labels::TYPES`].
#[must_use]
pub fn evaluate(model: &Model, sentences: &[Labelled], extractor: &Extractor<'_>) -> [Tally; labels::TYPES.len()] {
    let mut out = [Tally::default(); labels::TYPES.len()];
    let mut keys = Vec::new();
    for sentence in sentences {
        let tokens = extractor.tokens(&sentence.text);
        let Some(right) = gold(sentence, &tokens) else { continue };
        features::names(&sentence.text, &tokens, &extractor.words, &mut keys);
        let scores: Vec<Row> = keys.iter().map(|keys| model.score(keys)).collect();
        let right: Vec<_> = labels::names(&right).collect();
        for name in labels::names(&model.transitions.best(&scores)) {
            out[name.2].found += 1;
            out[name.2].right += usize::from(right.contains(&name));
        }
        for name in right {
            out[name.2].there += 1;
        }
    }
    out
}
