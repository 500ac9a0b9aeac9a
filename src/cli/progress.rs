//! How far a long run has come, for whoever watches it.

use indicatif::{ProgressBar, ProgressStyle};

/// A bar on standard error for so many documents. It shows nothing where standard error is no terminal.
pub(super) fn bar(documents: usize) -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} documents, {eta} left");
    let bar = ProgressBar::new(documents as u64);
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
