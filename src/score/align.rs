//! Which predicted entity, fact and filler answers to which in gold: one to one, the best match first.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::ratio;
use crate::annotation::{Annotation, Entity, Fact, Filler, Quantity, Value};
use crate::span::CharSpan;

/// The entities of one document, aligned.
pub(super) struct Aligned<'a> {
    /// Gold entity by the id of the predicted one.
    gold_of: BTreeMap<&'a str, &'a Entity>,
    predicted: BTreeMap<&'a str, &'a Entity>,
}

impl<'a> Aligned<'a> {
    /// Aligns entities by the mentions they share, exact ones counted twice, and equal names; of equals, those of
    /// one type first, then by id.
    pub(super) fn new(gold: &'a Annotation, predicted: &'a Annotation) -> Self {
        let mut candidates = Vec::new();
        for g in &gold.entities {
            for p in &predicted.entities {
                let weight = shared_mentions(g, p) + if g.name == p.name { 2 } else { 0 };
                if weight > 0 {
                    candidates.push((Reverse(weight), g.kind != p.kind, g.id.as_str(), p.id.as_str()));
                }
            }
        }
        candidates.sort_unstable();
        let by_id =
            |side: &'a Annotation| -> BTreeMap<_, _> { side.entities.iter().map(|e| (e.id.as_str(), e)).collect() };
        let (gold, predicted) = (by_id(gold), by_id(predicted));
        let pairs = one_to_one(candidates.into_iter().map(|(_, _, g, p)| (g, p)));
        let gold_of = pairs.into_iter().filter_map(|(g, p)| Some((p, *gold.get(g)?))).collect();
        Self { gold_of, predicted }
    }

    /// How many aligned pairs are of one type.
    pub(super) fn of_one_type(&self) -> usize {
        self.gold_of.iter().filter(|(p, g)| self.predicted.get(*p).is_some_and(|p| p.kind == g.kind)).count()
    }

    /// Whether the entities of two fillers that answer to each other are of one type; values always are.
    pub(super) fn same_type(&self, gold: &Filler, predicted: &Filler) -> bool {
        let Some(id) = predicted.entity.as_deref().filter(|_| gold.entity.is_some()) else { return true };
        let kinds = self.gold_of.get(id).zip(self.predicted.get(id));
        kinds.is_some_and(|(g, p)| g.kind == p.kind)
    }

    /// Pairs facts of one type: most fillers in common first, then the nearest evidence, then in order.
    pub(super) fn facts(&self, gold: &[Fact], predicted: &[Fact]) -> Vec<(usize, usize)> {
        let mut candidates = Vec::new();
        for (i, g) in gold.iter().enumerate() {
            for (j, p) in predicted.iter().enumerate().filter(|(_, p)| p.kind == g.kind) {
                let common = self.fillers(g, p).len();
                if common > 0 {
                    let near = g.evidence.zip(p.evidence).map_or(0.0, |(g, p)| overlap(g, p));
                    candidates.push((common, near, i, j));
                }
            }
        }
        candidates.sort_by(|a, b| b.0.cmp(&a.0).then(b.1.total_cmp(&a.1)).then((a.2, a.3).cmp(&(b.2, b.3))));
        one_to_one(candidates.into_iter().map(|(_, _, i, j)| (i, j)))
    }

    /// Pairs the fillers of two facts, each with the first that answers to it.
    pub(super) fn fillers(&self, gold: &Fact, predicted: &Fact) -> Vec<(usize, usize)> {
        let mut left: Vec<usize> = (0..predicted.roles.len()).collect();
        let mut pairs = Vec::new();
        for (i, g) in gold.roles.iter().enumerate() {
            if let Some(at) = left.iter().position(|j| self.same_filler(g, &predicted.roles[*j])) {
                pairs.push((i, left.remove(at)));
            }
        }
        pairs
    }

    fn same_filler(&self, gold: &Filler, predicted: &Filler) -> bool {
        if gold.role != predicted.role {
            return false;
        }
        match (&gold.entity, &predicted.entity) {
            (Some(g), Some(p)) => return self.gold_of.get(p.as_str()).is_some_and(|e| e.id == *g),
            (None, None) => {}
            _ => return false,
        }
        match (&gold.value, &predicted.value) {
            (Some(Value::Quantity(g)), Some(Value::Quantity(p))) => g.value == p.value && unit(g) == unit(p),
            (Some(Value::Text(g)), Some(Value::Text(p))) if gold.role == "time" => g == p,
            (Some(Value::Text(g)), Some(Value::Text(p))) => close(g, p),
            _ => false,
        }
    }
}

/// Of pairs, the best first, those that share neither side with one before them.
pub(crate) fn one_to_one<A: Copy + Ord, B: Copy + Ord>(pairs: impl IntoIterator<Item = (A, B)>) -> Vec<(A, B)> {
    let (mut left, mut right) = (BTreeSet::new(), BTreeSet::new());
    let mut alone = |(a, b): &(A, B)| {
        let is_new = !left.contains(a) && !right.contains(b);
        is_new && left.insert(*a) && right.insert(*b)
    };
    pairs.into_iter().filter(|pair| alone(pair)).collect()
}

/// The currency, or else the measure word.
fn unit(quantity: &Quantity) -> Option<&String> {
    quantity.currency.as_ref().or(quantity.unit.as_ref())
}

/// Predicted mentions that overlap one of gold by half of their union, and once more those that equal one.
fn shared_mentions(gold: &Entity, predicted: &Entity) -> usize {
    let gold: BTreeSet<_> = gold.mentions.iter().copied().collect();
    let predicted: BTreeSet<_> = predicted.mentions.iter().copied().collect();
    let near = predicted.iter().filter(|p| gold.iter().any(|g| overlap(**p, *g) >= 0.5)).count();
    near + gold.intersection(&predicted).count()
}

/// The share of the union of two ranges that both cover, 0 to 1.
pub(crate) fn overlap(a: CharSpan, b: CharSpan) -> f64 {
    let both = a.end.min(b.end).saturating_sub(a.start.max(b.start));
    ratio(both, if both == 0 { 0 } else { a.end.max(b.end) - a.start.min(b.start) })
}

/// Whether the longest run of characters that both share is at least half of each.
pub(crate) fn close(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let (mut longest, mut row) = (0, vec![0; b.len() + 1]);
    for x in &a {
        let mut next = vec![0; b.len() + 1];
        for (j, y) in b.iter().enumerate() {
            if x == y {
                next[j + 1] = row[j] + 1;
                longest = longest.max(next[j + 1]);
            }
        }
        row = next;
    }
    !a.is_empty() && !b.is_empty() && longest * 2 >= a.len().max(b.len())
}
