//! Numbers with a measure put together from words: 累计报告境外输入确诊病例1634例.

use serde::Deserialize;

/// How a number is read with what it measures.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tally {
    /// The role that takes the number.
    pub count: String,
    /// The role that takes the words of the measure.
    pub measure: String,
    /// Roles of entities that may stand among the words.
    #[serde(default)]
    pub of: Vec<String>,
    /// Measure words of the numbers meant.
    pub units: Vec<String>,
    /// The parts of a measure in their order; the last says what is counted.
    pub parts: Vec<Part>,
    /// Words that may stand between the parts and before the number.
    #[serde(default)]
    pub between: Vec<String>,
    /// Words that make the number 0.
    #[serde(default)]
    pub none: Vec<String>,
    /// Words that open parts of the number before.
    #[serde(default)]
    pub among: Vec<String>,
    /// Words of the last part that count only beside other numbers, or beside one of the entities `of`.
    #[serde(default)]
    pub unsure: Vec<String>,
}

/// One part of a measure.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Its words.
    pub words: Vec<String>,
    /// Whether what the first number of a sentence says holds for those behind it.
    #[serde(default)]
    pub holds: bool,
}

impl Tally {
    /// What is wrong with it, apart from its roles.
    pub(super) fn mistake(&self) -> Option<&'static str> {
        let blank = |words: &[String]| words.iter().any(|w| w.trim().is_empty());
        let lists = [&self.units, &self.between, &self.none, &self.among];
        if self.units.is_empty() {
            return Some("a tally needs `units`, the measure words of its numbers");
        }
        if self.parts.is_empty() || self.parts.iter().any(|p| p.words.is_empty()) {
            return Some("a tally needs `parts` with `words`, the last of them what is counted");
        }
        if lists.into_iter().any(|l| blank(l)) || self.parts.iter().any(|p| blank(&p.words)) {
            return Some("a word of the tally is empty");
        }
        None
    }

    /// The roles it names.
    pub fn roles(&self) -> impl Iterator<Item = &str> {
        [&self.count, &self.measure].into_iter().chain(&self.of).map(String::as_str)
    }
}
