//! Which of new documents are reprints of stored ones, and the other way round.

use std::collections::{BTreeMap, BTreeSet};

use crate::annotation::Annotation;
use crate::document::{Document, Reprint};
use crate::read::reprints;

/// What is to be done so that every text has one witness.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Plan {
    /// To be annotated and stored.
    pub documents: Vec<Document>,
    /// Stored ones of which reprints came or went, as they are from now on.
    pub changed: Vec<Annotation>,
    /// Stored ones that turn out to be reprints.
    pub gone: Vec<String>,
}

/// Holds new documents against what is stored. The earliest print is the witness, whenever it came. What was stored as two
/// documents stays two.
pub(super) fn plan(mut documents: Vec<Document>, mut stored: Vec<Annotation>) -> Plan {
    let mut plan = Plan::default();
    let mut read: BTreeSet<String> = documents.iter().map(|d| d.id.clone()).collect();
    stored.retain(|s| !read.contains(&s.id));
    read.extend(documents.iter().flat_map(|d| &d.reprints).map(|r| r.id.clone()));
    plan.gone = stored.iter().filter(|s| read.contains(&s.id)).map(|s| s.id.clone()).collect();
    stored.retain(|s| !read.contains(&s.id));
    let before: Vec<Vec<Reprint>> = stored.iter().map(|s| s.reprints.clone()).collect();
    for stored in &mut stored {
        stored.reprints.retain(|r| !read.contains(&r.id));
    }

    let kept: Vec<Document> = stored.iter().map(Annotation::document).collect();
    let all: Vec<&Document> = kept.iter().chain(&documents).collect();
    let witnesses = reprints::witnesses(&all);
    let mut further: BTreeMap<usize, Vec<Reprint>> = BTreeMap::new();
    for (at, witness) in witnesses.iter().enumerate() {
        let is_new = |at: usize| at >= kept.len();
        if let Some(witness) = witness.filter(|witness| is_new(at) || is_new(*witness)) {
            let sources = further.entry(witness).or_default();
            sources.push(reprints::reprint(all[at]));
            sources.extend(all[at].reprints.iter().cloned());
        }
    }
    let moved: BTreeSet<String> = further.values().flatten().map(|r| r.id.clone()).collect();
    let add = |own: &mut Vec<Reprint>, at: usize| {
        own.extend(further.get(&at).into_iter().flatten().cloned());
        own.sort_by(|a, b| {
            (a.published.is_none(), &a.published, &a.id).cmp(&(b.published.is_none(), &b.published, &b.id))
        });
        own.dedup_by(|a, b| a.id == b.id);
    };
    for (at, mut stored) in stored.into_iter().enumerate() {
        add(&mut stored.reprints, at);
        if moved.contains(&stored.id) {
            plan.gone.push(stored.id);
        } else if stored.reprints != before[at] {
            plan.changed.push(stored);
        }
    }
    for (at, document) in documents.iter_mut().enumerate() {
        add(&mut document.reprints, kept.len() + at);
    }
    documents.retain(|d| !moved.contains(&d.id));
    plan.documents = documents;
    plan
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORY: &str = "瑞禾医疗5日向市第一医院捐赠口罩5万只、防护服200套。这批物资由公司的两辆货车连夜送到，医院已经清点入库。\
                         公司负责人周宁表示，生产线从除夕起没有停过，工人三班轮换。";

    fn document(id: &str, published: &str) -> Document {
        Document { id: id.into(), published: Some(published.into()), text: STORY.into(), ..Document::default() }
    }

    fn stored(document: &Document) -> Annotation {
        let line = format!("{{\"id\": {:?}, \"text\": {:?}}}", document.id, document.text);
        let Document { published, reprints, .. } = document.clone();
        Annotation { published, reprints, ..Annotation::from_json(&line).unwrap() }
    }

    fn ids(reprints: &[Reprint]) -> Vec<&str> {
        reprints.iter().map(|r| r.id.as_str()).collect()
    }

    #[test]
    fn the_earliest_print_is_the_witness_whenever_it_came() {
        let (early, late) = (document("early", "2020-02-05"), document("late", "2020-02-06"));
        let Plan { documents, changed, gone } = plan(vec![late.clone()], vec![stored(&early)]);
        assert_eq!((documents.len(), ids(&changed[0].reprints), gone.len()), (0, vec!["late"], 0));
        let Plan { documents, changed, gone } = plan(vec![early.clone()], vec![stored(&late)]);
        assert_eq!((ids(&documents[0].reprints), changed.len(), gone), (vec!["late"], 0, vec!["late".to_owned()]));
        // Read again, nothing changes.
        let whole = Document { reprints: vec![reprints::reprint(&late)], ..early };
        let Plan { documents, changed, gone } = plan(vec![late], vec![stored(&whole)]);
        assert_eq!((documents.len(), changed.len(), gone.len()), (0, 0, 0));
    }

    #[test]
    fn a_print_that_was_changed_is_no_reprint_any_more() {
        let whole =
            Document { reprints: vec![reprints::reprint(&document("late", ""))], ..document("early", "2020-02-05") };
        let late = Document { text: "南屏大学组织学生返校。".into(), ..document("late", "2020-02-06") };
        let Plan { documents, changed, gone } = plan(vec![late], vec![stored(&whole)]);
        assert_eq!((documents.len(), changed[0].reprints.len(), gone.len()), (1, 0, 0));
    }
}
