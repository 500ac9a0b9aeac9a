//! Articles that a page holds out of sight, for its scripts to show: data in scripts, markup in text areas.
//!
//! Pages that are saved as a server sent them, not as a browser shows them, may have no article but this one.

use serde_json::{Map, Value};

use super::node::Kind;
use super::title::compared;
use super::tree::Tree;
use crate::text::characters::is_han;

/// What a script's data say of the article whose title the page's tab has.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub title: String,
    pub published: Option<String>,
    pub source: Option<String>,
    pub author: Option<String>,
    /// Its text, as markup or plain.
    pub text: Option<String>,
}

/// So many places in a script where data may begin are looked at.
const MOST_TRIES: usize = 40;
/// So many values are looked at in all.
const MOST_VALUES: usize = 100_000;
/// Texts have at least this many Chinese characters.
const LEAST_TEXT: usize = 30;
/// The title of an article has at least this many characters.
const LEAST_TITLE: usize = 4;

const TITLES: [&str; 5] = ["title", "headline", "articleTitle", "name", "msg_title"];
const DATES: [&str; 14] = [
    "newsTime",
    "pubTime",
    "pubtime",
    "publishTime",
    "publish_time",
    "publishtime",
    "pubDate",
    "publishDate",
    "ptime",
    "datePublished",
    "releaseTime",
    "createTime",
    "date",
    "time",
];
const SOURCES: [&str; 7] = ["source", "sourceName", "source_name", "media", "mediaName", "media_name", "origin"];
const AUTHORS: [&str; 3] = ["author", "authorName", "writer"];

/// What data in scripts say of the article that is called as the tab is.
pub(super) fn told(tree: &Tree, tab: &str) -> Option<Told> {
    let tab = compared(tab);
    let mut best: Option<Told> = None;
    let mut left = MOST_VALUES;
    for (at, node) in tree.nodes.iter().enumerate() {
        if node.name() != "script" || !matches!(node.kind, Kind::Element { .. }) {
            continue;
        }
        for value in values(&tree.text(at)) {
            let mut rest = vec![&value];
            while let Some(value) = rest.pop().filter(|_| left > 0) {
                left -= 1;
                match value {
                    Value::Array(values) => rest.extend(values.iter().rev()),
                    Value::Object(fields) => {
                        let new = article(fields, &tab);
                        let fuller = |new: &Told| best.as_ref().is_none_or(|best| weight(new) > weight(best));
                        if let Some(new) = new.filter(fuller) {
                            best = Some(new);
                        }
                        rest.extend(fields.values().rev());
                    }
                    _ => {}
                }
            }
        }
    }
    best
}

/// How much is told.
fn weight(told: &Told) -> usize {
    told.text.as_deref().map_or(0, written) + usize::from(told.published.is_some()) + usize::from(told.source.is_some())
}

/// The number of Chinese characters in a text.
pub(super) fn written(text: &str) -> usize {
    text.chars().filter(|c| is_han(*c)).count()
}

/// The data in a script: all of it, or what it gives to variables.
fn values(script: &str) -> Vec<Value> {
    let starts = script.match_indices(['{', '[']).map(|(at, _)| at);
    let starts = starts.filter(|at| matches!(script[..*at].trim_end().chars().next_back(), None | Some('=' | '(')));
    let mut values = Vec::new();
    let mut end = 0;
    for at in starts.take(MOST_TRIES) {
        if at < end {
            continue;
        }
        let mut found = serde_json::Deserializer::from_str(&script[at..]).into_iter::<Value>();
        if let Some(Ok(value)) = found.next() {
            end = at + found.byte_offset();
            values.push(value);
        }
    }
    values
}

/// An article in data, if the tab begins with its title.
fn article(fields: &Map<String, Value>, tab: &str) -> Option<Told> {
    let first = |keys: &[&str]| keys.iter().find_map(|key| name(fields.get(*key)?));
    let title = TITLES.iter().filter_map(|key| name(fields.get(*key)?)).find(|title| {
        let title = compared(title);
        title.chars().count() >= LEAST_TITLE && tab.starts_with(&title)
    })?;
    let published = DATES.iter().find_map(|key| super::meta::day(&name(fields.get(*key)?)?));
    let mut longest: Option<&str> = None;
    fields.values().for_each(|value| longest_text(value, 3, &mut longest));
    let text = longest.map(str::to_owned);
    Some(Told { title, published, source: first(&SOURCES), author: first(&AUTHORS), text })
}

/// A name as text, as a number, or as an object that has one.
fn name(value: &Value) -> Option<String> {
    let name = match value {
        Value::String(name) => name.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Object(fields) => fields.get("name")?.as_str()?.trim().to_owned(),
        _ => return None,
    };
    (!name.is_empty() && name.chars().count() <= 100).then_some(name)
}

