//! A name as a chain of what is known in it: places, listed organisations, numbers, words that many names share, and
//! what is left over.

use super::known::{Known, LONGEST_ORDINARY, is_ordinary, known, reach};
use super::words::{Class, Kind, ends, is};
use crate::link::gazetteer::Gazetteer;
use crate::link::words::bounds;
use crate::text::numeral::{chinese_digit, exponent};

/// Code points of the longest word that is looked up: registered names of organisations.
pub(super) const LONGEST: usize = 20;

/// A piece of a name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece<'a> {
    /// Its first byte in the name.
    pub start: usize,
    /// Its characters.
    pub text: &'a str,
    /// What it is.
    pub kind: Kind,
}

impl Piece<'_> {
    pub(super) fn is_place(&self) -> bool {
        matches!(self.kind, Kind::Place { .. })
    }

    /// Whether it is a name by itself, of a place or a listed organisation.
    pub(super) fn is_name(&self) -> bool {
        self.is_place() || self.kind == Kind::Organization
    }
}

/// The chain that leaves the fewest characters over, and of those the one of the fewest pieces.
pub(super) fn cover(name: &str) -> Vec<Piece<'_>> {
    cheapest(name, 1, kind)
}

/// The same, where ordinary words of the language are words that names share, too.
pub(super) fn cover_with_ordinary(name: &str) -> Vec<Piece<'_>> {
    cheapest(name, LONGEST_ORDINARY, |text| match kind(text) {
        Some(kind @ (Kind::Organization | Kind::Word(_))) => Some(kind),
        _ if is_ordinary(text) => Some(Kind::Word(Class::Common)),
        other => other,
    })
}

/// The best way to the end of the first characters of a name.
#[derive(Clone, Copy)]
struct Way {
    /// What its pieces cost.
    cost: usize,
    /// Where its last piece begins, in characters.
    start: usize,
    /// What its last piece is.
    kind: Kind,
}

/// The chain of the lowest cost, a piece being what `kind` says of it: of `shortest` characters or fewer, or of as many as
/// a word that begins as it does may have.
fn cheapest(name: &str, shortest: usize, kind: impl Fn(&str) -> Option<Kind>) -> Vec<Piece<'_>> {
    // What a character costs that belongs to no word; any other piece costs one.
    const ALONE: usize = 100;
    let bounds = bounds(name);
    let last = bounds.len() - 1;
    let unknown = Way { cost: usize::MAX, start: 0, kind: Kind::Unknown };
    // best[i]: to the end of the first i characters.
    let mut best = vec![unknown; last + 1];
    best[0].cost = 0;
    for start in 0..last {
        let first = &name[bounds[start]..bounds[last.min(start + 2)]];
        let longest = if opens_number(first) { LONGEST } else { reach(first).clamp(shortest, LONGEST) };
        for end in start + 1..=last.min(start + longest) {
            // A piece costs one at least.
            if best[end].cost <= best[start].cost + 1 {
                continue;
            }
            let text = &name[bounds[start]..bounds[end]];
            let found = if end == start + 1 { Some(single(text)) } else { kind(text) };
            let Some(kind) = found else { continue };
            let cost = best[start].cost + if kind.is_single() { ALONE } else { 1 };
            if cost < best[end].cost {
                best[end] = Way { cost, start, kind };
            }
        }
    }
    pieces(name, &bounds, &best)
}

/// The pieces of the best way to the end of a name, in order.
fn pieces<'a>(name: &'a str, bounds: &[usize], best: &[Way]) -> Vec<Piece<'a>> {
    let mut pieces = Vec::new();
    let mut end = best.len() - 1;
    while end > 0 {
        let Way { start, kind, .. } = best[end];
        pieces.push(Piece { start: bounds[start], text: &name[bounds[start]..bounds[end]], kind });
        end = start;
    }
    pieces.reverse();
    pieces
}

/// What one character is.
fn single(text: &str) -> Kind {
    if is_number(text) {
        Kind::Number
    } else if !text.chars().all(char::is_alphanumeric) {
        Kind::Mark
    } else if known(text).is_some_and(|known| known.class.is_some()) {
        Kind::Bare
    } else {
        Kind::Unknown
    }
}

/// What several characters are together, if anything.
fn kind(text: &str) -> Option<Kind> {
    if let Some(Known { kind, .. }) = known(text) {
        return Some(kind);
    }
    if is_number(text) {
        return Some(Kind::Number);
    }
    // Many towns bear the names of townships.
    Gazetteer::embedded().is_town(text).then_some(Kind::Word(Class::Common))
}

fn opens_number(text: &str) -> bool {
    text.starts_with(|c| c == '第' || is_numeral(c))
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('第').unwrap_or(text);
    !digits.is_empty() && digits.chars().all(is_numeral)
}

/// Whether a character numbers things in names: 零, 两, 千 and 万 are more often part of words there (零跑, 万科).
pub(super) fn is_numeral(c: char) -> bool {
    let digit = chinese_digit(c).is_some() && !matches!(c, '零' | '两');
    c.is_ascii_digit() || digit || exponent(c).is_some_and(|power| power < 3)
}

/// The longest ending of `name` that closes names, and its class: a word of two characters or more, or one character
/// of [`Class::Closing`]. No ending begins within a place or a listed organisation.
pub(super) fn head<'a>(name: &'a str, pieces: &[Piece<'_>]) -> Option<(&'a str, Class)> {
    pieces.iter().find_map(|piece| word_from(name, piece)).or_else(|| closing(name, pieces))
}

/// The longest ending of `name` of two characters or more that closes names and begins in `piece`.
fn word_from<'a>(name: &'a str, piece: &Piece<'_>) -> Option<(&'a str, Class)> {
    let inside = matches!(piece.kind, Kind::Word(_));
    let starts = piece.text.char_indices().filter(|(at, _)| *at == 0 || inside).map(|(at, _)| piece.start + at);
    let tails = starts.map(|at| &name[at..]).filter(|tail| tail.chars().nth(1).is_some());
    tails.filter_map(|tail| Some((tail, known(tail)?.class?))).find_map(|(tail, class)| match class {
        Class::Common | Class::Loose | Class::Nation | Class::Front => None,
        // 民政部门 is a 部门.
        Class::Office if !is(tail, Class::Office) && ends(tail, Class::Sort) => Some((tail, Class::Sort)),
        class => Some((tail, class)),
    })
}

/// The last character of `name`, where it is one that closes names of offices and belongs to no place or listed name.
fn closing<'a>(name: &'a str, pieces: &[Piece<'_>]) -> Option<(&'a str, Class)> {
    let (at, _) = name.char_indices().last()?;
    let last = Some(&name[at..]).filter(|last| is(last, Class::Closing))?;
    let before = match pieces {
        [.., before, last] if last.kind.is_single() => before,
        [.., before] => before,
        [] => return None,
    };
    (!before.is_name()).then_some((last, Class::Office))
}
