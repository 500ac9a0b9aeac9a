//! Reprints: the same text but for its header and a few words. Of those that are one another's reprints the earliest is
//! the witness, and the others are its further sources; what the text states counts once.
//!
//! Texts are compared as Broder, "On the resemblance and containment of documents" (1997), does, by the runs of
//! characters that they share, but exactly and only where one of their longest sentences is the same. What likens
//! notices of a kind to each other likens neither their numbers nor their dates: texts that differ in a number are two,
//! and so are those of this year and of last.

mod body;

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::hash::BuildHasher as _;

use petgraph::unionfind::UnionFind;
use rayon::prelude::*;
use rustc_hash::{FxBuildHasher, FxHashMap};

use body::{Body, sentences};

use crate::annotation::{Annotation, Reprint};
use crate::document::Document;
use crate::text::date::Date;

/// Within so many days a text is printed again. What is told in the same words later is told of something else.
const DAYS: i64 = 31;

/// A text must share one of so many of its longest sentences with another.
const KEYS: usize = 3;

/// What tells whether a text is another one printed again.
#[derive(Debug, Clone, Copy)]
pub struct Print<'a> {
    /// The document's id.
    pub id: &'a str,
    /// Its headline.
    pub title: Option<&'a str>,
    /// Its date of publication.
    pub published: Option<&'a str>,
    /// Its text.
    pub text: &'a str,
}

impl<'a> From<&'a Document> for Print<'a> {
    fn from(Document { id, title, published, text, .. }: &'a Document) -> Self {
        Self { id, title: title.as_deref(), published: published.as_deref(), text }
    }
}

impl<'a> From<&'a Annotation> for Print<'a> {
    fn from(Annotation { id, title, published, text, .. }: &'a Annotation) -> Self {
        Self { id, title: title.as_deref(), published: published.as_deref(), text }
    }
}

