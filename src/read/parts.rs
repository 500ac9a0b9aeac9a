//! The inputs cut into parts that are read one by one, so that a corpus need not fit into memory: a file is one part,
//! but for archives, of which each file is one, and large files of rows, of which some rows each are one.

use std::fs::File as Handle;
use std::io::{BufReader, Cursor, Read};
use std::iter::once;
use std::path::PathBuf;
use std::rc::Rc;

use encoding_rs::{Encoding, UTF_8};

use super::file::{self, Content};
use super::format::{Format, Packing};
use super::opened::{Opened, open, size};
use super::outcome::Outcome;
use super::rows::{Cut, Lines, Records, RowsOf};
use super::unpack::{Count, Counted, Member, Members};
use super::walk::{self, File, STDIN};
use super::{Options, Place, ReadError};

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
    Skipped(PathBuf),
}

impl Part {
    fn new(what: What, bytes: u64) -> Self {
        Self { what, bytes, goes_on: false }
    }

    /// Reads its documents.
    pub(super) fn read(self, options: &Options) -> Outcome {
        let mut outcome = Outcome::default();
        match self.what {
            What::File(file) => return file::read(&file, options),
            What::Content(content, depth) => file::take(content, options, &mut outcome, depth),
            What::Rows(cut) => outcome.add_rows(cut.format(), UTF_8.name(), cut.documents(&options.fields)),
            What::Refused(error) => outcome.refused.push(error),
            What::Skipped(path) => outcome.skipped.push(path),
        }
        outcome
    }
}

/// The parts of files, in order.
pub(super) fn parts(files: Vec<File>, options: &Options) -> impl Iterator<Item = Part> {
    files.into_iter().flat_map(|file| {
        let size = size(&file);
        let cut = match kind(&file) {
            Kind::One => Ok(whole(What::File(file), size)),
            Kind::Rows => rows(&file, options),
            Kind::Archive => archive(&file, size),
        };
        cut.unwrap_or_else(|error| whole(What::Refused(error), size))
    })
}

type PartsOfFile = Box<dyn Iterator<Item = Part>>;

fn whole(what: What, bytes: u64) -> PartsOfFile {
    Box::new(once(Part::new(what, bytes)))
}

enum Kind {
    /// A file of one document.
    One,
    /// By its name a file of rows, or its content is to tell.
    Rows,
    Archive,
}

fn kind(file: &File) -> Kind {
    let mut name = if file.path.as_os_str() == STDIN { "" } else { file.id.as_str() };
    if let Some((Packing::Zip, _)) = Packing::of_name(name) {
        return Kind::Archive;
    }
    while let Some((_, inner)) = Packing::of_name(name) {
        name = inner;
    }
    if Format::of_name(name).is_none_or(Format::holds_many) { Kind::Rows } else { Kind::One }
}

fn archive(file: &File, size: u64) -> Result<PartsOfFile, ReadError> {
    let io = |source| ReadError::Io { path: file.path.clone(), source };
    let refused = |message| ReadError::refused(Place::file(&file.path), message);
    let archive = BufReader::new(Handle::open(&file.path).map_err(io)?);
    let mut members = Members::open(archive, size, walk::is_known).map_err(refused)?;
    let (path, id) = (file.path.clone(), file.id.clone());
    let others = std::mem::take(&mut members.others).into_iter();
    let skipped = others.map({
        let path = path.clone();
        move |name| Part::new(What::Skipped(path.join(name)), 0)
    });
    let part = move |Member { name, content, packed }: Member| {
        let path = path.join(&name);
        let what = match content {
            Ok(bytes) => What::Content(Content { path, id: format!("{id}/{name}"), name, bytes, named: false }, 1),
            Err(message) => What::Refused(ReadError::refused(Place::file(&path), message)),
        };
        Part::new(what, packed)
    };
    Ok(Box::new(members.map(part).chain(skipped)))
}

/// Looks at as much of a file as tells whether it has rows and is large.
fn rows(file: &File, options: &Options) -> Result<PartsOfFile, ReadError> {
    let mut opened = open(file)?;
    let given = Count::default();
    opened.reader = Box::new(Counted { reader: opened.reader, bytes: Rc::clone(&given) });
    let mut head = Vec::new();
    let read = opened.reader.by_ref().take(HEAD as u64).read_to_end(&mut head);
    read.map_err(|error| opened.says.about(error))?;
    let format = format(&head, &opened.name, options).filter(|_| head.len() == HEAD);
    let Some(format) = format else {
        let bytes = opened.rest(head)?;
        let Opened { name, depth, packed, .. } = opened;
        let content = Content { path: file.path.clone(), id: file.id.clone(), name, bytes, named: file.named };
        return Ok(whole(What::Content(content, depth), packed.get()));
    };
    let Opened { reader, packed, says, .. } = opened;
    if head.starts_with(MARK) {
        head.drain(..MARK.len());
        given.set(given.get() - MARK.len() as u64);
    }
    let rows = if format == Format::Csv {
        let line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let beginning = String::from_utf8_lossy(line).into_owned();
        let whole = Cursor::new(head).chain(reader);
        RowsOf::Records(Box::new(Records::new(file, &beginning, whole, says, &options.fields)))
    } else {
        RowsOf::Lines(Box::new(Lines::new(file, Cursor::new(head).chain(reader), says)))
    };
    Ok(Box::new(Cutting { rows, packed, given, told: 0, begun: false }))
}

/// The format of a file of rows that can be cut, by its first bytes: UTF-8, and no array of JSON, which ends where its
/// last row does.
fn format(head: &[u8], name: &str, options: &Options) -> Option<Format> {
    let format = Format::of_name(name).or(options.format).unwrap_or_else(|| Format::of_content(head));
    let marked = Encoding::for_bom(head).is_some_and(|(encoding, _)| encoding != UTF_8);
    let valid = std::str::from_utf8(head).map_or_else(|cut| cut.error_len().is_none(), |_| true);
    let head = head.strip_prefix(MARK).unwrap_or(head);
    let is_array = format == Format::Json && head.trim_ascii_start().starts_with(b"[");
    (format.holds_many() && valid && !marked && !head.contains(&0) && !is_array).then_some(format)
}

/// A file of rows that is being cut.
struct Cutting {
    rows: RowsOf,
    /// Its bytes that were read, packed, and what they gave.
    packed: Count,
    given: Count,
    /// Of its packed bytes about so many belong to parts that were handed out.
    told: u64,
    begun: bool,
}

impl Iterator for Cutting {
    type Item = Part;

    fn next(&mut self) -> Option<Part> {
        let (what, goes_on) = match self.rows.next()? {
            Ok(cut) => (What::Rows(cut), self.begun),
            // That the rest is lost is told apart from what is wrong with rows.
            Err(error) => (What::Refused(error), false),
        };
        // More is read than was handed out: whole blocks.
        let handed_out = self.rows.bytes() as f64 / self.given.get().max(1) as f64;
        let packed = (self.packed.get() as f64 * handed_out.min(1.0)) as u64;
        let part = Part { what, bytes: packed.saturating_sub(self.told), goes_on };
        (self.told, self.begun) = (packed.max(self.told), true);
        Some(part)
    }
}
