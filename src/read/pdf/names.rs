//! Characters of simple fonts: the codes of the standard encodings, and the names of glyphs.

use std::rc::Rc;

use unicode_normalization::UnicodeNormalization;

use crate::text::simplified::ideograph;

/// A glyph's text as it was typed: a ligature is its letters, and a radical is the ideograph of the same shape, which
/// shares its glyph in many fonts.
pub(super) fn plain(text: &str) -> Rc<str> {
    let drawn = |c: char| matches!(c, '\u{2E80}'..='\u{2FDF}' | '\u{FB00}'..='\u{FB06}');
    if !text.contains(drawn) {
        return Rc::from(text);
    }
    text.chars().map(ideograph).nfkc().collect::<String>().into()
}

/// The character that a glyph's name stands for, as the Adobe Glyph List for New Fonts has it: letters and digits, marks,
/// `uni4E2D`, `u20000`.
pub(super) fn character(name: &str) -> Option<char> {
    let name = name.split('.').next().filter(|name| !name.is_empty())?;
    let mut letters = name.chars();
    if let (Some(letter), None) = (letters.next(), letters.next()) {
        return letter.is_ascii_alphabetic().then_some(letter);
    }
    let hexadecimal = |digits: &str| u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
    if let Some(digits) = name.strip_prefix("uni").filter(|digits| digits.len() == 4) {
        return hexadecimal(digits);
    }
    if let Some(digits) = name.strip_prefix('u').filter(|digits| (4..=6).contains(&digits.len())) {
        return hexadecimal(digits);
    }
    NAMES.iter().find(|(known, _)| *known == name).map(|(_, c)| *c)
}

/// The character of a code, where a font has no encoding but a base.
pub(super) fn of_base(base: Base, code: u8) -> Option<char> {
    let table = match base {
        Base::WinAnsi => encoding_rs::WINDOWS_1252,
        Base::MacRoman => encoding_rs::MACINTOSH,
        Base::Standard => return standard(code),
    };
    let (text, _) = table.decode_without_bom_handling(std::slice::from_ref(&code));
    text.chars().next().filter(|c| !c.is_control())
}

/// The encodings that PDF names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Base {
    WinAnsi,
    MacRoman,
    Standard,
}

fn standard(code: u8) -> Option<char> {
    match code {
        0x27 => Some('’'),
        0x60 => Some('‘'),
        0x20..=0x7E => Some(char::from(code)),
        0xA1..=0xA3 | 0xA5 | 0xA7 => Some(char::from(code)),
        0xAA => Some('“'),
        0xAB => Some('«'),
        0xAE => Some('ﬁ'),
        0xAF => Some('ﬂ'),
        0xB1 => Some('–'),
        0xB4 => Some('·'),
        0xB7 => Some('•'),
        0xBA => Some('”'),
        0xBB => Some('»'),
        0xBC => Some('…'),
        0xBD => Some('‰'),
        0xD0 => Some('—'),
        _ => None,
    }
}

const NAMES: &[(&str, char)] = &[
    ("space", ' '),
    ("exclam", '!'),
    ("quotedbl", '"'),
    ("numbersign", '#'),
    ("dollar", '$'),
    ("percent", '%'),
    ("ampersand", '&'),
    ("quotesingle", '\''),
    ("parenleft", '('),
    ("parenright", ')'),
    ("asterisk", '*'),
    ("plus", '+'),
    ("comma", ','),
    ("hyphen", '-'),
    ("minus", '−'),
    ("period", '.'),
    ("slash", '/'),
    ("zero", '0'),
    ("one", '1'),
    ("two", '2'),
    ("three", '3'),
    ("four", '4'),
    ("five", '5'),
    ("six", '6'),
    ("seven", '7'),
    ("eight", '8'),
    ("nine", '9'),
    ("colon", ':'),
    ("semicolon", ';'),
    ("less", '<'),
    ("equal", '='),
    ("greater", '>'),
    ("question", '?'),
    ("at", '@'),
    ("bracketleft", '['),
    ("backslash", '\\'),
    ("bracketright", ']'),
    ("asciicircum", '^'),
    ("underscore", '_'),
    ("grave", '`'),
    ("braceleft", '{'),
    ("bar", '|'),
    ("braceright", '}'),
    ("asciitilde", '~'),
    ("quoteleft", '‘'),
    ("quoteright", '’'),
    ("quotedblleft", '“'),
    ("quotedblright", '”'),
    ("endash", '–'),
    ("emdash", '—'),
    ("ellipsis", '…'),
    ("bullet", '•'),
    ("periodcentered", '·'),
    ("middot", '·'),
    ("degree", '°'),
    ("multiply", '×'),
    ("divide", '÷'),
    ("plusminus", '±'),
    ("section", '§'),
    ("copyright", '©'),
    ("registered", '®'),
    ("trademark", '™'),
    ("sterling", '£'),
    ("yen", '¥'),
    ("Euro", '€'),
    ("perthousand", '‰'),
    ("fi", 'ﬁ'),
    ("fl", 'ﬂ'),
    ("ff", 'ﬀ'),
    ("ffi", 'ﬃ'),
    ("ffl", 'ﬄ'),
    ("guillemotleft", '«'),
    ("guillemotright", '»'),
    ("agrave", 'à'),
    ("aacute", 'á'),
    ("adieresis", 'ä'),
    ("ccedilla", 'ç'),
    ("egrave", 'è'),
    ("eacute", 'é'),
    ("ecircumflex", 'ê'),
    ("iacute", 'í'),
    ("ntilde", 'ñ'),
    ("oacute", 'ó'),
    ("odieresis", 'ö'),
    ("uacute", 'ú'),
    ("udieresis", 'ü'),
    ("Adieresis", 'Ä'),
    ("Eacute", 'É'),
    ("Odieresis", 'Ö'),
    ("Udieresis", 'Ü'),
    ("germandbls", 'ß'),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_glyphs_are_characters() {
        assert_eq!(character("uni4E2D"), Some('中'));
        assert_eq!(character("u20000"), Some('\u{20000}'));
        assert_eq!(character("seven.alt"), Some('7'));
        assert_eq!(character("A"), Some('A'));
        assert_eq!(character("g123"), None);
        assert_eq!(&*plain("⼈⺠ﬁ"), "人民fi");
        assert_eq!(of_base(Base::WinAnsi, 0x93), Some('“'));
        assert_eq!(of_base(Base::MacRoman, 0xD2), Some('“'));
    }
}