/// For every print the index of its witness, where that is another one. It does not depend on their order.
#[must_use]
pub fn witnesses(prints: &[Print<'_>]) -> Vec<Option<usize>> {
    let heads: Vec<Head> = prints.par_iter().map(Head::of).collect();
    let rank = |at: usize| {
        let Print { published, id, .. } = prints[at];
        (published.is_none(), published, id)
    };
    // Only texts that share a key are ever compared, so those that hang together by keys are looked at by themselves.
    let mut sets = related(&heads);
    sets.iter_mut().for_each(|set| set.sort_by(|a, b| rank(*a).cmp(&rank(*b))));
    let found = sets.par_iter().flat_map_iter(|set| reprints_among(set, prints, &heads));
    let mut witnesses = vec![None; prints.len()];
    found.collect::<Vec<_>>().into_iter().for_each(|(at, witness)| witnesses[at] = Some(witness));
    witnesses
}

/// Hashes of the sentences of which a text must share one with every print of it.
#[must_use]
pub fn keys(print: &Print<'_>) -> Vec<u64> {
    Head::of(print).keys
}

/// The sets of several texts that hang together by keys.
fn related(heads: &[Head]) -> Vec<Vec<usize>> {
    let mut related: UnionFind<usize> = UnionFind::new(heads.len());
    let mut owners: FxHashMap<u64, usize> = FxHashMap::default();
    for (at, head) in heads.iter().enumerate() {
        for key in &head.keys {
            related.union(*owners.entry(*key).or_insert(at), at);
        }
    }
    let mut sets: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
    for at in 0..heads.len() {
        sets.entry(related.find_mut(at)).or_default().push(at);
    }
    let mut sets: Vec<Vec<usize>> = sets.into_values().filter(|set| set.len() > 1).collect();
    sets.sort();
    sets
}

/// Which texts of a set, the earliest first, are reprints, and of which witness each.
fn reprints_among(set: &[usize], prints: &[Print<'_>], heads: &[Head]) -> Vec<(usize, usize)> {
    // By key the witnesses so far, as places in the set.
    let mut found: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    let mut bodies: Vec<Option<Body>> = set.iter().map(|_| None).collect();
    let mut reprints = Vec::new();
    for (nth, at) in set.iter().enumerate() {
        let head = &heads[*at];
        let near = head.keys.iter().flat_map(|key| found.get(key).into_iter().flatten().copied());
        let near: BTreeSet<usize> = near.filter(|other| head.is_near(&heads[set[*other]])).collect();
        let body = (!near.is_empty()).then(|| Body::of(&prints[*at]));
        let mut near = near.into_iter();
        let witness = near.find(|other| {
            let there = bodies[*other].get_or_insert_with(|| Body::of(&prints[set[*other]]));
            body.as_ref().is_some_and(|body| body.is_print_of(there))
        });
        if let Some(witness) = witness {
            reprints.push((*at, set[witness]));
        } else {
            bodies[nth] = body;
            head.keys.iter().for_each(|key| found.entry(*key).or_default().push(nth));
        }
    }
    reprints
}

/// The annotations of witnesses, each with its reprints; those of reprints state nothing of their own.
#[must_use]
pub fn fold(annotations: Vec<Annotation>) -> Vec<Annotation> {
    let prints: Vec<Print<'_>> = annotations.iter().map(Print::from).collect();
    let witnesses = witnesses(&prints);
    let mut further: FxHashMap<usize, Vec<Reprint>> = FxHashMap::default();
    for (annotation, witness) in annotations.iter().zip(&witnesses) {
        if let Some(witness) = witness {
            let sources = further.entry(*witness).or_default();
            sources.push(reprint(annotation));
            sources.extend(annotation.reprints.iter().cloned());
        }
    }
    let mut folded = Vec::new();
    for (at, (mut annotation, witness)) in annotations.into_iter().zip(witnesses).enumerate() {
        if witness.is_none() {
            annotation.reprints.extend(further.remove(&at).unwrap_or_default());
            let rank = |r: &Reprint| (r.published.is_none(), r.published.clone(), r.id.clone());
            annotation.reprints.sort_by_key(rank);
            annotation.reprints.dedup_by(|a, b| a.id == b.id);
            folded.push(annotation);
        }
    }
    folded
}

/// A document as a further source of its witness.
fn reprint(annotation: &Annotation) -> Reprint {
    let Annotation { id, title, published, source, url, author, .. } = annotation;
    let [title, published, source, url, author] = [title, published, source, url, author].map(Clone::clone);
    Reprint { id: id.clone(), title, published, source, url, author }
}

/// What is kept of every text: so much as finds the others that it must be compared with.
struct Head {
    /// Hashes of the longest sentences. Two sentences of one hash cost a comparison and are told apart there.
    keys: Vec<u64>,
    published: Option<Date>,
}

impl Head {
    fn of(print: &Print<'_>) -> Self {
        let sentences = sentences(print);
        let mut longest: Vec<&str> = sentences.iter().map(String::as_str).collect();
        longest.sort_by_key(|sentence| (Reverse(sentence.len()), *sentence));
        longest.dedup();
        let keys = longest.into_iter().take(KEYS).map(|sentence| FxBuildHasher.hash_one(sentence)).collect();
        Self { keys, published: print.published.and_then(Date::parse) }
    }

    /// Whether two texts are of one time.
    fn is_near(&self, other: &Self) -> bool {
        self.published.zip(other.published).is_none_or(|(a, b)| a.since(b).abs() <= DAYS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORY: &str = "瑞禾医疗5日向市第一医院捐赠口罩5万只、防护服200套。这批物资由公司的两辆货车连夜送到，医院已经清点入库。\
                         公司负责人周宁表示，生产线从除夕起没有停过，工人三班轮换。市卫生健康委员会感谢企业的支持。\
                         此前，公司还向湖滨县人民医院捐款20万元，用于购买呼吸机。\
                         青山村的村民听说以后，自发收了蔬菜两千斤，交给车队带到城里，一分钱也没有收。";

    fn document(id: &str, published: &str, text: &str) -> Document {
        let title = text.lines().next().map(str::to_owned);
        Document { id: id.into(), published: Some(published.into()), title, text: text.into(), ..Document::default() }
    }

    fn of(documents: &[Document]) -> Vec<Option<usize>> {
        witnesses(&documents.iter().map(Print::from).collect::<Vec<_>>())
    }

    #[test]
    fn the_same_text_under_another_header_is_a_reprint_of_the_earliest() {
        let own = document("c", "2020-02-06", &format!("五万只口罩送到医院\n发布时间：2020-02-06\n{STORY}"));
        let agency = document("b", "2020-02-05", &format!("瑞禾医疗捐赠物资\n虹江社临浦2月5日电（记者王某）{STORY}"));
        let words = document(
            "a",
            "2020-02-07",
            &format!("企业捐赠\n来源：虹江社\n{}\n（责任编辑：丁某）", STORY.replace("连夜", "昨夜")),
        );
        let other = document("d", "2020-02-07", "另一件事\n南屏大学组织学生返校，宿舍已经消毒。");
        assert_eq!(of(&[own.clone(), agency.clone(), words.clone(), other.clone()]), [Some(1), None, Some(1), None]);
        assert_eq!(of(&[other, words, agency, own]), [None, Some(2), None, Some(2)], "in another order");
    }

    #[test]
    fn a_daily_notice_with_other_numbers_is_another_witness() {
        let today = document("a", "2020-02-05", &format!("通报\n{STORY}"));
        let tomorrow = document("b", "2020-02-06", &format!("通报\n{}", STORY.replace("20万元", "30万元")));
        assert_eq!(of(&[today, tomorrow]), [None, None]);
        let next_year = document("b", "2021-02-05", &format!("通报\n{STORY}"));
        assert_eq!(of(&[document("a", "2020-02-05", &format!("通报\n{STORY}")), next_year]), [None, None]);
        let short = |id: &str, n: usize| document(id, "2020-02-05", &format!("通报\n临浦省新增确诊病例{n}例。"));
        assert_eq!(of(&[short("a", 1), short("b", 2), short("c", 1)]), [None, None, Some(0)]);
    }

    #[test]
    fn a_text_that_goes_on_is_no_reprint() {
        let part = document("a", "2020-02-05", &format!("消息\n{STORY}"));
        let whole = document(
            "b",
            "2020-02-05",
            &format!(
                "消息\n{STORY}\n另外，丰穗食品向湖滨县的隔离点每天送去六百份盒饭，一直送到月底，费用全部由公司承担。"
            ),
        );
        assert_eq!(of(&[part, whole]), [None, None]);
    }

    #[test]
    fn a_witness_has_its_reprints_whatever_order_they_come_in() {
        let annotation = |id: &str, day: &str| {
            let line = serde_json::json!({"id": id, "published": day, "text": format!("消息\n{STORY}")}).to_string();
            Annotation::from_json(&line).unwrap()
        };
        let all = [annotation("a", "2020-02-07"), annotation("b", "2020-02-05"), annotation("c", "2020-02-06")];
        for order in [[0, 1, 2], [2, 1, 0], [1, 0, 2]] {
            let folded = fold(order.map(|at| all[at].clone()).to_vec());
            let ids: Vec<&str> = folded[0].reprints.iter().map(|r| r.id.as_str()).collect();
            assert_eq!((folded.len(), folded[0].id.as_str(), ids), (1, "b", vec!["c", "a"]));
            assert_eq!(fold(folded.clone()), folded, "folded once and for all");
        }
    }
}
