//! What makes an annotation valid beyond its JSON: version, ids, offsets, references, times.

use std::collections::BTreeSet;

use super::{Annotation, Fact, Filler, Quantity, RESERVED, VERSION, Value, is_reserved_class};
use crate::span::CodePoints;
use crate::text::time;

/// What is wrong with an annotation that parses as JSON.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Invalid {
    /// The JSON is broken, a field is missing, unknown or of the wrong kind.
    #[error("{0}")]
    Json(String),
    /// A later version of the format.
    #[error("version {0} of the annotation format is not known to this program (it reads version {VERSION})")]
    Version(u32),
    /// The id is empty.
    #[error("the document's id is empty")]
    EmptyId,
    /// An offset leaves the text.
    #[error("{what}: {start}..{end} is no range within the text of {length} code points")]
    Range {
        /// Where the range stands.
        what: String,
        /// Its first code point.
        start: usize,
        /// The code point after its last.
        end: usize,
        /// The text's length.
        length: usize,
    },
    /// Two entities or two facts with one id.
    #[error("id {0} stands twice")]
    TwiceId(String),
    /// A filler names an entity that is not there.
    #[error("fact {fact}: role {role} names entity {entity}, which the document does not have")]
    NoEntity {
        /// The fact.
        fact: String,
        /// The role.
        role: String,
        /// The missing entity.
        entity: String,
    },
    /// A type or role that would be one with a term that the graph has for every fact.
    #[error("fact {fact}: {word} is no name for a fact type or a role; the graph uses that word for something else")]
    Reserved {
        /// The fact.
        fact: String,
        /// The word.
        word: String,
    },
    /// A filler with neither an entity nor a value, or with both.
    #[error("fact {fact}: role {role} must have either an entity or a value")]
    Filler {
        /// The fact.
        fact: String,
        /// The role.
        role: String,
    },
    /// A bound that bounds no number.
    #[error("fact {fact}: role {role} has a bound and no number that it could bound")]
    Bound {
        /// The fact.
        fact: String,
        /// The role.
        role: String,
    },
    /// A quantity of something that is no entity.
    #[error("fact {fact}: role {role} has a quantity beside a value; a number that fills a role stands in its value")]
    Quantity {
        /// The fact.
        fact: String,
        /// The role.
        role: String,
    },
    /// A time that is none.
    #[error("{what}: {time:?} is no time; write 2020-01-27, 2020-01, 2020 or 2020-01-27/2020-01-28")]
    Time {
        /// Where it stands.
        what: String,
        /// What stands there.
        time: String,
    },
    /// A currency without a code of three letters.
    #[error("{what}: {currency:?} is no currency; write its three letters, as CNY")]
    Currency {
        /// Where it stands.
        what: String,
        /// What stands there.
        currency: String,
    },
    /// A confidence that is none.
    #[error("fact {0}: its confidence is not between 0 and 1")]
    Confidence(String),
    /// An offset without the other.
    #[error("{0}: start and end come together or not at all")]
    HalfRange(String),
}

