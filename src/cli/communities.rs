//! `tupu communities`: which groups hang together.

use std::collections::BTreeMap;

use petgraph::graph::NodeIndex;

use super::network;
use super::output;
use super::rows::{Cell, Format, Rows};
use crate::graph::{Measure, Network};

/// List the groups that hang together: communities of the network by the Leiden algorithm, the largest first
///
/// More facts join their members than chance would: the modularity says by how much (0: no more than chance). The
/// network is taken as undirected.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A row for each member, in place of one for each community
    #[arg(long)]
    members: bool,
    /// So many communities; 0 for all
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// How to write them
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    network: network::Args,
}

/// So many members are named where a community is one row.
const NAMED: usize = 8;

pub(super) fn run(args: &Args) -> anyhow::Result<()> {
    let (opened, mut network) = args.network.read()?;
    let modularity = network.measure(&[Measure::Community, Measure::Degree]);
    let mut communities: BTreeMap<usize, Vec<NodeIndex>> = BTreeMap::new();
    for (at, community) in network.graph.node_indices().zip(&network.measures.community) {
        communities.entry(*community).or_default().push(at);
    }
    let all = communities.len();
    let wanted = |(number, _): &(usize, _)| args.limit == 0 || *number <= args.limit;
    let communities: Vec<_> = communities.into_iter().filter(wanted).collect();
    let mut rows = Rows::new(if args.members {
        &["community", "name", "type", "degree", "id"]
    } else {
        &["community", "size", "facts", "relations", "members"]
    });
    for (number, mut members) in communities {
        let degree = |at: &NodeIndex| network.measures.degree.get(at.index()).copied().unwrap_or_default();
        members.sort_by(|a, b| degree(b).cmp(&degree(a)).then(a.cmp(b)));
        if args.members {
            rows.rows.extend(members.iter().map(|at| {
                let node = &network.graph[*at];
                let id = Cell::Id(network.short(&node.iri).to_owned());
                vec![
                    Cell::Integer(number),
                    node.name.as_str().into(),
                    node.kind.as_str().into(),
                    Cell::Integer(degree(at)),
                    id,
                ]
            }));
        } else {
            let mut row = vec![Cell::Integer(number)];
            row.extend(summary(&network, &members));
            rows.rows.push(row);
        }
    }
    output::write(None, |out| {
        if let (Format::Table, Some(modularity)) = (args.format, modularity) {
            writeln!(out, "{all} communities, modularity {modularity:.4}\n")?;
        }
        rows.write(args.format, opened.iris(), out)
    })
}

/// The size of a community, the facts within it, of which relations most of them are, and its best joined members.
fn summary(network: &Network, members: &[NodeIndex]) -> Vec<Cell> {
    let within = network.part(&members.iter().copied().collect());
    let mut relations: BTreeMap<&str, usize> = BTreeMap::new();
    for edge in within.graph.edge_weights() {
        *relations.entry(&edge.label).or_default() += edge.facts.len();
    }
    let mut relations: Vec<_> = relations.into_iter().collect();
    relations.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let relations: Vec<String> = relations.iter().take(3).map(|(label, count)| format!("{label} {count}")).collect();
    let mut names: Vec<&str> = members.iter().take(NAMED).map(|at| network.graph[*at].name.as_str()).collect();
    if members.len() > NAMED {
        names.push("…");
    }
    vec![
        Cell::Integer(members.len()),
        Cell::Integer(within.facts.len()),
        Cell::Text(relations.join("、")),
        Cell::Text(names.join("、")),
    ]
}
