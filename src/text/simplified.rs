//! Traditional text in simplified characters, one for one, so that every offset stays.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use unicode_normalization::UnicodeNormalization;

/// Where the flat part of the table begins: what stands before it is plain.
const FIRST: u32 = 0x2000;
/// The code point behind the flat part of the table.
const LAST: u32 = 0x1_0000;

/// Characters that are plain to every reader and not to the rest of the program: quotes of traditional text, and the
/// point within foreign names.
const MARKS: [(char, char); 5] = [('「', '“'), ('」', '”'), ('『', '‘'), ('』', '’'), ('‧', '·')];

/// Of this many Chinese characters one that simplified text does not have makes a text traditional. Such text has one in
/// three or four; a simplified text that quotes it stays far below.
const ONE_OF: usize = 10;

/// What characters and words become.
struct Table {
    /// By code point from [`FIRST`] on.
    flat: Vec<char>,
    beyond: BTreeMap<char, char>,
    /// Finds the words of `data/lexicon/traditional_words.tsv`.
    words: AhoCorasick,
    rows: Vec<Row>,
    /// The characters that words change: without one of them, there is nothing to find. A bit a code point.
    told_by_words: Vec<u64>,
}

/// What one word becomes.
struct Row {
    to: &'static str,
    /// Whether that holds in traditional text alone.
    traditional: bool,
    /// 著 is 着 in the text of Taiwan; where a text has 着 too, it parts the two.
    parted: bool,
}

static TABLE: LazyLock<Table> = LazyLock::new(Table::new);

/// Radicals, each with the ideograph that it is.
static RADICALS: LazyLock<BTreeMap<char, char>> =
    LazyLock::new(|| characters(include_str!("../../data/lexicon/radicals.tsv")).collect());

/// The ideograph that a radical is, which shares its glyph in many fonts; any other character stays.
pub(crate) fn ideograph(c: char) -> char {
    RADICALS.get(&c).copied().unwrap_or(c)
}

fn rows(text: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'))
}

/// The pairs of a table of characters.
fn characters(text: &'static str) -> impl Iterator<Item = (char, char)> {
    rows(text).filter_map(|(from, to)| Some((from.chars().next()?, to.chars().next()?)))
}

impl Table {
    fn new() -> Self {
        let simple: BTreeMap<char, char> =
            characters(include_str!("../../data/lexicon/traditional.tsv")).chain(MARKS).collect();
        let mut all = simple.clone();
        // What is there for compatibility with older sets of characters alone, and may be traditional besides.
        for (from, to) in RADICALS.iter().map(|(from, to)| (*from, *to)).chain(compatibility()) {
            all.insert(from, simple.get(&to).copied().unwrap_or(to));
        }
        let mut flat: Vec<char> =
            (FIRST..LAST).map(|code| char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
        let mut beyond = BTreeMap::new();
        for (from, to) in all {
            match place(from).and_then(|at| flat.get_mut(at)) {
                Some(there) => *there = to,
                None => {
                    beyond.insert(from, to);
                }
            }
        }
        let (mut patterns, mut found) = (Vec::new(), Vec::new());
        let mut told_by_words = vec![0; LAST as usize / 64];
        for (from, rest) in rows(include_str!("../../data/lexicon/traditional_words.tsv")) {
            let (to, traditional) = rest.split_once('\t').map_or((rest, false), |(to, _)| (to, true));
            for (c, _) in from.chars().zip(to.chars()).filter(|(from, to)| from != to) {
                if let Some(bits) = told_by_words.get_mut(c as usize / 64) {
                    *bits |= 1 << (c as usize % 64);
                }
            }
            patterns.push(from);
            found.push(Row { to, traditional, parted: from == "著" });
        }
        let words = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(patterns);
        Self {
            flat,
            beyond,
            words: words.expect("the built-in list is small enough for one matcher"),
            rows: found,
            told_by_words,
        }
    }

    /// Whether words may change the character.
    fn is_told_by_words(&self, c: char) -> bool {
        self.told_by_words.get(c as usize / 64).is_some_and(|bits| bits >> (c as usize % 64) & 1 == 1)
    }

    fn character(&self, c: char) -> char {
        match place(c) {
            Some(at) => self.flat.get(at).copied().unwrap_or_else(|| self.beyond.get(&c).copied().unwrap_or(c)),
            None => c,
        }
    }
}

/// Where a character stands in the flat part of the table, or behind it; nothing for plain ones.
fn place(c: char) -> Option<usize> {
    u32::from(c).checked_sub(FIRST).and_then(|at| usize::try_from(at).ok())
}

/// Ideographs that Unicode has twice, each with the one that is meant.
fn compatibility() -> impl Iterator<Item = (char, char)> {
    let codes = ('\u{f900}'..='\u{faff}').chain('\u{2f800}'..='\u{2fa1f}');
    codes.filter_map(|c| {
        let mut meant = std::iter::once(c).nfkc();
        meant.next().filter(|to| *to != c && meant.next().is_none()).map(|to| (c, to))
    })
}

/// An ideograph that is not there for compatibility alone.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{2f7ff}' | '\u{30000}'..='\u{3ffff}')
}

