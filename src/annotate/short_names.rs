//! Short forms that an organisation's full name lends itself to.

use crate::lexicon::{Lexicon, Strength, longest_suffix};

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
                    let shorter = stem.strip_suffix(trade).map(str::to_owned);
                    let before = stem.split_once(trade).map(|(before, _)| format!("{before}{trade}"));
                    let forms = shorter.filter(|s| !is_closed(s, lexicon)).into_iter().chain(before);
                    out.extend(forms.filter(|s| meant(s, lexicon).is_none_or(|full| is_called(name, full, lexicon))));
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

/// Whether `piece`, which stands in `name`, is rather the name of somebody else, as who owns it: 北京大学第三医院（北京大学）;
/// but 青岛砺川科技有限公司（青岛砺川） is one.
pub(crate) fn is_anothers(name: &str, piece: &str, lexicon: &Lexicon) -> bool {
    let full = meant(piece, lexicon);
    if full.is_some_and(|full| is_called(name, full, lexicon)) {
        return false;
    }
    if let Some(before) = name.strip_suffix(piece) {
        return names_another(name, before, piece, lexicon);
    }
    let Some(rest) = name.strip_prefix(piece) else {
        return name.contains(piece) && full.is_some_and(|full| full != piece);
    };
    let mut endings = lexicon.class("firm_ending").filter_map(|ending| rest.strip_suffix(ending));
    let firm = endings.any(|trade| trade.is_empty() || lexicon.is("trade", trade));
    !firm && (full.is_some() || is_closed(piece, lexicon)) || full.is_some_and(|full| full != piece)
}

/// The full name of what is always called `words`.
fn meant<'a>(words: &str, lexicon: &'a Lexicon) -> Option<&'a str> {
    lexicon.organizations.get(words).map(String::as_str)
}

/// Whether `full` is the full name of what is called `name`.
fn is_called(name: &str, full: &str, lexicon: &Lexicon) -> bool {
    meant(name, lexicon).unwrap_or(name) == full
}

/// Whether words end as only a whole name does: 临江大学 of 临江大学科技有限公司 is who founded that.
fn is_closed(words: &str, lexicon: &Lexicon) -> bool {
    let suffixes = &lexicon.organization_suffixes;
    longest_suffix(words, suffixes).is_some_and(|suffix| suffixes[suffix].strength == Strength::Strong)
}

/// Whether what is left of `name` without `before` is the name of somebody else: 外交部 is not that of 俄罗斯外交部, nor
/// 电子科技大学 杭州电子科技大学.
fn names_another(name: &str, before: &str, rest: &str, lexicon: &Lexicon) -> bool {
    let Some(full) = meant(rest, lexicon).filter(|full| !is_called(name, full, lexicon)) else { return false };
    if full != rest {
        // 共同社 is 日本共同社 since the full name says so; 波音公司, of which that tells no country, 美国波音公司.
        let own = lexicon.is("own_country_name", before) || full.starts_with(before);
        let fixed = |words: &str| lexicon.places.contains_key(words) || lexicon.organizations.contains_key(words);
        let placed = full.char_indices().skip(1).any(|(at, _)| fixed(&full[..at]));
        // 中央纪委 + 国家监委 are two.
        let beside = lexicon.organizations.contains_key(before);
        return !own && (placed || beside || lexicon.organizations.contains_key(name));
    }
    // Of schools the word list holds full names alone; 湘雅医院 is 中南大学湘雅医院.
    let suffixes = &lexicon.organization_suffixes;
    let school = longest_suffix(rest, suffixes).is_some_and(|suffix| suffixes[suffix].kind == "school");
    school && lexicon.organizations.contains_key(name)
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
        let tells = rest.chars().count() >= 3 && !generic && !names_another(name, &name[..end], rest, lexicon);
        if lexicon.organizations.contains_key(&name[..end]) && tells {
            out.push(rest.to_owned());
        }
        if lexicon.places.contains_key(&name[..end]) {
            if matches!(c, '省' | '市' | '县' | '区' | '州') {
                out.push(name[at..].to_owned());
            }
            if tells {
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
        check("中央纪委国家监委", "国家监委", false);
        check("北京大学第三医院", "北京大学", false);
    }

    #[test]
    fn the_name_of_somebody_else_is_no_short_form() {
        check("杭州电子科技大学", "电子科技大学", false);
        check("南京师范大学泰州学院", "泰州学院", false);
        check("叙利亚国家博物馆", "国家博物馆", false);
        check("亚太经合组织", "经合组织", false);
        check("联想控股股份有限公司", "联想", false);
        check("中国电子科技集团有限公司", "中国电子", false);
        check("临江大学科技有限公司", "临江大学", false);
    }

    #[test]
    fn a_body_is_not_called_as_another_is() {
        let lexicon = Lexicon::embedded();
        for (name, piece, is) in [
            ("北京大学第三医院", "北京大学", true),
            ("临江大学出版社", "临江大学", true),
            ("中国银行业协会", "中国银行", true),
            ("中国人民银行武汉分行", "人民银行", true),
            ("亚太经合组织", "经合组织", true),
            ("上海合作组织", "上合组织", false),
            ("小米科技有限责任公司", "小米", false),
            ("中南大学湘雅医院", "湘雅医院", false),
            ("青岛砺川科技有限公司", "青岛砺川", false),
        ] {
            assert_eq!(is_anothers(name, piece, &lexicon), is, "{name}, {piece}");
        }
    }

    #[test]
    fn the_fixed_name_of_the_same_body_is_one() {
        check("中国人民银行", "人民银行", true);
        check("中南大学湘雅医院", "湘雅医院", true);
        check("美国哈佛大学", "哈佛大学", true);
        check("复星集团", "复星", true);
    }
}
