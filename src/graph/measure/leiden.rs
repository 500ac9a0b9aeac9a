//! The Leiden algorithm (Traag, Waltman and van Eck 2019, "From Louvain to Leiden: guaranteeing well-connected
//! communities"), for modularity.
//!
//! A round moves single nodes to the communities where they raise the modularity most; splits each community into parts
//! that hang together well; and goes on with the parts as the nodes of a smaller graph, until none of them moves. Where
//! the paper merges into a part drawn by lot, the best one is taken (the limit of its θ towards 0): the lot falls on the
//! order in which nodes are visited alone, and no exponential, which differs between machines, is reckoned.

use std::collections::VecDeque;

use petgraph::graph::NodeIndex;
use rand_pcg::Pcg64;
use rand_pcg::rand_core::Rng as _;

use super::adjacency::Adjacency;

/// What modularity must rise by for another round, and, as a share of all weights, for a node to move: more than
/// rounding may feign.
const LEAST: f64 = 1e-12;
/// After so many rounds it is enough, whatever is still to gain; a handful is common.
const ROUNDS: usize = 1000;

/// A graph whose nodes are to be put into communities.
pub(super) struct Level {
    adjacency: Adjacency,
    /// The sum of the weights at each node; of those within it, where it stands for several nodes, twice.
    strength: Vec<f64>,
    /// Of all nodes.
    total: f64,
    /// What the weights at two nodes that are in one community are multiplied with to know what weight chance would
    /// put between them.
    chance: f64,
}

impl Level {
    /// Of a graph, or of a part of it that no tie leaves; `total` is the sum of the weights at all nodes of the whole.
    pub(super) fn new(adjacency: Adjacency, resolution: f64, total: f64) -> Self {
        let strength: Vec<f64> = (0..adjacency.nodes()).map(|node| adjacency.weights(node).iter().sum()).collect();
        Self { adjacency, strength, total, chance: resolution / total }
    }

    fn nodes(&self) -> usize {
        self.adjacency.nodes()
    }

    /// The modularity of communities numbered from 0, at the lowest level; 0 where there are no ties.
    pub(super) fn modularity(&self, of: &[usize]) -> f64 {
        if self.total <= 0.0 {
            return 0.0;
        }
        let mut strength = vec![0.0; of.iter().max().map_or(0, |last| last + 1)];
        let mut within = 0.0;
        for (node, community) in of.iter().enumerate() {
            strength[*community] += self.strength[node];
            let inside = self.adjacency.ties(node).filter(|(other, _)| of[*other] == *community);
            within += inside.map(|(_, weight)| weight).sum::<f64>();
        }
        let expected: f64 = strength.iter().map(|strength| strength * strength * self.chance).sum();
        (within - expected) / self.total
    }

    /// Communities, numbered from 0, each in one piece.
    pub(super) fn communities(&self, generator: &mut Pcg64) -> Vec<usize> {
        let mut found: Vec<usize> = (0..self.nodes()).collect();
        let mut modularity = self.modularity(&found);
        for _ in 0..ROUNDS {
            let next = self.round(found.clone(), generator);
            let raised = self.modularity(&next);
            if raised <= modularity + LEAST {
                break;
            }
            (found, modularity) = (next, raised);
        }
        self.in_one_piece(&found)
    }

    /// One round, from communities that there are.
    fn round(&self, mut of: Vec<usize>, generator: &mut Pcg64) -> Vec<usize> {
        let mut smaller: Option<Self> = None;
        // Which node of the smaller graph each of ours is in.
        let mut at: Vec<usize> = (0..self.nodes()).collect();
        loop {
            let level = smaller.as_ref().unwrap_or(self);
            level.move_nodes(&mut of, generator);
            let (parts, count) = level.parts(&of, generator);
            if count == level.nodes() {
                break;
            }
            at.iter_mut().for_each(|node| *node = parts[*node]);
            of = of_parts(&of, &parts, count);
            smaller = Some(level.merged(&parts, count));
        }
        at.into_iter().map(|node| of[node]).collect()
    }

