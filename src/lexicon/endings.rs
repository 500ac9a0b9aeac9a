//! The endings of words that the lists may hold.

use rustc_hash::{FxHashMap, FxHashSet};

/// No ending of the lists has more characters; what is longer need not be looked up.
pub(super) const LONGEST_ENDING: usize = 16;

/// The endings of `word` that a list may hold, the longest first, with their first characters.
pub(super) fn endings(word: &str) -> impl Iterator<Item = (&str, char)> {
    let from = word.char_indices().rev().nth(LONGEST_ENDING - 1).map_or(0, |(at, _)| at);
    word[from..].char_indices().map(move |(at, c)| (&word[from + at..], c))
}

/// The longest ending of `word` that is in `set`, whole characters only.
pub fn longest_suffix<'a, V>(word: &'a str, set: &FxHashMap<String, V>) -> Option<&'a str> {
    endings(word).map(|(tail, _)| tail).find(|tail| set.contains_key(*tail))
}

/// Whether `word`, or an ending of it of two characters or more, is in `set`.
#[must_use]
pub fn has_suffix(word: &str, set: &FxHashSet<String>) -> bool {
    let shorter = |tail: &str, c: char| (c.len_utf8() + 1..word.len()).contains(&tail.len());
    set.contains(word) || endings(word).any(|(tail, c)| shorter(tail, c) && set.contains(tail))
}
