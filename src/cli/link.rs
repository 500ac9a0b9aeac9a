//! `tupu link`: who is who across documents, and why.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;

use super::options::Kg;
use super::{output, review};
use crate::annotation::EntityType;
use crate::link::propose::proposals;
use crate::link::{Alias, Evidence, Identifier, Linking, around};
use crate::rdf::Iris;
use crate::workspace::{Contents, Workspace, meant};

/// Tell which entities of different documents are one, and why
///
/// The graph is always derived with its entities linked; this tells how that stands.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Tell why an entity is what it is: its names, documents, definitions and decisions (a name, TYPE:NAME, or the IRI
    /// as tables show it)
    #[arg(long, value_name = "ENTITY")]
    explain: Option<String>,
    /// Keep this table of outside identifiers, in the place of the one before: CSV with the columns name, type, iri; the
    /// graph has them as schema:sameAs
    #[arg(long, value_name = "FILE.csv", conflicts_with = "explain")]
    links: Option<PathBuf>,
    #[command(flatten)]
    kg: Kg,
}

pub(super) fn run(args: &Args) -> anyhow::Result<()> {
    let workspace = Workspace::open(&args.kg.folder)?;
    if let Some(file) = &args.links {
        let table = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
        let identifiers = Identifier::read(&table).with_context(|| file.display().to_string())?;
        workspace.writer_for("tupu link")?.identify(&identifiers)?;
    }
    let contents = output::kept(workspace.contents()?);
    match &args.explain {
        Some(words) => {
            let at = meant::one(&contents.linking, workspace.iris(), words)?;
            output::write(None, |out| explain(out, contents, workspace.iris(), at))
        }
        None => {
            review::report(contents);
            report(&contents.linking);
            output::write(None, |out| summary(out, &workspace, contents))
        }
    }
}

/// Rows of the table of identifiers that fit no entity, or several.
fn report(linking: &Linking) {
    for misplaced in &linking.misplaced {
        let Identifier { name, kind, iri } = &misplaced.identifier;
        match misplaced.entities {
            0 => eprintln!("tupu: {iri}: no {kind} is called {name}"),
            several => {
                eprintln!("tupu: {iri}: {several} entities of type {kind} are called {name}; join or rename them first")
            }
        }
    }
}

fn summary(out: &mut dyn Write, workspace: &Workspace, contents: &Contents) -> anyhow::Result<()> {
    let linking = &contents.linking;
    let mut read: BTreeMap<EntityType, usize> = BTreeMap::new();
    for (_, member) in linking.all_members() {
        *read.entry(linking.identities[member.identity].kind).or_default() += 1;
    }
    writeln!(out, "{:<14}{:>10}{:>10}{:>20}", "", "in texts", "in graph", "in several texts")?;
    for (kind, read) in &read {
        let of_kind = || linking.identities.iter().filter(|i| i.kind == *kind && !i.documents.is_empty());
        let several = of_kind().filter(|identity| identity.documents.len() > 1).count();
        writeln!(out, "{:<14}{read:>10}{:>10}{several:>20}", kind.name(), of_kind().count())?;
    }
    let names: BTreeSet<&str> = linking.identities.iter().flat_map(|i| &i.aliases).map(|a| a.short.as_str()).collect();
    let decisions = crate::decision::standing(&contents.decisions).len();
    let identifiers = workspace.identifiers()?.len();
    writeln!(out, "{:<28}{:>10}", "short, old and other names", names.len())?;
    writeln!(out, "{:<28}{:>10}  tupu review list", "pairs that may be one", proposals(linking).len())?;
    writeln!(out, "{:<28}{decisions:>10}  tupu review decisions", "decisions that stand")?;
    writeln!(out, "{:<28}{identifiers:>10}", "outside identifiers")?;
    Ok(())
}

fn explain(out: &mut dyn Write, contents: &Contents, iris: &Iris, at: usize) -> anyhow::Result<()> {
    let linking = &contents.linking;
    let identity = &linking.identities[at];
    writeln!(out, "{}  {}  {}", identity.name, identity.kind, meant::iri(linking, iris, at))?;
    writeln!(out, "known by: {}", identity.ground())?;
    names(out, contents, at)?;
    writeln!(out, "documents: {}", identity.documents.len())?;
    for document in &identity.documents {
        let members = linking.members(document).iter().filter(|member| member.identity == at);
        let mentions: usize = members.map(|member| member.mentions.len()).sum();
        let annotation = contents.annotations.iter().find(|annotation| annotation.id == *document);
        let published =
            annotation.and_then(|a| a.published.as_deref()).map(|day| format!(" ({day})")).unwrap_or_default();
        let title = annotation.and_then(|a| a.title.as_deref()).unwrap_or_default();
        writeln!(out, "  {document}{published}: {}  {title}", count(mentions, "mention"))?;
    }
    for agreement in &identity.agreements {
        let body = iris.entity(&agreement.body);
        let body = iris.short(body.as_str());
        writeln!(
            out,
            "documents agree on: {}",
            [Some(body), agreement.title.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(", ")
        )?;
    }
    let name = |at: &usize| linking.identities[*at].name.as_str();
    if !identity.under.is_empty() {
        writeln!(out, "under: {}", identity.under.iter().map(name).collect::<Vec<_>>().join(", "))?;
    }
    if let Some(whole) = &identity.unit_of {
        writeln!(out, "unit of: {}", name(whole))?;
    }
    let standing = crate::decision::standing(&contents.decisions);
    for (id, decision) in standing.iter().filter(|(id, _)| identity.decisions.contains(*id)) {
        writeln!(out, "decision {id} ({}): {}: {}", decision.date, decision.act, decision.reason)?;
    }
    for iri in &identity.same_as {
        writeln!(out, "same as: {iri}")?;
    }
    for proposal in proposals(linking).iter().filter(|proposal| proposal.one == at || proposal.other == at) {
        let other = if proposal.one == at { proposal.other } else { proposal.one };
        let likeness = proposal.likeness.name();
        writeln!(out, "may be: {} ({likeness}, {:.2})", meant::iri(linking, iris, other), proposal.score)?;
    }
    Ok(())
}

/// `1 document`, `2 documents`.
fn count(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}

/// The names of an entity, each with the number of its documents and what says that it is one.
fn names(out: &mut dyn Write, contents: &Contents, at: usize) -> anyhow::Result<()> {
    let linking = &contents.linking;
    let mut names: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for document in &linking.identities[at].documents {
        for member in linking.members(document).iter().filter(|member| member.identity == at) {
            for name in &member.names {
                names.entry(name).or_default().insert(document);
            }
        }
    }
    writeln!(out, "names:")?;
    for (name, documents) in names {
        writeln!(out, "  {name}: {}", count(documents.len(), "document"))?;
        for Alias { full, evidence, .. } in linking.identities[at].aliases.iter().filter(|alias| alias.short == name) {
            let how = match evidence {
                Evidence::Defined { .. } => "defined",
                Evidence::Renamed { .. } => "before it was renamed",
                Evidence::Used { .. } => "used beside it",
                Evidence::Listed => "listed",
            };
            let quote = evidence.stands().and_then(|(id, words)| {
                let annotation = contents.annotations.iter().find(|annotation| annotation.id == id)?;
                Some(format!(" in {id}: “{}”", around(annotation, words)))
            });
            writeln!(out, "    of {full}, {how}{}", quote.unwrap_or_default())?;
        }
    }
    Ok(())
}
