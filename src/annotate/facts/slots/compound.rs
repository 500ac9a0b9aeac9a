//! A trigger used as a noun, and what it is about: 开展疫苗研发, 从事口罩的研发、生产, 对药物进行筛选和研究.

use super::{acts, bodies, is_aspect};
use crate::annotate::facts::clause::{Element, ElementKind, Governor, Item, View};
use crate::span::Span;

/// What a trigger used as a noun is about.
#[derive(Debug)]
pub(super) struct Compound<'a> {
    /// Index of the phrase.
    pub at: usize,
    pub items: &'a [Item],
    /// The whole of it with the trigger, where a verb governs it.
    pub text: Option<Span>,
}

/// What the trigger at `verb` is about as a noun. `takes` says whether an item can be that by its type.
pub(super) fn compound<'a>(
    view: &View<'_>,
    elements: &'a [Element],
    verb: usize,
    takes: impl Fn(&Item) -> bool,
) -> Option<Compound<'a>> {
    let clause = elements[verb].clause;
    // 疫苗研发团队, 疫苗研发的周期: what follows is spoken of.
    let behind = elements.get(verb + 1).filter(|e| e.clause == clause);
    if behind.is_some_and(|e| e.is_of() || e.bare().is_some() && e.span.start == elements[verb].span.end) {
        return None;
    }
    let mut at = verb.checked_sub(1)?;
    let mut light = false;
    while is_light(view, &elements[at]) || elements[at].is_verb() || joins(view, elements, at) {
        light |= is_light(view, &elements[at]);
        at = at.checked_sub(1).filter(|b| elements[*b].span.end == elements[*b + 1].span.start)?;
    }
    let of = elements[at].is_of();
    let at = if of { at.checked_sub(1)? } else { at };
    let ElementKind::Phrase { items, governor } = &elements[at].kind else { return None };
    if elements[at].clause != clause || !items.iter().any(takes) {
        return None;
    }
    let (start, before) = beginning(view, elements, at);
    let governed = match before {
        Some(b) if is_aspect(view, elements, b) => b.checked_sub(1),
        before => before,
    };
    let governed = governed.is_some_and(|b| is_light(view, &elements[b]));
    let stated = match governor {
        None if light || governed => true,
        // 加大对新兴市场的产品研发: what is spoken of stands behind 对.
        None if before.is_some_and(|b| is_to(&elements[b])) => true,
        None => before.map_or(of, |b| elements[b].bare().is_some_and(|i| bodies(view, i))),
        Some(Governor::To) => true,
        // 主营业务为口罩的研发; not 为口罩生产提供.
        Some(Governor::For) => of,
        Some(_) => false,
    };
    let text = governed.then(|| Span::new(start, elements[verb].span.end));
    stated.then_some(Compound { at, items, text })
}

/// Whether the word only carries a verb used as a noun: 开展, 进行.
fn is_light(view: &View<'_>, element: &Element) -> bool {
    matches!(element.kind, ElementKind::Verb | ElementKind::Word)
        && view.lexicon.is("light", element.span.of(view.text))
}

fn is_to(element: &Element) -> bool {
    matches!(element.kind, ElementKind::Phrase { governor: Some(Governor::To), .. })
}

/// 、 or 和 between two verbs.
fn joins(view: &View<'_>, elements: &[Element], at: usize) -> bool {
    at > 0 && view.lexicon.is("and", elements[at].span.of(view.text)) && elements[at - 1].is_verb()
}

/// Where the noun phrase begins that ends with the phrase at `at`, and what stands before it in its clause:
/// 开展 医疗隔离服的材料 研发.
fn beginning(view: &View<'_>, elements: &[Element], mut at: usize) -> (usize, Option<usize>) {
    let inner = |e: &Element| e.is_of() || e.bare().is_some_and(|i| !acts(view, i));
    loop {
        let start = elements[at].span.start;
        let Some(before) = at.checked_sub(1).filter(|b| elements[*b].clause == elements[at].clause) else {
            return (start, None);
        };
        if elements[at].bare().is_none() && !elements[at].is_of() || !inner(&elements[before]) {
            return (start, Some(before));
        }
        at = before;
    }
}
