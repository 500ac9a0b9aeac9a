//! Whether every document means the same by the name of a place that no list has: `sites.tsv` says which words close
//! names that many towns have (中山路), and which no place is called by alone (第一会议室).

use rustc_hash::FxHashSet;
use serde::Deserialize;

use super::Known;
use crate::lexicon::lines;
use crate::link::words::{Words, ends};
use crate::text::normal::{is_anaphoric, is_deictic};
use crate::text::numeral::{chinese_digit, exponent};

/// What a word in names of places is, from `sites.tsv`, whose head tells the classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Class {
    /// It closes names of roads, which many towns have.
    Road,
    /// The same of squares, parks, halls.
    Site,
    /// The same of villages and quarters.
    Settlement,
    /// The same of mountains and waters.
    Nature,
    /// A city has one.
    Single,
    /// It closes no name.
    Never,
    /// It closes names of roads and railways from one place to another.
    Line,
    /// A character that stands for a place.
    Short,
    /// Behind the name of a place it makes one of a part of that.
    Part,
    /// A whole word that names no place.
    Common,
    /// A short name of a division that is as often a word or a site elsewhere.
    Word,
    /// A short name of a county that is nothing else.
    Famous,
    /// It closes the names of divisions.
    Division,
    /// It closes the names of prefectures of a people.
    Prefecture,
    /// It closes the names of provinces abroad.
    Province,
    /// It closes the names of towns in the list of these.
    Town,
    /// Behind one character it makes a name that tells too little.
    Unit,
    /// It closes the names of regions that hold no others, which are mountains and waters.
    Landform,
    /// The same, and of sites.
    Spot,
    /// It begins what goes on behind the short name of a place as the name of something else.
    Another,
    /// It begins words for some places of many.
    Several,
    /// A pronoun that names of places begin with as well.
    Spelling,
    /// It counts roughly, as a numeral does.
    Count,
    /// Regions of its kind are counted.
    Counted,
    /// The country whose divisions the lists have.
    Home,
    /// What countries are called with, behind their names.
    AfterCountry,
    /// The same of provinces.
    AfterProvince,
    /// The same of cities abroad.
    AfterCity,
    /// The same of regions.
    AfterRegion,
}

/// What many towns have one of, in parts of a city as well.
const OF_MANY_TOWNS: [Class; 3] = [Class::Road, Class::Site, Class::Settlement];

/// Words in names of places, names of towns, and characters that spell foreign names.
#[derive(Debug)]
pub(super) struct Sites {
    pub words: Words<Class>,
    townships: FxHashSet<&'static str>,
    /// The last characters of what closes their names.
    town_ends: Vec<char>,
    foreign: FxHashSet<char>,
}

impl Sites {
    /// The lists that come with the program.
    pub fn embedded() -> Self {
        let words = Words::listed("sites.tsv");
        Self {
            town_ends: words.of(Class::Town).iter().filter_map(|word| word.chars().last()).collect(),
            words,
            townships: lines("townships.txt").collect(),
            foreign: lines("foreign_name_chars.txt").filter_map(|line| line.chars().next()).collect(),
        }
    }

    fn ends_with_any(&self, name: &str, classes: &[Class]) -> bool {
        classes.iter().any(|class| self.words.ends(name, *class))
    }

    /// Whether `name` is that of a town.
    pub fn is_town(&self, name: &str) -> bool {
        // Most words that are asked about are none: the last character tells that at once.
        name.ends_with(self.town_ends.as_slice()) && self.townships.contains(name)
    }

