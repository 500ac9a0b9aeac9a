//! A user's own table of outside identifiers: which entity is which item of Wikidata, ROR or another register.

use std::collections::{BTreeMap, BTreeSet};

use super::{Identity, Member};
use crate::annotation::EntityType;
use crate::text::normal;

/// One row of the table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Identifier {
    /// A name of the entity.
    pub name: String,
    /// Its type.
    pub kind: EntityType,
    /// What it is elsewhere: an absolute IRI.
    pub iri: String,
}

/// Why a table cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum BadIdentifier {
    /// It is no CSV.
    #[error("{0}")]
    Csv(#[from] csv::Error),
    /// A row is wrong.
    #[error("line {line}: {message}")]
    Row {
        /// The line, from 1.
        line: u64,
        /// What is wrong and what would be right.
        message: String,
    },
}

/// A row that belongs to no entity, or to several.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Misplaced {
    /// The row.
    pub identifier: Identifier,
    /// How many entities it names.
    pub entities: usize,
}

impl Identifier {
    /// Reads a table with the columns name, type and iri, in any order; others are passed over.
    ///
    /// # Errors
    /// The first row that is wrong.
    pub fn read(table: &str) -> Result<Vec<Self>, BadIdentifier> {
        let mut reader =
            csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(table.trim_start_matches('\u{feff}').as_bytes());
        let headers = reader.headers()?.clone();
        let column = |name: &str| {
            let at = headers.iter().position(|header| header.eq_ignore_ascii_case(name));
            at.ok_or_else(|| BadIdentifier::Row {
                line: 1,
                message: format!("no column {name}; needed are name,type,iri"),
            })
        };
        let (name, kind, iri) = (column("name")?, column("type")?, column("iri")?);
        let mut out = BTreeSet::new();
        for row in reader.records() {
            let row = row?;
            let line = row.position().map_or(0, csv::Position::line);
            let wrong = |message: String| BadIdentifier::Row { line, message };
            let field = |at: usize| row.get(at).unwrap_or_default();
            let Some(kind) = EntityType::from_name(field(kind)) else {
                let known = EntityType::ALL.map(EntityType::name).join(", ");
                return Err(wrong(format!("{:?} is no type; types are {known}", field(kind))));
            };
            if field(name).is_empty() {
                return Err(wrong("the name is empty".to_owned()));
            }
            if oxiri::Iri::parse(field(iri)).is_err() {
                return Err(wrong(format!(
                    "{:?} is no absolute IRI, as http://www.wikidata.org/entity/Q16572",
                    field(iri)
                )));
            }
            out.insert(Self { name: field(name).to_owned(), kind, iri: field(iri).to_owned() });
        }
        Ok(out.into_iter().collect())
    }
}

impl Identifier {
    /// The table as [`Identifier::read`] reads it, sorted.
    #[must_use]
    pub fn write(identifiers: &[Self]) -> String {
        let mut rows: Vec<&Self> = identifiers.iter().collect();
        rows.sort();
        let mut table = csv::Writer::from_writer(Vec::new());
        // Writing to memory does not fail.
        let _ = table.write_record(["name", "type", "iri"]);
        for Self { name, kind, iri } in rows {
            let _ = table.write_record([name, kind.name(), iri]);
        }
        table.into_inner().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
    }
}

/// Gives identities what the table says of them, and the rows that fit no identity or several.
pub(super) fn place(
    identities: &mut [Identity],
    members: &BTreeMap<String, Vec<Member>>,
    identifiers: &[Identifier],
) -> Vec<Misplaced> {
    if identifiers.is_empty() {
        return Vec::new();
    }
    let mut called: BTreeMap<(EntityType, &str), BTreeSet<usize>> = BTreeMap::new();
    for member in members.values().flatten() {
        let kind = identities[member.identity].kind;
        for name in &member.names {
            called.entry((kind, name)).or_default().insert(member.identity);
        }
    }
    let mut placed = Vec::new();
    let mut misplaced = Vec::new();
    for identifier in identifiers {
        let name = normal::normal(normal::untitled(&identifier.name));
        let named = |identity: &&usize| identities[**identity].name == name;
        let all: BTreeSet<usize> = identities
            .iter()
            .enumerate()
            .filter(|(_, identity)| identity.kind == identifier.kind && identity.name == name)
            .map(|(at, _)| at)
            .chain(called.get(&(identifier.kind, name.as_str())).into_iter().flatten().copied())
            .collect();
        // Whose name it is comes before those that it is another name of.
        let first: Vec<usize> = all.iter().filter(named).copied().collect();
        let meant = if first.is_empty() { all.into_iter().collect() } else { first };
        match meant[..] {
            [one] => placed.push((one, identifier.iri.clone())),
            _ => misplaced.push(Misplaced { identifier: identifier.clone(), entities: meant.len() }),
        }
    }
    for (identity, iri) in placed {
        identities[identity].same_as.insert(iri);
    }
    misplaced
}
