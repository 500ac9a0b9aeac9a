//! Labels of characters: outside any name, or how a character stands in one of a type.

use super::chain::{Transitions, WIDTH};
use crate::annotation::EntityType;

/// The types of names, in the order of their labels.
pub const TYPES: [EntityType; 3] = [EntityType::Person, EntityType::Organization, EntityType::Place];
/// What column files call a type.
#[must_use]
pub fn short(kind: EntityType) -> &'static str {
    match kind {
        EntityType::Person => "PER",
        EntityType::Organization => "ORG",
        _ => "LOC",
    }
}

/// How many labels there are: outside, and for each type first, inner, last and only character of a name.
pub const COUNT: usize = 1 + 4 * TYPES.len();
/// The label of a character outside any name.
pub const OUTSIDE: usize = 0;

/// How a character stands in a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stand {
    /// The first of several.
    First = 0,
    /// Neither first nor last.
    Inner = 1,
    /// The last of several.
    Last = 2,
    /// The only one.
    Only = 3,
}

/// The label of a character that stands so in a name of the type at `kind` of [`TYPES`].
#[must_use]
pub fn label(kind: usize, stand: Stand) -> usize {
    1 + 4 * kind + stand as usize
}

fn parts(label: usize) -> Option<(usize, usize)> {
    let at = label.checked_sub(1)?;
    Some((at / 4, at % 4))
}

fn opens(label: usize) -> bool {
    parts(label).is_none_or(|(_, stand)| stand == Stand::First as usize || stand == Stand::Only as usize)
}

fn closes(label: usize) -> bool {
    parts(label).is_none_or(|(_, stand)| stand == Stand::Last as usize || stand == Stand::Only as usize)
}

/// What may follow what: a name that is begun is finished before anything else.
#[must_use]
pub fn transitions() -> Transitions {
    let mut out = Transitions {
        labels: COUNT,
        scores: [[f32::NEG_INFINITY; WIDTH]; WIDTH],
        starts: [false; WIDTH],
        ends: [false; WIDTH],
    };
    for a in 0..COUNT {
        out.starts[a] = opens(a);
        out.ends[a] = closes(a);
        for b in 0..COUNT {
            let inside = parts(a).zip(parts(b)).is_some_and(|((kind, _), (next, _))| kind == next);
            if if closes(a) { opens(b) } else { inside && !opens(b) } {
                out.scores[a][b] = 0.0;
            }
        }
    }
    out
}

/// The names that labels spell: first character, one past the last, and the type's place in [`TYPES`].
pub fn names(labels: &[u8]) -> impl Iterator<Item = (usize, usize, usize)> {
    let mut start = 0;
    labels.iter().enumerate().filter_map(move |(at, label)| {
        let label = usize::from(*label);
        let (kind, _) = parts(label)?;
        if opens(label) {
            start = at;
        }
        closes(label).then_some((start, at + 1, kind))
    })
}

/// The labels of `length` characters among which `names` stand; `None` where two of those overlap.
#[must_use]
pub fn of_names(length: usize, names: &[(usize, usize, usize)]) -> Option<Vec<u8>> {
    let mut out = vec![0_u8; length];
    for &(start, end, kind) in names {
        for at in start..end {
            let stand = match (at == start, at + 1 == end) {
                (true, true) => Stand::Only,
                (true, false) => Stand::First,
                (false, true) => Stand::Last,
                (false, false) => Stand::Inner,
            };
            let place = out.get_mut(at).filter(|l| **l == 0)?;
            *place = u8::try_from(label(kind, stand)).ok()?;
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_labels_tell_the_same() {
        let there = vec![(0, 1, 2), (1, 3, 0), (4, 8, 1)];
        let labels = of_names(9, &there).unwrap();
        assert_eq!(names(&labels).collect::<Vec<_>>(), there);
        assert_eq!(of_names(9, &[(0, 3, 0), (2, 4, 1)]), None);
    }

    #[test]
    fn a_name_that_is_begun_is_finished() {
        let transitions = transitions();
        let may = |a: usize, b: usize| transitions.scores[a][b] > f32::NEG_INFINITY;
        assert!(may(label(0, Stand::First), label(0, Stand::Last)));
        assert!(!may(label(0, Stand::First), OUTSIDE));
        assert!(!may(label(0, Stand::Inner), label(1, Stand::Last)));
        assert!(may(label(0, Stand::Last), label(1, Stand::First)));
        assert!(!transitions.starts[label(2, Stand::Inner)] && !transitions.ends[label(2, Stand::First)]);
    }
}
