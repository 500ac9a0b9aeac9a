//! A person's decisions, found again in what the texts say now, and applied to groups.

use std::collections::{BTreeMap, BTreeSet};

use super::groups::Groups;
use super::meant::{Index, everyone, meant, missing, stands_in};
use super::unit::{Anchor, Unit, free};
use super::{Automatic, distinctive};
use crate::annotation::EntityType;
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

/// Parts and joins what was grouped, as decided; units parted from others are added at the end of `units`.
pub(super) fn regroup(
    units: &mut Vec<Unit<'_>>,
    automatic: Automatic,
    standing: &Standing<'_>,
    unapplied: &mut Vec<Unapplied>,
) -> Decided {
    if standing.is_empty() {
        return Decided::by_nobody(automatic);
    }
    let mut work = Regroup::new(units, automatic, unapplied);
    work.split(standing);
    work.merge(standing);
    work.rename(standing);
    work.decided
}

impl Decided {
    fn by_nobody(automatic: Automatic) -> Self {
        Self {
            groups: automatic.groups.clone(),
            automatic,
            decisions: BTreeMap::new(),
            names: BTreeMap::new(),
            apart: Vec::new(),
        }
    }
}

pub(super) struct Regroup<'r, 'a> {
    pub(super) units: &'r mut Vec<Unit<'a>>,
    pub(super) decided: Decided,
    pub(super) index: Index<'a>,
    /// The units that were one before, by the first of them.
    origins: BTreeMap<usize, Vec<usize>>,
    unapplied: &'r mut Vec<Unapplied>,
    /// By unit the decisions that part it from its group.
    parted: BTreeMap<usize, BTreeSet<String>>,
    /// What is two, each with the decision that says so.
    told: Vec<Apart>,
}

type Apart = (String, BTreeSet<usize>, BTreeSet<usize>);

impl<'r, 'a> Regroup<'r, 'a> {
    pub(super) fn new(units: &'r mut Vec<Unit<'a>>, automatic: Automatic, unapplied: &'r mut Vec<Unapplied>) -> Self {
        let index = Index::of(units, &automatic);
        let mut decided = Decided::by_nobody(automatic);
        let origins = decided.groups.sets();
        Self { units, decided, index, origins, unapplied, parted: BTreeMap::new(), told: Vec::new() }
    }

