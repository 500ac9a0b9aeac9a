//! What is shown, as a file for other programs: the same bytes as `tupu export` writes of the same network.

use std::io::{self, Cursor, Write as _};
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::choice::{CHOICE, SHOWN, Shown, choice};
use super::parameters::Parameters;
use crate::export;
use crate::graph::Network;
use crate::serve::Server;
use crate::serve::error::ApiError;

/// A format by its name in the address, with its media type and the ending of its files.
type Format = (&'static str, &'static str, &'static str);

const FORMATS: [Format; 5] = [
    ("graphml", "application/xml", "graphml"),
    ("gexf", "application/xml", "gexf"),
    ("cytoscape", "application/json", "cyjs"),
    ("svg", "image/svg+xml", "svg"),
    ("csv", "application/zip", "zip"),
];

pub(super) async fn export(
    State(server): State<Arc<Server>>,
    Path(name): Path<String>,
    parameters: Parameters,
) -> Result<Response, ApiError> {
    parameters.only(&[&CHOICE, &SHOWN])?;
    let Some(format) = FORMATS.into_iter().find(|(of, ..)| *of == name) else {
        return Err(ApiError::missing(format!(
            "no format {name:?}; there are {}",
            FORMATS.map(|(of, ..)| of).join(", ")
        )));
    };
    let loaded = server.loaded()?;
    let chosen = choice(&parameters, &loaded.schema)?;
    let shown = Shown::of(&parameters)?;
    super::blocking(move || {
        let whole = loaded.network(&chosen);
        let network = whole.part(&shown.nodes(&whole, loaded.workspace.iris()).0);
        let (name, kind, end) = format;
        let body =
            written(&network, name).map_err(|error| ApiError::failed(format!("cannot write {name}: {error}")))?;
        let file = format!("attachment; filename=\"tupu.{end}\"");
        Ok(([(CONTENT_TYPE, kind.to_owned()), (CONTENT_DISPOSITION, file)], body).into_response())
    })
    .await
}

fn written(network: &Network, format: &str) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    match format {
        "gexf" => export::gexf::write(network, &mut out)?,
        "cytoscape" => export::cytoscape::write(network, &mut out)?,
        "svg" => export::svg::write(network, &mut out).map_err(io::Error::other)?,
        "csv" => return tables(network),
        _ => export::graphml::write(network, &mut out)?,
    }
    Ok(out)
}

/// The tables of nodes, edges and facts in one file. Their time stamp is the least that the format knows, so that the same
/// network gives the same bytes.
fn tables(network: &Network) -> io::Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, write) in export::csv::FILES {
        zip.start_file(name, SimpleFileOptions::DEFAULT.last_modified_time(zip::DateTime::DEFAULT))?;
        let mut table = Vec::new();
        write(network, &mut table)?;
        zip.write_all(&table)?;
    }
    Ok(zip.finish()?.into_inner())
}
