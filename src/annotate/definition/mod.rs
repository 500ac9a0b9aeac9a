//! Names that the text itself introduces: 京东方科技集团股份有限公司（以下简称“京东方”）.
//!
//! Such a definition is evidence by itself: what stands before the bracket and what stands in the quotation marks are names
//! of one thing, whatever the weights say. Where the full name ends and what the short one is, the marks tell; where the
//! full name begins ([`start`]) and what it names ([`kind`]) is read off the words.

mod gloss;
mod kind;
mod start;

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::mentions::{Kind, Mention, View};
use crate::annotation::EntityType;
use crate::lexicon::Lexicon;
use crate::span::Span;

/// A full name and the short one that stands for it from here on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Definition {
    /// Where the full name stands.
    pub full: Span,
    /// Where the short one does.
    pub short: Span,
    /// What both name.
    pub kind: EntityType,
}

/// By short name what it stands for, and what that is.
pub(crate) type Definitions = FxHashMap<String, (String, EntityType)>;

/// The table of `definitions`. Two full names of one short name are names of one thing.
pub(crate) fn by_short<'a>(text: &str, definitions: impl Iterator<Item = &'a Definition>) -> Definitions {
    let mut out = Definitions::default();
    for Definition { full, short, kind } in definitions {
        let (full, short) = (full.of(text), short.of(text));
        let first = out.entry(short.to_owned()).or_insert_with(|| (full.to_owned(), *kind)).0.clone();
        if first != full && full != short {
            out.entry(full.to_owned()).or_insert((first, *kind));
        }
    }
    out.retain(|short, (full, _)| short != full);
    out
}

/// What opens or closes a quotation; texts mix them up (”光粒“).
const QUOTES: [char; 9] = ['“', '”', '"', '「', '」', '『', '』', '‘', '’'];
/// What a short name without quotation marks ends before.
const ENDS: [char; 9] = [')', '）', '，', ',', '、', '；', ';', '。', '或'];
/// In characters, a short name has so many.
const SHORT: std::ops::RangeInclusive<usize> = 2..=20;
/// The word that defines stands at most so many bytes behind the bracket (1606.HK，以下简称…).
const REMARK: usize = 120;
/// Between the title of a document and the bracket stand at most so many bytes (》的提案（).
const BEHIND_TITLE: usize = 18;

/// The words of `text` that introduce another name: most texts have none.
pub(crate) fn introducing<'a>(text: &str, lexicon: &'a Lexicon) -> Vec<&'a str> {
    let all = lexicon.class("defines").chain(lexicon.class("renames"));
    all.filter(|word| text.contains(word)).collect()
}

/// The definitions of one sentence. `mentions` are its mentions as read without them, `introducing` the words of its
/// document that introduce names.
pub(crate) fn definitions(view: &View<'_>, mentions: &[Mention], introducing: &[&str]) -> Vec<Definition> {
    let sentence = view.span(&(0..view.tokens.len()));
    let words = sentence.of(view.text);
    let span = |range: &Range<usize>| Span::new(sentence.start + range.start, sentence.start + range.end);
    let mut out: Vec<Definition> = gloss::glosses(view, mentions).collect();
    let mut from = 0;
    while let Some((at, word)) = defining(&words[from..], introducing) {
        let at = from + at;
        from = at + word.len();
        let bracket = open_bracket(&words[..at]).filter(|open| at - open <= REMARK);
        let lead = |words: &str| words.trim_end_matches(['以', '下', '后', '亦', '也', '，', ',']).len();
        let end = name_end(&words[..bracket.unwrap_or_else(|| lead(&words[..at]))], view.lexicon);
        let shorts = shorts(words, from, view.lexicon);
        let Some(first) = shorts.first().cloned().filter(|_| end > 0) else { continue };
        let name = &words[first.clone()];
        // 甲公司、乙公司（以下合称“双方”）
        if view.lexicon.is("sides", name) || view.lexicon.is("pair", name) {
            continue;
        }
        if bracket.is_none() && view.lexicon.is("renames", word) {
            let quoted = words[..first.start].ends_with(QUOTES);
            out.extend(renamed(sentence.start + end, span(&first), quoted, word, mentions));
            continue;
        }
        let full = full(view, sentence.start, end, name, mentions, bracket.is_none());
        let Some(full) = full else { continue };
        let Some(kind) = kind::kind(view, full, name, mentions) else { continue };
        for short in &shorts {
            // “瑞德林”或“公司”: what any firm is called is no name of this one.
            let generic = view.lexicon.organization_suffixes.contains_key(&words[short.clone()]);
            if !generic || *short == first {
                out.push(Definition { full, short: span(short), kind });
            }
        }
    }
    out
}

/// 布法罗市，又称“水牛城”; 方志远，原名方大江: another name outside brackets, of what is read as a name.
fn renamed(end: usize, short: Span, quoted: bool, word: &str, mentions: &[Mention]) -> Option<Definition> {
    let read = mentions.iter().find(|m| m.span.end == end && m.named)?;
    let Kind::Entity(kind) = read.kind else { return None };
    let same = mentions.iter().find(|m| m.span.start == short.start && m.kind == read.kind).map(|m| m.span);
    // 甲又称乙…: what a person says.
    let says = kind == EntityType::Person && word.ends_with('称');
    let short = if quoted { Some(short) } else { same.filter(|_| !says) };
    short.map(|short| Definition { full: read.span, short, kind })
}

