//! Facts read off neighbouring words: 上海市地震局 + 党组书记 + 吴建春.

use super::attempt::{Turn, from_topics};
use super::clause::{Node, NodeKind, View};
use super::topic::Topic;
use super::{Draft, Filled, Filler, slots};
use crate::annotate::mentions::Kind;
use crate::annotate::token::Pos;
use crate::annotate::values::ValueKind;
use crate::annotation::{EntityType, Modality};
use crate::schema::{self, Element, Fills, Frame, Only, Sequence, Slot};

/// Roles and the mentions that fill them.
pub(crate) type Fillers = Vec<(String, usize)>;

/// A place where a sequence matched.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Match {
    /// The fillers of every repetition of the group, in order; one, empty, where there is no group.
    pub repeated: Vec<Fillers>,
    /// The fillers outside the group, which all repetitions share.
    pub shared: Fillers,
    /// First node and the node after the last.
    pub nodes: std::ops::Range<usize>,
}

/// All places of a sentence where a sequence of the frame matches, with the index of its pattern. What one has read, a
/// later one leaves alone.
pub(super) fn matches(view: &View<'_>, nodes: &[Node], frame: &Frame) -> Vec<(usize, Match)> {
    let mut out: Vec<(usize, Match)> = Vec::new();
    for (at, pattern) in frame.patterns.iter().enumerate() {
        let Some(sequence) = &pattern.sequence else { continue };
        let found = places(view, nodes, frame, sequence).into_iter();
        let free = |m: &Match| out.iter().all(|(_, r)| r.nodes.end <= m.nodes.start || m.nodes.end <= r.nodes.start);
        let found: Vec<_> = found.filter(free).map(|m| (at, m)).collect();
        out.extend(found);
    }
    out
}

/// All places of a sentence where `sequence` matches, leftmost first and without overlap.
fn places(view: &View<'_>, nodes: &[Node], frame: &Frame, sequence: &Sequence) -> Vec<Match> {
    let matcher = Matcher { view, nodes, frame };
    let mut out = Vec::new();
    let mut at = 0;
    while at < nodes.len() {
        // At most nodes none begins: one look tells.
        let found = if matcher.opens(&sequence.elements, at) { matcher.run(&sequence.elements, at) } else { None };
        match found {
            Some((repeated, shared, end)) if end > at => {
                let repeated = if repeated.is_empty() { vec![Vec::new()] } else { repeated };
                out.push(Match { repeated, shared, nodes: at..end });
                at = end;
            }
            _ => at += 1,
        }
    }
    out
}

/// What was told before a match.
pub(super) struct Before<'a> {
    /// What the clauses before were about.
    pub topics: &'a [Topic],
    /// The facts of the match directly before it, where the two are members of one list.
    pub beside: &'a [Draft],
}

/// The facts that a match of pattern `index` states.
pub(super) fn facts(
    view: &View<'_>,
    frame: &Frame,
    index: usize,
    found: &Match,
    nodes: &[Node],
    before: &Before<'_>,
) -> Vec<Draft> {
    let pattern = &frame.patterns[index];
    let mut drafts = Vec::new();
    let said = pattern.slots.get(&Slot::Quote);
    if said.is_some() && governed(nodes, found.nodes.start) {
        return drafts;
    }
    let mut inherited: Option<Filler> = None;
    let filler = |(role, mention): &(String, usize)| {
        let what = match frame.roles[role].fills {
            Fills::Value(schema::ValueKind::Title) => Filled::Text,
            _ => Filled::Mention(*mention, None),
        };
        Filler { role: role.clone(), what, quantity: None, span: view.mentions[*mention].span }
    };
    let clause = view.sentence.clauses.get(nodes[found.nodes.start].clause).copied().unwrap_or_default();
    let end = view.sentence.clauses.get(nodes[found.nodes.end - 1].clause).copied().unwrap_or_default();
    let words = nodes[found.nodes.start].span.join(nodes[found.nodes.end - 1].span);
    for repetition in &found.repeated {
        let mut fillers: Vec<Filler> = repetition.iter().chain(&found.shared).map(filler).collect();
        // 局长、党委书记张三: the second post is of the first one's organisation.
        let spoken = |role: &String| said.is_some_and(|roles| roles.contains(role));
        for role in pattern.needs.iter().flat_map(|n| &n.roles).filter(|r| !spoken(r)) {
            match fillers.iter().find(|f| f.role == *role) {
                Some(there) if repetition.iter().any(|(r, _)| r == role) => inherited = Some(there.clone()),
                Some(_) => {}
                None => {
                    let carried = inherited.clone().filter(|f| f.role == *role);
                    let roles = std::slice::from_ref(role);
                    let beside = || {
                        let of = before.beside.iter().rev().filter(|d| d.pattern == index);
                        of.flat_map(|d| &d.fillers).find(|f| f.role == *role).cloned()
                    };
                    let topic = || from_topics(view, frame, roles, before.topics, Turn::Belongs).0.into_iter().next();
                    let from = carried.or_else(beside).or_else(|| topic().filter(|_| pattern.elide));
                    // 国家主席: says itself of what.
                    let whole = fillers.iter().any(|f| view.lexicon.is("whole_post", f.span.of(view.text)));
                    fillers.extend(from.filter(|_| !whole));
                }
            }
        }
        if let Some(roles) = said
            && let Some(said) = slots::quote(view, nodes[found.nodes.end - 1].span.end)
        {
            let text = roles.iter().map(|r| Filler { role: r.clone(), what: Filled::Text, quantity: None, span: said });
            fillers.extend(text);
        }
        if pattern.needs.iter().all(|group| group.met(|r| fillers.iter().filter(|f| f.role == r).count()))
            && fillers.len() >= 2
        {
            // A post beside a name says all by itself, whatever else the clause tells.
            let post = |f: &Filler| frame.roles[&f.role].fills == Fills::Value(schema::ValueKind::Title);
            let quoted = fillers.iter().filter(|f| spoken(&f.role));
            let evidence = if fillers.iter().any(post) { words } else { clause.join(end) };
            drafts.push(Draft {
                frame: frame.name.clone(),
                pattern: index,
                trigger: None,
                evidence: quoted.fold(evidence, |all, f| all.join(f.span)),
                fillers,
                polarity: pattern.polarity,
                modality: Modality::Actual,
                read: true,
                confidence: pattern.confidence,
            });
        }
    }
    drafts
}

