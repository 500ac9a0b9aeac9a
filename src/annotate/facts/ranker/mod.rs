//! What the grammar reads, judged by learned weights: which facts hold, and what fills their roles.
//!
//! Two logistic regressions (a log-linear model of two classes each). The first gives how likely a candidate fills a
//! role of a fact, by how it stands to the trigger and what the grammar made of it; the second how likely the trigger
//! states the fact, by what the grammar made of that and how well its roles are filled. `tupu train facts` learns them
//! from annotated articles; [`proposal`] is the grammar's side, [`features`] what the weights see.

pub(crate) mod features;
pub(crate) mod proposal;
pub(crate) mod weights;

use std::cmp::Reverse;

use proposal::{Candidate, Proposal, Read};
use weights::Stage;
pub use weights::Weights;

use super::{Draft, Filler};
use crate::annotate::odds::{log_odds, logistic};
use crate::schema::{Fills, Frame, Schema};

/// What the grammar read stays a fact however unlikely, unless the trigger rather states one of another type, and says how
/// likely it is; its fillers stay where they are likelier than this.
const KEEP_FILLER: f64 = 0.4;
/// What the grammar did not read is told where it is likelier than these: a fact, a filler.
const ADD: f64 = 0.4;
const ADD_FILLER: f64 = 0.6;

/// A proposal as judged.
pub(crate) struct Judged<'a> {
    pub proposal: &'a Proposal,
    /// How likely the trigger states the fact.
    pub probability: f64,
    /// How likely every candidate fills its role, if it does.
    fillers: Vec<f64>,
}

impl Weights {
    /// Judges what the grammar proposes.
    pub(crate) fn judge<'a>(&self, text: &str, proposal: &'a Proposal) -> Judged<'a> {
        let filler = |c| self.probability(Stage::Filler, |sum| features::candidate(text, proposal, c, sum));
        let fillers: Vec<f64> = proposal.candidates.iter().map(filler).collect();
        let best = best(proposal, &fillers);
        let probability = self.probability(Stage::Fact, |sum| features::fact(text, proposal, &best, sum));
        Judged { proposal, probability, fillers }
    }
}

/// The likeliest candidate of every role.
pub(crate) fn best<'a>(proposal: &'a Proposal, fillers: &[f64]) -> Vec<(&'a str, f64)> {
    let mut out: Vec<(&str, f64)> = Vec::new();
    for (candidate, probability) in proposal.candidates.iter().zip(fillers) {
        match out.iter_mut().find(|(role, _)| *role == candidate.filler.role) {
            Some((_, most)) => *most = most.max(*probability),
            None => out.push((&candidate.filler.role, *probability)),
        }
    }
    out
}

impl Judged<'_> {
    /// Whether the fact is likely enough to be told.
    pub fn holds(&self) -> bool {
        !self.proposal.drafts.is_empty() || self.probability >= ADD
    }

    /// The facts that it comes to, with the fillers that are likely; where the grammar read none, `new` makes one of
    /// those.
    pub fn drafts(&self, weights: &Weights, schema: &Schema, new: impl Fn(Vec<Filler>) -> Option<Draft>) -> Vec<Draft> {
        let Some(frame) = schema.frame(&self.proposal.frame) else { return Vec::new() };
        let mut drafts = self.proposal.drafts.clone();
        // What goes on with a fact told before (丙参加会见) may have one filler.
        let least: Vec<usize> = drafts.iter().map(|d| d.fillers.len().min(2)).collect();
        for draft in &mut drafts {
            draft.fillers.retain(|f| self.of(f).is_none_or(|p| p >= KEEP_FILLER));
        }
        let added = self.added(frame);
        match drafts.as_mut_slice() {
            [] => drafts.extend(new(added)),
            [draft] => draft.fillers.extend(added),
            // Of several facts of one trigger nobody knows whose it is.
            _ => {}
        }
        let mut least = least.into_iter();
        drafts.retain(|d| d.fillers.len() >= least.next().unwrap_or(2));
        for draft in &mut drafts {
            let odds: Vec<f64> = draft.fillers.iter().filter_map(|f| self.of(f)).map(log_odds).collect();
            #[allow(clippy::cast_precision_loss)]
            let mean = odds.iter().sum::<f64>() / odds.len().max(1) as f64;
            draft.confidence = weights.confidence(self.probability * logistic(mean));
        }
        drafts
    }

    /// How likely a filler is right.
    fn of(&self, filler: &Filler) -> Option<f64> {
        let same = |c: &Candidate| c.filler.role == filler.role && c.filler.span == filler.span;
        self.proposal.candidates.iter().position(same).map(|at| self.fillers[at])
    }

    /// The fillers that the grammar did not read, the likeliest first: one role for one stretch of words, one value for a
    /// role.
    fn added(&self, frame: &Frame) -> Vec<Filler> {
        let candidates = &self.proposal.candidates;
        let mut ranked: Vec<usize> = (0..candidates.len())
            .filter(|at| self.fillers[*at] >= ADD_FILLER && candidates[*at].read != Read::So)
            .collect();
        ranked.sort_by(|a, b| self.fillers[*b].total_cmp(&self.fillers[*a]).then(a.cmp(b)));
        let read = candidates.iter().zip(&self.fillers).filter(|(c, p)| c.read == Read::So && **p >= KEEP_FILLER);
        let mut told: Vec<&Filler> = read.map(|(c, _)| &c.filler).collect();
        let mut out: Vec<usize> = Vec::new();
        for at in ranked {
            let filler = &candidates[at].filler;
            let single = frame.roles.get(&filler.role).is_some_and(|r| matches!(r.fills, Fills::Value(_)));
            if !told.iter().any(|f| f.span.overlaps(filler.span) || single && f.role == filler.role) {
                told.push(filler);
                out.push(at);
            }
        }
        out.sort_unstable();
        out.into_iter().map(|at| candidates[at].filler.clone()).collect()
    }
}

