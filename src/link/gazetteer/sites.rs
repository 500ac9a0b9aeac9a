//! Whether every document means the same by the name of a place that no list has.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Known;
use crate::lexicon::{column, rows};
use crate::text::normal::{is_anaphoric, is_deictic};

/// Characters with which no rest begins behind the short name of a place that it lies in.
const NAMES_OF_OTHERS: [char; 18] =
    ['镇', '乡', '村', '县', '旗', '盟', '段', '市', '省', '州', '至', '到', '湖', '河', '江', '山', '岛', '湾'];

/// Words that close the names of sites, names of towns, and characters that spell foreign names.
#[derive(Debug)]
pub(super) struct Sites {
    classes: FxHashMap<&'static str, Vec<&'static str>>,
    townships: FxHashSet<&'static str>,
    foreign: FxHashSet<char>,
}

impl Sites {
    /// The lists that come with the program.
    pub fn embedded() -> Self {
        Self {
            classes: rows("sites.tsv").map(|r| (r[0], column(&r, 1).split(' ').collect())).collect(),
            townships: rows("townships.txt").map(|r| r[0]).collect(),
            foreign: rows("foreign_name_chars.txt").filter_map(|r| r[0].chars().next()).collect(),
        }
    }

    fn is(&self, class: &str, word: &str) -> bool {
        self.classes.get(word).is_some_and(|classes| classes.contains(&class))
    }

    /// The longest ending of `name` of a class: where it begins.
    fn ending(&self, class: &str, name: &str) -> Option<usize> {
        name.char_indices().map(|(at, _)| at).find(|at| self.is(class, &name[*at..]))
    }

    /// Whether `rest`, behind the name of a place, goes on with something that lies there: 武汉 + 火车站, but not
    /// 南京 + 东路, 河北 + 镇, 日本 + 海, which are names of their own.
    pub fn lies_there(&self, short: bool, rest: &str) -> bool {
        if self.is("part", rest) {
            return true;
        }
        // 南平镇, 杭州湾, 北海公园: the names of others.
        if short && (rest.starts_with(NAMES_OF_OTHERS) || rest == "公园") {
            return false;
        }
        let whole = ["nature", "settlement", "never"].into_iter().any(|class| self.is(class, rest));
        let road = || ends(rest).any(|end| self.is("road", &rest[..end]));
        let word = rest.starts_with(char::is_alphanumeric) && rest.chars().count() > 1;
        word && !(whole || short && road())
    }

    /// Whether every document means the same by `name`.
    pub fn is_distinctive(&self, name: &str) -> bool {
        if self.names_nothing(name) {
            return false;
        }
        if let Some(at) = self.ending("line", name) {
            let mut buffer = [0; 4];
            let first = name[..at].chars().take(2);
            return first.clone().count() == 2
                && first.into_iter().all(|c| self.is("short", c.encode_utf8(&mut buffer)));
        }
        if let Some(at) = self.ending("nature", name) {
            return name[..at].chars().count() > 2 && name[..at].chars().all(|c| self.foreign.contains(&c));
        }
        // 乌东部, 塞市: one character tells too little.
        let short = name.chars().count() < 3 && name.ends_with(['市', '县', '区', '州', '省', '旗', '岛']);
        let part = ends(name).next().is_some_and(|first| self.is("part", &name[first..]));
        if self.is_word(name) || short || part {
            return false;
        }
        let town = |ending: &&str| self.townships.contains(format!("{name}{ending}").as_str());
        let site = ["road", "site", "settlement"].into_iter().any(|class| self.ending(class, name).is_some());
        !site && !["镇", "乡", "街道"].iter().any(town)
    }

    /// Whether every document means the same by what it calls `rest` in the place `within`.
    pub fn is_distinctive_in(&self, within: &Known, rest: &str) -> bool {
        if self.is("part", rest) {
            return true;
        }
        // 武汉火车站: a city has one.
        if within.is_city() && self.is("single", rest) {
            return true;
        }
        if self.names_nothing(rest) {
            return false;
        }
        if self.ending("settlement", rest).is_some() {
            return within.is_county();
        }
        let site = ["road", "site", "nature", "line"].into_iter().any(|class| self.ending(class, rest).is_some());
        !site || within.is_county() || within.is_city()
    }

    /// Whether `name` is a common noun: 自贸区.
    pub fn is_common(&self, name: &str) -> bool {
        self.is("common", name)
    }

    /// Whether the short name of a county is as often a word or a site elsewhere: 江山.
    pub fn is_word(&self, name: &str) -> bool {
        self.is("word", name)
    }

    /// Whether every reader takes the short name of a county for it: 汶川.
    pub fn is_famous(&self, name: &str) -> bool {
        self.is("famous", name)
    }

    /// Whether no document names a place by `name` alone.
    pub fn names_nothing(&self, name: &str) -> bool {
        const MANY: [&str; 16] =
            ["全", "各", "多", "某", "两", "几", "数", "另", "整", "众", "诸", "同", "每", "所有", "有关", "相关"];
        name.chars().count() < 2
            || self.ending("never", name).is_some()
            || self
                .classes
                .get(name)
                .is_some_and(|classes| classes.iter().any(|c| !matches!(*c, "short" | "word" | "famous")))
            || is_deictic(name)
            // 那曲, 本州 and 其他 spelt in names abroad refer to nothing.
            || is_anaphoric(name) && !name.starts_with(['那', '本', '其', '他', '她'])
            || MANY.iter().any(|many| name.starts_with(many))
                && self.ending("site", name).is_none()
                && !self.foreign_only(name)
            || counts(name)
    }

    fn foreign_only(&self, name: &str) -> bool {
        name.chars().count() > 2 && name.chars().all(|c| self.foreign.contains(&c))
    }
}

/// Whether a name begins with a count: 18个省区, 三国.
fn counts(name: &str) -> bool {
    let after = name.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十百千余多几".contains(c));
    after.len() < name.len() && (after.is_empty() || after.starts_with(['个', '国', '省', '地', '县', '区']))
        || name.starts_with(|c: char| c.is_ascii_digit())
}

/// The ends of the first characters of `text`, in bytes.
pub(super) fn ends(text: &str) -> impl Iterator<Item = usize> + '_ {
    text.char_indices().map(|(at, c)| at + c.len_utf8())
}
