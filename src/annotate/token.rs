//! Words and their parts of speech, from jieba with a user dictionary of our lexicon.

mod pos;

use std::ops::Range;

use jieba_rs::Jieba;
pub use pos::Pos;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::annotate::tagger::Name;
use crate::annotate::tagger::speech::Speech;
use crate::annotation::EntityType;
use crate::lexicon::Lexicon;
use crate::span::Span;

/// A name this likely settles where words end.
const SURE: f32 = 0.35;
/// A part of speech this likely overrules the dictionary.
const CERTAIN: f32 = 0.97;

/// A word of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// Its part of speech.
    pub pos: Pos,
    /// Whether a dictionary holds it; the segmenter guesses other words by their characters.
    pub known: bool,
}

/// jieba's own dictionary; reading it takes most of the time until the first text is read.
#[derive(Debug, Default)]
pub(super) struct Dictionary(Jieba);

/// Segments text into words.
#[derive(Debug)]
pub struct Segmenter {
    jieba: Jieba,
    /// Names and posts that dictionary words such as 中央政治局常委 and 福建厦门 are put together from.
    parts: FxHashMap<String, Pos>,
    /// Grammatical words of one character.
    function: FxHashSet<String>,
    /// Dictionary words that are two (由省, 拟向).
    glued: FxHashSet<String>,
    /// Countries in one character, and what speaks of one as a side (中方).
    countries: FxHashSet<String>,
    sides: FxHashSet<String>,
    /// Words of our lists.
    nouns: FxHashSet<String>,
    /// Words that the dictionary has for names of places, and that are one and another word (香港市民).
    not_places: FxHashSet<String>,
    /// Triggers, and heads of events: what dictionary words such as 出席会议 are put together from.
    triggers: FxHashSet<String>,
    events: FxHashSet<String>,
    /// What stands before a place in one character.
    before_place: Vec<String>,
    /// Verbs that stand inside names, where the grammar counts on the dictionary's tag.
    in_names: FxHashSet<String>,
    /// Words whose part of speech the dictionary has wrong, triggers that it takes for names among them.
    retagged: FxHashMap<String, Pos>,
}

/// The runs of Chinese numerals in which a 〇 stands.
fn zeros(text: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    if !text.contains(['〇', '○']) {
        return out;
    }
    for (at, c) in text.char_indices().filter(|(_, c)| "〇○一二三四五六七八九十".contains(*c)) {
        match out.last_mut().filter(|run| run.end == at) {
            Some(run) => run.end += c.len_utf8(),
            None => out.push(at..at + c.len_utf8()),
        }
    }
    out.retain(|run| text[run.clone()].contains(['〇', '○']));
    out
}

/// Whether words of this kind are so many that no list holds all.
fn is_open(pos: Pos) -> bool {
    matches!(pos, Pos::Noun | Pos::VerbNoun | Pos::Verb | Pos::Adjective | Pos::Adverb)
}

/// Whether `word` begins or ends with a place larger than a county (香港市民, but not 科教兴国).
fn holds_large_place(word: &str, lexicon: &Lexicon) -> bool {
    let large = |part: &str| lexicon.places.get(part).is_some_and(|place| place.kind != "county");
    word.char_indices().skip(1).any(|(at, _)| large(&word[..at]) || large(&word[at..]))
}

/// Names of organisations and places, and posts as nouns.
fn parts(lexicon: &Lexicon) -> FxHashMap<String, Pos> {
    let long = |word: &&String| word.chars().count() > 1;
    let titles = lexicon.titles.iter().filter(long).map(|w| (w.clone(), Pos::Noun));
    let organizations = lexicon.organizations.keys().filter(long).map(|w| (w.clone(), Pos::Organization));
    let places = lexicon.places.keys().filter(long).map(|w| (w.clone(), Pos::Place));
    titles.chain(organizations).chain(places).collect()
}

