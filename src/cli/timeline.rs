//! `tupu timeline`: what happened when.

use std::collections::BTreeMap;

use clap::ValueEnum;

use super::network;
use super::output;
use super::rows::{Cell, Format, Rows};
use super::statement::{OF_FACT, fact};
use crate::graph::{Fact, Kind};

/// Show what happened when: dated facts in the order of their days, planned and denied ones with their status; or how many there were
///
/// Days are those of the events, not of publication.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Only facts in which this entity takes part: a name, TYPE:NAME, or the id as tables show it
    entity: Option<String>,
    /// Count the facts of each type by day, month or year of their first day
    #[arg(long, value_name = "PERIOD")]
    count: Option<Period>,
    /// How to write it
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    network: network::Args,
}

/// How much of a day is counted together.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Period {
    /// 2020-01-27
    Day,
    /// 2020-01
    Month,
    /// 2020
    Year,
}

impl Period {
    /// How many characters of `YYYY-MM-DD` tell it.
    const fn length(self) -> usize {
        match self {
            Self::Day => 10,
            Self::Month => 7,
            Self::Year => 4,
        }
    }
}

pub(super) fn run(args: &Args) -> anyhow::Result<()> {
    let opened = args.network.open()?;
    let mut projection = args.network.projection(&opened.schema, Kind::Facts)?;
    // A fact without an entity that takes part may have a date, too.
    projection.isolated = true;
    let network = projection.of(&opened.stated, &opened.schema, opened.iris().base());
    let chosen: Vec<&Fact> = match &args.entity {
        Some(words) => {
            let at = opened.nodes(&network, words)?.into_iter().flat_map(|node| network.facts_at(node));
            // A fact in which several of them take part is one.
            at.map(|fact| (fact.iri.as_str(), fact)).collect::<BTreeMap<_, _>>().into_values().collect()
        }
        None => network.facts.iter().collect(),
    };
    let mut dated: Vec<&Fact> = chosen.into_iter().filter(|fact| fact.days.is_some()).collect();
    dated.sort_by(|a, b| (&a.days, &a.kind, &a.iri).cmp(&(&b.days, &b.kind, &b.iri)));
    let rows = match args.count {
        Some(period) => counted(&dated, period),
        None => {
            let columns: Vec<&str> = ["type", "what"].into_iter().chain(OF_FACT).collect();
            let mut rows = Rows::new(&columns);
            rows.rows.extend(dated.into_iter().map(|one| {
                let what = [Cell::from(one.kind.as_str()), Cell::from(one.label.as_str())];
                what.into_iter().chain(fact(&network, one)).collect()
            }));
            // When first: so a timeline is read.
            rows.first("time");
            rows
        }
    };
    output::write(None, |out| rows.write(args.format, opened.iris(), out))
}

/// How many facts of each type begin in each period.
fn counted(facts: &[&Fact], period: Period) -> Rows {
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for fact in facts {
        let day = fact.days.as_ref().and_then(|(first, _)| first.get(..period.length())).unwrap_or_default();
        *counts.entry((day, &fact.kind)).or_default() += 1;
    }
    let mut rows = Rows::new(&["time", "type", "facts"]);
    let row = |((day, kind), count): ((&str, &str), usize)| vec![day.into(), kind.into(), Cell::Integer(count)];
    rows.rows = counts.into_iter().map(row).collect();
    rows
}
