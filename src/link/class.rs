//! Goods and diseases: classes, of which some are kinds of others (医疗防护口罩 is a kind of 口罩).

use crate::annotation::EntityType;
use crate::lexicon::Lexicon;

/// The names of the wider classes that a class falls under, from the next wider one up: what is left of its name without
/// modifiers, where that is a class by itself, in the lists or by what is `known`.
pub(super) fn wider<'a>(
    kind: EntityType,
    name: &'a str,
    known: impl Fn(&str) -> bool,
    lexicon: &Lexicon,
) -> Vec<&'a str> {
    let listed = match kind {
        EntityType::Product => &lexicon.products,
        EntityType::Disease => &lexicon.diseases,
        _ => return Vec::new(),
    };
    let heads = name.char_indices().skip(1).map(|(at, _)| &name[at..]).filter(|head| head.chars().count() >= 2);
    heads.filter(|head| listed.contains(*head) || known(head)).collect()
}
