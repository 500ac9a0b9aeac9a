//! Facts by frames: triggers and the slots around them, and sequences of neighbouring words.

pub(crate) mod clause;
mod roles;
mod sequence;
mod slots;
mod status;
mod topic;

use std::collections::{HashMap, HashSet};

use clause::{Element, Item, View};
pub(crate) use roles::{Filled, Filler};
use topic::Topic;

use crate::annotate::mentions::Kind;
use crate::annotate::trace::{Attempt, Outcome};
use crate::annotation::{EntityType, Modality, Polarity};
use crate::schema::{Fills, Frame, Pattern, Schema, Slot, ValueKind};
use crate::span::Span;

/// A subject left out is looked for this many clauses back.
const REACH: usize = 8;
/// What a fact loses of its confidence when its subject is carried from another clause.
const ELIDED: f64 = 0.85;

/// A fact before its entities have ids.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Draft {
    pub frame: String,
    pub pattern: usize,
    pub trigger: Option<Span>,
    pub evidence: Span,
    pub fillers: Vec<Filler>,
    pub polarity: Polarity,
    pub modality: Modality,
    pub confidence: f64,
}

/// Finds the patterns that wait for a word.
#[derive(Debug)]
pub(crate) struct Triggers {
    by_word: HashMap<String, Vec<(String, usize)>>,
}

impl Triggers {
    pub fn new(schema: &Schema) -> Self {
        let mut by_word: HashMap<String, Vec<(String, usize)>> = HashMap::new();
        for frame in schema.frames() {
            for (at, pattern) in frame.patterns.iter().enumerate() {
                for word in &pattern.triggers {
                    by_word.entry(word.clone()).or_default().push((frame.name.clone(), at));
                }
            }
        }
        Self { by_word }
    }

    pub fn contains(&self, word: &str) -> bool {
        self.by_word.contains_key(word)
    }

    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.by_word.keys().map(String::as_str)
    }
}

/// What the paragraphs read so far were about.
#[derive(Debug, Default)]
pub(crate) struct Context {
    topics: Vec<Topic>,
}

impl Context {
    /// The words of the topic in force.
    pub fn topic(&self, text: &str, mentions: &[crate::annotate::mentions::Mention]) -> Vec<String> {
        let items = self.topics.last().map(|t| t.items.as_slice()).unwrap_or_default();
        items.iter().filter_map(|i| Some(mentions[i.mention?].span.of(text).to_owned())).collect()
    }
}

/// The facts of one sentence, and what was tried.
pub(crate) fn facts(
    view: &View<'_>,
    schema: &Schema,
    triggers: &Triggers,
    context: &mut Context,
) -> (Vec<Draft>, Vec<Attempt>) {
    let nodes = view.nodes();
    let elements = view.elements(&nodes, |word| triggers.contains(word));
    let mut drafts = Vec::new();
    let mut attempts = Vec::new();
    // A sequence is read with the topics that held before its clause.
    let mut before: Vec<usize> = vec![context.topics.len(); view.sentence.clauses.len()];
    let mut clause = usize::MAX;
    for (at, element) in elements.iter().enumerate() {
        if element.clause != clause {
            clause = element.clause;
            for later in before.iter_mut().skip(clause) {
                *later = context.topics.len();
            }
            let of_clause: Vec<Element> = elements[at..].iter().take_while(|e| e.clause == clause).cloned().collect();
            if let Some(items) = topic::topic_of(view, &of_clause) {
                let speaks = topic::speaks(view, &of_clause);
                let owner = topic::owner_of(&of_clause, &items);
                context.topics.push(Topic { items, owner, paragraph: view.sentence.paragraph, speaks });
            }
        }
        if !element.is_verb() {
            continue;
        }
        let Some(waiting) = triggers.by_word.get(element.span.of(view.text)) else { continue };
        let tried = waiting.iter().filter_map(|(name, pattern)| {
            let frame = schema.frame(name)?;
            Some((frame, *pattern, attempt(view, &elements, at, frame, *pattern, &context.topics)))
        });
        choose(view, element, tried.collect(), &mut drafts, &mut attempts);
    }
    for frame in schema.frames() {
        for (at, pattern) in frame.patterns.iter().enumerate() {
            if let Some(sequence) = &pattern.sequence {
                for found in sequence::matches(view, &nodes, frame, sequence) {
                    let clause = nodes[found.nodes.start].clause;
                    let held = before.get(clause).copied().unwrap_or_default();
                    read_sequence(view, frame, at, &found, &nodes, &context.topics[..held], &mut drafts);
                }
            }
        }
    }
    let mut drafts = join(drafts);
    drafts.sort_by_key(|d| (d.evidence.start, d.trigger.map(|t| t.start), d.frame.clone()));
    (drafts, attempts)
}

