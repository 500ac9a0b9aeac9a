//! Normal forms of words, values in a text, and the form of its lines.

pub mod normal;
pub mod prose;
