//! Word lists: what the engine knows of Chinese names and things, as data.
//!
//! The lists stand in `data/lexicon/` with their sources and licences and are embedded in the program. One entry a
//! line, columns parted by tabs, `#` for comments.

mod endings;

use std::collections::{BTreeMap, BTreeSet};

use endings::endings;
pub use endings::{has_suffix, longest_suffix};
use include_dir::{Dir, include_dir};
use rustc_hash::{FxHashMap, FxHashSet};

static EMBEDDED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/data/lexicon");

/// All lists, ready to look words up in.
#[derive(Debug, Default)]
pub struct Lexicon {
    /// Names and short names of places.
    pub places: FxHashMap<String, Place>,
    /// Names of towns, townships and subdistricts.
    pub townships: FxHashSet<String>,
    /// Names of organisations, each with its full name.
    pub organizations: FxHashMap<String, String>,
    /// Endings of organisations' names.
    pub organization_suffixes: FxHashMap<String, Suffix>,
    /// Surnames, each with whether it is a common one.
    pub surnames: FxHashMap<String, bool>,
    /// Words that look like names of persons and are none: 高水平.
    pub not_persons: FxHashSet<String>,
    /// Words and phrases that are taken for names of places and are none: 葡萄园, 团结协作.
    pub not_places: FxHashSet<String>,
    /// Names of organisations that are ordinary words, or names of something else, as well: 联通, 金山.
    pub ordinary_organizations: FxHashSet<String>,
    /// Characters that spell foreign names.
    pub foreign: FxHashSet<char>,
    /// Last words of posts: 主席, 书记.
    pub titles: FxHashSet<String>,
    /// Head nouns of unnamed sets of people: 志愿者.
    pub groups: FxHashSet<String>,
    /// Head nouns of goods: 口罩.
    pub products: FxHashSet<String>,
    /// Names of diseases and pathogens.
    pub diseases: FxHashSet<String>,
    /// Head nouns of events: 会议.
    pub activities: FxHashSet<String>,
    /// Head nouns of documents: 通知.
    pub works: FxHashSet<String>,
    /// Verbs of saying: 表示.
    pub speech: FxHashSet<String>,
    /// Measure words with their kind: 只 → count.
    pub measures: BTreeMap<String, String>,
    /// Words for currencies with their ISO 4217 code: 元 → CNY.
    pub currencies: BTreeMap<String, String>,
    /// Words in which a numeral counts nothing: 一定.
    pub numeral_words: Vec<String>,
    /// In which lists of head nouns a word stands.
    heads: FxHashMap<String, Heads>,
    /// Grammatical words by class, from `grammar.tsv`, and the classes of each word.
    grammar: FxHashMap<String, BTreeSet<String>>,
    classes: FxHashMap<String, Vec<String>>,
    /// A bit for what grammatical words begin with: most words are none, and this tells so without a look at the table.
    openings: Vec<u64>,
    /// Countries in one character.
    country_chars: FxHashSet<char>,
    /// Last characters of the names of towns.
    town_endings: Vec<char>,
}

/// The bit of a word among `OPENINGS`.
fn opening(word: &str) -> usize {
    let head = word.bytes().take(6).fold(word.len().min(7) as u64, |all, byte| all << 8 | u64::from(byte));
    (head.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 48) as usize
}
const OPENINGS: usize = 1 << 16;

/// Lists of head nouns in which a word stands, a bit a list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Heads(u8);

impl Heads {
    /// See [`Lexicon::titles`].
    pub const TITLE: Self = Self(1);
    /// See [`Lexicon::groups`].
    pub const GROUP: Self = Self(2);
    /// See [`Lexicon::products`].
    pub const PRODUCT: Self = Self(4);
    /// See [`Lexicon::diseases`].
    pub const DISEASE: Self = Self(8);
    /// See [`Lexicon::activities`].
    pub const ACTIVITY: Self = Self(16);
    /// See [`Lexicon::works`].
    pub const WORK: Self = Self(32);

    /// Whether the word stands in `list`.
    #[must_use]
    pub const fn has(self, list: Self) -> bool {
        self.0 & list.0 != 0
    }
}

/// What is known of a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The full name.
    pub name: String,
    /// Administrative code, empty outside China.
    pub code: String,
    /// province, city, county, country …
    pub kind: String,
}

/// How surely an ending makes an organisation's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strength {
    /// It does: 有限公司, 大学.
    Strong,
    /// It is an ordinary word or part of one as well: 中心, 所.
    Weak,
    /// A trade, which closes a firm's short name behind a made-up word: 科技 in 暖哇科技.
    Brand,
}

/// An ending of organisations' names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suffix {
    /// How surely it makes a name.
    pub strength: Strength,
    /// company, government, team …
    pub kind: String,
}

/// From this frequency on (the list's own measure) a surname is common: about 250 of them.
const COMMON_SURNAME: f64 = 30.0;