/// Joins facts of one type that a sentence tells in two halves: 医院收到甲集团捐赠的呼吸机. They share a filler, and
/// no role says another thing in one than in the other.
fn join(drafts: Vec<Draft>) -> Vec<Draft> {
    let of =
        |d: &Draft, role: &str| -> Vec<Span> { d.fillers.iter().filter(|f| f.role == role).map(|f| f.span).collect() };
    let halves = |a: &Draft, b: &Draft| {
        let same = (&a.frame, a.polarity, a.modality) == (&b.frame, b.polarity, b.modality);
        let told = a.trigger.is_some() && b.trigger.is_some();
        let shared = b.fillers.iter().any(|f| f.role != "time" && of(a, &f.role).contains(&f.span));
        let agree = b.fillers.iter().all(|f| {
            let theirs = of(a, &f.role);
            theirs.is_empty() || theirs == of(b, &f.role)
        });
        same && told && shared && agree
    };
    let mut out: Vec<Draft> = Vec::new();
    for draft in drafts {
        if let Some(other) = out.iter_mut().find(|other| halves(other, &draft)) {
            other.evidence = other.evidence.join(draft.evidence);
            let there: HashSet<String> = other.fillers.iter().map(|f| f.role.clone()).collect();
            other.fillers.extend(draft.fillers.into_iter().filter(|f| !there.contains(&f.role)));
        } else {
            out.push(draft);
        }
    }
    out
}

/// The best of what the frames made of one trigger becomes a fact.
fn choose(
    view: &View<'_>,
    element: &Element,
    tried: Vec<(&Frame, usize, Result<Vec<Draft>, String>)>,
    drafts: &mut Vec<Draft>,
    attempts: &mut Vec<Attempt>,
) {
    let rank = |frame: &Frame, pattern: usize, found: &[Draft]| {
        let filled: usize = found.iter().map(|d| d.fillers.len()).max().unwrap_or(0);
        (frame.priority, filled, std::cmp::Reverse(pattern))
    };
    let best = tried
        .iter()
        .enumerate()
        .filter_map(|(at, (frame, pattern, found))| {
            Some((rank(frame, *pattern, found.as_ref().ok()?), std::cmp::Reverse(at)))
        })
        .max()
        .map(|(_, at)| at.0);
    let winner = best.map(|at| tried[at].0.name.clone());
    for (at, (frame, pattern, found)) in tried.into_iter().enumerate() {
        let outcome = match found {
            Ok(found) if Some(at) == best => {
                drafts.extend(found);
                Outcome::Fact
            }
            Ok(_) => Outcome::Lost { to: winner.clone().unwrap_or_default() },
            Err(reason) => Outcome::Refused { reason },
        };
        attempts.push(Attempt {
            trigger: element.span.of(view.text).to_owned(),
            frame: frame.name.clone(),
            pattern: pattern + 1,
            outcome,
        });
    }
}

