//! What a page says about itself out of the reader's sight: meta elements, JSON-LD, comments of whatever saved it.

use serde_json::Value;

use super::node::Kind;
use super::tree::Tree;
use crate::read::header::words::is;
use crate::text::date::Date;
use crate::text::prose::leading_date;

/// What a page says about itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Meta {
    /// The text of the title element.
    pub tab: Option<String>,
    /// Headlines, the most trustworthy first.
    pub titles: Vec<String>,
    pub published: Option<String>,
    /// A date from a place that may mean something else.
    pub perhaps_published: Option<String>,
    /// Who published it first.
    pub source: Option<String>,
    /// The site's name.
    pub site: Option<String>,
    /// Writers, or whoever the page calls one.
    pub authors: Vec<String>,
    pub url: Option<String>,
}

/// Names of meta elements, the best first.
const PUBLISHED: [&str; 17] = [
    "article:published_time",
    "og:article:published_time",
    "og:release_date",
    "pubdate",
    "publishdate",
    "publish_date",
    "firstpublishedtime",
    "weibo:article:create_at",
    "datepublished",
    "publishtime",
    "publish-date",
    "article.published",
    "dcterms.issued",
    "dc.date.issued",
    "parsely-pub-date",
    "citation_publication_date",
    "bytedance:published_time",
];
const PERHAPS_PUBLISHED: [&str; 6] = ["date", "dc.date", "dcterms.created", "dc.date.created", "createdate", "time"];
const TITLES: [&str; 6] = ["articletitle", "og:title", "headline", "twitter:title", "dc.title", "title"];
const SOURCES: [&str; 4] = ["contentsource", "source", "article:source", "weibo:article:source"];
const SITES: [&str; 4] = ["og:site_name", "sitename", "application-name", "apple-mobile-web-app-title"];
const AUTHORS: [&str; 6] =
    ["author", "article:author", "og:article:author", "byl", "dc.creator", "weibo:article:author"];

/// Reads what the page says about itself.
pub(super) fn meta(tree: &Tree) -> Meta {
    let mut meta = Meta { url: saved_from(tree), ..Meta::default() };
    let mut named: Vec<(String, String)> = Vec::new();
    let mut canonical = None;
    let mut in_svg = 0;
    for (at, node) in tree.nodes.iter().enumerate() {
        match node.name() {
            "svg" => in_svg = in_svg.max(node.end),
            "title" if meta.tab.is_none() && at >= in_svg => {
                meta.tab = Some(one_line(&tree.text(at))).filter(|title| !title.is_empty());
            }
            "time" => {
                let day = node.attribute("datetime").and_then(day);
                meta.perhaps_published = meta.perhaps_published.take().or(day);
            }
            "meta" => {
                let name = ["property", "name", "itemprop"].iter().find_map(|key| node.attribute(key));
                let content = node.attribute("content").map(one_line).filter(|content| !content.is_empty());
                named.extend(name.zip(content).map(|(name, content)| (name.trim().to_ascii_lowercase(), content)));
            }
            "link" if node.attribute("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) => {
                canonical = canonical.or(node.attribute("href").and_then(address));
            }
            "script" if node.attribute("type").is_some_and(|kind| kind.eq_ignore_ascii_case("application/ld+json")) => {
                linked_data(&tree.text(at), &mut meta);
            }
            "script" => script(&tree.text(at), &mut meta),
            _ => {}
        }
    }
    let all = |names: &[&str]| -> Vec<String> {
        names.iter().flat_map(|name| named.iter().filter(move |(n, _)| n == name)).map(|(_, v)| v.clone()).collect()
    };
    let name = |names: &[&str]| all(names).into_iter().find(|name| !crate::read::header::values::is_nobody(name));
    let mut titles = all(&TITLES);
    titles.append(&mut meta.titles);
    let stated = all(&PUBLISHED).iter().find_map(|date| day(date));
    Meta {
        titles,
        published: stated.or(meta.published),
        perhaps_published: meta.perhaps_published.or_else(|| all(&PERHAPS_PUBLISHED).iter().find_map(|date| day(date))),
        source: name(&SOURCES).filter(|source| address(source).is_none()).or(meta.source),
        site: name(&SITES).filter(|site| !is("platform", site)).or(meta.site),
        authors: all(&AUTHORS).into_iter().filter(|author| address(author).is_none()).chain(meta.authors).collect(),
        url: best_address([canonical, all(&["og:url", "url"]).iter().find_map(|url| address(url)), meta.url]),
        tab: meta.tab,
    }
}

