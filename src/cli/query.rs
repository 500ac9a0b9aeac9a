//! `tupu query`: a saved query, or one of the user's own.

use std::path::PathBuf;

use anyhow::{Context, bail};

use super::options::Frames;
use super::output::{self, kept};
use crate::query::{self, Format};
use crate::workspace::Workspace;

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

/// What is asked.
enum Question<'a> {
    Saved(&'a query::Saved),
    Own(String),
}

pub(super) fn run(args: &Args) -> anyhow::Result<()> {
    let kg = &args.frames.kg;
    let saved = kg.queries()?;
    let question = match (&args.name, &args.text, &args.file) {
        (Some(name), ..) => Question::Saved(saved.find(name)?),
        (_, Some(text), _) => Question::Own(text.clone()),
        (.., Some(file)) => Question::Own(
            std::fs::read_to_string(file).with_context(|| format!("cannot read the query in {}", file.display()))?,
        ),
        _ => bail!("nothing is asked"),
    };
    let workspace = Workspace::open(&kg.folder)?;
    let iris = workspace.iris();
    let asked = match &question {
        Question::Saved(saved) => saved.text.as_str(),
        Question::Own(text) => text.as_str(),
    };
    let (schema, scope) = (args.frames.schema()?, output::scope(&workspace, [asked])?);
    let contents = || Ok(kept(workspace.contents()?));
    let store = kept(output::graph(&workspace, &args.frames, &schema, &scope, contents)?);
    let values = args.values.iter().cloned();
    let answer = match question {
        Question::Saved(saved) => saved.run(store, iris, &values.collect())?,
        Question::Own(text) => {
            let bindings = values.map(|(name, value)| (name, query::value(iris, &value))).collect();
            query::run(store, iris, &text, &bindings)?
        }
    };
    output::write(None, |out| output::answer(out, &answer, args.format, iris))
}
