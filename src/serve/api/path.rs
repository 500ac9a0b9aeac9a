//! How two entities are connected, with what states every step.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef as _;
use serde::Serialize;

use super::choice::{CHOICE, choice};
use super::fact::{EntityRef, Fact};
use super::parameters::Parameters;
use crate::graph::Network;
use crate::serve::error::ApiError;
use crate::serve::{Loaded, Server};

/// So many ways are told at most.
const MOST: usize = 20;

#[derive(Serialize)]
pub(in crate::serve) struct Paths {
    paths: Vec<Path>,
    from: Vec<EntityRef>,
    to: Vec<EntityRef>,
}

#[derive(Serialize)]
struct Path {
    nodes: Vec<EntityRef>,
    hops: Vec<Hop>,
}

#[derive(Serialize)]
struct Hop {
    relations: Vec<Relation>,
    facts: Vec<Fact>,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
struct Relation {
    property: String,
    label: String,
    direction: Direction,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Direction {
    Forward,
    Back,
    Both,
}

/// The `k` shortest ways between `source` and `target` in the network that is chosen. Either may be named several times:
/// of several persons of one name all are taken.
pub(super) async fn path(State(server): State<Arc<Server>>, parameters: Parameters) -> Result<Json<Paths>, ApiError> {
    parameters.only(&[&["source", "target", "k"], &CHOICE])?;
    let loaded = server.loaded()?;
    let chosen = choice(&parameters, &loaded.schema)?;
    parameters.needed("source").and(parameters.needed("target"))?;
    let ends = ["source", "target"].map(|name| parameters.all(name).map(|id| loaded.iri(id)).collect::<Vec<_>>());
    let k = parameters.parsed("k", 3)?.min(MOST);
    super::blocking(move || {
        if let Some(unknown) = ends.iter().flatten().find(|iri| !loaded.index.identities.contains_key(*iri)) {
            return Err(ApiError::missing(format!("no entity {:?}", loaded.short(unknown))));
        }
        let network = loaded.network(&chosen);
        let nodes = |iris: &[String]| iris.iter().filter_map(|iri| network.node(iri)).collect::<Vec<_>>();
        let paths = network.shortest_paths(&nodes(&ends[0]), &nodes(&ends[1]), k);
        let entity = |iri: &String| loaded.index.identities.get(iri).map(|at| loaded.entity(*at));
        Ok(Json(Paths {
            paths: paths.iter().map(|nodes| Path::of(&loaded, &network, nodes)).collect(),
            from: ends[0].iter().filter_map(entity).collect(),
            to: ends[1].iter().filter_map(entity).collect(),
        }))
    })
    .await
}

impl Path {
    fn of(loaded: &Loaded, network: &Network, nodes: &[NodeIndex]) -> Self {
        let entity = |at: &NodeIndex| {
            let node = &network.graph[*at];
            EntityRef { id: network.short(&node.iri).to_owned(), name: node.name.clone(), kind: node.kind.clone() }
        };
        let hops = nodes.windows(2).filter_map(|ends| Some(Hop::of(loaded, network, *ends.first()?, *ends.last()?)));
        Self { nodes: nodes.iter().map(entity).collect(), hops: hops.collect() }
    }
}

impl Hop {
    fn of(loaded: &Loaded, network: &Network, from: NodeIndex, to: NodeIndex) -> Self {
        let mut edges: Vec<_> = network
            .graph
            .edges_connecting(from, to)
            .map(|edge| (edge, Direction::Forward))
            .chain(network.graph.edges_connecting(to, from).map(|edge| (edge, Direction::Back)))
            .collect();
        edges.sort_by_key(|(edge, _)| edge.id());
        let mut relations: Vec<Relation> = Vec::new();
        let mut facts: Vec<&str> = Vec::new();
        for (edge, direction) in edges {
            let direction = if network.directed { direction } else { Direction::Both };
            let property = &edge.weight().property;
            match relations.iter_mut().find(|relation| relation.property == *property) {
                Some(relation) if relation.direction != direction => relation.direction = Direction::Both,
                Some(_) => {}
                None => relations.push(Relation {
                    property: property.clone(),
                    label: edge.weight().label.clone(),
                    direction,
                }),
            }
            facts.extend(network.facts_of(edge.id()).map(|fact| fact.iri.as_str()));
        }
        facts.sort_unstable();
        facts.dedup();
        Self { relations, facts: facts.into_iter().filter_map(|iri| loaded.fact(iri)).collect() }
    }
}
