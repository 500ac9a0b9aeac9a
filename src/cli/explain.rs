//! `tupu explain`: how texts were read, sentence by sentence.

use std::path::PathBuf;

use super::options::{Frames, Model};
use super::output;
use crate::read;

/// Show how each sentence was read: words, mentions, triggers, facts, and what lost to what and why
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Text files (.txt), JSON Lines (.jsonl), and folders of them
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    #[command(flatten)]
    frames: Frames,
    #[command(flatten)]
    model: Model,
}

pub(super) fn run(args: &Args) -> anyhow::Result<()> {
    let annotator = args.model.annotator(args.frames.schema()?)?;
    let documents = read::documents(&args.inputs)?;
    output::write(None, |out| {
        for document in &documents {
            writeln!(out, "{}", annotator.explain(document))?;
        }
        Ok(())
    })
}
