//! What a decision means by an entity, in the texts as they are read now.

use std::collections::BTreeSet;

use super::Automatic;
use super::refer::around;
use super::unit::{Anchor, Unit};
use crate::annotation::Annotation;
use crate::decision::EntityReference;
use crate::span::CharSpan;
use crate::text::normal;

/// The units that a reference means: of a name that no document goes with, those that mean by it what all do, and only
/// where none does, those that their document alone tells apart.
pub(super) fn meant(units: &[Unit<'_>], automatic: &Automatic, entity: &EntityReference) -> BTreeSet<usize> {
    let found = everyone(units, automatic, entity);
    let known: BTreeSet<usize> = found.iter().filter(|unit| units[**unit].anchor.is_some()).copied().collect();
    if entity.document.is_none() && !known.is_empty() { known } else { found }
}

/// All units that a reference names: those whose name it is, else those that it is another name of.
pub(super) fn everyone(units: &[Unit<'_>], automatic: &Automatic, entity: &EntityReference) -> BTreeSet<usize> {
    let name = normal::normal(normal::untitled(&entity.name));
    let here = |unit: &Unit<'_>| entity.document.as_deref().is_none_or(|id| stands_in(unit.annotation, id));
    let find = |of: &dyn Fn(&Unit<'_>) -> bool| -> BTreeSet<usize> {
        units.iter().enumerate().filter(|(_, unit)| here(unit) && of(unit)).map(|(at, _)| at).collect()
    };
    if let Some(code) = &entity.code {
        return find(&|unit| unit.kind == entity.kind && unit.anchor == Some(Anchor::Code(code.clone())));
    }
    let called = |unit: &Unit<'_>| {
        unit.name == name
            || unit.anchor.as_ref().is_some_and(|anchor| match (anchor, automatic.places.known(anchor)) {
                (_, Some(known)) => known.name == name,
                (Anchor::Name(anchor), None) => *anchor == name,
                (Anchor::Code(_), None) => false,
            })
    };
    // A decision made before another one changed the type names the type that it had.
    let ways: [&dyn Fn(&Unit<'_>) -> bool; 4] = [
        &|unit| unit.kind == entity.kind && called(unit),
        &|unit| unit.kind == entity.kind && unit.names.contains(&name),
        &|unit| unit.entity.kind == entity.kind && called(unit),
        &|unit| unit.entity.kind == entity.kind && unit.names.contains(&name),
    ];
    let found = ways.into_iter().map(find).find(|found| !found.is_empty()).unwrap_or_default();
    match (&entity.document, &entity.quote) {
        (Some(_), Some(quote)) => quoted(units, &found, quote),
        _ => found,
    }
}

/// Of units of one document those that stand in the quoted words: those that a reader would quote so, else the one
/// that is mentioned there, by however few or many words; where the text no longer has the quote, the only one.
fn quoted(units: &[Unit<'_>], found: &BTreeSet<usize>, quote: &str) -> BTreeSet<usize> {
    let exact = |unit: &&usize| {
        let unit = &units[**unit];
        unit.mentions.iter().any(|mention| around(unit.annotation, *mention) == quote)
    };
    let same: BTreeSet<usize> = found.iter().filter(exact).copied().collect();
    let stands = found.first().and_then(|unit| standing(units[*unit].annotation, quote));
    let meets = |unit: &usize| {
        stands.is_none_or(|stands| units[*unit].mentions.iter().any(|m| m.start < stands.end && stands.start < m.end))
    };
    let near = || found.iter().filter(|unit| meets(unit)).copied().collect();
    let here: BTreeSet<usize> = if same.is_empty() { near() } else { same };
    // Several are not told apart by it.
    if here.len() > 1 { BTreeSet::new() } else { here }
}

/// Where a text has a quote, in which white space is a space.
fn standing(annotation: &Annotation, quote: &str) -> Option<CharSpan> {
    let text: String = annotation.text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    let start = text[..text.find(quote)?].chars().count();
    Some(CharSpan { start, end: start + quote.chars().count() })
}

/// Whether a document is this one or a reprint of it.
pub(super) fn stands_in(annotation: &Annotation, id: &str) -> bool {
    annotation.id == id || annotation.reprints.iter().any(|reprint| reprint.id == id)
}

/// That a reference means nothing, in one line.
pub(super) fn missing(entity: &EntityReference) -> String {
    let code = entity.code.as_ref().map(|code| format!(" with the code {code}")).unwrap_or_default();
    let document = entity.document.as_ref().map(|id| format!(" in document {id}")).unwrap_or_default();
    let quote = entity.document.as_ref().and(entity.quote.as_ref());
    let quote = quote.map(|quote| format!(" where it stood in “{quote}”")).unwrap_or_default();
    format!("no {} called {}{code}{document}{quote}", entity.kind, entity.name)
}
