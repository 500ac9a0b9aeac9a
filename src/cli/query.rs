//! `tupu query`: a saved query, or one of the user's own.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, bail};

use super::options::Frames;
use super::output::{self, kept};
use super::push;
use crate::query::{self, Format};
use crate::remote::{Client, Server};
use crate::workspace::Workspace;

/// Ask the workspace a saved query or one of your own
///
/// With --server a running `tupu serve` is asked in its place, and says the same without any workspace being opened here:
/// saved queries are then those that the server has. Any other server of SPARQL can be asked with -e and --file; its IRIs are
/// shown whole.
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
    /// Ask this server in place of a workspace: http://127.0.0.1:8878 as tupu serve prints it, or where another server
    /// answers queries
    #[arg(long, value_name = "URL", conflicts_with_all = ["kg", "frames"])]
    server: Option<String>,
    /// Log in at the server under this name, with the password in the environment variable TUPU_PASSWORD
    #[arg(long, value_name = "NAME", requires = "server")]
    user: Option<String>,
    #[command(flatten)]
    frames: Frames,
}

fn assignment(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("write it as NAME=VALUE")?;
    Ok((name.trim_start_matches('?').to_owned(), value.to_owned()))
}

/// So long is waited for a server's answer; it ends most queries sooner itself.
const WAIT: Duration = Duration::from_secs(3600);

/// What is asked.
enum Question<'a> {
    Saved(&'a query::Saved),
    Own(String),
}

impl Args {
    /// The query of the user's own, if it is one.
    fn own(&self) -> anyhow::Result<Option<String>> {
        let read = |file: &PathBuf| {
            std::fs::read_to_string(file).with_context(|| format!("cannot read the query in {}", file.display()))
        };
        self.text.clone().map_or_else(|| self.file.as_ref().map(read).transpose(), |text| Ok(Some(text)))
    }
}

pub(super) fn run(args: &Args) -> anyhow::Result<()> {
    match &args.server {
        Some(url) => ask_server(args, url),
        None => ask_workspace(args),
    }
}

fn ask_server(args: &Args, url: &str) -> anyhow::Result<()> {
    let values = args.values.iter().cloned().collect();
    let own = args.own()?;
    let server = Server::at(push::address(url, args.user.as_deref())?, Client::new(WAIT))?;
    let answer = match (own, &args.name) {
        (Some(text), _) => server.own(&text, &values)?,
        (None, Some(name)) => server.saved(name, &values)?,
        (None, None) => bail!("nothing is asked"),
    };
    output::write(None, |out| output::answer(out, &answer, args.format, server.iris()))
}

fn ask_workspace(args: &Args) -> anyhow::Result<()> {
    let kg = &args.frames.kg;
    let saved = kg.queries()?;
    let question = match (args.own()?, &args.name) {
        (Some(text), _) => Question::Own(text),
        (None, Some(name)) => Question::Saved(saved.find(name)?),
        (None, None) => bail!("nothing is asked"),
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
