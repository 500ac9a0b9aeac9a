//! Arguments that several subcommands share.

use std::path::PathBuf;

use anyhow::Context;
use clap::Args;

use crate::annotate::{self, Annotator};
use crate::query::{SavedError, SavedQueries};
use crate::schema::{Schema, SchemaError};

/// Which workspace.
#[derive(Debug, Args)]
pub(super) struct Kg {
    /// The workspace: the folder that holds the knowledge graph
    #[arg(id = "kg", long, value_name = "DIR", default_value = "kg")]
    pub folder: PathBuf,
}

impl Kg {
    /// The saved queries: the built-in ones, and those in `queries/` of the workspace.
    pub fn queries(&self) -> Result<SavedQueries, SavedError> {
        SavedQueries::with_folder(&self.folder.join("queries"))
    }
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
    pub fn schema(&self) -> Result<Schema, SchemaError> {
        let of_workspace = || Some(self.kg.folder.join("frames")).filter(|folder| folder.is_dir());
        self.folder.clone().or_else(of_workspace).map_or_else(Schema::embedded, |folder| Schema::with_folder(&folder))
    }
}

/// Which IRIs.
#[derive(Debug, Args)]
pub(super) struct Base {
    /// What the IRIs of a new workspace begin with [default: https://w3id.org/tupu/kg/]
    #[arg(id = "base", long, value_name = "IRI")]
    pub iri: Option<String>,
}

/// How sure a fact must be.
#[derive(Debug, Args)]
pub(super) struct Confidence {
    /// Leave out facts less sure than this, 0 to 1: of those at 0.9 nine in ten are right
    #[arg(id = "min-confidence", long, value_name = "P", default_value_t = 0.0, value_parser = probability)]
    pub least: f64,
}

/// A number from 0 to 1.
pub(super) fn probability(argument: &str) -> Result<f64, String> {
    let number = argument.parse().ok().filter(|p| (0.0..=1.0).contains(p));
    number.ok_or_else(|| "write a number from 0 to 1, as 0.5".to_owned())
}

/// Which weights for names.
#[derive(Debug, Args)]
pub(super) struct Model {
    /// Weights for names of your own, as `tupu train tagger` writes them [default: the built-in ones]
    #[arg(id = "model", long, value_name = "FILE")]
    pub file: Option<PathBuf>,
}

impl Model {
    /// An annotator with these weights.
    pub fn annotator(&self, schema: Schema) -> anyhow::Result<Annotator> {
        let Some((name, bytes)) = self.bytes()? else { return Ok(Annotator::new(schema)) };
        Annotator::with_model(schema, &bytes).context(name)
    }

    /// The version of the engine that such an annotator has for facts that are at least so sure.
    pub fn version(&self, schema: &Schema, least: f64) -> anyhow::Result<String> {
        let bytes = self.bytes()?.map(|(_, bytes)| bytes);
        Ok(annotate::version(schema, bytes.as_deref(), least))
    }

    /// The file, if there is one: its name, and what is in it.
    fn bytes(&self) -> anyhow::Result<Option<(String, Vec<u8>)>> {
        let Some(file) = &self.file else { return Ok(None) };
        let name = file.display().to_string();
        let bytes = std::fs::read(file).with_context(|| format!("cannot read {name}"))?;
        Ok(Some((name, bytes)))
    }
}
