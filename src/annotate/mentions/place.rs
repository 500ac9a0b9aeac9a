//! Places: names of the lexicon, names built with 省, 县, 村, 路 …, chains of them.

use super::{Candidate, Kind, View};
use crate::annotate::repair::is_no_name;
use crate::annotate::token::Pos;
use crate::annotation::EntityType;
use crate::lexicon::{has_suffix, longest_suffix};

const KIND: Kind = Kind::Entity(EntityType::Place);

/// The source of 抗疫一线 in 湖北抗疫一线: words behind a place that mean no other one.
pub(crate) const FRONT_LINE: &str = "front line";

/// The source of 当地, which is told of only where a fact needs it.
pub(crate) const POINTS_BACK: &str = "place that points back";

/// A name by the weights this likely is a part of a chain.
const LIKELY: f32 = 0.4;

/// What the tagger takes this surely for no name is no place by the dictionary alone (契约化).
const UNNAMED: f32 = 0.9;

pub(crate) fn propose(view: &View<'_>, out: &mut Vec<Candidate>) {
    let mut at = 0;
    while at < view.tokens.len() {
        let Some(end) = part(view, at) else {
            at += 1;
            continue;
        };
        if is_no_name(view.text, view.span(&(at..end)), &view.tokens[at..end], view.lexicon) {
            at = end;
            continue;
        }
        // 北京市东城区胡家园社区 is one place: every part that follows directly belongs to it.
        let mut chain = end;
        let beside = |first, second| view.lexicon.side_by_side(view.words(&first), view.words(&second));
        let mut last = at;
        while let Some(next) = part(view, chain).filter(|next| !beside(last..chain, chain..*next)) {
            (last, chain) = (chain, next);
        }
        for stop in if chain == end { vec![end] } else { vec![end, chain] } {
            let known = view.lexicon.places.contains_key(view.words(&(at..end)));
            let worth = if known || stop > end { 1.0 } else { 0.8 };
            out.push(Candidate { tokens: at..stop, kind: KIND, named: true, source: "place", worth });
        }
        at = end;
    }
    for at in 0..view.tokens.len() {
        if let Some(end) = counted(view, at) {
            let tokens = at..end;
            out.push(Candidate { tokens, kind: KIND, named: false, source: "counted regions", worth: 1.2 });
        }
        // 在京举行: a place in one character, where nothing else is meant.
        if at > 0 && view.pos(at) == Pos::Place && view.is("before_short_place", at - 1) {
            out.push(Candidate { tokens: at..at + 1, kind: KIND, named: true, source: "short place", worth: 1.0 });
        }
        if let Some(start) = route(view, at) {
            out.push(Candidate { tokens: start..at + 1, kind: KIND, named: true, source: "route", worth: 1.6 });
        }
        // 社区一线, 抗疫一线.
        let line = view.is("front_line", at) && at > 0 && !view.triggers.contains(view.word(at - 1));
        if line && (view.pos(at - 1).is_nominal() || view.is("name_verb", at - 1)) {
            // 湖北抗疫一线: the place is Hubei, and what is said of it is none besides.
            let placed = at > 1 && part(view, at - 2) == Some(at - 1);
            let (kind, source) = if placed { (Kind::Noun, FRONT_LINE) } else { (KIND, "place word") };
            out.push(Candidate { tokens: at - 1..at + 1, kind, named: false, source, worth: 1.0 });
        }
        // 当地时间25日 says by whose clock.
        if view.is("place_word", at) && !view.is("clock", at + 1) {
            // 全国 + 各地 are one.
            let end = at + 1 + usize::from(view.is("place_word", at + 1));
            let points_back = end == at + 1 && view.is("place_anaphor", at);
            let source = if points_back { POINTS_BACK } else { "place word" };
            out.push(Candidate { tokens: at..end, kind: KIND, named: false, source, worth: 0.8 });
        }
    }
}

/// The start of a railway, a bridge or a dam with a name of its own that is closed at `last`: 川青 + 铁路.
fn route(view: &View<'_>, last: usize) -> Option<usize> {
    let before = last.checked_sub(1).filter(|_| view.is("route", last))?;
    // 隧道 + 掘进机, 大桥 + 口岸; 乌克兰铁路 is not one railway.
    let next = view.word(last + 1);
    let lexicon = view.lexicon;
    let goes_on = has_suffix(next, &lexicon.products)
        || view.is("place_suffix", last + 1)
        || longest_suffix(next, &lexicon.organization_suffixes).is_some_and(|s| s.chars().count() > 1);
    let large = |at: usize| {
        let kind = lexicon.places.get(view.word(at)).map(|place| place.kind.as_str());
        matches!(kind, Some("country" | "macroregion" | "region"))
    };
    if goes_on || large(before) {
        return None;
    }
    let proper = |at: usize| matches!(view.pos(at), Pos::Place | Pos::Person | Pos::Abbreviation);
    // 安顺至六盘水铁路.
    if before > 1 && view.is("route_joiner", before - 1) {
        return (proper(before) && proper(before - 2)).then_some(before - 2);
    }
    match view.word(before).chars().count() {
        2 | 3 if proper(before) || !view.tokens[before].known && view.pos(before).is_nominal() => Some(before),
        // 京 + 张 + 高铁.
        1 if before > 0 && proper(before) && proper(before - 1) && view.word(before - 1).chars().count() == 1 => {
            Some(before - 1)
        }
        _ => None,
    }
}