/// Whether a verb or preposition stands directly before the node: who is named in 按照会议要求 does not speak.
fn governed(nodes: &[Node], at: usize) -> bool {
    let before = at.checked_sub(1).map(|b| &nodes[b]).filter(|b| b.clause == nodes[at].clause);
    before.is_some_and(|b| matches!(b.kind, NodeKind::Word(Pos::Verb | Pos::VerbNoun | Pos::Preposition)))
}

struct Matcher<'a> {
    view: &'a View<'a>,
    nodes: &'a [Node],
    frame: &'a Frame,
}

impl Matcher<'_> {
    /// Whether the node at `at` may be the first that `elements` take.
    fn opens(&self, elements: &[Element], at: usize) -> bool {
        let node = &self.nodes[at];
        for element in elements {
            let (here, optional) = match element {
                Element::Role { optional, .. } => (matches!(node.kind, NodeKind::Mention(_)), *optional),
                Element::Words { words, optional } => {
                    let word = node.span.of(self.view.text);
                    (words.iter().any(|w| w == word), *optional)
                }
                Element::Count { optional } => (matches!(node.kind, NodeKind::Value(_)), *optional),
                Element::Group(inner) => (self.opens(inner, at), false),
            };
            if here || !optional {
                return here;
            }
        }
        false
    }

    /// Matches `elements` from node `at`: the group's repetitions, the shared fillers, the node behind.
    fn run(&self, elements: &[Element], at: usize) -> Option<(Vec<Fillers>, Fillers, usize)> {
        let Some((first, rest)) = elements.split_first() else { return Some((Vec::new(), Vec::new(), at)) };
        match first {
            Element::Role { name, only, optional } => {
                let here = self.mention(at).filter(|m| fits(self.view, self.frame, name, *m) && self.is(*m, only));
                let found = here.and_then(|m| {
                    let (repeated, mut shared, end) = self.run(rest, at + 1)?;
                    shared.insert(0, (name.clone(), m));
                    Some((repeated, shared, end))
                });
                found.or_else(|| if *optional { self.run(rest, at) } else { None })
            }
            Element::Words { words, optional } => {
                let here = self.nodes.get(at).is_some_and(|n| words.iter().any(|w| w == n.span.of(self.view.text)));
                let found = if here { self.run(rest, at + 1) } else { None };
                found.or_else(|| if *optional { self.run(rest, at) } else { None })
            }
            Element::Count { optional } => {
                let here = self.nodes.get(at).is_some_and(|n| {
                    matches!(n.kind, NodeKind::Value(v) if matches!(self.view.values[v].kind, ValueKind::Count { .. }))
                });
                let found = if here { self.run(rest, at + 1) } else { None };
                found.or_else(|| if *optional { self.run(rest, at) } else { None })
            }
            Element::Group(inner) => {
                let (_, fillers, end) = self.run(inner, at)?;
                if end == at {
                    return None;
                }
                let joined = self.nodes.get(end).is_some_and(|n| {
                    let word = n.span.of(self.view.text);
                    self.view.lexicon.is("post_joiner", word)
                });
                let more = if joined { self.run(elements, end + 1) } else { None };
                let (mut repeated, shared, end) = more.or_else(|| self.run(rest, end))?;
                repeated.insert(0, fillers);
                Some((repeated, shared, end))
            }
        }
    }

    /// Whether a mention is what the sequence asks for besides its role.
    fn is(&self, mention: usize, only: &[Only]) -> bool {
        let mention = &self.view.mentions[mention];
        only.iter().all(|only| match only {
            Only::Type(kind) => mention.kind == Kind::Entity(*kind),
            Only::Named => mention.named,
            Only::Common => !mention.named && mention.source != "definite organization",
            Only::Ending(words) => words.iter().any(|w| mention.span.of(self.view.text).ends_with(w.as_str())),
        })
    }

    fn mention(&self, at: usize) -> Option<usize> {
        match self.nodes.get(at)?.kind {
            NodeKind::Mention(m) => Some(m),
            _ => None,
        }
    }
}

/// Whether a mention may fill a role of the frame.
pub(crate) fn fits(view: &View<'_>, frame: &Frame, role: &str, mention: usize) -> bool {
    let Some(role) = frame.roles.get(role) else { return false };
    match (&role.fills, view.mentions[mention].kind) {
        (Fills::Value(schema::ValueKind::Title), Kind::Title) => true,
        // 政治局委员: people elsewhere, a post beside a body.
        (Fills::Value(schema::ValueKind::Title), Kind::Entity(EntityType::Group)) => {
            view.lexicon.titles.contains(view.mentions[mention].span.of(view.text))
        }
        (Fills::Entity { .. }, Kind::Entity(kind)) => role.rank(kind).is_some(),
        (Fills::Entity { .. }, Kind::Pronoun) => role.rank(EntityType::Person) == Some(0),
        _ => false,
    }
}
