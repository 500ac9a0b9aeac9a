//! Kinds of characters.

/// Whether a character is a Chinese one, or a radical that stands for one in some PDFs.
#[must_use]
pub fn is_han(c: char) -> bool {
    matches!(
        c,
        '\u{2E80}'..='\u{2FDF}'
            | '\u{3400}'..='\u{4DBF}'
            | '\u{4E00}'..='\u{9FFF}'
            | '\u{F900}'..='\u{FAFF}'
            | '\u{20000}'..='\u{3FFFF}'
    )
}

/// Whether a character is as wide as a Chinese one: those, and the marks that are set with them. No space stands between two
/// such where a line ends between them.
#[must_use]
pub fn is_wide(c: char) -> bool {
    is_han(c)
        || matches!(
            c,
            '\u{2E80}'..='\u{312F}'
                | '\u{FE30}'..='\u{FE4F}'
                | '\u{FF00}'..='\u{FFEF}'
                | '“' | '”' | '‘' | '’' | '—' | '…' | '·'
        )
}
