//! Learning weights from labelled texts.

pub mod corpus;
pub mod readings;
pub mod speech;
pub mod tagger;
