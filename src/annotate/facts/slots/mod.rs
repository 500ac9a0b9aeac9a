//! What stands in the grammatical places beside a trigger.

mod circumstances;
mod compound;
mod left;
mod quote;
mod right;

use std::collections::BTreeMap;

use circumstances::circumstances;
use left::left;
pub(super) use quote::quote;
use right::right;

use super::clause::{Element, ElementKind, Governor, Item, View};
use crate::annotate::mentions::{Kind, Mention};
use crate::annotation::EntityType;
use crate::schema::Slot;
use crate::span::Span;

/// The slots beside one trigger.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Slots {
    /// Items by slot, in the order of the text.
    pub items: BTreeMap<Slot, Vec<Item>>,
    /// Stretches of words for slots that hold text: the purpose, what follows.
    pub text: BTreeMap<Slot, Span>,
    /// Index of the time element nearest to the trigger.
    pub time: Option<usize>,
    /// Where it happened, from 在….
    pub place: Vec<Item>,
    /// Whether the trigger heads a relative clause.
    pub relative: bool,
}

impl Slots {
    fn add(&mut self, slot: Slot, items: &[Item]) {
        let there = self.items.entry(slot).or_default();
        for item in items {
            if !there.contains(item) {
                there.push(item.clone());
            }
        }
    }

    /// Whether the slot holds anything.
    pub fn has(&self, slot: Slot) -> bool {
        self.items.get(&slot).is_some_and(|i| !i.is_empty())
    }
}

/// What can fill the slots of a pattern.
pub(crate) struct Fits<'a> {
    /// Whether an item can by its type: the object itself (支援武汉的血液), or what the verb used as a noun is about.
    pub takes: &'a dyn Fn(Slot, &Item) -> bool,
    /// Whether a noun that no word list knows can.
    pub adopts: &'a dyn Fn(Slot) -> bool,
}

/// Fills the slots around the verb at `verb`.
pub(crate) fn slots(view: &View<'_>, elements: &[Element], verb: usize, fits: &Fits<'_>) -> Slots {
    let mut out = Slots::default();
    right(view, elements, verb, fits, &mut out);
    let compound = compound::compound(view, elements, verb, |item| (fits.takes)(Slot::Compound, item));
    if let Some(found) = &compound {
        out.add(Slot::Compound, found.items);
        out.text.extend(found.text.map(|text| (Slot::Compound, text)));
    }
    left(view, elements, verb, compound.map(|c| c.at), &mut out);
    specified(view, elements, verb, &mut out);
    circumstances(view, elements, verb, &mut out);
    out
}

/// Adds to the goods of a slot what the next clause says they are: 捐赠了一批物资，包括口罩、手套等.
fn specified(view: &View<'_>, elements: &[Element], verb: usize, out: &mut Slots) {
    let clause = elements[verb].clause + 1;
    let Some(start) = elements.iter().position(|e| e.clause == clause) else { return };
    let Some(slot) = [Slot::Object, Slot::Disposal, Slot::Modified, Slot::Subject].into_iter().find(|slot| {
        let goods = out.items.get(slot).into_iter().flatten();
        goods.clone().any(|i| i.mention.is_some()) && goods.clone().all(|i| i.mention.is_none() || view.is_product(i))
    }) else {
        return;
    };
    let within = || elements[start..].iter().take_while(|e| e.clause == clause);
    let words: Vec<&str> = within().take_while(|e| e.bare().is_none()).map(|e| e.span.of(view.text)).collect();
    let lists = |w: &&str| view.lexicon.is("list_intro", w) && !view.lexicon.is("total", w);
    // 其中三批已运抵: something else is said of a part.
    if words.len() > 2 || !words.iter().any(lists) || within().skip(words.len()).any(Element::is_verb) {
        return;
    }
    let named = within().filter_map(Element::bare).flatten().filter(|i| i.mention.is_some() && view.is_product(i));
    out.add(slot, &named.cloned().collect::<Vec<_>>());
}

