//! What linking joins and parts: the entities of all documents, each with the names that its document gives it.

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::annotation::{Annotation, Entity, EntityType};
use crate::span::{CharSpan, CodePoints};
use crate::text::normal;

/// An entity of one document, or those of its mentions that a person has parted from it.
#[derive(Debug, Clone)]
pub(super) struct Unit<'a> {
    /// The document.
    pub annotation: &'a Annotation,
    /// The entity as the document has it.
    pub entity: &'a Entity,
    /// Its type, as annotated or as a person has decided.
    pub kind: EntityType,
    /// The fullest name that the document gives it, in the normal form.
    pub name: String,
    /// Every name that the document gives it, in the normal form; no words that point back to it, and none at all where
    /// nothing of its name is left in the normal form. Sorted, each once: sets of one or two names are small as lists.
    pub names: Vec<String>,
    /// The same names as written, and in the normal form; likewise.
    pub written: Vec<String>,
    /// Its mentions.
    pub mentions: Vec<CharSpan>,
    /// Which of the document's entities of this type and name it is, from 1.
    pub running: usize,
    /// Whether a person has parted these mentions from the rest of the entity.
    pub is_part: bool,
    /// What it is in every document; none where the document alone can tell.
    pub anchor: Option<Anchor>,
}

/// What makes entities of different documents one whoever speaks of them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Anchor {
    /// A name that means one thing everywhere, in the normal form.
    Name(String),
    /// A division of China by its administrative code.
    Code(String),
}

impl<'a> Unit<'a> {
    fn new(annotation: &'a Annotation, entity: &'a Entity, name: String, points: &CodePoints, running: usize) -> Self {
        let mut unit = Self {
            annotation,
            entity,
            kind: entity.kind,
            name,
            names: Vec::new(),
            written: Vec::new(),
            mentions: entity.mentions.clone(),
            running,
            is_part: false,
            anchor: None,
        };
        unit.name_by(points);
        unit
    }

    /// The mentions called by one of `names`, as a unit of their own, taken from this one; none where there are none.
    pub(super) fn part(&mut self, names: &BTreeSet<String>) -> Option<Self> {
        let points = CodePoints::new(&self.annotation.text);
        let called = |span: &CharSpan| names.contains(&normal::normal(points.words(&self.annotation.text, *span)));
        let (mentions, rest): (Vec<CharSpan>, Vec<CharSpan>) = self.mentions.iter().partition(|span| called(span));
        let longest = mentions.iter().map(|span| normal::normal(points.words(&self.annotation.text, *span)));
        let name = longest.max_by_key(|name| name.chars().count())?;
        let mut part = Self { name, mentions, is_part: true, anchor: None, ..self.clone() };
        part.name_by(&points);
        self.mentions = rest;
        self.name_by(&points);
        Some(part)
    }

    /// Whether a work stands in 《》, within its name or around a mention.
    pub(super) fn is_titled(&self) -> bool {
        let bracketed = |mention: &CharSpan| {
            let around = CharSpan { start: mention.start - 1, end: mention.end + 1 };
            let around = self.annotation.words(around);
            normal::untitled(around) != around
        };
        normal::untitled(&self.entity.name) != self.entity.name
            || self.mentions.iter().any(|m| m.start > 0 && m.start < m.end && bracketed(m))
    }

    /// Gathers the names from the mentions that it has.
    fn name_by(&mut self, points: &CodePoints) {
        let called: BTreeSet<&str> =
            self.mentions.iter().map(|span| points.words(&self.annotation.text, *span)).collect();
        (self.written, self.names) = called
            .into_iter()
            .map(|words| (words, normal::normal(words)))
            .filter(|(_, name)| is_name(self.kind, name))
            .map(|(words, name)| (words.to_owned(), name))
            .unzip();
        if self.is_part || self.name != self.entity.id {
            self.names.push(self.name.clone());
        }
        self.names.sort();
        self.names.dedup();
        self.names.shrink_to_fit();
        self.written.extend(self.names.iter().cloned());
        if !self.is_part && is_name(self.kind, &normal::normal(&self.entity.name)) {
            self.written.push(self.entity.name.clone());
        }
        self.written.sort();
        self.written.dedup();
        self.written.shrink_to_fit();
    }
}

/// The entities of documents, in the order of the documents and of their entities.
pub(super) fn units<'a>(annotations: &[&'a Annotation]) -> Vec<Unit<'a>> {
    annotations.par_iter().flat_map_iter(|annotation| units_of(annotation)).collect()
}

/// The entities of one document.
fn units_of(annotation: &Annotation) -> Vec<Unit<'_>> {
    let points = CodePoints::new(&annotation.text);
    let mut taken: BTreeSet<(EntityType, String)> = BTreeSet::new();
    let unit = |entity| {
        let name = name_of(entity);
        // The second 党员 is 党员-2, unless another entity is called so.
        let free = |running: &usize| taken.insert((entity.kind, numbered(&name, *running)));
        let running = (1..).find(free).unwrap_or(1);
        Unit::new(annotation, entity, name, &points, running)
    };
    annotation.entities.iter().map(unit).collect()
}

/// The units of each document, which lie side by side but for those that a person has parted from others.
pub(super) fn by_document<'u, 'a>(units: &'u [Unit<'a>]) -> impl Iterator<Item = &'u [Unit<'a>]> {
    units.chunk_by(|one, other| std::ptr::eq(one.annotation, other.annotation))
}

/// What tells the entities of one name in a document apart.
pub(crate) fn numbered(name: &str, running: usize) -> String {
    if running > 1 { format!("{name}-{running}") } else { name.to_owned() }
}

/// Which of the entities of its type and name in its document a unit is that comes to the others there.
pub(super) fn free<'u, 'a: 'u>(others: impl Iterator<Item = &'u Unit<'a>>, unit: &Unit<'_>) -> usize {
    let here = others.filter(|other| other.kind == unit.kind);
    let taken: BTreeSet<String> = here.map(|other| numbered(&other.name, other.running)).collect();
    (1..).find(|running| !taken.contains(&numbered(&unit.name, *running))).unwrap_or(1)
}

/// The name of an entity in the normal form; its id where nothing of the name is left.
fn name_of(entity: &Entity) -> String {
    let name = normal::normal(normal::untitled(&entity.name));
    if name.is_empty() { entity.id.clone() } else { name }
}

/// Whether a mention, in the normal form, is a name of the entity, not a word that points back to it.
fn is_name(kind: EntityType, name: &str) -> bool {
    let generic = kind == EntityType::Organization && normal::is_generic(name);
    !name.is_empty() && !generic && !normal::is_anaphoric(name)
}
