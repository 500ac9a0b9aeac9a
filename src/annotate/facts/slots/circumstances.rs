//! Time, place and purpose of what a verb states.

use super::Slots;
use crate::annotate::facts::clause::{Element, ElementKind, Governor, View};
use crate::schema::Slot;
use crate::span::Span;

/// Time, place and purpose around the verb.
pub(super) fn circumstances(view: &View<'_>, elements: &[Element], verb: usize, out: &mut Slots) {
    let clause = elements[verb].clause;
    // The nearest time before the verb in the sentence, else the first behind it in the clause.
    // 14日会见出席会议的专家: the time before another verb is not that of what modifies its object.
    let own = out.relative.then(|| elements[..verb].iter().rposition(|e| e.clause == clause && e.is_verb())).flatten();
    let before = elements[own.unwrap_or_default()..verb].iter().rev().find_map(time);
    let behind = || elements[verb..].iter().take_while(|e| e.clause == clause).find_map(time);
    out.time = before.or_else(behind);
    if out.place.is_empty() {
        for element in elements[..verb].iter().filter(|e| e.clause < clause) {
            if let ElementKind::Phrase { items, governor: Some(Governor::At) } = &element.kind {
                out.place = items.clone();
            }
        }
    }
    // 用于…, 支持…: to the end of its clause, in this clause or the next.
    for element in elements[verb + 1..].iter().take_while(|e| e.clause <= clause + 1) {
        let word = element.span.of(view.text);
        let marker = view.lexicon.is("purpose_marker", word);
        if marker || view.lexicon.is("purpose", word) {
            if let Some(c) = view.sentence.clauses.get(element.clause) {
                // 用于 only opens the purpose, 支持 is part of it.
                let start = if marker { element.span.end } else { element.span.start };
                out.text.insert(Slot::Purpose, Span::new(start, c.end));
            }
            break;
        }
    }
}

fn time(element: &Element) -> Option<usize> {
    match element.kind {
        ElementKind::Time(value) => Some(value),
        _ => None,
    }
}
