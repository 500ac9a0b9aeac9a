//! Listed names of firms that are ordinary words as well: 小而美的消费, 设施联通, 抗议浪潮.

use std::ops::Range;

use super::{Candidate, Kind, View};
use crate::annotate::token::Pos;
use crate::annotation::EntityType;

/// Sources that know of the words no more than that they are listed, or were taken for a name before.
const LISTS: [&str; 4] = ["organization list", "dictionary", "tagger", "name elsewhere"];

/// A list of firms is looked through so far, in members.
const MEMBERS: usize = 12;

/// Whether `candidate` reads such a word as a firm where nothing around it says so.
pub(super) fn is_word(view: &View<'_>, candidate: &Candidate) -> bool {
    candidate.kind == Kind::Entity(EntityType::Organization)
        && LISTS.contains(&candidate.source)
        && view.lexicon.ordinary_organizations.contains(view.words(&candidate.tokens))
        && !is_told(view, &candidate.tokens)
}

/// Whether the words around `tokens` tell that they name a firm: a list of firms, a post in it, what it says or does.
fn is_told(view: &View<'_>, tokens: &Range<usize>) -> bool {
    let next = view.word(tokens.end);
    let before = tokens.start.checked_sub(1);
    let opens = before.is_none_or(|at| matches!(view.pos(at), Pos::Punctuation | Pos::Time) && !view.is("and", at));
    // 联想宣布收购…, 小米将发布….
    let verb = |at: usize| view.lexicon.speech.contains(view.word(at)) || view.states(at);
    let does = opens && (verb(tokens.end) || view.is("planned", tokens.end) && verb(tokens.end + 1));
    let adjective = before.is_some_and(|at| matches!(view.pos(at), Pos::Adjective | Pos::Adverb));
    // 小米手机: what the firm makes.
    let makes = !adjective && view.lexicon.products.contains(next);
    // 电商平台 + 亚马逊: what the firm is, where the words are not what that does (平台联通各方).
    let described = before.is_some_and(|at| view.is("describes", at)) && !view.pos(tokens.end).is_nominal();
    does || makes || described || view.lexicon.titles.contains(next) || is_listed_among(view, tokens)
}

/// Whether the words stand in a list of which another member is a firm beyond doubt: 吉利、小米、赛力斯.
fn is_listed_among(view: &View<'_>, tokens: &Range<usize>) -> bool {
    let member = |at: usize| view.lexicon.organizations.contains_key(view.word(at));
    let sure = |at: usize| member(at) && !view.lexicon.ordinary_organizations.contains(view.word(at));
    let right = (0..MEMBERS).map(|n| tokens.end + 2 * n).take_while(|at| view.is("and", *at));
    let left = (0..MEMBERS).map_while(|n| (tokens.start).checked_sub(2 * n + 1)).take_while(|at| view.is("and", *at));
    right.map(|at| at + 1).any(sure) || left.filter_map(|at| at.checked_sub(1)).any(sure)
}
