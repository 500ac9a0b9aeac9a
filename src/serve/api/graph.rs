//! The network that is chosen, or what is shown of it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use petgraph::graph::{EdgeReference, NodeIndex};
use petgraph::visit::EdgeRef as _;
use serde::Serialize;

use super::choice::{CHOICE, SHOWN, Shown, choice};
use super::parameters::Parameters;
use crate::graph::{Edge, Fact, Kind, Network, Projection};
use crate::serve::Server;
use crate::serve::error::ApiError;

#[derive(Serialize)]
pub(in crate::serve) struct Graph {
    directed: bool,
    nodes: Vec<GraphNode>,
    edges: Vec<GraphEdge>,
    total: Total,
    missing: Vec<String>,
}

/// Figures of all that is chosen.
#[derive(Serialize)]
struct Total {
    nodes: usize,
    edges: usize,
    facts: usize,
    communities: usize,
}

#[derive(Serialize)]
struct GraphNode {
    id: String,
    label: String,
    name: String,
    #[serde(rename = "type")]
    kind: String,
    fact: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<String>,
    mentions: usize,
    degree: usize,
    weighted_degree: f64,
    page_rank: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    betweenness: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    community: Option<usize>,
    /// How many neighbours are not shown.
    hidden: usize,
}

#[derive(Serialize)]
struct GraphEdge {
    id: String,
    source: String,
    target: String,
    property: String,
    label: String,
    facts: Vec<String>,
    documents: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    confidence: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last: Option<String>,
}

/// What is shown of the network that is chosen, measured as a whole.
pub(super) async fn graph(State(server): State<Arc<Server>>, parameters: Parameters) -> Result<Json<Graph>, ApiError> {
    parameters.only(&[&CHOICE, &SHOWN])?;
    let loaded = server.loaded()?;
    let chosen = choice(&parameters, &loaded.schema)?;
    let shown = Shown::of(&parameters)?;
    super::blocking(move || {
        let whole = loaded.network(&chosen);
        let (nodes, missing) = shown.nodes(&whole, loaded.workspace.iris());
        Ok(Json(Graph::of(&whole, &nodes, missing)))
    })
    .await
}

impl Graph {
    fn of(whole: &Network, shown: &BTreeSet<NodeIndex>, missing: Vec<String>) -> Self {
        let ends = |edge: &EdgeReference<'_, Edge>| shown.contains(&edge.source()) && shown.contains(&edge.target());
        Self {
            directed: whole.directed,
            nodes: shown.iter().map(|at| node(whole, *at, shown)).collect(),
            edges: whole.graph.edge_references().filter(ends).map(|at| edge(whole, at)).collect(),
            total: Total {
                nodes: whole.graph.node_count(),
                edges: whole.graph.edge_count(),
                facts: whole.facts.len(),
                communities: whole.measures.community.iter().max().copied().unwrap_or_default(),
            },
            missing,
        }
    }
}

fn node(whole: &Network, at: NodeIndex, shown: &BTreeSet<NodeIndex>) -> GraphNode {
    let (node, measures, n) = (&whole.graph[at], &whole.measures, at.index());
    let hidden: BTreeSet<NodeIndex> =
        whole.graph.neighbors_undirected(at).filter(|other| *other != at && !shown.contains(other)).collect();
    GraphNode {
        id: whole.short(&node.iri).to_owned(),
        label: node.label.clone(),
        name: node.name.clone(),
        kind: node.kind.clone(),
        fact: node.fact.is_some(),
        status: node.fact.and_then(|fact| whole.facts.get(fact)).map(|fact| fact.status.clone()),
        mentions: node.mentions,
        degree: measures.degree.get(n).copied().unwrap_or_default(),
        weighted_degree: measures.weighted_degree.get(n).copied().unwrap_or_default(),
        page_rank: measures.page_rank.get(n).copied().unwrap_or_default(),
        betweenness: measures.betweenness.get(n).copied(),
        community: measures.community.get(n).copied(),
        hidden: hidden.len(),
    }
}

fn edge(whole: &Network, at: EdgeReference<'_, Edge>) -> GraphEdge {
    let id = |at: NodeIndex| whole.graph.node_weight(at).map_or("", |node| whole.short(&node.iri)).to_owned();
    let facts: Vec<&Fact> = whole.facts_of(at.id()).collect();
    let days = || facts.iter().filter_map(|fact| fact.days.as_ref());
    let documents: BTreeSet<&String> = facts.iter().flat_map(|fact| &fact.documents).collect();
    let (source, target, edge) = (id(at.source()), id(at.target()), at.weight());
    GraphEdge {
        id: format!("{source}|{}|{target}", edge.property),
        source,
        target,
        property: edge.property.clone(),
        label: edge.label.clone(),
        facts: facts.iter().map(|fact| whole.short(&fact.iri).to_owned()).collect(),
        documents: documents.len(),
        confidence: facts.iter().filter_map(|fact| fact.confidence).max_by(f64::total_cmp),
        first: days().map(|(first, _)| first.clone()).min(),
        last: days().map(|(_, last)| last.clone()).max(),
    }
}

/// How many facts begin on each day.
#[derive(Serialize)]
pub(in crate::serve) struct Timeline {
    days: Vec<Day>,
    undated: usize,
}

#[derive(Serialize)]
struct Day {
    day: String,
    count: usize,
    counts: BTreeMap<String, usize>,
}

/// How many of the facts that are chosen, planned and denied ones among them, begin on each day; with `entity` those in which one takes part.
pub(super) async fn timeline(
    State(server): State<Arc<Server>>,
    parameters: Parameters,
) -> Result<Json<Timeline>, ApiError> {
    parameters.only(&[&CHOICE, &["entity"]])?;
    let loaded = server.loaded()?;
    let chosen = Projection { kind: Kind::Facts, ..choice(&parameters, &loaded.schema)? };
    let entity = parameters.one("entity").map(|id| loaded.iri(id));
    let takes_part = |fact: &&Fact| entity.as_ref().is_none_or(|e| fact.fillers.iter().any(|(_, filler)| filler == e));
    let mut days: BTreeMap<&str, BTreeMap<String, usize>> = BTreeMap::new();
    let mut undated = 0;
    for fact in loaded.stated.facts.iter().filter(|fact| chosen.wants(fact)).filter(takes_part) {
        match &fact.days {
            Some((first, _)) => *days.entry(first).or_default().entry(fact.kind.clone()).or_default() += 1,
            None => undated += 1,
        }
    }
    let day = |(day, counts): (&str, BTreeMap<String, usize>)| Day {
        day: day.to_owned(),
        count: counts.values().sum(),
        counts,
    };
    Ok(Json(Timeline { days: days.into_iter().map(day).collect(), undated }))
}
