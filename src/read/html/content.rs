//! Which of a page's lines are its article.
//!
//! Chinese pages give their articles away by punctuation: running text outside links has it, menus and lists of other
//! articles have none. The element that holds most of it, outside what its names call menus or comments, is the
//! article; lines of the page's furniture inside it are taken out by their form.

use std::ops::Range;

use super::furniture::{ends_sentence, is_furniture};
use super::lines::Line;
use super::lists::{drop_lists, drop_strays};
use super::node::{Kind, Node};
use super::tree::Tree;
use crate::read::header::header;
use crate::read::header::words::{bare, is, words};
use crate::text::normal::normal;

/// What a line is to the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Running text, a heading, a row of a table.
    Text,
    /// Links, menus, credits, buttons.
    Furniture,
    /// Date, publisher, writer.
    Header,
    /// In an element that is named as no part of an article.
    Apart,
}

/// The article among the lines.
pub(super) struct Content {
    /// The element that holds it.
    pub root: usize,
    /// What each line of the page is.
    pub roles: Vec<Role>,
    /// Whether each line is of the article.
    pub kept: Vec<bool>,
    /// The first line of its running text.
    pub begins: usize,
}

/// A mark of punctuation weighs as much as this many characters.
const MARK: usize = 10;
/// A teaser has at most this many lines: its headline, an excerpt, a date.
const LONGEST_TEASER: usize = 4;
/// Names beside a headline have at most this many characters.
const LONGEST_NAME: usize = 16;
/// Where teasers are more than this share of the running text, in percent, they are the article.
const MOST_TEASERS: usize = 85;
/// Labels have at most this many characters.
const LONGEST_LABEL: usize = 24;
/// Labels with what the house asks of those who comment have at most this many.
const LONGEST_RULES: usize = 80;
/// What follows an article, comments among it, follows text that weighs at least this.
pub(super) const LEAST_ARTICLE: usize = 40;
/// An element named as the article's is believed from this share of the page's running text on, in percent.
const NAMED_SHARE: usize = 40;
/// The article is in the child that has at least this share of its parent's running text, in percent.
const CHILD_SHARE: usize = 75;
/// As [`CHILD_SHARE`], for the columns of a page that a table lays out.
const COLUMN_SHARE: usize = 55;
/// An element that is named as a menu or the like is believed below this share of the page's running text, in percent.
pub(super) const APART_SHARE: usize = 34;

/// The article; `None` where the page has no running text.
pub(super) fn content(tree: &Tree, lines: &[Line]) -> Option<Content> {
    let mut roles: Vec<Role> =
        (0..lines.len()).map(|n| role(lines.get(n + 1).map(|line| line.text.as_str()), &lines[n])).collect();
    let mut weights: Vec<usize> = lines.iter().zip(&roles).map(|(line, role)| weight(line, *role)).collect();
    if weights.iter().all(|weight| *weight == 0) {
        // A page of nothing but short lines or a table.
        weights = lines.iter().zip(&roles).map(|(line, role)| usize::from(*role == Role::Text) * line.length).collect();
    }
    set_apart(tree, lines, &mut roles, &mut weights);
    set_teasers_apart(tree, lines, &mut roles, &mut weights);
    set_comments_apart(tree, lines, &mut roles, &mut weights);
    let sums = Sums::new(lines, &weights);
    let total = sums.of(tree, 0);
    if total == 0 {
        return None;
    }
    let root = named(tree, &sums, total).unwrap_or_else(|| heaviest(tree, &sums));
    let mut kept: Vec<bool> = lines
        .iter()
        .zip(&roles)
        .map(|(line, role)| *role == Role::Text && (root..tree.nodes[root].end).contains(&line.node))
        .collect();
    drop_lists(tree, lines, root, &sums, &mut kept);
    drop_strays(tree, lines, &sums, &mut kept);
    let begins = (0..kept.len()).find(|n| kept[*n] && weights[*n] > 0).or(kept.iter().position(|kept| *kept))?;
    Some(Content { root, roles, kept, begins })
}

/// What a line is by its words and links.
fn role(next: Option<&str>, line: &Line) -> Role {
    let text = line.text.as_str();
    if header(&line.parted(), next).is_some() {
        return Role::Header;
    }
    let links = line.is_link() && !ends_sentence(text);
    if links || is_furniture(text) { Role::Furniture } else { Role::Text }
}

/// How much running text a line is.
fn weight(line: &Line, role: Role) -> usize {
    if role != Role::Text {
        return 0;
    }
    let marks = line.text.chars().filter(|c| matches!(c, '。' | '，' | '；' | '！' | '？' | '、' | '：')).count();
    let sentence = line.text.contains(['。', '，', '；', '！', '？']) || line.length > 60 && !line.text.contains('\t');
    if sentence { line.length - line.linked + MARK * marks } else { 0 }
}

