//! The graph for other programs, one file a format.

pub mod graphml;
pub mod nquads;
pub mod turtle;
