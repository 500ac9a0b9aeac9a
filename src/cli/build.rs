//! `tupu build`: texts → workspace, and what was found.

use std::collections::BTreeMap;
use std::time::Instant;

use anyhow::ensure;

use super::inputs::{self, Inputs};
use super::options::{Base, Confidence, Frames, Model, Threads};
use super::{output, progress, review, summary};
use crate::pipeline;
use crate::query::Format;
use crate::workspace::Workspace;

/// Read texts into the workspace, tell what was found, and answer saved queries
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    inputs: Inputs,
    /// Answer this saved query at the end (`tupu queries` lists them); may be repeated
    #[arg(long, value_name = "QUERY")]
    ask: Vec<String>,
    #[command(flatten)]
    frames: Frames,
    #[command(flatten)]
    confidence: Confidence,
    #[command(flatten)]
    model: Model,
    #[command(flatten)]
    base: Base,
    #[command(flatten)]
    threads: Threads,
}

pub(super) fn run(args: &Args) -> anyhow::Result<()> {
    let started = Instant::now();
    // What can be wrong without reading a text is told before one is read.
    let saved = args.frames.kg.queries()?;
    let asked = args.ask.iter().map(|name| saved.find(name)).collect::<Result<Vec<_>, _>>()?;
    for query in &asked {
        let needed = query.params.iter().find(|p| p.default.is_none());
        ensure!(
            needed.is_none(),
            "query {} cannot be asked here, since it needs a value; ask `tupu query {} --set {}=…` afterwards",
            query.name,
            query.name,
            needed.map_or("", |p| &p.name)
        );
    }
    let annotator = args.model.annotator(args.frames.schema()?)?.at_least(args.confidence.least);
    let corpus = args.inputs.read(args.threads.number())?;
    let (refused, skipped) = (corpus.refused.len(), corpus.skipped.len());
    let documents = args.inputs.documents(corpus)?;
    let workspace = Workspace::create_or_open(&args.frames.kg.folder, args.base.iri.as_deref())?;
    let bar = progress::bar(documents.len());
    let found = {
        let mut writer = workspace.writer_for("tupu build")?;
        pipeline::build(&documents, &annotator, &mut writer, args.threads.number(), &|_| bar.inc(1))
    };
    bar.finish_and_clear();
    let found = found?;
    let contents = workspace.contents()?;
    review::report(&contents);
    let store =
        output::store(&workspace, &contents, annotator.schema(), asked.iter().map(|query| query.text.as_str()))?;
    output::write(None, |out| {
        summary::write(out, &found, skipped, refused, started.elapsed())?;
        for asked in asked {
            writeln!(out, "\n{}", asked.title)?;
            let answer = asked.run(&store, workspace.iris(), &BTreeMap::new())?;
            output::answer(out, &answer, Format::Table, workspace.iris())?;
        }
        Ok(())
    })?;
    inputs::all_read(refused)
}
