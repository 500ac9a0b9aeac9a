//! What the tagger sees of a sentence: for every character a fixed number of features, each as a hash.

use rustc_hash::FxHashMap;

use crate::annotate::token::{Pos, Token};
use crate::lexicon::{Lexicon, Strength, longest_suffix};

/// Features of one character.
pub const FEATURES: usize = 31;
/// The first of them know one character alone: itself, those beside it, those beside these.
pub const LETTERS: usize = 5;

/// What stands at one character.
pub(super) struct Seen {
    /// The characters of the first features, in their order.
    pub letters: [u32; LETTERS],
    /// The features behind them.
    pub others: [u32; FEATURES - LETTERS],
}

/// What the lexicons say of words, one look a word.
#[derive(Debug)]
pub struct Words {
    flags: FxHashMap<String, u32>,
    suffixes: FxHashMap<String, u32>,
    chars: FxHashMap<char, u32>,
}

const PLACE: u32 = 1 << 5;
const TOWN: u32 = 1 << 6;
const ORGANIZATION: u32 = 1 << 7;
const TITLE: u32 = 1 << 8;
const COMMON: u32 = 1 << 9;
const PLACE_SUFFIX: u32 = 1 << 10;
const SUFFIX_SHIFT: u32 = 11;
const SUFFIX_MASK: u32 = 3 << SUFFIX_SHIFT;
const KNOWN: u32 = 1 << 13;

impl Words {
    /// Gathers what `lexicon` holds.
    #[must_use]
    pub fn new(lexicon: &Lexicon) -> Self {
        let mut flags: FxHashMap<String, u32> = FxHashMap::default();
        let mut set = |word: &str, flag: u32| *flags.entry(word.to_owned()).or_default() |= flag;
        lexicon.places.keys().for_each(|w| set(w, PLACE));
        lexicon.townships.iter().for_each(|w| set(w, TOWN));
        lexicon.organizations.keys().for_each(|w| set(w, ORGANIZATION));
        lexicon.class("place_suffix").for_each(|w| set(w, PLACE_SUFFIX));
        for list in [&lexicon.products, &lexicon.groups, &lexicon.activities, &lexicon.works, &lexicon.diseases] {
            list.iter().for_each(|w| set(w, COMMON));
        }
        let mut suffixes: FxHashMap<String, u32> = FxHashMap::default();
        for (word, suffix) in &lexicon.organization_suffixes {
            let strength = match suffix.strength {
                Strength::Strong => 1,
                Strength::Weak => 2,
                Strength::Brand => 3,
            };
            suffixes.insert(word.clone(), strength << SUFFIX_SHIFT);
        }
        for title in &lexicon.titles {
            *suffixes.entry(title.clone()).or_default() |= TITLE;
        }
        let mut chars: FxHashMap<char, u32> = FxHashMap::default();
        for (name, common) in &lexicon.surnames {
            let mut letters = name.chars();
            if let (Some(c), None) = (letters.next(), letters.next()) {
                *chars.entry(c).or_default() |= if *common { 1 } else { 2 };
            }
        }
        lexicon.foreign.iter().for_each(|c| *chars.entry(*c).or_default() |= 4);
        "零〇一二三四五六七八九十百千两".chars().for_each(|c| *chars.entry(c).or_default() |= 8);
        Self { flags, suffixes, chars }
    }

    pub(super) fn class(&self, word: &str, token: &Token) -> u32 {
        let mut class = token.pos as u32;
        class |= self.flags.get(word).copied().unwrap_or_default();
        if let Some(suffix) = longest_suffix(word, &self.suffixes) {
            let whole = suffix.len() == word.len();
            let long = suffix.len() > 4;
            if whole || long {
                class |= self.suffixes[suffix];
            }
        }
        if token.known {
            class |= KNOWN;
        }
        class
    }

    fn char_class(&self, c: char) -> u32 {
        match c {
            '0'..='9' => 16,
            'a'..='z' => 17,
            '·' | '•' | '・' => 18,
            c if c < '\u{2e80}' || ('\u{3000}'..'\u{3040}').contains(&c) || c >= '\u{ff00}' => 19,
            c => self.chars.get(&c).copied().unwrap_or_default(),
        }
    }
}

/// One form for characters that differ in nothing that matters here: digits, width and case.
fn fold(c: char) -> char {
    let c = match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '•' | '・' | '‧' => '·',
        _ => c,
    };
    match c {
        '0'..='9' => '0',
        'A'..='Z' => c.to_ascii_lowercase(),
        _ => c,
    }
}

const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;

fn mix(hash: u64, value: u32) -> u64 {
    let hash = (hash ^ u64::from(value)).wrapping_mul(MULTIPLIER);
    hash ^ (hash >> 29)
}

#[allow(clippy::cast_possible_truncation)]
pub(super) fn key(template: u32, parts: &[u32]) -> u32 {
    let mut hash = mix(0, template + 1);
    for part in parts {
        hash = mix(hash, *part);
    }
    ((hash >> 32) as u32).max(1)
}

