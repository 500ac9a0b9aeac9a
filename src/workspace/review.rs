//! What a person decides: which act follows from words, whether it applies, and what it would break.

use std::collections::BTreeSet;
use std::fmt;

use super::meant::{self, Unmeant};
use super::{Contents, Workspace, WorkspaceError};
use crate::annotation::EntityType;
use crate::decision::{self, Act, BadDecision, Decision, EntityReference, FactReference};
use crate::link::{Linking, fact_reference};

/// A workspace and what is in it, to be decided about. Entities are named as [`meant::WAYS`] says, facts by their ids.
#[derive(Debug, Clone, Copy)]
pub struct Review<'a> {
    /// The workspace.
    pub workspace: &'a Workspace,
    /// What was read of it.
    pub contents: &'a Contents,
}

/// A decision that rested on one that is taken back, and no longer applies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loosened {
    /// Its id.
    pub decision: String,
    /// What it decided.
    pub act: Act,
    /// Why it does not apply.
    pub why: String,
}

/// In one line.
impl fmt::Display for Loosened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { decision, act, why } = self;
        write!(f, "decision {decision} ({act}) no longer applies: {why}")
    }
}

/// Why nothing is decided.
#[derive(Debug, thiserror::Error)]
pub enum ReviewError {
    /// What is named is not there, or is several.
    #[error(transparent)]
    Unmeant(#[from] Unmeant),
    /// What is meant is only what others fall under.
    #[error("this entity stands in no document")]
    NoDocument,
    /// Only one entity is to be merged.
    #[error("{0:?} is one entity; name two that are one")]
    One(String),
    /// One name is that of entities of several types.
    #[error("{0:?} names entities of several types; write TYPE:NAME")]
    SeveralTypes(String),
    /// Two that are one now cannot be told apart by their names.
    #[error("{one:?} and {other:?} are one; say by documents or names what is another")]
    Same {
        /// The one, as written.
        one: String,
        /// The other.
        other: String,
    },
    /// No decision of that id stands.
    #[error("no decision {0:?} stands; `tupu review decisions` lists them")]
    NoDecision(String),
    /// It is no decision.
    #[error(transparent)]
    Bad(#[from] BadDecision),
    /// The same stands already.
    #[error("this is decided already, as {0}")]
    Decided(String),
    /// It does not apply.
    #[error("{act}: {why}; nothing is decided")]
    Unapplied {
        /// What was to be decided.
        act: Box<Act>,
        /// Why it does not apply.
        why: String,
    },
    /// Another decision would no longer apply.
    #[error("decision {decision} ({act}) would no longer apply: {why}; nothing is decided")]
    Breaks {
        /// The id of the other one.
        decision: String,
        /// What it decided.
        act: Box<Act>,
        /// Why it would not apply.
        why: String,
    },
    /// Somebody else has decided something since the workspace was read.
    #[error("something was decided meanwhile; look again, and decide then")]
    Changed,
    /// The workspace cannot be read or written.
    #[error(transparent)]
    Workspace(#[from] WorkspaceError),
}

impl Review<'_> {
    /// That entities are one. One name alone makes all that bear it one.
    ///
    /// # Errors
    /// Where they are not there, or are one already.
    pub fn merge(&self, entities: &[String]) -> Result<Act, ReviewError> {
        let linking = &self.contents.linking;
        if let [name] = entities {
            let all = meant::all(linking, self.workspace.iris(), name);
            let Some(first) = all.first() else { return Err(Unmeant::NoEntity(name.clone()).into()) };
            if all.len() == 1 {
                return Err(ReviewError::One(name.clone()));
            }
            let kinds = all.iter().map(|at| linking.identities[*at].kind).collect::<BTreeSet<_>>();
            if kinds.len() > 1 {
                return Err(ReviewError::SeveralTypes(name.clone()));
            }
            // Of all that bear the name, in documents to come too.
            let kind = linking.identities[*first].kind;
            let name = meant::named(name).1;
            return Ok(Act::Merge {
                entities: vec![EntityReference { kind, name, code: None, document: None, quote: None }],
            });
        }
        let entities = entities.iter().map(|words| self.reference(words)).collect::<Result<Vec<_>, _>>()?;
        Ok(Act::Merge { entities })
    }

    /// That two entities are not one.
    ///
    /// # Errors
    /// Where one of them is not there, or nothing in their names tells them apart.
    pub fn distinguish(&self, one: &str, other: &str) -> Result<Act, ReviewError> {
        let entities = [self.reference(one)?, self.reference(other)?];
        // Two names of what is one now: they are all that tells which is which.
        let is_one = self.one(one)? == self.one(other)?;
        let names = is_one.then(|| [meant::named(one).1, meant::named(other).1]);
        let Some([name, of_other]) = names else { return Ok(Act::Distinguish { entities }) };
        if name == of_other {
            return Err(ReviewError::Same { one: one.to_owned(), other: other.to_owned() });
        }
        let [one, other] = entities;
        let by = |name, reference| EntityReference { name, code: None, document: None, quote: None, ..reference };
        Ok(Act::Distinguish { entities: [by(name, one), by(of_other, other)] })
    }

    /// That what is called so, or what these documents mean, is another entity.
    ///
    /// # Errors
    /// Where it is not there.
    pub fn split(&self, entity: &str, names: Vec<String>, documents: Vec<String>) -> Result<Act, ReviewError> {
        Ok(Act::Split { entity: self.reference(entity)?, names, documents })
    }

    /// That an entity has another name.
    ///
    /// # Errors
    /// Where it is not there.
    pub fn rename(&self, entity: &str, to: String) -> Result<Act, ReviewError> {
        Ok(Act::Rename { entity: self.reference(entity)?, to })
    }

    /// That an entity is of another type.
    ///
    /// # Errors
    /// Where it is not there.
    pub fn retype(&self, entity: &str, to: EntityType) -> Result<Act, ReviewError> {
        Ok(Act::Retype { entity: self.reference(entity)?, to })
    }

    /// A fact as decisions name it.
    ///
    /// # Errors
    /// Where it is not there, or its id is cut so short that it is several.
    pub fn fact(&self, words: &str) -> Result<FactReference, ReviewError> {
        let (annotation, fact, id) = meant::fact(&self.contents.annotations, self.workspace.iris(), words)?;
        Ok(fact_reference(annotation, fact, &id))
    }

    /// That a decision no longer holds, of whose id these are the first digits.
    ///
    /// # Errors
    /// Where none stands, or several begin so.
    pub fn undo(&self, words: &str) -> Result<Act, ReviewError> {
        let standing = decision::standing(&self.contents.decisions);
        let of: Vec<&String> = standing.keys().filter(|id| id.starts_with(words) && words.len() >= 4).collect();
        match of[..] {
            [id] => Ok(Act::Undo { of: id.clone() }),
            _ => Err(ReviewError::NoDecision(words.to_owned())),
        }
    }

    /// Stores one decision, if it applies. With it come those that no longer apply because of it.
    ///
    /// # Errors
    /// Where it is decided already, as [`Decision::new`], and as [`Review::keep`].
    pub fn decide(&self, act: Act, reason: &str, date: &str) -> Result<(Decision, Vec<Loosened>), ReviewError> {
        let decision = Decision::new(act, reason, date)?;
        if decision::standing(&self.contents.decisions).contains_key(&decision.id()) {
            return Err(ReviewError::Decided(decision.id()));
        }
        let loosened = self.keep(std::slice::from_ref(&decision))?;
        Ok((decision, loosened))
    }

    /// Stores decisions if all of them apply, and gives those that no longer apply because of them: nothing may undo what
    /// was decided before but what says so.
    ///
    /// # Errors
    /// Where one does not apply or breaks another one; where the workspace cannot be written, or has other decisions by
    /// now. Nothing is stored then.
    pub fn keep(&self, decisions: &[Decision]) -> Result<Vec<Loosened>, ReviewError> {
        let mut all = self.contents.decisions.clone();
        all.extend_from_slice(decisions);
        let linking = Linking::new(&self.contents.annotations, &all, &self.workspace.identifiers()?);
        for decision in decisions {
            let id = decision.id();
            if let Some(unapplied) = linking.unapplied.iter().find(|unapplied| unapplied.decision == id) {
                let (act, why) = (Box::new(decision.act.clone()), unapplied.why.clone());
                return Err(ReviewError::Unapplied { act, why });
            }
        }
        let loosened = self.loosened(&all, &linking);
        let undoes = decisions.iter().any(|decision| matches!(decision.act, Act::Undo { .. }));
        if let Some(Loosened { decision, act, why }) = loosened.first().filter(|_| !undoes).cloned() {
            return Err(ReviewError::Breaks { decision, act: Box::new(act), why });
        }
        let mut writer = self.workspace.writer_for("tupu review")?;
        if self.workspace.decisions()? != self.contents.decisions {
            return Err(ReviewError::Changed);
        }
        writer.decide(decisions)?;
        Ok(loosened)
    }

    /// The decisions that applied and, where `all` are made, do not.
    fn loosened(&self, all: &[Decision], linking: &Linking) -> Vec<Loosened> {
        let standing = decision::standing(all);
        let before = &self.contents.linking.unapplied;
        let broken = linking.unapplied.iter().filter(|now| before.iter().all(|then| then.decision != now.decision));
        let loosened = broken.filter_map(|now| {
            let act = standing.get(&now.decision)?.act.clone();
            Some(Loosened { decision: now.decision.clone(), act, why: now.why.clone() })
        });
        loosened.collect()
    }

    /// The one entity that words mean, as decisions name it.
    fn reference(&self, words: &str) -> Result<EntityReference, ReviewError> {
        let reference = self.contents.linking.reference(self.one(words)?, &self.contents.annotations);
        reference.ok_or(ReviewError::NoDocument)
    }

    fn one(&self, words: &str) -> Result<usize, ReviewError> {
        Ok(meant::one(&self.contents.linking, self.workspace.iris(), words)?)
    }
}
