//! Normal forms of names, and what a name's words say about whose name it is.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use super::simplified::simplified;

static GENERIC: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| lines(include_str!("../../data/lexicon/generic_organizations.txt")).collect());

static DEICTIC: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| lines(include_str!("../../data/lexicon/deictic_places.txt")).collect());

/// Code points of the longest generic word.
const LONGEST_GENERIC: usize = 8;

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The form in which names are compared: NFKC (which halves full-width brackets, letters and digits), without
/// white space and control characters, in simplified characters.
///
/// ```
/// assert_eq!(tupu::text::normal::normal("臺灣 Ａ(集團)"), "台湾A(集团)");
/// ```
#[must_use]
pub fn normal(name: &str) -> String {
    let name = narrow(name).unwrap_or_else(|| name.nfkc().filter(|c| !is_blank(*c)).collect());
    match simplified(&name) {
        Cow::Owned(simplified) => simplified,
        Cow::Borrowed(_) => name,
    }
}

/// Whether a normal form leaves the character out.
pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}')
}

/// NFKC without blanks, of what nearly all text is made of; nothing where another character stands in it, which NFKC may
/// take apart or join with its neighbours.
fn narrow(name: &str) -> Option<String> {
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            '!'..='~' | '\u{4e00}'..='\u{9fff}' | '、' | '。' | '〈'..='】' | '‘' | '’' | '“' | '”' | '—' | '·' =>
            {
                out.push(c);
            }
            '！'..='～' => out.push(char::from_u32(u32::from(c) - u32::from('！') + u32::from('!'))?),
            '\n' | ' ' | '\u{3000}' => {}
            _ => return None,
        }
    }
    Some(out)
}

/// The name of a work without the brackets of a title: 《告示》 is 告示.
#[must_use]
pub fn untitled(name: &str) -> &str {
    name.strip_prefix('《').and_then(|n| n.strip_suffix('》')).filter(|n| !n.is_empty()).unwrap_or(name)
}

/// Whether a mention refers back to something named elsewhere (他们, 该中心, 本市) and so names nothing by itself.
#[must_use]
pub fn is_anaphoric(mention: &str) -> bool {
    const DEMONSTRATIVES: [&str; 13] =
        ["该", "此", "本", "其", "这", "那", "我", "你", "他", "她", "它", "上述", "双方"];
    DEMONSTRATIVES.iter().any(|word| mention.starts_with(word))
}

/// Whether a place is called by a word that means another one in each text (当地, 前线).
#[must_use]
pub fn is_deictic(name: &str) -> bool {
    DEICTIC.contains(normal(name).as_str())
}

/// Whether `name`, in its normal form, is a chain of words that organisations share.
#[must_use]
pub fn is_generic(name: &str) -> bool {
    let ends: Vec<usize> = name.char_indices().map(|(at, c)| at + c.len_utf8()).collect();
    // covered[i]: the first i characters are a chain of generic words.
    let mut covered = vec![true];
    for (last, &end) in ends.iter().enumerate() {
        let chain = (last.saturating_sub(LONGEST_GENERIC - 1)..=last).any(|first| {
            let start = if first == 0 { 0 } else { ends[first - 1] };
            let word = &name[start..end];
            covered[first] && (GENERIC.contains(word) || word.chars().all(|c| c.is_ascii_digit()))
        });
        covered.push(chain);
    }
    covered.last().copied().unwrap_or(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_normal_form_is_its_own_normal_form() {
        for (from, to) in [
            ("上海(集團) 有限公司", "上海(集团)有限公司"),
            ("戰線", "战线"),
            ("乾隆", "乾隆"),
            ("乾粉滅火器", "干粉灭火器"),
            ("昇腾", "昇腾"),
            ("著作權協會", "著作权协会"),
            ("國家「瞭望」計畫", "国家“瞭望”计划"),
            ("\u{feff}口\u{3000}罩\n", "口罩"),
        ] {
            assert_eq!(normal(from), to);
            assert_eq!(normal(&normal(from)), to);
        }
    }

    #[test]
    fn the_short_way_leads_where_the_long_one_does() {
        for c in ('\0'..=char::MAX).map(|c| c.to_string()) {
            let long = || c.nfkc().filter(|c| !is_blank(*c)).collect::<String>();
            assert!(narrow(&c).is_none_or(|short| short == long()), "{c:?}");
        }
    }

    #[test]
    fn a_chain_of_shared_words_is_no_name() {
        for name in ["泰坦科技有限公司", "上海市地震局", "清华大学", "上海市第六人民医院"] {
            assert!(!is_generic(name), "{name}");
        }
        for name in ["领导小组", "疫情防控工作领导小组", "工会", "志愿服务队", "公司", "医院", "市第六人民医院"]
        {
            assert!(is_generic(name), "{name}");
        }
        assert!(["该公司", "他们", "本市"].into_iter().all(is_anaphoric));
        assert!(GENERIC.iter().all(|word| word.chars().count() <= LONGEST_GENERIC));
    }

    #[test]
    fn the_place_that_each_text_means_is_no_name() {
        assert!(["当地", "前线", "該國", "本市"].into_iter().all(is_deictic));
        assert!(!["本溪市", "那曲", "湖北", "全国", "31个省（区、市）"].into_iter().any(is_deictic));
    }

    #[test]
    fn only_a_whole_title_loses_its_brackets() {
        assert_eq!(
            (untitled("《告示》"), untitled("《告示》草案"), untitled("《》")),
            ("告示", "《告示》草案", "《》")
        );
    }
}