/// The first word of `words` that introduces a short name, and where it stands.
fn defining<'a>(words: &str, introducing: &[&'a str]) -> Option<(usize, &'a str)> {
    let found = introducing.iter().filter_map(|word| Some((words.find(word)?, *word)));
    found.min_by_key(|(at, word)| (*at, std::cmp::Reverse(word.len())))
}

/// Where the bracket opens that is open at the end of `words`.
fn open_bracket(words: &str) -> Option<usize> {
    let mut closed = 0_usize;
    for (at, c) in words.char_indices().rev() {
        match c {
            ')' | '）' => closed += 1,
            '(' | '（' if closed == 0 => return Some(at),
            '(' | '（' => closed -= 1,
            _ => {}
        }
    }
    None
}

/// Where the name ends that `words` end with: before brackets that are no part of it (远岸科技（NASDAQ:YUAN）).
fn name_end(words: &str, lexicon: &Lexicon) -> usize {
    let mut end = words.trim_end().len();
    while let Some(rest) = words[..end].strip_suffix([')', '）']) {
        let Some(open) = open_bracket(rest) else { break };
        if belongs(rest[open..].trim_start_matches(['(', '（']), lexicon) {
            break;
        }
        end = words[..open].trim_end().len();
    }
    end
}

/// Whether what stands in brackets is a piece of a name: 有限合伙, 上海, 集团.
fn belongs(inside: &str, lexicon: &Lexicon) -> bool {
    let suffixes = &lexicon.organization_suffixes;
    lexicon.is("firm_tail", inside) || lexicon.places.contains_key(inside) || suffixes.contains_key(inside)
}

/// The short names that the words from `at` on introduce: “瑞德林”或“公司”.
fn shorts(words: &str, at: usize, lexicon: &Lexicon) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let lead = |rest: &str| rest.len() - rest.trim_start_matches(['：', ':', '为', '是', '，', ',', ' ']).len();
    let mut at = at + lead(&words[at..]);
    loop {
        let quoted = words[at..].starts_with(QUOTES);
        if !quoted && !out.is_empty() {
            return out;
        }
        let start = at + if quoted { first_length(&words[at..]) } else { 0 };
        let rest = &words[start..];
        let close = match rest.starts_with('《') {
            true => rest.find('》').map(|at| at + '》'.len_utf8()),
            false if quoted => rest.find(QUOTES),
            false => Some(rest.find(|c| ENDS.contains(&c) || QUOTES.contains(&c)).unwrap_or(rest.len())),
        };
        let Some(close) = close else { return out };
        let mut short = &rest[..close];
        if !short.starts_with('《') {
            short = short.split(['(', '（']).next().unwrap_or_default();
            // 颖泰生物证券代码：833819
            for code in lexicon.class("share_code").filter(|_| !quoted) {
                short = short.split(code).next().unwrap_or_default();
            }
        }
        let short = short.trim();
        let names = short.chars().any(char::is_alphabetic) && !short.contains(['，', '。', '：', '、']);
        if SHORT.contains(&short.chars().count()) && names {
            let skipped = rest.len() - rest.trim_start().len();
            out.push(start + skipped..start + skipped + short.len());
        }
        let behind = start + close;
        let next = words[behind..].trim_start_matches(QUOTES).trim_start_matches(['或', '、', '和', '及', '/']);
        let next = words.len() - next.len();
        if !quoted || next == behind || out.is_empty() {
            return out;
        }
        at = next;
    }
}

/// The bytes of the first character.
fn first_length(words: &str) -> usize {
    words.chars().next().map_or(0, char::len_utf8)
}

