//! A page saved from the web as a document: its article alone, with what the page says about it.

mod beside;
mod content;
mod data;
mod furniture;
mod lines;
mod lists;
mod meta;
mod node;
mod sink;
mod tables;
mod title;
mod tree;
mod year;

use beside::{beside, by_name};
use content::{Content, Role, content};

use lines::{Line, lines};
use meta::{Meta, date_in_address, meta};
use node::Kind;
use title::{Headline, headline};
use tree::Tree;

use super::Extracted;
use super::header::Header;
use super::header::values::is_nobody;
use super::header::words::is_medium;
use crate::document::Document;

/// Pages larger than this, in bytes, are refused. Pictures that a browser saved inside a page count.
const LARGEST: usize = 32 << 20;
/// The document that a page holds. An error says what is wrong and what to do, without the file's name.
pub(super) fn document(id: String, html: &str) -> Result<Extracted, String> {
    if html.len() > LARGEST {
        let size = LARGEST >> 20;
        return Err(format!(
            "the page is larger than {size} MiB; save it without pictures, or its text as a .txt file"
        ));
    }
    let tree = Tree::parse(html)?;
    let mut meta = meta(&tree);
    let told = data::told(&tree, meta.tab.as_deref().unwrap_or(""));
    if let Some(told) = &told {
        meta.perhaps_published = meta.perhaps_published.or(told.published.clone());
        meta.source = meta.source.or(told.source.clone().filter(|source| !is_nobody(source)));
        meta.authors.extend(told.author.clone());
    }
    let read = article(id.clone(), &tree, &meta);
    let seen = read.as_ref().map_or(0, |read| data::written(&read.document.text));
    let Some(page) = data::shown(html, told.as_ref(), seen) else { return read };
    let shown = Tree::parse(&page)?;
    article(id, &shown, &meta).or(read)
}

/// The article of a page about which `meta` is known.
fn article(id: String, tree: &Tree, meta: &Meta) -> Result<Extracted, String> {
    let mut seen = lines(tree, false);
    let mut found = content(tree, &seen);
    if found.is_none() {
        seen = lines(tree, true);
        found = content(tree, &seen);
    }
    let Some(mut found) = found else { return Err(no_text(tree)) };
    let first = found.kept.iter().position(|kept| *kept).unwrap_or(0);
    let headline = headline(tree, &seen, &found, meta);
    let place =
        headline.as_ref().map_or(first..first, |h| if h.lines.is_empty() { first..first } else { h.lines.clone() });
    keep_lead(tree, &seen, &mut found, &place, first);
    let mut header = beside(&seen, &found, &place, found.root..tree.nodes[found.root].end);
    by_name(tree, &seen, &place, first, &mut header);
    let title = headline.map(|headline: Headline| headline.title);
    Ok(extracted(id, title, &place, &seen, &found, &header, meta.clone()))
}

fn no_text(tree: &Tree) -> String {
    if tree.nodes.iter().any(|node| matches!(node.name(), "frameset" | "iframe")) {
        "the page has no text of its own, only frames; open the frame with the article by itself and save that".into()
    } else if tree.nodes.iter().any(|node| node.name() == "script" && matches!(node.kind, Kind::Element { .. })) {
        "the page has no text, only scripts that would fetch it; save it from a browser once it is shown (Save as: complete page)".into()
    } else {
        "the page has no running text; save a page that holds an article, or its text as a .txt file".into()
    }
}

/// Keeps running text between the headline and the article: a summary, the first lines of a divided article.
fn keep_lead(tree: &Tree, lines: &[Line], found: &mut Content, place: &std::ops::Range<usize>, first: usize) {
    // What stands before a headline is no part of its article.
    found.kept[..place.end].fill(false);
    if place.is_empty() {
        return;
    }
    let end = tree.nodes[found.root].end;
    for (n, line) in lines.iter().enumerate().take(first).skip(place.end) {
        if line.node >= end {
            break;
        }
        let name = tree.nodes[line.block].name();
        let heading = matches!(name, "h1" | "h2" | "h3" | "h4" | "h5");
        found.kept[n] |= found.roles[n] == Role::Text && (heading || line.text.contains('。'));
    }
}

