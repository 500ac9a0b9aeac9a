//! A name as a chain of what is known in it: places, listed organisations, numbers, words that many names share, and
//! what is left over.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::words::{Class, class, is, is_listed};
use crate::lexicon::Lexicon;

/// Names of places that several divisions bear, of which none is much larger than the others.
static SHARED: LazyLock<FxHashSet<String>> = LazyLock::new(|| shared(include_str!("../../../data/lexicon/places.tsv")));

/// Code points of the longest word that is looked up: registered names of organisations.
const LONGEST: usize = 20;

/// Whether several divisions of China bear the name and a text must say which: 鼓楼区. The capital of a prefecture
/// that is called as the prefecture is (长沙县) makes no doubt, nor does a district called as a province or city is.
pub(super) fn is_shared_place(name: &str) -> bool {
    SHARED.contains(name)
}

fn shared(places: &'static str) -> FxHashSet<String> {
    let mut bearers: FxHashMap<String, BTreeSet<&str>> = FxHashMap::default();
    let mut larger: FxHashSet<&str> = FxHashSet::default();
    for row in places.lines().filter(|line| !line.starts_with('#')) {
        let mut columns = row.split('\t');
        let [name, code, kind, others] = std::array::from_fn(|_| columns.next().unwrap_or_default());
        let names = std::iter::once(name).chain(others.split('|')).filter(|n| !n.is_empty());
        if kind != "county" {
            larger.extend(names);
            continue;
        }
        // The districts of Beijing, Tianjin, Shanghai and Chongqing lie in the province itself.
        let above =
            if ["11", "12", "31", "50"].iter().any(|p| code.starts_with(p)) { code.get(..2) } else { code.get(..4) };
        let stem = name.strip_suffix(['区', '县', '市']).filter(|stem| stem.chars().nth(1).is_some());
        for name in names.chain(stem) {
            bearers.entry(name.to_owned()).or_default().insert(above.unwrap_or_default());
        }
    }
    let doubtful = bearers.into_iter().filter(|(name, above)| above.len() > 1 && !larger.contains(name.as_str()));
    doubtful.map(|(name, _)| name).collect()
}

/// What a piece of a name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A place that is the only one of its name.
    Place {
        /// Whether it is no smaller than a country.
        wide: bool,
    },
    /// A listed organisation.
    Organization,
    /// A number, with 第 or without.
    Number,
    /// A word of two characters or more.
    Word(Class),
    /// A character that many names share: 市.
    Bare,
    /// A character that belongs to nothing known.
    Unknown,
    /// A quotation mark, a hyphen: no character of a word.
    Mark,
}

impl Kind {
    pub(super) fn is_single(self) -> bool {
        matches!(self, Self::Bare | Self::Unknown)
    }
}

/// A piece of a name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece<'a> {
    /// Its first byte in the name.
    pub start: usize,
    /// Its characters.
    pub text: &'a str,
    /// What it is.
    pub kind: Kind,
}

/// The chain that leaves the fewest characters over, and of those the one of the fewest pieces. `class` tells the
/// words that names share.
pub(super) fn cover<'a>(
    name: &'a str,
    lexicon: &Lexicon,
    class: fn(&str, &Lexicon) -> Option<Class>,
) -> Vec<Piece<'a>> {
    const ALONE: usize = 100;
    let bounds: Vec<usize> = name.char_indices().map(|(at, _)| at).chain([name.len()]).collect();
    let last = bounds.len() - 1;
    // best[i]: the cost of the first i characters, where the last piece of them begins, and what it is.
    let mut best: Vec<(usize, usize, Kind)> = vec![(usize::MAX, 0, Kind::Unknown); last + 1];
    best[0].0 = 0;
    for start in 0..last {
        let cost = best[start].0;
        for end in start + 1..=last.min(start + LONGEST) {
            let text = &name[bounds[start]..bounds[end]];
            let kind =
                if end == start + 1 { Some(single(text, class(text, lexicon))) } else { known(text, lexicon, class) };
            let Some(kind) = kind else { continue };
            let cost = cost + if kind.is_single() { ALONE } else { 1 };
            if cost < best[end].0 {
                best[end] = (cost, start, kind);
            }
        }
    }
    let mut pieces = Vec::new();
    let mut end = last;
    while end > 0 {
        let (_, start, kind) = best[end];
        pieces.push(Piece { start: bounds[start], text: &name[bounds[start]..bounds[end]], kind });
        end = start;
    }
    pieces.reverse();
    pieces
}

fn single(text: &str, class: Option<Class>) -> Kind {
    if is_number(text) {
        Kind::Number
    } else if !text.chars().all(char::is_alphanumeric) {
        Kind::Mark
    } else if class.is_some() {
        Kind::Bare
    } else {
        Kind::Unknown
    }
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('第').unwrap_or(text);
    !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit() || "〇一二三四五六七八九十百".contains(c))
}

fn known(text: &str, lexicon: &Lexicon, class: fn(&str, &Lexicon) -> Option<Class>) -> Option<Kind> {
    if is_listed(text, lexicon) {
        return Some(Kind::Organization);
    }
    if let Some(class) = class(text, lexicon) {
        return Some(Kind::Word(class));
    }
    if let Some(place) = lexicon.places.get(text) {
        let wide =
            place.kind == "country" || text.ends_with(['洲', '亚', '欧', '非', '区']) && place.kind == "macroregion";
        return Some(if is_shared_place(text) { Kind::Word(Class::Common) } else { Kind::Place { wide } });
    }
    // Many towns bear the names of townships.
    let township = text.ends_with(['镇', '乡', '道']) && lexicon.townships.contains(text);
    (township || is_number(text)).then_some(if township { Kind::Word(Class::Common) } else { Kind::Number })
}

/// Characters that close names of offices behind what they do: 新闻办.
pub(super) const OFFICES: &[char] = &['局', '委', '办', '厅', '署', '院', '所', '社', '馆', '司', '厂', '部', '台'];

/// The longest ending of `name` that closes names, and its class: a word of two characters or more, or one character
/// of [`OFFICES`]. No ending begins within a place or a listed organisation.
pub(super) fn head<'a>(name: &'a str, pieces: &[Piece<'_>], lexicon: &Lexicon) -> Option<(&'a str, Class)> {
    for piece in pieces {
        let words = matches!(piece.kind, Kind::Word(_));
        let starts = piece.text.char_indices().filter(|(at, _)| *at == 0 || words).map(|(at, _)| piece.start + at);
        let found = starts.map(|at| &name[at..]).filter(|tail| tail.chars().nth(1).is_some()).find_map(|tail| {
            let class = class(tail, lexicon)?;
            let closes = !matches!(class, Class::Common | Class::Loose | Class::Nation | Class::Front);
            // 民政部门 is a 部门.
            let sort = class == Class::Office
                && !is(tail, class)
                && tail.char_indices().any(|(at, _)| is(&tail[at..], Class::Sort));
            closes.then_some((tail, if sort { Class::Sort } else { class }))
        });
        if found.is_some() {
            return found;
        }
    }
    let last = name.char_indices().last().map(|(at, _)| &name[at..]).filter(|last| last.ends_with(OFFICES))?;
    let before = match pieces {
        [.., before, last] if last.kind.is_single() => before.kind,
        [.., before] => before.kind,
        [] => return None,
    };
    (!matches!(before, Kind::Place { .. } | Kind::Organization)).then_some((last, Class::Office))
}
