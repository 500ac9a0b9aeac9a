//! `tupu queries`: what can be asked by name.

use super::options::Kg;
use super::output;

/// List the saved queries, with what they answer and their parameters
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
            writeln!(out, "{:width$}  {}", query.name, query.about)?;
            for param in &query.params {
                let leave = if param.default.is_some() { " (may be left out)" } else { "" };
                writeln!(out, "{:width$}    --set {}=…  {}{leave}", "", param.name, param.about)?;
            }
        }
        Ok(())
    })
}
