//! How far a long run has come, for whoever watches it.

use indicatif::{ProgressBar, ProgressStyle};

/// A bar on standard error for so many documents. It shows nothing where standard error is no terminal.
pub(super) fn bar(documents: usize) -> ProgressBar {
    of(documents, "documents")
}

/// The same for files, whose number is told later.
pub(super) fn files() -> ProgressBar {
    of(0, "files")
}

/// The same for so many sentences.
pub(super) fn sentences(sentences: usize) -> ProgressBar {
    of(sentences, "sentences")
}

fn of(count: usize, what: &str) -> ProgressBar {
    let style = ProgressStyle::with_template(&format!("{{bar:40}} {{pos}}/{{len}} {what}, {{eta}} left"));
    let bar = ProgressBar::new(count as u64);
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
