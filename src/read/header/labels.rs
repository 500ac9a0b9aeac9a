//! The labels in a line beside a headline, and how well each says what is meant.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::words::{is, words};
use crate::text::characters::is_han;
use crate::text::prose::leading_date;

/// How well a label says what is meant, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::read) enum Rank {
    Exact,
    Near,
    Far,
}

/// The name of a paper before its writer's is at most this long.
const LONGEST_PAPER: usize = 8;

const KINDS: [&str; 5] = ["published", "updated", "source", "author", "other"];

/// The labels with their kinds, by their first characters.
static LABELS: LazyLock<BTreeMap<char, Vec<(&'static str, &'static str)>>> = LazyLock::new(|| {
    let mut labels: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for kind in KINDS {
        for word in words(kind) {
            labels.entry(word.chars().next().unwrap_or(' ')).or_default().push((kind, *word));
        }
    }
    labels
});

/// A label in a line.
pub(super) struct Label {
    pub kind: &'static str,
    pub word: &'static str,
    /// Where it begins and where its value does, in characters.
    pub start: usize,
    pub value: usize,
}

/// The labels of a line, in order.
pub(super) fn labels(chars: &[(usize, char)]) -> Vec<Label> {
    let mut labels: Vec<Label> = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let known = LABELS.get(&chars[at].1).map_or(&[][..], Vec::as_slice);
        let found = known.iter().filter_map(|(kind, word)| {
            let value = after_label(chars, at, kind, word)?;
            Some(Label { kind, word, start: at, value })
        });
        let found = found.max_by_key(|label| label.word.len()).or_else(|| {
            // A date behind the value of another label needs none of its own.
            let awaited =
                labels.last().is_none_or(|last| matches!(last.kind, "published" | "updated") && last.value == at);
            let begins = at > 0 && matches!(chars[at - 1].1, ' ' | ']' | ')' | '】' | '|');
            let date = || leading_date(&chars[at..].iter().take(12).map(|(_, c)| c).collect::<String>()).is_some();
            (!awaited && begins && chars[at].1.is_ascii_digit() && date()).then_some(Label {
                kind: "dated",
                word: "",
                start: at,
                value: at,
            })
        });
        match found {
            Some(label) => {
                // The value of a label that a space follows begins behind it.
                at = label.value.max(at + 1);
                labels.push(label);
            }
            None => at += 1,
        }
    }
    labels
}

/// Where the value begins, if the label `word` stands at `at`. Its characters may be spaced out (来 源：).
fn after_label(chars: &[(usize, char)], at: usize, kind: &str, word: &str) -> Option<usize> {
    let mut end = at;
    for (n, c) in word.chars().enumerate() {
        while n > 0 && chars.get(end)?.1 == ' ' {
            end += 1;
        }
        if chars.get(end)?.1 != c {
            return None;
        }
        end += 1;
    }
    let spaced_out = end - at > word.chars().count();
    let gap = chars.get(end).is_some_and(|(_, c)| *c == ' ');
    let mark = if gap { end + 1 } else { end };
    let begins = at == 0 || matches!(chars[at - 1].1, ' ' | '(' | '[' | '|' | '【' | '丨' | ':' | '/');
    match chars.get(mark).map(|(_, c)| *c) {
        Some(':') => Some(if chars.get(mark + 1).is_some_and(|(_, c)| *c == ' ') { mark + 2 } else { mark + 1 }),
        Some('/' | '|' | '丨') if matches!(kind, "author" | "other") && begins => Some(mark + 1),
        Some(c) if begins && !spaced_out && word.chars().count() > 1 => match kind {
            "published" | "updated" if c.is_ascii_digit() => Some(mark),
            "author" | "other" | "source" if gap => Some(mark),
            _ => None,
        },
        // The writer's paper before the word: 虹江日报记者 张三.
        Some(_) if gap && at <= LONGEST_PAPER && word == "记者" && chars[..at].iter().all(|(_, c)| is_han(*c)) => {
            Some(mark)
        }
        _ => None,
    }
}

/// How well a label before a date says that the page was published then.
pub(super) fn date_rank(label: &str) -> Rank {
    match label {
        _ if is("drafted", label) => Rank::Far,
        _ if is("dated", label) => Rank::Near,
        _ => Rank::Exact,
    }
}

/// How well a label before a name says that it is the publisher's.
pub(super) fn source_rank(label: &str) -> Rank {
    match label {
        _ if is("origin", label) => Rank::Exact,
        _ if is("issuer", label) => Rank::Far,
        _ => Rank::Near,
    }
}
