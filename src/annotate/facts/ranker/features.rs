//! What the weights see of a proposal and of a candidate.

use super::proposal::{Candidate, Grammar, Proposal, Read, Stands};
use crate::annotation::Modality;
use crate::schema::Slot;

/// Takes features, each named by its parts, with their values.
pub(crate) trait Collect {
    fn add(&mut self, parts: &[Part<'_>], value: f64);
}

/// A part of a feature's name, with its hash: many features share it, and it is hashed once.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Part<'a> {
    pub text: &'a str,
    pub hash: u64,
}

impl<'a> Part<'a> {
    /// By FNV-1a, which the compiler can do for what is written here.
    pub const fn new(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        let mut at = 0;
        while at < bytes.len() {
            hash = (hash ^ bytes[at] as u64).wrapping_mul(0x0100_0000_01b3);
            at += 1;
        }
        Self { text, hash }
    }
}

/// A part hashed when this is compiled.
macro_rules! name {
    ($text:literal) => {
        const { Part::new($text) }
    };
}

/// How a candidate stands to its trigger.
pub(crate) fn candidate(text: &str, proposal: &Proposal, candidate: &Candidate, out: &mut impl Collect) {
    let kind = Part::new(&proposal.frame);
    let role = Part::new(&candidate.filler.role);
    let read = match candidate.read {
        Read::So => name!("so"),
        Read::Otherwise => name!("otherwise"),
        Read::Rival => name!("rival"),
        Read::Open => name!("open"),
        Read::Nothing => name!("nothing"),
    };
    let Stands { slot, expected, before, clauses, topic, verbs, nearer, governor, of, counted, listed, left, right } =
        &candidate.stands;
    let slot = Part::new(slot.map_or("-", Slot::name));
    let word = Part::new(proposal.trigger.unwrap_or_default().of(text));
    let mut one = |parts: &[Part<'_>]| out.add(parts, 1.0);
    one(&[name!("role"), role]);
    one(&[name!("role"), kind, role]);
    one(&[name!("read"), read]);
    one(&[name!("read"), read, role]);
    one(&[name!("read"), read, kind, role]);
    if candidate.read == Read::So {
        one(&[name!("pattern"), kind, number(proposal.pattern), role]);
    }
    one(&[name!("slot"), slot, role]);
    one(&[name!("slot"), slot, kind, role]);
    one(&[name!("slot"), slot, role, read]);
    one(&[name!("word"), word, slot, role]);
    let expected = if *expected { name!("expected") } else { name!("unexpected") };
    one(&[expected, role]);
    one(&[expected, slot, read]);
    one(&[name!("type"), Part::new(candidate.kind), role]);
    one(&[name!("type"), Part::new(candidate.kind), slot, role]);
    one(&[name!("rank"), number(candidate.rank), expected]);
    let side = match (topic, before) {
        (true, _) => name!("topic"),
        (_, true) => name!("before"),
        (_, false) => name!("behind"),
    };
    let far = number(*clauses);
    one(&[name!("side"), side, far, role]);
    one(&[name!("side"), side, far, read]);
    one(&[name!("side"), side, far, kind, role]);
    one(&[name!("verbs"), side, number(*verbs), role]);
    one(&[name!("verbs"), side, number(*verbs), read]);
    one(&[name!("nearer"), side, number(*nearer), role]);
    one(&[name!("nearer"), side, number(*nearer), far, read]);
    if let Some(governor) = governor {
        let governor = Part::new(governor.name());
        one(&[name!("governor"), governor, side, role]);
        one(&[name!("governor"), governor, side, kind, role]);
    }
    if of.0 {
        one(&[name!("of"), name!("before"), side, role]);
    }
    if of.1 {
        one(&[name!("of"), name!("behind"), side, role]);
    }
    one(&[name!("counted"), if *counted { name!("yes") } else { name!("no") }, role]);
    if *listed {
        one(&[name!("listed"), role]);
    }
    one(&[name!("named"), if candidate.named { name!("yes") } else { name!("no") }, role]);
    one(&[name!("left"), Part::new(left.of(text)), side, role]);
    one(&[name!("right"), Part::new(right.of(text)), side, role]);
}

/// How a trigger stands, and how well its best candidates fill the roles: `best` holds the likeliest of every role.
pub(crate) fn fact(text: &str, proposal: &Proposal, best: &[(&str, f64)], out: &mut impl Collect) {
    let kind = Part::new(&proposal.frame);
    let word = Part::new(proposal.trigger.unwrap_or_default().of(text));
    let grammar = match proposal.grammar {
        Grammar::Read => name!("read"),
        Grammar::Lost => name!("lost"),
        Grammar::Unmet => name!("unmet"),
    };
    let context = &proposal.context;
    let (before, behind) = (Part::new(context.before.of(text)), Part::new(context.behind.of(text)));
    let mut one = |parts: &[Part<'_>]| out.add(parts, 1.0);
    one(&[name!("grammar"), grammar]);
    one(&[name!("grammar"), grammar, kind]);
    one(&[name!("word"), kind, word]);
    one(&[name!("word"), kind, word, grammar]);
    one(&[name!("pattern"), grammar, kind, number(proposal.pattern)]);
    if proposal.grammar == Grammar::Read && word.text.is_empty() {
        one(&[name!("no trigger")]);
    }
    if !context.reason.is_empty() {
        one(&[name!("reason"), Part::new(&context.reason)]);
    }
    if let Some(pos) = context.pos {
        let pos = pos.to_string();
        one(&[name!("pos"), Part::new(&pos), grammar]);
    }
    for (name, holds) in [
        (name!("relative"), context.relative),
        (name!("negative"), context.negative),
        (name!("closes"), context.closes),
        (name!("opens"), context.opens),
        (name!("subject"), context.subject),
        (name!("object"), context.object),
    ] {
        if holds {
            one(&[name, grammar]);
            one(&[name, kind]);
        }
    }
    if context.modality != Modality::Actual {
        one(&[name!("not actual"), grammar]);
    }
    one(&[name!("verbs before"), number(context.verbs.0), grammar]);
    one(&[name!("verbs behind"), number(context.verbs.1), grammar]);
    one(&[name!("before"), before]);
    one(&[name!("behind"), behind]);
    one(&[name!("before"), before, kind]);
    one(&[name!("behind"), behind, kind]);
    out.add(&[name!("sure")], proposal.sure);
    let mut sum = 0.0;
    for (role, probability) in best {
        out.add(&[name!("best"), Part::new(role)], *probability);
        out.add(&[name!("best"), kind, Part::new(role)], *probability);
        sum += probability;
    }
    out.add(&[name!("fillers")], sum);
    out.add(&[name!("fillers"), grammar], sum);
    let of = |role: &String| best.iter().find(|(r, _)| r == role).map_or(0.0, |(_, p)| *p);
    let met = |groups: &Vec<Vec<String>>| {
        groups.iter().map(|roles| roles.iter().map(of).fold(0.0, f64::max)).fold(1.0, f64::min)
    };
    let met = proposal.needs.iter().map(met).fold(0.0, f64::max);
    out.add(&[name!("met")], met);
    out.add(&[name!("met"), grammar], met);
    out.add(&[name!("met"), grammar, kind], met);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a probability
    out.add(&[name!("met"), grammar, number((met * 10.0) as usize)], 1.0);
    let sure = best.iter().filter(|(_, p)| *p >= 0.5).count();
    out.add(&[name!("sure"), number(sure.min(4)), grammar], 1.0);
}

/// A small number as a part of a name.
fn number(n: usize) -> Part<'static> {
    const NUMBERS: [&str; 16] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15"];
    Part::new(NUMBERS[n.min(NUMBERS.len() - 1)])
}
