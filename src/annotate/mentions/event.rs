//! Events by their heads with what names them: 第三届科技博览会, 中俄总理第二十七次定期会晤, 滨江绿道建设工程.
//!
//! A meeting, a contest or a project takes the names of places and bodies before it into its own name; work, a campaign
//! or a check (疫情防控工作) does not, unless it is counted (第四轮核酸检测工作).

use std::ops::Range;

use super::country::are_countries;
use super::{Candidate, Kind, View};
use crate::annotate::token::Pos;
use crate::annotate::values::ValueKind;
use crate::annotation::EntityType;
use crate::lexicon::{Strength, has_suffix, longest_suffix};

const KIND: Kind = Kind::Entity(EntityType::Activity);
/// A name reaches over at most this many words.
const LONGEST: usize = 16;
/// What a name is worth that holds names of places or bodies: as much as they by themselves.
const OF_NAMES: f64 = 2.0;

pub(crate) fn propose(view: &View<'_>, out: &mut Vec<Candidate>) {
    for at in 0..view.tokens.len() {
        if is_definite(view, at) && is_head(view, at + 1) {
            out.push(candidate(at..at + 2, KIND, false, 0.55));
        }
        if view.is("event_proper", at) {
            proper(view, at, out);
        }
        // 隧道工程 + 有限公司: a firm.
        let firm = view.is("firm_ending", at + 1);
        if is_head(view, at) && !firm {
            // 银行计划向…: the verb, not its noun.
            let verb = matches!(view.pos(at + 1), Pos::Preposition | Pos::Adverb | Pos::Verb);
            // 工会倡议职工捐款: who is asked stands behind it.
            let asks = view.pos(at + 1).is_nominal() && view.is("demand", at);
            if !(asks || verb && view.is("planned", at)) {
                close(view, at, KIND, out);
            }
        } else if view.pos(at).is_nominal() && view.lexicon.ends("award", view.word(at)) {
            // 中国建设工程鲁班奖, “时代楷模”称号: no entity, but words that fill a role.
            close(view, at, Kind::Noun, out);
        }
    }
}

fn candidate(tokens: Range<usize>, kind: Kind, named: bool, worth: f64) -> Candidate {
    Candidate { tokens, kind, named, source: "event name", worth }
}

/// 该, 此次, 上述: the event is one that was named before.
fn is_definite(view: &View<'_>, at: usize) -> bool {
    view.is("event_definite", at)
}

fn is_head(view: &View<'_>, at: usize) -> bool {
    let word = view.word(at);
    view.lexicon.activities.contains(word) || view.pos(at).is_nominal() && has_suffix(word, &view.lexicon.activities)
}

/// Proposes the name that the head at `last` closes.
fn close(view: &View<'_>, last: usize, kind: Kind, out: &mut Vec<Candidate>) {
    let award = kind != KIND;
    let takes_names = award || view.lexicon.class("event_named").any(|e| view.word(last).ends_with(e));
    // 2022年冬奥会: what comes every few years is known by its year.
    let edition = !award && view.lexicon.class("event_edition").any(|e| view.word(last).ends_with(e));
    let mut start = last;
    let mut ordinal = false;
    while start > 0 && last - start < LONGEST {
        if let Some(first) = counted(view, start - 1) {
            ordinal = true;
            start = first;
        } else if let Some(first) = year(view, start - 1).filter(|_| takes_names && start < last || ordinal || edition)
        {
            ordinal = true;
            start = first;
        } else if let Some(open) = quotation(view, start - 1).filter(|_| takes_names) {
            start = open;
            if award {
                break;
            }
        } else if extends(view, start - 1, start, last, takes_names || ordinal, award) {
            start -= 1;
        } else {
            break;
        }
    }
    while start < last && !opens(view, start) {
        start += 1;
    }
    while award && start > 0 && view.is("place_word", start - 1) {
        start -= 1;
    }
    // 主席同总统会晤: what may be a verb is an event only where it is counted or held, or no object follows (总裁选举).
    let bare = takes_names && !view.pos(last + 1).is_nominal() && view.pos(last + 1) != Pos::Particle;
    let verb = view.triggers.contains(view.word(last)) || !view.pos(last).is_nominal() && !bare;
    if start == last || verb && !ordinal && !(held(view, start) && takes_names) {
        return;
    }
    let proper = (start..last).any(|at| is_name(view, at));
    let worth = match (takes_names && proper, ordinal || proper) {
        (true, _) => OF_NAMES,
        (_, true) => 1.3,
        _ => 0.6,
    };
    // 第四轮核酸检测 + 工作.
    let work = view.is("event_work", last + 1) && !view.pos(last + 2).is_nominal();
    let end = last + 1 + usize::from(ordinal && !takes_names && work) + part(view, last);
    out.push(candidate(start..end, kind, ordinal || proper, worth));
}

