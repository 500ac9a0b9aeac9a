//! Which lines of a text are prose. Captions, credits, date lines and page furniture stand between the paragraphs
//! of collected articles; they stay in the text, since offsets count them, but nothing is read from them.

use std::sync::LazyLock;

use super::characters::is_han;
use super::date::Date;
use super::simplified::simplified;

/// The words of `data/lexicon/line_labels.tsv`, by kind.
struct Labels {
    date: Vec<&'static str>,
    credit: Vec<&'static str>,
    image: Vec<&'static str>,
    line: Vec<&'static str>,
}

static LABELS: LazyLock<Labels> = LazyLock::new(|| {
    let rows = || {
        include_str!("../../data/lexicon/line_labels.tsv")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| line.split_once('\t'))
    };
    let of = |kind: &str| {
        let mut words: Vec<_> = rows().filter(|(_, k)| *k == kind).map(|(word, _)| word).collect();
        // The longest first, so that 图片来源 is not taken for 图片.
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        words
    };
    Labels { date: of("date"), credit: of("credit"), image: of("image"), line: of("line") }
});

/// A credit is short: names and media, no sentence.
const LONGEST_CREDIT: usize = 60;
/// Up to this many characters, a label and a space are a credit.
const SHORT_CREDIT: usize = 12;

/// Whether a line holds running text; not so for blank lines, date lines, credits (责任编辑：…), image names
/// (微信图片_20200210213041), page furniture, and lines without a single Chinese character.
#[must_use]
pub fn is_prose(line: &str) -> bool {
    let line = narrow(line);
    let line = line.trim().trim_start_matches(['▲', '△', '▼', '■', '●', '◆', '*', '·']).trim();
    line.contains(is_han)
        && date_of(line).is_none()
        && !is_credit(line)
        && !is_image_name(line)
        && !LABELS.line.contains(&line.trim_matches(['[', ']', '【', '】', '(', ')', ':', '>', '。']))
}

/// The date that a line gives, where the line is about nothing else: `发布时间：2020-02-10 21:30`,
/// `2020年2月10日 星期一 来源：…`, `2020/2/10`. `None` for any other line and for a day that no calendar has.
#[must_use]
pub fn date_line(line: &str) -> Option<Date> {
    date_of(&narrow(line))
}

/// The same of a line whose letters and digits are narrow.
fn date_of(line: &str) -> Option<Date> {
    let mut found = None;
    for part in line.trim().trim_matches(['(', ')', '[', ']', '【', '】']).split_whitespace() {
        let part = after_label(part, &LABELS.date).unwrap_or(part);
        if let Some((date, rest)) = leading_date(part) {
            if !rest.trim_start_matches('T').chars().all(is_clock) {
                return None;
            }
            found = found.or(Some(date));
        } else if !(part.chars().all(is_clock) || is_weekday(part) || is_credit(part)) {
            return None;
        }
    }
    found
}

/// The date at the beginning of `text`, and what follows it. Year, month and day are parted by `-`, `/`, `.` or 年,
/// 月, 日.
#[must_use]
pub fn leading_date(text: &str) -> Option<(Date, &str)> {
    let (year, rest) = number(text, 4)?;
    let (month, rest) = number(rest.strip_prefix(['-', '/', '.', '年'])?, 2)?;
    let (day, rest) = number(rest.strip_prefix(['-', '/', '.', '月'])?, 2)?;
    // Two digits are no year.
    let date = i32::try_from(year).ok().filter(|year| *year >= 1000).and_then(|year| Date::new(year, month, day))?;
    Some((date, rest.strip_prefix(['日', '号', '號']).unwrap_or(rest)))
}

/// The whole run of digits at the beginning, where it has at most `most` of them.
fn number(text: &str, most: usize) -> Option<(u32, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    (end <= most).then(|| digits.parse().ok()).flatten().map(|n| (n, rest))
}

/// Hours, minutes, a zone: `21:30:15`, `21时30分`, `+08:00`.
pub(crate) fn is_clock(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, ':' | '.' | '+' | 'Z' | '时' | '分' | '秒')
}

/// Whether a word is a day of the week: 星期一, (周一).
pub(crate) fn is_weekday(part: &str) -> bool {
    let part = part.trim_matches(['(', ')']);
    ["星期", "周"].iter().any(|w| part.strip_prefix(w).is_some_and(|day| day.chars().count() == 1))
}

