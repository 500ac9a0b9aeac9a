//! Dates beside headlines, as values.

use crate::text::date::Date;
use crate::text::numeral::chinese_digit;
use crate::text::prose::leading_date;

/// The date at the beginning of a labelled value; years of the Republic of China too (109年2月10日).
pub(super) fn day(text: &str) -> Option<(Date, &str)> {
    let text = text.trim_start_matches("中华").trim_start_matches("民国").trim_start();
    if let Some(found) = leading_date(text) {
        return Some(found);
    }
    let digits = text.find(|c: char| !c.is_ascii_digit())?;
    let year: i32 = text[..digits].parse().ok().filter(|year| (90..200).contains(year))?;
    let western = format!("{}{}", year + 1911, &text[digits..]);
    let (date, rest) = leading_date(&western)?;
    Some((date, &text[text.len() - rest.len()..]))
}

/// The value of a character of a date in Chinese numerals.
fn numeral(c: char) -> Option<u32> {
    if c == '十' { Some(10) } else { chinese_digit(c) }
}

/// A line's characters with dates in Chinese numerals in digits (二〇二〇年二月十日) and those that are spaced out
/// together (2020 年 2 月 10 日).
pub(super) fn with_digits(chars: &[(usize, char)]) -> Vec<(usize, char)> {
    let mut plain = Vec::with_capacity(chars.len());
    let mut at = 0;
    while let Some((place, c)) = chars.get(at).copied() {
        if let Some((digits, end)) = year_in_chinese(chars, at).or_else(|| month_or_day(chars, at, &plain)) {
            plain.extend(digits.chars().map(|digit| (place, digit)));
            at = end;
            continue;
        }
        let before = plain.last().map(|(_, c)| *c);
        let after = chars.get(at + 1).map(|(_, c)| *c);
        let joins = |a: Option<char>, b: Option<char>| {
            a.is_some_and(|a| a.is_ascii_digit()) && b.is_some_and(|b| matches!(b, '年' | '月' | '日'))
                || a.is_some_and(|a| matches!(a, '年' | '月')) && b.is_some_and(|b| b.is_ascii_digit())
        };
        if let Some(mark) = mark_behind_year(chars, at, &plain) {
            plain.push((place, mark));
        } else if c != ' ' || !joins(before, after) {
            plain.push((place, c));
        }
        at += 1;
    }
    plain
}

/// The mark that the space between a year and its month stands for: 2020 02/10.
fn mark_behind_year(chars: &[(usize, char)], at: usize, before: &[(usize, char)]) -> Option<char> {
    let year = before.iter().rev().take_while(|(_, c)| c.is_ascii_digit()).count() == 4;
    let rest: String = chars.get(at + 1..)?.iter().take(6).map(|(_, c)| c).collect();
    let ((month, _), _) = month_and_day(&rest, true).filter(|_| year && chars[at].1 == ' ')?;
    let mark = rest.trim_start_matches(|c: char| c.is_ascii_digit()).chars().next()?;
    (month > 0).then_some(if mark == '月' { '年' } else { mark })
}

/// Four numerals before 年, in digits, and where they end.
fn year_in_chinese(chars: &[(usize, char)], at: usize) -> Option<(String, usize)> {
    let year: Option<String> =
        (at..at + 4).map(|n| numeral(chars.get(n)?.1).and_then(|value| char::from_digit(value, 10))).collect();
    (chars.get(at + 4)?.1 == '年').then_some((year?, at + 4))
}

/// A month or a day in numerals behind 年 or 月 and a digit, in digits, and where they end.
fn month_or_day(chars: &[(usize, char)], at: usize, before: &[(usize, char)]) -> Option<(String, usize)> {
    let [.., (_, digit), (_, '年' | '月')] = before else { return None };
    let length = chars.get(at..)?.iter().take(4).take_while(|(_, c)| numeral(*c).is_some()).count();
    let closes = chars.get(at + length).is_some_and(|(_, c)| matches!(c, '月' | '日'));
    if !digit.is_ascii_digit() || length == 0 || length > 3 || !closes {
        return None;
    }
    let values = chars[at..at + length].iter().filter_map(|(_, c)| numeral(*c));
    let value = values.fold((0, false), |(sum, tens), value| match value {
        10 => (sum.max(1) * 10, true),
        _ if tens => (sum + value, true),
        _ => (sum * 10 + value, false),
    });
    Some((value.0.to_string(), at + length))
}

