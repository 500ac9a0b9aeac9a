//! Which facts join which entities.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::graph::NodeIndex;

use super::{Edge, Fact, Network, Node, Stated};
use crate::annotation::EntityType;
use crate::schema::Schema;

/// What is chosen of the graph.
#[derive(Debug, Clone, Default)]
pub struct Projection {
    /// What is joined by what.
    pub kind: Kind,
    /// Types of the entities; all where none is named.
    pub types: Vec<EntityType>,
    /// Names of the fact types; all where none is named.
    pub facts: Vec<String>,
    /// Facts that last into or begin after this day, `YYYY-MM-DD`. Those without a date are left out.
    pub from: Option<String>,
    /// Facts that begin before the end of this day. Those without a date are left out.
    pub to: Option<String>,
    /// Facts at least this sure, 0 to 1; those that tell no confidence count as sure.
    pub min_confidence: f64,
    /// Pairs of nodes that at least so many documents join.
    pub min_evidence: usize,
    /// Whether to keep entities that nothing joins.
    pub isolated: bool,
}

/// What a network joins.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Kind {
    /// Entities by the direct edges that the fact types declare, as 捐赠给 from donor to recipient. Directed.
    #[default]
    Direct,
    /// Persons, organisations and groups that take part in one fact (a one-mode network); the types that are named in
    /// their place.
    Actors,
    /// Persons, organisations and groups with everything else that takes part in the same fact (a two-mode network).
    Items,
    /// Facts with those who take part in them, by their roles. Directed.
    Facts,
}

/// Who acts.
const ACTORS: [EntityType; 3] = [EntityType::Person, EntityType::Organization, EntityType::Group];

impl Projection {
    /// The network.
    #[must_use]
    pub fn of(&self, stated: &Stated, schema: &Schema, base: &str) -> Network {
        let mut drawn = Drawn::default();
        let wanted = |node: &&Node| self.types.is_empty() || self.types.iter().any(|kind| kind.name() == node.kind);
        drawn.nodes = stated.entities.iter().filter(wanted).map(|node| (node.iri.as_str(), node)).collect();
        for (at, fact) in stated.facts.iter().enumerate().filter(|(_, fact)| self.wants(fact)) {
            match self.kind {
                Kind::Direct => drawn.direct(at, fact, schema),
                Kind::Actors => {
                    drawn.together(at, fact, schema, |_, _| true, |kind| !self.types.is_empty() || acts(kind))
                }
                Kind::Items => drawn.together(at, fact, schema, |a, b| acts(a) != acts(b), |_| true),
                Kind::Facts => drawn.roles(at, fact, schema),
            }
        }
        if self.min_evidence > 1 {
            drawn.keep_evident(stated, self.min_evidence);
        }
        drawn.finish(stated, self, base)
    }

    /// Whether a fact is chosen.
    #[must_use]
    pub fn wants(&self, fact: &Fact) -> bool {
        let kind = self.facts.is_empty() || self.facts.contains(&fact.kind);
        let sure = fact.confidence.is_none_or(|p| p >= self.min_confidence);
        // Denied and planned facts join nobody; a network of facts shows them with their status.
        let status = self.kind == Kind::Facts || fact.is_done();
        let dated = match &fact.days {
            None => self.from.is_none() && self.to.is_none(),
            Some((first, last)) => {
                self.from.as_ref().is_none_or(|from| last >= from) && self.to.as_ref().is_none_or(|to| first <= to)
            }
        };
        kind && sure && status && dated
    }
}

fn acts(kind: &str) -> bool {
    ACTORS.iter().any(|actor| actor.name() == kind)
}

/// A network as it grows. Edges are known by their ends and property, so that its order is that of the IRIs.
#[derive(Default)]
struct Drawn<'a> {
    nodes: BTreeMap<&'a str, &'a Node>,
    edges: BTreeMap<(&'a str, &'a str, String), (String, Vec<usize>)>,
    /// The facts that are nodes.
    facts: BTreeSet<usize>,
}

