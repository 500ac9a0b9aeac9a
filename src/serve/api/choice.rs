//! Which of the graph a request asks for, and what of that is shown.

use std::collections::BTreeSet;
use std::fmt::Display;

use petgraph::graph::NodeIndex;

use super::parameters::Parameters;
use crate::annotation::EntityType;
use crate::graph::{Kind, Network, Projection};
use crate::rdf::Iris;
use crate::schema::Schema;
use crate::serve::error::ApiError;
use crate::text::time;

/// The parameters of [`choice`].
pub(super) const CHOICE: [&str; 8] =
    ["network", "types", "facts", "from", "to", "min_confidence", "min_evidence", "isolated"];
/// The parameters of [`Shown`].
pub(super) const SHOWN: [&str; 5] = ["top", "nodes", "expand", "hide", "community"];
/// So many neighbours of an entity are shown at most.
const NEIGHBOURS: usize = 60;

/// What is chosen of the graph.
pub(super) fn choice(parameters: &Parameters, schema: &Schema) -> Result<Projection, ApiError> {
    let kind = match parameters.one("network") {
        None | Some("direct") => Kind::Direct,
        Some("actors") => Kind::Actors,
        Some("items") => Kind::Items,
        Some("facts") => Kind::Facts,
        Some(other) => {
            return Err(ApiError::bad(format!("no network {other:?}; there are direct, actors, items, facts")));
        }
    };
    let refused = |error: &dyn Display| ApiError::bad(error.to_string());
    let types = parameters.all("types").map(|name| name.parse::<EntityType>().map_err(|error| refused(&error)));
    let facts = parameters.all("facts").map(|name| match schema.called(name) {
        Ok(frame) => Ok(frame.name.clone()),
        Err(error) => Err(refused(&error)),
    });
    let days = |name: &str| match parameters.one(name) {
        None => Ok(None),
        Some(value) => time::days(value).map(Some).ok_or_else(|| {
            ApiError::bad(format!("{name}={value}: write a day, month or year, as 2020-01-27, 2020-01 or 2020"))
        }),
    };
    Ok(Projection {
        kind,
        types: types.collect::<Result<_, _>>()?,
        facts: facts.collect::<Result<_, ApiError>>()?,
        from: days("from")?.map(|(first, _)| first.to_string()),
        to: days("to")?.map(|(_, last)| last.to_string()),
        min_confidence: parameters.parsed("min_confidence", 0.0)?,
        // A fact stands in one document: where facts are nodes there is nothing to count.
        min_evidence: if kind == Kind::Facts { 0 } else { parameters.parsed("min_evidence", 0)? },
        isolated: parameters.is_set("isolated"),
    })
}

/// What of a network is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shown {
    /// The most connected so many.
    top: usize,
    nodes: Vec<String>,
    /// Those whose neighbours are shown.
    expand: Vec<String>,
    hide: Vec<String>,
    /// Only one community; 0 is all.
    community: usize,
}

impl Shown {
    /// What a request says; without a word of it the 150 most connected.
    pub fn of(parameters: &Parameters) -> Result<Self, ApiError> {
        let all = |name| parameters.all(name).map(str::to_owned).collect();
        Ok(Self {
            top: parameters.parsed("top", 150)?,
            nodes: all("nodes"),
            expand: all("expand"),
            hide: all("hide"),
            community: parameters.parsed("community", 0)?,
        })
    }

    /// The nodes of a measured network that are shown, and the ids that it does not have.
    pub fn nodes(&self, network: &Network, iris: &Iris) -> (BTreeSet<NodeIndex>, Vec<String>) {
        let heaviest = network.heaviest();
        let of = &network.measures.community;
        let is_in = |at: &NodeIndex| self.community == 0 || of.get(at.index()) == Some(&self.community);
        let mut shown: BTreeSet<NodeIndex> = heaviest.iter().filter(|at| is_in(at)).take(self.top).copied().collect();
        let find = |id: &String| network.node(&iris.long(id));
        let mut missing = Vec::new();
        for id in self.nodes.iter().chain(&self.expand) {
            match find(id) {
                Some(at) => drop(shown.insert(at)),
                None if !missing.contains(id) => missing.push(id.clone()),
                None => {}
            }
        }
        for at in self.expand.iter().filter_map(find) {
            let near: BTreeSet<NodeIndex> = network.graph.neighbors_undirected(at).collect();
            shown.extend(heaviest.iter().filter(|at| near.contains(at)).take(NEIGHBOURS));
        }
        for at in self.hide.iter().filter_map(find) {
            shown.remove(&at);
        }
        (shown, missing)
    }
}
