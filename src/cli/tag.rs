//! `tupu tag`: the words of texts, with their parts of speech and the tagger's names.

use super::inputs::Inputs;
use super::options::Model;
use crate::annotate::Annotator;
use crate::document::Document;
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
    args.inputs.write(None, |document| lines(&annotator, document))
}

fn lines(annotator: &Annotator, document: &Document) -> String {
    let mut lines = format!("# {}\n", document.id);
    for sentence in annotator.tag(document) {
        for word in sentence.iter().filter(|w| !w.text.trim().is_empty()) {
            lines += &format!("{}\t{}\t{}\n", word.text, word.pos, word.label);
        }
        lines.push('\n');
    }
    lines
}
