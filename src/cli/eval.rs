//! `tupu eval`: gold against predicted.

use std::collections::BTreeSet;
use std::path::PathBuf;

use anyhow::{Context, ensure};
use rayon::prelude::*;

use super::options::{Confidence, Frames, Model, probability};
use super::output;
use crate::annotation::Annotation;
use crate::read;
use crate::score::score;

/// Score annotations against gold ones
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// What is right: annotations as JSON Lines
    #[arg(value_name = "GOLD.jsonl")]
    gold: PathBuf,
    /// What is scored [default: what `extract` makes of the gold texts]
    #[arg(value_name = "PREDICTED.jsonl")]
    predicted: Option<PathBuf>,
    /// Add the figures of every type of mention and of fact
    #[arg(long)]
    by_type: bool,
    /// Add how often facts are right by their confidence: of the same status as one of gold, and half or more of what
    /// fills their roles
    #[arg(long)]
    calibration: bool,
    /// Print N facts that were missed or made up
    #[arg(long, value_name = "N", default_value_t = 0)]
    errors: usize,
    /// Leave this document out; may be repeated
    #[arg(long, value_name = "ID")]
    without: Vec<String>,
    /// Print the figures as JSON
    #[arg(long)]
    json: bool,
    /// Add a line `roles/selected`: the roles of these fact types together
    #[arg(long, value_name = "A,B,…", value_delimiter = ',')]
    types: Vec<String>,
    /// Fail where the F1 of a figure is below this, 0 to 1, as `status=0.9`; without a name, that of the roles (of
    /// --types, if given); may be repeated
    #[arg(long, value_name = "[FIGURE=]F1", value_parser = floor)]
    floor: Vec<Floor>,
    #[command(flatten)]
    frames: Frames,
    #[command(flatten)]
    confidence: Confidence,
    #[command(flatten)]
    model: Model,
}

/// What a figure must reach.
#[derive(Debug, Clone)]
struct Floor {
    /// As the table calls it; `None` for the roles asked for.
    figure: Option<String>,
    f1: f64,
}

fn floor(argument: &str) -> Result<Floor, String> {
    let (figure, f1) = argument.rsplit_once('=').map_or((None, argument), |(name, f1)| (Some(name.to_owned()), f1));
    let f1 = probability(f1).map_err(|says| format!("{says} or status=0.9"))?;
    Ok(Floor { figure, f1 })
}

pub(super) fn run(args: &Args) -> anyhow::Result<()> {
    let mut gold = read::annotations(&args.gold)?;
    for id in &args.without {
        ensure!(gold.iter().any(|g| g.id == *id), "{} has no document {id:?} to leave out", args.gold.display());
    }
    gold.retain(|g| !args.without.contains(&g.id));
    let mut predicted = match &args.predicted {
        Some(file) => read::annotations(file)?,
        None => annotate(args, &gold)?,
    };
    predicted.retain(|p| !args.without.contains(&p.id));

    let known: BTreeSet<_> = gold.iter().chain(&predicted).flat_map(|a| &a.facts).map(|f| &f.kind).collect();
    for kind in &args.types {
        ensure!(known.contains(kind), "no fact of type {kind:?} in gold or prediction; look for a slip in its name");
    }
    let score = score(&gold, &predicted)?;
    let selected = (!args.types.is_empty()).then(|| score.roles_of(&args.types).row());
    let written = output::write(None, |out| {
        for error in score.errors.iter().take(args.errors) {
            writeln!(out, "{error}")?;
        }
        let figures = if args.json { score.json(selected) } else { score.table(args.by_type, selected) };
        out.write_all(figures.as_bytes())?;
        if args.calibration && !args.json {
            score.calibration().iter().try_for_each(|row| writeln!(out, "{row}"))?;
        }
        Ok(())
    });
    // The floor holds whether or not somebody reads the figures to their end.
    for Floor { figure, f1: floor } in &args.floor {
        let name = figure.as_deref().unwrap_or("roles");
        let selected = selected.filter(|_| figure.is_none());
        let row = selected.or_else(|| score.tallies.get(name).map(|t| t.row()));
        let f1 = row.with_context(|| format!("there is no figure {name:?}; the table has their names"))?.f1;
        ensure!(f1 >= *floor, "{name} F1 is {f1:.4}, below the floor of {floor:.4}");
    }
    written
}

/// What `extract` makes of the texts of gold.
fn annotate(args: &Args, gold: &[Annotation]) -> anyhow::Result<Vec<Annotation>> {
    let annotator = args.model.annotator(args.frames.schema()?)?.at_least(args.confidence.least);
    Ok(gold.par_iter().map(|gold| annotator.annotate(&gold.document())).collect())
}
