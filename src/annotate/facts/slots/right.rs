//! What stands behind the trigger.

use super::{Fits, Slots, bodies, first_word, is_aspect, is_noun, quote, slot_of};
use crate::annotate::facts::clause::{Element, ElementKind, Governor, Item, View};
use crate::annotate::mentions::Kind;
use crate::annotate::values::ValueKind;
use crate::annotation::EntityType;
use crate::schema::Slot;
use crate::span::Span;

/// The bracket that closes what the one at `at` opens, if it opens any.
fn closing(view: &View<'_>, elements: &[Element], at: usize, end: usize) -> usize {
    let is = |e: &Element, marks: [&str; 2]| marks.contains(&e.span.of(view.text));
    if !is(&elements[at], ["（", "("]) {
        return at;
    }
    elements[at..end].iter().position(|e| is(e, ["）", ")"])).map_or(at, |n| at + n)
}

/// Fills the slots behind the verb.
pub(super) fn right(view: &View<'_>, elements: &[Element], verb: usize, fits: &Fits<'_>, out: &mut Slots) {
    let takes = |item: &Item| (fits.takes)(Slot::Object, item);
    let adopts = (fits.adopts)(Slot::Object);
    let clause = elements[verb].clause;
    let end = (verb + 1..elements.len()).find(|at| elements[*at].clause != clause).unwrap_or(elements.len());
    let mut at = verb + 1;
    // 采购并向医院运送了口罩: what the second verb has for an object, the first one has too.
    let mut coordinated = false;
    // 开发了全球使用的工具: what does not fit is the subject of a clause that modifies the object.
    let noun = |i: &Item| match (i.mention, i.value) {
        (Some(m), _) => adopts && view.mentions[m].kind == Kind::Noun,
        // 主持一场旨在…的论坛: a number alone counts what is still to come.
        (None, Some(v)) => !matches!(view.values[v].kind, ValueKind::Count { .. }),
        (None, None) => true,
    };
    let fits = |out: &Slots| out.items.get(&Slot::Object).is_some_and(|i| i.iter().any(|i| noun(i) || takes(i)));
    let taken = |out: &Slots| out.items.get(&Slot::Object).is_some_and(|i| i.iter().any(takes));
    let serial = |at: usize| view.lexicon.is("serial", elements[at].span.of(view.text));
    while at < end {
        at = closing(view, elements, at, end);
        match &elements[at].kind {
            ElementKind::Word
                if !out.has(Slot::Object) && view.lexicon.is("coordinator", elements[at].span.of(view.text)) =>
            {
                coordinated = true;
            }
            ElementKind::Phrase { governor: Some(_), .. } if coordinated => {}
            ElementKind::Phrase { governor: Some(governor), .. }
                if *governor != Governor::Goal && !out.has(Slot::Object) && of_behind(elements, at, end).is_some() =>
            {
                // 成立由甲担任组长的小组: what stands before the last 的 modifies the object.
                out.add(Slot::Object, of_behind(elements, at, end).unwrap_or_default());
                break;
            }
            ElementKind::Verb if coordinated && !out.has(Slot::Object) => {}
            // 建成集中安置区: a verb between may modify the object.
            ElementKind::Verb
                if at == verb + 1
                    && at + 1 < end
                    && elements[at + 1].bare().is_some_and(|i| i.iter().all(|i| view.is_product(i) && takes(i)))
                    && !elements[at + 2..end].iter().any(|e| e.is_verb() || e.is_of()) => {}
            // 联合中标的项目: it only says how the next verb is done.
            ElementKind::Verb if at == verb + 1 && view.lexicon.is("jointly", elements[verb].span.of(view.text)) => {
                break;
            }
            // 研发生产车辆: two verbs side by side share their object.
            ElementKind::Verb if at == verb + 1 && serial(verb) && serial(at) => coordinated = true,
            // 投资12亿元建设风电项目: behind a sum, what it is spent on.
            ElementKind::Verb if serial(verb) && serial(at) && only_sums(out) => {}
            // 拨付援助资金225亿元: the verb says what for.
            ElementKind::Verb if sum_behind(view, elements, at, end) => {}
            ElementKind::Phrase { items, governor: Some(governor) } => {
                let governor =
                    if view.lexicon.is("goal", first_word(view, elements, at)) { Governor::Goal } else { *governor };
                if governor == Governor::At {
                    out.place.extend(items.iter().cloned());
                } else if let Some(slot) = slot_of(governor).filter(|s| !out.has(*s)) {
                    out.add(slot, items);
                }
            }
            ElementKind::Phrase { items, governor: None } => {
                let owner = elements.get(at + 1).is_some_and(|e| e.is_of() && at + 1 < end);
                let thing = if owner {
                    elements[at + 2..end].iter().position(|e| e.bare().is_some()).map(|n| at + 2 + n)
                } else {
                    None
                };
                match thing {
                    Some(thing) if items.iter().all(|i| i.mention.is_some()) => {
                        let things = elements[thing].bare().unwrap_or_default();
                        let post =
                            items.iter().all(|i| i.mention.is_some_and(|m| view.mentions[m].kind == Kind::Title));
                        // 联合丹麦的公司: whom the verb joins stands behind 的.
                        let whose = view.lexicon.is("joins", elements[verb].span.of(view.text))
                            && bodies(view, things)
                            && things.iter().all(&takes);
                        // 收治重症、危重症患者的医院: a list of which one member fits.
                        let plain = |i: &Item| i.mention.is_none_or(|m| view.mentions[m].kind == Kind::Noun);
                        let fills = items.iter().any(&takes) && items.iter().all(|i| plain(i) || takes(i));
                        if whose {
                            out.add(Slot::Object, things);
                        } else if !post && !fills {
                            out.add(Slot::Owner, items);
                            out.add(Slot::Object, things);
                        } else {
                            out.add(Slot::Object, items);
                            // 送到武汉的两家医院: in the place, and to whom.
                            let named = |i: &Item| i.mention.is_some_and(|m| view.mentions[m].named);
                            let body = |m: usize| {
                                matches!(
                                    view.mentions[m].kind,
                                    Kind::Entity(EntityType::Organization | EntityType::Group)
                                )
                            };
                            let bodies = things.iter().all(|i| takes(i) && !named(i) && i.mention.is_some_and(body));
                            out.add(if bodies { Slot::Object } else { Slot::Modified }, things);
                            out.relative = !bodies;
                        }
                        at = thing;
                    }
                    // 该所疫情防控领导小组: the first of two bodies side by side is whose the second is.
                    _ if bodies(view, items)
                        && elements.get(at + 1).and_then(Element::bare).is_some_and(|i| bodies(view, i)) => {}
                    _ => out.add(Slot::Object, items),
                }
            }
            ElementKind::Of => {
                let head = elements[at + 1..end].iter().find_map(Element::bare);
                if let Some(head) =
                    head.filter(|h| out.has(Slot::Object) && !only_sums(out) && !taken(out) && h.iter().all(takes))
                {
                    // 提供全天候的服务: what stood between modifies the object.
                    out.items.remove(&Slot::Object);
                    out.add(Slot::Object, head);
                } else if let Some(head) = head {
                    out.add(Slot::Modified, head);
                    out.relative = true;
                }
                break;
            }
            ElementKind::Verb => {
                // 采购一线急需符合标准的物资: the verbs belong to what modifies the object.
                let of = elements[at..end].iter().position(Element::is_of).map(|n| at + n);
                match of {
                    Some(of) if !fits(out) || elements[at - 1].bare().is_some() && at == verb + 2 => {
                        // 举行的抗议暴力的活动: what fits is the head, wherever it stands.
                        let heads = || elements[of + 1..end].iter().filter_map(Element::bare);
                        let fitting = heads().find(|h| h.iter().any(&takes));
                        if let Some(head) = fitting.or_else(|| heads().next()) {
                            out.items.remove(&Slot::Object);
                            out.add(Slot::Object, head);
                        }
                        break;
                    }
                    _ => break,
                }
            }
            _ => {}
        }
        at += 1;
    }
    // What is said to follow: the next verb phrase of the clause, else the next clause.
    let next = (verb + 1..end).find(|a| elements[*a].is_verb()).map(|a| elements[a].span.start);
    let clauses = &view.sentence.clauses;
    let rest = match next {
        Some(start) => clauses.get(clause).map(|c| Span::new(start, c.end)),
        None => clauses.get(clause + 1).copied(),
    };
    if let Some(rest) = rest.filter(|_| !is_noun(view, elements, verb)) {
        out.text.insert(Slot::Next, rest);
    }
    let mut said = elements[verb].span.end;
    if let Some(aspect) = elements.get(verb + 1).filter(|_| is_aspect(view, elements, verb + 1)) {
        said = aspect.span.end;
    }
    if let Some(quote) = quote(view, said) {
        out.text.insert(Slot::Quote, quote);
    }
}

