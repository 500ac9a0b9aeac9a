//! Quantities: a number with its measure word, a percentage, or a sum of money.

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, MatchKind};
use rustc_hash::FxHashMap;

use super::number::{self, Number};
use crate::annotation::Bound;
use crate::span::Span;

/// A number of something.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantified {
    /// Number, measure word and the words that bound them, in bytes.
    pub span: Span,
    /// The number itself: 153.9万 is 1539000.
    pub value: f64,
    /// Whether the words make it a bound.
    pub bound: Option<Bound>,
    /// What is counted or measured in.
    pub unit: Unit,
}

/// What a quantity is counted or measured in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unit {
    /// A measure word as written.
    Measure(String),
    /// Hundredths.
    Percent,
    /// A currency, by its ISO 4217 code.
    Money(String),
}

/// The words that make a number a quantity, and those in which a numeral counts nothing.
#[derive(Debug)]
pub struct Measures {
    kinds: FxHashMap<String, String>,
    currencies: FxHashMap<String, String>,
    /// Length in characters of the longest word of either.
    longest: usize,
    fixed: AhoCorasick,
}

impl Measures {
    /// From measure words with their kinds, currencies with their codes, and the words in which a numeral counts nothing.
    ///
    /// # Errors
    /// Where the last are too many to match at once.
    pub fn new(
        kinds: BTreeMap<String, String>,
        currencies: BTreeMap<String, String>,
        fixed: &[String],
    ) -> Result<Self, aho_corasick::BuildError> {
        let longest = kinds.keys().chain(currencies.keys()).map(|w| w.chars().count()).max().unwrap_or(0);
        let fixed = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(fixed)?;
        let (kinds, currencies) = (kinds.into_iter().collect(), currencies.into_iter().collect());
        Ok(Self { kinds, currencies, longest, fixed })
    }

    /// The kind of a measure word: `count`, `mass`, `length`, `time` …
    #[must_use]
    pub fn kind(&self, word: &str) -> Option<&str> {
        self.kinds.get(word).map(String::as_str)
    }

    /// The unit that stands at byte `at`, the longest, and its end.
    fn at(&self, text: &str, at: usize) -> Option<(usize, Unit)> {
        let rest = &text[at..];
        if rest.starts_with(['%', '％']) {
            let sign = rest.chars().next()?;
            return Some((at + sign.len_utf8(), Unit::Percent));
        }
        let ends: Vec<usize> = rest.char_indices().map(|(i, c)| i + c.len_utf8()).take(self.longest).collect();
        for end in ends.into_iter().rev() {
            let (word, follows) = rest.split_at(end);
            // A unit in letters ends with them: g is none in 5G网络 or gold.
            if word.ends_with(|c: char| c.is_ascii_alphabetic())
                && follows.starts_with(|c: char| c.is_ascii_alphanumeric())
            {
                continue;
            }
            if let Some(code) = self
                .currencies
                .get(word)
                .filter(|_| !(word == "元" && follows.starts_with(['旦', '素', '宵', '首', '月'])))
            {
                return Some((at + end, Unit::Money(code.clone())));
            }
            if self.kinds.contains_key(word) {
                return Some((at + end, Unit::Measure(word.to_owned())));
            }
        }
        None
    }

    /// The currency that ends at byte `at` (`人民币50万`, `$5`), and its start.
    fn money_before(&self, text: &str, at: usize) -> Option<(usize, Unit)> {
        let before = text[..at].trim_end_matches(' ');
        let starts: Vec<usize> = before.char_indices().rev().map(|(i, _)| i).take(self.longest).collect();
        starts.into_iter().rev().find_map(|start| {
            let code = self.currencies.get(&before[start..])?;
            Some((start, Unit::Money(code.clone())))
        })
    }
}

/// The quantities of `text`, in order; no two of them overlap.
#[must_use]
pub fn find(text: &str, measures: &Measures) -> Vec<Quantified> {
    let fixed: Vec<Span> = measures.fixed.find_iter(text).map(|m| Span::new(m.start(), m.end())).collect();
    let mut found: Vec<Quantified> = Vec::new();
    for (quantity, digits) in number::scan(text).into_iter().filter_map(|number| read(text, number, measures)) {
        // 十分 counts nothing, 十分钟 does: a quantity that reaches beyond the word is none of it.
        let words = Span::new(digits, quantity.span.end);
        let in_word = fixed.iter().any(|word| word.contains(words) || (word.start < digits && digits < word.end));
        // The 百 of 0.5个百分点 belongs to the measure word before it.
        let in_measure = found.last().is_some_and(|last| last.span.overlaps(quantity.span));
        if !in_word && !in_measure {
            found.push(quantity);
        }
    }
    found
}

/// The quantity that begins with `number`, and where its digits begin.
fn read(text: &str, number: Number, measures: &Measures) -> Option<(Quantified, usize)> {
    let Number { mut span, core, value, mut bound, sure } = number;
    let at = span.end + (text[span.end..].len() - text[span.end..].trim_start_matches(' ').len());
    let unit = if let Some(start) = text[..core.start].strip_suffix("百分之").map(str::len) {
        span.start = start;
        Unit::Percent
    } else if let Some((end, unit)) =
        measures.at(text, at).filter(|(end, unit)| counts(text, number, Span::new(at, *end), unit))
    {
        span.end = end;
        unit
    } else {
        let (start, unit) = measures.money_before(text, span.start).filter(|_| sure)?;
        span.start = start;
        unit
    };
    if let Some((end, after)) = number::bound_after(text, span.end) {
        span.end = end;
        bound = Some(after);
    }
    Some((Quantified { span, value, bound, unit }, core.start))
}

