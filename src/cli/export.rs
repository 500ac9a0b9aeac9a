//! `tupu export`: the graph for other programs.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, ensure};
use clap::ValueEnum;

use super::network;
use super::output::{self, kept};
use crate::graph::Measure;
use crate::rdf::Scope;
use crate::{export, rdf};

/// Write the graph for other programs
///
/// Of the formats of RDF, turtle and ntriples hold what is stated, once, whoever states it. trig, nquads and jsonld
/// hold that too, in the default graph, and beside it a named graph for each document with what that document states.
/// Facts that are chosen are written whole there, with all who take part in them.
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
    /// A variant of the format
    #[arg(long, value_enum)]
    profile: Option<Profile>,
    /// In networks, what to measure of each node and write as attributes; on the whole of what `Which network` chooses
    #[arg(long, value_enum, value_name = "MEASURES", value_delimiter = ',')]
    measures: Vec<Measures>,
    #[command(flatten)]
    part: network::Part,
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

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Profile {
    /// Of graphml: laid out, with shapes and colours too, for yEd, which lays out nothing by itself
    Yed,
    /// Of RDF but jsonld: each fact also as the reifier of the direct relations that it draws, in RDF 1.2
    Reifiers,
    /// Of trig: each fact by itself, in the shape of a nanopublication
    Nanopub,
}

impl Profile {
    /// Whether the format has this variant.
    const fn fits(self, format: Format) -> bool {
        match self {
            Self::Yed => matches!(format, Format::Graphml),
            Self::Reifiers => matches!(format, Format::Turtle | Format::Ntriples | Format::Trig | Format::Nquads),
            Self::Nanopub => matches!(format, Format::Trig),
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Measures {
    /// With how many others a node is joined, and in how many facts
    Degree,
    /// PageRank, as `tupu rank` shows it
    #[value(name = "pagerank")]
    PageRank,
    /// The share of the shortest ways that pass it; slow on large networks
    Betweenness,
    /// The number of its community, as `tupu communities` lists them
    Community,
    /// All of these
    All,
}

impl Measures {
    const fn measures(self) -> &'static [Measure] {
        match self {
            Self::Degree => &[Measure::Degree, Measure::WeightedDegree],
            Self::PageRank => &[Measure::PageRank],
            Self::Betweenness => &[Measure::Betweenness],
            Self::Community => &[Measure::Community],
            Self::All => &Measure::ALL,
        }
    }
}

pub(super) fn run(args: &Args) -> anyhow::Result<()> {
    ensure!(
        args.profile.is_none_or(|profile| profile.fits(args.format)),
        "this format has no such profile; `tupu export --help` says which has"
    );
    if args.format.is_rdf() {
        return rdf(args);
    }
    ensure!(!args.mentions, "--mentions is for the formats of RDF; here the attribute mentions has their number");
    let folder = args.format.folder(args.output.as_deref())?;
    let measures: Vec<Measure> = args.measures.iter().flat_map(|of| of.measures()).copied().collect();
    let (_, network) = args.network.read_part(&args.part, &measures)?;
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
        Format::Dot => Ok(export::dot::write(&network, out)?),
        Format::Svg => Ok(export::svg::write(&network, out)?),
        Format::Graphml if args.profile == Some(Profile::Yed) => Ok(export::yed::write(&network, out)?),
        _ => Ok(export::graphml::write(&network, out)?),
    })
}

fn rdf(args: &Args) -> anyhow::Result<()> {
    ensure!(args.measures.is_empty(), "--measures is for networks; RDF states what the documents state");
    let (workspace, contents, schema, only) = if args.network.is_whole() && args.part.is_whole() {
        let (workspace, contents, schema) = args.network.workspace()?;
        (workspace, contents, schema, None)
    } else {
        let (network::Opened { workspace, contents, schema, .. }, only) = args.network.only(&args.part)?;
        (workspace, contents, schema, Some(only))
    };
    let iris = workspace.iris();
    let mut scope = match args.format {
        Format::Trig | Format::Nquads | Format::Jsonld => Scope::whole(),
        _ => Scope::default_graph(),
    };
    scope.named_graphs = scope.named_graphs && args.profile != Some(Profile::Nanopub);
    scope.reifiers = args.profile.is_some();
    scope.only = only;
    let store = kept(workspace.store_within(contents, &schema, &scope)?);
    if args.mentions {
        let layer = |annotation: &_| rdf::mentions::layer(annotation, &contents.linking, iris, &scope);
        store.load_derived(&contents.annotations, layer)?;
    }
    output::write(args.output.as_deref(), |out| match args.format {
        Format::Turtle => Ok(export::turtle::write(store, iris, out)?),
        Format::Ntriples => Ok(export::ntriples::write(store, out)?),
        Format::Trig if args.profile == Some(Profile::Nanopub) => Ok(export::nanopub::write(store, iris, out)?),
        Format::Trig => Ok(export::trig::write(store, iris, out)?),
        Format::Nquads => Ok(export::nquads::write(store, out)?),
        _ => Ok(export::jsonld::write(store, out)?),
    })
}
