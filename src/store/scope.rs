//! Which part of the graph a query can see: read off its parsed tree, since a part that it cannot see need not be there.

use rustc_hash::FxHashSet;
use spargebra::Query;
use spargebra::algebra::{AggregateExpression, Expression, GraphPattern, OrderExpression, PropertyPathExpression};
use spargebra::term::{GroundTerm, NamedNodePattern, TriplePattern, Variable};

use crate::rdf::Scope;
use crate::rdf::vocab::tupu;

/// What `query` can see. Without GRAPH, FROM and FROM NAMED that is the default graph, and of it, where no variable and
/// no open path stands for a property, the properties that the query names.
#[must_use]
pub fn scope(query: &Query) -> Scope {
    let text = query.to_string();
    let unread = [tupu::UNREAD_TRIGGER, tupu::MAY_STATE, tupu::LACKS].iter().any(|p| text.contains(&p.to_string()));
    let mut seen = Seen { named_graphs: query.dataset().is_some(), properties: Some(FxHashSet::default()) };
    let (Query::Select { pattern, .. }
    | Query::Construct { pattern, .. }
    | Query::Describe { pattern, .. }
    | Query::Ask { pattern, .. }) = query;
    seen.pattern(pattern);
    // DESCRIBE tells everything of what it finds, and a named graph is seen even where nothing in it is.
    if matches!(query, Query::Describe { .. }) || seen.named_graphs {
        seen.properties = None;
    }
    Scope { named_graphs: seen.named_graphs, properties: seen.properties, unread, reifiers: false, only: None }
}

struct Seen {
    named_graphs: bool,
    properties: Option<FxHashSet<String>>,
}

/// A variable, and the terms that a VALUES clause gives it.
type Given<'a> = (&'a Variable, Vec<Option<&'a GroundTerm>>);

impl Seen {
    fn pattern(&mut self, pattern: &GraphPattern) {
        match pattern {
            GraphPattern::Bgp { .. } | GraphPattern::Join { .. } => self.join(pattern),
            GraphPattern::Path { path, .. } => self.path(path),
            GraphPattern::LeftJoin { left, right, expression } => {
                self.pattern(left);
                self.pattern(right);
                expression.iter().for_each(|expression| self.expression(expression));
            }
            GraphPattern::Filter { expr, inner } => {
                self.expression(expr);
                self.pattern(inner);
            }
            GraphPattern::Union { left, right } | GraphPattern::Minus { left, right } => {
                self.pattern(left);
                self.pattern(right);
            }
            GraphPattern::Extend { inner, expression, .. } => {
                self.pattern(inner);
                self.expression(expression);
            }
            GraphPattern::OrderBy { inner, expression } => {
                self.pattern(inner);
                for OrderExpression::Asc(expression) | OrderExpression::Desc(expression) in expression {
                    self.expression(expression);
                }
            }
            GraphPattern::Group { inner, aggregates, .. } => {
                self.pattern(inner);
                for (_, aggregate) in aggregates {
                    if let AggregateExpression::FunctionCall { expr, .. } = aggregate {
                        self.expression(expr);
                    }
                }
            }
            GraphPattern::Project { inner, .. }
            | GraphPattern::Distinct { inner }
            | GraphPattern::Reduced { inner }
            | GraphPattern::Slice { inner, .. } => self.pattern(inner),
            GraphPattern::Values { .. } => {}
            // GRAPH; also what asks another server, and what SPARQL may have one day.
            _ => self.named_graphs = true,
        }
    }

    /// Patterns all of which must hold: a variable that one of them gives values has one of these in the others.
    fn join(&mut self, pattern: &GraphPattern) {
        let mut joined = Vec::new();
        flatten(pattern, &mut joined);
        let given: Vec<Given<'_>> = joined.iter().flat_map(|pattern| given(pattern)).collect();
        for pattern in joined {
            match pattern {
                GraphPattern::Bgp { patterns } => patterns.iter().for_each(|triple| self.triple(triple, &given)),
                other => self.pattern(other),
            }
        }
    }

