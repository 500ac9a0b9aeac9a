//! What is known of one part of a query, made known to the others before they are evaluated.
//!
//! Oxigraph evaluates a sub-SELECT by itself, for all that the graph has, and only then looks which of its rows go with
//! those of the rest. Two things are rewritten that change no answer:
//!
//! - a value that a user gives a variable ([`give`]) is handed down to the patterns that have the variable, through
//!   sub-SELECTs that select it;
//! - what is optional, and what a sub-SELECT is joined with, is evaluated for each row before it ([`loops`]), as LATERAL of
//!   [SEP-0006](https://github.com/w3c/sparql-dev/blob/main/SEP/SEP-0006/sep-0006.md) is: the words of one fact are not
//!   looked up by putting together those of all.
//!
//! Both are cases of passing information sideways (Beeri and Ramakrishnan, “On the power of magic”, 1991).

use oxigraph::model::Variable;
use spargebra::algebra::{Expression, Function, GraphPattern};
use spargebra::term::{GroundTerm, NamedNodePattern, TermPattern};

/// Hands a value for `variable` down to the patterns that have it. That the variable has no other value remains to be
/// demanded of the whole.
pub(super) fn give(pattern: &mut GraphPattern, variable: &Variable, value: &GroundTerm) {
    match pattern {
        GraphPattern::Bgp { .. } | GraphPattern::Path { .. } if binds(pattern, variable) => {
            let values = GraphPattern::Values { variables: vec![variable.clone()], bindings: vec![vec![Some(value.clone())]] };
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
        GraphPattern::Project { inner, variables } => {
            if variables.contains(variable) {
                give(inner, variable, value);
            }
        }
        GraphPattern::Group { inner, variables, .. } => {
            if variables.contains(variable) && binds(inner, variable) {
                give(inner, variable, value);
            }
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
        | GraphPattern::Minus { left: inner, .. } => {
            if binds(inner, variable) {
                give(inner, variable, value);
            }
        }
        _ => {}
    }
}

/// A pattern of which only what fulfils a condition on `variable` is wanted: what has the variable comes first, and the
/// rest is looked up for what is left of it.
fn filtered_first(pattern: GraphPattern, variable: &Variable, condition: Expression) -> GraphPattern {
    let mut parts = Vec::new();
    flatten(pattern, &mut parts);
    let split = |part| match part {
        GraphPattern::Bgp { patterns } => {
            patterns.into_iter().map(|triple| GraphPattern::Bgp { patterns: vec![triple] }).collect()
        }
        part => vec![part],
    };
    let parts: Vec<GraphPattern> = parts.into_iter().flat_map(split).collect();
    let are_read = parts.iter().all(|part| matches!(part, GraphPattern::Bgp { .. } | GraphPattern::Path { .. }));
    let (first, rest): (Vec<_>, Vec<_>) = parts.into_iter().partition(|part| !are_read || binds(part, variable));
    let first = GraphPattern::Filter { expr: condition, inner: Box::new(joined(first).unwrap_or_default()) };
    match joined(rest) {
        Some(rest) => lateral(Box::new(first), Box::new(rest)),
        None => first,
    }
}

/// Has what is optional, and what sub-SELECTs are joined with, evaluated for each row before it, where that gives the same.
pub(super) fn loops(pattern: &mut GraphPattern) {
    match pattern {
        GraphPattern::LeftJoin { left, right, expression } => {
            loops(left);
            loops(right);
            if goes_sideways(left, right) {
                let unit = Box::new(GraphPattern::default());
                let (right, expression) = (std::mem::take(right), expression.take());
                let optional = GraphPattern::LeftJoin { left: unit, right, expression };
                *pattern = lateral(std::mem::take(left), Box::new(optional));
            }
        }
        GraphPattern::Join { .. } => {
            let mut parts = Vec::new();
            flatten(std::mem::take(pattern), &mut parts);
            parts.iter_mut().for_each(loops);
            let (heads, tails): (Vec<_>, Vec<_>) =
                parts.into_iter().partition(|part| is_selected(part) || is_value(part));
            let (selects, heads, tails) = (heads.iter().any(is_selected), joined(heads), joined(tails));
            *pattern = match (heads, tails) {
                (Some(heads), Some(tails)) if selects && goes_sideways(&heads, &tails) => {
                    lateral(Box::new(heads), Box::new(tails))
                }
                (heads, tails) => joined(heads.into_iter().chain(tails)).unwrap_or_default(),
            };
        }
        GraphPattern::Union { left, right } | GraphPattern::Minus { left, right } => {
            loops(left);
            loops(right);
        }
        GraphPattern::Filter { inner, .. }
        | GraphPattern::Graph { inner, .. }
        | GraphPattern::Extend { inner, .. }
        | GraphPattern::OrderBy { inner, .. }
        | GraphPattern::Project { inner, .. }
        | GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner }
        | GraphPattern::Slice { inner, .. }
        | GraphPattern::Group { inner, .. } => loops(inner),
        _ => {}
    }
}

fn lateral(left: Box<GraphPattern>, right: Box<GraphPattern>) -> GraphPattern {
    GraphPattern::Lateral { left, right }
}

/// The patterns that are joined.
fn flatten(pattern: GraphPattern, into: &mut Vec<GraphPattern>) {
    if let GraphPattern::Join { left, right } = pattern {
        flatten(*left, into);
        flatten(*right, into);
    } else {
        into.push(pattern);
    }
}

fn joined(parts: impl IntoIterator<Item = GraphPattern>) -> Option<GraphPattern> {
    let join = |left, right| GraphPattern::Join { left: Box::new(left), right: Box::new(right) };
    parts.into_iter().reduce(join)
}

/// Whether it is one value for each of some variables.
fn is_value(pattern: &GraphPattern) -> bool {
    matches!(pattern, GraphPattern::Values { bindings, .. } if bindings.len() == 1)
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
            bindings.is_empty() || at.is_some_and(|at| bindings.iter().all(|row| row.get(at).is_some_and(Option::is_some)))
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
