//! `Document` → `Annotation`: what a text mentions and states.
//!
//! The stages, in order: [`segment`] (sentences and clauses), [`token`] (words), [`values`] (counts, money, times),
//! [`mentions`] (noun phrases and names), [`coreference`] (which mentions are one entity), `facts` (frames), and
//! `assemble` (ids and code point offsets). Annotating cannot fail: any text gives an annotation, perhaps an empty one.

mod assemble;
pub mod check;
pub mod coreference;
mod facts;
pub mod mentions;
pub mod segment;
mod short_names;
pub mod token;
mod trace;
pub mod unread;
pub mod values;

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use rustc_hash::FxHashSet;

use coreference::Referent;
use mentions::{Kind, Mention};
use segment::Sentence;
use token::{Segmenter, Token};
pub use trace::{Attempt, Outcome, SentenceTrace, Trace};
use values::Value;

use crate::annotation::{Annotation, EntityType};
use crate::document::Document;
use crate::lexicon::Lexicon;
use crate::schema::Schema;
use crate::text::prose;
use crate::text::quantity::Measures;

/// Everything that annotating needs, built once and shared by threads.
#[derive(Debug)]
pub struct Annotator {
    schema: Schema,
    lexicon: Lexicon,
    measures: Measures,
    triggers: facts::Triggers,
    trigger_words: FxHashSet<String>,
    segmenter: Segmenter,
}

/// The sentences of a document as read before its facts.
struct Reading {
    sentences: Vec<Sentence>,
    tokens: Vec<Vec<Token>>,
    mentions: Vec<Mention>,
    /// For every sentence the indices of its mentions.
    ranges: Vec<Range<usize>>,
    lost: Vec<Vec<mentions::Candidate>>,
    values: Vec<Value>,
    referents: Vec<Referent>,
}

impl Annotator {
    /// An annotator for the fact types of `schema`, with the built-in lexicon.
    #[must_use]
    pub fn new(schema: Schema) -> Self {
        let lexicon = Lexicon::embedded();
        let triggers = facts::Triggers::new(&schema);
        let mut words: Vec<&str> = triggers.words().collect();
        words.sort_unstable();
        let segmenter = Segmenter::new(&lexicon, words.iter().copied());
        let trigger_words = words.into_iter().map(str::to_owned).collect();
        let measures = Measures::new(lexicon.measures.clone(), lexicon.currencies.clone(), &lexicon.numeral_words)
            .expect("the built-in word list is small enough for one matcher");
        Self { schema, lexicon, measures, triggers, trigger_words, segmenter }
    }

    /// The fact types it looks for.
    #[must_use]
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// What `document` mentions and states.
    #[must_use]
    pub fn annotate(&self, document: &Document) -> Annotation {
        self.explain(document).annotation
    }

    /// What `document` mentions and states, and how it was read.
    #[must_use]
    pub fn explain(&self, document: &Document) -> Trace {
        let text = document.text.as_str();
        let reading = self.read(document);
        let mut context = facts::Context::default();
        let mut drafts = Vec::new();
        let mut traces = Vec::new();
        for (at, sentence) in reading.sentences.iter().enumerate() {
            let view = facts::clause::View {
                text,
                sentence,
                tokens: &reading.tokens[at],
                mentions: &reading.mentions,
                range: reading.ranges[at].clone(),
                values: &reading.values,
                lexicon: &self.lexicon,
            };
            let (found, attempts) = facts::facts(&view, &self.schema, &self.triggers, &mut context);
            traces.push(self.trace(&view, &reading.lost[at], attempts, &found, context.topic(text, &reading.mentions)));
            drafts.extend(found);
        }
        let Reading { sentences, tokens, mentions, referents, .. } = &reading;
        drafts.extend(facts::containment::facts(text, sentences, tokens, mentions, referents, &self.schema));
        let Reading { mentions, referents, values, .. } = reading;
        let annotation = assemble::assemble(document, &self.schema, &mentions, referents, &values, drafts);
        Trace { sentences: traces, annotation }
    }

