//! Queries that join what nothing joins, kept such that they can be ended.
//!
//! The evaluator looks whether it is to end wherever it reads a quad. Patterns without a variable in common are read once
//! each and then every row of one is put beside every row of the other: a million rows and a million others, and a query
//! that lacks a join never ends. So wherever patterns are joined without a common variable, a condition is put that holds
//! until the evaluation is to end, and then ends it.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use oxigraph::model::{Literal, NamedNode, Term, Variable};
use oxigraph::sparql::SparqlEvaluator;
use rustc_hash::FxHashSet;
use spargebra::Query;
use spargebra::algebra::{Expression, Function, GraphPattern};

use super::algebra::{join, joined_ones, made_of, whole};
use super::{Stop, StoreError};

/// The condition's function. No query can name it: it has no place in the `tupu:` namespace.
const GOES_ON: &str = "urn:tupu:goes-on";

/// What the evaluation is left by.
struct Ended;

/// Does what reads the answer to a query, which may end at any place of it.
///
/// # Errors
/// Those of `work`; [`StoreError::Stopped`] where the evaluation was ended within a join.
pub fn stoppable<T, E: From<StoreError>>(work: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
    // What is unwound is dropped whole; the store is only read.
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|cause| match cause.downcast::<Ended>() {
        Ok(_) => Err(StoreError::Stopped.into()),
        Err(other) => resume_unwind(other),
    })
}

/// An evaluator that ends with `stop`, whatever it does; where it reads no quads it unwinds, for [`stoppable`] to catch.
pub(super) fn evaluator(stop: &Stop) -> SparqlEvaluator {
    let within = stop.clone();
    let goes_on = move |_: &[Term]| {
        if within.is_stopped() {
            // Not a panic: no hook is called and nothing is printed.
            resume_unwind(Box::new(Ended));
        }
        Some(Literal::from(true).into())
    };
    SparqlEvaluator::new()
        .with_cancellation_token(stop.token())
        .with_custom_function(NamedNode::new_unchecked(GOES_ON), goes_on)
}

/// Puts the condition where it is needed.
pub(super) fn guard(query: &mut Query) {
    guard_pattern(whole(query));
}

fn guard_pattern(pattern: &mut GraphPattern) {
    if matches!(pattern, GraphPattern::Bgp { .. } | GraphPattern::Join { .. }) {
        let mut ones = joined_ones(std::mem::take(pattern));
        // A triple has nothing in it to be guarded.
        ones.iter_mut().filter(|one| !matches!(one, GraphPattern::Bgp { .. })).for_each(guard_pattern);
        *pattern = joined(ones);
        return;
    }
    made_of(pattern).into_iter().for_each(guard_pattern);
    if let GraphPattern::LeftJoin { left, right, .. } = pattern
        && let Some(condition) = condition(left, right)
    {
        let inner = Box::new(std::mem::take(pattern));
        *pattern = GraphPattern::Filter { expr: condition, inner };
    }
}

/// Joins what has variables in common, in the order in which it stands, and then the groups that have none.
fn joined(parts: Vec<GraphPattern>) -> GraphPattern {
    let mut groups: Vec<(FxHashSet<String>, Vec<usize>)> = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        let mut names = names(part);
        let mut members = vec![at];
        groups.retain(|(others, places)| {
            let apart = names.is_disjoint(others);
            if !apart {
                names.extend(others.iter().cloned());
                members.extend(places);
            }
            apart
        });
        members.sort_unstable();
        groups.push((names, members));
    }
    groups.sort_unstable_by_key(|(_, members)| members.first().copied());
    let group_of = |at: usize| groups.iter().position(|(_, members)| members.contains(&at)).unwrap_or_default();
    let mut grouped = vec![Vec::new(); groups.len()];
    for (at, part) in parts.into_iter().enumerate() {
        grouped[group_of(at)].push(part);
    }
    let all = grouped.into_iter().filter_map(join).reduce(|left, right| {
        let condition = condition(&left, &right);
        let inner = GraphPattern::Join { left: Box::new(left), right: Box::new(right) };
        match condition {
            Some(expr) => GraphPattern::Filter { expr, inner: Box::new(inner) },
            None => inner,
        }
    });
    all.unwrap_or_default()
}

