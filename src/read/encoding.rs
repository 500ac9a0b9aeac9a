//! Bytes → text. The encoding is told by a byte order mark, by the text being valid UTF-8, by what a page declares, or
//! else found by chardetng, the detector of a browser; of what that knows GB18030 and Big5 are taken, since Chinese is
//! read here.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

use crate::text::characters::is_han;

/// A text and how it was encoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Decoded {
    /// The text, without its byte order mark.
    pub text: String,
    /// The name of the encoding, as the WHATWG gives it; GB2312 and GBK are read as what contains them, GB18030.
    pub encoding: &'static str,
}

/// Of so many characters one may be broken, and is U+FFFD then: pages of the web hold such. A file with more was
/// damaged or is something else.
const CHARACTERS_A_BROKEN_ONE: usize = 1000;

/// How far into a page its declaration may stand, in bytes.
const DECLARATION_WITHIN: usize = 4096;

/// How much of a file is looked at to tell UTF-16 without a mark, in bytes.
const SAMPLE: usize = 4096;

/// Reads the bytes of a text; `page` says that they may declare their encoding as HTML does.
///
/// An error says what is wrong and what to do, without the file's name.
pub(super) fn decode(bytes: &[u8], page: bool) -> Result<Decoded, String> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return by(encoding, &bytes[mark..]);
    }
    let utf8 = std::str::from_utf8(bytes);
    // UTF-16 of Latin text is valid UTF-8 too, with a NUL beside every letter.
    if let Some(encoding) = unmarked_utf16(bytes) {
        return by(encoding, bytes);
    }
    if bytes.iter().filter(|byte| **byte == 0).count() * CHARACTERS_A_BROKEN_ONE > bytes.len() {
        return Err("this is no text (it has NUL bytes); name it by the ending of its kind, or leave it out".into());
    }
    let Err(broken) = utf8 else { return by(UTF_8, bytes) };
    if is_damaged_utf8(bytes) {
        return by(UTF_8, bytes).map_err(|_| {
            let at = broken.valid_up_to();
            let line = bytes[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
            damaged(&format!("byte {at}, in line {line},"))
        });
    }
    let declared = page.then(|| declaration(bytes)).flatten();
    let encoding = declared.filter(|e| is_chinese(e)).unwrap_or_else(|| detected(bytes));
    by(encoding, bytes)
}

/// Decodes, unless too much is broken.
fn by(encoding: &'static Encoding, bytes: &[u8]) -> Result<Decoded, String> {
    // Every page that says GB2312 means what browsers read by that name: all of it.
    let encoding = if encoding == GBK { GB18030 } else { encoding };
    if !is_chinese(encoding) {
        return Err(format!(
            "its encoding was not found (it looks like {}); convert it to UTF-8 first, as `iconv -f ENCODING -t UTF-8 FILE` \
             does",
            encoding.name()
        ));
    }
    let (text, errors) = encoding.decode_without_bom_handling(bytes);
    if errors && !few_are_broken(&text) {
        let broken = text.matches('\u{FFFD}').count();
        return Err(format!(
            "{broken} of its characters are broken when read as {}; convert it to UTF-8 first, as `iconv -f ENCODING -t \
             UTF-8 FILE` does",
            encoding.name()
        ));
    }
    Ok(Decoded { text: text.into_owned(), encoding: encoding.name() })
}

/// What is wrong with bytes in a text of another kind, which stand at `place`.
pub(super) fn damaged(place: &str) -> String {
    format!(
        "{place} is not UTF-8 as the rest is; mend it there, or drop what is broken, as `iconv -c -f UTF-8 -t UTF-8 FILE` \
         does"
    )
}

/// Whether so few characters of a decoded text are broken that it can be read.
pub(super) fn few_are_broken(text: &str) -> bool {
    text.matches('\u{FFFD}').count() * CHARACTERS_A_BROKEN_ONE <= text.chars().count()
}

fn is_chinese(encoding: &'static Encoding) -> bool {
    [UTF_8, UTF_16LE, UTF_16BE, GB18030, GBK, BIG5].contains(&encoding)
}

/// What chardetng finds. Without the domain that a page came from, it tells GBK and Big5 apart from ten characters on,
/// but a single broken byte puts it off: then that of the two which breaks less, if what it gives is Chinese.
fn detected(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let found = detector.guess(None, Utf8Detection::Deny);
    // Where no encoding of many bytes a character fits, it gives one of a single byte.
    if is_chinese(found) || !found.is_single_byte() {
        return found;
    }
    let broken = |encoding: &'static Encoding| {
        let (text, _) = encoding.decode_without_bom_handling(bytes);
        let ideographs = text.chars().filter(|c| is_han(*c)).count();
        let broken = text.matches('\u{FFFD}').count();
        let chinese = ideographs * 4 > text.chars().count() && broken * CHARACTERS_A_BROKEN_ONE <= text.chars().count();
        chinese.then_some(broken)
    };
    let best = [GB18030, BIG5].into_iter().filter_map(|e| Some((broken(e)?, e))).min_by_key(|(broken, _)| *broken);
    best.map_or(found, |(_, encoding)| encoding)
}

/// Whether what is not ASCII is UTF-8 nearly throughout: characters that were cut, not another encoding.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole > 10 * broken
}

