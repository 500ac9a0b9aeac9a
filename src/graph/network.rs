//! A network: nodes, edges, and the facts behind them.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::graph::{DiGraph, EdgeIndex, NodeIndex};
use petgraph::{Direction, EdgeType};

use super::measure::{self, Communities, Ties};

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

/// What can be measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Degree, and where the network is directed in- and out-degree.
    Degree,
    /// Weighted degree.
    WeightedDegree,
    /// PageRank.
    PageRank,
    /// Betweenness.
    Betweenness,
    /// Community.
    Community,
}

impl Measure {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Degree, Self::WeightedDegree, Self::PageRank, Self::Betweenness, Self::Community];
}

/// Figures of the nodes, each list in their order; empty where nothing was measured.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Measures {
    /// With how many nodes each is joined.
    pub degree: Vec<usize>,
    /// From how many nodes edges lead to each, where the network is directed.
    pub in_degree: Vec<usize>,
    /// To how many nodes edges lead from each, where the network is directed.
    pub out_degree: Vec<usize>,
    /// The sum of the weights of its edges: in how many facts it is joined with others.
    pub weighted_degree: Vec<f64>,
    /// PageRank, which sums up to 1.
    pub page_rank: Vec<f64>,
    /// The share of the shortest paths between other nodes that pass it.
    pub betweenness: Vec<f64>,
    /// The number of its community, from 1, larger ones first.
    pub community: Vec<usize>,
}

impl Fact {
    /// Whether it is stated as done.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.status == "positive actual"
    }

    /// Its day, or its first and last one: `2020-01-27/2020-01-28`.
    #[must_use]
    pub fn time(&self) -> Option<String> {
        let (first, last) = self.days.as_ref()?;
        Some(if first == last { first.clone() } else { format!("{first}/{last}") })
    }
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

    /// Who is joined with whom, whatever the direction, and by how many facts.
    #[must_use]
    pub fn ties(&self) -> Ties {
        self.tied()
    }

    fn tied<Ty: EdgeType>(&self) -> Ties<Ty> {
        let mut facts: BTreeMap<(usize, usize), BTreeSet<usize>> = BTreeMap::new();
        for edge in self.graph.raw_edges() {
            let (from, to) = (edge.source().index(), edge.target().index());
            let ends = if Ty::is_directed() { (from, to) } else { (from.min(to), from.max(to)) };
            // A fact may draw several edges between two nodes, as 合作 does both ways.
            facts.entry(ends).or_default().extend(&edge.weight.facts);
        }
        #[allow(clippy::cast_precision_loss)]
        let weighted = facts.into_iter().map(|((from, to), facts)| (from, to, facts.len() as f64));
        measure::ties(self.graph.node_count(), weighted)
    }

    /// All nodes by weighted degree, the highest first; of equals those that are sorted first.
    #[must_use]
    pub fn heaviest(&self) -> Vec<NodeIndex> {
        let weights = measure::degrees(&self.ties()).strength;
        let mut nodes: Vec<_> = self.graph.node_indices().zip(weights).collect();
        nodes.sort_by(|(one, a), (other, b)| b.total_cmp(a).then(one.cmp(other)));
        nodes.into_iter().map(|(at, _)| at).collect()
    }

    /// The nodes within so many steps of some, whatever the direction, each with its distance from the nearest of these.
    #[must_use]
    pub fn around(&self, nodes: &[NodeIndex], depth: usize) -> BTreeMap<NodeIndex, usize> {
        let ties = self.ties();
        let mut near = BTreeMap::new();
        for (at, distance) in nodes.iter().flat_map(|node| measure::ego(&ties, *node, depth)) {
            near.entry(at).and_modify(|least: &mut usize| *least = distance.min(*least)).or_insert(distance);
        }
        near
    }

    /// The `k` shortest paths from one of some nodes to one of others, whatever the direction of edges: the shortest
    /// first, and of one length in the order of the nodes that they pass.
    #[must_use]
    pub fn shortest_paths(&self, from: &[NodeIndex], to: &[NodeIndex], k: usize) -> Vec<Vec<NodeIndex>> {
        let ties = self.ties();
        let pairs = from.iter().flat_map(|from| to.iter().map(move |to| (*from, *to)));
        let mut paths: Vec<Vec<NodeIndex>> = pairs
            .filter(|(from, to)| from != to)
            .flat_map(|(from, to)| measure::k_shortest_paths(&ties, from, to, k))
            .collect();
        // One that passes another of the ends begins or ends there, too.
        let ends: BTreeSet<_> = from.iter().chain(to).collect();
        paths.retain(|path| path.iter().skip(1).rev().skip(1).all(|at| !ends.contains(at)));
        paths.sort_by(|a, b| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
        paths.dedup();
        paths.truncate(k);
        paths
    }

    /// Its communities, numbered from 1, larger ones first.
    #[must_use]
    pub fn communities(&self) -> Communities {
        communities_of(&self.ties())
    }

    /// Measures the network, taken as undirected, but for in- and out-degree. Gives the modularity of the communities, if
    /// they are asked for.
    pub fn measure(&mut self, which: &[Measure]) -> Option<f64> {
        let ties = self.ties();
        let mut modularity = None;
        for measure in which {
            match measure {
                Measure::Degree => {
                    self.measures.degree = measure::degrees(&ties).count;
                    if self.directed {
                        let directed = self.tied();
                        let of = |direction| measure::degrees_of(&directed, direction).count;
                        self.measures.in_degree = of(Direction::Incoming);
                        self.measures.out_degree = of(Direction::Outgoing);
                    }
                }
                Measure::WeightedDegree => self.measures.weighted_degree = measure::degrees(&ties).strength,
                Measure::PageRank => self.measures.page_rank = measure::page_rank(&ties),
                Measure::Betweenness => self.measures.betweenness = measure::betweenness(&ties),
                Measure::Community => {
                    let communities = communities_of(&ties);
                    modularity = Some(communities.modularity);
                    self.measures.community = communities.of;
                }
            }
        }
        modularity
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
        let places: BTreeMap<usize, usize> = used.iter().enumerate().map(|(new, old)| (*old, new)).collect();
        let moved = |at: &mut usize| *at = places.get(at).copied().unwrap_or_default();
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

/// At the common resolution, always from one seed: the same network has the same communities wherever they are asked for.
fn communities_of(ties: &Ties) -> Communities {
    measure::communities(ties, 1.0, 0)
}

impl Measures {
    /// Those of some nodes.
    fn part(&self, nodes: &[usize]) -> Self {
        fn of<T: Copy>(all: &[T], nodes: &[usize]) -> Vec<T> {
            nodes.iter().filter_map(|at| all.get(*at)).copied().collect()
        }
        Self {
            degree: of(&self.degree, nodes),
            in_degree: of(&self.in_degree, nodes),
            out_degree: of(&self.out_degree, nodes),
            weighted_degree: of(&self.weighted_degree, nodes),
            page_rank: of(&self.page_rank, nodes),
            betweenness: of(&self.betweenness, nodes),
            community: of(&self.community, nodes),
        }
    }
}