    fn triple(&mut self, triple: &TriplePattern, given: &[Given<'_>]) {
        let variable = match &triple.predicate {
            NamedNodePattern::NamedNode(property) => return self.property(property.as_str()),
            NamedNodePattern::Variable(variable) => variable,
        };
        match given.iter().find(|(given, values)| *given == variable && !values.contains(&None)) {
            Some((_, values)) => {
                for value in values {
                    if let Some(GroundTerm::NamedNode(property)) = value {
                        self.property(property.as_str());
                    }
                }
            }
            None => self.properties = None,
        }
    }

    fn property(&mut self, iri: &str) {
        if let Some(properties) = &mut self.properties {
            properties.insert(iri.to_owned());
        }
    }

    fn path(&mut self, path: &PropertyPathExpression) {
        match path {
            PropertyPathExpression::NamedNode(property) => self.property(property.as_str()),
            PropertyPathExpression::Reverse(path) | PropertyPathExpression::OneOrMore(path) => self.path(path),
            PropertyPathExpression::Sequence(a, b) | PropertyPathExpression::Alternative(a, b) => {
                self.path(a);
                self.path(b);
            }
            // A way of no steps leads from every node to itself.
            PropertyPathExpression::ZeroOrMore(_)
            | PropertyPathExpression::ZeroOrOne(_)
            | PropertyPathExpression::NegatedPropertySet(_) => self.properties = None,
        }
    }

    fn expression(&mut self, expression: &Expression) {
        match expression {
            Expression::NamedNode(_) | Expression::Literal(_) | Expression::Variable(_) | Expression::Bound(_) => {}
            Expression::Or(a, b)
            | Expression::And(a, b)
            | Expression::Equal(a, b)
            | Expression::SameTerm(a, b)
            | Expression::Greater(a, b)
            | Expression::GreaterOrEqual(a, b)
            | Expression::Less(a, b)
            | Expression::LessOrEqual(a, b)
            | Expression::Add(a, b)
            | Expression::Subtract(a, b)
            | Expression::Multiply(a, b)
            | Expression::Divide(a, b) => {
                self.expression(a);
                self.expression(b);
            }
            Expression::UnaryPlus(a) | Expression::UnaryMinus(a) | Expression::Not(a) => self.expression(a),
            Expression::If(a, b, c) => [a, b, c].into_iter().for_each(|each| self.expression(each)),
            Expression::In(a, all) => {
                self.expression(a);
                all.iter().for_each(|each| self.expression(each));
            }
            Expression::Coalesce(all) | Expression::FunctionCall(_, all) => {
                all.iter().for_each(|each| self.expression(each));
            }
            Expression::Exists(pattern) => self.pattern(pattern),
        }
    }
}

fn flatten<'a>(pattern: &'a GraphPattern, into: &mut Vec<&'a GraphPattern>) {
    if let GraphPattern::Join { left, right } = pattern {
        flatten(left, into);
        flatten(right, into);
    } else {
        into.push(pattern);
    }
}

fn given(pattern: &GraphPattern) -> Vec<Given<'_>> {
    let GraphPattern::Values { variables, bindings } = pattern else { return Vec::new() };
    let column = |at: usize| bindings.iter().map(move |row| row.get(at).and_then(Option::as_ref)).collect();
    variables.iter().enumerate().map(|(at, variable)| (variable, column(at))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::parse;

    fn of(text: &str) -> (bool, Option<Vec<String>>) {
        let Scope { named_graphs, properties, .. } = scope(&parse(text, None).unwrap());
        let local = |iri: &String| iri.rsplit(['#', '/']).next().unwrap_or_default().to_owned();
        let sorted = |properties: FxHashSet<String>| {
            let mut all: Vec<String> = properties.iter().map(local).collect();
            all.sort();
            all
        };
        (named_graphs, properties.map(sorted))
    }

    #[test]
    fn a_query_sees_the_default_graph_and_what_it_names_there() {
        let some = |names: &[&str]| (false, Some(names.iter().map(|&n| n.to_owned()).collect()));
        assert_eq!(
            of("SELECT ?x { ?x a tupu:Fact ; tupu:involves/tupu:name ?n }"),
            some(&["involves", "name", "type"])
        );
        let given = "SELECT ?x { VALUES ?role { tupu:donor tupu:buyer } ?x ?role ?y . OPTIONAL { ?y tupu:name ?n } }";
        assert_eq!(of(given), some(&["buyer", "donor", "name"]));
        let nested = "ASK { ?x tupu:name ?n FILTER(!EXISTS { ?x tupu:under ?y } || COALESCE(?n, '') = 'GRAPH') }";
        assert_eq!(of(nested), some(&["name", "under"]));
        let deep =
            "SELECT ?x { { SELECT (COUNT(?x) AS ?n) { ?x tupu:name ?y } GROUP BY ?y } UNION { ?x ^tupu:of+ ?z } }";
        assert_eq!(of(deep), some(&["name", "of"]));
    }

    #[test]
    fn what_may_be_any_property_is_every_property() {
        let any = [
            "SELECT * { ?s ?p ?o }",
            "SELECT * { ?s !tupu:name ?o }",
            "SELECT * { ?s tupu:under* ?o }",
            "DESCRIBE ?x { ?x tupu:name 'a' }",
            "SELECT * { VALUES (?p ?o) { (UNDEF 1) (tupu:name 2) } ?s ?p ?o }",
            // What the optional part leaves out cannot be left out of it.
            "SELECT * { VALUES ?p { tupu:name } OPTIONAL { ?s ?p ?o } }",
        ];
        assert!(any.into_iter().all(|query| of(query) == (false, None)));
    }

    #[test]
    fn whoever_asks_for_graphs_sees_them() {
        let graphs = [
            "SELECT * { GRAPH ?g { ?s tupu:name ?o } }",
            "SELECT * FROM <http://example.org/> { ?s tupu:name ?o }",
            "SELECT * FROM NAMED <http://example.org/> { ?s tupu:name ?o }",
            "ASK { ?s tupu:name ?o FILTER(NOT EXISTS { GRAPH ?g { ?s a ?o } }) }",
        ];
        assert!(graphs.into_iter().all(|query| of(query) == (true, None)));
    }

    #[test]
    fn unread_sentences_are_asked_for_by_their_properties() {
        let unread = |text: &str| scope(&parse(text, None).unwrap()).unread;
        assert!(unread("ASK { ?x tupu:lacks ?y }") && unread("ASK { ?x ?p ?y FILTER(?p = tupu:mayState) }"));
        assert!(!unread("ASK { ?x ?p 'lacks' }"));
    }
}
