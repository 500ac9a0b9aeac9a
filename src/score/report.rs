//! Figures as a person and as a program read them.

use std::fmt;

use serde::Serialize;
use serde_json::{Map, json};

use super::{Error, Score, Tally, ratio};
use crate::annotation::{Annotation, Bound, Fact, Quantity, Value};

/// The figures that are always shown, in this order.
const FIGURES: [&str; 11] = [
    "mentions",
    "names",
    "entities",
    "roles",
    "typed",
    "quantities",
    "bounds",
    "status",
    "evidence",
    "asserted",
    "facts",
];

/// A tally as figures, each from 0 to 1 and rounded to four digits.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Row {
    /// The share of what was predicted that is right.
    pub precision: f64,
    /// The share of gold that was found.
    pub recall: f64,
    /// Their harmonic mean.
    pub f1: f64,
    /// Predicted and in gold.
    pub right: usize,
    /// In gold.
    pub gold: usize,
    /// Predicted.
    pub predicted: usize,
}

/// How often facts of some confidence are right.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Calibration {
    /// The confidence from which on, and below which.
    pub from: f64,
    /// The confidence below which; the last range holds 1.
    pub to: f64,
    /// So many facts have it.
    pub facts: usize,
    /// Their mean confidence.
    pub confidence: f64,
    /// The share of them that is right.
    pub right: f64,
}

impl fmt::Display for Calibration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { from, to, facts, confidence, right } = self;
        write!(f, "confidence {from:.1} to {to:.1}   {facts:>5} facts   mean {confidence:.2}   right {right:.2}")
    }
}

impl Tally {
    /// Precision, recall and F1.
    #[must_use]
    pub fn row(&self) -> Row {
        let (p, r) = (ratio(self.right, self.predicted), ratio(self.right, self.gold));
        let f1 = if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 };
        let Self { right, gold, predicted } = *self;
        Row { precision: round(p), recall: round(r), f1: round(f1), right, gold, predicted }
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { precision, recall, f1, right, gold, predicted } = self;
        write!(f, "P {precision:.3}  R {recall:.3}  F1 {f1:.3}   right {right} of {gold} gold, {predicted} predicted")
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missed { document, fact, evidence } => write!(f, "missed {document}: {fact} ← {evidence}"),
            Self::Wrong { document, fact } => write!(f, "wrong  {document}: {fact}"),
        }
    }
}

impl Score {
    /// How often facts are right by their confidence, in ranges of a tenth; ranges without facts are left out.
    #[must_use]
    #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    pub fn calibration(&self) -> Vec<Calibration> {
        let tenth = |confidence: f64| ((confidence * 10.0 + 1e-9) as usize).min(9);
        let range = |at: usize| {
            let facts: Vec<_> = self.confidences.iter().filter(|(confidence, _)| tenth(*confidence) == at).collect();
            let right = facts.iter().filter(|(_, right)| *right).count();
            let sum: f64 = facts.iter().map(|(confidence, _)| confidence).sum();
            let (from, to) = (at as f64 / 10.0, (at + 1) as f64 / 10.0);
            let n = facts.len() as f64;
            (!facts.is_empty()).then(|| Calibration {
                from,
                to,
                facts: facts.len(),
                confidence: sum / n,
                right: ratio(right, facts.len()),
            })
        };
        (0..10).filter_map(range).collect()
    }

    /// The mean over documents of their roles F1, rounded to four digits.
    #[must_use]
    pub fn macro_f1(&self) -> f64 {
        #[allow(clippy::cast_precision_loss)]
        let count = self.documents.len() as f64;
        if self.documents.is_empty() { 0.0 } else { round(self.documents.iter().sum::<f64>() / count) }
    }

    /// The figures as a table, one a line; `by_type` adds a line for every type of mention and of fact, and
    /// `selected` one for the sum over some fact types.
    #[must_use]
    pub fn table(&self, by_type: bool, selected: Option<Row>) -> String {
        let line = |name: &str, row: Row| format!("{name:28} {row}\n");
        let mut table = format!("{:28} F1 {:.3}   over {} articles\n", "macro", self.macro_f1(), self.documents.len());
        for name in FIGURES {
            table += &line(name, self.tallies.get(name).copied().unwrap_or_default().row());
        }
        for (name, tally) in self.tallies.iter().filter(|(name, _)| by_type && name.contains('/')) {
            table += &line(name, tally.row());
        }
        if let Some(row) = selected {
            table += &line("roles/selected", row);
        }
        table
    }

    /// All figures as one JSON object, a member each.
    #[must_use]
    pub fn json(&self, selected: Option<Row>) -> String {
        let rows = self.tallies.iter().map(|(name, tally)| (name.clone(), json!(tally.row())));
        let mut object: Map<_, _> = rows.collect();
        object.insert("macro".into(), json!({ "f1": self.macro_f1(), "articles": self.documents.len() }));
        if let Some(row) = selected {
            object.insert("roles/selected".into(), json!(row));
        }
        format!("{:#}\n", serde_json::Value::Object(object))
    }
}

/// A fact in one line: `Donation(donor=…, item=口罩)`.
pub(super) fn fact(fact: &Fact, document: &Annotation) -> String {
    let name =
        |id: &str| document.entities.iter().find(|e| e.id == id).map_or_else(|| id.to_owned(), |e| e.name.clone());
    let fillers: Vec<_> = fact
        .roles
        .iter()
        .map(|filler| {
            let what = match (&filler.entity, &filler.value) {
                (Some(id), _) => name(id),
                (None, Some(Value::Text(text))) => text.clone(),
                (None, Some(Value::Quantity(number))) => quantity(number),
                (None, None) => String::new(),
            };
            format!("{}={what}", filler.role)
        })
        .collect();
    format!("{}({})", fact.kind, fillers.join(", "))
}

/// A number with its bound and unit: `>150000只`, `50883 CNY`.
fn quantity(number: &Quantity) -> String {
    let bound = number.bound.map_or("", |bound| match bound {
        Bound::Over => ">",
        Bound::About => "~",
        Bound::Under => "<",
    });
    let unit = number.unit.clone().or_else(|| number.currency.as_ref().map(|code| format!(" {code}")));
    format!("{bound}{}{}", number.value, unit.unwrap_or_default())
}

/// Rounds to four digits as the decimal value of the number says, halves to the even digit. Printing does just
/// that, where multiplying by 10⁴ first would err by a binary digit.
fn round(share: f64) -> f64 {
    format!("{share:.4}").parse().unwrap_or(share)
}
