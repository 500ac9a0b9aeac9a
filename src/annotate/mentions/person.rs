//! Persons: a surname and a given name, or the characters that spell foreign names, in a context that speaks for it.

use std::ops::Range;

use super::{Candidate, Kind, View};
use crate::annotate::token::Pos;
use crate::annotation::EntityType;
use crate::lexicon::has_suffix;
use crate::span::Span;

/// Worth of a name whose context leaves no doubt.
pub(crate) const SURE: f64 = 1.2;

/// A stretch of words that has the shape of a person's name, or a personal pronoun.
#[derive(Debug)]
pub(crate) struct Shape {
    candidate: Candidate,
    span: Span,
    /// Whether the context speaks for it by itself.
    likely: bool,
}

impl Shape {
    /// The name, where the context leaves no doubt that it is one.
    pub fn sure<'a>(&self, text: &'a str) -> Option<&'a str> {
        (self.likely && self.candidate.worth >= SURE).then(|| self.span.of(text))
    }
}

pub(crate) fn propose(view: &View<'_>, out: &mut Vec<Candidate>) {
    for Shape { candidate, span, likely } in view.persons {
        if candidate.named && view.known.persons.contains(span.of(view.text)) {
            out.push(Candidate { worth: SURE, ..candidate.clone() });
        } else if *likely {
            out.push(candidate.clone());
        }
    }
}

/// What in a sentence has the shape of a person's name, whatever other sentences say.
pub(crate) fn shapes(view: &View<'_>) -> Vec<Shape> {
    let mut out = Vec::new();
    for at in 0..view.tokens.len() {
        if view.is("person_pronoun", at) {
            let tokens = at..at + 1;
            let candidate = Candidate { tokens, kind: Kind::Pronoun, named: false, source: "pronoun", worth: 0.8 };
            out.push(Shape { candidate, span: view.tokens[at].span, likely: true });
            continue;
        }
        let foreign = foreign(view, at).into_iter().map(|tokens| (tokens, true));
        for (tokens, foreign) in foreign.chain(chinese(view, at).into_iter().map(|tokens| (tokens, false))) {
            if is_other(view, view.words(&tokens)) {
                continue;
            }
            let kind = Kind::Entity(EntityType::Person);
            let source = if foreign { "foreign name" } else { "surname and given name" };
            let (span, worth) = (view.span(&tokens), worth(view, &tokens, foreign));
            let candidate = Candidate { tokens, kind, named: true, source, worth: worth.unwrap_or_default() };
            out.push(Shape { candidate, span, likely: worth.is_some() });
        }
    }
    out
}

/// Whether these words are a place, an organisation or a verb that states facts.
fn is_other(view: &View<'_>, words: &str) -> bool {
    let lexicon = view.lexicon;
    lexicon.places.contains_key(words) || lexicon.organizations.contains_key(words) || view.triggers.contains(words)
}

fn is_dot(word: &str) -> bool {
    matches!(word, "·" | "•" | "・")
}

/// Foreign names: parts joined by ·, a run of the characters that spell them, or an unknown word behind a post.
fn foreign(view: &View<'_>, at: usize) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut dots = 0;
    for end in at..view.tokens.len() {
        let word = view.word(end);
        let spells = word.chars().all(|c| view.lexicon.foreign.contains(&c));
        let behind_dot = end > at && is_dot(view.word(end - 1));
        if is_dot(word) && end > at && !behind_dot {
            dots += 1;
            continue;
        }
        if is_dot(word) || !(spells || behind_dot) {
            break;
        }
        let chars = view.words(&(at..end + 1)).chars().count();
        let whole = !is_dot(view.word(end + 1));
        if whole && (dots > 0 || (3..=7).contains(&chars) || chars == 2 && view.pos(at) == Pos::Person) {
            out.push(at..end + 1);
        }
    }
    // 亚洲开发银行行长浅川雅嗣.
    let unknown = view.tokens.get(at).is_some_and(|t| !t.known && t.pos.is_nominal());
    let titled = || at > 0 && has_suffix(view.word(at - 1), &view.lexicon.titles);
    if unknown && (2..=6).contains(&view.word(at).chars().count()) && titled() {
        out.push(at..at + 1);
    }
    out
}

