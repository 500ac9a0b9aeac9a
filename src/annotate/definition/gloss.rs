//! Short names in brackets that no word introduces: 国际货币基金组织（IMF）, 上海合作组织（上合组织）.

use super::Definition;
use super::start::spread;
use crate::annotate::mentions::{Kind, Mention, View};
use crate::annotate::short_names::is_anothers;
use crate::annotation::EntityType;
use crate::lexicon::longest_suffix;
use crate::span::Span;

/// In characters, such a short name has so many.
const SHORT: std::ops::RangeInclusive<usize> = 2..=6;

/// The short names that stand in brackets directly behind what is read as the name of a body or an event.
pub(super) fn glosses<'a>(view: &'a View<'_>, mentions: &'a [Mention]) -> impl Iterator<Item = Definition> + 'a {
    let named =
        |m: &&Mention| m.named && matches!(m.kind, Kind::Entity(EntityType::Organization | EntityType::Activity));
    mentions.iter().filter(named).filter_map(|m| gloss(view, m))
}

fn gloss(view: &View<'_>, read: &Mention) -> Option<Definition> {
    let Kind::Entity(kind) = read.kind else { return None };
    let behind = view.text.get(read.span.end..)?;
    let inside = behind.strip_prefix(['(', '（'])?;
    let start = read.span.end + behind.len() - inside.len();
    let short = &inside[..inside.find([')', '）'])?];
    let full = read.span.of(view.text);
    let count = short.chars().count();
    let shorter = SHORT.contains(&count) && count < full.chars().count();
    if !shorter || !(initials(view, full, short) || shortened(view, full, short)) {
        return None;
    }
    Some(Definition { full: read.span, short: Span::new(start, start + short.len()), kind })
}

/// Whether `short` may be the initials of a body's foreign name; those of a firm are as often its share, and a hospital has
/// an ICU.
fn initials(view: &View<'_>, full: &str, short: &str) -> bool {
    let suffixes = &view.lexicon.organization_suffixes;
    let body =
        longest_suffix(full, suffixes).is_some_and(|s| !matches!(suffixes[s].kind.as_str(), "company" | "hospital"));
    body && short.bytes().all(|b| b.is_ascii_uppercase())
}

/// Whether `short` takes its characters from `full` and is no piece of it that says where, what or whose it is (复旦大学
/// （上海）).
fn shortened(view: &View<'_>, full: &str, short: &str) -> bool {
    let lexicon = view.lexicon;
    let common = lexicon.places.contains_key(short)
        || lexicon.organization_suffixes.contains_key(short)
        || lexicon.activities.contains(short)
        || lexicon.is("firm_tail", short)
        || is_anothers(full, short, lexicon);
    !common && short.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)) && spread(full, short).is_some()
}
