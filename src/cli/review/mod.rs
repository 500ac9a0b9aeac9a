//! `tupu review`: what may be one, and what a person decides.

mod list;

use std::path::PathBuf;

use anyhow::{Context, Result, anyhow, ensure};

use super::options::Kg;
use super::output;
use crate::annotation::EntityType;
use crate::decision::{self, Act, Decision};
use crate::query::Format;
use crate::workspace::{Contents, Loosened, Review, ReviewError, Workspace, read_decisions};

/// Look at what may be one, and decide
///
/// Every decision is a line of decisions.jsonl in the workspace, with its reason and date; it is replayed whenever the
/// graph is derived, and can be undone. ENTITY is a name, TYPE:NAME, or an IRI as tables show it.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// List pairs of entities that may be one, the likeliest first, with what speaks for it
    List(list::Args),
    /// Say that entities are one; one name that many bear (as that of a person) makes all of them one
    Merge(Merge),
    /// Say that two entities are not one, or that what some documents or names mean is another entity
    Split(Split),
    /// Give an entity another name
    Rename(Rename),
    /// Give an entity another type
    Retype(Retype),
    /// Say that a text does state a fact
    Accept(Fact),
    /// Say that a text does not state a fact: it leaves the graph
    Reject(Fact),
    /// Take a decision back
    Undo(Undo),
    /// Make all decisions of a file, or none
    Apply(Apply),
    /// List the decisions, and whether they apply
    Decisions(Decisions),
}

/// Why and when.
#[derive(Debug, clap::Args)]
struct Why {
    /// Why: a source that others can check
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// The day of the decision
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: String,
    #[command(flatten)]
    kg: Kg,
}

#[derive(Debug, clap::Args)]
pub(super) struct Merge {
    /// The entities
    #[arg(value_name = "ENTITY", required = true)]
    entities: Vec<String>,
    #[command(flatten)]
    why: Why,
}

#[derive(Debug, clap::Args)]
pub(super) struct Split {
    /// The entity
    #[arg(value_name = "ENTITY")]
    entity: String,
    /// Another one that it is not
    #[arg(value_name = "OTHER", conflicts_with_all = ["name", "document"])]
    other: Option<String>,
    /// What is called so is another entity; may be repeated
    #[arg(long, value_name = "NAME")]
    name: Vec<String>,
    /// What this document means is another entity; may be repeated
    #[arg(long, value_name = "DOCUMENT")]
    document: Vec<String>,
    #[command(flatten)]
    why: Why,
}

#[derive(Debug, clap::Args)]
pub(super) struct Rename {
    /// The entity
    #[arg(value_name = "ENTITY")]
    entity: String,
    /// Its new name
    #[arg(value_name = "NAME")]
    to: String,
    #[command(flatten)]
    why: Why,
}

#[derive(Debug, clap::Args)]
pub(super) struct Retype {
    /// The entity
    #[arg(value_name = "ENTITY")]
    entity: String,
    /// Its type: Person, Group, Organization, Place, Product, Work, Activity, Disease
    #[arg(value_name = "TYPE", value_parser = kind)]
    to: EntityType,
    #[command(flatten)]
    why: Why,
}

#[derive(Debug, clap::Args)]
pub(super) struct Fact {
    /// The fact, as tables show it: fact/6f1d…
    #[arg(value_name = "FACT")]
    fact: String,
    #[command(flatten)]
    why: Why,
}

#[derive(Debug, clap::Args)]
pub(super) struct Undo {
    /// The decision's id (`tupu review decisions` lists them)
    #[arg(value_name = "DECISION")]
    decision: String,
    #[command(flatten)]
    why: Why,
}

#[derive(Debug, clap::Args)]
pub(super) struct Apply {
    /// The file: one decision a line, as in decisions.jsonl
    #[arg(value_name = "FILE.jsonl")]
    file: PathBuf,
    #[command(flatten)]
    kg: Kg,
}

#[derive(Debug, clap::Args)]
pub(super) struct Decisions {
    /// How to write them: table, csv, tsv, json, xml
    #[arg(long, default_value = "table")]
    format: Format,
    #[command(flatten)]
    kg: Kg,
}

