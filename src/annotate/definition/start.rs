//! Where a full name begins, of which the end and the short form are known.

use crate::annotate::mentions::{Kind, Mention, View};
use crate::annotate::token::Pos;
use crate::annotation::EntityType;
use crate::span::Span;

/// A name reaches over at most so many words.
const LONGEST: usize = 40;

/// The name of an area has at most so many words.
const AREA: usize = 4;

/// The byte at which the name begins that ends at `end` and is called `short`. `surely` asks for a full one that holds
/// every character of it.
pub(super) fn start(view: &View<'_>, end: usize, short: &str, mentions: &[Mention], surely: bool) -> Option<usize> {
    let last = view.tokens.partition_point(|t| t.span.end <= end).checked_sub(1)?;
    // The words of the short name, where the full one holds them, part nothing (稷以科技).
    let sentence = view.tokens[0].span.start;
    let before = view.text.get(sentence..end)?;
    let held = before.rfind(short).map(|at| Span::new(at, at + short.len()));
    // 中体 + 联合 + 数据科技有限公司（中体数据）: nor do those that stand between them.
    let between =
        || spread(before, short).filter(|at| is_tight(&before[*at..], short)).map(|at| Span::new(at, end - sentence));
    let held = held.or_else(between).map_or(Span::default(), |h| Span::new(sentence + h.start, sentence + h.end));
    let window = window(view, last, held);
    let from = view.tokens[window].span.start;
    // Every character of a short name stands in the full one, in this order.
    for at in aligned(view.text.get(from..end)?, short, surely) {
        let at = from + at;
        let word = view.tokens.partition_point(|t| t.span.end <= at);
        if (word..last).any(|at| view.is("before_name", at)) {
            continue;
        }
        let begins = opened(view, window, word, at);
        if begins + short.len() < end && is_whole(view, view.text.get(begins..end)?) {
            return Some(longer(view, Span::new(begins, end), window, mentions).unwrap_or(begins));
        }
    }
    (!surely).then(|| by_itself(view, window, last, mentions)).flatten()
}

/// Whether `words`, through which the characters of `short` are spread, are one name: it is long enough to tell, and no
/// mark parts them.
fn is_tight(words: &str, short: &str) -> bool {
    let joins = |c: char| c.is_alphanumeric() || matches!(c, '(' | ')' | '（' | '）' | '·');
    (3..).contains(&short.chars().count()) && words.chars().count() <= LONGEST && words.chars().all(joins)
}

/// Whether `words` may be all of a name, not only the end of one: 股份有限公司 of 砺川股份有限公司（公司）, 上海）有限公司.
fn is_whole(view: &View<'_>, words: &str) -> bool {
    let closes = words.find([')', '）']).is_some_and(|close| !words[..close].contains(['(', '（']));
    let lexicon = view.lexicon;
    !closes && !lexicon.organization_suffixes.contains_key(words) && !lexicon.is("firm_ending", words)
}

/// Where the name that ends as `name` does begins by the reading without the definition, if that takes more for the name
/// that may be of it: 北京 + 新动力优质企业发展基金（优企基金）, 中国— + 东盟博览会（东博会）.
fn longer(view: &View<'_>, name: Span, window: usize, mentions: &[Mention]) -> Option<usize> {
    let read = mentions.iter().find(|m| m.span.end == name.end && m.span.start < name.start && m.named)?;
    let first = view.tokens.partition_point(|t| t.span.end <= read.span.start);
    let behind = view.tokens.partition_point(|t| t.span.end <= name.start);
    let strange = |at: usize| describes(view, at) || view.triggers.contains(view.word(at));
    let event = read.kind == Kind::Entity(EntityType::Activity);
    let begins = event || first >= window && opens(view, first);
    (begins && !(first..behind).any(strange)).then_some(read.span.start)
}

/// The first word that may belong to a name whose last word stands at `last`.
fn window(view: &View<'_>, last: usize, held: Span) -> usize {
    let mut closed = 0_usize;
    let mut at = last + 1;
    while at > 0 && last + 1 - at < LONGEST {
        match view.word(at - 1) {
            ")" | "）" | "”" | "」" => closed += 1,
            "(" | "（" | "“" | "「" if closed == 0 => break,
            "(" | "（" | "“" | "「" => closed -= 1,
            _ if closed == 0 && parts(view, at - 1, held) => break,
            _ => {}
        }
        at -= 1;
    }
    at.min(last)
}

/// Whether the word at `at` stands between names and in none. `held` is where the words of the short name stand.
fn parts(view: &View<'_>, at: usize, held: Span) -> bool {
    let word = view.word(at);
    let span = view.tokens[at].span;
    if held.overlaps(span) {
        return false;
    }
    let mark = !word.chars().any(char::is_alphanumeric);
    let letter = |at: usize| view.word(at).ends_with(|c: char| c.is_ascii_alphanumeric());
    if mark {
        // Tabula Rasa, PS-ONE.
        let joins = matches!(word, "·" | "•" | "&" | "." | "-" | "+") || word == " " && at > 0 && letter(at - 1);
        return !joins;
    }
    // 旭辉 + 控股（集团）有限公司: behind what the short name holds, a verb is the firm's.
    let inside = !held.is_empty() && held.end <= span.start;
    let in_names = inside || view.is("name_verb", at) || view.is("trade", at);
    let states = !in_names && word.chars().count() > 1 && view.states(at);
    let particle = matches!(word, "的" | "了" | "是" | "在" | "由" | "被" | "称");
    states || particle || matches!(view.pos(at), Pos::Preposition | Pos::Pronoun) || view.lexicon.speech.contains(word)
}

