//! The words of a date, before they are resolved: which year, month and day they state, and how.

use super::numeral::{chinese_digit, digit};

/// A year as stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Year {
    /// 2020年.
    Stated(i32),
    /// 今年, 去年: years from that of publication.
    Relative(i32),
    /// 同年: the year last stated.
    Same,
}

/// A month as stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Month {
    /// 1 to 12.
    Stated(u32),
    /// 本月, 上月: months from that of publication.
    Relative(i32),
}

/// What one date says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Part {
    pub year: Option<Year>,
    pub month: Option<Month>,
    pub day: Option<u32>,
    /// 今天 is 0, 昨天 is -1.
    pub relative_day: Option<i64>,
    /// 当天: the day last stated.
    pub same_day: bool,
    /// 上半年, 一季度: first and last month.
    pub months: Option<(u32, u32)>,
}

/// One date, or two that are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stated {
    pub first: Part,
    pub second: Option<Part>,
    /// Joined by 至, 到 or a dash, not by 、 or 和.
    pub range: bool,
    /// The byte after its words, the hour included.
    pub end: usize,
}

const DAYS: &[(&str, i64)] = &[
    ("今天", 0),
    ("今日", 0),
    ("今早", 0),
    ("今晨", 0),
    ("今晚", 0),
    ("昨天", -1),
    ("昨日", -1),
    ("昨晚", -1),
    ("昨夜", -1),
    ("前天", -2),
    ("明天", 1),
    ("明日", 1),
    ("后天", 2),
];

const SAME_DAY: &[&str] = &["当天", "当日", "同一天", "同日", "当晚"];

const YEARS: &[(&str, Year)] = &[
    ("今年", Year::Relative(0)),
    ("本年", Year::Relative(0)),
    ("去年", Year::Relative(-1)),
    ("前年", Year::Relative(-2)),
    ("明年", Year::Relative(1)),
    ("同年", Year::Same),
];

const MONTHS: &[(&str, i32)] = &[("本月", 0), ("这个月", 0), ("上月", -1), ("上个月", -1), ("下月", 1), ("下个月", 1)];

/// Parts of a year: the words, first and last month.
const SEASONS: &[(&str, (u32, u32))] = &[
    ("上半年", (1, 6)),
    ("下半年", (7, 12)),
    ("前三季度", (1, 9)),
    ("第一季度", (1, 3)),
    ("第二季度", (4, 6)),
    ("第三季度", (7, 9)),
    ("第四季度", (10, 12)),
    ("一季度", (1, 3)),
    ("二季度", (4, 6)),
    ("三季度", (7, 9)),
    ("四季度", (10, 12)),
];

const JOINS: &[(&str, bool)] = &[
    ("、", false),
    ("和", false),
    ("及", false),
    ("至", true),
    ("到", true),
    ("-", true),
    ("—", true),
    ("－", true),
    ("~", true),
    ("～", true),
];

/// Words that make `11日` a number of days, or part of a word.
const NO_DAY: [char; 10] = ['内', '均', '游', '龄', '元', '本', '增', '产', '用', '报'];

/// What `3号` numbers where it is no day.
const NUMBERED: [char; 14] = ['线', '楼', '院', '店', '馆', '机', '令', '文', '门', '车', '台', '船', '井', '公'];

/// The date that begins at byte `at`, if one does.
pub(super) fn at(text: &str, at: usize) -> Option<Stated> {
    let begins = |c: char| {
        matches!(c, '今' | '昨' | '前' | '明' | '后' | '当' | '同' | '本' | '去' | '上' | '下' | '这' | '第')
            || c.is_ascii_digit()
            || ('０'..='９').contains(&c)
            || sign(c).is_some()
    };
    if !text[at..].starts_with(begins) {
        return None;
    }
    let before = text[..at].chars().next_back();
    if before.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '第' | '基') || sign(c).is_some()) {
        return None;
    }
    if let Some((part, end)) = iso(text, at) {
        return Some(Stated { first: part, second: None, range: false, end: hour(text, end) });
    }
    if let Some((part, end)) = word(text, at) {
        return Some(Stated { first: part, second: None, range: false, end: hour(text, end) });
    }
    let (first, mut end, whole) = part(text, at)?;
    let joined = JOINS.iter().find_map(|(join, range)| {
        let from = end + text[end..].strip_prefix(join).map(|_| join.len())?;
        let (second, end, true) = part(text, from)? else { return None };
        // 1月27、28日 and 2018-2020年 go together; 1月至2020年 does not, nor 5月、6日.
        let alike = second.day.is_some() == first.day.is_some() && second.month.is_some() <= first.month.is_some();
        let lists = !range && (second.year.is_some() || second.month.is_some() || second.day.is_none());
        (alike && !lists && second.months.is_none()).then_some((second, *range, end))
    });
    let second = joined.map(|(second, _, after)| {
        end = after;
        second
    });
    let lone_numeral = first.year.is_none()
        && first.month.is_none()
        && first.months.is_none()
        && !text[at..].starts_with(|c: char| c.is_numeric());
    if second.is_none() && (!whole || (lone_numeral && text[at..end].chars().count() < 3)) {
        return None;
    }
    Some(Stated { first, second, range: joined.is_some_and(|j| j.1), end: hour(text, end) })
}

