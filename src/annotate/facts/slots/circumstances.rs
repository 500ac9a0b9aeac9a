//! Time, place and purpose of what a verb states.

use super::Slots;
use crate::annotate::facts::clause::{Element, ElementKind, Governor, View};
use crate::annotate::mentions::Kind;
use crate::annotate::values::ValueKind;
use crate::annotation::EntityType;
use crate::schema::Slot;
use crate::span::Span;

/// Time, place and purpose around the verb.
pub(super) fn circumstances(view: &View<'_>, elements: &[Element], verb: usize, out: &mut Slots) {
    let clause = elements[verb].clause;
    // 2012年奥运会场馆: the year of an event that is only named.
    let names = |value: usize| {
        let event = |m: usize| {
            let mention = &view.mentions[m];
            mention.kind == Kind::Entity(EntityType::Activity) && mention.span.start == view.values[value].span.end
        };
        is_year(view, value) && view.range.clone().any(event)
    };
    let when = |e: &Element| time(e).filter(|value| !names(*value));
    out.time = if speaks(view, &elements[verb]) {
        spoken(view, elements, verb)
    } else {
        // The nearest time before the verb in the sentence, else the first behind it in the clause.
        let behind = || elements[verb..].iter().take_while(|e| e.clause == clause).find_map(when);
        // 14日会见来华出席会议的甲: what describes somebody has no part in when he is met.
        let own = |e: &&Element| !(out.relative && e.clause == clause && e.is_verb());
        elements[..verb].iter().rev().take_while(own).find_map(when).or_else(behind)
    };
    // Where the clauses before were is not where somebody speaks.
    if out.place.is_empty() && !speaks(view, &elements[verb]) {
        // 在武汉，…: a clause of its own says where, or one of an event; in 在武汉落地，… it is where somebody landed.
        for (at, element) in elements[..verb].iter().enumerate().filter(|(_, e)| e.clause < clause) {
            if let ElementKind::Phrase { items, governor: Some(Governor::At) } = &element.kind
                && (!elements[at..].iter().take_while(|e| e.clause == element.clause).any(Element::is_verb)
                    || elements[..at].iter().any(|e| e.clause == element.clause && is_event(view, e)))
            {
                out.place = items.clone();
            }
        }
    }
    // 用于…, 支持…: to the end of its clause, in this clause or the next.
    for element in elements[verb + 1..].iter().take_while(|e| e.clause <= clause + 1) {
        // …，当地村民支持…: a subject of its own says what somebody else does.
        if element.clause > clause && element.bare().is_some_and(|i| view.is_known(i)) {
            break;
        }
        let word = element.span.of(view.text);
        let marker = view.lexicon.is("purpose_marker", word);
        // 提供技术指导、支持: a noun in a list or at the end says of no purpose.
        let goes_on = || {
            let rest = view.tokens.iter().find(|t| t.span.start >= element.span.end).map(|t| t.span.of(view.text));
            rest.is_some_and(|w| w.chars().all(char::is_alphanumeric) && !view.lexicon.is("and", w) && w != "的")
        };
        if marker || view.lexicon.is("purpose", word) && goes_on() {
            if let Some(c) = view.sentence.clauses.get(element.clause) {
                // 用于 only opens the purpose, 支持 is part of it.
                let start = if marker { element.span.end } else { element.span.start };
                out.text.insert(Slot::Purpose, Span::new(start, c.end));
            }
            break;
        }
    }
}

/// When something is said: what stands behind the verb, or behind another one of speech, is the time of what is told;
/// and a year in another clause is of what happened in it.
fn spoken(view: &View<'_>, elements: &[Element], verb: usize) -> Option<usize> {
    elements[..verb]
        .iter()
        .rev()
        .take_while(|e| !speaks(view, e))
        .filter_map(|e| Some((e, time(e)?)))
        .find(|(e, value)| e.clause == elements[verb].clause || !is_year(view, *value))
        .map(|(_, value)| value)
}

fn is_year(view: &View<'_>, value: usize) -> bool {
    matches!(&view.values[value].kind, ValueKind::Time(t) if t.len() == "2020".len())
}

fn speaks(view: &View<'_>, element: &Element) -> bool {
    element.bare().is_none() && view.lexicon.speech.contains(element.span.of(view.text))
}

fn is_event(view: &View<'_>, element: &Element) -> bool {
    let event = |m: usize| view.mentions[m].kind == Kind::Entity(EntityType::Activity);
    element.bare().is_some_and(|items| items.iter().any(|i| i.mention.is_some_and(event)))
}

fn time(element: &Element) -> Option<usize> {
    match element.kind {
        ElementKind::Time(value) => Some(value),
        _ => None,
    }
}
