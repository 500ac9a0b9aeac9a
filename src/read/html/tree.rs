//! A page's markup as a tree, in the order of the text, within stated limits.
//!
//! Nodes stand in a row, each before what it holds, so that an element is a range of indices and every walk is a loop:
//! no depth of nesting can exhaust the stack.

use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{ParseOpts, parse_document};

use super::node::{Kind, Node};
use super::sink::Sink;

/// How deep elements may be nested. Pages have some 30 levels; the parser looks through all of them at every tag.
pub(super) const DEEPEST: usize = 1_000;
/// How many nodes may be made and moved. A long article has a few thousand.
const MOST_NODES: usize = 1_000_000;
/// How many attributes a tag may have; each is compared with all before it.
const MOST_ATTRIBUTES: usize = 1_000;
/// Bytes handed to the parser between two looks at the limits.
const CHUNK: usize = 4096;

/// A page. Its first node stands for the document as a whole.
#[derive(Debug)]
pub(super) struct Tree {
    pub nodes: Vec<Node>,
}

impl Tree {
    /// Parses a page as a browser does.
    pub fn parse(html: &str) -> Result<Self, String> {
        if most_attributes(html) > MOST_ATTRIBUTES {
            return Err(format!("a tag of the page has more than {MOST_ATTRIBUTES} attributes; {SAVE_ANEW}"));
        }
        let mut parser = parse_document(Sink::default(), ParseOpts::default());
        let mut rest = html;
        while !rest.is_empty() {
            let cut = (0..=CHUNK.min(rest.len())).rev().find(|at| rest.is_char_boundary(*at)).unwrap_or(rest.len());
            let (chunk, after) = rest.split_at(cut);
            parser.process(StrTendril::from(chunk));
            rest = after;
            let arena = parser.tokenizer.sink.sink.arena.borrow();
            if arena.deepest > DEEPEST {
                return Err(format!("the page's elements are nested more than {DEEPEST} deep; {SAVE_ANEW}"));
            }
            if arena.work > MOST_NODES {
                return Err(format!("the page has more than {MOST_NODES} elements and texts; {SAVE_ANEW}"));
            }
        }
        Ok(Self { nodes: parser.finish().in_order() })
    }

    /// The nodes that `node` is inside of, from the nearest outwards, without the document.
    pub fn ancestors(&self, node: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.nodes.get(node).map(|n| n.parent), |at| Some(self.nodes[*at].parent))
            .take_while(|at| *at != 0)
    }

    /// The children of a node.
    pub fn children(&self, node: usize) -> impl Iterator<Item = usize> + '_ {
        let end = self.nodes[node].end;
        let at = move |index: usize| (index < end).then_some(index);
        std::iter::successors(at(node + 1), move |child| at(self.nodes[*child].end))
    }

    /// The text below a node, as it stands in the markup.
    pub fn text(&self, node: usize) -> String {
        let texts = self.nodes[node..self.nodes[node].end].iter().filter_map(|n| match &n.kind {
            Kind::Text(text) => Some(text.as_str()),
            _ => None,
        });
        texts.collect()
    }
}

/// What helps with a page that is no page of an article.
const SAVE_ANEW: &str = "save it anew from a browser, or save its text as a .txt file";

/// The most attributes of a tag, counted before parsing. Scripts and comments are stepped over roughly: a wrong count
/// takes a script with hundreds of words after a `<` that no `>` follows.
fn most_attributes(html: &str) -> usize {
    let mut most = 0;
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if rest.starts_with("!--") {
            rest = rest.find("-->").map_or("", |end| &rest[end + 3..]);
        } else if rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let script = ["script", "style"]
                .into_iter()
                .find(|name| rest.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name)));
            let (attributes, after) = attributes(rest);
            most = most.max(attributes);
            rest = after;
            if script.is_some() {
                rest = rest.find("</").map_or("", |end| &rest[end..]);
            }
        }
    }
    most
}

/// How many attributes the tag has that `text` is inside of, and what follows the tag.
fn attributes(text: &str) -> (usize, &str) {
    let (mut count, mut quote, mut before) = (0, None, 'a');
    for (at, c) in text.char_indices() {
        match quote {
            Some(mark) if c == mark => quote = None,
            Some(_) => {}
            None if c == '>' => return (count, &text[at + 1..]),
            None if matches!(c, '"' | '\'') && before == '=' => quote = Some(c),
            None if before.is_ascii_whitespace() || matches!(before, '/' | '"' | '\'') => {
                count += usize::from(!c.is_ascii_whitespace() && !matches!(c, '/' | '='));
            }
            None => {}
        }
        if !(before == '=' && c.is_ascii_whitespace()) {
            before = c;
        }
    }
    (count, "")
}
