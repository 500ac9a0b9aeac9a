//! The best reading of a sentence: the set of candidates without overlap that is worth most.

use super::{Candidate, View};

/// Splits candidates into those of the best reading, in the order of the text, and the others.
pub(crate) fn best(view: &View<'_>, mut candidates: Vec<Candidate>) -> (Vec<Candidate>, Vec<Candidate>) {
    candidates.retain(|c| !c.tokens.is_empty());
    // Ends first, as the method wants; the rest of the order only settles ties.
    candidates.sort_by(|a, b| {
        (a.tokens.end, a.tokens.start, a.kind, a.source).cmp(&(b.tokens.end, b.tokens.start, b.kind, b.source))
    });
    let value = |c: &Candidate| {
        let chars = view.words(&c.tokens).chars().count();
        // A reading pays once for being one, so that one long name beats two short ones that say no more.
        #[allow(clippy::cast_precision_loss)]
        let length = chars as f64;
        c.worth * length - 0.2
    };
    // table[k]: what the first k candidates are worth at best, and whether the last of them is used.
    let mut table: Vec<(f64, bool)> = Vec::with_capacity(candidates.len() + 1);
    table.push((0.0, false));
    let before = |at: usize, candidates: &[Candidate]| {
        let start = candidates[at].tokens.start;
        candidates[..at].partition_point(|c| c.tokens.end <= start)
    };
    for at in 0..candidates.len() {
        let with = value(&candidates[at]) + table[before(at, &candidates)].0;
        let without = table[at].0;
        table.push(if with > without { (with, true) } else { (without, false) });
    }
    let mut used = vec![false; candidates.len()];
    let mut at = candidates.len();
    while at > 0 {
        if table[at].1 {
            used[at - 1] = true;
            at = before(at - 1, &candidates);
        } else {
            at -= 1;
        }
    }
    let mut chosen = Vec::new();
    let mut lost = Vec::new();
    for (candidate, used) in candidates.into_iter().zip(used) {
        if used { chosen.push(candidate) } else { lost.push(candidate) }
    }
    (chosen, lost)
}