/// The full name that ends `end` bytes behind `from`, where the sentence begins.
fn full(view: &View<'_>, from: usize, end: usize, short: &str, mentions: &[Mention], surely: bool) -> Option<Span> {
    let words = view.text.get(from..from + end)?;
    let title = |end: usize| Some(Span::new(from + words[..end].rfind('《')?, from + end));
    let close = words.rfind('》').map(|at| at + '》'.len_utf8());
    if let Some(close) = close.filter(|c| *c == end || short.starts_with('《') && end - c <= BEHIND_TITLE) {
        // 同意《…规划》（以下简称《批复》）: not that title's.
        let name = short.trim_start_matches('《').trim_end_matches('》');
        let title = title(close)?;
        let held = Span::new(title.start, from + end).of(view.text);
        return held.contains(|c| name.contains(c)).then_some(title);
    }
    // 新茶饮品牌「未来茶浪」（…）: the marks tell where it begins, too.
    for (open, close) in [("「", "」"), ("『", "』"), ("“", "”"), ("‘", "’")] {
        if let Some(inside) = words.strip_suffix(close) {
            let start = inside.rfind(open)? + open.len();
            let end = name_end(inside, view.lexicon);
            return (start < end).then(|| Span::new(from + start, from + end));
        }
    }
    start::start(view, from + end, short, mentions, surely).map(|start| Span::new(start, from + end))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::sync::LazyLock;

    use crate::annotate::Annotator;
    use crate::annotation::EntityType;
    use crate::document::Document;
    use crate::schema::Schema;
    use crate::span::CodePoints;

    static ANNOTATOR: LazyLock<Annotator> = LazyLock::new(|| Annotator::new(Schema::embedded().unwrap()));

    /// The entities of a text: what each is and by which names it is mentioned.
    fn entities(text: &str) -> Vec<(EntityType, BTreeSet<String>)> {
        let document = Document { id: "d".into(), text: text.into(), ..Document::default() };
        let annotation = ANNOTATOR.annotate(&document);
        let points = CodePoints::new(text);
        let words = |span| points.bytes(span).unwrap().of(text).to_owned();
        annotation.entities.iter().map(|e| (e.kind, e.mentions.iter().map(|m| words(*m)).collect())).collect()
    }

    #[track_caller]
    fn one(text: &str, kind: EntityType, names: &[&str]) {
        let names: BTreeSet<String> = names.iter().map(|n| (*n).to_owned()).collect();
        let found = entities(text);
        assert!(found.contains(&(kind, names)), "{text}: {found:?}");
    }

    #[test]
    fn a_full_name_begins_behind_what_describes_it_and_ends_at_the_bracket() {
        use EntityType::Organization;
        one(
            "芯片设备制造商苏州砺川微电子股份有限公司（以下简称“砺川微”）完成融资。",
            Organization,
            &["苏州砺川微电子股份有限公司", "砺川微"],
        );
        one("投资方为岚禾资本华东基金（简称“岚禾华东”）。", Organization, &["岚禾资本华东基金", "岚禾华东"]);
        one(
            "公司拟投资上海砺闻企业管理合伙企业（有限合伙）（下称：上海砺闻）。",
            Organization,
            &["上海砺闻企业管理合伙企业（有限合伙）", "上海砺闻"],
        );
        one(
            "砺川生物科技(常熟)有限公司(1688.HK，以下简称砺川生物)发布公告。",
            Organization,
            &["砺川生物科技(常熟)有限公司", "砺川生物"],
        );
        one("近日，宁波稷以科技有限公司（下称“稷以科技”）开业。", Organization, &["宁波稷以科技有限公司", "稷以科技"]);
    }

    #[test]
    fn names_in_letters_begin_and_end_with_their_characters() {
        use EntityType::Organization;
        one("贴身衣物品牌LUOYE落叶（以下简称“落叶”）开店。", Organization, &["LUOYE落叶", "落叶"]);
        one("运动品牌「QuietRiver静河」（以下简称「QR」）融资。", Organization, &["QuietRiver静河", "QR"]);
    }

    #[test]
    fn the_short_name_is_what_the_marks_hold() {
        use EntityType::Organization;
        one(
            "青岛砺川科技有限公司（简称“砺川”或”公司“）开业。砺川明天招聘。",
            Organization,
            &["青岛砺川科技有限公司", "砺川", "公司"],
        );
        one("青岛砺川科技有限公司，以下简称“砺川”，今日开业。", Organization, &["青岛砺川科技有限公司", "砺川"]);
        one(
            "市政府印发《临江市数字贸易发展规划》（以下简称“《规划》”）。《规划》共五章。",
            EntityType::Work,
            &["《临江市数字贸易发展规划》", "《规划》"],
        );
    }

    #[test]
    fn the_head_of_the_full_name_says_what_both_are() {
        one(
            "第六届中国国际竹业博览会（简称“竹博会”）开幕。",
            EntityType::Activity,
            &["第六届中国国际竹业博览会", "竹博会"],
        );
        one("方志远，原名方大江，1902年出生。方大江后来参军。", EntityType::Person, &["方志远", "方大江"]);
        one("上海合作组织（上合组织）举行会议。", EntityType::Organization, &["上海合作组织", "上合组织"]);
    }

    #[test]
    fn what_sums_up_several_or_belongs_to_another_title_names_none() {
        let names = |text: &str| entities(text).into_iter().flat_map(|(_, names)| names).collect::<BTreeSet<_>>();
        assert!(!names("临江银行与海州银行（以下简称“双方”）签约。双方将合作。").contains("双方"));
        let title = "《临江市空间协同规划》";
        one(&format!("国务院批复同意{title}（以下简称《批复》）。"), EntityType::Work, &[title]);
    }

    #[test]
    fn marks_that_do_not_match_are_read_all_the_same() {
        for text in [
            "（简称",
            "简称“",
            "（简称“”）",
            "）（简称“甲",
            "》（简称《",
            "”（以下简称”）”",
            "甲（简称：",
            "，下称“乙丙”",
            "（（又名（",
        ] {
            entities(text);
            entities(&format!("临江银行{text}临江{text}"));
        }
    }
}
