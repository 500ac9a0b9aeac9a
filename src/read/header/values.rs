//! Names of publishers and writers, as headers and the ends of articles give them.

use super::words::is;
use super::{LONGEST_VALUE, header};
use crate::text::normal::normal;

/// Whether a name stands for the site itself or for nobody.
pub(in crate::read) fn is_nobody(name: &str) -> bool {
    let name = normal(name);
    name.is_empty() || is("nobody", &name) || name.chars().all(|c| !c.is_alphanumeric())
}

/// The marks around a value.
fn trimmed(value: &str) -> &str {
    const MARKS: &[char] = &[
        '[', ']', '【', '】', '(', ')', '（', '）', '|', '丨', '/', '·', '-', '—', ':', '：', '《', '》', '\u{3000}',
        ' ', '\t', '>', ';', '；', '、',
    ];
    value.trim_matches(MARKS)
}

/// The publisher's name in a value: up to a gap or a bracket, except between Latin words.
pub(in crate::read) fn publisher(value: &str) -> Option<String> {
    let value = trimmed(value);
    let mut end = value.len();
    for (at, c) in value.char_indices() {
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
        let between = || latin(value[..at].chars().next_back()) && latin(value[at + c.len_utf8()..].chars().next());
        if (c.is_whitespace() && !between()) || matches!(c, '[' | '【' | '|' | '丨') {
            end = at;
            break;
        }
    }
    let name = unpaired(trimmed(&value[..end]));
    (!is_nobody(name) && name.chars().count() <= LONGEST_VALUE && !name.chars().all(|c| c.is_ascii_digit() || c == ':'))
        .then(|| name.to_owned())
}

/// A name without a bracket that was opened before it or closes after it.
fn unpaired(name: &str) -> &str {
    match (name.find(['(', '（']), name.find([')', '）'])) {
        (None, Some(end)) => name[..end].trim(),
        (Some(start), None) => name[..start].trim(),
        _ => name,
    }
}

/// The writers' names in a value: short words.
pub(in crate::read) fn names(value: &str) -> Option<String> {
    let value = trimmed(value);
    let end = value.find(['(', '（', ')', '）', '[', '【', '|', '丨']).unwrap_or(value.len());
    let mut kept: Vec<&str> = Vec::new();
    for word in value[..end].split_whitespace() {
        let simple = normal(word);
        let length = simple.chars().count();
        if is("word", &simple)
            || simple.starts_with("发自")
            || simple.contains(|c: char| c.is_ascii_digit())
            || (!kept.is_empty() && length > 12)
        {
            break;
        }
        kept.push(word);
    }
    let names = kept.join(" ");
    let names = trimmed(&names);
    (!is_nobody(names) && names.chars().count() <= LONGEST_VALUE).then(|| names.to_owned())
}

/// The writer that the end of an article names in brackets: （记者 王某）.
pub(in crate::read) fn signed(line: &str) -> Option<String> {
    let line = line.trim_end();
    let inner = line.strip_suffix([')', '）'])?;
    let at = inner.rfind(['(', '（'])?;
    let inner = inner[at..].trim_start_matches(['(', '（']);
    if inner.chars().count() > LONGEST_VALUE {
        return None;
    }
    header(inner, None).and_then(|header| header.author)
}

/// The writer that an agency's article names at its beginning: 虹江社虹江2月10日电（记者王某）.
pub(in crate::read) fn in_dateline(line: &str) -> Option<String> {
    let head: String = line.chars().take(LONGEST_VALUE * 2).collect();
    let end = head.find(['(', '（', '。'])?;
    let start = end + head[end..].chars().next().filter(|c| *c != '。')?.len_utf8();
    let inner = head[start..].split([')', '）']).next()?;
    let inner = inner.trim();
    let names = ["记者", "記者", "通讯员", "特约记者"].iter().find_map(|label| {
        let at = inner.find(label)?;
        (at <= 12).then(|| inner[at + label.len()..].trim())
    })?;
    let names = names.split(['通', '摄']).next().unwrap_or(names).trim_matches([' ', '、', '\u{3000}', ':', '：']);
    (head[start..].contains([')', '）']) && names.chars().count() >= 2).then(|| self::names(names)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_an_article_may_name_its_writer() {
        assert_eq!(signed("物资已经运抵。（记者 王五 通讯员 李四）").as_deref(), Some("王五"));
        assert_eq!(signed("物资已经运抵（见图）"), None);
        assert_eq!(in_dateline("虹江社虹江2月10日电（记者王立新、李四）2月9日，").as_deref(), Some("王立新、李四"));
        assert_eq!(in_dateline("虹江集团（下称集团）捐赠口罩"), None);
    }
}
