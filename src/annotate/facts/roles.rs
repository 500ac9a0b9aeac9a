//! Which item fills which role, by type and by the frame's order.

use super::clause::{Item, View};
use crate::annotate::mentions::Kind;
use crate::annotate::values;
use crate::annotation::EntityType;
use crate::schema::{self, Fills, Frame, Pattern, Slot};
use crate::span::Span;

/// A filled role before the entities have their ids.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Filler {
    pub role: String,
    pub what: Filled,
    /// Index of the quantity's value.
    pub quantity: Option<usize>,
    pub span: Span,
}

/// What fills a role.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Filled {
    /// A mention, and the type that the role gives it where it has none of its own.
    Mention(usize, Option<EntityType>),
    /// A value.
    Value(usize),
    /// Words of the text.
    Text,
    /// Words put together from the text.
    Words(String),
    /// A number that the text gives in words (无新增: 0), with its measure word.
    Count(f64, String),
}

/// The fillers that a slot's items give.
pub(crate) fn fill(view: &View<'_>, frame: &Frame, roles: &[String], slot: Slot, items: &[Item]) -> Vec<Filler> {
    items.iter().filter_map(|item| fill_one(view, frame, roles, slot, item)).collect()
}

fn fill_one(view: &View<'_>, frame: &Frame, roles: &[String], slot: Slot, item: &Item) -> Option<Filler> {
    let of_kind = |kind: schema::ValueKind| roles.iter().find(|r| frame.roles[*r].fills == Fills::Value(kind));
    let Some(mention) = item.mention else {
        let value = item.value?;
        let role = match view.values[value].kind {
            values::ValueKind::Money { .. } => of_kind(schema::ValueKind::Money)?,
            values::ValueKind::Count { .. } => of_kind(schema::ValueKind::Count)?,
            values::ValueKind::Time(_) => return None,
        };
        let span = view.values[value].span;
        return Some(Filler { role: role.clone(), what: Filled::Value(value), quantity: None, span });
    };
    let span = view.mentions[mention].span;
    // 全球首台机车下线, 全国多地: the whole world and the whole country do nothing by themselves.
    let class = |class: &str| view.lexicon.is(class, span.of(view.text));
    let everywhere = class("everywhere") && !class("own_country") && !class("own_country_name");
    // 鲁班奖: words that fill a role as they stand.
    let words =
        || Some(Filler { role: of_kind(schema::ValueKind::Text)?.clone(), what: Filled::Text, quantity: None, span });
    let (role, given) = match view.mentions[mention].kind {
        Kind::Entity(kind) => {
            let Some(role) = best_role(frame, roles, kind).filter(|r| !everywhere || r == "place") else {
                return words();
            };
            // A team that is founded is a body, be it called by a common noun (志愿服务队).
            let body = kind == EntityType::Group && frame.roles[&role].fills.first() == Some(EntityType::Organization);
            let founded = body && frame.roles[&role].rank(kind) == Some(1);
            (role, founded.then_some(EntityType::Organization))
        }
        Kind::Pronoun => (best_role(frame, roles, EntityType::Person)?, None),
        Kind::Title => {
            let role = of_kind(schema::ValueKind::Title)?.clone();
            return Some(Filler { role, what: Filled::Text, quantity: None, span });
        }
        // 应急保障机制: what says of what kind a noun is makes no goods of it.
        Kind::Noun if nominal(view, span) => return words(),
        Kind::Noun => match roles.iter().find_map(|r| {
            adopts(frame, r, slot).or_else(|| named(view, frame, r, slot, span)).map(|kind| (r.clone(), kind))
        }) {
            Some((role, kind)) => (role, Some(kind)),
            None => return words(),
        },
    };
    // 首批, 24小时的热线, 10%的产品: what counts batches, hours or parts does not count the thing.
    let quantity = item.value.filter(|v| frame.roles[&role].quantity && view.counts_things(*v));
    Some(Filler { role, what: Filled::Mention(mention, given), quantity, span })
}

