//! Gold annotations against predicted ones.
//!
//! Documents are paired by id; a gold document without a prediction counts as wholly missed. Counted over all
//! documents, as precision, recall and F1:
//!
//! | figure | what is right |
//! | --- | --- |
//! | `mentions`, `names` | span and entity type equal a gold mention's; names are persons, organisations and places |
//! | `entities` | aligned one to one with a gold entity of the same type |
//! | `roles`, `typed` | a filler of a paired fact is the aligned entity or the same value; typed: of the same type too |
//! | `quantities`, `bounds` | number and unit of a right filler are equal; over, about and under agree |
//! | `status`, `evidence` | of paired facts: polarity and modality are equal; evidence overlaps by half of its union |
//! | `asserted` | facts stated as positive and actual, paired with one that is so too |
//! | `facts` | every filler on both sides and the status are right |
//! | `macro` | the mean over documents of the document's roles F1 |

mod align;
mod report;

use std::collections::{BTreeMap, BTreeSet};

use crate::annotation::{Annotation, Bound, EntityType, Fact, Filler, Quantity, Value};
use crate::span::{CharSpan, CodePoints, Span};

use align::Aligned;
pub(crate) use align::{close, one_to_one, overlap};
pub use report::{Calibration, Row};

/// What was right, what gold holds, what was predicted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Predicted and in gold.
    pub right: usize,
    /// In gold.
    pub gold: usize,
    /// Predicted.
    pub predicted: usize,
}

impl Tally {
    fn add(&mut self, right: usize, gold: usize, predicted: usize) {
        self.right += right;
        self.gold += gold;
        self.predicted += predicted;
    }
}

/// The figures of a set of documents.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Score {
    /// By name: those of the table above, `mentions/TYPE` and `roles/TYPE`.
    pub tallies: BTreeMap<String, Tally>,
    /// The roles F1 of every document that states facts or is said to.
    pub documents: Vec<f64>,
    /// The facts that were missed or made up, in the order of the documents.
    pub errors: Vec<Error>,
    /// Of every predicted fact that says how sure it is: that, and whether it is right. Right is a fact paired with one of
    /// the same status, at least half of whose fillers are right.
    pub confidences: Vec<(f64, bool)>,
}

/// A fact without a partner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// In gold only.
    Missed {
        /// The document's id.
        document: String,
        /// Type and fillers.
        fact: String,
        /// The words that state it.
        evidence: String,
    },
    /// Predicted only.
    Wrong {
        /// The document's id.
        document: String,
        /// Type and fillers.
        fact: String,
    },
}

/// Why two sets of annotations cannot be compared.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ScoreError {
    /// A prediction for a document that gold does not have.
    #[error(
        "document {0:?} is predicted, but gold does not have it; score against the gold that holds it, or leave it out"
    )]
    NoGold(String),
    /// The texts of one document differ.
    #[error(
        "document {0:?}: the predicted text differs from the gold text, so offsets cannot be compared; extract from the gold file itself"
    )]
    Text(String),
}

/// Counts what of `predicted` is right by `gold`.
///
/// # Errors
/// A predicted document without gold, or with another text.
pub fn score(gold: &[Annotation], predicted: &[Annotation]) -> Result<Score, ScoreError> {
    let by_id: BTreeMap<_, _> = predicted.iter().map(|p| (p.id.as_str(), p)).collect();
    let known: BTreeSet<_> = gold.iter().map(|g| g.id.as_str()).collect();
    if let Some(extra) = by_id.keys().find(|id| !known.contains(*id)) {
        return Err(ScoreError::NoGold((*extra).to_owned()));
    }
    let mut score = Score::default();
    for gold in gold {
        match by_id.get(gold.id.as_str()) {
            Some(predicted) if predicted.text != gold.text => return Err(ScoreError::Text(gold.id.clone())),
            Some(predicted) => score.document(gold, predicted),
            None => score.document(gold, &Annotation { entities: Vec::new(), facts: Vec::new(), ..gold.clone() }),
        }
    }
    Ok(score)
}

impl Score {
    /// The sums of `roles/TYPE` over some fact types.
    #[must_use]
    pub fn roles_of(&self, types: &[String]) -> Tally {
        let mut sum = Tally::default();
        for tally in types.iter().filter_map(|kind| self.tallies.get(&format!("roles/{kind}"))) {
            sum.add(tally.right, tally.gold, tally.predicted);
        }
        sum
    }

    fn tally(&mut self, name: impl Into<String>) -> &mut Tally {
        self.tallies.entry(name.into()).or_default()
    }

    fn document(&mut self, gold: &Annotation, predicted: &Annotation) {
        self.mentions(gold, predicted);
        let aligned = Aligned::new(gold, predicted);
        self.tally("entities").add(aligned.of_one_type(), gold.entities.len(), predicted.entities.len());

        self.tally("roles");
        for fact in &gold.facts {
            self.fact(fact, |tally, n| tally.gold += n);
        }
        for fact in &predicted.facts {
            self.fact(fact, |tally, n| tally.predicted += n);
        }
        let pairs = aligned.facts(&gold.facts, &predicted.facts);
        let mut right = 0;
        let mut good = BTreeSet::new();
        for &(g, p) in &pairs {
            let (fact, told) = (&gold.facts[g], &predicted.facts[p]);
            let fillers = self.pair(&aligned, fact, told);
            right += fillers;
            if (fact.polarity, fact.modality) == (told.polarity, told.modality) && 2 * fillers >= told.roles.len() {
                good.insert(p);
            }
        }
        for (p, fact) in predicted.facts.iter().enumerate() {
            self.confidences.extend(fact.confidence.map(|confidence| (confidence, good.contains(&p))));
        }
        let fillers = |facts: &[Fact]| facts.iter().map(|f| f.roles.len()).sum::<usize>();
        let all = fillers(&gold.facts) + fillers(&predicted.facts);
        if all > 0 {
            self.documents.push(ratio(2 * right, all));
        }
        self.unpaired(gold, predicted, &pairs);
    }

