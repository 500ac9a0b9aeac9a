//! The body of a part: paragraphs and tables → lines.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::numbering::{Item, Numbering, level};
use super::parts::{attribute, is_on};

/// Elements within elements, at most; Word itself stays below a few hundred.
const DEEPEST: usize = 2_000;

/// What a part says.
#[derive(Debug, Default)]
pub(super) struct Body {
    /// The paragraphs and the rows of tables that are not blank.
    pub(super) lines: Vec<String>,
    /// The first paragraph whose style is that of a title.
    pub(super) title: Option<String>,
}

/// Reads a part. `titles` are the styles of titles; `numbering` counts on.
pub(super) fn read(xml: &str, titles: &[String], numbering: &mut Numbering) -> Result<Body, String> {
    let mut reader = Reader::from_str(xml);
    let mut state =
        State { titles, numbering, title: None, places: vec![Place::default()], dropped: 0, fields: Vec::new() };
    let mut depth = 0_usize;
    loop {
        match reader.read_event() {
            Ok(Event::Start(element)) => {
                depth += 1;
                if depth > DEEPEST {
                    return Err(format!(
                        "this Word document nests elements more than {DEEPEST} deep, which no text needs; save its text as .txt"
                    ));
                }
                state.start(&element);
            }
            Ok(Event::Empty(element)) => {
                state.start(&element);
                state.end(element.local_name().as_ref());
            }
            Ok(Event::End(element)) => {
                depth = depth.saturating_sub(1);
                state.end(element.local_name().as_ref());
            }
            Ok(Event::Text(text)) => state.text(&text.xml10_content()),
            Ok(Event::CData(text)) => state.text(&text.xml10_content()),
            Ok(Event::GeneralRef(reference)) => {
                let named = quick_xml::escape::resolve_xml_entity(&reference).map(str::to_owned);
                let numbered = || reference.resolve_char_ref().ok().flatten().map(String::from);
                state.text(&named.or_else(numbered).unwrap_or_default());
            }
            Ok(Event::Eof) if depth == 0 => break,
            Ok(Event::Eof) | Err(_) => {
                return Err(
                    "the text of this Word document is cut off or broken; open it in Word or WPS and save it anew"
                        .into(),
                );
            }
            Ok(_) => {}
        }
    }
    let lines = state.places.into_iter().next().map(Place::all_lines).unwrap_or_default();
    Ok(Body { lines, title: state.title })
}

/// Where lines are gathered: the body, a paragraph, or what else holds paragraphs.
#[derive(Debug, Default)]
struct Place {
    kind: Kind,
    /// Lines that are complete. Those of a text box follow the paragraph that it is tied to.
    lines: Vec<String>,
    /// The text of a paragraph, or of a row as far as it is read.
    text: String,
    /// The style of a paragraph.
    style: Option<String>,
    /// The list that a paragraph is of.
    item: Item,
    /// Whether a paragraph's mark is deleted, so that the next one goes on with it.
    goes_on: bool,
    /// The text of such a paragraph, where the next one is gathered.
    begun: String,
    /// Whether it is not to be seen: a run that is hidden, a row that is deleted, words that ask for a text.
    hidden: bool,
    /// How many cells a row has so far, and whether an alternative has been taken.
    count: usize,
}

impl Place {
    /// Its lines, and the paragraph that was begun last.
    fn all_lines(mut self) -> Vec<String> {
        self.lines.extend(lines_of(&self.begun));
        self.lines
    }
}

/// The lines of a paragraph, which may have breaks within.
fn lines_of(text: &str) -> impl Iterator<Item = String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned)
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Kind {
    #[default]
    Body,
    Paragraph,
    ParagraphProperties,
    /// A form's field, with what is in it.
    Control,
    Run,
    /// What a run shows: the only place in which characters count.
    Text,
    Row,
    Cell,
    RowProperties,
    Alternatives,
}

impl Kind {
    fn of(name: &str) -> Option<Self> {
        Some(match name {
            "p" => Self::Paragraph,
            "pPr" => Self::ParagraphProperties,
            "sdt" => Self::Control,
            "r" => Self::Run,
            "t" => Self::Text,
            "tr" => Self::Row,
            "tc" => Self::Cell,
            "trPr" => Self::RowProperties,
            "AlternateContent" => Self::Alternatives,
            _ => return None,
        })
    }
}

struct State<'t> {
    titles: &'t [String],
    numbering: &'t mut Numbering,
    title: Option<String>,
    places: Vec<Place>,
    /// How deep within an element that is left out as a whole.
    dropped: usize,
    /// For each field that is open: whether its code, not its result, is being read.
    fields: Vec<bool>,
}

/// Elements that are left out as a whole: what is deleted, moved away, or was before a change; the code of fields;
/// readings above characters.
fn is_dropped(name: &str) -> bool {
    matches!(name, "del" | "moveFrom" | "instrText" | "delText" | "rPrChange" | "pPrChange" | "trPrChange" | "rt")
}

