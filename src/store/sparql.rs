//! Queries as parsed trees: read with the usual prefixes, and given values for their variables.

use oxigraph::model::Variable;
use oxigraph::sparql::SparqlSyntaxError;
use spargebra::algebra::GraphPattern;
use spargebra::term::GroundTerm;
use spargebra::{Query, SparqlParser};

use super::algebra::whole;
use super::sideways;
use crate::rdf::vocab::PREFIXES;

/// Parses a query. The usual prefixes are known without declaration; relative IRIs are resolved against `base`.
///
/// # Errors
/// A mistake in the query, with line and column.
pub fn parse(text: &str, base: Option<&str>) -> Result<Query, SparqlSyntaxError> {
    parser(base).parse_query(text)
}

/// Whether what is no query changes graphs.
#[must_use]
pub fn is_update(text: &str, base: Option<&str>) -> bool {
    parser(base).parse_update(text).is_ok_and(|update| !update.operations.is_empty())
}

fn parser(base: Option<&str>) -> SparqlParser {
    let plain = SparqlParser::new();
    // The prefixes are constants and the base has been checked: neither is refused.
    let based = base.map_or(plain.clone(), |base| plain.clone().with_base_iri(base).unwrap_or(plain));
    PREFIXES.iter().fold(based, |to, (prefix, iri)| to.clone().with_prefix(*prefix, *iri).unwrap_or(to))
}

/// Gives a variable a value, as if `VALUES ?variable { value }` stood first in the WHERE clause; the value enters the
/// parsed query, so it cannot change what is asked. Says whether the query has the variable at all.
///
/// Oxigraph's own substitution is not used: it demands that the variable be selected, and its optimiser takes
/// `BOUND(?variable)` for false where no pattern binds the variable.
pub fn bind(query: &mut Query, variable: &Variable, value: GroundTerm) -> bool {
    if !has(&query.to_string(), variable.as_str()) {
        return false;
    }
    let group = where_clause(whole(query));
    sideways::give(group, variable, &value);
    let values = GraphPattern::Values { variables: vec![variable.clone()], bindings: vec![vec![Some(value)]] };
    *group = GraphPattern::Join { left: Box::new(values), right: Box::new(std::mem::take(group)) };
    true
}

/// Gives a query at most so many rows, whatever number it asked for itself.
pub fn limit(query: &mut Query, rows: usize) {
    let pattern = whole(query);
    if let GraphPattern::Slice { length, .. } = pattern {
        *length = Some(rows);
    } else {
        let inner = Box::new(std::mem::take(pattern));
        *pattern = GraphPattern::Slice { inner, start: 0, length: Some(rows) };
    }
}

/// Whether the text of a query has the variable.
fn has(query: &str, variable: &str) -> bool {
    let marked = format!("?{variable}");
    query.split(&marked).skip(1).any(|after| !after.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
}

/// What stands first in the WHERE clause: below the modifiers and the columns, below filters and OPTIONAL.
fn where_clause(pattern: &mut GraphPattern) -> &mut GraphPattern {
    match pattern {
        GraphPattern::Slice { inner, .. } | GraphPattern::Distinct { inner } | GraphPattern::Reduced { inner } => {
            where_clause(inner)
        }
        GraphPattern::Project { inner, .. } => first(inner),
        other => first(other),
    }
}

fn first(pattern: &mut GraphPattern) -> &mut GraphPattern {
    match pattern {
        GraphPattern::OrderBy { inner, .. }
        | GraphPattern::Group { inner, .. }
        | GraphPattern::Extend { inner, .. }
        | GraphPattern::Filter { inner, .. }
        | GraphPattern::LeftJoin { left: inner, .. }
        | GraphPattern::Minus { left: inner, .. } => first(inner),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::model::Literal;

    #[test]
    fn a_value_stands_first_in_the_where_clause() {
        let bound = |text: &str| {
            let mut query = parse(text, None).unwrap();
            let value = GroundTerm::from(Literal::from("}\" ?"));
            bind(&mut query, &Variable::new_unchecked("n"), value).then(|| query.to_string())
        };
        let text =
            bound("SELECT (COUNT(?x) AS ?c) { ?x tupu:name ?n OPTIONAL { ?x a ?t } FILTER(?n != '') } ORDER BY ?c");
        let (text, value) = (text.unwrap(), "\"}\\\" ?\"");
        assert_eq!(text.matches(value).count(), text.matches("VALUES").count(), "{text}");
        assert!(text.find("VALUES") < text.find("OPTIONAL") && text.find(value) < text.find("OPTIONAL"), "{text}");
        assert!(bound("ASK { ?x a ?n }").is_some());
        assert!(bound("SELECT ?x { ?x a ?nn }").is_none());
    }
}
