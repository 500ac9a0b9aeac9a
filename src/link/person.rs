//! Persons: one name is one person only where an organisation, a post or a place agrees.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::gazetteer::Known;
use super::groups::Groups;
use super::key::Key;
use super::place::Places;
use super::unit::Unit;
use super::{distinctive, fillers};
use crate::annotation::EntityType;

/// What two documents agree on that speak of one person: an organisation that the person belongs to or holds a post
/// in, a post in a place, or a county or smaller place that the person belongs to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Agreement {
    /// The organisation or place.
    pub body: Key,
    /// The post, where the place alone would tell nobody apart.
    pub title: Option<String>,
}

/// Joins the units of persons that agree, and tells on what, by the first unit of each set.
pub(super) fn join(units: &[Unit<'_>], places: &Places, groups: &mut Groups) -> BTreeMap<usize, BTreeSet<Agreement>> {
    let bodies: FxHashMap<(&str, &str), usize> = units
        .iter()
        .enumerate()
        .filter(|(_, unit)| !unit.is_part)
        .map(|(at, unit)| ((unit.annotation.id.as_str(), unit.entity.id.as_str()), at))
        .collect();
    let mut first: BTreeMap<(&str, Agreement), usize> = BTreeMap::new();
    let mut agreed = Vec::new();
    for (at, unit) in units.iter().enumerate() {
        if unit.kind != EntityType::Person || !distinctive::person(&unit.name) {
            continue;
        }
        for agreement in stated(unit, units, &bodies, places) {
            match first.get(&(unit.name.as_str(), agreement.clone())) {
                Some(other) => {
                    groups.join(at, *other);
                    agreed.push((at, agreement));
                }
                None => drop(first.insert((&unit.name, agreement), at)),
            }
        }
    }
    let mut out: BTreeMap<usize, BTreeSet<Agreement>> = BTreeMap::new();
    for (at, agreement) in agreed {
        out.entry(groups.first(at)).or_default().insert(agreement);
    }
    out
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
