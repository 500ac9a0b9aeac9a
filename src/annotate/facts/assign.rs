//! From slots to roles: what a pattern reads beside its trigger.

use super::clause::{Item, View};
use super::roles::{Filled, Filler, fill, goes_on, rank};
use super::slots::Slots;
use crate::schema::{self, Fills, Frame, Pattern, Slot};

/// All fillers that a pattern reads from the slots beside its trigger.
pub(super) fn assign(view: &View<'_>, frame: &Frame, pattern: &Pattern, slots: &Slots) -> Vec<Filler> {
    let mut out: Vec<Filler> = Vec::new();
    // 运送物资的列车: what has an object does not have its head for another.
    let object = || {
        let roles = pattern.slots.get(&Slot::Object)?;
        Some(fill(view, frame, roles, Slot::Object, slots.items.get(&Slot::Object)?))
    };
    let objects: Vec<String> = object().into_iter().flatten().map(|f| f.role).collect();
    for (slot, roles) in &pattern.slots {
        if let Some(items) = slots.items.get(slot) {
            let mut found = fill(view, frame, roles, *slot, items);
            // 恒丰运回口罩: nor is a subject that nobody knows goods where goods stand behind.
            let guessed = |f: &Filler| *slot == Slot::Subject && matches!(f.what, Filled::Mention(_, Some(_)));
            found.retain(|f| *slot != Slot::Modified && !guessed(f) || !objects.contains(&f.role));
            // 建成西部最大的基地: what usually fills the role leaves what rarely does out.
            let usual: Vec<String> =
                found.iter().filter(|f| rank(view, frame, f) == Some(0)).map(|f| f.role.clone()).collect();
            let typed = found
                .iter()
                .filter(|f| matches!(f.what, Filled::Mention(_, None)) && rank(view, frame, f) == Some(0))
                .map(|f| f.role.clone());
            let typed: Vec<String> = typed.collect();
            for filler in found {
                // Of words that fill a role as they stand, those that the pattern waits for.
                let words = filler.span.of(view.text);
                if filler.what == Filled::Text && !pattern.awaits(words) {
                    continue;
                }
                if rank(view, frame, &filler) == Some(1) && usual.contains(&filler.role) {
                    continue;
                }
                // 建成全球最大的基地: everywhere is nothing that is built.
                if !goes_on(view, frame, &filler) && view.lexicon.is("place_word", words) {
                    continue;
                }
                // 湿地生态研究: the topic is the whole of it, read below.
                if *slot == Slot::Compound && filler.what == Filled::Text {
                    continue;
                }
                // In a list the nouns are of a kind: 股票交易、期货等服务.
                let listed = typed.contains(&filler.role);
                if pattern.known && matches!(filler.what, Filled::Mention(_, Some(_))) && !listed {
                    continue;
                }
                if !out.iter().any(|f| f.role == filler.role && f.span == filler.span) {
                    out.push(filler);
                }
            }
        }
        if let Some(span) = slots.text.get(slot) {
            let role = roles.iter().find(|r| frame.roles[*r].fills == Fills::Value(schema::ValueKind::Text));
            // 疫苗研发 says all that there is to say by its item.
            let said = *slot == Slot::Compound && out.iter().any(|f| roles.contains(&f.role));
            if let Some(role) = role.filter(|_| !span.is_empty() && !said) {
                out.push(Filler { role: role.clone(), what: Filled::Text, quantity: None, span: *span });
            }
        }
    }
    // 研究院由甲联合乙建立: what 由 marks acts, and not the subject.
    let roles = |slot: Slot| pattern.slots.get(&slot).map(Vec::as_slice).unwrap_or_default();
    let subject = slots.items.get(&Slot::Subject).map(Vec::as_slice).unwrap_or_default();
    for role in roles(Slot::By).iter().filter(|r| roles(Slot::Subject).contains(r)) {
        let by = slots.items.get(&Slot::By).map(Vec::as_slice).unwrap_or_default();
        let of = |f: &Filler, items: &[Item]| f.role == *role && items.iter().any(|i| i.span.contains(f.span));
        if out.iter().any(|f| of(f, by)) {
            out.retain(|f| !of(f, subject));
        }
    }
    out
}
