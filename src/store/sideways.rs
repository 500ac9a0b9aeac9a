//! What is known of one part of a query, made known to the others before they are evaluated.
//!
//! Oxigraph evaluates a sub-SELECT by itself, for all that the graph has, and only then looks which of its rows go with
//! those of the rest. Two things are rewritten that change no answer:
//!
//! - a value that a user gives a variable ([`give`]) is handed down to the patterns that have the variable, through
//!   sub-SELECTs that select it;
//! - what is optional, and what a sub-SELECT or one value is joined with, is evaluated for each row before it ([`loops`]), as LATERAL of
//!   [SEP-0006](https://github.com/w3c/sparql-dev/blob/main/SEP/SEP-0006/sep-0006.md) is: the words of one fact are not
//!   looked up by putting together those of all.
//!
//! Both are cases of passing information sideways (Beeri and Ramakrishnan, “On the power of magic”, 1991).

use super::algebra::{join, joined_ones, made_of};
use oxigraph::model::Variable;
use spargebra::algebra::{Expression, Function, GraphPattern};
use spargebra::term::{GroundTerm, NamedNodePattern, TermPattern, TriplePattern};

/// Hands a value for `variable` down to the patterns that have it. That the variable has no other value remains to be
/// demanded of the whole.
pub(super) fn give(pattern: &mut GraphPattern, variable: &Variable, value: &GroundTerm) {
    match pattern {
        GraphPattern::Bgp { .. } | GraphPattern::Path { .. } if binds(pattern, variable) => {
            let values =
                GraphPattern::Values { variables: vec![variable.clone()], bindings: vec![vec![Some(value.clone())]] };
            *pattern = GraphPattern::Join { left: Box::new(values), right: Box::new(std::mem::take(pattern)) };
        }
        GraphPattern::Join { left, right } | GraphPattern::Union { left, right } => {
            give(left, variable, value);
            give(right, variable, value);
        }
        GraphPattern::Extend { variable: bound, expression, inner } if bound == variable => match expression {
            Expression::Literal(other) if *value != GroundTerm::Literal(other.clone()) => {
                *pattern = GraphPattern::Values { variables: vec![], bindings: vec![] };
            }
            Expression::FunctionCall(Function::Str, of) => {
                if let (GroundTerm::Literal(value), [Expression::Variable(of)]) = (value, of.as_slice()) {
                    let of = of.clone();
                    let has_it = Expression::Equal(Box::new(expression.clone()), Box::new(value.clone().into()));
                    **inner = filtered_first(std::mem::take(inner), &of, has_it);
                }
            }
            _ => {}
        },
        GraphPattern::Project { inner, variables } if variables.contains(variable) => give(inner, variable, value),
        GraphPattern::Group { inner, variables, .. } if variables.contains(variable) && binds(inner, variable) => {
            give(inner, variable, value);
        }
        GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner }
        | GraphPattern::OrderBy { inner, .. }
        | GraphPattern::Graph { inner, .. } => give(inner, variable, value),
        // What looks at the variable, or could give it a value where the inner pattern has given it none, must find the
        // one that it has there.
        GraphPattern::Filter { inner, .. }
        | GraphPattern::Extend { inner, .. }
        | GraphPattern::LeftJoin { left: inner, .. }
        | GraphPattern::Minus { left: inner, .. }
            if binds(inner, variable) =>
        {
            give(inner, variable, value);
        }
        _ => {}
    }
}

/// A pattern of which only what fulfils a condition on `variable` is wanted: what has the variable stands by itself, with
/// the condition, joined with the rest.
fn filtered_first(pattern: GraphPattern, variable: &Variable, condition: Expression) -> GraphPattern {
    let mut ones = joined_ones(pattern);
    if !ones.iter().all(|one| matches!(one, GraphPattern::Bgp { .. } | GraphPattern::Path { .. })) {
        return GraphPattern::Filter { expr: condition, inner: Box::new(join(ones).unwrap_or_default()) };
    }
    // The same blank node in two patterns is one only as a variable.
    for one in &mut ones {
        match one {
            GraphPattern::Bgp { patterns } => {
                patterns.iter_mut().for_each(|TriplePattern { subject, object, .. }| {
                    name(subject);
                    name(object);
                })
            }
            GraphPattern::Path { subject, object, .. } => {
                name(subject);
                name(object);
            }
            _ => {}
        }
    }
    let (first, rest): (Vec<_>, Vec<_>) = ones.into_iter().partition(|one| binds(one, variable));
    let first = GraphPattern::Filter { expr: condition, inner: Box::new(join(first).unwrap_or_default()) };
    join([first].into_iter().chain(rest)).unwrap_or_default()
}

