//! What somebody says, as words of the text: 他表示，【防疫物资供应充足】。

use crate::annotate::facts::clause::View;
use crate::annotate::values::{Value, ValueKind};
use crate::span::Span;

/// A quote is at most this long, in code points.
const LONGEST: usize = 40;
/// A clause shorter than this, in code points, does not say enough: the next one belongs to the quote.
const ENOUGH: usize = 14;
/// What is shorter than this, in code points, quotes nothing.
const SHORTEST: usize = 4;
/// A verb of speech among this many first words of a clause opens another speech.
const OPENING: usize = 3;

/// What is said behind `from`, to the end of the sentence at the most: whole clauses without those that only say when
/// or in view of what.
pub(in crate::annotate::facts) fn quote(view: &View<'_>, from: usize) -> Option<Span> {
    let rest = Span::new(from, view.sentence.span.end);
    let all = pieces(view, rest);
    // The last one is what is said, whatever it looks like.
    let skipped = all.iter().take(all.len().saturating_sub(1)).take_while(|c| circumstance(view, **c)).count();
    let mut clauses = all.into_iter().skip(skipped);
    let mut said = clauses.next()?;
    for next in clauses {
        let longer = said.join(next);
        if points(view, said) >= ENOUGH || points(view, longer) > LONGEST || speaks(view, next) {
            break;
        }
        said = longer;
    }
    let said = shortened(view, said);
    (points(view, said) >= SHORTEST).then_some(said)
}

/// Whether a clause goes on to another speech: 并指出…, 他还强调….
fn speaks(view: &View<'_>, clause: Span) -> bool {
    let within = view.tokens.iter().filter(|t| clause.contains(t.span));
    within.take(OPENING).any(|t| view.lexicon.speech.contains(t.span.of(view.text)))
}

fn points(view: &View<'_>, span: Span) -> usize {
    span.of(view.text).chars().count()
}

/// The clauses of a stretch, without quotation marks and what parts them.
fn pieces(view: &View<'_>, rest: Span) -> Vec<Span> {
    let parts = |c: char| matches!(c, '，' | ',' | '；' | ';' | '。' | '！' | '？' | '!' | '?' | '：' | ':');
    let edge = |c: char| c.is_whitespace() || matches!(c, '“' | '”' | '"' | '「' | '」' | '、' | '—');
    let mut out = Vec::new();
    let mut start = rest.start;
    for piece in rest.of(view.text).split(parts) {
        let end = start + piece.len();
        let inner = piece.trim_start_matches(edge);
        let from = end - inner.len();
        let span = Span::new(from, from + inner.trim_end_matches(edge).len());
        // 1,000: a comma between digits parts nothing.
        let digits = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        match out.last_mut() {
            Some(Span { end: last, .. })
                if digits(view.text[..*last].chars().next_back())
                    && digits(piece.chars().next())
                    && *last + 1 == start =>
            {
                *last = span.end;
            }
            _ if !span.is_empty() => out.push(span),
            _ => {}
        }
        start = end + view.text[end..].chars().next().map_or(0, char::len_utf8);
    }
    out
}

/// Whether a clause only says when, or in view of what: 面对疫情, 截至目前, 新冠肺炎疫情发生以来.
fn circumstance(view: &View<'_>, span: Span) -> bool {
    let clause = span.of(view.text);
    let mut words = view.tokens.iter().filter(|t| span.contains(t.span)).map(|t| t.span.of(view.text));
    let opens = words.next().is_some_and(|w| view.lexicon.is("opening", w));
    let closes = words.next_back().is_some_and(|w| view.lexicon.is("circumstance_end", w));
    let time = |v: &&Value| matches!(v.kind, ValueKind::Time(_));
    let dated: usize = view.values_of(span).map(|(_, v)| v).filter(time).map(|v| v.span.len()).sum();
    clause.chars().count() <= SHORTEST || 2 * dated > span.len() || opens || closes
}

/// At most [`LONGEST`] code points, cut between words.
fn shortened(view: &View<'_>, span: Span) -> Span {
    let Some((limit, _)) = span.of(view.text).char_indices().nth(LONGEST) else { return span };
    let limit = span.start + limit;
    let end = view.tokens.iter().map(|t| t.span.end).filter(|e| *e > span.start && *e <= limit).max();
    Span::new(span.start, end.unwrap_or(limit))
}
