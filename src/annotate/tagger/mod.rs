//! Names of persons, organisations and places by learned weights.
//!
//! Every character of a sentence gets a label (see [`labels`]) by a conditional random field ([`chain`]) over features
//! of its characters, of jieba's words and of the lexicons ([`features`]). Asked are the likeliest names, and how likely
//! any stretch is one, so that the grammar's readings and these can be weighed against each other.

pub mod chain;
pub mod features;
pub mod labels;
mod letters;
pub mod model;
pub mod speech;

use chain::{Lattice, Row, WIDTH};
use features::Words;
use labels::Stand;
use letters::Letters;
use model::{Likely, Sum};
pub use model::{Model, ModelError};

use std::sync::Arc;

use crate::annotate::token::Token;
use crate::annotation::EntityType;
use crate::span::Span;

/// The version of the features that weights are learned for.
pub const VERSION: u32 = 1;

/// The weights that come with the program; `data/models/README.md` tells what they were learned from.
pub static EMBEDDED: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/models/tagger.bin"));

/// Finds names in sentences.
#[derive(Debug)]
pub struct Tagger {
    model: Model,
    letters: Letters,
    exponentials: [Row; WIDTH],
    words: Arc<Words>,
}

/// A name as found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Name {
    /// Where it stands.
    pub span: Span,
    /// What it names: a person, an organisation or a place.
    pub kind: EntityType,
    /// The probability, by the weights, of exactly this name, 0 to 1.
    pub confidence: f32,
}

/// What the weights say of one sentence.
#[derive(Debug)]
pub struct Reading<'a> {
    tagger: &'a Tagger,
    /// Where the characters begin, and the end of the last.
    bounds: Vec<usize>,
    lattice: Lattice,
    /// The likeliest names, in the order of the text.
    pub names: Vec<Name>,
}

impl Tagger {
    /// A tagger with the weights of a file.
    ///
    /// # Errors
    /// Bytes that are no such file.
    pub fn new(bytes: &[u8], words: Arc<Words>) -> Result<Self, ModelError> {
        let model = Model::from_bytes(bytes, VERSION, labels::transitions())?;
        Ok(Self { exponentials: model.transitions.exponentials(), letters: Letters::new(&model), model, words })
    }

    /// Reads the sentence that `tokens` cover.
    #[must_use]
    pub fn read(&self, text: &str, tokens: &[Token]) -> Reading<'_> {
        let bounds = bounds(text, tokens);
        let mut seen = Vec::with_capacity(bounds.len());
        features::each(text, tokens, &self.words, |features| {
            seen.push((self.letters.sum(&self.model, &features.letters), self.model.likely(&features.others)));
        });
        let score = |(mut sum, likely): (Sum, Likely)| {
            self.model.add(&likely, &mut sum);
            self.model.scores(&sum)
        };
        let scores: Vec<Row> = seen.into_iter().map(score).collect();
        let best = self.model.transitions.best(&scores);
        let mut lattice = Lattice::default();
        self.model.transitions.weigh(&self.exponentials, &scores, &mut lattice);
        let mut reading = Reading { tagger: self, bounds, lattice, names: Vec::new() };
        reading.names = reading.likeliest(&best);
        reading
    }
}

/// Where the characters of `tokens` begin, and the end of the last.
#[must_use]
pub fn bounds(text: &str, tokens: &[Token]) -> Vec<usize> {
    let starts = tokens.iter().flat_map(|t| t.span.of(text).char_indices().map(|(at, _)| t.span.start + at));
    starts.chain(tokens.last().map(|t| t.span.end)).collect()
}

impl Reading<'_> {
    /// The names that `best` spells.
    fn likeliest(&self, best: &[u8]) -> Vec<Name> {
        labels::names(best)
            .map(|(start, end, kind)| Name {
                span: Span::new(self.bounds[start], self.bounds[end]),
                kind: labels::TYPES[kind],
                confidence: self.path(start, end, kind),
            })
            .collect()
    }

    /// The probability that exactly `span` is a name of `kind`; 0 where it can be none.
    #[must_use]
    pub fn probability(&self, span: Span, kind: EntityType) -> f32 {
        let Some(kind) = labels::TYPES.iter().position(|k| *k == kind) else { return 0.0 };
        let at = |offset: usize| self.bounds.binary_search(&offset).ok();
        match (at(span.start), at(span.end)) {
            (Some(start), Some(end)) if start < end => self.path(start, end, kind),
            _ => 0.0,
        }
    }

    /// The least probability, over the characters of `span`, that one belongs to no name.
    #[must_use]
    pub fn outside(&self, span: Span) -> f32 {
        let first = |offset: usize| self.bounds.partition_point(|b| *b < offset).min(self.lattice.forward.len());
        let chars = first(span.start)..first(span.end);
        chars.map(|at| self.lattice.chance(at, labels::OUTSIDE)).fold(1.0, f32::min)
    }

    /// The probability of the labels of one name.
    fn path(&self, start: usize, end: usize, kind: usize) -> f32 {
        let Lattice { forward, backward, emission, scale } = &self.lattice;
        let exponentials = &self.tagger.exponentials;
        let first = labels::label(kind, if end == start + 1 { Stand::Only } else { Stand::First });
        let mut chance = match start.checked_sub(1) {
            Some(before) => (0..labels::COUNT).map(|l| forward[before][l] * exponentials[l][first]).sum::<f32>(),
            None => 1.0,
        };
        chance *= emission[start][first] / scale[start];
        let mut label = first;
        for at in start + 1..end {
            let next = labels::label(kind, if at + 1 == end { Stand::Last } else { Stand::Inner });
            chance *= exponentials[label][next] * emission[at][next] / scale[at];
            label = next;
        }
        (chance * backward[end - 1][label]).clamp(0.0, 1.0)
    }
}