/// UTF-16 without its mark: read as such, nearly all of it is Chinese or ASCII, with a mark or line end in it.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE) & !1];
    if bytes.len() % 2 == 1 || sample.is_empty() {
        return None;
    }
    let plausible = |unit: fn([u8; 2]) -> u16| {
        let units = || sample.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
        let text = |u: &u16| matches!(u, 0x09 | 0x0A | 0x0D | 0x20..0x7F | 0x3000..0x3020 | 0x4E00..0xA000 | 0xFF00..0xFF60 | 0x2010..0x2030);
        // Bytes of other encodings make ideographs by chance, but not these.
        let marks = units().filter(|u| matches!(u, 0x0A | 0x20 | 0x3000..0x3003 | 0xFF0C)).count();
        let all = units().count();
        marks > 0 && units().filter(text).count() * 20 >= all * 19
    };
    match (plausible(u16::from_le_bytes), plausible(u16::from_be_bytes)) {
        (true, false) => Some(UTF_16LE),
        (false, true) => Some(UTF_16BE),
        _ => None,
    }
}

/// The encoding that a page names in its head: `<meta charset="gb2312">`, `content="text/html; charset=big5"`, or the
/// declaration of XHTML.
fn declaration(bytes: &[u8]) -> Option<&'static Encoding> {
    let head: String = bytes[..bytes.len().min(DECLARATION_WITHIN)].iter().map(|b| char::from(*b)).collect();
    let head = head.to_ascii_lowercase();
    ["charset", "encoding"].iter().find_map(|word| {
        head.match_indices(word).find_map(|(at, _)| {
            let value = head[at + word.len()..].trim_start().strip_prefix('=')?;
            let value = value.trim_start().trim_start_matches(['"', '\'']);
            let end = value.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:".contains(c))).unwrap_or(value.len());
            Encoding::for_label(&value.as_bytes()[..end])
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "捐赠消息\n2月10日，泰安市某公司向市第一医院捐赠口罩1000只。";
    const TRADITIONAL: &str = "捐贈消息\n2月10日，臺南市某公司向市立醫院捐贈口罩1000個。";

    fn read(bytes: &[u8]) -> (String, &'static str) {
        let decoded = decode(bytes, true).unwrap();
        (decoded.text, decoded.encoding)
    }

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn every_encoding_of_chinese_is_found() {
        let encoded = |encoding: &'static Encoding, text: &'static str| encoding.encode(text).0.into_owned();
        let little = utf16(TEXT, u16::to_le_bytes);
        let big = utf16(TEXT, u16::to_be_bytes);
        for (bytes, text, name) in [
            (TEXT.as_bytes().to_vec(), TEXT, "UTF-8"),
            ([b"\xEF\xBB\xBF", TEXT.as_bytes()].concat(), TEXT, "UTF-8"),
            (encoded(GB18030, TEXT), TEXT, "gb18030"),
            (encoded(BIG5, TRADITIONAL), TRADITIONAL, "Big5"),
            ([b"\xFF\xFE", little.as_slice()].concat(), TEXT, "UTF-16LE"),
            ([b"\xFE\xFF", big.as_slice()].concat(), TEXT, "UTF-16BE"),
            (little, TEXT, "UTF-16LE"),
            (big, TEXT, "UTF-16BE"),
        ] {
            assert_eq!(read(&bytes), (text.to_owned(), name));
        }
        assert_eq!(read(b""), (String::new(), "UTF-8"));
    }

    #[test]
    fn a_declaration_is_believed_unless_the_bytes_deny_it() {
        let page = |charset: &str| {
            format!("<html><head><meta http-equiv=Content-Type content='text/html; charset={charset}'></head>")
        };
        // Two characters are few to guess from.
        let gb = [page("gb2312").as_bytes(), &GB18030.encode("口罩").0].concat();
        assert!(read(&gb).0.ends_with("口罩"));
        // Browsers save pages as UTF-8 and leave the declaration as it was.
        let saved = page("gb2312") + TEXT;
        assert_eq!(read(saved.as_bytes()), (saved.clone(), "UTF-8"));
        let wrong = [page("iso-8859-1").as_bytes(), &GB18030.encode(TEXT).0].concat();
        assert_eq!(read(&wrong).1, "gb18030");
    }

    #[test]
    fn a_broken_character_in_a_thousand_is_borne() {
        let long = TEXT.repeat(100);
        let mut bytes = GB18030.encode(&long).0.into_owned();
        bytes[1] = b' ';
        assert_eq!(read(&bytes).0.matches('\u{FFFD}').count(), 1);
        let mut bytes = TEXT.repeat(4).into_bytes();
        bytes[20] = 0xFF;
        let message = decode(&bytes, false).unwrap_err();
        assert!(message.contains("byte 19, in line 2, is not UTF-8"), "{message}");
    }

    #[test]
    fn what_is_no_text_is_refused() {
        let picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\xFF\xFE\xFD\x80\x81";
        assert!(decode(picture, false).unwrap_err().contains("no text"));
        let latin =
            "Málaga recibió ayer muchas más mascarillas de algodón".chars().map(|c| c as u8).collect::<Vec<_>>();
        assert!(decode(&latin, false).unwrap_err().contains("convert it to UTF-8"));
        let japanese = encoding_rs::SHIFT_JIS.encode("日本語のテキストです。これは新聞です。").0;
        assert!(decode(&japanese, false).unwrap_err().contains("Shift_JIS"));
        assert!(decode(&[0; 4000], false).unwrap_err().contains("no text"));
    }
}
