//! Common noun phrases by their heads: goods, groups, diseases, events, documents, posts, and heads nobody knows.

use super::{Candidate, Kind, View};
use crate::annotate::token::Pos;
use crate::annotate::values::{Value, ValueKind};
use crate::annotation::EntityType;
use crate::lexicon::{Heads, Strength, has_suffix, longest_suffix};

/// A noun phrase reaches over at most this many words before its head.
const LONGEST: usize = 6;
/// A quotation in the name of goods holds at most this many words.
const QUOTED: usize = 5;
/// Worth of goods with a disease or a quotation in their name: more than that of what stands in them alone.
const AGAINST: f64 = 1.05;

pub(crate) fn propose(view: &View<'_>, out: &mut Vec<Candidate>) {
    for at in 0..view.tokens.len() {
        let Some((kind, worth, source)) = class(view, at) else { continue };
        let mut start = at;
        while start > 0 && at - start < LONGEST && extends(view, start - 1, start, kind) {
            start -= 1;
        }
        // 整改建议函: what a document is for may stand first.
        let purpose = |start: usize| kind == Kind::Entity(EntityType::Work) && view.is("name_verb", start);
        while start < at
            && matches!(view.pos(start), Pos::Verb | Pos::Locality | Pos::Affix)
            && kind != Kind::Title
            && !purpose(start)
        {
            start += 1;
        }
        // 投资12亿元建设风电项目: the verb is none of the name, unless a verb or 的 stands before it (制定采购方案).
        let verb = |start: usize| {
            let class = if kind == Kind::Entity(EntityType::Activity) { "name_verb" } else { "serial" };
            view.is(class, start) || view.triggers.contains(view.word(start))
        };
        while start < at && verb(start) && is_predicate(view, start) {
            start += 1;
        }
        // A verb used as a noun is a thing only with words that say of what (心理疏导).
        if kind == Kind::Noun && (is_abstract(view, at) || view.pos(at) == Pos::VerbNoun && start == at) {
            continue;
        }
        if kind == Kind::Entity(EntityType::Work) {
            start = with_period(view, start);
            // 建议函: a document by its last character, with what it is about.
            if start == at && view.word(at).chars().count() == 1 {
                continue;
            }
        }
        let mut quoted = false;
        if kind == Kind::Entity(EntityType::Product) {
            start = coordinated(view, start);
            if let Some(open) = quotation(view, start) {
                start = open;
                quoted = true;
            }
        }
        // 新型冠状病毒疫苗: what goods are good against is part of their name.
        let against = kind == Kind::Entity(EntityType::Product)
            && (start..at).any(|at| view.lexicon.diseases.contains(view.word(at)));
        let worth = if against || quoted { AGAINST } else { worth };
        out.push(Candidate { tokens: start..at + 1, kind, named: false, source, worth });
    }
}

/// The start of goods with all that they are for: 医疗、防疫和生活物资.
fn coordinated(view: &View<'_>, start: usize) -> usize {
    let attribute = |at: usize| view.is("goods_attribute", at);
    let opens = |at: usize| view.lexicon.class("goods_attribute").any(|word| view.word(at).starts_with(word));
    // 医疗、生活物资 are two kinds of goods.
    if start > 0 && view.pos(start - 1) == Pos::Punctuation {
        return start;
    }
    let mut start = start;
    while start > 1 && opens(start) && view.is("and", start - 1) && attribute(start - 2) {
        start -= 2;
    }
    start
}

/// The opening mark of a short quotation that says which goods are meant: “人工肺”设备.
fn quotation(view: &View<'_>, start: usize) -> Option<usize> {
    let close = start.checked_sub(1).filter(|at| view.word(*at) == "”")?;
    (close.saturating_sub(QUOTED)..close).rev().find(|at| view.word(*at) == "“")
}

/// The start of a document's name with the period that it covers: 2020年第一季度业绩报告, but not 5月3日公告.
fn with_period(view: &View<'_>, start: usize) -> usize {
    let Some(before) = start.checked_sub(1).map(|b| view.tokens[b].span) else { return start };
    if view.word(start).starts_with('年') && view.pos(start - 1) == Pos::Number {
        return start - 1;
    }
    let is_period = |v: &Value| matches!(&v.kind, ValueKind::Time(t) if t.len() != "2020-01-01".len());
    let Some(period) = view.values.iter().find(|v| v.span.overlaps(before) && is_period(v)) else { return start };
    view.tokens[..start].iter().position(|t| t.span.start >= period.span.start).unwrap_or(start)
}

/// Whether what stands before the word at `at` makes a verb of it.
fn is_predicate(view: &View<'_>, at: usize) -> bool {
    at > 0
        && (view.pos(at - 1).is_nominal() && !view.triggers.contains(view.word(at - 1))
            || matches!(view.pos(at - 1), Pos::Number | Pos::Pronoun | Pos::Adverb | Pos::Time))
}

/// Whether the head is no thing that could be given, sent or founded.
fn is_abstract(view: &View<'_>, at: usize) -> bool {
    view.is("abstract", at)
}

