//! `tupu train`: weights from labelled texts.

use std::path::PathBuf;

use clap::Subcommand;

use super::options;
use super::{output, progress};
use crate::annotate::tagger::speech::VERSION as VERSION_OF_SPEECH;
use crate::annotate::tagger::{Model, VERSION, labels};
use crate::annotate::token::Segmenter;
use crate::lexicon::Lexicon;
use crate::read;
use crate::schema::Schema;
use crate::train::tagger::{Config, Extractor, Progress, Tally, evaluate, train};
use crate::train::{corpus, facts, readings, speech};

/// Learn weights from labelled texts
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Learn to find names of persons, organisations and places
    Tagger(Args),
    /// Learn parts of speech
    Speech(Args),
    Readings(Readings),
    Facts(Facts),
}

/// Learn how to weigh what grammar, word lists and tagger say of a name
#[derive(Debug, clap::Args)]
pub(super) struct Readings {
    /// Annotated articles
    #[arg(long, required = true, num_args = 1.., value_name = "FILE.jsonl")]
    from: Vec<PathBuf>,
    /// Write the table of weights here
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    #[command(flatten)]
    model: options::Model,
}

/// Learn how to judge the facts that the grammar proposes, and measure it
#[derive(Debug, clap::Args)]
pub(super) struct Facts {
    /// Annotated articles
    #[arg(long, required = true, num_args = 1.., value_name = "FILE.jsonl")]
    from: Vec<PathBuf>,
    /// Write the table of weights here
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Measure on each of so many parts of the articles what is learned from the others
    #[arg(long, value_name = "N", default_value_t = 5)]
    folds: usize,
    #[command(flatten)]
    frames: options::Frames,
    #[command(flatten)]
    model: options::Model,
}

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Labelled sentences: columns with labels or tags, for names also annotations (.jsonl); a file given twice weighs
    /// twice
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    from: Vec<PathBuf>,
    /// Write the weights here, for --model
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Labelled sentences to measure by, file by file
    #[arg(long, num_args = 1.., value_name = "FILE")]
    dev: Vec<PathBuf>,
    /// How often every sentence is looked at
    #[arg(long, value_name = "N", default_value_t = Config::default().epochs)]
    epochs: usize,
    /// Leave out features that stand less often than this
    #[arg(long, value_name = "N", default_value_t = Config::default().least, value_parser = clap::value_parser!(u8).range(1..))]
    least: u8,
    /// Keep so many features at most
    #[arg(long, value_name = "N", default_value_t = Config::default().size)]
    size: usize,
    /// What sets the order of the sentences
    #[arg(long, value_name = "N", default_value_t = Config::default().seed)]
    seed: u64,
}

pub(super) fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Tagger(args) => tagger(&args),
        Command::Speech(args) => speech(&args),
        Command::Readings(args) => weigh(&args),
        Command::Facts(args) => judge(&args),
    }
}

fn judge(args: &Facts) -> anyhow::Result<()> {
    let mut annotator = args.model.annotator(args.frames.schema()?)?;
    let articles: Vec<_> = read::annotations_of(&args.from)?.into_iter().map(|(_, article)| article).collect();
    let (table, measured) = facts::train(&articles, &mut annotator, args.folds);
    output::write(Some(&args.out), |out| Ok(out.write_all(table.as_bytes())?))?;
    output::write(None, |out| {
        writeln!(out, "by the grammar alone")?;
        out.write_all(measured.grammar.table(false, None).as_bytes())?;
        writeln!(out, "judged by weights learned from other articles")?;
        out.write_all(measured.score.table(true, None).as_bytes())?;
        for row in measured.score.calibration() {
            writeln!(out, "{row}")?;
        }
        Ok(())
    })
}

fn weigh(args: &Readings) -> anyhow::Result<()> {
    let annotator = args.model.annotator(Schema::embedded()?)?;
    let articles: Vec<_> = read::annotations_of(&args.from)?.into_iter().map(|(_, article)| article).collect();
    let table = readings::train(&articles, &annotator);
    output::write(Some(&args.out), |out| Ok(out.write_all(table.as_bytes())?))
}

