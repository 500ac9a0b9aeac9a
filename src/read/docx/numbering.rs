//! Numbers that Word counts itself: 一、 1. (1) before paragraphs, which readers see and no run holds.

use std::collections::BTreeMap;

use super::parts::{attribute, each_element, is_on};

/// How many levels a list has.
const LEVELS: usize = 9;
/// The most lists and styles that are kept.
const MOST: usize = 10_000;

/// The list that a paragraph is of, and its level there, from 0.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) list: Option<String>,
    pub(super) level: Option<usize>,
}

#[derive(Debug, Clone, Default)]
struct Level {
    start: u32,
    format: String,
    /// With %1 for the number of the first level.
    text: String,
    /// Whether it writes the numbers of all levels in figures.
    legal: bool,
}

type Levels = [Level; LEVELS];

/// The lists of a document, and how far each is counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// By list, what it is an instance of.
    instances: BTreeMap<String, String>,
    /// By list and level, where it begins anew.
    restarts: BTreeMap<(String, usize), u32>,
    kinds: BTreeMap<String, Levels>,
    /// By style.
    styles: BTreeMap<String, Item>,
    counts: BTreeMap<String, [Option<u32>; LEVELS]>,
}

impl Numbering {
    /// Reads the parts that hold lists and styles.
    pub(super) fn read(lists: &str, styles: &str) -> Self {
        let mut numbering = Self::default();
        numbering.read_lists(lists);
        let mut style = String::new();
        each_element(styles, |element, name| match name {
            "style" => style = attribute(element, "styleId").unwrap_or_default(),
            "numId" if numbering.styles.len() < MOST => {
                numbering.styles.entry(style.clone()).or_default().list = attribute(element, "val");
            }
            "ilvl" if numbering.styles.len() < MOST => {
                numbering.styles.entry(style.clone()).or_default().level = level(element);
            }
            _ => {}
        });
        numbering
    }

    fn read_lists(&mut self, xml: &str) {
        let (mut kind, mut list, mut at) = (None, None, 0);
        each_element(xml, |element, name| {
            let value = || attribute(element, "val");
            match name {
                "abstractNum" => (kind, list) = (attribute(element, "abstractNumId"), None),
                "num" => (kind, list) = (None, attribute(element, "numId")),
                "lvl" | "lvlOverride" => {
                    at = attribute(element, "ilvl").and_then(|at| at.parse().ok()).unwrap_or(LEVELS)
                }
                "abstractNumId" => {
                    if let (Some(list), Some(kind)) = (&list, value())
                        && self.instances.len() < MOST
                    {
                        self.instances.insert(list.clone(), kind);
                    }
                }
                "startOverride" => {
                    if let (Some(list), Some(start)) = (&list, value().and_then(|start| start.parse().ok())) {
                        self.restarts.insert((list.clone(), at), start);
                    }
                }
                _ => {}
            }
            let levels = kind.as_ref().filter(|_| self.kinds.len() < MOST);
            let Some(level) = levels.and_then(|kind| self.kinds.entry(kind.clone()).or_default().get_mut(at)) else {
                return;
            };
            match name {
                "start" => level.start = value().and_then(|start| start.parse().ok()).unwrap_or(1),
                "numFmt" => level.format = value().unwrap_or_default(),
                "isLgl" => level.legal = is_on(element),
                "lvlText" => level.text = value().unwrap_or_default(),
                _ => {}
            }
        });
    }

    /// What stands before the next paragraph of this style and list; nothing for bullets, and for ways of counting
    /// that are not known.
    pub(super) fn next(&mut self, style: Option<&str>, own: &Item) -> Option<String> {
        let of_style = style.and_then(|style| self.styles.get(style)).cloned().unwrap_or_default();
        let list = own.list.clone().or(of_style.list)?;
        let at = own.level.or(of_style.level).unwrap_or(0);
        let kind = self.instances.get(&list)?;
        let levels = self.kinds.get(kind)?;
        let level = levels.get(at)?;
        let counts = self.counts.entry(kind.clone()).or_default();
        // A list that begins anew does so once.
        let restart = self.restarts.remove(&(list, at));
        let count = restart.unwrap_or_else(|| counts[at].map_or(level.start, |count| count.saturating_add(1)));
        counts[at] = Some(count);
        counts[at + 1..].fill(None);
        let mut text = level.text.clone();
        for (n, (other, count)) in levels.iter().zip(counts.iter()).enumerate().take(at + 1) {
            let place = format!("%{}", n + 1);
            if text.contains(&place) {
                let format = if level.legal { "decimal" } else { &other.format };
                text = text.replace(&place, &number(format, count.unwrap_or(other.start))?);
            }
        }
        let bare = !level.text.contains('%') || text.trim().is_empty();
        let apart = if text.ends_with(|c: char| c.is_ascii()) && !text.ends_with(' ') { " " } else { "" };
        (!bare).then(|| text + apart)
    }
}

/// The level that an element names.
pub(super) fn level(element: &quick_xml::events::BytesStart<'_>) -> Option<usize> {
    attribute(element, "val").and_then(|level| level.parse().ok())
}

/// A number as a format writes it; `None` where the format is not known or does not go so far.
fn number(format: &str, number: u32) -> Option<String> {
    let ring = |first: char, most: u32| {
        (1..=most).contains(&number).then(|| char::from_u32(first as u32 + number - 1).map(String::from)).flatten()
    };
    match format {
        "decimal" | "" => Some(number.to_string()),
        "decimalZero" => Some(format!("{number:02}")),
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "ideographDigital"
        | "taiwaneseCountingThousand"
        | "taiwaneseCounting" => counted(number),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => ring('①', 20),
        "upperLetter" => ring('A', 26),
        "lowerLetter" => ring('a', 26),
        "upperRoman" => ring('Ⅰ', 12),
        "lowerRoman" => ring('ⅰ', 12),
        "none" => Some(String::new()),
        _ => None,
    }
}

/// 一, 十二, 二十: below a hundred.
fn counted(number: u32) -> Option<String> {
    let digit = |n: u32| "零一二三四五六七八九".chars().nth(n as usize);
    let (tens, ones) = (number / 10, number % 10);
    match (tens, ones) {
        (0, ones) => digit(ones).map(String::from),
        (10.., _) => None,
        (tens, ones) => {
            let tens = if tens > 1 { digit(tens) } else { None };
            let ones = if ones > 0 { digit(ones) } else { None };
            Some(tens.into_iter().chain(['十']).chain(ones).collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_word_writes_them() {
        let chinese: Vec<_> = [1, 10, 11, 20, 99, 100].iter().map(|n| number("chineseCounting", *n)).collect();
        let expected = ["一", "十", "十一", "二十", "九十九"].map(|number| Some(number.to_owned()));
        assert_eq!(chinese[..5], expected);
        assert_eq!(chinese[5], None);
        assert_eq!(number("decimalEnclosedCircle", 3).as_deref(), Some("③"));
        assert_eq!(number("decimalEnclosedCircle", 21), None);
        assert_eq!(number("bullet", 1), None);
    }
}
