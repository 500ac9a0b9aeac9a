//! How a text was read, for a person to follow.

use std::fmt;

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lack {
    /// The sentence asks.
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