/// Chinese names: a surname of one or two characters, then one or two more.
fn chinese(view: &View<'_>, at: usize) -> Vec<Range<usize>> {
    let lexicon = view.lexicon;
    let mut out = Vec::new();
    // Most words begin no name: one look tells.
    let ahead = view.words(&(at..(at + 2).min(view.tokens.len())));
    let opens = |chars: usize| {
        let end = ahead.char_indices().nth(chars).map_or(ahead.len(), |(end, _)| end);
        lexicon.surnames.contains_key(&ahead[..end])
    };
    if !opens(1) && !opens(2) {
        return out;
    }
    for end in at + 1..=(at + 3).min(view.tokens.len()) {
        let words = view.words(&(at..end));
        let chars: Vec<char> = words.chars().collect();
        if !(2..=4).contains(&chars.len()) || !chars.iter().all(|c| ('\u{4e00}'..='\u{9fff}').contains(c)) {
            continue;
        }
        if end - at > 1 && (at..end).any(|t| is_function(view.pos(t))) {
            continue;
        }
        // Only the last of several tokens may be longer than a character, as 吴 + 建春.
        if end - at > 1 && (at..end).any(|t| view.is("name_stop", t) || view.word(t).chars().count() > 2) {
            continue;
        }
        let surname =
            |n: usize| chars.len() > n && lexicon.surnames.contains_key(&chars[..n].iter().collect::<String>());
        // 吴 + 建春: the surname is a word of its own, or the segmenter has seen a name.
        let first = view.word(at);
        if end - at > 1 && !lexicon.surnames.contains_key(first) && view.pos(at) != Pos::Person {
            continue;
        }
        let fits = (surname(1) && chars.len() <= 3) || (surname(2) && chars.len() >= 3);
        if fits && !chars[1..].iter().any(|c| lexicon.is("name_never", c.encode_utf8(&mut [0; 4]))) {
            out.push(at..end);
        }
    }
    out
}

/// Parts of speech that no piece of a name has.
fn is_function(pos: Pos) -> bool {
    matches!(pos, Pos::Preposition | Pos::Conjunction | Pos::Adverb | Pos::Pronoun | Pos::Particle | Pos::Punctuation)
}

/// What the context makes of a stretch that has the shape of a name; `None` where it is not worth a thought.
fn worth(view: &View<'_>, tokens: &Range<usize>, foreign: bool) -> Option<f64> {
    let lexicon = view.lexicon;
    let words = view.words(tokens);
    let chars = words.chars().count();
    let one = tokens.len() == 1;
    let pos = view.pos(tokens.start);
    let common = one && (pos != Pos::Person || lexicon.not_persons.contains(words));
    let dotted = words.contains(['·', '•', '・']);
    let previous = tokens.start.checked_sub(1).map_or("", |at| view.word(at));
    let titled = has_suffix(previous, &lexicon.titles) || lexicon.is("person_noun", previous);
    let next = view.word(tokens.end);
    let adverbs = usize::from(view.pos(tokens.end) == Pos::Adverb);
    let speaks = lexicon.speech.contains(view.word(tokens.end + adverbs)) || matches!(next, ":" | "：");
    let styled = lexicon.titles.contains(next) || lexicon.is("honorific", next);
    let listed = (previous == "、" && tokens.start >= 2 && view.pos(tokens.start - 2) == Pos::Person)
        || (next == "、" && view.pos(tokens.end + 1) == Pos::Person);
    if dotted {
        return Some(SURE + 0.1);
    }
    if common && !titled {
        // A word of the dictionary: a name only where a post stands before it and it is no ordinary word there.
        return None;
    }
    if common && !(foreign && chars >= 3) {
        return (titled && chars == 3 && speaks).then_some(1.0);
    }
    let tagged = (tokens.start..tokens.end).any(|at| view.pos(at) == Pos::Person);
    if titled && (tagged || chars == 3 || foreign) {
        return Some(SURE + 0.1);
    }
    if (speaks || styled) && tagged {
        return Some(SURE);
    }
    if listed && tagged {
        return Some(1.1);
    }
    if foreign {
        return (chars >= 3 && (tagged || speaks)).then_some(if speaks { SURE } else { 0.9 });
    }
    // Without any such context, only a common surname makes a name.
    let surname = words.char_indices().nth(1).and_then(|(at, _)| lexicon.surnames.get(&words[..at]));
    if surname != Some(&true) {
        return None;
    }
    match (tagged, one, chars) {
        (true, true, 3) => Some(1.0),
        (true, true, 2) => Some(0.6),
        (true, false, 3) => Some(0.8),
        (false, false, 3) if speaks => Some(1.0),
        _ => None,
    }
}
