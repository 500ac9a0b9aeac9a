//! Works in 《》, and events and organisations named in quotation marks (“品牌强国工程”).

use super::{Candidate, Kind, View};
use crate::annotate::token::Pos;
use crate::annotation::EntityType;
use crate::lexicon::has_suffix;

pub(crate) fn propose(view: &View<'_>, out: &mut Vec<Candidate>) {
    let mut open: Option<usize> = None;
    let mut quote: Option<usize> = None;
    for at in 0..view.tokens.len() {
        match view.word(at) {
            "《" if open.is_none() => open = Some(at),
            "》" => {
                if let Some(start) = open.take() {
                    let kind = Kind::Entity(EntityType::Work);
                    out.push(Candidate { tokens: start..at + 1, kind, named: true, source: "title marks", worth: 2.0 });
                }
            }
            _ if view.is("but", at) && closes_events(view, at + 1) => listed(view, at, out),
            "“" => quote = Some(at),
            "”" => {
                if let Some(start) = quote.take() {
                    named_event(view, start, at, out);
                }
            }
            _ => {}
        }
    }
}

/// Whether the head of events stands at `at`, behind a number or a word that says nothing: 等3项活动.
fn closes_events(view: &View<'_>, at: usize) -> bool {
    let skipped = |n: &usize| view.in_value(*n) || view.pos(*n) == Pos::Adjective || view.is("vague", *n);
    let head = (at..view.tokens.len()).find(|n| !skipped(n)).unwrap_or(at);
    head < at + 5 && view.is("event_quoted", head)
}

/// Proposes the quotations of a list that `close` ends as the names of events: “安心书”“安心信”以及“云招聘”等活动.
fn listed(view: &View<'_>, close: usize, out: &mut Vec<Candidate>) {
    let mut end = close;
    // “云招聘”湖北专场.
    let nouns = (end.saturating_sub(3)..end).rev().take_while(|at| view.pos(*at).is_nominal()).count();
    while end > nouns && view.word(end - 1 - if end == close { nouns } else { 0 }) == "”" {
        let Some(open) = (end.saturating_sub(14)..end - 1).rev().find(|at| view.word(*at) == "“") else { return };
        let kind = Kind::Entity(EntityType::Activity);
        out.push(Candidate { tokens: open..end, kind, named: true, source: "quoted event", worth: 1.3 });
        end = open;
        while end > 0 && view.is("and", end - 1) {
            end -= 1;
        }
    }
}

/// “…”活动, “…工程”: a quotation that is the name of an event.
fn named_event(view: &View<'_>, open: usize, close: usize, out: &mut Vec<Candidate>) {
    let length = view.words(&(open..close)).chars().count();
    if !(3..=22).contains(&length) {
        return;
    }
    let activity = Kind::Entity(EntityType::Activity);
    let lexicon = view.lexicon;
    let mut end = close + 1;
    // “…工程”主要任务: what is named already goes on with nouns alone.
    let whole = has_suffix(view.word(close - 1), &lexicon.activities);
    while end < view.tokens.len()
        && end < close + 8
        && (view.pos(end).is_nominal() || !whole && view.pos(end).modifies() || view.is("event_season", end))
        && !view.triggers.contains(view.word(end))
    {
        end += 1;
        if has_suffix(view.word(end - 1), &lexicon.activities) {
            out.push(Candidate { tokens: open..end, kind: activity, named: true, source: "quoted event", worth: 1.3 });
        }
    }
    if close > open + 1 && has_suffix(view.word(close - 1), &lexicon.activities) {
        out.push(Candidate {
            tokens: open + 1..close,
            kind: activity,
            named: true,
            source: "quoted event",
            worth: 1.2,
        });
    }
}
