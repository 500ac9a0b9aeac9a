//! Tables of what may be one, and of what is decided.

use anyhow::Result;
use oxigraph::model::{Literal, Term};

use crate::annotation::EntityType;
use crate::cli::options::Kg;
use crate::cli::output;
use crate::decision;
use crate::link::around;
use crate::link::propose::{Proposal, by_names, proposals};
use crate::query::{Answer, Format, Table};
use crate::rdf::Iris;
use crate::text::normal;
use crate::workspace::{Contents, Workspace};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Every pair with an entity of this name; without it, of pairs of the same names the likeliest alone, with their number
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// So many rows; 0 for all
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// Only entities of this type
    #[arg(long = "type", value_name = "TYPE", value_parser = super::kind)]
    kind: Option<EntityType>,
    /// How to write them: table, csv, tsv, json, xml
    #[arg(long, default_value = "table")]
    format: Format,
    #[command(flatten)]
    kg: Kg,
}

pub(super) fn run(args: &Args) -> Result<()> {
    let workspace = Workspace::open(&args.kg.folder)?;
    let contents = workspace.contents()?;
    let linking = &contents.linking;
    let identity = |at: usize| &linking.identities[at];
    let name = args.name.as_deref().map(normal::normal);
    let all = proposals(linking);
    let all = all
        .iter()
        .filter(|p| args.kind.is_none_or(|wanted| wanted == identity(p.one).kind))
        .filter(|p| name.as_ref().is_none_or(|name| identity(p.one).name == *name || identity(p.other).name == *name));
    // The likeliest come first, so that of the same names the first one stands for the others.
    let pairs = if name.is_some() { all.map(|pair| (pair, 1)).collect() } else { by_names(linking, all) };
    let shown = if args.limit == 0 { pairs.len() } else { args.limit.min(pairs.len()) };
    let rows = pairs[..shown].iter().map(|(proposal, of)| row(&contents, workspace.iris(), proposal, *of)).collect();
    let columns = ["score", "likeness", "type", "names", "pairs", "both_speak_of", "one", "other", "texts"];
    write(columns.map(str::to_owned).to_vec(), rows, args.format, workspace.iris())?;
    if shown < pairs.len() {
        eprintln!("{shown} of {} rows; --limit 0 shows all", pairs.len());
    }
    Ok(())
}

/// A pair, and how many there are of the same names.
fn row(contents: &Contents, iris: &Iris, proposal: &Proposal, pairs: usize) -> Vec<Option<Term>> {
    let linking = &contents.linking;
    let (one, other) = (&linking.identities[proposal.one], &linking.identities[proposal.other]);
    let names = if one.name == other.name { one.name.clone() } else { format!("{} ~ {}", one.name, other.name) };
    let shared: Vec<&str> = proposal.shared.iter().map(|at| linking.identities[*at].name.as_str()).collect();
    let texts: Vec<String> = [proposal.one, proposal.other]
        .iter()
        .filter_map(|at| linking.first_mention(*at, &contents.annotations))
        .map(|(annotation, span)| format!("{}: “{}”", annotation.id, around(annotation, span)))
        .collect();
    let words = |words: &str| Some(Term::from(Literal::from(words)));
    vec![
        words(&format!("{:.2}", proposal.score)),
        words(proposal.likeness.name()),
        words(one.kind.name()),
        words(&names),
        Some(Literal::from(i64::try_from(pairs).unwrap_or(i64::MAX)).into()),
        words(&shared.join("、")),
        Some(iris.entity(&one.key).into()),
        Some(iris.entity(&other.key).into()),
        words(&texts.join(" | ")),
    ]
}

/// All decisions that stand, by date.
pub(super) fn decisions(kg: &Kg, format: Format) -> Result<()> {
    let workspace = Workspace::open(&kg.folder)?;
    let contents = workspace.contents()?;
    let standing = decision::standing(&contents.decisions);
    let mut sorted: Vec<_> = standing.iter().collect();
    sorted.sort_by_key(|(id, decision)| (&decision.date, *id));
    let words = |words: &str| Some(Term::from(Literal::from(words)));
    let rows = sorted.into_iter().map(|(id, decision)| {
        let unapplied = contents.linking.unapplied.iter().find(|unapplied| unapplied.decision == *id);
        let state =
            unapplied.map_or_else(|| "applies".to_owned(), |unapplied| format!("does not apply: {}", unapplied.why));
        vec![words(id), words(&decision.date), words(&decision.act.to_string()), words(&state), words(&decision.reason)]
    });
    let columns = ["decision", "date", "what", "state", "reason"].map(str::to_owned).to_vec();
    write(columns, rows.collect(), format, workspace.iris())
}

fn write(columns: Vec<String>, rows: Vec<Vec<Option<Term>>>, format: Format, iris: &Iris) -> Result<()> {
    let answer = Answer::Table(Table { columns, rows });
    output::write(None, |out| output::answer(out, &answer, format, iris))
}