/// The condition for the join of patterns without a variable in common. It has a variable of each, lest the optimiser put
/// it into one of them; whether they have values does not matter.
fn condition(left: &GraphPattern, right: &GraphPattern) -> Option<Expression> {
    let is_row =
        |pattern: &GraphPattern| matches!(pattern, GraphPattern::Values { bindings, .. } if bindings.len() < 2);
    if is_row(left) || is_row(right) || !names(left).is_disjoint(&names(right)) {
        return None;
    }
    let either = |variable: Variable| {
        Expression::Coalesce(vec![Expression::Variable(variable), Expression::Literal(Literal::from(true))])
    };
    let arguments = vec![either(variable(left)?), either(variable(right)?)];
    Some(Expression::FunctionCall(Function::Custom(NamedNode::new_unchecked(GOES_ON)), arguments))
}

/// The first variable that a pattern can give a value.
fn variable(pattern: &GraphPattern) -> Option<Variable> {
    let mut first = None;
    pattern.on_in_scope_variable(|variable| {
        first.get_or_insert_with(|| variable.clone());
    });
    first
}

/// The names of variables and blank nodes, which join triples as variables do.
fn names(pattern: &GraphPattern) -> FxHashSet<String> {
    let mut names = FxHashSet::default();
    pattern.on_in_scope_variable(|variable| {
        names.insert(variable.to_string());
    });
    if let GraphPattern::Bgp { .. } | GraphPattern::Path { .. } | GraphPattern::Join { .. } = pattern {
        let text = pattern.to_string();
        names.extend(text.split_whitespace().filter(|word| word.starts_with("_:")).map(str::to_owned));
    }
    names
}

#[cfg(test)]
mod tests {
    use oxigraph::model::{GraphName, Quad};
    use oxigraph::sparql::QueryResults;

    use super::*;
    use crate::store::{Store, parse};

    fn rows(results: QueryResults<'_>) -> Vec<String> {
        let QueryResults::Solutions(solutions) = results else { return Vec::new() };
        let mut rows: Vec<String> = solutions.map(|solution| format!("{:?}", solution.unwrap())).collect();
        rows.sort();
        rows
    }

    #[test]
    fn the_condition_changes_no_answer() {
        let node = |name: &str| NamedNode::new_unchecked(format!("http://example.org/{name}"));
        let quad = |s, p, o| Quad::new(node(s), node(p), node(o), GraphName::DefaultGraph);
        let store = Store::in_memory().unwrap();
        store.load([quad("a", "p", "b"), quad("b", "p", "c"), quad("c", "q", "a")]).unwrap();
        for text in [
            "SELECT * { ?a ?b ?c . ?d ?e ?f }",
            "SELECT * { ?a <p> ?c . ?d <q> ?f . ?c <p> ?g . _:x <q> ?h }",
            "SELECT * { ?a <p> ?c OPTIONAL { ?d <none> ?f } OPTIONAL { ?g <q> ?h } }",
            "SELECT * { VALUES ?a { 1 2 } VALUES (?b ?c) { (1 UNDEF) (UNDEF 2) } ?d <p> ?c }",
            "SELECT * { { ?a <p> ?b } UNION { ?c <q> ?d } . ?e <p> ?f FILTER(?e != ?f) }",
            "SELECT (COUNT(*) AS ?n) { { SELECT DISTINCT ?a { ?a ?b ?c } } ?d <p>+ ?e }",
        ] {
            let query = parse(text, Some("http://example.org/")).unwrap();
            let mut guarded = query.clone();
            guard(&mut guarded);
            assert_ne!(guarded, query, "{text}");
            let within = store.query_until(query.clone(), &Stop::default()).unwrap();
            assert_eq!(rows(within), rows(store.query(query).unwrap()), "{text}");
        }
    }
}
