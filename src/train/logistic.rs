//! Logistic regression with a ridge, over sparse rows, by cyclic coordinate descent (Genkin, Lewis and Madigan,
//! Large-Scale Bayesian Logistic Regression for Text Categorization, Technometrics 49, 2007).

use std::collections::HashMap;

use crate::annotate::odds::logistic;

/// What is known of a case: features by number, with their values.
pub(super) type Features = Vec<(usize, f64)>;

/// Rounds over all features at most; fewer where no weight moves farther than `STILL` in one.
const ROUNDS: usize = 200;
const STILL: f64 = 1e-3;
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
        let mut farthest: f64 = 0.0;
        for (weight, column) in weights.iter_mut().zip(&columns).filter(|(_, column)| column.len() >= least) {
            let (mut gradient, mut curve) = (-ridge * *weight, ridge);
            for (at, value) in column {
                let p = logistic(sums[*at]);
                gradient += value * (f64::from(u8::from(rows[*at].1)) - p);
                curve += value * value * p * (1.0 - p);
            }
            let step = (gradient / curve).clamp(-FARTHEST, FARTHEST);
            *weight += step;
            farthest = farthest.max(step.abs());
            for (at, value) in column {
                sums[*at] += step * value;
            }
        }
        if farthest < STILL {
            break;
        }
    }
    weights
}

/// The probability that a case comes out right.
pub(super) fn probability(weights: &[f64], features: &Features) -> f64 {
    logistic(features.iter().map(|(feature, value)| weights[*feature] * value).sum())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feature_weighs_as_often_as_it_comes_out_right() {
        // With the feature three cases of four come out right, without it one of four.
        let with = |right: bool| (vec![(0, 1.0), (1, 1.0)], right);
        let without = |right: bool| (vec![(0, 1.0)], right);
        let mut cases: Vec<(Features, bool)> = Vec::new();
        for _ in 0..25 {
            cases.extend([with(true), with(true), with(true), with(false)]);
            cases.extend([without(false), without(false), without(false), without(true)]);
        }
        let rows: Vec<_> = cases.iter().map(|(features, right)| (features, *right)).collect();
        let weights = regress(&rows, 3, 1e-6, 1);
        assert!((probability(&weights, &vec![(0, 1.0), (1, 1.0)]) - 0.75).abs() < 1e-3, "{weights:?}");
        assert!((probability(&weights, &vec![(0, 1.0)]) - 0.25).abs() < 1e-3, "{weights:?}");
        assert_eq!(weights[2], 0.0, "what stands nowhere weighs nothing");
        let few = regress(&rows, 3, 1e-6, 101);
        assert_eq!(few[1], 0.0, "what stands in fewer rows than asked for is left out");
    }
}
