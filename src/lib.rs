//! `tupu` (图谱) reads Chinese text and builds a knowledge graph from it.

pub mod annotate;
pub mod annotation;
pub mod cli;
pub mod document;
pub mod export;
pub mod graph;
pub mod lexicon;
pub mod pipeline;
pub mod query;
pub mod rdf;
pub mod read;
pub mod schema;
pub mod score;
pub mod span;
pub mod store;
pub mod text;
pub mod workspace;
