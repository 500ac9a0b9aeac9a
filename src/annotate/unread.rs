//! What reading passed over: sentences with words that state facts, from which no fact was read.
//!
//! It is worked out from an annotation, whoever made it, by the words alone and without cutting the text: opening a
//! workspace would else take as long as reading it anew. Triggers of one character are left out for that reason (任 is
//! found in 任务), and so are triggers within a name.

use std::collections::{BTreeMap, BTreeSet};

use aho_corasick::{AhoCorasick, MatchKind};

use super::segment;
use crate::annotation::Annotation;
use crate::schema::{Pattern, Schema};
use crate::span::{CharSpan, CodePoints, Span};
use crate::text::prose;

/// A sentence from which no fact was read, though it has triggers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// The sentence.
    pub sentence: CharSpan,
    /// Its triggers.
    pub triggers: BTreeSet<String>,
    /// The fact types that wait for them.
    pub kinds: BTreeSet<String>,
}

/// Finds the triggers of a schema in running text, the longest where several begin at one place.
#[derive(Debug)]
pub struct TriggerWords<'a> {
    matcher: Option<AhoCorasick>,
    /// By the number that the matcher gives each.
    words: Vec<(&'a str, Vec<Waiting<'a>>)>,
}

/// A pattern that waits for a trigger.
#[derive(Debug, Clone, Copy)]
struct Waiting<'a> {
    kind: &'a str,
    pattern: &'a Pattern,
}

impl<'a> TriggerWords<'a> {
    /// The triggers of `schema` that have two characters or more.
    #[must_use]
    pub fn new(schema: &'a Schema) -> Self {
        let mut words: BTreeMap<&str, Vec<Waiting<'_>>> = BTreeMap::new();
        for frame in schema.frames() {
            for pattern in &frame.patterns {
                for word in pattern.triggers.iter().filter(|word| word.chars().nth(1).is_some()) {
                    words.entry(word).or_default().push(Waiting { kind: &frame.name, pattern });
                }
            }
        }
        let words: Vec<_> = words.into_iter().collect();
        let longest = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(words.iter().map(|w| w.0));
        // Only more words than the matcher can number are refused.
        Self { matcher: longest.ok(), words }
    }

    /// The triggers in a sentence that may state a fact as they stand, with the fact types that wait for them.
    fn stated(&self, text: &str, sentence: Span, mentions: &[Span]) -> (BTreeSet<String>, BTreeSet<String>) {
        let (mut triggers, mut kinds) = (BTreeSet::new(), BTreeSet::new());
        for found in self.matcher.iter().flat_map(|matcher| matcher.find_iter(sentence.of(text))) {
            let span = Span::new(sentence.start + found.start(), sentence.start + found.end());
            let (before, after) = (&text[sentence.start..span.start], &text[span.end..sentence.end]);
            let (word, waiting) = &self.words[found.pattern().as_usize()];
            let admitted = |waiting: &&Waiting<'_>| {
                let pattern = waiting.pattern;
                !pattern.not_before.iter().any(|w| after.starts_with(w.as_str()))
                    && !pattern.not_after.iter().any(|w| before.ends_with(w.as_str()))
            };
            let waiting: BTreeSet<&str> = waiting.iter().filter(admitted).map(|waiting| waiting.kind).collect();
            if !waiting.is_empty() && !mentions.iter().any(|mention| mention.overlaps(span)) {
                triggers.insert((*word).to_owned());
                kinds.extend(waiting.into_iter().map(str::to_owned));
            }
        }
        (triggers, kinds)
    }
}

/// The sentences of the document that have triggers and no part in any fact, in the order of the text.
#[must_use]
pub fn unread(annotation: &Annotation, words: &TriggerWords<'_>) -> Vec<Unread> {
    let text = annotation.text.as_str();
    let points = CodePoints::new(text);
    let bytes = |spans: &mut dyn Iterator<Item = CharSpan>| -> Vec<Span> {
        spans.filter_map(|span| points.bytes(span)).collect()
    };
    let told = bytes(
        &mut annotation
            .facts
            .iter()
            .flat_map(|f| f.evidence.into_iter().chain(f.trigger).chain(f.also.iter().copied())),
    );
    let mentions = bytes(&mut annotation.entities.iter().flat_map(|e| e.mentions.iter().copied()));
    let untold = segment::sentences(text, prose::is_prose).into_iter().map(|sentence| sentence.span);
    let untold = untold.filter(|sentence| !told.iter().any(|span| span.overlaps(*sentence)));
    untold
        .filter_map(|sentence| {
            let (triggers, kinds) = words.stated(text, sentence, &mentions);
            (!triggers.is_empty()).then(|| Unread { sentence: points.chars(sentence), triggers, kinds })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passed_over(text: &str, entities: &str, facts: &str) -> Vec<(String, String, String)> {
        let schema = Schema::embedded().unwrap();
        let json = format!(r#"{{"id": "n", "text": "{text}", "entities": [{entities}], "facts": [{facts}]}}"#);
        let annotation = Annotation::from_json(&json).unwrap();
        let points = CodePoints::new(text);
        let words = |set: BTreeSet<String>| set.into_iter().collect::<Vec<_>>().join(" ");
        unread(&annotation, &TriggerWords::new(&schema))
            .into_iter()
            .map(|u| (points.bytes(u.sentence).unwrap().of(text).to_owned(), words(u.triggers), words(u.kinds)))
            .collect()
    }

    #[test]
    fn a_sentence_without_a_fact_is_told_with_its_triggers() {
        let text = "大家纷纷捐款。全体职工坚守岗位。甲社向乙社捐赠口罩，并提供了手套。";
        let entities = r#"{"id": "a", "type": "Organization", "name": "甲社", "mentions": [{"start": 16, "end": 18}]},
            {"id": "b", "type": "Organization", "name": "乙社", "mentions": [{"start": 19, "end": 21}]}"#;
        let fact = r#"{"id": "f", "type": "Donation", "evidence": {"start": 16, "end": 25},
            "roles": [{"role": "donor", "entity": "a"}, {"role": "recipient", "entity": "b"}]}"#;
        let told = |sentence: &str, triggers: &str, kinds: &str| (sentence.into(), triggers.into(), kinds.into());
        let first = told("大家纷纷捐款。", "捐款", "Donation");
        assert_eq!(passed_over(text, entities, fact), [first.clone()], "any fact of a sentence counts for all of it");
        let both = [first, told("甲社向乙社捐赠口罩，并提供了手套。", "捐赠 提供", "Donation Supply")];
        assert_eq!(passed_over(text, entities, ""), both);
    }

    #[test]
    fn words_that_state_nothing_where_they_stand_are_no_triggers() {
        for text in ["捐赠仪式很隆重。", "这项任务很重。", "各位职工坚守岗位。"] {
            assert_eq!(passed_over(text, "", ""), [], "{text}");
        }
        let name =
            r#"{"id": "a", "type": "Organization", "name": "生产建设兵团", "mentions": [{"start": 0, "end": 6}]}"#;
        assert_eq!(passed_over("生产建设兵团历史悠久。", name, ""), []);
    }
}
