//! A page's markup as a tree, in the order of the text, within stated limits.
//!
//! Nodes stand in a row, each before what it holds, so that an element is a range of indices and every walk is a loop:
//! no depth of nesting can exhaust the stack.

use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{Attribute, ExpandedName, LocalName, ParseOpts, QualName, parse_document};

/// How deep elements may be nested. Pages have some 30 levels; the parser looks through all of them at every tag.
pub(super) const DEEPEST: usize = 1_000;
/// How many nodes may be made and moved. A long article has a few thousand.
const MOST_NODES: usize = 1_000_000;
/// How many attributes a tag may have; each is compared with all before it.
const MOST_ATTRIBUTES: usize = 1_000;
/// Bytes handed to the parser between two looks at the limits.
const CHUNK: usize = 4096;

/// A node, with what it holds up to the index `end`.
#[derive(Debug)]
pub(super) struct Node {
    pub kind: Kind,
    pub parent: usize,
    /// The index behind its last descendant.
    pub end: usize,
}

#[derive(Debug)]
pub(super) enum Kind {
    Element { name: LocalName, attributes: Vec<(LocalName, String)> },
    Text(String),
    Comment(String),
}

impl Node {
    /// The name of an element, in lower case; nothing for text.
    pub fn name(&self) -> &str {
        match &self.kind {
            Kind::Element { name, .. } => name,
            _ => "",
        }
    }

    /// An attribute's value.
    pub fn attribute(&self, wanted: &str) -> Option<&str> {
        let Kind::Element { attributes, .. } = &self.kind else { return None };
        attributes.iter().find(|(name, _)| &**name == wanted).map(|(_, value)| value.as_str())
    }
}

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
            let arena = parser.tokenizer.sink.sink.0.borrow();
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

/// A node while the tree is being built.
struct Draft {
    kind: Kind,
    depth: usize,
    parent: Option<usize>,
    first: Option<usize>,
    last: Option<usize>,
    previous: Option<usize>,
    next: Option<usize>,
}

struct Arena {
    drafts: Vec<Draft>,
    deepest: usize,
    /// Nodes made and moved.
    work: usize,
}

struct Sink(RefCell<Arena>);

impl Default for Sink {
    fn default() -> Self {
        let mut arena = Arena { drafts: Vec::new(), deepest: 0, work: 0 };
        arena.make(Kind::Comment(String::new()));
        Self(RefCell::new(arena))
    }
}

/// An element in the parser's hands.
struct Open {
    index: usize,
    name: QualName,
}

impl Arena {
    fn make(&mut self, kind: Kind) -> usize {
        self.work += 1;
        let (parent, first, last, previous, next) = (None, None, None, None, None);
        self.drafts.push(Draft { kind, depth: 0, parent, first, last, previous, next });
        self.drafts.len() - 1
    }

    fn detach(&mut self, node: usize) {
        let Draft { parent, previous, next, .. } = self.drafts[node];
        match (previous, parent) {
            (Some(previous), _) => self.drafts[previous].next = next,
            (None, Some(parent)) => self.drafts[parent].first = next,
            (None, None) => {}
        }
        match (next, parent) {
            (Some(next), _) => self.drafts[next].previous = previous,
            (None, Some(parent)) => self.drafts[parent].last = previous,
            (None, None) => {}
        }
        let draft = &mut self.drafts[node];
        (draft.parent, draft.previous, draft.next) = (None, None, None);
    }

    /// Puts a node into `parent`, before the child `next` or at the end.
    fn put(&mut self, parent: usize, node: usize, next: Option<usize>) {
        self.detach(node);
        self.work += 1;
        let previous = match next {
            Some(next) => self.drafts[next].previous,
            None => self.drafts[parent].last,
        };
        let depth = self.drafts[parent].depth + 1;
        self.deepest = self.deepest.max(depth);
        let draft = &mut self.drafts[node];
        (draft.depth, draft.parent, draft.previous, draft.next) = (depth, Some(parent), previous, next);
        match previous {
            Some(previous) => self.drafts[previous].next = Some(node),
            None => self.drafts[parent].first = Some(node),
        }
        match next {
            Some(next) => self.drafts[next].previous = Some(node),
            None => self.drafts[parent].last = Some(node),
        }
    }

    fn insert(&mut self, parent: usize, child: NodeOrText<Rc<Open>>, next: Option<usize>) {
        let text = match child {
            NodeOrText::AppendNode(node) => return self.put(parent, node.index, next),
            NodeOrText::AppendText(text) => text,
        };
        let before = match next {
            Some(next) => self.drafts[next].previous,
            None => self.drafts[parent].last,
        };
        if let Some(Kind::Text(written)) = before.map(|before| &mut self.drafts[before].kind) {
            written.push_str(&text);
        } else {
            let node = self.make(Kind::Text(text.to_string()));
            self.put(parent, node, next);
        }
    }
}

