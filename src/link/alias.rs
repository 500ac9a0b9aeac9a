//! Other names of organisations: short, old and full ones, and what says whose they are.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::distinctive;
use super::elsewhere::Elsewhere;
use super::groups::Groups;
use super::unit::{Unit, by_document};
use crate::annotate::short_names::short_forms;
use crate::annotation::EntityType;
use crate::lexicon::Lexicon;
use crate::span::{CharSpan, CodePoints};
use crate::text::normal;
use crate::text::simplified::simplified;

/// Code points between a name and the one that it introduces (“（证券代码：…，以下简称“”) at most.
const DEFINITION: usize = 60;
/// Code points that a short name has at least, where other documents than that which defines it may mean the same by it.
const SHORTEST_DEFINED: usize = 3;
/// The same where no document defines it in so many words.
const SHORTEST: usize = 4;

/// Code points between an old name and the new one (已于去年正式更名为“) at most.
const RENAMING: usize = 12;
/// That one name is another name of what bears a fuller one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Alias {
    /// The short, old or other name, in the normal form.
    pub short: String,
    /// The fuller name.
    pub full: String,
    /// What says so.
    pub evidence: Evidence,
}

/// What says that two names are names of one thing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Evidence {
    /// A text introduces the one behind the other: 京东方科技集团股份有限公司（以下简称“京东方”）.
    Defined {
        /// The document.
        document: String,
        /// From the first name to the end of the second.
        words: CharSpan,
    },
    /// A text tells that it changed its name: 江海局更名为河海局.
    Renamed {
        /// The document.
        document: String,
        /// From the old name to the end of the new one.
        words: CharSpan,
    },
    /// A text calls it by both names, the short one being what the full one is usually cut down to.
    Used {
        /// The document.
        document: String,
        /// Where the short name stands.
        words: CharSpan,
    },
    /// The list of organisations has both.
    Listed,
}

impl Evidence {
    /// The document that says so and the words that do; none for a list.
    #[must_use]
    pub fn stands(&self) -> Option<(&str, CharSpan)> {
        match self {
            Self::Defined { document, words } | Self::Renamed { document, words } | Self::Used { document, words } => {
                Some((document, *words))
            }
            Self::Listed => None,
        }
    }
}

/// Other names of organisations, each with the name that stands for all of them.
#[derive(Debug, Default)]
pub(super) struct Aliases {
    /// By name the one that stands for it.
    full: Arc<FxHashMap<String, String>>,
    /// What was found, those of no effect too.
    pub found: BTreeSet<Alias>,
}

