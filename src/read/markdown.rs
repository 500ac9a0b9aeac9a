//! Markdown as a document: what a reader of the rendered page sees, a block a line. The first heading is the title;
//! front matter between `---` lines may give title, date, source and author.

use pulldown_cmark::{Event, MetadataBlockKind, Options, Parser, Tag, TagEnd};

use super::fields::Fields;
use super::{Extracted, plain};
use crate::document::Document;

/// The document that a Markdown text holds.
pub(super) fn document(id: String, text: &str, fields: &Fields) -> Extracted {
    let rendered = render(text);
    let Document { title, published, source, author, text, .. } = plain::document(id.clone(), rendered.lines);
    let given = front_matter(&rendered.front, fields);
    let document = Document {
        id,
        title: given.title.or(rendered.heading).or(title),
        published: given.published.or(published),
        source: given.source.or(source),
        author: given.author.or(author),
        url: given.url,
        text,
    };
    Extracted { document, left_out: rendered.left_out }
}

#[derive(Default)]
struct Rendered {
    lines: String,
    heading: Option<String>,
    front: String,
    left_out: Vec<String>,
}

fn render(text: &str) -> Rendered {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut out = Rendered::default();
    let mut line = String::new();
    let (mut in_front, mut in_heading) = (false, false);
    for event in Parser::new_ext(text, options) {
        match event {
            Event::Start(Tag::MetadataBlock(MetadataBlockKind::YamlStyle)) => in_front = true,
            Event::End(TagEnd::MetadataBlock(_)) => in_front = false,
            Event::Text(words) if in_front => out.front.push_str(&words),
            Event::Start(Tag::Heading { .. }) => in_heading = true,
            Event::End(TagEnd::Heading(_)) => {
                if in_heading && out.heading.is_none() {
                    out.heading = Some(line.trim().to_owned()).filter(|l| !l.is_empty());
                }
                in_heading = false;
                end_line(&mut line, &mut out.lines);
            }
            Event::Text(words) | Event::Code(words) => line.push_str(&words),
            // Chinese is not wrapped by hand as English is: whoever ends a line there ends a paragraph.
            Event::SoftBreak | Event::HardBreak => end_line(&mut line, &mut out.lines),
            Event::End(TagEnd::TableCell) => line.push('\t'),
            Event::Html(html) => out.left_out.extend(html.lines().map(str::to_owned).filter(|l| !l.trim().is_empty())),
            Event::End(
                TagEnd::Paragraph
                | TagEnd::Item
                | TagEnd::CodeBlock
                | TagEnd::TableHead
                | TagEnd::TableRow
                | TagEnd::BlockQuote(_)
                | TagEnd::FootnoteDefinition,
            ) => end_line(&mut line, &mut out.lines),
            _ => {}
        }
    }
    end_line(&mut line, &mut out.lines);
    out
}

fn end_line(line: &mut String, lines: &mut String) {
    let words = line.trim();
    if !words.is_empty() {
        lines.push_str(words);
        lines.push('\n');
    }
    line.clear();
}

/// What the `key: value` lines of the front matter give.
fn front_matter(front: &str, fields: &Fields) -> Document {
    let pairs: Vec<(&str, &str)> = front.lines().filter_map(|line| line.split_once(':')).collect();
    // Front matter holds no text; the columns want one.
    let names: Vec<&str> = pairs.iter().map(|(key, _)| *key).chain(["text"]).collect();
    let value = |at: usize| pairs.get(at).map(|(_, value)| value.trim().trim_matches(['"', '\'']));
    let columns = fields.columns(&names).or_else(|_| Fields::default().columns(&names));
    columns.and_then(|columns| columns.document("", 0, value)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_is_what_a_reader_sees() {
        let text = "---\ntitle: \"捐赠消息\"\ndate: 2020-02-10 08:00\n来源: 某某日报\n---\n\n# 捐赠**消息**\n\n2月10日，[某公司](https://example.org)向\
                    *某医院*捐赠口罩。\n第二段。\n\n- 甲\n- 乙\n\n| 物资 | 数量 |\n|---|---|\n| 口罩 | 100只 |\n\n<div>广告</div>\n\n![图](a.png)\n";
        let Extracted { document, left_out } = document("a.md".into(), text, &Fields::default());
        assert_eq!(
            document.text,
            "捐赠消息\n2月10日，某公司向某医院捐赠口罩。\n第二段。\n甲\n乙\n物资\t数量\n口罩\t100只\n图\n"
        );
        assert_eq!(document.title.as_deref(), Some("捐赠消息"));
        assert_eq!(document.published.as_deref(), Some("2020-02-10"));
        assert_eq!(document.source.as_deref(), Some("某某日报"));
        assert_eq!(left_out, ["<div>广告</div>"]);
    }

    #[test]
    fn without_front_matter_the_top_of_the_text_tells() {
        let Extracted { document, .. } =
            document("a.md".into(), "# 捐赠消息\n\n发布时间：2020-02-10\n\n正文。\n", &Fields::default());
        assert_eq!((document.title.as_deref(), document.published.as_deref()), (Some("捐赠消息"), Some("2020-02-10")));
    }
}
