//! `tupu schema`: the format of annotations, for programs.

use std::path::PathBuf;

use super::output;
use crate::annotation;

/// Print the JSON Schema of the annotation format, which `extract` writes and `load` reads
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub(super) fn run(args: &Args) -> anyhow::Result<()> {
    output::write(args.output.as_deref(), |out| Ok(out.write_all(annotation::SCHEMA.as_bytes())?))
}
