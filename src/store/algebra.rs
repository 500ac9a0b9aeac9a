//! How the patterns of queries are walked through.

use spargebra::Query;
use spargebra::algebra::GraphPattern;

/// The pattern of a query.
pub(super) fn whole(query: &mut Query) -> &mut GraphPattern {
    let (Query::Select { pattern, .. }
    | Query::Construct { pattern, .. }
    | Query::Describe { pattern, .. }
    | Query::Ask { pattern, .. }) = query;
    pattern
}

/// The patterns that another one is made of: none where it stands for itself, or asks another server.
pub(super) fn made_of(pattern: &mut GraphPattern) -> Vec<&mut GraphPattern> {
    match pattern {
        GraphPattern::Join { left, right }
        | GraphPattern::Lateral { left, right }
        | GraphPattern::LeftJoin { left, right, .. }
        | GraphPattern::Union { left, right }
        | GraphPattern::Minus { left, right } => vec![left, right],
        GraphPattern::Filter { inner, .. }
        | GraphPattern::Graph { inner, .. }
        | GraphPattern::Extend { inner, .. }
        | GraphPattern::OrderBy { inner, .. }
        | GraphPattern::Project { inner, .. }
        | GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner }
        | GraphPattern::Slice { inner, .. }
        | GraphPattern::Group { inner, .. } => vec![inner],
        GraphPattern::Bgp { .. }
        | GraphPattern::Path { .. }
        | GraphPattern::Values { .. }
        | GraphPattern::Service { .. } => Vec::new(),
    }
}

/// The patterns that are joined; one alone where that is no join. Each triple is a pattern of its own.
pub(super) fn joined_ones(pattern: GraphPattern) -> Vec<GraphPattern> {
    match pattern {
        GraphPattern::Join { left, right } => {
            let mut ones = joined_ones(*left);
            ones.extend(joined_ones(*right));
            ones
        }
        GraphPattern::Bgp { patterns } => {
            patterns.into_iter().map(|triple| GraphPattern::Bgp { patterns: vec![triple] }).collect()
        }
        other => vec![other],
    }
}

/// Joins patterns, none where there are none: triples that stand side by side become one pattern again.
pub(super) fn join(ones: impl IntoIterator<Item = GraphPattern>) -> Option<GraphPattern> {
    let mut again: Vec<GraphPattern> = Vec::new();
    for one in ones {
        match (again.last_mut(), one) {
            (Some(GraphPattern::Bgp { patterns }), GraphPattern::Bgp { patterns: more }) => patterns.extend(more),
            (_, other) => again.push(other),
        }
    }
    again.into_iter().reduce(|left, right| GraphPattern::Join { left: Box::new(left), right: Box::new(right) })
}
