//! The weights of a chain: in memory as a table in the order of the keys, in a file as sorted keys with small integers.
//!
//! A file holds, little-endian: [`MAGIC`]; a `u32` for the version of the features; the number of labels; their
//! transition scores as `f32`, row by row; the unit of the weights as `f32`; the number of features as `u32`; and for
//! each feature, by rising key, the distance from the last key as a LEB128 number, a `u16` with a bit for every label
//! that has a weight, and those weights as `i8` in that unit.

use std::hint::black_box;

use super::chain::{Row, Transitions, WIDTH};

/// What a file of weights begins with.
pub const MAGIC: &[u8; 8] = b"tupu-crf";

/// Why bytes are no weights.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum ModelError {
    /// Something else altogether.
    #[error("this is no file of weights; `tupu train tagger` writes one")]
    Magic,
    /// Weights for other features.
    #[error("these weights are for version {found} of the features, this program has {expected}; train them anew")]
    Version {
        /// The file's.
        found: u32,
        /// The program's.
        expected: u32,
    },
    /// Not all of it, or not as it was written.
    #[error("the weights are damaged at byte {0}; copy or train them anew")]
    Damaged(usize),
}

/// Weights of features for labels.
#[derive(Debug, Clone)]
pub struct Model {
    /// What may follow what, and how gladly.
    pub transitions: Transitions,
    /// The worth of a weight of one.
    unit: f32,
    /// A table in the order of the keys; what finds no room in its line stands in the next one that has some.
    lines: Vec<Line>,
    /// A bit for every head of a key: most features that have no weight are told by it without a look at the table, which
    /// is too large for a cache.
    heads: Vec<u64>,
    features: usize,
}

/// Keys with their rows, as many as a cache brings at once.
#[derive(Debug, Clone, Copy, Default)]
#[repr(align(64))]
struct Line {
    /// A key of 0 marks a free place.
    keys: [u32; PLACES],
    /// By its last bits, the keys that stand in a later line for want of room.
    passed: u32,
    rows: [Weighed; PLACES],
}

/// The weights of one feature, in units.
pub(super) type Weighed = [i8; WIDTH];

/// Features in a line.
const PLACES: usize = 3;
/// How many bits of a key make its head.
const HEAD: u32 = 22;
/// At most so many keys are looked for at once.
const AT_ONCE: usize = 32;

impl Line {
    /// The row of `key`, where it stands here.
    fn row(&self, key: u32) -> Option<&Weighed> {
        self.keys.iter().position(|k| *k == key).map(|at| &self.rows[at])
    }

    /// Whether a later line may hold `key`.
    fn passes(&self, key: u32) -> bool {
        self.passed >> (key & 31) & 1 == 1
    }
}

impl Model {
    /// A model of these weights, each row with its key. What is smaller than half a unit is dropped.
    ///
    /// The unit is such that the largest weight still fits.
    #[must_use]
    pub fn new(transitions: Transitions, weights: &[(u32, Row)]) -> Self {
        let largest = weights.iter().flat_map(|(_, row)| row).fold(0.0_f32, |max, w| max.max(w.abs()));
        let unit = (largest / 127.0).max(f32::MIN_POSITIVE);
        #[allow(clippy::cast_possible_truncation)]
        let small = |w: f32| (w / unit).round() as i8;
        let mut rows: Vec<(u32, Weighed)> =
            weights.iter().map(|(key, row)| (*key, row.map(small))).filter(|(_, row)| *row != [0; WIDTH]).collect();
        rows.sort_unstable();
        rows.dedup_by_key(|(key, _)| *key);
        let mut model = Self::empty(transitions, unit, rows.len());
        rows.into_iter().for_each(|(key, row)| model.put(key, row));
        model
    }

    /// A model with room for so many features.
    fn empty(transitions: Transitions, unit: f32, features: usize) -> Self {
        // Three places in four taken.
        let lines = (features * 4).div_ceil(PLACES * 3).max(1);
        Self { transitions, unit, lines: vec![Line::default(); lines], heads: vec![0; 1 << (HEAD - 6)], features: 0 }
    }

    /// Gives a feature, of which there was room for one more, its weights.
    fn put(&mut self, key: u32, row: Weighed) {
        let head = key >> (32 - HEAD);
        self.heads[head as usize >> 6] |= 1 << (head & 63);
        self.features += 1;
        let lines = self.lines.len();
        let mut at = line_of(key, lines);
        loop {
            let line = &mut self.lines[at];
            if let Some(free) = line.keys.iter().position(|k| *k == 0) {
                line.keys[free] = key;
                line.rows[free] = row;
                break;
            }
            line.passed |= 1 << (key & 31);
            at = (at + 1) % lines;
        }
    }

