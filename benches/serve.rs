//! What HTTP costs: the same queries, with answers of 10,000 rows in JSON, asked of `tupu serve` and of Oxigraph's own evaluator
//! in this process: `TUPU_KG=kg cargo bench --bench serve`.
//!
//! The workspace is the one that `TUPU_KG` names; of a thousand news items or more there are 10,000 rows of each. Rounds
//! of the two alternate, and the best of each counts, since whatever else the machine does only ever slows. `evaluated` is
//! the evaluator alone, `written` with the answer written into memory as JSON, `HTTP` from the request to the last byte
//! of the answer; the ratio is that of the last two.

use std::hint::black_box;
use std::io::Read as _;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use oxigraph::sparql::QueryResults;
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};
use tupu::rdf::Iris;
use tupu::store::{Store, parse};
use tupu::workspace::Workspace;

#[path = "../tests/common/http.rs"]
mod http;

use http::{Served, encoded};

type Failure = Box<dyn std::error::Error>;

const ROUNDS: usize = 15;
const QUERIES: [(&str, &str); 3] = [
    ("scan", "SELECT ?fact ?property ?value { ?fact a tupu:Fact ; ?property ?value } LIMIT 10000"),
    ("join", "SELECT ?fact ?role ?x ?name { ?fact a tupu:Fact ; ?role ?x . ?x tupu:name ?name } LIMIT 10000"),
    (
        "sorted",
        "SELECT ?name ?type ?fact { ?fact a ?type ; tupu:involves/tupu:name ?name } ORDER BY ?name ?type ?fact LIMIT 10000",
    ),
];

fn main() -> Result<(), Failure> {
    let folder = std::env::var_os("TUPU_KG").map_or_else(|| PathBuf::from("kg"), PathBuf::from);
    let workspace = Workspace::open(&folder)?;
    let (contents, schema) = (workspace.contents()?, workspace.load_schema()?);
    let store = workspace.store_of(&contents, &schema)?;
    let served = Served::start(&folder, &[]);
    println!("{}: {} documents, {} quads", folder.display(), contents.annotations.len(), store.len()?);
    for (name, text) in QUERIES {
        let mut least = [Duration::MAX; 3];
        let first = served.ask(&format!("GET /sparql?query={}", encoded(text)), &[], "");
        if (first.status, first.header("content-type")) != (200, "application/sparql-results+json") {
            return Err(format!("{name}: {}", first.body).into());
        }
        let (mut rows, mut bytes) = (0, 0);
        for _ in 0..ROUNDS {
            rows = timed(&mut least[0], || evaluated(&store, workspace.iris(), text))?;
            let inside = timed(&mut least[1], || written(&store, workspace.iris(), text))?;
            let outside = timed(&mut least[2], || asked(&served, text))?;
            bytes = inside.len();
            // A header comes before the body.
            if !outside.ends_with(b"]}}") || outside.len() < bytes {
                return Err(format!("{name}: HTTP gives no such answer").into());
            }
        }
        let [evaluated, written, asked] = least.map(|time| time.as_secs_f64() * 1000.0);
        let ratio = asked / written;
        println!(
            "{name:8} {rows:>6} rows {bytes:>8} bytes  evaluated {evaluated:6.1} ms  written {written:6.1} ms  HTTP {asked:6.1} ms  ratio {ratio:.2}"
        );
    }
    Ok(())
}

fn timed<T>(least: &mut Duration, work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    let started = Instant::now();
    let done = black_box(work()?);
    *least = started.elapsed().min(*least);
    Ok(done)
}

fn evaluated(store: &Store, iris: &Iris, text: &str) -> Result<usize, Failure> {
    let QueryResults::Solutions(solutions) = store.query(parse(text, Some(iris.base()))?)? else { return Ok(0) };
    let mut rows = 0;
    for solution in solutions {
        black_box(solution?);
        rows += 1;
    }
    Ok(rows)
}

fn written(store: &Store, iris: &Iris, text: &str) -> Result<Vec<u8>, Failure> {
    let QueryResults::Solutions(solutions) = store.query(parse(text, Some(iris.base()))?)? else {
        return Ok(Vec::new());
    };
    let serializer = QueryResultsSerializer::from_format(QueryResultsFormat::Json);
    let mut rows = serializer.serialize_solutions_to_writer(Vec::new(), solutions.variables().to_vec())?;
    for solution in solutions {
        rows.serialize(&solution?)?;
    }
    Ok(rows.finish()?)
}

fn asked(served: &Served, text: &str) -> Result<Vec<u8>, Failure> {
    let mut answer = Vec::new();
    served.send(&format!("GET /sparql?query={}", encoded(text)), &[], "").read_to_end(&mut answer)?;
    Ok(answer)
}
