//! `tupu` (图谱) reads Chinese text and builds a knowledge graph from it.

pub mod annotate;
pub mod annotation;
pub mod document;
pub mod schema;
pub mod span;
pub mod text;