impl Lexicon {
    /// The lists that come with the program.
    #[must_use]
    pub fn embedded() -> Self {
        let set = |file: &str| lines(file).map(str::to_owned).collect::<FxHashSet<_>>();
        let pairs =
            |file: &str| rows(file).map(|r| (r[0].to_owned(), column(&r, 1).to_owned())).collect::<BTreeMap<_, _>>();
        let mut places = FxHashMap::default();
        // Full names first, and the larger of two places that share a short name: rows come province, city, county.
        let all: Vec<_> = rows("places.tsv").collect();
        for rank in ["country", "province", "city", "region", ""] {
            for row in all.iter().filter(|r| rank.is_empty() || column(r, 2) == rank) {
                let place = Place { name: row[0].into(), code: column(row, 1).into(), kind: column(row, 2).into() };
                for name in std::iter::once(row[0]).chain(column(row, 3).split('|')).filter(|n| !n.is_empty()) {
                    places.entry(name.to_owned()).or_insert_with(|| place.clone());
                }
            }
        }
        let mut organizations: FxHashMap<String, String> = rows("organizations.txt")
            .map(|r| (r[0].to_owned(), if column(&r, 1).is_empty() { r[0] } else { r[1] }.to_owned()))
            .collect();
        for file in ["universities.txt", "hospitals.txt"] {
            organizations.extend(rows(file).map(|r| (r[0].to_owned(), r[0].to_owned())));
        }
        let organization_suffixes = rows("org_suffixes.tsv")
            .map(|r| {
                let strength = match column(&r, 2) {
                    "strong" => Strength::Strong,
                    "brand" => Strength::Brand,
                    _ => Strength::Weak,
                };
                (r[0].to_owned(), Suffix { strength, kind: column(&r, 1).to_owned() })
            })
            .collect();
        let mut grammar: FxHashMap<String, BTreeSet<String>> = FxHashMap::default();
        let mut classes: FxHashMap<String, Vec<String>> = FxHashMap::default();
        for row in rows("grammar.tsv") {
            for word in column(&row, 1).split_whitespace() {
                grammar.entry(row[0].to_owned()).or_default().insert(word.to_owned());
                classes.entry(word.to_owned()).or_default().push(row[0].to_owned());
            }
        }
        let lists = [
            ("titles.txt", Heads::TITLE),
            ("groups.txt", Heads::GROUP),
            ("products.txt", Heads::PRODUCT),
            ("diseases.txt", Heads::DISEASE),
            ("activities.txt", Heads::ACTIVITY),
            ("works.txt", Heads::WORK),
        ];
        let mut heads: FxHashMap<String, Heads> = FxHashMap::default();
        for (file, list) in lists {
            rows(file).for_each(|row| heads.entry(row[0].to_owned()).or_default().0 |= list.0);
        }
        let mut openings = vec![0; OPENINGS / 64];
        for word in classes.keys() {
            openings[opening(word) / 64] |= 1 << (opening(word) % 64);
        }
        let townships = set("townships.txt");
        let endings: BTreeSet<char> = townships.iter().filter_map(|town| town.chars().next_back()).collect();
        let countries = grammar.get("country_char").into_iter().flatten();
        Self {
            openings,
            country_chars: countries.filter_map(|word| word.chars().next()).collect(),
            town_endings: endings.into_iter().collect(),
            heads,
            places,
            townships,
            organizations,
            organization_suffixes,
            surnames: rows("surnames.tsv")
                .map(|r| (r[0].to_owned(), column(&r, 1).parse::<f64>().is_ok_and(|n| n >= COMMON_SURNAME)))
                .collect(),
            foreign: rows("foreign_name_chars.txt").filter_map(|r| r[0].chars().next()).collect(),
            not_persons: set("not_persons.txt"),
            not_places: set("not_places.txt"),
            ordinary_organizations: rows("organizations.txt")
                .filter(|r| column(r, 2) == "ordinary")
                .map(|r| r[0].to_owned())
                .collect(),
            titles: set("titles.txt"),
            groups: set("groups.txt"),
            products: set("products.txt"),
            diseases: set("diseases.txt"),
            activities: set("activities.txt"),
            works: set("works.txt"),
            speech: set("speech_verbs.txt"),
            measures: pairs("measures.tsv"),
            currencies: pairs("currencies.tsv"),
            numeral_words: rows("numeral_words.txt").map(|r| r[0].to_owned()).collect(),
            grammar,
            classes,
        }
    }

    /// Whether `word` belongs to a class of grammatical words.
    #[must_use]
    pub fn is(&self, class: &str, word: &str) -> bool {
        self.classes(word).iter().any(|c| c == class)
    }

