//! What words mean that point back to something named before: 该中心, 会议, 当地, 张老.

use rustc_hash::FxHashSet;

use super::Referent;
use crate::annotate::mentions::organization::CALLED;
use crate::annotate::mentions::{Kind, Mention};
use crate::annotation::EntityType;
use crate::lexicon::{Lexicon, longest_suffix};

/// A mention that points back, with what was named before it.
pub(super) struct Anaphor<'a> {
    /// Its words.
    pub words: &'a str,
    /// Its index among the document's mentions.
    pub at: usize,
    pub text: &'a str,
    pub mentions: &'a [Mention],
    /// The entities so far.
    pub so_far: &'a [Referent],
    /// Mentions that open a clause: rather they are meant than what stood nearest.
    pub heads: &'a FxHashSet<usize>,
    pub lexicon: &'a Lexicon,
}

impl Anaphor<'_> {
    /// The entity of a kind that was named last by a name that fits, those that open a clause before others.
    fn named(&self, kind: EntityType, fits: impl Fn(&str) -> bool) -> Option<usize> {
        self.so_far
            .iter()
            .enumerate()
            .filter(|(_, r)| r.kind == kind)
            .flat_map(|(index, r)| r.mentions.iter().map(move |m| (*m, index)))
            .filter(|(m, _)| *m < self.at && self.mentions[*m].named && fits(self.mentions[*m].span.of(self.text)))
            .max_by_key(|(m, _)| (self.heads.contains(m), *m))
            .map(|(_, index)| index)
    }

    /// The organisation that a definite description means: 该中心, 公司 = the one whose name ends so; that of 名为远岸的企业
    /// is the one just named.
    pub fn organization(&self) -> Option<usize> {
        if self.is_called() {
            return self.so_far.iter().position(|r| r.mentions.contains(&(self.at - 1)));
        }
        let suffixes = &self.lexicon.organization_suffixes;
        let mark = |c: char| self.lexicon.is("definite_mark", c.encode_utf8(&mut [0; 4]));
        let head = self.words.trim_start_matches(mark);
        let ending = longest_suffix(head, suffixes).unwrap_or(head);
        let company = |name: &str| longest_suffix(name, suffixes).is_none_or(|s| suffixes[s].kind == "company");
        let firm = || self.lexicon.is("firm", ending).then(|| self.named(EntityType::Organization, company)).flatten();
        self.named(EntityType::Organization, |name| name.ends_with(ending)).or_else(firm)
    }

    /// Whether it is the 企业 of 名为远岸的企业.
    pub fn is_called(&self) -> bool {
        let before = self.at.checked_sub(1).map(|m| &self.mentions[m]).filter(|m| m.source == CALLED);
        let between = before.and_then(|m| self.text.get(m.span.end..self.mentions[self.at].span.start));
        between.is_some_and(|between| matches!(between, "的" | "”的"))
    }

    /// The document that 《意见》 means: the one whose title ends so.
    pub fn work(&self) -> Option<usize> {
        let head = self.words.strip_prefix('《')?;
        self.lexicon.works.contains(head.trim_end_matches('》')).then_some(())?;
        self.named(EntityType::Work, |name| name.len() > self.words.len() && name.ends_with(head))
    }

    /// The event that 会议, 该项目, 此次峰会 mean: the one whose name ends so, or in a word of its kind.
    pub fn event(&self) -> Option<usize> {
        let lexicon = self.lexicon;
        let head = lexicon.class("event_definite").find_map(|d| self.words.strip_prefix(d)).unwrap_or(self.words);
        if !lexicon.activities.contains(head) {
            return None;
        }
        let kin: Vec<&str> = ["meeting", "project"]
            .into_iter()
            .filter(|class| lexicon.is("event_any", head) && lexicon.is(class, head))
            .flat_map(|class| lexicon.class(class))
            .chain(std::iter::once(head))
            .collect();
        self.named(EntityType::Activity, |name| kin.iter().any(|k| name.ends_with(k)))
    }

    /// The place that 当地 means, the country that 该国 means.
    pub fn place(&self) -> Option<usize> {
        let country = self.lexicon.is("country_anaphor", self.words);
        if !country && !self.lexicon.is("place_anaphor", self.words) {
            return None;
        }
        let is_country = |name: &str| self.lexicon.places.get(name).is_some_and(|p| p.kind == "country");
        self.named(EntityType::Place, |name| !country || is_country(name))
    }

    /// The country that 俄方, 中方 or 我国 speak of, as the document names it: a side is called by the first character.
    pub fn side(&self) -> Option<&str> {
        if self.lexicon.is("own_country", self.words) {
            return self.lexicon.class("own_country_name").next();
        }
        let end = self.words.chars().next().filter(|_| self.lexicon.is("country_side", self.words))?.len_utf8();
        let first = &self.words[..end];
        (0..self.mentions.len()).filter_map(|m| self.place_name(m)).find(|name| {
            name.starts_with(first) && self.lexicon.places.get(*name).is_some_and(|place| place.kind == "country")
        })
    }

    /// The full name of the place that a mention names.
    fn place_name(&self, mention: usize) -> Option<&str> {
        let mention = &self.mentions[mention];
        let place = mention.named && mention.kind == Kind::Entity(EntityType::Place);
        let words = mention.span.of(self.text);
        place.then(|| self.lexicon.places.get(words).map_or(words, |place| place.name.as_str()))
    }

    /// The person who is meant by a surname with an address (张老), or by the last part of a foreign name (孔特 for
    /// 朱塞佩·孔特).
    pub fn person(&self) -> Option<usize> {
        let address = || self.lexicon.class("address");
        let surname = address().find_map(|a| self.words.strip_suffix(a)).filter(|s| !s.is_empty());
        let dot = |c: char| matches!(c, '·' | '•' | '・');
        self.named(EntityType::Person, |name| match surname {
            Some(surname) => name.starts_with(surname) && !address().any(|a| name.ends_with(a)),
            None => name != self.words && name.rsplit(dot).next() == Some(self.words),
        })
    }
}
