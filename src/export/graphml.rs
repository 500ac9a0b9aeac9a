//! GraphML, as Gephi, Cytoscape, networkx and igraph read it: no namespace prefixes, keys with telling ids, the plain
//! types alone. (In igraph an ampersand in an id reads `&#38;`; names and labels are as they should be.)

use std::io::{self, Write};

use petgraph::visit::EdgeRef as _;

use super::attribute::{Attribute, Kind, edge_id, node_id, of_edges, of_nodes};
use super::xml::Xml;
use crate::graph::Network;

/// Writes a network. The id of a key is `n_` or `e_` and the attribute's name: unique over nodes and edges, as igraph
/// wants it, and none of those (`d3`, `d7`) that yEd takes for its own.
///
/// # Errors
/// Where `to` cannot be written to.
pub fn write(network: &Network, to: impl Write) -> io::Result<()> {
    let mut xml = Xml::new(to)?;
    let (nodes, edges) = (keyed("n", of_nodes(network)), keyed("e", of_edges(network)));
    xml.open("graphml", &[("xmlns", "http://graphml.graphdrawing.org/xmlns")])?;
    declare(&mut xml, "node", &nodes)?;
    declare(&mut xml, "edge", &edges)?;
    let direction = if network.directed { "directed" } else { "undirected" };
    xml.open("graph", &[("id", "kg"), ("edgedefault", direction)])?;
    for at in network.graph.node_indices() {
        xml.open("node", &[("id", node_id(network, at))])?;
        data(&mut xml, network, at, &nodes)?;
        xml.close("node")?;
    }
    for edge in network.graph.edge_references() {
        let (from, to) = (node_id(network, edge.source()), node_id(network, edge.target()));
        xml.open("edge", &[("id", &edge_id(edge.id())), ("source", from), ("target", to)])?;
        data(&mut xml, network, edge.id(), &edges)?;
        xml.close("edge")?;
    }
    xml.close("graph")?;
    xml.close("graphml")?;
    xml.finish()
}

/// Attributes with the ids of their keys.
pub(super) fn keyed<I>(initial: &str, attributes: Vec<Attribute<I>>) -> Vec<(String, Attribute<I>)> {
    attributes.into_iter().map(|attribute| (format!("{initial}_{}", attribute.name), attribute)).collect()
}

/// Says which attributes there are.
pub(super) fn declare<I>(xml: &mut Xml<impl Write>, element: &str, keys: &[(String, Attribute<I>)]) -> io::Result<()> {
    keys.iter().try_for_each(|(id, attribute)| {
        let (name, kind) = (attribute.name, word(attribute.kind));
        xml.empty("key", &[("id", id), ("for", element), ("attr.name", name), ("attr.type", kind)])
    })
}

/// The values of a node or an edge.
pub(super) fn data<I: Copy>(
    xml: &mut Xml<impl Write>,
    network: &Network,
    at: I,
    keys: &[(String, Attribute<I>)],
) -> io::Result<()> {
    for (id, attribute) in keys {
        if let Some(value) = (attribute.of)(network, at) {
            xml.text("data", &[("key", id)], &value.text())?;
        }
    }
    Ok(())
}

/// The type of an attribute, among those that every reader knows.
const fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Text | Kind::Date => "string",
        Kind::Integer => "int",
        Kind::Number => "double",
    }
}
