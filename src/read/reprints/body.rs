//! What a text says without its header, and whether two say the same.

use std::cell::OnceCell;
use std::cmp::Ordering;

use rustc_hash::FxHashSet;

use super::Print;
use crate::text::normal::normal;
use crate::text::prose::is_prose;

/// The characters of a run.
const RUN: usize = 6;

/// Of the runs of the longer text so many in a hundred must stand in the other.
const SHARED_IN_HUNDRED: usize = 95;

/// Texts shorter than this, in characters, tell too little to be known again unless they are the same.
const SHORT: usize = 60;

/// How far into a text its dateline may reach, in characters: 新华社武汉2月10日电（记者某某、某某）.
const DATELINE: usize = 40;

/// The sentences of a text without its header, in normal form: letters, ideographs and digits alone.
pub(super) fn sentences(print: &Print<'_>) -> Vec<String> {
    let title = print.title.map(bare).unwrap_or_default();
    let length = title.chars().count();
    // Every ideograph of a line stands in its normal form: a line with more of them than the title is long is none.
    let ideographs =
        |line: &str| line.chars().filter(|c| matches!(c, '\u{4e00}'..='\u{9fff}')).take(length + 1).count();
    let is_title = |line: &str| ideographs(line) <= length && bare(line) == title;
    let lines = print.text.lines().filter(|line| is_prose(line) && !is_title(line));
    let lines = lines.enumerate().map(|(n, line)| if n == 0 { undated(line) } else { line });
    let sentences = lines.flat_map(|line| line.split(['。', '！', '？', '；', '!', '?', ';'])).map(bare);
    sentences.filter(|s| !s.is_empty()).collect()
}

/// What a text says.
pub(super) struct Body {
    sentences: Vec<String>,
    characters: usize,
    /// The runs that it has, sorted: the characters of each in one number.
    runs: OnceCell<Vec<u128>>,
}

impl Body {
    pub(super) fn of(print: &Print<'_>) -> Self {
        let sentences = sentences(print);
        let characters = sentences.iter().map(|sentence| sentence.chars().count()).sum();
        Self { sentences, characters, runs: OnceCell::new() }
    }

    fn runs(&self) -> &[u128] {
        self.runs.get_or_init(|| {
            // Six code points of 21 bits.
            let join = |run: &[char]| run.iter().fold(0, |run, c| run << 21 | u128::from(u32::from(*c)));
            let chars: Vec<char> = self.sentences.iter().flat_map(|s| s.chars()).collect();
            let mut runs: Vec<u128> = chars.windows(RUN).map(join).collect();
            runs.sort_unstable();
            runs.dedup();
            runs
        })
    }

    /// Whether two texts of one time are one printed twice.
    pub(super) fn is_print_of(&self, other: &Self) -> bool {
        if self.sentences == other.sentences {
            return true;
        }
        if self.characters.min(other.characters) < SHORT {
            return false;
        }
        let (own, there) = (self.runs(), other.runs());
        let most = own.len().max(there.len());
        let enough = |shared: usize| shared * 100 >= most * SHARED_IN_HUNDRED;
        enough(own.len().min(there.len())) && enough(shared(own, there)) && !self.contradicts(other)
    }

    /// Whether a sentence of the one stands in the other with other numbers.
    fn contradicts(&self, other: &Self) -> bool {
        fn alone<'a>(body: &'a Body, other: &Body) -> Vec<&'a String> {
            let there: FxHashSet<&str> = other.sentences.iter().map(String::as_str).collect();
            body.sentences.iter().filter(|s| !there.contains(s.as_str())).collect()
        }
        let others = alone(other, self);
        alone(self, other).into_iter().any(|own| {
            let alike = others.iter().filter(|other| are_alike(own, other));
            let mut alike = alike.map(|other| numbers(other)).peekable();
            alike.peek().is_some() && !alike.any(|numbers_there| numbers_there == numbers(own))
        })
    }
}

/// How many numbers stand in both of two sorted lists.
fn shared(mut a: &[u128], mut b: &[u128]) -> usize {
    let mut shared = 0;
    while let ([first, rest @ ..], [other, others @ ..]) = (a, b) {
        match first.cmp(other) {
            Ordering::Less => a = rest,
            Ordering::Greater => b = others,
            Ordering::Equal => {
                shared += 1;
                (a, b) = (rest, others);
            }
        }
    }
    shared
}

/// Letters, ideographs and digits alone, in normal form.
fn bare(text: &str) -> String {
    normal(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// A first line without its dateline and the names of reporters behind that.
fn undated(line: &str) -> &str {
    let closes = |(at, c): &(usize, char)| {
        let rest = &line[at + c.len_utf8()..];
        let marked = rest.starts_with(['（', '(', ' ', '\u{3000}', ':', '：', '】', ']']) || rest.starts_with("记者");
        matches!(c, '电' | '電' | '讯' | '訊') && (marked || line[..*at].ends_with(['日', '报', '報']))
    };
    let Some((at, c)) = line.char_indices().take(DATELINE).find(closes) else { return line };
    let rest = line[at + c.len_utf8()..].trim_start();
    let names = rest.strip_prefix(['（', '(']).and_then(|names| names.split_once(['）', ')']));
    names.filter(|(names, _)| names.chars().count() <= DATELINE).map_or(rest, |(_, rest)| rest)
}

/// Whether half of what the shorter one says stands in the longer one.
fn are_alike(a: &str, b: &str) -> bool {
    const PAIR: usize = 2;
    let pairs = |s: &str| -> FxHashSet<[char; PAIR]> {
        let chars: Vec<char> = s.chars().filter(|c| !is_number(*c)).collect();
        chars.windows(PAIR).filter_map(|pair| pair.try_into().ok()).collect()
    };
    let (a, b) = (pairs(a), pairs(b));
    a.intersection(&b).count() * 2 > a.len().min(b.len())
}

/// The numbers of a sentence, in order.
fn numbers(sentence: &str) -> Vec<&str> {
    sentence.split(|c| !is_number(c)).filter(|number| !number.is_empty()).collect()
}

fn is_number(c: char) -> bool {
    c.is_numeric() || "一二三四五六七八九十百千万亿两".contains(c)
}
