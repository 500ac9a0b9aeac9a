//! `tupu queries`: what can be asked by name.

use super::options::Kg;
use super::output;

/// List the saved queries, with their titles and parameters
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    kg: Kg,
}

pub(super) fn run(args: &Args) -> anyhow::Result<()> {
    let saved = args.kg.queries()?;
    let width = saved.iter().map(|query| query.name.chars().count()).max().unwrap_or(0);
    output::write(None, |out| {
        for query in saved.iter() {
            writeln!(out, "{:width$}  {}", query.name, query.title)?;
            for param in &query.params {
                let value = param.default.as_deref().unwrap_or("…");
                let leave = if param.optional { " (may be left out)" } else { "" };
                writeln!(out, "{:width$}    --set {}={value}  {}{leave}", "", param.name, param.about)?;
            }
        }
        Ok(())
    })
}
