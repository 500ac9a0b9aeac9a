//! Runs the examples that frames carry.

use std::collections::BTreeMap;
use std::fmt;

use crate::annotate::Annotator;
use crate::annotation::{Annotation, Bound, Fact, Modality, Polarity, Quantity, Value};
use crate::document::Document;
use crate::schema::{Example, ExampleFact, Frame};

/// An example that does not give what it must: the facts that differ, each as one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The frame's name.
    pub frame: String,
    /// The example's text.
    pub text: String,
    /// The facts that it must give and does not.
    pub missing: Vec<String>,
    /// The facts that it gives and must not.
    pub unexpected: Vec<String>,
    /// How many of its facts are as they must be.
    pub held: usize,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |facts: &[String]| match (facts, self.held) {
            ([], 0) => "no fact".to_owned(),
            ([], _) => "no further fact".to_owned(),
            _ => facts.join("\n             "),
        };
        let (must, gives) = (list(&self.missing), list(&self.unexpected));
        write!(f, "{}: {}\n  must give  {must}\n  gives      {gives}", self.frame, self.text)
    }
}

/// The examples of `frame` that fail.
#[must_use]
pub fn examples(annotator: &Annotator, frame: &Frame) -> Vec<Failure> {
    frame.examples.iter().filter_map(|example| run(annotator, frame, example)).collect()
}

fn run(annotator: &Annotator, frame: &Frame, example: &Example) -> Option<Failure> {
    let document = Document {
        id: "example".into(),
        published: example.published.clone(),
        text: example.text.clone(),
        ..Document::default()
    };
    let annotation = annotator.by_grammar(&document);
    let of_frame = annotation.facts.iter().filter(|f| f.kind == frame.name);
    let mut unexpected: Vec<String> = of_frame.map(|f| tell(&as_example(&annotation, f))).collect();
    let mut missing: Vec<String> = example.facts.iter().map(tell).collect();
    let all = missing.len();
    missing.retain(|fact| match unexpected.iter().position(|found| found == fact) {
        Some(at) => {
            unexpected.remove(at);
            false
        }
        None => true,
    });
    let held = all - missing.len();
    missing.sort();
    unexpected.sort();
    let fails = !(missing.is_empty() && unexpected.is_empty());
    fails.then(|| Failure { frame: frame.name.clone(), text: example.text.clone(), missing, unexpected, held })
}

/// A fact in the form in which examples state them.
#[must_use]
pub fn as_example(annotation: &Annotation, fact: &Fact) -> ExampleFact {
    let mut roles: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for filler in &fact.roles {
        let words = match (&filler.entity, &filler.value) {
            (Some(id), _) => {
                let name = annotation.entities.iter().find(|e| e.id == *id).map_or("?", |e| e.name.as_str());
                match &filler.quantity {
                    Some(quantity) => format!("{name} {}", number(quantity)),
                    None => name.to_owned(),
                }
            }
            (None, Some(Value::Text(text))) => text.clone(),
            (None, Some(Value::Quantity(quantity))) => number(quantity),
            (None, None) => "?".to_owned(),
        };
        roles.entry(filler.role.clone()).or_default().push(words);
    }
    ExampleFact { modality: fact.modality, polarity: fact.polarity, roles }
}

/// `>150000只`, `~10000000 CNY`.
fn number(quantity: &Quantity) -> String {
    let bound = match quantity.bound {
        Some(Bound::Over) => ">",
        Some(Bound::About) => "~",
        Some(Bound::Under) => "<",
        None => "",
    };
    let unit =
        quantity.unit.clone().or_else(|| quantity.currency.as_ref().map(|c| format!(" {c}"))).unwrap_or_default();
    format!("{bound}{}{unit}", quantity.value)
}

/// A fact in one line: its roles in the order of their names, then its status where it is not the usual one.
fn tell(fact: &ExampleFact) -> String {
    let roles = fact.roles.iter().map(|(role, fillers)| {
        let mut fillers = fillers.clone();
        fillers.sort();
        format!("{role} = {}", fillers.join(" + "))
    });
    let mut out = roles.collect::<Vec<_>>().join(", ");
    out.push_str(match fact.modality {
        Modality::Actual => "",
        Modality::Planned => " (planned)",
        Modality::Possible => " (possible)",
    });
    if fact.polarity == Polarity::Negative {
        out.push_str(" (negative)");
    }
    out
}
