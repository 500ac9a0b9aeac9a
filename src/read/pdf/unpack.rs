//! Streams unpacked within bounds: a few kilobytes of a file can stand for gigabytes.

use std::io::Read;

use flate2::read::{DeflateDecoder, ZlibDecoder};
use hayro_syntax::object::{Dict, Object, Stream};
use hayro_syntax::{Filter, object::Array};

/// The most bytes that one stream may unpack to: a page, a table of objects.
pub(super) const LARGEST_STREAM: usize = 64 << 20;
/// The most bytes that one image may unpack to, and all tables of objects together.
const LARGEST_IMAGE: usize = 256 << 20;
/// The most bytes that all streams but images may unpack to.
const LARGEST_FILE: usize = 2 << 30;
/// No compression of PDF makes one byte out of less than this many.
const MOST_GAIN: usize = 1400;
/// How often a stream may be packed within itself.
const MOST_LAYERS: usize = 4;
/// How far before a stream its dictionary is looked for, in bytes.
const DICTIONARY: usize = 4096;

/// Looks at every stream of a file before anything is built from it. An error says which bound is passed.
pub(super) fn check(file: &[u8]) -> Result<(), String> {
    let (mut objects, mut all) = (0_usize, 0_usize);
    let (mut at, mut end) = (0, 0);
    while let Some(found) = find(&file[at..], b"stream") {
        let keyword = at + found;
        let before = &file[at.max(keyword.saturating_sub(DICTIONARY))..keyword];
        // What follows is looked at from here on too: the word may stand in a comment before a stream.
        at = keyword + b"stream".len();
        if file[..keyword].ends_with(b"end") {
            continue;
        }
        if end < at {
            end = find(&file[at..], b"endstream").map_or(file.len(), |found| at + found);
        }
        let data = file[at..end].trim_ascii_start();
        let dictionary = dictionary_of(before);
        let image = find(dictionary, b"/Image").is_some();
        let limit = if image { LARGEST_IMAGE } else { LARGEST_STREAM };
        let most = data.len().saturating_mul(MOST_GAIN);
        if image && most <= limit {
            continue;
        }
        // Packed data says itself where it ends, whatever words are in it.
        let size = unpacked_size(file[at..].trim_ascii_start(), limit, MOST_LAYERS);
        let holds_objects = find(dictionary, b"/First").is_some() || dictionary.contains(&b'#');
        all = all.saturating_add(if image { 0 } else { size });
        objects = objects.saturating_add(if holds_objects { size } else { 0 });
        // Of what is packed otherwise, or encrypted, only the length is known.
        let unknown = size == 0 && holds_objects && find(dictionary, b"/Filter").is_some();
        if size > limit || objects > LARGEST_IMAGE || all > LARGEST_FILE || unknown && most > LARGEST_IMAGE {
            return Err(too_large());
        }
    }
    Ok(())
}

fn too_large() -> String {
    format!(
        "this PDF unpacks to more than {} MiB, which no text needs; print it to PDF anew from its program, or split it",
        LARGEST_STREAM >> 20
    )
}

/// What stands after the last `obj` before a stream's keyword.
fn dictionary_of(before: &[u8]) -> &[u8] {
    let object = before.windows(4).rposition(|bytes| bytes == b" obj");
    object.map_or(before, |object| &before[object..])
}

/// What deflated data unpacks to, at most a byte over `limit`; 0 for other data.
fn unpacked_size(data: &[u8], limit: usize, layers: usize) -> usize {
    let zlib = matches!(data, [first, second, ..] if first & 0x0F == 8 && (usize::from(*first) << 8 | usize::from(*second)) % 31 == 0);
    if !zlib || layers == 0 {
        return 0;
    }
    let mut decoder = ZlibDecoder::new(data).take(limit as u64 + 1);
    let mut head = Vec::new();
    let mut size = (&mut decoder).take(LARGEST_STREAM as u64).read_to_end(&mut head).unwrap_or(head.len());
    size += std::io::copy(&mut decoder, &mut std::io::sink()).unwrap_or(0) as usize;
    size.max(unpacked_size(&head, limit, layers - 1))
}

/// A stream's bytes without its filters; `None` where they are broken or too many.
pub(super) fn stream(stream: &Stream<'_>) -> Option<Vec<u8>> {
    let filters = stream.filters();
    let mut data = stream.raw_data().into_owned();
    let own = |filter: &Filter| matches!(filter, Filter::FlateDecode | Filter::Ascii85Decode | Filter::AsciiHexDecode);
    if filters.iter().all(own) && !has_predictor(stream.dict()) {
        for filter in &filters {
            data = match filter {
                Filter::FlateDecode => inflate(&data)?,
                Filter::Ascii85Decode => ascii_85(&data),
                _ => ascii_hex(&data),
            };
        }
        return Some(data);
    }
    let gains = filters
        .iter()
        .filter(|filter| matches!(filter, Filter::FlateDecode | Filter::LzwDecode | Filter::RunLengthDecode));
    if gains.count() > 1 || data.len().saturating_mul(MOST_GAIN) > LARGEST_IMAGE {
        return None;
    }
    stream.decoded_data().ok().map(|data| data.into_owned())
}

fn has_predictor(dictionary: &Dict<'_>) -> bool {
    let predicts = |parameters: Dict<'_>| parameters.get::<i32>("Predictor").is_some_and(|predictor| predictor > 1);
    ["DecodeParms", "DP"].iter().any(|key| match dictionary.get::<Object<'_>>(key) {
        Some(Object::Dict(parameters)) => predicts(parameters),
        Some(Object::Array(all)) => Array::iter::<Object<'_>>(&all).filter_map(Object::into_dict).any(predicts),
        _ => false,
    })
}

/// Inflates what can be inflated: a stream that is cut off gives its beginning, as viewers show it.
fn inflate(data: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let bound = LARGEST_STREAM as u64 + 1;
    let _ = ZlibDecoder::new(data).take(bound).read_to_end(&mut out);
    if out.is_empty() {
        let _ = DeflateDecoder::new(data).take(bound).read_to_end(&mut out);
    }
    (out.len() <= LARGEST_STREAM).then_some(out)
}

fn ascii_hex(data: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = data
        .iter()
        .take_while(|byte| **byte != b'>')
        .filter_map(|byte| char::from(*byte).to_digit(16))
        .map(|digit| digit as u8)
        .collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).unwrap_or(&0)).collect()
}

fn ascii_85(data: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut group = Vec::with_capacity(5);
    for byte in data {
        match byte {
            b'~' => break,
            b'z' if group.is_empty() => out.extend([0; 4]),
            b'!'..=b'u' => group.push(byte - b'!'),
            _ => {}
        }
        if group.len() == 5 {
            out.extend(of_85(&group));
            group.clear();
        }
    }
    if let held @ 2..=4 = group.len() {
        group.resize(5, 84);
        out.extend(&of_85(&group)[..held - 1]);
    }
    out
}

fn of_85(group: &[u8]) -> [u8; 4] {
    group.iter().fold(0_u32, |sum, digit| sum.wrapping_mul(85).wrapping_add(u32::from(*digit))).to_be_bytes()
}

/// Where `needle` stands first.
pub(super) fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    let first = *needle.first()?;
    let mut at = 0;
    while let Some(found) = haystack.get(at..)?.iter().position(|byte| *byte == first) {
        if haystack[at + found..].starts_with(needle) {
            return Some(at + found);
        }
        at += found + 1;
    }
    None
}
