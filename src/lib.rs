//! `tupu` (图谱) reads Chinese text and builds a knowledge graph from it.

pub mod annotate;
pub mod annotation;
pub mod document;
pub mod export;
pub mod graph;
pub mod pipeline;
pub mod query;
pub mod rdf;
pub mod schema;
pub mod span;
pub mod store;
pub mod text;
pub mod workspace;
