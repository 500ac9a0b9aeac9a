//! `tupu review`: what may be one, and what a person decides.

mod list;

use std::collections::BTreeSet;
use std::path::PathBuf;

use anyhow::{Context, Result, bail, ensure};

use super::options::Kg;
use super::{entity, output};
use crate::annotation::EntityType;
use crate::decision::{self, Act, Decision, EntityReference};
use crate::link::{Linking, fact_reference};
use crate::query::Format;
use crate::workspace::{Contents, Workspace, read_decisions};

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
        Command::Merge(Merge { entities, why }) => why.decide(|known| known.merge(&entities)),
        Command::Split(args) => args.why.decide(|known| known.split(&args)),
        Command::Rename(Rename { entity, to, why }) => {
            why.decide(|known| Ok(Act::Rename { entity: known.reference(&entity)?, to }))
        }
        Command::Retype(Retype { entity, to, why }) => {
            why.decide(|known| Ok(Act::Retype { entity: known.reference(&entity)?, to }))
        }
        Command::Accept(Fact { fact, why }) => why.decide(|known| Ok(Act::Accept { fact: known.fact(&fact)? })),
        Command::Reject(Fact { fact, why }) => why.decide(|known| Ok(Act::Reject { fact: known.fact(&fact)? })),
        Command::Undo(Undo { decision, why }) => why.decide(|known| known.undo(&decision)),
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

/// A workspace and what is in it.
struct Known {
    workspace: Workspace,
    contents: Contents,
}

impl Why {
    /// Makes one decision, if it applies.
    fn decide(&self, act: impl FnOnce(&Known) -> Result<Act>) -> Result<()> {
        let workspace = Workspace::open(&self.kg.folder)?;
        let contents = workspace.contents()?;
        let known = Known { workspace, contents };
        let decision = Decision::new(act(&known)?, &self.reason, &self.date)?;
        let stands = decision::standing(&known.contents.decisions).contains_key(&decision.id());
        ensure!(!stands, "this is decided already, as {}", decision.id());
        known.keep(&[decision])
    }
}

impl Known {
    /// Stores decisions if all of them apply.
    fn keep(&self, decisions: &[Decision]) -> Result<()> {
        let mut all = self.contents.decisions.clone();
        all.extend_from_slice(decisions);
        let linking = Linking::new(&self.contents.annotations, &all, &self.workspace.identifiers()?);
        for decision in decisions {
            let id = decision.id();
            if let Some(unapplied) = linking.unapplied.iter().find(|unapplied| unapplied.decision == id) {
                bail!("{}: {}; nothing is decided", decision.act, unapplied.why);
            }
        }
        self.spare(&all, &linking, decisions)?;
        self.workspace.writer_for("tupu review")?.decide(decisions)?;
        output::write(None, |out| {
            for decision in decisions {
                writeln!(out, "{}  {}", decision.id(), decision.act)?;
            }
            Ok(())
        })
    }

    /// Nothing may silently undo what was decided before; who takes a decision back is told what rested on it.
    fn spare(&self, all: &[Decision], linking: &Linking, new: &[Decision]) -> Result<()> {
        let standing = decision::standing(all);
        let undoes = new.iter().any(|decision| matches!(decision.act, Act::Undo { .. }));
        let before = &self.contents.linking.unapplied;
        let broken = linking.unapplied.iter().filter(|now| before.iter().all(|then| then.decision != now.decision));
        for (unapplied, broken) in broken.filter_map(|now| Some((now, standing.get(&now.decision)?))) {
            let (id, why) = (&unapplied.decision, &unapplied.why);
            ensure!(undoes, "decision {id} ({}) would no longer apply: {why}; nothing is decided", broken.act);
            eprintln!("tupu: decision {id} ({}) no longer applies: {why}", broken.act);
        }
        Ok(())
    }

    fn reference_to(&self, at: usize) -> Result<EntityReference> {
        let reference = self.contents.linking.reference(at, &self.contents.annotations);
        reference.context("this entity stands in no document")
    }

    /// The one entity that words mean.
    fn reference(&self, words: &str) -> Result<EntityReference> {
        self.reference_to(self.one(words)?)
    }

    fn one(&self, words: &str) -> Result<usize> {
        entity::one(&self.contents.linking, self.workspace.iris(), words)
    }

    fn merge(&self, entities: &[String]) -> Result<Act> {
        if let [name] = entities {
            let all = entity::all(&self.contents.linking, self.workspace.iris(), name);
            ensure!(!all.is_empty(), "no entity is called {name:?}; write {}", entity::WAYS);
            ensure!(all.len() > 1, "{name:?} is one entity; name two that are one");
            let kinds = all.iter().map(|at| self.contents.linking.identities[*at].kind).collect::<BTreeSet<_>>();
            ensure!(kinds.len() == 1, "{name:?} names entities of several types; write TYPE:NAME");
            // Of all that bear the name, in documents to come too.
            let kind = self.contents.linking.identities[all[0]].kind;
            let name = entity::named(name).1;
            return Ok(Act::Merge {
                entities: vec![EntityReference { kind, name, code: None, document: None, quote: None }],
            });
        }
        let entities = entities.iter().map(|words| self.reference(words)).collect::<Result<Vec<_>>>()?;
        Ok(Act::Merge { entities })
    }

    fn split(&self, args: &Split) -> Result<Act> {
        let entity = self.reference(&args.entity)?;
        if let Some(other) = &args.other {
            let (one, other) = (&args.entity, other);
            let entities = [entity, self.reference(other)?];
            // Two names of what is one now: they are all that tells which is which.
            let is_one = self.one(one)? == self.one(other)?;
            let names = is_one.then(|| [entity::named(one).1, entity::named(other).1]);
            let Some([name, of_other]) = names else { return Ok(Act::Distinguish { entities }) };
            ensure!(name != of_other, "{one:?} and {other:?} are one; say by --document or --name what is another");
            let [one, other] = entities;
            let by = |name, reference| EntityReference { name, code: None, document: None, quote: None, ..reference };
            return Ok(Act::Distinguish { entities: [by(name, one), by(of_other, other)] });
        }
        ensure!(
            !args.name.is_empty() || !args.document.is_empty(),
            "say what is another entity: OTHER, --name NAME or --document DOCUMENT"
        );
        Ok(Act::Split { entity, names: args.name.clone(), documents: args.document.clone() })
    }

    fn fact(&self, words: &str) -> Result<crate::decision::FactReference> {
        let (annotation, fact, id) = entity::fact(&self.contents.annotations, self.workspace.iris(), words)?;
        Ok(fact_reference(annotation, fact, &id))
    }

    fn undo(&self, words: &str) -> Result<Act> {
        let standing = decision::standing(&self.contents.decisions);
        let of: Vec<&String> = standing.keys().filter(|id| id.starts_with(words) && words.len() >= 4).collect();
        match of[..] {
            [id] => Ok(Act::Undo { of: id.clone() }),
            _ => bail!("no decision {words:?} stands; `tupu review decisions` lists them"),
        }
    }
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
    Known { workspace, contents }.keep(&new)
}
