//! Two sets of annotations of the same documents: which facts the later one gained, lost and states otherwise.
//!
//! Facts are compared by what they say (document, type, fillers in words, status), never by where they stand, so that a
//! corrected text does not change them all. What is left on both sides of one document and type is paired, the likest
//! first, where the trigger or most of the fillers are the same: that fact has changed.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::annotation::{Annotation, Fact, Filler, Modality, Polarity, amount, in_words};
use crate::score::one_to_one;
use crate::span::{CharSpan, CodePoints};

/// What has changed between two sets of annotations.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Documents that are not the same on both sides, by their ids.
    pub documents: BTreeMap<String, Presence>,
    /// The facts that are not the same, by document, in the order of its text.
    pub changes: Vec<Change>,
    /// How many documents there are and how many of them changed.
    pub counted: Count,
    /// How many facts of each type there are and how many of them changed.
    pub types: BTreeMap<String, Count>,
}

/// How a document is not the same on both sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// It is in the first set alone.
    Lost,
    /// It is in the second set alone.
    Gained,
    /// It has another text.
    Rewritten,
}

/// How many things there are on both sides, and what became of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Count {
    /// In the first set.
    pub before: usize,
    /// In the second set.
    pub after: usize,
    /// In the second set alone.
    pub gained: usize,
    /// In the first set alone.
    pub lost: usize,
    /// In both, and not the same.
    pub changed: usize,
}

/// A fact that is not the same on both sides. At least one of them has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The document's id.
    pub document: String,
    /// The fact type.
    pub kind: String,
    /// What the first set says.
    pub before: Option<Said>,
    /// What the second set says.
    pub after: Option<Said>,
}

/// What a fact says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Said {
    /// The sorted roles, each with what fills it: `item`, `口罩 500 只`.
    pub roles: Vec<(String, String)>,
    /// Affirmed or denied.
    pub polarity: Polarity,
    /// Done, planned or possible.
    pub modality: Modality,
    /// The words that state it.
    pub evidence: String,
}

impl Change {
    /// Roles with what fills them before and no longer does, and with what fills them now and did not.
    #[must_use]
    pub fn fillers(&self) -> [Vec<&(String, String)>; 2] {
        let (mut lost, mut gained) = (roles(self.before.as_ref()), Vec::new());
        for filler in roles(self.after.as_ref()) {
            match lost.iter().position(|other| *other == filler) {
                Some(at) => _ = lost.remove(at),
                None => gained.push(filler),
            }
        }
        [lost, gained]
    }
}

fn roles(said: Option<&Said>) -> Vec<&(String, String)> {
    said.map_or(Vec::new(), |said| said.roles.iter().collect())
}

impl Comparison {
    /// All fact types together.
    #[must_use]
    pub fn facts(&self) -> Count {
        self.types.values().fold(Count::default(), |sum, count| Count {
            before: sum.before + count.before,
            after: sum.after + count.after,
            gained: sum.gained + count.gained,
            lost: sum.lost + count.lost,
            changed: sum.changed + count.changed,
        })
    }

    fn add(&mut self, id: &str, before: Option<&Annotation>, after: Option<&Annotation>) {
        self.counted.before += usize::from(before.is_some());
        self.counted.after += usize::from(after.is_some());
        let presence = match (before, after) {
            (_, None) => Some(Presence::Lost),
            (None, _) => Some(Presence::Gained),
            (Some(before), Some(after)) => (before.text != after.text).then_some(Presence::Rewritten),
        };
        match presence {
            Some(Presence::Lost) => self.counted.lost += 1,
            Some(Presence::Gained) => self.counted.gained += 1,
            Some(Presence::Rewritten) => self.counted.changed += 1,
            None => {}
        }
        self.documents.extend(presence.map(|presence| (id.to_owned(), presence)));
        let [before, after] = [before, after].map(|annotation| annotation.map_or(Vec::new(), facts));
        before.iter().for_each(|fact| self.types.entry(fact.kind.to_owned()).or_default().before += 1);
        after.iter().for_each(|fact| self.types.entry(fact.kind.to_owned()).or_default().after += 1);
        let mut changes = changes(before, after, presence == Some(Presence::Rewritten));
        changes.sort_by_key(|(before, after)| after.as_ref().or(before.as_ref()).map(|fact| fact.place));
        for (before, after) in changes {
            let Some(kind) = before.as_ref().or(after.as_ref()).map(|fact| fact.kind.to_owned()) else { continue };
            let count = self.types.entry(kind.clone()).or_default();
            match (&before, &after) {
                (Some(_), Some(_)) => count.changed += 1,
                (Some(_), None) => count.lost += 1,
                (None, _) => count.gained += 1,
            }
            let [before, after] = [before, after].map(|fact| fact.map(|fact| fact.said));
            self.changes.push(Change { document: id.to_owned(), kind, before, after });
        }
    }
}

