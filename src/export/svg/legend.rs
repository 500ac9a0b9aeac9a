//! What the signs of a picture mean: the types and relations that occur in it.

use super::label::{Anchor, Label};
use super::text::Words;
use crate::export::layout::Point;
use crate::export::style::Style;

/// The size of the type.
const SIZE: f64 = 10.5;
/// The radius of a sample.
pub(super) const RADIUS: f64 = 5.5;
/// From one row to the next.
const ROW: f64 = 19.0;
/// Between two entries.
const BETWEEN: f64 = 16.0;

/// A legend in its place.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Legend {
    /// How each type is shown, and whether as what did not happen; with the middle of the sample.
    pub samples: Vec<(Style, bool, Point)>,
    /// All words.
    pub labels: Vec<Label>,
    /// Its height.
    pub height: f64,
}

/// An entry.
pub(super) enum Entry {
    /// A sample of a type and what it is called.
    Type(Style, bool, String),
    /// Words.
    Words(String),
    /// What follows stands in a new row.
    Row,
}

/// A legend whose upper left corner is here, as wide as this or as its widest entry.
pub(super) fn place(entries: Vec<Entry>, left: f64, top: f64, width: f64) -> Legend {
    let mut legend = Legend::default();
    let (mut x, mut y) = (left, top);
    for entry in entries {
        let (sample, text) = match entry {
            Entry::Row if x > left => {
                (x, y) = (left, y + ROW);
                continue;
            }
            Entry::Row => continue,
            Entry::Type(style, unreal, text) => (Some((style, unreal)), text),
            Entry::Words(text) => (None, text),
        };
        let words = Words::line(text, SIZE);
        let room = if sample.is_some() { RADIUS * 2.0 + 6.0 } else { 0.0 };
        if x > left && x + room + words.width() > left + width {
            (x, y) = (left, y + ROW);
        }
        if let Some((style, unreal)) = sample {
            legend.samples.push((style, unreal, Point { x: x + RADIUS + 1.0, y: y + ROW / 2.0 }));
        }
        let label = Label::new(words, x + room, y + (ROW - SIZE * 1.45) / 2.0, Anchor::Start);
        x = label.area.right + BETWEEN;
        legend.labels.push(label);
    }
    legend.height = if x > left { y + ROW - top } else { y - top };
    legend
}
