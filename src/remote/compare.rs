//! How many triples a server has in graphs.

use oxigraph::model::{NamedNode, Term};

use super::{Address, Client, RemoteError, ask};
use crate::query::{Answer, Portable};

/// So many graphs are counted by one query: each is a part of its own, which every server answers from its index.
pub(super) const AT_ONCE: usize = 50;

/// The number of triples in each of these graphs; a graph without a name is the default graph.
pub(super) fn counts(
    client: &Client,
    address: &Address,
    names: &[Option<&NamedNode>],
) -> Result<Vec<u64>, RemoteError> {
    let parts = names.iter().enumerate().map(|(at, name)| {
        let pattern = name.map_or_else(|| "?s ?p ?o".to_owned(), |name| format!("GRAPH {name} {{ ?s ?p ?o }}"));
        format!("{{ SELECT ({at} AS ?graph) (COUNT(*) AS ?triples) WHERE {{ {pattern} }} }}")
    });
    let text = format!("SELECT ?graph ?triples WHERE {{ {} }}", parts.collect::<Vec<_>>().join(" UNION "));
    let answer = ask::ask(client, address, &Portable { text, gives_triples: false })?;
    let mut counts = vec![None; names.len()];
    if let Answer::Table(table) = answer {
        for row in table.rows {
            let number = |at: usize| match row.get(at) {
                Some(Some(Term::Literal(literal))) => literal.value().parse::<u64>().ok(),
                _ => None,
            };
            let place = number(0).and_then(|at| counts.get_mut(usize::try_from(at).ok()?));
            if let Some(count) = place {
                *count = number(1);
            }
        }
    }
    let missing = || RemoteError::Unreadable { server: address.to_string(), why: "a graph is not counted".to_owned() };
    counts.into_iter().collect::<Option<_>>().ok_or_else(missing)
}