/// `2020-02-10`, `2020/2/10`, `2020.2.10`.
fn iso(text: &str, at: usize) -> Option<(Part, usize)> {
    let (year, end) = digits(text, at, 4)?;
    let separator = text[end..].chars().next().filter(|c| matches!(c, '-' | '/' | '.'))?;
    let (month, end) = small(text, end + 1)?;
    let rest = text[end..].strip_prefix(separator)?;
    let (day, end) = small(text, text.len() - rest.len())?;
    let year = i32::try_from(year).ok().filter(|y| (1000..2200).contains(y))?;
    Some((
        Part { year: Some(Year::Stated(year)), month: Some(Month::Stated(month)), day: Some(day), ..Part::default() },
        end,
    ))
}

/// `今天`, `昨日`, with the date in brackets that may follow; `当天`.
fn word(text: &str, at: usize) -> Option<(Part, usize)> {
    if let Some(word) = SAME_DAY.iter().find(|w| text[at..].starts_with(**w)) {
        return Some((Part { same_day: true, ..Part::default() }, at + word.len()));
    }
    let (word, days) = DAYS.iter().find(|(w, _)| text[at..].starts_with(w))?;
    let end = at + word.len();
    let bracket = text[end..].chars().next().filter(|c| matches!(c, '（' | '('));
    if let Some((part, inner, true)) = bracket.and_then(|c| part(text, end + c.len_utf8()))
        && let Some(closing) = text[inner..].find(['）', ')'])
        && closing <= "，星期三".len()
    {
        let close = inner + closing;
        let length = text[close..].chars().next().map_or(0, char::len_utf8);
        return Some((part, close + length));
    }
    Some((Part { relative_day: Some(*days), ..Part::default() }, end))
}

/// Year, month and day, as far as they stand at byte `at`; the flag says whether the last one is closed by its word
/// (年, 月, 日): the 27 of 1月27、28日 is not.
fn part(text: &str, at: usize) -> Option<(Part, usize, bool)> {
    let mut part = Part::default();
    let mut end = at;
    if let Some((year, after)) = year(text, at) {
        if text[after..].starts_with("同期") || text[after..].starts_with("级") {
            return None;
        }
        (part.year, end) = (Some(year), after);
    } else if let Some((year, after)) = digits(text, at, 4).filter(|(y, _)| (1000..2200).contains(y)) {
        part.year = i32::try_from(year).ok().map(Year::Stated);
        return Some((part, after, false));
    }
    if let Some((words, months)) = SEASONS.iter().find(|(w, _)| text[end..].starts_with(w)) {
        part.months = Some(*months);
        return Some((part, end + words.len(), true));
    }
    if let Some((month, after)) = month(text, end) {
        (part.month, end) = (Some(month), after);
        // 1月27日, or 1月27 with 、28日 behind it.
        let Some((day, after)) = small(text, end).filter(|(d, _)| (1..=31).contains(d)) else {
            return Some((part, tail(text, end, &["份", "初", "上旬", "中旬", "下旬", "底", "末"]), true));
        };
        if let Some(rest) = text[after..].strip_prefix(['日', '号']) {
            part.day = Some(day);
            return Some((part, text.len() - rest.len(), true));
        }
        if JOINS.iter().any(|(j, _)| text[after..].starts_with(j)) {
            part.day = Some(day);
            return Some((part, after, false));
        }
        return Some((part, end, true));
    }
    if part.year.is_some() {
        return Some((part, tail(text, end, &["初", "底", "末"]), true));
    }
    let (day, after) = small(text, at).filter(|(d, _)| (1..=31).contains(d))?;
    let rest = match text[after..].strip_prefix('日') {
        Some(rest) => Some(rest).filter(|r| !r.starts_with(NO_DAY)),
        // 29号 opens its clause or follows a preposition; 3号线 and 12号文件 do not.
        None => text[after..].strip_prefix('号').filter(|r| !r.starts_with(NUMBERED) && opens(&text[..at])),
    }?;
    part.day = Some(day);
    Some((part, text.len() - rest.len(), true))
}

