//! `tupu export`: the graph for other programs.

use std::path::PathBuf;

use clap::ValueEnum;

use super::options::Frames;
use super::output;
use crate::workspace::Workspace;
use crate::{export, graph, rdf};

/// Write the graph for other programs
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The format
    format: Format,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// In GraphML, draw facts as edges between entities, or as nodes that their fillers hang on
    #[arg(long, value_name = "AS", default_value = "edges")]
    facts: Facts,
    #[command(flatten)]
    frames: Frames,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// For Gephi, Cytoscape, yEd, networkx, igraph
    Graphml,
    /// RDF: everything, with the document that states it
    Nquads,
    /// RDF: what is stated, without saying where
    Turtle,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Facts {
    /// The positive and actual ones
    Edges,
    /// All of them, with their status
    Nodes,
}

pub(super) fn run(args: &Args) -> anyhow::Result<()> {
    let workspace = Workspace::open(&args.frames.kg.folder)?;
    let schema = args.frames.schema()?;
    let annotations = workspace.annotations()?;
    let iris = workspace.iris();
    let store = workspace.store_of(&annotations, &schema)?;
    output::write(args.output.as_deref(), |out| match args.format {
        Format::Nquads => Ok(export::nquads::write(&store, out)?),
        Format::Turtle => Ok(export::turtle::write(&store, iris, out)?),
        Format::Graphml => {
            let mentions = rdf::mentions(&annotations, iris);
            let graph = match args.facts {
                Facts::Edges => graph::of_entities(&store, &schema, &mentions)?,
                Facts::Nodes => graph::of_facts(&store, &schema, &mentions)?,
            };
            Ok(export::graphml::write(&graph, iris.base(), out)?)
        }
    })
}
