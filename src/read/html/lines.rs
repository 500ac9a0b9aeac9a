//! The lines that a reader of the page sees: a block of text a line, a row of a table a line.

use std::collections::BTreeSet;

use super::node::{Kind, Node};
use super::tables::data_tables;
use super::tree::Tree;
use crate::text::characters::{is_han, is_wide};

/// A line of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub text: String,
    /// The node of its first text.
    pub node: usize,
    /// The nearest block that it stands in.
    pub block: usize,
    /// How many of its characters, without spaces, are links.
    pub linked: usize,
    /// How many characters it has, without spaces.
    pub length: usize,
    /// Where links in it end, in bytes: nothing else parts 新闻网 from the button behind it.
    pub seams: Vec<usize>,
    /// Where elements in it that stand for no more than a look begin and end, in bytes.
    pub soft: Vec<usize>,
}

impl Line {
    /// Whether it is a link and nothing else to speak of: dates and marks may stand beside it.
    pub fn is_link(&self) -> bool {
        self.linked * 10 >= self.length * 6
    }

    /// Its text with a space behind every link, and where elements part words that no mark does (时间, 2020-02-10).
    pub fn parted(&self) -> String {
        let mut parted = String::with_capacity(self.text.len() + self.seams.len());
        let mut from = 0;
        let soft = self.soft.iter().filter(|seam| parts_words(&self.text, **seam));
        let seams: BTreeSet<usize> = self.seams.iter().chain(soft).copied().collect();
        for seam in &seams {
            let Some(piece) = self.text.get(from..*seam) else { break };
            parted.push_str(piece);
            parted.push(' ');
            from = *seam;
        }
        parted.push_str(self.text.get(from..).unwrap_or(""));
        parted
    }
}

/// Whether the characters around a place in a text are of two words: no parts of a date, no marks.
fn parts_words(text: &str, at: usize) -> bool {
    let Some((before, after)) = text.split_at_checked(at) else { return false };
    let date = |c: char| matches!(c, '年' | '月' | '日' | '时' | '分' | '秒' | '号' | '版' | '次');
    match (before.chars().next_back(), after.chars().next()) {
        (Some(a), Some(b)) if is_han(a) && is_han(b) => !date(a) && !date(b),
        (Some(a), Some(b)) if a.is_ascii_digit() && b.is_ascii_digit() => true,
        (Some(a), Some(b)) if is_han(a) && b.is_ascii_digit() => !date(a),
        (Some(a), Some(b)) if a.is_ascii_digit() && is_han(b) => !date(b),
        _ => false,
    }
}

/// What stands for a picture of a name has at most this many characters.
const LONGEST_ALT: usize = 20;

/// Elements that are never shown or are controls, not text.
const UNSEEN: [&str; 26] = [
    "applet", "area", "audio", "base", "button", "canvas", "datalist", "embed", "head", "iframe", "input", "link",
    "map", "meta", "noscript", "object", "progress", "rp", "rt", "script", "select", "style", "svg", "template",
    "textarea", "video",
];

/// Elements that begin a line and end it.
const BLOCKS: [&str; 52] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "optgroup",
    "option",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
    "listing",
    "xmp",
];

/// Whether an element begins a line.
pub(super) fn is_block(node: &Node) -> bool {
    let style = node.attribute("style").map(squeezed).unwrap_or_default();
    (BLOCKS.contains(&node.name()) && !style.contains("display:inline")) || style.contains("display:block")
}

/// Whether an element and all in it is out of sight. `visibility: hidden` is not asked for: pages of public accounts
/// are saved with it on the article, for a script to lift.
fn is_unseen(node: &Node, hidden_too: bool) -> bool {
    if UNSEEN.contains(&node.name()) {
        return true;
    }
    let hidden = || {
        node.attribute("hidden").is_some()
            || node.attribute("aria-hidden").is_some_and(|value| value.eq_ignore_ascii_case("true"))
            || node.attribute("style").is_some_and(|style| squeezed(style).contains("display:none"))
    };
    !hidden_too && hidden()
}

fn squeezed(style: &str) -> String {
    style.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_lowercase()).collect()
}

