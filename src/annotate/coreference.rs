//! Which mentions of a document are one entity: full and short names, definite descriptions, pronouns.

use std::collections::{HashMap, HashSet};

use crate::annotate::mentions::{Kind, Mention};
use crate::annotate::short_names::short_forms;
use crate::annotate::{Definitions, names_organization};
use crate::annotation::EntityType;
use crate::lexicon::{Lexicon, longest_suffix};

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

/// Short names that the text itself introduces behind a full one: 京东方科技集团股份有限公司（以下简称“京东方”）.
pub(crate) fn definitions(text: &str, mentions: &[Mention], lexicon: &Lexicon) -> Definitions {
    let mut out = Definitions::new();
    for mention in mentions.iter().filter(|m| names_organization(m)) {
        let behind = &text[mention.span.end..];
        let Some(inside) = behind.strip_prefix(['(', '（']) else { continue };
        let Some(end) = inside.find([')', '）']) else { continue };
        let Some(short) = lexicon.class("defines").find_map(|word| Some(inside[..end].split_once(word)?.1)) else {
            continue;
        };
        let short = short.trim_matches([':', '：', '为', '“', '”', '"', '「', '」', '\'', ' ']);
        if (2..=20).contains(&short.chars().count()) {
            out.insert(short.to_owned(), mention.span.of(text).to_owned());
        }
    }
    out
}

