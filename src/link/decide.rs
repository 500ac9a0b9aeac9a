//! A person's decisions, found again in what the texts say now, and applied to groups.

use std::collections::{BTreeMap, BTreeSet};

use super::groups::Groups;
use super::unit::{Anchor, Unit};
use super::{Automatic, LEXICON, distinctive};
use crate::annotation::{Annotation, EntityType};
use crate::decision::{Act, Decision, EntityReference};
use crate::text::normal;

/// The decisions that hold, by id.
pub(super) type Standing<'a> = BTreeMap<String, &'a Decision>;

/// A decision that finds nothing to apply to, or that another one forbids. It stays on file and is tried again with
/// every derivation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unapplied {
    /// Its id.
    pub decision: String,
    /// Why, in one line.
    pub why: String,
}

/// Groups as a person leaves them.
pub(super) struct Decided {
    /// Which units are one.
    pub groups: Groups,
    /// What was one before.
    pub automatic: Automatic,
    /// By unit the decisions about it.
    pub decisions: BTreeMap<usize, BTreeSet<String>>,
    /// By unit the name that its group is given.
    pub names: BTreeMap<usize, String>,
    /// Pairs of units that are two, as a person has said.
    pub apart: Vec<(usize, usize)>,
}

/// Decisions that take back what was never decided.
pub(super) fn undone_in_vain(decisions: &[Decision]) -> Vec<Unapplied> {
    let made: BTreeSet<String> = decisions.iter().map(Decision::id).collect();
    let vain = decisions.iter().filter_map(|decision| match &decision.act {
        Act::Undo { of } if !made.contains(of) => {
            Some(Unapplied { decision: decision.id(), why: format!("there is no decision {of}") })
        }
        _ => None,
    });
    vain.collect()
}

