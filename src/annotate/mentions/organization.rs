//! Organisations: fixed names of the lexicon, and names closed by 有限公司, 医院, 委员会 …, extended to the left.

use super::{Candidate, Kind, View};
use crate::annotate::token::Pos;
use crate::annotation::EntityType;
use crate::lexicon::{Strength, longest_suffix};

const KIND: Kind = Kind::Entity(EntityType::Organization);
/// A name reaches over at most this many words.
const LONGEST: usize = 14;

pub(crate) fn propose(view: &View<'_>, out: &mut Vec<Candidate>) {
    for at in 0..view.tokens.len() {
        let word = view.word(at);
        if view.lexicon.organizations.contains_key(word) {
            out.push(Candidate {
                tokens: at..at + 1,
                kind: KIND,
                named: true,
                source: "organization list",
                worth: 1.2,
            });
        }
        if view.lexicon.is("organization_definite", word) {
            out.push(definite(at..at + 1));
        }
        if word == "该" && strength(view, at + 1).is_some() {
            out.push(definite(at..at + 2));
        }
        if let Some(strength) = strength(view, at) {
            close(view, at, strength, out);
        }
        if view.known.endings.contains(word) {
            out.push(definite(at..at + 1));
        }
        short_forms(view, at, out);
    }
}

fn definite(tokens: std::ops::Range<usize>) -> Candidate {
    Candidate { tokens, kind: KIND, named: false, source: "definite organization", worth: 0.9 }
}

/// Short forms of organisations that the document names in full, or defines.
fn short_forms(view: &View<'_>, at: usize, out: &mut Vec<Candidate>) {
    for end in at + 1..=(at + 6).min(view.tokens.len()) {
        if view.known.short_forms.contains(view.words(&(at..end))) {
            out.push(Candidate { tokens: at..end, kind: KIND, named: true, source: "short form", worth: 1.15 });
        }
    }
}

/// How surely the word at `at` closes an organisation's name.
fn strength(view: &View<'_>, at: usize) -> Option<Strength> {
    let word = view.word(at);
    if !(view.pos(at).is_nominal() || matches!(view.pos(at), Pos::Measure | Pos::Locality | Pos::Affix | Pos::Verb)) {
        return None;
    }
    let suffix = longest_suffix(word, &view.lexicon.organization_suffixes)?;
    let strength = view.lexicon.organization_suffixes[suffix];
    // Of a longer word, only a suffix of two characters or more says anything: 处理 ends in no organisation's 理.
    (suffix == word || suffix.chars().count() > 1).then_some(strength)
}

/// Proposes the names that the suffix at `last` closes.
fn close(view: &View<'_>, last: usize, strength: Strength, out: &mut Vec<Candidate>) {
    let mut start = last;
    while start > 0 && last - start < LONGEST && extends(view, start - 1, start) {
        start -= 1;
    }
    // A verb or adjective at the left edge modifies nothing that we know of.
    while start < last && !view.pos(start).is_nominal() && !is_ordinal(view, start) {
        start += 1;
    }
    let words = view.words(&(start..last + 1));
    let proper = (start..=last).any(|at| is_proper(view, at)) || unknown_word(view, start..last);
    let alone = start == last && longest_suffix(words, &view.lexicon.organization_suffixes) == Some(words);
    let (named, worth) = match (alone, strength, proper) {
        (true, Strength::Strong, _) => (false, 0.7),
        (true, Strength::Weak, _) => return,
        (false, Strength::Strong, true) => (true, 1.1),
        (false, Strength::Strong, false) => (true, 0.95),
        (false, Strength::Weak, true) => (true, 1.05),
        // 技术 + 中心, 救援 + 队: an organisation as a rule, but not surely.
        (false, Strength::Weak, false) => (true, 0.75),
    };
    out.push(Candidate { tokens: start..last + 1, kind: KIND, named, source: "organization suffix", worth });
}

/// Whether the word at `at` can belong to a name that begins, so far, at `next`.
fn extends(view: &View<'_>, at: usize, next: usize) -> bool {
    let word = view.word(at);
    if view.triggers.contains(word) || view.lexicon.speech.contains(word) || view.lexicon.titles.contains(word) {
        return false;
    }
    if view.lexicon.is("vague", word) || view.lexicon.is("and", word) {
        return false;
    }
    match view.pos(at) {
        pos if pos.is_nominal() => true,
        Pos::Distinguishing | Pos::Affix | Pos::Locality => true,
        Pos::Adjective => word.chars().count() <= 2 && view.pos(next).modifies(),
        // 第六 人民医院, 七〇八 所; not 10 家医院.
        Pos::Number => is_ordinal(view, at) || (view.pos(next).is_nominal() && is_numeral_name(word)),
        // 疫情 防控 领导小组: a verb of two characters between nouns.
        Pos::Verb => word.chars().count() >= 2 && at > 0 && view.pos(at - 1).modifies() && !is_trigger_like(view, at),
        Pos::Punctuation => matches!(word, "(" | ")" | "（" | "）" | "·") && brackets_close(view, at, next),
        _ => false,
    }
}

fn is_trigger_like(view: &View<'_>, at: usize) -> bool {
    let next = view.word(at + 1);
    view.lexicon.is("aspect", next) || view.lexicon.is("goal", next)
}

fn is_ordinal(view: &View<'_>, at: usize) -> bool {
    let word = view.word(at);
    word.starts_with('第') || is_numeral_name(word)
}

/// Chinese numerals as names use them: 五十, 七〇八.
fn is_numeral_name(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| "〇零一二三四五六七八九十".contains(c)) && word != "一"
}

/// A bracket inside a name: 斯微(上海)生物科技有限公司.
fn brackets_close(view: &View<'_>, at: usize, next: usize) -> bool {
    match view.word(at) {
        ")" | "）" => {
            at >= 2
                && matches!(view.word(at.saturating_sub(2)), "(" | "（")
                && view.lexicon.places.contains_key(view.word(at - 1))
        }
        "(" | "（" => matches!(view.word(next + 1), ")" | "）") && at > 0 && view.pos(at - 1).is_nominal(),
        _ => view.pos(next).is_nominal(),
    }
}

fn is_proper(view: &View<'_>, at: usize) -> bool {
    view.lexicon.places.contains_key(view.word(at))
        || view.lexicon.organizations.contains_key(view.word(at))
        || matches!(view.pos(at), Pos::Place | Pos::Organization | Pos::Person | Pos::Latin)
        || is_ordinal(view, at)
}

/// Whether single characters stand side by side before the suffix, as the segmenter leaves unknown names.
fn unknown_word(view: &View<'_>, tokens: std::ops::Range<usize>) -> bool {
    tokens.clone().filter(|at| view.word(*at).chars().count() == 1).count() >= 2
}
