//! Facts by frames: triggers and the slots around them, and sequences of neighbouring words.

mod attempt;
pub(crate) mod clause;
pub(crate) mod containment;
mod phrase;
mod roles;
mod sequence;
mod slots;
mod status;
mod tally;
mod topic;

use std::collections::HashSet;

use rustc_hash::FxHashMap;

use attempt::attempt;
use clause::{Element, View};
pub(crate) use roles::{Filled, Filler};
use topic::Topic;

use crate::annotate::trace::{Attempt, Outcome};
use crate::annotation::{Modality, Polarity};
use crate::schema::{Frame, Schema};
use crate::span::Span;

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
    by_word: FxHashMap<String, Vec<(String, usize)>>,
}

impl Triggers {
    pub fn new(schema: &Schema) -> Self {
        let mut by_word: FxHashMap<String, Vec<(String, usize)>> = FxHashMap::default();
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

    /// The patterns that wait for a word, each as its frame and its number there.
    pub fn waiting(&self, word: &str) -> impl Iterator<Item = (&str, usize)> {
        self.by_word.get(word).into_iter().flatten().map(|(frame, pattern)| (frame.as_str(), *pattern))
    }

    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.by_word.keys().map(String::as_str)
    }
}

/// What the paragraphs read so far were about.
#[derive(Debug, Default)]
pub(crate) struct Context {
    topics: Vec<Topic>,
    tallies: tally::Standing,
    /// The sentence, where its clauses say what must be done.
    asked: Option<Span>,
    /// The last fact told that fills a role, by role.
    told: FxHashMap<String, Vec<Filler>>,
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
    // What one frame reads of a trigger that another one has is told all the same.
    let mut told = FxHashMap::default();
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
            let items = topic::topic_of(view, &of_clause);
            // 要落实措施，加强管理，发布信息: what must be done goes on until somebody acts.
            let asks = topic::asks(view, &of_clause);
            if asks || items.is_some() {
                context.asked = asks.then_some(view.sentence.span);
            }
            if let Some(items) = items {
                let speaks = topic::speaks(view, &of_clause);
                let owner = topic::owner_of(&of_clause, &items);
                let asked = asks.then_some(view.sentence.span);
                context.topics.push(Topic { items, owner, paragraph: view.sentence.paragraph, speaks, asked });
            }
        }
        if !element.is_verb() {
            continue;
        }
        let Some(waiting) = triggers.by_word.get(element.span.of(view.text)) else { continue };
        let tried = waiting.iter().filter_map(|(name, pattern)| {
            let frame = schema.frame(name)?;
            Some((frame, *pattern, attempt(view, &elements, at, frame, *pattern, context)))
        });
        let tried: Vec<Tried<'_>> = tried.collect();
        let read = tried.iter().filter_map(|(_, _, found)| found.as_ref().ok()).flatten();
        read.for_each(|draft| tell(&mut told, draft));
        choose(view, element, tried, &mut drafts, &mut attempts);
    }
    for frame in schema.frames() {
        for (pattern, found) in sequence::matches(view, &nodes, frame) {
            let held = before.get(nodes[found.nodes.start].clause).copied().unwrap_or_default();
            drafts.extend(sequence::facts(view, frame, pattern, &found, &nodes, &context.topics[..held]));
        }
    }
    let mut drafts = join(drafts);
    drafts.iter().for_each(|draft| tell(&mut told, draft));
    context.told.extend(told);
    for frame in schema.frames() {
        for at in (0..frame.patterns.len()).filter(|at| frame.patterns[*at].tally.is_some()) {
            let standing = context.tallies.entry((frame.name.clone(), at)).or_default();
            drafts.extend(tally::facts(view, &elements, frame, at, standing));
        }
    }
    drafts.sort_by_key(|d| (d.evidence.start, d.trigger.map(|t| t.start), d.frame.clone()));
    (drafts, attempts)
}

/// Notes for each of its roles what a fact says.
fn tell(told: &mut FxHashMap<String, Vec<Filler>>, draft: &Draft) {
    for filler in &draft.fillers {
        told.insert(filler.role.clone(), draft.fillers.clone());
    }
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

/// A frame, the index of its pattern, and what that made of a trigger: facts, or why none.
type Tried<'a> = (&'a Frame, usize, Result<Vec<Draft>, String>);

/// The best of what the frames made of one trigger becomes a fact.
fn choose(
    view: &View<'_>,
    element: &Element,
    tried: Vec<Tried<'_>>,
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
