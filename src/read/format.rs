//! The formats that are read, told by a file's ending, or by its content where the ending says nothing.

use std::fmt;

/// A format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Plain text.
    Text,
    /// Markdown (CommonMark with tables).
    Markdown,
    /// A page saved from the web.
    Html,
    /// One JSON object a line, or a JSON array of them.
    Json,
    /// A table with commas, semicolons or tabs between its cells.
    Csv,
    /// Word's Office Open XML.
    Docx,
    /// PDF.
    Pdf,
}

/// A format's name and the endings of its files.
const FORMATS: [(Format, &str, &[&str]); 7] = [
    (Format::Text, "txt", &["txt", "text"]),
    (Format::Markdown, "md", &["md", "markdown"]),
    (Format::Html, "html", &["html", "htm", "xhtml", "shtml", "mhtml", "mht"]),
    (Format::Json, "jsonl", &["jsonl", "ndjson", "json"]),
    (Format::Csv, "csv", &["csv", "tsv"]),
    (Format::Docx, "docx", &["docx"]),
    (Format::Pdf, "pdf", &["pdf"]),
];

impl Format {
    /// Its name: the usual ending of its files.
    #[must_use]
    pub fn name(self) -> &'static str {
        FORMATS.iter().find(|(format, ..)| *format == self).map_or("", |(_, name, _)| name)
    }

    /// The format of that name or ending.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let of = |endings: &[&str]| endings.iter().any(|ending| name.eq_ignore_ascii_case(ending));
        FORMATS.iter().find(|(.., endings)| of(endings)).map(|(format, ..)| *format)
    }

    /// The names of all formats, for messages.
    #[must_use]
    pub fn names() -> String {
        FORMATS.map(|(_, name, _)| name).join(", ")
    }

    /// The format of a file of that name.
    pub(super) fn of_name(name: &str) -> Option<Self> {
        ending(name).and_then(Self::from_name)
    }

    /// The format that the bytes of a file show. What shows none is plain text, if it is text at all.
    pub(super) fn of_content(bytes: &[u8]) -> Self {
        let start = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
        let begins = |word: &[u8]| start.get(..word.len()).is_some_and(|s| s.eq_ignore_ascii_case(word));
        match () {
            () if begins(b"%PDF-") => Self::Pdf,
            () if begins(b"PK\x03\x04") => Self::Docx,
            () if [&b"<!doctype html"[..], b"<html", b"<head", b"<body", b"<?xml"].iter().any(|w| begins(w)) => {
                Self::Html
            }
            () if begins(b"{\"") || begins(b"[{") || begins(b"{ \"") => Self::Json,
            () => Self::Text,
        }
    }

    /// Whether a file of this format may hold many documents.
    pub(super) fn holds_many(self) -> bool {
        matches!(self, Self::Json | Self::Csv)
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// How the bytes of a file are packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packing {
    Gzip,
    Xz,
    Zstd,
    /// An archive of several files.
    Zip,
}

impl Packing {
    /// The packing of a file of that name, and its name without that ending.
    pub(super) fn of_name(name: &str) -> Option<(Self, &str)> {
        let ending = ending(name)?;
        let packing = match ending.to_ascii_lowercase().as_str() {
            "gz" => Self::Gzip,
            "xz" => Self::Xz,
            "zst" => Self::Zstd,
            "zip" => Self::Zip,
            _ => return None,
        };
        Some((packing, &name[..name.len() - ending.len() - 1]))
    }

    /// The packing that the bytes show.
    pub(super) fn of_content(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0x1F, 0x8B, ..] => Some(Self::Gzip),
            [0xFD, b'7', b'z', b'X', b'Z', 0, ..] => Some(Self::Xz),
            [0x28, 0xB5, 0x2F, 0xFD, ..] => Some(Self::Zstd),
            _ => None,
        }
    }
}

/// What follows the last dot of a file's name.
pub(super) fn ending(name: &str) -> Option<&str> {
    let name = name.rsplit(['/', '\\']).next()?;
    name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map(|(_, ending)| ending)
}
