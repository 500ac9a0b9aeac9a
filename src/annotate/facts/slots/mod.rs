//! What stands in the grammatical places beside a trigger.

mod circumstances;
mod compound;
mod quote;

use std::collections::BTreeMap;

use circumstances::circumstances;
pub(super) use quote::quote;

use super::clause::{Element, ElementKind, Governor, Item, View};
use super::roles;
use crate::annotate::mentions::{Kind, Mention};
use crate::annotate::values::ValueKind;
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

/// Fills the slots before the verb, or before what the verb used as a noun is about.
fn left(view: &View<'_>, elements: &[Element], verb: usize, compound: Option<usize>, out: &mut Slots) {
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

/// The bracket that closes what the one at `at` opens, if it opens any.
fn closing(view: &View<'_>, elements: &[Element], at: usize, end: usize) -> usize {
    let is = |e: &Element, marks: [&str; 2]| marks.contains(&e.span.of(view.text));
    if !is(&elements[at], ["（", "("]) {
        return at;
    }
    elements[at..end].iter().position(|e| is(e, ["）", ")"])).map_or(at, |n| at + n)
}

fn right(view: &View<'_>, elements: &[Element], verb: usize, fits: &Fits<'_>, out: &mut Slots) {
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

/// Whether all items are organisations.
pub(super) fn bodies(view: &View<'_>, items: &[Item]) -> bool {
    let body = |m: usize| view.mentions[m].kind == Kind::Entity(EntityType::Organization);
    items.iter().all(|i| i.mention.is_some_and(body))
}

/// The phrase behind the last 的 before `end`, where a verb stands between here and there.
fn of_behind(elements: &[Element], at: usize, end: usize) -> Option<&[Item]> {
    let of = elements[at..end].iter().rposition(Element::is_of).map(|n| at + n)?;
    if !elements[at..of].iter().any(Element::is_verb) {
        return None;
    }
    elements[of + 1..end].iter().find_map(Element::bare)
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
