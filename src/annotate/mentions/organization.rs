//! Organisations: fixed names of the lexicon, and names closed by 有限公司, 医院, 委员会 …, extended to the left.

use super::{Candidate, Kind, View};
use crate::annotate::token::Pos;
use crate::annotation::EntityType;
use crate::lexicon::{Strength, Suffix, longest_suffix};

const KIND: Kind = Kind::Entity(EntityType::Organization);
/// A name reaches over at most this many words.
const LONGEST: usize = 14;

/// What the tagger takes this surely for no name is none, whatever the dictionary says (长足发展).
const UNNAMED: f32 = 0.95;

/// The source of an ending that means no body named before: 16家医院.
pub(crate) const COUNTED: &str = "counted organization";

/// The source of a name behind 名为.
pub(crate) const CALLED: &str = "called";

/// The endings of firms that are in ordinary use have so many characters, those of the register more: 公司, 有限公司.
const SHORTEST_ENDING: usize = 2;

/// What a short name is worth that the text itself introduces.
const DEFINED: f64 = 1.8;

/// What a name is worth whose parts are names.
const JOINED: f64 = 2.0;

pub(crate) fn propose(view: &View<'_>, out: &mut Vec<Candidate>) {
    for at in 0..view.tokens.len() {
        let word = view.word(at);
        if view.lexicon.organizations.contains_key(word) {
            out.push(Candidate {
                tokens: at..at + 1,
                kind: KIND,
                named: true,
                source: "organization list",
                worth: 1.2,
            });
        }
        // 国务院新闻办: a body by the segmenter's dictionary, which ours need not repeat.
        let dictionary = view.pos(at) == Pos::Organization && view.tokens[at].known && word.chars().count() > 3;
        if dictionary && view.names.outside(view.tokens[at].span) < UNNAMED {
            out.push(Candidate { tokens: at..at + 1, kind: KIND, named: true, source: "dictionary", worth: 1.0 });
        }
        if view.is("organization_definite", at) {
            out.push(definite(at..at + 1));
        } else if view.lexicon.is("organization_definite", view.words(&(at..(at + 2).min(view.tokens.len())))) {
            out.push(definite(at..at + 2));
        }
        // 这家零售巨头, 这家农业合作社.
        if view.is("definite_firm", at) {
            let mut end = at + 1;
            while end < at + 5 && (view.pos(end).is_nominal() || view.pos(end) == Pos::Adjective) && !view.states(end) {
                end += 1;
                if suffix_word(view, end - 1) {
                    out.push(definite(at..end));
                }
            }
        }
        called(view, at, out);
        if view.is("definite", at) {
            let counted = usize::from(view.pos(at + 1) == Pos::Measure);
            if suffix(view, at + 1 + counted).is_some_and(|s| s.strength == Strength::Strong) {
                out.push(definite(at..at + 2 + counted));
            }
        }
        if let Some(suffix) = suffix(view, at) {
            close(view, at, suffix, out);
        }
        if view.known.endings.contains(word) && !is_counted(view, at) {
            out.push(definite(at..at + 1));
        }
        short_forms(view, at, out);
        listed_firm(view, at, out);
        latin(view, at, out);
    }
}

/// 海赛电装（830914）, 隧道股份（证券代码：600820）: what stands before a share's code is a firm.
fn listed_firm(view: &View<'_>, at: usize, out: &mut Vec<Candidate>) {
    let code =
        |word: &str| view.lexicon.is("share_code", word) || word.len() == 6 && word.bytes().all(|b| b.is_ascii_digit());
    if !matches!(view.word(at), "(" | "（") || !(at + 1..=at + 2).any(|n| code(view.word(n))) {
        return;
    }
    let mut start = at;
    while start > 0 && at - start < 8 && (is_piece(view, start - 1) || view.pos(start - 1).modifies()) {
        start -= 1;
        let chars = view.words(&(start..at)).chars().count();
        if (3..=20).contains(&chars) && view.pos(start).is_nominal() {
            out.push(Candidate { tokens: start..at, kind: KIND, named: true, source: "listed firm", worth: 1.0 });
        }
    }
}

