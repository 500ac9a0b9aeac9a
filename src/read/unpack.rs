//! Packed files → their contents, bounded: what unpacks to more than a text could is refused before it fills memory.

use std::cell::Cell;
use std::io::{self, Read, Seek};
use std::rc::Rc;

use encoding_rs::GB18030;
use zip::ZipArchive;
use zip::result::ZipError;

use super::format::Packing;

/// The most of one file that is held in memory, packed or unpacked, in bytes.
pub(super) const LARGEST: u64 = 1 << 30;

/// Text packs to a tenth, tables that repeat themselves to a fiftieth; a bomb to a thousandth and less.
const HIGHEST_RATIO: u64 = 100;

/// Up to so many bytes nothing counts as a bomb.
const HARMLESS: u64 = 16 << 20;

/// How often a file may be packed.
pub(super) const DEEPEST: usize = 2;

/// The memory that unpacking xz may take, in KiB. Its strongest usual setting takes 64 MiB.
const XZ_MEMORY: u32 = 256 << 10;

/// The most files an archive may have.
const MOST_MEMBERS: usize = 100_000;

/// The bytes that a packed file holds.
pub(super) fn unpack(packing: Packing, packed: &[u8]) -> Result<Vec<u8>, String> {
    let limit = most(packed.len() as u64).min(LARGEST);
    let broken = |error: io::Error| unreadable(packing, &error);
    let mut reader = reader(packing, packed).map_err(broken)?;
    read_within(&mut reader, limit).map_err(broken)?.ok_or_else(|| bomb(packed.len() as u64, limit))
}

/// What a packed file holds, unpacked as it is read. Of an archive that is nothing: its files are read one by one.
pub(super) fn reader<'a>(packing: Packing, packed: impl Read + 'a) -> io::Result<Box<dyn Read + 'a>> {
    Ok(match packing {
        Packing::Gzip => Box::new(flate2::read::MultiGzDecoder::new(packed)),
        Packing::Xz => Box::new(lzma_rust2::XzReader::new_mem_limit(packed, true, XZ_MEMORY)),
        Packing::Zstd => Box::new(zstd::Decoder::new(packed)?),
        Packing::Zip => Box::new(io::empty()),
    })
}

/// What is wrong with a packed file.
pub(super) fn unreadable(packing: Packing, error: &io::Error) -> String {
    let name = match packing {
        Packing::Gzip => "gzip",
        Packing::Xz => "xz",
        Packing::Zstd => "zstd",
        Packing::Zip => "zip",
    };
    format!("cannot be unpacked as {name} ({error}); fetch or pack it anew")
}

/// A number that a reader counts and somebody else looks at.
pub(super) type Count = Rc<Cell<u64>>;

/// Counts the bytes that are read from a file, as they lie there.
pub(super) struct Counted<R> {
    pub reader: R,
    pub bytes: Count,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(to)?;
        self.bytes.set(self.bytes.get() + read as u64);
        Ok(read)
    }
}

/// Fails where a file unpacks to more than a text could.
pub(super) struct Unpacked<R> {
    pub reader: R,
    /// The bytes of it that were read, packed.
    pub packed: Count,
    /// The bytes that it has, packed, where that is known.
    pub size: u64,
    /// The bytes that it gave, unpacked.
    pub given: u64,
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(to)?;
        self.given += read as u64;
        let packed = self.packed.get().max(self.size);
        if self.given > most(packed) {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, bomb(packed, most(packed))));
        }
        Ok(read)
    }
}

/// A file in an archive.
pub(super) struct Member {
    /// Its path in the archive, with `/` between the parts.
    pub name: String,
    /// What it holds, or why that cannot be had.
    pub content: Result<Vec<u8>, String>,
    /// The bytes that it takes in the archive.
    pub packed: u64,
}

/// The files of a zip archive whose names are wanted, in the order of their names.
pub(super) struct Members<R> {
    archive: ZipArchive<R>,
    names: std::vec::IntoIter<(String, usize)>,
    /// The names of the others.
    pub others: Vec<String>,
    /// The bytes of the archive, and those that it may still unpack to.
    size: u64,
    left: u64,
}

impl<R: Read + Seek> Members<R> {
    /// Opens an archive of `size` bytes.
    pub(super) fn open(archive: R, size: u64, wanted: impl Fn(&str) -> bool) -> Result<Self, String> {
        let unreadable =
            |error: &dyn std::fmt::Display| format!("cannot be read as a zip archive ({error}); fetch or pack it anew");
        let mut archive = ZipArchive::new(archive).map_err(|e| unreadable(&e))?;
        if archive.len() > MOST_MEMBERS {
            let files = archive.len();
            return Err(format!("has {files} files, more than the {MOST_MEMBERS} that are read; unpack it first"));
        }
        let (mut names, mut others) = (Vec::new(), Vec::new());
        for at in 0..archive.len() {
            let file = archive.by_index_raw(at).map_err(|e| unreadable(&e))?;
            let name = name(file.name_raw());
            if file.is_dir() || name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX") {
                continue;
            }
            if wanted(&name) { names.push((name, at)) } else { others.push(name) }
        }
        names.sort();
        Ok(Self { archive, names: names.into_iter(), others, size, left: most(size) })
    }

    fn content(&mut self, at: usize) -> Result<(Vec<u8>, u64), String> {
        let within = self.left.min(LARGEST);
        let mut file = self.archive.by_index(at).map_err(|error| match error {
            ZipError::InvalidPassword => "it is encrypted; unpack its archive first".into(),
            ZipError::UnsupportedArchive(why) => format!("it cannot be unpacked ({why}); unpack its archive first"),
            error => format!("it cannot be unpacked ({error}); fetch or pack its archive anew"),
        })?;
        let packed = file.compressed_size();
        match read_within(&mut file, within) {
            Ok(Some(bytes)) => Ok((bytes, packed)),
            Ok(None) if within < self.left => {
                Err(format!("is larger than the {} MiB that are read at once", LARGEST >> 20))
            }
            Ok(None) => {
                self.names = Vec::new().into_iter();
                Err(bomb(self.size, most(self.size)))
            }
            Err(error) => Err(format!("cannot be unpacked ({error}); fetch or pack its archive anew")),
        }
    }
}

impl<R: Read + Seek> Iterator for Members<R> {
    type Item = Member;

    fn next(&mut self) -> Option<Member> {
        let (name, at) = self.names.next()?;
        let (content, packed) = match self.content(at) {
            Ok((bytes, packed)) => (Ok(bytes), packed),
            Err(message) => (Err(message), 0),
        };
        self.left = self.left.saturating_sub(content.as_ref().map_or(0, Vec::len) as u64);
        Some(Member { name, content, packed })
    }
}

/// How many bytes so many packed bytes may unpack to.
fn most(packed: u64) -> u64 {
    packed.saturating_mul(HIGHEST_RATIO).max(HARMLESS)
}

fn bomb(packed: u64, limit: u64) -> String {
    format!("its {packed} bytes unpack to more than {limit}, which no text does; unpack it yourself if you trust it")
}

/// All that `reader` gives, unless it is more than `limit` bytes.
pub(super) fn read_within(reader: &mut dyn Read, limit: u64) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    reader.take(limit + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= limit).then_some(bytes))
}

/// A member's name. Archives packed on a Chinese Windows have it in GB18030 and do not say so.
fn name(raw: &[u8]) -> String {
    let name = match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => GB18030.decode_without_bom_handling(raw).0.into_owned(),
    };
    name.replace('\\', "/")
}
