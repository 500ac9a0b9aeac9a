//! Documents by the words in them.

use memchr::memmem::Finder;
use rayon::prelude::*;
use unicode_normalization::UnicodeNormalization as _;

use crate::annotation::Annotation;
use crate::span::CharSpan;
use crate::text::normal::is_blank;
use crate::text::simplified::simplified;

/// Code points of a snippet before what was found first, and in all.
const BEFORE: usize = 20;
const SNIPPET: usize = 110;

/// Titles and texts as they are searched: without white space, in simplified characters and lower case.
#[derive(Debug)]
pub(super) struct Texts(Vec<Searched>);

#[derive(Debug)]
struct Searched {
    title: String,
    text: String,
}

/// Words that a text is searched for: all must stand in it, or in its title.
pub(super) struct Words(Vec<String>);

/// A part of a text, and where in the text those words stand in it, sorted, none over another.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Snippet {
    pub within: CharSpan,
    pub found: Vec<CharSpan>,
}

impl Texts {
    pub fn new(annotations: &[Annotation]) -> Self {
        let searched = annotations.par_iter().map(|annotation| Searched {
            title: fold(annotation.title.as_deref().unwrap_or_default()).0,
            text: fold(&annotation.text).0,
        });
        Self(searched.collect())
    }

    /// The places of the documents that have all the words; all of them where there are none.
    pub fn find(&self, words: &Words) -> Vec<usize> {
        let words: Vec<Finder<'_>> = words.0.iter().map(Finder::new).collect();
        let has = |one: &Searched| {
            words
                .iter()
                .all(|word| word.find(one.text.as_bytes()).is_some() || word.find(one.title.as_bytes()).is_some())
        };
        self.0.par_iter().enumerate().filter(|(_, one)| has(one)).map(|(at, _)| at).collect()
    }
}

impl Words {
    pub fn new(words: &str) -> Self {
        Self(words.split_whitespace().map(|word| fold(word).0).filter(|word| !word.is_empty()).collect())
    }

    /// The part of a text that shows the first of the words found in it; nothing where none is.
    pub fn snippet(&self, text: &str) -> Option<Snippet> {
        let (folded, places) = fold(text);
        let mut found: Vec<CharSpan> = self.0.iter().flat_map(|word| stands(&folded, &places, word)).collect();
        found.sort_unstable_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
        let first = found.first()?.start;
        let length = text.chars().count();
        let start = start_of(text, first);
        let end = length.min(start + SNIPPET);
        let mut marks: Vec<CharSpan> = Vec::new();
        for span in found.into_iter().filter(|span| span.end <= end) {
            if marks.last().is_none_or(|last| last.end <= span.start) {
                marks.push(span);
            }
        }
        Some(Snippet { within: CharSpan { start, end }, found: marks })
    }
}

/// Where a snippet begins: with its line, where that is near.
fn start_of(text: &str, first: usize) -> usize {
    let start = first.saturating_sub(BEFORE);
    let before = text.chars().skip(start).take(first - start).collect::<Vec<_>>();
    start + before.iter().rposition(|c| *c == '\n').map_or(0, |at| at + 1)
}

/// Where a word stands in a folded text, in code points of the text as written.
fn stands<'a>(folded: &'a str, places: &'a [usize], word: &'a str) -> impl Iterator<Item = CharSpan> + 'a {
    let length = word.chars().count();
    let (mut bytes, mut chars) = (0, 0);
    folded.match_indices(word).filter_map(move |(at, _)| {
        chars += folded.get(bytes..at)?.chars().count();
        bytes = at;
        let (start, last) = (places.get(chars)?, places.get(chars + length.checked_sub(1)?)?);
        Some(CharSpan { start: *start, end: last + 1 })
    })
}

/// A text as it is searched, and for each of its code points the one of the text as written that it comes from. It is the
/// normal form of names ([`crate::text::normal::normal`]) in lower case, taken character by character so that places stay.
fn fold(text: &str) -> (String, Vec<usize>) {
    let mut folded = String::with_capacity(text.len());
    let mut places = Vec::new();
    for (at, c) in text.chars().enumerate() {
        if c.is_ascii() || matches!(c, '\u{4e00}'..='\u{9fff}') {
            if !is_blank(c) {
                folded.push(c.to_ascii_lowercase());
                places.push(at);
            }
            continue;
        }
        for c in std::iter::once(c).nfkc().filter(|c| !is_blank(*c)).flat_map(char::to_lowercase) {
            folded.push(c);
            places.push(at);
        }
    }
    (simplified(&folded).into_owned(), places)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, words: &str, expected: &[&str]) {
        let snippet = Words::new(words).snippet(text);
        let chars: Vec<char> = text.chars().collect();
        let found = snippet.map(|snippet| snippet.found).unwrap_or_default();
        let words: Vec<String> = found.iter().map(|span| chars[span.start..span.end].iter().collect()).collect();
        assert_eq!(words, expected);
    }

    #[test]
    fn words_are_found_however_they_are_written() {
        check("臺灣\u{3000}Ａ集團😷捐", "台湾", &["臺灣"]);
        check("😷臺灣 Ａ集團", "灣a集", &["灣 Ａ集"]);
        check("口罩，N95口\n罩", "口罩 n95", &["口罩", "N95", "口\n罩"]);
        check("㎏和kg", "kg", &["㎏", "kg"]);
        check("口罩", "手套", &[]);
        check("口罩", " ", &[]);
    }

    #[test]
    fn a_snippet_begins_with_its_line_and_ends_with_the_text() {
        let text = format!("标题\n{}口罩", "字".repeat(9));
        let snippet = Words::new("口罩").snippet(&text).unwrap();
        assert_eq!(snippet.within, CharSpan { start: 3, end: 14 });
        let text = format!("{}口罩{}", "字".repeat(90), "字".repeat(900));
        let snippet = Words::new("口罩").snippet(&text).unwrap();
        assert_eq!(snippet.within, CharSpan { start: 70, end: 180 });
    }

    #[test]
    fn all_words_must_stand_in_a_document() {
        let document = |title: &str, text: &str| {
            let line = serde_json::json!({ "id": title, "title": title, "text": text });
            Annotation::from_json(&line.to_string()).unwrap()
        };
        let texts = Texts::new(&[document("捐赠", "口罩"), document("购买", "口罩")]);
        assert_eq!(texts.find(&Words::new("口罩")), [0, 1]);
        assert_eq!(texts.find(&Words::new("口罩 捐贈")), [0]);
        assert_eq!(texts.find(&Words::new("")), [0, 1]);
    }
}