/// Text with every run of white space as one space.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An address of the web, without what the file system adds.
fn address(text: &str) -> Option<String> {
    let text = text.trim();
    let text = text.strip_prefix("//").map_or_else(|| text.to_owned(), |rest| format!("https://{rest}"));
    let web = ["http://", "https://"]
        .iter()
        .any(|scheme| text.get(..scheme.len()).is_some_and(|s| s.eq_ignore_ascii_case(scheme)));
    (web && !text.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '"' | '<' | '>')))
        .then_some(text)
}

/// The first address that names more than a site, or the first.
fn best_address(addresses: [Option<String>; 3]) -> Option<String> {
    let path = |url: &&String| {
        let rest = url.split_once("://").map_or("", |(_, rest)| rest);
        rest.split_once('/').is_some_and(|(_, path)| !path.is_empty())
    };
    addresses.iter().flatten().find(path).or(addresses.iter().flatten().next()).cloned()
}

/// The address in the comment that a browser or an extension left: `saved from url=(0038)https://…`.
fn saved_from(tree: &Tree) -> Option<String> {
    let comments = tree.nodes.iter().filter_map(|node| match &node.kind {
        Kind::Comment(text) => Some(text),
        _ => None,
    });
    comments.into_iter().find_map(|comment| {
        let lower = comment.to_ascii_lowercase();
        let at =
            ["saved from url=", "url:", "page url:"].iter().find_map(|mark| lower.find(mark).map(|at| at + mark.len()));
        let saved = lower.contains("saved") || lower.contains("singlefile") || lower.contains("httrack");
        let rest = comment.get(at.filter(|_| saved)?..)?.trim_start();
        let rest = rest.strip_prefix('(').and_then(|rest| rest.split_once(')')).map_or(rest, |(_, rest)| rest);
        address(rest.split(|c: char| c.is_whitespace() || c == '<').next()?)
    })
}

/// A date as machines write it.
pub(super) fn day(text: &str) -> Option<String> {
    let text = text.trim();
    if let Some((date, _)) = leading_date(text) {
        return Some(date.to_string());
    }
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    match digits {
        8 | 12 | 14 => compact(text.get(..8)?),
        10 | 13 => unix(text.get(..10)?),
        _ => None,
    }
}

/// A date such as 20200210, of this age.
fn compact(digits: &str) -> Option<String> {
    let date = format!("{}-{}-{}", digits.get(..4)?, digits.get(4..6)?, digits.get(6..8)?);
    let (date, _) = leading_date(&date)?;
    (1990..2100).contains(&date.year).then(|| date.to_string())
}

/// The day of a number of seconds since 1970, in China.
fn unix(seconds: &str) -> Option<String> {
    let seconds: i64 = seconds.parse().ok()?;
    // No page of the web is older than 1990.
    (seconds > 631_152_000)
        .then(|| Date { year: 1970, month: 1, day: 1 }.plus((seconds + 8 * 3600) / 86_400).to_string())
}

/// The date in an address: `/2020-02/10/`, `/20200210/`, `/202002/t20200210_1.html`, `/2020/02/10/`.
pub(super) fn date_in_address(url: &str) -> Option<String> {
    let path = url.split_once("://")?.1.split_once('/')?.1.split(['?', '#']).next()?;
    let parts: Vec<&str> = path.split('/').collect();
    (0..parts.len()).find_map(|n| {
        let digits = |part: &str| -> String { part.chars().filter(char::is_ascii_digit).collect() };
        let plain = |part: &str| part.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '_'));
        // Up to three parts that are nothing but digits, or one file name such as t20200210_1.html.
        let joined = (1..=3).filter_map(|count| parts.get(n..n + count)).filter(|parts| parts.iter().all(|p| plain(p)));
        let joined = joined.map(|parts| digits(&parts.concat())).find(|digits| digits.len() == 8);
        let named = parts[n].trim_start_matches(|c: char| c.is_ascii_alphabetic());
        let run = named.find(|c: char| !c.is_ascii_digit()).unwrap_or(named.len());
        joined.or_else(|| (run == 8).then(|| named[..8].to_owned())).and_then(|digits| compact(&digits))
    })
}

/// Reads a block of JSON-LD: what it says of the article and who published it. What is no JSON says nothing.
fn linked_data(text: &str, meta: &mut Meta) {
    let Ok(value) = serde_json::from_str::<Value>(text.trim().trim_end_matches(';')) else { return };
    let mut rest = vec![&value];
    while let Some(value) = rest.pop() {
        match value {
            Value::Array(values) => rest.extend(values.iter().rev()),
            Value::Object(fields) => {
                rest.extend(fields.get("@graph"));
                let text = |key: &str| fields.get(key).and_then(Value::as_str).map(one_line).filter(|t| !t.is_empty());
                let published = text("datePublished").or_else(|| text("pubDate")).and_then(|date| day(&date));
                if published.is_none() && fields.get("headline").is_none() {
                    continue;
                }
                meta.published = meta.published.take().or(published);
                meta.titles.extend(text("headline").or_else(|| text("title")));
                let name = |key: &str| {
                    fields.get(key).and_then(name_of).filter(|name| !crate::read::header::values::is_nobody(name))
                };
                meta.authors.extend(name("author"));
                meta.site = meta.site.take().or_else(|| name("publisher"));
                let page =
                    fields.get("mainEntityOfPage").and_then(|p| p.get("@id").or(Some(p))).and_then(Value::as_str);
                let url = text("url").as_deref().and_then(address).or_else(|| page.and_then(address));
                meta.url = meta.url.take().or(url).or_else(|| text("@id").as_deref().and_then(address));
            }
            _ => {}
        }
    }
}

