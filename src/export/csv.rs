//! Tables of comma-separated values: nodes, edges, and the facts behind them.
//!
//! The columns come first that programs look for, by the names that they look for: Gephi and Cytoscape find `Id`, `Source`
//! and `Target` themselves, and igraph (`Graph.DataFrame` in Python, `graph_from_data_frame` in R) takes the ends of edges
//! and the ids of nodes from the first columns. `Kind` is there for Gephi, which adds up parallel edges of one kind;
//! `Name` has a capital because igraph calls the ids `name`. Other columns are called as the attributes are.
//!
//! A value that is not there is an empty field. Files begin with a byte order mark: without it Excel takes Chinese for
//! another encoding. pandas, polars, DuckDB, Gephi, readr and data.table skip it; the `csv` module of Python wants
//! `encoding="utf-8-sig"`, and `read.csv` of R `fileEncoding = "UTF-8-BOM"`. What goes to standard output has none.
//! Gephi drops backslashes and outer blanks of fields; GEXF gives it everything.

use std::borrow::Cow;
use std::io::{self, Write};

use super::attribute::{Attribute, FACTS, Value, edge_id, fact_id, node_id, of_edges, of_nodes};
use super::{File, attribute};
use crate::graph::Network;

/// The files of a folder.
pub const FILES: [File; 3] = [
    ("nodes.csv", |network, to| marked(network, to, nodes)),
    ("edges.csv", |network, to| marked(network, to, |network, to| edges(network, to))),
    ("facts.csv", |network, to| marked(network, to, facts)),
];

fn marked(
    network: &Network,
    to: &mut dyn Write,
    table: fn(&Network, &mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    to.write_all("\u{feff}".as_bytes())?;
    table(network, to)
}

/// Writes the edges, for standard output: a list that needs no nodes beside it.
///
/// # Errors
/// Where `to` cannot be written to.
pub fn edges(network: &Network, to: &mut dyn Write) -> io::Result<()> {
    let attributes = of_edges(network);
    let kind = if network.directed { "Directed" } else { "Undirected" };
    let mut table = csv::Writer::from_writer(to);
    header(&mut table, &["Source", "Target", "Type", "Id", "Kind"], &attributes)?;
    for at in network.graph.edge_indices() {
        let Some((from, to)) = network.graph.edge_endpoints(at) else { continue };
        let property = network.graph.edge_weight(at).map_or("", |edge| &edge.property);
        let first = [node_id(network, from), node_id(network, to), kind, &edge_id(at), property];
        row(&mut table, network, &first, &attributes, at)?;
    }
    table.flush()
}

fn nodes(network: &Network, to: &mut dyn Write) -> io::Result<()> {
    let attributes = of_nodes(network);
    let mut table = csv::Writer::from_writer(to);
    header(&mut table, &["Id"], &attributes)?;
    for at in network.graph.node_indices() {
        row(&mut table, network, &[node_id(network, at)], &attributes, at)?;
    }
    table.flush()
}

fn facts(network: &Network, to: &mut dyn Write) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(to);
    header(&mut table, &["Id"], &FACTS)?;
    for at in 0..network.facts.len() {
        row(&mut table, network, &[fact_id(network, at)], &FACTS, at)?;
    }
    table.flush()
}

fn header<I>(table: &mut csv::Writer<impl Write>, first: &[&str], attributes: &[Attribute<I>]) -> io::Result<()> {
    let named = attributes.iter().map(|attribute| match attribute.name {
        "label" => "Label",
        "name" => "Name",
        "weight" => "Weight",
        name => name,
    });
    Ok(table.write_record(first.iter().copied().chain(named))?)
}

/// A row: what stands before the attributes, and their values.
pub(super) fn row<I: Copy>(
    table: &mut csv::Writer<impl Write>,
    network: &Network,
    first: &[&str],
    attributes: &[Attribute<I>],
    at: I,
) -> io::Result<()> {
    for field in first {
        table.write_field(field)?;
    }
    for attribute in attributes {
        table.write_field(field((attribute.of)(network, at)).as_bytes())?;
    }
    Ok(table.write_record(None::<&[u8]>)?)
}

/// A value as a field. Numbers that are not whole by their nature have a point even where they are, so that those who
/// guess the type from the first rows (polars, Gephi) take no confidence for an integer.
fn field(value: Option<attribute::Value<'_>>) -> Cow<'_, str> {
    match value {
        None => Cow::Borrowed(""),
        Some(Value::Text(text)) => text,
        Some(Value::Integer(number)) => Cow::Owned(number.to_string()),
        Some(Value::Number(number)) => Cow::Owned(format!("{number:?}")),
    }
}
