//! `tupu diff`: what two workspaces or files of annotations say differently.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::ensure;
use clap::ValueEnum;
use oxigraph::model::{Literal, Term};
use serde::Serialize;

use super::output;
use crate::annotation::{Annotation, Modality, Polarity};
use crate::compare::{Change, Comparison, Count, Presence, Said, compare};
use crate::query::{self, Answer, Table};
use crate::rdf::Iris;
use crate::read;
use crate::workspace::Workspace;

/// So many characters of the evidence are shown in a table.
const SHOWN: usize = 80;

/// Tell which facts are gained, lost and changed from one workspace or file of annotations to another
///
/// Facts are compared by what they say, not by where they stand: their document, type, fillers and status.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// What was: a workspace, or annotations as JSON Lines
    #[arg(value_name = "A")]
    before: PathBuf,
    /// What is now: the same
    #[arg(value_name = "B")]
    after: PathBuf,
    /// Compare facts of these types alone
    #[arg(long, value_name = "A,B,…", value_delimiter = ',')]
    types: Vec<String>,
    /// How to write the changes
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
    /// Tell the numbers alone
    #[arg(long)]
    summary: bool,
}

/// How changes are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Aligned text for people, the numbers below it
    Table,
    /// One JSON object a change
    Jsonl,
    /// A row a change
    Csv,
}

pub(super) fn run(args: &Args) -> anyhow::Result<()> {
    let [before, after] = [annotations(&args.before, &args.types)?, annotations(&args.after, &args.types)?];
    for kind in &args.types {
        let known = before.iter().chain(&after).flat_map(|a| &a.facts).any(|fact| fact.kind == *kind);
        ensure!(known, "neither has a fact of type {kind:?}; look for a slip in its name");
    }
    let comparison = compare(&before, &after);
    output::write(None, |out| match args.format {
        Format::Table => {
            let is_same = comparison.changes.is_empty() && comparison.documents.is_empty();
            if !args.summary && !is_same {
                rows(out, table(&comparison, Some(SHOWN)), query::Format::Table)?;
                writeln!(out)?;
            }
            rows(out, numbers(&comparison), query::Format::Table)
        }
        Format::Csv if args.summary => rows(out, numbers(&comparison), query::Format::Csv),
        Format::Csv => rows(out, table(&comparison, None), query::Format::Csv),
        Format::Jsonl if args.summary => lines(out, counted(&comparison)),
        Format::Jsonl => {
            lines(out, comparison.documents.iter().map(|(id, presence)| Line::of_document(id, *presence)))?;
            lines(out, comparison.changes.iter().map(Line::of_fact))
        }
    })
}

/// The annotations of a workspace or file, with facts of some types alone, or of all where none is named.
fn annotations(place: &Path, types: &[String]) -> anyhow::Result<Vec<Annotation>> {
    let mut annotations =
        if place.is_dir() { Workspace::open(place)?.annotations()? } else { read::annotations(place)? };
    let types: BTreeSet<&String> = types.iter().collect();
    if !types.is_empty() {
        annotations.iter_mut().for_each(|annotation| annotation.facts.retain(|fact| types.contains(&fact.kind)));
    }
    Ok(annotations)
}

fn rows(out: &mut dyn Write, table: Table, format: query::Format) -> anyhow::Result<()> {
    output::answer(out, &Answer::Table(table), format, &Iris::default())
}

fn lines(out: &mut dyn Write, lines: impl Iterator<Item = impl Serialize>) -> anyhow::Result<()> {
    for line in lines {
        writeln!(out, "{}", serde_json::to_string(&line)?)?;
    }
    Ok(())
}

/// A change as a line of JSON.
#[derive(Serialize)]
struct Line<'a> {
    change: &'static str,
    document: &'a str,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<&'a Said>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<&'a Said>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    lost: Vec<&'a (String, String)>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    gained: Vec<&'a (String, String)>,
}

impl<'a> Line<'a> {
    fn of_document(document: &'a str, presence: Presence) -> Self {
        let change = name_of_document(presence);
        Self { change, document, kind: None, before: None, after: None, lost: Vec::new(), gained: Vec::new() }
    }

    fn of_fact(change: &'a Change) -> Self {
        let Change { document, kind, before, after } = change;
        let both = before.is_some() && after.is_some();
        let [lost, gained] = if both { change.fillers() } else { [Vec::new(), Vec::new()] };
        let (before, after, kind) = (before.as_ref(), after.as_ref(), Some(kind.as_str()));
        Self { change: name_of(change), document, kind, before, after, lost, gained }
    }
}

fn name_of(change: &Change) -> &'static str {
    match (&change.before, &change.after) {
        (Some(_), Some(_)) => "changed",
        (Some(_), None) => "lost",
        (None, _) => "gained",
    }
}

