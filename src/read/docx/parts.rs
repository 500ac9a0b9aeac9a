//! The parts of an Office Open XML file: a ZIP archive whose parts name each other.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;
use zip::result::ZipError;

use super::numbering::Numbering;

/// The most bytes that one part may unpack to.
pub(super) const LARGEST_PART: u64 = 64 << 20;
/// The most parts that are read of a kind: headers, notes.
const MOST_RELATED: usize = 64;
/// How the main part is named where the file does not say it.
const USUAL_MAIN: &str = "word/document.xml";

/// An open file.
pub(super) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
}

impl<'b> Package<'b> {
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, String> {
        if bytes.is_empty() {
            return Err("this file is empty; fetch it again".into());
        }
        if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
            return Err(of_the_old_kind(bytes).into());
        }
        if !bytes.starts_with(b"PK") {
            return Err(
                "this is no Word document, whatever its name says; open it in Word or WPS and save it as .docx".into(),
            );
        }
        ZipArchive::new(Cursor::new(bytes)).map(|archive| Self { archive }).map_err(|_| broken())
    }

    /// The name of the part that holds the text.
    pub(super) fn main_part(&mut self) -> Result<String, String> {
        if let Ok(relations) = self.part("_rels/.rels") {
            let main = relations_of(&relations, "").into_iter().find(|(kind, _)| kind == "officeDocument");
            if let Some((_, name)) = main.filter(|(_, name)| self.archive.index_for_name(name).is_some()) {
                return Ok(name);
            }
        }
        if self.archive.index_for_name(USUAL_MAIN).is_some() {
            return Ok(USUAL_MAIN.into());
        }
        Err("this archive holds no Word document (word/document.xml is missing); save it as .docx in Word or WPS"
            .into())
    }

    /// A part's text, which is UTF-8, or UTF-16 with a mark.
    pub(super) fn part(&mut self, name: &str) -> Result<String, String> {
        let file = self.archive.by_name(name).map_err(|error| refusal(&error))?;
        let mut bytes = Vec::new();
        file.take(LARGEST_PART + 1).read_to_end(&mut bytes).map_err(|_| broken())?;
        if bytes.len() as u64 > LARGEST_PART {
            return Err(format!(
                "this Word document unpacks to more than {} MiB, which no text needs; split it, or save its text as .txt",
                LARGEST_PART >> 20
            ));
        }
        Ok(encoding_rs::UTF_8.decode(&bytes).0.into_owned())
    }

    /// The parts of some kinds that a part names, in the order of their names.
    pub(super) fn related(&mut self, part: &str, kinds: &[&str]) -> Vec<String> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let relations = format!("{folder}/_rels/{file}.rels");
        let Ok(relations) = self.part(relations.trim_start_matches('/')) else {
            return Vec::new();
        };
        let named = relations_of(&relations, folder).into_iter().filter(|(kind, _)| kinds.contains(&kind.as_str()));
        let mut names: Vec<_> = named.map(|(_, name)| name).collect();
        names.retain(|name| self.archive.index_for_name(name).is_some());
        names.sort();
        names.dedup();
        names.truncate(MOST_RELATED);
        names
    }

    /// The identifiers of the styles that are called Title or 标题. (标题 1 is a heading.)
    pub(super) fn title_styles(&mut self, main: &str) -> Vec<String> {
        let mut found = vec!["Title".to_owned()];
        for part in self.related(main, &["styles"]) {
            let Ok(styles) = self.part(&part) else { continue };
            let mut style = None;
            each_element(&styles, |element, name| match name {
                "style" => style = attribute(element, "styleId"),
                "name" => {
                    let is_title = attribute(element, "val")
                        .is_some_and(|name| matches!(name.as_str(), "Title" | "title" | "标题"));
                    found.extend(style.take().filter(|_| is_title));
                }
                _ => {}
            });
        }
        found
    }

    /// The lists of the document, which Word counts.
    pub(super) fn numbering(&mut self, main: &str) -> Numbering {
        let mut part = |kind: &str| {
            let name = self.related(main, &[kind]).into_iter().next();
            name.and_then(|name| self.part(&name).ok()).unwrap_or_default()
        };
        let (lists, styles) = (part("numbering"), part("styles"));
        Numbering::read(&lists, &styles)
    }

    /// Who made the document, by its properties.
    pub(super) fn author(&mut self) -> Option<String> {
        let properties = self.part("docProps/core.xml").ok()?;
        let mut reader = Reader::from_str(&properties);
        let mut inside = false;
        loop {
            match reader.read_event().ok()? {
                Event::Start(element) => inside = element.local_name().as_ref() == "creator",
                Event::Text(text) if inside => {
                    let name = text.xml10_content().trim().to_owned();
                    return Some(name).filter(|name| name.chars().count() > 1);
                }
                Event::Eof => return None,
                _ => inside = false,
            }
        }
    }
}

fn broken() -> String {
    "this Word document is broken or cut off; fetch it again, or open it in Word or WPS and save it anew".into()
}

fn refusal(error: &ZipError) -> String {
    match error {
        ZipError::UnsupportedArchive(why) if *why == ZipError::PASSWORD_REQUIRED => {
            "this Word document asks for a password; save it without one".into()
        }
        ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => {
            "this Word document is packed in a way that is not read; open it in Word or WPS and save it as .docx anew"
                .into()
        }
        _ => broken(),
    }
}

/// What a compound file is: Word of before 2007, WPS of its own, or a document behind a password.
fn of_the_old_kind(bytes: &[u8]) -> &'static str {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    if bytes.windows(name.len()).any(|window| window == name) {
        "this Word document asks for a password; open it in Word or WPS and save it without one"
    } else {
        "this is a document of the old kind (.doc, .wps), which is not read; open it in Word or WPS and save it as .docx"
    }
}

/// The relations that a part states: the last word of each kind, and the part's name in the archive.
fn relations_of(xml: &str, folder: &str) -> Vec<(String, String)> {
    let mut relations = Vec::new();
    each_element(xml, |element, name| {
        if name != "Relationship" || attribute(element, "TargetMode").is_some_and(|mode| mode == "External") {
            return;
        }
        if let (Some(kind), Some(target)) = (attribute(element, "Type"), attribute(element, "Target")) {
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            relations.push((kind, resolved(folder, &target)));
        }
    });
    relations
}

/// A target as a name in the archive: from the root with a slash before it, else from the folder.
fn resolved(folder: &str, target: &str) -> String {
    let whole = match target.strip_prefix('/') {
        Some(target) => target.to_owned(),
        None => format!("{folder}/{target}"),
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in whole.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

pub(super) fn each_element(xml: &str, mut visit: impl FnMut(&BytesStart<'_>, &str)) {
    let mut reader = Reader::from_str(xml);
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(element) | Event::Empty(element) => visit(&element, element.local_name().as_ref()),
            Event::Eof => break,
            _ => {}
        }
    }
}

/// The value of an attribute, by its name without a prefix.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found =
        element.attributes().with_checks(false).flatten().find(|found| found.key.local_name().as_ref() == name)?;
    Some(quick_xml::escape::unescape(&found.value).map_or_else(|_| found.value.to_string(), |value| value.into_owned()))
}

/// Whether a switch is on: it is where it stands, but for those that say otherwise.
pub(super) fn is_on(element: &BytesStart<'_>) -> bool {
    !attribute(element, "val").is_some_and(|value| matches!(value.as_str(), "0" | "false" | "off"))
}