    /// Moves nodes, drawn in some order, to the community of neighbours that raises modularity most, or out of all;
    /// and looks again at the neighbours of those that moved, until none is left to look at.
    fn move_nodes(&self, of: &mut [usize], generator: &mut Pcg64) {
        let mut strength = vec![0.0; self.nodes()];
        let mut size = vec![0_usize; self.nodes()];
        for (node, community) in of.iter().enumerate() {
            strength[*community] += self.strength[node];
            size[*community] += 1;
        }
        let mut empty: Vec<usize> = (0..self.nodes()).filter(|community| size[*community] == 0).collect();
        let mut to = Tally::new(self.nodes());
        let mut queue = VecDeque::from(shuffled(self.nodes(), generator));
        let mut waits = vec![true; self.nodes()];
        while let Some(node) = queue.pop_front() {
            waits[node] = false;
            let from = of[node];
            to.clear();
            self.adjacency.ties(node).for_each(|(other, weight)| to.add(of[other], weight));
            strength[from] -= self.strength[node];
            let chance = self.chance * self.strength[node];
            let gain = |community: usize| to.weight[community] - chance * strength[community];
            let (mut best, mut most) = (from, gain(from) + LEAST * self.total);
            for community in to.met.iter().copied().filter(|community| *community != from) {
                if gain(community) > most {
                    (best, most) = (community, gain(community));
                }
            }
            if size[from] > 1 && most < 0.0 {
                best = empty.pop().unwrap_or(best);
            }
            strength[best] += self.strength[node];
            if best == from {
                continue;
            }
            of[node] = best;
            size[best] += 1;
            size[from] -= 1;
            if size[from] == 0 {
                empty.push(from);
            }
            for other in self.adjacency.of(node).iter().map(|other| other.index()) {
                if of[other] != best && !waits[other] {
                    waits[other] = true;
                    queue.push_back(other);
                }
            }
        }
    }

    /// Splits communities into parts, numbered from 0, and says how many there are. A node that is tied well enough to
    /// the rest of its community joins the part that gains most by it, of those that are tied well enough themselves.
    fn parts(&self, of: &[usize], generator: &mut Pcg64) -> (Vec<usize>, usize) {
        let mut community = vec![0.0; self.nodes()];
        of.iter().zip(&self.strength).for_each(|(of, strength)| community[*of] += strength);
        // Of each part the weights at its nodes, and of these those that tie it to the rest of its community.
        let mut strength = self.strength.clone();
        let inside = |node: usize| self.adjacency.ties(node).filter(move |(other, _)| of[*other] == of[node]);
        let mut outward: Vec<f64> =
            (0..self.nodes()).map(|node| inside(node).map(|(_, weight)| weight).sum()).collect();
        let mut part: Vec<usize> = (0..self.nodes()).collect();
        let mut alone = vec![true; self.nodes()];
        let mut to = Tally::new(self.nodes());
        for node in shuffled(self.nodes(), generator) {
            let whole = community[of[node]];
            let holds = |outward: f64, strength: f64| outward >= self.chance * strength * (whole - strength);
            if !alone[node] || !holds(outward[node], self.strength[node]) {
                continue;
            }
            to.clear();
            inside(node).for_each(|(other, weight)| to.add(part[other], weight));
            let chance = self.chance * self.strength[node];
            let (mut best, mut most) = (node, 0.0);
            for joined in to.met.iter().copied().filter(|joined| holds(outward[*joined], strength[*joined])) {
                let gain = to.weight[joined] - chance * strength[joined];
                if gain > most || (best == node && gain >= most) {
                    (best, most) = (joined, gain);
                }
            }
            if best != node {
                part[node] = best;
                alone[node] = false;
                alone[best] = false;
                strength[best] += self.strength[node];
                outward[best] += outward[node] - 2.0 * to.weight[best];
            }
        }
        numbered(&part)
    }

