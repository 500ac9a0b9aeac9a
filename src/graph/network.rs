//! A network: nodes, edges, and the facts behind them.

use std::collections::BTreeSet;

use petgraph::graph::{DiGraph, EdgeIndex, NodeIndex};

/// Entities, or entities and facts, and what joins them.
///
/// Nodes are sorted by IRI, edges by their ends and property, so that the same facts give the same network.
#[derive(Debug, Clone, Default)]
pub struct Network {
    /// Its nodes and edges. Where the network is not directed, an edge goes from the node that is sorted first.
    pub graph: DiGraph<Node, Edge>,
    /// Whether the direction of its edges means anything.
    pub directed: bool,
    /// The facts behind its edges and nodes, sorted by IRI.
    pub facts: Vec<Fact>,
    /// What was measured on it.
    pub measures: Measures,
    /// What the IRIs of the workspace begin with.
    pub base: String,
}

/// An entity, or a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Its IRI.
    pub iri: String,
    /// What people call it.
    pub label: String,
    /// The name of an entity; of a fact its label.
    pub name: String,
    /// Entity type or fact type, as `Organization`.
    pub kind: String,
    /// How often the texts mention an entity; 0 where that is not known.
    pub mentions: usize,
    /// The place in [`Network::facts`] of a fact; none for entities.
    pub fact: Option<usize>,
}

/// What joins two nodes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    /// Its property, as `donated`; from a fact to a filler the role, as `donor`; between those who take part in a fact
    /// the fact type, as `Donation`.
    pub property: String,
    /// What people call it.
    pub label: String,
    /// The places in [`Network::facts`] of the facts that draw it, sorted, at least one; their number is its weight.
    pub facts: Vec<usize>,
}

/// A fact as the graph has it.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// Its IRI.
    pub iri: String,
    /// What people call it.
    pub label: String,
    /// Its type, as `Donation`.
    pub kind: String,
    /// Polarity and modality, as `positive actual`.
    pub status: String,
    /// How sure it is, 0 to 1.
    pub confidence: Option<f64>,
    /// Its first and last day, `YYYY-MM-DD`; days of publication do not count.
    pub days: Option<(String, String)>,
    /// Role and IRI of each entity that takes part, sorted.
    pub fillers: Vec<(String, String)>,
    /// The IRIs of the documents that state it, sorted, at least one.
    pub documents: Vec<String>,
    /// The words that state it, by document and place.
    pub quotes: Vec<Quote>,
}

/// Words of a document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quote {
    /// The document's IRI.
    pub document: String,
    /// Where they begin in its text, in code points.
    pub start: usize,
    /// The words.
    pub words: String,
}

/// Figures of the nodes, each list in their order; empty where nothing was measured.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Measures {
    /// With how many nodes each is joined.
    pub degree: Vec<usize>,
    /// The sum of the weights of its edges: in how many facts it is joined with others.
    pub weighted_degree: Vec<f64>,
    /// PageRank, which sums up to 1.
    pub page_rank: Vec<f64>,
    /// The share of the shortest paths between other nodes that pass it.
    pub betweenness: Vec<f64>,
    /// The number of its community, from 1, larger ones first.
    pub community: Vec<usize>,
}

impl Network {
    /// An IRI as tables show it: what is in the workspace without its base.
    #[must_use]
    pub fn short<'a>(&self, iri: &'a str) -> &'a str {
        iri.strip_prefix(&self.base).unwrap_or(iri)
    }

    /// The node with this IRI.
    #[must_use]
    pub fn node(&self, iri: &str) -> Option<NodeIndex> {
        let nodes = self.graph.raw_nodes();
        nodes.binary_search_by(|node| node.weight.iri.as_str().cmp(iri)).ok().map(NodeIndex::new)
    }

    /// The facts that draw an edge.
    pub fn facts_of(&self, edge: EdgeIndex) -> impl Iterator<Item = &Fact> {
        let facts = self.graph.edge_weight(edge).map_or(&[][..], |edge| &edge.facts);
        facts.iter().filter_map(|at| self.facts.get(*at))
    }

    /// The facts at a node: itself if it is one, or those that draw its edges, each once.
    pub fn facts_at(&self, node: NodeIndex) -> impl Iterator<Item = &Fact> {
        let own = self.graph.node_weight(node).and_then(|node| node.fact);
        let edges = self.graph.edges(node).chain(self.graph.edges_directed(node, petgraph::Incoming));
        let mut all: Vec<usize> = match own {
            Some(own) => vec![own],
            None => edges.flat_map(|edge| &edge.weight().facts).copied().collect(),
        };
        all.sort_unstable();
        all.dedup();
        all.into_iter().filter_map(|at| self.facts.get(at))
    }

    /// The network of some of its nodes, with the edges among them and the facts behind these.
    #[must_use]
    pub fn part(&self, keep: &BTreeSet<NodeIndex>) -> Self {
        let mut part =
            self.graph.filter_map(|at, node| keep.contains(&at).then(|| node.clone()), |_, edge| Some(edge.clone()));
        let of_edges = part.edge_weights().flat_map(|edge| &edge.facts);
        let used: BTreeSet<usize> = of_edges.copied().chain(part.node_weights().filter_map(|node| node.fact)).collect();
        let place = |old: usize| used.range(..old).count();
        let places: Vec<usize> = (0..self.facts.len()).map(place).collect();
        let moved = |at: &mut usize| *at = places.get(*at).copied().unwrap_or_default();
        part.edge_weights_mut().flat_map(|edge| &mut edge.facts).for_each(moved);
        part.node_weights_mut().filter_map(|node| node.fact.as_mut()).for_each(moved);
        let kept: Vec<usize> = keep.iter().map(|at| at.index()).collect();
        Self {
            graph: part,
            directed: self.directed,
            facts: used.iter().filter_map(|at| self.facts.get(*at)).cloned().collect(),
            measures: self.measures.part(&kept),
            base: self.base.clone(),
        }
    }
}

impl Measures {
    /// Those of some nodes.
    fn part(&self, nodes: &[usize]) -> Self {
        fn of<T: Copy>(all: &[T], nodes: &[usize]) -> Vec<T> {
            nodes.iter().filter_map(|at| all.get(*at)).copied().collect()
        }
        Self {
            degree: of(&self.degree, nodes),
            weighted_degree: of(&self.weighted_degree, nodes),
            page_rank: of(&self.page_rank, nodes),
            betweenness: of(&self.betweenness, nodes),
            community: of(&self.community, nodes),
        }
    }
}
