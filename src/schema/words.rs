//! What a frame may call its fact type, roles and edges, and the vocabularies that it may name.

/// The prefixes with which `align` may name terms of other vocabularies.
pub const VOCABULARIES: [&str; 7] = ["nif", "org", "prov", "qudt", "schema", "sem", "skos"];

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
