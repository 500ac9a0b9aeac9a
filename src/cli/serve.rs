//! `tupu serve`: the explorer, and SPARQL over HTTP.

use std::time::Duration;

use super::options::Frames;
use super::output::in_one_line;
use crate::serve::{self, Event};

/// Serve the explorer and SPARQL over HTTP on this machine, until Ctrl-C
///
/// The explorer is at the address that is printed, SPARQL 1.1 at /sparql, the API at /api. The server answers to this
/// machine alone, and changes nothing in the workspace but, with --review, its decisions.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The port; 0 for any that is free
    #[arg(long, value_name = "PORT", default_value_t = 8878)]
    port: u16,
    /// Open the explorer in the browser
    #[arg(long)]
    open: bool,
    /// Let decisions be made in the explorer; they are written to decisions.jsonl as those of `tupu review`
    #[arg(long)]
    review: bool,
    /// How long a query may take, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..=86400))]
    timeout: u64,
    /// How many rows or triples an answer may have
    #[arg(long, value_name = "N", default_value_t = 1_000_000)]
    rows: usize,
    #[command(flatten)]
    frames: Frames,
}

pub(super) fn run(args: &Args) -> anyhow::Result<()> {
    let options = serve::Options {
        folder: args.frames.kg.folder.clone(),
        frames: args.frames.folder.clone(),
        port: args.port,
        review: args.review,
        timeout: Duration::from_secs(args.timeout),
        rows: args.rows,
    };
    // Where there is no workspace nobody need open a page to learn it.
    crate::workspace::Workspace::open(&options.folder)?;
    let open = args.open;
    serve::run(options, move |event| match event {
        Event::Listening(at) => {
            let address = format!("http://{at}/");
            println!("{address}");
            if open && let Err(error) = open::that_detached(&address) {
                eprintln!("tupu: cannot open a browser ({error}); open {address}");
            }
            eprintln!("tupu: loading the graph …");
        }
        Event::Ready(loaded) => {
            let (documents, entities, facts) = (loaded.document_count(), loaded.entity_count(), loaded.fact_count());
            eprintln!("tupu: ready: {documents} documents, {entities} entities, {facts} facts; Ctrl-C ends it");
        }
        Event::Failed(error) => eprintln!("tupu: {}", in_one_line(&error)),
    })?;
    Ok(())
}
