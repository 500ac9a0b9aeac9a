//! A name as a chain of what is known in it: places, listed organisations, numbers, words that many names share, and
//! what is left over.

use std::collections::BTreeSet;
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

/// Names of places that several divisions bear, of which none is much larger than the others.
static SHARED: LazyLock<FxHashSet<String>> = LazyLock::new(|| shared(include_str!("../../../data/lexicon/places.tsv")));

/// Code points of the longest word that is looked up: registered names of organisations.
const LONGEST: usize = 20;

/// Whether `word` stands in the list with `class`.
pub(super) fn is(word: &str, class: Class) -> bool {
    WORDS.get(word).is_some_and(|classes| classes.contains(&class))
}

/// The class of `word` in names of organisations.
pub(super) fn class(word: &str, lexicon: &Lexicon) -> Option<Class> {
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

/// The class of `word` in names of organisations, where ordinary words of the language are common too.
pub(super) fn ordinary(word: &str, lexicon: &Lexicon) -> Option<Class> {
    class(word, lexicon).or_else(|| ORDINARY.contains(word).then_some(Class::Common))
}

/// The class of `word` in names of any kind.
pub(super) fn any_class(word: &str, lexicon: &Lexicon) -> Option<Class> {
    class(word, lexicon).or_else(|| is(word, Class::Series).then_some(Class::Series))
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

/// Whether `name` is a chain of words of one class.
pub(super) fn is_chain(name: &str, of: Class) -> bool {
    let bounds: Vec<usize> = name.char_indices().map(|(at, _)| at).chain([name.len()]).collect();
    let mut covered = vec![true];
    for (last, &end) in bounds.iter().enumerate().skip(1) {
        covered.push(
            (last.saturating_sub(LONGEST)..last).any(|first| covered[first] && is(&name[bounds[first]..end], of)),
        );
    }
    covered.last().copied().unwrap_or(true)
}