/// Of several proposals for one trigger the one that is told: the likeliest.
pub(crate) fn likeliest<'a>(
    text: &str,
    weights: &Weights,
    proposals: impl Iterator<Item = &'a Proposal>,
) -> Option<Judged<'a>> {
    let held = proposals.map(|p| weights.judge(text, p)).filter(Judged::holds).enumerate();
    held.max_by(|(at, a), (other, b)| a.probability.total_cmp(&b.probability).then(Reverse(at).cmp(&Reverse(other))))
        .map(|(_, judged)| judged)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::{Annotator, FACTS};
    use crate::annotation::Annotation;
    use crate::document::Document;

    fn read(weights: &str, text: &str) -> Annotation {
        let mut annotator = Annotator::new(Schema::embedded().unwrap());
        annotator.judge_by(Weights::parse(weights));
        annotator.annotate(&Document { text: text.into(), ..Document::default() })
    }

    fn roles(annotation: &Annotation) -> Vec<&str> {
        annotation.facts.iter().flat_map(|f| &f.roles).map(|r| r.role.as_str()).collect()
    }

    const GIFT: &str = "东海大学向江北医院捐赠口罩500只。";

    #[test]
    fn unlikely_fillers_are_left_out_and_likely_facts_are_told() {
        let kept = "filler\tread|so\t3\n";
        assert_eq!(roles(&read(kept, GIFT)), ["donor", "item", "recipient"]);
        let without = format!("{kept}filler\tread|so|recipient\t-6\n");
        assert_eq!(roles(&read(&without, GIFT)), ["donor", "item"]);
        // The grammar wants to know what is provided.
        let vague = "东海大学向江北医院提供。";
        assert_eq!(roles(&read(kept, vague)), [""; 0]);
        let likely = "filler\texpected|supplier\t3\nfiller\texpected|recipient\t3\nfact\tgrammar|unmet\t3\n";
        let told = read(&format!("{kept}{likely}"), vague);
        assert_eq!(roles(&told), ["supplier", "recipient"]);
        assert!(told.facts[0].by.as_deref().unwrap().starts_with("model:supply/"), "{:?}", told.facts[0].by);
    }

    #[test]
    fn confidence_is_what_the_table_makes_of_the_odds() {
        let confidence = |table: &str| read(table, GIFT).facts[0].confidence.unwrap();
        let weights = "filler\tread|so\t9\nfact\tgrammar|read\t2\n";
        assert!(confidence(&format!("{weights}confidence\toffset\t-9\nconfidence\tslope\t1\n")) < 0.01);
        assert!(confidence(&format!("{weights}confidence\toffset\t9\nconfidence\tslope\t1\n")) > 0.99);
    }

    #[test]
    fn every_row_of_the_built_in_table_is_read() {
        let rows: Vec<&str> = FACTS.lines().filter(|l| !l.starts_with('#')).collect();
        for row in &rows {
            let [stage, feature, weight] = row.split('\t').collect::<Vec<_>>()[..] else { panic!("{row}") };
            assert!(Stage::ALL.iter().any(|s| s.name() == stage) && !feature.is_empty(), "{row}");
            assert!(weight.parse::<f64>().is_ok(), "{row}");
        }
        assert_eq!(Weights::parse(FACTS).len(), rows.len(), "two features of one hash, or one that stands twice");
    }
}
