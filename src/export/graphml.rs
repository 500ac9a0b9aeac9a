//! GraphML, as Gephi, Cytoscape, networkx and igraph read it: no namespace prefixes, keys with telling ids, the plain
//! types alone.

use std::io::{self, Write};

use petgraph::visit::EdgeRef as _;

use super::attribute::{Kind, edge_id, node_id, of_edges, of_nodes};
use super::xml::Xml;
use crate::graph::Network;

/// Writes a network. The id of a key is `n_` or `e_` and the attribute's name: unique over nodes and edges, as igraph
/// wants it, and none of those (`d3`, `d7`) that yEd takes for its own.
///
/// # Errors
/// Where `to` cannot be written to.
pub fn write(network: &Network, to: impl Write) -> io::Result<()> {
    let mut xml = Xml::new(to)?;
    let (nodes, edges) = (of_nodes(network), of_edges(network));
    xml.open("graphml", &[("xmlns", "http://graphml.graphdrawing.org/xmlns")])?;
    let keys = nodes.iter().map(|a| ("node", a.name, a.kind)).chain(edges.iter().map(|a| ("edge", a.name, a.kind)));
    for (element, name, kind) in keys {
        let id = key(element, name);
        xml.empty("key", &[("id", &id), ("for", element), ("attr.name", name), ("attr.type", word(kind))])?;
    }
    let direction = if network.directed { "directed" } else { "undirected" };
    xml.open("graph", &[("id", "kg"), ("edgedefault", direction)])?;
    for at in network.graph.node_indices() {
        xml.open("node", &[("id", node_id(network, at))])?;
        for attribute in &nodes {
            if let Some(value) = (attribute.of)(network, at) {
                xml.text("data", &[("key", &key("node", attribute.name))], &value.text())?;
            }
        }
        xml.close("node")?;
    }
    for edge in network.graph.edge_references() {
        let (from, to) = (node_id(network, edge.source()), node_id(network, edge.target()));
        xml.open("edge", &[("id", &edge_id(edge.id())), ("source", from), ("target", to)])?;
        for attribute in &edges {
            if let Some(value) = (attribute.of)(network, edge.id()) {
                xml.text("data", &[("key", &key("edge", attribute.name))], &value.text())?;
            }
        }
        xml.close("edge")?;
    }
    xml.close("graph")?;
    xml.close("graphml")?;
    xml.finish()
}

/// The id of the key of an attribute.
pub(super) fn key(element: &str, name: &str) -> String {
    let initial = if element == "node" { "n" } else { "e" };
    format!("{initial}_{name}")
}

/// The type of an attribute, among those that every reader knows.
pub(super) const fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Text | Kind::Date => "string",
        Kind::Integer => "int",
        Kind::Number => "double",
    }
}
