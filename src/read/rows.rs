//! Large files of rows, some rows at a time.

use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;

use super::encoding::{damaged, few_are_broken};
use super::fields::{Columns, Fields};

use super::format::Format;
use super::opened::Says;
use super::outcome::{LARGEST_DOCUMENT, Rows};
use super::table::{Row, Table};
use super::unpack::Count;
use super::walk::File;
use super::{Place, ReadError, json};

/// Rows are handed out by about so many bytes: some dozens of news items.
const CUT: usize = 128 << 10;

/// Some rows of a file.
pub(super) struct Cut {
    path: PathBuf,
    id: String,
    rows: Kind,
}

enum Kind {
    /// Lines of JSON, and the numbers of the lines before them and of those of them that are not blank.
    Lines(Vec<u8>, (usize, usize)),
    Records(Vec<Row>, Arc<Columns>),
}

impl Cut {
    pub(super) fn format(&self) -> Format {
        match self.rows {
            Kind::Lines(..) => Format::Json,
            Kind::Records(..) => Format::Csv,
        }
    }

    pub(super) fn documents(self, fields: &Fields) -> Rows {
        let Self { path, id, rows: kind } = self;
        let mut rows = Rows::default();
        match kind {
            Kind::Records(records, columns) => {
                records.into_iter().for_each(|row| row.read(&path, &id, &columns, &mut rows));
            }
            Kind::Lines(bytes, before) => {
                let lines = json::Lines { path: &path, id: &id, before };
                match std::str::from_utf8(&bytes) {
                    Ok(text) => lines.read(text.lines().map(Ok), fields, &mut rows),
                    Err(_) => mixed(&bytes, &lines, fields, &mut rows),
                }
            }
        }
        rows
    }
}

/// Reads lines of which not all are UTF-8. A broken character in a thousand is U+FFFD; where there are more, the lines
/// that have them are refused.
fn mixed(bytes: &[u8], lines: &json::Lines<'_>, fields: &Fields, rows: &mut Rows) {
    let text = String::from_utf8_lossy(bytes);
    if few_are_broken(&text) {
        return lines.read(text.lines().map(Ok), fields, rows);
    }
    let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    let line =
        |line| std::str::from_utf8(line).map_err(|error| damaged(&format!("byte {} of the line", error.valid_up_to())));
    lines.read(bytes.split(|byte| *byte == b'\n').map(line), fields, rows);
}

/// The rows of a large file, in order.
pub(super) enum RowsOf {
    Lines(Box<Lines>),
    Records(Box<Records>),
}

impl RowsOf {
    /// The bytes of the rows that were handed out, and of what stands between them.
    pub(super) fn bytes(&self) -> u64 {
        match self {
            Self::Lines(lines) => lines.bytes,
            Self::Records(records) => records.bytes,
        }
    }
}

impl Iterator for RowsOf {
    type Item = Result<Cut, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        match self {
            Self::Lines(lines) => lines.next(),
            Self::Records(records) => records.next(),
        }
    }
}

/// Lines of JSON.
pub(super) struct Lines {
    path: PathBuf,
    id: String,
    /// `None` behind a failure.
    reader: Option<BufReader<Whole>>,
    says: Says,
    failed: Option<ReadError>,
    /// The lines that were read, and those of them that are not blank.
    read: (usize, usize),
    bytes: u64,
}

/// A file that begins with bytes that were read before.
type Whole = io::Chain<Cursor<Vec<u8>>, Box<dyn Read>>;

impl Lines {
    pub(super) fn new(file: &File, whole: Whole, says: Says) -> Self {
        let (path, id) = (file.path.clone(), file.id.clone());
        Self { path, id, reader: Some(BufReader::new(whole)), says, failed: None, read: (0, 0), bytes: 0 }
    }