/// What the word at `at` is the head of, what a reading of it is worth, and who says so.
fn class(view: &View<'_>, at: usize) -> Option<(Kind, f64, &'static str)> {
    let word = view.word(at);
    let lexicon = view.lexicon;
    let (whole, ends) = lexicon.heads(word);
    if view.is("vague", at)
        || word.chars().count() == 1
            && ![Heads::PRODUCT, Heads::TITLE, Heads::WORK].into_iter().any(|list| whole.has(list))
    {
        return None;
    }
    let entity = |kind| Kind::Entity(kind);
    let nominal = view.pos(at).is_nominal();
    // 工会倡议职工捐款: who is asked stands behind it.
    let asks = view.is("demand", at) && view.pos(at + 1).is_nominal();
    if view.triggers.contains(word) || view.is("planned", at) || asks {
        return None;
    }
    // 教授何永强: what is a group of people elsewhere is a post before a name.
    if whole.has(Heads::TITLE) && view.pos(at + 1) == Pos::Person {
        return Some((Kind::Title, 0.85, "title list"));
    }
    if whole.has(Heads::GROUP) {
        return Some((entity(EntityType::Group), 0.7, "group list"));
    }
    // 12名技术员: several of one post are a group.
    if whole.has(Heads::TITLE) && at > 0 && several(view, at - 1) {
        return Some((entity(EntityType::Group), 0.85, "group list"));
    }
    if whole.has(Heads::TITLE) {
        return Some((Kind::Title, 0.85, "title list"));
    }
    if whole.has(Heads::DISEASE) {
        return Some((entity(EntityType::Disease), 1.0, "disease list"));
    }
    if (nominal || view.pos(at) == Pos::Measure) && ends.has(Heads::TITLE) {
        return Some((Kind::Title, 0.85, "title list"));
    }
    if nominal && ends.has(Heads::GROUP) {
        return Some((entity(EntityType::Group), 0.7, "group list"));
    }
    if whole.has(Heads::PRODUCT) || (nominal || view.pos(at) == Pos::Verb) && ends.has(Heads::PRODUCT) {
        return Some((entity(EntityType::Product), 0.65, "product list"));
    }
    if !nominal || view.pos(at) == Pos::VerbNoun && (view.triggers.contains(word) || lexicon.speech.contains(word)) {
        return None;
    }
    if ends.has(Heads::ACTIVITY) {
        return Some((entity(EntityType::Activity), 0.5, "event list"));
    }
    if ends.has(Heads::WORK) {
        return Some((entity(EntityType::Work), 0.5, "document list"));
    }
    matches!(view.pos(at), Pos::Noun | Pos::Latin | Pos::VerbNoun).then_some((Kind::Noun, 0.3, "noun"))
}

/// Whether a number of more than one ends with the word at `at`.
fn several(view: &View<'_>, at: usize) -> bool {
    let counts = |v: &&Value| matches!(v.kind, ValueKind::Count { value, .. } if value > 1.0);
    view.values.iter().filter(counts).any(|v| v.span.end == view.tokens[at].span.end)
}

/// Whether the word at `at` modifies the phrase that begins, so far, at `next`.
fn extends(view: &View<'_>, at: usize, next: usize, kind: Kind) -> bool {
    let word = view.word(at);
    let lexicon = view.lexicon;
    // 采购 of 采购方案 states nothing, nor does 投资 of 丰富的投资产品.
    let attribute = view.pos(at) == Pos::VerbNoun
        && at > 0
        && (view.word(at - 1) == "的" || matches!(view.pos(at - 1), Pos::Measure | Pos::Distinguishing));
    let named = match kind {
        Kind::Entity(EntityType::Work | EntityType::Activity) => view.is("name_verb", at),
        Kind::Entity(EntityType::Product) => attribute,
        _ => false,
    };
    if view.in_value(at)
        || view.triggers.contains(word) && !named
        || lexicon.speech.contains(word)
        || view.is("vague", at)
    {
        return false;
    }
    // 抗疫一线医护人员: where it is says not what it is.
    if matches!(kind, Kind::Entity(EntityType::Product | EntityType::Group)) && view.is("front_line", at) {
        return false;
    }
    // Names are mentions of their own, and a post does not reach over its organisation.
    if lexicon.places.contains_key(word) || lexicon.organizations.contains_key(word) {
        return false;
    }
    if matches!(view.pos(at), Pos::Place | Pos::Organization | Pos::Person) || kind == Kind::Entity(EntityType::Disease)
    {
        return false;
    }
    // 医疗队 + 队员.
    let team = |suffix: &str| {
        kind == Kind::Entity(EntityType::Group)
            && suffix == word
            && lexicon.organization_suffixes[suffix].kind == "team"
    };
    let strong = |suffix: &str| lexicon.organization_suffixes[suffix].strength == Strength::Strong && !team(suffix);
    if longest_suffix(word, &lexicon.organization_suffixes).is_some_and(|s| s.chars().count() > 1 && strong(s)) {
        return false;
    }
    if kind == Kind::Title {
        // 江口市 + 市长: the ending of a place is none of the post.
        let place = word.chars().count() == 1 && view.is("place_suffix", at);
        return view.is("title_prefix", at)
            || !place
                && (matches!(view.pos(at), Pos::Noun | Pos::VerbNoun | Pos::Distinguishing | Pos::Abbreviation)
                    && longest_suffix(word, &lexicon.organization_suffixes).is_none()
                    && !has_suffix(word, &lexicon.titles)
                    && !has_suffix(word, &lexicon.groups));
    }
    // 新冠肺炎患者: the disease is a mention of its own.
    if kind == Kind::Entity(EntityType::Group) && lexicon.diseases.contains(word) {
        return false;
    }
    if has_suffix(word, &lexicon.titles) || has_suffix(word, &lexicon.groups) && kind != Kind::Entity(EntityType::Group)
    {
        return false;
    }
    match view.pos(at) {
        pos if pos.is_nominal() => true,
        Pos::Distinguishing => true,
        Pos::Adjective => view.pos(next).is_nominal() && word.chars().count() <= 2,
        Pos::Affix | Pos::Locality => at > 0,
        // 疫情 防控 物资; 质量 提升 工程.
        Pos::Verb => {
            let project = kind == Kind::Entity(EntityType::Activity) && view.is("project_verb", at);
            view.is("name_verb", at) || project
        }
        _ => false,
    }
}