/// Whether a noun says only of what kind a thing is that another word names: 任务, 项目.
pub(crate) fn nominal(view: &View<'_>, span: Span) -> bool {
    let last = view.tokens.iter().rfind(|t| span.contains(t.span));
    last.is_some_and(|t| view.lexicon.is("nominal", t.span.of(view.text)))
}

/// The role for a filler of that type: usual before rare, then the frame's order.
fn best_role(frame: &Frame, roles: &[String], kind: EntityType) -> Option<String> {
    roles
        .iter()
        .enumerate()
        .filter_map(|(at, r)| Some((frame.roles[r].rank(kind)?, at, r)))
        .min()
        .map(|(_, _, r)| r.clone())
}

/// The type that a role gives to a noun phrase whose head no lexicon knows: goods and bodies are new every day, names
/// of people and places are not left to guessing.
fn adopts(frame: &Frame, role: &str, slot: Slot) -> Option<EntityType> {
    let Fills::Entity { usual, .. } = &frame.roles[role].fills else { return None };
    let first = frame.roles[role].fills.first()?;
    let object = matches!(slot, Slot::Object | Slot::Disposal | Slot::Modified);
    match first {
        EntityType::Product if object || slot == Slot::Subject => Some(first),
        EntityType::Organization if object && usual.len() == 1 => Some(first),
        _ => None,
    }
}

/// A body where no other type fills the role, of a noun in Latin letters that begins a clause: Movere成立于2008年. It is a name.
fn named(view: &View<'_>, frame: &Frame, role: &str, slot: Slot, span: Span) -> Option<EntityType> {
    let Fills::Entity { usual, .. } = &frame.roles[role].fills else { return None };
    let latin = span.of(view.text).starts_with(|c: char| c.is_ascii_uppercase());
    (slot == Slot::Subject && latin && usual.as_slice() == [EntityType::Organization])
        .then_some(EntityType::Organization)
}

/// Whether a noun that no word list knows can stand in the slot.
pub(crate) fn adopts_any(frame: &Frame, pattern: &Pattern, slot: Slot) -> bool {
    let roles = pattern.slots.get(&slot).map(Vec::as_slice).unwrap_or_default();
    let text = |r: &String| frame.roles[r].fills == Fills::Value(schema::ValueKind::Text);
    roles.iter().any(|r| text(r) || !pattern.known && adopts(frame, r, slot).is_some())
}

/// Whether an item can stand in the slot by its type.
pub(crate) fn takes(view: &View<'_>, frame: &Frame, pattern: &Pattern, slot: Slot, item: &Item) -> bool {
    let Some(roles) = pattern.slots.get(&slot) else { return false };
    let text =
        slot == Slot::Compound && roles.iter().any(|r| frame.roles[r].fills == Fills::Value(schema::ValueKind::Text));
    match item.mention.map(|m| view.mentions[m].kind) {
        Some(Kind::Entity(EntityType::Work | EntityType::Disease | EntityType::Product) | Kind::Noun) if text => true,
        Some(Kind::Entity(kind)) => roles.iter().any(|r| frame.roles[r].rank(kind) == Some(0)),
        _ => false,
    }
}

/// Whether a filler's type usually fills its role (0) or rarely does (1).
pub(super) fn rank(view: &View<'_>, frame: &Frame, filler: &Filler) -> Option<usize> {
    match filler.what {
        Filled::Mention(m, None) => match view.mentions[m].kind {
            Kind::Entity(kind) => frame.roles[&filler.role].rank(kind).map(Into::into),
            _ => None,
        },
        Filled::Mention(_, Some(_)) => Some(0),
        _ => None,
    }
}

/// Whether what is left out can be meant by a filler of an earlier clause: where goods are waited for, goods only.
pub(crate) fn goes_on(view: &View<'_>, frame: &Frame, filler: &Filler) -> bool {
    rank(view, frame, filler) != Some(1) || frame.roles[&filler.role].fills.first() != Some(EntityType::Product)
}
