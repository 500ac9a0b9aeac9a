//! Lines, sentences and clauses, each an exact span of the text.

use crate::span::Span;

/// A sentence and its clauses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// With its closing punctuation, without the space around it.
    pub span: Span,
    /// Its clauses, without the punctuation between them.
    pub clauses: Vec<Span>,
    /// The number of its paragraph; a topic does not outlive one.
    pub paragraph: usize,
}

/// No sentence is longer, in bytes: what goes on is no sentence but a table or a list without an end, and reading takes time
/// that grows with the square of it. The longest of a large corpus of news has half of it.
const LONGEST: usize = 12_000;

/// Splits a text into the sentences of its prose. `is_prose` says of a line whether it is any.
pub fn sentences(text: &str, is_prose: impl Fn(&str) -> bool) -> Vec<Sentence> {
    let mut out = Vec::new();
    let mut at = 0;
    for (paragraph, line) in text.split('\n').enumerate() {
        let start = at;
        at += line.len() + 1;
        if is_prose(line) {
            split_line(text, Span::new(start, start + line.len()), paragraph, &mut out);
        }
    }
    out
}

fn split_line(text: &str, line: Span, paragraph: usize, out: &mut Vec<Sentence>) {
    let words = line.of(text);
    let mut brackets = Brackets::new(words);
    let mut start = line.start;
    let mut chars = words.char_indices().peekable();
    while let Some((offset, c)) = chars.next() {
        brackets.pass(c);
        if !matches!(c, '。' | '！' | '？' | '!' | '?' | '；' | ';') {
            continue;
        }
        let mut end = line.start + offset + c.len_utf8();
        // Quotation marks and further stops belong to the sentence they close.
        while let Some((_, next)) = chars.peek() {
            if !matches!(next, '”' | '"' | '’' | '」' | '。' | '！' | '？' | '!' | '?') {
                break;
            }
            end += next.len_utf8();
            chars.next();
        }
        if !brackets.open_at(offset) {
            push(text, Span::new(start, end), paragraph, out);
            start = end;
        }
    }
    push(text, Span::new(start, line.end), paragraph, out);
}

/// Brackets and title marks that open and close.
const BRACKETS: [[char; 2]; 4] = [['《', '》'], ['(', ')'], ['（', '）'], ['【', '】']];

/// The brackets of a line, read from its beginning on.
struct Brackets {
    /// By kind, whether the last one read opens.
    open: [bool; BRACKETS.len()],
    /// By kind, where the last one of the line closes.
    last: [Option<usize>; BRACKETS.len()],
}

impl Brackets {
    fn new(line: &str) -> Self {
        Self { open: Default::default(), last: BRACKETS.map(|[_, close]| line.rfind(close)) }
    }

    /// Reads the next character.
    fn pass(&mut self, c: char) {
        for ([open, close], is_open) in BRACKETS.into_iter().zip(&mut self.open) {
            if c == open || c == close {
                *is_open = c == open;
            }
        }
    }

    /// Whether brackets or title marks are open at `at` and closed behind it: a stop in them is part of a name or remark.
    fn open_at(&self, at: usize) -> bool {
        self.open.iter().zip(self.last).any(|(open, last)| *open && last.is_some_and(|last| at < last))
    }
}

/// Adds a sentence, or several where it is too long for one: they end behind commas, where there are any.
fn push(text: &str, span: Span, paragraph: usize, out: &mut Vec<Sentence>) {
    let mut span = span;
    while span.len() > LONGEST {
        let most =
            span.start + (0..=LONGEST).rev().find(|end| text.is_char_boundary(span.start + end)).unwrap_or_default();
        let comma = |c: char| matches!(c, '，' | ',' | '、');
        let head = Span::new(span.start, most).of(text);
        let end =
            head.char_indices().rev().find(|(_, c)| comma(*c)).map_or(most, |(at, c)| span.start + at + c.len_utf8());
        push_whole(text, Span::new(span.start, end), paragraph, out);
        span.start = end;
    }
    push_whole(text, span, paragraph, out);
}

