//! What was found, in a few lines.

use std::io::{self, Write};
use std::time::Duration;

use crate::pipeline::Summary;

/// What is told beside what was found.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Beside {
    /// Documents that the workspace held as they are.
    pub unchanged: usize,
    /// Files passed over.
    pub skipped: usize,
    /// What was not read.
    pub refused: usize,
}

/// Writes the numbers of documents, of files passed over, of entities and facts by type, of sentences
/// passed over by what their triggers lack, and the seconds it took.
pub(super) fn write(out: &mut dyn Write, found: &Summary, beside: &Beside, took: Duration) -> io::Result<()> {
    let Beside { unchanged, skipped, refused } = *beside;
    writeln!(out, "documents {:>10}", found.documents)?;
    if found.reprints > 0 {
        writeln!(out, "reprints {:>11}  (further sources of the same statements)", found.reprints)?;
    }
    if unchanged > 0 {
        writeln!(out, "unchanged {unchanged:>10}  (not read again)")?;
    }
    if skipped > 0 {
        writeln!(out, "passed over {skipped:>8}  (`tupu read --lines` names them)")?;
    }
    if refused > 0 {
        writeln!(out, "refused {refused:>12}  (as told on standard error)")?;
    }
    section(out, "entities", found.entities.iter().map(|(kind, count)| (kind.name(), *count)))?;
    section(out, "facts", found.facts.iter().map(|(kind, count)| (kind.as_str(), *count)))?;
    if !found.unread.is_empty() {
        section(out, "unread", found.unread.iter().map(|(lack, count)| (lack.words(), *count)))?;
    }
    writeln!(out, "seconds {:>12.1}", took.as_secs_f64())
}

/// A sum and its parts, the largest first.
fn section<'a>(out: &mut dyn Write, name: &str, parts: impl Iterator<Item = (&'a str, usize)>) -> io::Result<()> {
    let mut parts: Vec<_> = parts.collect();
    parts.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), *name));
    writeln!(out, "{name:<9} {:>10}", parts.iter().map(|(_, count)| count).sum::<usize>())?;
    parts.iter().try_for_each(|(name, count)| writeln!(out, "  {name:<13} {count:>4}"))
}