/// The month and day at the beginning of a text that names no year (02-10 08:30, 2月10日), and the rest of it. Without
/// a label before it a time of day must follow.
pub(super) fn month_and_day(text: &str, labelled: bool) -> Option<((u32, u32), &str)> {
    let number = |text: &str| -> Option<(u32, usize)> {
        let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        (1..=2).contains(&end).then(|| Some((text.get(..end)?.parse().ok()?, end))).flatten()
    };
    let (month, end) = number(text)?;
    let mark = text[end..].chars().next().filter(|c| matches!(c, '-' | '/' | '.' | '月'))?;
    let rest = &text[end + mark.len_utf8()..];
    let (day, end) = number(rest)?;
    let rest = &rest[end..];
    // The year 2000 had all days that any year has.
    Date::new(2000, month, day)?;
    let rest = if mark == '月' { rest.strip_prefix(['日', '号'])? } else { rest };
    let clock = rest.strip_prefix(' ').and_then(number).is_some_and(|(_, end)| rest[1 + end..].starts_with(':'));
    (clock || labelled && !rest.starts_with(['-', '/', '.'])).then_some(((month, day), rest))
}

/// The date that lines set large in a box give together: 18 and 2021/06, or 06-18 and 2021.
pub(in crate::read) fn in_box(lines: &[&str]) -> Option<Date> {
    let numbers = |line: &str| -> Option<Vec<u32>> {
        let line = line.trim().trim_end_matches(['日', '月', '年', '號', '号']);
        let parts = line.split(['-', '/', '.', '年', '月', ' ']).filter(|part| !part.is_empty());
        let parts: Vec<u32> = parts.map(|part| part.parse().ok().filter(|_| part.len() <= 4)).collect::<Option<_>>()?;
        (parts.len() <= 2).then_some(parts)
    };
    let lines: Vec<Vec<u32>> = lines.iter().map(|line| numbers(line)).collect::<Option<_>>()?;
    let (year, month, day) = match lines.iter().map(Vec::as_slice).collect::<Vec<_>>()[..] {
        [[day], [year, month]] | [[year, month], [day]] if *year >= 1000 => (year, month, day),
        [[month, day], [year]] | [[year], [month, day]] if *year >= 1000 => (year, month, day),
        [[day], [month], [year]] | [[year], [month], [day]] if *year >= 1000 => (year, month, day),
        _ => return None,
    };
    Date::new(i32::try_from(*year).ok()?, *month, *day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::header::words::plain;

    fn digits(line: &str) -> String {
        with_digits(&plain(line)).into_iter().map(|(_, c)| c).collect()
    }

    #[test]
    fn dates_in_numerals_and_spaced_out_are_read_as_others() {
        for (line, date) in [
            ("二〇二〇年二月十日", "2020年2月10日"),
            ("二○一九年十二月三十一日", "2019年12月31日"),
            ("二零二一年十月二十日", "2021年10月20日"),
            ("发布于 2020 年 2 月 10 日", "发布于 2020年2月10日"),
            ("2020 02/10 08:30", "2020/02/10 08:30"),
            ("第一医院三年十月", "第一医院三年十月"),
        ] {
            assert_eq!(digits(line), date);
        }
    }

    #[test]
    fn a_date_in_a_box_is_read_from_its_lines() {
        let found = |lines: &[&str]| in_box(lines).map(|date| date.to_string());
        let day = Some("2021-06-18".to_owned());
        for lines in [&["18", "2021/06"][..], &["2021年6月", "18日"], &["06-18", "2021"], &["18", "6月", "2021"]] {
            assert_eq!(found(lines), day, "{lines:?}");
        }
        assert_eq!(found(&["18", "06"]), None);
        assert_eq!(found(&["口罩", "2021-06"]), None);
    }

    #[test]
    fn a_day_without_a_year_needs_a_time_or_a_label() {
        assert_eq!(month_and_day("02-10 08:30 虹江日报", false), Some(((2, 10), " 08:30 虹江日报")));
        assert_eq!(month_and_day("2月10日向县医院捐赠", false), None);
        assert_eq!(month_and_day("2月10日", true), Some(((2, 10), "")));
        assert_eq!(month_and_day("02-10", false), None);
        assert_eq!(month_and_day("02-10", true), Some(((2, 10), "")));
        assert_eq!(month_and_day("13-10 08:30", true), None);
    }
}
