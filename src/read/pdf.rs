//! The text layer of a PDF: its glyphs with their places, put together to lines and paragraphs as a reader sees them.
//!
//! unpack (within bounds) → content (glyphs) → glyphs (upright, once each) → columns, layout (lines in reading order)
//! → furniture (running heads left out) → paragraphs.

mod columns;
mod content;
mod font;
mod furniture;
mod geometry;
mod glyphs;
mod join;
mod layout;
mod names;
mod paragraphs;
mod rows;
mod state;
mod unpack;

use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use super::{Extracted, plain};
use columns::Known;
use content::{Glyph, Reader, Stop};
use glyphs::Placed;
use layout::Line;

/// The most pages that are read of a file.
const MOST_PAGES: usize = 5_000;
/// Among so many paragraphs at the top the headline is looked for, and in so many lines it stands.
const TOP: usize = 4;
/// A text of which more than this share of the characters has no meaning is no text.
const MOST_GARBLED: f64 = 0.05;
/// What to do where the text cannot be had from the file.
const OCR: &str =
    "run OCR (for example `ocrmypdf --force-ocr -l chi_sim IN.pdf OUT.pdf`), or get the text some other way";

/// The document that the file holds. An error says what is wrong and what to do, without the file's name.
pub(super) fn document(id: String, bytes: Vec<u8>) -> Result<Extracted, String> {
    if bytes.is_empty() {
        return Err("this file is empty; fetch it again".into());
    }
    if unpack::find(&bytes[..bytes.len().min(1024)], b"%PDF-").is_none() {
        return Err(
            "this is no PDF, whatever its name says; open it in the program that made it and print it to PDF".into()
        );
    }
    unpack::check(&bytes)?;
    // The parser has no known panic; one unknown must not end the reading of a whole folder.
    catch_unwind(AssertUnwindSafe(|| read(id, bytes))).unwrap_or_else(|_| Err(broken()))
}

fn broken() -> String {
    "this PDF is broken or cut off; fetch it again, or open it in a viewer and print it to PDF anew".into()
}

fn read(id: String, bytes: Vec<u8>) -> Result<Extracted, String> {
    let pdf = Pdf::new(bytes).map_err(refusal)?;
    let pages = pdf.pages();
    if pages.is_empty() {
        return Err(broken());
    }
    if pages.len() > MOST_PAGES {
        return Err(format!("this PDF has {} pages, more than the {MOST_PAGES} that are read; split it", pages.len()));
    }
    let mut reader = Reader::default();
    let mut tally = Tally::default();
    let mut lines = Vec::new();
    let (mut widths, mut heights) = (Vec::new(), Vec::new());
    let mut left_out = Vec::new();
    let mut known = Known::default();
    for (number, page) in pages.iter().enumerate() {
        let glyphs = match reader.glyphs(page) {
            Ok(glyphs) => glyphs,
            Err(Stop::Steps) => {
                return Err("this PDF draws far more than any text needs; print it to PDF anew, or split it".into());
            }
            Err(Stop::Glyphs | Stop::Broken) => {
                tally.unread += 1;
                left_out.push(format!("(page {} cannot be read)", number + 1));
                Vec::new()
            }
        };
        tally.count(&glyphs);
        let (width, height) = page.render_dimensions();
        let directions = glyphs::directions(&glyphs, (width.into(), height.into()));
        widths.push(directions.width);
        heights.push(f64::from(width) + f64::from(height) - directions.width);
        lines.push(directions.straight.into_iter().flat_map(|glyphs| page_lines(glyphs, number, &mut known)).collect());
        left_out.extend(Some(directions.slanted).filter(|text| !text.trim().is_empty()));
    }
    tally.judge(pages.len())?;
    let (lines, furniture) = furniture::part(lines, &heights);
    left_out.extend(furniture);
    let mut paragraphs = paragraphs::paragraphs(&lines, &widths);
    if let Some(title) = &pdf.metadata().title {
        spell_title(&mut paragraphs, text_string(title).trim());
    }
    let text = paragraphs.join("\n");
    if text.is_empty() {
        return Err(scan());
    }
    let mut document = plain::document(id, text);
    document.author = author(&pdf).filter(|author| document.text.contains(author.as_str()));
    Ok(Extracted { document, left_out })
}

/// The lines of a page, and those that the file says are furniture, which are of no column.
fn page_lines(glyphs: Vec<Placed>, page: usize, known: &mut Known) -> Vec<Line> {
    let (furniture, text): (Vec<_>, Vec<_>) = glyphs.into_iter().partition(|glyph| glyph.furniture);
    let mut lines = layout::lines(text, page, known);
    lines.extend(layout::lines(furniture, page, known));
    lines
}

fn refusal(error: LoadPdfError) -> String {
    match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => {
            "this PDF asks for a password; save it without one (for example `qpdf --decrypt --password=PASSWORD IN.pdf OUT.pdf`)"
                .into()
        }
        LoadPdfError::Decryption(_) => {
            "this PDF is encrypted in a way that is not known; save it without encryption (for example `qpdf --decrypt IN.pdf \
             OUT.pdf`)"
                .into()
        }
        LoadPdfError::Invalid => broken(),
    }
}

fn scan() -> String {
    format!("this PDF has no text, only pictures of it; {OCR}")
}

/// How much of a file has a meaning.
#[derive(Debug, Default)]
struct Tally {
    glyphs: usize,
    unknown: usize,
    unread: usize,
}

impl Tally {
    fn count(&mut self, glyphs: &[Glyph]) {
        self.glyphs += glyphs.iter().filter(|glyph| glyph.text.as_deref() != Some(" ")).count();
        self.unknown += glyphs.iter().filter(|glyph| glyph.text.is_none()).count();
    }

    /// Refuses a file that says too little.
    fn judge(&self, pages: usize) -> Result<(), String> {
        if self.unread == pages {
            return Err(broken());
        }
        if self.glyphs == 0 {
            return Err(scan());
        }
        let share = self.unknown as f64 / self.glyphs as f64;
        if share > MOST_GARBLED {
            return Err(format!(
                "the text of this PDF cannot be read ({:.0} % of its characters have no meaning outside its own fonts); print \
                 it to PDF anew from its program, {OCR}",
                share * 100.0
            ));
        }
        Ok(())
    }
}

/// Puts the headline as the file's properties have it, where it is the same but for blanks and breaks.
fn spell_title(paragraphs: &mut Vec<String>, title: &str) {
    let solid = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let wanted = solid(title);
    for from in 0..TOP.min(paragraphs.len()) {
        let mut said = String::new();
        for to in from..paragraphs.len().min(from + TOP) {
            said.push_str(&solid(&paragraphs[to]));
            if said == wanted {
                paragraphs.splice(from..=to, [title.to_owned()]);
                return;
            }
            if said.len() > wanted.len() {
                break;
            }
        }
    }
}

/// The author that the file's properties name.
fn author(pdf: &Pdf) -> Option<String> {
    let name = text_string(pdf.metadata().author.as_deref()?);
    Some(name.trim().to_owned()).filter(|name| name.chars().count() > 1)
}

/// A string for people: UTF-16 with a mark, UTF-8 with one, or Latin.
fn text_string(bytes: &[u8]) -> String {
    let (text, _, _) = encoding_rs::WINDOWS_1252.decode(bytes);
    text.chars().filter(|c| !c.is_control()).collect()
}

#[cfg(test)]
mod tests;
