//! Documents as the rows of a table: CSV, with commas, semicolons or tabs between the cells; the first row names the
//! columns.

use std::path::Path;

use super::fields::Fields;
use super::{Place, Rows};

/// The documents of a file. `id` is that of the file.
pub(super) fn documents(path: &Path, id: &str, text: &str, fields: &Fields) -> Rows {
    let mut rows = Rows::default();
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter(text)).from_reader(text.as_bytes());
    let line = |position: Option<&csv::Position>| {
        position.map_or(Place::file(path), |p| Place::line(path, usize::try_from(p.line()).unwrap_or(usize::MAX)))
    };
    let columns = match reader.headers() {
        Ok(names) => fields.columns(&names.iter().collect::<Vec<_>>()),
        Err(error) => Err(message(&error)),
    };
    let columns = match columns {
        Ok(columns) => columns,
        Err(message) => {
            rows.add(Place::line(path, 1), Err(message));
            return rows;
        }
    };
    for (n, record) in reader.records().enumerate() {
        match record {
            Ok(record) => {
                let document = columns.document(id, n + 1, |at| record.get(at));
                rows.add(line(record.position()), document);
            }
            Err(error) => rows.add(line(error.position()), Err(message(&error))),
        }
    }
    rows
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