    /// The names of towns, in no order.
    pub fn towns(&self) -> impl Iterator<Item = &'static str> {
        self.townships.iter().copied().filter(|name| self.is_town(name))
    }

    /// Whether `rest`, behind the name of a place, goes on with something that lies there: 武汉 + 火车站, but not
    /// 南京 + 东路, 河北 + 镇, 日本 + 海, which are names of their own. `short`: whether the place is called by a short name.
    pub fn lies_there(&self, short: bool, rest: &str) -> bool {
        if self.words.is(rest, Class::Part) {
            return true;
        }
        // 南平镇, 杭州湾, 北海公园: the names of others.
        if short && self.words.begins(rest, Class::Another) {
            return false;
        }
        let whole = [Class::Nature, Class::Settlement, Class::Never].iter().any(|class| self.words.is(rest, *class));
        let word = rest.starts_with(char::is_alphanumeric) && rest.chars().count() > 1;
        word && !whole && !(short && self.words.begins(rest, Class::Road))
    }

    /// Whether every document means the same by `name`.
    pub fn is_distinctive(&self, name: &str) -> bool {
        if self.names_nothing(name) {
            return false;
        }
        if let Some(at) = self.words.ending(name, Class::Line) {
            return self.joins_two_places(&name[..at]);
        }
        if let Some(at) = self.words.ending(name, Class::Nature) {
            return self.is_spelt(&name[..at]);
        }
        // 乌东部, 塞市: one character tells too little.
        let short = name.chars().count() < 3 && self.words.ends(name, Class::Unit);
        let part = ends(name).next().is_some_and(|first| self.words.is(&name[first..], Class::Part));
        let town =
            || self.words.of(Class::Town).iter().any(|town| self.townships.contains(format!("{name}{town}").as_str()));
        !(self.is_word(name) || short || part || self.ends_with_any(name, &OF_MANY_TOWNS) || town())
    }

    /// Whether every document means the same by what it calls `rest` in the place `within`.
    pub fn is_distinctive_in(&self, within: &Known, rest: &str) -> bool {
        // 武汉火车站: a city has one.
        let single = within.is_city() && self.words.is(rest, Class::Single);
        if single || self.words.is(rest, Class::Part) {
            return true;
        }
        if self.names_nothing(rest) {
            return false;
        }
        if self.words.ends(rest, Class::Settlement) {
            return within.is_county();
        }
        let site = self.ends_with_any(rest, &[Class::Road, Class::Site, Class::Nature, Class::Line]);
        !site || within.is_county() || within.is_city()
    }

    /// Whether `name` is a common noun: 自贸区.
    pub fn is_common(&self, name: &str) -> bool {
        self.words.is(name, Class::Common)
    }

    /// Whether the short name of a county is as often a word or a site elsewhere: 江山.
    pub fn is_word(&self, name: &str) -> bool {
        self.words.is(name, Class::Word)
    }

    /// Whether every reader takes the short name of a county for it: 汶川.
    pub fn is_famous(&self, name: &str) -> bool {
        self.words.is(name, Class::Famous)
    }

    /// Whether no document names a place by `name` alone.
    pub fn names_nothing(&self, name: &str) -> bool {
        name.chars().count() < 2
            || self.words.ends(name, Class::Never)
            || self.is_bare(name)
            || is_deictic(name)
            // 那曲, 本州 and 其他 spelt in names abroad refer to nothing.
            || is_anaphoric(name) && !self.words.begins(name, Class::Spelling)
            || self.words.begins(name, Class::Several)
                && !self.words.ends(name, Class::Site)
                && !self.is_spelt(name)
            || self.counts(name)
    }

    /// Whether all of `name` is a word that only goes with names: 公园.
    fn is_bare(&self, name: &str) -> bool {
        let bare = |class: &Class| {
            use Class::{Common, Line, Nature, Never, Part, Road, Settlement, Single, Site};
            matches!(class, Road | Site | Settlement | Nature | Single | Never | Line | Part | Common)
        };
        self.words.classes(name).iter().any(bare)
    }

    /// Whether `name` spells a foreign one: 基利曼扎罗.
    fn is_spelt(&self, name: &str) -> bool {
        name.chars().count() > 2 && name.chars().all(|c| self.foreign.contains(&c))
    }

    /// Whether `name` begins with two characters that stand for places: 沪杭.
    fn joins_two_places(&self, name: &str) -> bool {
        let mut ends = ends(name);
        match (ends.next(), ends.next()) {
            (Some(first), Some(second)) => {
                [&name[..first], &name[first..second]].iter().all(|c| self.words.is(c, Class::Short))
            }
            _ => false,
        }
    }

    /// Whether a name begins with a count: 18个省区, 三国.
    fn counts(&self, name: &str) -> bool {
        let counts = |c: char| {
            // 万 begins names: 万县, 万国宫.
            let unit = exponent(c).is_some_and(|power| power < 4);
            c.is_ascii_digit()
                || chinese_digit(c).is_some()
                || unit
                || self.words.is(c.encode_utf8(&mut [0; 4]), Class::Count)
        };
        let after = name.trim_start_matches(counts);
        let counted = after.is_empty() || self.words.begins(after, Class::Counted);
        after.len() < name.len() && counted || name.starts_with(|c: char| c.is_ascii_digit())
    }
}
