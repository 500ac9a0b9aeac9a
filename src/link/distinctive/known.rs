//! What all lists together know of the words that names of organisations are made of, in one table, so that one look at a
//! word tells all.

use std::sync::LazyLock;

use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use super::words::{self, Class, Kind, ends, in_organizations, is};
use crate::lexicon::{Lexicon, Place, Strength, lines};
use crate::link::LEXICON;
use crate::link::gazetteer::Gazetteer;
use crate::link::words::ends as word_ends;

/// What the lists know of a word in names of organisations.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known {
    /// What it is as a piece of a name.
    pub kind: Kind,
    /// What it says of a name that it closes; none where it is a name itself.
    pub class: Option<Class>,
}

/// Every word of the lists. One that is of several is a listed organisation first, then a word that names share, then a
/// place.
static KNOWN: LazyLock<FxHashMap<&'static str, Known>> = LazyLock::new(|| {
    let lexicon: &'static Lexicon = &LEXICON;
    let size = lexicon.places.len() + lexicon.organizations.len() + lexicon.organization_suffixes.len();
    let mut known = FxHashMap::with_capacity_and_hasher(2 * size, FxBuildHasher);
    let suffixes = lexicon.organization_suffixes.keys().map(String::as_str);
    for word in words::all().chain(suffixes) {
        if let Some(class) = class_of(word, lexicon) {
            known.insert(word, Known { kind: Kind::Word(class), class: Some(class) });
        }
    }
    for name in lexicon.organizations.keys().map(String::as_str).filter(|name| !is(name, Class::Common)) {
        known.entry(name).or_insert(Known { kind: Kind::Organization, class: None }).kind = Kind::Organization;
    }
    for (name, place) in &lexicon.places {
        known.entry(name).or_insert_with(|| Known { kind: place_kind(name, place), class: None });
    }
    known
});

/// Characters of the longest of these words, and of the names of towns, by the first two.
static REACH: LazyLock<FxHashMap<&'static str, usize>> = LazyLock::new(|| {
    let mut reach = FxHashMap::with_capacity_and_hasher(KNOWN.len(), FxBuildHasher);
    for word in KNOWN.keys().copied().chain(Gazetteer::embedded().towns()) {
        if let Some(second) = word_ends(word).nth(1) {
            let longest = reach.entry(&word[..second]).or_insert(0);
            *longest = word.chars().count().max(*longest);
        }
    }
    reach
});

/// The class of a word in names of organisations.
fn class_of(word: &str, lexicon: &Lexicon) -> Option<Class> {
    let listed = in_organizations(word);
    // The list of common words has heads as well, without saying what they are.
    let suffix = lexicon.organization_suffixes.get(word).filter(|_| listed.is_none_or(|class| class == Class::Common));
    match suffix.map(|suffix| suffix.strength) {
        Some(Strength::Strong | Strength::Weak) => Some(Class::Office),
        Some(Strength::Brand) => Some(Class::Local),
        None => listed,
    }
}

/// What a place is as a piece of a name: one that shares its name with others is a common word.
fn place_kind(name: &str, place: &Place) -> Kind {
    if Gazetteer::embedded().is_shared(name) {
        return Kind::Word(Class::Common);
    }
    let wide = place.kind == "country" || place.kind == "macroregion" && ends(name, Class::Wide);
    Kind::Place { wide }
}

/// Words of two and three characters of the language.
static ORDINARY: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| lines("ordinary_words.txt").collect());

/// Characters of the longest ordinary word.
pub(super) const LONGEST_ORDINARY: usize = 3;

/// Reads the lists.
pub(in crate::link) fn prepare() {
    LazyLock::force(&REACH);
    LazyLock::force(&ORDINARY);
}

/// What the lists know of a word in names of organisations.
pub(super) fn known(word: &str) -> Option<Known> {
    KNOWN.get(word).copied()
}

/// How many characters a word or the name of a town may have that begins with these two.
pub(super) fn reach(first: &str) -> usize {
    REACH.get(first).copied().unwrap_or_default()
}

/// Whether a word is an ordinary one of the language.
pub(super) fn is_ordinary(word: &str) -> bool {
    word.len() <= 3 * LONGEST_ORDINARY && ORDINARY.contains(word)
}

#[cfg(test)]
mod tests {
    use super::super::cover::LONGEST;
    use super::*;

    #[test]
    fn no_word_is_longer_than_what_is_looked_up() {
        assert!(ORDINARY.iter().all(|word| word.chars().count() <= LONGEST_ORDINARY));
        let words = KNOWN.iter().filter(|(_, known)| known.class.is_some());
        assert!(words.map(|(word, _)| word).all(|word| word.chars().count() <= LONGEST));
    }
}
