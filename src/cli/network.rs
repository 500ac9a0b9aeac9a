//! The network that a command works on: which of the graph it takes, and how it is read.

use std::collections::BTreeSet;

use anyhow::{Result, bail, ensure};
use clap::ValueEnum;
use petgraph::graph::NodeIndex;

use super::options::{Confidence, Frames};
use super::output::{self, kept};
use crate::annotation::EntityType;
use crate::graph::{Kind, Measure, Network, Projection, Stated};
use crate::rdf::{self, Iris, Only};
use crate::schema::Schema;
use crate::text::time;
use crate::workspace::{Contents, Workspace, meant};

/// Which network.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Which network")]
pub(super) struct Args {
    /// What is joined by what [default: direct]
    #[arg(long, value_name = "KIND")]
    pub network: Option<Joins>,
    /// Only entities of these types, as Organization,Person
    #[arg(long, value_name = "TYPES", value_delimiter = ',', value_parser = clap::value_parser!(EntityType))]
    types: Vec<EntityType>,
    /// Only facts of these types, by any name that `tupu frames list` shows: Donation,供应
    #[arg(id = "fact-types", long = "facts", value_name = "TYPES", value_delimiter = ',')]
    facts: Vec<String>,
    /// Only facts that last into or begin after this day, month or year, as 2020-02
    #[arg(long, value_name = "DATE", value_parser = date)]
    from: Option<(String, String)>,
    /// Only facts that begin before the end of this day, month or year
    #[arg(long, value_name = "DATE", value_parser = date)]
    to: Option<(String, String)>,
    #[command(flatten)]
    confidence: Confidence,
    /// Only pairs of nodes that at least so many documents join
    #[arg(long, value_name = "N", default_value_t = 1)]
    min_evidence: usize,
    /// Keep entities that nothing joins
    #[arg(long)]
    isolated: bool,
    #[command(flatten, next_help_heading = None::<&str>)]
    pub frames: Frames,
}

/// Which part of it.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Which part of the network")]
pub(super) struct Part {
    /// Only one of the communities that `tupu communities` lists for the same network
    #[arg(long, value_name = "NUMBER")]
    community: Option<usize>,
    /// Only this entity and what surrounds it: a name, TYPE:NAME, or the id as tables show it
    #[arg(long, value_name = "ENTITY")]
    around: Option<String>,
    /// With --around: how many steps to go
    #[arg(long, value_name = "N", default_value_t = 1, requires = "around")]
    depth: usize,
    /// Only so many, those with the highest weighted degree within the part
    #[arg(long, value_name = "N")]
    top: Option<usize>,
}

impl Part {
    /// Whether it is all of the network.
    pub fn is_whole(&self) -> bool {
        self.community.is_none() && self.around.is_none() && self.top.is_none()
    }
}

/// What a network joins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Joins {
    /// Entities, by the direct relations that fact types declare (捐赠给, from donor to recipient)
    Direct,
    /// Persons, organisations and groups that take part in the same fact; with --types entities of those types
    Actors,
    /// Persons, organisations and groups with goods, places, works, activities of the same fact
    Items,
    /// Facts as nodes, planned and denied ones too, with those who take part in them
    Facts,
}

/// The first and last day of a date.
fn date(text: &str) -> Result<(String, String), String> {
    let days = time::days(text).ok_or("write a day, month or year, as 2020-01-27, 2020-01 or 2020")?;
    Ok((days.0.to_string(), days.1.to_string()))
}

/// What to do where a network leaves an entity out.
const OTHERS: &str = "--isolated keeps such entities, --network and --types choose others";

/// What a command reads of a workspace.
pub(super) struct Opened {
    pub workspace: Workspace,
    pub contents: &'static Contents,
    pub stated: Stated,
    pub schema: Schema,
}

impl Args {
    /// What is to be chosen. `usual` is the kind of network where none is named.
    pub fn projection(&self, schema: &Schema, usual: Kind) -> Result<Projection> {
        let kind = self.network.map_or(usual, |joins| match joins {
            Joins::Direct => Kind::Direct,
            Joins::Actors => Kind::Actors,
            Joins::Items => Kind::Items,
            Joins::Facts => Kind::Facts,
        });
        ensure!(
            kind != Kind::Facts || self.min_evidence <= 1,
            "--min-evidence counts the documents that join two entities, and a fact stands in one: use another --network"
        );
        let (from, to) = (self.from.as_ref().map(|(first, _)| first), self.to.as_ref().map(|(_, last)| last));
        if let (Some(from), Some(to)) = (from, to) {
            ensure!(from <= to, "--from {from} is after --to {to}: no fact is in between");
        }
        Ok(Projection {
            kind,
            types: self.types.clone(),
            facts: self.facts.iter().map(|name| Ok(schema.called(name)?.name.clone())).collect::<Result<_>>()?,
            from: from.cloned(),
            to: to.cloned(),
            min_confidence: self.confidence.least,
            min_evidence: self.min_evidence,
            isolated: self.isolated,
        })
    }

