//! The parser's side of a page's tree: nodes that are made, moved and joined while tags are read.

use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{Attribute, ExpandedName, LocalName, QualName};

use super::node::{Kind, Node};

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

pub(super) struct Arena {
    drafts: Vec<Draft>,
    pub deepest: usize,
    /// Nodes made and moved.
    pub work: usize,
}

/// What the parser builds the tree in.
pub(super) struct Sink {
    pub arena: RefCell<Arena>,
}

impl Default for Sink {
    fn default() -> Self {
        let mut arena = Arena { drafts: Vec::new(), deepest: 0, work: 0 };
        arena.make(Kind::Comment(String::new()));
        Self { arena: RefCell::new(arena) }
    }
}

/// An element in the parser's hands.
pub(super) struct Open {
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
    pub fn in_order(self) -> Vec<Node> {
        let mut drafts = self.arena.into_inner().drafts;
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
const KEPT: [&str; 19] = [
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
    "alt",
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
        Rc::new(Open { index: self.arena.borrow_mut().make(kind), name })
    }

    fn create_comment(&self, text: StrTendril) -> Rc<Open> {
        Rc::new(Open { index: self.arena.borrow_mut().make(Kind::Comment(text.to_string())), name: nameless() })
    }

    fn create_pi(&self, _target: StrTendril, _data: StrTendril) -> Rc<Open> {
        self.create_comment(StrTendril::new())
    }

    fn append(&self, parent: &Rc<Open>, child: NodeOrText<Rc<Open>>) {
        self.arena.borrow_mut().insert(parent.index, child, None);
    }

    fn append_based_on_parent_node(&self, element: &Rc<Open>, previous: &Rc<Open>, child: NodeOrText<Rc<Open>>) {
        let has_parent = self.arena.borrow().drafts[element.index].parent.is_some();
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
        let mut arena = self.arena.borrow_mut();
        if let Some(parent) = arena.drafts[sibling.index].parent {
            arena.insert(parent, child, Some(sibling.index));
        }
    }

    fn add_attrs_if_missing(&self, target: &Rc<Open>, more: Vec<Attribute>) {
        let mut arena = self.arena.borrow_mut();
        if let Kind::Element { attributes, .. } = &mut arena.drafts[target.index].kind {
            for (name, value) in kept(more) {
                if attributes.iter().all(|(there, _)| *there != name) {
                    attributes.push((name, value));
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &Rc<Open>) {
        self.arena.borrow_mut().detach(target.index);
    }

    fn reparent_children(&self, node: &Rc<Open>, new_parent: &Rc<Open>) {
        let mut arena = self.arena.borrow_mut();
        while let Some(child) = arena.drafts[node.index].first {
            arena.put(new_parent.index, child, None);
        }
    }
}

/// The name of what is no element.
fn nameless() -> QualName {
    QualName::new(None, "".into(), "".into())
}
