//! What one pattern of a frame makes of a trigger.

use super::assign::assign;
use super::clause::{self, Element, Item, View};
use super::topic::Topic;
use super::{Context, Draft, Filled, Filler, roles, slots, status};
use crate::annotate::mentions::{Kind, Mention};
use crate::annotate::names_organization;
use crate::annotate::token::Pos;
use crate::annotate::trace::{Lack, Refusal};
use crate::annotation::{EntityType, Polarity};
use crate::schema::{Frame, Pattern, Slot};
use crate::span::Span;

/// A subject left out is looked for this many clauses back.
const REACH: usize = 8;
/// What a fact loses of its confidence when its subject is carried from another clause.
const ELIDED: f64 = 0.85;

/// What one pattern makes of the trigger at `verb`: facts, or why none.
pub(super) fn attempt(
    view: &View<'_>,
    elements: &[Element],
    verb: usize,
    frame: &Frame,
    index: usize,
    context: &Context,
) -> Result<Vec<Draft>, Refusal> {
    let pattern = &frame.patterns[index];
    let topics = context.topics.as_slice();
    let trigger = elements[verb].span;
    forbidden(view, elements, verb, frame, pattern)?;
    let mut slots = of_pattern(view, elements, verb, frame, pattern);
    // 为 says to whom, where the pattern does not part it from 向.
    if !pattern.slots.contains_key(&Slot::For) {
        let whom = slots.items.remove(&Slot::For).unwrap_or_default();
        slots.items.entry(Slot::To).or_default().extend(whom);
    }
    // 来自江苏的医疗队: where it is from is whose it is, if the pattern asks for that.
    if pattern.slots.contains_key(&Slot::Owner) && slots.items.get(&Slot::From) == slots.items.get(&Slot::Owner) {
        slots.items.remove(&Slot::From);
    }
    if pattern.slots.contains_key(&Slot::At) {
        slots.items.insert(Slot::At, slots.place.clone());
    }
    let clause = view.sentence.clauses.get(elements[verb].clause).copied().unwrap_or(trigger);
    if !pattern.awaits(Span::new(trigger.end, clause.end).of(view.text)) {
        return Err(Refusal::forbidden(format!("none of {} behind it", pattern.object_has.join(", "))));
    }
    if !pattern.follows(Span::new(view.sentence.span.start, trigger.start).of(view.text)) {
        return Err(Refusal::forbidden(format!("none of {} before it", pattern.preceded_by.join(", "))));
    }
    let mut fillers = assign(view, frame, pattern, &slots);
    let mut elided = false;
    // 仅捐赠的大米就有20万斤: a relative clause that opens its clause speaks of the topic.
    let opens = elements[..verb]
        .iter()
        .rev()
        .take_while(|e| e.clause == elements[verb].clause)
        .all(|e| e.kind == clause::ElementKind::Word);
    // 通知指出: who speaks through it is left out.
    let through = pattern.slots.contains_key(&Slot::Quote)
        && slots.items.get(&Slot::Subject).is_some_and(|items| items.iter().all(|i| is_paper(view, i)));
    let subject = pattern
        .slots
        .get(&Slot::Subject)
        .filter(|_| pattern.elide && (through || !slots.has(Slot::Subject)) && (!slots.relative || opens));
    // 由甲集团领投: who acts is what the clause itself is about; what is left out is an earlier topic.
    let own = topics.last().is_some_and(|t| t.items.iter().any(|i| fillers.iter().any(|f| i.span.contains(f.span))));
    let topics = &topics[..topics.len() - usize::from(own)];
    // 与乙公司签约: the other side is named, and who it is the other side of is left out.
    let with = |r: &String| {
        slots.has(Slot::With)
            && !pattern.slots.get(&Slot::Object).is_some_and(|o| o.contains(r))
            && pattern.slots.get(&Slot::With).is_some_and(|w| w.contains(r))
    };
    let named = |r: &String| fillers.iter().filter(|f| f.role == *r).count();
    let wanted = |r: &String| pattern.needs.iter().filter(|n| n.roles.contains(r)).map(|n| n.count).max();
    // 携手乙公司: of those who act together one is named, and the other one left out.
    let filled = |r: &String| named(r) > 0 && !with(r) && wanted(r).is_none_or(|n| named(r) >= n);
    // 各领域合作持续拓展: of those who act together the clause itself names one.
    let subject = subject.filter(|roles| !roles.iter().any(|r| wanted(r).is_some_and(|n| n > 1) && named(r) == 0));
    // 将口罩运往武汉: where the goods are named, who sends them is left out.
    let there = [Slot::Disposal, Slot::Object].iter().filter_map(|s| slots.items.get(s)).flatten();
    let there: Vec<Span> = there.filter_map(|i| Some(view.mentions[i.mention?].span)).collect();
    let goods = !slots.relative
        && fillers.iter().any(|f| there.contains(&f.span) && subject.is_some_and(|all| all.contains(&f.role)));
    let roles: Vec<String> = subject.into_iter().flatten().filter(|r| !filled(r)).cloned().collect();
    let left_out = subject.is_some_and(|all| roles.len() == all.len() || goods && !roles.is_empty());
    if left_out {
        let turn = match (pattern.slots.contains_key(&Slot::Quote), verb) {
            (true, 0) => Turn::Resumes,
            (true, _) => Turn::Speaks,
            (false, _) => Turn::Acts,
        };
        let asked = turn == Turn::Acts && context.asked == Some(view.sentence.span);
        let (found, owner) = if asked { Default::default() } else { from_topics(view, frame, &roles, topics, turn) };
        elided = !found.is_empty();
        fillers.extend(found);
        if let Some(roles) = pattern.slots.get(&Slot::Owner).filter(|_| !slots.has(Slot::Owner)) {
            let owners = roles::fill(view, frame, roles, Slot::Owner, owner);
            fillers.extend(owners.into_iter().filter(|_| elided));
        }
    }
    // 开辟专线，将大米运往武汉: what 将 marks is not what went before.
    let marked = slots.has(Slot::Disposal);
    for role in pattern.carry.iter().filter(|_| !marked) {
        if !fillers.iter().any(|f| f.role == *role) {
            let taken: Vec<Span> = fillers.iter().map(|f| f.span).collect();
            let mut found = carried(view, elements, verb, frame, role, &taken);
            // 甲被任命为总裁: of the body that the sentence before spoke of.
            if found.is_empty() && frame.roles[role].fills.first() == Some(EntityType::Organization) {
                found = from_topics(view, frame, std::slice::from_ref(role), topics, Turn::Belongs).0;
            }
            fillers.extend(found.into_iter().filter(|f| !taken.contains(&f.span)));
        }
        // An event is spoken of until another one is: 孙丽、李梅等参加。
        let event = frame.roles[role].fills.first() == Some(EntityType::Activity);
        if event && !fillers.iter().any(|f| f.role == *role) && slots.has(Slot::Subject) && says_no_more(elements, verb)
        {
            fillers.extend(told(role, &fillers, context));
        }
    }
    counted(view, elements, verb, frame, pattern, &slots, &mut fillers);
    circumstances(view, frame, pattern, &slots, &mut fillers);
    for group in &pattern.needs {
        if !group.met(|r| fillers.iter().filter(|f| f.role == r).count()) {
            return Err(unmet(pattern, &group.roles, &slots));
        }
    }
    if fillers.len() < 2 && !pattern.joins {
        return Err(Refusal::unmet("fewer than two roles filled", Lack::Object));
    }
    let (mut polarity, modality) = status::status(view, elements, verb);
    if pattern.polarity == Polarity::Negative {
        polarity = Polarity::Negative;
    }
    let confidence = pattern.confidence * if elided { ELIDED } else { 1.0 };
    let draft = Draft {
        frame: frame.name.clone(),
        pattern: index,
        trigger: Some(trigger),
        evidence: evidence(view, clause, &fillers),
        fillers,
        polarity,
        modality,
        read: true,
        confidence,
    };
    let clause = elements[verb].clause;
    let each =
        elements[..verb].iter().any(|e| e.clause == clause && view.lexicon.is("respectively", e.span.of(view.text)));
    Ok(if pattern.each && each { split(draft, pattern) } else { vec![draft] })
}