/// The text in simplified characters, with as many code points as before. Variants of Taiwan and Hong Kong, ideographs
/// that Unicode has twice, radicals in the place of characters and corner quotes become what simplified text has for
/// them; words stay the words they are (軟體 is 软体). Characters that simplified text has too (乾, 著, 於) are told by the
/// words that they stand in, and by whether the rest of the text is traditional.
///
/// ```
/// use tupu::text::simplified::simplified;
///
/// assert_eq!(simplified("乾隆年間的餅乾，臺灣「著名」的麵"), "乾隆年间的饼干，台湾“著名”的面");
/// assert_eq!(simplified("乾隆年间的著作"), "乾隆年间的著作");
/// ```
#[must_use]
pub fn simplified(text: &str) -> Cow<'_, str> {
    let table = &*TABLE;
    let (mut changes, mut traditional, mut ideographs) = (false, 0, 0);
    for c in text.chars() {
        if is_ideograph(c) {
            ideographs += 1;
        }
        if table.character(c) != c {
            changes = true;
            traditional += usize::from(is_ideograph(c));
        }
    }
    let characters =
        if changes { Cow::Owned(text.chars().map(|c| table.character(c)).collect()) } else { Cow::Borrowed(text) };
    match words(&characters, traditional > 0 && traditional * ONE_OF >= ideographs) {
        Some(told) => Cow::Owned(told),
        None => characters,
    }
}

/// The text with the characters that words decide, where any of them changes.
fn words(text: &str, traditional: bool) -> Option<String> {
    let table = &*TABLE;
    if !text.chars().any(|c| table.is_told_by_words(c)) {
        return None;
    }
    let parts = text.contains('着');
    let mut out = String::new();
    let mut copied = 0;
    for found in table.words.find_iter(text) {
        let Some(row) = table.rows.get(found.pattern().as_usize()) else { continue };
        let holds = (traditional || !row.traditional) && !(row.parted && parts);
        if holds && text.get(found.range()) != Some(row.to) {
            out.push_str(text.get(copied..found.start()).unwrap_or_default());
            out.push_str(row.to);
            copied = found.end();
        }
    }
    (copied > 0).then(|| out + text.get(copied..).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cases: &[(&str, &str)]) {
        for (from, to) in cases {
            assert_eq!(simplified(from), *to);
            assert_eq!(simplified(to), *to, "{from} is simplified in two steps");
        }
    }

    #[test]
    fn simplified_text_stays() {
        for text in [
            "乾隆皇帝的著作，著名学者於崇文，瞭望塔，覆盖范围，慰藉，神祇，哪吒，蒜薹，获益甚夥。",
            "乾安县於潜镇昇腾公司藉口镇",
            "沈默、甯浩和王昇在叁楼说：“着急。”",
            "Ａ座１２楼 ⅷ ½",
            "",
        ] {
            assert!(matches!(simplified(text), Cow::Borrowed(same) if same == text), "{text}");
        }
    }

    #[test]
    fn a_word_tells_what_its_character_becomes() {
        check(&[
            ("乾隆年間的乾糧和餅乾", "乾隆年间的干粮和饼干"),
            ("扭轉乾坤，乾脆曬乾", "扭转乾坤，干脆晒干"),
            ("瞭解情況後登上瞭望塔", "了解情况后登上瞭望塔"),
            ("據瞭解，一目瞭然", "据了解，一目了然"),
            ("他沿著河看著顯著的變化，讀著名學者的著作", "他沿着河看着显著的变化，读著名学者的著作"),
            ("他沿着河走，與眾著書", "他沿着河走，与众著书"),
            ("答覆與覆蓋、反覆與顛覆", "答复与覆盖、反复与颠覆"),
            ("徵集特徵，宮商角徵羽", "征集特征，宫商角徵羽"),
            ("憑藉聲援，慰藉災民，藉此機會", "凭借声援，慰藉灾民，借此机会"),
            ("位於臺北，於崇文關於這項計畫的報告", "位于台北，於崇文关于这项计划的报告"),
            ("合夥買下鍾錶與項鍊，餘額儘早結清", "合伙买下钟表与项链，余额尽早结清"),
            ("為什麽憂鬱", "为什么忧郁"),
            ("東昇公司陞任與昇騰", "东升公司升任与昇腾"),
            ("祇有這裡供奉神祇", "只有这里供奉神祇"),
        ]);
    }

    #[test]
    fn variants_and_doubles_are_what_they_stand_for() {
        check(&[
            (
                "臺灣台灣、裏面裡面、爲為、群衆羣眾、綫線、床牀、佔占",
                "台湾台湾、里面里面、为为、群众群众、线线、床床、占占",
            ),
            ("\u{f9e9}\u{2f00}⻔⻑⻢\u{2f8a}\u{2f800}", "里一门长马色丽"),
            ("「說『好』」", "“说‘好’”"),
            ("喬治‧布希", "乔治·布希"),
            ("軟體", "软体"),
            ("𠁞𪚥", "𠀾𪚥"),
        ]);
    }

    #[test]
    fn one_code_point_becomes_one() {
        let same = |from: &str, to: &str| from.chars().count() == to.chars().count();
        for (from, to) in rows(include_str!("../../data/lexicon/traditional_words.tsv")) {
            let (to, mark) = to.split_once('\t').unwrap_or((to, "traditional"));
            assert!(same(from, to) && mark == "traditional", "{from}");
            assert_eq!(from.chars().map(|c| TABLE.character(c)).collect::<String>(), from, "is never met");
            let changes = from.chars().zip(to.chars()).any(|(from, to)| from != to && !TABLE.is_told_by_words(from));
            assert!(!changes, "{from} changes a character beyond the table");
        }
        for table in ["traditional", "radicals"] {
            let file = format!("{}/data/lexicon/{table}.tsv", env!("CARGO_MANIFEST_DIR"));
            for line in std::fs::read_to_string(file).unwrap().lines().filter(|line| !line.starts_with('#')) {
                assert_eq!(line.chars().count(), 3, "{line}");
            }
        }
        for code in 0..=0x3_ffff {
            let Some(c) = char::from_u32(code) else { continue };
            let to = TABLE.character(c);
            assert_eq!(TABLE.character(to), to, "{c} leads to {to}, and on");
        }
        let every: String = ('\0'..='\u{3ffff}').collect();
        assert!(same(&every, &simplified(&every)));
    }
}