impl Annotation {
    /// Checks version, ids, offsets, references, times and numbers.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn check(&self) -> Result<(), Invalid> {
        if self.version != VERSION {
            return Err(Invalid::Version(self.version));
        }
        if self.id.is_empty() {
            return Err(Invalid::EmptyId);
        }
        let of_reprints = self.reprints.iter().filter_map(|r| r.published.as_deref());
        for published in self.published.as_deref().into_iter().chain(of_reprints) {
            if published.contains('/') || time::days(published).is_none() {
                return Err(Invalid::Time { what: "published".to_owned(), time: published.to_owned() });
            }
        }
        let mut prints = BTreeSet::from([self.id.as_str()]);
        for reprint in &self.reprints {
            if reprint.id.is_empty() {
                return Err(Invalid::EmptyId);
            }
            if !prints.insert(&reprint.id) {
                return Err(Invalid::TwiceId(reprint.id.clone()));
            }
        }
        let length = CodePoints::new(&self.text).count();
        let mut ids = BTreeSet::new();
        for entity in &self.entities {
            if !ids.insert(entity.id.as_str()) {
                return Err(Invalid::TwiceId(entity.id.clone()));
            }
            for m in &entity.mentions {
                within(|| format!("mention of {}", entity.name), m.start, m.end, length)?;
            }
        }
        let mut facts = BTreeSet::new();
        for fact in &self.facts {
            if !facts.insert(fact.id.as_str()) {
                return Err(Invalid::TwiceId(fact.id.clone()));
            }
            if fact.confidence.is_some_and(|confidence| !(0.0..=1.0).contains(&confidence)) {
                return Err(Invalid::Confidence(fact.id.clone()));
            }
            for span in fact.trigger.iter().chain(&fact.evidence).chain(&fact.also) {
                within(|| format!("fact {}", fact.id), span.start, span.end, length)?;
            }
            let reserved = |word: &&str| is_reserved_class(word) || RESERVED.contains(word);
            let words = fact.roles.iter().map(|filler| filler.role.as_str()).chain([fact.kind.as_str()]);
            if let Some(word) = words.into_iter().find(reserved) {
                return Err(Invalid::Reserved { fact: fact.id.clone(), word: word.to_owned() });
            }
            fact.roles.iter().try_for_each(|filler| check_filler(fact, filler, &ids, length))?;
        }
        Ok(())
    }
}

fn check_filler(fact: &Fact, filler: &Filler, entities: &BTreeSet<&str>, length: usize) -> Result<(), Invalid> {
    let named = || (fact.id.clone(), filler.role.clone());
    match (&filler.entity, &filler.value) {
        (Some(id), None) if !entities.contains(id.as_str()) => {
            let (fact, role) = named();
            return Err(Invalid::NoEntity { fact, role, entity: id.clone() });
        }
        (Some(_), None) | (None, Some(_)) => {}
        _ => {
            let (fact, role) = named();
            return Err(Invalid::Filler { fact, role });
        }
    }
    // Reading has moved it into the value, where that is a number.
    if filler.bound.is_some() {
        let (fact, role) = named();
        return Err(Invalid::Bound { fact, role });
    }
    if filler.quantity.is_some() && filler.entity.is_none() {
        let (fact, role) = named();
        return Err(Invalid::Quantity { fact, role });
    }
    let at = |what: &str| format!("fact {}, {what} of role {}", fact.id, filler.role);
    if filler.role == "time" {
        let stated = match &filler.value {
            Some(Value::Text(text)) => text.as_str(),
            Some(Value::Quantity(_)) => "a number",
            None => "an entity",
        };
        if time::days(stated).is_none() {
            return Err(Invalid::Time { what: at("value"), time: stated.to_owned() });
        }
    }
    place(|| at("words"), filler.start, filler.end, length)?;
    let value = match &filler.value {
        Some(Value::Quantity(quantity)) => Some(quantity),
        _ => None,
    };
    for Quantity { currency, start, end, .. } in filler.quantity.iter().chain(value) {
        place(|| at("quantity"), *start, *end, length)?;
        let is_code = |code: &&String| code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase());
        if let Some(currency) = currency.as_ref().filter(|code| !is_code(code)) {
            return Err(Invalid::Currency { what: at("quantity"), currency: currency.clone() });
        }
    }
    Ok(())
}

/// A range that may be absent, both its ends.
fn place(what: impl Fn() -> String, start: Option<usize>, end: Option<usize>, length: usize) -> Result<(), Invalid> {
    match (start, end) {
        (Some(start), Some(end)) => within(what, start, end, length),
        (None, None) => Ok(()),
        _ => Err(Invalid::HalfRange(what())),
    }
}

fn within(what: impl Fn() -> String, start: usize, end: usize, length: usize) -> Result<(), Invalid> {
    if start < end && end <= length { Ok(()) } else { Err(Invalid::Range { what: what(), start, end, length }) }
}
