//! A Word document (Office Open XML): its paragraphs, a line each; a table's row is a line, its cells parted by tabs.

mod body;
mod numbering;
mod parts;

use super::{Extracted, plain};
use parts::Package;

/// The document that the file holds. An error says what is wrong and what to do, without the file's name.
pub(super) fn document(id: String, bytes: &[u8]) -> Result<Extracted, String> {
    let mut package = Package::open(bytes)?;
    let main = package.main_part()?;
    let titles = package.title_styles(&main);
    let mut numbering = package.numbering(&main);
    let mut read_part = |xml: &str| body::read(xml, &titles, &mut numbering);
    let read = read_part(&package.part(&main)?)?;
    let mut lines: Vec<String> = read.lines;
    for notes in package.related(&main, &["footnotes", "endnotes"]) {
        lines.extend(read_part(&package.part(&notes)?)?.lines);
    }
    let mut left_out = Vec::new();
    for furniture in package.related(&main, &["header", "footer"]) {
        left_out.extend(read_part(&package.part(&furniture)?)?.lines);
    }
    let text = lines.join("\n");
    if text.trim().is_empty() {
        return Err(
            "this Word document has no text, perhaps only pictures of it; run OCR on them, or get the text some other way".into()
        );
    }
    let mut document = plain::document(id, text);
    document.title = read.title.or(document.title);
    let author = package.author().filter(|author| document.text.contains(author.as_str()));
    document.author = document.author.or(author);
    Ok(Extracted { document, left_out })
}

#[cfg(test)]
mod tests;