/// The end of 31个省（区、市）, where that begins at `at`: the regions counted are one.
fn counted(view: &View<'_>, at: usize) -> Option<usize> {
    let value = view.values.iter().find(|v| view.tokens[at].span.start == v.span.start)?;
    let region = view.tokens.iter().position(|t| t.span.start >= value.span.end)?;
    if !view.is("counted_region", region) {
        return None;
    }
    if !matches!(view.word(region + 1), "(" | "（") {
        return Some(region + 1);
    }
    let close = (region + 2..view.tokens.len().min(region + 12)).find(|t| matches!(view.word(*t), ")" | "）"))?;
    Some(close + 1)
}

/// The end of one place name that begins at `at`.
fn part(view: &View<'_>, at: usize) -> Option<usize> {
    let listed = listed(view, at);
    let start = view.tokens.get(at)?.span.start;
    let name = view.names.names.iter().find(|n| n.span.start == start && n.kind == EntityType::Place);
    let learned = name.filter(|n| n.confidence >= LIKELY).and_then(|n| view.tokens_of(n.span)).map(|t| t.end);
    // 胡家园 + 社区: what the weights leave out closes the name.
    let learned = learned.map(|end| end + usize::from(view.is("place_suffix", end)));
    listed.max(learned.filter(|end| !view.is_country_pair(&(at..*end))))
}

/// The end of one place name that begins at `at`, by the lexicon and the dictionary.
fn listed(view: &View<'_>, at: usize) -> Option<usize> {
    let word = view.word(at);
    let suffix = |at: usize| view.is("place_suffix", at);
    let single = word.chars().count() == 1;
    if view.is("not_place", at) || view.lexicon.not_places.contains(word) || view.is_country_pair(&(at..at + 1)) {
        return None;
    }
    if view.lexicon.places.contains_key(word) && !single {
        // 湖北 + 省, 武汉 + 市: a suffix that the segmenter cut off.
        return Some(if suffix(at + 1) && view.word(at + 1).chars().count() == 1 { at + 2 } else { at + 1 });
    }
    // 嘉定 + 镇, 枫林 + 街道: the segmenter knows few of them.
    let town = |words: &usize| view.lexicon.is_town(view.words(&(at..at + words)));
    if let Some(words) = (1..=3).filter(|n| at + n <= view.tokens.len()).rev().find(town) {
        return Some(at + words);
    }
    let ends_as_place = || (1..4).any(|n| tail(word, n).is_some_and(|t| view.lexicon.is("place_suffix", t)));
    // A place by jieba's dictionary alone must look like one or stand behind one.
    let behind = || at > 0 && (view.pos(at - 1) == Pos::Place || view.lexicon.places.contains_key(view.word(at - 1)));
    if view.pos(at) == Pos::Place
        && !single
        && view.names.outside(view.tokens[at].span) < UNNAMED
        && (word.chars().count() > 2 || suffix(at + 1) || behind() || ends_as_place())
    {
        return Some(if suffix(at + 1) { at + 2 } else { at + 1 });
    }
    if matches!(view.pos(at), Pos::Noun | Pos::Person)
        && at > 0
        && view.pos(at - 1) == Pos::Place
        && word.chars().count() > 2
        && ends_as_place()
    {
        return Some(at + 1);
    }
    // An unknown name before a suffix counts only behind another place: 新县 + 王里河 + 村.
    let behind_place = at > 0 && (view.pos(at - 1) == Pos::Place || suffix(at - 1));
    if behind_place && matches!(view.pos(at), Pos::Noun | Pos::Person | Pos::Place) && suffix(at + 1) && !suffix(at) {
        return Some(at + 2);
    }
    None
}

/// The last `n` characters of `word`, where it has more than `n`.
fn tail(word: &str, n: usize) -> Option<&str> {
    word.char_indices().rev().nth(n - 1).filter(|(at, _)| *at > 0).map(|(at, _)| &word[at..])
}
