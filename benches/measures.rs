//! How long the measures of a network take, for `measures.py` beside this file, which compares them with what networkx
//! and igraph find: `cargo bench --bench measures -- FILE`.
//!
//! The file says in its first line how many nodes there are, and in each other one which two are tied and how strongly,
//! with blanks between. What is found and how many seconds it takes, the least of several times, is printed as JSON.

use std::hint::black_box;
use std::time::Instant;

use petgraph::graph::NodeIndex;
use serde_json::{Value, json};
use tupu::graph::measure::{self, Ties};

type Failure = Box<dyn std::error::Error>;

/// Rounds of each; the best counts, since whatever else the machine does only ever slows.
const ROUNDS: usize = 5;
/// What takes longer, in seconds, is not repeated.
const LONG: f64 = 5.0;
/// Communities are found with the first of these seeds.
const SEEDS: [u64; 3] = [42, 1, 2];
/// Paths are sought between so many nodes that have most ties, so many between two.
const HUBS: usize = 4;
const PATHS: usize = 10;

fn main() -> Result<(), Failure> {
    let file = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let Some(file) = file else {
        println!("no file of ties given: python3 benches/measures.py GRAPH.graphml makes one and compares");
        return Ok(());
    };
    let ties = read(&std::fs::read_to_string(file)?)?;
    let (page_rank, ranks) = best(|| measure::page_rank(&ties));
    let (betweenness, between) = best(|| measure::betweenness(&ties));
    let (leiden, found) = best(|| measure::communities(&ties, 1.0, SEEDS[0]));
    let others = SEEDS[1..].iter().map(|seed| measure::communities(&ties, 1.0, *seed).modularity);
    let (whole, figures) = best(|| measure::figures(&ties));
    let hubs = hubs(&ties);
    let pairs: Vec<_> = hubs.iter().flat_map(|a| hubs.iter().map(move |b| (*a, *b))).filter(|(a, b)| a < b).collect();
    let sought = || pairs.iter().map(|(a, b)| measure::k_shortest_paths(&ties, *a, *b, PATHS)).collect::<Vec<_>>();
    let (ways, paths) = best(sought);
    let plain = |paths: &Vec<Vec<NodeIndex>>| -> Value {
        paths.iter().map(|path| path.iter().map(|node| node.index()).collect::<Vec<_>>()).collect()
    };
    let answer = json!({
        "threads": rayon::current_num_threads(),
        "page_rank": { "seconds": page_rank, "values": ranks },
        "betweenness": { "seconds": betweenness, "values": between },
        "communities": {
            "seconds": leiden, "of": found.of, "modularity": found.modularity, "others": others.collect::<Vec<_>>(),
        },
        "figures": {
            "seconds": whole, "density": figures.density, "components": figures.components, "largest": figures.largest,
            "diameter": figures.diameter, "mean_distance": figures.mean_distance, "transitivity": figures.transitivity,
            "clustering": figures.clustering, "assortativity": figures.assortativity,
        },
        "paths": {
            "seconds": ways, "limit": PATHS, "pairs": pairs.iter().map(|(a, b)| [a.index(), b.index()]).collect::<Vec<_>>(),
            "found": paths.iter().map(plain).collect::<Vec<_>>(),
        },
    });
    println!("{answer}");
    Ok(())
}

fn read(text: &str) -> Result<Ties, Failure> {
    let mut lines = text.lines();
    let nodes = lines.next().ok_or("the file is empty")?.trim().parse()?;
    let mut edges = Vec::new();
    for line in lines {
        let [from, to, weight] = line.split_whitespace().collect::<Vec<_>>()[..] else {
            return Err(format!("not two nodes and a weight: {line}").into());
        };
        edges.push((from.parse()?, to.parse()?, weight.parse()?));
    }
    Ok(measure::ties(nodes, edges))
}

/// The least time in seconds, and what is found.
fn best<T>(measure: impl Fn() -> T) -> (f64, T) {
    let timed = || {
        let start = Instant::now();
        let found = black_box(measure());
        (start.elapsed().as_secs_f64(), found)
    };
    let (mut least, found) = timed();
    for _ in 1..ROUNDS {
        if least < LONG {
            least = least.min(timed().0);
        }
    }
    (least, found)
}

/// The nodes with most ties.
fn hubs(ties: &Ties) -> Vec<NodeIndex> {
    let degrees = measure::degrees(ties).count;
    let mut nodes: Vec<NodeIndex> = ties.node_indices().collect();
    nodes.sort_by_key(|node| (std::cmp::Reverse(degrees[node.index()]), *node));
    nodes.truncate(HUBS);
    nodes
}
