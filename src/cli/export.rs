//! `tupu export`: the graph for other programs.

use std::path::PathBuf;

use anyhow::ensure;
use clap::ValueEnum;

use super::network;
use super::output::{self, kept};
use crate::rdf::Scope;
use crate::workspace::Workspace;
use crate::{export, rdf};

/// Write the graph for other programs
///
/// Of the formats of RDF, turtle and ntriples hold what is stated, once, whoever states it. trig, nquads and jsonld
/// hold that too, in the default graph, and beside it a named graph for each document with what that document states.
/// Everything is sorted: the same workspace gives the same bytes.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The format
    format: Format,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// In RDF, add every place that mentions an entity (nif:Phrase, itsrdf:taIdentRef) and the words of every filler
    /// of a fact
    #[arg(long)]
    mentions: bool,
    /// For which program GraphML is written
    #[arg(long, value_name = "PROFILE", default_value = "plain")]
    profile: Profile,
    #[command(flatten)]
    network: network::Args,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Profile {
    /// For every reader: attributes alone
    Plain,
    /// For yEd, which lays out nothing by itself: laid out, with shapes and colours too
    Yed,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// For Gephi, Cytoscape, yEd, networkx, igraph
    Graphml,
    /// For Graphviz
    Dot,
    /// A picture of up to 300 nodes, for papers
    Svg,
    /// RDF: what is stated, for people to read too
    Turtle,
    /// RDF: what is stated, one triple a line
    Ntriples,
    /// RDF: what is stated, and again under each document, for people to read too
    Trig,
    /// RDF: what is stated, and again under each document, one quad a line
    Nquads,
    /// RDF: what is stated, and again under each document, as JSON
    Jsonld,
}

pub(super) fn run(args: &Args) -> anyhow::Result<()> {
    ensure!(args.profile == Profile::Plain || matches!(args.format, Format::Graphml), "--profile is for graphml alone");
    if !matches!(args.format, Format::Graphml | Format::Dot | Format::Svg) {
        return rdf(args);
    }
    ensure!(!args.mentions, "--mentions is for the formats of RDF; here the attribute mentions has their number");
    let (_, network) = args.network.read()?;
    output::write(args.output.as_deref(), |out| match args.format {
        Format::Dot => Ok(export::dot::write(&network, out)?),
        Format::Svg => Ok(export::svg::write(&network, out)?),
        _ if args.profile == Profile::Yed => Ok(export::yed::write(&network, out)?),
        _ => Ok(export::graphml::write(&network, out)?),
    })
}

fn rdf(args: &Args) -> anyhow::Result<()> {
    let workspace = Workspace::open(&args.network.frames.kg.folder)?;
    let (contents, schema) = rayon::join(|| workspace.contents(), || args.network.frames.schema());
    let schema = schema?;
    let contents = kept(contents?);
    let iris = workspace.iris();
    let scope = match args.format {
        Format::Trig | Format::Nquads | Format::Jsonld => Scope::whole(),
        _ => Scope::default_graph(),
    };
    let store = kept(workspace.store_within(contents, &schema, &scope)?);
    if args.mentions {
        let layer = |annotation: &_| rdf::mentions::layer(annotation, &contents.linking, iris, &scope);
        store.load_derived(&contents.annotations, layer)?;
    }
    output::write(args.output.as_deref(), |out| match args.format {
        Format::Turtle => Ok(export::turtle::write(store, iris, out)?),
        Format::Ntriples => Ok(export::ntriples::write(store, out)?),
        Format::Trig => Ok(export::trig::write(store, iris, out)?),
        Format::Nquads => Ok(export::nquads::write(store, out)?),
        _ => Ok(export::jsonld::write(store, out)?),
    })
}