fn speech(args: &Args) -> anyhow::Result<()> {
    let lexicon = Lexicon::embedded();
    let segmenter = Segmenter::new(&lexicon, std::iter::empty());
    let load = |file: &PathBuf| read::columns::tagged(file);
    let mut sentences = Vec::new();
    for file in &args.from {
        sentences.extend(load(file)?);
    }
    let dev: Vec<_> = args.dev.iter().map(|f| Ok((f, load(f)?))).collect::<anyhow::Result<_>>()?;
    let (model, told) = learn(args, VERSION_OF_SPEECH, |progress| {
        speech::train(&sentences, &segmenter, &lexicon, &args.config(), progress)
    })?;
    output::write(None, |out| {
        writeln!(out, "{told}")?;
        for (file, sentences) in &dev {
            let (right, all) = speech::evaluate(&model, sentences, &segmenter, &lexicon);
            writeln!(out, "{}: {:.4} of {all} words", file.display(), right as f64 / all.max(1) as f64)?;
        }
        Ok(())
    })
}

/// Learns under a bar, writes the weights, and tells in one line what was written.
fn learn(
    args: &Args,
    version: u32,
    train: impl FnOnce(&mut dyn FnMut(Progress)) -> Model,
) -> anyhow::Result<(Model, String)> {
    let bar = progress::of(0, "sentences");
    let model = train(&mut |at| {
        bar.set_length(at.total as u64);
        bar.set_position(at.done as u64);
    });
    bar.finish_and_clear();
    let bytes = model.to_bytes(version);
    output::write(Some(&args.out), |out| Ok(out.write_all(&bytes)?))?;
    let size = bytes.len() as f64 / 1e6;
    let told = format!("{}: {} features, {size:.1} MB", args.out.display(), model.features());
    Ok((model, told))
}

impl Args {
    fn config(&self) -> Config {
        Config { epochs: self.epochs, least: self.least, size: self.size, seed: self.seed }
    }
}

fn tagger(args: &Args) -> anyhow::Result<()> {
    let lexicon = Lexicon::embedded();
    let segmenter = Segmenter::new(&lexicon, std::iter::empty());
    let extractor = Extractor::new(&segmenter, &lexicon);
    let sentences = corpus::of_files(&args.from, &lexicon)?;
    // Read before learning, which takes long: a slip in a name should not wait for its end.
    let dev: Vec<_> =
        args.dev.iter().map(|f| Ok((f, corpus::sentences(f, &lexicon)?))).collect::<anyhow::Result<_>>()?;
    let (model, told) = learn(args, VERSION, |progress| train(&sentences, &extractor, &args.config(), progress))?;
    output::write(None, |out| {
        writeln!(out, "{told}")?;
        for (file, sentences) in &dev {
            let tallies = evaluate(&model, sentences, &extractor);
            writeln!(out, "{}", file.display())?;
            for (kind, tally) in labels::TYPES.iter().zip(&tallies) {
                writeln!(out, "{}", row(kind.name(), tally))?;
            }
            let all = tallies.iter().fold(Tally::default(), |a, b| Tally {
                right: a.right + b.right,
                found: a.found + b.found,
                there: a.there + b.there,
            });
            writeln!(out, "{}", row("names", &all))?;
        }
        Ok(())
    })
}

fn row(name: &str, tally: &Tally) -> String {
    let ratio = |part: usize, whole: usize| if whole == 0 { 0.0 } else { part as f64 / whole as f64 };
    let (precision, recall) = (ratio(tally.right, tally.found), ratio(tally.right, tally.there));
    let f1 = ratio(2 * tally.right, tally.found + tally.there);
    format!("  {name:<13} P {precision:.3}  R {recall:.3}  F1 {f1:.3}")
}