    /// Adds the next line to `bytes`; `None` where there is no more.
    fn line(&mut self, bytes: &mut Vec<u8>) -> Option<()> {
        let start = bytes.len();
        let read = self.reader.as_mut()?.take(LARGEST_DOCUMENT as u64).read_until(b'\n', bytes);
        let failed = match read {
            Ok(0) => None,
            Ok(LARGEST_DOCUMENT) => {
                bytes.truncate(start);
                let place = Place::line(&self.path, self.read.0 + 1);
                Some(ReadError::refused(place, too_long("line")))
            }
            Ok(_) => {
                let is_blank = std::str::from_utf8(&bytes[start..]).is_ok_and(json::is_blank);
                self.read = (self.read.0 + 1, self.read.1 + usize::from(!is_blank));
                return Some(());
            }
            Err(error) => {
                bytes.truncate(start);
                Some(self.says.about(error))
            }
        };
        (self.reader, self.failed) = (None, failed);
        None
    }
}

impl Iterator for Lines {
    type Item = Result<Cut, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        let before = self.read;
        let mut bytes = Vec::with_capacity(CUT);
        while bytes.len() < CUT && self.line(&mut bytes).is_some() {}
        if self.read == before {
            return self.failed.take().map(Err);
        }
        self.bytes += bytes.len() as u64;
        Some(Ok(Cut { path: self.path.clone(), id: self.id.clone(), rows: Kind::Lines(bytes, before) }))
    }
}

/// What is said of a row that fills memory.
fn too_long(what: &str) -> String {
    let most = LARGEST_DOCUMENT >> 20;
    format!("a {what} is longer than the {most} MiB that one document may have; split it (nothing behind it is read)")
}

/// Rows of a table.
pub(super) struct Records {
    path: PathBuf,
    id: String,
    /// `None` behind a failure.
    table: Option<Table<Within>>,
    columns: Arc<Columns>,
    says: Says,
    failed: Option<ReadError>,
    left: Count,
    bytes: u64,
}

impl Records {
    /// The rows of a file of which `beginning` is the beginning.
    pub(super) fn new(file: &File, beginning: &str, whole: Whole, says: Says, fields: &Fields) -> Self {
        let (path, id, left) = (file.path.clone(), file.id.clone(), Count::default());
        left.set(LARGEST_DOCUMENT as u64);
        let (table, columns, failed) = match Table::new(beginning, Within { whole, left: Rc::clone(&left) }, fields) {
            Ok((table, columns)) => (Some(table), columns, None),
            Err(message) => (None, Columns::default(), Some(ReadError::refused(Place::line(&path, 1), message))),
        };
        Self { path, id, table, columns: Arc::new(columns), says, failed, left, bytes: 0 }
    }

    fn row(&mut self) -> Option<Row> {
        self.left.set(LARGEST_DOCUMENT as u64);
        let Row { cells, number } = self.table.as_mut()?.next()?;
        match cells {
            Err(error) if error.is_io_error() => {
                let csv::ErrorKind::Io(error) = error.into_kind() else { return None };
                (self.table, self.failed) = (None, Some(self.says.about(error)));
                None
            }
            cells => Some(Row { cells, number }),
        }
    }
}

impl Iterator for Records {
    type Item = Result<Cut, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        let (mut rows, mut bytes) = (Vec::new(), 0);
        while let Some(row) = self.row() {
            bytes += row.cells.as_ref().map_or(0, |cells| cells.as_slice().len());
            rows.push(row);
            if bytes >= CUT {
                break;
            }
        }
        self.bytes = self.table.as_ref().map_or(self.bytes, Table::bytes);
        if rows.is_empty() {
            return self.failed.take().map(Err);
        }
        let rows = Kind::Records(rows, Arc::clone(&self.columns));
        Some(Ok(Cut { path: self.path.clone(), id: self.id.clone(), rows }))
    }
}

/// Fails where a row does not end: one whose quotes are left open would take the rest of the file.
struct Within {
    whole: Whole,
    /// So many bytes may be read until the row's end.
    left: Count,
}

impl Read for Within {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let read = self.whole.read(to)?;
        match self.left.get().checked_sub(read as u64) {
            Some(left) => self.left.set(left),
            None => return Err(io::Error::new(io::ErrorKind::FileTooLarge, too_long("row"))),
        }
        Ok(read)
    }
}