    /// How many features have a weight.
    #[must_use]
    pub fn features(&self) -> usize {
        self.features
    }

    /// The scores of the labels where these features stand.
    #[must_use]
    pub fn score(&self, keys: &[u32]) -> Row {
        let mut sum = Sum::default();
        keys.chunks(AT_ONCE).for_each(|keys| self.add(&self.likely(keys), &mut sum));
        self.scores(&sum)
    }

    /// Those of a few features that may have weights, with a look at where these stand: what asks for the weights later finds
    /// that the memory has brought them meanwhile, all at once and not one after the other.
    pub(super) fn likely(&self, keys: &[u32]) -> Likely {
        let mut likely = Likely { keys: [0; AT_ONCE], count: 0 };
        // They move to the front without a branch that could be guessed wrong.
        for key in keys.iter().take(AT_ONCE) {
            let head = key >> (32 - HEAD);
            likely.keys[likely.count] = *key;
            likely.count += (self.heads[head as usize >> 6] >> (head & 63) & 1) as usize;
        }
        let lines = likely.keys[..likely.count].iter().map(|key| &self.lines[line_of(*key, self.lines.len())]);
        black_box(lines.fold(0, |all, line| all | line.passed));
        likely
    }

    /// Adds the weights of these features to `sum`.
    pub(super) fn add(&self, likely: &Likely, sum: &mut Sum) {
        for row in likely.keys[..likely.count].iter().filter_map(|key| self.row(*key)) {
            sum.add(row);
        }
    }

    /// The weights of a feature, where it has any.
    pub(super) fn weights(&self, key: u32) -> Option<&Weighed> {
        let head = key >> (32 - HEAD);
        if self.heads[head as usize >> 6] >> (head & 63) & 1 == 0 { None } else { self.row(key) }
    }

    /// The same, for one whose head is known.
    fn row(&self, key: u32) -> Option<&Weighed> {
        let mut at = line_of(key, self.lines.len());
        loop {
            let line = &self.lines[at];
            match line.row(key) {
                None if line.passes(key) => at = (at + 1) % self.lines.len(),
                row => return row,
            }
        }
    }

    /// The scores that weights come to.
    pub(super) fn scores(&self, sum: &Sum) -> Row {
        sum.0.map(|s| f32::from(s) * self.unit)
    }

    /// The file of these weights.
    #[must_use]
    pub fn to_bytes(&self, version: u32) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        let labels = self.transitions.labels;
        out.extend(version.to_le_bytes());
        out.extend(u32::try_from(labels).unwrap_or_default().to_le_bytes());
        for row in &self.transitions.scores[..labels] {
            row[..labels].iter().for_each(|score| out.extend(score.to_le_bytes()));
        }
        out.extend(self.unit.to_le_bytes());
        out.extend(u32::try_from(self.features).unwrap_or_default().to_le_bytes());
        let places = self.lines.iter().flat_map(|line| line.keys.iter().zip(&line.rows));
        let mut rows: Vec<(u32, &Weighed)> =
            places.filter(|(key, _)| **key != 0).map(|(key, row)| (*key, row)).collect();
        rows.sort_unstable();
        let mut last = 0;
        for (key, row) in rows {
            let mut distance = key - last;
            last = key;
            while distance >= 0x80 {
                out.push((distance & 0x7f) as u8 | 0x80);
                distance >>= 7;
            }
            out.push(distance as u8);
            let mask = (0..WIDTH).filter(|l| row[*l] != 0).fold(0_u16, |mask, l| mask | 1 << l);
            out.extend(mask.to_le_bytes());
            out.extend(row.iter().filter(|w| **w != 0).map(|w| w.to_le_bytes()[0]));
        }
        out
    }

    /// The weights of a file, for `transitions` whose scores the file has.
    ///
    /// # Errors
    /// Bytes that are no such file, are one for other features, or are not all of one.
    pub fn from_bytes(bytes: &[u8], version: u32, mut transitions: Transitions) -> Result<Self, ModelError> {
        let mut reader = Reader { bytes, at: 0 };
        if reader.take::<8>().ok() != Some(*MAGIC) {
            return Err(ModelError::Magic);
        }
        let found = reader.u32()?;
        if found != version {
            return Err(ModelError::Version { found, expected: version });
        }
        if reader.u32()? as usize != transitions.labels {
            return Err(ModelError::Damaged(reader.at));
        }
        let labels = transitions.labels;
        for row in &mut transitions.scores[..labels] {
            for score in &mut row[..labels] {
                let stored = f32::from_le_bytes(reader.take()?);
                // What cannot follow cannot by the labels, whatever the file says.
                if *score > f32::NEG_INFINITY {
                    *score = stored;
                }
            }
        }
        let unit = f32::from_le_bytes(reader.take()?);
        if !unit.is_finite() || transitions.scores.iter().flatten().any(|s| s.is_nan()) {
            return Err(ModelError::Damaged(reader.at));
        }
        let count = reader.u32()? as usize;
        // Each takes four bytes at least: no room is made for more than the file can hold.
        if count > bytes.len() / 4 {
            return Err(ModelError::Damaged(reader.at));
        }
        let mut model = Self::empty(transitions, unit, count);
        let mut key = 0_u32;
        for _ in 0..count {
            let distance = reader.number()?;
            key = key.checked_add(distance).filter(|_| distance > 0).ok_or(ModelError::Damaged(reader.at))?;
            let mask = u16::from_le_bytes(reader.take()?);
            let mut row = [0; WIDTH];
            for (label, weight) in row.iter_mut().enumerate() {
                if mask & 1 << label != 0 {
                    *weight = i8::from_le_bytes(reader.take()?);
                }
            }
            model.put(key, row);
        }
        if reader.at != bytes.len() {
            return Err(ModelError::Damaged(reader.at));
        }
        Ok(model)
    }
}

