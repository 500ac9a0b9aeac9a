//! `tupu frames`: the fact types, and whether their examples hold.

use std::path::PathBuf;

use anyhow::ensure;

use super::options::{Frames, Kg};
use super::output;
use crate::annotate::{self, Annotator};
use crate::schema::{Fills, Schema};

/// Look after fact types
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    Check(Check),
    /// List the fact types and their roles, a table in Markdown; [q] marks a role whose filler may have a quantity
    List(Frames),
}

/// Read fact types, and run the examples in their files
#[derive(Debug, clap::Args)]
pub(super) struct Check {
    /// Fact types of your own, a folder of *.toml files [default: those built in, and frames/ in the workspace]
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
    #[command(flatten)]
    kg: Kg,
}

pub(super) fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Check(Check { folder, kg }) => check(folder, kg),
        Command::List(frames) => list(&frames.schema()?),
    }
}

fn check(folder: Option<PathBuf>, kg: Kg) -> anyhow::Result<()> {
    let own = folder.as_deref().map(Schema::read_folder).transpose()?;
    // The user's are read beside the built-in ones, since they vie with them for the same words.
    let annotator = Annotator::new(Frames { kg, folder }.schema()?);
    let frames = match &own {
        Some(own) => own.iter().collect(),
        None => annotator.schema().frames().collect::<Vec<_>>(),
    };
    let checked: Vec<_> =
        frames.into_iter().map(|frame| (frame, annotate::check::examples(&annotator, frame))).collect();
    let written = output::write(None, |out| {
        let width = checked.iter().map(|(frame, _)| frame.name.len()).max().unwrap_or(0);
        for (frame, failures) in &checked {
            let (patterns, examples) = (frame.patterns.len(), frame.examples.len());
            let outcome = match failures.len() {
                0 if examples == 0 => "nothing to hold it to".to_owned(),
                0 => "all hold".to_owned(),
                failed => format!("{failed} failed"),
            };
            writeln!(
                out,
                "{:width$}  {:11}  {:12}  {outcome}",
                frame.name,
                counted(patterns, "pattern"),
                counted(examples, "example"),
            )?;
            failures.iter().try_for_each(|failure| writeln!(out, "\n{failure}"))?;
            if !failures.is_empty() {
                writeln!(out)?;
            }
        }
        Ok(())
    });
    let all: usize = checked.iter().map(|(frame, _)| frame.examples.len()).sum();
    let failed: usize = checked.iter().map(|(_, failures)| failures.len()).sum();
    ensure!(failed == 0, "{failed} of {all} examples do not hold");
    written
}

/// A table in Markdown, for people and for pages alike.
fn list(schema: &Schema) -> anyhow::Result<()> {
    output::write(None, |out| {
        writeln!(out, "| type | 中文 | English | roles |\n| --- | --- | --- | --- |")?;
        for frame in schema.frames() {
            // Every fact may have a time and a place: told only where the file names them. In the file's order.
            let general = |name: &String| name == "time" || name == "place";
            let mut own: Vec<_> = frame.roles.iter().filter(|(name, role)| !general(name) || role.line > 1).collect();
            own.sort_by_key(|(_, role)| role.line);
            let roles = own.into_iter().map(|(name, role)| match &role.fills {
                Fills::Value(kind) if !general(name) => format!("{name}: {}", kind.name()),
                Fills::Entity { .. } if role.quantity => format!("{name} [q]"),
                _ => name.clone(),
            });
            let roles = roles.collect::<Vec<_>>().join(", ");
            writeln!(out, "| `{}` | {} | {} | {roles} |", frame.name, frame.label.zh, frame.label.en)?;
        }
        Ok(())
    })
}

/// `1 pattern`, `2 patterns`.
fn counted(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