/// Makes a variable of a blank node, which no two groups may have.
fn name(term: &mut TermPattern) {
    if let TermPattern::BlankNode(node) = term {
        *term = Variable::new_unchecked(format!("blank{}", node.as_str())).into();
    }
}

/// Has what is optional, and what sub-SELECTs are joined with, evaluated for each row before it, where that gives the same.
pub(super) fn loops(pattern: &mut GraphPattern) {
    if let GraphPattern::Join { .. } = pattern {
        let mut ones = joined_ones(std::mem::take(pattern));
        ones.iter_mut().for_each(loops);
        let (heads, tails): (Vec<_>, Vec<_>) =
            ones.into_iter().partition(|one| is_selected(one) || is_value(one) || is_chosen(one));
        let selects = heads.iter().any(|one| !is_value(one));
        *pattern = match (join(heads), join(tails)) {
            (Some(heads), Some(tails)) if selects && goes_sideways(&heads, &tails) => {
                lateral(Box::new(heads), Box::new(tails))
            }
            (heads, tails) => join(heads.into_iter().chain(tails)).unwrap_or_default(),
        };
        return;
    }
    made_of(pattern).into_iter().for_each(loops);
    if let GraphPattern::LeftJoin { left, right, expression } = pattern
        && goes_sideways(left, right)
    {
        let unit = Box::new(GraphPattern::default());
        let (right, expression) = (std::mem::take(right), expression.take());
        let optional = GraphPattern::LeftJoin { left: unit, right, expression };
        *pattern = lateral(std::mem::take(left), Box::new(optional));
    }
}

fn lateral(left: Box<GraphPattern>, right: Box<GraphPattern>) -> GraphPattern {
    GraphPattern::Lateral { left, right }
}

/// Whether it is one value for each of some variables.
fn is_value(pattern: &GraphPattern) -> bool {
    matches!(pattern, GraphPattern::Values { bindings, .. } if bindings.len() == 1)
}

/// Whether of what it reads one value is wanted.
fn is_chosen(pattern: &GraphPattern) -> bool {
    let GraphPattern::Filter { expr: Expression::Equal(a, b), inner } = pattern else { return false };
    let is_value = |expression: &Expression| matches!(expression, Expression::Literal(_) | Expression::NamedNode(_));
    let is_read = matches!(**inner, GraphPattern::Bgp { .. } | GraphPattern::Path { .. });
    is_read && (is_value(a) || is_value(b))
}

/// Whether it is a sub-SELECT.
fn is_selected(pattern: &GraphPattern) -> bool {
    match pattern {
        GraphPattern::Project { .. } => true,
        GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner }
        | GraphPattern::Slice { inner, .. }
        | GraphPattern::Filter { inner, .. } => is_selected(inner),
        _ => false,
    }
}

/// Whether two patterns have variables in common, each of which the left one always gives a value, and the right one too.
fn goes_sideways(left: &GraphPattern, right: &GraphPattern) -> bool {
    let mut there = Vec::new();
    left.on_in_scope_variable(|variable| there.push(variable));
    let mut common = Vec::new();
    right.on_in_scope_variable(|variable| {
        if there.contains(&variable) {
            common.push(variable);
        }
    });
    !common.is_empty() && common.into_iter().all(|variable| binds(left, variable) && binds(right, variable))
}

