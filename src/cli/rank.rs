//! `tupu rank`: who stands in the middle.

use clap::ValueEnum;

use super::network;
use super::output;
use super::rows::{Cell, Format, Rows};
use crate::export::attribute::{self, NODES, Value};
use crate::graph::Measure;

/// List the most central entities of a network, with their measures
///
/// Measures take the network as undirected: two entities are joined, whatever the direction, by so many facts.
/// degree: with how many others it is joined; weighted_degree: in how many facts; pagerank: how likely one comes across
/// it who walks from one to the next (damping 0.85, weights count); betweenness: the share of the shortest ways between
/// two others that pass it (steps count alike). in_degree and out_degree count the others by direction, where there is
/// one; a table shows them where it is sorted by them. Of more than 50,000 edges betweenness is told where it is asked
/// for, and communities are not.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The measure by which they are sorted
    #[arg(long, value_enum, value_name = "MEASURE", default_value_t = By::Degree)]
    by: By,
    /// So many of them; 0 for all
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// How to write them
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    part: network::Part,
    #[command(flatten)]
    network: network::Args,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
enum By {
    Degree,
    InDegree,
    OutDegree,
    WeightedDegree,
    #[value(name = "pagerank")]
    PageRank,
    Betweenness,
    Mentions,
}

impl By {
    /// The attribute that has it.
    const fn attribute(self) -> &'static str {
        match self {
            Self::Degree => "degree",
            Self::InDegree => "in_degree",
            Self::OutDegree => "out_degree",
            Self::WeightedDegree => "weighted_degree",
            Self::PageRank => "pagerank",
            Self::Betweenness => "betweenness",
            Self::Mentions => "mentions",
        }
    }
}

/// With more edges than these, measures that take minutes are left out where nobody asks for them.
const MANY_EDGES: usize = 50_000;
/// The columns of numbers.
const NUMBERS: [&str; 8] =
    ["degree", "in_degree", "out_degree", "weighted_degree", "pagerank", "betweenness", "community", "mentions"];

pub(super) fn run(args: &Args) -> anyhow::Result<()> {
    let (opened, mut network) = args.network.read()?;
    let mut measures = vec![Measure::Degree, Measure::WeightedDegree, Measure::PageRank];
    let small = network.graph.edge_count() <= MANY_EDGES;
    measures.extend([Measure::Betweenness].into_iter().filter(|_| small || args.by == By::Betweenness));
    measures.extend([Measure::Community].into_iter().filter(|_| small));
    network.measure(&measures);
    let network = opened.part(network, &args.part)?;
    let sorted_by = args.by.attribute();
    anyhow::ensure!(
        network.directed || !matches!(args.by, By::InDegree | By::OutDegree),
        "this network has no direction; --by degree counts the others"
    );
    let value =
        |name: &str, at| NODES.iter().find(|attribute| attribute.name == name).and_then(|a| (a.of)(&network, at));
    let number = |at| match value(sorted_by, at) {
        Some(Value::Integer(number)) => f64::from(number),
        Some(Value::Number(number)) => number,
        _ => 0.0,
    };
    let mut nodes: Vec<_> = network.graph.node_indices().map(|at| (number(at), at)).collect();
    nodes.sort_by(|(a, one), (b, other)| b.total_cmp(a).then(one.cmp(other)));
    if args.limit > 0 {
        nodes.truncate(args.limit);
    }
    let shown = attribute::of_nodes(&network);
    // A table has room for the usual ones and that by which it is sorted.
    let usual = |name: &&str| {
        args.format != Format::Table || *name == sorted_by || !["in_degree", "out_degree", "mentions"].contains(name)
    };
    let measured = |name: &&str| shown.iter().any(|attribute| attribute.name == *name);
    let numbers: Vec<&str> = NUMBERS.into_iter().filter(measured).filter(usual).collect();
    let columns: Vec<&str> =
        ["rank", "name", "type"].into_iter().chain(numbers.iter().copied()).chain(["id"]).collect();
    let mut rows = Rows::new(&columns);
    for (rank, (_, at)) in nodes.into_iter().enumerate() {
        let node = &network.graph[at];
        let mut row = vec![Cell::Integer(rank + 1), node.name.as_str().into(), node.kind.as_str().into()];
        row.extend(numbers.iter().map(|name| Cell::of(value(name, at))));
        row.push(Cell::Id(network.short(&node.iri).to_owned()));
        rows.rows.push(row);
    }
    output::write(None, |out| rows.write(args.format, opened.iris(), out))
}
