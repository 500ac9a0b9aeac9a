//! The command line: one file a subcommand, with its arguments and its `run`. Results go to standard output,
//! messages to standard error.

mod eval;
mod extract;
mod frames;
mod options;
mod output;

use std::io;
use std::num::NonZeroUsize;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::annotate::Annotator;
use crate::annotation::Annotation;
use crate::document::Document;

/// Chinese text in, a knowledge graph that answers out.
#[derive(Debug, Parser)]
#[command(name = "tupu", version, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Extract(extract::Args),
    Eval(eval::Args),
    #[command(subcommand)]
    Frames(frames::Command),
}

impl Command {
    fn run(self) -> anyhow::Result<()> {
        match self {
            Self::Extract(args) => extract::run(&args),
            Self::Eval(args) => eval::run(&args),
            Self::Frames(command) => frames::run(&command),
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
    match cli.command.run() {
        Ok(()) => Exit::Success,
        Err(error) if is_closed_pipe(&error) => Exit::Success,
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

/// Annotates documents, several at once.
fn annotate(
    annotator: &Annotator,
    documents: &[Document],
    threads: &options::Threads,
) -> anyhow::Result<Vec<Annotation>> {
    use rayon::prelude::*;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.count.map_or(0, NonZeroUsize::get)).build()?;
    Ok(pool.install(|| documents.par_iter().map(|document| annotator.annotate(document)).collect()))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn arguments_do_not_collide() {
        super::Cli::command().debug_assert();
    }
}