/// 一家名为远岸的初创企业: what a body is said to be called.
fn called(view: &View<'_>, at: usize, out: &mut Vec<Candidate>) {
    if !view.is("called", at) {
        return;
    }
    let quote = usize::from(view.word(at + 1) == "“");
    let start = at + 1 + quote;
    let Some(of) = (start + 1..view.tokens.len().min(start + 8)).find(|n| view.word(*n) == "的") else { return };
    let end = of - usize::from(view.word(of - 1) == "”");
    let body = (of + 1..view.tokens.len().min(of + 5))
        .take_while(|n| view.pos(*n).is_nominal() || view.pos(*n).modifies())
        .any(|n| suffix(view, n).is_some_and(|s| s.strength != Strength::Brand));
    if body && start < end {
        out.push(Candidate { tokens: start..end, kind: KIND, named: true, source: CALLED, worth: JOINED });
    }
}

/// Names in Latin letters beside a word for what bears them: 科技创企INLT, ABB公司.
fn latin(view: &View<'_>, at: usize, out: &mut Vec<Candidate>) {
    let word = view.word(at);
    let name = || {
        let capital = word.starts_with(|c: char| c.is_ascii_uppercase());
        word.len() > 2 && capital && word.chars().all(|c| c.is_ascii_alphanumeric())
    };
    let told = || at > 0 && suffix_word(view, at - 1) || suffix(view, at + 1).is_some_and(|s| s.kind == "company");
    if view.pos(at) == Pos::Latin && name() && told() {
        out.push(Candidate { tokens: at..at + 1, kind: KIND, named: true, source: "letters", worth: 1.0 });
    }
}

fn definite(tokens: std::ops::Range<usize>) -> Candidate {
    // 该中心 is worth more than the 中心 in it, whatever that is weighed.
    let worth = if tokens.len() > 1 { 1.4 } else { 0.9 };
    Candidate { tokens, kind: KIND, named: false, source: "definite organization", worth }
}

/// Short forms of organisations that the document names in full, or defines.
fn short_forms(view: &View<'_>, at: usize, out: &mut Vec<Candidate>) {
    if !view.known.begins(view.word(at)) {
        return;
    }
    for end in at + 1..=(at + 6).min(view.tokens.len()) {
        let words = view.words(&(at..end));
        // 以下简称“济南一机”: what the text says itself is beyond doubt.
        if let Some(kind) = view.known.defined.get(words) {
            out.push(defined(at..end, Kind::Entity(*kind)));
        } else if view.known.short_forms.contains(words) {
            out.push(Candidate { tokens: at..end, kind: KIND, named: true, source: "short form", worth: 1.04 });
        }
    }
}

/// A name that the text itself introduces.
pub(super) fn defined(tokens: std::ops::Range<usize>, kind: Kind) -> Candidate {
    Candidate { tokens, kind, named: true, source: "defined", worth: DEFINED }
}

/// The ending by which the word at `at` closes an organisation's name.
fn suffix<'a>(view: &View<'a>, at: usize) -> Option<&'a Suffix> {
    let word = view.word(at);
    if matches!(
        view.pos(at),
        Pos::Punctuation | Pos::Number | Pos::Preposition | Pos::Adverb | Pos::Time | Pos::Pronoun
    ) {
        return None;
    }
    let suffix = longest_suffix(word, &view.lexicon.organization_suffixes)?;
    // Of a longer word, only an ending of two characters or more says anything.
    (suffix == word || suffix.chars().count() > 1).then(|| &view.lexicon.organization_suffixes[suffix])
}

