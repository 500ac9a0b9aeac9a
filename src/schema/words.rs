//! The words that a frame may use for its fact type, roles and edges, and the vocabularies that it may name.

use crate::annotation::EntityType;

/// Properties that the graph gives facts, quantities and entities whatever their type; a role or an edge of that name
/// would be one with them.
pub const RESERVED: [&str; 18] = [
    "bound",
    "by",
    "confidence",
    "currency",
    "elided",
    "filler",
    "from",
    "involves",
    "mayState",
    "modality",
    "name",
    "of",
    "polarity",
    "quantity",
    "role",
    "to",
    "unit",
    "unreadTrigger",
];

/// Classes that the graph and the ontology have of themselves, beside the types of entities.
pub const RESERVED_CLASSES: [&str; 3] = ["Edge", "Fact", "Role"];

/// The prefixes with which `align` may name terms of other vocabularies.
pub const VOCABULARIES: [&str; 7] = ["nif", "org", "prov", "qudt", "schema", "sem", "skos"];

/// Whether a fact type of that name would be one with a class that is there already.
#[must_use]
pub fn is_reserved_class(name: &str) -> bool {
    RESERVED_CLASSES.contains(&name) || EntityType::from_name(name).is_some()
}

/// ASCII letters and digits, the first of a given case.
pub(super) fn is_word(word: &str, first: fn(&char) -> bool) -> bool {
    word.chars().next().is_some_and(|c| first(&c)) && word.chars().all(|c| c.is_ascii_alphanumeric())
}

/// Whether it is a term of one of [`VOCABULARIES`], as `schema:DonateAction`, or an address of the web.
pub(super) fn is_foreign_term(term: &str) -> bool {
    if term.starts_with("http://") || term.starts_with("https://") {
        return !term.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"{}|\\^`".contains(c));
    }
    term.split_once(':').is_some_and(|(prefix, local)| {
        VOCABULARIES.contains(&prefix)
            && local.starts_with(|c: char| c.is_ascii_alphabetic())
            && local.chars().all(|c| c.is_ascii_alphanumeric())
    })
}
