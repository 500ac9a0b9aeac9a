//! Common noun phrases by their heads: goods, groups, diseases, events, documents, posts, and heads nobody knows.

use super::{Candidate, Kind, View};
use crate::annotate::token::Pos;
use crate::annotation::EntityType;
use crate::lexicon::{Strength, has_suffix, longest_suffix};

/// A noun phrase reaches over at most this many words before its head.
const LONGEST: usize = 6;

pub(crate) fn propose(view: &View<'_>, out: &mut Vec<Candidate>) {
    for at in 0..view.tokens.len() {
        let Some((kind, worth, source)) = class(view, at) else { continue };
        let mut start = at;
        while start > 0 && at - start < LONGEST && extends(view, start - 1, start, kind) {
            start -= 1;
        }
        while start < at && matches!(view.pos(start), Pos::Verb | Pos::Locality | Pos::Affix) && kind != Kind::Title {
            start += 1;
        }
        // A verb used as a noun is a thing only with words that say of what (心理疏导).
        if kind == Kind::Noun && (is_abstract(view, at) || view.pos(at) == Pos::VerbNoun && start == at) {
            continue;
        }
        out.push(Candidate { tokens: start..at + 1, kind, named: false, source, worth });
    }
}

/// Whether the head is no thing that could be given, sent or founded.
fn is_abstract(view: &View<'_>, at: usize) -> bool {
    view.lexicon.is("abstract", view.word(at))
}

/// What the word at `at` is the head of, what a reading of it is worth, and who says so.
fn class(view: &View<'_>, at: usize) -> Option<(Kind, f64, &'static str)> {
    let word = view.word(at);
    let lexicon = view.lexicon;
    if view.lexicon.is("vague", word)
        || word.chars().count() == 1 && !lexicon.products.contains(word) && !lexicon.titles.contains(word)
    {
        return None;
    }
    let entity = |kind| Kind::Entity(kind);
    let nominal = view.pos(at).is_nominal();
    if view.triggers.contains(word) || lexicon.is("planned", word) {
        return None;
    }
    // 教授何永强: what is a group of people elsewhere is a post before a name.
    if lexicon.titles.contains(word) && view.pos(at + 1) == Pos::Person {
        return Some((Kind::Title, 0.85, "title list"));
    }
    if lexicon.groups.contains(word) {
        return Some((entity(EntityType::Group), 0.7, "group list"));
    }
    if lexicon.titles.contains(word) {
        return Some((Kind::Title, 0.85, "title list"));
    }
    if lexicon.diseases.contains(word) {
        return Some((entity(EntityType::Disease), 1.0, "disease list"));
    }
    if (nominal || view.pos(at) == Pos::Measure) && has_suffix(word, &lexicon.titles) {
        return Some((Kind::Title, 0.85, "title list"));
    }
    if nominal && has_suffix(word, &lexicon.groups) {
        return Some((entity(EntityType::Group), 0.7, "group list"));
    }
    if lexicon.products.contains(word) || (nominal || view.pos(at) == Pos::Verb) && has_suffix(word, &lexicon.products)
    {
        return Some((entity(EntityType::Product), 0.65, "product list"));
    }
    if !nominal || view.pos(at) == Pos::VerbNoun && (view.triggers.contains(word) || lexicon.speech.contains(word)) {
        return None;
    }
    if has_suffix(word, &lexicon.activities) {
        return Some((entity(EntityType::Activity), 0.5, "event list"));
    }
    if has_suffix(word, &lexicon.works) {
        return Some((entity(EntityType::Work), 0.5, "document list"));
    }
    matches!(view.pos(at), Pos::Noun | Pos::Latin | Pos::VerbNoun).then_some((Kind::Noun, 0.3, "noun"))
}

/// Whether the word at `at` modifies the phrase that begins, so far, at `next`.
fn extends(view: &View<'_>, at: usize, next: usize, kind: Kind) -> bool {
    let word = view.word(at);
    let lexicon = view.lexicon;
    if view.in_value(at) || view.triggers.contains(word) || lexicon.speech.contains(word) || lexicon.is("vague", word) {
        return false;
    }
    // Names are mentions of their own, and a post does not reach over its organisation.
    if lexicon.places.contains_key(word) || lexicon.organizations.contains_key(word) {
        return false;
    }
    if matches!(view.pos(at), Pos::Place | Pos::Organization | Pos::Person) || kind == Kind::Entity(EntityType::Disease)
    {
        return false;
    }
    let strong = |suffix: &str| lexicon.organization_suffixes[suffix].strength == Strength::Strong;
    if longest_suffix(word, &lexicon.organization_suffixes).is_some_and(|s| s.chars().count() > 1 && strong(s)) {
        return false;
    }
    if kind == Kind::Title {
        return lexicon.is("title_prefix", word)
            || (matches!(view.pos(at), Pos::Noun | Pos::VerbNoun | Pos::Distinguishing | Pos::Abbreviation)
                && longest_suffix(word, &lexicon.organization_suffixes).is_none()
                && !has_suffix(word, &lexicon.titles)
                && !has_suffix(word, &lexicon.groups));
    }
    // 新冠肺炎患者: the disease is a mention of its own.
    if kind == Kind::Entity(EntityType::Group) && lexicon.diseases.contains(word) {
        return false;
    }
    if has_suffix(word, &lexicon.titles) || has_suffix(word, &lexicon.groups) && kind != Kind::Entity(EntityType::Group)
    {
        return false;
    }
    match view.pos(at) {
        pos if pos.is_nominal() => true,
        Pos::Distinguishing => true,
        Pos::Adjective => view.pos(next).is_nominal() && word.chars().count() <= 2,
        Pos::Affix | Pos::Locality => at > 0,
        // 疫情 防控 物资.
        Pos::Verb => lexicon.is("name_verb", word),
        _ => false,
    }
}