    /// Whether all facts and entities are chosen.
    pub fn is_whole(&self) -> bool {
        let usual = self.network.is_none() && self.types.is_empty() && self.facts.is_empty() && self.min_evidence <= 1;
        usual && self.from.is_none() && self.to.is_none() && self.confidence.least <= 0.0
    }

    /// Reads the workspace and tells the facts that are chosen, with all who take part in them.
    pub fn only(&self, part: &Part) -> Result<(Opened, Only)> {
        let opened = self.open()?;
        let mut projection = self.projection(&opened.schema, Kind::Facts)?;
        // A fact without an entity that takes part is one, too.
        projection.isolated = projection.isolated || projection.types.is_empty();
        let network = opened.part(projection.of(&opened.stated, &opened.schema, opened.iris().base()), part)?;
        let facts = network.facts.iter().map(|fact| fact.iri.clone());
        let of_facts = network.facts.iter().flat_map(|fact| &fact.fillers).map(|(_, filler)| filler.clone());
        let nodes = network.graph.node_weights().filter(|node| node.fact.is_none() && self.isolated);
        let entities = of_facts.chain(nodes.map(|node| node.iri.clone()));
        let only = Only::new(facts, entities, &opened.contents.linking, opened.iris());
        Ok((opened, only))
    }

    /// Opens the workspace and reads what is in it.
    pub fn workspace(&self) -> Result<(Workspace, &'static Contents, Schema)> {
        let workspace = Workspace::open(&self.frames.kg.folder)?;
        let (contents, schema) = rayon::join(|| workspace.contents(), || self.frames.schema());
        Ok((workspace, kept(contents?), schema?))
    }

    /// Reads the workspace.
    pub fn open(&self) -> Result<Opened> {
        let (workspace, contents, schema) = self.workspace()?;
        let scope = output::scope(&workspace, Stated::QUERIES)?;
        let store = kept(output::graph(&workspace, &self.frames, &schema, &scope, || Ok(contents))?);
        let stated = Stated::read(store, &rdf::mentions(&contents.linking, workspace.iris()))?;
        Ok(Opened { workspace, contents, stated, schema })
    }

    /// Reads the workspace and the network that is chosen.
    pub fn read(&self) -> Result<(Opened, Network)> {
        let opened = self.open()?;
        let projection = self.projection(&opened.schema, Kind::Direct)?;
        let network = projection.of(&opened.stated, &opened.schema, opened.iris().base());
        Ok((opened, network))
    }

    /// Reads the workspace and the part of the network that is chosen. What is to be measured is measured on the whole
    /// network.
    pub fn read_part(&self, part: &Part, measures: &[Measure]) -> Result<(Opened, Network)> {
        let (opened, mut network) = self.read()?;
        network.measure(measures);
        let network = opened.part(network, part)?;
        Ok((opened, network))
    }
}

impl Opened {
    /// The IRIs of the workspace.
    pub fn iris(&self) -> &Iris {
        self.workspace.iris()
    }

    /// The part of a network that a user means.
    pub fn part(&self, mut network: Network, part: &Part) -> Result<Network> {
        if let Some(number) = part.community {
            let communities = network.communities().of;
            let members: BTreeSet<_> = network
                .graph
                .node_indices()
                .zip(&communities)
                .filter(|(_, of)| **of == number)
                .map(|(at, _)| at)
                .collect();
            let last = communities.iter().max().copied().unwrap_or_default();
            ensure!(!members.is_empty(), "no community {number}; they are numbered from 1 to {last}");
            network = network.part(&members);
        }
        if let Some(words) = &part.around {
            let near = network.around(&self.nodes(&network, words)?, part.depth);
            network = network.part(&near.into_keys().collect());
        }
        if let Some(top) = part.top {
            network = network.part(&network.heaviest().into_iter().take(top).collect());
        }
        Ok(network)
    }

    /// The nodes of the entities that a user means. Of persons whom nothing joins across documents there may be many: all
    /// are taken, and a line says so.
    ///
    /// # Errors
    /// Where no entity is meant, or what is chosen leaves it out.
    pub fn nodes(&self, network: &Network, words: &str) -> Result<Vec<NodeIndex>> {
        let (linking, iris) = (&self.contents.linking, self.iris());
        let found: Vec<String> =
            meant::all(linking, iris, words).into_iter().map(|at| meant::iri(linking, iris, at)).collect();
        let mut nodes: Vec<NodeIndex> =
            found.iter().filter_map(|iri| network.node(&format!("{}{iri}", iris.base()))).collect();
        nodes.sort_unstable();
        match (&found[..], nodes.len()) {
            ([], _) => bail!("no entity is called {words:?}; write {}", meant::WAYS),
            ([one], 0) => bail!("nothing in this network joins {one} to anything; {OTHERS}"),
            (all, 0) => {
                bail!("nothing in this network joins any of the {} entities called {words:?}; {OTHERS}", all.len())
            }
            (_, 1) => {}
            (_, several) => {
                eprintln!("tupu: {several} entities are called {words}, and all are taken; `tupu review` joins them")
            }
        }
        Ok(nodes)
    }
}
