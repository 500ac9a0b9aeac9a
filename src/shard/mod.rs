//! The graph of a corpus of which no machine has all: each part of the documents by itself, with rows between that are
//! brought together by what they are about, wherever that is done.
//!
//! 1. [`prints`] tells which documents share a sentence; [`gather()`]ed, [`groups`] makes groups of them, and [`fold`] the
//!    witnesses of texts and their reprints of the documents of whole groups.
//! 2. Witnesses tell [`Round::Names`], [`Round::Entities`] and [`Round::Persons`], each gathered before the next.
//! 3. [`quads`] derives the graph of some witnesses as it is where all are there.
//!
//! Rows are lines: what about, a tab, what is told, both in JSON. Annotations are lines of JSON without a tab.

mod lines;
mod quads;

use std::io::{self, BufRead, Write};

use petgraph::unionfind::UnionFind;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::annotation::Annotation;
use crate::link::elsewhere::Elsewhere;
use crate::link::gather::{self, TwiceId};
use crate::link::told::{self, About, Row, Told};
use crate::read::reprints;
use lines::{Lines, annotation, write_row};

pub use lines::table;
pub use quads::{ontology, quads};

/// Why a part of a corpus is not done.
#[derive(Debug, thiserror::Error)]
pub enum ShardError {
    /// A line is not what belongs there.
    #[error("line {line}: {message}")]
    Line {
        /// Its number, from 1.
        line: usize,
        /// What is wrong with it.
        message: String,
    },
    /// Two documents bear one id.
    #[error(transparent)]
    Twice(#[from] TwiceId),
    /// The lines cannot be read, or what comes of them cannot be written.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// What witnesses tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Round {
    /// Which names are short for which.
    Names,
    /// Which entities they mention and ask for.
    Entities,
    /// By what persons may be known.
    Persons,
}

/// Writes which documents there are, and which sentences tell whether one is a reprint, of annotations.
///
/// # Errors
/// As [`ShardError`] tells.
pub fn prints(input: impl BufRead, out: &mut dyn Write) -> Result<(), ShardError> {
    annotations(input, |annotations| {
        for annotation in annotations {
            let row = |about, told| Row { about, told };
            write_row(out, &row(About::Document(annotation.id.clone()), Told::Here))?;
            for key in reprints::keys(&(&annotation).into()) {
                write_row(out, &row(About::Sentence(key), Told::In(annotation.id.clone())))?;
            }
        }
        Ok(())
    })
}

/// Writes what comes of rows, those about one thing side by side.
///
/// # Errors
/// As [`ShardError`] tells; where two documents bear one id.
pub fn gather(input: impl BufRead, out: &mut dyn Write) -> Result<(), ShardError> {
    let mut about: Option<(String, About)> = None;
    let mut told: Vec<Told> = Vec::new();
    let mut end = |about: Option<(String, About)>, told: &mut Vec<Told>| -> Result<(), ShardError> {
        let Some((_, about)) = about else { return Ok(()) };
        gather::gather(&about, std::mem::take(told))?.iter().try_for_each(|row| write_row(out, row))
    };
    let mut lines = Lines::new(input);
    while let Some(line) = lines.next()? {
        let (key, value) = line.split_once('\t').ok_or_else(|| lines.wrong(&"a row has a tab in it"))?;
        if about.as_ref().is_none_or(|(text, _)| text != key) {
            let next = serde_json::from_str(key).map_err(|error| lines.wrong(&error))?;
            end(about.replace((key.to_owned(), next)), &mut told)?;
        }
        told.push(serde_json::from_str(value).map_err(|error| lines.wrong(&error))?);
    }
    end(about, &mut told)
}

/// Writes of documents that may be prints of one another which group each is in, by all rows about their sentences.
///
/// # Errors
/// As [`ShardError`] tells.
pub fn groups(input: impl BufRead, out: &mut dyn Write) -> Result<(), ShardError> {
    let mut documents: Vec<String> = Vec::new();
    let mut at: FxHashMap<String, usize> = FxHashMap::default();
    let mut related: UnionFind<usize> = UnionFind::new_empty();
    let mut owners: FxHashMap<u64, usize> = FxHashMap::default();
    let mut lines = Lines::new(input);
    while let Some(row) = lines.row()? {
        let Row { about: About::Sentence(sentence), told: Told::In(document) } = row else { continue };
        let document = *at.entry(document).or_insert_with_key(|document| {
            documents.push(document.clone());
            related.new_set()
        });
        related.union(*owners.entry(sentence).or_insert(document), document);
    }
    // By the least id, so that it does not matter in which order they come.
    let mut first: FxHashMap<usize, &String> = FxHashMap::default();
    for (at, document) in documents.iter().enumerate() {
        first.entry(related.find(at)).and_modify(|least| *least = document.min(least)).or_insert(document);
    }
    let mut rows: Vec<Row> = Vec::with_capacity(documents.len());
    for (at, document) in documents.iter().enumerate() {
        let group = first.get(&related.find(at)).map_or(document, |least| *least).clone();
        rows.push(Row { about: About::Document(document.clone()), told: Told::Group(group) });
    }
    rows.sort();
    rows.iter().try_for_each(|row| write_row(out, row))
}

/// Writes the witnesses among annotations, each with its reprints; of every group all must be there.
///
/// # Errors
/// As [`ShardError`] tells.
pub fn fold(input: impl BufRead, out: &mut dyn Write) -> Result<(), ShardError> {
    let mut all = Vec::new();
    annotations(input, |annotations| {
        all.extend(annotations);
        Ok(())
    })?;
    all.sort_by(|a: &Annotation, b| a.id.cmp(&b.id));
    Ok(reprints::fold(all).iter().try_for_each(|witness| writeln!(out, "{}", witness.to_json()))?)
}

/// Writes what witnesses tell, by what the rounds before have come to.
///
/// # Errors
/// As [`ShardError`] tells.
pub fn tell(round: Round, input: impl BufRead, elsewhere: &Elsewhere, out: &mut dyn Write) -> Result<(), ShardError> {
    annotations(input, |annotations| {
        let mut rows: Vec<Row> = match round {
            Round::Names => told::names(&annotations),
            Round::Entities => annotations.par_iter().flat_map_iter(|one| told::entities(one, elsewhere)).collect(),
            Round::Persons => annotations.par_iter().flat_map_iter(|one| told::persons(one, elsewhere)).collect(),
        };
        rows.sort();
        rows.dedup();
        rows.iter().try_for_each(|row| write_row(out, row))
    })
}

/// Reads annotations, some at a time.
fn annotations(
    input: impl BufRead,
    mut each: impl FnMut(Vec<Annotation>) -> Result<(), ShardError>,
) -> Result<(), ShardError> {
    let mut lines = Lines::new(input);
    loop {
        let some = lines.some()?;
        if some.is_empty() {
            return Ok(());
        }
        let read = some.par_iter().map(|(line, text)| annotation(*line, text)).collect::<Vec<_>>();
        each(read.into_iter().collect::<Result<_, _>>()?)?;
    }
}
