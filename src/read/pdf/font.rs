//! What the codes of a font mean, and how wide its glyphs are.

use hayro_cmap::{BfString, CMap, CMapName, CidFamily, WritingMode, load_embedded};
use hayro_syntax::object::{Array, Dict, Name, Object, Stream, String as PdfString};

use super::names::{self, Base};
use super::unpack;

/// The most ranges of widths that are read of a font.
const MOST_WIDTHS: usize = 200_000;
/// The most bytes that a map of codes may have.
const LARGEST_MAP: usize = 4 << 20;
/// A glyph's width, in thousandths of the size, where a font does not say it.
const USUAL_WIDTH: f64 = 556.0;

/// A font as text needs it.
pub(super) struct Font {
    codes: Codes,
    to_unicode: Option<ToUnicode>,
    widths: Widths,
    /// Whether its glyphs run from the top to the bottom.
    pub(super) vertical: bool,
    /// How much of the page's unit a width of 1 is, at size 1.
    scale: f64,
}

enum Codes {
    /// A byte a glyph.
    Simple(Box<[Option<char>; 256]>),
    /// Codes of some bytes that are numbers in a collection of characters.
    Composite { encoding: Box<CMap>, collection: Option<Box<CMap>> },
}

enum ToUnicode {
    Map(Box<CMap>),
    /// The codes are UTF-16 themselves.
    Codes,
}

struct Widths {
    /// First code, last code, width; sorted.
    ranges: Vec<(u32, u32, f64)>,
    other: f64,
}

/// A code in a string that is shown.
pub(super) struct Code {
    pub(super) text: Option<BfString>,
    /// Along the direction of writing, in units of the size.
    pub(super) advance: f64,
    /// Whether it is the single byte 32, to which word spacing applies.
    pub(super) is_space: bool,
}

impl Font {
    pub(super) fn new(dictionary: &Dict<'_>) -> Option<Self> {
        let to_unicode = to_unicode(dictionary);
        if dictionary.get::<Name<'_>>("Subtype").as_deref() == Some(b"Type0") {
            composite(dictionary, to_unicode)
        } else {
            Some(simple(dictionary, to_unicode))
        }
    }

    /// The codes of a string, in order.
    pub(super) fn codes<'f>(&'f self, mut bytes: &'f [u8]) -> impl Iterator<Item = Code> + 'f {
        std::iter::from_fn(move || {
            let (code, length) = self.first(bytes)?;
            bytes = bytes.get(length..)?;
            let key = self.glyph(code, length);
            let width = self.widths.of(key) * self.scale;
            // Glyphs of vertical fonts are as high as the size, but for those few with heights of their own.
            let advance = if self.vertical { 1.0 } else { width };
            Some(Code { text: self.text(code, key), advance, is_space: length == 1 && code == 32 })
        })
    }

    /// The first code of `bytes`, and of how many bytes it is.
    fn first(&self, bytes: &[u8]) -> Option<(u32, usize)> {
        let first = u32::from(*bytes.first()?);
        let Codes::Composite { encoding, .. } = &self.codes else {
            return Some((first, 1));
        };
        let mut code = 0;
        for (length, byte) in (1_u8..=4).zip(bytes) {
            code = code << 8 | u32::from(*byte);
            if encoding.lookup_cid_code(code, length).is_some() {
                return Some((code, usize::from(length)));
            }
        }
        // Codes that a map lacks are of two bytes in all that is met.
        let pair = bytes.get(1).map(|second| (first << 8 | u32::from(*second), 2));
        Some(pair.unwrap_or((first, 1)))
    }

    /// The number by which widths and collections know a code.
    fn glyph(&self, code: u32, length: usize) -> u32 {
        match &self.codes {
            Codes::Simple(_) => code,
            Codes::Composite { encoding, .. } => encoding.lookup_cid_code(code, length as u8).unwrap_or(0),
        }
    }

    fn text(&self, code: u32, glyph: u32) -> Option<BfString> {
        let said = match &self.to_unicode {
            Some(ToUnicode::Map(map)) => map.lookup_bf_string(code),
            Some(ToUnicode::Codes) => of_utf_16(code).map(BfString::Char),
            None => None,
        };
        said.map(plain_bullet).filter(has_meaning).or_else(|| match &self.codes {
            Codes::Simple(table) => table.get(code as usize).copied().flatten().map(BfString::Char),
            Codes::Composite { collection, .. } => of_collection(collection.as_ref()?, glyph).filter(has_meaning),
        })
    }
}

/// Whether a text is more than a place in somebody's font.
pub(super) fn has_meaning(text: &BfString) -> bool {
    match text {
        BfString::Char(c) => is_meaningful(*c),
        BfString::String(text) => !text.is_empty() && text.chars().all(is_meaningful),
    }
}

