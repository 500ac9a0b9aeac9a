//! What still holds of when: statements at a dated meeting are of its day (甲28日会见乙。甲表示…).

use rustc_hash::FxHashMap;

use super::clause::values_of;
use super::{Draft, Filled, Filler};
use crate::annotate::coreference::Referent;
use crate::annotate::mentions::Mention;
use crate::annotate::segment::Sentence;
use crate::annotate::token::Token;
use crate::annotate::values::{Value, ValueKind};
use crate::lexicon::Lexicon;
use crate::schema::{Schema, Slot};
use crate::span::Span;
use crate::text::date::Date;

/// News tells of events of so many days before its publication; what is older is told besides.
const RECENT: i64 = 7;

/// A document as read so far.
pub(crate) struct Told<'a> {
    pub text: &'a str,
    pub published: Option<Date>,
    pub sentences: &'a [Sentence],
    pub tokens: &'a [Vec<Token>],
    pub mentions: &'a [Mention],
    pub referents: &'a [Referent],
    pub values: &'a [Value],
    pub lexicon: &'a Lexicon,
}

/// Gives statements without a time the day of the last dated sentence before that speaks of who speaks.
pub(crate) fn times(told: &Told<'_>, schema: &Schema, drafts: &mut [Draft]) {
    let of_mention: FxHashMap<usize, usize> =
        told.referents.iter().enumerate().flat_map(|(at, r)| r.mentions.iter().map(move |m| (*m, at))).collect();
    let days: Vec<(usize, usize)> = (0..told.sentences.len()).filter_map(|at| Some((at, told.day(at)?))).collect();
    for draft in drafts.iter_mut().filter(|d| !d.fillers.iter().any(|f| f.role == "time")) {
        let Some(frame) = schema.frame(&draft.frame) else { continue };
        if !frame.patterns[draft.pattern].slots.contains_key(&Slot::Quote) {
            continue;
        }
        let at = draft.trigger.unwrap_or(draft.evidence).start;
        let sentence = told.sentences.partition_point(|s| s.span.end <= at);
        if told.before(sentence, at).any(|w| told.lexicon.is("other_time", w)) {
            continue;
        }
        let who = draft.fillers.iter().filter_map(|f| match f.what {
            Filled::Mention(m, _) => of_mention.get(&m).map(|r| told.referents[*r].mentions.as_slice()),
            _ => None,
        });
        let who: Vec<Span> = who.flatten().map(|m| told.mentions[*m].span).collect();
        let of_whom = |at: usize| who.iter().any(|s| told.sentences[at].span.contains(*s));
        let own = |(at, day): &&(usize, usize)| {
            draft.trigger.is_none() && *at == sentence && told.values[*day].span.end <= begins(draft)
        };
        let day = days.iter().rev().find(|day| own(day) || day.0 < sentence && of_whom(day.0));
        if let Some((_, value)) = day {
            let span = told.values[*value].span;
            draft.fillers.push(Filler { role: "time".into(), what: Filled::Value(*value), quantity: None, span });
        }
    }
}

/// The first byte of what fills a draft.
fn begins(draft: &Draft) -> usize {
    draft.fillers.iter().map(|f| f.span.start).min().unwrap_or(draft.evidence.start)
}

/// Gives what the patterns read that go on with a fact to the one of their frame that was told last before: 甲会见乙。丙参加会见.
pub(crate) fn join(schema: &Schema, drafts: &mut Vec<Draft>) {
    let joins = |d: &Draft| schema.frame(&d.frame).and_then(|f| f.patterns.get(d.pattern)).is_some_and(|p| p.joins);
    for at in 0..drafts.len() {
        if !joins(&drafts[at]) {
            continue;
        }
        let (before, from) = drafts.split_at_mut(at);
        let last = before.iter_mut().rev().find(|d| d.frame == from[0].frame && !joins(d));
        let Some(last) = last else { continue };
        // When and where it is told already.
        let more = from[0].fillers.iter().filter(|f| !matches!(f.role.as_str(), "time" | "place"));
        last.fillers.extend(more.cloned());
    }
    drafts.retain(|d| !joins(d));
}

impl Told<'_> {
    /// The words of a sentence before a byte, from the right, to the last mark before it.
    fn before(&self, sentence: usize, at: usize) -> impl Iterator<Item = &str> {
        let clauses = self.sentences.get(sentence).map_or(&[][..], |s| &s.clauses);
        let start = clauses.iter().rev().find(|c| c.start <= at).map_or(at, |c| c.start);
        let tokens = self.tokens.get(sentence).map_or(&[][..], Vec::as_slice);
        let within = tokens.iter().filter(move |t| t.span.start >= start && t.span.end <= at);
        within.rev().map(|t| t.span.of(self.text))
    }

    /// The day on which a sentence says that something happened, not what somebody says in it.
    fn day(&self, sentence: usize) -> Option<usize> {
        let span = self.sentences[sentence].span;
        let speech = self.tokens[sentence]
            .iter()
            .find(|t| self.lexicon.speech.contains(t.span.of(self.text)))
            .map_or(span.end, |t| t.span.start);
        let days = values_of(self.values, span).filter(|(_, v)| v.span.end <= speech).filter(|(_, v)| {
            let ValueKind::Time(time) = &v.kind else { return false };
            let day = Date::parse(time).filter(|_| time.len() == "2020-02-10".len());
            day.is_some_and(|day| self.published.is_none_or(|p| (0..=RECENT).contains(&p.since(day))))
        });
        days.map(|(at, _)| at).next()
    }
}
