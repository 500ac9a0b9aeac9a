//! What documents tell that are not at hand, so that some documents are linked as though all were.
//!
//! It is read from what was gathered of what every document tells ([`super::told`]). All of it is small, whatever the
//! number of documents, but for the persons known in several of them, which are told document by document.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::{FxHashMap, FxHashSet};

use super::alias::resolve;
use super::gazetteer::Known;
use super::place::listed;
use super::told::{About, Row, Told};
use super::unit::Anchor;
use super::{Agreement, Key, LEXICON};

/// What is known of the entities of all documents.
#[derive(Debug, Default)]
pub struct Elsewhere {
    /// By name of an organisation the one that stands for it.
    full: Arc<FxHashMap<String, String>>,
    /// Short names with one meaning.
    shorts: FxHashSet<String>,
    /// The places without a code that documents mention.
    places: Arc<FxHashMap<Anchor, &'static Known>>,
    /// Entities that documents mention and others ask for.
    mentioned: FxHashSet<Key>,
    /// What is asked for, where that is written down.
    asked: Option<Mutex<FxHashSet<Key>>>,
    /// Short names by which documents call the organisation that they are short for.
    called: FxHashSet<String>,
    /// Where places lie of which documents tell several things.
    sites: FxHashMap<Key, Vec<Key>>,
    /// By document and entity the persons whom other documents know too.
    joined: FxHashMap<String, FxHashMap<String, Joined>>,
}

/// A person whom several documents know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Joined {
    /// The key of the person.
    pub key: Key,
    /// What the documents agree on, told once.
    pub agreements: BTreeSet<Agreement>,
}

impl Elsewhere {
    /// What was gathered, in any order.
    #[must_use]
    pub fn new(rows: impl IntoIterator<Item = Row>) -> Self {
        let mut elsewhere = Self::default();
        let (mut pairs, mut used, mut places) = (BTreeSet::new(), FxHashMap::default(), FxHashMap::default());
        for Row { about, told } in rows {
            match (about, told) {
                (About::Name(name), Told::Used(times)) => *used.entry(name).or_default() += times,
                (About::Name(short), Told::ShortFor(full)) => drop(pairs.insert((short, full))),
                (About::Place(name), Told::Mentioned) => {
                    let anchor = Anchor::Name(name);
                    if let Some(known) = listed(&anchor) {
                        places.insert(anchor, known);
                    }
                }
                (About::Entity(key), Told::Mentioned) => drop(elsewhere.mentioned.insert(key)),
                (About::Called(name), Told::Mentioned) => drop(elsewhere.called.insert(name)),
                (About::Site(key), Told::Lies { under, .. }) => drop(elsewhere.sites.insert(key, under)),
                (about, told) => elsewhere.join(Row { about, told }),
            }
        }
        elsewhere.places = Arc::new(places);
        elsewhere.name(&pairs, &used);
        elsewhere
    }

    fn name(&mut self, pairs: &BTreeSet<(String, String)>, used: &FxHashMap<String, usize>) {
        let names = pairs.iter().map(|(short, full)| (short.as_str(), full.as_str())).collect();
        let used = used.iter().map(|(name, times)| (name.as_str(), *times)).collect();
        let full = resolve(&names, &used, &LEXICON);
        let is_one = |(short, name): &&(String, String)| full.get(short).is_some_and(|one| full.get(name) == Some(one));
        self.shorts = pairs.iter().filter(is_one).map(|(short, _)| short.clone()).collect();
        self.full = Arc::new(full);
    }

    /// Takes in what is known of the persons of a document; rows about anything else say nothing here.
    pub fn join(&mut self, Row { about, told }: Row) {
        if let (About::Document(document), Told::Joined { entity, key, agreements }) = (about, told) {
            self.joined.entry(document).or_default().insert(entity, Joined { key, agreements });
        }
    }

    /// Forgets the persons of a document that is done with.
    pub fn forget(&mut self, document: &str) {
        self.joined.remove(document);
    }

    /// What is known of names.
    pub(super) fn of_names(&self) -> Self {
        Self { full: Arc::clone(&self.full), places: Arc::clone(&self.places), ..Self::default() }
    }

    /// Writes down from now on which entities are asked for, all of which are answered as unknown.
    pub(super) fn write_down(&mut self) {
        self.asked = Some(Mutex::default());
    }

    /// The entities that were asked for.
    pub(super) fn asked(&self) -> FxHashSet<Key> {
        let asked = self.asked.as_ref();
        asked
            .map(|asked| std::mem::take(&mut *asked.lock().unwrap_or_else(PoisonError::into_inner)))
            .unwrap_or_default()
    }

    pub(super) fn full_names(&self) -> Arc<FxHashMap<String, String>> {
        Arc::clone(&self.full)
    }

    pub(super) fn places(&self) -> Arc<FxHashMap<Anchor, &'static Known>> {
        Arc::clone(&self.places)
    }

    /// Whether a document mentions it.
    pub(super) fn mentions(&self, key: &Key) -> bool {
        if let Some(asked) = &self.asked {
            asked.lock().unwrap_or_else(PoisonError::into_inner).insert(key.clone());
        }
        self.mentioned.contains(key)
    }

    /// Whether a name is short for one organisation.
    pub(super) fn is_short(&self, name: &str) -> bool {
        self.shorts.contains(name)
    }

    /// Whether a document calls the organisation by this short name of it.
    pub(super) fn calls(&self, short: &str) -> bool {
        self.called.contains(short)
    }

    /// Where a place lies of which documents tell several things.
    pub(super) fn holders(&self, place: &Key) -> Option<&[Key]> {
        self.sites.get(place).map(Vec::as_slice)
    }

    /// Who a person of a document is, where other documents know that.
    pub(super) fn joined(&self, document: &str, entity: &str) -> Option<&Joined> {
        self.joined.get(document)?.get(entity)
    }
}
