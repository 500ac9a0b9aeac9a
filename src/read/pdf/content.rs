//! A page's content, run as far as it shows text: glyphs with their places.

use std::collections::BTreeMap;
use std::rc::Rc;

use hayro_cmap::BfString;
use hayro_syntax::content::{Instruction, UntypedIter};
use hayro_syntax::object::{Array, Dict, Name, Object, Stream, String as PdfString};
use hayro_syntax::page::{Page, Resources, Rotation};

use super::font::Font;
use super::geometry::Matrix;
use super::names;
use super::state::State;
use super::unpack;

/// What all pages together may take: an operator takes 1, a glyph 1, a stream a sixteenth of its bytes.
const MOST_STEPS: usize = 20_000_000;
/// The most glyphs of a page.
const MOST_GLYPHS: usize = 200_000;
/// How deep forms may stand in forms.
const DEEPEST_FORM: usize = 16;
/// How many graphics states may be kept at once.
const MOST_STATES: usize = 2_000;

/// A glyph on a page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Glyph {
    /// What it says, and `None` where only its font knows.
    pub(super) text: Option<Rc<str>>,
    /// Where it stands: on the baseline at its beginning, in points, from the lower left of the upright page.
    pub(super) x: f64,
    pub(super) y: f64,
    /// From its beginning to the next one's.
    pub(super) advance: (f64, f64),
    /// The size of its font on the page, in points.
    pub(super) size: f64,
    /// Whether it is there to be searched, not seen.
    pub(super) invisible: bool,
    /// Whether the file says that it belongs to the page's furniture: running heads, page numbers.
    pub(super) furniture: bool,
}

/// Why a page gives no more glyphs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// The whole file takes too long.
    Steps,
    /// This page has too many.
    Glyphs,
    /// The page's content cannot be unpacked.
    Broken,
}

/// What is kept from page to page.
#[derive(Default)]
pub(super) struct Reader {
    /// By what their dictionaries say, word for word.
    fonts: BTreeMap<Vec<u8>, Option<Rc<Font>>>,
    steps: usize,
}

impl Reader {
    /// The glyphs of a page, in the order in which they are drawn.
    pub(super) fn glyphs(&mut self, page: &Page<'_>) -> Result<Vec<Glyph>, Stop> {
        let content = self.page_content(page)?;
        let start = State::new(upright(page));
        let mut run = Run { reader: self, glyphs: Vec::new(), state: start, marked: Vec::new(), replaced: None };
        run.stream(&content, page.resources(), 0)?;
        let mut glyphs = run.glyphs;
        let (width, height) = page.render_dimensions();
        glyphs.retain(|glyph| within(glyph.x, f64::from(width)) && within(glyph.y, f64::from(height)));
        Ok(glyphs)
    }

    fn page_content(&mut self, page: &Page<'_>) -> Result<Vec<u8>, Stop> {
        let mut content = Vec::new();
        let parts = match page.raw().get::<Object<'_>>("Contents") {
            Some(Object::Stream(stream)) => vec![stream],
            Some(Object::Array(array)) => array.iter::<Stream<'_>>().take(MOST_STATES).collect(),
            _ => Vec::new(),
        };
        for part in &parts {
            content.extend(self.unpack(part)?);
            content.push(b' ');
            if content.len() > unpack::LARGEST_STREAM {
                return Err(Stop::Broken);
            }
        }
        Ok(content)
    }

    fn unpack(&mut self, stream: &Stream<'_>) -> Result<Vec<u8>, Stop> {
        let data = unpack::stream(stream).ok_or(Stop::Broken)?;
        self.take(data.len() / 16)?;
        Ok(data)
    }

    fn take(&mut self, steps: usize) -> Result<(), Stop> {
        self.steps = self.steps.saturating_add(steps);
        if self.steps > MOST_STEPS { Err(Stop::Steps) } else { Ok(()) }
    }

    fn font(&mut self, resources: &Resources<'_>, name: &Name<'_>) -> Result<Option<Rc<Font>>, Stop> {
        let Some(dictionary) = resources.get_font(name) else {
            return Ok(None);
        };
        if let Some(known) = self.fonts.get(dictionary.data()) {
            return Ok(known.clone());
        }
        // Its map of codes is the dear part.
        let map = dictionary.get::<Stream<'_>>("ToUnicode").map_or(0, |map| map.raw_data().len());
        self.take(5_000 + map)?;
        let font = Font::new(&dictionary).map(Rc::new);
        self.fonts.insert(dictionary.data().to_vec(), font.clone());
        Ok(font)
    }
}

/// A little more than the page, since scans are cut by eye.
fn within(place: f64, length: f64) -> bool {
    (-5.0..=length + 5.0).contains(&place)
}

