//! `tupu around`: what surrounds an entity.

use super::network;
use super::output;
use super::rows::{Format, Rows};
use super::statement::{COLUMNS, statements};

/// Show what surrounds an entity: whom it is joined with, and on to the given depth, with the facts and their words
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The entity: a name, TYPE:NAME, or the id as tables show it
    entity: String,
    /// How many steps to go
    #[arg(long, value_name = "N", default_value_t = 1)]
    depth: usize,
    /// How to write it
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    network: network::Args,
}

pub(super) fn run(args: &Args) -> anyhow::Result<()> {
    let (opened, network) = args.network.read()?;
    let ties = network.ties();
    let near = network.around(&opened.nodes(&network, &args.entity)?, args.depth);
    let columns: Vec<&str> = ["distance"].into_iter().chain(COLUMNS).collect();
    let mut rows = Rows::new(&columns);
    let mut pairs = Vec::new();
    for edge in ties.raw_edges() {
        let (one, other) = (edge.source(), edge.target());
        if let (Some(from), Some(to)) = (near.get(&one), near.get(&other)) {
            // The nearer end first, as one reads on from the entity.
            let (one, other) = if from <= to { (one, other) } else { (other, one) };
            pairs.push(((*from).max(*to), one, other));
        }
    }
    pairs.sort_unstable();
    for (distance, one, other) in pairs {
        rows.extend(&[distance], statements(&network, one, other));
    }
    output::write(None, |out| rows.write(args.format, opened.iris(), out))
}
