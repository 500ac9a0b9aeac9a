//! A linear chain: weights of features for labels, of pairs of neighbouring labels, and what they make of a sequence.
//!
//! The model is the conditional random field of Lafferty, McCallum and Pereira (2001); probabilities come from its
//! forward–backward recursion, scaled at every step as Rabiner (1989) does for hidden Markov models.

// Several rows run in step by their labels: an index says so where a zip of four would hide it.
#![allow(clippy::needless_range_loop)]

/// Labels are padded to so many, a vector register's worth of weights.
pub const WIDTH: usize = 16;

/// One number a label.
pub type Row = [f32; WIDTH];

/// What may follow what, and how gladly.
#[derive(Debug, Clone, PartialEq)]
pub struct Transitions {
    /// How many labels there are; those past them are padding.
    pub labels: usize,
    /// `scores[a][b]` is the score of b behind a; negative infinity where b cannot stand there.
    pub scores: [Row; WIDTH],
    /// Which labels may begin a sequence.
    pub starts: [bool; WIDTH],
    /// Which labels may end one.
    pub ends: [bool; WIDTH],
}

/// The scores of a sequence with its probabilities.
#[derive(Debug, Default)]
pub struct Lattice {
    /// Forward probabilities, each step scaled to a sum of one.
    pub forward: Vec<Row>,
    /// Backward ones, scaled by the same factors.
    pub backward: Vec<Row>,
    /// Exponentials of the scores, each step divided by its largest.
    pub emission: Vec<Row>,
    /// The factor of each step.
    pub scale: Vec<f32>,
}

impl Transitions {
    /// The exponentials of the scores, zero where a label cannot follow.
    #[must_use]
    pub fn exponentials(&self) -> [Row; WIDTH] {
        self.scores.map(|row| row.map(|score| if score == f32::NEG_INFINITY { 0.0 } else { score.exp() }))
    }

    /// The labels of highest score for a sequence whose labels score `scores` (Viterbi).
    #[must_use]
    pub fn best(&self, scores: &[Row]) -> Vec<u8> {
        let Some(first) = scores.first() else { return Vec::new() };
        let mut now = [f32::NEG_INFINITY; WIDTH];
        for label in 0..self.labels {
            if self.starts[label] {
                now[label] = first[label];
            }
        }
        // The best score of every label at every step; what it came from is asked of the best path alone.
        let mut steps: Vec<Row> = Vec::with_capacity(scores.len());
        for score in &scores[1..] {
            let mut next = [f32::NEG_INFINITY; WIDTH];
            for (base, row) in now.iter().zip(&self.scores).take(self.labels) {
                for label in 0..WIDTH {
                    let value = base + row[label];
                    next[label] = if value > next[label] { value } else { next[label] };
                }
            }
            for label in 0..WIDTH {
                next[label] += score[label];
            }
            steps.push(now);
            now = next;
        }
        let mut last = 0;
        let mut top = f32::NEG_INFINITY;
        for label in 0..self.labels {
            if self.ends[label] && now[label] > top {
                (last, top) = (label, now[label]);
            }
        }
        let mut out = vec![0_u8; scores.len()];
        for at in (0..scores.len()).rev() {
            #[allow(clippy::cast_possible_truncation)]
            let label = last as u8;
            out[at] = label;
            if at > 0 {
                last = self.before(&steps[at - 1], last);
            }
        }
        out
    }

    /// The label before `next` on the best path to it, the first of several; `scores` are those of the paths so far.
    fn before(&self, scores: &Row, next: usize) -> usize {
        let (mut best, mut top) = (0, f32::NEG_INFINITY);
        for label in 0..self.labels {
            let value = scores[label] + self.scores[label][next];
            if value > top {
                (best, top) = (label, value);
            }
        }
        best
    }

    /// Fills `lattice` with the probabilities of a sequence. `exponentials` are those of these transitions.
    pub fn weigh(&self, exponentials: &[Row; WIDTH], scores: &[Row], lattice: &mut Lattice) {
        let Lattice { forward, backward, emission, scale } = lattice;
        forward.clear();
        emission.clear();
        scale.clear();
        forward.reserve(scores.len());
        emission.reserve(scores.len());
        scale.reserve(scores.len());
        for (at, score) in scores.iter().enumerate() {
            let top = score[..self.labels].iter().copied().fold(f32::NEG_INFINITY, f32::max);
            let mut potential = [0.0; WIDTH];
            for label in 0..self.labels {
                potential[label] = (score[label] - top).exp();
            }
            let mut now = [0.0; WIDTH];
            if at == 0 {
                for label in 0..self.labels {
                    now[label] = if self.starts[label] { potential[label] } else { 0.0 };
                }
            } else {
                let last: &Row = &forward[at - 1];
                for (before, row) in exponentials.iter().enumerate().take(self.labels) {
                    let base = last[before];
                    for label in 0..WIDTH {
                        now[label] += base * row[label];
                    }
                }
                for label in 0..WIDTH {
                    now[label] *= potential[label];
                }
            }
            let sum: f32 = now.iter().sum::<f32>().max(f32::MIN_POSITIVE);
            for value in &mut now {
                *value /= sum;
            }
            forward.push(now);
            emission.push(potential);
            scale.push(sum);
        }
        backward.clear();
        backward.resize(scores.len(), [0.0; WIDTH]);
        let Some(last) = scores.len().checked_sub(1) else { return };
        for label in 0..self.labels {
            backward[last][label] = if self.ends[label] { 1.0 } else { 0.0 };
        }
        // By what follows, so that the sums of all labels grow in step.
        let mut behind = [[0.0; WIDTH]; WIDTH];
        for (label, row) in exponentials.iter().enumerate().take(self.labels) {
            for next in 0..WIDTH {
                behind[next][label] = row[next];
            }
        }
        for at in (0..last).rev() {
            let mut weighted = [0.0; WIDTH];
            for label in 0..WIDTH {
                weighted[label] = backward[at + 1][label] * emission[at + 1][label] / scale[at + 1];
            }
            let mut sums = [0.0; WIDTH];
            for (row, weight) in behind.iter().zip(weighted) {
                for label in 0..WIDTH {
                    sums[label] += row[label] * weight;
                }
            }
            backward[at] = sums;
        }
        // Where a sequence must not end on what the forward pass allows, the whole is short of one: made up for here.
        let whole: f32 = (0..self.labels).map(|l| forward[last][l] * backward[last][l]).sum();
        let whole = whole.max(f32::MIN_POSITIVE);
        for row in backward.iter_mut() {
            for value in row.iter_mut() {
                *value /= whole;
            }
        }
    }
}

impl Lattice {
    /// The probability of one label at `at`.
    #[must_use]
    pub fn chance(&self, at: usize, label: usize) -> f32 {
        self.forward[at][label] * self.backward[at][label]
    }

    /// The probability of each label at `at`.
    #[must_use]
    pub fn at(&self, at: usize) -> Row {
        let mut out = [0.0; WIDTH];
        for label in 0..WIDTH {
            out[label] = self.forward[at][label] * self.backward[at][label];
        }
        out
    }
}
