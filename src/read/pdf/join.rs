//! Two lines of a paragraph → one: what stood between them.

use super::layout::Line;
use crate::text::characters::{is_han, is_wide};

/// Where this share of the places where Latin meets ideographs within lines has a blank, the writer types them always.
const TYPED: f64 = 0.75;
/// A narrow figure, in sizes: a line that has less room than this was broken within a number.
const FIGURE: f64 = 0.45;

/// A heading that leaves more room than this, in sizes, was broken at a blank, or by hand.
const RAGGED: f64 = 0.15;

/// Where two lines of a paragraph meet.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Seam {
    /// Whether blanks stand at the end of the first line.
    pub(super) blank: bool,
    /// How far before the right edge the first line ends, in sizes.
    pub(super) gap: f64,
    /// What room it leaves with the first unit of the second on it, in sizes.
    pub(super) room: f64,
    /// Whether they are of a heading.
    pub(super) heading: bool,
}

/// How the lines of a document are joined.
pub(super) struct Join {
    /// Whether the writer sets letters, and figures, apart from ideographs by blanks.
    letters_apart: bool,
    figures_apart: bool,
    /// Whether blanks stand at the ends of lines only where they were typed.
    blank_ends_tell: bool,
}

impl Join {
    pub(super) fn of(lines: &[&Line]) -> Self {
        let ends = lines.iter().filter(|line| line.blank_end).count();
        Self {
            letters_apart: are_apart(lines, |c| c.is_ascii_alphabetic()),
            figures_apart: are_apart(lines, |c| c.is_ascii_digit()),
            blank_ends_tell: ends * 4 < lines.len(),
        }
    }

    /// Adds a line to a paragraph: a space between words, none between ideographs, none in a word that was parted.
    pub(super) fn join(&self, text: &mut String, seam: Seam, next: &str) {
        let (Some(last), Some(first)) = (text.chars().last(), next.chars().next()) else {
            text.push_str(next);
            return;
        };
        let before = text.chars().rev().nth(1);
        let address = in_address(text);
        let parted = last == '\u{AD}' || last == '-' && first.is_lowercase() && !address;
        let figures = |a: Option<char>| a.is_some_and(|a| a.is_ascii_digit());
        let number = figures(Some(first))
            && (figures(Some(last)) || matches!(last, '.' | ',') && figures(before))
            && !seam.blank
            && seam.gap < FIGURE;
        let within = !last.is_alphanumeric() || !first.is_alphanumeric() || seam.gap < FIGURE;
        let broken = number || address && within && !seam.blank;
        let holds = matches!(last, '-' | '/' | '(' | '[' | '_') && before != Some(' ');
        // Narrow marks of Chinese text are followed by no blank.
        let wide = is_wide(last) || !last.is_alphanumeric() && before.is_some_and(is_han);
        let dash = matches!(last, '-' | '–') && before == Some(' ');
        let words = !wide && !is_wide(first) && !holds && !broken || dash;
        let meet = is_wide(last) != is_wide(first) && first.is_alphanumeric() && last.is_alphanumeric();
        // Where a blank was typed, it stands at the line's end, or it is the reason why the line is not full.
        let figure = figures(Some(if is_wide(last) { first } else { last }));
        let apart = if figure { self.figures_apart } else { self.letters_apart };
        let ideographs = is_han(last) && is_han(first);
        let typed = meet && (seam.blank || apart)
            || ideographs
                && (seam.blank && self.blank_ends_tell || seam.heading && seam.room > RAGGED && is_solid(text, next));
        if parted && before.is_some_and(char::is_alphabetic) {
            text.pop();
        } else if (words || typed) && !MARKS_WITHIN.contains(&first) {
            text.push(' ');
        }
        text.push_str(next);
    }
}

/// Whether blanks stand within lines where ideographs meet characters of a kind.
fn are_apart(lines: &[&Line], kind: fn(char) -> bool) -> bool {
    let (mut blank, mut all) = (0_usize, 0_usize);
    let meet = |a: char, b: char| is_han(a) && kind(b) || kind(a) && is_han(b);
    for line in lines {
        let chars: Vec<char> = line.text.chars().collect();
        all += chars.windows(2).filter(|pair| meet(pair[0], pair[1])).count();
        blank += chars.windows(3).filter(|three| three[1] == ' ' && meet(three[0], three[2])).count();
    }
    blank >= 3 && blank as f64 >= TYPED * (all + blank) as f64
}

/// Whether there are only ideographs about the place where two lines meet: marks hang together in ways of their own.
fn is_solid(text: &str, next: &str) -> bool {
    text.chars().rev().take(2).all(is_han) && next.chars().count() > 2 && next.chars().take(3).all(is_han)
}

/// Marks that follow a word without a blank.
const MARKS_WITHIN: [char; 8] = [',', '.', ';', ':', '!', '?', ')', '%'];

/// Whether a text ends within an address on the web.
fn in_address(text: &str) -> bool {
    let word = text.rsplit(|c: char| c.is_whitespace() || is_wide(c)).next().unwrap_or_default();
    word.contains("://") || word.starts_with("www.")
}
