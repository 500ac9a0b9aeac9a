//! What stands beside a headline, in a page, a file of text or an office file: `2020-02-10 21:30 来源：某某日报 作者：张三 字号：大 中 小`.

mod dates;
mod labels;
pub(super) mod values;
pub(super) mod words;

use crate::text::normal::normal;
use crate::text::prose::{self, leading_date};
pub(super) use dates::in_box;
use dates::{day, month_and_day, with_digits};
pub(super) use labels::Rank;
use labels::{Label, date_rank, labels, source_rank};
use values::{names, publisher};
use words::{is, is_medium, plain};

/// What a line beside a headline says. Of two values the one under the better label stands, of equals the first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Header {
    /// From a label such as 发布时间.
    pub published: Option<(Rank, String)>,
    /// A date without a label.
    pub dated: Option<String>,
    /// Month and day, where no year stands beside them and no whole date before them.
    pub yearless: Option<(u32, u32)>,
    /// From a label such as 更新时间.
    pub updated: Option<String>,
    pub source: Option<(Rank, String)>,
    pub author: Option<String>,
    /// A name beside the date, without a label: perhaps the publisher's.
    pub named: Option<String>,
}

impl Header {
    /// Adds what another line says, where it says something new or better.
    pub fn add(&mut self, other: Self) {
        for (own, new) in [(&mut self.published, other.published), (&mut self.source, other.source)] {
            if let Some((rank, value)) = new {
                better(own, rank, value);
            }
        }
        if self.published.is_none() && self.dated.is_none() {
            self.yearless = self.yearless.or(other.yearless);
        }
        self.dated = self.dated.take().or(other.dated);
        self.updated = self.updated.take().or(other.updated);
        self.author = self.author.take().or(other.author);
        self.named = self.named.take().or(other.named);
    }
}

/// Lines longer than this, in characters, are no headers.
const LONGEST: usize = 240;
/// Values longer than this, in characters, are no names of media or persons.
pub(super) const LONGEST_VALUE: usize = 40;
/// What stands beside a date without a label is at most this long.
const LONGEST_REST: usize = 24;

/// What `line` says, where it is a header and nothing else; `next` is the line after it, in which a value may stand
/// whose label ends this one.
pub(super) fn header(line: &str, next: Option<&str>) -> Option<Header> {
    if line.len() > LONGEST * 4 || line.contains(['。', '！', '？', '；']) {
        return None;
    }
    let chars = with_digits(&plain(line));
    if chars.is_empty() || chars.len() > LONGEST {
        return None;
    }
    let labels = labels(&chars);
    let mut header = Header::default();
    let first = labels.first().map_or(chars.len(), |label| label.start);
    let telling = labels.iter().any(|label| label.kind != "other");
    let text = |from: usize, to: usize| chars[from..to].iter().map(|(_, c)| c).collect::<String>();
    let original = |from: usize, to: usize| {
        let start = chars.get(from).map_or(line.len(), |(at, _)| *at);
        let end = chars.get(to).map_or(line.len(), |(at, _)| *at);
        line.get(start..end).unwrap_or("")
    };
    let date = before_labels(&text(0, first), &mut header)?;
    if !(telling || date) {
        return None;
    }
    header.named = header.named.take().map(|name| as_written(&name, line));
    for (n, label) in labels.iter().enumerate() {
        let end = labels.get(n + 1).map_or(chars.len(), |next| next.start);
        let mut value = original(label.value, end);
        let mut simple = text(label.value, end);
        if simple.trim().is_empty() && n + 1 == labels.len() && label.kind != "other" {
            let next = next.filter(|next| next.chars().count() <= LONGEST_VALUE).unwrap_or("");
            value = next;
            simple = with_digits(&plain(next)).iter().map(|(_, c)| c).collect();
        }
        take(label, value.trim(), simple.trim(), &mut header)?;
    }
    Some(header)
}