    /// The classes of grammatical words that `word` belongs to; most belong to none.
    #[must_use]
    pub fn classes(&self, word: &str) -> &[String] {
        let bit = opening(word);
        if self.openings.get(bit / 64).is_none_or(|bits| bits >> (bit % 64) & 1 == 0) {
            return &[];
        }
        self.classes.get(word).map_or(&[], Vec::as_slice)
    }

    /// Whether all characters of `word` are countries in one character each.
    #[must_use]
    pub fn are_countries(&self, word: &str) -> bool {
        word.chars().all(|c| self.country_chars.contains(&c))
    }

    /// Whether `word` is the name of a town, a township or a subdistrict.
    #[must_use]
    pub fn is_town(&self, word: &str) -> bool {
        word.ends_with(self.town_endings.as_slice()) && self.townships.contains(word)
    }

    /// In which lists of head nouns `word` stands, and in which it or an ending of it of two characters or more
    /// (see [`has_suffix`]): one look for all of them.
    #[must_use]
    pub fn heads(&self, word: &str) -> (Heads, Heads) {
        let of = |word: &str| self.heads.get(word).copied().unwrap_or_default();
        let whole = of(word);
        let ends = endings(word).filter(|(tail, c)| (c.len_utf8() + 1..word.len()).contains(&tail.len()));
        (whole, ends.fold(whole, |all, (tail, _)| Heads(all.0 | of(tail).0)))
    }

    /// Whether `word` ends with one of a class.
    #[must_use]
    pub fn ends(&self, class: &str, word: &str) -> bool {
        endings(word).any(|(tail, _)| self.is(class, tail))
    }

    /// The words of a class, in order.
    pub fn class(&self, class: &str) -> impl Iterator<Item = &str> {
        self.grammar.get(class).into_iter().flatten().map(String::as_str)
    }

    /// Whether the places `first` and `second` stand side by side where one follows the other (香港澳门): what lies in a
    /// place is smaller.
    #[must_use]
    pub fn side_by_side(&self, first: &str, second: &str) -> bool {
        let rank = |name: &str| match self.places.get(name)?.kind.as_str() {
            "country" => Some(0),
            "province" | "state" => Some(1),
            "city" | "capital" => Some(2),
            "county" => Some(3),
            _ => None,
        };
        rank(first).zip(rank(second)).is_some_and(|(first, second)| second <= first)
    }

    /// Words that the segmenter must know, each with the tag it gets, in the order of the words.
    #[must_use]
    pub fn segmenter_words(&self) -> BTreeMap<&str, &'static str> {
        let mut words: BTreeMap<&str, &'static str> = BTreeMap::new();
        let sets: [(&FxHashSet<String>, &str); 6] = [
            (&self.activities, "n"),
            (&self.works, "n"),
            (&self.diseases, "n"),
            (&self.products, "n"),
            (&self.groups, "n"),
            (&self.titles, "n"),
        ];
        for (set, tag) in sets {
            words.extend(set.iter().map(|w| (w.as_str(), tag)));
        }
        words.extend(self.organization_suffixes.keys().filter(|w| w.chars().count() > 1).map(|w| (w.as_str(), "n")));
        words.extend(self.places.keys().filter(|w| w.chars().count() > 1).map(|w| (w.as_str(), "ns")));
        words.extend(self.organizations.keys().map(|w| (w.as_str(), "nt")));
        words
    }
}

pub(crate) fn column<'a>(row: &[&'a str], at: usize) -> &'a str {
    row.get(at).copied().unwrap_or_default()
}

/// The entries of one embedded list of a single column, in the order of the file.
pub(crate) fn lines(file: &str) -> impl Iterator<Item = &'static str> {
    let text = EMBEDDED.get_file(file).and_then(|f| f.contents_utf8()).unwrap_or_default();
    text.lines().filter(|line| !line.starts_with('#') && !line.is_empty())
}

/// The rows of one embedded list, in the order of the file.
pub(crate) fn rows(file: &str) -> impl Iterator<Item = Vec<&'static str>> {
    lines(file).map(|line| line.split('\t').collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_that_is_no_smaller_than_the_one_before_it_lies_beside_it() {
        let lexicon = Lexicon::embedded();
        assert!(lexicon.side_by_side("香港", "澳门"));
        assert!(lexicon.side_by_side("西班牙", "葡萄牙"));
        assert!(!lexicon.side_by_side("湖北", "武汉"));
        assert!(!lexicon.side_by_side("北京市", "东城区"));
    }

    #[test]
    fn no_ending_of_the_lists_is_longer_than_what_is_looked_up() {
        let lexicon = Lexicon::embedded();
        let words = lexicon.organization_suffixes.keys().chain(lexicon.heads.keys()).chain(lexicon.classes.keys());
        for word in words {
            assert!(word.chars().count() <= endings::LONGEST_ENDING, "{word}");
        }
        assert_eq!(longest_suffix(&"很".repeat(20_000), &lexicon.organization_suffixes), None);
    }
}
