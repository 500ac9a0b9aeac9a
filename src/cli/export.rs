//! `tupu export`: the graph for other programs.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, ensure};
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
    /// Write to this file instead of standard output; csv, neo4j and parquet make a folder
    #[arg(short, long, value_name = "FILE|FOLDER")]
    output: Option<PathBuf>,
    /// In RDF, add every place that mentions an entity (nif:Phrase, itsrdf:taIdentRef) and the words of every filler
    /// of a fact
    #[arg(long)]
    mentions: bool,
    #[command(flatten)]
    network: network::Args,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// For Gephi, Cytoscape, yEd, networkx, igraph
    Graphml,
    /// For Gephi, with the days of facts for its timeline
    Gexf,
    /// For Cytoscape (name the file .cyjs) and Cytoscape.js
    Cytoscape,
    /// For pandas, R, Excel, Gephi: a folder with tables of nodes, edges and facts; the edges alone on standard output
    Csv,
    /// A folder with tables for the import of Neo4j, and a script that loads them
    Neo4j,
    /// A folder with tables of nodes, edges and facts for pandas, polars, DuckDB, Spark
    Parquet,
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

impl Format {
    const fn is_rdf(self) -> bool {
        matches!(self, Self::Turtle | Self::Ntriples | Self::Trig | Self::Nquads | Self::Jsonld)
    }

    /// The folder that is written to and the files of it, if that is what this format makes.
    fn folder(self, output: Option<&Path>) -> anyhow::Result<Option<(&Path, &'static [export::File])>> {
        let (name, files): (_, &'static [export::File]) = match self {
            Self::Csv if output.is_none() => return Ok(None),
            Self::Csv => ("csv", &export::csv::FILES),
            Self::Neo4j => ("neo4j", &export::neo4j::FILES),
            Self::Parquet => ("parquet", parquet()?),
            _ => return Ok(None),
        };
        let listed = files.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
        let folder = output.with_context(|| format!("{name} is a folder of {listed}; say where with -o FOLDER"))?;
        ensure!(
            folder.extension().is_none_or(|end| end != name),
            "{} is the name of a file, and {name} is a folder of {listed}; name a folder",
            folder.display()
        );
        Ok(Some((folder, files)))
    }
}

#[cfg(feature = "parquet")]
#[expect(clippy::unnecessary_wraps, reason = "it fails without the feature")]
fn parquet() -> anyhow::Result<&'static [export::File]> {
    Ok(&export::parquet::FILES)
}

#[cfg(not(feature = "parquet"))]
fn parquet() -> anyhow::Result<&'static [export::File]> {
    anyhow::bail!("this tupu was built without parquet; build one with it: cargo install --features parquet")
}

pub(super) fn run(args: &Args) -> anyhow::Result<()> {
    if args.format.is_rdf() {
        return rdf(args);
    }
    ensure!(!args.mentions, "--mentions is for the formats of RDF; here the attribute mentions has their number");
    let folder = args.format.folder(args.output.as_deref())?;
    let (_, network) = args.network.read()?;
    if let Some((folder, files)) = folder {
        output::make_folder(folder)?;
        let write =
            |(name, write): &export::File| output::write(Some(&folder.join(name)), |out| Ok(write(&network, out)?));
        return files.iter().try_for_each(write);
    }
    output::write(args.output.as_deref(), |out| match args.format {
        Format::Gexf => Ok(export::gexf::write(&network, out)?),
        Format::Cytoscape => Ok(export::cytoscape::write(&network, out)?),
        Format::Csv => Ok(export::csv::edges(&network, out)?),
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
