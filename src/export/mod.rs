//! The graph for other programs, one file a format.
//!
//! Formats of networks write a [`crate::graph::Network`] with the attributes of [`attribute`]. Of the formats of RDF,
//! Turtle and N-Triples hold what stands, the default graph; TriG, N-Quads and JSON-LD hold that and the named graph of
//! each document beside it.

pub mod attribute;
pub mod graphml;
pub mod jsonld;
pub mod nanopub;
pub mod nquads;
pub mod ntriples;
pub mod trig;
pub mod turtle;
mod xml;
