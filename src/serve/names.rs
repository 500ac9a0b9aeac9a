//! Entities by what they are called, for suggestions as one types.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::graph::Stated;
use crate::link::Linking;
use crate::rdf::Iris;
use crate::text::normal::normal;
use crate::text::pinyin;

/// The names of all entities that texts mention.
#[derive(Debug, Default)]
pub(super) struct Names {
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    /// Its place in [`Stated::entities`].
    entity: usize,
    /// In how many facts it takes part.
    facts: usize,
    mentions: usize,
    /// Its own name first.
    spellings: Vec<Spelling>,
}

/// A name as it is compared.
#[derive(Debug)]
struct Spelling {
    /// As it is shown.
    written: String,
    /// In lower case.
    text: String,
    chars: Vec<char>,
    /// For each character the letters that its readings begin with, a bit a letter from `a`.
    initials: Vec<u32>,
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
        let entry = |(at, node): (usize, &crate::graph::Node)| {
            let mut others = names.remove(&node.iri).unwrap_or_default();
            others.sort_unstable();
            others.dedup();
            let others = others.into_iter().filter(|name| *name != node.name);
            let spellings = std::iter::once(node.name.as_str()).chain(others).map(Spelling::new).collect();
            let facts = facts.get(node.iri.as_str()).copied().unwrap_or_default();
            Entry { entity: at, facts, mentions: node.mentions, spellings }
        };
        Self { entries: stated.entities.iter().enumerate().map(entry).collect() }
    }

    /// The entities that `words` may mean, the likeliest first: those that are called exactly so, whose name begins so,
    /// has these words in it, or their characters in this order (北大, 北京大学); or is typed so in pinyin or its initials.
    /// Of equals those that more facts speak of come first.
    pub fn find(&self, words: &str, wanted: impl Fn(usize) -> bool, limit: usize) -> Vec<Found<'_>> {
        let query = Query::new(words);
        if query.chars.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<_> = self
            .entries
            .iter()
            .filter(|entry| wanted(entry.entity))
            .filter_map(|entry| {
                let ranks = entry.spellings.iter().enumerate().filter_map(|(n, name)| Some((query.rank(name)?, n)));
                Some((ranks.min()?, entry))
            })
            .collect();
        found.sort_by_key(|((rank, nth), entry)| {
            let length = entry.spellings.first().map_or(0, |own| own.chars.len());
            (*rank, Reverse(entry.facts), Reverse(entry.mentions), *nth > 0, length, entry.entity)
        });
        let result = |((_, nth), entry): ((u8, usize), &'_ Entry)| (nth, entry.entity, entry.facts);
        let found = found.into_iter().take(limit).map(|(rank, entry)| (result((rank, entry)), entry));
        found
            .map(|((nth, entity, facts), entry)| {
                let other = entry.spellings.get(nth).filter(|_| nth > 0).map(|name| name.written.as_str());
                Found { entity, facts, other }
            })
            .collect()
    }
}

impl Spelling {
    fn new(name: &str) -> Self {
        let text = name.to_lowercase();
        let chars: Vec<char> = text.chars().collect();
        let initials = chars.iter().map(|c| match pinyin::syllables(*c) {
            sounds if sounds.is_empty() => bit(*c),
            sounds => sounds.iter().filter_map(|sound| sound.chars().next()).map(bit).fold(0, |all, one| all | one),
        });
        Self { written: name.to_owned(), initials: initials.collect(), text, chars }
    }
}

/// The bit of a letter; none for what is no letter from a to z.
fn bit(c: char) -> u32 {
    if c.is_ascii_lowercase() { 1 << (u32::from(c) - u32::from('a')) } else { 0 }
}

/// What is typed, as it is compared.
struct Query {
    text: String,
    chars: Vec<char>,
    /// What of it is typed for pinyin: letters and digits alone.
    keys: Option<String>,
}

impl Query {
    fn new(words: &str) -> Self {
        let text = normal(words.trim()).to_lowercase();
        let keys: String = text.chars().filter(|c| !c.is_whitespace() && *c != '\'').collect();
        let keys = Some(keys).filter(|keys| keys.chars().all(|c| c.is_ascii_alphanumeric()) && !keys.is_empty());
        Self { chars: text.chars().collect(), text, keys }
    }

    /// How well a name matches, 0 best; none where it does not.
    fn rank(&self, name: &Spelling) -> Option<u8> {
        if name.text == self.text {
            return Some(0);
        }
        match name.text.find(&self.text) {
            Some(0) => return Some(1),
            Some(_) => return Some(2),
            None => {}
        }
        if let Some(keys) = &self.keys {
            let first = keys.chars().next().map_or(0, bit);
            let can = |at: &usize| name.initials.get(*at).is_some_and(|initials| initials & first != 0);
            let mut starts = (0..name.chars.len()).filter(can);
            return starts.find(|at| pinyin::begins(&name.chars[*at..], keys)).map(|at| if at == 0 { 1 } else { 3 });
        }
        let mut rest = name.chars.iter();
        let in_order = self.chars.len() > 1 && self.chars.iter().all(|c| rest.any(|other| other == c));
        in_order.then_some(4)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Node;

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