    pub(super) fn split(&mut self, standing: &Standing<'_>) {
        for (id, decision) in standing {
            match &decision.act {
                Act::Split { entity, names, documents } => match self.unfit(entity, names, documents) {
                    Some(why) => self.report(id, why),
                    None => {
                        let of = self.group_of(entity);
                        if !self.part(id, &of, names, documents) {
                            let (names, documents) = (names.join(", "), documents.join(", "));
                            self.report(id, format!("no document of {documents} calls it {names}"));
                        }
                    }
                },
                Act::Distinguish { entities: [one, other] } => {
                    let of = self.group_of(one);
                    let others = meant(self.units, &self.decided.automatic, &self.index, other);
                    if let Some((entity, _)) = [(one, of.is_empty()), (other, others.is_empty())].iter().find(|e| e.1) {
                        self.report(id, missing(entity));
                        continue;
                    }
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

    /// Why a split does not fit what is there now, if so.
    fn unfit(&mut self, entity: &EntityReference, names: &[String], documents: &[String]) -> Option<String> {
        let of = self.group_of(entity);
        if of.is_empty() {
            return Some(missing(entity));
        }
        let units = || of.iter().map(|unit| &self.units[*unit]);
        if let Some(id) = documents.iter().find(|id| !units().any(|unit| stands_in(unit.annotation, id))) {
            return Some(format!("document {id} does not mention it unless a decision joined it: undo that one"));
        }
        let form = |name: &str| normal::normal(normal::untitled(name));
        if documents.is_empty() && names.iter().any(|name| form(name) == form(&entity.name)) {
            return Some(format!("{} is its own name; split by documents, or name the other one", entity.name));
        }
        let unknown = names.iter().find(|name| !units().any(|unit| unit.names.contains(&form(name))));
        unknown.map(|name| format!("nothing of it is called {name} unless a decision joined it: undo that one"))
    }

    /// The units of the groups that a reference means.
    fn group_of(&mut self, entity: &EntityReference) -> BTreeSet<usize> {
        let automatic = &mut self.decided.automatic;
        let meant = meant(self.units, automatic, &self.index, entity);
        let sets: BTreeSet<usize> = meant.into_iter().map(|unit| automatic.groups.first(unit)).collect();
        sets.iter().filter_map(|set| self.origins.get(set)).flatten().copied().collect()
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
            let whole = names.is_empty() || unit.names.iter().all(|name| names.contains(name));
            if whole {
                self.parted.entry(at).or_default().insert(id.to_owned());
                // What a name alone means, it means everywhere; what one document means by it, only that tells.
                let tells = documents.is_empty() && means_one(unit);
                unit.anchor = tells.then(|| Anchor::Name(unit.name.clone()));
                parted = parted.or(Some(at));
            } else if let Some(mut part) = unit.part(&names) {
                let tells = documents.is_empty() && means_one(&part);
                part.anchor = tells.then(|| Anchor::Name(part.name.clone()));
                let others = self.index.beside(&part).iter().map(|at| &self.units[*at]);
                part.running = free(others, &part);
                let origin = self.decided.automatic.groups.first(at);
                let new = self.units.len();
                self.parted.entry(new).or_default().insert(id.to_owned());
                self.index.add(new, &part, &self.decided.automatic);
                self.origins.entry(origin).or_default().push(new);
                self.units.push(part);
                self.decided.automatic.groups.add(origin);
                parted = parted.or(Some(new));
                rest = rest.or(Some(at));
            } else {
                rest = rest.or(Some(at));
            }
        }
        let two = |(rest, parted)| (id.to_owned(), BTreeSet::from([rest]), BTreeSet::from([parted]));
        self.told.extend(rest.zip(parted).map(two));
        if parted.is_some() && rest.is_none() && !documents.is_empty() {
            self.report(id, "nothing of it stands elsewhere, so there is nothing to tell it from".to_owned());
        }
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

    /// What is two in spite of all that joins, each with the decision that says so.
    fn told_apart(&mut self, standing: &Standing<'_>) -> Vec<Apart> {
        let mut told = std::mem::take(&mut self.told);
        for (id, decision) in standing {
            if let Act::Distinguish { entities: [one, other] } = &decision.act {
                told.push((id.clone(), self.meant(one), self.meant(other)));
            }
        }
        let mut apart = Vec::new();
        for (id, one, other) in told {
            let groups = &mut self.decided.groups;
            let sets: BTreeSet<usize> = one.iter().map(|unit| groups.first(*unit)).collect();
            if other.iter().any(|unit| sets.contains(&groups.first(*unit))) {
                self.report(&id, "nothing tells these two apart; split by documents or by names".to_owned());
            } else {
                apart.push((id, one, other));
            }
        }
        apart
    }

    pub(super) fn merge(&mut self, standing: &Standing<'_>) {
        let apart = self.told_apart(standing);
        let pairs = apart.iter().filter_map(|(_, one, other)| Some((*one.first()?, *other.first()?)));
        self.decided.apart.extend(pairs);
        for (id, decision) in by_date(standing) {
            let Act::Merge { entities } = &decision.act else { continue };
            let meant: Vec<BTreeSet<usize>> = match &entities[..] {
                [all] => vec![everyone(self.units, &self.decided.automatic, &self.index, all)],
                several => several.iter().map(|entity| self.meant(entity)).collect(),
            };
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
            let groups = &mut self.decided.groups;
            let joined: BTreeSet<usize> = all.iter().map(|unit| groups.first(*unit)).collect();
            // The set that a unit would be in.
            let mut set = |unit: &usize| match groups.first(*unit) {
                first if joined.contains(&first) => None,
                first => Some(first),
            };
            let against = apart.iter().find(|(_, one, other)| {
                let sets: BTreeSet<Option<usize>> = one.iter().map(&mut set).collect();
                other.iter().any(|unit| sets.contains(&set(unit)))
            });
            if let Some((other, ..)) = against {
                self.report(id, format!("decision {other} says that they are two; undo one of them"));
                continue;
            }
            all.iter().zip(all.iter().skip(1)).for_each(|(one, other)| groups.join(*one, *other));
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
                    self.report(&earlier, format!("decision {id} gives it another name; undo one of them"));
                    self.decided.decisions.values_mut().for_each(|ids| ids.retain(|id| *id != earlier));
                }
                self.decided.names.insert(set, normal::normal(normal::untitled(to.trim())));
            }
            self.decided.decisions.entry(*unit).or_default().insert(id.clone());
        }
    }

    /// The units that a reference means once all are parted: of a name that no document goes with, those that no
    /// document tells apart.
    pub(super) fn meant(&self, entity: &EntityReference) -> BTreeSet<usize> {
        let meant = meant(self.units, &self.decided.automatic, &self.index, entity);
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

fn means_one(unit: &Unit<'_>) -> bool {
    unit.kind == EntityType::Organization && distinctive::organization(&unit.name)
}

/// Decisions in the order of their dates, and of their ids on one day.
pub(super) fn by_date<'a>(standing: &'a Standing<'_>) -> Vec<(&'a String, &'a Decision)> {
    let mut all: Vec<_> = standing.iter().map(|(id, decision)| (id, *decision)).collect();
    all.sort_by_key(|(id, decision)| (&decision.date, *id));
    all
}