/// What one pattern makes of the trigger at `verb`: facts, or why none.
fn attempt(
    view: &View<'_>,
    elements: &[Element],
    verb: usize,
    frame: &Frame,
    index: usize,
    topics: &[Topic],
) -> Result<Vec<Draft>, String> {
    let pattern = &frame.patterns[index];
    let trigger = elements[verb].span;
    forbidden(view, elements, verb, pattern)?;
    let mut slots = slots::slots(view, elements, verb, |item| roles::takes(view, frame, pattern, item));
    // 为 says to whom, where the pattern does not part it from 向.
    if !pattern.slots.contains_key(&Slot::For) {
        let whom = slots.items.remove(&Slot::For).unwrap_or_default();
        slots.items.entry(Slot::To).or_default().extend(whom);
    }
    if !pattern.object_has.is_empty() {
        let clause = view.sentence.clauses.get(elements[verb].clause).copied().unwrap_or_default();
        let behind = Span::new(trigger.end, clause.end).of(view.text);
        if !pattern.object_has.iter().any(|w| behind.contains(w.as_str())) {
            return Err(format!("none of {} behind it", pattern.object_has.join(", ")));
        }
    }
    let mut fillers = roles::assign(view, frame, pattern, &slots);
    let mut elided = false;
    // 仅捐赠的大米就有20万斤: a relative clause that opens its clause speaks of the topic.
    let opens = elements[..verb]
        .iter()
        .rev()
        .take_while(|e| e.clause == elements[verb].clause)
        .all(|e| e.kind == clause::ElementKind::Word);
    let subject = pattern
        .slots
        .get(&Slot::Subject)
        .filter(|_| pattern.elide && !slots.has(Slot::Subject) && (!slots.relative || opens));
    if let Some(roles) = subject.filter(|roles| !roles.iter().any(|r| fillers.iter().any(|f| f.role == *r))) {
        let (found, owner) = from_topics(view, frame, roles, topics);
        elided = !found.is_empty();
        fillers.extend(found);
        if let Some(roles) = pattern.slots.get(&Slot::Owner).filter(|_| !slots.has(Slot::Owner)) {
            let owners = roles::fill(view, frame, roles, Slot::Owner, owner);
            fillers.extend(owners.into_iter().filter(|_| elided));
        }
    }
    for role in &pattern.carry {
        if !fillers.iter().any(|f| f.role == *role) {
            fillers.extend(carried(view, elements, verb, frame, role));
        }
    }
    let mut evidence = view.sentence.clauses.get(elements[verb].clause).copied().unwrap_or(trigger);
    for filler in fillers.iter().filter(|f| view.sentence.span.contains(f.span)) {
        if let Some(clause) = view.sentence.clauses.get(view.clause_of(filler.span.start)) {
            evidence = evidence.join(*clause);
        }
    }
    circumstances(view, frame, pattern, &slots, &mut fillers);
    for group in &pattern.needs {
        if !group.met(|r| fillers.iter().filter(|f| f.role == r).count()) {
            return Err(format!("no {}", group.roles.join(" or ")));
        }
    }
    if fillers.len() < 2 {
        return Err("fewer than two roles filled".into());
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
        evidence,
        fillers,
        polarity,
        modality,
        confidence,
    };
    let clause = elements[verb].clause;
    let each =
        elements[..verb].iter().any(|e| e.clause == clause && view.lexicon.is("respectively", e.span.of(view.text)));
    Ok(if pattern.each && each { split(draft, pattern) } else { vec![draft] })
}

/// Whether words beside the trigger forbid the pattern.
fn forbidden(view: &View<'_>, elements: &[Element], verb: usize, pattern: &Pattern) -> Result<(), String> {
    let trigger = elements[verb].span;
    let sentence = view.sentence.span;
    let behind = Span::new(trigger.end, sentence.end).of(view.text);
    let before = Span::new(sentence.start, trigger.start).of(view.text);
    let next = view.tokens.iter().find(|t| t.span.start >= trigger.end).map_or("", |t| t.span.of(view.text));
    if let Some(word) = pattern.not_before.iter().find(|w| behind.starts_with(w.as_str())) {
        return Err(format!("{word} behind it"));
    }
    if view.lexicon.is("nominal", next) {
        return Err(format!("{next} behind it"));
    }
    let listed = behind.starts_with(['、', '和', '等']) || behind.starts_with("以及");
    if listed && verb > 0 && elements[verb - 1].bare().is_some() && elements[verb - 1].span.end == trigger.start {
        return Err("a noun in a list".into());
    }
    if let Some(word) = pattern.not_after.iter().find(|w| before.ends_with(w.as_str())) {
        return Err(format!("{word} before it"));
    }
    let clause = elements[verb].clause;
    let asked = elements[..verb]
        .iter()
        .filter(|e| e.clause == clause && matches!(e.kind, clause::ElementKind::Word | clause::ElementKind::Verb))
        .map(|e| e.span.of(view.text))
        .find(|w| view.lexicon.is("demand", w));
    match asked {
        Some(word) => Err(format!("{word} asks for it")),
        None => Ok(()),
    }
}

