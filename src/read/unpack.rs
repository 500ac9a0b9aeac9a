//! Packed files → their contents, bounded: what unpacks to more than a text could is refused before it fills memory.

use std::cell::Cell;
use std::io::{self, Cursor, Read};
use std::rc::Rc;

use encoding_rs::GB18030;
use zip::result::ZipError;

use super::format::Packing;

/// The most that one file may hold, packed or unpacked, in bytes.
pub(super) const LARGEST: u64 = 1 << 30;

/// Text packs to a tenth, tables that repeat themselves to a fiftieth; a bomb to a thousandth and less.
const HIGHEST_RATIO: u64 = 100;

/// Up to so many bytes nothing counts as a bomb.
const HARMLESS: u64 = 16 << 20;

/// The memory that unpacking xz may take, in KiB. Its strongest usual setting takes 64 MiB.
const XZ_MEMORY: u32 = 256 << 10;

/// The most files an archive may have.
const MOST_MEMBERS: usize = 100_000;

/// The bytes that a packed file holds.
pub(super) fn unpack(packing: Packing, packed: &[u8]) -> Result<Vec<u8>, String> {
    let limit = limit(packed.len() as u64);
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
        let most = packed.saturating_mul(HIGHEST_RATIO).max(HARMLESS);
        if self.given > most { Err(io::Error::new(io::ErrorKind::FileTooLarge, bomb(packed, most))) } else { Ok(read) }
    }
}

/// A file in an archive.
pub(super) struct Member {
    /// Its path in the archive, with `/` between the parts.
    pub name: String,
    /// What it holds, or why that cannot be had.
    pub content: Result<Vec<u8>, String>,
}

/// Lets `each` have the files of a zip archive of whose names `wanted` holds, in the order of their names, and gives
/// the names of the others.
///
/// # Errors
/// Where the archive is none or holds too much. What was handed over before stays handed over.
pub(super) fn members(
    packed: &[u8],
    wanted: impl Fn(&str) -> bool,
    mut each: impl FnMut(Member),
) -> Result<Vec<String>, String> {
    let unreadable =
        |error: &dyn std::fmt::Display| format!("cannot be read as a zip archive ({error}); fetch or pack it anew");
    let mut archive = zip::ZipArchive::new(Cursor::new(packed)).map_err(|e| unreadable(&e))?;
    if archive.len() > MOST_MEMBERS {
        return Err(format!(
            "has {} files, more than the {MOST_MEMBERS} that are read; unpack it first",
            archive.len()
        ));
    }
    let mut names = Vec::new();
    let mut others = Vec::new();
    for at in 0..archive.len() {
        let file = archive.by_index_raw(at).map_err(|e| unreadable(&e))?;
        let name = name(file.name_raw());
        if file.is_dir() || name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX") {
            continue;
        }
        if wanted(&name) { names.push((name, at)) } else { others.push(name) }
    }
    names.sort();
    let mut left = limit(packed.len() as u64);
    for (name, at) in names {
        let content = match archive.by_index(at) {
            Ok(mut file) => match read_within(&mut file, left) {
                Ok(Some(bytes)) => Ok(bytes),
                Ok(None) => return Err(bomb(packed.len() as u64, limit(packed.len() as u64))),
                Err(error) => Err(format!("cannot be unpacked ({error}); fetch or pack its archive anew")),
            },
            Err(ZipError::InvalidPassword) => Err("it is encrypted; unpack its archive first".into()),
            Err(ZipError::UnsupportedArchive(why)) => {
                Err(format!("it cannot be unpacked ({why}); unpack its archive first"))
            }
            Err(error) => Err(format!("it cannot be unpacked ({error}); fetch or pack its archive anew")),
        };
        left -= content.as_ref().map_or(0, Vec::len) as u64;
        each(Member { name, content });
    }
    Ok(others)
}

/// How many bytes a file of so many packed bytes may unpack to.
fn limit(packed: u64) -> u64 {
    packed.saturating_mul(HIGHEST_RATIO).clamp(HARMLESS, LARGEST)
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
