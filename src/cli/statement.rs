//! What joins two nodes of a network, a row a fact.

use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef as _;

use super::rows::Cell;
use crate::graph::{Fact, Network};

/// The columns of [`statements`].
pub(super) const COLUMNS: [&str; 8] = ["from", "relation", "to", "time", "status", "document", "fact", "evidence"];
/// The columns of [`fact`].
pub(super) const OF_FACT: [&str; 5] = ["time", "status", "document", "fact", "evidence"];

/// A row for each fact that joins one node and another, in the direction in which they are passed: `捐赠给 →` states it
/// so, `← 捐赠给` the other way round, `— 合作 —` both ways or without a direction.
pub(super) fn statements(network: &Network, one: NodeIndex, other: NodeIndex) -> Vec<Vec<Cell>> {
    let names = [one, other].map(|at| network.graph.node_weight(at).map_or("", |node| node.name.as_str()));
    let (forward, back) = (drawn(network, one, other), drawn(network, other, one));
    let mutual = |label: &str| format!("— {label} —");
    let there = forward.iter().map(|relation @ (label, at)| {
        let one_way = network.directed && !back.contains(relation);
        (if one_way { format!("{label} →") } else { mutual(label) }, *at)
    });
    let returning = back.iter().filter(|relation| !forward.contains(relation));
    let returning =
        returning.map(|(label, at)| (if network.directed { format!("← {label}") } else { mutual(label) }, *at));
    let mut rows = Vec::new();
    for (relation, at) in there.chain(returning) {
        let Some(stated) = network.facts.get(at) else { continue };
        let mut row = vec![names[0].into(), Cell::Text(relation), names[1].into()];
        row.extend(fact(network, stated));
        rows.push(row);
    }
    rows
}

/// The labels of the edges from one node to another, in their order, each with the places of its facts.
fn drawn(network: &Network, from: NodeIndex, to: NodeIndex) -> Vec<(&str, usize)> {
    let mut edges: Vec<_> = network.graph.edges_connecting(from, to).collect();
    // petgraph gives the last first.
    edges.sort_by_key(|edge| edge.id());
    let facts = edges.into_iter().map(|edge| edge.weight());
    facts.flat_map(|edge| edge.facts.iter().map(|at| (edge.label.as_str(), *at))).collect()
}

/// When a fact was, its status where it is not done, where it is stated, its id, and the words.
pub(super) fn fact(network: &Network, fact: &Fact) -> [Cell; 5] {
    let documents: Vec<&str> = fact.documents.iter().map(|iri| network.short(iri)).collect();
    let words: Vec<&str> = fact.quotes.iter().map(|quote| quote.words.as_str()).collect();
    [
        fact.time().map_or(Cell::Empty, Cell::Text),
        Cell::optional(Some(fact.status.as_str()).filter(|_| !fact.is_done())),
        Cell::Id(documents.join(" ")),
        Cell::Id(network.short(&fact.iri).to_owned()),
        Cell::Text(words.join(" … ")),
    ]
}
