//! What a person has decided about the graph: one decision a line of `decisions.jsonl`, kept for ever and replayed
//! whenever the graph is derived.
//!
//! A decision names what it is about as a text does, by type, name and document (a place by its code), never by an IRI:
//! so it finds its object again after another version of the program has read the texts anew, and can be written by hand.
//!
//! ```json
//! {"decision":"merge","entities":[{"type":"Organization","name":"泰坦科技"},{"type":"Organization","name":"上海泰坦科技股份有限公司"}],"reason":"年报第3页","date":"2026-11-27"}
//! {"decision":"reject","fact":{"document":"notice-1","id":"6f1d…","type":"Donation","fillers":[["donor","泰坦科技"]],"quote":"…"},"reason":"读错","date":"2026-11-27"}
//! ```

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::annotation::{EntityType, hexadecimal};
use crate::text::time;

/// A decision, why, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Decision {
    /// What is decided.
    #[serde(flatten)]
    pub act: Act,
    /// Why, in the person's words.
    pub reason: String,
    /// The day, `YYYY-MM-DD`, as the person gives it.
    pub date: String,
}

/// What can be decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "decision", rename_all = "lowercase", deny_unknown_fields)]
pub enum Act {
    /// These are one entity. One alone that names many (every person of a name) makes those one.
    Merge {
        /// Which.
        entities: Vec<EntityReference>,
    },
    /// What is named in `names`, or stands in `documents`, is not this entity but another one; with both, those names
    /// in those documents.
    Split {
        /// Which.
        entity: EntityReference,
        /// Names that are another's.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        names: Vec<String>,
        /// Ids of documents that mean another.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        documents: Vec<String>,
    },
    /// These two are not one, whatever may still be found: they are proposed no more.
    Distinguish {
        /// Which.
        entities: [EntityReference; 2],
    },
    /// Its name is this.
    Rename {
        /// Which.
        entity: EntityReference,
        /// The name that it has in the graph from now on.
        to: String,
    },
    /// It is of another type.
    Retype {
        /// Which.
        entity: EntityReference,
        /// The type.
        to: EntityType,
    },
    /// The text does state this fact.
    Accept {
        /// Which.
        fact: FactReference,
    },
    /// The text does not state this fact.
    Reject {
        /// Which.
        fact: FactReference,
    },
    /// An earlier decision no longer holds.
    Undo {
        /// Its id ([`Decision::id`]).
        of: String,
    },
}

/// An entity as a person names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntityReference {
    /// Its type.
    #[serde(rename = "type")]
    pub kind: EntityType,
    /// A name that a text gives it.
    pub name: String,
    /// The administrative code, of a place that has one: names of places are shared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The document whose entity is meant; all of that name and type where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    /// Words around a mention, for a reader who looks for it when it is no longer found; they tell which entity is meant
    /// where the document has several of that name and type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
}

/// A fact as it stood in the graph when it was decided about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FactReference {
    /// The document that states it.
    pub document: String,
    /// Its id ([`crate::annotation::Annotation::fact_ids`]).
    pub id: String,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: String,
    /// Its roles and what fills them, sorted.
    pub fillers: Vec<(String, String)>,
    /// The words that state it.
    pub quote: String,
}

/// Why a line is no decision.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadDecision {
    /// It is no JSON, or lacks something.
    #[error("{0}")]
    Json(String),
    /// Its date is no day.
    #[error("date {0:?} is no day; write it as 2026-11-27")]
    Date(String),
    /// No reason is given.
    #[error("a decision needs a reason")]
    Reason,
    /// It says nothing.
    #[error("{0}")]
    Empty(&'static str),
}

impl Decision {
    /// A checked decision.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn new(act: Act, reason: &str, date: &str) -> Result<Self, BadDecision> {
        let is_day = time::days(date).is_some_and(|(from, to)| from == to && from.to_string() == date);
        if !is_day {
            return Err(BadDecision::Date(date.to_owned()));
        }
        if reason.trim().is_empty() {
            return Err(BadDecision::Reason);
        }
        match &act {
            Act::Merge { entities } if entities.is_empty() => return Err(BadDecision::Empty("nothing to merge")),
            Act::Split { names, documents, .. } if names.is_empty() && documents.is_empty() => {
                return Err(BadDecision::Empty("say by names or documents what to split off"));
            }
            Act::Rename { to, .. } if !to.chars().any(char::is_alphanumeric) => {
                return Err(BadDecision::Empty("the new name is empty"));
            }
            _ => {}
        }
        Ok(Self { act, reason: reason.trim().to_owned(), date: date.to_owned() })
    }

    /// Reads one line.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn from_json(line: &str) -> Result<Self, BadDecision> {
        let json = |e: serde_json::Error| BadDecision::Json(e.to_string());
        let mut fields: Map<String, Value> = serde_json::from_str(line).map_err(json)?;
        let mut text = |name: &str| match fields.remove(name) {
            Some(Value::String(text)) => Ok(text),
            _ => Err(BadDecision::Json(format!("{name}: a text is needed"))),
        };
        let (reason, date) = (text("reason")?, text("date")?);
        Self::new(serde_json::from_value(fields.into()).map_err(json)?, &reason, &date)
    }

    /// One line, without the line break.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Only maps with keys that are no strings can fail here; there are none.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Eight hexadecimal digits that tell it from others: a hash of what it says, so that it is the same in whatever
    /// order decisions are written down.
    #[must_use]
    pub fn id(&self) -> String {
        hexadecimal(&Sha256::digest(self.to_json().as_bytes())[..4])
    }
}

