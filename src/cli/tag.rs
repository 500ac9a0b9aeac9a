//! `tupu tag`: the words of texts, with their parts of speech and the tagger's names.

use super::inputs::{self, Inputs};
use super::options::Model;
use super::output;
use crate::schema::Schema;

/// Write words, parts of speech and names (by the tagger alone) in columns, a blank line between sentences
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    model: Model,
}

pub(super) fn run(args: &Args) -> anyhow::Result<()> {
    let annotator = args.model.annotator(Schema::default())?;
    let corpus = args.inputs.read(0)?;
    let refused = corpus.refused.len();
    let documents = args.inputs.documents(corpus)?;
    output::write(None, |out| {
        for document in &documents {
            writeln!(out, "# {}", document.id)?;
            for sentence in annotator.tag(document) {
                for word in sentence.iter().filter(|w| !w.text.trim().is_empty()) {
                    writeln!(out, "{}\t{}\t{}", word.text, word.pos, word.label)?;
                }
                writeln!(out)?;
            }
        }
        Ok(())
    })?;
    inputs::all_read(refused)
}
