//! The inputs cut into parts that are read one by one, so that a corpus need not fit into memory: a file is one part,
//! but for large files of rows, which are cut into some rows each.

use std::io::{Cursor, Read};

use encoding_rs::{Encoding, UTF_8};

use super::file::{self, Content, Outcome};
use super::format::{Format, Packing};
use super::opened::{Opened, open, size};
use super::rows::{Cut, Lines, Records, RowsOf};
use super::unpack::Count;
use super::walk::{File, STDIN};
use super::{Options, ReadError};

/// Files of rows that are larger, unpacked, are cut, in bytes. So much of a file also tells its encoding.
pub(super) const HEAD: usize = 1 << 20;

/// The byte order mark of UTF-8.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// Some of the input.
pub(super) struct Part {
    what: What,
    /// The bytes of the input that it takes, as they lie there.
    pub bytes: u64,
    /// Whether it has more rows of the file that the part before it has rows of.
    pub goes_on: bool,
}

enum What {
    /// A file that nobody opened yet.
    File(File),
    /// A file that is read, and how often it was packed.
    Content(Content, usize),
    Rows(Cut),
    Refused(ReadError),
}

impl Part {
    /// Reads its documents.
    pub(super) fn read(self, options: &Options) -> Outcome {
        let mut outcome = Outcome::default();
        match self.what {
            What::File(file) => return file::read(&file, options),
            What::Content(content, depth) => file::take(content, options, &mut outcome, depth),
            What::Rows(cut) => outcome.add_rows(cut.format(), UTF_8.name(), cut.documents(&options.fields)),
            What::Refused(error) => outcome.refused.push(error),
        }
        outcome
    }
}

/// The parts of files, in order.
pub(super) struct Parts<'a> {
    files: std::vec::IntoIter<File>,
    options: &'a Options,
    cutting: Option<Cutting>,
}

/// A file that is being cut.
struct Cutting {
    rows: RowsOf,
    packed: Count,
    /// Of its packed bytes so many belong to parts that were handed out.
    told: u64,
    begun: bool,
}

impl<'a> Parts<'a> {
    pub(super) fn new(files: Vec<File>, options: &'a Options) -> Self {
        Self { files: files.into_iter(), options, cutting: None }
    }
}

impl Iterator for Parts<'_> {
    type Item = Part;

    fn next(&mut self) -> Option<Part> {
        loop {
            if let Some(cutting) = &mut self.cutting {
                match cutting.next() {
                    Some(part) => return Some(part),
                    None => self.cutting = None,
                }
            }
            let file = self.files.next()?;
            if !may_hold_rows(&file) {
                let bytes = size(&file);
                return Some(Part { what: What::File(file), bytes, goes_on: false });
            }
            let begun = open(&file).and_then(|opened| begin(&file, opened, self.options));
            let (what, bytes) = match begun {
                Ok(Begun::Rows(cutting)) => {
                    self.cutting = Some(cutting);
                    continue;
                }
                Ok(Begun::Whole(content, depth, bytes)) => (What::Content(content, depth), bytes),
                Err(error) => (What::Refused(error), size(&file)),
            };
            return Some(Part { what, bytes, goes_on: false });
        }
    }
}

impl Iterator for Cutting {
    type Item = Part;

    fn next(&mut self) -> Option<Part> {
        let (what, goes_on) = match self.rows.next()? {
            Ok(cut) => (What::Rows(cut), self.begun),
            // That the rest is lost is told apart from what is wrong with rows.
            Err(error) => (What::Refused(error), false),
        };
        let packed = self.packed.get();
        let part = Part { what, bytes: packed - self.told, goes_on };
        (self.told, self.begun) = (packed, true);
        Some(part)
    }
}

/// Whether a file is, by its name, one of rows, or its content is to tell.
fn may_hold_rows(file: &File) -> bool {
    let mut name = if file.path.as_os_str() == STDIN { "" } else { file.id.as_str() };
    while let Some((packing, inner)) = Packing::of_name(name) {
        if packing == Packing::Zip {
            return false;
        }
        name = inner;
    }
    Format::of_name(name).is_none_or(Format::holds_many)
}

enum Begun {
    Rows(Cutting),
    /// Not to be cut: what it holds, how often it was packed, and its packed bytes.
    Whole(Content, usize, u64),
}

/// Looks at as much of a file as tells whether it can be cut.
fn begin(file: &File, mut opened: Opened, options: &Options) -> Result<Begun, ReadError> {
    let mut head = Vec::new();
    let read = opened.reader.by_ref().take(HEAD as u64).read_to_end(&mut head);
    read.map_err(|error| opened.says.about(error))?;
    let format = rows(&head, &opened.name, options).filter(|_| head.len() == HEAD);
    let Some(format) = format else {
        let bytes = opened.rest(head)?;
        let Opened { name, depth, packed, .. } = opened;
        let content = Content { path: file.path.clone(), id: file.id.clone(), name, bytes, named: file.named };
        return Ok(Begun::Whole(content, depth, packed.get()));
    };
    let Opened { reader, packed, says, .. } = opened;
    if head.starts_with(MARK) {
        head.drain(..MARK.len());
    }
    let rows = if format == Format::Csv {
        let line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let beginning = String::from_utf8_lossy(line).into_owned();
        RowsOf::Records(Box::new(Records::new(
            file,
            &beginning,
            Cursor::new(head).chain(reader),
            says,
            &options.fields,
        )))
    } else {
        RowsOf::Lines(Lines::new(file, Cursor::new(head).chain(reader), says))
    };
    Ok(Begun::Rows(Cutting { rows, packed, told: 0, begun: false }))
}

/// The format of a file of rows that can be cut, by its first bytes: UTF-8, and no array of JSON, which ends where its
/// last row does.
fn rows(head: &[u8], name: &str, options: &Options) -> Option<Format> {
    let format = Format::of_name(name).or(options.format).unwrap_or_else(|| Format::of_content(head));
    let marked = Encoding::for_bom(head).is_some_and(|(encoding, _)| encoding != UTF_8);
    let valid = std::str::from_utf8(head).map_or_else(|cut| cut.error_len().is_none(), |_| true);
    let head = head.strip_prefix(MARK).unwrap_or(head);
    let is_array = format == Format::Json && head.trim_ascii_start().starts_with(b"[");
    (format.holds_many() && valid && !marked && !head.contains(&0) && !is_array).then_some(format)
}
