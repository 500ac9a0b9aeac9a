//! Short forms that an organisation's full name lends itself to.

use crate::lexicon::{Lexicon, longest_suffix};

/// The short forms of one organisation's name: 泰坦科技有限公司 → 泰坦科技, 泰坦; 上海市地震局 → 市地震局, 地震局.
pub(crate) fn short_forms(name: &str, lexicon: &Lexicon) -> Vec<String> {
    let mut out = Vec::new();
    let without_place = strip_place(name, lexicon);
    let bodies: Vec<&str> = std::iter::once(name).chain(without_place.iter().map(String::as_str)).collect();
    out.extend(without_place.iter().cloned());
    for body in bodies {
        for ending in lexicon.class("firm_ending") {
            if let Some(stem) = body.strip_suffix(ending) {
                out.push(stem.to_owned());
                for trade in lexicon.class("trade") {
                    if let Some(shorter) = stem.strip_suffix(trade) {
                        out.push(shorter.to_owned());
                    }
                    if let Some((before, _)) = stem.split_once(trade) {
                        out.push(format!("{before}{trade}"));
                    }
                }
            }
        }
    }
    // 科技 of 上海科技有限公司 tells nothing.
    let common = |s: &str| lexicon.organization_suffixes.contains_key(s) || lexicon.is("trade", s);
    out.retain(|s| s.chars().count() >= 2 && s != name && !lexicon.places.contains_key(s) && !common(s));
    out.sort();
    out.dedup();
    out
}

/// The name without its leading place, and with only the place's last character (市地震局).
fn strip_place(name: &str, lexicon: &Lexicon) -> Vec<String> {
    let mut out = Vec::new();
    for (at, c) in name.char_indices().skip(1) {
        let end = at + c.len_utf8();
        if end >= name.len() {
            break;
        }
        // 中国电科五十所 → 五十所.
        let rest = &name[end..];
        let generic = longest_suffix(rest, &lexicon.organization_suffixes) == Some(rest);
        if lexicon.organizations.contains_key(&name[..end]) && rest.chars().count() >= 3 && !generic {
            out.push(rest.to_owned());
        }
        if lexicon.places.contains_key(&name[..end]) {
            if matches!(c, '省' | '市' | '县' | '区' | '州') {
                out.push(name[at..].to_owned());
            }
            if rest.chars().count() >= 3 && !generic {
                out.push(rest.to_owned());
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, short: &str, is: bool) {
        assert_eq!(short_forms(name, &Lexicon::embedded()).iter().any(|s| s == short), is, "{name} → {short}");
    }

    #[test]
    fn a_short_form_drops_what_does_not_tell_the_name() {
        check("泰坦科技有限公司", "泰坦科技", true);
        check("上海市地震局", "市地震局", true);
        check("中国电科五十所", "五十所", true);
    }

    #[test]
    fn a_bare_ending_is_no_short_form() {
        check("江汉大学校友会", "校友会", false);
        check("北京大学第三医院", "北京大学", false);
    }
}
