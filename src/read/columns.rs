//! Sentences with labelled names, in columns: one token a line, a blank line between sentences, lines that begin with
//! `#` left alone.
//!
//! The token stands in the first column and its label in the last, parted by white space (the form of CoNLL 2003); or,
//! where lines begin with the token's number, token and label stand in the second and third (that of Universal NER).
//! Labels are those of BIO (`B-PER`, `I-PER`, `O`) or BMES/BIOES (`M-`, `E-`, `S-`), for persons, organisations and
//! places; names of other types are left out.

use std::path::Path;

use super::{Place, ReadError, read};
use crate::annotation::EntityType;
use crate::span::Span;

/// A sentence and the names in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Labelled {
    /// The tokens, joined; Latin words with a space between them.
    pub text: String,
    /// The names, in order.
    pub names: Vec<(Span, EntityType)>,
}

/// The labelled sentences of a file.
///
/// # Errors
/// A file that cannot be read or is not UTF-8, a line without a label.
pub fn labelled(path: &Path) -> Result<Vec<Labelled>, ReadError> {
    let text = read(path)?;
    let mut out = Vec::new();
    let mut sentence = Sentence::default();
    for (n, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            out.extend(sentence.finish());
            continue;
        }
        let columns: Vec<&str> = line.split_whitespace().collect();
        // A line with the mark # as its token is none of those.
        if line.starts_with('#') && !(columns.len() == 2 && parts(columns[1]).is_some()) {
            continue;
        }
        let numbered = columns.len() > 2 && columns[0].bytes().all(|b| b.is_ascii_digit());
        let (token, label) = match (numbered, columns.as_slice()) {
            (true, [_, token, label, ..]) => (*token, *label),
            (_, [token, .., label]) => (*token, *label),
            _ => return Err(wrong(path, n, "there is no label beside the token; write B-PER, I-PER … or O")),
        };
        let Some((stand, kind)) = parts(label) else {
            let message = format!("{label:?} is no label of a name; write B-PER, I-PER … or O");
            return Err(wrong(path, n, &message));
        };
        sentence.push(token, stand, kind);
    }
    out.extend(sentence.finish());
    Ok(out)
}

/// A sentence and the tags of its words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tagged {
    /// The words, joined; Latin words with a space between them.
    pub text: String,
    /// The words with their tags, in order.
    pub words: Vec<(Span, String)>,
}

/// The sentences of a file whose words have tags for parts of speech: word and tag in the first and second column, or
/// CoNLL-U, with the universal tag in the fourth.
///
/// # Errors
/// A file that cannot be read or is not UTF-8, a line without a tag.
pub fn tagged(path: &Path) -> Result<Vec<Tagged>, ReadError> {
    let text = read(path)?;
    let conllu = path.extension().is_some_and(|e| e == "conllu");
    let mut out = Vec::new();
    let mut sentence = Tagged::default();
    for (n, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            out.extend(Some(std::mem::take(&mut sentence)).filter(|s| !s.words.is_empty()));
            continue;
        }
        if line.starts_with("# ") {
            continue;
        }
        let columns: Vec<&str> = line.split_whitespace().collect();
        let (word, tag) = match (conllu, columns.as_slice()) {
            (true, [_, word, _, tag, ..]) => (*word, *tag),
            (false, [word, tag, ..]) => (*word, *tag),
            _ => return Err(wrong(path, n, "there is no tag beside the word")),
        };
        if latin(sentence.text.chars().next_back()) && latin(word.chars().next()) {
            sentence.text.push(' ');
        }
        let start = sentence.text.len();
        sentence.text.push_str(word);
        sentence.words.push((Span::new(start, sentence.text.len()), tag.to_owned()));
    }
    out.extend(Some(sentence).filter(|s| !s.words.is_empty()));
    Ok(out)
}

fn latin(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_alphanumeric())
}

fn wrong(path: &Path, line: usize, message: &str) -> ReadError {
    ReadError::refused(Place::line(path, line + 1), message)
}