/// Proposes the name that the suffix at `last` closes.
fn close(view: &View<'_>, last: usize, suffix: &Suffix, out: &mut Vec<Candidate>) {
    let mut start = last;
    // 东海建设工程有限公司: a firm's name holds many a verb.
    let firm = suffix.kind == "company" && suffix.strength == Strength::Strong;
    let inside = |at: usize| {
        let held = at + 1 < last && at > 0 && view.is("name_verb", at) && view.pos(at - 1).is_nominal();
        // 中国驻日本大使馆.
        let posted =
            at + 1 < last && at > 0 && view.is("stationed", at) && view.lexicon.places.contains_key(view.word(at - 1));
        firm && held || posted || trade(view, at, last)
    };
    while start > 0 && last - start < LONGEST && extends(view, start - 1, start, inside(start - 1)) {
        start -= 1;
    }
    // A verb or adjective at the left edge modifies nothing that we know of.
    // But before a firm's ending alone it is the firm's name (顺康 药业公司).
    let firm = |start: usize| start + 1 == last && suffix.kind == "company" && view.pos(start) == Pos::Adjective;
    // 审计部门: what a department does.
    let department = |start: usize| start + 1 == last && view.is("department", last) && view.is("name_verb", start);
    while start < last
        && !view.pos(start).is_nominal()
        && !is_ordinal(view, start)
        && !is_piece(view, start)
        && !is_firm(view, start)
        && !firm(start)
        && !department(start)
    {
        start += 1;
    }
    // 第三批医疗队: which of several teams it is names none.
    if is_team(view, last, suffix) {
        start += batch(view, start..last);
    }
    // 中国电科 + 五十一 + 所; 五十一所 by itself.
    let numbered = start < last && is_ordinal(view, last - 1) && view.word(last).chars().count() <= 4;
    let owned = numbered && (start + 1 == last || (start..last - 1).any(|at| is_proper(view, at)));
    // 贵州省 + 援鄂医疗队: a team with a name of its own.
    let team = is_team(view, last, suffix) && start < last && view.lexicon.places.contains_key(view.word(start));
    // 海州市教育局 + 机关党委: a department, with the body that it is one of.
    let branch = view.lexicon.class("branch").any(|e| view.word(last).ends_with(e));
    let department = branch && (start..last).any(|at| closes(view, at));
    let posted = (start + 1..last).any(|at| view.lexicon.is("stationed", view.word(at)));
    let source = match (owned, team, department || posted) {
        (true, ..) => "numbered body",
        (_, true, _) => "named team",
        (_, _, true) => "department",
        _ => "organization suffix",
    };
    let whole = closed(view, start, last, suffix, source);
    // By themselves a place and a team, or a body and its number, would be worth more than the one name that they make.
    let joined = |c: &Candidate| c.source != "organization suffix" && c.tokens.len() > 2 || c.source == "named team";
    out.extend(whole.map(|c| if joined(&c) { Candidate { worth: JOINED, ..c } } else { c }));
    // Where the longest name swallows a word before the name (股东 + 华邦…有限公司), it begins at a name or behind such a word.
    let begins = |at: &usize| {
        let named = view
            .names
            .names
            .iter()
            .any(|n| n.kind != EntityType::Person && n.span.start == view.tokens[*at].span.start);
        view.pos(*at).is_nominal() && (named || is_proper(view, *at) || suffix_word(view, *at - 1))
    };
    for at in (start + 1..last).filter(begins) {
        out.extend(closed(view, at, last, suffix, "organization suffix, shorter"));
    }
}

/// Whether the word at `at` is sure to close the name of an organisation.
fn closes(view: &View<'_>, at: usize) -> bool {
    suffix(view, at).is_some_and(|s| s.strength == Strength::Strong)
}

/// Whether the word at `at` closes the name of a team of people: 医疗队.
fn is_team(view: &View<'_>, at: usize, suffix: &Suffix) -> bool {
    suffix.kind == "team" && view.lexicon.class("team_ending").any(|e| view.word(at).ends_with(e))
}

