//! Members of a list by the noun that closes it: 光鸡、光鸭等农产品 are goods, 云帆资本、凌波等企业 are firms.

use super::{Candidate, Kind, View};
use crate::annotate::token::Pos;
use crate::annotation::EntityType;

/// Gives the members of closed lists, whose heads no word list knows, the type of the noun that closes the list.
pub(crate) fn settle(view: &View<'_>, chosen: &mut [Candidate]) {
    for class in 1..chosen.len() {
        let Kind::Entity(kind) = chosen[class].kind else { continue };
        if chosen[class].named {
            continue;
        }
        let Some(mut end) = closing(view, chosen[class].tokens.start) else { continue };
        for member in (0..class).rev() {
            if chosen[member].tokens.end != end {
                break;
            }
            if let Some(named) = becomes(view, &chosen[member], kind) {
                chosen[member].kind = Kind::Entity(kind);
                chosen[member].named = named;
            }
            let Some(joiner) = chosen[member].tokens.start.checked_sub(1) else { break };
            if !view.is("and", joiner) {
                break;
            }
            end = joiner;
        }
    }
}

/// Where the list ends that 等, 等3家 or 等多款 before `class` closes.
fn closing(view: &View<'_>, class: usize) -> Option<usize> {
    let mut at = class.checked_sub(1)?;
    while at > 0 && (matches!(view.pos(at), Pos::Number | Pos::Measure) || view.in_value(at) || view.is("vague", at)) {
        at -= 1;
    }
    (at > 0 && view.is("but", at)).then_some(at)
}

/// Whether `member` is of `kind`, and then whether its words name one.
fn becomes(view: &View<'_>, member: &Candidate, kind: EntityType) -> Option<bool> {
    let latin = member.tokens.clone().all(|at| view.pos(at) == Pos::Latin);
    let unknown = latin || member.tokens.clone().any(|at| !view.tokens[at].known);
    match (member.kind, kind) {
        (Kind::Noun, EntityType::Product | EntityType::Group) => Some(false),
        (Kind::Noun, EntityType::Organization | EntityType::Activity) if unknown => Some(true),
        // AIKNEE等多款产品, whatever the tagger thinks of it.
        (Kind::Entity(EntityType::Organization), EntityType::Product) if latin => Some(false),
        // 紫光华山等3家企业: a place that no list knows.
        (Kind::Entity(EntityType::Place), EntityType::Organization)
            if !view.lexicon.places.contains_key(view.words(&member.tokens)) && member.tokens.len() > 1 =>
        {
            Some(true)
        }
        _ => None,
    }
}
