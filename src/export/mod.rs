//! The graph for other programs, one file a format.
//!
//! Formats of networks write a [`crate::graph::Network`] with the attributes of [`attribute`]. Of the formats of RDF,
//! Turtle and N-Triples hold what stands, the default graph; TriG, N-Quads and JSON-LD hold that and the named graph of
//! each document beside it.

pub mod attribute;
pub mod csv;
pub mod cytoscape;
pub mod dot;
pub mod gexf;
pub mod graphml;
pub mod jsonld;
pub mod layout;
pub mod nanopub;
pub mod neo4j;
pub mod nquads;
pub mod ntriples;
#[cfg(feature = "parquet")]
pub mod parquet;
pub mod style;
pub mod svg;
pub mod trig;
pub mod turtle;
mod xml;
pub mod yed;

use std::io::{self, Write};

use crate::graph::Network;

/// A file of a format that is a folder of them: its name, and what writes it.
pub type File = (&'static str, fn(&Network, &mut dyn Write) -> io::Result<()>);
