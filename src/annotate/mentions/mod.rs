//! Noun phrases and their types: names of persons, organisations and places, works, goods, groups, posts.
//!
//! Several sources propose readings of a stretch of words, each with a score; those of names are weighed against each
//! other by learned weights ([`weigh`]). The best set of readings that do not overlap is chosen for the whole sentence (weighted interval scheduling), so no source wins by coming first.

mod body_event;
pub(crate) mod country;
mod event;
mod inner_body;
mod learned;
mod listed;
mod nominal;
mod ordinary;
pub(crate) mod organization;
mod person;
pub(crate) mod place;
mod quoted;
mod select;
pub mod weigh;

use std::ops::Range;

pub(crate) use person::{Shape, shapes};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::annotate::definition::{Definition, Definitions};
use crate::annotate::tagger::{Name, Reading};
use crate::annotate::token::{Pos, Token};
use crate::annotate::values::Value;
use crate::annotate::{names_organization, short_names};
use crate::annotation::EntityType;
use crate::lexicon::{Lexicon, Strength, has_suffix, longest_suffix};
use crate::span::Span;

/// A noun phrase as read.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
    /// Whether it identifies something by itself; `公司` alone and common nouns do not.
    pub named: bool,
    /// Which source proposed it.
    pub source: &'static str,
}

/// What a noun phrase is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// An entity of a known type.
    Entity(EntityType),
    /// A noun phrase whose head no lexicon knows; the role that it fills decides its type.
    Noun,
    /// A post: 党委书记.
    Title,
    /// A personal pronoun.
    Pronoun,
}

/// A proposed reading of some tokens of a sentence.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Candidate {
    pub tokens: Range<usize>,
    pub kind: Kind,
    pub named: bool,
    pub source: &'static str,
    /// Worth of one character; the whole is worth this times its length.
    pub worth: f64,
}

/// What the sources look at: one sentence and what is known about words.
pub(crate) struct View<'a> {
    pub text: &'a str,
    pub tokens: &'a [Token],
    /// The classes of grammatical words that each token belongs to.
    pub classes: &'a [&'a [String]],
    pub lexicon: &'a Lexicon,
    /// Verbs that state facts; a name does not reach over them.
    pub triggers: &'a FxHashSet<String>,
    /// What other sentences of the document made sure of.
    pub known: &'a Known,
    /// What the tagger's weights say.
    pub names: &'a Reading<'a>,
    /// Counts, sums and times of the sentence; a mention holds one whole or not at all.
    pub values: &'a [Value],
    /// What has the shape of a person's name.
    pub persons: &'a [Shape],
    /// The names that the sentence defines.
    pub definitions: &'a [Definition],
}

/// A name by the weights this likely is looked for in the whole document.
const SURER: f32 = 0.7;

/// Sources that name an organisation for what stands beside it, which other sentences may lack.
const TOLD: [&str; 5] = ["called", "letters", "listed firm", "organization suffix, shorter", "organization suffix"];

/// What one sentence teaches about the others of its document.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// Names of persons that stand somewhere in a context that leaves no doubt.
    pub persons: FxHashSet<String>,
    /// Short forms of the organisations named.
    pub short_forms: FxHashSet<String>,
    /// Short names that the text itself introduces, and what they are short for, with what they name.
    pub defined: FxHashMap<String, EntityType>,
    /// Last words of the organisations named (中心), which alone may mean one of them.
    pub endings: FxHashSet<String>,
    /// First characters of what holds for other sentences: most words begin none of it.
    initials: FxHashSet<char>,
    /// What the tagger found, by its words, with the greatest confidence.
    names: FxHashMap<String, Vec<(EntityType, f64)>>,
}

impl Known {
    /// Keeps the surer names that the tagger found.
    pub fn find(&mut self, text: &str, names: &[Name]) {
        for name in names.iter().filter(|n| n.confidence >= SURER) {
            let words = name.span.of(text);
            self.initials.extend(words.chars().next());
            let found = self.names.entry(words.to_owned()).or_default();
            let confidence = f64::from(name.confidence);
            match found.iter_mut().find(|(kind, _)| *kind == name.kind) {
                Some((_, most)) => *most = most.max(confidence),
                None => found.push((name.kind, confidence)),
            }
        }
    }

