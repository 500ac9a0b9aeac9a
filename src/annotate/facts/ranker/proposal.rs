//! What the grammar offers to the weights: for every trigger and fact type what the frame made of it, and what in its
//! sentence or before it could fill a role.

use crate::annotate::facts::attempt::of_pattern;
use crate::annotate::facts::clause::{Element, ElementKind, Governor, Item, View};
use crate::annotate::facts::slots::Slots;
use crate::annotate::facts::topic::Topic;
use crate::annotate::facts::{Draft, Filled, Filler, status};
use crate::annotate::mentions::Kind;
use crate::annotate::token::Pos;
use crate::annotate::values;
use crate::annotation::{EntityType, Modality, Polarity};
use crate::schema::{self, Fills, Frame, Pattern, Slot};
use crate::span::Span;

/// A fact that a trigger may state.
#[derive(Debug, Clone)]
pub(crate) struct Proposal {
    pub frame: String,
    /// The trigger; none where neighbouring words state the fact.
    pub trigger: Option<Span>,
    pub grammar: Grammar,
    pub context: Context,
    /// The number of the pattern: of the fact read, else of the first one that waits for the trigger.
    pub pattern: usize,
    /// How sure the frame is of what was read, 0 to 1.
    pub sure: f64,
    /// What the grammar read; one fact, or several of one trigger (甲、乙分别捐了500元).
    pub drafts: Vec<Draft>,
    pub candidates: Vec<Candidate>,
    /// Of every pattern that waits for the trigger the groups of roles of which it needs one.
    pub needs: Vec<Vec<Vec<String>>>,
}

/// What a frame made of a trigger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Grammar {
    /// A fact.
    Read,
    /// A fact, but another frame's goes before.
    Lost,
    /// None: a role that it needs is not filled.
    Unmet,
}

/// How a trigger stands.
#[derive(Debug, Clone, Default)]
pub(crate) struct Context {
    pub pos: Option<Pos>,
    /// The words beside it.
    pub before: Span,
    pub behind: Span,
    pub relative: bool,
    pub negative: bool,
    pub modality: Modality,
    /// Whether its clause ends with it.
    pub closes: bool,
    /// Whether its clause opens with it.
    pub opens: bool,
    pub subject: bool,
    pub object: bool,
    /// How many verbs its clause has before and behind it, two at most.
    pub verbs: (usize, usize),
    /// Why the frame made no fact of it.
    pub reason: String,
}

/// What may fill a role.
#[derive(Debug, Clone)]
pub(crate) struct Candidate {
    pub filler: Filler,
    /// Whether its type usually fills the role (0), rarely does (1), or is the role's to give (2).
    pub rank: usize,
    pub kind: &'static str,
    pub named: bool,
    pub read: Read,
    pub stands: Stands,
}

/// What the grammar did with a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Read {
    /// It fills the role with it.
    So,
    /// It fills another role with it.
    Otherwise,
    /// It fills the role with something else.
    Rival,
    /// It leaves the role empty.
    Open,
    /// It reads no fact.
    Nothing,
}

/// How a candidate stands to the trigger.
#[derive(Debug, Clone, Default)]
pub(crate) struct Stands {
    /// The slot in which the grammar sees it.
    pub slot: Option<Slot>,
    /// Whether a pattern that waits for the trigger fills the role from that slot.
    pub expected: bool,
    /// Whether before the trigger.
    pub before: bool,
    /// Clauses between; for a topic of an earlier sentence, topics between.
    pub clauses: usize,
    /// Whether it is a topic of an earlier sentence.
    pub topic: bool,
    /// Verbs between, two at most.
    pub verbs: usize,
    /// How many candidates of its type stand nearer on that side, two at most.
    pub nearer: usize,
    pub governor: Option<Governor>,
    /// Whether 的 stands before and behind it.
    pub of: (bool, bool),
    pub counted: bool,
    pub listed: bool,
    /// The words beside it.
    pub left: Span,
    pub right: Span,
}

/// A trigger in its sentence.
pub(crate) struct Site<'a> {
    pub view: &'a View<'a>,
    pub elements: &'a [Element],
    pub verb: usize,
    pub topics: &'a [Topic],
}

