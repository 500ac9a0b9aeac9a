//! Numbers as Chinese news writes them: `153.9万`, `10,000`, `六亿零八百零八万`, `近千`, `20多万`, `数千`.

use super::numeral::{self, digit_value, exponent};
use crate::annotation::Bound;
use crate::span::Span;

/// A number and the words that bound it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Number {
    /// The number with the words that bound it (`超过15万`, `20多万`), in bytes.
    pub span: Span,
    /// The number alone, in bytes; `20多万` whole, for its bound stands inside.
    pub core: Span,
    /// What it amounts to.
    pub value: f64,
    /// Whether the words make it a bound.
    pub bound: Option<Bound>,
    /// Whether it is a number by itself. A lone `两` or `千` is one only where a measure word follows.
    pub sure: bool,
}

/// Words before a number that bound it; of two that fit the longer counts, so it stands first.
const BEFORE: &[(&str, Bound)] = &[
    ("不少于", Bound::Over),
    ("不低于", Bound::Over),
    ("不超过", Bound::Under),
    ("不高于", Bound::Under),
    ("不多于", Bound::Under),
    ("超过了", Bound::Over),
    ("突破了", Bound::Over),
    ("大约", Bound::About),
    ("约为", Bound::About),
    ("约合", Bound::About),
    ("大概", Bound::About),
    ("接近", Bound::About),
    ("将近", Bound::About),
    ("估计", Bound::About),
    ("预估", Bound::About),
    ("超过", Bound::Over),
    ("超出", Bound::Over),
    ("突破", Bound::Over),
    ("多于", Bound::Over),
    ("高于", Bound::Over),
    ("大于", Bound::Over),
    ("至少", Bound::Over),
    ("最少", Bound::Over),
    ("最低", Bound::Over),
    ("不到", Bound::Under),
    ("不足", Bound::Under),
    ("最多", Bound::Under),
    ("最高", Bound::Under),
    ("至多", Bound::Under),
    ("少于", Bound::Under),
    ("低于", Bound::Under),
    ("小于", Bound::Under),
    ("近", Bound::About),
    ("约", Bound::About),
    ("超", Bound::Over),
    ("逾", Bound::Over),
    ("过", Bound::Over),
    ("上", Bound::Over),
];

/// Words after a number, or after its measure word, that bound it.
const AFTER: &[(&str, Bound)] = &[
    ("以上", Bound::Over),
    ("以下", Bound::Under),
    ("以内", Bound::Under),
    ("左右", Bound::About),
    ("上下", Bound::About),
    ("有余", Bound::Over),
];

/// The numbers of `text` that are numbers by themselves, in order. Ordinals (`第三`), numbers inside names (`N95`,
/// `七〇八所`), adjacent digits meant loosely (`三四十`), fractions and ranges (`10至20`) are none.
#[must_use]
pub fn find(text: &str) -> Vec<Number> {
    scan(text)
        .into_iter()
        .filter(|n| n.sure && !text[n.core.end..].starts_with(|c: char| c.is_ascii_alphabetic()))
        .collect()
}

/// Every place of `text` that may be a number, those included that only a measure word can make one.
pub(super) fn scan(text: &str) -> Vec<Number> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let Some(core) = numeral::at(text, at) else {
            at += c.len_utf8();
            continue;
        };
        if let Some((value, inner)) = core.value
            && stands_free(text, at, core.end, value, core.sure)
        {
            found.push(with_bounds(text, Span::new(at, core.end), value, inner, core.sure));
        }
        at = core.end;
    }
    found
}

/// The words of `AFTER` that follow at byte `at`: their end and what they say.
pub(super) fn bound_after(text: &str, at: usize) -> Option<(usize, Bound)> {
    let rest = &text[at..];
    AFTER.iter().find(|(word, _)| rest.starts_with(word)).map(|(word, bound)| (at + word.len(), *bound))
}

/// Whether what surrounds a number lets it be one.
fn stands_free(text: &str, start: usize, end: usize, value: f64, sure: bool) -> bool {
    let before = text[..start].trim_end_matches(' ');
    let rest = &text[end..];
    let previous = before.chars().next_back();
    let ordinal = before.ends_with('第');
    let fraction = rest.starts_with("分之") || (before.ends_with("分之") && !before.ends_with("百分之"));
    let in_name = match previous {
        Some('-' | '–') => before.trim_end_matches(['-', '–']).ends_with(|c: char| c.is_ascii_alphanumeric()),
        Some(c) => c.is_ascii_alphabetic() && !before.ends_with("RMB") && !before.ends_with("USD"),
        None => false,
    };
    let of_word = !sure
        && value < 10.0
        && matches!(
            previous,
            Some(
                '统' | '唯'
                    | '周'
                    | '期'
                    | '拜'
                    | '初'
                    | '万'
                    | '逐'
                    | '合'
                    | '专'
                    | '之'
                    | '其'
                    | '不'
                    | '每'
                    | '再'
                    | '单'
            )
        );
    // 人数, 总数 and the like end in a noun, not in a numeral.
    let of_noun = text[start..end].starts_with('数')
        && matches!(
            previous,
            Some(
                '人' | '总'
                    | '次'
                    | '个'
                    | '户'
                    | '件'
                    | '多'
                    | '少'
                    | '例'
                    | '台'
                    | '天'
                    | '岁'
                    | '度'
                    | '指'
                    | '参'
                    | '系'
                    | '基'
            )
        );
    let range = range_follows(rest) || range_precedes(before);
    !(ordinal || fraction || in_name || of_word || of_noun || range)
}

