//! How fast each format of networks is written, in MB of output a second, beside quick-xml's bare writer, which is given
//! the elements of the GraphML already made: `cargo bench --bench exports`, with `--features parquet` for that too.
//!
//! All write to memory in one process, by turns, and the ratio to the peer is what to compare between machines and versions.
//! The documents are those of the file that `TUPU_TEXTS` names; without it the sample corpus, repeated under other ids.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use quick_xml::events::Event;
use quick_xml::{Reader, Writer};
use rayon::prelude::*;
use tupu::annotate::Annotator;
use tupu::annotation::Annotation;
use tupu::export;
use tupu::graph::{Kind, Network, Projection, Stated};
use tupu::link::Linking;
use tupu::rdf::{self, Iris};
use tupu::read;
use tupu::schema::Schema;
use tupu::store::Store;

type Failure = Box<dyn std::error::Error>;
type Written = fn(&Network, &mut dyn Write) -> io::Result<()>;

/// Rounds of each; the best counts, since whatever else the machine does only ever slows.
const ROUNDS: usize = 7;
/// The sample is repeated until there are so many documents.
const ENOUGH: usize = 1000;
const FORMATS: [(&str, Written); 3] = [
    ("graphml", |network, to| export::graphml::write(network, to)),
    ("gexf", |network, to| export::gexf::write(network, to)),
    ("cytoscape", |network, to| export::cytoscape::write(network, to)),
];

fn main() -> Result<(), Failure> {
    let given = std::env::var_os("TUPU_TEXTS").map(PathBuf::from);
    let path = given.clone().unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("data/sample"));
    let annotator = Annotator::new(Schema::embedded()?);
    let documents = read::documents(std::slice::from_ref(&path))?;
    let once: Vec<Annotation> = documents.par_iter().map(|document| annotator.annotate(document)).collect();
    let times = if given.is_some() { 1 } else { ENOUGH.div_ceil(once.len()) };
    let repeated = (0..times).flat_map(|_| &once).enumerate();
    let annotations: Vec<Annotation> = repeated
        .map(|(n, annotation)| Annotation { id: format!("{}-{n}", annotation.id), ..annotation.clone() })
        .collect();
    let (store, iris, schema) = (Store::in_memory()?, Iris::default(), annotator.schema());
    let linking = Linking::new(&annotations, &[], &[]);
    store.load(rdf::stated(&annotations, &linking, schema, &iris))?;
    let stated = Stated::read(&store, &rdf::mentions(&linking, &iris))?;
    for kind in [Kind::Direct, Kind::Facts] {
        report(kind, &Projection { kind, ..Projection::default() }.of(&stated, schema, iris.base()))?;
    }
    Ok(())
}

fn report(kind: Kind, network: &Network) -> Result<(), Failure> {
    let (nodes, edges) = (network.graph.node_count(), network.graph.edge_count());
    println!("{kind:?}: {nodes} nodes, {edges} edges, {} facts", network.facts.len());
    let mut xml = Vec::new();
    export::graphml::write(network, &mut xml)?;
    let xml = String::from_utf8(xml)?;
    let events = events(&xml)?;
    let peer = speed(|to| events.iter().try_for_each(|event| Writer::new(&mut *to).write_event(event.borrow())))?;
    tell("quick-xml, bare", peer, peer);
    let single = FORMATS.into_iter();
    let folders = [("csv", &export::csv::FILES), ("neo4j", &export::neo4j::FILES)];
    #[cfg(feature = "parquet")]
    let folders = folders.into_iter().chain([("parquet", &export::parquet::FILES)]);
    let in_folders = folders.into_iter().flat_map(|(format, files)| files.map(|file| (format, file)));
    for (format, write) in single {
        tell(format, speed(|to| write(network, to))?, peer);
    }
    for (format, (file, write)) in in_folders {
        tell(&format!("{format}, {file}"), speed(|to| write(network, to))?, peer);
    }
    Ok(())
}

/// What stands in XML.
fn events(xml: &str) -> Result<Vec<Event<'_>>, Failure> {
    let (mut reader, mut events) = (Reader::from_str(xml), Vec::new());
    loop {
        match reader.read_event()? {
            Event::Eof => return Ok(events),
            event => events.push(event),
        }
    }
}

/// How many MB, of a million bytes, are written in a second, and how many are written.
fn speed(mut write: impl FnMut(&mut dyn Write) -> io::Result<()>) -> io::Result<(f64, f64)> {
    let (mut least, mut out) = (Duration::MAX, Vec::new());
    for _ in 0..ROUNDS {
        out.clear();
        let started = Instant::now();
        write(&mut out)?;
        least = least.min(started.elapsed());
    }
    let bytes = out.len() as f64 / 1e6;
    Ok((bytes / least.as_secs_f64(), bytes))
}

fn tell(name: &str, (speed, bytes): (f64, f64), (peer, _): (f64, f64)) {
    println!("  {name:30} {bytes:7.2} MB {speed:8.1} MB/s  ratio {:5.2}", speed / peer);
}
