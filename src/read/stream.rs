//! The documents of files and folders, one after the other, so that a corpus need not fit into memory.

use std::path::PathBuf;

use rayon::prelude::*;

use super::ids::Ids;
use super::opened::size;
use super::ordered::ordered;
use super::outcome::Outcome;
use super::parts::{Part, parts};
use super::walk::{self, STDIN};
use super::{Found, Options, ReadError};

/// What is told while documents are read.
#[derive(Debug)]
pub enum Event {
    /// How far it has come.
    Progress(Progress),
    /// What is not read, and why.
    Refused(ReadError),
    /// A file in a folder or archive that is passed over, since its ending is of no known format.
    Skipped(PathBuf),
}

/// How far reading has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Documents.
    pub documents: u64,
    /// The bytes of their texts.
    pub text: u64,
    /// The bytes of the inputs that were read, as they lie there.
    pub bytes: u64,
    /// The bytes of the inputs in all; `None` where standard input is one.
    pub of: Option<u64>,
}

/// The files that inputs name, those in folders among them.
#[derive(Debug)]
pub struct Files(walk::Files);

/// Finds the files that `inputs` name, and those in the folders that they name.
#[must_use]
pub fn files(inputs: &[PathBuf]) -> Files {
    Files(walk::files(inputs))
}

impl Files {
    /// Whether there is none of a format that is read, nor one that cannot be had.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.known.is_empty() && self.0.refused.is_empty()
    }
}

/// Reads documents, lets the threads of the current pool do `work` with each, and hands both to `each`, in the order of
/// the inputs and of the names within a folder. What comes of it does not depend on the number of threads. Of documents
/// with one id the first counts.
///
/// # Errors
/// The first of `each`; nothing more is handed to it then.
pub fn stream<T: Send, E>(
    files: Files,
    options: &Options,
    tell: &mut dyn FnMut(Event),
    work: impl Fn(&Found) -> T + Sync,
    mut each: impl FnMut(Found, T) -> Result<(), E>,
) -> Result<(), E> {
    let Files(walk::Files { known, skipped, refused }) = files;
    let open_ended = known.iter().any(|file| file.path.as_os_str() == STDIN);
    let of = (!open_ended).then(|| known.iter().map(size).sum());
    let mut progress = Progress { of, ..Progress::default() };
    refused.into_iter().for_each(|error| tell(Event::Refused(error)));
    skipped.into_iter().for_each(|path| tell(Event::Skipped(path)));
    let mut ids = Ids::default();
    let mut held = Held::default();
    let read = |part: Part| {
        let (bytes, goes_on) = (part.bytes, part.goes_on);
        let Outcome { found, refused, skipped } = part.read(options);
        // The documents of a part that has many, as an archive, are shared out.
        let made = found.into_par_iter().map(|found| {
            let made = work(&found);
            (found, made)
        });
        (bytes, goes_on, made.collect::<Vec<_>>(), refused, skipped)
    };
    let done = ordered(parts(known, options), read, |(bytes, goes_on, made, refused, skipped)| {
        progress.bytes += bytes;
        for (found, made) in made {
            progress.documents += 1;
            progress.text += found.document.text.len() as u64;
            match ids.refuse_twice(&found.document.id, &found.place) {
                Ok(()) => each(found, made)?,
                Err(twice) => tell(Event::Refused(twice)),
            }
        }
        refused.into_iter().for_each(|error| held.add(error, goes_on, tell));
        skipped.into_iter().for_each(|path| tell(Event::Skipped(path)));
        tell(Event::Progress(progress));
        Ok(())
    });
    held.release(tell);
    done
}

/// What was refused last, held back, since more of the same file may be: of one file that is told in one line.
#[derive(Default)]
struct Held {
    error: Option<ReadError>,
}

impl Held {
    fn add(&mut self, error: ReadError, goes_on: bool, tell: &mut dyn FnMut(Event)) {
        if let (true, ReadError::Refused { place, more, .. }, Some(ReadError::Refused { place: first, more: all, .. })) =
            (goes_on, &error, &mut self.error)
            && place.path == first.path
        {
            *all += more + 1;
            return;
        }
        self.release(tell);
        self.error = Some(error);
    }

    fn release(&mut self, tell: &mut dyn FnMut(Event)) {
        if let Some(error) = self.error.take() {
            tell(Event::Refused(error));
        }
    }
}
