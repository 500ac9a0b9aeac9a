//! Words that no fact type and no role may have for a name, since the graph uses them for something else.

use super::EntityType;

/// Properties that the graph gives facts, quantities and entities whatever their type; a role or an edge of that name
/// would be one with them.
pub const RESERVED: [&str; 25] = [
    "aliasOf",
    "bound",
    "by",
    "code",
    "confidence",
    "currency",
    "decides",
    "elided",
    "filler",
    "from",
    "involves",
    "knownBy",
    "lacks",
    "mayState",
    "modality",
    "name",
    "of",
    "polarity",
    "quantity",
    "reprintOf",
    "role",
    "to",
    "under",
    "unit",
    "unreadTrigger",
];

/// Classes that the graph and the ontology have of themselves, beside the types of entities.
pub const RESERVED_CLASSES: [&str; 6] = ["Alias", "Decision", "Edge", "Fact", "Reprint", "Role"];

/// Whether a fact type of that name would be one with a class that is there already.
#[must_use]
pub fn is_reserved_class(name: &str) -> bool {
    RESERVED_CLASSES.contains(&name) || EntityType::from_name(name).is_some()
}