/// So many pieces of the sentence before and behind the trigger are looked at: sentences have no bounds.
const NEAR: usize = 40;
/// So many topics of earlier sentences are looked at.
const TOPICS: usize = 3;

impl Site<'_> {
    /// The proposal of a fact type whose patterns `waiting` wait for the trigger.
    pub fn proposal(
        &self,
        frame: &Frame,
        waiting: &[usize],
        grammar: Grammar,
        reason: &str,
        drafts: Vec<Draft>,
    ) -> Proposal {
        let Self { view, elements, verb, .. } = *self;
        let trigger = elements[verb].span;
        let first = drafts.first().map_or(waiting[0], |d| d.pattern);
        let patterns: Vec<&Pattern> = waiting.iter().map(|p| &frame.patterns[*p]).collect();
        let main = &frame.patterns[first];
        let slots = of_pattern(view, elements, verb, frame, main);
        let mut out = Proposal {
            frame: frame.name.clone(),
            trigger: Some(trigger),
            grammar,
            context: self.context(&slots, reason),
            pattern: first,
            sure: drafts.first().map_or(0.0, |d| d.confidence),
            drafts,
            candidates: Vec::new(),
            needs: patterns.iter().map(|p| p.needs.iter().map(|n| n.roles.clone()).collect()).collect(),
        };
        self.entities(frame, &patterns, &slots, &mut out);
        self.texts(frame, &patterns, &slots, &mut out);
        // What the grammar found elsewhere.
        let found: Vec<Filler> = out.drafts.iter().flat_map(|d| d.fillers.iter().cloned()).collect();
        for filler in found {
            if !out.candidates.iter().any(|c| c.filler.role == filler.role && c.filler.span == filler.span) {
                out.candidates.push(Candidate::read(filler));
            }
        }
        out
    }

    /// The fact that a proposal comes to with these fillers, where the grammar read none.
    pub fn draft(&self, proposal: &Proposal, fillers: Vec<Filler>) -> Draft {
        let Self { view, elements, verb, .. } = *self;
        let trigger = elements[verb].span;
        let mut evidence = view.sentence.clauses.get(elements[verb].clause).copied().unwrap_or(trigger);
        for filler in fillers.iter().filter(|f| view.sentence.span.contains(f.span)) {
            if let Some(clause) = view.sentence.clauses.get(view.clause_of(filler.span.start)) {
                evidence = evidence.join(*clause);
            }
        }
        let (polarity, modality) = status::status(view, elements, verb);
        Draft {
            frame: proposal.frame.clone(),
            pattern: proposal.pattern,
            trigger: Some(trigger),
            evidence,
            fillers,
            polarity,
            modality,
            read: false,
            confidence: 0.0,
        }
    }

    fn context(&self, slots: &Slots, reason: &str) -> Context {
        let Self { view, elements, verb, .. } = *self;
        let trigger = elements[verb].span;
        let at = view.tokens.iter().position(|t| t.span.end > trigger.start);
        let word = |at: Option<usize>| at.and_then(|at| view.tokens.get(at)).map(|t| t.span).unwrap_or_default();
        let clause = elements[verb].clause;
        let verbs = |elements: &[Element]| elements.iter().filter(|e| e.clause == clause && e.is_verb()).count().min(2);
        let (polarity, modality) = status::status(view, elements, verb);
        let other = |at: Option<usize>| at.and_then(|at| elements.get(at)).is_none_or(|e| e.clause != clause);
        Context {
            pos: at.map(|at| view.tokens[at].pos),
            before: word(at.and_then(|at| at.checked_sub(1))),
            behind: word(view.tokens.iter().position(|t| t.span.start >= trigger.end)),
            relative: slots.relative,
            negative: polarity == Polarity::Negative,
            modality,
            closes: other(Some(verb + 1)),
            opens: other(verb.checked_sub(1)),
            subject: slots.has(Slot::Subject),
            object: slots.has(Slot::Object),
            verbs: (verbs(&elements[..verb]), verbs(&elements[verb + 1..])),
            reason: reason.to_owned(),
        }
    }

    /// Mentions, sums and times.
    fn entities(&self, frame: &Frame, patterns: &[&Pattern], slots: &Slots, out: &mut Proposal) {
        let Self { view, elements, verb, topics } = *self;
        let clause = elements[verb].clause;
        let slot_of = |item: &Item| {
            let same = |i: &Item| i.mention == item.mention && (item.mention.is_some() || i.value == item.value);
            let place = slots.place.iter().any(same).then_some(Slot::At);
            slots.items.iter().find(|(_, items)| items.iter().any(same)).map(|(slot, _)| *slot).or(place)
        };
        let near = verb.saturating_sub(NEAR)..(verb + NEAR).min(elements.len());
        for (at, element) in elements.iter().enumerate().skip(near.start).take(near.len()) {
            let before = at < verb;
            let between = if before { &elements[at + 1..verb] } else { &elements[(verb + 1).min(at)..at] };
            let stands = Stands {
                before,
                clauses: clause.abs_diff(element.clause).min(3),
                verbs: between.iter().filter(|e| e.is_verb()).count().min(2),
                of: (at > 0 && elements[at - 1].is_of(), elements.get(at + 1).is_some_and(Element::is_of)),
                left: at.checked_sub(1).map(|l| elements[l].span).unwrap_or_default(),
                right: elements.get(at + 1).map(|e| e.span).unwrap_or_default(),
                ..Stands::default()
            };
            match &element.kind {
                ElementKind::Time(value) => {
                    let filler = Filler {
                        role: "time".into(),
                        what: Filled::Value(*value),
                        quantity: None,
                        span: view.values[*value].span,
                    };
                    let mut candidate = Candidate::read(filler);
                    candidate.stands = stands;
                    candidate.stands.expected = slots.time == Some(*value);
                    out.offer(candidate);
                }
                ElementKind::Phrase { items, governor } => {
                    for item in items {
                        let mut stands = stands.clone();
                        stands.governor = *governor;
                        stands.listed = items.len() > 1;
                        stands.slot = slot_of(item);
                        self.item(frame, patterns, item, &stands, out);
                    }
                }
                _ => {}
            }
        }
        let earlier = topics.iter().rev().filter(|t| t.items.iter().all(|i| !view.sentence.span.contains(i.span)));
        for (far, topic) in earlier.take(TOPICS).enumerate() {
            let same = topic.paragraph == view.sentence.paragraph;
            for item in &topic.items {
                let stands = Stands {
                    before: true,
                    topic: true,
                    clauses: far + if same { 0 } else { TOPICS },
                    slot: Some(Slot::Subject),
                    ..Stands::default()
                };
                self.item(frame, patterns, item, &stands, out);
            }
        }
    }

    /// One item for every role that its type allows.
    fn item(&self, frame: &Frame, patterns: &[&Pattern], item: &Item, stands: &Stands, out: &mut Proposal) {
        let view = self.view;
        for (name, role) in &frame.roles {
            let (what, rank, kind, span) = match (item.mention, &role.fills) {
                (Some(mention), Fills::Entity { .. }) => {
                    let (rank, given, kind) = match view.mentions[mention].kind {
                        Kind::Entity(kind) => match role.rank(kind) {
                            Some(rank) => (usize::from(rank), None, kind.name()),
                            None => continue,
                        },
                        Kind::Pronoun => match role.rank(EntityType::Person) {
                            Some(rank) => (usize::from(rank), None, "Pronoun"),
                            None => continue,
                        },
                        Kind::Noun if role.fills.first() == Some(EntityType::Product) => {
                            (2, Some(EntityType::Product), "Noun")
                        }
                        _ => continue,
                    };
                    (Filled::Mention(mention, given), rank, kind, view.mentions[mention].span)
                }
                (Some(mention), Fills::Value(schema::ValueKind::Title))
                    if view.mentions[mention].kind == Kind::Title =>
                {
                    (Filled::Text, 0, "Title", view.mentions[mention].span)
                }
                (None, Fills::Value(schema::ValueKind::Money)) => match item.value {
                    Some(value) if matches!(view.values[value].kind, values::ValueKind::Money { .. }) => {
                        (Filled::Value(value), 0, "Money", view.values[value].span)
                    }
                    _ => continue,
                },
                _ => continue,
            };
            let quantity = item.value.filter(|v| {
                item.mention.is_some()
                    && role.quantity
                    && matches!(view.values[*v].kind, values::ValueKind::Count { .. })
            });
            let mut stands = stands.clone();
            stands.counted = item.mention.is_some() && item.value.is_some();
            stands.expected = stands.slot.is_some_and(|slot| {
                patterns.iter().any(|p| p.slots.get(&slot).is_some_and(|roles| roles.contains(name)))
            });
            let named = item.mention.is_some_and(|m| view.mentions[m].named);
            let filler = Filler { role: name.clone(), what, quantity, span };
            out.offer(Candidate { filler, rank, kind, named, read: Read::Nothing, stands });
        }
    }

    /// Stretches of words.
    fn texts(&self, frame: &Frame, patterns: &[&Pattern], slots: &Slots, out: &mut Proposal) {
        for (slot, span) in &slots.text {
            for role in patterns.iter().filter_map(|p| p.slots.get(slot)).flatten() {
                if frame.roles[role].fills != Fills::Value(schema::ValueKind::Text) || span.is_empty() {
                    continue;
                }
                let filler = Filler { role: role.clone(), what: Filled::Text, quantity: None, span: *span };
                let mut candidate = Candidate::read(filler);
                candidate.stands = Stands { slot: Some(*slot), expected: true, ..Stands::default() };
                out.offer(candidate);
            }
        }
    }
}

