//! `Document` → `Annotation`: what a text mentions and states.
//!
//! The stages, in order: [`segment`] (sentences and clauses), [`token`] (words), [`tagger`] (names and parts of speech by
//! learned weights), [`values`] (counts, money, times), [`mentions`] (noun phrases and names), `definition` (short names that the text
//! introduces), [`coreference`] (which mentions
//! are one entity), `facts` (read by frames, judged by learned weights), and
//! `assemble` (ids and code point offsets). They read the text in simplified characters; `original` leads back to the words
//! as they stand. Annotating cannot fail: any text gives an annotation, perhaps an empty one.

mod assemble;
pub mod check;
pub mod coreference;
mod definition;
pub(crate) mod facts;
pub mod mentions;
pub(crate) mod odds;
mod original;
mod repair;
pub mod segment;
pub(crate) mod short_names;
pub mod tagger;
pub mod token;
mod trace;
pub mod unread;
pub mod values;
mod version;

use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use coreference::Referent;
use definition::{Definition, Definitions};
use facts::ranker::proposal::Proposal;
use mentions::weigh::{Evidence, Weights};
use mentions::{Kind, Mention};
use original::Original;
use segment::Sentence;
use tagger::speech::Speech;
use tagger::{ModelError, Tagger};
use token::{Dictionary, Pos, Segmenter, Token};
pub use trace::{Attempt, Lack, Outcome, Refusal, SentenceTrace, Trace};
use unread::Unread;
use values::Value;
pub use version::version;

use crate::annotation::{Annotation, EntityType};
use crate::document::Document;
use crate::lexicon::Lexicon;
use crate::schema::Schema;
use crate::span::Span;
use crate::text::date::Date;
use crate::text::prose;
use crate::text::quantity::Measures;
use crate::text::simplified::simplified;

/// How readings as names are weighed; `tupu train readings` writes it.
static READINGS: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/models/readings.tsv"));

/// How facts are weighed; `tupu train facts` writes it.
static FACTS: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/models/facts.tsv"));

/// Everything that annotating needs, built once and shared by threads.
#[derive(Debug)]
pub struct Annotator {
    schema: Schema,
    lexicon: Lexicon,
    measures: Measures,
    triggers: facts::Triggers,
    trigger_words: FxHashSet<String>,
    segmenter: Segmenter,
    tagger: Tagger,
    weights: Weights,
    speech: Speech,
    facts: facts::ranker::Weights,
    /// Facts less sure than this are left out.
    least: f64,
    /// What tells the user's own weights from others.
    own_model: Option<String>,
}

/// A word as [`Annotator::tag`] gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word<'a> {
    /// As written.
    pub text: &'a str,
    /// Where it stands in the text.
    pub span: Span,
    /// Its part of speech here.
    pub pos: Pos,
    /// B-, I- with PER, ORG or LOC where the tagger sees a name of whole words; O elsewhere.
    pub label: String,
}

/// The words of a document before its mentions are read.
struct Words<'a> {
    text: &'a str,
    sentences: Vec<Sentence>,
    tokens: Vec<Vec<Token>>,
    /// The classes of grammatical words that each token belongs to.
    classes: Vec<Vec<&'a [String]>>,
    names: Vec<tagger::Reading<'a>>,
    values: Vec<Value>,
    /// What in every sentence has the shape of a person's name.
    persons: Vec<Vec<mentions::Shape>>,
    known: mentions::Known,
    /// The names that every sentence defines, and by short name what for.
    definitions: Vec<Vec<Definition>>,
    defined: Definitions,
    /// The mentions of every sentence by itself, and what lost to them.
    first: Vec<(Vec<Mention>, Vec<mentions::Candidate>)>,
}