impl Sink {
    /// The finished tree, each node before what it holds.
    fn in_order(self) -> Vec<Node> {
        let mut drafts = self.0.into_inner().drafts;
        let mut nodes: Vec<Node> = Vec::with_capacity(drafts.len());
        let (mut at, mut parent) = (0, 0);
        loop {
            let draft = &mut drafts[at];
            let kind = std::mem::replace(&mut draft.kind, Kind::Text(String::new()));
            let index = nodes.len();
            nodes.push(Node { kind, parent, end: index + 1 });
            if let Some(first) = draft.first {
                (at, parent) = (first, index);
                continue;
            }
            // Up to the first node with something behind it, closing what ends here.
            loop {
                if at == 0 {
                    return nodes;
                }
                if let Some(next) = drafts[at].next {
                    at = next;
                    break;
                }
                at = drafts[at].parent.unwrap_or(0);
                let end = nodes.len();
                nodes[parent].end = end;
                parent = nodes[parent].parent;
            }
        }
    }
}

/// The attributes that are looked at; the others, addresses of inlined pictures among them, are let go.
const KEPT: [&str; 18] = [
    "id",
    "class",
    "style",
    "hidden",
    "aria-hidden",
    "href",
    "rel",
    "name",
    "property",
    "content",
    "datetime",
    "itemprop",
    "http-equiv",
    "type",
    "role",
    "lang",
    "align",
    "size",
];

fn kept(attributes: Vec<Attribute>) -> Vec<(LocalName, String)> {
    let kept = attributes.into_iter().filter(|a| KEPT.contains(&&*a.name.local));
    kept.map(|a| (a.name.local, a.value.to_string())).collect()
}

impl TreeSink for Sink {
    type Handle = Rc<Open>;
    type Output = Self;
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) -> Self {
        self
    }

    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn get_document(&self) -> Rc<Open> {
        Rc::new(Open { index: 0, name: nameless() })
    }

    fn elem_name<'a>(&'a self, target: &'a Rc<Open>) -> ExpandedName<'a> {
        target.name.expanded()
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _flags: ElementFlags) -> Rc<Open> {
        let kind = Kind::Element { name: name.local.clone(), attributes: kept(attributes) };
        Rc::new(Open { index: self.0.borrow_mut().make(kind), name })
    }

    fn create_comment(&self, text: StrTendril) -> Rc<Open> {
        Rc::new(Open { index: self.0.borrow_mut().make(Kind::Comment(text.to_string())), name: nameless() })
    }

    fn create_pi(&self, _target: StrTendril, _data: StrTendril) -> Rc<Open> {
        self.create_comment(StrTendril::new())
    }

    fn append(&self, parent: &Rc<Open>, child: NodeOrText<Rc<Open>>) {
        self.0.borrow_mut().insert(parent.index, child, None);
    }

    fn append_based_on_parent_node(&self, element: &Rc<Open>, previous: &Rc<Open>, child: NodeOrText<Rc<Open>>) {
        let has_parent = self.0.borrow().drafts[element.index].parent.is_some();
        if has_parent {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_doctype_to_document(&self, _name: StrTendril, _public: StrTendril, _system: StrTendril) {}

    /// What a template holds is kept as its children; it is never shown.
    fn get_template_contents(&self, target: &Rc<Open>) -> Rc<Open> {
        target.clone()
    }

    fn same_node(&self, x: &Rc<Open>, y: &Rc<Open>) -> bool {
        x.index == y.index
    }

    fn set_quirks_mode(&self, _mode: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Rc<Open>, child: NodeOrText<Rc<Open>>) {
        let mut arena = self.0.borrow_mut();
        if let Some(parent) = arena.drafts[sibling.index].parent {
            arena.insert(parent, child, Some(sibling.index));
        }
    }

    fn add_attrs_if_missing(&self, target: &Rc<Open>, more: Vec<Attribute>) {
        let mut arena = self.0.borrow_mut();
        if let Kind::Element { attributes, .. } = &mut arena.drafts[target.index].kind {
            for (name, value) in kept(more) {
                if attributes.iter().all(|(there, _)| *there != name) {
                    attributes.push((name, value));
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &Rc<Open>) {
        self.0.borrow_mut().detach(target.index);
    }

    fn reparent_children(&self, node: &Rc<Open>, new_parent: &Rc<Open>) {
        let mut arena = self.0.borrow_mut();
        while let Some(child) = arena.drafts[node.index].first {
            arena.put(new_parent.index, child, None);
        }
    }
}

/// The name of what is no element.
fn nameless() -> QualName {
    QualName::new(None, "".into(), "".into())
}
