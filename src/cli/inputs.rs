//! Texts as arguments: which files, and how they are read.

use std::path::PathBuf;

use super::progress;
use crate::document::Document;
use crate::pipeline;
use crate::read::{Corpus, Fields, Format, Options, ReadError};

/// Which texts.
#[derive(Debug, clap::Args)]
pub(super) struct Inputs {
    /// Files (txt, md, html, docx, pdf, jsonl, csv; packed as gz, xz, zst or zip), folders of them, patterns such as
    /// 'news/**/*.html', or - for standard input
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// Which columns of tables or fields of JSON hold the parts of a document [default: by their names]; the parts are
    /// id, title, published, source, url, author and text
    #[arg(long, value_name = "PART=COLUMN,…", default_value = "", hide_default_value = true, value_parser = fields)]
    map: Fields,
    /// The format of standard input, and of named files whose ending says nothing [default: by their content]
    #[arg(long = "as", value_name = "FORMAT", value_parser = format)]
    format: Option<Format>,
}

fn fields(argument: &str) -> Result<Fields, String> {
    if argument.is_empty() { Ok(Fields::default()) } else { argument.parse() }
}

fn format(argument: &str) -> Result<Format, String> {
    Format::from_name(argument).ok_or_else(|| format!("the formats are {}", Format::names()))
}

impl Inputs {
    /// Reads them, and says on standard error what is refused.
    ///
    /// # Errors
    /// Where the threads cannot be started.
    pub fn read(&self, threads: usize) -> anyhow::Result<Corpus> {
        let options = Options { fields: self.map.clone(), format: self.format };
        let bar = progress::files();
        let on_file = |all| {
            bar.set_length(all as u64);
            bar.inc(1);
        };
        let corpus = pipeline::read(&self.inputs, &options, threads, &on_file);
        bar.finish_and_clear();
        let corpus = corpus?;
        for refused in &corpus.refused {
            eprintln!("tupu: {}", refused.to_string().replace('\n', " "));
        }
        Ok(corpus)
    }

    /// The documents of what was read.
    ///
    /// # Errors
    /// Where there is none.
    pub fn documents(&self, corpus: Corpus) -> anyhow::Result<Vec<Document>> {
        let refused = corpus.refused.len();
        let documents = corpus.into_documents();
        if documents.is_empty() {
            all_read(refused)?;
            return Err(ReadError::nothing(&self.inputs).into());
        }
        Ok(documents)
    }
}

/// A failure of which standard error has told already.
#[derive(Debug, thiserror::Error)]
#[error("{0} refused")]
pub(super) struct Told(usize);

/// Ends a command whose work is done: well only where nothing was refused.
///
/// # Errors
/// That something was, which needs no further word.
pub(super) fn all_read(refused: usize) -> anyhow::Result<()> {
    if refused == 0 { Ok(()) } else { Err(Told(refused).into()) }
}
