//! `tupu push`: the graph into another server of SPARQL.

use std::env;
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use clap::ValueEnum;
use indicatif::ProgressBar;
use oxigraph::model::NamedNode;

use super::options::Frames;
use super::output::{self, in_one_line, kept};
use super::progress;
use crate::rdf::Scope;
use crate::remote::{Address, Client, Credentials, Event, Protocol, Push, Size, Summary};
use crate::workspace::Workspace;

/// Write the graph into another SPARQL server: Oxigraph, Fuseki, GraphDB, RDFox, Neptune, Virtuoso …
///
/// A named graph for each document, for who is who and for the ontology, and in the default graph what all documents
/// state, once. What the server has already stays, and sending the same again changes nothing: a push that broke off is
/// simply given again. At the end the triples of each graph are counted there, and what the server lacks is sent again;
/// triples that a graph had before may hide that some are missing, so with --replace the count is exact.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Where the server takes changes, such as http://localhost:7878/update (Oxigraph), …/DATASET/update (Fuseki),
    /// …/repositories/NAME/statements (GraphDB), …/sparql-auth (Virtuoso); or its graph store, with --protocol graph-store
    #[arg(long, value_name = "URL")]
    to: String,
    /// How changes are told
    #[arg(long, value_enum, default_value = "update")]
    protocol: How,
    /// Where the server answers queries, to compare [default: beside --to, where its name tells]
    #[arg(long, value_name = "URL")]
    query: Option<String>,
    /// Put into this named graph what else goes into the default graph: for servers whose default graph is no graph of its own,
    /// as Virtuoso's and GraphDB's; ask it with default-graph-uri or FROM
    #[arg(long, value_name = "IRI")]
    default_graph: Option<String>,
    /// Empty each graph before it is written. That is the server's default graph too, with all that is in it, unless
    /// --default-graph names another; graphs of documents that the workspace no longer has are left as they are
    #[arg(long)]
    replace: bool,
    /// Log in under this name, with the password in the environment variable TUPU_PASSWORD (HTTP Basic or Digest, as the
    /// server asks)
    #[arg(long, value_name = "NAME")]
    user: Option<String>,
    /// How many triples at once
    #[arg(long, value_name = "N", default_value_t = Size::default().triples, value_parser = batch)]
    batch: usize,
    /// How long to try again, each time, where the server is away or busy
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    retry_for: u64,
    /// How long to wait for an answer
    #[arg(long, value_name = "SECONDS", default_value_t = 120, value_parser = clap::value_parser!(u64).range(1..=86400))]
    timeout: u64,
    #[command(flatten)]
    frames: Frames,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum How {
    /// SPARQL 1.1 Update
    Update,
    /// SPARQL 1.1 Graph Store HTTP Protocol
    GraphStore,
}

fn batch(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|number| *number > 0).ok_or_else(|| "write a number of triples, as 4000".to_owned())
}

/// An address, and whoever --user names.
pub(super) fn address(url: &str, user: Option<&str>) -> anyhow::Result<Address> {
    let mut address = Address::parse(url)?;
    if let Some(user) = user {
        let password = env::var("TUPU_PASSWORD");
        let password = password.context("--user needs the password in the environment variable TUPU_PASSWORD")?;
        address.credentials = Some(Credentials { user: user.to_owned(), password });
    }
    Ok(address)
}

impl Args {
    fn push(&self) -> anyhow::Result<Push> {
        let user = self.user.as_deref();
        let to = address(&self.to, user)?;
        let named = self.query.as_deref().map(|url| address(url, user)).transpose()?.map(|mut query| {
            // One server, one login.
            if query.credentials.is_none() && query.origin() == to.origin() {
                query.credentials.clone_from(&to.credentials);
            }
            query
        });
        let default_graph = self.default_graph.as_deref().map(|iri| {
            NamedNode::new(iri)
                .with_context(|| format!("--default-graph {iri}: write an IRI, as https://example.org/all"))
        });
        Ok(Push {
            client: Client::new(Duration::from_secs(self.timeout)),
            protocol: match self.protocol {
                How::Update => Protocol::Update,
                How::GraphStore => Protocol::GraphStore,
            },
            guessed: named.is_none(),
            query: named.or_else(|| to.queries()),
            to,
            default_graph: default_graph.transpose()?,
            replace: self.replace,
            size: Size { triples: self.batch, ..Size::default() },
            retry_for: Duration::from_secs(self.retry_for),
        })
    }
}

pub(super) fn run(args: &Args) -> anyhow::Result<()> {
    let push = args.push()?;
    let started = Instant::now();
    let workspace = Workspace::open(&args.frames.kg.folder)?;
    let (contents, schema) = rayon::join(|| workspace.contents(), || args.frames.schema());
    let contents = kept(contents?);
    let store = kept(workspace.store_within(contents, &schema?, &Scope::whole())?);
    ensure!(!store.is_empty()?, "nothing is in {}; tupu build reads texts into it", args.frames.kg.folder.display());
    let bar = progress::of(0, "triples");
    let done = push.run(store, &mut |event| show(&bar, &event));
    bar.finish_and_clear();
    tell(&done?, started.elapsed())
}

fn show(bar: &ProgressBar, event: &Event<'_>) {
    match event {
        Event::Begun(triples) => bar.set_length(*triples),
        Event::Sent(triples) => bar.inc(*triples),
        Event::Waiting(error, wait) => {
            bar.println(format!("tupu: {}; again in {:.1} s", in_one_line(error), wait.as_secs_f64()));
        }
        Event::Comparing => bar.println("tupu: counting what is there"),
        Event::Again(triples) => {
            bar.println("tupu: the server lacks some of what it took; sending that again");
            bar.inc_length(*triples);
        }
    }
}

fn tell(summary: &Summary, took: Duration) -> anyhow::Result<()> {
    let Summary { graphs, triples, batches, retries, again, more, not_compared } = summary;
    output::write(None, |out| {
        writeln!(out, "graphs    {graphs}")?;
        writeln!(out, "triples   {triples}")?;
        writeln!(out, "batches   {batches}")?;
        writeln!(out, "retries   {retries}")?;
        if *again > 0 {
            writeln!(out, "lost      {again} graphs, and sent again")?;
        }
        match (not_compared, more) {
            (Some(why), _) => writeln!(out, "compared  nothing: {why}")?,
            (None, 0) => writeln!(out, "compared  all graphs: nothing is missing")?,
            (None, more) => {
                writeln!(out, "compared  all graphs: nothing is missing by their size; {more} had triples before")?
            }
        }
        writeln!(out, "seconds   {:.1}", took.as_secs_f64())?;
        Ok(out.flush()?)
    })
}