/// How many words at the start of `tokens` say which of several teams is meant: 第三批, 本批.
fn batch(view: &View<'_>, tokens: std::ops::Range<usize>) -> usize {
    let closes = |at: usize| {
        matches!(view.pos(at), Pos::Number | Pos::Measure)
            && view.lexicon.class("batch").any(|b| view.word(at).ends_with(b))
    };
    let counted = usize::from(is_ordinal(view, tokens.start) && !closes(tokens.start));
    if tokens.start + counted < tokens.end && closes(tokens.start + counted) { counted + 1 } else { 0 }
}

/// Whether these words are a team of people that bears no name of its own (高水平医护团队), or not all of one (支援 +
/// 湖北医疗队).
pub(super) fn is_nameless_team(view: &View<'_>, tokens: &std::ops::Range<usize>) -> bool {
    let Some(last) = tokens.end.checked_sub(1) else { return false };
    let team =
        suffix(view, last).is_some_and(|s| is_team(view, last, s)) || view.lexicon.groups.contains(view.word(last));
    let skipped = batch(view, tokens.clone());
    let rest = tokens.start + skipped..tokens.end;
    // 安哥拉人民解放运动 + 代表团.
    let placed = |at: usize| {
        let word = view.word(at);
        word.char_indices().skip(2).any(|(end, _)| view.lexicon.places.contains_key(&word[..end]))
    };
    let named = rest.clone().any(|at| is_proper(view, at) || placed(at)) || is_made_up(view, rest);
    let helped = tokens.start > 0 && view.is("team_verb", tokens.start - 1);
    team && (!named || helped || skipped > 0)
}

/// Whether the word at `at` is an organisation's ending by itself, as 企业 and 股东 are before a name.
fn suffix_word(view: &View<'_>, at: usize) -> bool {
    view.lexicon.organization_suffixes.contains_key(view.word(at)) || view.is("before_name", at)
}

/// The name from `start` to `last`, which `suffix` closes; nothing where that is none.
fn closed(view: &View<'_>, start: usize, last: usize, suffix: &Suffix, source: &'static str) -> Option<Candidate> {
    let alone = start == last && view.lexicon.organization_suffixes.contains_key(view.word(last));
    let made_up = start < last && is_made_up(view, start..last);
    let proper = made_up || (start..=last).any(|at| is_proper(view, at));
    let team = is_team(view, last, suffix);
    let (named, worth) = match (alone, suffix.strength, proper) {
        (true, Strength::Strong, _) => (false, 0.7),
        (true, Strength::Weak, _) if view.word(last).chars().count() > 1 => (false, 0.45),
        (true, ..) => return None,
        (false, Strength::Strong, true) => (true, 1.1),
        (false, Strength::Strong, false) => (false, 0.8),
        (false, Strength::Weak, true) => (true, 1.05),
        // 技术 + 中心: an organisation as a rule, but not surely.
        (false, Strength::Weak, false) => (false, 0.6),
        (false, Strength::Brand, _) if made_up => (true, 1.0),
        (false, Strength::Brand, _) => return None,
    };
    let source = if alone && is_counted(view, start) { COUNTED } else { source };
    // A team without a name of its own is a group of people.
    let kind = if team && !proper { Kind::Entity(EntityType::Group) } else { KIND };
    Some(Candidate { tokens: start..tail(view, last), kind, named, source, worth })
}

/// Whether what stands before an ending alone makes it one or several of many: 16家医院, 等频道, 大型银行.
fn is_counted(view: &View<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    view.in_value(before)
        || matches!(view.pos(before), Pos::Number | Pos::Adjective | Pos::Distinguishing)
        || view.pos(before) == Pos::Measure && before > 0 && matches!(view.pos(before - 1), Pos::Number | Pos::Pronoun)
        || view.is("vague", before) && !view.is("definite", before)
        || view.is("but", before)
}

