//! Parts of speech.

use std::fmt;

/// Parts of speech, as coarse as the grammar needs them; in brackets the tags of the ICTCLAS set that they cover.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pos {
    /// Common noun (n, ng, nz, an).
    Noun,
    /// Set phrase, a predicate as a rule (i, l).
    Idiom,
    /// Verb used as a noun (vn).
    VerbNoun,
    /// Name of a person (nr).
    Person,
    /// Name of a place (ns).
    Place,
    /// Name of an organisation (nt).
    Organization,
    /// Abbreviation (j).
    Abbreviation,
    /// Latin letters (eng, nx).
    Latin,
    /// Verb (v, vi).
    Verb,
    /// Adjective (a, z).
    Adjective,
    /// Distinguishing word, only before nouns (b).
    Distinguishing,
    /// Adverb (d, ad, vd).
    Adverb,
    /// Preposition (p).
    Preposition,
    /// Conjunction (c).
    Conjunction,
    /// Numeral (m).
    Number,
    /// Measure word (q).
    Measure,
    /// Pronoun (r).
    Pronoun,
    /// Time word (t).
    Time,
    /// Word of locality (f, s).
    Locality,
    /// Particle (u…, y).
    Particle,
    /// Prefix or suffix (h, k).
    Affix,
    /// Punctuation and symbols (w, x).
    Punctuation,
}

impl Pos {
    /// The part of speech of an ICTCLAS tag, as jieba's dictionary uses it.
    #[must_use]
    pub fn from_tag(tag: &str) -> Self {
        match tag {
            "vn" => Self::VerbNoun,
            "nt" => Self::Organization,
            "ns" => Self::Place,
            "an" => Self::Noun,
            "ad" | "vd" => Self::Adverb,
            "eng" | "nx" => Self::Latin,
            _ if tag.starts_with("nr") => Self::Person,
            _ => match tag.as_bytes().first() {
                Some(b'n' | b'g') => Self::Noun,
                Some(b'i' | b'l') => Self::Idiom,
                Some(b'v') => Self::Verb,
                Some(b'a' | b'z') => Self::Adjective,
                Some(b'b') => Self::Distinguishing,
                Some(b'd') => Self::Adverb,
                Some(b'p') => Self::Preposition,
                Some(b'c') => Self::Conjunction,
                Some(b'm') => Self::Number,
                Some(b'q') => Self::Measure,
                Some(b'r') => Self::Pronoun,
                Some(b't') => Self::Time,
                Some(b'f' | b's') => Self::Locality,
                Some(b'u' | b'y' | b'e' | b'o') => Self::Particle,
                Some(b'h' | b'k') => Self::Affix,
                Some(b'j') => Self::Abbreviation,
                _ => Self::Punctuation,
            },
        }
    }

    /// Whether a word of this kind can stand inside a noun phrase before its head.
    #[must_use]
    pub fn modifies(self) -> bool {
        self.is_nominal() || matches!(self, Self::Distinguishing | Self::Adjective | Self::Locality | Self::Affix)
    }

    /// Whether a word of this kind can be the head of a noun phrase.
    #[must_use]
    pub fn is_nominal(self) -> bool {
        matches!(
            self,
            Self::Noun
                | Self::VerbNoun
                | Self::Person
                | Self::Place
                | Self::Organization
                | Self::Abbreviation
                | Self::Latin
        )
    }
}

impl fmt::Display for Pos {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = format!("{self:?}");
        f.write_str(&name.to_lowercase())
    }
}