fn push_whole(text: &str, span: Span, paragraph: usize, out: &mut Vec<Sentence>) {
    let span = trim(text, span, char::is_whitespace);
    if span.is_empty() {
        return;
    }
    let clauses = clauses(text, span);
    if !clauses.is_empty() {
        out.push(Sentence { span, clauses, paragraph });
    }
}

/// The span without characters at either end of which `drop` holds.
fn trim(text: &str, span: Span, drop: impl Fn(char) -> bool + Copy) -> Span {
    let words = span.of(text);
    let start = span.start + (words.len() - words.trim_start_matches(drop).len());
    let end = span.end - (words.len() - words.trim_end_matches(drop).len());
    Span::new(start.min(end.max(span.start)), end.max(start.min(span.end)))
}

fn clauses(text: &str, sentence: Span) -> Vec<Span> {
    let mut out = Vec::new();
    let mut start = sentence.start;
    let mut brackets = 0_usize;
    let words = sentence.of(text);
    let mut before = None;
    let mut chars = words.char_indices().peekable();
    while let Some((offset, c)) = chars.next() {
        let at = sentence.start + offset;
        let next = chars.peek().map(|(_, n)| *n);
        let digits = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        match c {
            '(' | '（' | '《' | '【' => brackets += 1,
            ')' | '）' | '》' | '】' => brackets = brackets.saturating_sub(1),
            _ => {}
        }
        let parts = match c {
            '，' | '：' | '；' | ';' | '。' | '！' | '？' | '!' | '?' => true,
            ',' | ':' => !(digits(before) && digits(next)),
            // ——  parts clauses as a pair.
            '—' => before == Some('—') || next == Some('—'),
            _ => false,
        };
        if parts && brackets == 0 {
            push_clause(text, Span::new(start, at), &mut out);
            start = at + c.len_utf8();
        }
        before = Some(c);
    }
    push_clause(text, Span::new(start, sentence.end), &mut out);
    out
}

fn push_clause(text: &str, span: Span, out: &mut Vec<Span>) {
    let span =
        trim(text, span, |c: char| c.is_whitespace() || matches!(c, '。' | '！' | '？' | '!' | '?' | '；' | ';' | '—'));
    if span.of(text).chars().any(char::is_alphanumeric) {
        out.push(span);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&[&str]]) {
        let found = sentences(text, |line| !line.starts_with("微信图片"));
        let found: Vec<Vec<&str>> = found.iter().map(|s| s.clauses.iter().map(|c| c.of(text)).collect()).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn stops_end_sentences_and_commas_part_clauses() {
        check("甲捐赠口罩,乙采购。丙成立!", &[&["甲捐赠口罩", "乙采购"], &["丙成立"]]);
        check("  甲说：“很好。”乙说不。\n微信图片_2020\n\n丙", &[&["甲说", "“很好"], &["乙说不"], &["丙"]]);
    }

    #[test]
    fn commas_in_numbers_and_brackets_part_nothing() {
        check("共10,000件,其余不计", &[&["共10,000件", "其余不计"]]);
        check("甲公司（下称甲，乙）捐款", &[&["甲公司（下称甲，乙）捐款"]]);
        check("发布《关于甲,乙的通知。第一版》,执行", &[&["发布《关于甲,乙的通知。第一版》", "执行"]]);
    }

    #[test]
    fn what_never_ends_is_parted_at_commas() {
        let text = "甲向乙捐赠口罩，".repeat(2_000);
        let found = sentences(&text, |_| true);
        assert!(found.len() > 3 && found.iter().all(|s| s.span.len() <= LONGEST));
        assert_eq!(found.iter().flat_map(|s| &s.clauses).count(), 2_000);
        let found = sentences(&"甲".repeat(20_000), |_| true);
        assert_eq!(found.iter().map(|s| s.span.len()).sum::<usize>(), 60_000);
    }

    #[test]
    fn a_dash_parts_clauses() {
        check("一位医生——张三到场", &[&["一位医生", "张三到场"]]);
    }
}
