//! What weights are learned from and measured by: files of labelled sentences, and annotations.

use std::path::{Path, PathBuf};

use crate::annotate::segment;
use crate::annotation::{Annotation, EntityType};
use crate::lexicon::Lexicon;
use crate::read::{self, ReadError, columns::Labelled};
use crate::span::{CodePoints, Span};

/// The labelled sentences of a file: annotations where its name ends in `.jsonl`, columns elsewhere. Of annotations,
/// what is no name (pronouns, 该公司) is left out; chains of places are taken in their parts.
///
/// # Errors
/// A file that cannot be read, or is not what its name says.
pub fn sentences(path: &Path, lexicon: &Lexicon) -> Result<Vec<Labelled>, ReadError> {
    if path.extension().is_none_or(|e| e != "jsonl") {
        return read::columns::labelled(path);
    }
    let annotations = read::annotations(path)?;
    Ok(annotations.iter().flat_map(|annotation| of_annotation(annotation, lexicon)).collect())
}

/// The sentences of several files, in order.
///
/// # Errors
/// As [`sentences`].
pub fn of_files(files: &[PathBuf], lexicon: &Lexicon) -> Result<Vec<Labelled>, ReadError> {
    let mut out = Vec::new();
    for file in files {
        out.extend(sentences(file, lexicon)?);
    }
    Ok(out)
}

fn of_annotation(annotation: &Annotation, lexicon: &Lexicon) -> Vec<Labelled> {
    let text = annotation.text.as_str();
    let points = CodePoints::new(text);
    let mut names = Vec::new();
    for entity in &annotation.entities {
        for mention in &entity.mentions {
            let Some(span) = points.bytes(*mention) else { continue };
            if is_name(span.of(text), entity.kind, lexicon) {
                match entity.kind {
                    EntityType::Place => names.extend(parts(text, span, lexicon).map(|part| (part, entity.kind))),
                    EntityType::Person | EntityType::Organization => names.push((span, entity.kind)),
                    _ => {}
                }
            }
        }
    }
    names.sort_by_key(|(span, _)| (span.start, span.end));
    segment::sentences(text, |_| true)
        .into_iter()
        .map(|sentence| {
            let inside = names.iter().filter(|(span, _)| sentence.span.contains(*span));
            let start = sentence.span.start;
            Labelled {
                text: sentence.span.of(text).to_owned(),
                names: inside.map(|(s, kind)| (Span::new(s.start - start, s.end - start), *kind)).collect(),
            }
        })
        .collect()
}

/// Whether a mention identifies something by itself.
fn is_name(words: &str, kind: EntityType, lexicon: &Lexicon) -> bool {
    let listed = lexicon.places.contains_key(words) || lexicon.organizations.contains_key(words);
    let definite = lexicon.class("definite").any(|d| words.starts_with(d));
    match kind {
        EntityType::Person => words.chars().count() > 1 && !lexicon.is("group_pronoun", words),
        _ => {
            listed
                || !definite
                    && !lexicon.organization_suffixes.contains_key(words)
                    && !lexicon.is("place_word", words)
                    && !words.starts_with(|c: char| c.is_ascii_digit())
        }
    }
}

/// The parts of a chain of places that the lexicon knows: 湖北省 + 咸宁市.
fn parts<'a>(text: &'a str, span: Span, lexicon: &'a Lexicon) -> impl Iterator<Item = Span> + 'a {
    let mut at = span.start;
    std::iter::from_fn(move || {
        if at >= span.end {
            return None;
        }
        let rest = &text[at..span.end];
        let known = |end: &usize| {
            let head = &rest[..*end];
            head.chars().count() > 1 && (lexicon.places.contains_key(head) || lexicon.is_town(head))
        };
        let ends: Vec<usize> = rest.char_indices().map(|(at, _)| at).skip(2).collect();
        let end = ends.into_iter().rev().find(known).map_or(span.end, |end| at + end);
        let part = Span::new(at, end);
        at = end;
        Some(part)
    })
}
