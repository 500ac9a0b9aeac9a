//! Brings together what documents tell about one thing.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashSet;

use super::groups::Groups;
use super::told::{About, Row, Told};
use super::{Agreement, Key};

/// Two documents bear one id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("two documents have the id {0:?}; give each its own")]
pub struct TwiceId(pub String);

/// What comes of all rows about one thing, in any order.
///
/// # Errors
/// Where two documents bear one id.
pub fn gather(about: &About, mut told: Vec<Told>) -> Result<Vec<Row>, TwiceId> {
    told.sort();
    let row = |told: Told| Row::new(about.clone(), told);
    let once = |told: &Told| vec![row(told.clone())];
    Ok(match about {
        About::Document(id) if told.len() > 1 => return Err(TwiceId(id.clone())),
        About::Document(_) => Vec::new(),
        About::Sentence(_) => {
            told.dedup();
            if told.len() > 1 { told.into_iter().map(row).collect() } else { Vec::new() }
        }
        About::Name(_) => {
            let is_pair = |told: &&Told| matches!(told, Told::ShortFor(_) | Told::Full);
            if told.iter().any(|told| is_pair(&told)) { name(told).into_iter().map(row).collect() } else { Vec::new() }
        }
        About::Entity(_) => {
            let both = told.contains(&Told::Asked) && told.contains(&Told::Mentioned);
            if both { vec![row(Told::Mentioned)] } else { Vec::new() }
        }
        About::Place(_) | About::Called(_) => told.first().map(once).unwrap_or_default(),
        About::Person(_) => same(told),
        About::Site(_) => {
            let places = told.iter().filter_map(|told| match told {
                Told::Lies { document, under } => Some((under.len(), document, under)),
                _ => None,
            });
            let several: FxHashSet<&Vec<Key>> = places.clone().map(|(_, _, under)| under).collect();
            // What all documents say each of them knows. Of several the fullest holds, of the last document.
            let fullest = if several.len() > 1 { places.max() } else { None };
            let lies = |(_, document, under): (_, &String, &Vec<Key>)| Told::Lies {
                document: document.clone(),
                under: under.clone(),
            };
            fullest.map(lies).map(row).into_iter().collect()
        }
    })
}

/// What is told of a name, each once.
fn name(told: Vec<Told>) -> Vec<Told> {
    let used: usize = told.iter().map(|told| if let Told::Used(times) = told { *times } else { 0 }).sum();
    let mut out: Vec<Told> = told.into_iter().filter(|told| matches!(told, Told::ShortFor(_))).collect();
    out.dedup();
    out.push(Told::Used(used));
    out
}

/// Which persons of one name are one, as rows about their documents.
fn same(told: Vec<Told>) -> Vec<Row> {
    // Sorted by their own keys, the first of which is that of all who are one.
    let persons: BTreeMap<Key, Person> = told.into_iter().filter_map(Person::of).collect();
    let mut groups = Groups::new(persons.len());
    let mut first: BTreeMap<&Agreement, usize> = BTreeMap::new();
    let mut agreed: BTreeSet<(usize, &Agreement)> = BTreeSet::new();
    for (at, person) in persons.values().enumerate() {
        for agreement in &person.agreements {
            let other = *first.entry(agreement).or_insert(at);
            if other != at {
                groups.join(at, other);
                agreed.insert((other, agreement));
            }
        }
    }
    let mut on: BTreeMap<usize, BTreeSet<Agreement>> = BTreeMap::new();
    for (at, agreement) in agreed {
        on.entry(groups.first(at)).or_default().insert(agreement.clone());
    }
    let (keys, persons): (Vec<&Key>, Vec<&Person>) = persons.iter().unzip();
    let mut rows = Vec::new();
    for (first, set) in groups.sets().into_iter().filter(|(_, set)| set.len() > 1) {
        for at in set {
            let agreements = if at == first { on.remove(&first).unwrap_or_default() } else { BTreeSet::new() };
            let told = Told::Joined { entity: persons[at].entity.clone(), key: keys[first].clone(), agreements };
            rows.push(Row::new(About::Document(persons[at].document.clone()), told));
        }
    }
    rows
}

/// What a document says of a person.
struct Person {
    document: String,
    entity: String,
    agreements: BTreeSet<Agreement>,
}

impl Person {
    /// The person's own key, and what is said.
    fn of(told: Told) -> Option<(Key, Self)> {
        let Told::Known { key, entity, agreements } = told else { return None };
        let Key::Document { document, .. } = &key else { return None };
        let document = document.clone();
        Some((key, Self { document, entity, agreements }))
    }
}
