//! Questions that another server is to answer: what is sent to it.

use std::collections::BTreeMap;

use spargebra::Query;

use super::{Bindings, QueryError, Saved, bound};
use crate::rdf::Iris;
use crate::rdf::vocab::PREFIXES;

/// A question as any server of SPARQL 1.1 reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Portable {
    /// SPARQL with every prefix declared.
    pub text: String,
    /// Whether its answer is triples.
    pub gives_triples: bool,
}

impl Portable {
    /// A query of the user's own, with values for some variables, read as [`super::run`] says.
    ///
    /// # Errors
    /// A mistake in the query, with line and column; a value for a variable that it does not have.
    pub fn own(iris: &Iris, text: &str, bindings: &Bindings) -> Result<Self, QueryError> {
        let query = bound(iris, text, bindings)?;
        // A text without values is sent as it stands: what it is written as may tell a server how to go about it.
        Ok(if bindings.is_empty() {
            Self::new(&query, declared(text, iris))
        } else {
            Self::new(&query, query.to_string())
        })
    }

    /// A saved query, told these values, as [`Saved::run`] says.
    ///
    /// # Errors
    /// As [`Saved::run`].
    pub fn saved(saved: &Saved, iris: &Iris, values: &BTreeMap<String, String>) -> Result<Self, QueryError> {
        let query = saved.bound(iris, values)?;
        Ok(if values.is_empty() && saved.params.iter().all(|param| param.default.is_none()) {
            Self::new(&query, declared(&saved.text, iris))
        } else {
            Self::new(&query, query.to_string())
        })
    }

    fn new(query: &Query, text: String) -> Self {
        Self { text, gives_triples: matches!(query, Query::Construct { .. } | Query::Describe { .. }) }
    }
}

/// A query with the usual prefixes, as far as it may use them, and the base declared on a line before it. What it declares
/// itself comes later and holds.
fn declared(text: &str, iris: &Iris) -> String {
    let mut head = String::new();
    if !iris.base().is_empty() {
        head.push_str(&format!("BASE <{}> ", iris.base()));
    }
    for (prefix, space) in PREFIXES.iter().filter(|(prefix, _)| text.contains(&format!("{prefix}:"))) {
        head.push_str(&format!("PREFIX {prefix}: <{space}> "));
    }
    if head.is_empty() { text.to_owned() } else { format!("{}\n{text}", head.trim_end()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::value;
    use crate::store::parse;

    #[test]
    fn what_is_sent_needs_no_prefix_of_ours_and_asks_the_same() {
        let iris = Iris::default();
        let text = "SELECT ?x { ?x tupu:name ?n . <product/口罩> a ?t }";
        let sent = Portable::own(&iris, text, &Bindings::new()).unwrap();
        assert!(sent.text.ends_with(text) && !sent.text.contains("PREFIX qudt:"), "{}", sent.text);
        let plain = spargebra::SparqlParser::new().parse_query(&sent.text).unwrap();
        assert_eq!(plain.to_string(), parse(text, Some(iris.base())).unwrap().to_string());
        let values = Bindings::from([("n".to_owned(), value(&iris, "}\" ?x"))]);
        let sent = Portable::own(&iris, text, &values).unwrap();
        assert!(spargebra::SparqlParser::new().parse_query(&sent.text).is_ok() && !sent.gives_triples);
    }
}
