//! `tupu explain`: how texts were read, sentence by sentence.

use super::inputs::Inputs;
use super::options::{Frames, Model};

/// Show how each sentence was read: words, mentions, triggers, facts, and what lost to what and why
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    frames: Frames,
    #[command(flatten)]
    model: Model,
}

pub(super) fn run(args: &Args) -> anyhow::Result<()> {
    let annotator = args.model.annotator(args.frames.schema()?)?;
    args.inputs.write(None, |document| format!("{}\n", annotator.explain(document)))
}
