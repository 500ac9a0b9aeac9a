//! Values in a text and the form of its lines.

pub mod prose;
