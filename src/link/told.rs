//! What each document tells by itself, as rows to be brought together by what they are about: linking a corpus in which
//! no place has all documents at hand.
//!
//! Three times every document tells rows, the rows about one thing are gathered, wherever that is done ([`super::gather`]), and what
//! comes of it is known when they tell again:
//!
//! 1. [`names`]: which names are short for which, how often names of organisations are used, which places are mentioned;
//! 2. [`entities`]: which entities are mentioned, and of which it matters whether another document mentions them;
//! 3. [`persons`]: by what a person may be known elsewhere, what organisations are called, where places lie.
//!
//! With what the three have come to, [`super::Linking::among`] links some documents as though all were there.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::elsewhere::Elsewhere;
use super::unit::{Anchor, Unit};
use super::{Agreement, Automatic, Key, LEXICON, Linking, Places, alias, identity, person, unit};
use crate::annotation::{Annotation, EntityType};

/// What a row is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum About {
    /// A long sentence, by its hash.
    Sentence(u64),
    /// A document, by its id.
    Document(String),
    /// A name of organisations.
    Name(String),
    /// A place of the lists that has no code, by its name.
    Place(String),
    /// An entity that is known by its name or code.
    Entity(Key),
    /// Persons of one name.
    Person(String),
    /// A short name by which an organisation is called.
    Called(String),
    /// A place that no list has.
    Site(Key),
}

/// What a row tells.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Told {
    /// The sentence stands in this document.
    In(String),
    /// There is such a document.
    Here,
    /// The document may be a print of others of this group.
    Group(String),
    /// So many organisations of documents are called so.
    Used(usize),
    /// The name is short for this one.
    ShortFor(String),
    /// Another name is short for this one.
    Full,
    /// A document mentions it.
    Mentioned,
    /// It matters to a document whether another one mentions it.
    Asked,
    /// What a document says of a person by which others may know them.
    Known {
        /// The person's key, if no other document knows them.
        key: Key,
        /// The person's id in the document.
        entity: String,
        /// What is said.
        agreements: BTreeSet<Agreement>,
    },
    /// Other documents know this person of the document.
    Joined {
        /// The person's id in the document.
        entity: String,
        /// The person's key.
        key: Key,
        /// What the documents agree on, told by one of them.
        agreements: BTreeSet<Agreement>,
    },
    /// The place lies in these.
    Lies {
        /// As this document says.
        document: String,
        /// The next larger one first.
        under: Vec<Key>,
    },
}

/// One thing that is told.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    /// What about.
    pub about: About,
    /// And what.
    pub told: Told,
}

impl Row {
    pub(super) fn new(about: About, told: Told) -> Self {
        Self { about, told }
    }
}

/// What documents tell of names.
#[must_use]
pub fn names(annotations: &[Annotation]) -> Vec<Row> {
    let sorted: Vec<&Annotation> = annotations.iter().collect();
    let mut units = unit::units(&sorted);
    let mut rows = Vec::new();
    for alias in alias::found(&units, &LEXICON) {
        rows.push(Row::new(About::Name(alias.short), Told::ShortFor(alias.full.clone())));
        rows.push(Row::new(About::Name(alias.full), Told::Full));
    }
    let used = alias::counts(&units).into_iter();
    rows.extend(used.map(|(name, times)| Row::new(About::Name(name.to_owned()), Told::Used(times))));
    let places = Places::anchor(&mut units, None);
    rows.extend(places.names().map(|name| Row::new(About::Place(name.to_owned()), Told::Mentioned)));
    rows.sort();
    rows.dedup();
    rows
}

/// What a document tells of entities, by what is known of names.
#[must_use]
pub fn entities(annotation: &Annotation, elsewhere: &Elsewhere) -> Vec<Row> {
    let mut asking = elsewhere.of_names();
    asking.write_down();
    let linking = Linking::among(std::slice::from_ref(annotation), &asking);
    let everywhere = |key: &Key| matches!(key, Key::Name { .. } | Key::Code(_));
    let mentioned = linking.identities.into_iter().filter(|identity| !identity.documents.is_empty());
    let mentioned = mentioned.map(|identity| identity.key).filter(everywhere);
    let mut rows: Vec<Row> = mentioned.map(|key| Row::new(About::Entity(key), Told::Mentioned)).collect();
    rows.extend(asking.asked().into_iter().map(|key| Row::new(About::Entity(key), Told::Asked)));
    rows.sort();
    rows
}

/// What a document tells of persons, of what organisations are called and of where places lie, by what is known of names
/// and entities.
#[must_use]
pub fn persons(annotation: &Annotation, elsewhere: &Elsewhere) -> Vec<Row> {
    let mut units = unit::units(&[annotation]);
    let Automatic { places, aliases, .. } = Automatic::of(&mut units, Some(elsewhere));
    let mut rows = Vec::new();
    for (at, agreements) in person::told(&units, &places) {
        let unit = &units[at];
        let told = Told::Known { key: unit.own_key(), entity: unit.entity.id.clone(), agreements };
        rows.push(Row::new(About::Person(unit.name.clone()), told));
    }
    let mut sites: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
    for (at, unit) in units.iter().enumerate() {
        match (&unit.anchor, unit.kind) {
            (Some(Anchor::Name(name)), EntityType::Organization) => {
                let short = |short: &&String| elsewhere.is_short(short) && aliases.full(short) == name;
                let called = unit.names.iter().filter(short);
                rows.extend(called.map(|name| Row::new(About::Called(name.clone()), Told::Mentioned)));
            }
            (Some(anchor), EntityType::Place) if places.known(anchor).is_none() => {
                sites.entry(Key::of(EntityType::Place, anchor)).or_default().push(at);
            }
            _ => {}
        }
    }
    for (key, units_of) in sites {
        let under = identity::holders(&key, &units, &units_of, &places);
        rows.push(Row::new(About::Site(key), Told::Lies { document: annotation.id.clone(), under }));
    }
    rows.sort();
    rows
}

impl Unit<'_> {
    /// What tells it from all others where its document alone knows it.
    pub(super) fn own_key(&self) -> Key {
        let (document, name) = (self.annotation.id.clone(), self.name.clone());
        Key::Document { document, kind: self.kind, name, running: self.running }
    }
}
