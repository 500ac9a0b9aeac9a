//! `tupu extract`: texts → annotations as JSON Lines.

use std::path::PathBuf;

use super::inputs::{self, Inputs};
use super::options::{Confidence, Frames, Model, Threads};
use super::{output, progress};
use crate::pipeline;

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
    #[command(flatten)]
    threads: Threads,
}

pub(super) fn run(args: &Args) -> anyhow::Result<()> {
    let annotator = args.model.annotator(args.frames.schema()?)?.at_least(args.confidence.least);
    let corpus = args.inputs.read(args.threads.number())?;
    let refused = corpus.refused.len();
    let documents = args.inputs.documents(corpus)?;
    let bar = progress::bar(documents.len());
    output::write(args.output.as_deref(), |out| {
        pipeline::annotate(&documents, &annotator, args.threads.number(), &|_| bar.inc(1), |_, annotation| {
            writeln!(out, "{}", annotation.to_json()).map_err(anyhow::Error::from)
        })
    })?;
    bar.finish_and_clear();
    inputs::all_read(refused)
}
