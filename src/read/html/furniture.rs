//! Lines of the page's furniture, by their words: labels, buttons, credits, where the page stands in its site.

use crate::read::header::words::{bare, is, is_section, words};
use crate::text::normal::normal;
use crate::text::prose::is_prose;

/// Lines longer than this, in bytes, are taken for text whatever they begin with.
const LONGEST_FURNITURE: usize = 1_600;

/// Whether a line is of the page's furniture by its words.
pub(super) fn is_furniture(text: &str) -> bool {
    if text.len() > LONGEST_FURNITURE {
        return false;
    }
    let text = behind_button(text);
    let simple = normal(text);
    let bare = bare(&simple);
    let length = simple.chars().count();
    let label = bare.split(['(', ':', '/', '|', '>']).next().unwrap_or("");
    if is_section(bare)
        || is("closing", bare)
        || is("word", bare)
        || length <= 20 && (is_section(label) || is("closing", label))
    {
        return true;
    }
    let han = text.contains(|c| matches!(c, '\u{4E00}'..='\u{9FFF}'));
    let opens = length <= 200 && words("opening").iter().any(|word| bare.starts_with(word) || simple.starts_with(word));
    let marked = length <= 400 && words("mark").iter().any(|mark| simple.contains(mark));
    let buttons = || {
        let mut words =
            text.split(|c: char| c.is_whitespace() || matches!(c, '|' | '丨' | '【' | '】' | '[' | ']' | ':' | '：'));
        let mut any = false;
        let mut button = |word: &str| {
            any |= is("word", word);
            word.is_empty() || word.chars().all(|c| c.is_ascii_digit()) || is("word", word)
        };
        length <= 60 && words.all(|word| button(&normal(word))) && any
    };
    (han && !is_prose(text))
        || opens
        || marked
        || is_trail(&simple)
        || buttons()
        || !text.contains(char::is_alphanumeric)
}

/// What follows a button in brackets: 【纠错】责任编辑：王一.
fn behind_button(text: &str) -> &str {
    let inner = text.strip_prefix(['【', '[']).and_then(|rest| rest.split_once(['】', ']']));
    inner
        .filter(|(word, rest)| is("word", &normal(word)) && !rest.is_empty())
        .map_or(text, |(_, rest)| rest.trim_start())
}

/// Where the page stands in its site: 首页 > 新闻 > 正文.
fn is_trail(simple: &str) -> bool {
    let marks = simple.chars().filter(|c| matches!(c, '>' | '»' | '›' | '→')).count();
    let home = ["首页", "主页", "Home"].iter().any(|word| simple.starts_with(word));
    simple.chars().count() <= 80 && (marks > 1 || home && marks > 0) && !simple.contains('。')
}

/// Whether a line closes a sentence.
pub(super) fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['”', '"', '）', ')', '」', '』', '’']).ends_with(['。', '！', '？', '；'])
}
