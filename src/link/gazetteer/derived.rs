//! Names of places that follow from those in the lists: 哥斯达黎加共和国, 大理州, 密云县.

use rustc_hash::FxHashSet;

use super::Kind;
use super::sites::Class;
use super::table::{Form, Table};
use crate::link::words::Words;

impl Table {
    /// Adds the names that follow from others, none of which takes a name from a place that the lists give it to.
    pub(super) fn derive(&mut self, words: &Words<Class>) {
        for place in 0..self.places.len() {
            let known = &self.places[place];
            let names: Vec<String> = std::iter::once(&known.name).chain(&known.others).cloned().collect();
            for name in names.iter().filter(|name| name.chars().count() > 1) {
                self.derive_longer(name, place, words);
                self.derive_shorter(name, place, words);
            }
        }
        self.derive_former(words);
    }

    /// Adds what a place is called with more words than `name` has.
    fn derive_longer(&mut self, name: &str, place: usize, words: &Words<Class>) {
        let known = &self.places[place];
        let after = match known.kind {
            Kind::Country => Class::AfterCountry,
            Kind::Province if words.ends(&known.name, Class::AfterProvince) => Class::AfterProvince,
            Kind::City | Kind::Capital if !known.is_division() && !words.ends(&known.name, Class::Division) => {
                Class::AfterCity
            }
            // 青海湖地区 is more than the lake.
            Kind::Region | Kind::Macroregion if !words.ends(&known.name, Class::Spot) => Class::AfterRegion,
            _ => return,
        };
        // 中国国 would begin 中国国际.
        let repeated = |ending: &&&str| ending.chars().count() == 1 && name.ends_with(**ending);
        for ending in words.of(after).iter().filter(|ending| !repeated(ending)) {
            self.unless_taken(&format!("{name}{ending}"), place);
        }
    }

    /// Adds what a prefecture or a state is called without its last character.
    fn derive_shorter(&mut self, name: &str, place: usize, words: &Words<Class>) {
        let known = &self.places[place];
        let Some(stem) = name.strip_suffix('州').filter(|stem| stem.chars().count() > 1) else { return };
        if known.kind == Kind::State {
            self.unless_taken(stem, place);
        } else if known.name != name && words.ends(&known.name, Class::Prefecture) {
            // 大理 may be 大理州 as well as 大理市.
            self.name(stem, place, Form::Short);
        }
    }

    /// Adds the names that divisions had as counties, and the short forms that the lists leave out.
    fn derive_former(&mut self, words: &Words<Class>) {
        let divisions = self.places.iter().enumerate().filter(|(_, place)| place.is_division() && !place.is_zone());
        let stems: Vec<(String, usize)> = divisions
            .filter_map(|(at, place)| Some((place.name[..words.ending(&place.name, Class::Division)?].to_owned(), at)))
            .filter(|(stem, _)| stem.chars().count() > 1)
            .collect();
        let cities: FxHashSet<&str> = stems
            .iter()
            .filter(|(_, place)| self.places[*place].kind == Kind::City)
            .map(|(stem, _)| stem.as_str())
            .collect();
        // 密云县 became 密云区; but 大同县 never was 大同区, which lies elsewhere.
        for (stem, place) in stems.iter().filter(|(stem, _)| !cities.contains(stem.as_str())) {
            let before: &[char] = match self.places[*place].name.chars().last() {
                Some('区') => &['县', '市'],
                Some('市') => &['县'],
                _ => &[],
            };
            for former in before.iter().map(|ending| format!("{stem}{ending}")) {
                if self.readings(&former).iter().all(|r| r.form == Form::Former) {
                    self.name(&former, *place, Form::Former);
                }
            }
        }
        for (stem, place) in &stems {
            self.name(stem, *place, Form::Stem);
        }
    }

    fn unless_taken(&mut self, name: &str, place: usize) {
        if self.readings(name).is_empty() {
            self.name(name, place, Form::Short);
        }
    }
}