impl Act {
    /// The word for it in the file of decisions.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Merge { .. } => "merge",
            Self::Split { .. } => "split",
            Self::Distinguish { .. } => "distinguish",
            Self::Rename { .. } => "rename",
            Self::Retype { .. } => "retype",
            Self::Accept { .. } => "accept",
            Self::Reject { .. } => "reject",
            Self::Undo { .. } => "undo",
        }
    }
}

/// What is decided, in one line: `merge 泰坦科技 + 上海泰坦科技股份有限公司`.
impl fmt::Display for Act {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.name();
        match self {
            Self::Merge { entities } => {
                let entities: Vec<String> = entities.iter().map(ToString::to_string).collect();
                write!(f, "{name} {}", entities.join(" + "))
            }
            Self::Distinguish { entities: [one, other] } => write!(f, "{name} {one} ≠ {other}"),
            Self::Split { entity, names, documents } => {
                let parts: Vec<&str> = names.iter().chain(documents).map(String::as_str).collect();
                write!(f, "{name} {entity} − {}", parts.join(", "))
            }
            Self::Rename { entity, to } => write!(f, "{name} {entity} → {to}"),
            Self::Retype { entity, to } => write!(f, "{name} {entity} → {to}"),
            Self::Accept { fact } | Self::Reject { fact } => write!(f, "{name} {fact}"),
            Self::Undo { of } => write!(f, "{name} {of}"),
        }
    }
}

impl fmt::Display for EntityReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind, self.name)?;
        self.code.as_ref().map_or(Ok(()), |code| write!(f, " ({code})"))?;
        self.document.as_ref().map_or(Ok(()), |document| write!(f, " of {document}"))
    }
}

impl fmt::Display for FactReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fillers: Vec<&str> = self.fillers.iter().map(|(_, filler)| filler.as_str()).collect();
        write!(f, "{} {} ({})", self.kind, fillers.join(", "), self.document)
    }
}

/// The decisions that hold, by id: all but those undone since they were last made, and those that undo.
#[must_use]
pub fn standing(decisions: &[Decision]) -> BTreeMap<String, &Decision> {
    let mut standing = BTreeMap::new();
    for decision in decisions {
        match &decision.act {
            Act::Undo { of } => drop(standing.remove(of)),
            _ => drop(standing.insert(decision.id(), decision)),
        }
    }
    standing
}

#[cfg(test)]
mod tests {
    use super::*;

    const RENAME: &str = r#"{"decision":"rename","entity":{"type":"Organization","name":"泰坦"},"to":"泰坦科技","reason":"年报","date":"2026-11-27"}"#;

    #[test]
    fn a_line_is_read_as_it_was_written() {
        let decision = Decision::from_json(RENAME).unwrap();
        assert_eq!(decision.to_json(), RENAME);
        assert_eq!(decision.id().len(), 8);
    }

    #[test]
    fn what_is_wrong_with_a_line_is_named() {
        let wrong = |from: &str, to: &str| Decision::from_json(&RENAME.replace(from, to)).unwrap_err().to_string();
        assert!(wrong("2026-11-27", "2026-11").contains("no day"));
        assert!(wrong("2026-11-27", "heute").contains("no day"));
        assert!(wrong("年报", " ").contains("reason"));
        assert!(wrong("rename", "praise").contains("praise"));
        assert!(wrong("\"to\"", "\"too\"").contains("too"));
        assert!(wrong(",\"reason\":\"年报\"", "").contains("reason"));
    }

    #[test]
    fn an_undone_decision_can_be_made_again() {
        let decision = Decision::from_json(RENAME).unwrap();
        let undo = Decision::new(Act::Undo { of: decision.id() }, "误", "2026-11-28").unwrap();
        assert!(standing(&[decision.clone(), undo.clone()]).is_empty());
        assert_eq!(standing(&[decision.clone(), undo, decision.clone()]).keys().collect::<Vec<_>>(), [&decision.id()]);
    }
}