/// The end of the name that is closed at `last`, with what stands in brackets behind it: 合伙企业（有限合伙）.
fn tail(view: &View<'_>, last: usize) -> usize {
    let open = matches!(view.word(last + 1), "(" | "（");
    let close = (last + 2..view.tokens.len().min(last + 6)).find(|at| matches!(view.word(*at), ")" | "）"));
    match close.filter(|close| open && view.lexicon.is("firm_tail", view.words(&(last + 2..*close)))) {
        Some(close) => close + 1,
        None => last + 1,
    }
}

/// Whether the word at `at` can belong to a name that begins, so far, at `next`. `inside` says of a verb that it stands
/// inside the name.
fn extends(view: &View<'_>, at: usize, next: usize, inside: bool) -> bool {
    let word = view.word(at);
    let helps = |at: usize| view.is("team_verb", at);
    // 云南第七批支援湖北医疗队 is a name; in 多地支援湖北医疗队 the team is another's than Hubei's.
    if helps(at) && at > 0 && view.lexicon.places.contains_key(view.word(next)) {
        let batch = view.is("batch", at - 1) && at > 1 && is_ordinal(view, at - 2);
        return view.lexicon.places.contains_key(view.word(at - 1)) || is_ordinal(view, at - 1) || batch;
    }
    // 重庆 + 第八 + 批 + 支援湖北医疗队.
    if view.is("batch", at) && at > 0 && is_ordinal(view, at - 1) {
        return helps(next);
    }
    if at > 0 && helps(at - 1) && view.lexicon.places.contains_key(word) && !extends(view, at - 1, at, inside) {
        return false;
    }
    // 江南轻纺（控股）有限公司.
    let bracketed = matches!(view.word(next), ")" | "）") && at > 0 && matches!(view.word(at - 1), "(" | "（");
    if bracketed && view.lexicon.organization_suffixes.contains_key(word) {
        return true;
    }
    if view.in_value(at) && !is_ordinal(view, at)
        || view.states(at) && !inside
        || view.lexicon.speech.contains(word)
        || view.lexicon.titles.contains(word)
    {
        return false;
    }
    if ["vague", "and", "before_name"].iter().any(|class| view.is(class, at)) {
        return false;
    }
    // 集团 may stand inside a name, the end of a firm's name may not.
    let firm = |at: usize| suffix(view, at).is_some_and(|s| s.kind == "company" && s.strength == Strength::Strong);
    if firm(at) && !firm(next) && !view.lexicon.class("inner_firm").any(|e| word.ends_with(e)) {
        return false;
    }
    if is_piece(view, at) {
        return true;
    }
    // 五十一 所 党委: a name inside the name.
    let ends = word.chars().count() == 1 && suffix(view, at).is_some();
    if ends && at > 0 && (is_ordinal(view, at - 1) || view.pos(at - 1).is_nominal()) {
        return true;
    }
    match view.pos(at) {
        pos if pos.is_nominal() => true,
        Pos::Distinguishing | Pos::Affix | Pos::Locality => true,
        Pos::Adjective => word.chars().count() <= 2 && view.pos(next).modifies(),
        // 第六 人民医院, 七〇八 所; not 10 家医院.
        Pos::Number => is_ordinal(view, at) || (view.pos(next).is_nominal() && is_numeral_name(word)),
        // 疫情 防控 领导小组.
        Pos::Verb if inside || view.is("name_verb", at) || is_firm(view, at) => true,
        Pos::Punctuation => matches!(word, "(" | ")" | "（" | "）" | "·") && brackets_close(view, at, next),
        _ => false,
    }
}

