//! `tupu query`: a saved query, or one of the user's own.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::Context;

use super::options::Frames;
use super::output;
use crate::query::{self, Bindings, Format};
use crate::workspace::Workspace;

/// Values for variables, by name.
pub(super) type Values = BTreeMap<String, String>;

/// Ask the workspace a saved query or one of your own
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("question").required(true))]
pub(super) struct Args {
    /// A saved query (`tupu queries` lists them)
    #[arg(group = "question")]
    name: Option<String>,
    /// A query in SPARQL; the usual prefixes need not be declared
    #[arg(short = 'e', long = "sparql", group = "question", value_name = "SPARQL")]
    text: Option<String>,
    /// A file with a query in SPARQL
    #[arg(short, long, group = "question", value_name = "FILE")]
    file: Option<PathBuf>,
    /// Give a variable a value; may be repeated
    #[arg(long = "set", value_name = "NAME=VALUE", value_parser = assignment)]
    values: Vec<(String, String)>,
    /// How to write the answer: table, csv, tsv, json, xml; turtle or ntriples where the query constructs triples
    #[arg(long, default_value = "table")]
    format: Format,
    #[command(flatten)]
    frames: Frames,
}

fn assignment(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("write it as NAME=VALUE")?;
    Ok((name.trim_start_matches('?').to_owned(), value.to_owned()))
}

pub(super) fn run(args: &Args) -> anyhow::Result<()> {
    let kg = &args.frames.kg;
    let saved = kg.queries()?;
    let saved = args.name.as_deref().map(|name| saved.find(name)).transpose()?;
    let own = match (&args.text, &args.file) {
        (Some(text), _) => text.clone(),
        (None, Some(file)) => {
            std::fs::read_to_string(file).with_context(|| format!("cannot read the query in {}", file.display()))?
        }
        (None, None) => String::new(),
    };
    let workspace = Workspace::open(&kg.folder)?;
    let iris = workspace.iris();
    let store = workspace.store(&args.frames.schema()?)?;
    let answer = match saved {
        Some(saved) => saved.run(&store, iris, &args.values.iter().cloned().collect::<Values>())?,
        None => {
            let value = |(name, text): &(String, String)| (name.clone(), query::value(iris, text));
            query::run(&store, iris, &own, &args.values.iter().map(value).collect::<Bindings>())?
        }
    };
    output::write(None, |mut out| Ok(query::write(&answer, args.format, iris, &mut out)?))
}