/// Whether the word at `word` measures `number` here: years, hours and the names of institutes (五十一所) are no counts.
fn counts(text: &str, number: Number, word: Span, unit: &Unit) -> bool {
    let digits = number.core.of(text);
    let rest = &text[word.end..];
    match (unit, word.of(text)) {
        (Unit::Measure(_), "年") => !(is_year(digits) || rest.starts_with('级')),
        (Unit::Measure(_), "分") => {
            !text[..number.span.start].ends_with(['时', '点', ':', '：']) && !rest.starts_with('之')
        }
        // An institute with a number for a name is written 五十一所; a count of schools says what they are.
        (Unit::Measure(_), "所" | "院") if !digits.starts_with(|c: char| c.is_ascii_digit()) => {
            rest.chars().take(4).any(|c| matches!(c, '校' | '学' | '园' | '院' | '馆'))
        }
        _ => true,
    }
}

fn is_year(digits: &str) -> bool {
    digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(tsv: &str) -> BTreeMap<String, String> {
        let lines = tsv.lines().filter(|l| !l.starts_with('#'));
        lines.filter_map(|l| l.split_once('\t')).map(|(w, k)| (w.to_owned(), k.to_owned())).collect()
    }

    fn measures() -> Measures {
        let fixed = include_str!("../../data/lexicon/numeral_words.txt").lines().filter(|l| !l.starts_with('#'));
        Measures::new(
            rows(include_str!("../../data/lexicon/measures.tsv")),
            rows(include_str!("../../data/lexicon/currencies.tsv")),
            &fixed.map(str::to_owned).collect::<Vec<_>>(),
        )
        .unwrap()
    }

    /// `words=value unit bound`, joined by blanks.
    fn told(text: &str) -> String {
        let found = find(text, &measures());
        let tell = |q: &Quantified| {
            let unit = match &q.unit {
                Unit::Measure(word) | Unit::Money(word) => word.as_str(),
                Unit::Percent => "%",
            };
            format!(
                "{}={}{unit}{}",
                q.span.of(text),
                q.value,
                q.bound.map_or(String::new(), |b| format!(" {}", b.name()))
            )
        };
        found.iter().map(tell).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn counts_and_measures() {
        assert_eq!(told("捐赠口罩超过15万只"), "超过15万只=150000只 over");
        assert_eq!(told("口罩153.9万只,手套527.9万付"), "153.9万只=1539000只; 527.9万付=5279000付");
        assert_eq!(told("近4万罐奶粉、2吨大米"), "近4万罐=40000罐 about; 2吨=2吨");
        assert_eq!(told("5万多名志愿者和20多台呼吸机"), "5万多名=50000名 over; 20多台=20台 over");
        assert_eq!(told("两支医疗队共千名医护人员"), "两支=2支; 千名=1000名");
        assert_eq!(told("10000 个"), "10000 个=10000个");
        assert_eq!(told("30件以上"), "30件以上=30件 over");
    }

    #[test]
    fn money_is_told_from_things() {
        assert_eq!(told("价值1540万元"), "1540万元=15400000CNY");
        assert_eq!(told("约1000万元,总额为31亿元"), "约1000万元=10000000CNY about; 31亿元=3100000000CNY");
        assert_eq!(told("366万余元"), "366万余元=3660000CNY over");
        assert_eq!(
            told("十万元、500万美元、10亿元人民币"),
            "十万元=100000CNY; 500万美元=5000000USD; 10亿元人民币=1000000000CNY"
        );
        assert_eq!(told("人民币50万"), "人民币50万=500000CNY");
    }

    #[test]
    fn odd_text_is_read_from_any_character_on() {
        let text = "１２,３４５．６万🦠多 第3.,5几数百分之%月日年—至0-24时（今天（2 月29号10余千克$¥元1999-13-40";
        for (start, _) in text.char_indices() {
            let rest = &text[start..];
            for span in find(rest, &measures())
                .iter()
                .map(|q| q.span)
                .chain(crate::text::date::find(rest, None).iter().map(|t| t.span))
            {
                assert!(!span.of(rest).is_empty(), "{rest}: {span:?}");
            }
        }
        assert_eq!(number::find(&"9".repeat(400)), []);
    }

    #[test]
    fn percentages() {
        assert_eq!(told("占94%,增长百分之三十"), "94%=94%; 百分之三十=30%");
        assert_eq!(told("下调0.5个百分点"), "0.5个百分点=0.5个百分点");
    }

    #[test]
    fn numerals_that_count_nothing() {
        for text in [
            "2020年",
            "中国电科五十一所对复工",
            "84消毒液",
            "一起参与",
            "一部分医疗防护物品",
            "十分重视",
            "五台山",
            "N95口罩",
            "9时30分",
            "统一部署",
        ] {
            assert_eq!(told(text), "", "{text}");
        }
        assert_eq!(told("建成五十一所学校"), "五十一所=51所");
        assert_eq!(told("十分钟"), "十分钟=10分钟");
    }
}
