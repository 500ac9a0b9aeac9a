//! Names by the weights, held against what the lexicons say no name does.

mod place;

pub(super) use place::is_no_name;

use super::tagger::Name;
use super::token::{Pos, Token};
use crate::annotation::EntityType;
use crate::lexicon::Lexicon;
use crate::span::Span;

/// That both sides of an 和 have the form of a person's name makes each at least this likely.
const PAIRED: f32 = 0.8;

/// The names that `name` is: itself, cut to what is one, two persons, or none. `triggers` are the verbs that state facts.
pub(crate) fn repaired(
    text: &str,
    tokens: &[Token],
    name: Name,
    lexicon: &Lexicon,
    triggers: impl Fn(&str) -> bool,
) -> Vec<Name> {
    if name.kind == EntityType::Person {
        return persons(text, name, lexicon);
    }
    let mut name = name;
    if name.kind == EntityType::Place {
        match place::place(text, tokens, name, lexicon) {
            Some(place) => name = place,
            None => return Vec::new(),
        }
        let word = |at: usize| tokens.get(at).map_or("", |t| t.span.of(text));
        // 儋州市 + 大同社区 lie in one another.
        let beside =
            |at: &usize| lexicon.side_by_side(word(at - 1), word(*at)) && !lexicon.is("place_suffix", word(at + 1));
        let inside = |at: &usize| name.span.contains(tokens[at - 1].span) && name.span.contains(tokens[*at].span);
        let cuts = (1..tokens.len()).filter(inside).filter(beside).map(|at| tokens[at].span.start);
        let ends: Vec<usize> =
            std::iter::once(name.span.start).chain(cuts).chain(std::iter::once(name.span.end)).collect();
        if ends.len() > 2 {
            let part = |pair: &[usize]| Name { span: Span::new(pair[0], pair[1]), ..name };
            return ends.windows(2).map(part).collect();
        }
    }
    if name.kind == EntityType::Organization {
        name.span.start += described(name.span.of(text), lexicon);
    }
    // 中标 + 临江市水务局: what the name opens with states a fact, and is none of it.
    let states = |word: &str| word.chars().count() > 1 && triggers(word) && !lexicon.is("name_verb", word);
    let first = tokens.iter().find(|t| t.span.start == name.span.start && states(t.span.of(text)));
    if let Some(verb) = first.filter(|t| t.span.end < name.span.end) {
        name.span.start = verb.span.end;
    }
    // No name states a fact (省药监局会同省公安厅), says whose it is (省农科院所属水稻研究所), to whom (云棹资本向明汐公司), or
    // counts (武汉市各大超市).
    let parts = |token: &Token| {
        let word = token.span.of(text);
        let counts = word.chars().count() > 1 && lexicon.is("vague", word);
        states(word) || counts || token.pos == Pos::Preposition || lexicon.is("before_name", word)
    };
    let whole = !tokens.iter().any(|t| name.span.contains(t.span) && parts(t));
    whole.then_some(name).into_iter().collect()
}

/// How many bytes at the head of `words` describe the organisation that they go on to name: 股东 + 华邦…有限公司.
fn described(words: &str, lexicon: &Lexicon) -> usize {
    let heads = lexicon.class("before_name").filter(|head| words.starts_with(head));
    heads.map(str::len).max().filter(|head| words.len() > head + 6).unwrap_or_default()
}

/// A person's name, or the two in one that the weights have missed the 和 of: 赵国梁和钱雨桐.
fn persons(text: &str, name: Name, lexicon: &Lexicon) -> Vec<Name> {
    let fits = |part: &str| {
        let first = part.chars().next().map_or(0, char::len_utf8);
        (2..=4).contains(&part.chars().count()) && lexicon.surnames.contains_key(&part[..first])
    };
    let joint = lexicon.class("and").find_map(|and| name.span.of(text).split_once(and));
    match joint.filter(|(left, right)| fits(left) && fits(right)) {
        Some((left, right)) => {
            let Span { start, end } = name.span;
            let confidence = name.confidence.max(PAIRED);
            let spans = [Span::new(start, start + left.len()), Span::new(end - right.len(), end)];
            spans.into_iter().map(|span| Name { span, confidence, ..name }).collect()
        }
        None => vec![name],
    }
}
