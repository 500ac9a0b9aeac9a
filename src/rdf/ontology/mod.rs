//! The ontology: what the terms of a graph mean, and the shapes that a sound graph has.
//!
//! What every graph has stands in `ontology/tupu.ttl` and `ontology/shapes.ttl`, written by hand up to [`MARK`]. Fact
//! types, roles and direct edges are said by the frames; what they say is derived here, once, and stands below the mark
//! as the built-in frames give it. Loaded frames of the user's own take part in the same way.

mod shapes;
mod terms;
mod turtle;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{GraphName, NamedNode, Quad, Triple};

use crate::schema::Schema;

pub use terms::Terms;

/// The IRI of the ontology, which is also the named graph that it stands in.
pub const IRI: &str = "https://w3id.org/tupu/ontology";

/// The line that parts what is written by hand from what the frames give.
pub const MARK: &str =
    "# ======== Below this line: what the frames give. Change the frames, not these lines. ========\n";

const ONTOLOGY: &str = include_str!("../../../ontology/tupu.ttl");
const SHAPES: &str = include_str!("../../../ontology/shapes.ttl");

/// The ontology in Turtle: what every graph has, and what these frames add.
#[must_use]
pub fn turtle(schema: &Schema) -> String {
    let terms = Terms::of(schema);
    let parts = [("Fact types", &terms.types), ("Roles", &terms.roles), ("Direct edges", &terms.edges)];
    let parts = parts.map(|(title, triples)| format!("\n# {title}\n\n{}", turtle::blocks(triples)));
    format!("{}{MARK}{}", by_hand(ONTOLOGY), parts.concat())
}

/// The shapes in Turtle (SHACL): what every graph must have, and what these frames demand.
#[must_use]
pub fn shapes(schema: &Schema) -> String {
    format!("{}{MARK}\n{}", by_hand(SHAPES), shapes::of(schema))
}

/// The triples of the ontology, in its own named graph.
#[must_use]
pub fn quads(schema: &Schema) -> Vec<Quad> {
    // A constant that a test reads as a whole.
    let by_hand = RdfParser::from_format(RdfFormat::Turtle).for_slice(by_hand(ONTOLOGY)).filter_map(Result::ok);
    let graph = GraphName::NamedNode(NamedNode::new_unchecked(IRI));
    let of_frames = Terms::of(schema).into_triples();
    by_hand.map(Triple::from).chain(of_frames).map(|triple| triple.in_graph(graph.clone())).collect()
}

fn by_hand(file: &'static str) -> &'static str {
    file.split_once(MARK).map_or(file, |(above, _)| above)
}
