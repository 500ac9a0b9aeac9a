//! How fast texts are read, beside what jieba-rs alone takes to cut and tag them: `cargo bench`.
//!
//! Both run on the same texts in the same process by turns, and the ratio of their best times is what to compare
//! between machines and versions. The texts are the sample corpus, and those of `mixed.jsonl` in the folder that
//! `TUPU_CORPUS` names, where it is set.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use jieba_rs::Jieba;
use tupu::annotate::Annotator;
use tupu::document::Document;
use tupu::read;
use tupu::schema::Schema;

/// Rounds of each; the best counts, since whatever else the machine does only ever slows.
const ROUNDS: usize = 5;
/// Texts are repeated until they have about so many characters.
const ENOUGH: usize = 200_000;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let annotator = Annotator::new(Schema::embedded()?);
    let jieba = Jieba::new();
    let corpus = std::env::var_os("TUPU_CORPUS").map(|folder| PathBuf::from(folder).join("mixed.jsonl"));
    for path in [Some(Path::new(env!("CARGO_MANIFEST_DIR")).join("data/sample")), corpus].into_iter().flatten() {
        let documents = read::documents(std::slice::from_ref(&path))?;
        report(&path, &documents, &annotator, &jieba);
    }
    Ok(())
}

fn report(path: &Path, documents: &[Document], annotator: &Annotator, jieba: &Jieba) {
    let once: usize = documents.iter().map(|document| document.text.chars().count()).sum();
    let times = ENOUGH.div_ceil(once.max(1));
    let (mut tagging, mut reading) = (Duration::MAX, Duration::MAX);
    for _ in 0..ROUNDS {
        tagging = tagging.min(took(times, documents, |document| {
            black_box(jieba.tag(&document.text, true));
        }));
        reading = reading.min(took(times, documents, |document| {
            black_box(annotator.annotate(document));
        }));
    }
    let speed = |time: Duration| (once * times) as f64 / time.as_secs_f64() / 1e6;
    let ratio = reading.as_secs_f64() / tagging.as_secs_f64();
    println!("{}: {} documents, read {times} times, one thread", path.display(), documents.len());
    println!("  jieba-rs, tag       {:6.2} million characters a second", speed(tagging));
    println!("  tupu, annotate      {:6.2} million characters a second", speed(reading));
    println!("  ratio of the times  {ratio:6.2}");
}

fn took(times: usize, documents: &[Document], mut read: impl FnMut(&Document)) -> Duration {
    let started = Instant::now();
    for _ in 0..times {
        documents.iter().for_each(&mut read);
    }
    started.elapsed()
}
