//! The command line: one file a subcommand, with its arguments and its `run`. Results go to standard output,
//! messages to standard error.

mod around;
mod build;
mod communities;
mod diff;
mod disk;
mod eval;
mod explain;
mod export;
mod extract;
mod frames;
mod inputs;
mod link;
mod load;
mod network;
mod ontology;
mod options;
mod output;
mod path;
mod progress;
mod push;
mod queries;
mod query;
mod rank;
mod read;
mod remove;
mod review;
mod rows;
mod schema;
mod serve;
mod shard;
mod statement;
mod stats;
mod status;
mod summary;
mod tag;
mod timeline;
mod train;

use std::io;
use std::num::NonZeroUsize;
use std::process::ExitCode;

use anyhow::Context;
use clap::{Parser, Subcommand};

/// Chinese text in, a knowledge graph that answers out.
#[derive(Debug, Parser)]
#[command(name = "tupu", version, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// How many threads work at once [default: one a processor core]; no result depends on it
    #[arg(long, global = true, value_name = "N")]
    threads: Option<NonZeroUsize>,
}

impl Cli {
    fn run(self) -> anyhow::Result<()> {
        let threads = self.threads.map_or(0, NonZeroUsize::get);
        let started = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global();
        started.with_context(|| format!("cannot start {threads} threads; try --threads 1"))?;
        self.command.run()
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    Build(build::Args),
    Read(read::Args),
    Extract(extract::Args),
    Load(load::Args),
    Status(status::Args),
    Remove(remove::Args),
    Link(link::Args),
    #[command(subcommand)]
    Review(review::Command),
    Query(query::Args),
    Queries(queries::Args),
    Rank(rank::Args),
    Communities(communities::Args),
    Path(path::Args),
    Around(around::Args),
    Timeline(timeline::Args),
    Stats(stats::Args),
    Serve(serve::Args),
    Export(export::Args),
    Push(push::Args),
    Explain(explain::Args),
    Tag(tag::Args),
    Eval(eval::Args),
    Diff(diff::Args),
    Schema(schema::Args),
    #[command(subcommand)]
    Frames(frames::Command),
    Ontology(ontology::Args),
    #[command(subcommand)]
    Shard(shard::Command),
    #[command(subcommand)]
    Train(train::Command),
}

impl Command {
    fn run(self) -> anyhow::Result<()> {
        match self {
            Self::Build(args) => build::run(&args),
            Self::Read(args) => read::run(&args),
            Self::Extract(args) => extract::run(&args),
            Self::Load(args) => load::run(&args),
            Self::Status(args) => status::run(&args),
            Self::Remove(args) => remove::run(&args),
            Self::Link(args) => link::run(&args),
            Self::Review(command) => review::run(command),
            Self::Query(args) => query::run(&args),
            Self::Queries(args) => queries::run(&args),
            Self::Rank(args) => rank::run(&args),
            Self::Communities(args) => communities::run(&args),
            Self::Path(args) => path::run(&args),
            Self::Around(args) => around::run(&args),
            Self::Timeline(args) => timeline::run(&args),
            Self::Stats(args) => stats::run(&args),
            Self::Serve(args) => serve::run(&args),
            Self::Export(args) => export::run(&args),
            Self::Push(args) => push::run(&args),
            Self::Explain(args) => explain::run(&args),
            Self::Tag(args) => tag::run(&args),
            Self::Eval(args) => eval::run(&args),
            Self::Diff(args) => diff::run(&args),
            Self::Schema(args) => schema::run(&args),
            Self::Frames(command) => frames::run(command),
            Self::Ontology(args) => ontology::run(&args),
            Self::Shard(command) => shard::run(command),
            Self::Train(command) => train::run(command),
        }
    }
}

/// How the program ends. Zero says that what was asked for was done, wholly; anything else that it was not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Done; also where the reader of the output went away (`| head`).
    Success = 0,
    /// Not done: a file, a store, a query or a floor said no. One line on standard error says what.
    Failure = 1,
    /// Not understood: the arguments are wrong.
    Usage = 2,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Runs the program on its command line.
#[must_use]
pub fn main() -> Exit {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(told) => {
            // `--help` and `--version` come this way too. If nobody reads them, nothing is lost.
            let _ = told.print();
            return if told.use_stderr() { Exit::Usage } else { Exit::Success };
        }
    };
    match cli.run() {
        Ok(()) => Exit::Success,
        Err(error) if is_closed_pipe(&error) => Exit::Success,
        Err(error) if error.is::<inputs::Told>() => Exit::Failure,
        Err(error) => {
            eprintln!("tupu: {}", message(&error));
            Exit::Failure
        }
    }
}

/// An error and its causes in one line; a cause that the message before it tells already is not told again.
fn message(error: &anyhow::Error) -> String {
    let mut message = String::new();
    for cause in error.chain().map(|cause| cause.to_string().replace('\n', " ")) {
        if message.is_empty() {
            message = cause;
        } else if !message.contains(&cause) {
            message = format!("{message}: {cause}");
        }
    }
    message
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let io = error.chain().find_map(|cause| cause.downcast_ref::<io::Error>());
    io.is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn arguments_do_not_collide() {
        super::Cli::command().debug_assert();
    }
}
