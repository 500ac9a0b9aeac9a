//! The words of `data/lexicon/page_words.tsv`, and lines in the form in which they are compared with them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::text::normal::normal;

static WORDS: LazyLock<BTreeMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let rows = include_str!("../../../data/lexicon/page_words.tsv").lines().filter(|line| !line.starts_with('#'));
    let mut words: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (word, kind) in rows.filter_map(|line| line.split_once('\t')) {
        words.entry(kind).or_default().push(word);
    }
    // The longest first, so that 发布时间 is not taken for 发布.
    words.values_mut().for_each(|words| words.sort_by_key(|word| std::cmp::Reverse(word.len())));
    words
});

/// The words of a kind, the longest first.
pub(in crate::read) fn words(kind: &str) -> &'static [&'static str] {
    WORDS.get(kind).map_or(&[], Vec::as_slice)
}

/// Whether `word`, in its normal form, is of the kind.
pub(in crate::read) fn is(kind: &str, word: &str) -> bool {
    words(kind).contains(&word)
}

/// Whether a name ends as those of media and sites do.
pub(in crate::read) fn is_medium(name: &str) -> bool {
    let name = normal(name);
    words("medium").iter().any(|ending| name.ends_with(ending))
}

/// Labels that are made of what others begin and end with have at most this many characters between.
const LONGEST_MIDDLE: usize = 3;

/// Whether `label`, in its normal form and without marks, stands above a list of other articles.
pub(in crate::read) fn is_section(label: &str) -> bool {
    let made = || {
        words("section_begin").iter().filter_map(|begin| label.strip_prefix(begin)).any(|rest| {
            let middle = words("section_end").iter().filter_map(|end| rest.strip_suffix(end));
            middle.map(|middle| middle.chars().count()).any(|length| length <= LONGEST_MIDDLE)
        })
    };
    is("section", label) || label.chars().count() <= 10 && made()
}

/// A line in normal form without the marks around it.
pub(in crate::read) fn bare(simple: &str) -> &str {
    const MARKS: &[char] = &[
        '[', ']', '【', '】', '(', ')', ':', '>', '<', '。', '|', '丨', '/', '·', '•', '■', '●', '◆', '▲', '▼', '★',
        '*', '…', '.', '-', '—', '_', '»', '›', '《', '》', '“', '”', '"', '#', '+', ',', '、', '「', '」', '▶', '►',
        '▷', '▸', '◇', '◎', '○', '☆', '※', '→', '↓', '↑', '♦', '▪', '□', '・',
    ];
    simple.trim_matches(MARKS)
}

/// A line with full-width forms of ASCII halved, characters simplified and white space as single spaces, each character
/// with the place in `line` from which it comes.
pub(in crate::read) fn plain(line: &str) -> Vec<(usize, char)> {
    let mut plain: Vec<(usize, char)> = Vec::with_capacity(line.len() / 2);
    for (at, c) in line.char_indices() {
        if c.is_whitespace() {
            if plain.last().is_some_and(|(_, last)| *last != ' ') {
                plain.push((at, ' '));
            }
        } else {
            plain.extend(normal(c.encode_utf8(&mut [0; 4])).chars().map(|c| (at, c)));
        }
    }
    plain
}