/// How a token stands in a name, and of what type that is; `None` where `label` is no label.
fn parts(label: &str) -> Option<(char, Option<EntityType>)> {
    match label.split_once('-') {
        None if label == "O" => Some(('O', None)),
        Some((stand, kind)) if matches!(stand, "B" | "I" | "M" | "E" | "S" | "L" | "U") => {
            Some((stand.chars().next()?, entity_type(kind)))
        }
        _ => None,
    }
}

fn entity_type(label: &str) -> Option<EntityType> {
    match label.to_ascii_uppercase().as_str() {
        "PER" | "PERSON" | "NAME" => Some(EntityType::Person),
        "ORG" | "ORGANIZATION" => Some(EntityType::Organization),
        "LOC" | "GPE" | "PLACE" => Some(EntityType::Place),
        _ => None,
    }
}

#[derive(Default)]
struct Sentence {
    labelled: Labelled,
    /// Whether the last name may go on.
    open: bool,
}

impl Sentence {
    fn push(&mut self, token: &str, stand: char, kind: Option<EntityType>) {
        let Labelled { text, names } = &mut self.labelled;
        if latin(text.chars().next_back()) && latin(token.chars().next()) && token.len() > 1 {
            text.push(' ');
        }
        let start = text.len();
        text.push_str(token);
        let Some(kind) = kind else {
            self.open = false;
            return;
        };
        let begins = matches!(stand, 'B' | 'S' | 'U');
        match names.last_mut().filter(|last| self.open && !begins && last.1 == kind) {
            Some((span, _)) => span.end = text.len(),
            None => names.push((Span::new(start, text.len()), kind)),
        }
        self.open = !matches!(stand, 'E' | 'L' | 'S' | 'U');
    }

    fn finish(&mut self) -> Option<Labelled> {
        let Self { labelled, .. } = std::mem::take(self);
        (!labelled.text.is_empty()).then_some(labelled)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, text: &str) -> (tempfile::TempDir, std::path::PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        (folder, path)
    }

    fn names(text: &str) -> Vec<(String, EntityType)> {
        let (_folder, path) = file("x.bio", text);
        let sentences = labelled(&path).unwrap();
        let of =
            |s: &Labelled| s.names.iter().map(|(span, kind)| (span.of(&s.text).to_owned(), *kind)).collect::<Vec<_>>();
        sentences.iter().flat_map(of).collect()
    }

    #[test]
    fn names_are_read_in_every_form_of_labels() {
        let person = vec![("张三".to_owned(), EntityType::Person)];
        assert_eq!(names("张 B-PER\n三 I-PER\n说 O\n"), person);
        assert_eq!(names("张 B-NAME\n三 E-NAME\n说 O\n"), person, "BMES");
        assert_eq!(names("# sent_id = 1\n1\t张三\tB-PER\t-\t-\n2\t说\tO\t-\t-\n"), person, "numbered tokens");
        let two = vec![("北京".to_owned(), EntityType::Place), ("上海".to_owned(), EntityType::Place)];
        assert_eq!(names("北 B-LOC\n京 I-LOC\n上 B-LOC\n海 I-LOC\n"), two, "side by side");
        assert_eq!(names("甲 B-GAME\n乙 I-GAME\n"), vec![], "another type");
    }

    #[test]
    fn words_have_their_tags() {
        let conllu = "# text = 他说\n1\t他\t他\tPRON\tPRP\n2\t说\t说\tVERB\tVV\n\n";
        for (name, text) in [("x.conllu", conllu), ("x.tsv", "他\tPRON\n说\tVERB\n")] {
            let (_folder, path) = file(name, text);
            let sentences = tagged(&path).unwrap();
            let words: Vec<_> = sentences[0].words.iter().map(|(s, tag)| (s.of("他说"), tag.as_str())).collect();
            assert_eq!(words, [("他", "PRON"), ("说", "VERB")]);
        }
    }
}
