//! What the formats of XML share.

use std::borrow::Cow;
use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use quick_xml::name::QName;

/// A writer of elements, one a line.
pub(super) struct Xml<W: Write> {
    inner: Writer<io::BufWriter<W>>,
}

impl<W: Write> Xml<W> {
    /// Begins a document in UTF-8.
    pub fn new(to: W) -> io::Result<Self> {
        let mut inner = Writer::new_with_indent(io::BufWriter::with_capacity(1 << 16, to), b' ', 1);
        inner.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        Ok(Self { inner })
    }

    /// Begins an element.
    pub fn open(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.inner.write_event(Event::Start(start(name, attributes)))
    }

    /// Ends an element.
    pub fn close(&mut self, name: &str) -> io::Result<()> {
        self.inner.write_event(Event::End(BytesEnd::new(name)))
    }

    /// An element with nothing in it.
    pub fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.inner.write_event(Event::Empty(start(name, attributes)))
    }

    /// An element with words in it.
    pub fn text(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) -> io::Result<()> {
        self.open(name, attributes)?;
        self.inner.write_event(Event::Text(BytesText::from_escaped(escaped(text, false))))?;
        self.close(name)
    }

    /// Begins an element whose parts stand on one line, since white space counts in it.
    pub fn run(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.open(name, attributes)?;
        self.unbroken()
    }

    /// Lets what comes next stand on the same line.
    pub fn unbroken(&mut self) -> io::Result<()> {
        self.inner.write_event(Event::Text(BytesText::from_escaped("")))
    }

    /// Ends the document.
    pub fn finish(self) -> io::Result<()> {
        let mut to = self.inner.into_inner();
        to.write_all(b"\n")?;
        to.flush()
    }
}

fn start<'a>(name: &'a str, attributes: &[(&'a str, &'a str)]) -> BytesStart<'a> {
    let mut element = BytesStart::new(name);
    for (key, value) in attributes {
        element.push_attribute(Attribute { key: QName(key), value: escaped(value, true) });
    }
    element
}

/// Text that reads back as it was, but for the characters that XML 1.0 forbids even as references: they are dropped.
/// What a parser would turn into something else (a carriage return; in attributes every line break and tab; where it reads
/// by the rules of XML 1.1, as xmldom does, the line breaks of Unicode) is written as a reference.
fn escaped(text: &str, in_attribute: bool) -> Cow<'_, str> {
    let plain = |c: char| match c {
        '<' | '>' | '&' | '\r' | '\u{85}' | '\u{2028}' => false,
        '"' | '\t' | '\n' => !in_attribute,
        _ => allowed(c),
    };
    if text.chars().all(plain) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' if in_attribute => out.push_str("&quot;"),
            '\r' => out.push_str("&#13;"),
            '\u{85}' => out.push_str("&#133;"),
            '\u{2028}' => out.push_str("&#8232;"),
            '\n' if in_attribute => out.push_str("&#10;"),
            '\t' if in_attribute => out.push_str("&#9;"),
            c if allowed(c) => out.push(c),
            _ => {}
        }
    }
    Cow::Owned(out)
}

/// Whether XML 1.0 has this character.
pub(super) const fn allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..='\u{10ffff}')
}
