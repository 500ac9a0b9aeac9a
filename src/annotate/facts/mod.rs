//! Facts by frames: triggers and the slots around them, and sequences of neighbouring words.

mod assign;
mod attempt;
pub(crate) mod clause;
pub(crate) mod containment;
mod phrase;
pub(crate) mod ranker;
mod roles;
mod sequence;
mod slots;
pub(crate) mod standing;
mod status;
mod tally;
mod topic;

use std::collections::HashSet;

use rustc_hash::FxHashMap;

use attempt::attempt;
use clause::View;
use ranker::Weights;
use ranker::proposal::{Grammar, Proposal, Site};
pub(crate) use roles::{Filled, Filler};
use topic::Topic;

use crate::annotate::trace::{Attempt, Lack, Outcome, Refusal};
use crate::annotation::{Modality, Polarity};
use crate::schema::{Frame, Schema, Slot};
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
    /// Whether the grammar read it; else the weights put it together.
    pub read: bool,
    pub confidence: f64,
}

/// Finds the patterns that wait for a word.
#[derive(Debug)]
pub(crate) struct Triggers {
    /// The numbers of a frame, in the order of their names, and of its pattern.
    by_word: FxHashMap<String, Vec<(usize, usize)>>,
}

impl Triggers {
    pub fn new(schema: &Schema) -> Self {
        let mut by_word: FxHashMap<String, Vec<(usize, usize)>> = FxHashMap::default();
        for (of, frame) in schema.frames().enumerate() {
            for (at, pattern) in frame.patterns.iter().enumerate() {
                for word in &pattern.triggers {
                    by_word.entry(word.clone()).or_default().push((of, at));
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
    tallies: tally::Standing,
    /// The sentence, where its clauses say what must be done.
    asked: Option<Span>,
    /// The last fact told that fills a role, by role.
    told: FxHashMap<String, Vec<Filler>>,
}

impl Context {
    /// Where the words of the topic in force stand.
    pub fn topic(&self, mentions: &[crate::annotate::mentions::Mention]) -> Vec<Span> {
        let items = self.topics.last().map(|t| t.items.as_slice()).unwrap_or_default();
        items.iter().filter_map(|i| Some(mentions[i.mention?].span)).collect()
    }
}

/// What was read of one sentence.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub drafts: Vec<Draft>,
    /// What was tried.
    pub attempts: Vec<Attempt>,
    /// What the weights judged.
    pub proposals: Vec<Proposal>,
}

/// The facts of one sentence; `frames` are those of `schema`, in order.
pub(crate) fn facts(
    view: &View<'_>,
    schema: &Schema,
    frames: &[&Frame],
    triggers: &Triggers,
    weights: &Weights,
    context: &mut Context,
) -> Found {
    let nodes = view.nodes();
    let elements = view.elements(&nodes, |word| triggers.contains(word));
    let mut found = Found::default();
    let mut drafts = Vec::new();
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
            let of_clause = &elements[at..];
            let of_clause = &of_clause[..of_clause.iter().take_while(|e| e.clause == clause).count()];
            let items = topic::topic_of(view, of_clause);
            // 要落实措施，加强管理，发布信息: what must be done goes on until somebody acts.
            let asks = topic::asks(view, of_clause);
            if asks || items.is_some() {
                context.asked = asks.then_some(view.sentence.span);
            }
            if let Some(items) = items {
                let speaks = topic::speaks(view, of_clause);
                let owner = topic::owner_of(of_clause, &items);
                let asked = asks.then_some(view.sentence.span);
                context.topics.push(Topic { items, owner, paragraph: view.sentence.paragraph, speaks, asked });
            }
        }
        if !element.is_verb() {
            continue;
        }
        let Some(waiting) = triggers.by_word.get(element.span.of(view.text)) else { continue };
        let tried = waiting
            .iter()
            .map(|(of, pattern)| (frames[*of], *pattern, attempt(view, &elements, at, frames[*of], *pattern, context)));
        let tried: Vec<Tried<'_>> = tried.collect();
        let read = tried.iter().filter_map(|(_, _, found)| found.as_ref().ok()).flatten();
        read.for_each(|draft| tell(&mut told, draft));
        let site = Site { view, elements: &elements, verb: at, topics: &context.topics };
        let proposals = choose(&site, tried, &mut found.attempts);
        drafts.extend(likely(&site, schema, weights, &proposals));
        found.proposals.extend(proposals);
    }
    for frame in frames {
        let mut beside: Vec<Draft> = Vec::new();
        let mut end = usize::MAX;
        for (pattern, there) in sequence::matches(view, &nodes, frame) {
            let held = before.get(nodes[there.nodes.start].clause).copied().unwrap_or_default();
            // 国务院总理甲、副总理乙: the member of a list before.
            if there.nodes.start.checked_sub(1) != Some(end) || !view.is(&nodes, end, "and") {
                beside.clear();
            }
            let topics = &context.topics[..held];
            beside =
                sequence::facts(view, frame, pattern, &there, &nodes, &sequence::Before { topics, beside: &beside });
            end = there.nodes.end;
            drafts.extend(judged(view.text, schema, weights, beside.clone(), &mut found.proposals));
        }
    }
    let mut drafts = join(drafts);
    drafts.iter().for_each(|draft| tell(&mut told, draft));
    context.told.extend(told);
    for (of, frame) in frames.iter().enumerate() {
        for at in (0..frame.patterns.len()).filter(|at| frame.patterns[*at].tally.is_some()) {
            let standing = context.tallies.entry((of, at)).or_default();
            let read = tally::facts(view, &elements, frame, at, standing);
            drafts.extend(judged(view.text, schema, weights, read, &mut found.proposals));
        }
    }
    drafts.sort_by_key(|d| (d.trigger.map_or(d.evidence.start, |t| t.start), d.frame.clone()));
    found.drafts = drafts;
    found
}

/// Of what a trigger may state, the likeliest by the weights.
fn likely(site: &Site<'_>, schema: &Schema, weights: &Weights, proposals: &[Proposal]) -> Vec<Draft> {
    if weights.is_empty() {
        return proposals.iter().filter(|p| p.grammar == Grammar::Read).flat_map(|p| p.drafts.clone()).collect();
    }
    let Some(judged) = ranker::likeliest(site.view.text, weights, proposals.iter()) else { return Vec::new() };
    // 统计局今天公布: who acts and when is no fact, unless a pattern asks for no more.
    let acts = |role: &String| {
        let pattern = schema.frame(&judged.proposal.frame).and_then(|f| f.patterns.get(judged.proposal.pattern));
        pattern.and_then(|p| p.slots.get(&Slot::Subject)).is_some_and(|roles| roles.contains(role))
    };
    let tells = |fillers: &[Filler]| {
        let filled = |role: &String| fillers.iter().any(|f| f.role == *role);
        let met = |needs: &Vec<Vec<String>>| needs.iter().all(|group| group.iter().any(filled));
        let mut told = fillers.iter().filter(|f| !matches!(f.role.as_str(), "time" | "place"));
        told.any(|f| !acts(&f.role)) || judged.proposal.needs.iter().any(met)
    };
    judged.drafts(weights, schema, |fillers| tells(&fillers).then(|| site.draft(judged.proposal, fillers)))
}

/// What was read without a trigger, judged.
pub(crate) fn judged(
    text: &str,
    schema: &Schema,
    weights: &Weights,
    read: Vec<Draft>,
    proposals: &mut Vec<Proposal>,
) -> Vec<Draft> {
    if weights.is_empty() {
        proposals.extend(read.iter().cloned().map(Proposal::of));
        return read;
    }
    let start = proposals.len();
    proposals.extend(read.into_iter().map(Proposal::of));
    proposals[start..].iter().flat_map(|p| weights.judge(text, p).drafts(weights, schema, |_| None)).collect()
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
type Tried<'a> = (&'a Frame, usize, Result<Vec<Draft>, Refusal>);

/// What the frames made of one trigger, a proposal for every fact type: the best of what was read goes before the others.
fn choose(site: &Site<'_>, tried: Vec<Tried<'_>>, attempts: &mut Vec<Attempt>) -> Vec<Proposal> {
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
    let winner = best.map(|at| tried[at].0);
    let mut proposals: Vec<Proposal> = Vec::new();
    let mut frames: Vec<&Frame> = Vec::new();
    for (frame, ..) in &tried {
        if !frames.iter().any(|f| f.name == frame.name) {
            frames.push(frame);
        }
    }
    for frame in frames {
        let of_frame = || tried.iter().enumerate().filter(|(_, (f, ..))| f.name == frame.name);
        let waiting: Vec<usize> = of_frame().map(|(_, (_, pattern, _))| *pattern).collect();
        let read = of_frame().filter_map(|(at, (.., found))| Some((at, found.as_ref().ok()?)));
        let won = read.clone().find(|(at, _)| Some(*at) == best);
        let refusals = || of_frame().filter_map(|(_, (.., found))| found.as_ref().err());
        let proposal = if let Some((_, drafts)) = won {
            site.proposal(frame, &waiting, Grammar::Read, "", drafts.clone())
        } else if let Some((_, drafts)) =
            read.max_by_key(|(at, found)| (found.iter().map(|d| d.fillers.len()).max(), std::cmp::Reverse(*at)))
        {
            site.proposal(frame, &waiting, Grammar::Lost, winner.map_or("", |f| &f.name), drafts.clone())
        } else if let Some(refusal) = refusals().find(|r| r.lack.is_some_and(|lack| lack != Lack::Question)) {
            site.proposal(frame, &waiting, Grammar::Unmet, &refusal.reason, Vec::new())
        } else {
            // What the words beside it forbid is no proposal.
            continue;
        };
        proposals.push(proposal);
    }
    for (at, (frame, pattern, found)) in tried.into_iter().enumerate() {
        let outcome = match found {
            Ok(_) if Some(at) == best => Outcome::Fact,
            Ok(_) => Outcome::Lost { to: winner.map(|f| f.name.clone()).unwrap_or_default() },
            Err(refusal) => Outcome::Refused(refusal),
        };
        attempts.push(Attempt {
            trigger: site.elements[site.verb].span.of(site.view.text).to_owned(),
            span: site.elements[site.verb].span,
            frame: frame.name.clone(),
            pattern: pattern + 1,
            outcome,
        });
    }
    proposals
}
