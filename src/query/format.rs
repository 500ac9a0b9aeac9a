//! Answers written out: as aligned text, and in the formats of SPARQL and RDF.

use std::io::{self, Write};
use std::str::FromStr;

use oxigraph::io::{RdfFormat, RdfSerializer};
use oxigraph::model::{Term, Triple, Variable};
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};

use super::{Answer, Shortener, Table};
use crate::rdf::Iris;
use crate::store::readable;

/// How an answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// Aligned text for people.
    #[default]
    Table,
    /// SPARQL results as CSV: values alone.
    Csv,
    /// SPARQL results as TSV: terms as Turtle writes them.
    Tsv,
    /// SPARQL results as JSON.
    Json,
    /// SPARQL results as XML.
    Xml,
    /// Triples as Turtle with the usual prefixes.
    Turtle,
    /// Triples, one a line.
    NTriples,
}

/// Why an answer is not written.
#[derive(Debug, thiserror::Error)]
pub enum FormatError {
    /// No format of that name.
    #[error("no format {name:?}; there are {}", names())]
    Unknown {
        /// The name.
        name: String,
    },
    /// The format is for the other kind of answer.
    #[error("{format} is for {takes}; this query {gives}")]
    Unfit {
        /// The format.
        format: &'static str,
        /// What it is for.
        takes: &'static str,
        /// What the query is.
        gives: &'static str,
    },
    /// It cannot be written to where it should go.
    #[error("cannot write the answer: {0}")]
    Io(#[from] io::Error),
}

fn names() -> String {
    Format::ALL.map(Format::name).join(", ")
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 7] = [Self::Table, Self::Csv, Self::Tsv, Self::Json, Self::Xml, Self::Turtle, Self::NTriples];

    /// Its name on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Json => "json",
            Self::Xml => "xml",
            Self::Turtle => "turtle",
            Self::NTriples => "ntriples",
        }
    }
}

impl FromStr for Format {
    type Err = FormatError;

    fn from_str(name: &str) -> Result<Self, FormatError> {
        Self::ALL.into_iter().find(|f| f.name() == name).ok_or_else(|| FormatError::Unknown { name: name.to_owned() })
    }
}

/// Writes an answer.
///
/// # Errors
/// Where the format is for triples and the answer is a table, or the other way round; where `to` cannot be written.
pub fn write(answer: &Answer, format: Format, iris: &Iris, to: &mut impl Write) -> Result<(), FormatError> {
    let results = match format {
        Format::Table => return Ok(to.write_all(text(answer, iris, None).as_bytes())?),
        Format::Turtle => return write_triples(answer, format, readable(RdfFormat::Turtle, iris.base()), to),
        Format::NTriples => return write_triples(answer, format, RdfSerializer::from_format(RdfFormat::NTriples), to),
        Format::Csv => QueryResultsFormat::Csv,
        Format::Tsv => QueryResultsFormat::Tsv,
        Format::Json => QueryResultsFormat::Json,
        Format::Xml => QueryResultsFormat::Xml,
    };
    let mut written = Vec::new();
    write_results(answer, format, results, &mut written)?;
    // JSON and XML end without a line break.
    if matches!(format, Format::Json | Format::Xml) || matches!(answer, Answer::Boolean(_)) {
        written.push(b'\n');
    }
    Ok(to.write_all(&if results == QueryResultsFormat::Xml { in_xml(written) } else { written })?)
}

/// XML without the characters that it has not (XML 1.0, section 2.2), and with carriage returns as references: a parser
/// makes plain ones line feeds. Texts may have both, and serializers do not look for them.
pub(super) fn in_xml(xml: Vec<u8>) -> Vec<u8> {
    let is_control = |byte: u8| byte < b' ' && !b"\t\n".contains(&byte);
    let is_none = |at: &[u8]| matches!(at, [0xef, 0xbf, 0xbe | 0xbf]);
    if !xml.iter().any(|byte| is_control(*byte)) && !xml.windows(3).any(is_none) {
        return xml;
    }
    let mut clean = String::with_capacity(xml.len());
    for c in String::from_utf8_lossy(&xml).chars() {
        match c {
            '\r' => clean.push_str("&#13;"),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c < ' ' && !['\t', '\n'].contains(&c) => {}
            c => clean.push(c),
        }
    }
    clean.into_bytes()
}

fn write_results(
    answer: &Answer,
    format: Format,
    results: QueryResultsFormat,
    to: &mut impl Write,
) -> Result<(), FormatError> {
    let serializer = QueryResultsSerializer::from_format(results);
    match answer {
        Answer::Boolean(value) => {
            serializer.serialize_boolean_to_writer(&mut *to, *value)?;
        }
        Answer::Table(table) => {
            let variables: Vec<Variable> = table.columns.iter().map(|c| Variable::new_unchecked(c.as_str())).collect();
            let mut rows = serializer.serialize_solutions_to_writer(&mut *to, variables.clone())?;
            for row in &table.rows {
                rows.serialize(
                    variables.iter().zip(row).filter_map(|(variable, term)| Some((variable, term.as_ref()?))),
                )?;
            }
            rows.finish()?;
        }
        Answer::Triples(_) => {
            let gives = "gives triples (CONSTRUCT, DESCRIBE): take turtle, ntriples or table";
            return Err(FormatError::Unfit { format: format.name(), takes: "tables", gives });
        }
    }
    Ok(())
}

/// An answer as text for people, in lines of at most `width` columns where that can be; see [`Table::aligned`].
#[must_use]
pub fn text(answer: &Answer, iris: &Iris, width: Option<usize>) -> String {
    let shortener = Shortener { iris };
    match answer {
        Answer::Boolean(value) => format!("{value}\n"),
        Answer::Table(table) => table.aligned(shortener, width),
        Answer::Triples(triples) => {
            let row = |t: &Triple| {
                vec![Some(Term::from(t.subject.clone())), Some(t.predicate.clone().into()), Some(t.object.clone())]
            };
            let columns = ["subject", "predicate", "object"].map(str::to_owned).to_vec();
            Table { columns, rows: triples.iter().map(row).collect() }.aligned(shortener, width)
        }
    }
}

fn write_triples(
    answer: &Answer,
    format: Format,
    serializer: RdfSerializer,
    to: &mut impl Write,
) -> Result<(), FormatError> {
    let Answer::Triples(triples) = answer else {
        let gives = "gives a table (SELECT, ASK): take table, csv, tsv, json or xml";
        return Err(FormatError::Unfit { format: format.name(), takes: "triples", gives });
    };
    let mut writer = serializer.for_writer(&mut *to);
    for triple in triples {
        writer.serialize_triple(triple)?;
    }
    writer.finish()?;
    Ok(())
}
