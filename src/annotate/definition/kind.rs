//! What a name names that the text gives a short form.

use rustc_hash::FxHashSet;

use super::start;
use crate::annotate::mentions::{Kind, Mention, View};
use crate::annotation::EntityType;
use crate::lexicon::{has_suffix, longest_suffix};
use crate::span::Span;

/// What `full`, which is called `short`, names; nothing where the words do not tell.
pub(super) fn kind(view: &View<'_>, full: Span, short: &str, mentions: &[Mention]) -> Option<EntityType> {
    let words = full.of(view.text);
    if words.starts_with('《') || short.starts_with('《') {
        return Some(EntityType::Work);
    }
    if view.lexicon.places.contains_key(words) || view.lexicon.places.contains_key(short) {
        return Some(EntityType::Place);
    }
    // 烘焙品牌「糖爸爸」.
    let behind = view.tokens.partition_point(|t| t.span.end <= full.start);
    let quote = behind > 0 && matches!(view.word(behind - 1), "“" | "「" | "『");
    let before = behind.checked_sub(1 + usize::from(quote));
    // 某公司 + 短期融资券: a firm describes nothing.
    let described = before.is_some_and(|at| start::describes(view, at) && !view.word(at).ends_with("公司"));
    match by_head(view, words) {
        // 时萃咖啡（以下简称“时萃”）: what is called without the head is who makes it.
        Some(EntityType::Product)
            if (described || words.contains(short)) && !has_suffix(short, &view.lexicon.products) =>
        {
            Some(EntityType::Organization)
        }
        None if described => Some(EntityType::Organization),
        None => by_reading(view, full, short, mentions),
        kind => kind,
    }
}

/// By the longest ending that some list holds.
fn by_head(view: &View<'_>, words: &str) -> Option<EntityType> {
    let lexicon = view.lexicon;
    if words.ends_with([')', '）']) || lexicon.class("firm_ending").any(|e| words.ends_with(e)) {
        return Some(EntityType::Organization);
    }
    let longest = |set: &FxHashSet<String>| {
        let ending = words.char_indices().map(|(at, _)| &words[at..]).find(|ending| set.contains(*ending));
        ending.map_or(0, str::len)
    };
    let organization = longest_suffix(words, &lexicon.organization_suffixes).map_or(0, str::len);
    // 静河, 茶山: a character alone closes many another name, unless that begins with a place (东海防空识别区).
    let placed = words.char_indices().any(|(at, _)| lexicon.places.contains_key(&words[..at]));
    let place = lexicon
        .class("place_suffix")
        .filter(|e| (placed || e.chars().count() > 1) && words.ends_with(e))
        .map(str::len)
        .max();
    let lengths = [
        (organization, EntityType::Organization),
        (longest(&lexicon.activities), EntityType::Activity),
        (longest(&lexicon.works), EntityType::Work),
        (longest(&lexicon.products), EntityType::Product),
        (longest(&lexicon.diseases), EntityType::Disease),
        (place.unwrap_or_default(), EntityType::Place),
    ];
    let best = lengths.iter().map(|(length, _)| *length).max().filter(|length| *length > 0)?;
    lengths.iter().find(|(length, _)| *length == best).map(|(_, kind)| *kind)
}

/// As it is read without the definition, or as a firm where it is made up.
fn by_reading(view: &View<'_>, full: Span, short: &str, mentions: &[Mention]) -> Option<EntityType> {
    let words = full.of(view.text);
    let read = mentions.iter().find(|m| m.span == full && m.named).map(|m| m.kind);
    let letters = words.contains(|c: char| c.is_ascii_alphabetic());
    let made_up = || {
        let mut inside = view.tokens.iter().filter(|t| full.contains(t.span));
        letters || inside.next_back().is_some_and(|t| !t.known)
    };
    let organization = || {
        let of_it = |span: Span| full.contains(span) && (span.start == full.start || span.end == full.end);
        view.names.names.iter().any(|n| n.kind == EntityType::Organization && of_it(n.span))
    };
    match read {
        Some(Kind::Entity(EntityType::Person)) if letters => Some(EntityType::Organization),
        // 珠海星云智联（简称“星云智联”）: what is told of without its place is none.
        Some(Kind::Entity(EntityType::Place))
            if words.strip_suffix(short).is_some_and(|place| view.lexicon.places.contains_key(place)) =>
        {
            Some(EntityType::Organization)
        }
        Some(Kind::Entity(kind)) => Some(kind),
        _ => (organization() || made_up()).then_some(EntityType::Organization),
    }
}
