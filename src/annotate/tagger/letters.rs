//! The weights of single characters side by side. A quarter of all features that have weights are such, and looking each
//! up among the others would touch five places of a table that no cache holds.

use super::Model;
use super::features::{LETTERS, letter};
use super::model::{Sum, Weighed};

/// What each character weighs as itself and as a neighbour.
#[derive(Debug)]
pub(super) struct Letters {
    /// By code point, where in `rows` it stands; 0 for what weighs nothing.
    places: Vec<u16>,
    rows: Vec<[Weighed; LETTERS]>,
}

/// The code point behind those that stand here.
const LAST: u32 = 0x1_0000;

impl Letters {
    /// Gathers the weights that `model` has of characters alone.
    pub fn new(model: &Model) -> Self {
        let mut rows = vec![[Weighed::default(); LETTERS]];
        let mut place = |code: u32| {
            let weights: [_; LETTERS] = std::array::from_fn(|at| model.weights(letter(TEMPLATES[at], code)));
            if weights.iter().all(Option::is_none) {
                return 0;
            }
            rows.push(weights.map(|row| row.copied().unwrap_or_default()));
            // There are no more rows than code points.
            u16::try_from(rows.len() - 1).unwrap_or_default()
        };
        let places = (0..LAST).map(&mut place).collect();
        Self { places, rows }
    }

    /// What these characters weigh, in the order of the features.
    pub fn sum(&self, model: &Model, letters: &[u32; LETTERS]) -> Sum {
        let mut sum = Sum::default();
        for (at, code) in letters.iter().enumerate() {
            match self.places.get(*code as usize) {
                Some(place) => sum.add(&self.rows[usize::from(*place)][at]),
                None => model.weights(letter(TEMPLATES[at], *code)).into_iter().for_each(|row| sum.add(row)),
            }
        }
        sum
    }
}

/// The numbers of the features of characters alone.
const TEMPLATES: [u32; LETTERS] = [0, 1, 2, 3, 4];
