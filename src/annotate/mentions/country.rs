//! Countries in a character each, where they act together: 中德确立伙伴关系, 中俄两国, 斯日印三方.

use std::ops::Range;

use super::{Candidate, Kind, View};
use crate::annotate::token::{Pos, Token};
use crate::annotation::EntityType;
use crate::lexicon::Lexicon;
use crate::span::Span;

/// What a mention of this kind says of where it comes from.
pub(crate) const SOURCE: &str = "country in a character";
/// No more countries than these are written so.
const MOST: usize = 4;

/// Parts the words that are countries in a character each, where they act.
pub(crate) fn part(text: &str, tokens: &mut Vec<Token>, lexicon: &Lexicon, states: impl Fn(&str) -> bool) {
    let mut at = 0;
    while at < tokens.len() {
        let Token { span, .. } = tokens[at];
        let word = span.of(text);
        // 印尼 is one country.
        let known = || lexicon.places.get(word).is_some_and(|p| p.kind == "country" || p.kind == "region");
        let whole = are_countries(lexicon, word) && word.chars().count() > 1 && !known();
        if whole && tokens.get(at + 1).is_some_and(|next| lets_act(text, lexicon, next, &states)) {
            let parts: Vec<Token> = word
                .char_indices()
                .map(|(from, c)| {
                    let start = span.start + from;
                    Token { span: Span::new(start, start + c.len_utf8()), pos: Pos::Abbreviation, known: true }
                })
                .collect();
            let more = parts.len();
            tokens.splice(at..=at, parts);
            at += more;
        } else {
            at += 1;
        }
    }
}

/// Proposes each country of a row of them that acts.
pub(crate) fn propose(view: &View<'_>, out: &mut Vec<Candidate>) {
    let kind = Kind::Entity(EntityType::Place);
    for row in rows(view) {
        out.extend(row.map(|at| Candidate { tokens: at..at + 1, kind, named: false, source: SOURCE, worth: 2.0 }));
    }
}

fn rows(view: &View<'_>) -> Vec<Range<usize>> {
    let single = |at: usize| view.word(at).chars().count() == 1 && are_countries(view.lexicon, view.word(at));
    let mut out = Vec::new();
    let mut at = 0;
    while at < view.tokens.len() {
        let end = (at..view.tokens.len()).find(|n| !single(*n)).unwrap_or(view.tokens.len());
        let states = |word: &str| view.triggers.contains(word);
        let acts = || view.tokens.get(end).is_some_and(|next| lets_act(view.text, view.lexicon, next, &states));
        if (2..=MOST).contains(&(end - at)) && acts() {
            out.push(at..end);
        }
        at = end.max(at + 1);
    }
    out
}

pub(super) fn are_countries(lexicon: &Lexicon, word: &str) -> bool {
    lexicon.are_countries(word)
}

/// Whether the word behind a row of countries says that they act, or counts them: 两国, 三方.
fn lets_act(text: &str, lexicon: &Lexicon, next: &Token, states: &impl Fn(&str) -> bool) -> bool {
    let word = next.span.of(text);
    lexicon.is("sides", word) || states(word) || matches!(next.pos, Pos::Adverb | Pos::Preposition | Pos::Verb)
}