/// Joins mentions to entities. `defined` holds the short names that the text itself introduces (以下简称“…”).
pub(crate) fn referents(
    text: &str,
    mentions: &[Mention],
    heads: &HashSet<usize>,
    defined: &Definitions,
    lexicon: &Lexicon,
) -> Vec<Referent> {
    let mut out: Vec<Referent> = Vec::new();
    let mut by_key: HashMap<(EntityType, String), usize> = HashMap::new();
    // Full names first, so that a short form finds its owner wherever it stands.
    let names: Vec<String> =
        mentions.iter().filter(|m| names_organization(m)).map(|m| m.span.of(text).to_owned()).collect();
    let mut owners: HashMap<String, Vec<&String>> = HashMap::new();
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
            let next = defined.get(&name).cloned().or_else(|| match owners.get(&name).map(Vec::as_slice) {
                // One owner, or the longest of several that are forms of one another.
                Some([one]) => Some((*one).clone()),
                Some(several) => {
                    let longest = several.iter().max_by_key(|n| n.len())?;
                    let forms = short_forms(longest, lexicon);
                    several.iter().all(|n| *n == *longest || forms.contains(n)).then(|| (**longest).clone())
                }
                None => lexicon.organizations.get(&name).filter(|full| **full != name).cloned(),
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
        let (kind, key) = match mention.kind {
            Kind::Entity(EntityType::Place) => {
                if let Some(index) = place(words, at, text, mentions, &out, lexicon) {
                    out[index].mentions.push(at);
                    continue;
                }
                (EntityType::Place, place_key(words, lexicon))
            }
            Kind::Entity(EntityType::Organization) if mention.named => (EntityType::Organization, full_name(words)),
            Kind::Entity(EntityType::Organization) => {
                // 外资企业 is a kind of firm; 该企业 and 企业 may be the one just named.
                let bare =
                    mention.source == "definite organization" || lexicon.organization_suffixes.contains_key(words);
                let meant = || definite(text, words, at, mentions, &out, heads, lexicon);
                if let Some(index) = bare.then(meant).flatten() {
                    out[index].mentions.push(at);
                    continue;
                }
                (EntityType::Organization, words.trim_start_matches('该').to_owned())
            }
            Kind::Entity(EntityType::Person) => {
                if let Some(index) = person(words, at, text, mentions, &out, lexicon) {
                    out[index].mentions.push(at);
                    continue;
                }
                (EntityType::Person, words.to_owned())
            }
            Kind::Entity(EntityType::Activity) => {
                if let Some(index) = event(text, words, at, mentions, &out, heads, lexicon).filter(|_| !mention.named) {
                    out[index].mentions.push(at);
                    continue;
                }
                (EntityType::Activity, words.to_owned())
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

/// The event that 会议, 该项目, 此次峰会 mean: the last one named whose name ends so, or in a word of its kind.
fn event(
    text: &str,
    words: &str,
    at: usize,
    mentions: &[Mention],
    so_far: &[Referent],
    heads: &HashSet<usize>,
    lexicon: &Lexicon,
) -> Option<usize> {
    let head = lexicon.class("event_definite").find_map(|d| words.strip_prefix(d)).unwrap_or(words);
    if !lexicon.activities.contains(head) {
        return None;
    }
    let kin: Vec<&str> = ["meeting", "project"]
        .into_iter()
        .filter(|class| lexicon.is("event_any", head) && lexicon.is(class, head))
        .flat_map(|class| lexicon.class(class))
        .chain(std::iter::once(head))
        .collect();
    so_far
        .iter()
        .enumerate()
        .filter(|(_, r)| r.kind == EntityType::Activity)
        .flat_map(|(index, r)| r.mentions.iter().map(move |m| (*m, index)))
        .filter(|(m, _)| *m < at && mentions[*m].named && kin.iter().any(|k| mentions[*m].span.of(text).ends_with(k)))
        .max_by_key(|(m, _)| (heads.contains(m), *m))
        .map(|(_, index)| index)
}

/// The place that 当地, 该国 mean: the last one named, a country where it must be one.
fn place(
    words: &str,
    at: usize,
    text: &str,
    mentions: &[Mention],
    so_far: &[Referent],
    lexicon: &Lexicon,
) -> Option<usize> {
    if !lexicon.is("place_anaphor", words) {
        return None;
    }
    let country = words.ends_with('国');
    let is_country = |name: &str| lexicon.places.get(name).is_some_and(|p| p.kind == "country");
    so_far
        .iter()
        .enumerate()
        .filter(|(_, r)| r.kind == EntityType::Place)
        .flat_map(|(index, r)| r.mentions.iter().map(move |m| (*m, index)))
        .filter(|(m, _)| *m < at && mentions[*m].named && (!country || is_country(mentions[*m].span.of(text))))
        .max()
        .map(|(_, index)| index)
}

/// The person named before in full who is meant by a surname with an address (张老), or by the last part of a foreign
/// name (孔特 for 朱塞佩·孔特): the last of them.
fn person(
    words: &str,
    at: usize,
    text: &str,
    mentions: &[Mention],
    so_far: &[Referent],
    lexicon: &Lexicon,
) -> Option<usize> {
    let surname = lexicon.class("address").find_map(|a| words.strip_suffix(a)).filter(|s| !s.is_empty());
    let dot = |c: char| matches!(c, '·' | '•' | '・');
    let meant = |name: &str| match surname {
        Some(surname) => name.starts_with(surname) && !lexicon.class("address").any(|a| name.ends_with(a)),
        None => !words.contains(dot) && name.rsplit(dot).next() == Some(words) && name != words,
    };
    so_far
        .iter()
        .enumerate()
        .filter(|(_, r)| r.kind == EntityType::Person)
        .flat_map(|(index, r)| r.mentions.iter().map(move |m| (*m, index)))
        .filter(|(m, _)| *m < at && mentions[*m].named && meant(mentions[*m].span.of(text)))
        .max()
        .map(|(_, index)| index)
}

/// The entity that a definite description means: 该中心, 公司 = the last organisation named whose name ends so.
fn definite(
    text: &str,
    words: &str,
    at: usize,
    mentions: &[Mention],
    so_far: &[Referent],
    heads: &HashSet<usize>,
    lexicon: &Lexicon,
) -> Option<usize> {
    let head = words.trim_start_matches(['该', '本', '我', '这', '家']);
    let ending = longest_suffix(head, &lexicon.organization_suffixes).unwrap_or(head);
    let firm = lexicon.is("firm", ending);
    let company = |name: &str| {
        longest_suffix(name, &lexicon.organization_suffixes)
            .is_none_or(|suffix| lexicon.organization_suffixes[suffix].kind == "company")
    };
    let latest = |fits: &dyn Fn(&str) -> bool| {
        so_far
            .iter()
            .enumerate()
            .filter(|(_, r)| r.kind == EntityType::Organization)
            .flat_map(|(index, r)| r.mentions.iter().map(move |m| (*m, index)))
            .filter(|(m, _)| mentions[*m].named && *m < at && fits(mentions[*m].span.of(text)))
            .max_by_key(|(m, _)| (heads.contains(m), *m))
            .map(|(_, index)| index)
    };
    latest(&|name| name.ends_with(ending)).or_else(|| if firm { latest(&company) } else { None })
}
