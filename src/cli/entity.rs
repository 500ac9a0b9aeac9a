//! Which entity or fact a user means by words on the command line.

use anyhow::{Result, bail, ensure};

use crate::annotation::{Annotation, EntityType, Fact};
use crate::link::Linking;
use crate::rdf::Iris;
use crate::text::normal;

/// What a user may write for an entity, for the help of arguments.
pub(super) const WAYS: &str = "a name, TYPE:NAME, or the IRI as tables show it";
/// So many of several entities are named in a message.
const NAMED: usize = 8;

/// The entities that `words` mean, as indices: an IRI (whole, or as tables show it), `Organization:上海大学`, or a name,
/// that of the entity before those that texts give it.
pub(super) fn all(linking: &Linking, iris: &Iris, words: &str) -> Vec<usize> {
    let iri = words.trim().trim_start_matches('<').trim_end_matches('>');
    let is = |key: &crate::link::Key| {
        let node = iris.entity(key);
        node.as_str() == iri || node.as_str().strip_prefix(iris.base()) == Some(iri)
    };
    let identities = || linking.identities.iter().enumerate().filter(|(_, identity)| !identity.documents.is_empty());
    if let Some((at, _)) = identities().find(|(_, identity)| is(&identity.key)) {
        return vec![at];
    }
    let (kind, name) = named(words);
    let of_kind = |at: &usize| kind.is_none_or(|kind| linking.identities[*at].kind == kind);
    let own: Vec<usize> =
        identities().filter(|(_, identity)| identity.name == name).map(|(at, _)| at).filter(of_kind).collect();
    if !own.is_empty() {
        return own;
    }
    let members = linking.all_members().filter(|(_, member)| member.names.contains(&name));
    let listed = identities().filter(|(_, identity)| identity.other_names.contains(&name)).map(|(at, _)| at);
    let mut called: Vec<usize> = members.map(|(_, member)| member.identity).chain(listed).filter(of_kind).collect();
    called.sort_unstable();
    called.dedup();
    called
}

/// The type, if one is given, and the name that `words` write, in the normal form.
pub(super) fn named(words: &str) -> (Option<EntityType>, String) {
    let typed = words.split_once([':', '：']).and_then(|(kind, name)| Some((EntityType::from_name(kind)?, name)));
    let (kind, name) = typed.map_or((None, words), |(kind, name)| (Some(kind), name));
    (kind, normal::normal(normal::untitled(name)))
}

/// The one entity that `words` mean.
///
/// # Errors
/// Where there is none, or several: they are named.
pub(super) fn one(linking: &Linking, iris: &Iris, words: &str) -> Result<usize> {
    match all(linking, iris, words)[..] {
        [] if is_wider(linking, iris, words) => {
            bail!("no text mentions {words:?}: it is only what others fall under, and nothing can be decided about it")
        }
        [] => bail!("no entity is called {words:?}; write {WAYS}"),
        [one] => Ok(one),
        ref several => {
            let named: Vec<String> = several.iter().take(NAMED).map(|at| iri(linking, iris, *at)).collect();
            let more = if several.len() > NAMED { ", …" } else { "" };
            bail!("{words:?} names {} entities: {}{more}; write one of these IRIs", several.len(), named.join(", "))
        }
    }
}

/// Whether `words` mean a place or class that no text mentions.
fn is_wider(linking: &Linking, iris: &Iris, words: &str) -> bool {
    let (_, name) = named(words);
    let mut wider = (0..linking.identities.len()).filter(|at| linking.identities[*at].documents.is_empty());
    wider.any(|at| linking.identities[at].name == name || iri(linking, iris, at) == words)
}

/// The IRI of an entity as tables show it.
pub(super) fn iri(linking: &Linking, iris: &Iris, at: usize) -> String {
    let node = iris.entity(&linking.identities[at].key);
    node.as_str().strip_prefix(iris.base()).unwrap_or(node.as_str()).to_owned()
}

/// The fact that `words` mean: its IRI, or the beginning of its id.
///
/// # Errors
/// Where there is none, or several.
pub(super) fn fact<'a>(
    annotations: &'a [Annotation],
    iris: &Iris,
    words: &str,
) -> Result<(&'a Annotation, &'a Fact, String)> {
    let tail = words.trim().trim_start_matches('<').trim_end_matches('>');
    let tail = tail.strip_prefix(iris.base()).unwrap_or(tail);
    let id = tail.strip_prefix("fact/").unwrap_or(tail);
    ensure!(id.len() >= 4, "{words:?} is too short for the id of a fact; write it as tables show it: fact/6f1d…");
    let facts = annotations.iter().flat_map(|annotation| {
        annotation.facts.iter().zip(annotation.fact_ids()).map(move |(fact, id)| (annotation, fact, id))
    });
    let mut found = facts.filter(|(_, _, other)| other.starts_with(id));
    match (found.next(), found.next()) {
        (None, _) => bail!("no fact {words:?}; write its id as tables show it: fact/6f1d…"),
        (Some(one), None) => Ok(one),
        (Some((.., one)), Some((.., other))) => bail!("{words:?} begins the ids of several facts: {one}, {other}"),
    }
}
