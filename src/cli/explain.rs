//! `tupu explain`: how texts were read, sentence by sentence.

use super::inputs::{self, Inputs};
use super::options::{Frames, Model};
use super::output;

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
    let corpus = args.inputs.read(0)?;
    let refused = corpus.refused.len();
    let documents = args.inputs.documents(corpus)?;
    output::write(None, |out| {
        for document in &documents {
            writeln!(out, "{}", annotator.explain(document))?;
        }
        Ok(())
    })?;
    inputs::all_read(refused)
}
