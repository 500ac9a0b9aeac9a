//! Ids of facts that outlive a correction elsewhere, and facts in words.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::{Annotation, Bound, Fact, Filler, Quantity, Value};
use crate::span::CharSpan;

impl Annotation {
    /// An id for each fact, in the order of [`Annotation::facts`]: the first 16 hexadecimal digits of SHA-256 over the
    /// document's id, the type, the trigger words and their running number in the text, and the sorted (role, name or
    /// value). No offsets: a correction elsewhere in the text moves nothing. Names are those of the document, so that
    /// nothing that other documents say changes an id.
    #[must_use]
    pub fn fact_ids(&self) -> Vec<String> {
        let mut taken = BTreeSet::new();
        let id = |fact| {
            // Two facts that say the same in the same words are two still: the second has a number in its hash.
            (1..).map(|nth| self.hash(fact, nth)).find(|hash| taken.insert(hash.clone())).unwrap_or_default()
        };
        self.facts.iter().map(id).collect()
    }

    /// The sorted roles of a fact with their fillers in words.
    #[must_use]
    pub fn fillers(&self, fact: &Fact) -> Vec<(String, String)> {
        let names: BTreeMap<&str, &str> = self.entities.iter().map(|e| (e.id.as_str(), e.name.as_str())).collect();
        let mut fillers: Vec<_> = fact.roles.iter().map(|f| (f.role.clone(), in_words(f, &names))).collect();
        fillers.sort();
        fillers
    }

    /// The words of a range; empty where it leaves the text.
    #[must_use]
    pub fn words(&self, span: CharSpan) -> &str {
        let byte = |at: usize| self.text.char_indices().nth(at).map_or(self.text.len(), |(byte, _)| byte);
        self.text.get(byte(span.start)..byte(span.end)).unwrap_or_default()
    }

    fn hash(&self, fact: &Fact, nth: usize) -> String {
        let (words, running) = fact.trigger.map_or(("", 0), |trigger| self.occurrence(trigger));
        // JSON keeps the parts apart, whatever characters they hold.
        let mut key = serde_json::json!([self.id, fact.kind, words, running, self.fillers(fact)]).to_string();
        if nth > 1 {
            let _ = write!(key, "{nth}");
        }
        hexadecimal(&Sha256::digest(key.as_bytes())[..8])
    }

    /// The words of a range, and which of their occurrences in the text it is, from 1.
    fn occurrence(&self, span: CharSpan) -> (&str, usize) {
        let words = self.words(span);
        if words.is_empty() {
            return ("", 0);
        }
        let start = self.text.char_indices().nth(span.start).map_or(self.text.len(), |(byte, _)| byte);
        (words, self.text.match_indices(words).take_while(|(at, _)| *at <= start).count())
    }
}

/// Bytes as lower-case hexadecimal digits.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut digits, byte| {
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}

/// A filler in words: the entity's name by `names`, a text, or a number with its unit.
pub(crate) fn in_words(filler: &Filler, names: &BTreeMap<&str, &str>) -> String {
    match (&filler.entity, &filler.value) {
        (Some(id), _) => names.get(id.as_str()).copied().unwrap_or_default().to_owned(),
        (None, Some(Value::Text(text))) => text.clone(),
        (None, Some(Value::Quantity(quantity))) => amount(quantity),
        (None, None) => String::new(),
    }
}

/// `>50883 CNY`, `17 例`.
pub(crate) fn amount(quantity: &Quantity) -> String {
    let sign = match quantity.bound {
        Some(Bound::Over) => ">",
        Some(Bound::About) => "≈",
        Some(Bound::Under) => "<",
        None => "",
    };
    let unit = quantity.currency.as_deref().or(quantity.unit.as_deref()).unwrap_or_default();
    format!("{sign}{} {unit}", quantity.value).trim_end().to_owned()
}
