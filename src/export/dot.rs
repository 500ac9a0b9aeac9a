//! DOT, for Graphviz and what reads its files.
//!
//! Every attribute is written as such; label, tooltip, weight and the look are those that Graphviz draws.

use std::io::{self, BufWriter, Write};

use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef as _;

use super::attribute::{Kind, Value, edge_id, node_id, of_edges, of_nodes};
use super::style;
use crate::graph::Network;

/// Fonts with Chinese characters.
const FONTS: &str = "Noto Sans CJK SC,Source Han Sans SC,PingFang SC,Microsoft YaHei,sans-serif";

/// What the attribute `name` is called here: pydot, by which networkx reads DOT, fails on nodes with that one.
const NAME: &str = "fullname";

/// Writes a network.
///
/// # Errors
/// Where `to` cannot be written to.
pub fn write(network: &Network, to: impl Write) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 16, to);
    let (graph, joins) = if network.directed { ("digraph", "->") } else { ("graph", "--") };
    writeln!(out, "{graph} kg {{")?;
    writeln!(out, " graph [charset=\"UTF-8\", fontname=\"{FONTS}\", overlap=false, splines=true]")?;
    writeln!(out, " node [fontname=\"{FONTS}\", fontsize=11, style=filled, penwidth=0.8]")?;
    writeln!(out, " edge [fontname=\"{FONTS}\", fontsize=9, color=\"#6b6b6b\", fontcolor=\"#333333\", arrowsize=0.7]")?;
    let (nodes, edges) = (of_nodes(network), of_edges(network));
    for at in network.graph.node_indices() {
        write!(out, " {} [", id(node_id(network, at)))?;
        let mut attributes = look(network, at);
        let called = |name| if name == "name" { NAME } else { name };
        attributes
            .extend(nodes.iter().filter_map(|a| Some((called(a.name), value(a.name, a.kind, (a.of)(network, at)?)))));
        list(&mut out, &attributes)?;
    }
    for edge in network.graph.edge_references() {
        let (from, to) = (node_id(network, edge.source()), node_id(network, edge.target()));
        write!(out, " {} {joins} {} [", id(from), id(to))?;
        let facts = edge.weight().facts.len();
        let mut attributes = vec![("id", id(&edge_id(edge.id()))), ("penwidth", style::width(facts).to_string())];
        let tooltip = edges.iter().find(|a| a.name == "evidence").and_then(|a| (a.of)(network, edge.id()));
        attributes.extend(tooltip.map(|words| ("tooltip", escaped(&words.text()))));
        attributes
            .extend(edges.iter().filter_map(|a| Some((a.name, value(a.name, a.kind, (a.of)(network, edge.id())?)))));
        list(&mut out, &attributes)?;
    }
    writeln!(out, "}}")?;
    out.flush()
}

/// What a node looks like.
fn look(network: &Network, at: NodeIndex) -> Vec<(&'static str, String)> {
    let Some(node) = network.graph.node_weight(at) else { return Vec::new() };
    let style = style::of(node);
    let mut look = vec![("shape", style.shape.graphviz().to_owned())];
    let unreal = style::is_unreal(network, node);
    if unreal {
        look.push(("style", "\"rounded,dashed\"".to_owned()));
    } else {
        if node.fact.is_some() {
            look.push(("style", "\"rounded,filled\"".to_owned()));
        }
        look.push(("fillcolor", format!("\"{}\"", style.fill)));
        look.push(("fontcolor", format!("\"{}\"", style.ink)));
    }
    look.push(("tooltip", escaped(&format!("{} {}", node.kind, node.name))));
    look
}

/// Attributes in brackets.
fn list(out: &mut impl Write, attributes: &[(&str, String)]) -> io::Result<()> {
    let listed: Vec<String> = attributes.iter().map(|(name, value)| format!("{name}={value}")).collect();
    writeln!(out, "{}]", listed.join(", "))
}

/// An attribute as DOT has it: numbers as they are, words in quotes.
fn value(name: &str, kind: Kind, value: Value) -> String {
    match kind {
        Kind::Integer | Kind::Number => value.text().into_owned(),
        Kind::Text | Kind::Date if name == "label" => escaped(&value.text()),
        Kind::Text | Kind::Date => quoted(&value.text(), false),
    }
}

/// Words that Graphviz draws: it reads `\N`, `\G`, `\l` and the like, and `&amp;` as in HTML, which must not happen.
fn escaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        plain.push(c);
        let rest = text.get(at + 1..).unwrap_or_default();
        if c == '&' && rest.find(';').is_some_and(|end| names_character(&rest[..end])) {
            plain.push_str("amp;");
        }
    }
    quoted(&plain, true)
}

/// Whether `&` and this and `;` stand for a character.
fn names_character(name: &str) -> bool {
    let name = name.strip_prefix('#').unwrap_or(name);
    !name.is_empty() && name.len() < 12 && name.chars().all(|c| c.is_ascii_alphanumeric())
}

/// A string in quotes. In DOT a backslash stays what it is but before a quote; so that none can come to stand there, and
/// as in labels, each is doubled. Line breaks in labels are written as such for the middle; what C cannot hold is left
/// out.
fn quoted(text: &str, drawn: bool) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' if drawn => out.push_str("\\n"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// The name of a node. Backslashes, which no IRI has, would be doubled in it for good.
fn id(id: &str) -> String {
    quoted(&id.replace('\\', "%5C"), false)
}
