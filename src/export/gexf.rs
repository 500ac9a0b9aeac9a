//! GEXF 1.3, the format of Gephi, with the days of the facts for its timeline.
//!
//! An edge exists on the days of its facts, a node on the days of its edges; a spell is from a first day to a last day,
//! both included, and spells that overlap or follow each other are one, since Gephi refuses those that overlap. A fact
//! without a date may hold on any day. What it draws has no spells, even where facts with dates draw it too: one more
//! fact should not make an edge vanish from days on which it was shown. Gephi's timeline keeps what has no spells in
//! view whatever the days, as long as the filter that it adds says "keep null". For a network of dated facts alone, ask
//! for facts from an early day on: `--from 1900`.
//!
//! Readers: Gephi's `ImporterGEXF`, networkx, graphology-gexf. The type `date` for attributes is not among those of the
//! schema, so their days are strings. Of parallel edges Gephi adds up those of one `kind`: it is the property.

use std::io::{self, Write};

use petgraph::visit::EdgeRef as _;

use super::attribute::{Attribute, Kind, edge_id, node_id, of_edges, of_nodes};
use super::xml::Xml;
use crate::graph::{Fact, Network};
use crate::text::date::Date;

/// Writes a network.
///
/// # Errors
/// Where `to` cannot be written to.
pub fn write(network: &Network, to: impl Write) -> io::Result<()> {
    let mut xml = Xml::new(to)?;
    let (nodes, edges) = (without(of_nodes(network), &["label"]), without(of_edges(network), &["label", "weight"]));
    let graph = &network.graph;
    let dated = network.facts.iter().any(|fact| fact.days.is_some());
    xml.open("gexf", &[("xmlns", "http://gexf.net/1.3"), ("version", "1.3")])?;
    let direction = ("defaultedgetype", if network.directed { "directed" } else { "undirected" });
    if dated {
        xml.open(
            "graph",
            &[direction, ("mode", "dynamic"), ("timeformat", "date"), ("timerepresentation", "interval")],
        )?;
    } else {
        xml.open("graph", &[direction, ("mode", "static")])?;
    }
    declare(&mut xml, "node", &nodes)?;
    declare(&mut xml, "edge", &edges)?;
    xml.open("nodes", &[("count", &graph.node_count().to_string())])?;
    for at in graph.node_indices() {
        xml.open("node", &[("id", node_id(network, at)), ("label", graph.node_weight(at).map_or("", |n| &n.label))])?;
        values(&mut xml, network, at, &nodes)?;
        spells(&mut xml, network.facts_at(at))?;
        xml.close("node")?;
    }
    xml.close("nodes")?;
    xml.open("edges", &[("count", &graph.edge_count().to_string())])?;
    for edge in graph.edge_references() {
        let (from, to) = (node_id(network, edge.source()), node_id(network, edge.target()));
        let (id, weight) = (edge_id(edge.id()), edge.weight().facts.len().to_string());
        let (label, kind) = (edge.weight().label.as_str(), edge.weight().property.as_str());
        let known = [
            ("id", id.as_str()),
            ("source", from),
            ("target", to),
            ("kind", kind),
            ("label", label),
            ("weight", &weight),
        ];
        xml.open("edge", &known)?;
        values(&mut xml, network, edge.id(), &edges)?;
        spells(&mut xml, network.facts_of(edge.id()))?;
        xml.close("edge")?;
    }
    xml.close("edges")?;
    xml.close("graph")?;
    xml.close("gexf")?;
    xml.finish()
}

/// Attributes without those that GEXF has a place for.
fn without<I>(mut all: Vec<Attribute<I>>, named: &[&str]) -> Vec<Attribute<I>> {
    all.retain(|attribute| !named.contains(&attribute.name));
    all
}

/// Says which attributes there are. Their ids are their names: graphology calls them by these.
fn declare<I>(xml: &mut Xml<impl Write>, class: &str, attributes: &[Attribute<I>]) -> io::Result<()> {
    xml.open("attributes", &[("class", class), ("mode", "static")])?;
    for attribute in attributes {
        let kind = match attribute.kind {
            Kind::Text | Kind::Date => "string",
            Kind::Integer => "integer",
            Kind::Number => "double",
        };
        xml.empty("attribute", &[("id", attribute.name), ("title", attribute.name), ("type", kind)])?;
    }
    xml.close("attributes")
}

fn values<I: Copy>(xml: &mut Xml<impl Write>, network: &Network, at: I, attributes: &[Attribute<I>]) -> io::Result<()> {
    xml.open("attvalues", &[])?;
    for attribute in attributes {
        if let Some(value) = (attribute.of)(network, at) {
            xml.empty("attvalue", &[("for", attribute.name), ("value", &value.text())])?;
        }
    }
    xml.close("attvalues")
}

/// When something exists that these facts draw; nothing where that is always.
fn spells<'a>(xml: &mut Xml<impl Write>, facts: impl Iterator<Item = &'a Fact>) -> io::Result<()> {
    let Some(days) = days(facts).filter(|days| !days.is_empty()) else { return Ok(()) };
    xml.open("spells", &[])?;
    for (first, last) in days {
        xml.empty("spell", &[("start", &first.to_string()), ("end", &last.to_string())])?;
    }
    xml.close("spells")
}

/// The days of facts, sorted, those that touch as one; `None` where a fact has none.
fn days<'a>(facts: impl Iterator<Item = &'a Fact>) -> Option<Vec<(Date, Date)>> {
    let day = |(first, last): &(String, String)| Date::parse(first).zip(Date::parse(last));
    let mut all: Vec<_> = facts.map(|fact| fact.days.as_ref().and_then(day)).collect::<Option<_>>()?;
    all.sort_unstable();
    let mut merged: Vec<(Date, Date)> = Vec::new();
    for (first, last) in all {
        match merged.last_mut() {
            Some((_, end)) if first <= end.plus(1) => *end = last.max(*end),
            _ => merged.push((first, last)),
        }
    }
    Some(merged)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fact(days: Option<(&str, &str)>) -> Fact {
        Fact {
            iri: String::new(),
            label: String::new(),
            kind: String::new(),
            status: String::new(),
            confidence: None,
            days: days.map(|(first, last)| (first.to_owned(), last.to_owned())),
            fillers: Vec::new(),
            documents: Vec::new(),
            quotes: Vec::new(),
        }
    }

    #[test]
    fn days_that_touch_are_one_spell_and_a_fact_without_a_date_may_hold_on_any() {
        let spells = |facts: &[Option<(&str, &str)>]| {
            let facts: Vec<Fact> = facts.iter().map(|days| fact(*days)).collect();
            let days = days(facts.iter())?;
            Some(days.iter().map(|(first, last)| format!("{first}/{last}")).collect::<Vec<_>>())
        };
        let (january, day) = (Some(("2020-01-01", "2020-01-31")), |day| Some((day, day)));
        assert_eq!(
            spells(&[day("2020-02-02"), day("2020-02-01"), january, day("2020-01-07"), day("2020-02-29")]).unwrap(),
            ["2020-01-01/2020-02-02", "2020-02-29/2020-02-29"]
        );
        assert_eq!(spells(&[january, None]), None);
    }
}