    fn read(&self, document: &Document) -> Reading {
        let text = document.text.as_str();
        let sentences = segment::sentences(text, prose::is_prose);
        let tokens: Vec<Vec<Token>> = sentences.iter().map(|s| self.segmenter.tokens(text, s.span)).collect();
        let mut values = values::values(text, document.published.as_deref(), &self.measures);
        // 138万车祸赔偿金 counts no 车: a value ends where a word does.
        let ends: HashSet<usize> = tokens.iter().flatten().map(|t| t.span.end).collect();
        values.retain(|v| ends.contains(&v.span.end));
        // Twice over: what one sentence makes sure of (a name, a short form) holds for the whole document.
        let mut known = mentions::Known::default();
        for tokens in &tokens {
            known.persons.extend(mentions::sure_persons(&self.view(text, tokens, &known, &values)));
        }
        let mut first = Vec::new();
        for tokens in &tokens {
            first.extend(mentions::mentions(&self.view(text, tokens, &known, &values)).0);
        }
        let defined = coreference::definitions(text, &first, &self.lexicon);
        known.learn(text, &first, &defined, &self.lexicon);
        let mut mentions = Vec::new();
        let mut ranges = Vec::new();
        let mut lost = Vec::new();
        for tokens in &tokens {
            let start = mentions.len();
            let (found, others) = mentions::mentions(&self.view(text, tokens, &known, &values));
            mentions.extend(found);
            ranges.push(start..mentions.len());
            lost.push(others);
        }
        // An organisation or an event that opens a clause is what that is about.
        let opens: HashSet<usize> = sentences.iter().flat_map(|s| &s.clauses).map(|c| c.start).collect();
        let named = |m: &Mention| names_organization(m) || m.named && m.kind == Kind::Entity(EntityType::Activity);
        let opening = |m: &Mention| named(m) && opens.contains(&m.span.start);
        let heads = (0..mentions.len()).filter(|m| opening(&mentions[*m])).collect();
        let referents = coreference::referents(text, &mentions, &heads, &defined, &self.lexicon);
        Reading { sentences, tokens, mentions, ranges, lost, values, referents }
    }

    fn view<'a>(
        &'a self,
        text: &'a str,
        tokens: &'a [Token],
        known: &'a mentions::Known,
        values: &'a [Value],
    ) -> mentions::View<'a> {
        // Those of the sentence alone: every candidate is held against them.
        let start = tokens.first().map_or(0, |t| t.span.start);
        let end = tokens.last().map_or(0, |t| t.span.end);
        let from = values.partition_point(|v| v.span.end <= start);
        let to = values.partition_point(|v| v.span.start < end).max(from);
        let values = &values[from..to];
        mentions::View { text, tokens, lexicon: &self.lexicon, triggers: &self.trigger_words, known, values }
    }

    fn trace(
        &self,
        view: &facts::clause::View<'_>,
        lost: &[mentions::Candidate],
        attempts: Vec<Attempt>,
        drafts: &[facts::Draft],
        topic: Vec<String>,
    ) -> SentenceTrace {
        let text = view.text;
        let sentence = view.sentence.span;
        let words = |tokens: &Range<usize>| {
            let span = view.tokens[tokens.start].span.join(view.tokens[tokens.end - 1].span);
            span.of(text).to_owned()
        };
        let kind = |kind: Kind| match kind {
            Kind::Entity(kind) => kind.name().to_owned(),
            other => format!("{other:?}"),
        };
        SentenceTrace {
            text: sentence.of(text).to_owned(),
            tokens: view.tokens.iter().map(|t| (t.span.of(text).to_owned(), t.pos.to_string())).collect(),
            mentions: view.mentions[view.range.clone()]
                .iter()
                .map(|m| (m.span.of(text).to_owned(), kind(m.kind), m.source))
                .collect(),
            lost: lost.iter().map(|c| (words(&c.tokens), kind(c.kind), c.source)).collect(),
            values: view
                .values
                .iter()
                .filter(|v| sentence.contains(v.span))
                .map(|v| (v.span.of(text).to_owned(), v.kind.to_string()))
                .collect(),
            topic,
            attempts,
            facts: drafts.iter().map(|d| describe(text, view.values, d)).collect(),
        }
    }
}

/// A fact in one line.
fn describe(text: &str, values: &[Value], draft: &facts::Draft) -> String {
    let fillers: Vec<String> = draft
        .fillers
        .iter()
        .map(|f| {
            let quantity = f.quantity.map(|q| format!(" {}", values[q].span.of(text))).unwrap_or_default();
            format!("{}={}{quantity}", f.role, f.span.of(text))
        })
        .collect();
    let status = format!("{:?} {:?}", draft.polarity, draft.modality).to_lowercase();
    format!("{}({}) {status}", draft.frame, fillers.join(", "))
}

/// Names defined in the text: 以下简称“…”.
pub(crate) type Definitions = HashMap<String, String>;

/// Whether a mention names an organisation.
fn names_organization(mention: &Mention) -> bool {
    mention.named && mention.kind == Kind::Entity(EntityType::Organization)
}
