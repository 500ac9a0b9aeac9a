//! Texts as arguments: which files, and how they are read.

use std::path::{Path, PathBuf};

use super::output;
use super::progress::Reading;
use crate::document::Document;
use crate::read::{self, Corpus, Event, Fields, Files, Format, Found, Options, ReadError};

/// Which texts.
#[derive(Debug, clap::Args)]
pub(super) struct Inputs {
    /// Files (txt, md, html, docx, pdf, jsonl, csv; packed as gz, xz, zst or zip), folders of them, patterns such as
    /// 'news/**/*.html', or - for standard input
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    #[command(flatten)]
    how: How,
}

/// How texts are read.
#[derive(Debug, clap::Args)]
pub(super) struct How {
    /// Which columns of tables or fields of JSON hold the parts of a document [default: by their names]; the parts are
    /// id, title, published, source, url, author and text
    #[arg(long, value_name = "PART=COLUMN,…", default_value = "", hide_default_value = true, value_parser = fields)]
    map: Fields,
    /// The format of standard input, and of named files whose ending says nothing [default: by their content]
    #[arg(long = "as", value_name = "FORMAT", value_parser = format)]
    format: Option<Format>,
}

impl How {
    /// The same for the reader.
    pub fn options(&self) -> Options {
        Options { fields: self.map.clone(), format: self.format }
    }
}

/// The files that inputs name.
///
/// # Errors
/// Where there is none.
pub(super) fn files(inputs: &[PathBuf]) -> Result<Files, ReadError> {
    let files = read::files(inputs);
    if files.is_empty() { Err(ReadError::nothing(inputs)) } else { Ok(files) }
}

/// That reading gave no document, unless standard error has told why.
///
/// # Errors
/// That it gave none.
pub(super) fn some(inputs: &[PathBuf], documents: usize, refused: usize) -> anyhow::Result<()> {
    if documents > 0 {
        return Ok(());
    }
    all_read(refused)?;
    Err(ReadError::nothing(inputs).into())
}

fn fields(argument: &str) -> Result<Fields, String> {
    if argument.is_empty() { Ok(Fields::default()) } else { argument.parse() }
}

fn format(argument: &str) -> Result<Format, String> {
    Format::from_name(argument).ok_or_else(|| format!("the formats are {}", Format::names()))
}

impl Inputs {
    /// Reads them and writes `lines` of each document, in their order, to `file` or standard output. All threads make lines.
    /// Shows how far it has come, and says on standard error what is refused.
    ///
    /// # Errors
    /// Where there is no document, or the lines cannot be written; where something was refused, when the others are
    /// written.
    pub fn write(&self, file: Option<&Path>, lines: impl Fn(&Document) -> String + Sync) -> anyhow::Result<()> {
        let files = files(&self.inputs)?;
        let mut bar = Reading::new();
        output::write(file, |out| {
            let tell = &mut |event| bar.tell(event);
            let lines = |found: &Found| lines(&found.document);
            let done =
                read::stream(files, &self.how.options(), tell, lines, |_, lines| out.write_all(lines.as_bytes()));
            let refused = bar.end();
            done?;
            some(&self.inputs, bar.documents, refused)
        })?;
        all_read(bar.refused)
    }

    /// Reads them into memory, and says on standard error what is refused.
    pub fn corpus(&self) -> Corpus {
        let mut bar = Reading::new();
        let corpus =
            read::corpus(&self.inputs, &self.how.options(), &mut |progress| bar.tell(Event::Progress(progress)));
        bar.end();
        corpus.refused.iter().for_each(|error| eprintln!("tupu: {}", output::in_one_line(error)));
        corpus
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