/// What a reader must see of the sentence: the clause of the trigger, and those that hold a filler.
fn evidence(view: &View<'_>, clause: Span, fillers: &[Filler]) -> Span {
    let whole = |at: usize| view.sentence.clauses.get(view.clause_of(at)).copied();
    fillers
        .iter()
        .filter(|f| view.sentence.span.contains(f.span))
        .flat_map(|f| [whole(f.span.start), whole(f.span.end.saturating_sub(1)), Some(f.span)])
        .flatten()
        .fold(clause, Span::join)
}

/// What stands in the slots beside the trigger, as one pattern sees it.
pub(super) fn of_pattern(
    view: &View<'_>,
    elements: &[Element],
    verb: usize,
    frame: &Frame,
    pattern: &Pattern,
) -> slots::Slots {
    let fits = slots::Fits {
        takes: &|slot, item| roles::takes(view, frame, pattern, slot, item),
        adopts: &|slot| roles::adopts_any(frame, pattern, slot),
    };
    slots::slots(view, elements, verb, &fits)
}

/// What a pattern lacks that needs one of these roles.
fn unmet(pattern: &Pattern, roles: &[String], slots: &slots::Slots) -> Refusal {
    let from =
        || pattern.slots.iter().filter(|(_, fills)| fills.iter().any(|r| roles.contains(r))).map(|(slot, _)| *slot);
    let lack = if from().any(|slot| slots.has(slot)) {
        Lack::Type
    } else if from().any(|slot| matches!(slot, Slot::Subject | Slot::By)) {
        Lack::Subject
    } else {
        Lack::Object
    };
    Refusal::unmet(format!("no {}", roles.join(" or ")), lack)
}