/// The lines of the page in order, none of them blank. `hidden_too` shows what the page hides.
pub(super) fn lines(tree: &Tree, hidden_too: bool) -> Vec<Line> {
    let data = data_tables(tree);
    let mut page = Page { lines: Vec::new(), line: None, space: None, links: 0, block: 0 };
    // The elements that the walk is inside of, with what each of them changed.
    let mut open: Vec<Inside> = Vec::new();
    let (mut row, mut preformatted) = (0_usize, 0_usize);
    let mut at = 1;
    loop {
        while let Some(last) = open.last().filter(|inside| inside.end <= at).copied() {
            open.pop();
            if last.block {
                page.boundary(row > 0, false);
                page.block = last.outer;
            }
            page.links -= usize::from(last.link);
            if let Some(line) = page.line.as_mut().filter(|_| last.link) {
                line.seams.push(line.text.len());
            }
            page.soft_seam();
            preformatted -= usize::from(last.preformatted);
            if last.row {
                row -= 1;
                page.end();
            }
        }
        let Some(node) = tree.nodes.get(at) else { break };
        match &node.kind {
            Kind::Comment(_) => {}
            Kind::Text(text) => page.write(text, at, preformatted > 0),
            Kind::Element { .. } if is_unseen(node, hidden_too) => {
                at = node.end;
                continue;
            }
            Kind::Element { name, .. } => {
                let (block, name) = (is_block(node), &**name);
                let starts_row = name == "tr" && data.contains(&node.parent_table(tree));
                let inside = Inside {
                    end: node.end,
                    outer: page.block,
                    block,
                    link: name == "a" && node.attribute("href").is_some(),
                    row: starts_row,
                    preformatted: matches!(name, "pre" | "listing" | "xmp"),
                };
                if block {
                    page.boundary(row > 0, matches!(name, "td" | "th"));
                    page.block = at;
                } else if name == "br" {
                    page.boundary(row > 0, false);
                } else if name == "img" && page.awaits_name() {
                    // The publisher's name as a picture.
                    let alt = node.attribute("alt").map(str::trim).unwrap_or_default();
                    if (2..=LONGEST_ALT).contains(&alt.chars().count()) {
                        page.write(alt, at, false);
                    }
                }
                page.soft_seam();
                row += usize::from(inside.row);
                page.links += usize::from(inside.link);
                preformatted += usize::from(inside.preformatted);
                open.push(inside);
            }
        }
        at += 1;
    }
    page.end();
    page.lines
}

/// An element that the walk is inside of.
#[derive(Clone, Copy)]
struct Inside {
    end: usize,
    /// The block around it.
    outer: usize,
    block: bool,
    link: bool,
    row: bool,
    preformatted: bool,
}

/// What parts the text to come from the text so far.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Space {
    /// A line's end in the markup, which is no space between Chinese characters.
    Break,
    Blank,
    Tab,
}

/// The lines so far, and the one that is being written.
struct Page {
    lines: Vec<Line>,
    line: Option<Line>,
    space: Option<Space>,
    links: usize,
    block: usize,
}

impl Page {
    /// The end of a block: of a line, or within a row of a table of a word or a cell.
    fn boundary(&mut self, in_row: bool, cell: bool) {
        if in_row {
            self.space = self.space.max(Some(if cell { Space::Tab } else { Space::Blank }));
        } else {
            self.end();
        }
    }

    /// Whether the line ends with a label that the publisher's name should follow.
    fn awaits_name(&self) -> bool {
        let text = self.line.as_ref().map_or("", |line| line.text.trim_end_matches([':', '：', ' ']));
        ["来源", "來源"].iter().any(|label| text.ends_with(label))
    }

    /// Notes where an element begins or ends in the line.
    fn soft_seam(&mut self) {
        if let Some(line) = self.line.as_mut().filter(|line| line.soft.last() != Some(&line.text.len())) {
            line.soft.push(line.text.len());
        }
    }

    fn end(&mut self) {
        self.space = None;
        if let Some(mut line) = self.line.take() {
            let trimmed = line.text.trim().len();
            if trimmed < line.text.len() {
                let before = line.text.len() - line.text.trim_start().len();
                line.text = line.text.trim().to_owned();
                line.soft.iter_mut().for_each(|seam| *seam = seam.saturating_sub(before));
                line.seams.iter_mut().for_each(|seam| *seam = seam.saturating_sub(before));
            }
            if line.length > 0 {
                self.lines.push(line);
            }
        }
    }

    fn write(&mut self, text: &str, node: usize, preformatted: bool) {
        for c in text.chars() {
            match c {
                '\n' if preformatted => self.end(),
                '\n' | '\r' => self.space = self.space.max(Some(Space::Break)),
                // Ideographic spaces are characters, except where they indent.
                '\u{3000}' if self.line.is_some() => self.add(c, node),
                '\0' | '\u{200B}'..='\u{200D}' | '\u{FEFF}' | '\u{AD}' | '\u{2060}' => {}
                c if c.is_whitespace() || c.is_control() => self.space = self.space.max(Some(Space::Blank)),
                c => self.add(c, node),
            }
        }
    }

    fn add(&mut self, c: char, node: usize) {
        let block = self.block;
        let new =
            || Line { text: String::new(), node, block, linked: 0, length: 0, seams: Vec::new(), soft: Vec::new() };
        let line = self.line.get_or_insert_with(new);
        if let Some(last) = line.text.chars().next_back() {
            match self.space {
                Some(Space::Tab) => line.text.push('\t'),
                Some(Space::Blank) => line.text.push(' '),
                Some(Space::Break) if !(is_wide(last) && is_wide(c)) => line.text.push(' '),
                _ => {}
            }
        }
        self.space = None;
        line.text.push(c);
        if !c.is_whitespace() {
            line.length += 1;
            line.linked += usize::from(self.links > 0);
        }
    }
}
