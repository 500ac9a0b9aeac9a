//! Entities by what they are called, for suggestions as one types.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::iter::Peekable;
use std::ops::Range;

use memchr::memmem::{FindIter, Finder};

use crate::graph::{Node, Stated};
use crate::link::Linking;
use crate::rdf::Iris;
use crate::text::normal::normal;
use crate::text::pinyin;

/// How many ways there are for a name to match ([`Names::rank`]).
const RANKS: usize = 5;

/// The names of all entities that texts mention, one after the other, so that all can be looked at in a few milliseconds.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Those that more facts speak of first, of equals those that are mentioned more, then those of shorter names.
    entries: Vec<Entry>,
    /// In the order of their entities, of each its own name first.
    spellings: Vec<Spelling>,
    /// The names in lower case, a line each.
    text: String,
    /// The characters of the lines, without their ends.
    chars: Vec<char>,
    /// For each character the letters that its readings begin with, a bit a letter from `a`.
    initials: Vec<u32>,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    /// Its place in [`Stated::entities`].
    entity: usize,
    /// In how many facts it takes part.
    facts: usize,
}

/// A name: where it stands.
#[derive(Debug)]
struct Spelling {
    /// Its entity's place among the entries.
    entry: usize,
    /// As it is shown, where it is not the entity's own name.
    other: Option<String>,
    /// First byte of its line and the byte after it.
    bytes: Range<usize>,
    /// First of its characters and the one after them.
    chars: Range<usize>,
}

/// An entity that may be meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found<'a> {
    /// Its place in [`Stated::entities`].
    pub entity: usize,
    /// In how many facts it takes part.
    pub facts: usize,
    /// The other name that was matched.
    pub other: Option<&'a str>,
}

impl Names {
    pub fn new(stated: &Stated, linking: &Linking, iris: &Iris) -> Self {
        let mut names: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        let own =
            linking.identities.iter().map(|identity| iris.entity(&identity.key).into_string()).collect::<Vec<_>>();
        for (_, member) in linking.all_members() {
            let Some(iri) = own.get(member.identity) else { continue };
            names.entry(iri.clone()).or_default().extend(member.names.iter().map(String::as_str));
        }
        for (iri, identity) in own.iter().zip(&linking.identities) {
            names.entry(iri.clone()).or_default().extend(identity.other_names.iter().map(String::as_str));
        }
        let mut facts: BTreeMap<&str, usize> = BTreeMap::new();
        for fact in &stated.facts {
            let mut fillers: Vec<&str> = fact.fillers.iter().map(|(_, filler)| filler.as_str()).collect();
            fillers.sort_unstable();
            fillers.dedup();
            fillers.into_iter().for_each(|filler| *facts.entry(filler).or_default() += 1);
        }
        let mut sorted: Vec<(usize, &Node)> = stated.entities.iter().enumerate().collect();
        let weight = |node: &Node| facts.get(node.iri.as_str()).copied().unwrap_or_default();
        sorted.sort_by_cached_key(|(at, node)| {
            (Reverse(weight(node)), Reverse(node.mentions), node.name.chars().count(), *at)
        });
        let mut all = Self::default();
        for (entity, node) in sorted {
            let mut others = names.remove(&node.iri).unwrap_or_default();
            others.sort_unstable();
            others.dedup();
            all.add(&node.name, None);
            for name in others.into_iter().filter(|name| *name != node.name) {
                all.add(name, Some(name.to_owned()));
            }
            all.entries.push(Entry { entity, facts: weight(node) });
        }
        all
    }

    /// Adds a name of the entity that is the next entry.
    fn add(&mut self, name: &str, other: Option<String>) {
        let (byte, char) = (self.text.len(), self.chars.len());
        self.text.push_str(&name.to_lowercase());
        let chars = self.text.get(byte..).unwrap_or_default().chars();
        self.chars.extend(chars);
        let letters = |c: &char| {
            let of_sounds = pinyin::syllables(*c).filter_map(|sound| sound.chars().next());
            of_sounds.map(bit).fold(bit(*c), |all, one| all | one)
        };
        self.initials.extend(self.chars.get(char..).unwrap_or_default().iter().map(letters));
        let (bytes, chars) = (byte..self.text.len(), char..self.chars.len());
        self.spellings.push(Spelling { entry: self.entries.len(), other, bytes, chars });
        self.text.push('\n');
    }

