//! What stands before the trigger.

use super::{Slots, bodies, governed, opener, slot_of};
use crate::annotate::facts::clause::{Element, ElementKind, Governor, Item, View};
use crate::annotate::facts::roles;
use crate::annotate::values::ValueKind;
use crate::schema::Slot;
use crate::span::Span;

/// Fills the slots before the verb, or before what the verb used as a noun is about.
pub(super) fn left(view: &View<'_>, elements: &[Element], verb: usize, compound: Option<usize>, out: &mut Slots) {
    let clause = elements[verb].clause;
    let in_clause = |at: usize| elements[at].clause == clause;
    let mut subject: Option<usize> = None;
    let mut crossed = false;
    let last = compound.unwrap_or(verb);
    let mut at = adverbial(view, elements, last);
    // 在开幕式上致辞: where it happens, all the same.
    for element in &elements[at..last] {
        if let ElementKind::Phrase { items, governor: Some(Governor::At) } = &element.kind {
            out.place.extend(items.iter().cloned());
        }
    }
    while at > 0 && in_clause(at - 1) {
        at = opening(view, elements, at - 1);
        match &elements[at].kind {
            ElementKind::Phrase { items, governor: Some(governor) } => {
                let modifies_subject = subject.is_some_and(|s| elements[at + 1..s].iter().any(Element::is_of));
                if let Some(s) = subject
                    && !modifies_subject
                    && elements[at + 1..s].iter().any(Element::is_verb)
                {
                    break;
                }
                match governor {
                    // 在京会见出席会议的专家: where they met, not where the meeting is.
                    Governor::At if out.relative && crossed => {}
                    Governor::At => out.place.extend(items.iter().cloned()),
                    // Of what modifies the subject only its origin belongs to the event.
                    _ if modifies_subject && *governor != Governor::From => {}
                    // What another verb between has taken.
                    _ if crossed && matches!(governor, Governor::Goal) => {}
                    // 来自江苏的医疗队: whose it is.
                    Governor::From
                        if modifies_subject
                            && !out.has(Slot::Owner)
                            && view.lexicon.is("native", opener(view, elements, at)) =>
                    {
                        out.add(Slot::Owner, items);
                        out.add(Slot::From, items);
                    }
                    _ => {
                        if let Some(slot) = slot_of(*governor).filter(|s| !out.has(*s)) {
                            out.add(slot, items);
                        }
                    }
                }
            }
            ElementKind::Phrase { items, governor: None } => {
                if let Some(s) = subject {
                    let adjacent = at + 1 == s || (at + 2 == s && elements[at + 1].is_of());
                    if adjacent && !out.has(Slot::Owner) {
                        out.add(Slot::Owner, items);
                        continue;
                    }
                    break;
                }
                let before = at.checked_sub(1).filter(|b| in_clause(*b));
                // 配合甲公司疫苗研发: whose the compound is.
                let whose = compound == Some(at + 1) && bodies(view, items);
                let object_of_verb = !whose && governed(view, elements, at);
                let modifier = elements.get(at + 1).is_some_and(Element::is_of);
                // 收到华茂集团捐赠的呼吸机: behind a verb, but the subject of the relative clause.
                let joined =
                    || elements[at + 1..verb].iter().any(|e| view.lexicon.is("coordinator", e.span.of(view.text)));
                let sum = items.iter().all(|i| i.mention.is_none());
                if object_of_verb && !modifier && out.relative && !crossed && !sum && !joined() {
                    out.add(Slot::Subject, items);
                    break;
                }
                if modifier || object_of_verb {
                    // 投入80万元购置消毒车: the sum of the first verb is that of the second.
                    if sum {
                        out.add(Slot::Object, items);
                    }
                    // 甲局联合乙局发布公告: whom the first verb joins takes part in the second.
                    if object_of_verb && !modifier && joins(view, elements, at) && !out.has(Slot::With) {
                        out.add(Slot::With, items);
                    }
                    crossed = true;
                    continue;
                }
                // 24小时内批复: a number alone is no subject.
                let counts = |i: &Item| {
                    let count = |v: usize| matches!(view.values[v].kind, ValueKind::Count { .. });
                    i.mention.is_none() && i.value.is_some_and(count)
                };
                if items.iter().all(counts) {
                    continue;
                }
                // 研究中心加班加点: behind a name, a noun nobody knows is no subject.
                let named = before.and_then(|b| elements[b].bare()).is_some_and(|i| view.is_known(i));
                if named && !view.is_known(items) {
                    continue;
                }
                out.add(Slot::Subject, items);
                subject = Some(at);
            }
            // 疫情发生以来: what stands before says when.
            ElementKind::Word
                if subject.is_none()
                    && at > 0
                    && in_clause(at - 1)
                    && elements[at - 1].is_verb()
                    && view.lexicon.is("circumstance_end", elements[at].span.of(view.text)) =>
            {
                break;
            }
            // 山西捐赠的…: the verb beyond belongs to another phrase.
            ElementKind::Of if subject.is_none() && crossed => break,
            ElementKind::Verb => {
                if subject.is_some_and(|s| !elements[at..s].iter().any(Element::is_of)) {
                    break;
                }
                // 提交支援一线的决心书: the subject beyond is that of the other verb; but 接到生产口罩的任务.
                let things =
                    out.items.get(&Slot::Object).is_some_and(|items| items.iter().any(|i| i.mention.is_some()));
                let head = out.items.get(&Slot::Modified).filter(|_| things).into_iter().flatten();
                let head: Vec<Span> = head.filter_map(|i| Some(view.mentions[i.mention?].span)).collect();
                if subject.is_none() && !head.is_empty() && !head.iter().any(|h| roles::nominal(view, *h)) {
                    break;
                }
                // 共收到社会捐款: who receives does not give, and who gives is not said.
                if subject.is_none() && view.lexicon.is("receive", elements[at].span.of(view.text)) {
                    out.relative = true;
                    break;
                }
                crossed = true;
            }
            _ => {}
        }
    }
}