/// Whether all that the object holds so far is money.
fn only_sums(out: &Slots) -> bool {
    out.items.get(&Slot::Object).is_some_and(|items| items.iter().all(|i| i.mention.is_none()))
}

/// Whether 资金, 款 … and a sum follow the verb directly.
fn sum_behind(view: &View<'_>, elements: &[Element], at: usize, end: usize) -> bool {
    let sum = |e: &Element| e.bare().is_some_and(|i| i.iter().all(|i| i.mention.is_none()));
    let word = |at: usize| elements.get(at).map_or("", |e| e.span.of(view.text));
    // 发放贷款5亿元: the verb is the sum itself.
    let own = at + 1 < end && view.lexicon.is("sum", word(at)) && sum(&elements[at + 1]);
    own || at + 2 < end && view.lexicon.is("sum", word(at + 1)) && sum(&elements[at + 2])
}

/// The phrase behind the last 的 before `end`, where a verb stands between here and there.
fn of_behind(elements: &[Element], at: usize, end: usize) -> Option<&[Item]> {
    let of = elements[at..end].iter().rposition(Element::is_of).map(|n| at + n)?;
    if !elements[at..of].iter().any(Element::is_verb) {
        return None;
    }
    elements[of + 1..end].iter().find_map(Element::bare)
}