/// A label and a mark at the beginning of a line that holds no sentence, or of the whole line in brackets. A space
/// is mark enough in brackets and in very short lines: (记者 曾某).
fn is_credit(line: &str) -> bool {
    let length = line.chars().count();
    if length > LONGEST_CREDIT || line.contains(['。', '?', '!', ';', ',']) {
        return false;
    }
    let inner = line.trim_matches(['(', ')', '[', ']', '【', '】']);
    let spaced = inner.len() < line.len() || length <= SHORT_CREDIT;
    after_label(inner, &LABELS.credit).is_some()
        || spaced && inner.split_once(' ').is_some_and(|(label, _)| LABELS.credit.contains(&label))
}

/// What follows a label and its mark: a colon, a slash or a bar.
fn after_label<'a>(text: &'a str, labels: &[&str]) -> Option<&'a str> {
    labels.iter().find_map(|label| text.strip_prefix(label)?.strip_prefix([':', '/', '|', '丨']))
}

/// File names as authoring tools leave them: letters, digits and `_-.`, beside words such as 微信图片.
fn is_image_name(line: &str) -> bool {
    let ending = line.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let image = ending.is_some_and(|e| matches!(e.as_str(), "jpg" | "jpeg" | "png" | "gif" | "bmp" | "webp" | "mp4"));
    let name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '(' | ')' | ' ');
    // Most lines have a character that neither names nor labels have: one look tells.
    let beside = |c: char| LABELS.image.iter().any(|word| word.contains(c));
    if image || !line.chars().all(|c| name(c) || beside(c)) {
        return image;
    }
    let rest = LABELS.image.iter().fold(line.to_owned(), |rest, word| rest.replace(word, ""));
    rest.contains(|c: char| c.is_ascii_digit()) && rest.chars().all(name)
}

/// Full-width forms of ASCII and the ideographic space as ASCII, in simplified characters, as the labels are.
fn narrow(line: &str) -> String {
    let ascii =
        |c: char| u32::from(c).checked_sub(0xFEE0).filter(|n| (0x21..0x7F).contains(n)).and_then(char::from_u32);
    simplified(line)
        .chars()
        .map(|c| if c == '\u{3000}' || c == '\u{A0}' { ' ' } else { ascii(c).unwrap_or(c) })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_between_paragraphs_are_no_prose() {
        for line in [
            "",
            " \u{3000}",
            "——————",
            "※※※",
            "发布时间:2020-02-10",
            "发布时间：２０２０年２月１０日",
            "2020年2月10日 星期一 21:30",
            "2020-02-10 21:30:15 来源：某某网",
            "微信图片_20200210213041",
            "微信图片_20200210213123微信图片_20200210213127",
            "IMG_0012.JPG",
            "捐赠现场.png",
            "图1",
            "来源：某某日报",
            "（责任编辑：易佳）",
            "(视频编辑:甲乙丙 文字编辑:丁戊)",
            "(记者 曾某)",
            "▲图片来源：某某公司",
            "https://example.org/a?b=1",
            "【打印本页】",
            "（責任編輯：易佳）",
            "發佈時間：2020年2月10日 21時30分",
            "▲圖片來源：某某公司",
        ] {
            assert!(!is_prose(line), "{line:?} is taken for prose");
        }
    }

    #[test]
    fn sentences_and_headings_are_prose() {
        for line in [
            "2月10日，某公司向某医院捐赠口罩。",
            "2020年2月10日，某公司向某医院捐赠口罩",
            "记者从某局了解到，物资已经运抵。",
            "记者：这批口罩是谁捐的？",
            "图为工作人员装运捐赠物资",
            "来源于社会的捐款已经超过十万元。",
            "加强防控 多措并举筑堡垒",
            "一、总体要求",
            "时间就是生命",
        ] {
            assert!(is_prose(line), "{line:?} is not taken for prose");
        }
    }

    #[test]
    fn a_date_line_gives_its_date() {
        let date = |line: &str| date_line(line).map(|date| date.to_string());
        assert_eq!(date("发布时间:2020-02-10").as_deref(), Some("2020-02-10"));
        assert_eq!(date("发布时间： 2020年2月1日 08:30").as_deref(), Some("2020-02-01"));
        assert_eq!(date("2020/2/10").as_deref(), Some("2020-02-10"));
        assert_eq!(date("来源：某某网 2020.02.29").as_deref(), Some("2020-02-29"));
        assert_eq!(date("2020-02-10T21:30:00+08:00").as_deref(), Some("2020-02-10"));
        assert_eq!(date("發布時間：2020年2月10號").as_deref(), Some("2020-02-10"));
        assert_eq!(date("2019-02-29"), None);
        assert_eq!(date("2020-13-01"), None);
        assert_eq!(date("2020年2月10日，会议召开"), None);
        assert_eq!(date("电话 2020-0210"), None);
    }
}
