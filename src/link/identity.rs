//! Groups of units become identities: each with a key that its IRI is minted from, a name, and what it falls under.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::alias::Alias;
use super::decide::Decided;
use super::elsewhere::Elsewhere;
use super::gazetteer::Known;
use super::key::Key;
use super::person::Agreement;
use super::place::{Places, above, anchor_of, listed};
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
    /// Whether only documents mention it that are not at hand: what holds of it is theirs to say.
    pub is_elsewhere: bool,
}

/// An identity whose relations are keys still.
struct Draft<'u> {
    identity: Identity,
    /// What the documents call an organisation.
    names: BTreeSet<&'u str>,
    under: Vec<Key>,
    unit_of: Option<Key>,
}

impl Draft<'_> {
    fn new(identity: Identity) -> Self {
        Self { identity, names: BTreeSet::new(), under: Vec::new(), unit_of: None }
    }

    /// An organisation that documents mention that are not at hand.
    fn elsewhere(key: &Key, name: &str) -> Self {
        let identity = Identity::new(key.clone(), EntityType::Organization, name.to_owned());
        Self::new(Identity { is_elsewhere: true, ..identity })
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
pub(super) fn identities(
    units: Vec<Unit<'_>>,
    decided: &Decided,
    lexicon: &Lexicon,
    elsewhere: Option<&Elsewhere>,
) -> Identities {
    let mut groups = decided.groups.clone();
    let sets: Vec<(usize, Vec<usize>)> = groups.sets().into_iter().collect();
    let identified: Vec<(Key, Identity)> = sets.par_iter().map(|(_, set)| identity(&units, set, decided)).collect();
    let mut drafts: BTreeMap<Key, Draft<'_>> = BTreeMap::new();
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
    let mut keys: Vec<Key> = Vec::with_capacity(sets.len());
    for ((first, set), (key, identity)) in sets.iter().zip(identified) {
        keys.push(key.clone());
        let draft = drafts.entry(key).or_insert_with(|| Draft::new(identity));
        if draft.identity.kind == EntityType::Organization {
            draft.names.extend(set.iter().flat_map(|at| &units[*at].names).map(String::as_str));
        }
        if let Some(name) = names.get(first) {
            draft.identity.name = (*name).clone();
        }
        draft.identity.decisions.extend(decisions.remove(first).unwrap_or_default());
        draft.identity.agreements.extend(agreements.remove(first).unwrap_or_default());
        relate(draft, &units, set, decided, elsewhere);
    }
    classify(&mut drafts, lexicon, elsewhere);
    departments(&mut drafts, decided, lexicon, elsewhere);
    name_otherwise(&mut drafts, decided, elsewhere);
    add_wider(&mut drafts, elsewhere);
    // What was added falls under others too, all of which are there by now.
    classify(&mut drafts, lexicon, elsewhere);
    let sets = sets.iter().map(|(_, set)| set.as_slice()).zip(&keys);
    let (identities, of_units) = numbered(drafts, units.len(), sets);
    Identities { identities, members: members(units, &of_units), of_units }
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
    let local = set.iter().map(|at| units[*at].own_key());
    let joined = || decided.automatic.keys.get(&set[0]).cloned();
    let key = anchor.map(|(anchor, _)| Key::of(kind, anchor)).or_else(joined).or_else(|| local.min());
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
            is_elsewhere: false,
        }
    }
}

/// The places that hold a place.
fn relate(draft: &mut Draft<'_>, units: &[Unit<'_>], set: &[usize], decided: &Decided, elsewhere: Option<&Elsewhere>) {
    if draft.identity.kind != EntityType::Place {
        return;
    }
    let key = &draft.identity.key;
    let told = elsewhere.and_then(|elsewhere| elsewhere.holders(key));
    draft.under = told.map_or_else(|| holders(key, units, set, &decided.automatic.places), <[Key]>::to_vec);
}