fn opens(before: &str) -> bool {
    before.chars().next_back().is_none_or(|c| !c.is_alphanumeric() || "于在从自到至间前".contains(c))
}

fn tail(text: &str, at: usize, words: &[&str]) -> usize {
    words.iter().find(|w| text[at..].starts_with(**w)).map_or(at, |w| at + w.len())
}

fn year(text: &str, at: usize) -> Option<(Year, usize)> {
    if let Some((word, year)) = YEARS.iter().find(|(w, _)| text[at..].starts_with(w)) {
        return Some((*year, at + word.len()));
    }
    let (value, end) = digits(text, at, 4).or_else(|| {
        let signs: Vec<u32> = text[at..].chars().map_while(sign).take(4).collect();
        (signs.len() == 4 && signs.iter().all(|s| *s < 10))
            .then(|| (signs.iter().fold(0, |n, s| n * 10 + s), at + 4 * '一'.len_utf8()))
    })?;
    let rest = text[end..].strip_prefix('年')?;
    let value = i32::try_from(value).ok().filter(|y| (1000..2200).contains(y))?;
    Some((Year::Stated(value), text.len() - rest.len()))
}

fn month(text: &str, at: usize) -> Option<(Month, usize)> {
    if let Some((word, months)) = MONTHS.iter().find(|(w, _)| text[at..].starts_with(w)) {
        return Some((Month::Relative(*months), at + word.len()));
    }
    let (month, end) = small(text, at).filter(|(m, _)| (1..=12).contains(m))?;
    let rest = text[end..].strip_prefix('月').filter(|r| !r.starts_with(['龄', '球', '嫂', '薪', '饼']))?;
    Some((Month::Stated(month), text.len() - rest.len()))
}

/// The part of the day and the clock time that follow a date at byte `at`: their end, or `at`.
fn hour(text: &str, at: usize) -> usize {
    const PARTS: &[&str] =
        &["凌晨", "清晨", "早晨", "早上", "上午", "中午", "下午", "傍晚", "晚上", "晚间", "深夜", "夜间", "晚"];
    let end = tail(text, at, PARTS);
    let clock = |from: usize| {
        let (hours, after) = small(text, from).filter(|(h, _)| *h <= 24)?;
        let (after, hours) =
            match text[after..].strip_prefix(['-', '—', '－', '至']).and_then(|r| small(text, text.len() - r.len()))
            {
                Some((to, later)) => (later, to),
                None => (after, hours),
            };
        if let Some(rest) = text[after..].strip_prefix([':', '：']) {
            return small(text, text.len() - rest.len()).map(|(_, end)| end);
        }
        let rest = text[after..].strip_prefix(['时', '点']).filter(|_| hours <= 24)?;
        let after = text.len() - rest.len();
        let minutes = small(text, after).and_then(|(_, end)| text[end..].strip_prefix('分'));
        Some(tail(text, minutes.map_or(after, |r| text.len() - r.len()), &["半", "整", "许"]))
    };
    let blank = end + usize::from(text[end..].starts_with(' '));
    clock(blank).unwrap_or(end)
}

/// Exactly `count` Arabic digits, full-width ones included, from byte `at`.
fn digits(text: &str, at: usize, count: usize) -> Option<(u32, usize)> {
    let value = |c: char| digit(c)?.to_digit(10);
    let (mut number, mut seen, mut end) = (0, 0, at);
    for (d, c) in text[at..].chars().map_while(|c| Some((value(c)?, c))).take(count + 1) {
        number = number * 10 + d;
        seen += 1;
        end += c.len_utf8();
    }
    (seen == count).then_some((number, end))
}

/// A number of one or two digits, or a Chinese numeral up to 三十一.
fn small(text: &str, at: usize) -> Option<(u32, usize)> {
    if let Some(found) = digits(text, at, 2).or_else(|| digits(text, at, 1)) {
        return Some(found);
    }
    let signs: Vec<u32> = text[at..].chars().map_while(sign).take(4).collect();
    let value = match signs[..] {
        [10] => 10,
        [10, ones] if ones < 10 => 10 + ones,
        [tens, 10] if tens < 10 => tens * 10,
        [tens, 10, ones] if tens < 10 && ones < 10 => tens * 10 + ones,
        [ones] if ones > 0 => ones,
        _ => return None,
    };
    Some((value, at + signs.len() * '一'.len_utf8()))
}

/// A Chinese numeral: its digit, or 10 for 十.
fn sign(c: char) -> Option<u32> {
    if c == '十' { Some(10) } else { chinese_digit(c).filter(|_| c != '两') }
}