/// How much of the reading is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tell {
    /// What came of it alone.
    Nothing,
    /// What was tried too.
    Attempts,
    /// All of it.
    All,
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
    /// An annotator for the fact types of `schema`, with the built-in lexicon and weights.
    #[must_use]
    pub fn new(schema: Schema) -> Self {
        Self::with_model(schema, tagger::EMBEDDED).expect("the built-in weights are of this version: a test reads them")
    }

    /// The same with weights of the user's own, as `tupu train tagger` writes them.
    ///
    /// # Errors
    /// Bytes that are no such weights.
    pub fn with_model(schema: Schema, model: &[u8]) -> Result<Self, ModelError> {
        // The dictionary and the weights have nothing to do with each other, and each takes its time.
        let names = || {
            let lexicon = Lexicon::embedded();
            let seen = Arc::new(tagger::features::Words::new(&lexicon));
            let tagger = Tagger::new(model, Arc::clone(&seen))?;
            let speech = Speech::new(tagger::speech::EMBEDDED, seen)?;
            Ok((lexicon, tagger, speech))
        };
        let (dictionary, names) = rayon::join(Dictionary::default, names);
        let (lexicon, tagger, speech) = names?;
        let triggers = facts::Triggers::new(&schema);
        let mut words: Vec<&str> = triggers.words().collect();
        words.sort_unstable();
        let segmenter = Segmenter::with(dictionary, &lexicon, words.iter().copied());
        let trigger_words = words.into_iter().map(str::to_owned).collect();
        let measures = Measures::new(lexicon.measures.clone(), lexicon.currencies.clone(), &lexicon.numeral_words)
            .expect("the built-in word list is small enough for one matcher");
        let weights = Weights::parse(READINGS);
        let facts = facts::ranker::Weights::parse(FACTS);
        Ok(Self {
            schema,
            lexicon,
            measures,
            triggers,
            trigger_words,
            segmenter,
            tagger,
            weights,
            speech,
            facts,
            least: 0.0,
            own_model: version::own(model),
        })
    }

    /// The same, leaving out facts whose confidence is below `least`, 0 to 1.
    #[must_use]
    pub fn at_least(self, least: f64) -> Self {
        Self { least, ..self }
    }

    /// The fact types it looks for.
    #[must_use]
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// What `document` mentions and states.
    #[must_use]
    pub fn annotate(&self, document: &Document) -> Annotation {
        self.facts(document, &self.facts, Tell::Nothing).0.annotation
    }

    /// What `document` mentions and states, and the sentences that were passed over though they have a word that states
    /// facts.
    #[must_use]
    pub fn annotate_and_tell(&self, document: &Document) -> (Annotation, Vec<Unread>) {
        let Trace { sentences, annotation } = self.facts(document, &self.facts, Tell::Attempts).0;
        let unread = unread::of(&sentences, &annotation, |word| self.demands(word));
        (annotation, unread)
    }

    /// What `document` mentions and states, and how it was read.
    #[must_use]
    pub fn explain(&self, document: &Document) -> Trace {
        self.facts(document, &self.facts, Tell::All).0
    }

    /// What the grammar alone reads of `document`: no fact is judged, added or left out by weights.
    #[must_use]
    pub fn by_grammar(&self, document: &Document) -> Annotation {
        self.facts(document, &facts::ranker::Weights::default(), Tell::Nothing).0.annotation
    }

    /// What the grammar proposes as facts of the document, right or wrong, with the values that fill roles: what
    /// `tupu train facts` learns from.
    pub(crate) fn proposals(&self, document: &Document) -> (Vec<Proposal>, Vec<Value>) {
        let (_, proposals, values) = self.facts(document, &facts::ranker::Weights::default(), Tell::Nothing);
        (proposals, values)
    }

    /// Judges facts by these weights from now on.
    pub(crate) fn judge_by(&mut self, weights: facts::ranker::Weights) {
        self.facts = weights;
    }

    fn facts(
        &self,
        document: &Document,
        weights: &facts::ranker::Weights,
        tell: Tell,
    ) -> (Trace, Vec<Proposal>, Vec<Value>) {
        let original = Original::new(document);
        let document = original.read();
        let text = document.text.as_str();
        let reading = self.read(document);
        let frames: Vec<_> = self.schema.frames().collect();
        let mut context = facts::Context::default();
        let mut drafts = Vec::new();
        let mut traces = Vec::new();
        let mut proposals = Vec::new();
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
            let found = facts::facts(&view, &self.schema, &frames, &self.triggers, weights, &mut context);
            match tell {
                Tell::Nothing => {}
                Tell::Attempts => traces.push(SentenceTrace {
                    text: original.of(sentence.span).to_owned(),
                    span: original.span(sentence.span),
                    attempts: found.attempts.into_iter().map(|a| original.attempt(a)).collect(),
                    ..SentenceTrace::default()
                }),
                Tell::All => {
                    let topic = context.topic(&reading.mentions);
                    let told = trace::Told { topic, attempts: found.attempts, drafts: &found.drafts };
                    traces.push(trace::of(&original, &view, &reading.lost[at], told));
                }
            }
            drafts.extend(found.drafts);
            proposals.extend(found.proposals);
        }
        let Reading { sentences, tokens, mentions, referents, .. } = &reading;
        facts::standing::join(&self.schema, &mut drafts);
        let read = facts::containment::facts(text, sentences, tokens, mentions, referents, &self.schema, &self.lexicon);
        drafts.extend(facts::judged(text, &self.schema, weights, read, &mut proposals));
        let told = facts::standing::Told {
            text,
            published: document.published.as_deref().and_then(Date::parse),
            sentences,
            tokens,
            mentions,
            referents,
            values: &reading.values,
            lexicon: &self.lexicon,
        };
        facts::standing::times(&told, &self.schema, &mut drafts);
        if !weights.is_empty() {
            drafts.retain(|d| d.confidence >= self.least);
        }
        let Reading { mentions, referents, values, .. } = reading;
        let annotation = assemble::assemble(document, &self.schema, &mentions, referents, &values, drafts);
        (Trace { sentences: traces, annotation: original.annotation(annotation) }, proposals, values)
    }

    /// What is known of every reading of the document as a name, right or wrong: what `tupu train readings` learns from.
    #[must_use]
    pub fn evidence(&self, document: &Document) -> Vec<Evidence> {
        let words = self.words(document);
        let mut out = Vec::new();
        for at in 0..words.sentences.len() {
            let view = self.view(&words, at);
            out.extend(mentions::candidates(&view).iter().filter_map(|c| mentions::weigh::evidence(&view, c)));
        }
        out
    }

    /// The words of the document, sentence by sentence, with their parts of speech and the tagger's names.
    #[must_use]
    pub fn tag<'a>(&'a self, document: &'a Document) -> Vec<Vec<Word<'a>>> {
        let original = Original::new(document);
        let Words { tokens, names, .. } = self.cut(original.read());
        let label = |tokens: &[Token], names: &tagger::Reading<'_>, span: Span| {
            // A weak name may end inside a word, since only the surer ones settle where words end.
            let on_words = |name: &&tagger::Name| {
                let starts = tokens.iter().any(|t| t.span.start == name.span.start);
                starts && tokens.iter().any(|t| t.span.end == name.span.end)
            };
            let name = names.names.iter().filter(on_words).find(|name| name.span.contains(span))?;
            Some((if name.span.start < span.start { "I-" } else { "B-" }, tagger::labels::short(name.kind)))
        };
        let words = |(tokens, names): (&Vec<Token>, &tagger::Reading<'_>)| {
            let word = |token: &Token| {
                let label =
                    label(tokens, names, token.span).map_or("O".to_owned(), |(stand, kind)| format!("{stand}{kind}"));
                Word { text: original.of(token.span), span: original.span(token.span), pos: token.pos, label }
            };
            tokens.iter().map(word).collect()
        };
        tokens.iter().zip(&names).map(words).collect()
    }

    /// The words of the document, and what its sentences teach about each other.
    fn words<'a>(&'a self, document: &'a Document) -> Words<'a> {
        let mut words = self.cut(document);
        // Twice over: what one sentence makes sure of (a name, a short form) holds for the whole document.
        for names in &words.names {
            words.known.find(words.text, &names.names);
        }
        let all = 0..words.sentences.len();
        words.persons = all.clone().map(|at| mentions::shapes(&self.view(&words, at))).collect();
        let sure = words.persons.iter().flatten().filter_map(|shape| shape.sure(words.text));
        words.known.persons.extend(sure.map(str::to_owned));
        words.first = all.map(|at| mentions::mentions(&self.view(&words, at), &self.weights)).collect();
        self.define(&mut words);
        let first: Vec<Mention> = words.first.iter().flat_map(|(mentions, _)| mentions.iter().cloned()).collect();
        words.known.learn(words.text, &first, &words.defined, &self.lexicon);
        words
    }

    /// Finds the names that the text defines, makes words begin and end where they do, and reads their sentences again.
    fn define<'a>(&'a self, words: &mut Words<'a>) {
        let all = 0..words.sentences.len();
        let introducing = definition::introducing(words.text, &self.lexicon);
        let found = |at| definition::definitions(&self.view(words, at), &words.first[at].0, &introducing);
        words.definitions = all.clone().map(found).collect();
        for at in all.filter(|at| !words.definitions[*at].is_empty()) {
            for definition in &words.definitions[at] {
                self.segmenter.cut_at(words.text, &mut words.tokens[at], definition.full);
                self.segmenter.cut_at(words.text, &mut words.tokens[at], definition.short);
            }
            words.classes[at] = self.classes(words.text, &words.tokens[at]);
            words.persons[at] = mentions::shapes(&self.view(words, at));
            words.first[at] = mentions::mentions(&self.view(words, at), &self.weights);
        }
        words.defined = definition::by_short(words.text, words.definitions.iter().flatten());
    }

    /// The classes of grammatical words that each of `tokens` belongs to.
    fn classes(&self, text: &str, tokens: &[Token]) -> Vec<&[String]> {
        tokens.iter().map(|t| self.lexicon.classes(t.span.of(text))).collect()
    }

    /// The words of the document, by the dictionary and by learned weights, and its values.
    fn cut<'a>(&'a self, document: &'a Document) -> Words<'a> {
        let text = document.text.as_str();
        let sentences = segment::sentences(text, prose::is_prose);
        let mut tokens: Vec<Vec<Token>> = sentences.iter().map(|s| self.segmenter.tokens(text, s.span)).collect();
        let mut names: Vec<tagger::Reading<'_>> = tokens.iter().map(|tokens| self.tagger.read(text, tokens)).collect();
        for (tokens, names) in tokens.iter().zip(&mut names) {
            let triggers = |word: &str| self.trigger_words.contains(word);
            let repaired = |name| repair::repaired(text, tokens, name, &self.lexicon, triggers);
            names.names = std::mem::take(&mut names.names).into_iter().flat_map(repaired).collect();
        }
        for (tokens, names) in tokens.iter_mut().zip(&names) {
            self.segmenter.fit(text, tokens, &names.names);
            self.segmenter.retag(text, tokens, &self.speech);
            mentions::country::part(text, tokens, &self.lexicon, |word| self.trigger_words.contains(word));
        }
        let mut values = values::values(text, document.published.as_deref(), &self.measures);
        // 138万车祸赔偿金 counts no 车: a value ends where a word does.
        let ends: Vec<usize> = tokens.iter().flatten().map(|t| t.span.end).collect();
        values.retain(|v| ends.binary_search(&v.span.end).is_ok());
        Words {
            classes: tokens.iter().map(|tokens| self.classes(text, tokens)).collect(),
            text,
            sentences,
            tokens,
            names,
            values,
            persons: Vec::new(),
            known: mentions::Known::default(),
            definitions: Vec::new(),
            defined: Definitions::default(),
            first: Vec::new(),
        }
    }

    fn read(&self, document: &Document) -> Reading {
        let mut words = self.words(document);
        let first = std::mem::take(&mut words.first);
        let mut mentions = Vec::new();
        let mut ranges = Vec::new();
        let mut lost = Vec::new();
        for (at, first) in first.into_iter().enumerate() {
            let start = mentions.len();
            // What holds nothing that the others taught reads as before.
            let taught = words.known.teaches(words.sentences[at].span.of(words.text));
            let (found, others) =
                if taught { mentions::mentions(&self.view(&words, at), &self.weights) } else { first };
            mentions.extend(found);
            ranges.push(start..mentions.len());
            lost.push(others);
        }
        let Words { text, sentences, tokens, values, defined, .. } = words;
        // An organisation or an event that opens a clause is what that is about.
        let opens: FxHashSet<usize> = sentences.iter().flat_map(|s| &s.clauses).map(|c| c.start).collect();
        let named = |m: &Mention| names_organization(m) || m.named && m.kind == Kind::Entity(EntityType::Activity);
        let opening = |m: &Mention| named(m) && opens.contains(&m.span.start);
        let heads = (0..mentions.len()).filter(|m| opening(&mentions[*m])).collect();
        let referents = coreference::referents(text, &mentions, &heads, &defined, &self.lexicon);
        Reading { sentences, tokens, mentions, ranges, lost, values, referents }
    }

    fn view<'a>(&'a self, words: &'a Words<'_>, at: usize) -> mentions::View<'a> {
        let Words { text, tokens, classes, names, values, persons, known, definitions, .. } = words;
        let (tokens, classes) = (&tokens[at], &classes[at]);
        let persons = persons.get(at).map_or(&[][..], Vec::as_slice);
        let definitions = definitions.get(at).map_or(&[][..], Vec::as_slice);
        // Those of the sentence alone: every candidate is held against them.
        let start = tokens.first().map_or(0, |t| t.span.start);
        let end = tokens.last().map_or(0, |t| t.span.end);
        let from = values.partition_point(|v| v.span.end <= start);
        let to = values.partition_point(|v| v.span.start < end).max(from);
        let (values, names) = (&values[from..to], &names[at]);
        let (lexicon, triggers) = (&self.lexicon, &self.trigger_words);
        mentions::View { text, tokens, classes, lexicon, triggers, known, names, values, persons, definitions }
    }

    /// Whether a word asks for something, which states nothing.
    fn demands(&self, word: &str) -> bool {
        self.lexicon.is("demand", &simplified(word))
    }
}

/// Whether a mention names an organisation.
fn names_organization(mention: &Mention) -> bool {
    mention.named && mention.kind == Kind::Entity(EntityType::Organization)
}
