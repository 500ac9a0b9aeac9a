//! Facts that a name states by beginning with another one: 上海市地震局机关党委 beside 上海市地震局.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Draft, Filled, Filler};
use crate::annotate::coreference::Referent;
use crate::annotate::mentions::Mention;
use crate::annotate::names_organization;
use crate::annotate::segment::Sentence;
use crate::annotate::token::Token;
use crate::annotation::Modality;
use crate::lexicon::Lexicon;
use crate::schema::Schema;
use crate::span::Span;

/// The facts that the names of a document state. A name inside another counts only where it stands by itself too.
pub(crate) fn facts(
    text: &str,
    sentences: &[Sentence],
    tokens: &[Vec<Token>],
    mentions: &[Mention],
    referents: &[Referent],
    schema: &Schema,
    lexicon: &Lexicon,
) -> Vec<Draft> {
    let ends: FxHashSet<usize> = tokens.iter().flatten().map(|t| t.span.end).collect();
    let mut out = Vec::new();
    for frame in schema.frames() {
        for (index, pattern) in frame.patterns.iter().enumerate() {
            let Some(containment) = &pattern.containment else { continue };
            for (inner, outer) in contained(text, mentions, referents, &ends, lexicon) {
                let filler = |role: &String, mention: usize| Filler {
                    role: role.clone(),
                    what: Filled::Mention(mention, None),
                    quantity: None,
                    span: mentions[mention].span,
                };
                out.push(Draft {
                    frame: frame.name.clone(),
                    pattern: index,
                    trigger: None,
                    evidence: clause(sentences, mentions[inner].span),
                    fillers: vec![filler(&containment.name, inner), filler(&containment.begins, outer)],
                    polarity: pattern.polarity,
                    modality: Modality::Actual,
                    read: true,
                    confidence: pattern.confidence,
                });
            }
        }
    }
    out
}

/// Mentions whose name begins with another organisation's, with a mention of that: the longest, and its first one. The
/// other name ends where a word does: 中国银行业协会 is no part of 中国银行.
fn contained(
    text: &str,
    mentions: &[Mention],
    referents: &[Referent],
    ends: &FxHashSet<usize>,
    lexicon: &Lexicon,
) -> Vec<(usize, usize)> {
    let organizations = |referent: &Referent| {
        let named = |m: &usize| names_organization(&mentions[*m]);
        referent.mentions.iter().copied().filter(named).collect::<Vec<_>>()
    };
    // By its words, each mention with its referent.
    let mut called: FxHashMap<&str, Vec<(usize, usize)>> = FxHashMap::default();
    for (at, referent) in referents.iter().enumerate() {
        for mention in organizations(referent) {
            called.entry(mentions[mention].span.of(text)).or_default().push((mention, at));
        }
    }
    let mut out = Vec::new();
    let mut told: FxHashSet<(usize, usize)> = FxHashSet::default();
    for (at, referent) in referents.iter().enumerate() {
        for inner in organizations(referent) {
            let span = mentions[inner].span;
            let name = span.of(text);
            let outer = name.char_indices().rev().find_map(|(end, _)| {
                let (outer, rest) = name.split_at(end);
                let others = || called.get(outer)?.iter().filter(|(_, other)| *other != at).min();
                let whole = outer.chars().count() > 2 && ends.contains(&(span.start + outer.len()));
                // 甲会 and 北约盟国 are no parts, whatever a name was taken for.
                // 远航集团 is 远航, and a museum of an army no part of it.
                let parts = whole && rest.chars().count() > 1 && !lexicon.is("named_after", rest);
                if parts { others() } else { None }
            });
            if let Some((outer, other)) = outer
                && told.insert((at, *other))
            {
                out.push((inner, *outer));
            }
        }
    }
    out
}

/// The clause in which a mention stands.
fn clause(sentences: &[Sentence], span: Span) -> Span {
    let sentence =
        sentences.get(sentences.partition_point(|s| s.span.end < span.end)).filter(|s| s.span.contains(span));
    let clauses = sentence.map_or(&[][..], |s| &s.clauses);
    clauses.iter().find(|c| c.contains(span)).copied().unwrap_or(span)
}