impl Proposal {
    /// The proposal of a fact that neighbouring words state, or numbers with what they count.
    pub fn of(draft: Draft) -> Self {
        Self {
            frame: draft.frame.clone(),
            trigger: draft.trigger,
            grammar: Grammar::Read,
            context: Context { modality: draft.modality, ..Context::default() },
            pattern: draft.pattern,
            sure: draft.confidence,
            candidates: draft.fillers.iter().cloned().map(Candidate::read).collect(),
            drafts: vec![draft],
            needs: Vec::new(),
        }
    }

    /// Adds a candidate, with what the grammar did with it.
    fn offer(&mut self, mut candidate: Candidate) {
        let same = |f: &Filler| f.span == candidate.filler.span;
        if self.candidates.iter().any(|c| c.filler.role == candidate.filler.role && same(&c.filler)) {
            return;
        }
        let fillers = || self.drafts.iter().flat_map(|d| &d.fillers);
        candidate.read = if self.drafts.is_empty() {
            Read::Nothing
        } else if fillers().any(|f| same(f) && f.role == candidate.filler.role) {
            Read::So
        } else if fillers().any(same) {
            Read::Otherwise
        } else if fillers().any(|f| f.role == candidate.filler.role) {
            Read::Rival
        } else {
            Read::Open
        };
        let nearer = self.candidates.iter().filter(|c| {
            let stands = &c.stands;
            c.filler.role == candidate.filler.role
                && stands.before == candidate.stands.before
                && stands.topic == candidate.stands.topic
        });
        // In the order of the text, so that before the trigger those that come later are nearer.
        if candidate.stands.before && !candidate.stands.topic {
            for other in self.candidates.iter_mut() {
                if other.filler.role == candidate.filler.role && other.stands.before && !other.stands.topic {
                    other.stands.nearer = (other.stands.nearer + 1).min(2);
                }
            }
        } else {
            candidate.stands.nearer = nearer.count().min(2);
        }
        self.candidates.push(candidate);
    }
}

impl Candidate {
    /// What the grammar itself read, of which no more is known.
    fn read(filler: Filler) -> Self {
        let kind = match filler.what {
            Filled::Mention(..) => "Mention",
            Filled::Value(_) => "Value",
            Filled::Text => "Text",
            Filled::Words(_) => "Words",
            Filled::Count(..) => "Count",
        };
        Self { filler, rank: 0, kind, named: false, read: Read::So, stands: Stands::default() }
    }
}
