//! What the weights see of a proposal and of a candidate.

use super::proposal::{Candidate, Grammar, Proposal, Read, Stands};
use crate::annotation::Modality;
use crate::schema::Slot;

/// Takes features, each named by its parts, with their values.
pub(crate) trait Collect {
    fn add(&mut self, parts: &[&str], value: f64);
}

/// How a candidate stands to its trigger.
pub(crate) fn candidate(text: &str, proposal: &Proposal, candidate: &Candidate, out: &mut impl Collect) {
    let kind = proposal.frame.as_str();
    let role = candidate.filler.role.as_str();
    let read = match candidate.read {
        Read::So => "so",
        Read::Otherwise => "otherwise",
        Read::Rival => "rival",
        Read::Open => "open",
        Read::Nothing => "nothing",
    };
    let Stands { slot, expected, before, clauses, topic, verbs, nearer, governor, of, counted, listed, left, right } =
        &candidate.stands;
    let slot = slot.map_or("-", Slot::name);
    let word = proposal.trigger.unwrap_or_default().of(text);
    let mut one = |parts: &[&str]| out.add(parts, 1.0);
    one(&["role", role]);
    one(&["role", kind, role]);
    one(&["read", read]);
    one(&["read", read, role]);
    one(&["read", read, kind, role]);
    if candidate.read == Read::So {
        one(&["pattern", kind, number(proposal.pattern), role]);
    }
    one(&["slot", slot, role]);
    one(&["slot", slot, kind, role]);
    one(&["slot", slot, role, read]);
    one(&["word", word, slot, role]);
    let expected = if *expected { "expected" } else { "unexpected" };
    one(&[expected, role]);
    one(&[expected, slot, read]);
    one(&["type", candidate.kind, role]);
    one(&["type", candidate.kind, slot, role]);
    one(&["rank", number(candidate.rank), expected]);
    let side = match (topic, before) {
        (true, _) => "topic",
        (_, true) => "before",
        (_, false) => "behind",
    };
    let far = number(*clauses);
    one(&["side", side, far, role]);
    one(&["side", side, far, read]);
    one(&["side", side, far, kind, role]);
    one(&["verbs", side, number(*verbs), role]);
    one(&["verbs", side, number(*verbs), read]);
    one(&["nearer", side, number(*nearer), role]);
    one(&["nearer", side, number(*nearer), far, read]);
    if let Some(governor) = governor {
        let governor = governor.name();
        one(&["governor", governor, side, role]);
        one(&["governor", governor, side, kind, role]);
    }
    if of.0 {
        one(&["of", "before", side, role]);
    }
    if of.1 {
        one(&["of", "behind", side, role]);
    }
    one(&["counted", if *counted { "yes" } else { "no" }, role]);
    if *listed {
        one(&["listed", role]);
    }
    one(&["named", if candidate.named { "yes" } else { "no" }, role]);
    one(&["left", left.of(text), side, role]);
    one(&["right", right.of(text), side, role]);
}

/// How a trigger stands, and how well its best candidates fill the roles: `best` holds the likeliest of every role.
pub(crate) fn fact(text: &str, proposal: &Proposal, best: &[(&str, f64)], out: &mut impl Collect) {
    let kind = proposal.frame.as_str();
    let word = proposal.trigger.unwrap_or_default().of(text);
    let grammar = match proposal.grammar {
        Grammar::Read => "read",
        Grammar::Lost => "lost",
        Grammar::Unmet => "unmet",
    };
    let context = &proposal.context;
    let (before, behind) = (context.before.of(text), context.behind.of(text));
    let mut one = |parts: &[&str]| out.add(parts, 1.0);
    one(&["grammar", grammar]);
    one(&["grammar", grammar, kind]);
    one(&["word", kind, word]);
    one(&["word", kind, word, grammar]);
    one(&["pattern", grammar, kind, number(proposal.pattern)]);
    out.add(&["sure"], proposal.sure);
    let mut one = |parts: &[&str]| out.add(parts, 1.0);
    if proposal.grammar == Grammar::Read && word.is_empty() {
        one(&["no trigger"]);
    }
    if !context.reason.is_empty() {
        one(&["reason", &context.reason]);
    }
    if let Some(pos) = context.pos {
        let pos = pos.to_string();
        one(&["pos", &pos, grammar]);
    }
    for (name, holds) in [
        ("relative", context.relative),
        ("negative", context.negative),
        ("closes", context.closes),
        ("opens", context.opens),
        ("subject", context.subject),
        ("object", context.object),
    ] {
        if holds {
            one(&[name, grammar]);
            one(&[name, kind]);
        }
    }
    if context.modality != Modality::Actual {
        one(&["not actual", grammar]);
    }
    one(&["verbs before", number(context.verbs.0), grammar]);
    one(&["verbs behind", number(context.verbs.1), grammar]);
    one(&["before", before]);
    one(&["behind", behind]);
    one(&["before", before, kind]);
    one(&["behind", behind, kind]);
    let mut sum = 0.0;
    for (role, probability) in best {
        out.add(&["best", role], *probability);
        out.add(&["best", kind, role], *probability);
        sum += probability;
    }
    out.add(&["fillers"], sum);
    out.add(&["fillers", grammar], sum);
    let of = |role: &String| best.iter().find(|(r, _)| r == role).map_or(0.0, |(_, p)| *p);
    let met = |groups: &Vec<Vec<String>>| {
        groups.iter().map(|roles| roles.iter().map(of).fold(0.0, f64::max)).fold(1.0, f64::min)
    };
    let met = proposal.needs.iter().map(met).fold(0.0, f64::max);
    out.add(&["met"], met);
    out.add(&["met", grammar], met);
    out.add(&["met", grammar, kind], met);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a probability
    out.add(&["met", grammar, number((met * 10.0) as usize)], 1.0);
    let sure = best.iter().filter(|(_, p)| *p >= 0.5).count();
    out.add(&["sure", number(sure.min(4)), grammar], 1.0);
}

/// A small number as a part of a name.
fn number(n: usize) -> &'static str {
    const NUMBERS: [&str; 16] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15"];
    NUMBERS[n.min(NUMBERS.len() - 1)]
}