    /// The graph whose nodes are the parts of this one.
    fn merged(&self, parts: &[usize], count: usize) -> Self {
        let mut members = vec![Vec::new(); count];
        parts.iter().enumerate().for_each(|(node, part)| members[*part].push(node));
        let mut strength = vec![0.0; count];
        let mut arcs = Vec::new();
        let mut to = Tally::new(count);
        for (part, members) in members.iter().enumerate() {
            to.clear();
            for node in members {
                strength[part] += self.strength[*node];
                self.adjacency.ties(*node).for_each(|(other, weight)| to.add(parts[other], weight));
            }
            let others = to.met.iter().filter(|other| **other != part);
            arcs.extend(others.map(|other| (NodeIndex::new(part), NodeIndex::new(*other), to.weight[*other])));
        }
        let adjacency = Adjacency::from_arcs(count, &arcs);
        Self { adjacency, strength, total: self.total, chance: self.chance }
    }

    /// Communities as they are, but each piece of one that nothing joins to the others is one of its own, which can
    /// only raise modularity. The algorithm leaves no such pieces but by rounding, or where no weight is expected by
    /// chance.
    fn in_one_piece(&self, of: &[usize]) -> Vec<usize> {
        let same = |node: usize, other: NodeIndex| of[node] == of[other.index()];
        let arcs = (0..self.nodes()).flat_map(|node| {
            let inside = self.adjacency.of(node).iter().filter(move |other| same(node, **other));
            inside.map(move |other| (NodeIndex::new(node), *other, 1.0))
        });
        let pieces = Adjacency::from_arcs(self.nodes(), &arcs.collect::<Vec<_>>()).components();
        let mut piece_of = vec![0; self.nodes()];
        for (n, piece) in pieces.iter().enumerate() {
            piece.iter().for_each(|node| piece_of[*node] = n);
        }
        piece_of
    }
}

/// The community of each part, all whose nodes are in one; numbered below `count`, as there are no more than parts.
fn of_parts(of: &[usize], parts: &[usize], count: usize) -> Vec<usize> {
    let mut communities = vec![0; count];
    parts.iter().zip(of).for_each(|(part, community)| communities[*part] = *community);
    numbered(&communities).0
}

/// Numbers from 0 in the order in which they first occur, and how many different ones there are. None may be greater
/// than the largest place of a node in the graph that it comes from.
fn numbered(labels: &[usize]) -> (Vec<usize>, usize) {
    let mut numbers = vec![None; labels.iter().max().map_or(0, |last| last + 1)];
    let mut count = 0;
    let number = |label: &usize| {
        *numbers[*label].get_or_insert_with(|| {
            count += 1;
            count - 1
        })
    };
    (labels.iter().map(number).collect(), count)
}

/// The numbers below `count` in an order drawn by lot.
fn shuffled(count: usize, generator: &mut Pcg64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    for at in (1..count).rev() {
        // A number up to `at`: the upper half of the product (Lemire 2019); its bias is less than can ever show.
        let drawn = (u128::from(generator.next_u64()) * (at as u128 + 1)) >> 64;
        order.swap(at, usize::try_from(drawn).unwrap_or(at));
    }
    order
}

/// Weights added up by community.
struct Tally {
    weight: Vec<f64>,
    /// The communities with some, in the order in which they were met.
    met: Vec<usize>,
}

impl Tally {
    fn new(communities: usize) -> Self {
        Self { weight: vec![0.0; communities], met: Vec::new() }
    }

    fn add(&mut self, community: usize, weight: f64) {
        if self.weight[community] == 0.0 {
            self.met.push(community);
        }
        self.weight[community] += weight;
    }

    fn clear(&mut self) {
        self.met.drain(..).for_each(|community| self.weight[community] = 0.0);
    }
}
