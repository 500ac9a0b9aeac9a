//! Parts of speech of words by learned weights, where the dictionary knows one tag a word or none.
//!
//! Each word is judged by itself, by multinomial logistic regression over the words and dictionary tags around it: the
//! chain of labels, which decides where names end, adds nothing to words whose bounds are settled.

use std::sync::Arc;

use super::chain::{Row, Transitions, WIDTH};
use super::features::{Words, key, word_hash};
use super::model::{Likely, Sum};
use super::{Model, ModelError};
use crate::annotate::token::{Pos, Token};

/// Features of one word.
pub const FEATURES: usize = 20;
/// The version of those features.
pub const VERSION: u32 = 1;

/// The weights that come with the program; `data/models/README.md` tells what they were learned from.
pub static EMBEDDED: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/models/speech.bin"));

/// The parts of speech that are told apart, in the order of their labels.
pub const LABELS: [Pos; WIDTH] = [
    Pos::Noun,
    Pos::VerbNoun,
    Pos::Verb,
    Pos::Adjective,
    Pos::Adverb,
    Pos::Preposition,
    Pos::Conjunction,
    Pos::Number,
    Pos::Measure,
    Pos::Pronoun,
    Pos::Time,
    Pos::Locality,
    Pos::Particle,
    Pos::Person,
    Pos::Place,
    Pos::Organization,
];

/// Tells parts of speech.
#[derive(Debug)]
pub struct Speech {
    model: Model,
    words: Arc<Words>,
}

/// Any label may follow any other, and none is gladder to.
#[must_use]
pub fn transitions() -> Transitions {
    Transitions { labels: WIDTH, scores: [[0.0; WIDTH]; WIDTH], starts: [true; WIDTH], ends: [true; WIDTH] }
}

impl Speech {
    /// With the weights of a file.
    ///
    /// # Errors
    /// Bytes that are no such file.
    pub fn new(bytes: &[u8], words: Arc<Words>) -> Result<Self, ModelError> {
        Ok(Self { model: Model::from_bytes(bytes, VERSION, transitions())?, words })
    }

    /// The likeliest part of speech of every token that is `asked` for, with its probability.
    #[must_use]
    pub fn read(&self, text: &str, tokens: &[Token], asked: impl Fn(&Token) -> bool) -> Vec<Option<(Pos, f32)>> {
        let mut keys = Vec::new();
        features(text, tokens, &self.words, asked, &mut keys);
        let likely: Vec<Option<Likely>> =
            keys.iter().map(|keys| keys.as_ref().map(|keys| self.model.likely(keys))).collect();
        let likeliest = |likely: Likely| {
            let mut sum = Sum::default();
            self.model.add(&likely, &mut sum);
            let chances = probabilities(&self.model.scores(&sum));
            let best = (0..WIDTH).fold(0, |best, label| if chances[label] > chances[best] { label } else { best });
            (LABELS[best], chances[best])
        };
        likely.into_iter().map(|likely| likely.map(likeliest)).collect()
    }
}

/// Probabilities of scores (softmax).
#[must_use]
pub fn probabilities(scores: &Row) -> Row {
    let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut out = scores.map(|s| (s - top).exp());
    let sum: f32 = out.iter().sum();
    out.iter_mut().for_each(|p| *p /= sum);
    out
}

/// The features of the `tokens` that are `asked` for, [`FEATURES`] a token.
pub fn features(
    text: &str,
    tokens: &[Token],
    words: &Words,
    asked: impl Fn(&Token) -> bool,
    out: &mut Vec<Option<[u32; FEATURES]>>,
) {
    out.clear();
    struct Seen {
        word: u32,
        class: u32,
        first: u32,
        last: u32,
        head: u32,
        tail: u32,
        length: u32,
    }
    let seen: Vec<Seen> = tokens
        .iter()
        .map(|token| {
            let word = token.span.of(text);
            let letters = word.chars().count();
            let cut = |n: usize| word.char_indices().nth(n).map_or(word.len(), |(at, _)| at);
            let (first, last) = (&word[..cut(1)], &word[cut(letters.saturating_sub(1))..]);
            Seen {
                word: word_hash(word),
                class: words.class(word, token),
                first: word_hash(first),
                last: word_hash(last),
                head: word_hash(&word[..cut(2)]),
                tail: word_hash(&word[cut(letters.saturating_sub(2))..]),
                length: u32::try_from(letters.min(5)).unwrap_or(5),
            }
        })
        .collect();
    let edge = Seen { word: 1, class: 1 << 20, first: 1, last: 1, head: 1, tail: 1, length: 0 };
    for (at, token) in tokens.iter().enumerate() {
        if !asked(token) {
            out.push(None);
            continue;
        }
        let near = |by: isize| at.checked_add_signed(by).and_then(|at| seen.get(at)).unwrap_or(&edge);
        let (a, b, c, d, e) = (near(-2), near(-1), near(0), near(1), near(2));
        out.push(Some([
            key(100, &[c.word]),
            key(101, &[b.word]),
            key(102, &[d.word]),
            key(103, &[b.word, c.word]),
            key(104, &[c.word, d.word]),
            key(105, &[c.class]),
            key(106, &[b.class, c.class]),
            key(107, &[c.class, d.class]),
            key(108, &[b.class, c.class, d.class]),
            key(109, &[b.class, c.word]),
            key(110, &[c.word, d.class]),
            key(111, &[c.class, d.word]),
            key(112, &[b.word, c.class]),
            key(113, &[c.first, c.length]),
            key(114, &[c.last, c.length]),
            key(115, &[c.head, c.tail]),
            key(116, &[a.class, b.class, c.class]),
            key(117, &[c.class, d.class, e.class]),
            key(118, &[b.last, c.class, d.first]),
            key(119, &[b.class, c.tail, d.class]),
        ]));
    }
}
