//! Tables of columns, as pandas, polars, DuckDB and Spark read them: nodes, edges, and the facts behind them.
//!
//! Days are of the type DATE, a value that is not there is a null. The writers of columns are enough for flat tables: with
//! the rest of Arrow it would be twelve crates more. Nothing tells when or by which version a file was written.

use std::io::{self, Write};
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, Int32Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::{Type, TypePtr};

use super::File;
use super::attribute::{Attribute, FACTS, Kind, Value, edge_id, fact_id, node_id, of_edges, of_nodes};
use crate::graph::Network;
use crate::text::date::Date;

/// The files of a folder.
pub const FILES: [File; 3] = [("nodes.parquet", nodes), ("edges.parquet", edges), ("facts.parquet", facts)];

/// Rows of a group: what a reader takes at once.
const GROUP: usize = 1 << 16;

fn nodes(network: &Network, to: &mut dyn Write) -> io::Result<()> {
    let at: Vec<_> = network.graph.node_indices().collect();
    let ids = at.iter().map(|at| node_id(network, *at).into()).collect();
    table(network, &[("id", ids)], &of_nodes(network), &at, to)
}

fn edges(network: &Network, to: &mut dyn Write) -> io::Result<()> {
    let at: Vec<_> = network.graph.edge_indices().collect();
    let ends = at.iter().map(|at| network.graph.edge_endpoints(*at).unwrap_or_default());
    let (from, end) = ends.map(|(from, to)| (node_id(network, from).into(), node_id(network, to).into())).unzip();
    let ids = at.iter().map(|at| edge_id(*at).as_str().into()).collect();
    table(network, &[("source", from), ("target", end), ("id", ids)], &of_edges(network), &at, to)
}

fn facts(network: &Network, to: &mut dyn Write) -> io::Result<()> {
    let at: Vec<usize> = (0..network.facts.len()).collect();
    let ids = at.iter().map(|at| fact_id(network, *at).into()).collect();
    table(network, &[("id", ids)], &FACTS, &at, to)
}

/// Writes a table: columns of strings that are always there, and those of attributes.
fn table<I: Copy>(
    network: &Network,
    first: &[(&str, Vec<ByteArray>)],
    attributes: &[Attribute<I>],
    rows: &[I],
    to: &mut dyn Write,
) -> io::Result<()> {
    let properties = WriterProperties::builder().set_created_by("tupu".to_owned()).set_compression(Compression::SNAPPY);
    let mut file = SerializedFileWriter::new(Vec::new(), schema(first, attributes)?, Arc::new(properties.build()))?;
    for (n, rows) in rows.chunks(GROUP).enumerate() {
        let mut group = file.next_row_group()?;
        for (_, column) in first {
            write::<ByteArrayType>(&mut group, column.iter().skip(n * GROUP).take(rows.len()).cloned().map(Some))?;
        }
        for attribute in attributes {
            let values = rows.iter().map(|at| (attribute.of)(network, *at));
            match attribute.kind {
                Kind::Text => {
                    write::<ByteArrayType>(&mut group, values.map(|value| Some(text(&value?).as_str().into())))
                }
                Kind::Date => write::<Int32Type>(&mut group, values.map(|value| day(&text(&value?)))),
                Kind::Integer => write::<Int32Type>(&mut group, values.map(|value| integer(&value?))),
                Kind::Number => write::<DoubleType>(&mut group, values.map(|value| number(&value?))),
            }?;
        }
        group.close()?;
    }
    to.write_all(&file.into_inner()?)
}

fn schema<I>(first: &[(&str, Vec<ByteArray>)], attributes: &[Attribute<I>]) -> Result<TypePtr, ParquetError> {
    let column = |name: &str, kind: Kind| {
        let (physical, logical) = match kind {
            Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            Kind::Date => (Physical::INT32, Some(LogicalType::Date)),
            Kind::Integer => (Physical::INT32, None),
            Kind::Number => (Physical::DOUBLE, None),
        };
        let column = Type::primitive_type_builder(name, physical).with_logical_type(logical);
        column.with_repetition(Repetition::OPTIONAL).build().map(Arc::new)
    };
    let first = first.iter().map(|(name, _)| column(name, Kind::Text));
    let columns = first.chain(attributes.iter().map(|attribute| column(attribute.name, attribute.kind)));
    Ok(Arc::new(Type::group_type_builder("tupu").with_fields(columns.collect::<Result<_, _>>()?).build()?))
}

/// Writes the next column of a group.
fn write<T: DataType>(
    group: &mut SerializedRowGroupWriter<'_, Vec<u8>>,
    values: impl Iterator<Item = Option<T::T>>,
) -> Result<(), ParquetError> {
    let (mut there, mut levels) = (Vec::new(), Vec::new());
    for value in values {
        levels.push(i16::from(value.is_some()));
        there.extend(value);
    }
    let mut column = group.next_column()?.ok_or_else(|| ParquetError::General("a column too many".to_owned()))?;
    column.typed::<T>().write_batch(&there, Some(&levels), None)?;
    column.close()
}

fn text(value: &Value<'_>) -> String {
    value.text().into_owned()
}

fn integer(value: &Value<'_>) -> Option<i32> {
    if let Value::Integer(number) = value { Some(*number) } else { None }
}

fn number(value: &Value<'_>) -> Option<f64> {
    if let Value::Number(number) = value { Some(*number) } else { None }
}

/// Days since 1970, as the type DATE counts.
fn day(text: &str) -> Option<i32> {
    i32::try_from(Date::parse(text)?.since(Date::new(1970, 1, 1)?)).ok()
}