/// Whether words beside the trigger forbid the pattern.
fn forbidden(
    view: &View<'_>,
    elements: &[Element],
    verb: usize,
    frame: &Frame,
    pattern: &Pattern,
) -> Result<(), Refusal> {
    let trigger = elements[verb].span;
    let sentence = view.sentence.span;
    let behind = Span::new(trigger.end, sentence.end).of(view.text);
    let before = Span::new(sentence.start, trigger.start).of(view.text);
    let next = view.tokens.iter().find(|t| t.span.start >= trigger.end).map_or("", |t| t.span.of(view.text));
    if let Some(reason) = pattern.refused(before, behind) {
        return Err(Refusal::forbidden(reason));
    }
    // 参加活动: the noun is what the pattern waits for.
    let object = elements.get(verb + 1).and_then(Element::bare).and_then(<[Item]>::first);
    let takes = |i: &Item| roles::takes(view, frame, pattern, Slot::Object, i);
    let waited = object.is_some_and(|i| i.span.start == trigger.end && takes(i));
    // 疫苗研发工作: a pattern that reads the trigger as a noun does so here.
    let noun = pattern.slots.contains_key(&Slot::Compound);
    // 成立70周年: behind a number, what counts years makes a noun of the trigger.
    let mut counted =
        view.tokens.iter().skip_while(|t| t.span.start < trigger.end).skip_while(|t| t.pos == Pos::Number);
    let years = counted.next().map_or(Span::default(), |t| t.span);
    let mut years_since = || counted.next().map_or(years, |t| years.join(t.span));
    // 成立70年 + 来的成就.
    if view.lexicon.is("anniversary", years.of(view.text))
        || view.lexicon.is("anniversary", years_since().of(view.text))
    {
        return Err(Refusal::forbidden("an anniversary"));
    }
    if view.lexicon.is("nominal", next) && !waited && !noun {
        return Err(Refusal::forbidden(format!("{next} behind it")));
    }
    let closes = view.lexicon.is("but", next);
    let listed = view.lexicon.is("and", next) || closes;
    if listed
        && !noun
        && verb > 0
        // 在设施建设、人才培训等领域; but 到总局考察并召开座谈会. 现代化改造等项目: what 等 closes is a noun.
        && (elements[verb - 1].bare().is_some()
            || closes && view.tokens.iter().any(|t| t.span.end == trigger.start && t.pos.is_nominal())
            || next == "、" && matches!(elements[verb - 1].kind, clause::ElementKind::Phrase { .. }))
        && elements[verb - 1].span.end == trigger.start
    {
        return Err(Refusal::forbidden("a noun in a list"));
    }
    // What is asked is not stated; but who asks is (记者问：…？).
    if !pattern.slots.contains_key(&Slot::Quote) && view.is_question() {
        return Err(Refusal { lack: Some(Lack::Question), reason: "a question".into() });
    }
    let clause = elements[verb].clause;
    let word = |at: usize| elements[at].span.of(view.text);
    let asked = (0..verb)
        .filter(|at| matches!(elements[*at].kind, clause::ElementKind::Word | clause::ElementKind::Verb))
        .filter(|at| elements[*at].clause == clause && view.lexicon.is("demand", word(*at)))
        // 不愿透露姓名的官员表示: who does not want something else says it all the same.
        .find(|at| at.checked_sub(1).is_none_or(|b| !view.lexicon.is("negative", word(b))))
        .map(word);
    match asked {
        Some(word) => Err(Refusal::forbidden(format!("{word} asks for it"))),
        None => Ok(()),
    }
}

