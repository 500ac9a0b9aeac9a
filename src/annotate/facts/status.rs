//! Polarity and modality of what a verb states, from the words before it in its clause.

use super::clause::{Element, ElementKind, View};
use crate::annotation::{Modality, Polarity};

/// The status of the verb at `verb`.
pub(crate) fn status(view: &View<'_>, elements: &[Element], verb: usize) -> (Polarity, Modality) {
    let clause = elements[verb].clause;
    let mut polarity = Polarity::Positive;
    let mut modality = Modality::Actual;
    // Inside a relative clause only its own words count, so the scan ends at the first 的 to the left.
    for element in elements[..verb].iter().rev().take_while(|e| e.clause == clause && !e.is_of()) {
        if !matches!(element.kind, ElementKind::Word | ElementKind::Verb) {
            continue;
        }
        let word = element.span.of(view.text);
        if view.lexicon.is("negative", word) {
            polarity = Polarity::Negative;
        }
        if view.lexicon.is("possible", word) {
            modality = Modality::Possible;
        } else if view.lexicon.is("planned", word) && modality == Modality::Actual {
            modality = Modality::Planned;
        }
    }
    // 已, 累计 and 了 say that it is done, whatever else stands there.
    let done = elements[verb + 1..]
        .iter()
        .take(1)
        .chain(elements[..verb].iter().rev().take(2))
        .any(|e| e.clause == clause && view.lexicon.is("completed", e.span.of(view.text)));
    if done && modality == Modality::Planned {
        modality = Modality::Actual;
    }
    (polarity, modality)
}
