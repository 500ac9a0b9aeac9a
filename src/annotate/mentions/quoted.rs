//! Works in 《》, and events and organisations named in quotation marks (“品牌强国工程”).

use super::{Candidate, Kind, View};
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
        && (view.pos(end).is_nominal()
            || !whole && view.pos(end).modifies()
            || lexicon.is("event_season", view.word(end)))
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