/// What a verb without a subject says, for who its subject may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// What is done. What somebody says is not said of the speaker.
    Acts,
    /// What is said: who spoke in this sentence goes on, not the one spoken of (甲表示，乙…，强调…).
    Speaks,
    /// What is said, at the head of a sentence: by who spoke last, however far back (公报说…).
    Resumes,
    /// Whose a post or a part is: of who speaks of it, too (甲公司宣布，总经理…).
    Belongs,
}

/// The subject that the clauses before were about, where it may fill one of the roles, and whose that is.
pub(super) fn from_topics<'a>(
    view: &View<'_>,
    frame: &Frame,
    roles: &[String],
    topics: &'a [Topic],
    turn: Turn,
) -> (Vec<Filler>, &'a [Item]) {
    let near = || topics.iter().rev().take(REACH).take_while(|t| t.paragraph == view.sentence.paragraph);
    let here = |t: &&Topic| t.items.iter().all(|i| view.sentence.span.contains(i.span));
    let spoke = match turn {
        Turn::Acts | Turn::Belongs => None,
        Turn::Speaks => near().take_while(here).find(|t| t.speaks),
        Turn::Resumes => topics.iter().rev().find(|t| t.speaks),
    };
    spoke
        .into_iter()
        .chain(near())
        .map(|t| (t, roles::fill(view, frame, roles, Slot::Subject, &known(view, &t.items))))
        .map(|(t, found)| (t, found.into_iter().filter(|f| roles::goes_on(view, frame, f)).collect::<Vec<_>>()))
        .find(|(_, found)| !found.is_empty())
        // What must be done is not done.
        .filter(|(topic, _)| turn != Turn::Acts || !topic.speaks && topic.asked != Some(view.sentence.span))
        .map(|(topic, found)| (found, topic.owner.as_slice()))
        .unwrap_or_default()
}

/// Items whose type is known; a noun nobody knows is no topic for another clause.
fn known(view: &View<'_>, items: &[Item]) -> Vec<Item> {
    items.iter().filter(|i| i.mention.is_some_and(|m| view.mentions[m].kind != Kind::Noun)).cloned().collect()
}

/// What an earlier clause of the sentence, or an earlier verb of this one, spoke of, for a role left out here.
fn carried(
    view: &View<'_>,
    elements: &[Element],
    verb: usize,
    frame: &Frame,
    role: &String,
    taken: &[Span],
) -> Vec<Filler> {
    let clause = elements[verb].clause;
    (0..verb)
        .rev()
        .filter(|at| elements[*at].clause < clause || slots::governed(view, elements, *at))
        .filter_map(|at| match &elements[at].kind {
            clause::ElementKind::Phrase { items, .. } => Some(items),
            _ => None,
        })
        .map(|items| roles::fill(view, frame, std::slice::from_ref(role), Slot::Subject, &known(view, items)))
        .find(|found| !found.is_empty() && !found.iter().any(|f| taken.contains(&f.span)))
        .unwrap_or_default()
}

