//! `tupu load`: annotations made elsewhere → workspace.

use std::path::PathBuf;
use std::time::Instant;

use super::options::{Base, Kg};
use super::summary::{self, Beside};
use super::{disk, output};
use crate::pipeline::Summary;
use crate::read;
use crate::workspace::Workspace;

/// Take annotations made elsewhere into the workspace
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Annotations as JSON Lines
    #[arg(required = true, value_name = "FILE.jsonl")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    kg: Kg,
    #[command(flatten)]
    base: Base,
}

pub(super) fn run(args: &Args) -> anyhow::Result<()> {
    let started = Instant::now();
    // All of them are read and checked before the first is stored.
    let annotations = read::annotations_of(&args.files)?;
    let workspace = Workspace::create_or_open(&args.kg.folder, args.base.iri.as_deref())?;
    let mut found = Summary::default();
    {
        let mut writer = workspace.writer_for("tupu load")?;
        for (place, annotation) in &annotations {
            writer.put(annotation, None, &place.to_string())?;
            found.add(annotation, &[]);
        }
        disk::keep(&writer, &workspace.load_schema()?)?;
    }
    output::write(None, |out| Ok(summary::write(out, &found, &Beside::default(), started.elapsed())?))
}
