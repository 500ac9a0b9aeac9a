//! Names by the tagger's weights, in the sentence and elsewhere in the document.

use std::ops::Range;

use super::organization::is_nameless_team;
use super::{Candidate, Kind, View};
use crate::annotate::repair::is_no_name;
use crate::annotate::token::Pos;
use crate::annotation::EntityType;
use crate::span::Span;

/// A name found elsewhere reaches over at most so many words.
const LONGEST: usize = 6;

/// Proposes the names that the tagger finds here, and those that it found elsewhere in the document.
pub(crate) fn propose(view: &View<'_>, out: &mut Vec<Candidate>) {
    let new =
        |out: &[Candidate], tokens: &Range<usize>, kind| !out.iter().any(|c| c.tokens == *tokens && c.kind == kind);
    // 400箱苹果: what is counted is no firm.
    let goods = |tokens: &Range<usize>| {
        let counted = tokens.start > 0 && matches!(view.pos(tokens.start - 1), Pos::Measure | Pos::Number);
        counted && tokens.len() == 1 && view.lexicon.products.contains(view.word(tokens.start))
    };
    let nameless = |tokens: &Range<usize>, kind| kind == EntityType::Organization && is_nameless_team(view, tokens);
    // 共和国 closes the name before it, and is none by itself.
    let none = |tokens: &Range<usize>, kind| {
        kind == EntityType::Place
            && is_no_name(view.text, view.span(tokens), &view.tokens[tokens.clone()], view.lexicon)
    };
    for name in &view.names.names {
        let kind = Kind::Entity(name.kind);
        let tokens = view.tokens_of(name.span).filter(|tokens| new(out, tokens, kind) && !goods(tokens));
        let tokens = tokens.filter(|tokens| !nameless(tokens, name.kind) && !none(tokens, name.kind));
        if let Some(tokens) = tokens {
            out.push(Candidate { tokens, kind, named: true, source: "tagger", worth: f64::from(name.confidence) });
        }
    }
    for start in (0..view.tokens.len()).filter(|at| view.known.begins(view.word(*at))) {
        for end in start + 1..=(start + LONGEST).min(view.tokens.len()) {
            let tokens = start..end;
            for (entity, confidence) in view.known.names(view.words(&tokens)) {
                let kind = Kind::Entity(entity);
                if new(out, &tokens, kind) && !goods(&tokens) && !nameless(&tokens, entity) && !none(&tokens, entity) {
                    let tokens = tokens.clone();
                    out.push(Candidate { tokens, kind, named: true, source: "name elsewhere", worth: confidence });
                }
            }
        }
    }
}

impl View<'_> {
    /// The tokens that cover exactly `span`.
    pub fn tokens_of(&self, span: Span) -> Option<Range<usize>> {
        let start = self.tokens.binary_search_by_key(&span.start, |t| t.span.start).ok()?;
        let end = self.tokens.binary_search_by_key(&span.end, |t| t.span.end).ok()? + 1;
        (start < end).then_some(start..end)
    }
}
