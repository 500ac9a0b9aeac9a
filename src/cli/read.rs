//! `tupu read`: what would be read, without annotating it.

use std::io::{self, Write};

use serde::Serialize;

use super::inputs::{self, Inputs};
use super::output;
use crate::document::Document;
use crate::read::{Corpus, Found};
use crate::text::prose::is_prose;

/// Show what would be read: documents with their title, date and source, what is dropped and what is refused
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    inputs: Inputs,
    /// Show the lines that are no prose, and the files passed over
    #[arg(long, conflicts_with = "json")]
    lines: bool,
    /// Write JSON Lines: one object a document, or a refusal
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args) -> anyhow::Result<()> {
    let corpus = args.inputs.corpus();
    output::write(None, |out| if args.json { write_json(out, &corpus) } else { Ok(write(out, &corpus, args.lines)?) })?;
    inputs::all_read(corpus.refused.len())
}

/// The lines of the document's own text from which nothing is read.
fn no_prose(document: &Document) -> impl Iterator<Item = &str> {
    document.text.lines().filter(|line| !line.trim().is_empty() && !is_prose(line))
}

fn write(out: &mut dyn Write, corpus: &Corpus, lines: bool) -> io::Result<()> {
    for found in &corpus.found {
        block(out, found, lines)?;
    }
    let documents = corpus.found.len();
    write!(out, "{documents} document{}", if documents == 1 { "" } else { "s" })?;
    let reprints = corpus.found.iter().filter(|found| found.reprint_of.is_some()).count();
    let others = [
        (reprints, "of them reprints"),
        (corpus.skipped.len(), "files passed over"),
        (corpus.refused.len(), "refused"),
    ];
    others.iter().filter(|(n, _)| *n > 0).try_for_each(|(n, what)| write!(out, ", {n} {what}"))?;
    writeln!(out)?;
    if lines {
        corpus.skipped.iter().try_for_each(|path| writeln!(out, "  passed over {}", path.display()))?;
    }
    Ok(())
}

fn block(out: &mut dyn Write, found: &Found, lines: bool) -> io::Result<()> {
    let Document { id, title, published, source, author, url, text, .. } = &found.document;
    writeln!(out, "{id}")?;
    let mut row = |name: &str, value: Option<&str>| writeln!(out, "  {name:<9} {}", value.unwrap_or("-"));
    row("title", title.as_deref())?;
    row("published", published.as_deref())?;
    row("source", source.as_deref())?;
    for (name, value) in [("author", author), ("address", url)] {
        if value.is_some() {
            row(name, value.as_deref())?;
        }
    }
    let encoding = found.encoding.map(|encoding| format!(", {encoding}")).unwrap_or_default();
    let characters = text.chars().filter(|c| !c.is_whitespace()).count();
    row("read as", Some(&format!("{}{encoding}, {characters} characters", found.format)))?;
    let dropped = [(found.left_out.len(), "lines left out"), (no_prose(&found.document).count(), "lines of the text")];
    let dropped = dropped.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect::<Vec<_>>();
    if !dropped.is_empty() {
        row("no prose", Some(&dropped.join(", ")))?;
    }
    if let Some(witness) = &found.reprint_of {
        row("reprint", Some(&format!("of {witness}")))?;
    }
    if lines {
        for line in &found.left_out {
            writeln!(out, "    - {line}")?;
        }
        for line in no_prose(&found.document) {
            writeln!(out, "    ~ {}", line.trim())?;
        }
    }
    writeln!(out)
}

#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    title: Option<&'a str>,
    published: Option<&'a str>,
    source: Option<&'a str>,
    author: Option<&'a str>,
    url: Option<&'a str>,
    file: String,
    format: &'a str,
    encoding: Option<&'a str>,
    characters: usize,
    reprint_of: Option<&'a str>,
    left_out: &'a [String],
    no_prose: Vec<&'a str>,
    text: &'a str,
}

#[derive(Serialize)]
struct Refused {
    refused: String,
}

fn write_json(out: &mut dyn Write, corpus: &Corpus) -> anyhow::Result<()> {
    for found in &corpus.found {
        let document = &found.document;
        let row = Row {
            id: &document.id,
            title: document.title.as_deref(),
            published: document.published.as_deref(),
            source: document.source.as_deref(),
            author: document.author.as_deref(),
            url: document.url.as_deref(),
            file: found.place.to_string(),
            format: found.format.name(),
            encoding: found.encoding,
            characters: document.text.chars().count(),
            reprint_of: found.reprint_of.as_deref(),
            left_out: &found.left_out,
            no_prose: no_prose(document).collect(),
            text: &document.text,
        };
        writeln!(out, "{}", serde_json::to_string(&row)?)?;
    }
    for refused in &corpus.refused {
        writeln!(out, "{}", serde_json::to_string(&Refused { refused: refused.to_string() })?)?;
    }
    Ok(())
}
