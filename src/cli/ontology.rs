//! `tupu ontology`: what the terms of the graph mean, and the shapes that a sound graph has.

use std::path::PathBuf;

use super::options::Frames;
use super::output;
use crate::rdf::ontology;

/// Print what the terms of the graph mean: entity and fact types, roles, edges, in Turtle (OWL)
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Print the shapes that a sound graph has instead (SHACL)
    #[arg(long)]
    shapes: bool,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    frames: Frames,
}

pub(super) fn run(args: &Args) -> anyhow::Result<()> {
    let schema = args.frames.schema()?;
    let text = if args.shapes { ontology::shapes(&schema) } else { ontology::turtle(&schema) };
    output::write(args.output.as_deref(), |out| Ok(out.write_all(text.as_bytes())?))
}
