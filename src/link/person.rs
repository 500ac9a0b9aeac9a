//! Persons: one name is one person only where an organisation, a post or a place agrees.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::elsewhere::{Elsewhere, Joined};
use super::gazetteer::Known;
use super::groups::Groups;
use super::key::Key;
use super::place::Places;
use super::unit::Unit;
use super::{distinctive, fillers};
use crate::annotation::EntityType;

/// What two documents agree on that speak of one person: an organisation that the person belongs to or holds a post
/// in, a post in a place, or a county or smaller place that the person belongs to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Agreement {
    /// The organisation or place.
    pub body: Key,
    /// The post, where the place alone would tell nobody apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
}

/// Joins the units of persons that agree, and tells on what, by the first unit of each set.
pub(super) fn join(units: &[Unit<'_>], places: &Places, groups: &mut Groups) -> BTreeMap<usize, BTreeSet<Agreement>> {
    let mut first: BTreeMap<(&str, Agreement), usize> = BTreeMap::new();
    let mut agreed = Vec::new();
    for (at, agreements) in told(units, places) {
        for agreement in agreements {
            match first.get(&(units[at].name.as_str(), agreement.clone())) {
                Some(other) => {
                    groups.join(at, *other);
                    agreed.push((at, agreement));
                }
                None => drop(first.insert((&units[at].name, agreement), at)),
            }
        }
    }
    let mut out: BTreeMap<usize, BTreeSet<Agreement>> = BTreeMap::new();
    for (at, agreement) in agreed {
        out.entry(groups.first(at)).or_default().insert(agreement);
    }
    out
}

/// Joins the units of persons of which is known that they are one, as [`join`] does; and gives the keys of the sets.
pub(super) fn joined(
    units: &[Unit<'_>],
    elsewhere: &Elsewhere,
    groups: &mut Groups,
) -> (BTreeMap<usize, BTreeSet<Agreement>>, BTreeMap<usize, Key>) {
    let mut first: BTreeMap<&Key, usize> = BTreeMap::new();
    let mut agreements: BTreeMap<usize, BTreeSet<Agreement>> = BTreeMap::new();
    for (at, unit) in units.iter().enumerate() {
        let Some(Joined { key, agreements: agreed }) = elsewhere.joined(&unit.annotation.id, &unit.entity.id) else {
            continue;
        };
        let first = *first.entry(key).or_insert(at);
        groups.join(at, first);
        agreements.entry(first).or_default().extend(agreed.iter().cloned());
    }
    (agreements, first.into_iter().map(|(key, at)| (at, key.clone())).collect())
}

/// The units of persons who may be known by what their documents say of them, each with that.
pub(super) fn told(units: &[Unit<'_>], places: &Places) -> Vec<(usize, BTreeSet<Agreement>)> {
    let bodies: FxHashMap<(&str, &str), usize> = units
        .iter()
        .enumerate()
        .filter(|(_, unit)| !unit.is_part)
        .map(|(at, unit)| ((unit.annotation.id.as_str(), unit.entity.id.as_str()), at))
        .collect();
    let is_person = |unit: &Unit<'_>| unit.kind == EntityType::Person && distinctive::person(&unit.name);
    let persons = units.iter().enumerate().filter(|(_, unit)| is_person(unit));
    let told = persons.map(|(at, unit)| (at, stated(unit, units, &bodies, places)));
    told.filter(|(_, agreements)| !agreements.is_empty()).collect()
}

/// What the document says of a person by which others may know them.
fn stated(
    unit: &Unit<'_>,
    units: &[Unit<'_>],
    bodies: &FxHashMap<(&str, &str), usize>,
    places: &Places,
) -> BTreeSet<Agreement> {
    let mut out = BTreeSet::new();
    // Who is to get a post, or has lost it, is known by it as well.
    for fact in &unit.annotation.facts {
        let role = match fact.kind.as_str() {
            "Position" => "person",
            "Affiliation" => "member",
            _ => continue,
        };
        if !fillers(fact, role).any(|id| id == unit.entity.id) {
            continue;
        }
        let title = fact.roles.iter().find(|f| f.role == "title").and_then(|f| f.value.as_ref()?.as_text());
        for body in fillers(fact, "organization").filter_map(|id| bodies.get(&(unit.annotation.id.as_str(), id))) {
            out.extend(agreement(&units[*body], title, places));
        }
    }
    out
}

fn agreement(body: &Unit<'_>, title: Option<&str>, places: &Places) -> Option<Agreement> {
    let anchor = body.anchor.as_ref()?;
    let small = places.known(anchor).is_some_and(Known::is_county);
    let title = match body.kind {
        EntityType::Organization => None,
        EntityType::Place if title.is_some() || small => title.map(str::to_owned),
        _ => return None,
    };
    Some(Agreement { body: Key::of(body.kind, anchor), title })
}
