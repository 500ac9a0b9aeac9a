//! `tupu extract`: texts → annotations as JSON Lines.

use std::path::PathBuf;

use super::inputs::Inputs;
use super::options::{Confidence, Frames, Model};

/// Write what texts mention and state as annotations, JSON Lines
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    inputs: Inputs,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    frames: Frames,
    #[command(flatten)]
    confidence: Confidence,
    #[command(flatten)]
    model: Model,
}

pub(super) fn run(args: &Args) -> anyhow::Result<()> {
    let annotator = args.model.annotator(args.frames.schema()?)?.at_least(args.confidence.least);
    args.inputs.write(args.output.as_deref(), |document| annotator.annotate(document).to_json() + "\n")
}
