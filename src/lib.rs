//! `tupu` (图谱) reads Chinese text and builds a knowledge graph from it.

pub mod annotate;
pub mod annotation;
pub mod cli;
pub mod document;
pub mod lexicon;
pub mod read;
pub mod schema;
pub mod score;
pub mod span;
pub mod text;