impl Segmenter {
    /// jieba's own dictionary and the words of `lexicon`.
    #[must_use]
    pub fn new<'a>(lexicon: &'a Lexicon, more: impl Iterator<Item = &'a str>) -> Self {
        Self::with(Dictionary::default(), lexicon, more)
    }

    /// The same from a dictionary that was read before, as on another thread.
    pub(super) fn with<'a>(dictionary: Dictionary, lexicon: &'a Lexicon, more: impl Iterator<Item = &'a str>) -> Self {
        let mut jieba = dictionary.0;
        for (word, tag) in lexicon.segmenter_words() {
            // A word jieba knows keeps its frequency and tag; a new one gets the lowest frequency that keeps it whole.
            if !jieba.has_word(word) {
                let frequency = jieba.suggest_freq(word);
                jieba.add_word(word, Some(frequency), Some(tag));
            }
        }
        // 该项目的 is no 目的: what we part again must come whole.
        for word in lexicon.class("glued").filter(|w| w.chars().count() > 2) {
            if !jieba.has_word(word) {
                let frequency = jieba.suggest_freq(word);
                jieba.add_word(word, Some(frequency), Some("n"));
            }
        }
        let mut triggers = FxHashSet::default();
        let places =
            lexicon.not_places.iter().filter(|w| jieba.tag(w, false).iter().any(|t| t.word == **w && t.tag == "ns"));
        let places: Vec<(String, Pos)> = places.map(|w| (w.clone(), Pos::Noun)).collect();
        let mut retagged: FxHashMap<String, Pos> = [("is_verb", Pos::Verb), ("is_noun", Pos::Noun)]
            .into_iter()
            .flat_map(|(class, pos)| lexicon.class(class).map(move |w| (w.to_owned(), pos)))
            .chain(places)
            .collect();
        for word in more {
            triggers.insert(word.to_owned());
            // A trigger stays whole, known to jieba or not; what it is there, it stays, unless that is a name (任教于).
            let tag = if jieba.has_word(word) { None } else { Some("v") };
            let frequency = jieba.suggest_freq(word);
            jieba.add_word(word, Some(frequency), tag);
            if jieba.tag(word, false).iter().any(|t| t.word == word && t.tag.starts_with("nr")) {
                retagged.insert(word.to_owned(), Pos::Verb);
            }
        }
        Self {
            jieba,
            parts: parts(lexicon),
            function: lexicon.class("glue").map(str::to_owned).collect(),
            glued: lexicon.class("glued").map(str::to_owned).collect(),
            countries: lexicon.class("country_char").map(str::to_owned).collect(),
            sides: lexicon.class("country_side").map(str::to_owned).collect(),
            nouns: lexicon.segmenter_words().into_keys().map(str::to_owned).collect(),
            not_places: lexicon.not_places.iter().filter(|w| holds_large_place(w, lexicon)).cloned().collect(),
            triggers,
            events: lexicon.activities.clone(),
            before_place: lexicon.class("before_short_place").map(str::to_owned).collect(),
            in_names: lexicon.class("name_verb").map(str::to_owned).collect(),
            retagged,
        }
    }

    /// The words of `span`, in order and without gaps.
    #[must_use]
    pub fn tokens(&self, text: &str, span: Span) -> Vec<Token> {
        let mut out = Vec::new();
        let mut start = span.start;
        // 七〇八所: the dictionary knows no 〇.
        for number in zeros(span.of(text)) {
            self.cut(text, Span::new(start, span.start + number.start), &mut out);
            start = span.start + number.end;
            out.push(Token { span: Span::new(span.start + number.start, start), pos: Pos::Number, known: true });
        }
        self.cut(text, Span::new(start, span.end), &mut out);
        self.part_sides(text, &mut out);
        out
    }

    /// Makes 德 + 方向 what it is: 德方 + 向.
    fn part_sides(&self, text: &str, tokens: &mut [Token]) {
        for at in 1..tokens.len() {
            let (country, side) = (tokens[at - 1].span, tokens[at].span);
            let joined = country.join(side).of(text);
            let last = joined.len() - joined.chars().next_back().map_or(0, char::len_utf8);
            let is_country = self.countries.contains(country.of(text)) && country.end == side.start;
            if is_country && self.sides.contains(&joined[..last]) && self.function.contains(&joined[last..]) {
                let middle = country.start + last;
                tokens[at - 1] = Token { span: Span::new(country.start, middle), pos: Pos::Pronoun, known: true };
                tokens[at] = Token { span: Span::new(middle, side.end), pos: Pos::Preposition, known: true };
            }
        }
    }

    fn cut(&self, text: &str, span: Span, out: &mut Vec<Token>) {
        for t in self.jieba.tag(span.of(text), true) {
            let pos = if t.word.chars().all(|c| c.is_ascii_alphabetic()) { Pos::Latin } else { Pos::from_tag(t.tag) };
            // A set phrase that one of our lists knows is a noun there.
            let pos = if pos == Pos::Idiom && self.nouns.contains(t.word) { Pos::Noun } else { pos };
            let pos = self.retagged.get(t.word).copied().unwrap_or(pos);
            let known = self.jieba.has_word(t.word);
            let token = Token { span: Span::new(span.start + t.byte_start, span.start + t.byte_end), pos, known };
            // 在京举行 stands in the dictionary and is three words.
            if let Some((place, verb)) = self.held(t.word) {
                let [place, verb] = [place, verb].map(|at| token.span.start + at);
                out.push(Token { span: Span::new(token.span.start, place), pos: Pos::Preposition, known: true });
                out.push(Token { span: Span::new(place, verb), pos: Pos::Place, known: true });
                out.push(Token { span: Span::new(verb, token.span.end), pos: Pos::Verb, known: true });
                continue;
            }
            match self.split(t.word) {
                Some((at, left, right)) => {
                    let middle = token.span.start + at;
                    out.push(Token { span: Span::new(token.span.start, middle), pos: left, known: true });
                    out.push(Token { span: Span::new(middle, token.span.end), pos: right, known: true });
                }
                None => self.unglue(token, t.word, out),
            }
        }
    }

    /// Makes the words of `tokens` begin and end where the surer of `names` do; the name of a person is one word.
    pub fn fit(&self, text: &str, tokens: &mut Vec<Token>, names: &[Name]) {
        for name in names.iter().filter(|n| n.confidence >= SURE) {
            self.cut_at(text, tokens, name.span);
            if name.kind == EntityType::Person {
                let start = tokens.partition_point(|t| t.span.start < name.span.start);
                let end = tokens.partition_point(|t| t.span.end <= name.span.end);
                if start < end {
                    tokens.splice(start..end, [Token { span: name.span, pos: Pos::Person, known: true }]);
                }
            }
        }
    }

    /// Makes the words of `tokens` begin and end where `span` does.
    pub fn cut_at(&self, text: &str, tokens: &mut Vec<Token>, span: Span) {
        for cut in [span.start, span.end] {
            let at = tokens.partition_point(|t| t.span.end <= cut);
            if tokens.get(at).is_some_and(|t| t.span.start < cut) {
                let Span { start, end } = tokens[at].span;
                let parts = [Span::new(start, cut), Span::new(cut, end)];
                tokens.splice(at..=at, parts.into_iter().flat_map(|part| self.tokens(text, part)));
            }
        }
    }

    /// Gives words of the open classes the part of speech that they have here, where `speech` is sure of it.
    pub fn retag(&self, text: &str, tokens: &mut [Token], speech: &Speech) {
        let open = |token: &Token| {
            let word = token.span.of(text);
            let settled = || self.retagged.contains_key(word) || self.parts.contains_key(word);
            is_open(token.pos) && !settled() && !self.in_names.contains(word)
        };
        let told = speech.read(text, tokens, open);
        for (token, told) in tokens.iter_mut().zip(told) {
            if let Some((pos, _)) = told.filter(|(pos, chance)| *chance >= CERTAIN && is_open(*pos)) {
                token.pos = pos;
            }
        }
    }

    /// Parts a grammatical word from an unknown one that the segmenter has glued to it (组 + 将, 于 + 田庄).
    fn unglue(&self, token: Token, word: &str, out: &mut Vec<Token>) {
        let count = word.chars().count();
        if count < 2 {
            out.push(token);
            return;
        }
        let first = word.chars().next().map_or(0, char::len_utf8);
        // 向内地 stands in the dictionary, and is a preposition with a place all the same.
        let phrase = self.glued.contains(word)
            || self.function.contains(&word[..first]) && self.parts.get(&word[first..]) == Some(&Pos::Place);
        if token.known && !phrase {
            out.push(token);
            return;
        }
        let pos = |c: &str| self.jieba.tag(c, false).first().map_or(Pos::Particle, |t| Pos::from_tag(t.tag));
        let last = word.len() - word.chars().next_back().map_or(0, char::len_utf8);
        let (head, tail) = (&word[..first], &word[last..]);
        let (mut start, mut end) = (token.span.start, token.span.end);
        if phrase || count > 2 && self.function.contains(head) {
            start += first;
            out.push(Token { span: Span::new(token.span.start, start), pos: pos(head), known: true });
        }
        let glued = self.function.contains(tail) && end - start > tail.len();
        if glued {
            end = token.span.start + last;
        }
        let known = phrase && self.jieba.has_word(&word[start - token.span.start..end - token.span.start]);
        out.push(Token { span: Span::new(start, end), pos: token.pos, known });
        if glued {
            out.push(Token { span: Span::new(end, token.span.end), pos: pos(tail), known: true });
        }
    }

    /// Where the place and the trigger begin in a dictionary word such as 在京举行.
    fn held(&self, word: &str) -> Option<(usize, usize)> {
        let rest = self.before_place.iter().find_map(|before| word.strip_prefix(before.as_str()))?;
        let place = rest.chars().next().map_or(0, char::len_utf8);
        let before = word.len() - rest.len();
        self.triggers.contains(&rest[place..]).then_some((before, before + place))
    }

    /// Where a dictionary word is a name and a post, two names, or a trigger and an event, the place where it parts and
    /// what its parts are.
    fn split(&self, word: &str) -> Option<(usize, Pos, Pos)> {
        if word.chars().count() < 4 || self.parts.contains_key(word) {
            return None;
        }
        let mut cuts: Vec<usize> = word.char_indices().skip(2).map(|(at, _)| at).collect();
        cuts.pop();
        let free = !self.triggers.contains(word) && !self.nouns.contains(word);
        let held = |at: &&usize| self.triggers.contains(&word[..**at]) && self.events.contains(&word[**at..]);
        if let Some(at) = cuts.iter().find(held).filter(|_| free) {
            return Some((*at, Pos::Verb, Pos::Noun));
        }
        // 香港市民, 首都北京: a place and a word.
        if self.not_places.contains(word) {
            let place =
                |at: &usize| [&word[..*at], &word[*at..]].iter().any(|w| self.parts.get(*w) == Some(&Pos::Place));
            let at = *cuts
                .iter()
                .find(|at| place(at) && [&word[..**at], &word[**at..]].iter().all(|w| self.jieba.has_word(w)))?;
            let pos = |w: &str| self.jieba.tag(w, false).first().map_or(Pos::Noun, |t| Pos::from_tag(t.tag));
            return Some((at, pos(&word[..at]), pos(&word[at..])));
        }
        cuts.into_iter().rev().find_map(|at| {
            let left = *self.parts.get(&word[..at])?;
            let right = *self.parts.get(&word[at..])?;
            let parts = left != Pos::Noun && (right == Pos::Noun || (left, right) == (Pos::Place, Pos::Place));
            parts.then_some((at, left, right))
        })
    }
}
