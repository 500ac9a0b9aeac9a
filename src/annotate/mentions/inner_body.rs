//! Bodies inside bodies: 科技部 + 生物中心, 进出口银行 + 重庆分行. The longest name is the name.

use super::{Candidate, Kind, View};
use crate::annotation::EntityType;

const KIND: Kind = Kind::Entity(EntityType::Organization);

/// Proposes for every name of an organisation with a body of its own behind it the two as one name, worth more than both.
pub(crate) fn propose(view: &View<'_>, out: &mut Vec<Candidate>) {
    let value = |c: &Candidate| {
        #[allow(clippy::cast_precision_loss)]
        let chars = view.words(&c.tokens).chars().count() as f64;
        (c.worth * chars, chars)
    };
    let bodies: Vec<&Candidate> = out.iter().filter(|c| c.kind == KIND).collect();
    let mut joined: Vec<Candidate> = Vec::new();
    for outer in bodies.iter().filter(|c| c.named) {
        for inner in bodies.iter().filter(|c| c.tokens.start == outer.tokens.end) {
            if !is_inner(view, inner) {
                continue;
            }
            let tokens = outer.tokens.start..inner.tokens.end;
            let ((a, long), (b, short)) = (value(outer), value(inner));
            let worth = (a + b) / (long + short);
            match joined.iter_mut().find(|c| c.tokens == tokens) {
                Some(there) => there.worth = there.worth.max(worth),
                None => joined.push(Candidate { tokens, kind: KIND, named: true, source: "body inside a body", worth }),
            }
        }
    }
    out.extend(joined);
}

/// Whether a name can be that of a part: 重庆分行, 党委, 生物中心; not 企业, 公司 alone, and no name with a place in it.
fn is_inner(view: &View<'_>, body: &Candidate) -> bool {
    let words = view.words(&body.tokens);
    let ends = |class: &str| view.lexicon.class(class).any(|e| words.ends_with(e));
    if ends("branch") {
        return true;
    }
    let alone = body.tokens.len() == 1;
    let placed = body.tokens.clone().any(|at| view.lexicon.places.contains_key(view.word(at)));
    !alone && !placed && body.source != "definite organization" && !ends("firm")
}