impl Aliases {
    /// Reads what the documents and the list of organisations say, all of them together; which name stands for others is
    /// told by all documents, those that are `elsewhere` among them.
    pub(super) fn of(units: &[Unit<'_>], lexicon: &Lexicon, elsewhere: Option<&Elsewhere>) -> Self {
        let found = found(units, lexicon);
        let full = elsewhere.map(Elsewhere::full_names).unwrap_or_else(|| {
            let pairs = found.iter().map(|alias| (alias.short.as_str(), alias.full.as_str())).collect();
            Arc::new(resolve(&pairs, &counts(units), lexicon))
        });
        Self { full, found }
    }

    /// The name that stands for this one and all its other names.
    pub(super) fn full<'a>(&'a self, name: &'a str) -> &'a str {
        self.full.get(name).map_or(name, String::as_str)
    }

    /// Those that make names one, sorted.
    pub(super) fn effective(&self) -> impl Iterator<Item = &Alias> {
        self.found.iter().filter(|alias| self.full(&alias.short) == self.full(&alias.full))
    }
}

/// What the documents and the list of organisations say.
pub(super) fn found(units: &[Unit<'_>], lexicon: &Lexicon) -> BTreeSet<Alias> {
    let documents: Vec<&[Unit<'_>]> = by_document(units).collect();
    let found = documents.par_iter().flat_map_iter(|document| {
        let organizations: Vec<&Unit<'_>> = organizations(document).collect();
        let listed = names(&organizations).filter_map(|short| listed(short, lexicon));
        let mut found: Vec<Alias> = listed.chain(renamed(&organizations, lexicon)).collect();
        for unit in organizations.iter().filter(|unit| unit.names.len() > 1) {
            found.extend(told(unit, lexicon));
        }
        found
    });
    found.collect::<Vec<_>>().into_iter().collect()
}

/// How many organisations of documents are called by each name.
pub(super) fn counts<'u>(units: &'u [Unit<'_>]) -> FxHashMap<&'u str, usize> {
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    for name in organizations(units).flat_map(|unit| &unit.names) {
        *counts.entry(name).or_default() += 1;
    }
    counts
}

fn organizations<'u, 'a>(units: &'u [Unit<'a>]) -> impl Iterator<Item = &'u Unit<'a>> {
    units.iter().filter(|unit| unit.kind == EntityType::Organization)
}

fn names<'u>(units: &[&'u Unit<'_>]) -> impl Iterator<Item = &'u String> {
    units.iter().flat_map(|unit| &unit.names)
}

fn listed(short: &str, lexicon: &Lexicon) -> Option<Alias> {
    let full = lexicon.organizations.get(short).filter(|full| *full != short)?;
    Some(Alias { short: short.to_owned(), full: normal::normal(full), evidence: Evidence::Listed })
}

/// The other names that a document gives one organisation.
fn told(unit: &Unit<'_>, lexicon: &Lexicon) -> Vec<Alias> {
    let points = CodePoints::new(&unit.annotation.text);
    let forms: BTreeSet<String> = short_forms(&unit.name, lexicon).into_iter().collect();
    let alias = |short: &String| {
        let (defined, words) = definition(unit, short, &points, lexicon)
            .map(|words| (true, words))
            .or_else(|| Some((false, standing(unit, short, &points)?)))?;
        let document = unit.annotation.id.clone();
        let evidence = if defined { Evidence::Defined { document, words } } else { Evidence::Used { document, words } };
        let length = short.chars().count();
        let sound = match evidence {
            Evidence::Defined { .. } => length >= SHORTEST_DEFINED && !lexicon.places.contains_key(short),
            // What is left of a name without its place (上海市儿童医院 → 儿童医院) is another body's in another place.
            _ => {
                length >= SHORTEST
                    && forms.contains(short)
                    && !unit.name.ends_with(short.as_str())
                    && distinctive::organization(short)
            }
        };
        sound.then(|| Alias { short: short.clone(), full: unit.name.clone(), evidence })
    };
    unit.names.iter().filter(|short| **short != unit.name).filter_map(alias).collect()
}

/// Old names of organisations of one document, whose new names it tells.
fn renamed(units: &[&Unit<'_>], lexicon: &Lexicon) -> Vec<Alias> {
    let Some(annotation) = units.first().map(|unit| unit.annotation) else { return Vec::new() };
    let text = simplified(&annotation.text);
    let telling: Vec<&str> = lexicon.class("becomes").filter(|word| text.contains(word)).collect();
    if telling.is_empty() {
        return Vec::new();
    }
    let points = CodePoints::new(&annotation.text);
    let mentions = || units.iter().flat_map(|unit| unit.mentions.iter().map(move |span| (*unit, *span)));
    let mut out = Vec::new();
    for (old, before) in mentions() {
        for (new, after) in mentions().filter(|(_, after)| after.start >= before.end) {
            let between = CharSpan { start: before.end, end: after.start };
            let becomes = between.end - between.start <= RENAMING && {
                let between = simplified(points.words(&annotation.text, between)).into_owned();
                // Quotation marks stand before the new name; what stands within the words parts clauses.
                let between = between.trim_end_matches(|c: char| !c.is_alphanumeric());
                telling.iter().any(|word| between.ends_with(word)) && between.chars().all(char::is_alphanumeric)
            };
            if becomes && old.entity.id != new.entity.id {
                let words = CharSpan { start: before.start, end: after.end };
                let evidence = Evidence::Renamed { document: annotation.id.clone(), words };
                out.push(Alias { short: old.name.clone(), full: new.name.clone(), evidence });
            }
        }
    }
    out
}

/// Where the text introduces `short` behind the fullest name, or that behind `short`: a few words apart, one of which
/// says so.
fn definition(unit: &Unit<'_>, short: &str, points: &CodePoints, lexicon: &Lexicon) -> Option<CharSpan> {
    let called = |span: &&CharSpan, name: &str| normal::normal(points.words(&unit.annotation.text, **span)) == name;
    let introduces = |between: &str| {
        lexicon.class("defines").chain(lexicon.class("renames")).any(|word| between.contains(word))
            || matches!(between, "（" | "(")
    };
    for first in unit.mentions.iter().filter(|span| called(span, &unit.name) || called(span, short)) {
        let other = if called(&first, short) { unit.name.as_str() } else { short };
        let near = |span: &&CharSpan| span.start >= first.end && span.start - first.end <= DEFINITION;
        for second in unit.mentions.iter().filter(|span| called(span, other)).filter(near) {
            let between = points.words(&unit.annotation.text, CharSpan { start: first.end, end: second.start });
            if introduces(&simplified(between)) && !between.contains('。') {
                return Some(CharSpan { start: first.start, end: second.end });
            }
        }
    }
    None
}

/// Where a name first stands.
fn standing(unit: &Unit<'_>, name: &str, points: &CodePoints) -> Option<CharSpan> {
    unit.mentions.iter().find(|span| normal::normal(points.words(&unit.annotation.text, **span)) == name).copied()
}

/// By name the one that stands for it, by pairs of a short name and a full one, and by how often each is used. A short
/// name that belongs to several full ones makes none of them one.
pub(super) fn resolve(
    pairs: &BTreeSet<(&str, &str)>,
    used: &FxHashMap<&str, usize>,
    lexicon: &Lexicon,
) -> FxHashMap<String, String> {
    let names: Vec<&str> =
        pairs.iter().flat_map(|(short, full)| [*short, *full]).collect::<BTreeSet<_>>().into_iter().collect();
    let at = |name: &str| names.binary_search(&name).unwrap_or_default();
    let mut owners: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (short, full) in pairs {
        owners.entry(at(short)).or_default().insert(at(full));
    }
    let mut groups = Groups::new(names.len());
    // What joins some full names may make the owners of another short name one: until nothing changes. Sets only
    // grow, so the end does not depend on the order.
    loop {
        let mut changed = false;
        for (short, fulls) in &owners {
            let sets: BTreeSet<usize> = fulls.iter().map(|full| groups.first(*full)).collect();
            if let [one] = sets.iter().collect::<Vec<_>>()[..]
                && groups.first(*short) != *one
            {
                groups.join(*short, *one);
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    let sets = groups.sets();
    let mut out = FxHashMap::default();
    for set in sets.values().filter(|set| set.len() > 1) {
        let is_short = |name: usize| owners.get(&name).is_some_and(|fulls| fulls.iter().any(|full| *full != name));
        let rank = |name: &&usize| {
            let text = names[**name];
            let listed = lexicon.organizations.get(text).is_some_and(|full| full == text);
            let seen = used.get(text).copied().unwrap_or_default();
            (!is_short(**name), listed, seen, text.chars().count(), std::cmp::Reverse(text))
        };
        let Some(full) = set.iter().max_by_key(rank) else { continue };
        out.extend(set.iter().map(|name| (names[*name].to_owned(), names[*full].to_owned())));
    }
    out
}
