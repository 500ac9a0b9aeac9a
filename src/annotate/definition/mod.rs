//! Names that the text itself introduces: 京东方科技集团股份有限公司（以下简称“京东方”）.
//!
//! Such a definition is evidence by itself: what stands before the bracket and what stands in the quotation marks are names
//! of one thing, whatever the weights say. Where the full name ends and what the short one is, the marks tell; where the
//! full name begins ([`start`]) and what it names ([`kind`]) is read off the words.

mod gloss;
mod kind;
mod start;

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::mentions::{Kind, Mention, View};
use crate::annotation::EntityType;
use crate::lexicon::Lexicon;
use crate::span::Span;

/// A full name and the short one that stands for it from here on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Definition {
    /// Where the full name stands.
    pub full: Span,
    /// Where the short one does.
    pub short: Span,
    /// What both name.
    pub kind: EntityType,
}

/// By short name what it stands for, and what that is.
pub(crate) type Definitions = FxHashMap<String, (String, EntityType)>;

/// The table of `definitions`. Two full names of one short name are names of one thing.
pub(crate) fn by_short<'a>(text: &str, definitions: impl Iterator<Item = &'a Definition>) -> Definitions {
    let mut out = Definitions::default();
    for Definition { full, short, kind } in definitions {
        let (full, short) = (full.of(text), short.of(text));
        let first = out.entry(short.to_owned()).or_insert_with(|| (full.to_owned(), *kind)).0.clone();
        if first != full && full != short {
            out.entry(full.to_owned()).or_insert((first, *kind));
        }
    }
    out.retain(|short, (full, _)| short != full);
    out
}

/// What opens or closes a quotation; texts mix them up (”光粒“).
const QUOTES: [char; 9] = ['“', '”', '"', '「', '」', '『', '』', '‘', '’'];
/// What a short name without quotation marks ends before.
const ENDS: [char; 9] = [')', '）', '，', ',', '、', '；', ';', '。', '或'];
/// In characters, a short name has so many.
const SHORT: std::ops::RangeInclusive<usize> = 2..=20;
/// The word that defines stands at most so many bytes behind the bracket (1606.HK，以下简称…).
const REMARK: usize = 120;
/// Between the title of a document and the bracket stand at most so many bytes (》的提案（).
const BEHIND_TITLE: usize = 18;

/// The definitions of one sentence. `mentions` are its mentions as read without them.
pub(crate) fn definitions(view: &View<'_>, mentions: &[Mention]) -> Vec<Definition> {
    let sentence = view.span(&(0..view.tokens.len()));
    let words = sentence.of(view.text);
    let span = |range: &Range<usize>| Span::new(sentence.start + range.start, sentence.start + range.end);
    let mut out: Vec<Definition> = gloss::glosses(view, mentions).collect();
    let mut from = 0;
    while let Some((at, word)) = defining(&words[from..], view.lexicon) {
        let at = from + at;
        from = at + word.len();
        let bracket = open_bracket(&words[..at]).filter(|open| at - open <= REMARK);
        let lead = |words: &str| words.trim_end_matches(['以', '下', '后', '亦', '也', '，', ',']).len();
        let end = name_end(&words[..bracket.unwrap_or_else(|| lead(&words[..at]))], view.lexicon);
        let shorts = shorts(words, from, view.lexicon);
        let Some(first) = shorts.first().cloned().filter(|_| end > 0) else { continue };
        let name = &words[first.clone()];
        // 甲公司、乙公司（以下合称“双方”）
        if view.lexicon.is("sides", name) || view.lexicon.is("pair", name) {
            continue;
        }
        if bracket.is_none() && view.lexicon.is("renames", word) {
            let quoted = words[..first.start].ends_with(QUOTES);
            out.extend(renamed(sentence.start + end, span(&first), quoted, word, mentions));
            continue;
        }
        let full = full(view, sentence.start, end, name, mentions, bracket.is_none());
        let Some(full) = full else { continue };
        let Some(kind) = kind::kind(view, full, name, mentions) else { continue };
        for short in &shorts {
            // “瑞德林”或“公司”: what any firm is called is no name of this one.
            let generic = view.lexicon.organization_suffixes.contains_key(&words[short.clone()]);
            if !generic || *short == first {
                out.push(Definition { full, short: span(short), kind });
            }
        }
    }
    out
}

/// 布法罗市，又称“水牛城”; 方志远，原名方大江: another name outside brackets, of what is read as a name.
fn renamed(end: usize, short: Span, quoted: bool, word: &str, mentions: &[Mention]) -> Option<Definition> {
    let read = mentions.iter().find(|m| m.span.end == end && m.named)?;
    let Kind::Entity(kind) = read.kind else { return None };
    let same = mentions.iter().find(|m| m.span.start == short.start && m.kind == read.kind).map(|m| m.span);
    // 甲又称乙…: what a person says.
    let says = kind == EntityType::Person && word.ends_with('称');
    let short = if quoted { Some(short) } else { same.filter(|_| !says) };
    short.map(|short| Definition { full: read.span, short, kind })
}

