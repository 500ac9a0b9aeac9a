//! What a decision means by an entity, in the texts as they are read now.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::Automatic;
use super::refer::around;
use super::unit::{Anchor, Unit};
use crate::annotation::Annotation;
use crate::decision::EntityReference;
use crate::span::CharSpan;
use crate::text::normal;

/// Units by what a reference may call them. A unit stays under a name that it has lost, so what is found is looked at.
#[derive(Default)]
pub(super) struct Index<'a> {
    names: FxHashMap<String, Vec<usize>>,
    codes: FxHashMap<String, Vec<usize>>,
    documents: FxHashMap<&'a str, Vec<usize>>,
}

impl<'a> Index<'a> {
    pub(super) fn of(units: &[Unit<'a>], automatic: &Automatic) -> Self {
        let mut index = Self::default();
        units.iter().enumerate().for_each(|(at, unit)| index.add(at, unit, automatic));
        index
    }

    /// Adds the unit at `at`, behind all that are there.
    pub(super) fn add(&mut self, at: usize, unit: &Unit<'a>, automatic: &Automatic) {
        fn put(map: &mut FxHashMap<String, Vec<usize>>, name: &str, at: usize) {
            match map.get_mut(name) {
                Some(units) if units.last() == Some(&at) => {}
                Some(units) => units.push(at),
                None => drop(map.insert(name.to_owned(), vec![at])),
            }
        }
        let anchored = unit.anchor.as_ref().and_then(|anchor| anchored(anchor, automatic));
        let names = unit.names.iter().map(String::as_str).chain([unit.name.as_str()]).chain(anchored);
        names.for_each(|name| put(&mut self.names, name, at));
        if let Some(Anchor::Code(code)) = &unit.anchor {
            put(&mut self.codes, code, at);
        }
        self.documents.entry(&unit.annotation.id).or_default().push(at);
    }

    /// The units of the document of one.
    pub(super) fn beside(&self, unit: &Unit<'_>) -> &[usize] {
        self.documents.get(unit.annotation.id.as_str()).map_or(&[], Vec::as_slice)
    }
}

/// The name that an anchor stands for.
fn anchored<'a>(anchor: &'a Anchor, automatic: &Automatic) -> Option<&'a str> {
    match (anchor, automatic.places.known(anchor)) {
        (_, Some(known)) => Some(&known.name),
        (Anchor::Name(name), None) => Some(name),
        (Anchor::Code(_), None) => None,
    }
}

/// The units that a reference means: of a name that no document goes with, those that mean by it what all do, and only
/// where none does, those that their document alone tells apart.
pub(super) fn meant(
    units: &[Unit<'_>],
    automatic: &Automatic,
    index: &Index<'_>,
    entity: &EntityReference,
) -> BTreeSet<usize> {
    let found = everyone(units, automatic, index, entity);
    let known: BTreeSet<usize> = found.iter().filter(|unit| units[**unit].anchor.is_some()).copied().collect();
    if entity.document.is_none() && !known.is_empty() { known } else { found }
}

/// All units that a reference names: those whose name it is, else those that it is another name of.
pub(super) fn everyone(
    units: &[Unit<'_>],
    automatic: &Automatic,
    index: &Index<'_>,
    entity: &EntityReference,
) -> BTreeSet<usize> {
    let name = normal::normal(normal::untitled(&entity.name));
    let here = |unit: &Unit<'_>| entity.document.as_deref().is_none_or(|id| stands_in(unit.annotation, id));
    let listed = match &entity.code {
        Some(code) => index.codes.get(code),
        None => index.names.get(&name),
    };
    let find = |of: &dyn Fn(&Unit<'_>) -> bool| -> BTreeSet<usize> {
        let listed = listed.into_iter().flatten().copied();
        listed.filter(|at| here(&units[*at]) && of(&units[*at])).collect()
    };
    if let Some(code) = &entity.code {
        return find(&|unit| unit.kind == entity.kind && unit.anchor == Some(Anchor::Code(code.clone())));
    }
    let called = |unit: &Unit<'_>| {
        let anchored = || unit.anchor.as_ref().and_then(|anchor| anchored(anchor, automatic));
        unit.name == name || anchored() == Some(name.as_str())
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
