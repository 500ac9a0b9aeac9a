//! Packed files → their contents, bounded: what unpacks to more than a text could is refused before it fills memory.

use std::io::{self, Cursor, Read};

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
    let read = |mut reader: Box<dyn Read + '_>, name: &str| match read_within(&mut reader, limit) {
        Ok(Some(bytes)) => Ok(bytes),
        Ok(None) => Err(bomb(packed.len() as u64)),
        Err(error) => Err(format!("cannot be unpacked as {name} ({error}); fetch or pack it anew")),
    };
    match packing {
        Packing::Gzip => read(Box::new(flate2::read::MultiGzDecoder::new(packed)), "gzip"),
        Packing::Xz => read(Box::new(lzma_rust2::XzReader::new_mem_limit(packed, true, XZ_MEMORY)), "xz"),
        Packing::Zstd => match zstd::Decoder::new(packed) {
            Ok(decoder) => read(Box::new(decoder), "zstd"),
            Err(error) => Err(format!("cannot be unpacked as zstd ({error}); fetch or pack it anew")),
        },
        Packing::Zip => Err("an archive within an archive is not read; unpack it first".into()),
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
                Ok(None) => return Err(bomb(packed.len() as u64)),
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

fn bomb(packed: u64) -> String {
    format!(
        "its {packed} bytes unpack to more than {}, which no text does; unpack it yourself if you trust it",
        limit(packed)
    )
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
