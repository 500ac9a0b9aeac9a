//! Entities and facts as a network of petgraph: for what is measured on it, and for export.
//!
//! 1. [`Stated`] reads what a store states.
//! 2. A [`Projection`] chooses which facts join which entities, and makes a [`Network`] of them.
//! 3. What is asked of the network works on that, whatever was chosen.

pub mod measure;
mod network;
mod projection;
mod stated;

pub use network::{Edge, Fact, Measure, Measures, Network, Node, Quote};
pub use projection::{Kind, Projection};
pub use stated::Stated;