fn name_of_document(presence: Presence) -> &'static str {
    match presence {
        Presence::Lost => "only in A",
        Presence::Gained => "only in B",
        Presence::Rewritten => "another text",
    }
}

fn words(words: &str) -> Option<Term> {
    (!words.is_empty()).then(|| Literal::from(words).into())
}

/// A row for each document and each fact that changed, those of one document together.
fn table(comparison: &Comparison, shown: Option<usize>) -> Table {
    let columns = ["change", "document", "type", "fact", "difference", "evidence"].map(str::to_owned).to_vec();
    let documents = comparison.documents.iter().map(|(id, presence)| {
        (id.as_str(), vec![words(name_of_document(*presence)), words(id), None, None, None, None])
    });
    let facts = comparison.changes.iter().map(|change| (change.document.as_str(), row(change, shown)));
    let mut rows: Vec<_> = documents.chain(facts).collect();
    // Stable: a document comes before its facts, and these are in the order of its text.
    rows.sort_by_key(|(id, _)| *id);
    Table { columns, rows: rows.into_iter().map(|(_, row)| row).collect() }
}

fn row(change: &Change, shown: Option<usize>) -> Vec<Option<Term>> {
    let Change { document, kind, before, after } = change;
    let said = after.as_ref().or(before.as_ref());
    let evidence = said.map(|said| shortened(&said.evidence, shown)).unwrap_or_default();
    let fact = said.map(in_words).unwrap_or_default();
    [name_of(change), document, kind, &fact, &difference(change), &evidence].map(words).to_vec()
}

/// `donor: 甲公司, item: 口罩 500 只、手套 (planned)`.
fn in_words(said: &Said) -> String {
    let fillers =
        |role: &[(String, String)]| role.iter().map(|(_, filler)| filler.as_str()).collect::<Vec<_>>().join("、");
    let of_one_role = said.roles.chunk_by(|(one, _), (other, _)| one == other);
    let roles: Vec<String> = of_one_role.map(|role| format!("{}: {}", role[0].0, fillers(role))).collect();
    let status = status(said.polarity, said.modality);
    let status = if status == DONE { String::new() } else { format!(" ({status})") };
    roles.join(", ") + &status
}

const DONE: &str = "done";

fn status(polarity: Polarity, modality: Modality) -> &'static str {
    match (polarity, modality) {
        (Polarity::Positive, Modality::Actual) => DONE,
        (Polarity::Positive, Modality::Planned) => "planned",
        (Polarity::Positive, Modality::Possible) => "possible",
        (Polarity::Negative, Modality::Actual) => "denied",
        (Polarity::Negative, Modality::Planned) => "not planned",
        (Polarity::Negative, Modality::Possible) => "not possible",
    }
}

/// `item: 口罩 → 口罩 500 只, + place: 武汉, planned → done`; nothing where one side does not have the fact.
fn difference(change: &Change) -> String {
    let Some((before, after)) = change.before.as_ref().zip(change.after.as_ref()) else { return String::new() };
    let [mut lost, gained] = change.fillers();
    let mut told = Vec::new();
    for (role, filler) in gained {
        told.push(match lost.iter().position(|(other, _)| other == role) {
            Some(at) => format!("{role}: {} → {filler}", lost.remove(at).1),
            None => format!("+ {role}: {filler}"),
        });
    }
    told.extend(lost.into_iter().map(|(role, filler)| format!("- {role}: {filler}")));
    let [was, is] = [before, after].map(|said| status(said.polarity, said.modality));
    if was != is {
        told.push(format!("{was} → {is}"));
    }
    told.join(", ")
}

fn shortened(text: &str, shown: Option<usize>) -> String {
    match shown {
        Some(shown) if text.chars().count() > shown => text.chars().take(shown - 1).chain(['…']).collect(),
        _ => text.to_owned(),
    }
}

/// How many there are and how many changed: documents, facts, and facts of each type.
#[derive(Serialize)]
struct Counted<'a> {
    of: &'a str,
    #[serde(flatten)]
    count: Count,
}

fn counted(comparison: &Comparison) -> impl Iterator<Item = Counted<'_>> {
    let all = [("documents", comparison.counted), ("facts", comparison.facts())];
    let types = comparison.types.iter().map(|(kind, count)| (kind.as_str(), *count));
    all.into_iter().chain(types).map(|(of, count)| Counted { of, count })
}

fn numbers(comparison: &Comparison) -> Table {
    let columns = ["of", "A", "B", "gained", "lost", "changed"].map(str::to_owned).to_vec();
    let row = |Counted { of, count }: Counted<'_>| {
        let Count { before, after, gained, lost, changed } = count;
        let numbers = [before, after, gained, lost, changed].map(|number| words(&number.to_string()));
        [words(of)].into_iter().chain(numbers).collect()
    };
    Table { columns, rows: counted(comparison).map(row).collect() }
}
