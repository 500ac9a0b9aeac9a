//! Offsets as browsers count them.

use crate::span::CharSpan;

/// From code points of a text to UTF-16 code units.
pub(super) struct Utf16 {
    /// The code points that take two units, sorted.
    wide: Vec<usize>,
}

impl Utf16 {
    /// Of a text.
    pub fn new(text: &str) -> Self {
        Self { wide: text.chars().enumerate().filter(|(_, c)| c.len_utf16() > 1).map(|(at, _)| at).collect() }
    }

    /// How many units stand before a code point.
    pub fn of(&self, at: usize) -> usize {
        at + self.wide.partition_point(|wide| *wide < at)
    }

    /// First unit of a range and the unit after it.
    pub fn span(&self, span: CharSpan) -> (usize, usize) {
        (self.of(span.start), self.of(span.end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_beyond_the_first_plane_take_two_units() {
        let text = "口罩😷𠮷万";
        let points = Utf16::new(text);
        let units: Vec<u16> = text.encode_utf16().collect();
        let (start, end) = points.span(CharSpan { start: 3, end: 5 });
        assert_eq!(String::from_utf16(&units[start..end]).unwrap(), "𠮷万");
    }
}