/// The marks of lists, which have places of their own in the fonts of symbols that Word and others take them from.
fn plain_bullet(text: BfString) -> BfString {
    match text {
        BfString::Char(
            '\u{F06C}' | '\u{F06E}' | '\u{F075}' | '\u{F076}' | '\u{F0A7}' | '\u{F0A8}' | '\u{F0B7}' | '\u{F0D8}'
            | '\u{F0E0}' | '\u{F0FC}' | '\u{F0FE}',
        ) => BfString::Char('•'),
        text => text,
    }
}

/// Not so for private use, what Unicode never assigns, controls, and the mark of a character that was lost.
fn is_meaningful(c: char) -> bool {
    !(matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{FFF0}'..='\u{FFFF}' | '\u{F0000}'..) || c.is_control() && c != '\t')
}

fn of_collection(collection: &CMap, glyph: u32) -> Option<BfString> {
    collection.lookup_bf_string(glyph).or_else(|| {
        (1..=4)
            .find_map(|length| collection.lookup_cid_code(glyph, length))
            .and_then(char::from_u32)
            .map(BfString::Char)
    })
}

fn to_unicode(dictionary: &Dict<'_>) -> Option<ToUnicode> {
    match dictionary.get::<Object<'_>>("ToUnicode")? {
        Object::Stream(stream) => parse(&stream).map(ToUnicode::Map),
        Object::Name(name) if name.starts_with(b"Identity") => Some(ToUnicode::Codes),
        Object::Name(name) => predefined(CMapName::from_bytes(&name)).map(ToUnicode::Map),
        _ => None,
    }
}

/// Whether the codes of a font are Unicode by the name of its encoding.
fn is_unicode(dictionary: &Dict<'_>) -> bool {
    dictionary.get::<Name<'_>>("Encoding").is_some_and(|name| {
        let named = |part: &[u8]| name.windows(part.len()).any(|window| window == part);
        name.starts_with(b"Uni") && (named(b"-UCS2-") || named(b"-UTF16-"))
    })
}

/// The character that a code of UTF-16 means, which is one unit or a pair.
fn of_utf_16(code: u32) -> Option<char> {
    let units = [(code >> 16) as u16, code as u16];
    let units = if units[0] == 0 { &units[1..] } else { &units[..] };
    let mut characters = char::decode_utf16(units.iter().copied());
    characters.next()?.ok().filter(|_| characters.next().is_none())
}

fn parse(stream: &Stream<'_>) -> Option<Box<CMap>> {
    let map = unpack::stream(stream).filter(|map| map.len() <= LARGEST_MAP)?;
    CMap::parse(&map, load_embedded).map(Box::new)
}

fn predefined(name: CMapName<'_>) -> Option<Box<CMap>> {
    let map = match name {
        CMapName::IdentityH => CMap::identity_h(),
        CMapName::IdentityV => CMap::identity_v(),
        name => CMap::parse(load_embedded(name)?, load_embedded)?,
    };
    Some(Box::new(map))
}

fn composite(dictionary: &Dict<'_>, to_unicode: Option<ToUnicode>) -> Option<Font> {
    let descendant = dictionary.get::<Array<'_>>("DescendantFonts")?.iter::<Dict<'_>>().next()?;
    let encoding = match dictionary.get::<Object<'_>>("Encoding")? {
        Object::Name(name) => predefined(CMapName::from_bytes(&name))?,
        Object::Stream(stream) => parse(&stream)?,
        _ => return None,
    };
    let to_unicode = to_unicode.or_else(|| is_unicode(dictionary).then_some(ToUnicode::Codes));
    let collection = collection(&encoding, &descendant).and_then(|family| family.ucs2_cmap()).and_then(predefined);
    let mut widths = Widths { ranges: Vec::new(), other: descendant.get::<f64>("DW").unwrap_or(1000.0) };
    if let Some(array) = descendant.get::<Array<'_>>("W") {
        widths.read(&array);
    }
    let vertical = encoding.metadata().writing_mode == Some(WritingMode::Vertical);
    Some(Font { codes: Codes::Composite { encoding, collection }, to_unicode, widths, vertical, scale: 0.001 })
}

/// The collection of characters whose numbers the codes give. Where a font is embedded and its codes are glyphs of
/// its own, its word for the collection is not taken: writers name Adobe-GB1 and mean nothing by it.
fn collection(encoding: &CMap, descendant: &Dict<'_>) -> Option<CidFamily> {
    let of_encoding = encoding.metadata().character_collection.as_ref().map(|collection| collection.family.clone());
    if let Some(family) = of_encoding.filter(|family| *family != CidFamily::AdobeIdentity) {
        return Some(family);
    }
    let descriptor = descendant.get::<Dict<'_>>("FontDescriptor").unwrap_or_default();
    if descriptor.contains_key("FontFile2") {
        return None;
    }
    let info = descendant.get::<Dict<'_>>("CIDSystemInfo")?;
    let registry = info.get::<PdfString<'_>>("Registry")?;
    let ordering = info.get::<PdfString<'_>>("Ordering")?;
    Some(CidFamily::from_registry_ordering(&registry, &ordering))
}

