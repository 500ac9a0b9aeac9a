//! `tupu shard`: the steps of a job that derives the graph of a corpus on many machines.

use std::fs::File;
use std::io::{self, BufReader, Write};
use std::path::PathBuf;

use anyhow::Context as _;

use super::options::{Base, Frames};
use super::output;
use crate::link::elsewhere::Elsewhere;
use crate::rdf::Iris;
use crate::shard::{self, Round};

/// The steps of a job that derives the graph of a corpus on many machines (Spark, arrays of jobs, sort and parallel)
///
/// Each reads lines on standard input and writes lines to standard output, for a part of the corpus of any size, and can
/// be done again wherever it failed. Annotations are as `tupu extract` writes them; rows are what about, a tab, what is
/// told. All together they give the lines of `tupu build` and `tupu export nquads`, where a person has decided nothing.
/// examples/spark/README.md tells the whole way.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Annotations to rows: which documents there are and which sentences tell reprints
    Prints,
    /// Rows, those about one thing side by side (sorted, say), to what comes of them
    Gather,
    /// All gathered rows of prints to the groups of documents that may be prints of one another, in one place
    Groups,
    /// Annotations, all of a group in one part, to the witnesses among them with their reprints
    Fold,
    /// Witnesses to rows: which names are short for which
    Names,
    /// Witnesses to rows: which entities they mention and ask for; by the gathered names
    Entities(Tables),
    /// Witnesses to rows: by what persons may be known elsewhere; by the gathered names and entities
    Persons(Tables),
    /// Witnesses, each behind the gathered rows about it, to lines of N-Quads: behind `own` and a tab those that no other
    /// document gives, behind `shared` those of which each is to be kept once
    Quads(Quads),
    /// Nothing to the lines of N-Quads of the ontology
    Ontology(Frames),
}

/// What is known already.
#[derive(Debug, clap::Args)]
pub(super) struct Tables {
    /// Rows that were gathered before; those about documents only where they do not stand among the input of `quads`
    #[arg(long = "known", value_name = "FILE", num_args = 1..)]
    known: Vec<PathBuf>,
}

/// What quads are derived by.
#[derive(Debug, clap::Args)]
pub(super) struct Quads {
    #[command(flatten)]
    tables: Tables,
    #[command(flatten)]
    frames: Frames,
    #[command(flatten)]
    base: Base,
}

impl Tables {
    fn read(&self) -> anyhow::Result<Elsewhere> {
        let mut rows = Vec::new();
        for path in &self.known {
            let name = || path.display().to_string();
            let file = File::open(path).with_context(|| format!("cannot read {}", name()))?;
            rows.extend(shard::table(BufReader::new(file)).with_context(name)?);
        }
        Ok(Elsewhere::new(rows))
    }
}

pub(super) fn run(command: Command) -> anyhow::Result<()> {
    let input = BufReader::with_capacity(1 << 20, io::stdin());
    let tell = |round, elsewhere: &Elsewhere, input, out: &mut dyn Write| shard::tell(round, input, elsewhere, out);
    output::write(None, |out| {
        match command {
            Command::Prints => shard::prints(input, out)?,
            Command::Gather => shard::gather(input, out)?,
            Command::Groups => shard::groups(input, out)?,
            Command::Fold => shard::fold(input, out)?,
            Command::Names => tell(Round::Names, &Elsewhere::default(), input, out)?,
            Command::Entities(tables) => tell(Round::Entities, &tables.read()?, input, out)?,
            Command::Persons(tables) => tell(Round::Persons, &tables.read()?, input, out)?,
            Command::Quads(Quads { tables, frames, base }) => {
                let iris = base.iri.as_deref().map_or_else(|| Ok(Iris::default()), Iris::new)?;
                shard::quads(input, tables.read()?, &frames.schema()?, &iris, out)?;
            }
            Command::Ontology(frames) => shard::ontology(&frames.schema()?, out)?,
        }
        Ok(())
    })
}
