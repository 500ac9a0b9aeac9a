//! What every format of networks says of nodes and edges: one list, so that no format tells more or less than another.

use std::borrow::Cow;
use std::collections::BTreeSet;

use petgraph::graph::{EdgeIndex, NodeIndex};

use crate::graph::{Fact, Network, Quote};

/// An attribute of nodes or edges.
#[derive(Debug, Clone, Copy)]
pub struct Attribute<I> {
    /// Its name.
    pub name: &'static str,
    /// What its values are.
    pub kind: Kind,
    /// Its value for a node or an edge, where it has one.
    pub of: for<'a> fn(&'a Network, I) -> Option<Value<'a>>,
}

/// What the values of an attribute are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// A day, `YYYY-MM-DD`.
    Date,
    /// A whole number that fits into 32 bits.
    Integer,
    /// A number, finite.
    Number,
}

/// A value of an attribute.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// Of [`Kind::Text`] and [`Kind::Date`].
    Text(Cow<'a, str>),
    /// Of [`Kind::Integer`].
    Integer(i32),
    /// Of [`Kind::Number`].
    Number(f64),
}

impl Value<'_> {
    /// The value as it is written where there is no notation for numbers: the shortest that reads back as the same.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => Cow::Borrowed(text),
            Self::Integer(number) => Cow::Owned(number.to_string()),
            Self::Number(number) => Cow::Owned(number.to_string()),
        }
    }
}

/// The attributes of nodes; `id` is no attribute ([`node_id`]).
pub const NODES: [Attribute<NodeIndex>; 18] = [
    Attribute { name: "label", kind: Kind::Text, of: |n, at| text(&n.graph.node_weight(at)?.label) },
    Attribute { name: "name", kind: Kind::Text, of: |n, at| text(&n.graph.node_weight(at)?.name) },
    Attribute { name: "type", kind: Kind::Text, of: |n, at| text(&n.graph.node_weight(at)?.kind) },
    Attribute { name: "mentions", kind: Kind::Integer, of: |n, at| Some(whole(n.graph.node_weight(at)?.mentions)) },
    Attribute { name: "status", kind: Kind::Text, of: |n, at| text(&fact(n, at)?.status) },
    Attribute { name: "confidence", kind: Kind::Number, of: |n, at| fact(n, at)?.confidence.map(Value::Number) },
    Attribute { name: "first_date", kind: Kind::Date, of: |n, at| first(n.facts_at(at)) },
    Attribute { name: "last_date", kind: Kind::Date, of: |n, at| last(n.facts_at(at)) },
    Attribute { name: "sources", kind: Kind::Text, of: |n, at| fact(n, at).map(|fact| sources(n, [fact].into_iter())) },
    Attribute {
        name: "evidence",
        kind: Kind::Text,
        of: |n, at| fact(n, at).and_then(|fact| evidence([fact].into_iter())),
    },
    Attribute { name: "iri", kind: Kind::Text, of: |n, at| text(&n.graph.node_weight(at)?.iri) },
    Attribute {
        name: "degree",
        kind: Kind::Integer,
        of: |n, at| n.measures.degree.get(at.index()).copied().map(whole),
    },
    Attribute {
        name: "in_degree",
        kind: Kind::Integer,
        of: |n, at| n.measures.in_degree.get(at.index()).copied().map(whole),
    },
    Attribute {
        name: "out_degree",
        kind: Kind::Integer,
        of: |n, at| n.measures.out_degree.get(at.index()).copied().map(whole),
    },
    Attribute {
        name: "weighted_degree",
        kind: Kind::Number,
        of: |n, at| n.measures.weighted_degree.get(at.index()).copied().map(Value::Number),
    },
    Attribute {
        name: "pagerank",
        kind: Kind::Number,
        of: |n, at| n.measures.page_rank.get(at.index()).copied().map(Value::Number),
    },
    Attribute {
        name: "betweenness",
        kind: Kind::Number,
        of: |n, at| n.measures.betweenness.get(at.index()).copied().map(Value::Number),
    },
    Attribute {
        name: "community",
        kind: Kind::Integer,
        of: |n, at| n.measures.community.get(at.index()).copied().map(whole),
    },
];

/// The attributes of edges; id and ends are none ([`edge_id`]).
pub const EDGES: [Attribute<EdgeIndex>; 10] = [
    Attribute { name: "label", kind: Kind::Text, of: |n, at| text(&n.graph.edge_weight(at)?.label) },
    Attribute { name: "interaction", kind: Kind::Text, of: |n, at| text(&n.graph.edge_weight(at)?.property) },
    Attribute { name: "weight", kind: Kind::Integer, of: |n, at| Some(whole(n.graph.edge_weight(at)?.facts.len())) },
    Attribute { name: "documents", kind: Kind::Integer, of: |n, at| Some(whole(documents(n.facts_of(at)).len())) },
    Attribute { name: "confidence", kind: Kind::Number, of: |n, at| surest(n.facts_of(at)) },
    Attribute { name: "first_date", kind: Kind::Date, of: |n, at| first(n.facts_of(at)) },
    Attribute { name: "last_date", kind: Kind::Date, of: |n, at| last(n.facts_of(at)) },
    Attribute {
        name: "facts",
        kind: Kind::Text,
        of: |n, at| Some(listed(n.facts_of(at).map(|fact| n.short(&fact.iri)))),
    },
    Attribute { name: "sources", kind: Kind::Text, of: |n, at| Some(sources(n, n.facts_of(at))) },
    Attribute { name: "evidence", kind: Kind::Text, of: |n, at| evidence(n.facts_of(at)) },
];