/// The longest running text in a value, not in objects that have titles of their own.
fn longest_text<'a>(value: &'a Value, depth: usize, longest: &mut Option<&'a str>) {
    match value {
        Value::String(text)
            if text.contains('。') && written(text) >= longest.map_or(LEAST_TEXT, |other| written(other) + 1) =>
        {
            *longest = Some(text);
        }
        Value::Array(values) if depth > 0 => {
            values.iter().take(50).for_each(|value| longest_text(value, depth - 1, longest));
        }
        Value::Object(fields) if depth > 0 && !fields.contains_key("title") => {
            fields.values().for_each(|value| longest_text(value, depth - 1, longest));
        }
        _ => {}
    }
}

/// The page with the article that scripts would show in sight; `seen` is the number of Chinese characters in the text
/// that is in sight.
pub(super) fn shown(html: &str, told: Option<&Told>, seen: usize) -> Option<String> {
    let more = |text: &str| written(text) > 2 * seen.max(LEAST_TEXT / 2);
    if let Some((told, text)) = told.and_then(|told| Some((told, told.text.as_deref().filter(|text| more(text))?))) {
        let text = if text.contains('<') { text.to_owned() } else { text.replace('\n', "<br>") };
        return Some(format!(
            "<title>{0}</title><h1>{0}</h1><div class=content>{text}</div>",
            told.title.replace('<', "")
        ));
    }
    // ASCII letters alone change, so that places are the same.
    let lower = html.to_ascii_lowercase();
    let (mut page, mut from, mut any) = (String::new(), 0, false);
    while let Some(start) = lower[from..].find("<textarea").map(|at| from + at) {
        let Some(inner) = lower[start..].find('>').map(|at| start + at + 1) else { break };
        let Some(end) = lower[inner..].find("</textarea").map(|at| inner + at) else { break };
        page.push_str(&html[from..start]);
        let text = unescaped(&html[inner..end]);
        if text.contains("<p") && text.contains('。') && more(&text) {
            page.extend(["<div class=content>", &text, "</div>"]);
            any = true;
        }
        from = lower[end..].find('>').map_or(html.len(), |at| end + at + 1);
    }
    page.push_str(&html[from..]);
    any.then_some(page)
}

fn unescaped(text: &str) -> String {
    let marks = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", " "), ("&amp;", "&")];
    marks.iter().fold(text.to_owned(), |text, (escaped, mark)| text.replace(escaped, mark))
}

#[cfg(test)]
mod tests {
    use super::super::document;

    const TEXT: &str = "2月9日，康达医疗向县医院捐赠口罩2000只，院方说口罩已经送到三个病区的护士手中。";

    #[test]
    fn an_article_that_scripts_would_show_is_read() {
        let data = format!(
            r#"{{"list":[{{"title":"别的消息","text":"{TEXT}{TEXT}"}}],"doc":{{"title":"口罩到位","newsTime":"2020-02-10 08:00:00",
            "source":"湖滨晚报","body":{{"parts":[{{"data":"<p>{TEXT}</p><p>院长致谢。</p>"}}]}}}}}}"#
        );
        let escaped = format!("&lt;p&gt;{TEXT}&lt;/p&gt;&lt;p&gt;院长致谢。&lt;/p&gt;");
        for html in [
            format!("<title>口罩到位_湖滨网</title><script>var all = {data};\nvar x = 1;</script><div id=root></div>"),
            format!("<title>口罩到位</title><script type=application/json>{data}</script><p>湖滨网版权，所有。</p>"),
            format!(
                "<title>口罩到位</title><h3>口罩到位</h3><p>2020-02-10</p><p>来源：湖滨晚报</p><textarea>{escaped}</textarea>"
            ),
        ] {
            let document = document("a.html".into(), &html).unwrap().document;
            assert_eq!(document.text, format!("口罩到位\n{TEXT}\n院长致谢。\n"), "{html}");
            let said = (document.published.as_deref(), document.source.as_deref());
            assert_eq!(said, (Some("2020-02-10"), Some("湖滨晚报")), "{html}");
        }
    }

    #[test]
    fn data_complete_what_is_in_sight() {
        let html = format!(
            r#"<title>口罩到位_湖滨网</title><script>window.DATA = {{"title":"口罩到位","media":"湖滨电视台","pubtime":"2020-02-10"}}</script>
            <h1>口罩到位</h1><p>{TEXT}</p>"#
        );
        let document = document("a.html".into(), &html).unwrap().document;
        let said = (document.published.as_deref(), document.source.as_deref());
        assert_eq!(said, (Some("2020-02-10"), Some("湖滨电视台")));
    }
}
