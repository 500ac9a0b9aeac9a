//! How a text was read, for a person to follow.

use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::facts::Draft;
use super::facts::clause::View;
use super::mentions::{Candidate, Kind};
use super::original::Original;
use crate::annotation::Annotation;
use crate::span::Span;

/// The reading of a document, sentence by sentence, with what it came to.
#[derive(Debug, Clone)]
pub struct Trace {
    /// The sentences in order.
    pub sentences: Vec<SentenceTrace>,
    /// The result.
    pub annotation: Annotation,
}

/// The reading of one sentence.
#[derive(Debug, Clone, Default)]
pub struct SentenceTrace {
    /// Its words.
    pub text: String,
    /// Where it stands.
    pub span: Span,
    /// Words with their parts of speech.
    pub tokens: Vec<(String, String)>,
    /// What was read as a mention: words, kind, source.
    pub mentions: Vec<(String, String, &'static str)>,
    /// Readings that lost to these.
    pub lost: Vec<(String, String, &'static str)>,
    /// Values as words and what they mean.
    pub values: Vec<(String, String)>,
    /// The topic that holds behind the sentence.
    pub topic: Vec<String>,
    /// What the frames made of its triggers.
    pub attempts: Vec<Attempt>,
    /// Its facts, each in one line.
    pub facts: Vec<String>,
}

/// What one pattern made of one trigger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// The trigger's words.
    pub trigger: String,
    /// Where they stand.
    pub span: Span,
    /// The frame.
    pub frame: String,
    /// The pattern's number in its file, from 1.
    pub pattern: usize,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// A fact.
    Fact,
    /// Another frame made more of the trigger.
    Lost {
        /// That frame.
        to: String,
    },
    /// No fact, and why.
    Refused(Refusal),
}

/// Why a pattern made no fact of a trigger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// In words.
    pub reason: String,
    /// What a fact lacks; nothing where the words beside the trigger keep it from stating one at all (捐赠仪式).
    pub lack: Option<Lack>,
}

/// What a trigger lacks to state a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lack {
    /// The sentence asks.
    #[serde(rename = "statement")]
    Question,
    /// What is named cannot fill the role by its type.
    Type,
    /// Nobody is named who does it.
    Subject,
    /// Nothing is named that it is done with or to.
    Object,
}

impl Lack {
    /// The word that the graph has for it: what there is none of.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Question => "statement",
            Self::Type => "type",
            Self::Subject => "subject",
            Self::Object => "object",
        }
    }

    /// In words for people.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Question => "a question",
            Self::Type => "another type",
            Self::Subject => "no subject",
            Self::Object => "no object",
        }
    }
}

impl Refusal {
    pub(crate) fn forbidden(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), lack: None }
    }

    pub(crate) fn unmet(reason: impl Into<String>, lack: Lack) -> Self {
        Self { reason: reason.into(), lack: Some(lack) }
    }
}

/// What was made of a sentence.
pub(super) struct Told<'a> {
    pub topic: Vec<Span>,
    pub attempts: Vec<Attempt>,
    pub drafts: &'a [Draft],
}

/// The reading of a sentence, in the words of the original.
pub(super) fn of(original: &Original<'_>, view: &View<'_>, lost: &[Candidate], told: Told<'_>) -> SentenceTrace {
    let sentence = view.sentence.span;
    let written = |span: Span| original.of(span).to_owned();
    let words = |tokens: &Range<usize>| {
        let span = view.tokens[tokens.start].span.join(view.tokens[tokens.end - 1].span);
        written(span)
    };
    let kind = |kind: Kind| match kind {
        Kind::Entity(kind) => kind.name().to_owned(),
        other => format!("{other:?}"),
    };
    let mentions = view.mentions[view.range.clone()].iter();
    let values = view.values.iter().filter(|v| sentence.contains(v.span));
    SentenceTrace {
        text: written(sentence),
        span: original.span(sentence),
        tokens: view.tokens.iter().map(|t| (written(t.span), t.pos.to_string())).collect(),
        mentions: mentions.map(|m| (written(m.span), kind(m.kind), m.source)).collect(),
        lost: lost.iter().map(|c| (words(&c.tokens), kind(c.kind), c.source)).collect(),
        values: values.map(|v| (written(v.span), v.kind.to_string())).collect(),
        topic: told.topic.into_iter().map(written).collect(),
        attempts: told.attempts.into_iter().map(|a| original.attempt(a)).collect(),
        facts: told.drafts.iter().map(|d| describe(original, view, d)).collect(),
    }
}

/// A fact in one line.
fn describe(original: &Original<'_>, view: &View<'_>, draft: &Draft) -> String {
    let fillers: Vec<String> = draft
        .fillers
        .iter()
        .map(|f| {
            let quantity = f.quantity.map(|q| format!(" {}", original.of(view.values[q].span))).unwrap_or_default();
            format!("{}={}{quantity}", f.role, original.of(f.span))
        })
        .collect();
    let status = format!("{:?} {:?}", draft.polarity, draft.modality).to_lowercase();
    let by = if draft.read { "" } else { ", by weights" };
    format!("{}({}) {status}, confidence {:.2}{by}", draft.frame, fillers.join(", "), draft.confidence)
}

impl fmt::Display for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "# {}", self.annotation.id)?;
        for sentence in &self.sentences {
            write!(f, "\n{sentence}")?;
        }
        Ok(())
    }
}

impl fmt::Display for SentenceTrace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "▍{}", self.text)?;
        let tokens: Vec<String> = self.tokens.iter().map(|(w, p)| format!("{w}/{p}")).collect();
        writeln!(f, "  words     {}", tokens.join(" "))?;
        for (words, kind, source) in &self.mentions {
            writeln!(f, "  mention   {words}  {kind}  ({source})")?;
        }
        for (words, kind, source) in &self.lost {
            writeln!(f, "  lost      {words}  {kind}  ({source})")?;
        }
        for (words, meaning) in &self.values {
            writeln!(f, "  value     {words} = {meaning}")?;
        }
        if !self.topic.is_empty() {
            writeln!(f, "  topic ▸   {}", self.topic.join("、"))?;
        }
        for attempt in &self.attempts {
            let Attempt { trigger, frame, pattern, outcome, .. } = attempt;
            write!(f, "  trigger   {trigger}  {frame}/{pattern}: ")?;
            match outcome {
                Outcome::Fact => writeln!(f, "a fact")?,
                Outcome::Lost { to } => writeln!(f, "lost to {to}")?,
                Outcome::Refused(Refusal { reason, .. }) => writeln!(f, "none, {reason}")?,
            }
        }
        for fact in &self.facts {
            writeln!(f, "  fact      {fact}")?;
        }
        Ok(())
    }
}