fn kind(name: &str) -> Result<EntityType, String> {
    let known = EntityType::ALL.map(EntityType::name).join(", ");
    EntityType::from_name(name).ok_or_else(|| format!("there are {known}"))
}

pub(super) fn run(command: Command) -> Result<()> {
    match command {
        Command::List(args) => list::run(&args),
        Command::Merge(Merge { entities, why }) => why.decide(|review| Ok(review.merge(&entities)?)),
        Command::Split(args) => args.why.decide(|review| args.act(review)),
        Command::Rename(Rename { entity, to, why }) => why.decide(|review| Ok(review.rename(&entity, to)?)),
        Command::Retype(Retype { entity, to, why }) => why.decide(|review| Ok(review.retype(&entity, to)?)),
        Command::Accept(Fact { fact, why }) => why.decide(|review| Ok(Act::Accept { fact: review.fact(&fact)? })),
        Command::Reject(Fact { fact, why }) => why.decide(|review| Ok(Act::Reject { fact: review.fact(&fact)? })),
        Command::Undo(Undo { decision, why }) => why.decide(|review| Ok(review.undo(&decision)?)),
        Command::Apply(args) => apply(&args),
        Command::Decisions(args) => list::decisions(&args.kg, args.format),
    }
}

/// Tells which decisions do not apply, one line each.
pub(super) fn report(contents: &Contents) {
    let standing = decision::standing(&contents.decisions);
    for unapplied in &contents.linking.unapplied {
        let what = standing.get(&unapplied.decision).map(|decision| format!(" ({})", decision.act)).unwrap_or_default();
        eprintln!("tupu: decision {}{what} does not apply: {}", unapplied.decision, unapplied.why);
    }
}

impl Why {
    /// Makes one decision, if it applies.
    fn decide(&self, act: impl FnOnce(&Review<'_>) -> Result<Act>) -> Result<()> {
        let workspace = Workspace::open(&self.kg.folder)?;
        let contents = workspace.contents()?;
        let review = Review { workspace: &workspace, contents: &contents };
        let (decision, loosened) = review.decide(act(&review)?, &self.reason, &self.date)?;
        tell(&[decision], &loosened)
    }
}

impl Split {
    fn act(&self, review: &Review<'_>) -> Result<Act> {
        if let Some(other) = &self.other {
            return review.distinguish(&self.entity, other).map_err(|error| match error {
                ReviewError::Same { one, other } => {
                    anyhow!("{one:?} and {other:?} are one; say by --document or --name what is another")
                }
                error => error.into(),
            });
        }
        // Whether there is such an entity is told first.
        let act = review.split(&self.entity, self.name.clone(), self.document.clone())?;
        ensure!(
            !self.name.is_empty() || !self.document.is_empty(),
            "say what is another entity: OTHER, --name NAME or --document DOCUMENT"
        );
        Ok(act)
    }
}

/// Tells what is decided, and what rested on it.
fn tell(decisions: &[Decision], loosened: &[Loosened]) -> Result<()> {
    loosened.iter().for_each(|loosened| eprintln!("tupu: {loosened}"));
    output::write(None, |out| {
        for decision in decisions {
            writeln!(out, "{}  {}", decision.id(), decision.act)?;
        }
        Ok(())
    })
}

fn apply(args: &Apply) -> Result<()> {
    let text = std::fs::read_to_string(&args.file).with_context(|| format!("cannot read {}", args.file.display()))?;
    let decisions = read_decisions(&args.file, &text)?;
    ensure!(!decisions.is_empty(), "{}: no decision in this file", args.file.display());
    let workspace = Workspace::open(&args.kg.folder)?;
    let contents = workspace.contents()?;
    let standing = decision::standing(&contents.decisions);
    // What the file undoes it may make again: then all of it counts.
    let undone = |id: &String| decisions.iter().any(|decision| matches!(&decision.act, Act::Undo { of } if of == id));
    let is_new = |id: String| !standing.contains_key(&id) || undone(&id);
    let new: Vec<Decision> = decisions.iter().filter(|decision| is_new(decision.id())).cloned().collect();
    ensure!(!new.is_empty(), "{}: all of this is decided already", args.file.display());
    drop(standing);
    let loosened = Review { workspace: &workspace, contents: &contents }.keep(&new)?;
    tell(&new, &loosened)
}