/// The first word of `words` that introduces a short name, and where it stands.
fn defining<'a>(words: &str, lexicon: &'a Lexicon) -> Option<(usize, &'a str)> {
    let all = lexicon.class("defines").chain(lexicon.class("renames"));
    let found = all.filter_map(|word| Some((words.find(word)?, word)));
    found.min_by_key(|(at, word)| (*at, std::cmp::Reverse(word.len())))
}

/// Where the bracket opens that is open at the end of `words`.
fn open_bracket(words: &str) -> Option<usize> {
    let mut closed = 0_usize;
    for (at, c) in words.char_indices().rev() {
        match c {
            ')' | '）' => closed += 1,
            '(' | '（' if closed == 0 => return Some(at),
            '(' | '（' => closed -= 1,
            _ => {}
        }
    }
    None
}

/// Where the name ends that `words` end with: before brackets that are no part of it (远岸科技（NASDAQ:YUAN）).
fn name_end(words: &str, lexicon: &Lexicon) -> usize {
    let mut end = words.trim_end().len();
    while let Some(rest) = words[..end].strip_suffix([')', '）']) {
        let Some(open) = open_bracket(rest) else { break };
        if belongs(rest[open..].trim_start_matches(['(', '（']), lexicon) {
            break;
        }
        end = words[..open].trim_end().len();
    }
    end
}

/// Whether what stands in brackets is a piece of a name: 有限合伙, 上海, 集团.
fn belongs(inside: &str, lexicon: &Lexicon) -> bool {
    let suffixes = &lexicon.organization_suffixes;
    lexicon.is("firm_tail", inside) || lexicon.places.contains_key(inside) || suffixes.contains_key(inside)
}

/// The short names that the words from `at` on introduce: “瑞德林”或“公司”.
fn shorts(words: &str, at: usize, lexicon: &Lexicon) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let lead = |rest: &str| rest.len() - rest.trim_start_matches(['：', ':', '为', '是', '，', ',', ' ']).len();
    let mut at = at + lead(&words[at..]);
    loop {
        let quoted = words[at..].starts_with(QUOTES);
        if !quoted && !out.is_empty() {
            return out;
        }
        let start = at + if quoted { first_length(&words[at..]) } else { 0 };
        let rest = &words[start..];
        let close = match rest.starts_with('《') {
            true => rest.find('》').map(|at| at + '》'.len_utf8()),
            false if quoted => rest.find(QUOTES),
            false => Some(rest.find(|c| ENDS.contains(&c) || QUOTES.contains(&c)).unwrap_or(rest.len())),
        };
        let Some(close) = close else { return out };
        let mut short = &rest[..close];
        if !short.starts_with('《') {
            short = short.split(['(', '（']).next().unwrap_or_default();
            // 颖泰生物证券代码：833819
            for code in lexicon.class("share_code").filter(|_| !quoted) {
                short = short.split(code).next().unwrap_or_default();
            }
        }
        let short = short.trim();
        let names = short.chars().any(char::is_alphabetic) && !short.contains(['，', '。', '：', '、']);
        if SHORT.contains(&short.chars().count()) && names {
            let skipped = rest.len() - rest.trim_start().len();
            out.push(start + skipped..start + skipped + short.len());
        }
        let behind = start + close;
        let next = words[behind..].trim_start_matches(QUOTES).trim_start_matches(['或', '、', '和', '及', '/']);
        let next = words.len() - next.len();
        if !quoted || next == behind || out.is_empty() {
            return out;
        }
        at = next;
    }
}

/// The bytes of the first character.
fn first_length(words: &str) -> usize {
    words.chars().next().map_or(0, char::len_utf8)
}

/// The full name that ends `end` bytes behind `from`, where the sentence begins.
fn full(view: &View<'_>, from: usize, end: usize, short: &str, mentions: &[Mention], surely: bool) -> Option<Span> {
    let words = view.text.get(from..from + end)?;
    let title = |end: usize| Some(Span::new(from + words[..end].rfind('《')?, from + end));
    let close = words.rfind('》').map(|at| at + '》'.len_utf8());
    if let Some(close) = close.filter(|c| *c == end || short.starts_with('《') && end - c <= BEHIND_TITLE) {
        // 同意《…规划》（以下简称《批复》）: not that title's.
        let name = short.trim_start_matches('《').trim_end_matches('》');
        let title = title(close)?;
        let held = Span::new(title.start, from + end).of(view.text);
        return held.contains(|c| name.contains(c)).then_some(title);
    }
    // 新茶饮品牌「未来茶浪」（…）: the marks tell where it begins, too.
    for (open, close) in [("「", "」"), ("『", "』"), ("“", "”"), ("‘", "’")] {
        if let Some(inside) = words.strip_suffix(close) {
            let start = inside.rfind(open)? + open.len();
            let end = name_end(inside, view.lexicon);
            return (start < end).then(|| Span::new(from + start, from + end));
        }
    }
    start::start(view, from + end, short, mentions, surely).map(|start| Span::new(start, from + end))
}