/// A number without a noun counts what an earlier clause spoke of: 生产口罩，已供应武汉200万只.
fn counted(
    view: &View<'_>,
    elements: &[Element],
    verb: usize,
    frame: &Frame,
    pattern: &Pattern,
    slots: &slots::Slots,
    fillers: &mut Vec<Filler>,
) {
    let object = pattern.slots.get(&Slot::Object).into_iter().flatten();
    let Some(role) = object.filter(|r| frame.roles[*r].quantity).find(|r| !fillers.iter().any(|f| f.role == **r))
    else {
        return;
    };
    let number = |i: &&Item| i.mention.is_none() && i.value.is_some_and(|v| view.counts_things(v));
    // Before a noun it counts that.
    let last = slots.items.get(&Slot::Object).and_then(|items| items.last());
    let Some(value) = last.filter(number).and_then(|i| i.value) else { return };
    let found = carried(view, elements, verb, frame, role, &[]);
    if let [one] = &found[..] {
        fillers.push(Filler { quantity: Some(value), ..one.clone() });
    }
}

/// Whether the clause is a subject and the verb.
fn says_no_more(elements: &[Element], verb: usize) -> bool {
    let clause = elements[verb].clause;
    let spoken = |e: &&Element| !matches!(e.kind, clause::ElementKind::Word | clause::ElementKind::Time(_));
    let of_clause = elements.iter().filter(|e| e.clause == clause).filter(spoken);
    of_clause.enumerate().all(|(at, e)| if at == 0 { e.bare().is_some() } else { at == 1 && e.is_verb() })
}

/// What the last fact of the text that fills the role says of it, and its time where these fillers have none.
fn told(role: &String, fillers: &[Filler], context: &Context) -> Vec<Filler> {
    let fact = context.told.get(role).map(Vec::as_slice).unwrap_or_default();
    let meant = |f: &&Filler| f.role == *role || f.role == "time" && !fillers.iter().any(|f| f.role == "time");
    fact.iter().filter(meant).cloned().collect()
}

/// Adds time and place.
fn circumstances(view: &View<'_>, frame: &Frame, pattern: &Pattern, slots: &slots::Slots, fillers: &mut Vec<Filler>) {
    if let Some(value) = slots.time {
        let span = view.values[value].span;
        fillers.push(Filler { role: "time".into(), what: Filled::Value(value), quantity: None, span });
    }
    let place = "place".to_owned();
    if !fillers.iter().any(|f| f.role == place) {
        // 澳门各界捐款: whose subject it is says where, unless the pattern makes more of it.
        let more = |slot: &Slot| pattern.slots.contains_key(slot);
        let owner = slots.items.get(&Slot::Owner).filter(|_| !more(&Slot::Owner) && !more(&Slot::Quote));
        let owner = owner
            .into_iter()
            .flatten()
            .filter(|i| i.mention.is_some_and(|m| view.mentions[m].kind == Kind::Entity(EntityType::Place)));
        let sites = slots.place.iter().filter(|i| i.mention.is_some_and(|m| is_site(&view.mentions[m])));
        let places: Vec<Item> =
            sites.chain(owner).filter(|i| !fillers.iter().any(|f| f.span == i.span)).cloned().collect();
        fillers.extend(roles::fill(view, frame, &[place], Slot::Subject, &places));
    }
}

/// Whether a document is meant that has no name here: 通知, 报告.
fn is_paper(view: &View<'_>, item: &Item) -> bool {
    item.mention.is_some_and(|m| !view.mentions[m].named && view.mentions[m].kind == Kind::Entity(EntityType::Work))
}

/// Whether a mention can say where something happened: a place, or a body that has a name (在国家会议中心举行).
fn is_site(mention: &Mention) -> bool {
    mention.kind == Kind::Entity(EntityType::Place) || names_organization(mention)
}

/// One fact for every subject.
fn split(draft: Draft, pattern: &Pattern) -> Vec<Draft> {
    let subject = pattern.slots.get(&Slot::Subject).cloned().unwrap_or_default();
    let (each, shared): (Vec<Filler>, Vec<Filler>) =
        draft.fillers.iter().cloned().partition(|f| subject.contains(&f.role));
    if each.len() < 2 {
        return vec![draft];
    }
    each.into_iter()
        .map(|one| Draft { fillers: std::iter::once(one).chain(shared.iter().cloned()).collect(), ..draft.clone() })
        .collect()
}
