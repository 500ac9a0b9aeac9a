//! Learning weights from labelled texts.

pub mod corpus;
pub mod facts;
mod logistic;
pub mod readings;
pub mod speech;
pub mod tagger;
