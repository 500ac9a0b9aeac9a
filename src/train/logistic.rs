//! Logistic regression with a ridge, over sparse rows, by cyclic coordinate descent (Genkin, Lewis and Madigan,
//! Large-Scale Bayesian Logistic Regression for Text Categorization, Technometrics 49, 2007).

use std::collections::HashMap;

use crate::annotate::facts::ranker::weights::logistic;

/// What is known of a case: features by number, with their values.
pub(super) type Features = Vec<(usize, f64)>;

/// Rounds over all features.
const ROUNDS: usize = 30;
/// A weight moves at most so far in one step.
const FARTHEST: f64 = 2.0;

/// Numbers for the names of features.
#[derive(Debug, Default)]
pub(super) struct Names {
    numbers: HashMap<String, usize>,
    names: Vec<String>,
}

impl Names {
    /// The number of a feature, a new one where it has none.
    pub fn number(&mut self, name: String) -> usize {
        *self.numbers.entry(name).or_insert_with_key(|name| {
            self.names.push(name.clone());
            self.names.len() - 1
        })
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Names with what `values` holds at their numbers, in the order of the names.
    pub fn sorted<'a>(&'a self, values: &[f64]) -> Vec<(&'a str, f64)> {
        let mut out: Vec<(&str, f64)> = self.names.iter().map(String::as_str).zip(values.iter().copied()).collect();
        out.sort_unstable_by_key(|(name, _)| *name);
        out
    }
}

/// The weights of features that stand in `least` rows at least, by number; the others weigh nothing. A row is what is
/// known of a case and whether it came out right. `ridge` is the inverse of the variance that weights are expected to have.
pub(super) fn regress(rows: &[(&Features, bool)], size: usize, ridge: f64, least: usize) -> Vec<f64> {
    let mut columns: Vec<Vec<(usize, f64)>> = vec![Vec::new(); size];
    for (at, (features, _)) in rows.iter().enumerate() {
        for (feature, value) in features.iter().filter(|(_, value)| *value != 0.0) {
            columns[*feature].push((at, *value));
        }
    }
    let mut sums = vec![0.0; rows.len()];
    let mut weights = vec![0.0; size];
    for _ in 0..ROUNDS {
        for (weight, column) in weights.iter_mut().zip(&columns).filter(|(_, column)| column.len() >= least) {
            let (mut gradient, mut curve) = (-ridge * *weight, ridge);
            for (at, value) in column {
                let p = logistic(sums[*at]);
                gradient += value * (f64::from(u8::from(rows[*at].1)) - p);
                curve += value * value * p * (1.0 - p);
            }
            let step = (gradient / curve).clamp(-FARTHEST, FARTHEST);
            *weight += step;
            for (at, value) in column {
                sums[*at] += step * value;
            }
        }
    }
    weights
}

/// The probability that a case comes out right.
pub(super) fn probability(weights: &[f64], features: &Features) -> f64 {
    logistic(features.iter().map(|(feature, value)| weights[*feature] * value).sum())
}
