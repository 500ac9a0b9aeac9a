//! Which mentions of a document are one entity: full and short names, definite descriptions, pronouns.

mod anaphora;

use rustc_hash::{FxHashMap, FxHashSet};

use anaphora::Anaphor;

use crate::annotate::definition::Definitions;
use crate::annotate::mentions::organization::COUNTED;
use crate::annotate::mentions::{Kind, Mention, country};
use crate::annotate::names_organization;
use crate::annotate::short_names::short_forms;
use crate::annotation::EntityType;
use crate::lexicon::Lexicon;

/// An entity of one document: its type, its fullest name, its mentions as indices, in the order of the text.
#[derive(Debug, Clone, PartialEq)]
pub struct Referent {
    /// Its type.
    pub kind: EntityType,
    /// The fullest name.
    pub name: String,
    /// Indices into the document's mentions.
    pub mentions: Vec<usize>,
}

/// Joins mentions to entities. `defined` holds the short names that the text itself introduces (以下简称“…”), `heads` the
/// organisations and events that open a clause: what a definite description means is rather the subject of an earlier
/// clause than what stood nearest.
pub(crate) fn referents(
    text: &str,
    mentions: &[Mention],
    heads: &FxHashSet<usize>,
    defined: &Definitions,
    lexicon: &Lexicon,
) -> Vec<Referent> {
    let mut out: Vec<Referent> = Vec::new();
    let mut by_key: FxHashMap<(EntityType, String), usize> = FxHashMap::default();
    // Full names first, so that a short form finds its owner wherever it stands.
    let mut told = FxHashSet::default();
    let names = mentions.iter().filter(|m| names_organization(m)).map(|m| m.span.of(text));
    let names: Vec<String> = names.filter(|name| told.insert(*name)).map(str::to_owned).collect();
    let mut owners: FxHashMap<String, Vec<&String>> = FxHashMap::default();
    for name in &names {
        for short in short_forms(name, lexicon) {
            let full = owners.entry(short).or_default();
            if !full.contains(&name) {
                full.push(name);
            }
        }
    }
    let full_name = |words: &str| -> String {
        let mut name = words.to_owned();
        for _ in 0..3 {
            let next = defined.get(&name).map(|(full, _)| full.clone()).or_else(|| {
                match owners.get(&name).map(Vec::as_slice) {
                    // One owner, or the longest of several that are forms of one another.
                    Some([one]) => Some((*one).clone()),
                    Some(several) => {
                        let longest = several.iter().max_by_key(|n| n.len())?;
                        let forms = short_forms(longest, lexicon);
                        several.iter().all(|n| *n == *longest || forms.contains(n)).then(|| (**longest).clone())
                    }
                    None => lexicon.organizations.get(&name).filter(|full| **full != name).cloned(),
                }
            });
            match next {
                Some(full) if full != name => name = full,
                _ => break,
            }
        }
        name
    };
    for (at, mention) in mentions.iter().enumerate() {
        let words = mention.span.of(text);
        let anaphor = Anaphor { words, at, text, mentions, so_far: &out, heads, lexicon };
        let introduced = defined.get(words).filter(|(_, kind)| mention.kind == Kind::Entity(*kind));
        let meant = match mention.kind {
            _ if introduced.is_some() => None,
            Kind::Entity(EntityType::Place) => anaphor.place(),
            // 外资企业 is a kind of firm; 该企业 and 企业 may be the one just named.
            Kind::Entity(EntityType::Organization)
                if !mention.named
                    && mention.source != COUNTED
                    && (mention.source == "definite organization"
                        || anaphor.is_called()
                        || lexicon.organization_suffixes.contains_key(words)) =>
            {
                anaphor.organization()
            }
            Kind::Entity(EntityType::Activity) if !mention.named => anaphor.event(),
            Kind::Entity(EntityType::Person) => anaphor.person(),
            Kind::Entity(EntityType::Work) => anaphor.work(),
            _ => None,
        };
        if let Some(index) = meant {
            out[index].mentions.push(at);
            continue;
        }
        let (kind, key) = match mention.kind {
            Kind::Entity(kind) if kind != EntityType::Organization && introduced.is_some() => {
                (kind, introduced.map_or(words, |(full, _)| full.as_str()).to_owned())
            }
            Kind::Entity(EntityType::Place) if mention.source == country::SOURCE => {
                (EntityType::Place, place_key(country_meant(text, mentions, words, lexicon), lexicon))
            }
            Kind::Entity(EntityType::Place) => {
                (EntityType::Place, anaphor.side().map_or_else(|| place_key(words, lexicon), str::to_owned))
            }
            Kind::Entity(EntityType::Organization) if mention.named => (EntityType::Organization, full_name(words)),
            Kind::Entity(EntityType::Organization) => {
                (EntityType::Organization, words.trim_start_matches('该').to_owned())
            }
            // Goods and diseases are classes, one by name. Groups should be apart where the text means two; not told yet.
            Kind::Entity(kind) => (kind, words.to_owned()),
            Kind::Pronoun => {
                let person = out
                    .iter()
                    .enumerate()
                    .filter(|(_, r)| r.kind == EntityType::Person)
                    .max_by_key(|(_, r)| r.mentions.last().copied());
                if let Some((index, _)) = person {
                    out[index].mentions.push(at);
                }
                continue;
            }
            Kind::Noun | Kind::Title => continue,
        };
        let index = *by_key.entry((kind, key)).or_insert_with(|| {
            out.push(Referent { kind, name: String::new(), mentions: Vec::new() });
            out.len() - 1
        });
        out[index].mentions.push(at);
    }
    for referent in &mut out {
        // The fullest name among named mentions; common names otherwise.
        let best = |named: bool| {
            referent
                .mentions
                .iter()
                .filter(|m| mentions[**m].named == named && mentions[**m].kind != Kind::Pronoun)
                .map(|m| mentions[*m].span.of(text))
                .max_by_key(|words| (words.chars().count(), std::cmp::Reverse(*words)))
        };
        referent.name = best(true).or_else(|| best(false)).unwrap_or_default().to_owned();
    }
    out
}

/// The country that a character means: the one of the text that begins with it, else the side (中方).
fn country_meant<'a>(text: &'a str, mentions: &[Mention], short: &'a str, lexicon: &Lexicon) -> &'a str {
    let place = |m: &&Mention| m.kind == Kind::Entity(EntityType::Place) && m.source != country::SOURCE;
    let begins = |words: &&str| words.starts_with(short);
    let of_kind = |words: &&str| lexicon.places.get(*words).is_some_and(|p| p.kind == "country" || p.kind == "region");
    let places = || mentions.iter().filter(place).map(|m| m.span.of(text)).filter(begins);
    let side = |words: &&str| lexicon.is("place_word", words);
    places().find(of_kind).or_else(|| places().find(side)).unwrap_or(short)
}

/// One key for 湖北, 湖北省 and the last part of 湖北武汉.
fn place_key(words: &str, lexicon: &Lexicon) -> String {
    if let Some(place) = lexicon.places.get(words) {
        return place.name.clone();
    }
    // A chain of places means its last part.
    let tail = words
        .char_indices()
        .skip(1)
        .map(|(at, _)| &words[at..])
        .find(|t| t.chars().count() >= 2 && lexicon.places.contains_key(*t));
    match tail {
        Some(tail)
            if words
                .char_indices()
                .any(|(at, _)| at + tail.len() == words.len() && lexicon.places.contains_key(&words[..at])) =>
        {
            lexicon.places[tail].name.clone()
        }
        _ => words.to_owned(),
    }
}
