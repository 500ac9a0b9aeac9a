//! What reading passed over: sentences with words that state facts, from which no fact was read.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::trace::{Lack, Outcome, Refusal, SentenceTrace};
use super::{Annotator, Tell};
use crate::annotation::Annotation;
use crate::span::{CharSpan, CodePoints, Span};

/// A sentence from which no fact was read, though it has triggers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unread {
    /// The sentence.
    pub sentence: CharSpan,
    /// Its triggers.
    pub triggers: BTreeSet<String>,
    /// The fact types that wait for them.
    pub kinds: BTreeSet<String>,
    /// What its first trigger lacks by the first pattern that waits for it; nothing where the grammar reads a fact and the
    /// annotation does not have it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lack: Option<Lack>,
}

impl Annotator {
    /// The sentences of the document that have triggers and no part in any fact of the annotation, whoever made it, in
    /// the order of the text. A trigger within a name is none, nor is one that the frames or the grammar forbid where it
    /// stands: 捐赠仪式, 捐赠工作, 呼吁捐赠.
    #[must_use]
    pub fn unread(&self, annotation: &Annotation) -> Vec<Unread> {
        let document = annotation.document();
        let sentences = self.facts(&document, &self.facts, Tell::Attempts).0.sentences;
        of(&sentences, annotation, |word| self.demands(word))
    }
}

/// The unread sentences among those of a reading. What `demands` states nothing by itself.
pub(super) fn of(sentences: &[SentenceTrace], annotation: &Annotation, demands: impl Fn(&str) -> bool) -> Vec<Unread> {
    let points = CodePoints::new(&annotation.text);
    let bytes = |span: CharSpan| points.bytes(span);
    let facts = annotation.facts.iter();
    let told = facts.flat_map(|f| f.evidence.into_iter().chain(f.trigger).chain(f.also.iter().copied()));
    let told: Vec<Span> = told.filter_map(bytes).collect();
    let mentions = annotation.entities.iter().flat_map(|e| e.mentions.iter().copied());
    let mentions: Vec<Span> = mentions.filter_map(bytes).collect();
    let mut out = Vec::new();
    for sentence in sentences {
        // A headline sums up what the text tells.
        let headline = annotation.title.as_deref() == Some(&sentence.text);
        if headline || told.iter().any(|span| span.overlaps(sentence.span)) {
            continue;
        }
        let place = points.chars(sentence.span);
        let (triggers, kinds) = (BTreeSet::new(), BTreeSet::new());
        let mut unread = Unread { sentence: place, triggers, kinds, lack: None };
        let mut read = false;
        for attempt in &sentence.attempts {
            if demands(&attempt.trigger) || mentions.iter().any(|m| m.overlaps(attempt.span)) {
                continue;
            }
            match &attempt.outcome {
                Outcome::Refused(Refusal { lack: None, .. }) | Outcome::Lost { .. } => continue,
                Outcome::Refused(Refusal { lack, .. }) => unread.lack = unread.lack.or(*lack),
                Outcome::Fact => read = true,
            }
            unread.triggers.insert(attempt.trigger.clone());
            unread.kinds.insert(attempt.frame.clone());
        }
        unread.lack = unread.lack.filter(|_| !read);
        if !unread.triggers.is_empty() {
            out.push(unread);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Schema;

    fn lacking(text: &str) -> Vec<Option<Lack>> {
        let annotator = Annotator::new(Schema::embedded().unwrap());
        let annotation =
            Annotation { text: text.into(), ..Annotation::from_json(r#"{"id": "n", "text": ""}"#).unwrap() };
        annotator.unread(&annotation).iter().map(|unread| unread.lack).collect()
    }

    #[test]
    fn what_a_trigger_lacks_is_told() {
        assert_eq!(lacking("大家纷纷捐款。"), [Some(Lack::Type)], "nobody knows who 大家 are");
        assert_eq!(lacking("李梅捐赠了。"), [Some(Lack::Object)]);
        assert_eq!(lacking("12日发布通知。"), [Some(Lack::Subject)]);
        assert_eq!(lacking("东海大学向江北医院捐赠了口罩吗？"), [Some(Lack::Question)]);
        assert_eq!(lacking("东海大学向江北医院捐赠口罩500只。"), [None], "the annotation does not have what is read");
    }

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