impl<'a> Drawn<'a> {
    /// The direct edges that a fact draws.
    fn direct(&mut self, at: usize, fact: &'a Fact, schema: &Schema) {
        let Some(frame) = schema.frame(&fact.kind) else { return };
        let filling = |role: &'_ str| {
            let role = role.to_owned();
            fact.fillers.iter().filter(move |(name, _)| *name == role).map(|(_, filler)| filler.as_str())
        };
        for edge in &frame.edges {
            for from in filling(&edge.from) {
                for to in filling(&edge.to) {
                    self.edge(from, to, &edge.property, &edge.label.zh, at);
                }
            }
        }
    }

    /// An edge between every two entities that take part in a fact, are of such a type, and make such a pair.
    fn together(
        &mut self,
        at: usize,
        fact: &'a Fact,
        schema: &Schema,
        pair: impl Fn(&str, &str) -> bool,
        kind: impl Fn(&str) -> bool,
    ) {
        let label = schema.frame(&fact.kind).map_or(&fact.kind, |frame| &frame.label.zh);
        let known = fact.fillers.iter().filter_map(|(_, filler)| self.nodes.get_key_value(filler.as_str()));
        let fillers: BTreeMap<&str, &str> =
            known.map(|(iri, node)| (*iri, node.kind.as_str())).filter(|(_, of)| kind(of)).collect();
        let fillers: Vec<_> = fillers.into_iter().collect();
        for (n, (one, its)) in fillers.iter().enumerate() {
            for (other, theirs) in fillers.iter().skip(n + 1) {
                if pair(its, theirs) {
                    self.edge(one, other, &fact.kind, label, at);
                }
            }
        }
    }

    /// A fact as a node, and its roles as edges.
    fn roles(&mut self, at: usize, fact: &'a Fact, schema: &Schema) {
        self.facts.insert(at);
        for (role, filler) in &fact.fillers {
            let label = schema.role_label(role).map_or(role, |label| &label.zh);
            self.edge(&fact.iri, filler, role, label, at);
        }
    }

    fn edge(&mut self, from: &'a str, to: &'a str, property: &str, label: &str, fact: usize) {
        if from != to {
            let key = (from, to, property.to_owned());
            self.edges.entry(key).or_insert_with(|| (label.to_owned(), Vec::new())).1.push(fact);
        }
    }

    /// Drops the edges between nodes that fewer documents join.
    fn keep_evident(&mut self, stated: &Stated, least: usize) {
        let mut documents: BTreeMap<(&str, &str), BTreeSet<&str>> = BTreeMap::new();
        for ((from, to, _), (_, facts)) in &self.edges {
            let of_facts = facts.iter().filter_map(|at| stated.facts.get(*at)).flat_map(|fact| &fact.documents);
            documents.entry(pair(from, to)).or_default().extend(of_facts.map(String::as_str));
        }
        self.edges.retain(|(from, to, _), _| documents.get(&pair(from, to)).is_some_and(|d| d.len() >= least));
    }

    fn finish(mut self, stated: &'a Stated, projection: &Projection, base: &str) -> Network {
        let directed = matches!(projection.kind, Kind::Direct | Kind::Facts);
        let is_fact = |iri: &str| stated.facts.binary_search_by(|fact| fact.iri.as_str().cmp(iri)).is_ok();
        let nodes = &self.nodes;
        self.edges.retain(|(from, to, _), _| {
            [from, to].iter().all(|iri| nodes.contains_key(**iri) || (projection.kind == Kind::Facts && is_fact(iri)))
        });
        let joined: BTreeSet<&str> = self.edges.keys().flat_map(|(from, to, _)| [*from, *to]).collect();
        if !projection.isolated {
            self.nodes.retain(|iri, _| joined.contains(iri));
            // Facts whose fillers are all left out say nothing here.
            self.facts.retain(|at| stated.facts.get(*at).is_some_and(|fact| joined.contains(fact.iri.as_str())));
        }
        let used: BTreeSet<usize> =
            self.edges.values().flat_map(|(_, facts)| facts).chain(&self.facts).copied().collect();
        let place: BTreeMap<usize, usize> = used.iter().enumerate().map(|(new, old)| (*old, new)).collect();
        let facts: Vec<Fact> = used.iter().filter_map(|at| stated.facts.get(*at)).cloned().collect();
        let of_fact = |at: &usize| {
            let (fact, at) = (stated.facts.get(*at)?, place.get(at)?);
            let (iri, kind) = (fact.iri.clone(), fact.kind.clone());
            Some(Node { iri, label: fact.label.clone(), name: fact.label.clone(), kind, mentions: 0, fact: Some(*at) })
        };
        let mut all: Vec<Node> =
            self.nodes.values().copied().cloned().chain(self.facts.iter().filter_map(of_fact)).collect();
        all.sort_by(|a, b| a.iri.cmp(&b.iri));
        let mut network = Network { directed, facts, base: base.to_owned(), ..Network::default() };
        let indices: BTreeMap<String, NodeIndex> =
            all.into_iter().map(|node| (node.iri.clone(), network.graph.add_node(node))).collect();
        for ((from, to, property), (label, facts)) in self.edges {
            let (Some(from), Some(to)) = (indices.get(from), indices.get(to)) else { continue };
            let mut facts: Vec<usize> = facts.iter().filter_map(|at| place.get(at)).copied().collect();
            facts.sort_unstable();
            facts.dedup();
            network.graph.add_edge(*from, *to, Edge { property, label, facts });
        }
        network
    }
}

/// Two nodes in the order of their IRIs.
fn pair<'a>(one: &'a str, other: &'a str) -> (&'a str, &'a str) {
    if one <= other { (one, other) } else { (other, one) }
}