/// The line in which a key belongs, of `lines`: keys are hashes, so that their first bits tell.
#[allow(clippy::cast_possible_truncation)] // less than `lines`
fn line_of(key: u32, lines: usize) -> usize {
    ((u64::from(key) * lines as u64) >> 32) as usize
}

/// Features that may have weights.
#[derive(Debug, Clone, Copy)]
pub(super) struct Likely {
    keys: [u32; AT_ONCE],
    count: usize,
}

/// Weights of several features together, in units.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sum([i16; WIDTH]);

impl Sum {
    /// Adds the weights of one more.
    pub fn add(&mut self, row: &[i8; WIDTH]) {
        for (sum, weight) in self.0.iter_mut().zip(row) {
            *sum += i16::from(*weight);
        }
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], ModelError> {
        let end = self.at + N;
        let taken = self.bytes.get(self.at..end).and_then(|b| b.try_into().ok());
        let taken = taken.ok_or(ModelError::Damaged(self.at))?;
        self.at = end;
        Ok(taken)
    }

    fn u32(&mut self) -> Result<u32, ModelError> {
        Ok(u32::from_le_bytes(self.take()?))
    }

    fn number(&mut self) -> Result<u32, ModelError> {
        let mut number = 0_u32;
        for shift in [0, 7, 14, 21, 28] {
            let [byte] = self.take::<1>()?;
            number |= u32::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(ModelError::Damaged(self.at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::tagger::labels;

    fn model() -> Model {
        let mut transitions = labels::transitions();
        transitions.scores[0][0] = 1.5;
        let row = |at: usize, w: f32| std::array::from_fn(|l| if l == at { w } else { 0.0 });
        Model::new(transitions, &[(7, row(1, 2.0)), (u32::MAX, row(3, -4.0)), (300, row(2, 0.001))])
    }

    #[test]
    fn what_is_written_is_read_again() {
        let bytes = model().to_bytes(3);
        let read = Model::from_bytes(&bytes, 3, labels::transitions()).unwrap();
        assert_eq!(read.features(), 2, "a weight too small to tell is dropped");
        assert_eq!(read.transitions.scores[0][0], 1.5);
        let score = read.score(&[7, u32::MAX, 9]);
        assert!((score[1] - 2.0).abs() < 0.02 && (score[3] + 4.0).abs() < 0.02, "{score:?}");
        assert_eq!(read.to_bytes(3), bytes);
    }

    #[test]
    fn bad_bytes_are_refused() {
        let bytes = model().to_bytes(3);
        let read = |bytes: &[u8], version| Model::from_bytes(bytes, version, labels::transitions()).err();
        assert_eq!(read(b"PK", 3), Some(ModelError::Magic));
        assert_eq!(read(&bytes, 4), Some(ModelError::Version { found: 3, expected: 4 }));
        for end in 8..bytes.len() {
            assert!(matches!(read(&bytes[..end], 3), Some(ModelError::Damaged(_))), "cut at {end}");
        }
        assert!(matches!(read(&[bytes.as_slice(), &[0]].concat(), 3), Some(ModelError::Damaged(_))));
    }
}