/// Whether the word at `at` ends what describes the name behind it: 解决方案提供商, 旗下, 子公司.
pub(super) fn describes(view: &View<'_>, at: usize) -> bool {
    let word = view.word(at);
    let firm = view.is("firm", at) && !view.is("inner_firm", at);
    firm || view.is("before_name", at) || view.lexicon.ends("describes", word)
}

/// Where in `words` the first character of `short` stands, by the likelier readings first.
fn aligned(words: &str, short: &str, surely: bool) -> Vec<usize> {
    let mut out = Vec::new();
    let mut whole: Vec<usize> = words.rmatch_indices(short).map(|(at, _)| at).collect();
    // 窝趣品牌战略发布会（以下简称“发布会”）: what ends the name begins it rarely.
    whole.sort_by_key(|at| at + short.len() == words.len());
    out.extend(whole);
    out.extend(spread(words, short));
    // 九号有限公司（简称“九号智能”）
    let prefix =
        (2..short.chars().count()).rev().filter_map(|n| short.char_indices().nth(n).map(|(at, _)| &short[..at]));
    let prefix = prefix.filter(|_| !surely).filter_map(|prefix| words.rfind(prefix)).next();
    out.extend(prefix);
    out
}

/// Where in `words` the first character of `short` stands, if they hold all of it in its order.
pub(super) fn spread(words: &str, short: &str) -> Option<usize> {
    let mut rest = words.char_indices().rev();
    let mut find = |c: char| rest.find(|(_, other)| other.eq_ignore_ascii_case(&c)).map(|(at, _)| at);
    short.chars().rev().try_fold(words.len(), |_, c| find(c))
}

/// The byte at which a name begins that holds the byte `at` of the word `word`: with the places and letters before it.
fn opened(view: &View<'_>, window: usize, word: usize, at: usize) -> usize {
    let Some(token) = view.tokens.get(word) else { return at };
    // 上 + 海陆 + 芯电子科技有限公司: the segmenter cut through the place.
    if let Some(place) = place_before(view, window, at).filter(|_| token.span.start < at) {
        return place;
    }
    // 省 of 江苏省; but 红 of 方红杉, which no dictionary knows.
    let whole = token.known || view.word(word).is_ascii();
    if token.span.start < at && !whole {
        return at;
    }
    view.tokens[extended(view, window, word)].span.start
}

/// The byte at which the place begins that ends at the byte `at` inside a word, if a word begins there.
fn place_before(view: &View<'_>, window: usize, at: usize) -> Option<usize> {
    let starts = view.tokens[window..].iter().map(|t| t.span.start).take_while(|start| *start < at);
    let place = |start: &usize| view.text.get(*start..at).is_some_and(|words| view.lexicon.places.contains_key(words));
    starts.into_iter().find(place)
}

/// The first word of a name that goes on at `start`, not before `window`.
fn extended(view: &View<'_>, window: usize, mut start: usize) -> usize {
    while start > window {
        // 宁波 + 梅山 + 保税 + 港区.
        let area = view.lexicon.ends("place_suffix", view.word(start - 1));
        let chain = |at: &usize| view.lexicon.places.contains_key(view.word(*at));
        let chain = (start.saturating_sub(AREA).max(window)..start).find(chain).filter(|_| area);
        match chain {
            Some(at) => start = at,
            None if opens(view, start - 1) => start -= 1,
            None => break,
        }
    }
    start
}

/// Whether the word at `at` belongs to the name that goes on behind it, though no short form would hold it.
fn opens(view: &View<'_>, at: usize) -> bool {
    let word = view.word(at);
    let long = word.chars().count() > 1;
    let place = |at: usize| view.word(at).chars().count() > 1 && view.lexicon.places.contains_key(view.word(at));
    if place(at) || long && view.pos(at) == Pos::Place {
        return true;
    }
    let ending = view.is("place_suffix", at) && at > 0 && (place(at - 1) || view.pos(at - 1) == Pos::Place);
    let letters =
        long && word.chars().all(|c| c.is_ascii_alphanumeric()) && word.contains(|c: char| c.is_ascii_alphabetic());
    // 2017窝趣品牌战略发布会.
    let year = word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    let joint = matches!(word, "-" | "·" | "." | "&" | " ") && at > 0 && view.word(at - 1).is_ascii();
    ending
        || letters
        || year
        || joint
        || view.is("opens_name", at)
        || word.starts_with('第')
        || view.is("event_session", at)
}

/// The byte at which a name begins whose words its short form does not repeat (杭州嗨宝贝科技有限公司, Hibobi).
fn by_itself(view: &View<'_>, window: usize, last: usize, mentions: &[Mention]) -> Option<usize> {
    let mut start = last;
    while start > window && !describes(view, start - 1) {
        start -= 1;
    }
    // 投资 + 上海闻融企业管理合伙企业.
    while start < last && (view.triggers.contains(view.word(start)) || view.is("name_verb", start)) {
        start += 1;
    }
    let region = Span::new(view.tokens[start].span.start, view.tokens[last].span.end);
    let place = |at: &usize| view.lexicon.places.contains_key(view.word(*at)) || view.pos(*at) == Pos::Latin;
    let read = mentions.iter().find(|m| m.span.end == region.end && region.contains(m.span));
    let first = match (start..=last).find(place) {
        Some(at) if view.tokens[at].span.start <= read.map_or(region.end, |m| m.span.start) => at,
        _ => {
            let read = read?.span.start;
            extended(view, window, view.tokens.partition_point(|t| t.span.end <= read))
        }
    };
    // 甲、乙、丙（以下简称“…家族”）: a name of all of them.
    let several = first > 0 && view.word(first - 1) == "、";
    (!several).then(|| view.tokens[first].span.start)
}