/// The running text of every element, by sums over the lines before each.
pub(super) struct Sums {
    nodes: Vec<usize>,
    pub before: Vec<usize>,
}

impl Sums {
    fn new(lines: &[Line], weights: &[usize]) -> Self {
        let mut sum = 0;
        let mut before = vec![0];
        before.extend(weights.iter().map(|weight| {
            sum += weight;
            sum
        }));
        Self { nodes: lines.iter().map(|line| line.node).collect(), before }
    }

    /// The lines that begin in an element, as a range.
    pub fn lines(&self, tree: &Tree, node: usize) -> Range<usize> {
        let end = tree.nodes[node].end;
        self.nodes.partition_point(|n| *n < node)..self.nodes.partition_point(|n| *n < end)
    }

    pub fn of(&self, tree: &Tree, node: usize) -> usize {
        let lines = self.lines(tree, node);
        self.before[lines.end] - self.before[lines.start]
    }
}

/// The short text of the first element between two nodes whose id or classes say that it is of some `kind`.
pub(super) fn labelled_by_name(tree: &Tree, nodes: Range<usize>, kind: &str) -> Option<String> {
    let mut named =
        nodes.filter(|at| tree.nodes.get(*at).is_some_and(|node| name_parts(node).iter().any(|p| p == kind)));
    named.find_map(|at| {
        let name = |text: &str| {
            let text = text.trim();
            let short = (2..=LONGEST_NAME).contains(&text.chars().count());
            let plain = !text.contains(|c: char| c.is_ascii_digit() || c.is_whitespace() || ":：/|，。".contains(c));
            (short && plain && !is("word", text)).then(|| text.to_owned())
        };
        // Date and buttons may stand behind the name.
        let first = || {
            let texts = tree.nodes.get(at..tree.nodes[at].end)?.iter().filter_map(|node| match &node.kind {
                Kind::Text(text) => Some(text),
                _ => None,
            });
            texts.into_iter().find(|text| !text.trim().is_empty())
        };
        name(&tree.text(at)).or_else(|| name(first()?))
    })
}

/// The parts of an element's id and classes, in lower case: `relatedNews-box` has related, news, box.
fn name_parts(node: &Node) -> Vec<String> {
    let mut parts = Vec::new();
    for name in [node.attribute("id"), node.attribute("class"), node.attribute("role")].into_iter().flatten() {
        let mut part = String::new();
        let mut lower = false;
        for c in name.chars().chain([' ']) {
            if !c.is_ascii_alphabetic() || (c.is_ascii_uppercase() && lower) {
                parts.extend(Some(std::mem::take(&mut part)).filter(|part| !part.is_empty()));
            }
            if c.is_ascii_alphabetic() {
                part.push(c.to_ascii_lowercase());
            }
            lower = c.is_ascii_lowercase();
        }
    }
    parts
}

/// Takes the weight from what its element's name sets apart, unless that is much of the page.
fn set_apart(tree: &Tree, lines: &[Line], roles: &mut [Role], weights: &mut [usize]) {
    let sums = Sums::new(lines, weights);
    let total = sums.of(tree, 0);
    let mut at = 1;
    while let Some(node) = tree.nodes.get(at) {
        let by_tag = matches!(node.name(), "nav" | "footer" | "aside");
        let apart = !matches!(node.name(), "" | "html" | "body" | "a")
            && (by_tag || name_parts(node).iter().any(|part| is("part", part)))
            && !is_named(node)
            && sums.of(tree, at) * 100 < total.max(1) * APART_SHARE;
        if apart {
            for line in sums.lines(tree, at) {
                roles[line] = Role::Apart;
                weights[line] = 0;
            }
            at = node.end;
        } else {
            at += 1;
        }
    }
}