/// Gives units the types that a person has decided on; by unit the decision.
pub(super) fn retype(
    units: &mut [Unit<'_>],
    standing: &Standing<'_>,
    unapplied: &mut Vec<Unapplied>,
) -> BTreeMap<usize, String> {
    let retypes = by_date(standing).into_iter().filter_map(|(id, decision)| match &decision.act {
        Act::Retype { entity, to } => Some((id, entity, *to)),
        _ => None,
    });
    let retypes: Vec<_> = retypes.collect();
    let mut decided: BTreeMap<usize, String> = BTreeMap::new();
    if retypes.is_empty() {
        return decided;
    }
    let mut automatic = Automatic::of(units);
    let mut kinds: BTreeMap<usize, EntityType> = BTreeMap::new();
    for (id, entity, to) in retypes {
        let meant = meant(units, &automatic, entity);
        if meant.is_empty() {
            unapplied.push(Unapplied { decision: id.clone(), why: missing(entity) });
        }
        let sets: BTreeSet<usize> = meant.into_iter().map(|unit| automatic.groups.first(unit)).collect();
        let mut overruled = BTreeSet::new();
        for unit in (0..units.len()).filter(|unit| sets.contains(&automatic.groups.first(*unit))) {
            // In the order of their dates: the last one holds.
            overruled.extend(decided.insert(unit, id.clone()));
            kinds.insert(unit, to);
        }
        let why = format!("decision {id} gives it another type");
        unapplied.extend(overruled.into_iter().map(|decision| Unapplied { decision, why: why.clone() }));
    }
    for (unit, kind) in kinds {
        units[unit].kind = kind;
    }
    decided
}

/// Parts and joins what was grouped, as decided; units parted from others are added at the end of `units`.
pub(super) fn regroup(
    units: &mut Vec<Unit<'_>>,
    automatic: Automatic,
    retyped: BTreeMap<usize, String>,
    standing: &Standing<'_>,
    unapplied: &mut Vec<Unapplied>,
) -> Decided {
    let decided = Decided {
        groups: automatic.groups.clone(),
        automatic,
        decisions: BTreeMap::new(),
        names: BTreeMap::new(),
        apart: Vec::new(),
    };
    if standing.is_empty() {
        return decided;
    }
    let mut work = Regroup { units, decided, unapplied, parted: BTreeMap::new() };
    work.split(standing);
    work.merge(standing);
    work.rename(standing);
    for (unit, id) in retyped {
        work.decided.decisions.entry(unit).or_default().insert(id);
    }
    work.decided
}

struct Regroup<'r, 'a> {
    units: &'r mut Vec<Unit<'a>>,
    decided: Decided,
    unapplied: &'r mut Vec<Unapplied>,
    /// By unit the decisions that part it from its group.
    parted: BTreeMap<usize, BTreeSet<String>>,
}

impl Regroup<'_, '_> {
    fn split(&mut self, standing: &Standing<'_>) {
        for (id, decision) in standing {
            match &decision.act {
                Act::Split { entity, names, documents } => {
                    let of = self.group_of(entity);
                    if of.is_empty() {
                        self.report(id, missing(entity));
                    } else if !self.part(id, &of, names, documents) {
                        self.report(
                            id,
                            format!(
                                "nothing of it is called so: {}",
                                [names.join(", "), documents.join(", ")].join(" ")
                            ),
                        );
                    }
                }
                Act::Distinguish { entities: [one, other] } => {
                    let of = self.group_of(one);
                    let others = meant(self.units, &self.decided.automatic, other);
                    if others.iter().any(|unit| of.contains(unit)) {
                        let documents: Vec<String> = other.document.iter().cloned().collect();
                        self.part(id, &of, std::slice::from_ref(&other.name), &documents);
                    }
                }
                _ => {}
            }
        }
        self.group_again();
    }

    /// The units of the groups that a reference means.
    fn group_of(&mut self, entity: &EntityReference) -> BTreeSet<usize> {
        let automatic = &mut self.decided.automatic;
        let meant = meant(self.units, automatic, entity);
        let sets: BTreeSet<usize> = meant.into_iter().map(|unit| automatic.groups.first(unit)).collect();
        let known = automatic.groups.len();
        (0..known).filter(|unit| sets.contains(&automatic.groups.first(*unit))).collect()
    }

    /// Parts from `of` what bears one of `names` (any where there are none) in one of `documents` (likewise). Whether
    /// there was something.
    fn part(&mut self, id: &str, of: &BTreeSet<usize>, names: &[String], documents: &[String]) -> bool {
        let names: BTreeSet<String> = names.iter().map(|name| normal::normal(normal::untitled(name))).collect();
        let (mut parted, mut rest) = (None, None);
        for &at in of {
            let unit = &mut self.units[at];
            if !documents.is_empty() && !documents.iter().any(|id| stands_in(unit.annotation, id)) {
                rest = rest.or(Some(at));
                continue;
            }
            let whole = names.is_empty() || unit.names.is_subset(&names);
            if whole {
                self.parted.entry(at).or_default().insert(id.to_owned());
                // What a name alone means, it means everywhere; what one document means by it, only that tells.
                let tells = documents.is_empty() && means_one(unit);
                unit.anchor = tells.then(|| Anchor::Name(unit.name.clone()));
                parted = parted.or(Some(at));
            } else if let Some(mut part) = unit.part(&names) {
                let tells = documents.is_empty() && means_one(&part);
                part.anchor = tells.then(|| Anchor::Name(part.name.clone()));
                let namesakes = self.units.iter().filter(|other| {
                    other.annotation.id == part.annotation.id && (other.kind, &other.name) == (part.kind, &part.name)
                });
                part.running = namesakes.map(|other| other.running).max().unwrap_or_default() + 1;
                let origin = self.decided.automatic.groups.first(at);
                self.parted.entry(self.units.len()).or_default().insert(id.to_owned());
                self.units.push(part);
                self.decided.automatic.groups.add(origin);
                parted = parted.or(Some(self.units.len() - 1));
                rest = rest.or(Some(at));
            } else {
                rest = rest.or(Some(at));
            }
        }
        self.decided.apart.extend(rest.zip(parted));
        parted.is_some()
    }

    /// Groups units by the group that they were in and the decisions that part them from it.
    fn group_again(&mut self) {
        let none = BTreeSet::new();
        let mut groups = Groups::new(self.units.len());
        let mut by_origin: BTreeMap<(usize, &BTreeSet<String>), usize> = BTreeMap::new();
        let mut by_anchor: BTreeMap<(EntityType, &Anchor), usize> = BTreeMap::new();
        for (at, unit) in self.units.iter().enumerate() {
            let parted = self.parted.get(&at).unwrap_or(&none);
            let origin = (self.decided.automatic.groups.first(at), parted);
            groups.join(at, *by_origin.entry(origin).or_insert(at));
            if let Some(anchor) = &unit.anchor {
                groups.join(at, *by_anchor.entry((unit.kind, anchor)).or_insert(at));
            }
        }
        self.decided.groups = groups;
        self.decided.decisions = self.parted.clone();
    }

    fn merge(&mut self, standing: &Standing<'_>) {
        let apart: Vec<(String, BTreeSet<usize>, BTreeSet<usize>)> = standing
            .iter()
            .filter_map(|(id, decision)| match &decision.act {
                Act::Distinguish { entities: [one, other] } => Some((id.clone(), self.meant(one), self.meant(other))),
                _ => None,
            })
            .collect();
        let pairs = apart.iter().filter_map(|(_, one, other)| Some((*one.first()?, *other.first()?)));
        self.decided.apart.extend(pairs);
        for (id, decision) in by_date(standing) {
            let Act::Merge { entities } = &decision.act else { continue };
            let meant: Vec<BTreeSet<usize>> = entities.iter().map(|entity| self.meant(entity)).collect();
            if let Some((entity, _)) = entities.iter().zip(&meant).find(|(_, units)| units.is_empty()) {
                self.report(id, missing(entity));
                continue;
            }
            let all: BTreeSet<usize> = meant.into_iter().flatten().collect();
            let kinds: BTreeSet<EntityType> = all.iter().map(|unit| self.units[*unit].kind).collect();
            if kinds.len() > 1 {
                self.report(id, "what it joins is of several types: retype first".to_owned());
                continue;
            }
            let mut groups = self.decided.groups.clone();
            all.iter().zip(all.iter().skip(1)).for_each(|(one, other)| groups.join(*one, *other));
            let against = apart.iter().find(|(_, one, other)| {
                let sets: BTreeSet<usize> = one.iter().map(|unit| groups.first(*unit)).collect();
                other.iter().any(|unit| sets.contains(&groups.first(*unit)))
            });
            if let Some((other, ..)) = against {
                self.report(id, format!("decision {other} says that they are two; undo one of them"));
                continue;
            }
            self.decided.groups = groups;
            if let Some(unit) = all.first() {
                self.decided.decisions.entry(*unit).or_default().insert(id.clone());
            }
        }
    }

    fn rename(&mut self, standing: &Standing<'_>) {
        let mut given: BTreeMap<usize, String> = BTreeMap::new();
        for (id, decision) in by_date(standing) {
            let Act::Rename { entity, to } = &decision.act else { continue };
            let meant = self.meant(entity);
            let sets: BTreeSet<usize> = meant.iter().map(|unit| self.decided.groups.first(*unit)).collect();
            let Some(unit) = meant.first() else {
                self.report(id, missing(entity));
                continue;
            };
            for set in sets {
                // In the order of their dates: the last one holds.
                if let Some(earlier) = given.insert(set, id.clone()) {
                    self.report(&earlier, format!("decision {id} gives it another name"));
                    self.decided.decisions.values_mut().for_each(|ids| ids.retain(|id| *id != earlier));
                }
                self.decided.names.insert(set, normal::normal(to));
            }
            self.decided.decisions.entry(*unit).or_default().insert(id.clone());
        }
    }

    /// The units that a reference means once all are parted: of a name that no document goes with, those that no
    /// document tells apart.
    fn meant(&self, entity: &EntityReference) -> BTreeSet<usize> {
        let meant = meant(self.units, &self.decided.automatic, entity);
        let whole: BTreeSet<usize> = meant
            .iter()
            .filter(|unit| self.units[**unit].anchor.is_some() || !self.parted.contains_key(unit))
            .copied()
            .collect();
        if entity.document.is_none() && !whole.is_empty() { whole } else { meant }
    }

    fn report(&mut self, id: &str, why: String) {
        self.unapplied.push(Unapplied { decision: id.to_owned(), why });
    }
}

/// The units that a reference means: those whose name it is, else those that it is another name of.
fn meant(units: &[Unit<'_>], automatic: &Automatic, entity: &EntityReference) -> BTreeSet<usize> {
    let name = normal::normal(normal::untitled(&entity.name));
    let here = |unit: &Unit<'_>| entity.document.as_deref().is_none_or(|id| stands_in(unit.annotation, id));
    let called = |unit: &Unit<'_>| {
        unit.name == name
            || unit.anchor.as_ref().is_some_and(|anchor| match (anchor, automatic.places.known(anchor)) {
                (_, Some(known)) => known.name == name,
                (Anchor::Name(anchor), None) => *anchor == name,
                (Anchor::Code(_), None) => false,
            })
    };
    let find = |of: &dyn Fn(&Unit<'_>) -> bool| -> BTreeSet<usize> {
        units.iter().enumerate().filter(|(_, unit)| here(unit) && of(unit)).map(|(at, _)| at).collect()
    };
    // A decision made before another one changed the type names the type that it had.
    let ways: [&dyn Fn(&Unit<'_>) -> bool; 4] = [
        &|unit| unit.kind == entity.kind && called(unit),
        &|unit| unit.kind == entity.kind && unit.names.contains(&name),
        &|unit| unit.entity.kind == entity.kind && called(unit),
        &|unit| unit.entity.kind == entity.kind && unit.names.contains(&name),
    ];
    ways.into_iter().map(find).find(|found| !found.is_empty()).unwrap_or_default()
}

/// Whether a document is this one or a reprint of it.
pub(super) fn stands_in(annotation: &Annotation, id: &str) -> bool {
    annotation.id == id || annotation.reprints.iter().any(|reprint| reprint.id == id)
}

fn means_one(unit: &Unit<'_>) -> bool {
    unit.kind == EntityType::Organization && distinctive::organization(&unit.name, &LEXICON)
}

/// Decisions in the order of their dates, and of their ids on one day.
pub(super) fn by_date<'a>(standing: &'a Standing<'_>) -> Vec<(&'a String, &'a Decision)> {
    let mut all: Vec<_> = standing.iter().map(|(id, decision)| (id, *decision)).collect();
    all.sort_by_key(|(id, decision)| (&decision.date, *id));
    all
}

fn missing(entity: &EntityReference) -> String {
    let document = entity.document.as_ref().map(|id| format!(" in document {id}")).unwrap_or_default();
    format!("no {} called {}{document}", entity.kind, entity.name)
}