/// From the page's own space to one whose lower left corner, turned as a reader sees it, is at the origin.
fn upright(page: &Page<'_>) -> Matrix {
    let shown = page.intersected_crop_box();
    let (width, height) = page.base_dimensions();
    let (width, height) = (f64::from(width), f64::from(height));
    let turned = match page.rotation() {
        Rotation::None => Matrix::IDENTITY,
        Rotation::Horizontal => Matrix([0.0, -1.0, 1.0, 0.0, 0.0, width]),
        Rotation::Flipped => Matrix([-1.0, 0.0, 0.0, -1.0, width, height]),
        Rotation::FlippedHorizontal => Matrix([0.0, 1.0, -1.0, 0.0, height, 0.0]),
    };
    Matrix::shift(-shown.x0, -shown.y0).then(turned)
}

/// A stretch of content that the file has marked.
struct Mark {
    furniture: bool,
    /// Whether it is this mark that replaces the text of its glyphs.
    replaces: bool,
}

struct Run<'r> {
    reader: &'r mut Reader,
    glyphs: Vec<Glyph>,
    state: State,
    marked: Vec<Mark>,
    /// What the glyphs say in truth, as the file has it: the whole for the first of them, nothing for the others.
    replaced: Option<Rc<str>>,
}

impl Run<'_> {
    fn stream(&mut self, content: &[u8], resources: &Resources<'_>, depth: usize) -> Result<(), Stop> {
        let mut kept: Vec<State> = Vec::new();
        let mut operations = UntypedIter::new(content);
        while let Some(operation) = operations.next() {
            self.reader.take(1)?;
            match &operation.operator[..] {
                b"q" if kept.len() < MOST_STATES => kept.push(self.state.clone()),
                b"Q" => {
                    if let Some(state) = kept.pop() {
                        self.state = state;
                    }
                }
                b"Do" => self.form(&operation, resources, depth)?,
                b"Tf" => self.set_font(&operation, resources)?,
                b"BDC" => self.mark(&operation, resources),
                b"BMC" => self.marked.push(Mark { furniture: false, replaces: false }),
                b"EMC" => {
                    if self.marked.pop().is_some_and(|mark| mark.replaces) {
                        self.replaced = None;
                    }
                }
                _ => self.text(&operation)?,
            }
        }
        Ok(())
    }

    /// Operators that show text, or say how it is shown.
    fn text(&mut self, operation: &Instruction<'_, '_>) -> Result<(), Stop> {
        let number = |place: usize| number(operation, place);
        let state = &mut self.state;
        match &operation.operator[..] {
            b"cm" => state.page = matrix(operation).then(state.page),
            b"BT" => (state.text, state.line) = (Matrix::IDENTITY, Matrix::IDENTITY),
            b"Tc" => state.between_characters = number(0),
            b"Tw" => state.between_words = number(0),
            b"Tz" => state.stretch = number(0) / 100.0,
            b"TL" => state.leading = number(0),
            b"Ts" => state.rise = number(0),
            b"Tr" => state.mode = number(0) as i64,
            b"Td" => state.next_line(number(0), number(1)),
            b"TD" => {
                state.leading = -number(1);
                state.next_line(number(0), number(1));
            }
            b"Tm" => {
                state.line = matrix(operation);
                state.text = state.line;
            }
            b"T*" => state.next_line(0.0, -state.leading),
            b"'" | b"\"" => {
                if operation.operator[..] == *b"\"" {
                    (state.between_words, state.between_characters) = (number(0), number(1));
                }
                state.next_line(0.0, -state.leading);
                self.show_operands(operation)?;
            }
            b"Tj" | b"TJ" => self.show_operands(operation)?,
            _ => {}
        }
        Ok(())
    }

    fn show_operands(&mut self, operation: &Instruction<'_, '_>) -> Result<(), Stop> {
        for operand in operation.operands() {
            match operand {
                Object::String(text) => self.show(text)?,
                Object::Array(array) => self.show_array(array)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn show_array(&mut self, array: &Array<'_>) -> Result<(), Stop> {
        for item in array.iter::<Object<'_>>() {
            match item {
                Object::String(text) => self.show(&text)?,
                Object::Number(number) => self.state.go(-number.as_f64() / 1000.0 * self.state.size),
                _ => {}
            }
        }
        Ok(())
    }

    fn show(&mut self, bytes: &[u8]) -> Result<(), Stop> {
        let Some(font) = self.state.font.clone() else {
            return Ok(());
        };
        for code in font.codes(bytes) {
            self.reader.take(1)?;
            if self.glyphs.len() >= MOST_GLYPHS {
                return Err(Stop::Glyphs);
            }
            let state = &self.state;
            let words = if code.is_space { state.between_words } else { 0.0 };
            let way = code.advance * state.size;
            self.put(code.text, way, font.vertical);
            self.state.go(way + self.state.between_characters + words);
        }
        Ok(())
    }

    /// Puts a glyph where the text stands; `way` is its own width there.
    fn put(&mut self, text: Option<BfString>, way: f64, vertical: bool) {
        let state = &self.state;
        let place = Matrix::shift(0.0, state.rise).then(state.text).then(state.page);
        let (x, y) = place.origin();
        let advance = if vertical { place.vector(0.0, -way) } else { place.vector(way * state.stretch, 0.0) };
        let (across, up) = place.vector(0.0, state.size);
        let size = across.hypot(up);
        if ![x, y, advance.0, advance.1, size].iter().all(|number| number.is_finite() && number.abs() < 1e6) {
            return;
        }
        let text = match &mut self.replaced {
            Some(replaced) => Some(std::mem::take(replaced)),
            None => text.map(|text| match text {
                BfString::Char(c) => names::plain(c.encode_utf8(&mut [0; 4])),
                BfString::String(text) => names::plain(&text),
            }),
        };
        let furniture = self.marked.iter().any(|mark| mark.furniture);
        let invisible = matches!(state.mode, 3 | 7);
        self.glyphs.push(Glyph { text, x, y, advance, size, invisible, furniture });
    }

    fn set_font(&mut self, operation: &Instruction<'_, '_>, resources: &Resources<'_>) -> Result<(), Stop> {
        if let Some(Object::Name(name)) = operation.operands().next() {
            self.state.font = self.reader.font(resources, name)?;
        }
        self.state.size = number(operation, 1);
        Ok(())
    }

    /// Runs a form: content that stands apart, with resources of its own.
    fn form(&mut self, operation: &Instruction<'_, '_>, resources: &Resources<'_>, depth: usize) -> Result<(), Stop> {
        let Some(Object::Name(name)) = operation.operands().next() else {
            return Ok(());
        };
        let Some(form) = resources.get_x_object(name).filter(|form| is_form(form.dict())) else {
            return Ok(());
        };
        if depth >= DEEPEST_FORM {
            return Ok(());
        }
        let Ok(content) = self.reader.unpack(&form) else {
            // A broken form is a hole in the page; too many steps end all pages.
            return self.reader.take(0);
        };
        let kept = self.state.clone();
        let marks = self.marked.len();
        let matrix = form.dict().get::<Array<'_>>("Matrix").map(|array| of_numbers(array.iter::<f64>()));
        self.state.page = matrix.unwrap_or(Matrix::IDENTITY).then(self.state.page);
        let own = form.dict().get::<Dict<'_>>("Resources").map(Resources::new);
        let done = self.stream(&content, own.as_ref().unwrap_or(resources), depth + 1);
        self.state = kept;
        self.marked.truncate(marks);
        done
    }

    fn mark(&mut self, operation: &Instruction<'_, '_>, resources: &Resources<'_>) {
        let mut operands = operation.operands();
        let artifact = matches!(operands.next(), Some(Object::Name(tag)) if &tag[..] == b"Artifact");
        let properties = match operands.next() {
            Some(Object::Dict(properties)) => Some(properties.clone()),
            Some(Object::Name(name)) => resources.properties.get::<Dict<'_>>(name),
            _ => None,
        };
        let kind = properties.as_ref().and_then(|properties| properties.get::<Name<'_>>("Type"));
        let furniture = artifact && kind.is_some_and(|kind| &kind[..] == b"Pagination");
        let said = properties.and_then(|properties| properties.get::<PdfString<'_>>("ActualText"));
        let replaces = said.is_some() && self.replaced.is_none();
        if let Some(said) = said.filter(|_| replaces) {
            self.replaced = Some(Rc::from(super::text_string(&said)));
        }
        if self.marked.len() < MOST_STATES {
            self.marked.push(Mark { furniture, replaces });
        }
    }
}

fn is_form(dictionary: &Dict<'_>) -> bool {
    dictionary.get::<Name<'_>>("Subtype").is_some_and(|kind| &kind[..] == b"Form")
}

fn number(operation: &Instruction<'_, '_>, place: usize) -> f64 {
    match operation.operands().nth(place) {
        Some(Object::Number(number)) => number.as_f64(),
        _ => 0.0,
    }
}

fn matrix(operation: &Instruction<'_, '_>) -> Matrix {
    of_numbers((0..6).map(|place| number(operation, place)))
}

fn of_numbers(numbers: impl Iterator<Item = f64>) -> Matrix {
    let mut matrix = Matrix([0.0; 6]);
    matrix.0.iter_mut().zip(numbers).for_each(|(place, number)| *place = number);
    matrix
}
