//! Organisations: what each is in every document.

use rustc_hash::{FxHashMap, FxHashSet};

use super::alias::Aliases;
use super::elsewhere::Elsewhere;
use super::key::Key;
use super::unit::{Anchor, Unit};
use super::{distinctive, fillers};
use crate::annotation::EntityType;

/// The organisation of a unit in every document, if its names tell.
pub(super) fn anchor(unit: &Unit<'_>, aliases: &Aliases) -> Option<Anchor> {
    // The fullest name first: it is what the document means by the others.
    let others = unit.names.iter().filter(|name| **name != unit.name);
    // A short name of what each text has one of (疫情防控工作办公室) is no better than that.
    let known = |name: &&String| distinctive::organization(name) || distinctive::organization(aliases.full(name));
    let name = [&unit.name].into_iter().chain(others.rev()).find(known)?;
    Some(Anchor::Name(aliases.full(name).to_owned()))
}

/// Gives parts of bodies that bear a common name (机关党委) the anchor of the body that other documents call by the name of
/// the whole and that of the part (云汀市地震局机关党委), where their own document says whose part they are.
pub(super) fn qualify(units: &mut [Unit<'_>], aliases: &Aliases, elsewhere: Option<&Elsewhere>) {
    let organizations = || units.iter().filter(|unit| unit.kind == EntityType::Organization);
    let known: FxHashSet<&Anchor> = organizations().filter_map(|unit| unit.anchor.as_ref()).collect();
    let is_known = |anchor: &Anchor| {
        let key = || Key::of(EntityType::Organization, anchor);
        known.contains(anchor) || elsewhere.is_some_and(|elsewhere| elsewhere.mentions(&key()))
    };
    let wholes: FxHashMap<(&str, &str), &Unit<'_>> =
        organizations().map(|unit| ((unit.annotation.id.as_str(), unit.entity.id.as_str()), unit)).collect();
    let qualified = |unit: &Unit<'_>| {
        let facts = unit.annotation.facts.iter().filter(|fact| fact.kind == "PartOf" && fact.is_asserted());
        let mut stated = facts.filter(|fact| fillers(fact, "part").any(|id| id == unit.entity.id));
        stated.find_map(|fact| {
            let whole = wholes.get(&(unit.annotation.id.as_str(), fillers(fact, "whole").next()?))?;
            let Anchor::Name(whole) = whole.anchor.as_ref()? else { return None };
            let name = format!("{whole}{}", unit.name);
            Some(Anchor::Name(aliases.full(&name).to_owned())).filter(&is_known)
        })
    };
    let found: Vec<(usize, Anchor)> = units
        .iter()
        .enumerate()
        .filter(|(_, unit)| unit.kind == EntityType::Organization && unit.anchor.is_none())
        .filter_map(|(at, unit)| Some((at, qualified(unit)?)))
        .collect();
    for (at, anchor) in found {
        units[at].anchor = Some(anchor);
    }
}
