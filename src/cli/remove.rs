//! `tupu remove`: documents out of the workspace, with exactly what they said.

use std::collections::BTreeSet;

use anyhow::bail;
use percent_encoding::percent_decode_str;

use super::options::Kg;
use super::output;
use crate::workspace::{Workspace, WorkspaceError};

/// So many documents are named in a message.
const NAMED: usize = 5;
/// So many ids are proposed for one that no document has.
const PROPOSED: usize = 3;
/// How alike an id must be to be proposed, from 0 to 1.
const ALIKE: f64 = 0.7;

/// Take documents out of the workspace, with exactly what they said
///
/// What other documents say stays, as does what a person has decided.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The ids of the documents, or their IRIs as tables show them (`tupu status --list` lists the ids)
    #[arg(required = true, value_name = "DOC")]
    documents: Vec<String>,
    #[command(flatten)]
    kg: Kg,
}

pub(super) fn run(args: &Args) -> anyhow::Result<()> {
    let workspace = Workspace::open(&args.kg.folder)?;
    let mut writer = workspace.writer_for("tupu remove")?;
    // All of them are found before the first is removed.
    let (mut ids, mut unknown) = (BTreeSet::new(), Vec::new());
    for words in &args.documents {
        match id(&workspace, words) {
            Some(id) => _ = ids.insert(id),
            None => unknown.push(words.as_str()),
        }
    }
    if !unknown.is_empty() {
        bail!("{}; nothing was removed", none_called(&unknown, &all_ids(&workspace)?));
    }
    let (mut entities, mut facts) = (0, 0);
    for id in &ids {
        // A broken file can be taken away too; nobody knows what it said.
        if let Ok(Some(stored)) = workspace.stored_one(id) {
            entities += stored.annotation.entities.len();
            facts += stored.annotation.facts.len();
        }
        writer.remove(id)?;
    }
    let left = workspace.files()?.len();
    output::write(None, |out| {
        writeln!(out, "removed {:>12}", ids.len())?;
        writeln!(out, "  entities {entities:>9}\n  facts {facts:>12}\nleft {left:>15}")?;
        Ok(())
    })
}

/// The id of the stored document that `words` mean: its own, or that of an IRI, whole or as tables show it.
fn id(workspace: &Workspace, words: &str) -> Option<String> {
    let iri = words.trim().trim_start_matches('<').trim_end_matches('>');
    let tail = iri.strip_prefix(workspace.iris().base()).unwrap_or(iri).strip_prefix("doc/");
    let decoded = tail.and_then(|tail| percent_decode_str(tail).decode_utf8().ok());
    let mut ids = [Some(words.to_owned()), decoded.map(|id| id.into_owned())].into_iter().flatten();
    ids.find(|id| workspace.file(id).is_file())
}

/// The ids of all documents whose files can be read.
fn all_ids(workspace: &Workspace) -> Result<Vec<String>, WorkspaceError> {
    Ok(workspace.map_stored(|_, stored| stored.ok().map(|s| s.annotation.id))?.into_iter().flatten().collect())
}

/// That no document has these ids, with those that may be meant.
fn none_called(unknown: &[&str], ids: &[String]) -> String {
    let told = unknown.iter().take(NAMED).map(|words| {
        let near = near(words, ids);
        let meant = if near.is_empty() { String::new() } else { format!(" (is it {}?)", near.join(" or ")) };
        format!("{words:?}{meant}")
    });
    let told = told.collect::<Vec<_>>().join(", ");
    let more = unknown.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("no document {told}{more}")
}

/// The ids most like these words: those that hold them, then those that differ by a few characters.
fn near<'a>(words: &str, ids: &'a [String]) -> Vec<&'a str> {
    let likeness = |id: &str| {
        if id.contains(words) { 1.0 } else { strsim::normalized_damerau_levenshtein(words, id) }
    };
    let mut near: Vec<_> =
        ids.iter().map(|id| (likeness(id), id.as_str())).filter(|(like, _)| *like >= ALIKE).collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    near.into_iter().take(PROPOSED).map(|(_, id)| id).collect()
}
