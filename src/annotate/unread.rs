//! What reading passed over: sentences with words that state facts, from which no fact was read.
//!
//! It is worked out from an annotation, whoever made it; only the sentences without a fact are cut into words again.

use std::collections::BTreeSet;

use super::{Annotator, segment};
use crate::annotation::Annotation;
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

impl Annotator {
    /// The sentences of the document that have triggers and no part in any fact, in the order of the text. A trigger
    /// within a name is none, nor is one that the frames or the grammar forbid where it stands: 捐赠仪式, 捐赠工作,
    /// 呼吁捐赠.
    #[must_use]
    pub fn unread(&self, annotation: &Annotation) -> Vec<Unread> {
        let text = annotation.text.as_str();
        let points = CodePoints::new(text);
        let bytes = |span: CharSpan| points.bytes(span);
        let facts = annotation.facts.iter();
        let told = facts.flat_map(|f| f.evidence.into_iter().chain(f.trigger).chain(f.also.iter().copied()));
        let told: Vec<Span> = told.filter_map(bytes).collect();
        let mentions = annotation.entities.iter().flat_map(|e| e.mentions.iter().copied());
        let mentions: Vec<Span> = mentions.filter_map(bytes).collect();
        let mut unread = Vec::new();
        for sentence in segment::sentences(text, prose::is_prose) {
            // A headline sums up what the text tells.
            let headline = annotation.title.as_deref() == Some(sentence.span.of(text));
            if headline || told.iter().any(|span| span.overlaps(sentence.span)) {
                continue;
            }
            let (mut triggers, mut kinds) = (BTreeSet::new(), BTreeSet::new());
            for clause in &sentence.clauses {
                for (word, waiting) in self.stated(text, *clause, &mentions) {
                    triggers.insert(word.to_owned());
                    kinds.extend(waiting.into_iter().map(str::to_owned));
                }
            }
            if !triggers.is_empty() {
                unread.push(Unread { sentence: points.chars(sentence.span), triggers, kinds });
            }
        }
        unread
    }

    /// The triggers of a clause that may state a fact where they stand, each with the fact types that wait for it.
    fn stated<'a>(&'a self, text: &'a str, clause: Span, mentions: &[Span]) -> Vec<(&'a str, BTreeSet<&'a str>)> {
        let mut stated = Vec::new();
        let tokens = self.segmenter.tokens(text, clause);
        for (at, token) in tokens.iter().enumerate() {
            let word = token.span.of(text);
            if self.lexicon.is("demand", word) {
                break;
            }
            let next = tokens.get(at + 1).map_or("", |next| next.span.of(text));
            if self.lexicon.is("nominal", next) || mentions.iter().any(|mention| mention.overlaps(token.span)) {
                continue;
            }
            let (before, behind) =
                (Span::new(clause.start, token.span.start).of(text), Span::new(token.span.end, clause.end).of(text));
            let mut waiting = BTreeSet::new();
            for (kind, pattern) in self.triggers.waiting(word) {
                let Some(pattern) = self.schema.frame(kind).and_then(|frame| frame.patterns.get(pattern)) else {
                    continue;
                };
                if pattern.refused(before, behind).is_none() && pattern.awaits(behind) && pattern.follows(before) {
                    waiting.insert(kind);
                }
            }
            if !waiting.is_empty() {
                stated.push((word, waiting));
            }
        }
        stated
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Schema;

    fn passed_over(text: &str, entities: &str, facts: &str) -> Vec<(String, String, String)> {
        let annotator = Annotator::new(Schema::embedded().unwrap());
        let json = format!(r#"{{"id": "n", "text": "{text}", "entities": [{entities}], "facts": [{facts}]}}"#);
        let annotation = Annotation::from_json(&json).unwrap();
        let points = CodePoints::new(text);
        let words = |set: BTreeSet<String>| set.into_iter().collect::<Vec<_>>().join(" ");
        let unread = annotator.unread(&annotation).into_iter();
        unread
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
        assert_eq!(
            passed_over(text, entities, fact),
            std::slice::from_ref(&first),
            "any fact of a sentence counts for all of it"
        );
        let both = [first, told("甲社向乙社捐赠口罩，并提供了手套。", "捐赠 提供", "Donation Supply")];
        assert_eq!(passed_over(text, entities, ""), both);
    }

    #[test]
    fn words_that_state_nothing_where_they_stand_are_no_triggers() {
        for text in ["捐赠仪式很隆重。", "这项任务很重。", "充分发挥作用。", "市民呼吁捐赠口罩。", "捐赠工作很重要。"]
        {
            assert_eq!(passed_over(text, "", ""), [], "{text}");
        }
        let name =
            r#"{"id": "a", "type": "Organization", "name": "生产建设兵团", "mentions": [{"start": 0, "end": 6}]}"#;
        assert_eq!(passed_over("生产建设兵团历史悠久。", name, ""), []);
    }
}
