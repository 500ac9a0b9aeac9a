//! Runs the examples that frames carry.

use std::collections::BTreeMap;
use std::fmt;

use crate::annotate::Annotator;
use crate::annotation::{Annotation, Bound, Fact, Quantity, Value};
use crate::document::Document;
use crate::schema::{Example, ExampleFact, Frame};

/// An example that does not give what it must.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The frame's name.
    pub frame: String,
    /// The example's text.
    pub text: String,
    /// The facts it must give, one a line.
    pub expected: Vec<String>,
    /// The facts it gives.
    pub found: Vec<String>,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list =
            |facts: &[String]| if facts.is_empty() { "no fact".to_owned() } else { facts.join("\n            ") };
        write!(
            f,
            "{}: {}\n  must give {}\n  gives     {}",
            self.frame,
            self.text,
            list(&self.expected),
            list(&self.found)
        )
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
    let annotation = annotator.annotate(&document);
    let mut found: Vec<String> =
        annotation.facts.iter().filter(|f| f.kind == frame.name).map(|f| tell(&as_example(&annotation, f))).collect();
    let mut expected: Vec<String> = example.facts.iter().map(tell).collect();
    found.sort();
    expected.sort();
    (found != expected).then(|| Failure { frame: frame.name.clone(), text: example.text.clone(), expected, found })
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

fn tell(fact: &ExampleFact) -> String {
    let roles: Vec<String> = fact
        .roles
        .iter()
        .map(|(role, fillers)| {
            let mut fillers = fillers.clone();
            fillers.sort();
            format!("{role} = {}", fillers.join(" + "))
        })
        .collect();
    let mut out = roles.join(", ");
    if fact.modality != crate::annotation::Modality::Actual {
        out.push_str(&format!(" ({:?})", fact.modality).to_lowercase());
    }
    if fact.polarity != crate::annotation::Polarity::Positive {
        out.push_str(" (negative)");
    }
    out
}