/// Proposes 2022年冬奥会, 北京冬奥会, 冬奥会: what names an event by itself, with its year and its place.
fn proper(view: &View<'_>, last: usize, out: &mut Vec<Candidate>) {
    let mut start = last;
    while let Some(before) = start.checked_sub(1) {
        let place = view.pos(before) == Pos::Place || view.is("everywhere", before);
        start = match year(view, before) {
            Some(first) => first,
            None if place && view.word(before).chars().count() > 1 => before,
            None => break,
        };
    }
    if start > 1 && view.lexicon.is("event_owner", view.words(&(start - 2..start))) {
        start -= 2;
    }
    let worth = if start < last { OF_NAMES } else { 1.3 };
    out.push(candidate(start..last + 1, KIND, true, worth));
}

fn is_bracket(view: &View<'_>, at: usize) -> bool {
    matches!(view.word(at), "(" | ")" | "（" | "）")
}

/// How many words behind the project that ends at `last` say which part of it is meant: 二期, 一标段.
fn part(view: &View<'_>, last: usize) -> usize {
    let is = |at: usize| view.is("project_part", at);
    let counted = matches!(view.pos(last + 1), Pos::Number | Pos::Latin) && is(last + 2);
    match view.is("project", last) {
        true if counted => 2,
        true if is(last + 1) => 1,
        _ => 0,
    }
}

/// Whether a verb that states facts stands directly before, or another event that it is joined to.
fn held(view: &View<'_>, start: usize) -> bool {
    if start > 1 && view.is("and", start - 1) && is_head(view, start - 2) {
        return true;
    }
    let aspect = usize::from(start > 0 && view.is("aspect", start - 1));
    start > aspect && view.triggers.contains(view.word(start - 1 - aspect))
}

/// The first token of an ordinal that ends at `at`: 第三届, 第 35 次, 十三届, 首次.
fn counted(view: &View<'_>, at: usize) -> Option<usize> {
    if view.is("event_ordinal", at) {
        return Some(at);
    }
    let first = (at.saturating_sub(2)..=at).rev().find(|n| !matches!(view.pos(*n), Pos::Number | Pos::Measure));
    let first = first.map_or(at.saturating_sub(2), |n| n + 1);
    (first..=at).find(|n| view.word(*n).starts_with('第')).or_else(|| {
        let session = view.lexicon.class("event_session").any(|s| view.word(at).ends_with(s))
            && first <= at
            && !view.in_value(at);
        session.then_some(first)
    })
}

/// The first token of a year that ends at `at`: 2025年.
fn year(view: &View<'_>, at: usize) -> Option<usize> {
    let end = view.tokens.get(at)?.span.end;
    let year = view.values.iter().find(|v| v.span.end == end)?;
    let plain =
        matches!(&year.kind, ValueKind::Time(t) if t.len() == 4) && year.span.of(view.text).starts_with(['1', '2']);
    (0..=at).rev().take(3).find(|n| view.tokens[*n].span.start == year.span.start).filter(|_| plain)
}

/// The opening mark of a short quotation that ends at `at`.
fn quotation(view: &View<'_>, at: usize) -> Option<usize> {
    if view.word(at) != "”" {
        return None;
    }
    (0..at).rev().take(LONGEST).find(|n| view.word(*n) == "“")
}

/// Whether a name may begin with the word at `at`.
fn opens(view: &View<'_>, at: usize) -> bool {
    let nominal = view.pos(at).is_nominal() || view.pos(at) == Pos::Distinguishing;
    let word = view.word(at);
    nominal && !view.triggers.contains(word)
        || view.is("event_season", at)
        || view.lexicon.groups.contains(word)
        || view.pos(at) == Pos::Idiom
        || view.is("event_verb", at)
        || word == "“"
        || joint(view, at)
        || counted_from(view, at)
}