    /// As what the tagger found these words, and how surely at most.
    pub fn names(&self, words: &str) -> impl Iterator<Item = (EntityType, f64)> {
        self.names.get(words).into_iter().flatten().copied()
    }

    /// Learns short forms and endings from the mentions of a first reading.
    pub fn learn(&mut self, text: &str, mentions: &[Mention], defined: &Definitions, lexicon: &Lexicon) {
        let mut told = FxHashSet::default();
        let names = mentions.iter().filter(|m| names_organization(m)).map(|m| m.span.of(text));
        for name in names.filter(|name| told.insert(*name)) {
            self.short_forms
                .extend(short_names::short_forms(name, lexicon).into_iter().filter(|s| text.contains(s.as_str())));
            let suffixes = &lexicon.organization_suffixes;
            let ending = longest_suffix(name, suffixes).filter(|e| suffixes[*e].strength != Strength::Brand);
            // 有限公司 closes a name and is none.
            // 医疗队 by itself is a group of people, whatever team has a name.
            let ending = ending.filter(|e| !has_suffix(e, &lexicon.groups));
            if let Some(ending) = ending.filter(|e| e.chars().count() > 1 && *e != name && !e.starts_with(['有', '股']))
            {
                self.endings.insert(ending.to_owned());
            }
        }
        let both = defined.iter().flat_map(|(short, (full, kind))| [(short.clone(), *kind), (full.clone(), *kind)]);
        // （以下简称“协议”）: elsewhere as common a word as before.
        let common = |name: &str, kind| match kind {
            EntityType::Organization => false,
            _ => lexicon.works.contains(name) || lexicon.activities.contains(name) || lexicon.products.contains(name),
        };
        self.defined.extend(both.filter(|(name, kind)| !common(name, *kind)));
        // What one sentence gives away as a firm (科技创企INLT) is one wherever it stands.
        let told = |m: &&Mention| {
            let ordinary = || lexicon.ordinary_organizations.contains(m.span.of(text));
            names_organization(m) && (TOLD.contains(&m.source) || m.source == "organization list" && ordinary())
        };
        self.short_forms.extend(mentions.iter().filter(told).map(|m| m.span.of(text).to_owned()));
        let names = self.short_forms.iter().chain(self.defined.keys());
        self.initials.extend(names.filter_map(|name| name.chars().next()));
    }

    /// Whether a name or short form of other sentences may begin with this word.
    pub fn begins(&self, word: &str) -> bool {
        word.chars().next().is_some_and(|c| self.initials.contains(&c))
    }

    /// Whether these words hold anything that was learned.
    pub fn teaches(&self, words: &str) -> bool {
        let learned = self.short_forms.iter().chain(&self.endings).chain(self.defined.keys());
        learned.into_iter().any(|name| words.contains(name.as_str()))
    }
}

impl<'a> View<'a> {
    pub fn word(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |t| t.span.of(self.text))
    }

    pub fn pos(&self, at: usize) -> Pos {
        self.tokens.get(at).map_or(Pos::Punctuation, |t| t.pos)
    }

    /// Whether the word at `at` belongs to a class of grammatical words.
    pub fn is(&self, class: &str, at: usize) -> bool {
        self.classes.get(at).is_some_and(|classes| classes.iter().any(|c| c == class))
    }

    /// Whether the word belongs to a count, a sum or a time.
    pub fn in_value(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| self.values.iter().any(|v| v.span.overlaps(t.span)))
    }

    /// Whether the word at `at` is a verb that states facts, and no piece of a body's name that goes on with the word
    /// behind it: 河北 建设 集团, 医疗 救治 中心.
    pub fn states(&self, at: usize) -> bool {
        let word = self.word(at);
        if !self.triggers.contains(word) {
            return false;
        }
        let inside = self.is("name_verb", at) && at > 0 && self.pos(at - 1).is_nominal();
        let next = self.lexicon.organization_suffixes.get(self.word(at + 1));
        !(inside
            && next.is_some_and(|suffix| match suffix.kind.as_str() {
                "company" | "government" => true,
                // 东海市建设医院: what is built is no part of a name.
                _ => !self.is("builds", at),
            }))
    }

    pub fn span(&self, tokens: &Range<usize>) -> Span {
        match (self.tokens.get(tokens.start), tokens.end.checked_sub(1).and_then(|last| self.tokens.get(last))) {
            (Some(first), Some(last)) => first.span.join(last.span),
            _ => Span::default(),
        }
    }

    /// Whether these words are two countries in one character each: 中德, but not 巴西, 西安.
    pub fn is_country_pair(&self, tokens: &Range<usize>) -> bool {
        self.has_country_chars(tokens) && !self.is_place_of_country_chars(tokens)
    }

    /// Whether these words name one place by two characters that stand for countries elsewhere: 巴西, 西安.
    pub fn is_place_of_country_chars(&self, tokens: &Range<usize>) -> bool {
        let words = self.words(tokens);
        let listed = self.lexicon.places.contains_key(words) && !self.lexicon.is("not_place", words);
        listed && self.has_country_chars(tokens)
    }

    fn has_country_chars(&self, tokens: &Range<usize>) -> bool {
        let words = self.words(tokens);
        words.len() <= 8 && words.chars().count() == 2 && country::are_countries(self.lexicon, words)
    }

    pub fn words(&self, tokens: &Range<usize>) -> &'a str {
        self.span(tokens).of(self.text)
    }
}