/// Whether every row of a pattern has a value for the variable that stands in what the pattern reads, so that it is the
/// same to give the variable that value beforehand and to leave out the rows in which it has another.
fn binds(pattern: &GraphPattern, variable: &Variable) -> bool {
    let is_it = |term: &TermPattern| matches!(term, TermPattern::Variable(v) if v == variable);
    match pattern {
        GraphPattern::Bgp { patterns } => patterns.iter().any(|triple| {
            let is_predicate = matches!(&triple.predicate, NamedNodePattern::Variable(v) if v == variable);
            is_predicate || is_it(&triple.subject) || is_it(&triple.object)
        }),
        GraphPattern::Path { subject, object, .. } => is_it(subject) || is_it(object),
        GraphPattern::Values { variables, bindings } => {
            let at = variables.iter().position(|v| v == variable);
            bindings.is_empty()
                || at.is_some_and(|at| bindings.iter().all(|row| row.get(at).is_some_and(Option::is_some)))
        }
        GraphPattern::Lateral { left, right } => {
            binds(left, variable) || !mentions(left, variable) && binds(right, variable)
        }
        GraphPattern::Join { left, right } => {
            let fits = |side: &GraphPattern| !mentions(side, variable) || binds(side, variable);
            (binds(left, variable) || binds(right, variable)) && fits(left) && fits(right)
        }
        GraphPattern::LeftJoin { left, .. } | GraphPattern::Minus { left, .. } => binds(left, variable),
        GraphPattern::Union { left, right } => binds(left, variable) && binds(right, variable),
        GraphPattern::Extend { inner, variable: bound, .. } => bound != variable && binds(inner, variable),
        GraphPattern::Project { inner, variables } | GraphPattern::Group { inner, variables, .. } => {
            variables.contains(variable) && binds(inner, variable)
        }
        GraphPattern::Filter { inner, .. }
        | GraphPattern::Graph { inner, .. }
        | GraphPattern::OrderBy { inner, .. }
        | GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner } => binds(inner, variable),
        // A slice of fewer rows is another slice.
        _ => false,
    }
}

fn mentions(pattern: &GraphPattern, variable: &Variable) -> bool {
    let mut found = false;
    pattern.on_in_scope_variable(|v| found |= v == variable);
    found
}

#[cfg(test)]
mod tests {
    use oxigraph::model::{GraphName, Literal, NamedNode, Quad};
    use oxigraph::sparql::QueryResults;
    use spargebra::Query;

    use super::*;
    use crate::store::algebra::whole;
    use crate::store::{Store, bind, parse};

    /// Three people, two of whom know somebody, in a graph with gaps: some have no age, some no name, some two.
    fn store() -> Store {
        let node = |name: &str| NamedNode::new_unchecked(format!("http://e/{name}"));
        let link = |s: &str, p: &str, o: &str| Quad::new(node(s), node(p), node(o), GraphName::DefaultGraph);
        let text = |s: &str, p: &str, o: Literal| Quad::new(node(s), node(p), o, GraphName::DefaultGraph);
        let zh = |words: &str| Literal::new_language_tagged_literal_unchecked(words, "zh");
        let store = Store::in_memory().unwrap();
        let quads = [
            link("a", "knows", "b"),
            link("a", "knows", "c"),
            link("b", "knows", "a"),
            link("c", "likes", "c"),
            text("a", "name", Literal::from("甲")),
            text("a", "name", Literal::from("大甲")),
            text("b", "name", Literal::from("乙")),
            text("b", "also", zh("甲")),
            text("c", "also", zh("丙")),
            text("a", "age", Literal::from(40)),
            text("c", "age", Literal::from(30)),
        ];
        store.load(quads).unwrap();
        store
    }

    fn rows(store: &Store, query: Query) -> Vec<String> {
        let QueryResults::Solutions(solutions) = store.query(query).unwrap() else { panic!("no SELECT") };
        let mut rows: Vec<String> = solutions
            .map(|row| {
                let row = row.unwrap();
                let cells: Vec<String> = row.variables().iter().map(|v| format!("{:?}", row.get(v))).collect();
                cells.join(" ")
            })
            .collect();
        rows.sort();
        rows
    }

