//! `tupu extract`: texts → annotations as JSON Lines.

use std::path::PathBuf;

use super::options::{Frames, Threads};
use super::output;
use crate::read;

/// Write what texts mention and state as annotations, JSON Lines
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Text files (.txt), JSON Lines (.jsonl), and folders of them
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    frames: Frames,
    #[command(flatten)]
    threads: Threads,
}

pub(super) fn run(args: &Args) -> anyhow::Result<()> {
    let annotator = args.frames.annotator()?;
    let corpus = read::corpus(&args.inputs)?;
    let annotations = super::annotate(&annotator, &corpus.documents, &args.threads)?;
    output::write(args.output.as_deref(), |out| {
        for annotation in &annotations {
            writeln!(out, "{}", annotation.to_json())?;
        }
        Ok(())
    })
}
