//! Which entity or fact a person means by words.

use crate::annotation::{Annotation, EntityType, Fact};
use crate::link::Linking;
use crate::rdf::Iris;
use crate::text::normal;

/// What a person may write for an entity.
pub const WAYS: &str = "a name, TYPE:NAME, or the IRI as tables show it";
/// So many of several entities are named in a message.
const NAMED: usize = 8;

/// Why words mean nothing that can be decided about.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unmeant {
    /// No entity is called so.
    #[error("no entity is called {0:?}; write {WAYS}")]
    NoEntity(String),
    /// It is a place or class that no text mentions.
    #[error("no text mentions {0:?}: it is only what others fall under, and nothing can be decided about it")]
    Wider(String),
    /// Several entities are called so.
    #[error("{words:?} names {} entities: {}{}; write one of these IRIs", .iris.len(),
        .iris.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", "), if .iris.len() > NAMED { ", …" } else { "" })]
    Several {
        /// What was written.
        words: String,
        /// The entities.
        iris: Vec<String>,
    },
    /// Too few digits of a fact's id.
    #[error("{0:?} is too short for the id of a fact; write it as tables show it: fact/6f1d…")]
    Short(String),
    /// No fact has this id.
    #[error("no fact {0:?}; write its id as tables show it: fact/6f1d…")]
    NoFact(String),
    /// The ids of several facts begin so.
    #[error("{words:?} begins the ids of several facts: {one}, {other}")]
    SeveralFacts {
        /// What was written.
        words: String,
        /// The id of one.
        one: String,
        /// That of another.
        other: String,
    },
}

/// The entities that `words` mean, as indices: an IRI (whole, or as tables show it), `Organization:上海大学`, or a name,
/// that of the entity before those that texts give it.
#[must_use]
pub fn all(linking: &Linking, iris: &Iris, words: &str) -> Vec<usize> {
    let iri = words.trim().trim_start_matches('<').trim_end_matches('>');
    let is = |key: &crate::link::Key| {
        let node = iris.entity(key);
        node.as_str() == iri || iris.short(node.as_str()) == iri
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
#[must_use]
pub fn named(words: &str) -> (Option<EntityType>, String) {
    let typed = words.split_once([':', '：']).and_then(|(kind, name)| Some((EntityType::from_name(kind)?, name)));
    let (kind, name) = typed.map_or((None, words), |(kind, name)| (Some(kind), name));
    (kind, normal::normal(normal::untitled(name)))
}

/// The one entity that `words` mean.
///
/// # Errors
/// Where there is none, or several: they are named.
pub fn one(linking: &Linking, iris: &Iris, words: &str) -> Result<usize, Unmeant> {
    match all(linking, iris, words)[..] {
        [] if is_wider(linking, iris, words) => Err(Unmeant::Wider(words.to_owned())),
        [] => Err(Unmeant::NoEntity(words.to_owned())),
        [one] => Ok(one),
        ref several => {
            let iris = several.iter().map(|at| iri(linking, iris, *at)).collect();
            Err(Unmeant::Several { words: words.to_owned(), iris })
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
///
/// # Panics
/// Where no entity stands at that place.
#[must_use]
pub fn iri(linking: &Linking, iris: &Iris, at: usize) -> String {
    let node = iris.entity(&linking.identities[at].key);
    iris.short(node.as_str()).to_owned()
}

/// The fact that `words` mean: its IRI, or the beginning of its id.
///
/// # Errors
/// Where there is none, or several.
pub fn fact<'a>(
    annotations: &'a [Annotation],
    iris: &Iris,
    words: &str,
) -> Result<(&'a Annotation, &'a Fact, String), Unmeant> {
    let tail = words.trim().trim_start_matches('<').trim_end_matches('>');
    let tail = iris.short(tail);
    let id = tail.strip_prefix("fact/").unwrap_or(tail);
    if id.len() < 4 {
        return Err(Unmeant::Short(words.to_owned()));
    }
    let facts = annotations.iter().flat_map(|annotation| {
        annotation.facts.iter().zip(annotation.fact_ids()).map(move |(fact, id)| (annotation, fact, id))
    });
    let mut found = facts.filter(|(_, _, other)| other.starts_with(id));
    match (found.next(), found.next()) {
        (None, _) => Err(Unmeant::NoFact(words.to_owned())),
        (Some(one), None) => Ok(one),
        (Some((.., one)), Some((.., other))) => Err(Unmeant::SeveralFacts { words: words.to_owned(), one, other }),
    }
}
