//! Polarity and modality of what a verb states, from the words before it in its clause.

use super::clause::{Element, ElementKind, View};
use crate::annotation::{Modality, Polarity};

/// The status of the verb at `verb`.
pub(crate) fn status(view: &View<'_>, elements: &[Element], verb: usize) -> (Polarity, Modality) {
    let clause = elements[verb].clause;
    let mut polarity = Polarity::Positive;
    let mut modality = Modality::Actual;
    let word = |at: usize| elements[at].span.of(view.text);
    // Inside a relative clause only its own words count, so the scan ends at the first 的 to the left.
    for at in (0..verb).rev().take_while(|at| elements[*at].clause == clause && !elements[*at].is_of()) {
        if !matches!(elements[at].kind, ElementKind::Word | ElementKind::Verb) {
            continue;
        }
        // 不富裕的某州捐赠了: what stands before a noun says nothing of the verb.
        let denies = view.lexicon.is("negative", word(at)) && elements[at + 1].bare().is_none();
        if denies {
            polarity = Polarity::Negative;
        }
        if view.lexicon.is("possible", word(at)) {
            modality = Modality::Possible;
        } else if view.lexicon.is("planned", word(at)) && modality == Modality::Actual {
            modality = Modality::Planned;
        }
    }
    // 已, 累计 and 了 say that it is done, whatever else stands there.
    let behind = (verb + 1..elements.len()).take(1);
    let done = behind
        .chain((0..verb).rev().take(2))
        .any(|at| elements[at].clause == clause && view.lexicon.is("completed", word(at)));
    if done && modality == Modality::Planned {
        modality = Modality::Actual;
    }
    let speaks = view.lexicon.speech.contains(word(verb));
    if !done && !speaks && modality == Modality::Actual && intended(view, elements, verb) {
        modality = Modality::Planned;
    }
    (polarity, modality)
}

/// Whether an earlier clause of the sentence says of this one too that it is intended: 该省将扩大试点，并建设三座医院. What
/// has a subject of its own is no longer meant.
fn intended(view: &View<'_>, elements: &[Element], verb: usize) -> bool {
    let mut clause = elements[verb].clause;
    let mut before = verb;
    while clause > 0 {
        let first = elements[..before].iter().rposition(|e| e.clause != clause).map_or(0, |at| at + 1);
        if elements[first..before].iter().any(|e| e.bare().is_some_and(|i| view.is_known(i))) {
            return false;
        }
        clause -= 1;
        let end = elements.iter().rposition(|e| e.clause == clause).map_or(first, |at| at + 1);
        let start = elements[..end].iter().rposition(|e| e.clause != clause).map_or(0, |at| at + 1);
        let says = |class: &str| {
            elements[start..end].iter().any(|e| e.bare().is_none() && view.lexicon.is(class, e.span.of(view.text)))
        };
        if says("intends") {
            return !says("completed");
        }
        let main = elements[start..end].iter().position(Element::is_verb).map_or(end, |at| start + at);
        before = main.max(start);
    }
    false
}