fn slot_of(governor: Governor) -> Option<Slot> {
    Some(match governor {
        Governor::To => Slot::To,
        Governor::For => Slot::For,
        Governor::Disposal => Slot::Disposal,
        Governor::By => Slot::By,
        Governor::From => Slot::From,
        Governor::With => Slot::With,
        Governor::Through => Slot::Through,
        Governor::Goal => Slot::Goal,
        Governor::At => return None,
    })
}

/// Whether the phrase at `at` is the object of the verb before it, and not the subject of the next one as well.
pub(super) fn is_object(view: &View<'_>, elements: &[Element], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).filter(|b| elements[*b].clause == elements[at].clause) else { return false };
    let verb = elements[before].span.of(view.text);
    // 全国有84个城市制定了方案: those there are act.
    let exist =
        || view.lexicon.is("exists", verb) && elements[at].bare().is_some_and(|i| acts(view, i) || places(view, i));
    let pivot = || view.lexicon.is("pivot", verb) || exist();
    elements[before].is_verb() && !pivot() || is_aspect(view, elements, before)
}

/// Whether a verb governs the phrase at `at`, be it over what modifies it: 携带捐赠的物资.
pub(super) fn governed(view: &View<'_>, elements: &[Element], at: usize) -> bool {
    let modified = || {
        let of = at.checked_sub(1).filter(|of| elements[*of].is_of() && elements[*of].clause == elements[at].clause)?;
        let verb = elements[..of].iter().rposition(|e| !e.is_verb())? + 1;
        (verb + 1 < of).then_some(())
    };
    is_object(view, elements, at) || modified().is_some()
}

pub(super) fn is_aspect(view: &View<'_>, elements: &[Element], at: usize) -> bool {
    elements[at].kind == ElementKind::Word
        && view.lexicon.is("aspect", elements[at].span.of(view.text))
        && at > 0
        && elements[at - 1].is_verb()
}

/// Whether the verb at `verb` is the object of another or describes a noun: 开展抗疫合作, 合作的成果.
fn is_noun(view: &View<'_>, elements: &[Element], verb: usize) -> bool {
    let clause = elements[verb].clause;
    let of = elements.get(verb + 1).is_some_and(|e| e.is_of() && e.clause == clause);
    let before = verb.checked_sub(1).map(|b| &elements[b]).filter(|e| e.clause == clause);
    of || before.is_some_and(|e| e.is_verb() && view.lexicon.is("light", e.span.of(view.text)))
}

/// Whether all items are organisations.
pub(super) fn bodies(view: &View<'_>, items: &[Item]) -> bool {
    let body = |m: usize| view.mentions[m].kind == Kind::Entity(EntityType::Organization);
    items.iter().all(|i| i.mention.is_some_and(body))
}

/// The preposition of the phrase at `at`.
fn opener<'a>(view: &View<'a>, elements: &[Element], at: usize) -> &'a str {
    let span = elements[at].span;
    view.tokens.iter().find(|t| span.contains(t.span)).map_or("", |t| t.span.of(view.text))
}

fn first_word<'a>(view: &View<'a>, elements: &[Element], at: usize) -> &'a str {
    let words = elements[at].span.of(view.text);
    words.chars().next().map_or("", |c| &words[..c.len_utf8()])
}

/// Whether one of the items is somebody who acts.
fn acts(view: &View<'_>, items: &[Item]) -> bool {
    let actor = |m: usize| {
        matches!(
            view.mentions[m].kind,
            Kind::Pronoun | Kind::Entity(EntityType::Organization | EntityType::Person | EntityType::Group)
        )
    };
    items.iter().any(|i| i.mention.is_some_and(actor))
}

/// Whether all items are places with a name or a number: 北京, 24个省份.
fn places(view: &View<'_>, items: &[Item]) -> bool {
    let told = |m: &Mention| m.named || m.source == "counted regions";
    let place = |m: &Mention| told(m) && m.kind == Kind::Entity(EntityType::Place);
    items.iter().all(|i| i.mention.is_some_and(|m| place(&view.mentions[m])))
}