const RANGE: [char; 8] = ['至', '到', '-', '—', '–', '－', '~', '～'];

fn starts_number(text: &str) -> bool {
    text.starts_with(|c| digit_value(c).is_some() || c == '十')
}

fn range_follows(rest: &str) -> bool {
    rest.strip_prefix(RANGE).is_some_and(|r| starts_number(r.trim_start_matches(RANGE)))
}

fn range_precedes(before: &str) -> bool {
    before
        .strip_suffix(RANGE)
        .is_some_and(|b| b.trim_end_matches(RANGE).ends_with(|c| digit_value(c).is_some() || exponent(c).is_some()))
}

/// Adds the words on either side that bound the number.
fn with_bounds(text: &str, core: Span, value: f64, inner: Option<Bound>, sure: bool) -> Number {
    let mut number = Number { span: core, core, value, bound: inner, sure };
    let next = text[core.end..].chars().next();
    if value >= 10.0 && inner.is_none() {
        let bound = match next {
            Some('多' | '余') => Some(Bound::Over),
            Some('来') => Some(Bound::About),
            _ => None,
        };
        if bound.is_some() {
            number.span.end += '多'.len_utf8();
            number.bound = bound;
        }
    }
    if let Some((end, bound)) = bound_after(text, number.span.end) {
        number.span.end = end;
        number.bound = Some(bound);
    }
    let before = &text[..core.start];
    if let Some((word, bound)) = BEFORE.iter().find(|(word, _)| before.ends_with(word))
        && bounds(word, before, Span::of(core, text))
    {
        number.span.start -= word.len();
        number.bound = Some(*bound);
        number.sure |= text[core.start..core.end].starts_with(['百', '千', '万', '亿']);
    }
    number
}

/// Whether a one-character bound word is one here: 附近, 节约, 反超 and 通过 end in the same characters.
fn bounds(word: &str, before: &str, core: &str) -> bool {
    let previous = before.strip_suffix(word).and_then(|b| b.chars().next_back());
    let bare = core.starts_with(['百', '千', '万', '亿']);
    match word {
        "近" => !matches!(previous, Some('最' | '附' | '临' | '靠' | '邻' | '就' | '新' | '走' | '远')),
        "约" => !matches!(previous, Some('节' | '预' | '签' | '违' | '条' | '公' | '契' | '特' | '制' | '纽' | '邀')),
        "超" => !matches!(previous, Some('反' | '赶' | '中' | '英' | '西' | '高')),
        // 过百, 上千, but not 通过5项 or 加上3台.
        "过" | "上" => bare && !matches!(previous, Some('通' | '经' | '超' | '以' | '加' | '网' | '线')),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> (&str, f64, Option<Bound>) {
        let found = find(text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        (found[0].span.of(text), found[0].value, found[0].bound)
    }

    #[test]
    fn values_are_exact() {
        for (text, value) in [
            ("153.9万", 1_539_000.0),
            ("10,000", 10_000.0),
            ("１５３．９", 153.9),
            ("25.86亿", 2_586_000_000.0),
            ("3亿5000万", 350_000_000.0),
            ("1.2万亿", 1.2e12),
            ("一千二百", 1200.0),
            ("一千二", 1200.0),
            ("两万五", 25_000.0),
            ("一百零五", 105.0),
            ("十二", 12.0),
            ("六亿零八百零八万", 608_080_000.0),
            ("三千万", 3e7),
            ("两万亿", 2e12),
        ] {
            assert_eq!(one(text), (text, value, None));
        }
    }

    #[test]
    fn bounds_belong_to_the_span() {
        use Bound::{About, Over, Under};
        for (text, words, value, bound) in [
            ("口罩超过15万只", "超过15万", 150_000.0, Over),
            ("366万余元", "366万余", 3_660_000.0, Over),
            ("20多万人", "20多万", 200_000.0, Over),
            ("捐款近千万元", "近千万", 1e7, About),
            ("上千箱", "上千", 1000.0, Over),
            ("不超过30人", "不超过30", 30.0, Under),
            ("35以下", "35以下", 35.0, Under),
            ("数千名", "数千", 1000.0, About),
            ("十几台", "十几", 10.0, About),
            ("三十多万斤", "三十多万", 300_000.0, Over),
        ] {
            assert_eq!(one(text), (words, value, Some(bound)));
        }
        assert_eq!(one("节约10万"), ("10万", 100_000.0, None));
        assert_eq!(one("附近20家"), ("20", 20.0, None));
    }

    #[test]
    fn names_ordinals_fractions_and_ranges_are_no_numbers() {
        for text in [
            "第三批",
            "第708",
            "七〇八所",
            "N95口罩",
            "K12",
            "COVID-19",
            "三四十人",
            "三分之一",
            "10至20只",
            "5G",
            "几个",
            "人数",
        ] {
            assert!(find(text).is_empty(), "{text}: {:?}", find(text));
        }
    }
}
