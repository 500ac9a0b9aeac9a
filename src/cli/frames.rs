//! `tupu frames`: the fact types and their examples.

use std::path::PathBuf;

use super::output;
use crate::schema::Schema;

/// Look after fact types
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    Check(Check),
}

/// Read fact types and run the examples in their files
#[derive(Debug, clap::Args)]
pub(super) struct Check {
    /// A folder of fact types of your own [default: the built-in ones]
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
}

pub(super) fn run(command: &Command) -> anyhow::Result<()> {
    let Command::Check(Check { folder }) = command;
    let (schema, names) = match folder {
        Some(folder) => {
            let own = Schema::read_folder(folder)?;
            (Schema::with_folder(folder)?, own.into_iter().map(|f| f.name).collect::<Vec<_>>())
        }
        None => {
            let schema = Schema::embedded()?;
            let names = schema.frames().map(|f| f.name.clone()).collect();
            (schema, names)
        }
    };
    output::write(None, |out| {
        for frame in names.iter().filter_map(|name| schema.frame(name)) {
            writeln!(out, "{}: {} patterns, {} examples", frame.name, frame.patterns.len(), frame.examples.len())?;
        }
        Ok(())
    })
}
