//! What commands of the network print: rows of words and numbers, as a table, CSV, TSV or JSON.

use std::io::{self, Write};

use clap::ValueEnum;
use oxigraph::model::{Literal, NamedNode, Term};
use serde_json::{Map, Value};

use crate::export::attribute;
use crate::query::{Shortener, Table};
use crate::rdf::Iris;

/// How rows are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Aligned, for people; numbers are rounded
    #[default]
    Table,
    /// With commas, numbers in full
    Csv,
    /// With tabs, numbers in full
    Tsv,
    /// A list of objects, numbers in full
    Json,
}

/// What stands in a column of a row.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    /// Nothing.
    Empty,
    /// Words.
    Text(String),
    /// What names a thing of the workspace: its IRI without the base.
    Id(String),
    /// A whole number.
    Integer(usize),
    /// A number.
    Number(f64),
}

/// Rows under their heads.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub columns: Vec<&'static str>,
    pub rows: Vec<Vec<Cell>>,
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl Rows {
    pub fn new(columns: &[&'static str]) -> Self {
        Self { columns: columns.to_vec(), rows: Vec::new() }
    }

    /// Puts a column before all others.
    pub fn first(&mut self, column: &str) {
        if let Some(at) = self.columns.iter().position(|name| *name == column) {
            self.columns[..=at].rotate_right(1);
            self.rows.iter_mut().filter(|row| row.len() > at).for_each(|row| row[..=at].rotate_right(1));
        }
    }

    /// Adds rows, each behind the same numbers.
    pub fn extend(&mut self, numbers: &[usize], rows: Vec<Vec<Cell>>) {
        let before = || numbers.iter().copied().map(Cell::Integer);
        self.rows.extend(rows.into_iter().map(|row| before().chain(row).collect()));
    }

    /// Writes them. A table fits the terminal, where standard output is one.
    pub fn write(&self, format: Format, iris: &Iris, out: &mut dyn Write) -> anyhow::Result<()> {
        match format {
            Format::Table => Ok(out.write_all(self.table(iris).as_bytes())?),
            Format::Csv => self.separated(b',', out),
            Format::Tsv => self.separated(b'\t', out),
            Format::Json => {
                serde_json::to_writer_pretty(&mut *out, &self.json())?;
                Ok(out.write_all(b"\n")?)
            }
        }
    }

    fn table(&self, iris: &Iris) -> String {
        let columns = self.columns.iter().map(|column| (*column).to_owned()).collect();
        let rows = self.rows.iter().map(|row| row.iter().map(|cell| cell.term(iris)).collect()).collect();
        let width = terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| width.0.into());
        Table { columns, rows }.aligned(Shortener { iris }, width)
    }

    fn separated(&self, by: u8, out: &mut dyn Write) -> anyhow::Result<()> {
        let mut writer = csv::WriterBuilder::new().delimiter(by).from_writer(out);
        writer.write_record(&self.columns)?;
        for row in &self.rows {
            writer.write_record(row.iter().map(Cell::plain))?;
        }
        Ok(writer.flush()?)
    }

    /// A list of objects, without the columns in which they have nothing.
    fn json(&self) -> Value {
        let object = |row: &Vec<Cell>| {
            let filled = self.columns.iter().zip(row).filter(|(_, cell)| **cell != Cell::Empty);
            Value::Object(filled.map(|(column, cell)| ((*column).to_owned(), cell.json())).collect::<Map<_, _>>())
        };
        self.rows.iter().map(object).collect()
    }
}

impl Cell {
    /// A text that may be missing.
    pub fn optional(text: Option<&str>) -> Self {
        text.map_or(Self::Empty, Self::from)
    }

    /// The value of an attribute.
    pub fn of(value: Option<attribute::Value<'_>>) -> Self {
        match value {
            None => Self::Empty,
            Some(attribute::Value::Text(text)) => Self::Text(text.into_owned()),
            Some(attribute::Value::Integer(number)) => Self::Integer(usize::try_from(number).unwrap_or_default()),
            Some(attribute::Value::Number(number)) => Self::Number(number),
        }
    }

    fn plain(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) | Self::Id(text) => text.clone(),
            Self::Integer(number) => number.to_string(),
            Self::Number(number) => number.to_string(),
        }
    }

    fn json(&self) -> Value {
        match self {
            Self::Empty => Value::Null,
            Self::Text(text) | Self::Id(text) => Value::from(text.as_str()),
            Self::Integer(number) => Value::from(*number),
            Self::Number(number) => Value::from(*number),
        }
    }

    /// The cell as a table of answers has it: numbers to four significant digits.
    fn term(&self, iris: &Iris) -> Option<Term> {
        let text = match self {
            Self::Empty => return None,
            Self::Id(id) => {
                let iri = NamedNode::new(format!("{}{id}", iris.base()));
                return Some(iri.map_or_else(|_| Literal::from(id.as_str()).into(), Term::from));
            }
            Self::Number(number) => rounded(*number),
            other => other.plain(),
        };
        Some(Literal::from(text).into())
    }
}

/// To four significant digits, without a power of ten where the number is a usual one.
fn rounded(number: f64) -> String {
    let size = number.abs();
    match size {
        _ if number.fract() == 0.0 => format!("{number}"),
        _ if size >= 1000.0 => format!("{number:.0}"),
        _ if size >= 1.0 => format!("{number:.2}"),
        _ if size >= 0.1 => format!("{number:.4}"),
        _ if size >= 0.01 => format!("{number:.5}"),
        _ if size >= 0.001 => format!("{number:.6}"),
        _ => format!("{number:.3e}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows() -> Rows {
        let row = vec!["泰坦, \"科技\"".into(), Cell::Integer(3), Cell::Number(1.0 / 3.0), Cell::Id("org/泰坦".into())];
        Rows { columns: vec!["name", "degree", "pagerank", "id"], rows: vec![row, vec![Cell::Empty; 4]] }
    }

    fn written(format: Format) -> String {
        let mut out = Vec::new();
        rows().write(format, &Iris::default(), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn programs_get_numbers_in_full_and_people_rounded_ones() {
        assert_eq!(
            written(Format::Csv),
            "name,degree,pagerank,id\n\"泰坦, \"\"科技\"\"\",3,0.3333333333333333,org/泰坦\n,,,\n"
        );
        let json: Value = serde_json::from_str(&written(Format::Json)).unwrap();
        assert_eq!(json[0]["pagerank"].as_f64(), Some(1.0 / 3.0));
        assert_eq!(json[1], serde_json::json!({}));
        assert!(
            written(Format::Table).contains("泰坦, \"科技\"  3       0.3333    org/泰坦"),
            "{}",
            written(Format::Table)
        );
    }

    #[test]
    fn small_and_large_numbers_are_rounded_alike() {
        let shown = [2.0, 1234.5, 12.345, 0.12345, 0.0123456, 0.000_012_345].map(rounded);
        assert_eq!(shown, ["2", "1234", "12.35", "0.1235", "0.01235", "1.234e-5"]);
    }
}
