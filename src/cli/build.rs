//! `tupu build`: texts → workspace, and what was found.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Instant;

use anyhow::ensure;

use super::inputs::{self, How};
use super::options::{Base, Confidence, Frames, Model};
use super::progress::Reading;
use super::summary::{self, Beside};
use super::{disk, output, review};
use crate::pipeline::{self, Summary};
use crate::query::Format;
use crate::workspace::Workspace;

/// Read texts into the workspace, tell what was found, and answer saved queries
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Files (txt, md, html, docx, pdf, jsonl, csv; packed as gz, xz, zst or zip), folders of them, patterns such as
    /// 'news/**/*.html', or - for standard input. Of these what is new or has changed is read. Without any: what another
    /// version of the engine read is read again
    #[arg(value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    #[command(flatten)]
    how: How,
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
    // Nor is a folder made where there is nothing to put into it.
    let files = if args.inputs.is_empty() { None } else { Some(inputs::files(&args.inputs)?) };
    let kg = &args.frames.kg.folder;
    let workspace = match &files {
        Some(_) => Workspace::create_or_open(kg, args.base.iri.as_deref())?,
        None => Workspace::open(kg)?,
    };
    let mut bar = Reading::new();
    let mut tell = |event| bar.tell(event);
    let mut writer = workspace.writer_for("tupu build")?;
    let built = match files {
        Some(files) => pipeline::build(files, &args.how.options(), &annotator, &mut writer, &mut tell),
        None => pipeline::refresh(&annotator, &mut writer, &mut tell),
    };
    let (refused, skipped) = (bar.end(), bar.skipped);
    let built = built?;
    built.invalid.iter().for_each(|error| eprintln!("tupu: {}", output::in_one_line(error)));
    let refused = refused + built.invalid.len();
    if !args.inputs.is_empty() {
        inputs::some(&args.inputs, built.documents.len(), refused)?;
    }
    let on_disk = if args.frames.folder.is_some() { None } else { disk::keep(&writer, annotator.schema())? };
    drop(writer);
    // Without a graph on disk, who is who is found out only for whom it matters to.
    let contents = if on_disk.is_none() && (!asked.is_empty() || !workspace.decisions()?.is_empty()) {
        Some(workspace.contents()?)
    } else {
        on_disk
    };
    let contents = contents.map(output::kept);
    let found = match contents {
        Some(contents) => Summary::of(&built.documents, &contents.annotations, &contents.unread),
        None => {
            let (annotations, unread) = output::kept(workspace.told()?);
            Summary::of(&built.documents, annotations, unread)
        }
    };
    contents.into_iter().for_each(review::report);
    output::write(None, |out| {
        summary::write(out, &found, &Beside { unchanged: built.unchanged, skipped, refused }, started.elapsed())?;
        let Some(contents) = contents.filter(|_| !asked.is_empty()) else { return Ok(()) };
        let texts = asked.iter().map(|query| query.text.as_str());
        let (schema, scope) = (annotator.schema(), output::scope(&workspace, texts)?);
        let store = output::graph(&workspace, &args.frames, schema, &scope, || Ok(contents))?;
        for asked in &asked {
            writeln!(out, "\n{}", asked.title)?;
            let answer = asked.run(&store, workspace.iris(), &BTreeMap::new())?;
            output::answer(out, &answer, Format::Table, workspace.iris())?;
        }
        Ok(())
    })?;
    inputs::all_read(refused)
}
