//! The graph on disk: what loading costs beside Oxigraph's own bulk loader, and what a saved query takes in a process of
//! its own: `TUPU_KG=kg cargo bench --features rocksdb --bench disk`.
//!
//! The workspace is the one that `TUPU_KG` names; nothing in it is changed but the graph on disk, which is brought in step.
//! Its graph is written to a file of N-Quads, which both loaders read, in turn, each into a new folder: Oxigraph's as it
//! reads files by itself, and ours (`Disk::load`, which also puts the files in order, for quick answers). The best of the
//! rounds counts, since whatever else the machine does only ever slows; above 1 ours is the faster.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::Quad;
use tupu::export::nquads;
use tupu::store::{Disk, Named};
use tupu::workspace::Workspace;

type Failure = Box<dyn std::error::Error>;

const ROUNDS: usize = 3;
/// So many rounds of each query; the process is new each time.
const ASKED: usize = 5;
const QUERIES: [&[&str]; 8] = [
    &["donations"],
    &["donations", "--set", "name=武汉市"],
    &["flows", "--set", "name=上海市"],
    &["entity", "--set", "name=外交部"],
    &["evidence", "--set", "about=国务院"],
    &["connections", "--set", "a=上海市", "--set", "b=武汉市"],
    &["timeline", "--set", "name=上海市"],
    &["cases", "--set", "place=武汉市"],
];

fn main() -> Result<(), Failure> {
    let folder = std::env::var_os("TUPU_KG").map_or_else(|| PathBuf::from("kg"), PathBuf::from);
    let workspace = Workspace::open(&folder)?;
    let schema = workspace.load_schema()?;
    let scratch = tempfile::tempdir()?;
    let started = Instant::now();
    let store = workspace.kept_in_step(&schema, &mut |_| {})?.ok_or("another process writes to the workspace")?;
    println!("{}: in step after {:.1} s", folder.display(), started.elapsed().as_secs_f64());
    let file = scratch.path().join("graph.nq");
    nquads::write(&store, fs::File::create(&file)?)?;
    let quads = store.len()?;
    drop(store);
    loading(&file, quads, scratch.path())?;
    asking(&folder)
}

fn loading(file: &Path, quads: usize, scratch: &Path) -> Result<(), Failure> {
    let mut least = [Duration::MAX; 2];
    for round in 0..ROUNDS {
        for (loader, least) in least.iter_mut().enumerate() {
            let to = scratch.join(format!("{loader}-{round}"));
            let started = Instant::now();
            if loader == 0 {
                theirs(file, &to)?
            } else {
                ours(file, &to)?
            }
            *least = started.elapsed().min(*least);
            let loaded = oxigraph::store::Store::open_read_only(&to)?.len()?;
            if loaded != quads {
                return Err(format!("{loaded} quads were loaded, not {quads}").into());
            }
            fs::remove_dir_all(&to)?;
        }
    }
    let [theirs, ours] = least.map(|time| time.as_secs_f64());
    println!(
        "{quads} quads from a file: Oxigraph {theirs:.1} s, tupu {ours:.1} s, of which Oxigraph's speed {:.2}",
        theirs / ours
    );
    Ok(())
}

fn theirs(file: &Path, to: &Path) -> Result<(), Failure> {
    let store = oxigraph::store::Store::open(to)?;
    let mut loader = store.bulk_loader();
    loader.parallel_load_from_file(RdfFormat::NQuads, file)?;
    loader.commit()?;
    Ok(())
}

fn ours(file: &Path, to: &Path) -> Result<(), Failure> {
    const LINES: usize = 500;
    let text = fs::read_to_string(file)?;
    let lines: Vec<&str> = text.lines().collect();
    let chunks: Vec<&[&str]> = lines.chunks(LINES).collect();
    let parse = |chunk: &&[&str]| {
        let quads =
            RdfParser::from_format(RdfFormat::NQuads).for_slice(chunk.join("\n").as_bytes()).collect::<Vec<_>>();
        // A line that is none makes the counts differ.
        Named { stated: Vec::new(), beside: quads.into_iter().flatten().collect::<Vec<Quad>>() }
    };
    let disk = Disk::open(to)?;
    disk.load(&chunks, parse, |_| {})?;
    Ok(disk.close()?)
}

fn asking(folder: &Path) -> Result<(), Failure> {
    for query in QUERIES {
        let (mut least, mut rows) = (Duration::MAX, 0);
        for _ in 0..ASKED {
            let started = Instant::now();
            let mut asked = Command::new(env!("CARGO_BIN_EXE_tupu"));
            let asked = asked.arg("query").args(query).args(["--format", "csv", "--kg"]).arg(folder);
            let done = asked.stderr(Stdio::inherit()).output()?;
            least = least.min(started.elapsed());
            if !done.status.success() {
                return Err(format!("{query:?} failed").into());
            }
            rows = done.stdout.iter().filter(|byte| **byte == b'\n').count() - 1;
        }
        writeln!(std::io::stdout(), "{:<45} {rows:>6} rows  {:.3} s", query.join(" "), least.as_secs_f64())?;
    }
    Ok(())
}
