//! Words and their classes: what a list in `data/lexicon/` of two columns, a word and its classes joined by `|`, says.

use std::fmt::Debug;

use rustc_hash::FxHashMap;
use serde::de::{Deserialize, IntoDeserializer, value};

use crate::lexicon::{column, rows};

/// Words by the classes `C` that a list has for them.
#[derive(Debug)]
pub(super) struct Words<C> {
    classes: FxHashMap<&'static str, Vec<C>>,
    members: Vec<Members<C>>,
}

/// The words of one class.
#[derive(Debug)]
struct Members<C> {
    class: C,
    words: Vec<&'static str>,
    /// Bytes of the longest of them.
    longest: usize,
}

impl<C: Copy + PartialEq + Deserialize<'static>> Words<C> {
    /// The words of a list that comes with the program.
    pub(super) fn listed(file: &str) -> Self {
        let mut words = Self { classes: FxHashMap::default(), members: Vec::new() };
        for row in rows(file) {
            column(&row, 1).split('|').filter_map(named).for_each(|class| words.add(row[0], class));
        }
        words
    }

    /// Puts a word into a class.
    pub(super) fn add(&mut self, word: &'static str, class: C) {
        self.classes.entry(word).or_default().push(class);
        match self.members.iter_mut().find(|members| members.class == class) {
            Some(members) => {
                members.words.push(word);
                members.longest = members.longest.max(word.len());
            }
            None => self.members.push(Members { class, words: vec![word], longest: word.len() }),
        }
    }

    /// The classes of a word; most have none.
    pub(super) fn classes(&self, word: &str) -> &[C] {
        self.classes.get(word).map_or(&[], Vec::as_slice)
    }

    /// Whether a word is of a class.
    pub(super) fn is(&self, word: &str, class: C) -> bool {
        self.classes(word).contains(&class)
    }

    /// The byte of `name` at which its longest ending of a class begins.
    pub(super) fn ending(&self, name: &str, class: C) -> Option<usize> {
        let first = name.ceil_char_boundary(name.len().saturating_sub(self.longest(class)));
        let mut starts = name[first..].char_indices().map(|(at, _)| first + at);
        starts.find(|at| self.is(&name[*at..], class))
    }

    /// Whether `name` ends with a word of a class, or is one.
    pub(super) fn ends(&self, name: &str, class: C) -> bool {
        self.ending(name, class).is_some()
    }

    /// Whether `name` begins with a word of a class, or is one.
    pub(super) fn begins(&self, name: &str, class: C) -> bool {
        let longest = self.longest(class);
        ends(name).take_while(|end| *end <= longest).any(|end| self.is(&name[..end], class))
    }

    /// The words of a class, in the order of the list.
    pub(super) fn of(&self, class: C) -> &[&'static str] {
        self.members(class).map_or(&[], |members| &members.words)
    }

    fn members(&self, class: C) -> Option<&Members<C>> {
        self.members.iter().find(|members| members.class == class)
    }

    fn longest(&self, class: C) -> usize {
        self.members(class).map_or(0, |members| members.longest)
    }

    /// All words, in no order.
    pub(super) fn all(&self) -> impl Iterator<Item = &'static str> {
        self.classes.keys().copied()
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

/// Where the characters of `text` begin, in bytes, and where it ends.
pub(super) fn bounds(text: &str) -> Vec<usize> {
    let mut bounds = Vec::with_capacity(text.len() + 1);
    bounds.extend(text.char_indices().map(|(at, _)| at));
    bounds.push(text.len());
    bounds
}
