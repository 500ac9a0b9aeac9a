//! Places: by administrative code where the document tells which division it means, with what they lie in.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::elsewhere::Elsewhere;
use super::gazetteer::{Gazetteer, Known, Meaning};
use super::unit::{Anchor, Unit, by_document};
use crate::annotation::EntityType;

/// What is known of the places that units are.
#[derive(Default)]
pub(super) struct Places {
    /// The place that an anchor stands for.
    known: BTreeMap<Anchor, &'static Known>,
    /// The same, by what documents tell that are not at hand.
    elsewhere: Arc<FxHashMap<Anchor, &'static Known>>,
    /// By unit the known place that it lies in, for places that no list has.
    within: BTreeMap<usize, &'static Known>,
    /// By unit the places that it may be, where the document does not tell.
    ambiguous: BTreeMap<usize, Vec<Anchor>>,
}

impl Places {
    /// Gives places their anchors, document by document.
    pub(super) fn anchor(units: &mut [Unit<'_>], elsewhere: Option<&Elsewhere>) -> Self {
        let documents: Vec<&[Unit<'_>]> = by_document(units).collect();
        let meanings: Vec<Meaning<'_>> = documents.par_iter().flat_map_iter(|units| meanings(units)).collect();
        let mut places = Self::default();
        places.elsewhere = elsewhere.map(Elsewhere::places).unwrap_or_default();
        let of_places = units.iter_mut().enumerate().filter(|(_, unit)| unit.kind == EntityType::Place);
        for ((at, unit), meaning) in of_places.zip(meanings) {
            unit.anchor = places.note(at, meaning);
        }
        places
    }

    /// Notes what the place of a unit is, and gives its anchor.
    fn note(&mut self, at: usize, meaning: Meaning<'static>) -> Option<Anchor> {
        match meaning {
            Meaning::Known(known) => {
                let anchor = anchor_of(known);
                self.known.insert(anchor.clone(), known);
                Some(anchor)
            }
            Meaning::Ambiguous(several) => {
                self.ambiguous.insert(at, several.into_iter().map(anchor_of).collect());
                None
            }
            Meaning::Unlisted { within, local, distinctive } => {
                if let Some(within) = within {
                    self.within.insert(at, within);
                }
                distinctive.then(|| Anchor::Name(whole_name(within, &local)))
            }
        }
    }

    /// Units that may be one of several places, with the anchors of these.
    pub(super) fn ambiguous(&self) -> impl Iterator<Item = (&usize, &Vec<Anchor>)> {
        self.ambiguous.iter()
    }

    /// The place of an anchor.
    pub(super) fn known(&self, anchor: &Anchor) -> Option<&'static Known> {
        self.known.get(anchor).or_else(|| self.elsewhere.get(anchor)).copied()
    }

    /// The names of the places without a code that documents at hand mention.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.known.keys().filter_map(|anchor| if let Anchor::Name(name) = anchor { Some(name.as_str()) } else { None })
    }

    /// What a unit with this anchor lies in, from the next larger place up.
    pub(super) fn containers(&self, unit: usize, anchor: Option<&Anchor>) -> Vec<&'static Known> {
        if let Some(known) = anchor.and_then(|anchor| self.known(anchor)) {
            return above(known);
        }
        let within = self.within.get(&unit).copied();
        within.into_iter().flat_map(|place| [place].into_iter().chain(above(place))).collect()
    }
}

/// What a document means by the names of its places.
fn meanings(units: &[Unit<'_>]) -> Vec<Meaning<'static>> {
    let of = |kind: EntityType| move |unit: &&Unit<'_>| unit.kind == kind;
    let names: Vec<&str> = units.iter().filter(of(EntityType::Place)).map(|unit| unit.name.as_str()).collect();
    if names.is_empty() {
        return Vec::new();
    }
    let title = units.first().and_then(|unit| unit.annotation.title.as_deref());
    let bodies = units.iter().filter(of(EntityType::Organization)).map(|unit| unit.name.as_str());
    let context: Vec<&str> = bodies.chain(title).collect();
    Gazetteer::embedded().meanings(&names, &context)
}

/// The name of a place with those of the places that hold it, but for the country: 北京市东城区胡家园社区.
fn whole_name(within: Option<&'static Known>, local: &str) -> String {
    let Some(within) = within else { return local.to_owned() };
    let mut names: Vec<&str> = vec![local, &within.name];
    names.extend(above(within).into_iter().filter(|place| !place.is_country()).map(|place| place.name.as_str()));
    names.into_iter().rev().collect()
}

/// What a known place lies in, from the next larger place up.
pub(super) fn above(place: &'static Known) -> Vec<&'static Known> {
    Gazetteer::embedded().containers(place)
}

/// The known place for which this stands in every document.
pub(super) fn listed(anchor: &Anchor) -> Option<&'static Known> {
    match anchor {
        Anchor::Code(code) => Gazetteer::embedded().with_code(code),
        Anchor::Name(name) => Gazetteer::embedded().without_code(name),
    }
}

/// What stands for a known place in every document.
pub(super) fn anchor_of(known: &Known) -> Anchor {
    if known.code.is_empty() { Anchor::Name(known.name.clone()) } else { Anchor::Code(known.code.clone()) }
}