/// The attributes of facts, which stand at their place in [`Network::facts`]; `id` is none ([`fact_id`]).
pub const FACTS: [Attribute<usize>; 11] = [
    Attribute { name: "label", kind: Kind::Text, of: |n, at| text(&n.facts.get(at)?.label) },
    Attribute { name: "type", kind: Kind::Text, of: |n, at| text(&n.facts.get(at)?.kind) },
    Attribute { name: "status", kind: Kind::Text, of: |n, at| text(&n.facts.get(at)?.status) },
    Attribute { name: "confidence", kind: Kind::Number, of: |n, at| n.facts.get(at)?.confidence.map(Value::Number) },
    Attribute { name: "first_date", kind: Kind::Date, of: |n, at| text(&n.facts.get(at)?.days.as_ref()?.0) },
    Attribute { name: "last_date", kind: Kind::Date, of: |n, at| text(&n.facts.get(at)?.days.as_ref()?.1) },
    Attribute { name: "roles", kind: Kind::Text, of: |n, at| Some(roles(n, n.facts.get(at)?)) },
    Attribute { name: "documents", kind: Kind::Integer, of: |n, at| Some(whole(n.facts.get(at)?.documents.len())) },
    Attribute { name: "sources", kind: Kind::Text, of: |n, at| Some(sources(n, n.facts.get(at).into_iter())) },
    Attribute { name: "evidence", kind: Kind::Text, of: |n, at| evidence(n.facts.get(at).into_iter()) },
    Attribute { name: "iri", kind: Kind::Text, of: |n, at| text(&n.facts.get(at)?.iri) },
];

/// The attributes that some node of the network has, in their order.
#[must_use]
pub fn of_nodes(network: &Network) -> Vec<Attribute<NodeIndex>> {
    let some = |a: &&Attribute<NodeIndex>| network.graph.node_indices().any(|at| (a.of)(network, at).is_some());
    NODES.iter().filter(some).copied().collect()
}

/// The attributes that some edge of the network has, in their order.
#[must_use]
pub fn of_edges(network: &Network) -> Vec<Attribute<EdgeIndex>> {
    let some = |a: &&Attribute<EdgeIndex>| network.graph.edge_indices().any(|at| (a.of)(network, at).is_some());
    EDGES.iter().filter(some).copied().collect()
}

/// The id of a node: its IRI as tables show it, `org/泰坦科技有限公司`.
#[must_use]
pub fn node_id(network: &Network, at: NodeIndex) -> &str {
    network.graph.node_weight(at).map_or("", |node| network.short(&node.iri))
}

/// The id of a fact: its IRI as tables show it.
#[must_use]
pub fn fact_id(network: &Network, at: usize) -> &str {
    network.facts.get(at).map_or("", |fact| network.short(&fact.iri))
}

/// The id of an edge: `e1`, `e2` …
#[must_use]
pub fn edge_id(at: EdgeIndex) -> String {
    format!("e{}", at.index() + 1)
}

fn text(text: &str) -> Option<Value<'_>> {
    Some(Value::Text(Cow::Borrowed(text)))
}

fn whole(number: usize) -> Value<'static> {
    Value::Integer(i32::try_from(number).unwrap_or(i32::MAX))
}

fn fact(network: &Network, at: NodeIndex) -> Option<&Fact> {
    network.facts.get(network.graph.node_weight(at)?.fact?)
}

fn first<'a>(facts: impl Iterator<Item = &'a Fact>) -> Option<Value<'a>> {
    text(facts.filter_map(|fact| fact.days.as_ref()).map(|(first, _)| first).min()?)
}

fn last<'a>(facts: impl Iterator<Item = &'a Fact>) -> Option<Value<'a>> {
    text(facts.filter_map(|fact| fact.days.as_ref()).map(|(_, last)| last).max()?)
}

fn surest<'a>(facts: impl Iterator<Item = &'a Fact>) -> Option<Value<'a>> {
    facts.filter_map(|fact| fact.confidence).max_by(f64::total_cmp).map(Value::Number)
}

fn documents<'a>(facts: impl Iterator<Item = &'a Fact>) -> Vec<&'a str> {
    let mut all: Vec<&str> = facts.flat_map(|fact| &fact.documents).map(String::as_str).collect();
    all.sort_unstable();
    all.dedup();
    all
}

fn sources<'a>(network: &'a Network, facts: impl Iterator<Item = &'a Fact>) -> Value<'a> {
    listed(documents(facts).into_iter().map(|iri| network.short(iri)))
}

/// Who takes part in a fact and how: `donor=org/泰坦科技有限公司 item=product/口罩`.
fn roles<'a>(network: &Network, fact: &Fact) -> Value<'a> {
    let pairs = fact.fillers.iter().map(|(role, filler)| format!("{role}={}", network.short(filler)));
    Value::Text(pairs.collect::<Vec<_>>().join(" ").into())
}

/// IRIs, which hold no spaces, with one between two.
fn listed<'a>(mut iris: impl Iterator<Item = &'a str>) -> Value<'a> {
    let mut listed = Cow::Borrowed(iris.next().unwrap_or_default());
    for iri in iris {
        let listed = listed.to_mut();
        listed.push(' ');
        listed.push_str(iri);
    }
    Value::Text(listed)
}

/// The words behind facts, each once.
fn evidence<'a>(facts: impl Iterator<Item = &'a Fact>) -> Option<Value<'a>> {
    let mut quotes: Vec<&Quote> = facts.flat_map(|fact| &fact.quotes).collect();
    if let [quote] = quotes.as_slice() {
        return text(&quote.words);
    }
    let mut seen = BTreeSet::new();
    quotes.retain(|quote| seen.insert(*quote));
    let words: Vec<&str> = quotes.iter().map(|quote| quote.words.as_str()).collect();
    (!words.is_empty()).then(|| Value::Text(words.join(" … ").into()))
}
