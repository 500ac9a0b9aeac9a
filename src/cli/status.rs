//! `tupu status`: what is stored, and how that stands to the engine and to the texts that there are.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::inputs::{self, How};
use super::options::{Confidence, Frames, Model};
use super::output;
use super::progress::Reading;
use crate::read::{self, Files, Found};
use crate::workspace::{State, Stored, Workspace, WorkspaceError};

/// Tell what is stored, what the engine would read otherwise, and what of your texts is new, changed or gone
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Your texts as they are now, as for `tupu build`: which of them are new or have changed, and which stored documents
    /// are not among them
    #[arg(value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    #[command(flatten)]
    how: How,
    /// Write one line a document: its state, a tab, its id; of a broken file its path
    #[arg(long)]
    list: bool,
    /// Write JSON; with --list an object a line
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    frames: Frames,
    #[command(flatten)]
    confidence: Confidence,
    #[command(flatten)]
    model: Model,
}

/// How every document stands.
struct Status {
    /// Stored documents by their ids.
    stored: BTreeMap<String, State>,
    /// Stored files that cannot be read, and what is wrong with them.
    broken: Vec<(PathBuf, WorkspaceError)>,
    /// The documents of the inputs by their ids, if there are inputs.
    inputs: Option<BTreeMap<String, State>>,
}

pub(super) fn run(args: &Args) -> anyhow::Result<()> {
    let workspace = Workspace::open(&args.frames.kg.folder)?;
    let engine = args.model.version(&args.frames.schema()?, args.confidence.least)?;
    let files = if args.inputs.is_empty() { None } else { Some(inputs::files(&args.inputs)?) };
    let mut bar = Reading::new();
    let inputs = files.map(|files| states(files, &args.how, &workspace, &engine, &mut bar));
    let refused = bar.end();
    let (mut stored, mut broken) = (BTreeMap::new(), Vec::new());
    let of = |path: &Path, read: Result<Stored, _>| {
        (path.to_owned(), read.map(|stored| (stored.annotation.id.clone(), stored.state(&engine))))
    };
    for (path, read) in workspace.map_stored(of)? {
        match read {
            Ok((id, state)) => _ = stored.insert(id, state),
            Err(error) => broken.push((path, error)),
        }
    }
    let status = Status { stored, broken, inputs };
    output::write(None, |out| match (args.list, args.json) {
        (true, json) => status.list(out, &workspace, json),
        (false, true) => status.json(out, &engine),
        (false, false) => status.table(out),
    })?;
    status.broken.iter().for_each(|(_, error)| eprintln!("tupu: {}", output::in_one_line(error)));
    inputs::all_read(refused)
}

/// How the documents of these files stand, by their ids.
fn states(files: Files, how: &How, workspace: &Workspace, engine: &str, bar: &mut Reading) -> BTreeMap<String, State> {
    let mut states = BTreeMap::new();
    let state = |Found { document, .. }: &Found| workspace.state(document, engine);
    let Ok(()) = read::stream(files, &how.options(), &mut |event| bar.tell(event), state, |found, state| {
        states.insert(found.document.id, state);
        Ok::<_, Infallible>(())
    });
    states
}

impl Status {
    /// How many documents stand so: of the inputs, but for those that are gone, or of all that is stored.
    fn count(&self, state: State) -> usize {
        match (&self.inputs, state) {
            (Some(_), State::Gone) => self.gone().count(),
            (Some(inputs), _) => inputs.values().filter(|other| **other == state).count(),
            (None, _) => self.of_stored(state),
        }
    }

    fn of_stored(&self, state: State) -> usize {
        self.stored.values().filter(|other| **other == state).count()
    }

    /// Stored documents that are not among the inputs.
    fn gone(&self) -> impl Iterator<Item = &String> {
        let is_there = |id: &String| self.inputs.as_ref().is_none_or(|inputs| inputs.contains_key(id));
        self.stored.keys().filter(move |id| !is_there(id))
    }

    fn table(&self, out: &mut dyn Write) -> anyhow::Result<()> {
        let mut line = |name: &str, number: usize, about: &str| {
            let about = if about.is_empty() { String::new() } else { format!("  ({about})") };
            writeln!(out, "{name:<12} {number:>7}{about}")
        };
        line("stored", self.stored.len(), "")?;
        for state in [State::Current, State::Stale, State::Loaded] {
            line(&format!("  {}", state.name()), self.of_stored(state), about(state))?;
        }
        if !self.broken.is_empty() {
            line("broken", self.broken.len(), "as told on standard error")?;
        }
        if let Some(inputs) = &self.inputs {
            line("inputs", inputs.len(), "")?;
            for state in [State::New, State::Changed] {
                line(&format!("  {}", state.name()), self.count(state), about(state))?;
            }
            let unchanged = [State::Current, State::Stale, State::Loaded].map(|state| self.count(state));
            line("  unchanged", unchanged.iter().sum(), "")?;
            if self.count(State::Broken) > 0 {
                line("  broken", self.count(State::Broken), about(State::Broken))?;
            }
            line("gone", self.count(State::Gone), about(State::Gone))?;
        }
        Ok(())
    }

    fn json(&self, out: &mut dyn Write, engine: &str) -> anyhow::Result<()> {
        let mut told = json!({"engine": engine, "stored": self.stored.len()});
        for state in [State::Current, State::Stale, State::Loaded] {
            told[state.name()] = self.of_stored(state).into();
        }
        told["broken"] = self.broken.iter().map(|(path, _)| path.display().to_string()).collect();
        if let Some(inputs) = &self.inputs {
            told["inputs"] = json!({"documents": inputs.len()});
            for state in State::ALL {
                told["inputs"][state.name()] = self.count(state).into();
            }
        }
        writeln!(out, "{told:#}")?;
        Ok(())
    }

    /// A line a document, sorted by their ids. Broken files that belong to no input have nothing but their paths.
    fn list(&self, out: &mut dyn Write, workspace: &Workspace, json: bool) -> anyhow::Result<()> {
        let mut lines: BTreeSet<(String, State)> = BTreeSet::new();
        let own = |(id, state): (&String, &State)| (id.clone(), *state);
        lines.extend(self.inputs.as_ref().unwrap_or(&self.stored).iter().map(own));
        lines.extend(self.gone().map(|id| (id.clone(), State::Gone)));
        let of_inputs: BTreeSet<PathBuf> = lines.iter().map(|(id, _)| workspace.file(id)).collect();
        let others = self.broken.iter().filter(|(path, _)| !of_inputs.contains(path));
        lines.extend(others.map(|(path, _)| (path.display().to_string(), State::Broken)));
        for (id, state) in lines {
            let name = state.name();
            if json {
                writeln!(out, "{}", json!({"state": name, "id": id}))?;
            } else {
                writeln!(out, "{name}\t{id}")?;
            }
        }
        Ok(())
    }
}

/// What there is to say to a state.
fn about(state: State) -> &'static str {
    match state {
        State::New => "not stored",
        State::Changed => "stored with another text or header",
        State::Current => "read by this version of the engine",
        State::Stale => "read by another one; `tupu build` reads them again",
        State::Loaded => "annotated elsewhere, or by a program that kept no record",
        State::Broken => "their files cannot be read; `tupu build` with these inputs mends them",
        State::Gone => "stored, and not among the inputs; `tupu remove` takes them away",
    }
}