fn simple(dictionary: &Dict<'_>, to_unicode: Option<ToUnicode>) -> Font {
    let descriptor = dictionary.get::<Dict<'_>>("FontDescriptor").unwrap_or_default();
    let first = dictionary.get::<u32>("FirstChar").unwrap_or(0).min(255);
    let missing = descriptor.get::<f64>("MissingWidth").filter(|width| *width > 0.0).unwrap_or(USUAL_WIDTH);
    let listed = dictionary.get::<Array<'_>>("Widths");
    let ranges = listed.iter().flat_map(|array| array.iter::<f64>()).zip(first..=255);
    let widths = Widths { ranges: ranges.map(|(width, code)| (code, code, width)).collect(), other: missing };
    // Glyphs that are little drawings have a unit of their own.
    let matrix = dictionary.get::<Array<'_>>("FontMatrix").and_then(|matrix| matrix.iter::<f64>().next());
    let scale = matrix.map_or(0.001, f64::abs);
    Font { codes: Codes::Simple(Box::new(table(dictionary, &descriptor))), to_unicode, widths, vertical: false, scale }
}

/// What the bytes of a simple font mean by its encoding.
fn table(dictionary: &Dict<'_>, descriptor: &Dict<'_>) -> [Option<char>; 256] {
    let encoding = dictionary.get::<Object<'_>>("Encoding");
    let named = match &encoding {
        Some(Object::Name(name)) => base(name),
        Some(Object::Dict(encoding)) => encoding.get::<Name<'_>>("BaseEncoding").and_then(|name| base(&name)),
        _ => None,
    };
    let symbolic = descriptor.get::<i32>("Flags").unwrap_or(0) & 4 != 0;
    let font = dictionary.get::<Name<'_>>("BaseFont");
    let pictures = font.is_some_and(|name| [&b"Symbol"[..], b"ZapfDingbats"].contains(&&*name));
    let base = named.or((!symbolic && !pictures).then_some(Base::Standard));
    let mut table = [None; 256];
    if let Some(base) = base {
        for code in 0..=u8::MAX {
            table[usize::from(code)] = names::of_base(base, code);
        }
    }
    if let Some(Object::Dict(encoding)) = encoding {
        differences(&encoding, &mut table);
    }
    table
}

fn base(name: &[u8]) -> Option<Base> {
    match name {
        b"WinAnsiEncoding" => Some(Base::WinAnsi),
        b"MacRomanEncoding" => Some(Base::MacRoman),
        b"StandardEncoding" => Some(Base::Standard),
        _ => None,
    }
}

fn differences(encoding: &Dict<'_>, table: &mut [Option<char>; 256]) {
    let mut code = 0_usize;
    for item in encoding.get::<Array<'_>>("Differences").iter().flat_map(|array| array.iter::<Object<'_>>()) {
        match item {
            Object::Number(number) => code = usize::try_from(number.as_i64()).unwrap_or(usize::MAX),
            Object::Name(name) => {
                if let Some(place) = table.get_mut(code) {
                    *place = std::str::from_utf8(&name).ok().and_then(names::character);
                }
                code = code.saturating_add(1);
            }
            _ => {}
        }
    }
}

impl Widths {
    /// Reads `first [width …]` and `first last width`.
    fn read(&mut self, array: &Array<'_>) {
        let mut numbers: Vec<f64> = Vec::new();
        for item in array.iter::<Object<'_>>() {
            match item {
                Object::Number(number) => numbers.push(number.as_f64()),
                Object::Array(list) => {
                    let first = numbers.pop().unwrap_or(0.0) as u32;
                    self.ranges.extend((first..).zip(list.iter::<f64>()).map(|(code, width)| (code, code, width)));
                    numbers.clear();
                }
                _ => {}
            }
            if let [first, last, width] = numbers[..] {
                self.ranges.push((first as u32, last as u32, width));
                numbers.clear();
            }
            if self.ranges.len() > MOST_WIDTHS {
                break;
            }
        }
        self.ranges.sort_by_key(|(first, ..)| *first);
    }

    fn of(&self, code: u32) -> f64 {
        let after = self.ranges.partition_point(|(first, ..)| *first <= code);
        let found = after.checked_sub(1).and_then(|at| self.ranges.get(at)).filter(|(_, last, _)| code <= *last);
        found.map_or(self.other, |(.., width)| *width)
    }
}