/// The places that hold the place with this key, which these units are.
pub(super) fn holders(key: &Key, units: &[Unit<'_>], set: &[usize], places: &Places) -> Vec<Key> {
    // A place that others were joined to lies where it itself lies.
    let own =
        |at: &&usize| units[**at].anchor.as_ref().is_some_and(|anchor| Key::of(EntityType::Place, anchor) == *key);
    let containers = |at: &usize| places.containers(*at, units[*at].anchor.as_ref());
    let anchored = set.iter().filter(own).map(containers).max_by_key(Vec::len);
    let containers = anchored.or_else(|| set.iter().map(containers).max_by_key(Vec::len)).unwrap_or_default();
    containers.into_iter().map(key_of).filter(|holder| holder != key).collect()
}

fn key_of(known: &Known) -> Key {
    Key::of(EntityType::Place, &anchor_of(known))
}

/// The wider classes of classes.
fn classify(drafts: &mut BTreeMap<Key, Draft<'_>>, lexicon: &Lexicon, elsewhere: Option<&Elsewhere>) {
    let classes = drafts.keys().filter_map(|key| match key {
        Key::Name { kind: kind @ (EntityType::Product | EntityType::Disease), name } => Some((*kind, name.as_str())),
        _ => None,
    });
    let known: FxHashSet<(EntityType, &str)> = classes.collect();
    let mut found: Vec<(Key, Vec<Key>)> = Vec::new();
    for (kind, name) in &known {
        let key = |name: &str| Key::Name { kind: *kind, name: name.to_owned() };
        let is_known = |head: &str| {
            known.contains(&(*kind, head)) || elsewhere.is_some_and(|elsewhere| elsewhere.mentions(&key(head)))
        };
        let wider: Vec<Key> = class::wider(*kind, name, is_known, lexicon).into_iter().map(key).collect();
        if !wider.is_empty() {
            found.push((key(name), wider));
        }
    }
    for (key, wider) in found {
        if let Some(draft) = drafts.get_mut(&key) {
            draft.under = wider;
        }
    }
}

/// The organisations that others are units of: what their names begin with, where the rest is the name of a unit.
fn departments(
    drafts: &mut BTreeMap<Key, Draft<'_>>,
    decided: &Decided,
    lexicon: &Lexicon,
    elsewhere: Option<&Elsewhere>,
) {
    let key = |name: &str| Key::Name { kind: EntityType::Organization, name: name.to_owned() };
    let bodies = drafts.keys().filter_map(|key| match key {
        Key::Name { kind: EntityType::Organization, name } => Some(name.as_str()),
        _ => None,
    });
    let names: FxHashSet<&str> = bodies.collect();
    let aliases = &decided.automatic.aliases;
    let parents = names.par_iter().filter_map(|name| {
        let mut ends = name.char_indices().rev().map(|(at, _)| at).filter(|at| *at > 0);
        let parent = ends.find_map(|at| {
            let (whole, part) = name.split_at(at);
            let whole = aliases.full(whole);
            let is_part = || whole != *name && lexicon.ends("branch", part);
            let is_body = match elsewhere {
                None => names.contains(whole) && is_part(),
                Some(elsewhere) => is_part() && (names.contains(whole) || elsewhere.mentions(&key(whole))),
            };
            is_body.then_some(whole)
        })?;
        Some((key(name), parent.to_owned()))
    });
    for (name, parent) in parents.collect::<Vec<_>>() {
        let whole = key(&parent);
        if elsewhere.is_some() {
            drafts.entry(whole.clone()).or_insert_with_key(|key| Draft::elsewhere(key, &parent));
        }
        if let Some(draft) = drafts.get_mut(&name) {
            draft.unit_of = Some(whole);
        }
    }
}

/// Gives organisations the short, old and other names by which documents call them.
fn name_otherwise(drafts: &mut BTreeMap<Key, Draft<'_>>, decided: &Decided, elsewhere: Option<&Elsewhere>) {
    let aliases = &decided.automatic.aliases;
    for alias in aliases.effective() {
        let name = aliases.full(&alias.full).to_owned();
        let key = Key::Name { kind: EntityType::Organization, name: name.clone() };
        let called = elsewhere.is_some_and(|elsewhere| elsewhere.calls(&alias.short));
        if called {
            drafts.entry(key.clone()).or_insert_with_key(|key| Draft::elsewhere(key, &name));
        }
        let draft = drafts.get_mut(&key);
        if let Some(draft) = draft.filter(|draft| called || draft.names.contains(alias.short.as_str())) {
            draft.identity.aliases.push(alias.clone());
        }
    }
}

/// Adds what others fall under and no document mentions.
fn add_wider(drafts: &mut BTreeMap<Key, Draft<'_>>, elsewhere: Option<&Elsewhere>) {
    let missing: BTreeSet<Key> =
        drafts.values().flat_map(|draft| &draft.under).filter(|key| !drafts.contains_key(key)).cloned().collect();
    for key in missing {
        let (kind, anchor) = match &key {
            Key::Code(code) => (EntityType::Place, Anchor::Code(code.clone())),
            Key::Name { kind, name } => (*kind, Anchor::Name(name.clone())),
            Key::Document { .. } => continue,
        };
        let known = (kind == EntityType::Place).then(|| listed(&anchor)).flatten();
        let name = match (known, anchor) {
            (Some(known), _) => known.name.clone(),
            (None, Anchor::Name(name) | Anchor::Code(name)) => name,
        };
        let mut identity = Identity::new(key.clone(), kind, name);
        identity.is_elsewhere = elsewhere.is_some_and(|elsewhere| elsewhere.mentions(&key));
        let holders = known.map(above).unwrap_or_default();
        identity.other_names = known.map(|known| known.others.iter().cloned().collect()).unwrap_or_default();
        let under = holders.into_iter().map(key_of).collect();
        drafts.insert(key, Draft { under, ..Draft::new(identity) });
    }
}

/// Keys become indices: the identities, and by unit the index of its own. `sets` are those of units, each with its key.
fn numbered<'s>(
    drafts: BTreeMap<Key, Draft<'_>>,
    units: usize,
    sets: impl Iterator<Item = (&'s [usize], &'s Key)>,
) -> (Vec<Identity>, Vec<Option<usize>>) {
    let at: FxHashMap<&Key, usize> = drafts.keys().zip(0..).collect();
    let index = |key: &Key| at.get(key).copied();
    let related = drafts.values().map(|draft| {
        let under: Vec<usize> = draft.under.iter().filter_map(index).collect();
        (under, draft.unit_of.as_ref().and_then(index))
    });
    let related: Vec<_> = related.collect();
    let mut of_units: Vec<Option<usize>> = vec![None; units];
    for (set, key) in sets {
        let identity = index(key);
        set.iter().for_each(|unit| of_units[*unit] = identity);
    }
    let identities = drafts.into_values().zip(related).map(|(draft, (under, unit_of))| {
        let identity = draft.identity;
        Identity { under, unit_of, ..identity }
    });
    (identities.collect(), of_units)
}

/// What documents call identities, by document.
fn members(units: Vec<Unit<'_>>, of_units: &[Option<usize>]) -> BTreeMap<String, Vec<Member>> {
    let mut members: BTreeMap<String, Vec<Member>> = BTreeMap::new();
    let mut units = units.into_iter().zip(of_units).peekable();
    while let Some((first, _)) = units.peek() {
        let document = first.annotation;
        let here = members.entry(document.id.clone()).or_default();
        while let Some((unit, identity)) = units.next_if(|(unit, _)| std::ptr::eq(unit.annotation, document)) {
            here.extend(identity.map(|identity| Member {
                entity: unit.entity.id.clone(),
                identity,
                names: unit.written,
                mentions: unit.mentions,
            }));
        }
    }
    members
}