/// Whether an ordinal or a year begins at `at`.
fn counted_from(view: &View<'_>, at: usize) -> bool {
    (at..(at + 3).min(view.tokens.len())).any(|end| counted(view, end) == Some(at) || year(view, end) == Some(at))
}

/// 中俄, 中英: two countries in a character each.
fn joint(view: &View<'_>, at: usize) -> bool {
    let short = |at: usize| {
        let word = view.word(at);
        !word.is_empty() && are_countries(view.lexicon, word)
    };
    short(at) && (view.word(at).chars().count() > 1 || short(at + 1))
}

fn is_name(view: &View<'_>, at: usize) -> bool {
    let word = view.word(at);
    joint(view, at)
        || matches!(view.pos(at), Pos::Place | Pos::Organization | Pos::Latin)
        || view.lexicon.places.contains_key(word) && word.chars().count() > 1
        || view.lexicon.organizations.contains_key(word)
        || longest_suffix(word, &view.lexicon.organization_suffixes).is_some_and(|s| s.chars().count() >= 4)
}

/// Whether the word at `at` can belong to a name that begins, so far, at `next` and is closed at `last`.
fn extends(view: &View<'_>, at: usize, next: usize, last: usize, takes_names: bool, award: bool) -> bool {
    let word = view.word(at);
    let lexicon = view.lexicon;
    if view.in_value(at) || lexicon.speech.contains(word) || view.is("vague", at) || is_definite(view, at) {
        return false;
    }
    let common = |at: usize| matches!(view.pos(at), Pos::Noun | Pos::VerbNoun | Pos::Abbreviation | Pos::Latin);
    // 授予某医院某省劳动奖状: who gets it is no part of the award.
    let body = longest_suffix(word, &lexicon.organization_suffixes)
        .is_some_and(|s| s.chars().count() > 1 && lexicon.organization_suffixes[s].strength == Strength::Strong);
    if award && (body || has_suffix(word, &lexicon.groups)) {
        return false;
    }
    if view.is("event_season", at) || !award && lexicon.groups.contains(word) {
        return true;
    }
    // 举行庆祝酒会, 应对疫情特别峰会.
    if view.is("event_verb", at) && (held(view, at) || (takes_names || next == last) && at > 0 && common(at - 1)) {
        return true;
    }
    // 改造工程 + 勘察 设计 + 项目, 设计 施工 总 承包 (EPC) 工程: the work is named between one head and the other.
    let project = view.is("project", last);
    let work = |at: usize| view.is("project_work", at) || is_bracket(view, at);
    if project && at > 0 && (at..last).all(work) && (work(at - 1) || view.pos(at - 1).is_nominal()) {
        return true;
    }
    if view.triggers.contains(word) {
        // 林带 建设 工程: a verb between a noun and the head is part of the name.
        return takes_names && next == last && at > 0 && common(at - 1) && view.is("name_verb", at);
    }
    if view.is("event_dash", at) {
        return takes_names && at > 0 && is_name(view, at - 1) && view.pos(next).is_nominal();
    }
    if is_name(view, at) || view.is("place_word", at) {
        // 全球疫苗峰会 is a name, 当地会议 is none.
        let whole = view.is("everywhere", at) && !view.is("own_country", at);
        return takes_names && (award || whole || !view.is("place_word", at));
    }
    match view.pos(at) {
        Pos::Person => takes_names && !view.known.persons.contains(word),
        pos if pos.is_nominal() => !lexicon.titles.contains(word) || view.pos(at + 1) != Pos::Person,
        Pos::Distinguishing => true,
        // 春耕生产, 三八红旗手: set phrases.
        Pos::Idiom => true,
        Pos::Adjective => word.chars().count() <= 2,
        Pos::Verb => view.is("name_verb", at),
        Pos::Conjunction => {
            view.is("event_joiner", at)
                && takes_names
                && common(next)
                && at > 0
                && common(at - 1)
                && !is_head(view, at - 1)
        }
        Pos::Locality => joint(view, at),
        _ => false,
    }
}
