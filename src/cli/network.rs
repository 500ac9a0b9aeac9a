//! The network that a command works on: which of the graph it takes, and how it is read.

use anyhow::{Context, Result, bail, ensure};
use clap::ValueEnum;
use petgraph::graph::NodeIndex;

use super::entity;
use super::options::{Frames, probability};
use super::output::{kept, store};
use crate::annotation::EntityType;
use crate::graph::{Kind, Network, Projection, Stated};
use crate::rdf::{self, Iris};
use crate::schema::Schema;
use crate::text::time;
use crate::workspace::{Contents, Workspace};

/// Which network.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Which network")]
pub(super) struct Args {
    /// What is joined by what [default: direct]
    #[arg(long, value_name = "KIND")]
    pub network: Option<Joins>,
    /// Only entities of these types, as Organization,Person
    #[arg(long, value_name = "TYPES", value_delimiter = ',', value_parser = entity_type)]
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
    /// Only facts at least this sure, 0 to 1
    #[arg(id = "sure", long = "min-confidence", value_name = "P", default_value_t = 0.0, value_parser = probability)]
    min_confidence: f64,
    /// Only pairs of nodes that at least so many documents join
    #[arg(long, value_name = "N", default_value_t = 1)]
    min_evidence: usize,
    /// Keep entities that nothing joins
    #[arg(long)]
    isolated: bool,
    #[command(flatten)]
    pub frames: Frames,
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

fn entity_type(name: &str) -> Result<EntityType, String> {
    let known = || EntityType::ALL.map(EntityType::name).join(", ");
    EntityType::from_name(name).ok_or_else(|| format!("no entity type {name:?}; there are {}", known()))
}

/// The first and last day of a date.
fn date(text: &str) -> Result<(String, String), String> {
    let days = time::days(text).ok_or("write a day, month or year, as 2020-01-27, 2020-01 or 2020")?;
    Ok((days.0.to_string(), days.1.to_string()))
}

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
        Ok(Projection {
            kind,
            types: self.types.clone(),
            facts: self.facts.iter().map(|name| fact_type(schema, name)).collect::<Result<_>>()?,
            from: self.from.as_ref().map(|(first, _)| first.clone()),
            to: self.to.as_ref().map(|(_, last)| last.clone()),
            min_confidence: self.min_confidence,
            min_evidence: self.min_evidence,
            isolated: self.isolated,
        })
    }

    /// Reads the workspace.
    pub fn open(&self) -> Result<Opened> {
        let workspace = Workspace::open(&self.frames.kg.folder)?;
        let (contents, schema) = rayon::join(|| workspace.contents(), || self.frames.schema());
        let (contents, schema) = (kept(contents?), schema?);
        let store = kept(store(&workspace, contents, &schema, Stated::QUERIES)?);
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
}

/// The fact type that is called so, in any of its names.
fn fact_type(schema: &Schema, name: &str) -> Result<String> {
    let called = schema.frames().find(|frame| {
        frame.name.eq_ignore_ascii_case(name) || frame.label.zh == name || frame.label.en.eq_ignore_ascii_case(name)
    });
    let known = || schema.frames().map(|frame| frame.name.as_str()).collect::<Vec<_>>().join(", ");
    Ok(called.with_context(|| format!("no fact type {name:?}; there are {}", known()))?.name.clone())
}

impl Opened {
    /// The IRIs of the workspace.
    pub fn iris(&self) -> &Iris {
        self.workspace.iris()
    }

    /// The node of the entity that a user means.
    ///
    /// # Errors
    /// Where no one entity is meant, or what is chosen leaves it out.
    pub fn node(&self, network: &Network, words: &str) -> Result<NodeIndex> {
        let at = entity::one(&self.contents.linking, self.iris(), words)?;
        let iri = entity::iri(&self.contents.linking, self.iris(), at);
        let Some(node) = network.node(&format!("{}{iri}", self.iris().base())) else {
            bail!(
                "nothing in this network joins {iri} to anything; --isolated keeps such entities, --network and --types choose others"
            )
        };
        Ok(node)
    }
}
