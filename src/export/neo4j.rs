//! Tables for Neo4j, and a script that loads them.
//!
//! `nodes.csv` and `relationships.csv` have the headers that `neo4j-admin database import` wants: `:ID` and `:LABEL`,
//! `:START_ID`, `:END_ID` and `:TYPE`, and the type of every property. `load.cypher` reads the same files into a server
//! that runs, in plain Cypher: since that has no labels and types that come from data, there is one statement for each.
//! What is loaded again replaces what was there, and nothing stands twice.

use std::collections::BTreeSet;
use std::io::{self, Write};

use super::File;
use super::attribute::{Attribute, Kind, edge_id, node_id, of_edges, of_nodes};
use super::csv::row;
use crate::graph::{Edge, Network, Node};

/// The files of a folder.
pub const FILES: [File; 3] = [("nodes.csv", nodes), ("relationships.csv", relationships), ("load.cypher", script)];

const ID: &str = "id:ID";
const LABEL: &str = ":LABEL";
const START: &str = ":START_ID";
const END: &str = ":END_ID";
const TYPE: &str = ":TYPE";

fn nodes(network: &Network, to: &mut dyn Write) -> io::Result<()> {
    let attributes = of_nodes(network);
    let mut table = csv::Writer::from_writer(to);
    table.write_record([ID, LABEL].into_iter().map(str::to_owned).chain(attributes.iter().map(column)))?;
    for at in network.graph.node_indices() {
        let Some(node) = network.graph.node_weight(at) else { continue };
        let labels = format!("{};{}", class(node), node.kind);
        row(&mut table, network, &[node_id(network, at), &labels], &attributes, at)?;
    }
    table.flush()
}

fn relationships(network: &Network, to: &mut dyn Write) -> io::Result<()> {
    let attributes = of_edges(network);
    let mut table = csv::Writer::from_writer(to);
    let first = [START, END, TYPE, "id"].into_iter().map(str::to_owned);
    table.write_record(first.chain(attributes.iter().map(column)))?;
    for at in network.graph.edge_indices() {
        let Some((from, to)) = network.graph.edge_endpoints(at) else { continue };
        let Some(edge) = network.graph.edge_weight(at) else { continue };
        let first = [node_id(network, from), node_id(network, to), &edge.property, &edge_id(at)];
        row(&mut table, network, &first, &attributes, at)?;
    }
    table.flush()
}

/// The label that all nodes of a sort share, by which they are found.
const fn class(node: &Node) -> &'static str {
    if node.fact.is_some() { "Fact" } else { "Entity" }
}

/// The header of a column: the name of the property and its type.
fn column<I>(attribute: &Attribute<I>) -> String {
    let kind = match attribute.kind {
        Kind::Text => return attribute.name.to_owned(),
        Kind::Date => "date",
        Kind::Integer => "int",
        Kind::Number => "double",
    };
    format!("{}:{kind}", attribute.name)
}

const HEAD: &str = "\
// Loads nodes.csv and relationships.csv, which lie beside this file, into Neo4j 5 or later.
//
// A server that runs: copy both files into its folder `import`, then
//   cypher-shell -u neo4j -f load.cypher
// A new database, for many nodes: stop it, then in this folder
//   neo4j-admin database import full --nodes=nodes.csv --relationships=relationships.csv --multiline-fields=true neo4j
// If texts have backslashes, set dbms.import.csv.legacy_quote_escaping=false before the first of these.
";

fn script(network: &Network, to: &mut dyn Write) -> io::Result<()> {
    let (nodes, edges) = (of_nodes(network), of_edges(network));
    let graph = &network.graph;
    to.write_all(HEAD.as_bytes())?;
    if !network.directed {
        writeln!(to, "// The direction of these relationships means nothing: match them without an arrow.")?;
    }
    let labels: BTreeSet<(&str, &str)> = graph.node_weights().map(|node| (class(node), node.kind.as_str())).collect();
    for class in labels.iter().map(|(class, _)| *class).collect::<BTreeSet<_>>() {
        let constraint = format!("{}_id", class.to_lowercase());
        writeln!(to, "CREATE CONSTRAINT {constraint} IF NOT EXISTS FOR (n:{class}) REQUIRE n.id IS UNIQUE;")?;
    }
    for (class, kind) in labels {
        writeln!(to, "LOAD CSV WITH HEADERS FROM 'file:///nodes.csv' AS row")?;
        writeln!(to, "WITH row WHERE row.`{LABEL}` = {}", string(&format!("{class};{kind}")))?;
        writeln!(to, "MERGE (n:{class} {{id: row.`{ID}`}})")?;
        writeln!(to, "SET n:{}{};", name(kind), properties("n", &nodes))?;
    }
    let sort = |edge: &Edge, from: Option<&Node>, to: Option<&Node>| {
        let class = |node: Option<&Node>| node.map_or("Entity", class);
        (edge.property.clone(), class(from), class(to))
    };
    let types: BTreeSet<_> = graph
        .raw_edges()
        .iter()
        .map(|edge| sort(&edge.weight, graph.node_weight(edge.source()), graph.node_weight(edge.target())))
        .collect();
    for (property, from, end) in types {
        writeln!(to, "LOAD CSV WITH HEADERS FROM 'file:///relationships.csv' AS row")?;
        writeln!(to, "WITH row WHERE row.`{TYPE}` = {}", string(&property))?;
        writeln!(to, "MATCH (a:{from} {{id: row.`{START}`}})")?;
        writeln!(to, "MATCH (b:{end} {{id: row.`{END}`}})")?;
        writeln!(to, "MERGE (a)-[r:{}]->(b)", name(&property))?;
        writeln!(to, "SET r.id = row.id{};", properties("r", &edges))?;
    }
    Ok(())
}

/// What is set of a node or a relationship, each after a comma. Of a field that is empty Neo4j makes no property.
fn properties<I>(of: &str, attributes: &[Attribute<I>]) -> String {
    let set = |attribute: &Attribute<I>| {
        let value = format!("row.`{}`", column(attribute));
        let value = match attribute.kind {
            Kind::Text => value,
            Kind::Date => format!("date({value})"),
            Kind::Integer => format!("toInteger({value})"),
            Kind::Number => format!("toFloat({value})"),
        };
        format!(", {of}.{} = {value}", attribute.name)
    };
    attributes.iter().map(set).collect()
}

/// A label or type in Cypher, whatever a fact type is called.
fn name(name: &str) -> String {
    format!("`{}`", name.replace('`', "``"))
}

/// A string in Cypher.
fn string(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}