/// Reads what stands before the first label: a date, a time of day, a name. `None` where that is no header; whether
/// there is a date otherwise.
fn before_labels(text: &str, header: &mut Header) -> Option<bool> {
    let marks = |c: char| c.is_whitespace() || "()[]【】|丨/·-".contains(c);
    // The site's address may stand first.
    let address = text.trim_matches(marks).split_once(' ').filter(|(first, _)| is_address(first));
    let text = address.map_or(text, |(_, rest)| rest).trim_matches(marks);
    if text.is_empty() {
        return Some(false);
    }
    // A name may stand before the date as well as behind it.
    let at = text.char_indices().find(|(at, c)| {
        c.is_ascii_digit()
            && !text[..*at].ends_with(|b: char| b.is_ascii_digit())
            && (leading_date(&text[*at..]).is_some() || month_and_day(&text[*at..], false).is_some())
    });
    let Some((at, _)) = at else {
        return (is_furniture(text) || text.chars().count() <= LONGEST_REST && !has_sentence(text)).then_some(false);
    };
    let whole = leading_date(&text[at..]);
    let (yearless, rest) = match &whole {
        Some((_, rest)) => (None, *rest),
        None => month_and_day(&text[at..], false).map(|(day, rest)| (Some(day), rest))?,
    };
    let (before, rest) = (&without_edition(&text[..at]), &without_edition(rest));
    let before = before.trim();
    if before.starts_with("今天") || !is_rest(before) || !is_rest(rest) {
        return None;
    }
    header.dated = whole.map(|(date, _)| date.to_string());
    header.yearless = yearless;
    let name = |text: &str| {
        let text = text.trim_start_matches(|c: char| is_clock(c)).trim();
        let name = text
            .split([' ', '·', '|', '丨', '/'])
            .filter(|word| !word.is_empty())
            .find(|word| !prose::is_weekday(word) && !is_clock_only(word) && !is("word", word))?;
        let han = name.chars().all(|c| matches!(c, '\u{4E00}'..='\u{9FFF}'));
        (han && (3..=14).contains(&name.chars().count()) && !name.starts_with("星期")).then(|| name.to_owned())
    };
    // Of two names the medium's, or that which is too long for a person's.
    let names: Vec<String> = [name(rest), name(before)].into_iter().flatten().collect();
    let best = names.iter().find(|name| is_medium(name)).or(names.iter().find(|name| name.chars().count() > 3));
    header.named = best.or(names.first()).cloned();
    Some(true)
}

/// A name in its normal form as it stands in the line, perhaps in traditional characters.
fn as_written(name: &str, line: &str) -> String {
    let starts: Vec<usize> = line.char_indices().map(|(at, _)| at).chain([line.len()]).collect();
    let length = name.chars().count();
    let mut there = starts.windows(length + 1).filter_map(|at| line.get(*at.first()?..*at.last()?));
    there.find(|part| normal(part) == name).unwrap_or(name).to_owned()
}

/// Takes a label's value over. `None` where it is none.
fn take(label: &Label, value: &str, simple: &str, header: &mut Header) -> Option<()> {
    match label.kind {
        "published" | "updated" | "dated" => {
            let Some((date, rest)) = day(simple) else {
                if is_ago(simple) {
                    return Some(());
                }
                let (day, rest) = month_and_day(simple, true)?;
                header.yearless = header.yearless.or(Some(day).filter(|_| label.kind == "published"));
                return is_rest(rest).then_some(());
            };
            if !is_rest(&without_edition(rest)) {
                return None;
            }
            let date = date.to_string();
            match label.kind {
                "updated" => header.updated.get_or_insert(date),
                "dated" => header.dated.get_or_insert(date),
                _ => &mut better(&mut header.published, date_rank(label.word), date).1,
            };
        }
        _ if simple.chars().count() > LONGEST_VALUE + 40 || has_sentence(simple) => return None,
        "source" => {
            if let Some(name) = publisher(value) {
                better(&mut header.source, source_rank(label.word), name);
            }
        }
        "author" => {
            // A medium behind the names has its own: 文/张三 某某周刊.
            let medium = value.split_whitespace().skip(1).find(|word| is_medium(word));
            let before = medium.and_then(|medium| value.split_once(medium)).map_or(value, |(before, _)| before);
            if let Some(name) = names(before) {
                header.author.get_or_insert(name);
            }
            header.named = header.named.take().or(medium.map(str::to_owned));
        }
        _ => {}
    }
    Some(())
}

/// Keeps the value under the better label.
fn better(kept: &mut Option<(Rank, String)>, rank: Rank, value: String) -> &mut (Rank, String) {
    if kept.as_ref().is_none_or(|(there, _)| rank < *there) {
        *kept = None;
    }
    kept.get_or_insert((rank, value))
}

/// What may stand beside a date: a time of day, a weekday, a few words without a mark.
fn is_rest(rest: &str) -> bool {
    // Behind the time there may be that of a change in brackets.
    let rest = rest.split(['(', '（']).next().unwrap_or(rest);
    let rest = rest.trim_start_matches([' ', 'T']);
    let rest = ["上午", "下午", "凌晨", "晚上", "晚"].iter().find_map(|part| rest.strip_prefix(part)).unwrap_or(rest);
    let words = rest.trim_start_matches(is_clock);
    words.chars().count() <= LONGEST_REST && !has_sentence(words) && !words.contains([':', '、', '《'])
}

/// What stands beside a date without the page of a paper: 第2版：经济, A3版.
fn without_edition(text: &str) -> String {
    let edition = |word: &str| {
        let number = word.trim_start_matches('第').split('版').next().filter(|number| number.len() < word.len());
        number.is_some_and(|number| {
            number.chars().all(|c| c.is_ascii_alphanumeric()) && number.ends_with(|c: char| c.is_ascii_digit())
        })
    };
    let mut kept: Vec<&str> = Vec::new();
    let mut words = text.split(' ').peekable();
    while let Some(word) = words.next() {
        // 第 03 版
        if word == "第" && words.next_if(|next| next.ends_with(|c: char| c.is_ascii_digit())).is_some() {
            words.next_if(|next| next.starts_with('版'));
        } else if !edition(word) {
            kept.push(word);
        }
    }
    kept.join(" ")
}

