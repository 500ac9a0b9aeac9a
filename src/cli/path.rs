//! `tupu path`: how two entities are connected.

use anyhow::ensure;

use super::network;
use super::output;
use super::rows::{Format, Rows};
use super::statement::{COLUMNS, statements};

/// Show how two entities are connected: the shortest ways, with the facts of every step and the words that state them
///
/// A way may take a relation against its direction: who gave and who received are connected both ways. Among ways of
/// one length those come first whose entities come first by their ids.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Where to begin: a name, TYPE:NAME, or the id as tables show it
    from: String,
    /// Where to end, likewise
    to: String,
    /// So many ways, the shortest first
    #[arg(short = 'k', long = "paths", value_name = "N", default_value_t = 1)]
    paths: usize,
    /// How to write them
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    network: network::Args,
}

pub(super) fn run(args: &Args) -> anyhow::Result<()> {
    let (opened, network) = args.network.read()?;
    let (from, to) = (opened.nodes(&network, &args.from)?, opened.nodes(&network, &args.to)?);
    let same = from.first().filter(|_| from == to).map(|at| network.short(&network.graph[*at].iri));
    ensure!(same.is_none(), "{:?} and {:?} are the same: {}", args.from, args.to, same.unwrap_or_default());
    let paths = network.shortest_paths(&from, &to, args.paths);
    ensure!(
        !paths.is_empty(),
        "nothing in this network connects {:?} and {:?}; another may: --network items goes through goods, places and \
         works, --network facts through planned and denied facts",
        args.from,
        args.to
    );
    let columns: Vec<&str> = ["path", "step"].into_iter().chain(COLUMNS).collect();
    let mut rows = Rows::new(&columns);
    for (path, nodes) in paths.iter().enumerate() {
        for (step, ends) in nodes.windows(2).enumerate() {
            let &[one, other] = ends else { continue };
            rows.extend(&[path + 1, step + 1], statements(&network, one, other));
        }
    }
    output::write(None, |out| rows.write(args.format, opened.iris(), out))
}