/// The subject that the clauses before were about, where it may fill one of the roles, and whose that is.
fn from_topics<'a>(view: &View<'_>, frame: &Frame, roles: &[String], topics: &'a [Topic]) -> (Vec<Filler>, &'a [Item]) {
    topics
        .iter()
        .rev()
        .take(REACH)
        .take_while(|t| t.paragraph == view.sentence.paragraph)
        .map(|t| (t, roles::fill(view, frame, roles, Slot::Subject, &known(view, &t.items))))
        .find(|(_, found)| !found.is_empty())
        // What somebody says is not said of the speaker.
        .filter(|(topic, _)| !topic.speaks)
        .map(|(topic, found)| (found, topic.owner.as_slice()))
        .unwrap_or_default()
}

/// Items whose type is known; a noun nobody knows is no topic for another clause.
fn known(view: &View<'_>, items: &[Item]) -> Vec<Item> {
    items.iter().filter(|i| i.mention.is_some_and(|m| view.mentions[m].kind != Kind::Noun)).cloned().collect()
}

/// What an earlier clause of the sentence spoke of, for a role left out here.
fn carried(view: &View<'_>, elements: &[Element], verb: usize, frame: &Frame, role: &String) -> Vec<Filler> {
    elements[..verb]
        .iter()
        .rev()
        .filter_map(|e| match &e.kind {
            clause::ElementKind::Phrase { items, .. } => Some(items),
            _ => None,
        })
        .map(|items| roles::fill(view, frame, std::slice::from_ref(role), Slot::Subject, &known(view, items)))
        .find(|found| !found.is_empty())
        .unwrap_or_default()
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
        let owner = slots.items.get(&Slot::Owner).filter(|_| !pattern.slots.contains_key(&Slot::Owner));
        let places: Vec<Item> = slots
            .place
            .iter()
            .chain(owner.into_iter().flatten())
            .filter(|i| i.mention.is_some_and(|m| view.mentions[m].kind == Kind::Entity(EntityType::Place)))
            .filter(|i| !fillers.iter().any(|f| f.span == i.span))
            .cloned()
            .collect();
        fillers.extend(roles::fill(view, frame, &[place], Slot::Subject, &places));
    }
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

/// The facts that a sequence states.
fn read_sequence(
    view: &View<'_>,
    frame: &Frame,
    index: usize,
    found: &sequence::Match,
    nodes: &[clause::Node],
    topics: &[Topic],
    drafts: &mut Vec<Draft>,
) {
    let pattern = &frame.patterns[index];
    let mut inherited: Option<Filler> = None;
    let filler = |(role, mention): &(String, usize)| {
        let what = match frame.roles[role].fills {
            Fills::Value(ValueKind::Title) => Filled::Text,
            _ => Filled::Mention(*mention, None),
        };
        Filler { role: role.clone(), what, quantity: None, span: view.mentions[*mention].span }
    };
    let clause = view.sentence.clauses.get(nodes[found.nodes.start].clause).copied().unwrap_or_default();
    let end = view.sentence.clauses.get(nodes[found.nodes.end - 1].clause).copied().unwrap_or_default();
    for repetition in &found.repeated {
        let mut fillers: Vec<Filler> = repetition.iter().chain(&found.shared).map(filler).collect();
        // 局长、党委书记张三: the second post is of the first one's organisation.
        for role in pattern.needs.iter().flat_map(|n| &n.roles) {
            match fillers.iter().find(|f| f.role == *role) {
                Some(there) if repetition.iter().any(|(r, _)| r == role) => inherited = Some(there.clone()),
                Some(_) => {}
                None => {
                    let carried = inherited.clone().filter(|f| f.role == *role);
                    let roles = std::slice::from_ref(role);
                    let from = carried.or_else(|| from_topics(view, frame, roles, topics).0.into_iter().next());
                    fillers.extend(from.filter(|_| pattern.elide));
                }
            }
        }
        if pattern.needs.iter().all(|group| group.met(|r| fillers.iter().filter(|f| f.role == r).count()))
            && fillers.len() >= 2
        {
            drafts.push(Draft {
                frame: frame.name.clone(),
                pattern: index,
                trigger: None,
                evidence: clause.join(end),
                fillers,
                polarity: pattern.polarity,
                modality: Modality::Actual,
                confidence: pattern.confidence,
            });
        }
    }
}
