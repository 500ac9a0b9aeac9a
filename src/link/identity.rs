//! Groups of units become identities: each with a key that its IRI is minted from, a name, and what it falls under.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashSet;

use super::alias::Alias;
use super::decide::Decided;
use super::gazetteer::Known;
use super::key::Key;
use super::person::Agreement;
use super::place::{above, anchor_of};
use super::unit::{Anchor, Unit};
use super::{Member, class};
use crate::annotation::EntityType;
use crate::lexicon::Lexicon;

/// An entity of the graph: whatever the documents call it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// What its IRI is minted from.
    pub key: Key,
    /// Its type.
    pub kind: EntityType,
    /// Its one name, in the normal form.
    pub name: String,
    /// Other names that the lists have for it, in the normal form; those that documents give it are theirs to say.
    pub other_names: BTreeSet<String>,
    /// The documents that mention it, sorted; none for what others only fall under.
    pub documents: BTreeSet<String>,
    /// Why several names are its names.
    pub aliases: Vec<Alias>,
    /// Why persons of different documents are one.
    pub agreements: BTreeSet<Agreement>,
    /// The decisions about it, by id.
    pub decisions: BTreeSet<String>,
    /// What it is elsewhere: IRIs of the user's table.
    pub same_as: BTreeSet<String>,
    /// What it falls under, the next wider first: the places that hold a place, the classes that a class is a kind of.
    /// Indices into [`super::Linking::identities`].
    pub under: Vec<usize>,
    /// The organisation that it is a unit of.
    pub unit_of: Option<usize>,
}

/// An identity whose relations are keys still.
struct Draft {
    identity: Identity,
    /// What the documents call it.
    names: BTreeSet<String>,
    under: Vec<Key>,
    unit_of: Option<Key>,
}

impl Draft {
    fn new(identity: Identity) -> Self {
        Self { identity, names: BTreeSet::new(), under: Vec::new(), unit_of: None }
    }
}

/// What becomes of groups.
pub(super) struct Identities {
    /// Sorted by key.
    pub identities: Vec<Identity>,
    /// By document.
    pub members: BTreeMap<String, Vec<Member>>,
    /// By unit the index of its identity.
    pub of_units: Vec<Option<usize>>,
}

