//! The weights of features, as a table that a person can read.

use rustc_hash::FxHashMap;

use super::features::{Collect, Part};
use crate::annotate::odds::{log_odds, logistic};

/// What a row of the table weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// A candidate as filler of a role.
    Filler,
    /// A fact as stated by a trigger.
    Fact,
    /// What both come to as the confidence of the fact.
    Confidence,
}

impl Stage {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Filler, Self::Fact, Self::Confidence];

    /// As the table calls it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Filler => "filler",
            Self::Fact => "fact",
            Self::Confidence => "confidence",
        }
    }
}

/// Weights of features.
#[derive(Debug, Clone, Default)]
pub struct Weights {
    fillers: FxHashMap<u64, f64>,
    facts: FxHashMap<u64, f64>,
    /// Offset and slope of the confidence over the log-odds that the stages give together.
    confidence: Option<(f64, f64)>,
}

/// Parts a feature's name in the table.
pub const BETWEEN: char = '|';

impl Weights {
    /// The weights of a table: stage, feature, weight, parted by tabs; `#` for comments.
    #[must_use]
    pub fn parse(table: &str) -> Self {
        let mut out = Self::default();
        let (mut offset, mut slope) = (None, None);
        for line in table.lines().filter(|l| !l.starts_with('#')) {
            let [stage, feature, weight] = line.split('\t').collect::<Vec<_>>()[..] else { continue };
            let Ok(weight) = weight.parse::<f64>() else { continue };
            let id = id(feature.split(BETWEEN).map(Part::new));
            match Stage::ALL.into_iter().find(|s| s.name() == stage) {
                Some(Stage::Filler) => drop(out.fillers.insert(id, weight)),
                Some(Stage::Fact) => drop(out.facts.insert(id, weight)),
                Some(Stage::Confidence) if feature == "offset" => offset = Some(weight),
                Some(Stage::Confidence) => slope = Some(weight),
                None => {}
            }
        }
        out.confidence = offset.zip(slope);
        out
    }

    /// Whether there is nothing to judge by.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.fillers.is_empty()
    }

    /// How many rows it was read from.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.fillers.len() + self.facts.len() + 2 * usize::from(self.confidence.is_some())
    }

    /// The probability by the weights of a stage of what `features` tells.
    pub(super) fn probability(&self, stage: Stage, features: impl FnOnce(&mut Sum<'_>)) -> f64 {
        let weights = if stage == Stage::Filler { &self.fillers } else { &self.facts };
        let mut sum = Sum { weights, sum: 0.0 };
        features(&mut sum);
        logistic(sum.sum)
    }

    /// The confidence of a fact: the share of such facts that are right, as measured where the weights were learned.
    pub(crate) fn confidence(&self, probability: f64) -> f64 {
        let (offset, slope) = self.confidence.unwrap_or((0.0, 1.0));
        logistic(offset + slope * log_odds(probability))
    }
}

/// Adds up weights.
pub(super) struct Sum<'a> {
    weights: &'a FxHashMap<u64, f64>,
    sum: f64,
}

impl Collect for Sum<'_> {
    fn add(&mut self, parts: &[Part<'_>], value: f64) {
        if let Some(weight) = self.weights.get(&id(parts.iter().copied())) {
            self.sum += weight * value;
        }
    }
}

/// The number of a feature.
fn id<'a>(parts: impl IntoIterator<Item = Part<'a>>) -> u64 {
    parts.into_iter().fold(0, |id: u64, part| (id.rotate_left(5) ^ part.hash).wrapping_mul(0x9e37_79b9_7f4a_7c15))
}
