//! Meetings of bodies: 国务院 + 新闻发布会, 东海大学 + 年会. The longest name is the name.

use super::{Candidate, Kind, View};
use crate::annotation::EntityType;
use crate::lexicon::has_suffix;

const KIND: Kind = Kind::Entity(EntityType::Activity);
const BODY: Kind = Kind::Entity(EntityType::Organization);

/// Proposes for every name of a body with a meeting directly behind it the two as one event, worth what both are.
pub(crate) fn propose(view: &View<'_>, out: &mut Vec<Candidate>) {
    let value = |c: &Candidate| {
        #[allow(clippy::cast_precision_loss)]
        let chars = view.words(&c.tokens).chars().count() as f64;
        (c.worth * chars, chars)
    };
    let mut joined: Vec<Candidate> = Vec::new();
    for body in out.iter().filter(|c| c.kind == BODY && c.named) {
        for event in out.iter().filter(|c| c.kind == KIND && c.tokens.start == body.tokens.end) {
            if !is_meeting(view, event) {
                continue;
            }
            let tokens = body.tokens.start..event.tokens.end;
            let ((a, long), (b, short)) = (value(body), value(event));
            let worth = (a + b) / (long + short);
            match joined.iter_mut().find(|c| c.tokens == tokens) {
                Some(there) => there.worth = there.worth.max(worth),
                None => joined.push(Candidate { tokens, kind: KIND, named: true, source: "event of a body", worth }),
            }
        }
    }
    out.extend(joined);
}

/// Whether an event is a meeting that a body's name can stand before: not a quotation nor 该会议, which say which one it is.
fn is_meeting(view: &View<'_>, event: &Candidate) -> bool {
    let first = view.word(event.tokens.start);
    let meeting = view.lexicon.class("meeting").any(|m| view.words(&event.tokens).ends_with(m));
    let opened = first == "“" || view.lexicon.is("event_definite", first) || view.in_value(event.tokens.start);
    meeting && !opened && !has_suffix(first, &view.lexicon.titles)
}
