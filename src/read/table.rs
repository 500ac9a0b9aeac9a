//! Documents as the rows of a table: CSV, with commas, semicolons or tabs between the cells; the first row names the
//! columns.

use std::io::Read;
use std::path::Path;

use super::Place;
use super::fields::{Columns, Fields};
use super::outcome::Rows;
use crate::document::Document;

/// The documents of a file. `id` is that of the file.
pub(super) fn documents(path: &Path, id: &str, text: &str, fields: &Fields) -> Rows {
    let mut rows = Rows::default();
    match Table::new(text, text.as_bytes(), fields) {
        Ok((table, columns)) => table.for_each(|row| row.read(path, id, &columns, &mut rows)),
        Err(message) => rows.add(Place::line(path, 1), Err(message)),
    }
    rows
}

/// A table that is read row by row.
pub(super) struct Table<R> {
    records: csv::StringRecordsIntoIter<R>,
    number: usize,
}

/// A row, or why it is none.
pub(super) struct Row {
    pub cells: csv::Result<csv::StringRecord>,
    /// Its place among the rows, from 1.
    pub number: usize,
}

impl<R: Read> Table<R> {
    /// A table of which `beginning` is the beginning, and what its columns are.
    pub(super) fn new(beginning: &str, reader: R, fields: &Fields) -> Result<(Self, Columns), String> {
        let mut reader = csv::ReaderBuilder::new().delimiter(delimiter(beginning)).from_reader(reader);
        let names = reader.headers().map_err(|error| message(&error))?;
        let columns = fields.columns(&names.iter().collect::<Vec<_>>())?;
        Ok((Self { records: reader.into_records(), number: 0 }, columns))
    }
}

impl<R: Read> Table<R> {
    /// The bytes of the rows that were read.
    pub(super) fn bytes(&self) -> u64 {
        self.records.reader().position().byte()
    }
}

impl<R: Read> Iterator for Table<R> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        let cells = self.records.next()?;
        self.number += 1;
        Some(Row { cells, number: self.number })
    }
}

impl Row {
    /// Adds its document to `rows`. `id` is that of the file.
    pub(super) fn read(self, path: &Path, id: &str, columns: &Columns, rows: &mut Rows) {
        let place = |position: Option<&csv::Position>| {
            position.map_or(Place::file(path), |p| Place::line(path, usize::try_from(p.line()).unwrap_or(usize::MAX)))
        };
        match self.cells {
            Ok(cells) => {
                let document: Result<Document, String> = columns.document(id, self.number, |at| cells.get(at));
                rows.add(place(cells.position()), document);
            }
            Err(error) => rows.add(place(error.position()), Err(message(&error))),
        }
    }
}

/// What parts the cells: that of the usual marks which the first line has most of.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    let count = |mark: u8| first.bytes().filter(|b| *b == mark).count();
    [b',', b'\t', b';'].into_iter().rev().max_by_key(|mark| count(*mark)).unwrap_or(b',')
}

fn message(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => format!(
            "has {len} cells where the first row has {expected_len}; put cells that hold the delimiter or a line end in \
             double quotes"
        ),
        _ => format!("is no row of a table ({error})"),
    }
}
