//! The document as it stands beside the one that is read: its text in simplified characters. Both have the same code
//! points, one for one, but not always the same bytes; what is told is told in the words of the original.

use std::borrow::Cow;
use std::cell::RefCell;

use rustc_hash::FxHashMap;

use super::trace::Attempt;
use crate::annotation::{Annotation, Quantity, Value};
use crate::document::Document;
use crate::span::{CharSpan, CodePoints, Span};
use crate::text::simplified::simplified;

/// A document and the form in which it is read. The stages know the second alone.
#[derive(Debug)]
pub(super) struct Original<'a> {
    written: &'a Document,
    read: Cow<'a, Document>,
    /// Of the text as written and as read, where they differ.
    points: Option<[CodePoints; 2]>,
}

impl<'a> Original<'a> {
    pub(super) fn new(written: &'a Document) -> Self {
        match simplified(&written.text) {
            Cow::Borrowed(_) => Self { written, read: Cow::Borrowed(written), points: None },
            Cow::Owned(text) => {
                let points = [CodePoints::new(&written.text), CodePoints::new(&text)];
                debug_assert_eq!(points[0].count(), points[1].count());
                Self { written, read: Cow::Owned(Document { text, ..written.clone() }), points: Some(points) }
            }
        }
    }

    /// The document to read.
    pub(super) fn read(&self) -> &Document {
        &self.read
    }

    /// Where in the original a range of the text that is read stands.
    pub(super) fn span(&self, span: Span) -> Span {
        let Some([written, read]) = &self.points else { return span };
        written.bytes(read.chars(span)).unwrap_or_default()
    }

    /// The words of the original in a range of the text that is read.
    pub(super) fn of(&self, span: Span) -> &'a str {
        self.span(span).of(&self.written.text)
    }

    /// What was tried, told by the original.
    pub(super) fn attempt(&self, attempt: Attempt) -> Attempt {
        if self.points.is_none() {
            return attempt;
        }
        Attempt { trigger: self.of(attempt.span).to_owned(), span: self.span(attempt.span), ..attempt }
    }

    /// An annotation of the text that was read as one of the original: names, values and units as written there. Its
    /// offsets count code points and stay.
    pub(super) fn annotation(&self, mut annotation: Annotation) -> Annotation {
        let Some(points) = &self.points else { return annotation };
        let written =
            Written { written: &self.written.text, read: &self.read.text, points, elsewhere: Elsewhere::default() };
        for entity in &mut annotation.entities {
            let named = entity.mentions.iter().find(|m| written.read(**m) == entity.name);
            entity.name = written.words(&entity.name, named.copied());
        }
        let unit = |quantity: &mut Quantity, beside: Option<CharSpan>| {
            let own = quantity.start.zip(quantity.end).map(|(start, end)| CharSpan { start, end });
            quantity.unit = quantity.unit.take().map(|unit| written.words(&unit, own.or(beside)));
        };
        for filler in annotation.facts.iter_mut().flat_map(|fact| &mut fact.roles) {
            let words = filler.start.zip(filler.end).map(|(start, end)| CharSpan { start, end });
            match &mut filler.value {
                Some(Value::Text(text)) => *text = written.words(text, words),
                Some(Value::Quantity(quantity)) => unit(quantity, words),
                None => {}
            }
            if let Some(quantity) = &mut filler.quantity {
                unit(quantity, words);
            }
        }
        annotation.text.clone_from(&self.written.text);
        annotation
    }
}

/// Finds words of the text that was read in the original.
struct Written<'a> {
    written: &'a str,
    read: &'a str,
    points: &'a [CodePoints; 2],
    /// What was found of words that do not stand in their place.
    elsewhere: Elsewhere,
}

/// By words, how far the longest beginning of them reaches that stands anywhere, and where that is written.
type Elsewhere = RefCell<FxHashMap<String, Option<(usize, Span)>>>;

impl Written<'_> {
    /// What was read in a range.
    fn read(&self, place: CharSpan) -> &str {
        self.points[1].bytes(place).unwrap_or_default().of(self.read)
    }

    /// `words` as written: in `place`, else anywhere, and part by part where they were put together from several
    /// (新增 + 确诊病例). Words that stand nowhere, such as dates in ISO 8601, stay.
    fn words(&self, words: &str, place: Option<CharSpan>) -> String {
        let place = place.and_then(|place| self.points[1].bytes(place));
        let mut out = String::new();
        let mut rest = words;
        while let Some(first) = rest.chars().next() {
            let (words, written) = self.longest(rest, place).unwrap_or_else(|| {
                let first = &rest[..first.len_utf8()];
                (first, first)
            });
            out.push_str(written);
            rest = &rest[words.len()..];
        }
        out
    }

    /// The longest beginning of `words` that was read in `place`, or else anywhere, with how it is written there.
    fn longest<'a>(&'a self, words: &'a str, place: Option<Span>) -> Option<(&'a str, &'a str)> {
        let end_and_place = place.and_then(|place| self.found(words, place)).or_else(|| {
            // Dates in ISO 8601 stand nowhere, and are many.
            if let Some(known) = self.elsewhere.borrow().get(words) {
                return *known;
            }
            let found = self.found(words, Span::new(0, self.read.len()));
            self.elsewhere.borrow_mut().insert(words.to_owned(), found);
            found
        });
        end_and_place.map(|(end, span)| (&words[..end], span.of(self.written)))
    }

    /// How far the longest beginning of `words` reaches that was read in `place`, and where it is written.
    fn found(&self, words: &str, place: Span) -> Option<(usize, Span)> {
        let ends: Vec<usize> = words.char_indices().map(|(at, c)| at + c.len_utf8()).collect();
        ends.into_iter().rev().find_map(|end| {
            // A measure word stands behind its number.
            let start = place.start + place.of(self.read).rfind(&words[..end])?;
            let [written, read] = self.points;
            Some((end, written.bytes(read.chars(Span::new(start, start + end)))?))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(text: &str) -> Document {
        Document { text: text.into(), ..Document::default() }
    }

    #[test]
    fn ranges_of_bytes_lead_to_the_original() {
        // 𠁞 and 嘆 have four bytes and three; what they become has three and four elsewhere.
        let document = document("𦪙嘆：臺灣");
        let original = Original::new(&document);
        let text = &original.read().text;
        assert_eq!(text, "䑽叹：台湾");
        let at = text.find("台湾").unwrap();
        assert_eq!(original.of(Span::new(at, text.len())), "臺灣");
        assert_eq!(original.of(Span::new(0, at)), "𦪙嘆：");
    }

    #[test]
    fn words_are_found_as_written() {
        let document = document("新增無症狀感染者5隻，確診病例3例；臺灣、台灣的計畫");
        let original = Original::new(&document);
        let written = |words: &str, place: Option<(usize, usize)>| {
            let found = Written {
                written: &document.text,
                read: &original.read().text,
                points: original.points.as_ref().unwrap(),
                elsewhere: Elsewhere::default(),
            };
            found.words(words, place.map(|(start, end)| CharSpan { start, end }))
        };
        assert_eq!(written("只", Some((8, 10))), "隻");
        assert_eq!(written("新增确诊病例", Some((11, 17))), "新增確診病例");
        assert_eq!(written("台湾", Some((18, 20))), "臺灣");
        assert_eq!(written("计划", None), "計畫");
        assert_eq!(written("2020-02-10", Some((0, 5))), "2020-02-10");
    }

    #[test]
    fn simplified_text_is_its_own_original() {
        let document = document("台湾的计划");
        let original = Original::new(&document);
        assert!(original.points.is_none() && std::ptr::eq(original.read(), &raw const document));
    }
}