    const ASKED: [&str; 22] = [
        "?x :name ?n OPTIONAL { SELECT ?x (COUNT(?y) AS ?k) { ?x :knows ?y } GROUP BY ?x }",
        "?x :age ?n OPTIONAL { SELECT ?x (GROUP_CONCAT(?m) AS ?k) { SELECT DISTINCT ?x ?m { ?x :name ?m } ORDER BY ?m } GROUP BY ?x }",
        "?x :age ?n OPTIONAL { ?x :knows ?y OPTIONAL { ?y :name ?m } }",
        "?x :age ?n OPTIONAL { ?x :name ?m FILTER(?n > 35) }",
        "?x :knows ?y OPTIONAL { ?y :age ?n } OPTIONAL { ?x :age ?n }",
        "?x :knows ?y OPTIONAL { ?y :age ?n } OPTIONAL { SELECT ?n (COUNT(*) AS ?k) { ?z :age ?n } GROUP BY ?n }",
        "{ SELECT ?x (MAX(?m) AS ?n) { ?x :name ?m } GROUP BY ?x } ?x :knows ?y",
        "{ SELECT ?x ?n { ?x :name ?n } ORDER BY ?n LIMIT 1 } ?x :knows ?y",
        "?x :knows ?y OPTIONAL { SELECT ?y ?n { ?y :name ?n } ORDER BY ?n LIMIT 1 }",
        "{ SELECT ?x ?n { { ?x :name ?n } UNION { ?x :also ?k BIND(STR(?k) AS ?n) } UNION { ?x :age ?a BIND('*' AS ?n) } } } ?x :age ?y",
        "{ SELECT DISTINCT ?x ?n { { ?x :name ?n } UNION { ?x :knows/:also ?k BIND(STR(?k) AS ?n) } } } OPTIONAL { ?x :age ?y }",
        "{ SELECT ?x ?n { { ?x :name ?n } UNION { ?x :likes ?x } } } ?x :age ?y",
        "{ SELECT ?x ?n { { ?x :age ?a } UNION { ?y :name ?n } } } ?x :knows ?z",
        "?x :age ?a MINUS { ?x :knows ?y } OPTIONAL { ?x :also ?n }",
        "?x :age ?a OPTIONAL { ?x :name ?n } FILTER(!BOUND(?n) || ?n != '甲')",
        "?x :age ?a BIND(?a + 1 AS ?n) OPTIONAL { ?y :age ?n }",
        "{ SELECT ?x (COUNT(?m) AS ?n) { ?x :age ?a OPTIONAL { ?x :name ?m } } GROUP BY ?x } ?x :age ?a",
        "?x :knows+ ?y OPTIONAL { SELECT ?y (SAMPLE(?m) AS ?n) { ?y :name|:also ?m FILTER(STR(?m) = '乙') } GROUP BY ?y }",
        "{ SELECT ?n (COUNT(?x) AS ?k) { ?x :name ?n } GROUP BY ?n } ?y :name ?n",
        "VALUES ?x { :a :c } { SELECT ?x ?y { ?x :knows ?y } } OPTIONAL { ?y :name ?n }",
        "VALUES (?x ?n) { (:a UNDEF) (UNDEF '乙') } { SELECT ?x ?n { ?x :name ?n } } ?x :knows ?y",
        "?x :age ?a FILTER NOT EXISTS { ?x :knows ?y OPTIONAL { SELECT ?y (COUNT(*) AS ?k) { ?y :age ?b } GROUP BY ?y } }",
    ];

    fn asked(pattern: &str) -> Query {
        parse(&format!("PREFIX : <http://e/> SELECT * {{ {pattern} }}"), None).unwrap()
    }

    #[test]
    fn evaluating_row_by_row_changes_no_answer() {
        let store = store();
        for pattern in ASKED {
            let plain = rows(&store, asked(pattern));
            let mut looped = asked(pattern);
            loops(whole(&mut looped));
            assert_eq!(rows(&store, looped), plain, "{pattern}");
        }
    }

    #[test]
    fn a_value_handed_down_finds_what_it_finds_where_it_stands() {
        let (store, n) = (store(), Variable::new_unchecked("n"));
        // A variable that BIND gives a value outside of sub-SELECTs can be given none.
        for pattern in ASKED.into_iter().filter(|p| p.contains("?n") && !p.contains("BIND(?a + 1")) {
            let node = GroundTerm::from(NamedNode::new_unchecked("http://e/b"));
            let literals =
                [Literal::from("甲"), Literal::from("乙"), Literal::from("*"), Literal::from(40), Literal::from(2)];
            for value in literals.map(GroundTerm::from).into_iter().chain([node]) {
                let values = format!("VALUES ?n {{ {value} }} {pattern}");
                let plain = rows(&store, asked(&values));
                let mut given = asked(pattern);
                assert!(bind(&mut given, &n, value), "{pattern}");
                assert_eq!(rows(&store, given.clone()), plain, "{values}");
                loops(whole(&mut given));
                assert_eq!(rows(&store, given), plain, "{values} row by row");
            }
        }
    }

    #[test]
    fn what_could_find_more_or_less_stays_as_it_stands() {
        let looped = |pattern: &str| {
            let mut query = asked(pattern);
            loops(whole(&mut query));
            query.to_string().matches("LATERAL").count()
        };
        assert_eq!([ASKED[0], ASKED[1], ASKED[6]].map(looped), [1; 3]);
        assert_eq!([ASKED[4], ASKED[5]].map(looped), [1; 2], "what has no value is compatible with all");
        assert_eq!(looped(ASKED[8]), 0, "the first of all is not the first of each");
    }
}
