//! GraphML, as Gephi, Cytoscape, yEd, networkx and igraph read it: no namespace prefixes, keys with telling ids, the
//! plain types alone.

use std::borrow::Cow;
use std::io::{self, Write};

use petgraph::visit::EdgeRef as _;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use crate::graph::{Edge, KnowledgeGraph, Node};

/// A `key` element: an attribute of nodes or edges. Its id is `n_` or `e_` and its name.
struct Key {
    element: &'static str,
    name: &'static str,
    kind: &'static str,
}

const KEYS: [Key; 11] = [
    Key { element: "node", name: "label", kind: "string" },
    Key { element: "node", name: "name", kind: "string" },
    Key { element: "node", name: "type", kind: "string" },
    Key { element: "node", name: "mentions", kind: "int" },
    Key { element: "node", name: "status", kind: "string" },
    Key { element: "node", name: "iri", kind: "string" },
    Key { element: "edge", name: "label", kind: "string" },
    Key { element: "edge", name: "interaction", kind: "string" },
    Key { element: "edge", name: "weight", kind: "int" },
    Key { element: "edge", name: "facts", kind: "string" },
    Key { element: "edge", name: "first_date", kind: "string" },
];

/// Writes a graph.
///
/// # Errors
/// Where `to` cannot be written to.
pub fn write(graph: &KnowledgeGraph, base: &str, to: impl Write) -> io::Result<()> {
    let mut xml = Writer::new_with_indent(io::BufWriter::new(to), b' ', 1);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    open(&mut xml, "graphml", &[("xmlns", "http://graphml.graphdrawing.org/xmlns")])?;
    for key in &KEYS {
        let id = key.id();
        let attributes = [("id", id.as_str()), ("for", key.element), ("attr.name", key.name), ("attr.type", key.kind)];
        xml.write_event(Event::Empty(BytesStart::new("key").with_attributes(attributes)))?;
    }
    open(&mut xml, "graph", &[("id", "kg"), ("edgedefault", "directed")])?;
    let short = |iri: &str| clean(iri.strip_prefix(base).unwrap_or(iri)).into_owned();
    for index in graph.node_indices() {
        write_node(&mut xml, &graph[index], &short(&graph[index].iri))?;
    }
    for edge in graph.edge_references() {
        let (from, to) = (short(&graph[edge.source()].iri), short(&graph[edge.target()].iri));
        write_edge(&mut xml, edge.weight(), &format!("e{}", edge.id().index() + 1), &from, &to, short)?;
    }
    close(&mut xml, "graph")?;
    close(&mut xml, "graphml")?;
    let mut to = xml.into_inner();
    to.write_all(b"\n")?;
    to.flush()
}

impl Key {
    fn id(&self) -> String {
        format!("{}_{}", &self.element[..1], self.name)
    }
}

fn write_node<W: Write>(xml: &mut Writer<W>, node: &Node, id: &str) -> io::Result<()> {
    open(xml, "node", &[("id", id)])?;
    data(xml, "n_label", &node.label)?;
    data(xml, "n_name", &node.name)?;
    data(xml, "n_type", &node.kind)?;
    data(xml, "n_mentions", &node.mentions.to_string())?;
    if let Some(status) = &node.status {
        data(xml, "n_status", status)?;
    }
    data(xml, "n_iri", &node.iri)?;
    close(xml, "node")
}

fn write_edge<W: Write>(
    xml: &mut Writer<W>,
    edge: &Edge,
    id: &str,
    from: &str,
    to: &str,
    short: impl Fn(&str) -> String,
) -> io::Result<()> {
    open(xml, "edge", &[("id", id), ("source", from), ("target", to)])?;
    data(xml, "e_label", &edge.label)?;
    data(xml, "e_interaction", &edge.property)?;
    data(xml, "e_weight", &edge.facts.len().to_string())?;
    data(xml, "e_facts", &edge.facts.iter().map(|f| short(f)).collect::<Vec<_>>().join(" "))?;
    if let Some(date) = &edge.first_date {
        data(xml, "e_first_date", date)?;
    }
    close(xml, "edge")
}

fn open<W: Write>(xml: &mut Writer<W>, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
    xml.write_event(Event::Start(BytesStart::new(name).with_attributes(attributes.iter().copied())))
}

fn close<W: Write>(xml: &mut Writer<W>, name: &str) -> io::Result<()> {
    xml.write_event(Event::End(BytesEnd::new(name)))
}

fn data<W: Write>(xml: &mut Writer<W>, key: &str, value: &str) -> io::Result<()> {
    open(xml, "data", &[("key", key)])?;
    xml.write_event(Event::Text(BytesText::new(&clean(value))))?;
    close(xml, "data")
}

/// Drops the characters that XML 1.0 forbids even as references.
fn clean(text: &str) -> Cow<'_, str> {
    let allowed = |c: char| matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..='\u{10ffff}');
    if text.chars().all(allowed) { Cow::Borrowed(text) } else { text.chars().filter(|c| allowed(*c)).collect() }
}