/// What `after` says otherwise than `before`, of each document that one of them has.
#[must_use]
pub fn compare(before: &[Annotation], after: &[Annotation]) -> Comparison {
    let [before, after] =
        [before, after].map(|side| side.iter().map(|a| (a.id.as_str(), a)).collect::<BTreeMap<_, _>>());
    let ids: BTreeSet<&str> = before.keys().chain(after.keys()).copied().collect();
    let mut comparison = Comparison::default();
    for id in ids {
        comparison.add(id, before.get(id).copied(), after.get(id).copied());
    }
    comparison
}

/// A fact with where it stands.
struct Stated<'a> {
    kind: &'a str,
    said: Said,
    /// The words that it is stated by, and their place.
    trigger: Option<(&'a str, CharSpan)>,
    /// Where its evidence begins.
    place: usize,
}

impl Stated<'_> {
    fn says_the_same(&self, other: &Self) -> bool {
        let say = |s: &Self| (s.said.polarity, s.said.modality);
        self.kind == other.kind && self.said.roles == other.said.roles && say(self) == say(other)
    }

    /// How many fillers both have.
    fn shared(&self, other: &Self) -> usize {
        let mut left: Vec<_> = other.said.roles.iter().collect();
        let found = self.said.roles.iter().filter(|filler| {
            let at = left.iter().position(|other| other == filler);
            at.map(|at| left.swap_remove(at)).is_some()
        });
        found.count()
    }

    /// Whether both stand on the same words; in another text nobody knows that.
    fn is_stated_by(&self, other: &Self, rewritten: bool) -> bool {
        let pair = self.trigger.zip(other.trigger);
        pair.is_some_and(|((words, at), (others, there))| words == others && (rewritten || at == there))
    }
}

/// The facts of a document.
fn facts<'a>(annotation: &'a Annotation) -> Vec<Stated<'a>> {
    let points = CodePoints::new(&annotation.text);
    let names: BTreeMap<&str, &str> = annotation.entities.iter().map(|e| (e.id.as_str(), e.name.as_str())).collect();
    let filler = |filler: &Filler| {
        let quantity = filler.quantity.as_ref().map(|quantity| format!(" {}", amount(quantity))).unwrap_or_default();
        (filler.role.clone(), in_words(filler, &names) + &quantity)
    };
    let stated = |fact: &'a Fact| {
        let mut roles: Vec<_> = fact.roles.iter().map(filler).collect();
        roles.sort();
        let words = |span| points.words(&annotation.text, span);
        let place = fact.evidence.or(fact.trigger);
        let evidence = place.map_or("", words).to_owned();
        let said = Said { roles, polarity: fact.polarity, modality: fact.modality, evidence };
        let trigger = fact.trigger.map(|span| (words(span), span));
        Stated { kind: &fact.kind, said, trigger, place: place.map_or(0, |span| span.start) }
    };
    annotation.facts.iter().map(stated).collect()
}

type Pair<'a> = (Option<Stated<'a>>, Option<Stated<'a>>);

/// What is not the same on both sides, paired as far as it goes.
fn changes<'a>(mut before: Vec<Stated<'a>>, mut after: Vec<Stated<'a>>, rewritten: bool) -> Vec<Pair<'a>> {
    before.retain(|fact| match after.iter().position(|other| other.says_the_same(fact)) {
        Some(at) => {
            after.remove(at);
            false
        }
        None => true,
    });
    let mut candidates = Vec::new();
    for (i, old) in before.iter().enumerate() {
        for (j, new) in after.iter().enumerate().filter(|(_, new)| new.kind == old.kind) {
            let shared = old.shared(new);
            let most = 2 * shared > old.said.roles.len().max(new.said.roles.len());
            let trigger = old.is_stated_by(new, rewritten);
            if most || trigger && (shared > 0 || !rewritten) {
                candidates.push((Reverse(shared), !trigger, i, j));
            }
        }
    }
    candidates.sort_unstable();
    let pairs = one_to_one(candidates.into_iter().map(|(.., i, j)| (i, j)));
    let mut before: Vec<_> = before.into_iter().map(Some).collect();
    let mut after: Vec<_> = after.into_iter().map(Some).collect();
    let mut changes: Vec<_> = pairs.into_iter().map(|(i, j)| (before[i].take(), after[j].take())).collect();
    changes.extend(before.into_iter().flatten().map(|fact| (Some(fact), None)));
    changes.extend(after.into_iter().flatten().map(|fact| (None, Some(fact))));
    changes
}

#[cfg(test)]
mod tests;