fn extracted(
    id: String,
    title: Option<String>,
    place: &std::ops::Range<usize>,
    lines: &[Line],
    found: &Content,
    header: &Header,
    meta: Meta,
) -> Extracted {
    let mut text = title.iter().map(String::as_str).collect::<Vec<_>>();
    let mut left_out = Vec::new();
    for (n, line) in lines.iter().enumerate() {
        if found.kept[n] {
            text.push(&line.text);
        } else if !place.contains(&n) {
            left_out.push(line.text.clone());
        }
    }
    let text = text.join("\n") + "\n";
    let host = meta.url.as_deref().and_then(|url| url.split_once("://")?.1.split(['/', ':']).next()).map(str::to_owned);
    let site =
        || meta.site.clone().or_else(|| title::site_of_tab(meta.tab.as_deref()?, title.as_deref()).map(str::to_owned));
    let address = || meta.url.as_deref().and_then(date_in_address);
    let yearless = header.yearless.and_then(|day| {
        let address = address();
        let dates = [&address, &meta.perhaps_published, &header.updated, &header.dated].map(Option::as_deref);
        year::completed(day, &dates, &left_out)
    });
    let published = meta.published.clone().or_else(|| header.published.clone().map(|(_, date)| date)).or(yearless);
    let published = published.or(header.dated.clone()).or(meta.perhaps_published.clone()).or(header.updated.clone());
    let published = published.or_else(address);
    let source = header.source.clone().map(|(_, name)| name).or(meta.source).or_else(|| header.named.clone());
    let source = source.or_else(site).or(host);
    let names = [source.as_deref(), meta.site.as_deref(), meta.tab.as_deref()];
    let person =
        |author: &String| is_writer(author) && !names.iter().flatten().any(|name| name.contains(author.as_str()));
    let author = header.author.clone().or(meta.authors.into_iter().find(person));
    let document = Document { id, title, published, source, url: meta.url, author, text };
    Extracted { document, left_out }
}