/// The mentions of one sentence, in order, and which candidates lost.
pub(crate) fn mentions(view: &View<'_>, weights: &weigh::Weights) -> (Vec<Mention>, Vec<Candidate>) {
    let mut candidates = candidates(view);
    weigh::weigh(view, weights, &mut candidates);
    // What the names are worth is known now.
    body_event::propose(view, &mut candidates);
    country::propose(view, &mut candidates);
    let (mut chosen, lost) = select::best(view, candidates);
    listed::settle(view, &mut chosen);
    let mentions = chosen
        .into_iter()
        .map(|c| Mention { span: view.span(&c.tokens), kind: c.kind, named: c.named, source: c.source })
        .collect();
    (mentions, lost)
}

/// Leaves of the readings that overlap names which the sentence defines just these names.
fn defined(view: &View<'_>, candidates: &mut Vec<Candidate>) {
    if view.definitions.is_empty() {
        return;
    }
    let names = || view.definitions.iter().flat_map(|d| [(d.full, d.kind), (d.short, d.kind)]);
    candidates.retain(|c| names().all(|(span, _)| !span.overlaps(view.span(&c.tokens))));
    for (span, kind) in names() {
        let kind = Kind::Entity(kind);
        let tokens = view.tokens_of(span);
        candidates.extend(tokens.map(|tokens| organization::defined(tokens, kind)));
    }
}

/// Every reading of a stretch of words that some source proposes.
pub(crate) fn candidates(view: &View<'_>) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    place::propose(view, &mut candidates);
    organization::propose(view, &mut candidates);
    person::propose(view, &mut candidates);
    learned::propose(view, &mut candidates);
    inner_body::propose(view, &mut candidates);
    nominal::propose(view, &mut candidates);
    quoted::propose(view, &mut candidates);
    event::propose(view, &mut candidates);
    candidates.retain(|c| {
        let span = view.span(&c.tokens);
        // 中德 are two countries, whatever the weights say.
        if view.is_country_pair(&c.tokens) && matches!(c.source, "tagger" | "name elsewhere") {
            return false;
        }
        if ordinary::is_word(view, c) {
            return false;
        }
        // 兰州舰 is a ship, 阿拉伯语 a language.
        if c.kind == Kind::Entity(EntityType::Place) && view.is("named_for_place", c.tokens.end) {
            return false;
        }
        // 德尔塔 is a virus, whatever the weights say.
        let disease = view.lexicon.diseases.contains(view.words(&c.tokens));
        if disease && c.kind != Kind::Entity(EntityType::Disease) && matches!(c.source, "tagger" | "name elsewhere") {
            return false;
        }
        // Nor is a short name that the text introduces a place or a person.
        if view.known.defined.get(view.words(&c.tokens)).is_some_and(|kind| c.kind != Kind::Entity(*kind)) {
            return false;
        }
        view.values.iter().all(|v| !v.span.overlaps(span) || span.contains(v.span) && span != v.span)
    });
    defined(view, &mut candidates);
    candidates
}
