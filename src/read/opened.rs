//! A file opened and unpacked as it is read.

use std::cell::Cell;
use std::fs::File as Handle;
use std::io::{self, Cursor, Read};
use std::rc::Rc;

use super::format::{Packing, ending};
use super::unpack::{self, Count, Counted, DEEPEST, LARGEST, Unpacked, read_within};
use super::walk::{File, STDIN};
use super::{Place, ReadError};

/// So many bytes tell how a file is packed.
const START: u64 = 16;

/// A file that is read from its beginning.
pub(super) struct Opened {
    pub reader: Box<dyn Read>,
    /// What tells the format: the file's name, without the endings of packings that are off. None for standard input.
    pub name: String,
    /// How often it was packed.
    pub depth: usize,
    /// The bytes of it that were read, as they lie there.
    pub packed: Count,
    pub says: Says,
}

/// What to say where reading a file fails.
pub(super) struct Says {
    place: Place,
    packing: Option<Packing>,
}

impl Says {
    pub(super) fn about(&self, error: io::Error) -> ReadError {
        match self.packing {
            _ if error.kind() == io::ErrorKind::FileTooLarge => self.refused(error.to_string()),
            None => ReadError::Io { path: self.place.path.clone(), source: error },
            Some(packing) => self.refused(unpack::unreadable(packing, &error)),
        }
    }

    pub(super) fn refused(&self, message: String) -> ReadError {
        ReadError::refused(self.place.clone(), message)
    }
}

/// Opens a file. An archive of several files stays packed.
pub(super) fn open(file: &File) -> Result<Opened, ReadError> {
    let is_stdin = file.path.as_os_str() == STDIN;
    let mut says = Says { place: Place::file(&file.path), packing: None };
    let raw: Box<dyn Read> = if is_stdin {
        Box::new(io::stdin())
    } else {
        Box::new(Handle::open(&file.path).map_err(|error| says.about(error))?)
    };
    let packed = Rc::new(Cell::new(0));
    let mut reader: Box<dyn Read> = Box::new(Counted { reader: raw, bytes: Rc::clone(&packed) });
    let mut name = if is_stdin { String::new() } else { file.id.clone() };
    let mut depth = 0;
    loop {
        let mut start = Vec::new();
        reader.by_ref().take(START).read_to_end(&mut start).map_err(|error| says.about(error))?;
        let told = Packing::of_name(&name).map(|(packing, inner)| (packing, inner.to_owned()));
        let nameless = ending(&name).is_none();
        let seen = || Packing::of_content(&start).filter(|_| nameless).map(|packing| (packing, String::new()));
        let packing = told.or_else(seen).filter(|(packing, _)| *packing != Packing::Zip);
        reader = Box::new(Cursor::new(start).chain(reader));
        let Some((packing, inner)) = packing.filter(|_| depth < DEEPEST) else { break };
        says.packing = says.packing.or(Some(packing));
        reader = unpack::reader(packing, reader).map_err(|error| says.about(error))?;
        reader = Box::new(Unpacked { reader, packed: Rc::clone(&packed), size: size(file), given: 0 });
        (name, depth) = (inner, depth + 1);
    }
    Ok(Opened { reader, name, depth, packed, says })
}

impl Opened {
    /// All that it holds after what was read of it.
    pub(super) fn rest(&mut self, mut bytes: Vec<u8>) -> Result<Vec<u8>, ReadError> {
        let rest =
            read_within(&mut self.reader, LARGEST - bytes.len() as u64).map_err(|error| self.says.about(error))?;
        let Some(rest) = rest else {
            let most = LARGEST >> 20;
            return Err(self.says.refused(format!("is larger than the {most} MiB that are read at once; split it")));
        };
        if bytes.is_empty() {
            return Ok(rest);
        }
        bytes.extend(rest);
        Ok(bytes)
    }
}

/// The bytes of a file as it lies there; 0 where that is not known beforehand.
pub(super) fn size(file: &File) -> u64 {
    std::fs::metadata(&file.path).map_or(0, |about| about.len())
}