/// Whether what a page calls its author may be one: neither a medium nor the name that someone logs in with.
fn is_writer(name: &str) -> bool {
    !is_nobody(name) && !is_medium(name) && !name.chars().all(|c| c.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SENTENCE: &str = "<p>2月9日，康达医疗向县医院捐赠口罩2000只。</p>";

    fn read(html: &str) -> Extracted {
        document("a.html".into(), html).unwrap()
    }

    #[test]
    fn what_is_in_sight_is_in_the_text_or_left_out_in_order() {
        let html = format!(
            "<title>口罩到位_湖滨网</title><div>当前位置：<a href=/>首页</a> &gt; 正文</div><h1>口罩到位</h1>\
             <p>来源：湖滨网</p>{SENTENCE}<p hidden>看不见。</p><p>（责编：王一）</p><ul><li><a href=1>上一篇</a></ul>"
        );
        let Extracted { document, left_out } = read(&html);
        assert_eq!(document.text, "口罩到位\n2月9日，康达医疗向县医院捐赠口罩2000只。\n");
        assert_eq!(left_out, ["当前位置：首页 > 正文", "来源：湖滨网", "（责编：王一）", "上一篇"]);
    }

    #[test]
    fn lines_are_those_of_a_browser() {
        let html = "<h1>到位</h1><div>\u{3000}\u{3000}口罩&nbsp;已<b>经</b>到\n位，<span>数量</span>充足。<br>护士 Li\nMing 致谢。\
                    <ol><li>第一批，10人。<li>第二批，20人。</ol><ruby>郢<rt>yǐng</rt></ruby>阳，到了。</div>";
        let text = read(html).document.text;
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(
            lines,
            [
                "到位",
                "口罩 已经到位，数量充足。",
                "护士 Li Ming 致谢。",
                "第一批，10人。",
                "第二批，20人。",
                "郢阳，到了。"
            ]
        );
    }

    #[test]
    fn names_end_where_links_do_and_may_be_pictures() {
        for (line, source) in [
            ("来源：<a href=1>湖滨晚报</a><span>参与讨论</span>", "湖滨晚报"),
            ("来源：<img src=logo.gif alt=湖滨电视台>", "湖滨电视台"),
            ("<b class=source><a href=1>湖滨日报</a> 2020-02-10</b>", "湖滨日报"),
            ("<a href=1>·滬濱日報</a>", "滬濱日報"),
        ] {
            let html = format!("<title>口罩到位_湖滨网</title><h1>口罩到位</h1><p>2020-02-10 {line}</p>{SENTENCE}");
            assert_eq!(read(&html).document.source.as_deref(), Some(source), "{line}");
        }
    }

    #[test]
    fn dates_and_names_are_read_whatever_elements_they_stand_in() {
        for line in [
            "<div>18</div><div>2021/06</div><div>来源：湖滨晚报</div>",
            "<p><span>2021</span><span>06/18</span><span>08:30</span></p><p><a href=1>湖滨晚报</a></p>",
            "<p><span>时间</span><span>2021.06.18</span><span>来源</span><span>湖滨晚报 记者 王一</span></p>",
            "<p>湖滨晚报　06-18 08:30</p><p>今天是2021年6月20日</p>",
        ] {
            let after = "<div>别的消息</div><div>湖滨新闻 2021-06-20</div>";
            let html =
                format!("<title>口罩到位_湖滨网</title><h1>口罩到位</h1>{line}<div>{SENTENCE}{SENTENCE}</div>{after}");
            let document = read(&html).document;
            let said = (document.published.as_deref(), document.source.as_deref());
            assert_eq!(said, (Some("2021-06-18"), Some("湖滨晚报")), "{line}");
        }
    }

    #[test]
    fn a_headline_in_two_lines_is_one() {
        let html = format!(
            "<title>两千只口罩到位 三个病区收到-湖滨在线</title><div>两千只口罩到位</div><div>三个病区收到</div>\
             <div>2020-02-10 来源：湖滨网</div>{SENTENCE}"
        );
        assert_eq!(read(&html).document.title.as_deref(), Some("两千只口罩到位 三个病区收到"));
    }

    #[test]
    fn whoever_logs_in_is_no_writer() {
        let page = |meta: &str, line: &str| {
            let html =
                format!("<title>口罩到位_湖滨网</title>{meta}<h1>口罩到位</h1><p>2020-02-10</p>{line}{SENTENCE}");
            read(&html).document.author
        };
        assert_eq!(page("<meta name=author content=湖滨网>", ""), None);
        assert_eq!(page("<meta name=author content=yaxin>", ""), None);
        let second = "<meta name=author content=湖滨网><meta property=article:author content=王一>";
        assert_eq!(page(second, "").as_deref(), Some("王一"));
        assert_eq!(page("", "<p>湖滨晚报记者 王一</p>").as_deref(), Some("王一"));
    }

    #[test]
    fn a_site_that_calls_all_its_pages_by_its_name_has_headlines_too() {
        let html = format!(
            "<title>湖滨县人民法院</title><h1>湖滨县人民法院</h1><p>首页</p><div class=tit>口罩到位</div><p>时间：2020-02-10</p>{SENTENCE}"
        );
        assert_eq!(read(&html).document.title.as_deref(), Some("口罩到位"));
        let large = format!("<title>数字报刊平台</title><b style='font-size:23px'>口罩到位</b><p>两千只</p>{SENTENCE}");
        assert_eq!(read(&large).document.title.as_deref(), Some("口罩到位"));
    }

    #[test]
    fn a_page_that_would_take_too_long_is_refused() {
        for (html, why) in [
            ("<div>".repeat(100_000), "deep"),
            ("<a><div>".repeat(50_000), "deep"),
            ((0..50_000).map(|n| format!("<b id={n}>")).collect(), "deep"),
            (format!("<p {}>", "a=1 ".repeat(1_000_000)), "attributes"),
            ("<p>x<br>".repeat(600_000), "elements"),
            (" ".repeat(LARGEST + 1), "MiB"),
        ] {
            let said = document("a.html".into(), &(html + SENTENCE)).unwrap_err();
            assert!(said.contains(why) && said.contains("; "), "{said}");
        }
    }

    #[test]
    fn a_page_without_text_is_refused_with_advice() {
        for (html, why) in [
            ("", "no running text"),
            ("\0\0", "no running text"),
            ("<div id=app></div><script>load()</script>", "scripts"),
            ("<frameset><frame src=a></frameset>", "frames"),
            ("<a href=1>康达医疗捐赠口罩</a>", "no running text"),
        ] {
            let said = document("a.html".into(), html).unwrap_err();
            assert!(said.contains(why) && !said.contains('\n'), "{said}");
        }
    }

    #[test]
    fn broken_markup_is_read_as_browsers_do() {
        let html = format!(
            "<TITLE>简讯</TITLE><H2>县医院收到捐赠</H2><P>院长\0陶然致谢。{SENTENCE}<table><b><i></b>{}",
            "</x".repeat(99)
        );
        assert!(read(&html).document.text.starts_with("县医院收到捐赠\n院长陶然致谢。\n2月9日"));
    }
}