/// Takes the weight from teasers of other articles: a link and a few lines below it, in an element beside another one
/// that is made alike.
fn set_teasers_apart(tree: &Tree, lines: &[Line], roles: &mut [Role], weights: &mut [usize]) {
    let sums = Sums::new(lines, weights);
    let mut teasers: Vec<(usize, Range<usize>)> = Vec::new();
    for n in 0..lines.len().saturating_sub(1) {
        if !(roles[n] == Role::Furniture && lines[n].is_link() && roles[n + 1] == Role::Text) {
            continue;
        }
        let both = tree.ancestors(lines[n].node).find(|at| tree.nodes[*at].end > lines[n + 1].node);
        let Some(both) = both else { continue };
        let held = sums.lines(tree, both);
        if held.start == n && held.len() <= LONGEST_TEASER {
            teasers.push((both, held));
        }
    }
    let alike = |a: &usize, b: &usize| {
        let (a, b) = (&tree.nodes[*a], &tree.nodes[*b]);
        a.parent == b.parent && a.name() == b.name() && a.attribute("class") == b.attribute("class")
    };
    let beside = |n: usize| {
        let before = n.checked_sub(1).is_some_and(|m| alike(&teasers[m].0, &teasers[n].0));
        before || teasers.get(n + 1).is_some_and(|other| alike(&other.0, &teasers[n].0))
    };
    let apart: Vec<usize> = (0..teasers.len()).filter(|n| beside(*n)).flat_map(|n| teasers[n].1.clone()).collect();
    // A page of nothing else is a digest, and they are its text.
    if apart.iter().map(|line| weights[*line]).sum::<usize>() * 100 > sums.of(tree, 0) * MOST_TEASERS {
        return;
    }
    for line in apart {
        roles[line] = Role::Apart;
        weights[line] = 0;
    }
}

/// Takes the weight from the comments of readers: what follows their label in the element that holds both.
fn set_comments_apart(tree: &Tree, lines: &[Line], roles: &mut [Role], weights: &mut [usize]) {
    let sums = Sums::new(lines, weights);
    for n in 0..lines.len() {
        if lines[n].length > LONGEST_RULES || sums.before[n] < LEAST_ARTICLE || roles[n] == Role::Apart {
            continue;
        }
        let simple = normal(&lines[n].text);
        let label = bare(&simple);
        let short = lines[n].length <= LONGEST_LABEL;
        // 网友评论：（只显示最新10条。）
        let rules = |rest: &str| short || rest.trim_start_matches(':').starts_with('(');
        if !words("comment").iter().any(|word| label.strip_prefix(word).is_some_and(rules)) {
            continue;
        }
        let both = tree.ancestors(lines[n].node).find(|at| sums.lines(tree, *at).end > n + 1);
        let end = both.map_or(n + 1, |at| sums.lines(tree, at).end);
        for line in n..end {
            roles[line] = Role::Apart;
            weights[line] = 0;
        }
    }
}

/// Whether an element's id or a class is one that publishing systems give to articles.
fn is_named(node: &Node) -> bool {
    let names = [node.attribute("id"), node.attribute("class")].into_iter().flatten();
    names.flat_map(str::split_whitespace).any(|name| is("content", &name.to_ascii_lowercase()))
}

/// The innermost element that is named as the article's and has the article's share of running text.
fn named(tree: &Tree, sums: &Sums, total: usize) -> Option<usize> {
    let mut best: Option<(usize, usize)> = None;
    for (at, node) in tree.nodes.iter().enumerate().skip(1) {
        if !(node.name() == "article" || is_named(node)) || matches!(node.name(), "html" | "body") {
            continue;
        }
        let weight = sums.of(tree, at);
        let better = match best {
            None => weight * 100 >= total * NAMED_SHARE,
            // Inside the best so far: nearly all of it; elsewhere: more.
            Some((there, most)) if at < tree.nodes[there].end => weight * 10 >= most * 9,
            Some((_, most)) => weight > most,
        };
        if better {
            best = Some((at, weight));
        }
    }
    best.map(|(at, _)| at)
}

/// The element that one comes to by going into the child that has most of the running text, as long as one has.
fn heaviest(tree: &Tree, sums: &Sums) -> usize {
    let mut at = 0;
    loop {
        let weight = sums.of(tree, at);
        let child = tree.children(at).max_by_key(|child| (sums.of(tree, *child), std::cmp::Reverse(*child)));
        let share = |child: usize| if is_column(tree, child) { COLUMN_SHARE } else { CHILD_SHARE };
        let child = child.filter(|child| sums.of(tree, *child) * 100 >= weight.max(1) * share(*child));
        let Some(child) = child else { return at };
        // A child that is a line, or whose like stands beside it with running text of its own, is part of the article.
        let twin = |other: usize| {
            let (a, b) = (&tree.nodes[child], &tree.nodes[other]);
            other != child
                && !is_column(tree, other)
                && a.name() == b.name()
                && a.attribute("class") == b.attribute("class")
                && sums.of(tree, other) > 0
        };
        if sums.lines(tree, child).len() <= 1 && sums.lines(tree, at).len() > 1 || tree.children(at).any(twin) {
            return at;
        }
        at = child;
    }
}

/// Whether an element is a cell of a table: its neighbours are other columns, not the rest of its text.
fn is_column(tree: &Tree, node: usize) -> bool {
    matches!(tree.nodes[node].name(), "td" | "th")
}