/// Whether a time is told from the day that the page was saved: 3天前.
fn is_ago(text: &str) -> bool {
    let text = text.trim_matches([' ', '|', '丨', '·']);
    let ago = text.ends_with('前') && text.starts_with(|c: char| c.is_ascii_digit());
    text.chars().count() <= 8 && ago || matches!(text, "刚刚" | "昨天" | "今天" | "前天")
}

/// Whether a word is an address of the web.
fn is_address(word: &str) -> bool {
    ["http", "www."].iter().any(|begin| word.starts_with(begin)) && word.contains('.')
}

/// As [`prose::is_clock`], or a blank.
fn is_clock(c: char) -> bool {
    c == ' ' || prose::is_clock(c)
}

fn is_clock_only(word: &str) -> bool {
    word.chars().all(is_clock)
}

fn is_furniture(text: &str) -> bool {
    text.split(' ').all(|word| is("word", word.trim_matches(['[', ']', '(', ')', '【', '】'])))
}

/// Whether there is a mark of running text.
fn has_sentence(text: &str) -> bool {
    text.contains(['。', '！', '？', '；', '，', '!', '?', ';', ','])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(line: &str) -> [Option<String>; 4] {
        let header = header(line, None).unwrap_or_else(|| panic!("{line} is no header"));
        let published = header.published.map(|(_, date)| date).or(header.dated).or(header.updated);
        [published, header.source.map(|(_, name)| name), header.author, header.named]
    }

    #[test]
    fn a_header_gives_date_publisher_and_writer() {
        for (line, date, source, author) in [
            (
                "2020-02-10 21:30 来源：某某市科学技术委员会 作者：张三 字号：[大 中 小]",
                "2020-02-10",
                "某某市科学技术委员会",
                "张三",
            ),
            ("发布时间：2020年02月10日 星期一 稿源：虹江日报作者：李四 王五", "2020-02-10", "虹江日报", "李四 王五"),
            ("发布时间：2020-02-10 21:30来源：虹江日报作者：李四浏览次数：120次", "2020-02-10", "虹江日报", "李四"),
            ("發布時間：109-02-10　來源：島訊社　記者：陳大文", "2020-02-10", "島訊社", "陳大文"),
            ("来 源：虹江日报 作 者：李四 时 间：2020/2/10", "2020-02-10", "虹江日报", "李四"),
            (
                "更新时间：2020-02-12 发布时间：2020-02-10 信息来源：省科技厅 供稿：王五 【打印】",
                "2020-02-10",
                "省科技厅",
                "王五",
            ),
            (
                "2020年2月10日 第2版：经济　虹江日报　字数：612 记者：李四 来源：虹江日报",
                "2020-02-10",
                "虹江日报",
                "李四",
            ),
            ("发布：2020 02/10 08:30 来源 虹江日报 作者：李四", "2020-02-10", "虹江日报", "李四"),
            ("二〇二〇年二月十日 来源：虹江日报 文/李四 虹江周刊", "2020-02-10", "虹江日报", "李四"),
            ("【字体：大 中 小】 2020-02-10 来源：虹江日报 作者：李四", "2020-02-10", "虹江日报", "李四"),
            ("记者 王五 来源：Example News Agency | 2020.02.10", "2020-02-10", "Example News Agency", "王五"),
        ] {
            let [published, from, by, _] = said(line);
            let found = [&published, &from, &by].map(Option::as_deref);
            assert_eq!(found, [Some(date), Some(source), Some(author)], "{line}");
        }
    }

    #[test]
    fn a_name_beside_a_date_may_be_the_publishers() {
        for line in [
            "2020年2月10日 第A3版 虹江日报",
            "虹江日报 | 2020-02-10 08:30 | 王立新",
            "http://www.example.org 2020-02-10 虹江日报",
            "2020-02-10 文/李四 虹江日报",
        ] {
            let [published, .., named] = said(line);
            let found = [&published, &named].map(Option::as_deref);
            assert_eq!(found, [Some("2020-02-10"), Some("虹江日报")], "{line}");
        }
        let header = header("虹江日报 02-10 08:30", None).unwrap();
        assert_eq!((header.yearless, header.named.as_deref()), (Some((2, 10)), Some("虹江日报")));
    }

    #[test]
    fn running_text_is_no_header() {
        for line in [
            "记者：这批口罩是谁捐的？",
            "2020年2月10日，虹江集团向医院捐赠口罩。",
            "时间：2020年2月10日 地点：武汉",
            "来源于社会的捐款已经超过十万元",
            "今天是2024年5月1日 星期三",
            "一、总体要求",
            "虹江商会2月10日向县医院捐赠口罩",
            "文号：虹政发〔2020〕5号",
        ] {
            assert_eq!(header(line, None), None, "{line}");
        }
    }
}
