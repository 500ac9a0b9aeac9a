//! `tupu stats`: the figures of a network.

use std::collections::{BTreeMap, BTreeSet};

use super::network;
use super::output;
use super::rows::{Cell, Format, Rows};
use crate::graph::{Measure, measure};

/// Show the figures of a network: how large and dense it is, how it hangs together, what it is made of
///
/// As with `tupu rank` it is taken as undirected, and two entities are joined once however many facts join them.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// How to write them
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    part: network::Part,
    #[command(flatten)]
    network: network::Args,
}

pub(super) fn run(args: &Args) -> anyhow::Result<()> {
    let (opened, mut network) = args.network.read_part(&args.part, &[])?;
    let figures = measure::figures(&network.ties());
    let modularity = network.measure(&[Measure::Community]);
    let communities: BTreeSet<usize> = network.measures.community.iter().copied().collect();
    let documents: BTreeSet<&str> = network.facts.iter().flat_map(|f| &f.documents).map(String::as_str).collect();
    let days = || network.facts.iter().filter_map(|fact| fact.days.as_ref());
    let mut rows = Rows::new(&["figure", "value"]);
    let mut row = |figure: &str, value: Cell| rows.rows.push(vec![figure.into(), value]);
    row("nodes", Cell::Integer(network.graph.node_count()));
    row("edges", Cell::Integer(network.graph.edge_count()));
    row("joined pairs", Cell::Integer(figures.edges));
    row("facts", Cell::Integer(network.facts.len()));
    row("documents", Cell::Integer(documents.len()));
    row("first day", Cell::optional(days().map(|(first, _)| first.as_str()).min()));
    row("last day", Cell::optional(days().map(|(_, last)| last.as_str()).max()));
    row("facts without a day", Cell::Integer(network.facts.len() - days().count()));
    row("density", Cell::Number(figures.density));
    row("mean degree", Cell::Number(figures.mean_degree));
    row("components", Cell::Integer(figures.components));
    row("nodes of the largest component", Cell::Integer(figures.largest));
    row("diameter of the largest component", Cell::Integer(figures.diameter));
    row("mean distance in the largest component", Cell::Number(figures.mean_distance));
    row("transitivity", Cell::Number(figures.transitivity));
    row("mean clustering", Cell::Number(figures.clustering));
    row("degree assortativity", figures.assortativity.map_or(Cell::Empty, Cell::Number));
    row("communities", Cell::Integer(communities.len()));
    row("modularity", modularity.map_or(Cell::Empty, Cell::Number));
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    network.graph.node_weights().for_each(|node| *kinds.entry(&node.kind).or_default() += 1);
    for (kind, count) in kinds {
        row(&format!("nodes: {kind}"), Cell::Integer(count));
    }
    let mut relations: BTreeMap<&str, usize> = BTreeMap::new();
    network.graph.edge_weights().for_each(|edge| *relations.entry(&edge.property).or_default() += 1);
    for (relation, count) in relations {
        row(&format!("edges: {relation}"), Cell::Integer(count));
    }
    output::write(None, |out| rows.write(args.format, opened.iris(), out))
}
