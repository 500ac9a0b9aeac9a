//! Turtle for people: short names, one predicate a line, the order of the triples kept.

use oxigraph::model::{NamedNode, Term, Triple};

use crate::rdf::vocab::{ONTOLOGY_PREFIXES, PREFIXES, rdf};

/// Triples that come grouped by subject and predicate, a block a subject; the prefixes are left to the file.
pub(super) fn blocks(triples: &[Triple]) -> String {
    let mut text = String::new();
    let mut before: Option<&Triple> = None;
    for triple in triples {
        let same_subject = before.filter(|b| b.subject == triple.subject);
        let object = term(&triple.object);
        if same_subject.is_some_and(|b| b.predicate == triple.predicate) {
            text += &format!(" , {object}");
        } else {
            text += match (before, same_subject) {
                (_, Some(_)) => " ;\n    ".to_owned(),
                (Some(_), None) => format!(" .\n\n{} ", subject(triple)),
                (None, None) => format!("{} ", subject(triple)),
            }
            .as_str();
            let predicate = &triple.predicate;
            text +=
                &if *predicate == rdf::TYPE { format!("a {object}") } else { format!("{} {object}", short(predicate)) };
        }
        before = Some(triple);
    }
    if before.is_some() { text + " .\n" } else { text }
}

fn subject(triple: &Triple) -> String {
    term(&triple.subject.clone().into())
}

fn term(term: &Term) -> String {
    match term {
        Term::NamedNode(iri) => short(iri),
        // As N-Triples write them, which is Turtle too.
        other => other.to_string(),
    }
}

/// `tupu:donor`; the whole IRI where no prefix fits or the rest is more than letters and digits.
pub(super) fn short(iri: &NamedNode) -> String {
    let plain = |local: &&str| {
        local.starts_with(|c: char| c.is_ascii_alphabetic()) && local.chars().all(|c| c.is_ascii_alphanumeric())
    };
    PREFIXES
        .iter()
        .chain(&ONTOLOGY_PREFIXES)
        .find_map(|(prefix, space)| Some(format!("{prefix}:{}", iri.as_str().strip_prefix(space).filter(plain)?)))
        .unwrap_or_else(|| iri.to_string())
}