    /// The entities that `words` may mean, the likeliest first: those that are called exactly so, whose name begins so,
    /// has these words in it, or their characters in this order (北大, 北京大学); or is typed so in pinyin or its initials.
    /// Of equals those that more facts speak of come first.
    pub fn find(&self, words: &str, wanted: impl Fn(usize) -> bool, limit: usize) -> Vec<Found<'_>> {
        let query = Query::new(words);
        if query.chars.is_empty() {
            return Vec::new();
        }
        let mut ranks: [Vec<Found<'_>>; RANKS] = Default::default();
        let mut within = query.within.find_iter(self.text.as_bytes()).peekable();
        for names in self.spellings.chunk_by(|one, other| one.entry == other.entry) {
            let matched = names.iter().filter_map(|name| Some((self.rank(name, &query, &mut within)?, name)));
            let Some((rank, name)) = matched.min_by_key(|(rank, _)| *rank) else { continue };
            let Some(Entry { entity, facts }) = self.entries.get(name.entry).copied() else { continue };
            if let Some(found) = ranks.get_mut(rank).filter(|found| found.len() < limit && wanted(entity)) {
                found.push(Found { entity, facts, other: name.other.as_deref() });
            }
        }
        ranks.into_iter().flatten().take(limit).collect()
    }

    /// How well a name matches, 0 best; none where it does not. `within` are the places where the words stand in
    /// [`Names::text`], from this name on.
    fn rank(&self, name: &Spelling, query: &Query, within: &mut Peekable<FindIter<'_, '_>>) -> Option<usize> {
        let mut first = None;
        while let Some(at) = within.next_if(|at| *at < name.bytes.end) {
            first = first.or(Some(at));
        }
        match first {
            Some(at) if at == name.bytes.start => return Some(usize::from(name.bytes.len() != query.text.len())),
            Some(_) => return Some(2),
            None => {}
        }
        let chars = self.chars.get(name.chars.clone())?;
        if let Some(keys) = &query.keys {
            let initials = self.initials.get(name.chars.clone())?;
            let mut starts = initials.iter().enumerate().filter(|(_, letters)| **letters & query.first != 0);
            let at = starts.find(|(at, _)| chars.get(*at..).is_some_and(|name| pinyin::begins(name, keys)))?.0;
            return Some(if at == 0 { 1 } else { 3 });
        }
        let mut rest = chars.iter();
        let in_order = query.chars.len() > 1 && query.chars.iter().all(|c| rest.any(|other| other == c));
        in_order.then_some(4)
    }
}

/// The bit of a letter; none for what is no letter from a to z.
fn bit(c: char) -> u32 {
    if c.is_ascii_lowercase() { 1 << (u32::from(c) - u32::from('a')) } else { 0 }
}

/// What is typed, as it is compared.
struct Query {
    text: String,
    within: Finder<'static>,
    chars: Vec<char>,
    /// What of it is typed for pinyin: letters and digits alone.
    keys: Option<String>,
    /// The bit of the first of them.
    first: u32,
}

impl Query {
    fn new(words: &str) -> Self {
        let text = normal(words.trim()).to_lowercase();
        let keys: String = text.chars().filter(|c| !c.is_whitespace() && *c != '\'').collect();
        let keys = Some(keys).filter(|keys| keys.chars().all(|c| c.is_ascii_alphanumeric()) && !keys.is_empty());
        let first = keys.as_ref().and_then(|keys| keys.chars().next()).map_or(0, bit);
        Self { first, chars: text.chars().collect(), within: Finder::new(&text).into_owned(), text, keys }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(list: &[&str]) -> Names {
        let node = |name: &&str| Node {
            iri: format!("http://e/{name}"),
            label: (*name).to_owned(),
            name: (*name).to_owned(),
            kind: "Organization".to_owned(),
            mentions: 1,
            fact: None,
        };
        let stated = Stated { entities: list.iter().map(node).collect(), facts: Vec::new() };
        Names::new(&stated, &Linking::default(), &Iris::default())
    }

    fn found(list: &[&str], words: &str) -> Vec<usize> {
        names(list).find(words, |_| true, 10).into_iter().map(|found| found.entity).collect()
    }

    #[test]
    fn the_nearest_name_comes_first() {
        let list = ["北京大学医院", "北京大学", "大学", "上海大学"];
        assert_eq!(found(&list, "大学"), [2, 1, 3, 0]);
        assert_eq!(found(&list, "北大"), [1, 0]);
        assert_eq!(found(&list, "BJDX"), [1, 0]);
        assert_eq!(found(&list, "beijing da"), [1, 0]);
        assert_eq!(found(&list, "dx"), [2, 1, 3, 0]);
        assert_eq!(found(&list, "  "), [0; 0]);
    }
}
