//! Tables of what may be one, and of what is decided.

use anyhow::Result;
use oxigraph::model::{Literal, Term};

use crate::annotation::EntityType;
use crate::cli::options::Kg;
use crate::cli::output;
use crate::decision;
use crate::link::around;
use crate::link::propose::{Proposal, proposals};
use crate::query::{Answer, Format, Table};
use crate::rdf::Iris;
use crate::workspace::{Contents, Workspace};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// So many pairs; 0 for all
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
    let kind = |proposal: &Proposal| contents.linking.identities[proposal.one].kind;
    let all = proposals(&contents.linking);
    let all: Vec<&Proposal> = all.iter().filter(|p| args.kind.is_none_or(|wanted| wanted == kind(p))).collect();
    let shown = if args.limit == 0 { all.len() } else { args.limit.min(all.len()) };
    let rows = all[..shown].iter().map(|proposal| row(&contents, workspace.iris(), proposal)).collect();
    let columns = ["score", "likeness", "type", "names", "both_speak_of", "one", "other", "texts"];
    write(columns.map(str::to_owned).to_vec(), rows, args.format, workspace.iris())?;
    if shown < all.len() {
        eprintln!("{shown} of {} pairs; --limit 0 shows all", all.len());
    }
    Ok(())
}

fn row(contents: &Contents, iris: &Iris, proposal: &Proposal) -> Vec<Option<Term>> {
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
