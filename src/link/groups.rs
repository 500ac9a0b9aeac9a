//! Disjoint sets, to say of things step by step that they are one.

use std::collections::BTreeMap;

/// Sets over the numbers `0..n`. Which numbers are in one set does not depend on the order in which they were joined.
#[derive(Debug, Clone)]
pub(super) struct Groups {
    parents: Vec<usize>,
}

impl Groups {
    /// Each number by itself.
    pub(super) fn new(n: usize) -> Self {
        Self { parents: (0..n).collect() }
    }

    /// The smallest number of the set that `of` is in.
    pub(super) fn first(&mut self, mut of: usize) -> usize {
        while self.parents[of] != of {
            // Halving the way keeps it short.
            self.parents[of] = self.parents[self.parents[of]];
            of = self.parents[of];
        }
        of
    }

    /// Makes the sets of two numbers one.
    pub(super) fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.first(a), self.first(b));
        self.parents[a.max(b)] = a.min(b);
    }

    /// Adds the next number, to the set of `to`.
    pub(super) fn add(&mut self, to: usize) {
        let first = self.first(to);
        self.parents.push(first);
    }

    /// The numbers of each set, by the smallest of them.
    pub(super) fn sets(&mut self) -> BTreeMap<usize, Vec<usize>> {
        let mut sets: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for number in 0..self.parents.len() {
            sets.entry(self.first(number)).or_default().push(number);
        }
        sets
    }
}
