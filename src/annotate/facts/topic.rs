//! Topics: what the clauses of a paragraph are about, for subjects that are left out.

use super::clause::{Element, ElementKind, Governor, Item, View};
use crate::annotate::mentions::Kind;
use crate::annotate::names_organization;
use crate::annotation::EntityType;
use crate::span::Span;

/// What one clause was about.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Topic {
    pub items: Vec<Item>,
    /// Whose they are: 江苏淮安 of 江苏淮安首批33吨蔬菜.
    pub owner: Vec<Item>,
    pub paragraph: usize,
    /// Whether it said something; what is said is not said of the speaker.
    pub speaks: bool,
    /// The sentence, where the clause said what must be done; the clauses behind it there go on with that.
    pub asked: Option<Span>,
}

/// The possessor of what a clause is about: the phrase directly before it, with or without 的.
pub(crate) fn owner_of(elements: &[Element], items: &[Item]) -> Vec<Item> {
    let at = elements.iter().position(|e| e.bare().is_some_and(|i| i == items));
    let before = at.and_then(|at| {
        let before = at.checked_sub(1)?;
        let of = elements[before].is_of();
        let before = if of { before.checked_sub(1)? } else { before };
        match &elements[before].kind {
            // 来自上海的盒饭.
            ElementKind::Phrase { items, governor: Some(Governor::From) } if of => Some(items.as_slice()),
            _ => elements[before].bare(),
        }
    });
    before.map(<[Item]>::to_vec).unwrap_or_default()
}

/// Whether a clause reports speech.
pub(crate) fn speaks(view: &View<'_>, elements: &[Element]) -> bool {
    let said = elements.iter().position(|e| e.bare().is_none() && view.lexicon.speech.contains(e.span.of(view.text)));
    // 宣布提供贷款, 表示将收购: what is said has no subject of its own, so that it is said of the speaker.
    let next =
        |at: usize| elements[at + 1..].iter().find(|e| !matches!(e.kind, ElementKind::Word | ElementKind::Time(_)));
    said.is_some_and(|at| !next(at).is_some_and(Element::is_verb))
}

/// Whether a clause says what must be done, or who wants it done: 各地要…, 通知要求….
pub(crate) fn asks(view: &View<'_>, elements: &[Element]) -> bool {
    let is = |e: &Element, class: &str| view.lexicon.is(class, e.span.of(view.text));
    let verb = elements.iter().position(|e| e.is_verb() && !is(e, "must"));
    let wanted = |at: usize| {
        let free = matches!(elements[at].kind, ElementKind::Word | ElementKind::Verb);
        free && is(&elements[at], "demand") && (at == 0 || !is(&elements[at - 1], "negative"))
    };
    elements[..verb.unwrap_or(elements.len())].iter().any(|e| is(e, "must")) || (0..elements.len()).any(wanted)
}

/// What the clause whose elements are `elements` is about, where it says so itself.
pub(crate) fn topic_of(view: &View<'_>, elements: &[Element]) -> Option<Vec<Item>> {
    let first = elements.first()?;
    // 对…, 为…, 随着… set a circumstance, no topic; and what 由 and 被 mark acts.
    match &first.kind {
        ElementKind::Phrase { governor: Some(Governor::By), items } => return Some(items.clone()),
        ElementKind::Word | ElementKind::Verb if view.lexicon.is("context", first.span.of(view.text)) => return None,
        _ => {}
    }
    let verb = elements.iter().position(Element::is_verb).unwrap_or(elements.len());
    // V…的N at the head of the clause: N is what it is about.
    let head = elements.iter().rposition(Element::is_of).filter(|of| {
        let ends = elements[of + 1..].iter().position(|e| e.bare().is_some());
        ends.is_some() && elements[of + 1..].iter().all(|e| !e.is_verb())
    });
    let subject = elements[..verb].iter().enumerate().rfind(|(at, e)| {
        // 一个人: a number alone is no topic.
        // and a post alone is nobody in particular.
        let named = |i: &Item| i.mention.is_some_and(|m| view.mentions[m].kind != Kind::Title);
        e.bare().is_some_and(|i| view.is_known(i) && i.iter().any(named))
            && !elements.get(at + 1).is_some_and(Element::is_of)
    });
    // 满载着切糕的卡车: what somebody is doing modifies a noun.
    let doing = elements.get(verb + 1).is_some_and(|e| view.lexicon.is("lasting", e.span.of(view.text)));
    if doing && let Some(of) = elements[verb..].iter().position(Element::is_of).map(|of| verb + of) {
        return elements[of + 1..].iter().find_map(|e| e.bare().map(<[Item]>::to_vec));
    }
    // 山西捐赠的防疫物资: 的 stands behind the verb.
    let relative = head.filter(|of| *of == verb + 1);
    match (relative, subject) {
        (Some(of), _) => elements[of + 1..].iter().find_map(|e| e.bare().map(<[Item]>::to_vec)),
        (None, Some((_, e))) => e.bare().map(<[Item]>::to_vec),
        (None, None) => {
            // 正在调查此事的法院，3日公布了…: a name behind 的 that closes the clause is who the next one is about.
            let closes = |of: &usize| {
                let mut behind = elements[of + 1..].iter().filter(|e| e.kind != ElementKind::Word);
                let named = behind.next().and_then(Element::bare);
                named.is_some_and(|i| i.iter().all(|i| names_actor(view, i))) && behind.next().is_none()
            };
            let of = head.filter(|of| verb > *of || closes(of))?;
            elements[of + 1..].iter().find_map(|e| e.bare().map(<[Item]>::to_vec))
        }
    }
}

/// Whether an item is somebody or a body with a name.
fn names_actor(view: &View<'_>, item: &Item) -> bool {
    item.mention
        .map(|m| &view.mentions[m])
        .is_some_and(|m| names_organization(m) || m.named && m.kind == Kind::Entity(EntityType::Person))
}
