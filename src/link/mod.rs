//! Which entities of different documents are one.

pub mod gazetteer;
