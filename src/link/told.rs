//! What each document tells by itself, as rows to be brought together by what they are about: linking a corpus in which
//! no place has all documents at hand.
//!
//! Three times every document tells rows, the rows about one thing are gathered, wherever that is done, and what comes of
//! it is known when they tell again:
//!
//! 1. [`names`]: which names are short for which, how often names of organisations are used, which places are mentioned;
//! 2. [`entities`]: which entities are mentioned, and of which it matters whether another document mentions them;
//! 3. [`persons`]: by what a person may be known elsewhere, what organisations are called, where places lie.
//!
//! With what the three have come to, [`super::Linking::among`] links some documents as though all were there.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use super::elsewhere::Elsewhere;
use super::groups::Groups;
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
    fn new(about: About, told: Told) -> Self {
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

/// Two documents bear one id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("two documents have the id {0:?}; give each its own")]
pub struct TwiceId(pub String);

/// What comes of all rows about one thing, in any order.
///
/// # Errors
/// Where two documents bear one id.
pub fn gather(about: &About, mut told: Vec<Told>) -> Result<Vec<Row>, TwiceId> {
    told.sort();
    let row = |told: Told| Row::new(about.clone(), told);
    let once = |told: &Told| vec![row(told.clone())];
    Ok(match about {
        About::Document(id) if told.len() > 1 => return Err(TwiceId(id.clone())),
        About::Document(_) => Vec::new(),
        About::Sentence(_) => {
            told.dedup();
            if told.len() > 1 { told.into_iter().map(row).collect() } else { Vec::new() }
        }
        About::Name(_) => {
            let is_pair = |told: &&Told| matches!(told, Told::ShortFor(_) | Told::Full);
            if told.iter().any(|told| is_pair(&told)) { name(told).into_iter().map(row).collect() } else { Vec::new() }
        }
        About::Entity(_) => {
            let both = told.contains(&Told::Asked) && told.contains(&Told::Mentioned);
            if both { vec![row(Told::Mentioned)] } else { Vec::new() }
        }
        About::Place(_) | About::Called(_) => told.first().map(once).unwrap_or_default(),
        About::Person(_) => same(told),
        About::Site(_) => {
            let places = told.iter().filter_map(|told| match told {
                Told::Lies { document, under } => Some((under.len(), document, under)),
                _ => None,
            });
            let several: FxHashSet<&Vec<Key>> = places.clone().map(|(_, _, under)| under).collect();
            // What all documents say each of them knows. Of several the fullest holds, of the last document.
            let fullest = if several.len() > 1 { places.max() } else { None };
            let lies = |(_, document, under): (_, &String, &Vec<Key>)| Told::Lies {
                document: document.clone(),
                under: under.clone(),
            };
            fullest.map(lies).map(row).into_iter().collect()
        }
    })
}

/// What is told of a name, each once.
fn name(told: Vec<Told>) -> Vec<Told> {
    let used: usize = told.iter().map(|told| if let Told::Used(times) = told { *times } else { 0 }).sum();
    let mut out: Vec<Told> = told.into_iter().filter(|told| matches!(told, Told::ShortFor(_))).collect();
    out.dedup();
    out.push(Told::Used(used));
    out
}

/// Which persons of one name are one, as rows about their documents.
fn same(told: Vec<Told>) -> Vec<Row> {
    let persons = told.into_iter().filter_map(|told| match told {
        Told::Known { key: Key::Document { document, kind, name, running }, entity, agreements } => {
            Some((Key::Document { document: document.clone(), kind, name, running }, document, entity, agreements))
        }
        _ => None,
    });
    // Sorted by key, so that the first of a set has its key.
    let persons: BTreeMap<Key, (String, String, BTreeSet<Agreement>)> =
        persons.map(|(key, document, entity, agreements)| (key, (document, entity, agreements))).collect();
    let mut groups = Groups::new(persons.len());
    let mut first: BTreeMap<&Agreement, usize> = BTreeMap::new();
    let mut agreed: BTreeSet<(usize, &Agreement)> = BTreeSet::new();
    for (at, (_, _, agreements)) in persons.values().enumerate() {
        for agreement in agreements {
            let other = *first.entry(agreement).or_insert(at);
            if other != at {
                groups.join(at, other);
                agreed.insert((other, agreement));
            }
        }
    }
    let mut on: BTreeMap<usize, BTreeSet<Agreement>> = BTreeMap::new();
    for (at, agreement) in agreed {
        on.entry(groups.first(at)).or_default().insert(agreement.clone());
    }
    let persons: Vec<(&Key, &(String, String, BTreeSet<Agreement>))> = persons.iter().collect();
    let mut rows = Vec::new();
    for (first, set) in groups.sets().into_iter().filter(|(_, set)| set.len() > 1) {
        for at in set {
            let (_, (document, entity, _)) = persons[at];
            let agreements = if at == first { on.remove(&first).unwrap_or_default() } else { BTreeSet::new() };
            let told = Told::Joined { entity: entity.clone(), key: persons[first].0.clone(), agreements };
            rows.push(Row::new(About::Document(document.clone()), told));
        }
    }
    rows
}
