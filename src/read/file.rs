//! One file → its documents: unpacked, decoded, and read by its format.

use std::path::PathBuf;

use super::encoding::{Decoded, decode};
use super::format::{Format, Packing, ending};
use super::opened::{Opened, open};
use super::outcome::{LARGEST_DOCUMENT, Outcome};
use super::unpack::{self, DEEPEST};
use super::walk::File;
use super::{Extracted, Found, Options, Place, docx, html, json, markdown, mhtml, pdf, plain, table};

/// A file as it is unpacked.
pub(super) struct Content {
    /// For messages.
    pub path: PathBuf,
    pub id: String,
    /// What tells the format: the file's name, without the endings of packings that are off.
    pub name: String,
    pub bytes: Vec<u8>,
    /// Whether it is read whatever its name.
    pub named: bool,
}

/// Reads one file.
pub(super) fn read(file: &File, options: &Options) -> Outcome {
    let mut outcome = Outcome::default();
    match open(file).and_then(|mut opened| Ok((opened.rest(Vec::new())?, opened))) {
        Ok((bytes, Opened { name, depth, .. })) => {
            let content = Content { path: file.path.clone(), id: file.id.clone(), name, bytes, named: file.named };
            take(content, options, &mut outcome, depth);
        }
        Err(error) => outcome.refused.push(error),
    }
    outcome
}

/// Unpacks the content as often as it is packed, and reads it.
pub(super) fn take(mut content: Content, options: &Options, outcome: &mut Outcome, depth: usize) {
    let told = Packing::of_name(&content.name).map(|(packing, inner)| (packing, inner.to_owned()));
    let nameless = ending(&content.name).is_none();
    let seen = || Packing::of_content(&content.bytes).filter(|_| nameless).map(|packing| (packing, String::new()));
    let Some((packing, inner)) = told.or_else(seen) else { return parse(content, options, outcome) };
    if depth == DEEPEST || packing == Packing::Zip {
        return outcome.refuse(&content.path, "is packed within a packed file; unpack it first");
    }
    match unpack::unpack(packing, &content.bytes) {
        Ok(bytes) => {
            content.bytes = bytes;
            content.name = inner;
            take(content, options, outcome, depth + 1);
        }
        Err(message) => outcome.refuse(&content.path, message),
    }
}

/// Reads what is unpacked.
fn parse(content: Content, options: &Options, outcome: &mut Outcome) {
    let Content { path, id, name, bytes, named } = content;
    let format = match Format::of_name(&name) {
        Some(format) => format,
        None if !named && ending(&name).is_some() => return outcome.skipped.push(path),
        None => options.format.unwrap_or_else(|| Format::of_content(&bytes)),
    };
    if !format.holds_many() && bytes.len() > LARGEST_DOCUMENT {
        let message = format!("is larger than the {} MiB that one document may have; split it", LARGEST_DOCUMENT >> 20);
        return outcome.refuse(&path, message);
    }
    if !matches!(format, Format::Docx) && bytes.starts_with(b"PK\x03\x04") {
        return outcome.refuse(&path, "is a zip archive or an office document; give it the ending that it should have");
    }
    if let Format::Docx | Format::Pdf = format {
        let extracted = if format == Format::Docx { docx::document(id, &bytes) } else { pdf::document(id, bytes) };
        return one(path, format, None, extracted, outcome);
    }
    let is_archive = ending(&name).is_some_and(|e| ["mhtml", "mht"].iter().any(|own| e.eq_ignore_ascii_case(own)));
    let (bytes, url) = match is_archive.then(|| mhtml::page(&bytes)) {
        None => (bytes, None),
        Some(Ok(mhtml::Page { html, url })) => (html, url),
        Some(Err(message)) => return outcome.refuse(&path, message),
    };
    let Decoded { text, encoding } = match decode(&bytes, format == Format::Html) {
        Ok(decoded) => decoded,
        Err(message) => return outcome.refuse(&path, message),
    };
    drop(bytes);
    let rows = match format {
        Format::Json => json::documents(&path, &id, &text, &options.fields),
        Format::Csv => table::documents(&path, &id, &text, &options.fields),
        _ => {
            let extracted = match format {
                Format::Html => html::document(id, &text).map(|mut page| {
                    page.document.url = url.or(page.document.url);
                    page
                }),
                Format::Markdown => Ok(markdown::document(id, &text, &options.fields)),
                _ => Ok(Extracted { document: plain::document(id, text), left_out: Vec::new() }),
            };
            return one(path, format, Some(encoding), extracted, outcome);
        }
    };
    outcome.add_rows(format, encoding, rows);
}

fn one(
    path: PathBuf,
    format: Format,
    encoding: Option<&'static str>,
    extracted: Result<Extracted, String>,
    outcome: &mut Outcome,
) {
    match extracted {
        Ok(Extracted { document, left_out }) => {
            outcome.found.push(Found {
                document,
                place: Place::file(&path),
                format,
                encoding,
                left_out,
                reprint_of: None,
            });
        }
        Err(message) => outcome.refuse(&path, message),
    }
}
