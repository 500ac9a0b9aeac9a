//! Which ids were read, and where they stand.

use std::collections::hash_map::Entry;
use std::path::PathBuf;

use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};

use super::{Place, ReadError};

/// The ids of a corpus, in a few bytes each: there may be millions.
#[derive(Debug, Default)]
pub(super) struct Ids {
    files: Vec<PathBuf>,
    /// By the beginning of the id's hash: the file's index and the line, 0 for the file as a whole.
    places: FxHashMap<[u8; 16], (u32, u32)>,
}

impl Ids {
    /// Notes where an id stands, and refuses it where it stood before.
    pub(super) fn refuse_twice(&mut self, id: &str, second: &Place) -> Result<(), ReadError> {
        if self.files.last() != Some(&second.path) {
            self.files.push(second.path.clone());
        }
        let mut key = [0; 16];
        key.copy_from_slice(&Sha256::digest(id.as_bytes())[..16]);
        let short = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        match self.places.entry(key) {
            Entry::Vacant(place) => {
                place.insert((short(self.files.len() - 1), short(second.line.unwrap_or(0))));
                Ok(())
            }
            Entry::Occupied(place) => {
                let (file, line) = *place.get();
                let path = self.files[file as usize].clone();
                let first = Place { path, line: (line > 0).then_some(line as usize) };
                Err(ReadError::Twice { id: id.to_owned(), first, second: second.clone() })
            }
        }
    }
}
