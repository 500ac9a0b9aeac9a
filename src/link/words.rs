//! Words and their classes: what a list in `data/lexicon/` of two columns, a word and its classes joined by `|`, says.

use std::fmt::Debug;

use rustc_hash::FxHashMap;
use serde::de::{Deserialize, IntoDeserializer, value};

use crate::lexicon::{column, rows};

/// Words by the classes `C` that a list has for them.
#[derive(Debug)]
pub(super) struct Words<C> {
    classes: FxHashMap<&'static str, Vec<C>>,
    /// Bytes of the longest word.
    longest: usize,
}

impl<C: Copy + PartialEq + Deserialize<'static>> Words<C> {
    /// The words of a list that comes with the program.
    pub(super) fn listed(file: &str) -> Self {
        let mut words = Self { classes: FxHashMap::default(), longest: 0 };
        for row in rows(file) {
            column(&row, 1).split('|').filter_map(named).for_each(|class| words.add(row[0], class));
        }
        words
    }

    /// Puts a word into a class.
    pub(super) fn add(&mut self, word: &'static str, class: C) {
        self.longest = self.longest.max(word.len());
        self.classes.entry(word).or_default().push(class);
    }

    /// The classes of a word; most have none.
    pub(super) fn classes(&self, word: &str) -> &[C] {
        // No look for what is longer than all: names are.
        if word.len() > self.longest { &[] } else { self.classes.get(word).map_or(&[], Vec::as_slice) }
    }

    /// Whether a word is of a class.
    pub(super) fn is(&self, word: &str, class: C) -> bool {
        self.classes(word).contains(&class)
    }

    /// The byte of `name` at which its longest ending of a class begins.
    pub(super) fn ending(&self, name: &str, class: C) -> Option<usize> {
        name.char_indices().map(|(at, _)| at).find(|at| self.is(&name[*at..], class))
    }

    /// Whether `name` ends with a word of a class, or is one.
    pub(super) fn ends(&self, name: &str, class: C) -> bool {
        self.ending(name, class).is_some()
    }

    /// Whether `name` begins with a word of a class, or is one.
    pub(super) fn begins(&self, name: &str, class: C) -> bool {
        ends(name).any(|end| self.is(&name[..end], class))
    }

    /// The words of a class, sorted.
    pub(super) fn of(&self, class: C) -> Vec<&'static str> {
        let mut words: Vec<_> = self.iter().filter(|(_, classes)| classes.contains(&class)).map(|(w, _)| w).collect();
        words.sort_unstable();
        words
    }

    /// All words with their classes, in no order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&'static str, &[C])> {
        self.classes.iter().map(|(word, classes)| (*word, classes.as_slice()))
    }
}

/// The value that a list calls by a name.
pub(super) fn named<T: Deserialize<'static>>(name: &'static str) -> Option<T> {
    T::deserialize(IntoDeserializer::<value::Error>::into_deserializer(name)).ok()
}

/// The ends of the first characters of `text`, in bytes.
pub(super) fn ends(text: &str) -> impl Iterator<Item = usize> + '_ {
    text.char_indices().map(|(at, c)| at + c.len_utf8())
}