impl State<'_> {
    fn start(&mut self, element: &BytesStart<'_>) {
        let name = element.local_name();
        let name = name.as_ref();
        let kind = self.places.last().map_or(Kind::Body, |place| place.kind);
        if self.dropped > 0 {
            self.dropped += 1;
            return;
        }
        if name == "del" && kind == Kind::RowProperties {
            self.hide(Kind::Row);
        }
        if matches!(name, "del" | "moveFrom") && kind == Kind::ParagraphProperties {
            self.of_paragraph(|paragraph| paragraph.goes_on = true);
        }
        let second =
            name == "Fallback" && kind == Kind::Alternatives && self.places.last().is_some_and(|p| p.count > 0);
        if is_dropped(name) || second {
            self.dropped = 1;
            return;
        }
        if let Some(kind) = Kind::of(name) {
            self.places.push(Place { kind, ..Place::default() });
            return;
        }
        match (name, kind) {
            ("Choice" | "Fallback", Kind::Alternatives) => self.count(),
            ("pStyle", Kind::ParagraphProperties) => {
                self.of_paragraph(|paragraph| paragraph.style = attribute(element, "val"));
            }
            ("numId", Kind::ParagraphProperties) => {
                self.of_paragraph(|paragraph| paragraph.item.list = attribute(element, "val"));
            }
            ("ilvl", Kind::ParagraphProperties) => {
                self.of_paragraph(|paragraph| paragraph.item.level = level(element));
            }
            ("showingPlcHdr", Kind::Control) if is_on(element) => self.hide(Kind::Control),
            ("vanish", Kind::Run) if is_on(element) => self.hide(Kind::Run),
            ("tab" | "ptab", Kind::Run) => self.add("\t"),
            ("br" | "cr", Kind::Run) => self.add("\n"),
            ("noBreakHyphen", Kind::Run) => self.add("-"),
            ("sym", Kind::Run) => self.add(symbol(element).encode_utf8(&mut [0; 4])),
            ("fldChar", _) => self.field(element),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if self.dropped > 0 {
            self.dropped -= 1;
            return;
        }
        let ended = Kind::of(name).filter(|kind| self.places.last().is_some_and(|place| place.kind == *kind));
        let Some(place) = ended.and_then(|_| self.places.pop()) else {
            return;
        };
        match place.kind {
            Kind::Paragraph => self.end_paragraph(place),
            Kind::Cell => self.end_cell(place),
            Kind::Row if !place.hidden => self.end_row(place),
            Kind::Row => {}
            _ => self.put(place.all_lines()),
        }
    }

    fn of_paragraph(&mut self, set: impl FnOnce(&mut Place)) {
        if let Some(paragraph) = self.places.iter_mut().rev().find(|place| place.kind == Kind::Paragraph) {
            set(paragraph);
        }
    }

    fn text(&mut self, text: &str) {
        if self.dropped == 0 && self.places.last().is_some_and(|place| place.kind == Kind::Text) {
            self.add(text);
        }
    }

    /// Adds to the paragraph that is open, unless it is not to be seen.
    fn add(&mut self, text: &str) {
        let hidden = self.places.iter().any(|place| place.hidden);
        if !hidden && !self.fields.contains(&true) {
            self.of_paragraph(|paragraph| paragraph.text.push_str(text));
        }
    }

    fn hide(&mut self, kind: Kind) {
        if let Some(place) = self.places.iter_mut().rev().find(|place| place.kind == kind) {
            place.hidden = true;
        }
    }

    fn count(&mut self) {
        if let Some(place) = self.places.last_mut() {
            place.count += 1;
        }
    }

    fn field(&mut self, element: &BytesStart<'_>) {
        match attribute(element, "fldCharType").as_deref() {
            Some("begin") if self.fields.len() < DEEPEST => self.fields.push(true),
            Some("separate") => {
                if let Some(code) = self.fields.last_mut() {
                    *code = false;
                }
            }
            Some("end") => drop(self.fields.pop()),
            _ => {}
        }
    }

    fn put(&mut self, lines: impl IntoIterator<Item = String>) {
        if let Some(place) = self.places.last_mut() {
            place.lines.extend(lines);
        }
    }

    fn end_paragraph(&mut self, paragraph: Place) {
        let begun = self.places.last_mut().map(|place| std::mem::take(&mut place.begun)).unwrap_or_default();
        let text = begun + &paragraph.text;
        if paragraph.goes_on
            && let Some(place) = self.places.last_mut()
        {
            place.begun = text;
            place.lines.extend(paragraph.lines);
            return;
        }
        let mut lines: Vec<String> = lines_of(&text).collect();
        let is_title = paragraph.style.as_ref().is_some_and(|style| self.titles.contains(style));
        if is_title && self.title.is_none() && !lines.is_empty() {
            self.title = Some(lines.join(" "));
        }
        if let Some(first) = lines.first_mut()
            && let Some(number) = self.numbering.next(paragraph.style.as_deref(), &paragraph.item)
        {
            first.insert_str(0, &number);
        }
        self.put(lines);
        self.put(paragraph.lines);
    }

    /// A cell is a piece of its row's line; the row keeps its lines too, in case the cell is the only one.
    fn end_cell(&mut self, cell: Place) {
        let lines = cell.all_lines();
        let text = lines.join(" ").replace('\t', " ");
        // A form's field may stand around a cell.
        if let Some(row) = self.places.iter_mut().rev().find(|place| place.kind == Kind::Row) {
            if row.count > 0 {
                row.text.push('\t');
            }
            row.text.push_str(&text);
            row.count += 1;
            row.lines = if row.count == 1 { lines } else { Vec::new() };
        }
    }

    fn end_row(&mut self, row: Place) {
        if row.count <= 1 {
            // Pages are laid out by tables of one cell: its paragraphs are the text's.
            self.put(row.lines);
        } else if !row.text.trim().is_empty() {
            self.put([row.text.trim_end().to_owned()]);
        }
    }
}

/// The character of a symbol font: a tick, a box; any other is a bullet.
fn symbol(element: &BytesStart<'_>) -> char {
    let code = attribute(element, "char").and_then(|code| u32::from_str_radix(&code, 16).ok()).unwrap_or(0);
    match code {
        0xF0FE | 0xF052 => '☑',
        0xF0A8 | 0xF06F | 0xF0A3 => '☐',
        0xF0FC => '✓',
        0xF0E0 => '→',
        0xE000..=0xF8FF => '•',
        code => char::from_u32(code).filter(|c| !c.is_control()).unwrap_or('•'),
    }
}
