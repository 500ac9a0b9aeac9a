//! What a page says beside its headline: date, publisher, writer.

use std::ops::Range;

use super::content::{Content, Role, labelled_by_name};
use super::lines::Line;
use super::tree::Tree;
use crate::read::header::values::{in_dateline, is_nobody, signed};
use crate::read::header::words::{is, is_medium, is_section};
use crate::read::header::{Header, Rank, header, in_box};
use crate::text::characters::is_han;
use crate::text::normal::normal;

/// So many lines before a headline may tell date and publisher, as the heads of newspapers do.
const BEFORE: usize = 8;

/// So many nodes between headline and text are looked at.
const MOST_BETWEEN: usize = 500;

/// What the lines beside the headline and those in the article that are no text say together.
pub(super) fn beside(lines: &[Line], found: &Content, place: &Range<usize>, inner: Range<usize>) -> Header {
    let text = |n: usize| lines.get(n).map(|line| line.text.as_str());
    let last = found.kept.iter().rposition(|kept| *kept).unwrap_or(0);
    let first = found.kept.iter().position(|kept| *kept).unwrap_or(0);
    let near = place.end..first.max(place.end);
    let before = (place.start.saturating_sub(BEFORE)..place.start).rev();
    let within = first.max(place.end)..lines.len().min(last + BEFORE);
    // Tables about a document stand above it, with labels of their own.
    let tables = (0..lines.len()).filter(|n| lines[*n].text.contains('\t'));
    let boxed = (near.start..near.end.min(near.start + BEFORE)).find_map(|n| {
        let texts: Vec<&str> = lines[n..near.end].iter().take(3).map(|line| line.text.as_str()).collect();
        (2..=texts.len()).find_map(|count| in_box(&texts[..count]))
    });
    let mut whole = Header { dated: boxed.map(|date| date.to_string()), ..Header::default() };
    let behind = within.clone();
    for n in near.clone().chain(before).chain(within).chain(tables) {
        let Some(said) = (found.roles[n] == Role::Header).then(|| header(&lines[n].parted(), text(n + 1))).flatten()
        else {
            continue;
        };
        let mut said = said;
        if behind.contains(&n) && !inner.contains(&lines[n].node) {
            said.named = None;
        }
        whole.add(said);
    }
    whole.named = whole.named.take().or_else(|| alone(lines, found, near));
    if whole.author.is_none() {
        let mut ends = (first..=last).rev().filter(|n| found.kept[*n] || found.roles[*n] != Role::Text).take(3);
        whole.author = ends.find_map(|n| signed(text(n)?)).or_else(|| in_dateline(text(first)?));
    }
    whole
}

/// The publisher's name in a line of its own before or behind that of the date: a medium's, or a link of few characters.
fn alone(lines: &[Line], found: &Content, near: Range<usize>) -> Option<String> {
    let dated = |n: usize| {
        near.contains(&n)
            && found.roles[n] == Role::Header
            && header(&lines[n].parted(), None).is_some_and(|said| said.dated.or(said.published.map(|p| p.1)).is_some())
    };
    let mut names = near.clone().filter(|n| dated(n + 1) || n.checked_sub(1).is_some_and(&dated)).filter(|n| {
        let (line, simple) = (&lines[*n], normal(&lines[*n].text));
        let han = simple.chars().all(is_han) && !is("word", &simple) && !is_section(&simple);
        let name =
            is_medium(&simple) && (3..=14).contains(&line.length) || line.is_link() && (3..=6).contains(&line.length);
        han && name && found.roles[*n] != Role::Apart && found.roles[*n] != Role::Header
    });
    names.next().map(|n| lines[n].text.clone())
}

/// Adds what elements between headline and text hold whose names say what it is, where no label does.
pub(super) fn by_name(tree: &Tree, lines: &[Line], place: &Range<usize>, first: usize, header: &mut Header) {
    let node = |line: usize| lines.get(line).map_or(0, |line| line.node);
    let nodes = node(place.start)..node(first).min(node(place.start) + MOST_BETWEEN);
    let source = || labelled_by_name(tree, nodes.clone(), "source").filter(|name| !is_nobody(name));
    header.source = header.source.take().or_else(|| Some((Rank::Far, source()?)));
    header.author = header.author.take().or_else(|| labelled_by_name(tree, nodes.clone(), "author"));
    // Names without marks between them are read as one; so long a one is nobody's.
    header.named = header.named.take().filter(|name| name.chars().count() <= 6 || is_medium(name));
}
