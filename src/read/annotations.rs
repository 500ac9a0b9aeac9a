//! Annotations as JSON Lines, checked as they are read.

use std::path::{Path, PathBuf};

use super::ids::Ids;
use super::json::{filled, json_message};
use super::{Place, ReadError, read};
use crate::annotation::{Annotation, Invalid};

/// Reads the annotations of several files, in order, each with its place.
///
/// # Errors
/// A file that cannot be read or is not UTF-8, a line that is no annotation, an id that stands twice.
pub fn annotations_of(files: &[PathBuf]) -> Result<Vec<(Place, Annotation)>, ReadError> {
    let mut ids = Ids::default();
    let mut annotations = Vec::new();
    for path in files {
        let text = read(path)?;
        for (number, line) in filled(&text) {
            let place = Place::line(path, number);
            let annotation = match Annotation::from_json(line) {
                Ok(annotation) => annotation,
                Err(Invalid::Json(message)) => return Err(ReadError::refused(place, json_message(&message))),
                Err(invalid) => return Err(ReadError::refused(place, invalid.to_string())),
            };
            ids.refuse_twice(&annotation.id, &place)?;
            annotations.push((place, annotation));
        }
    }
    Ok(annotations)
}

/// Reads the annotations of one file, in order.
///
/// # Errors
/// As [`annotations_of`].
pub fn annotations(file: &Path) -> Result<Vec<Annotation>, ReadError> {
    let placed = annotations_of(&[file.to_owned()])?;
    Ok(placed.into_iter().map(|(_, annotation)| annotation).collect())
}