    fn mentions(&mut self, gold: &Annotation, predicted: &Annotation) {
        let (gold, predicted) = (typed_mentions(gold), typed_mentions(predicted));
        let right: BTreeSet<_> = gold.intersection(&predicted).copied().collect();
        self.tally("mentions").add(right.len(), gold.len(), predicted.len());
        let count = |set: &BTreeSet<(EntityType, CharSpan)>, kinds: &[EntityType]| {
            set.iter().filter(|(kind, _)| kinds.contains(kind)).count()
        };
        let names = [EntityType::Person, EntityType::Organization, EntityType::Place];
        self.tally("names").add(count(&right, &names), count(&gold, &names), count(&predicted, &names));
        for kind in EntityType::ALL {
            let [right, gold, predicted] = [&right, &gold, &predicted].map(|set| count(set, &[kind]));
            if gold + predicted > 0 {
                self.tally(format!("mentions/{kind}")).add(right, gold, predicted);
            }
        }
    }

    /// Counts a fact on one side.
    fn fact(&mut self, fact: &Fact, count: impl Fn(&mut Tally, usize)) {
        let fillers = fact.roles.len();
        count(self.tally("facts"), 1);
        count(self.tally("roles"), fillers);
        count(self.tally(format!("roles/{}", fact.kind)), fillers);
        count(self.tally("typed"), fillers);
        count(self.tally("asserted"), usize::from(fact.is_asserted()));
        count(self.tally("quantities"), fact.roles.iter().filter(|r| quantity(r).is_some()).count());
    }

    /// Counts what two paired facts have in common; returns the number of right fillers.
    fn pair(&mut self, aligned: &Aligned<'_>, gold: &Fact, predicted: &Fact) -> usize {
        let fillers = aligned.fillers(gold, predicted);
        let right = fillers.len();
        self.tally("roles").right += right;
        self.tally(format!("roles/{}", gold.kind)).right += right;
        let same_status = (gold.polarity, gold.modality) == (predicted.polarity, predicted.modality);
        self.tally("status").add(usize::from(same_status), 1, 1);
        self.tally("asserted").right += usize::from(same_status && gold.is_asserted());
        let same_evidence = gold.evidence.zip(predicted.evidence).is_some_and(|(g, p)| overlap(g, p) >= 0.5);
        self.tally("evidence").add(usize::from(same_evidence), 1, 1);
        let whole = same_status && right == gold.roles.len() && right == predicted.roles.len();
        self.tally("facts").right += usize::from(whole);
        for (g, p) in fillers {
            let (g, p) = (&gold.roles[g], &predicted.roles[p]);
            self.tally("typed").right += usize::from(aligned.same_type(g, p));
            let (gb, pb) = (bound(g), bound(p));
            if gb.is_some() || pb.is_some() {
                let (right, gold, predicted) = (gb == pb, gb.is_some(), pb.is_some());
                self.tally("bounds").add(right.into(), gold.into(), predicted.into());
            }
            let same = quantity(g).zip(quantity(p)).is_some_and(|(a, b)| a.value == b.value && a.unit == b.unit);
            self.tally("quantities").right += usize::from(same);
        }
        right
    }

    fn unpaired(&mut self, gold: &Annotation, predicted: &Annotation, pairs: &[(usize, usize)]) {
        let points = CodePoints::new(&gold.text);
        let words = |span| points.bytes(span).map_or("", |span: Span| span.of(&gold.text)).to_owned();
        for (g, fact) in gold.facts.iter().enumerate() {
            if pairs.iter().all(|pair| pair.0 != g) {
                self.errors.push(Error::Missed {
                    document: gold.id.clone(),
                    fact: report::fact(fact, gold),
                    evidence: fact.evidence.map(words).unwrap_or_default(),
                });
            }
        }
        for (p, fact) in predicted.facts.iter().enumerate() {
            if pairs.iter().all(|pair| pair.1 != p) {
                self.errors.push(Error::Wrong { document: gold.id.clone(), fact: report::fact(fact, predicted) });
            }
        }
    }
}

fn typed_mentions(annotation: &Annotation) -> BTreeSet<(EntityType, CharSpan)> {
    annotation.entities.iter().flat_map(|e| e.mentions.iter().map(|m| (e.kind, *m))).collect()
}

/// The quantity of a filler; for a count, the count itself.
fn quantity(filler: &Filler) -> Option<&Quantity> {
    filler.quantity.as_ref().or_else(|| (filler.role == "count").then(|| number(filler)).flatten())
}

/// A filler that is itself a number.
fn number(filler: &Filler) -> Option<&Quantity> {
    match &filler.value {
        Some(Value::Quantity(quantity)) => Some(quantity),
        _ => None,
    }
}

fn bound(filler: &Filler) -> Option<Bound> {
    quantity(filler).or_else(|| number(filler))?.bound
}

/// A share of a whole; 0 of nothing.
#[allow(clippy::cast_precision_loss)] // counts of fillers are far below 2^53
fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests;
