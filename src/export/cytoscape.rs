//! JSON as Cytoscape.js has it, and Cytoscape as `.cyjs`; networkx reads it with `cytoscape_graph`.
//!
//! For networkx alone stand `directed`, `multigraph`, the `value` of each node, which is its id, and the `key` of each
//! edge, without which it would keep one of several parallel edges.

use std::io::{self, Write};

use petgraph::visit::EdgeRef as _;
use serde::ser::{Serialize, SerializeMap as _, Serializer};

use super::attribute::{Attribute, Value, edge_id, node_id, of_edges, of_nodes};
use crate::graph::Network;

/// Writes a network, one node or edge a line.
///
/// # Errors
/// Where `to` cannot be written to.
pub fn write(network: &Network, to: impl Write) -> io::Result<()> {
    let mut to = io::BufWriter::with_capacity(1 << 16, to);
    let (nodes, edges) = (of_nodes(network), of_edges(network));
    write!(to, "{{\"data\":{{\"name\":\"tupu\"}},\"directed\":{},\"multigraph\":true,", network.directed)?;
    write!(to, "\"elements\":{{\"nodes\":[")?;
    for (n, at) in network.graph.node_indices().enumerate() {
        let id = node_id(network, at);
        element(&mut to, n == 0, &Data { network, first: &[("id", id), ("value", id)], attributes: &nodes, at })?;
    }
    write!(to, "\n],\"edges\":[")?;
    for (n, edge) in network.graph.edge_references().enumerate() {
        let (source, target) = (node_id(network, edge.source()), node_id(network, edge.target()));
        let id = edge_id(edge.id());
        let first = [("id", id.as_str()), ("key", &id), ("source", source), ("target", target)];
        element(&mut to, n == 0, &Data { network, first: &first, attributes: &edges, at: edge.id() })?;
    }
    writeln!(to, "\n]}}}}")?;
    to.flush()
}

fn element(to: &mut impl Write, first: bool, data: &impl Serialize) -> io::Result<()> {
    write!(to, "{}{{\"data\":", if first { "\n" } else { ",\n" })?;
    serde_json::to_writer(&mut *to, data)?;
    write!(to, "}}")
}

/// What is known of a node or an edge.
struct Data<'a, I> {
    network: &'a Network,
    first: &'a [(&'static str, &'a str)],
    attributes: &'a [Attribute<I>],
    at: I,
}

impl<I: Copy> Serialize for Data<'_, I> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(None)?;
        for (name, value) in self.first {
            map.serialize_entry(name, value)?;
        }
        for attribute in self.attributes {
            match (attribute.of)(self.network, self.at) {
                None => {}
                Some(Value::Text(text)) => map.serialize_entry(attribute.name, &text)?,
                Some(Value::Integer(number)) => map.serialize_entry(attribute.name, &number)?,
                Some(Value::Number(number)) => map.serialize_entry(attribute.name, &number)?,
            }
        }
        map.end()
    }
}
