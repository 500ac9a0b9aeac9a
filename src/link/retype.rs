//! The types that a person has given to entities.

use std::collections::{BTreeMap, BTreeSet};

use super::Automatic;
use super::decide::{Regroup, Standing, Unapplied, by_date};
use super::meant::missing;
use super::unit::{Unit, free};
use crate::annotation::EntityType;
use crate::decision::{Act, EntityReference};

/// What decisions about types came to.
#[derive(Default)]
pub(super) struct Retyped {
    /// By unit the decision that gave it its type.
    pub by: BTreeMap<usize, String>,
    /// The decisions that parted units before: what has another type since is parted by that.
    pub parted: BTreeSet<String>,
}

/// Gives units the types that a person has decided on.
pub(super) fn retype(units: &mut [Unit<'_>], standing: &Standing<'_>, unapplied: &mut Vec<Unapplied>) -> Retyped {
    let retypes = by_date(standing).into_iter().filter_map(|(id, decision)| match &decision.act {
        Act::Retype { entity, to } => Some((id, entity, *to)),
        _ => None,
    });
    let retypes: Vec<_> = retypes.collect();
    if retypes.is_empty() {
        return Retyped::default();
    }
    // A person who retypes sees what was parted and joined before.
    let mut vain = Vec::new();
    let mut seen = units.to_vec();
    let automatic = Automatic::of(&mut seen, None);
    let mut work = Regroup::new(&mut seen, automatic, &mut vain);
    work.split(standing);
    work.merge(standing);
    let mut by = BTreeMap::new();
    for (unit, (kind, id)) in kinds(&mut work, retypes, units.len(), unapplied) {
        by.insert(unit, id.clone());
        units[unit].kind = kind;
        let beside = work.index.beside(&units[unit]).iter().filter(|at| **at != unit);
        let others = beside.filter_map(|at| units.get(*at));
        units[unit].running = free(others, &units[unit]);
    }
    let vain: BTreeSet<String> = vain.into_iter().map(|unapplied| unapplied.decision).collect();
    let splits = standing.iter().filter(|(_, decision)| matches!(decision.act, Act::Split { .. }));
    Retyped { by, parted: splits.map(|(id, _)| id.clone()).filter(|id| !vain.contains(id)).collect() }
}

/// The types of the first `known` units, by unit, each with the decision.
fn kinds<'a>(
    work: &mut Regroup<'_, '_>,
    mut retypes: Vec<(&'a String, &EntityReference, EntityType)>,
    known: usize,
    unapplied: &mut Vec<Unapplied>,
) -> BTreeMap<usize, (EntityType, &'a String)> {
    let mut kinds: BTreeMap<usize, (EntityType, &'a String)> = BTreeMap::new();
    let sets = work.decided.groups.sets();
    // One may name the type that another one of its day gave: again, until nothing is found.
    loop {
        let before = retypes.len();
        retypes.retain(|(id, entity, to)| {
            let meant = work.meant(entity);
            if meant.is_empty() {
                return true;
            }
            let groups = &mut work.decided.groups;
            let firsts: BTreeSet<usize> = meant.into_iter().map(|unit| groups.first(unit)).collect();
            let members: BTreeSet<usize> = firsts.iter().filter_map(|set| sets.get(set)).flatten().copied().collect();
            if members.iter().any(|unit| *unit >= known) {
                let why = "what a name was split off from cannot have another type than it".to_owned();
                unapplied.push(Unapplied { decision: (*id).clone(), why });
                return false;
            }
            let mut earlier = BTreeSet::new();
            for unit in members {
                work.units[unit].kind = *to;
                earlier.extend(kinds.insert(unit, (*to, id)).filter(|(kind, _)| kind != to).map(|(_, id)| id));
            }
            let why = format!("decision {id} gives it another type; undo one of them");
            unapplied.extend(earlier.into_iter().map(|id| Unapplied { decision: id.clone(), why: why.clone() }));
            false
        });
        if retypes.len() == before {
            break;
        }
    }
    let missing =
        |(id, entity, _): (&String, &EntityReference, _)| Unapplied { decision: id.clone(), why: missing(entity) };
    unapplied.extend(retypes.into_iter().map(missing));
    kinds
}