/// The name of a person or organisation, or of the several in a list.
fn name_of(value: &Value) -> Option<String> {
    match value {
        Value::String(name) => Some(one_line(name)),
        Value::Object(fields) => fields.get("name").and_then(Value::as_str).map(one_line),
        Value::Array(values) => {
            let names: Vec<String> = values
                .iter()
                .filter_map(Value::as_object)
                .filter_map(|o| o.get("name")?.as_str())
                .map(one_line)
                .collect();
            Some(names.join("、"))
        }
        _ => None,
    }
}

/// Reads what the scripts of public accounts know: the account, the time, the address.
fn script(text: &str, meta: &mut Meta) {
    if !["ct", "publish_time", "nickname", "msg_link", "createTime"].iter().any(|name| text.contains(name)) {
        return;
    }
    let date =
        ["publish_time", "createTime", "ct", "oriCreateTime"].iter().find_map(|name| day(&assigned(text, name)?));
    meta.perhaps_published = meta.perhaps_published.take().or(date);
    meta.site = meta.site.take().or_else(|| assigned(text, "nickname"));
    meta.url = meta
        .url
        .take()
        .or_else(|| address(&assigned(text, "msg_link")?.replace("\\x26amp;", "&").replace("&amp;", "&")));
}

/// The string that a script gives the variable `name`: `var ct = "1581340800"`, `nickname = htmlDecode("…")`.
fn assigned(text: &str, name: &str) -> Option<String> {
    text.match_indices(name).take(20).find_map(|(at, _)| {
        let word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$' || c == '.';
        if text[..at].ends_with(word) {
            return None;
        }
        let rest = text[at + name.len()..].trim_start().strip_prefix('=')?.trim_start();
        let rest = rest.strip_prefix("htmlDecode(").unwrap_or(rest);
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let value = rest[1..].split(quote).next()?;
        (!value.is_empty() && !value.contains('\n')).then(|| value.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_machines_and_addresses_are_read() {
        assert_eq!(day("2020-02-10T21:30:00+08:00").as_deref(), Some("2020-02-10"));
        assert_eq!(day("20200210213000").as_deref(), Some("2020-02-10"));
        // Half past midnight in China.
        assert_eq!(day("1581265800").as_deref(), Some("2020-02-10"));
        assert_eq!(day("12345678"), None);
        for url in [
            "/2020-02/10/c_1.htm",
            "/20200210/a.html",
            "/202002/t20200210_12.html",
            "/2020/02/10/1.html",
            "/2020/0210/x",
        ] {
            assert_eq!(date_in_address(&format!("https://example.org/a{url}")).as_deref(), Some("2020-02-10"), "{url}");
        }
        assert_eq!(date_in_address("https://example.org/12345678/"), None);
    }

    #[test]
    fn whatever_saved_a_page_left_its_address() {
        for comment in [
            "<!-- saved from url=(0038)https://news.example.org/2020/a.html -->",
            "<!--\n Page saved with SingleFile \n url: https://news.example.org/2020/a.html \n saved date: Mon Feb 10 2020\n-->",
        ] {
            let tree = Tree::parse(&format!("{comment}<html><body>a")).unwrap();
            assert_eq!(meta(&tree).url.as_deref(), Some("https://news.example.org/2020/a.html"), "{comment}");
        }
    }

    #[test]
    fn linked_data_and_scripts_speak_too() {
        let html = r#"<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","headline":"甲","datePublished":
            "2020-02-10","author":[{"name":"张三"},{"name":"李四"}],"publisher":{"name":"虹江网"}}]}</script>
            <script>var nickname = htmlDecode("虹江发布"); var ct = "1581340800";</script>"#;
        let meta = meta(&Tree::parse(html).unwrap());
        assert_eq!(meta.titles, ["甲"]);
        assert_eq!(meta.published.as_deref(), Some("2020-02-10"));
        assert_eq!((meta.authors, meta.site.as_deref()), (vec!["张三、李四".to_owned()], Some("虹江网")));
        assert_eq!(meta.perhaps_published.as_deref(), Some("2020-02-10"));
    }
}
