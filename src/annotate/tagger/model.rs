//! The weights of a chain: in memory as a hash table, in a file as sorted keys with small integers.
//!
//! A file holds, little-endian: [`MAGIC`]; a `u32` for the version of the features; the number of labels; their
//! transition scores as `f32`, row by row; the unit of the weights as `f32`; the number of features as `u32`; and for
//! each feature, by rising key, the distance from the last key as a LEB128 number, a `u16` with a bit for every label
//! that has a weight, and those weights as `i8` in that unit.

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
    /// Open addressing with linear probing; a key of 0 marks a free place.
    keys: Vec<u32>,
    rows: Vec<[i8; WIDTH]>,
    /// A bit for every head of a key: most features have no weight, and this tells so without a look at the table, which
    /// no cache holds.
    heads: Vec<u64>,
    features: usize,
}

/// How many bits of a key make its head.
const HEAD: u32 = 23;
/// So many keys are looked for at once.
const AT_ONCE: usize = 32;

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
        let mut rows: Vec<(u32, [i8; WIDTH])> =
            weights.iter().map(|(key, row)| (*key, row.map(small))).filter(|(_, row)| *row != [0; WIDTH]).collect();
        rows.sort_unstable();
        rows.dedup_by_key(|(key, _)| *key);
        Self::build(transitions, unit, &rows)
    }

    fn build(transitions: Transitions, unit: f32, rows: &[(u32, [i8; WIDTH])]) -> Self {
        // Two places in three taken at most: short chains, and half the memory of a roomier table.
        let size = (rows.len() * 4 / 3 + 1).next_power_of_two();
        let mut model = Self {
            transitions,
            unit,
            keys: vec![0; size],
            rows: vec![[0; WIDTH]; size],
            heads: vec![0; 1 << (HEAD - 6)],
            features: rows.len(),
        };
        for (key, row) in rows {
            let head = key >> (32 - HEAD);
            model.heads[head as usize >> 6] |= 1 << (head & 63);
            let mut at = *key as usize & (size - 1);
            while model.keys[at] != 0 {
                at = (at + 1) & (size - 1);
            }
            model.keys[at] = *key;
            model.rows[at] = *row;
        }
        model
    }

    /// How many features have a weight.
    #[must_use]
    pub fn features(&self) -> usize {
        self.features
    }

    /// The scores of the labels where these features stand.
    #[must_use]
    pub fn score(&self, keys: &[u32]) -> Row {
        let mask = self.keys.len() - 1;
        let mut sum = [0_i16; WIDTH];
        for keys in keys.chunks(AT_ONCE) {
            // Those that may have weights move to the front, without a branch that could be guessed wrong.
            let mut likely = [0_u32; AT_ONCE];
            let mut count = 0;
            for key in keys {
                let head = key >> (32 - HEAD);
                likely[count] = *key;
                count += (self.heads[head as usize >> 6] >> (head & 63) & 1) as usize;
            }
            for key in &likely[..count] {
                let mut at = *key as usize & mask;
                while self.keys[at] != *key && self.keys[at] != 0 {
                    at = (at + 1) & mask;
                }
                // A free place has a row of zeros.
                for (sum, weight) in sum.iter_mut().zip(&self.rows[at]) {
                    *sum += i16::from(*weight);
                }
            }
        }
        sum.map(|s| f32::from(s) * self.unit)
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
        let mut rows: Vec<(u32, &[i8; WIDTH])> =
            self.keys.iter().zip(&self.rows).filter(|(key, _)| **key != 0).map(|(key, row)| (*key, row)).collect();
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
        let mut rows = Vec::with_capacity(count);
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
            rows.push((key, row));
        }
        if reader.at != bytes.len() {
            return Err(ModelError::Damaged(reader.at));
        }
        Ok(Self::build(transitions, unit, &rows))
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
