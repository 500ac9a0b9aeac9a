//! How fast words are cut and tagged and names found, beside jieba-rs's own tagging, and how long the weights take to
//! load: `cargo bench --bench tagging`.
//!
//! Measured is what stands before the grammar: sentences, jieba's words, the tagger's names, words fitted to these, parts
//! of speech. Both run on the same texts in the same process by turns, on one thread; of five times each the median
//! counts. The texts are those of the bench `throughput`: the sample corpus, and `mixed.jsonl` in the folder that
//! `TUPU_CORPUS` names, where it is set.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use jieba_rs::Jieba;
use tupu::annotate::segment;
use tupu::annotate::tagger::speech::{self, Speech};
use tupu::annotate::tagger::{self, Tagger, features};
use tupu::annotate::token::Segmenter;
use tupu::document::Document;
use tupu::lexicon::Lexicon;
use tupu::read;
use tupu::text::prose;

/// Rounds of each; the median counts.
const ROUNDS: usize = 5;
/// Texts are repeated until they have about so many characters.
const ENOUGH: usize = 200_000;
/// What the ratio of the times and the time to load should be at most.
const GOAL_OF_RATIO: f64 = 20.0;
const GOAL_OF_LOADING: Duration = Duration::from_millis(200);

/// What cuts and tags words.
struct Words {
    segmenter: Segmenter,
    tagger: Tagger,
    speech: Speech,
}

impl Words {
    /// As `Annotator` cuts and tags them.
    fn of(&self, document: &Document) -> usize {
        let text = document.text.as_str();
        let mut count = 0;
        for sentence in segment::sentences(text, prose::is_prose) {
            let mut tokens = self.segmenter.tokens(text, sentence.span);
            let names = self.tagger.read(text, &tokens);
            self.segmenter.fit(text, &mut tokens, &names.names);
            self.segmenter.retag(text, &mut tokens, &self.speech);
            count += black_box(tokens).len();
        }
        count
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let lexicon = Lexicon::embedded();
    let seen = Arc::new(features::Words::new(&lexicon));
    let tagger = load(&lexicon)?;
    let segmenter = Segmenter::new(&lexicon, std::iter::empty());
    let words = Words { segmenter, tagger, speech: Speech::new(speech::EMBEDDED, seen)? };
    let jieba = Jieba::new();
    let corpus = std::env::var_os("TUPU_CORPUS").map(|folder| PathBuf::from(folder).join("mixed.jsonl"));
    for path in [Some(Path::new(env!("CARGO_MANIFEST_DIR")).join("data/sample")), corpus].into_iter().flatten() {
        let documents = read::documents(std::slice::from_ref(&path))?;
        report(&path, &documents, &words, &jieba);
    }
    Ok(())
}

/// The tagger, loaded as often as anything else is measured.
fn load(lexicon: &Lexicon) -> Result<Tagger, tagger::ModelError> {
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        let started = Instant::now();
        black_box(Tagger::new(tagger::EMBEDDED, Arc::new(features::Words::new(lexicon)))?);
        times.push(started.elapsed());
    }
    println!("Tagger::new: {} ms (goal: {})", median(times).as_millis(), GOAL_OF_LOADING.as_millis());
    Tagger::new(tagger::EMBEDDED, Arc::new(features::Words::new(lexicon)))
}

fn report(path: &Path, documents: &[Document], words: &Words, jieba: &Jieba) {
    let once: usize = documents.iter().map(|document| document.text.chars().count()).sum();
    let times = ENOUGH.div_ceil(once.max(1));
    let (mut theirs, mut ours) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        theirs.push(took(times, documents, |document| {
            black_box(jieba.tag(&document.text, true));
        }));
        ours.push(took(times, documents, |document| {
            black_box(words.of(document));
        }));
    }
    let (theirs, ours) = (median(theirs), median(ours));
    let speed = |time: Duration| (once * times) as f64 / time.as_secs_f64() / 1e6;
    let ratio = ours.as_secs_f64() / theirs.as_secs_f64();
    println!("{}: {} documents, read {times} times, one thread", path.display(), documents.len());
    println!("  jieba-rs, tag       {:6.2} million characters a second", speed(theirs));
    println!("  tupu, cut and tag   {:6.2} million characters a second", speed(ours));
    println!("  ratio of the times  {ratio:6.2} (goal: {GOAL_OF_RATIO})");
}

fn took(times: usize, documents: &[Document], mut read: impl FnMut(&Document)) -> Duration {
    let started = Instant::now();
    for _ in 0..times {
        documents.iter().for_each(&mut read);
    }
    started.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
