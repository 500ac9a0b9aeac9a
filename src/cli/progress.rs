//! How far a long run has come, for whoever watches it. Nothing is shown where standard error is no terminal.

use indicatif::{HumanDuration, ProgressBar, ProgressStyle};

use super::output::in_one_line;
use crate::read::{Event, Progress};

/// A bar for reading texts.
pub(super) struct Reading {
    bar: ProgressBar,
    /// What was not read.
    pub refused: usize,
    /// Files passed over.
    pub skipped: usize,
    /// Documents read.
    pub documents: usize,
}

impl Reading {
    pub(super) fn new() -> Self {
        Self { bar: styled(ProgressBar::new(0), "{spinner} {msg}"), refused: 0, skipped: 0, documents: 0 }
    }

    /// Shows what happened. What is refused is a line on standard error, bar or not.
    pub(super) fn tell(&mut self, event: Event) {
        match event {
            Event::Progress(progress) => self.show(progress),
            Event::Skipped(_) => self.skipped += 1,
            Event::Refused(error) => {
                self.refused += 1;
                self.bar.suspend(|| eprintln!("tupu: {}", in_one_line(&error)));
            }
        }
    }

    fn show(&mut self, Progress { documents, text, bytes, of }: Progress) {
        self.documents = usize::try_from(documents).unwrap_or(usize::MAX);
        if let Some(of) = of
            && self.bar.length() != Some(of)
        {
            self.bar.set_length(of);
            self.bar.set_style(style("{bar:30} {percent:>3} %  {msg}"));
        }
        let elapsed = self.bar.elapsed();
        let seconds = elapsed.as_secs_f64().max(0.001);
        let (a_second, megabytes) = (documents as f64 / seconds, text as f64 / 1e6 / seconds);
        let mut message = format!("{documents} documents, {a_second:.0}/s, {megabytes:.2} MB/s");
        if let Some(of) = of
            && bytes > 0
        {
            let left = elapsed.mul_f64(of.saturating_sub(bytes) as f64 / bytes as f64);
            message += &format!(", {} left", HumanDuration(left));
        }
        self.bar.set_position(bytes);
        self.bar.set_message(message);
    }

    /// Takes the bar away; gives the number of what was refused.
    pub(super) fn end(&self) -> usize {
        self.bar.finish_and_clear();
        self.refused
    }
}

/// A bar for so many things of a kind.
pub(super) fn of(count: usize, what: &str) -> ProgressBar {
    styled(ProgressBar::new(count as u64), &format!("{{bar:40}} {{pos}}/{{len}} {what}, {{eta}} left"))
}

fn styled(bar: ProgressBar, template: &str) -> ProgressBar {
    bar.with_style(style(template))
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
