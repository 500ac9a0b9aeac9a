//! Half-open byte ranges into the text of one document.

use serde::{Deserialize, Serialize};

/// A half-open range of **bytes** in a document's text: `start` is the first byte, `end` the byte after the last.
///
/// Inside the program every position is a byte offset on a character boundary. The annotation format counts
/// code points; [`CodePoints`] converts between the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// Offset of the first byte.
    pub start: usize,
    /// Offset of the byte after the last one.
    pub end: usize,
}

impl Span {
    /// The range `start..end` in bytes.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// Length in bytes.
    #[must_use]
    pub const fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether it covers no byte.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// The text it covers; empty where the range does not lie on character boundaries of `text`.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    /// Whether `other` lies wholly inside this range.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether both ranges share a byte.
    #[must_use]
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest range that covers both.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }
}

/// A half-open range of **code points** (Unicode scalar values), as the annotation format writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CharSpan {
    /// Index of the first code point.
    pub start: usize,
    /// Index of the code point after the last one.
    pub end: usize,
}

/// Converts byte offsets of one text to code point offsets and back.
#[derive(Debug, Clone)]
pub struct CodePoints {
    /// Byte offset of every code point, and the length of the text.
    bytes: Vec<usize>,
}

impl CodePoints {
    /// Indexes `text`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let bytes = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        Self { bytes }
    }

    /// Number of code points in the text.
    #[must_use]
    pub fn count(&self) -> usize {
        self.bytes.len() - 1
    }

    /// The code point range of a byte range. An offset inside a character counts as its start.
    #[must_use]
    pub fn chars(&self, span: Span) -> CharSpan {
        let at = |byte| self.bytes.partition_point(|b| *b < byte).min(self.count());
        CharSpan { start: at(span.start), end: at(span.end) }
    }

    /// The byte range of a code point range; `None` where it is reversed or leaves the text.
    #[must_use]
    pub fn bytes(&self, span: CharSpan) -> Option<Span> {
        if span.start > span.end {
            return None;
        }
        Some(Span::new(*self.bytes.get(span.start)?, *self.bytes.get(span.end)?))
    }

    /// The words of a code point range of `text`, which must be the indexed one; empty where the range leaves it.
    #[must_use]
    pub fn words<'a>(&self, text: &'a str, span: CharSpan) -> &'a str {
        self.bytes(span).map_or("", |bytes| bytes.of(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_and_bytes_slice_the_same_words() {
        let text = "捐\u{20000}a口罩";
        let points = CodePoints::new(text);
        assert_eq!(points.count(), 5);
        let bytes = points.bytes(CharSpan { start: 3, end: 5 }).unwrap();
        assert_eq!(bytes.of(text), "口罩");
        assert_eq!(points.chars(bytes), CharSpan { start: 3, end: 5 });
        assert_eq!(points.bytes(CharSpan { start: 3, end: 6 }), None);
        assert_eq!(points.words(text, CharSpan { start: 3, end: 5 }), "口罩");
        assert_eq!(points.words(text, CharSpan { start: 3, end: 6 }), "");
    }
}