/// The identities of all groups.
pub(super) fn identities(units: &[Unit<'_>], decided: &Decided, lexicon: &Lexicon) -> Identities {
    let mut groups = decided.groups.clone();
    let mut sets: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in 0..units.len() {
        sets.entry(groups.first(at)).or_default().push(at);
    }
    let mut drafts: BTreeMap<Key, Draft> = BTreeMap::new();
    let mut keys: Vec<Option<Key>> = vec![None; units.len()];
    let mut decisions: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
    for (unit, ids) in &decided.decisions {
        decisions.entry(groups.first(*unit)).or_default().extend(ids.iter().cloned());
    }
    let mut agreements: BTreeMap<usize, BTreeSet<Agreement>> = BTreeMap::new();
    for (unit, agreed) in &decided.automatic.agreements {
        agreements.entry(groups.first(*unit)).or_default().extend(agreed.iter().cloned());
    }
    let names: BTreeMap<usize, &String> =
        decided.names.iter().map(|(unit, name)| (groups.first(*unit), name)).collect();
    for (first, set) in &sets {
        let (key, identity) = identity(units, set, decided);
        set.iter().for_each(|at| keys[*at] = Some(key.clone()));
        let draft = drafts.entry(key).or_insert_with(|| Draft::new(identity));
        draft.names.extend(set.iter().flat_map(|at| units[*at].names.iter().cloned()));
        if let Some(name) = names.get(first) {
            draft.identity.name = (*name).clone();
        }
        draft.identity.decisions.extend(decisions.remove(first).unwrap_or_default());
        draft.identity.agreements.extend(agreements.remove(first).unwrap_or_default());
        relate(draft, units, set, decided);
    }
    for alias in decided.automatic.aliases.effective() {
        let name = decided.automatic.aliases.full(&alias.full).to_owned();
        let draft = drafts.get_mut(&Key::Name { kind: EntityType::Organization, name });
        if let Some(draft) = draft.filter(|draft| draft.names.contains(&alias.short)) {
            draft.identity.aliases.push(alias.clone());
        }
    }
    classify(&mut drafts, lexicon);
    departments(&mut drafts, decided, lexicon);
    add_wider(&mut drafts, decided);
    // What was added falls under others too, all of which are there by now.
    classify(&mut drafts, lexicon);
    finish(drafts, units, &keys)
}

/// The key of a set of units, and the identity without its relations.
fn identity(units: &[Unit<'_>], set: &[usize], decided: &Decided) -> (Key, Identity) {
    let kind = units[set[0]].kind;
    let mut anchors: BTreeMap<&Anchor, BTreeSet<&str>> = BTreeMap::new();
    let mut names: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for unit in set.iter().map(|at| &units[*at]) {
        if let Some(anchor) = &unit.anchor {
            anchors.entry(anchor).or_default().insert(&unit.annotation.id);
        }
        names.entry(&unit.name).or_default().insert(&unit.annotation.id);
    }
    let anchor = anchors.iter().max_by_key(|(anchor, documents)| (documents.len(), Reverse(**anchor)));
    let usual = names.iter().max_by_key(|(name, documents)| (documents.len(), name.chars().count(), Reverse(**name)));
    let usual = usual.map_or("", |(name, _)| name);
    let local = set.iter().map(|at| &units[*at]).map(|unit| Key::Document {
        document: unit.annotation.id.clone(),
        kind,
        name: unit.name.clone(),
        running: unit.running,
    });
    let key = anchor.map(|(anchor, _)| Key::of(kind, anchor)).or_else(|| local.min());
    let key = key.unwrap_or_else(|| Key::Name { kind, name: usual.to_owned() });
    let known = anchor.and_then(|(anchor, _)| decided.automatic.places.known(anchor));
    let name = match (known, &key) {
        (Some(known), _) => &known.name,
        (None, Key::Name { name, .. }) => name,
        _ => usual,
    };
    let documents = set.iter().map(|at| units[*at].annotation.id.clone()).collect();
    let other_names = known.map(|known| known.others.iter().cloned().collect()).unwrap_or_default();
    let identity = Identity { documents, other_names, ..Identity::new(key.clone(), kind, name.to_owned()) };
    (key, identity)
}

impl Identity {
    fn new(key: Key, kind: EntityType, name: String) -> Self {
        Self {
            key,
            kind,
            name,
            other_names: BTreeSet::new(),
            documents: BTreeSet::new(),
            aliases: Vec::new(),
            agreements: BTreeSet::new(),
            decisions: BTreeSet::new(),
            same_as: BTreeSet::new(),
            under: Vec::new(),
            unit_of: None,
        }
    }
}

/// The places that hold a place.
fn relate(draft: &mut Draft, units: &[Unit<'_>], set: &[usize], decided: &Decided) {
    if draft.identity.kind != EntityType::Place {
        return;
    }
    let places = &decided.automatic.places;
    let key = &draft.identity.key;
    // A place that others were joined to lies where it itself lies.
    let own =
        |at: &&usize| units[**at].anchor.as_ref().is_some_and(|anchor| Key::of(EntityType::Place, anchor) == *key);
    let containers = |at: &usize| places.containers(*at, units[*at].anchor.as_ref());
    let anchored = set.iter().filter(own).map(containers).max_by_key(Vec::len);
    let containers = anchored.or_else(|| set.iter().map(containers).max_by_key(Vec::len)).unwrap_or_default();
    draft.under = containers.into_iter().map(key_of).filter(|holder| holder != key).collect();
}

fn key_of(known: &Known) -> Key {
    Key::of(EntityType::Place, &anchor_of(known))
}

/// The wider classes of classes.
fn classify(drafts: &mut BTreeMap<Key, Draft>, lexicon: &Lexicon) {
    let known: Vec<(EntityType, String)> = drafts
        .keys()
        .filter_map(|key| match key {
            Key::Name { kind, name } => Some((*kind, name.clone())),
            _ => None,
        })
        .collect();
    let known: FxHashSet<(EntityType, &str)> = known.iter().map(|(kind, name)| (*kind, name.as_str())).collect();
    for (key, draft) in drafts.iter_mut() {
        if let Key::Name { kind, name } = key {
            let wider = class::wider(*kind, name, &known, lexicon);
            if !wider.is_empty() {
                draft.under = wider.into_iter().map(|name| Key::Name { kind: *kind, name: name.to_owned() }).collect();
            }
        }
    }
}

/// The organisations that others are units of: what their names begin with, where the rest is the name of a unit.
fn departments(drafts: &mut BTreeMap<Key, Draft>, decided: &Decided, lexicon: &Lexicon) {
    let kind = EntityType::Organization;
    let names: BTreeSet<String> = drafts
        .keys()
        .filter_map(|key| match key {
            Key::Name { kind: EntityType::Organization, name } => Some(name.clone()),
            _ => None,
        })
        .collect();
    let aliases = &decided.automatic.aliases;
    for name in &names {
        let mut ends = name.char_indices().rev().map(|(at, _)| at).filter(|at| *at > 0);
        let parent = ends.find_map(|at| {
            let (whole, part) = name.split_at(at);
            let whole = aliases.full(whole);
            (lexicon.ends("branch", part) && whole != name && names.contains(whole)).then(|| whole.to_owned())
        });
        if let (Some(parent), Some(draft)) = (parent, drafts.get_mut(&Key::Name { kind, name: name.clone() })) {
            draft.unit_of = Some(Key::Name { kind, name: parent });
        }
    }
}

/// Adds what others fall under and no document mentions.
fn add_wider(drafts: &mut BTreeMap<Key, Draft>, decided: &Decided) {
    let missing: BTreeSet<Key> =
        drafts.values().flat_map(|draft| &draft.under).filter(|key| !drafts.contains_key(key)).cloned().collect();
    let places = decided.automatic.places.all();
    for key in missing {
        let (kind, anchor) = match &key {
            Key::Code(code) => (EntityType::Place, Anchor::Code(code.clone())),
            Key::Name { kind, name } => (*kind, Anchor::Name(name.clone())),
            Key::Document { .. } => continue,
        };
        let known = (kind == EntityType::Place).then(|| places.get(&anchor).copied()).flatten();
        let name = match (known, anchor) {
            (Some(known), _) => known.name.clone(),
            (None, Anchor::Name(name) | Anchor::Code(name)) => name,
        };
        let mut identity = Identity::new(key.clone(), kind, name);
        let holders = known.map(above).unwrap_or_default();
        identity.other_names = known.map(|known| known.others.iter().cloned().collect()).unwrap_or_default();
        let under = holders.into_iter().map(key_of).collect();
        drafts.insert(key, Draft { under, ..Draft::new(identity) });
    }
}

/// Keys become indices.
fn finish(drafts: BTreeMap<Key, Draft>, units: &[Unit<'_>], keys: &[Option<Key>]) -> Identities {
    let at: BTreeMap<Key, usize> = drafts.keys().cloned().zip(0..).collect();
    let identities = drafts.into_values().map(|Draft { mut identity, under, unit_of, .. }| {
        identity.under = under.iter().filter_map(|key| at.get(key).copied()).collect();
        identity.unit_of = unit_of.and_then(|key| at.get(&key).copied());
        identity
    });
    let identities = identities.collect();
    let mut members: BTreeMap<String, Vec<Member>> = BTreeMap::new();
    let of_units: Vec<Option<usize>> = keys.iter().map(|key| at.get(key.as_ref()?).copied()).collect();
    for (unit, identity) in units.iter().zip(&of_units) {
        let Some(identity) = identity else { continue };
        members.entry(unit.annotation.id.clone()).or_default().push(Member {
            entity: unit.entity.id.clone(),
            identity: *identity,
            names: unit.written.clone(),
            mentions: unit.mentions.clone(),
        });
    }
    Identities { identities, members, of_units }
}