/// The feature of a character alone, `template` of the first.
pub(super) fn letter(template: u32, letter: u32) -> u32 {
    key(template, &[letter])
}

pub(super) fn word_hash(word: &str) -> u32 {
    let mut hash = 0;
    for c in word.chars() {
        hash = mix(hash, fold(c) as u32);
    }
    #[allow(clippy::cast_possible_truncation)]
    let out = (hash >> 32) as u32;
    out
}

/// The features of the characters that `tokens` cover, [`FEATURES`] a character. Tokens stand side by side in `text`,
/// but for white space.
pub fn names(text: &str, tokens: &[Token], words: &Words, out: &mut Vec<[u32; FEATURES]>) {
    out.clear();
    each(text, tokens, words, |seen| {
        let mut keys = [0; FEATURES];
        for (template, key) in (0..).zip(&mut keys[..LETTERS]) {
            *key = letter(template, seen.letters[template as usize]);
        }
        keys[LETTERS..].copy_from_slice(&seen.others);
        out.push(keys);
    });
}

/// Tells what stands at each of the characters that `tokens` cover.
pub(super) fn each(text: &str, tokens: &[Token], words: &Words, mut tell: impl FnMut(&Seen)) {
    let hashes: Vec<u32> = tokens.iter().map(|t| word_hash(t.span.of(text))).collect();
    let classes: Vec<u32> = tokens.iter().map(|t| words.class(t.span.of(text), t)).collect();
    // What ending of an organisation's name lies ahead in the same stretch of words, and how far.
    let mut ahead = vec![0_u32; tokens.len() + 1];
    for at in (0..tokens.len()).rev() {
        let strength = (classes[at] & SUFFIX_MASK) >> SUFFIX_SHIFT;
        ahead[at] = if strength > 0 {
            strength << 3
        } else if tokens[at].pos.modifies()
            || matches!(tokens[at].pos, Pos::Number | Pos::Verb | Pos::Measure | Pos::Idiom)
        {
            let next = ahead[at + 1];
            if next == 0 || next & 7 == 7 { 0 } else { next + 1 }
        } else {
            0
        };
    }
    let word = |at: isize| -> u32 { usize::try_from(at).ok().and_then(|at| hashes.get(at)).copied().unwrap_or(1) };
    let class =
        |at: isize| -> u32 { usize::try_from(at).ok().and_then(|at| classes.get(at)).copied().unwrap_or(1 << 20) };
    let mut chars: Vec<char> = vec!['\u{1}'; 2];
    let mut places: Vec<(u32, u32)> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let n = token.span.of(text).chars().count();
        for (k, c) in token.span.of(text).chars().enumerate() {
            chars.push(fold(c));
            let position = match (k, n) {
                (_, 1) => 0,
                (0, _) => 1,
                (k, n) if k + 1 == n => 2,
                (1, _) => 3,
                _ => 4,
            };
            #[allow(clippy::cast_possible_truncation)]
            places.push((at as u32, position));
        }
    }
    chars.extend(['\u{1}'; 2]);
    let kinds: Vec<u32> = chars.iter().map(|c| words.char_class(*c)).collect();
    for (i, (at, p)) in places.iter().enumerate() {
        let [a, b, c, d, e]: [u32; 5] = std::array::from_fn(|k| chars[i + k] as u32);
        let t = *at as isize;
        let p = *p;
        let (w, wl, wr) = (word(t), word(t - 1), word(t + 1));
        let (k, kl, kr) = (class(t), class(t - 1), class(t + 1));
        let here = ahead[*at as usize];
        let next = ahead[*at as usize + 1];
        let others = [
            key(5, &[b, c]),
            key(6, &[c, d]),
            key(7, &[a, b]),
            key(8, &[d, e]),
            key(9, &[b, d]),
            key(10, &[b, c, d]),
            key(11, &[a, b, c]),
            key(12, &[c, d, e]),
            key(13, &[w, p]),
            key(14, &[wl, p]),
            key(15, &[wr, p]),
            key(16, &[wl, w, p]),
            key(17, &[w, wr, p]),
            key(18, &[k, p]),
            key(19, &[kl, k, p]),
            key(20, &[k, kr, p]),
            key(21, &[kl, k, kr, p]),
            key(22, &[class(t - 2), kl, k, p]),
            key(23, &[k, kr, class(t + 2), p]),
            key(24, &[wl, k, p]),
            key(25, &[k, wr, p]),
            key(26, &[kinds[i + 1], kinds[i + 2], kinds[i + 3], p]),
            key(27, &[here, k, p]),
            key(28, &[next, w, p]),
            key(29, &[word(t - 2), p]),
            key(30, &[word(t + 2), p]),
        ];
        tell(&Seen { letters: [c, b, d, a, e], others });
    }
}