/// Whether a verb that states facts elsewhere says here what the body does: 投资 of 投资管理有限公司, 研究 of 研究中心.
/// Between it and a firm's ending stand only such words, before other endings no name of its own.
fn trade(view: &View<'_>, at: usize, last: usize) -> bool {
    // 京东科技 + 控股 + 股份有限公司, 中国石油 + 技术开发 + 有限公司.
    let registered = view.is("firm_ending", last) && view.word(last).chars().count() > SHORTEST_ENDING;
    let verb = |at: usize| {
        let does =
            || view.is("trade", at) || view.pos(at).is_nominal() && view.lexicon.ends("name_verb", view.word(at));
        view.is("name_verb", at) || registered && does()
    };
    let between = |at: usize| verb(at) || view.is("trade", at);
    let Some(ending) = suffix(view, last).filter(|s| s.kind != "school" && s.kind != "hospital") else { return false };
    let opens = at.checked_sub(1).is_none_or(|before| {
        let pos = view.pos(before);
        pos.modifies() || matches!(pos, Pos::Measure | Pos::Number) || registered && is_firm(view, before)
    });
    let one =
        if ending.kind == "company" { (at..last).all(between) } else { !(at + 1..last).any(|at| is_proper(view, at)) };
    verb(at) && opens && one
}

/// Whether the word at `at`, an ordinary one elsewhere, is what a firm is always called: 联想.
fn is_firm(view: &View<'_>, at: usize) -> bool {
    view.lexicon.organizations.contains_key(view.word(at))
}

/// A single character that is no grammatical word: a piece of an unknown name, as the segmenter leaves it (暖, 哇).
fn is_piece(view: &View<'_>, at: usize) -> bool {
    let word = view.word(at);
    word.chars().count() == 1
        && word.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
        && matches!(
            view.pos(at),
            Pos::Particle | Pos::Adjective | Pos::Noun | Pos::Person | Pos::Affix | Pos::Abbreviation
        )
        && !view.is("name_stop", at)
        && !view.is("aspect", at)
        && !view.triggers.contains(word)
}

fn is_ordinal(view: &View<'_>, at: usize) -> bool {
    let word = view.word(at);
    word.starts_with('第') || is_numeral_name(word)
}

/// Chinese numerals as names use them: 五十, 七〇八.
fn is_numeral_name(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| "〇○零一二三四五六七八九十".contains(c)) && word != "一"
}

/// A bracket inside a name: 斯微(上海)生物科技有限公司.
fn brackets_close(view: &View<'_>, at: usize, next: usize) -> bool {
    match view.word(at) {
        ")" | "）" => {
            at >= 2
                && matches!(view.word(at.saturating_sub(2)), "(" | "（")
                && (view.lexicon.places.contains_key(view.word(at - 1))
                    || view.lexicon.organization_suffixes.contains_key(view.word(at - 1)))
        }
        "(" | "（" => matches!(view.word(next + 1), ")" | "）") && at > 0 && view.pos(at - 1).is_nominal(),
        _ => view.pos(next).is_nominal(),
    }
}

fn is_proper(view: &View<'_>, at: usize) -> bool {
    view.lexicon.places.contains_key(view.word(at))
        || view.lexicon.organizations.contains_key(view.word(at))
        || matches!(view.pos(at), Pos::Place | Pos::Organization | Pos::Latin)
        || is_person(view, at)
        || is_ordinal(view, at)
}

/// 高水平 looks like a person's name and is none.
fn is_person(view: &View<'_>, at: usize) -> bool {
    view.pos(at) == Pos::Person && !view.lexicon.not_persons.contains(view.word(at))
}

/// Whether the words hold one that no dictionary knows: single characters side by side, letters, or a name.
fn is_made_up(view: &View<'_>, tokens: std::ops::Range<usize>) -> bool {
    tokens.clone().any(|at| {
        is_person(view, at)
            || view.pos(at) == Pos::Latin
            || !view.tokens[at].known && view.pos(at).is_nominal() && view.pos(at) != Pos::Person
    }) || tokens.filter(|at| view.word(*at).chars().count() == 1).count() >= 2
}
