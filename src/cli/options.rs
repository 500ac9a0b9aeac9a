//! Arguments that several subcommands share.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::Args;

use crate::annotate::Annotator;
use crate::schema::Schema;

/// Which workspace.
#[derive(Debug, Args)]
pub(super) struct Kg {
    /// The workspace: the folder that holds the knowledge graph
    #[arg(id = "kg", long, value_name = "DIR", default_value = "kg")]
    pub folder: PathBuf,
}

/// Which fact types.
#[derive(Debug, Args)]
pub(super) struct Frames {
    #[command(flatten)]
    pub kg: Kg,
    /// Fact types of your own, a folder of *.toml files [default: frames/ in the workspace, where there is one]
    #[arg(id = "frames", long, value_name = "DIR")]
    pub folder: Option<PathBuf>,
}

impl Frames {
    /// The built-in fact types and the user's own.
    pub fn schema(&self) -> anyhow::Result<Schema> {
        let of_workspace = || Some(self.kg.folder.join("frames")).filter(|folder| folder.is_dir());
        Ok(match self.folder.clone().or_else(of_workspace) {
            Some(folder) => Schema::with_folder(&folder)?,
            None => Schema::embedded()?,
        })
    }

    /// An annotator for them.
    pub fn annotator(&self) -> anyhow::Result<Annotator> {
        Ok(Annotator::new(self.schema()?))
    }
}

/// How many threads.
#[derive(Debug, Args)]
pub(super) struct Threads {
    /// How many texts to read at once [default: one a processor core]; the result does not depend on it
    #[arg(id = "threads", long, value_name = "N")]
    pub count: Option<NonZeroUsize>,
}