/// Where 在…时, 在…中 begins that stands directly before `verb`, else `verb`: who acts stands before it (甲在举行发布会时表示).
fn adverbial(view: &View<'_>, elements: &[Element], verb: usize) -> usize {
    let clause = elements[verb].clause;
    let words = |at: &usize| elements[*at].clause == clause && elements[*at].kind == ElementKind::Word;
    let closes = |at: &usize| view.lexicon.is("adverbial_end", elements[*at].span.of(view.text));
    let Some(end) = (0..verb).rev().take_while(words).find(closes) else { return verb };
    let opens = |at: &usize| {
        let start = elements[*at].span.start;
        let from = elements[..*at].last().filter(|e| e.clause == clause).map_or(start, |e| e.span.end);
        let from = if elements[*at].kind == ElementKind::Word { from } else { start.min(from) };
        let within = view.tokens.iter().filter(|t| t.span.start >= from && t.span.start <= start);
        within.into_iter().any(|t| view.lexicon.is("adverbial", t.span.of(view.text)))
    };
    (0..=end).rev().take_while(|at| elements[*at].clause == clause).find(opens).unwrap_or(verb)
}

/// Whether the verb before the phrase at `at` says no more than that somebody acts together with it: 联合, 会同.
fn joins(view: &View<'_>, elements: &[Element], at: usize) -> bool {
    at > 0 && view.lexicon.is("joins", elements[at - 1].span.of(view.text))
}

/// The bracket that opens what the one at `at` closes, if it closes any: what stands in brackets has no part in the clause.
fn opening(view: &View<'_>, elements: &[Element], at: usize) -> usize {
    let is = |e: &Element, marks: [&str; 2]| marks.contains(&e.span.of(view.text));
    if !is(&elements[at], ["）", ")"]) {
        return at;
    }
    elements[..at]
        .iter()
        .rposition(|e| is(e, ["（", "("]))
        .filter(|o| elements[*o].clause == elements[at].clause)
        .unwrap_or(at)
}
