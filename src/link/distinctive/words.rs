//! What words of names say about whose name it is: the lists, and looking words up in them.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::lexicon::{Lexicon, Strength};

/// What a word of names says about whose name it is, from `name_words.tsv`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Many names share it.
    Common,
    /// It counts or rates what it stands before, and so names none of them: 定点, 部分.
    Loose,
    /// What a place has one of: 教育局, 气象台.
    Office,
    /// What a place smaller than a country has one of by that name: 法院, 电视台, 科技.
    Local,
    /// What a place has several of, each with a word more in its name: 医院.
    Several,
    /// The same, where places that nobody can tell apart have them too: 小学.
    Small,
    /// What each place and each body has any number of, some of them with a name: 工作组.
    Many,
    /// The same, and none of them is named so: 企业, 部门.
    Sort,
    /// A part of a body that is called by its place: 分公司.
    Branch,
    /// What one state has in another: 大使馆.
    Embassy,
    /// It stands for the state in names of its offices: 国家, 中央.
    Nation,
    /// It may stand before the place in a name: 中共, 政协.
    Front,
    /// A character that stands for one country: 俄.
    State,
    /// A character that belongs to no name where one begins or ends with it, and that parts two names: 与.
    Cut,
    /// A sign of an anonymous name: 某.
    Anonymous,
    /// A word that each text means something else by: 产品.
    Empty,
    /// What is done again and again by one body: 座谈会.
    Routine,
    /// The name of an event, a campaign, a project, a law that has no other of its name: 一带一路.
    Single,
    /// A series of which each edition is known by its year alone: 世界杯.
    Series,
    /// A document that is written each year: 年度报告.
    Yearly,
    /// What a person is addressed by: 先生.
    Address,
    /// A word that many titles of documents share, beside the heads in `works.txt`: 双边.
    Document,
}

impl Class {
    fn of(name: &str) -> Option<Self> {
        Some(match name {
            "common" => Self::Common,
            "loose" => Self::Loose,
            "office" => Self::Office,
            "local" => Self::Local,
            "several" => Self::Several,
            "small" => Self::Small,
            "many" => Self::Many,
            "sort" => Self::Sort,
            "branch" => Self::Branch,
            "embassy" => Self::Embassy,
            "nation" => Self::Nation,
            "front" => Self::Front,
            "state" => Self::State,
            "cut" => Self::Cut,
            "anonymous" => Self::Anonymous,
            "empty" => Self::Empty,
            "routine" => Self::Routine,
            "single" => Self::Single,
            "series" => Self::Series,
            "yearly" => Self::Yearly,
            "address" => Self::Address,
            "document" => Self::Document,
            _ => return None,
        })
    }

    /// What it is in names of organisations; none where it names something by itself.
    const fn of_organizations(self) -> Option<Self> {
        match self {
            Self::Single => None,
            Self::Series
            | Self::Empty
            | Self::Routine
            | Self::Yearly
            | Self::Address
            | Self::Document
            | Self::Anonymous => Some(Self::Common),
            class => Some(class),
        }
    }
}

const LISTS: [&str; 2] = [
    include_str!("../../../data/lexicon/name_words.tsv"),
    // Each of its words is common; the rows above say more of some.
    include_str!("../../../data/lexicon/generic_organizations.txt"),
];

static WORDS: LazyLock<FxHashMap<&'static str, Vec<Class>>> = LazyLock::new(|| {
    let mut words: FxHashMap<&'static str, Vec<Class>> = FxHashMap::default();
    for line in LISTS.iter().flat_map(|list| list.lines()).filter(|l| !l.is_empty() && !l.starts_with('#')) {
        let (word, class) = line.split_once('\t').unwrap_or((line, "common"));
        let classes = words.entry(word).or_default();
        for class in class.split('|').filter_map(Class::of) {
            if class != Class::Common || classes.is_empty() {
                classes.push(class);
            }
        }
    }
    words
});

static ORDINARY: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    let list = include_str!("../../../data/lexicon/ordinary_words.txt");
    list.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).collect()
});

/// Bytes of the longest ordinary word.
const LONGEST_ORDINARY: usize = 3 * 3;

/// Bytes of the longest word of organisations' names that names nothing by itself.
const LONGEST_OF_ORGANIZATIONS: usize = 15 * 3;

/// Bytes of the longest word of the lists; longer ones need no look.
const LONGEST_WORD: usize = 17 * 3;

/// Whether `word` stands in the list with `class`.
pub(super) fn is(word: &str, class: Class) -> bool {
    word.len() <= LONGEST_WORD && WORDS.get(word).is_some_and(|classes| classes.contains(&class))
}

/// The class of `word` in names of organisations.
pub(super) fn class(word: &str, lexicon: &Lexicon) -> Option<Class> {
    if word.len() > LONGEST_OF_ORGANIZATIONS {
        return None;
    }
    let listed = WORDS.get(word).and_then(|classes| classes.iter().find_map(|c| c.of_organizations()));
    // The list of common words has heads as well, without saying what they are.
    if listed.is_some_and(|class| class != Class::Common) {
        return listed;
    }
    let suffix = lexicon.organization_suffixes.get(word).map(|suffix| match suffix.strength {
        Strength::Strong | Strength::Weak => Class::Office,
        Strength::Brand => Class::Local,
    });
    suffix.or(listed)
}

/// Whether `name` is that of a listed organisation, and no short form that many of them go by: 卫健委.
pub(super) fn is_listed(name: &str, lexicon: &Lexicon) -> bool {
    lexicon.organizations.contains_key(name) && !is(name, Class::Common)
}

/// The class of `word` in names of organisations, where ordinary words of the language are common too.
pub(super) fn ordinary(word: &str, lexicon: &Lexicon) -> Option<Class> {
    class(word, lexicon)
        .or_else(|| (word.len() <= LONGEST_ORDINARY && ORDINARY.contains(word)).then_some(Class::Common))
}

/// The class of `word` in names of any kind.
pub(super) fn any_class(word: &str, lexicon: &Lexicon) -> Option<Class> {
    class(word, lexicon).or_else(|| is(word, Class::Series).then_some(Class::Series))
}

/// Whether `name` is a chain of words of one class.
pub(super) fn is_chain(name: &str, of: Class) -> bool {
    let bounds: Vec<usize> = name.char_indices().map(|(at, _)| at).chain([name.len()]).collect();
    let mut covered = vec![true];
    for (last, &end) in bounds.iter().enumerate().skip(1) {
        covered.push((0..last).any(|first| covered[first] && is(&name[bounds[first]..end], of)));
    }
    covered.last().copied().unwrap_or(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_is_longer_than_what_is_looked_up() {
        assert!(WORDS.keys().all(|word| word.len() <= LONGEST_WORD));
        assert!(ORDINARY.iter().all(|word| word.len() <= LONGEST_ORDINARY));
        let of_organizations =
            WORDS.iter().filter(|(_, classes)| classes.iter().any(|c| c.of_organizations().is_some()));
        assert!(of_organizations.map(|(word, _)| word).all(|word| word.len() <= LONGEST_OF_ORGANIZATIONS));
        assert!(Lexicon::embedded().organization_suffixes.keys().all(|word| word.len() <= LONGEST_OF_ORGANIZATIONS));
    }

    #[test]
    fn every_row_of_the_list_has_classes() {
        for row in LISTS[0].lines().filter(|line| !line.starts_with('#')) {
            let classes = row.split_once('\t').map(|(_, classes)| classes).unwrap();
            assert!(classes.split('|').all(|class| Class::of(class).is_some()), "{row}");
        }
    }
}
