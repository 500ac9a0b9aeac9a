//! The lists of places as one table: every place, what it lies in, and who bears each name.

use rustc_hash::{FxHashMap, FxHashSet};

use super::sites::Class;
use super::{Kind, Known, Rank};
use crate::lexicon::{column, rows};
use crate::link::words::{Words, named};

/// How a name names a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Form {
    /// 湖北省, 纽约.
    Full,
    /// 湖北, or another name of it.
    Short,
    /// The name of a division before it became another: 襄樊, 密云县.
    Former,
    /// A short form that the lists leave out, since it is an ordinary word as well: 和平 for 和平区.
    Stem,
}

/// A place that a name may mean, by its place in [`Table::places`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reading {
    pub place: usize,
    pub form: Form,
}

/// All places and their names.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub places: Vec<Known>,
    names: FxHashMap<String, Vec<Reading>>,
    by_code: FxHashMap<String, usize>,
    /// Code points of the longest name.
    pub longest: usize,
    /// The country whose divisions the lists have.
    pub home: Option<usize>,
}

impl Table {
    /// The table of the lists that come with the program.
    pub fn embedded(words: &Words<Class>) -> Self {
        let mut table = Self::default();
        let more: Vec<_> = rows("places_within.tsv").collect();
        // A place abroad that another one has for an other name is that one: 底特律市, 底特律.
        let aliases: FxHashSet<&str> = more.iter().flat_map(|r| column(r, 3).split('|')).collect();
        for row in rows("places.tsv") {
            if !column(&row, 1).is_empty() || !aliases.contains(row[0]) {
                table.place(row[0], column(&row, 1), column(&row, 2), column(&row, 3), words);
            }
        }
        for row in &more {
            match table.full(row[0]) {
                Some(place) => table.other_names(place, column(row, 3)),
                None => table.place(row[0], "", column(row, 1), column(row, 3), words),
            }
        }
        table.home = words.of(Class::Home).first().and_then(|home| table.full(home));
        table.contain(&more);
        table.derive(words);
        for row in rows("places_formerly.tsv") {
            table.listed_former(row[0], column(&row, 1));
        }
        table
    }

    fn place(&mut self, name: &str, code: &str, kind: &'static str, others: &str, words: &Words<Class>) {
        let place = self.places.len();
        // What a list says no more of is a site.
        let kind = named(kind).unwrap_or(Kind::Landmark);
        let rank = match kind {
            Kind::Country => Rank::Country,
            Kind::Province | Kind::State => Rank::Province,
            Kind::City | Kind::Capital => Rank::City,
            Kind::County => Rank::County,
            // Provinces abroad are no larger than cities of China.
            Kind::Region if words.ends(name, Class::Province) => Rank::City,
            Kind::Region | Kind::Macroregion | Kind::Landmark => Rank::Region,
        };
        let (code, within) = (code.to_owned(), Vec::new());
        if !code.is_empty() {
            self.by_code.insert(code.clone(), place);
        }
        self.places.push(Known { code, name: name.to_owned(), others: Vec::new(), kind, rank, within });
        self.name(name, place, Form::Full);
        self.other_names(place, others);
    }

    fn other_names(&mut self, place: usize, others: &str) {
        // A development zone has no short form of its own: 兰州 is the city, not 兰州新区.
        if !self.places[place].is_zone() {
            for name in others.split('|').filter(|name| !name.is_empty()) {
                self.name(name, place, Form::Short);
                self.places[place].others.push(name.to_owned());
            }
        }
    }

    /// Gives a place a name, a normal form, unless it has it.
    pub fn name(&mut self, name: &str, place: usize, form: Form) {
        let reading = Reading { place, form };
        if let Some(readings) = self.names.get_mut(name) {
            if readings.iter().all(|r| r.place != place) {
                readings.push(reading);
            }
            return;
        }
        self.longest = self.longest.max(name.chars().count());
        self.names.insert(name.to_owned(), vec![reading]);
    }

    /// Gives a division a former name that a list has: that is surer than what follows from others.
    fn listed_former(&mut self, name: &str, code: &str) {
        let Some(&place) = self.by_code.get(code) else { return };
        if let Some(readings) = self.names.get_mut(name) {
            readings.retain(|r| r.form < Form::Former);
        }
        self.name(name, place, Form::Former);
    }

    /// The one place of that full name.
    fn full(&self, name: &str) -> Option<usize> {
        let mut full = self.readings(name).iter().filter(|r| r.form == Form::Full);
        full.next().filter(|_| full.next().is_none()).map(|r| r.place)
    }

    /// Says of every place what it lies in, the smallest first.
    fn contain(&mut self, more: &[Vec<&'static str>]) {
        let stated: FxHashMap<usize, usize> =
            more.iter().filter_map(|row| Some((self.full(row[0])?, self.full(column(row, 2))?))).collect();
        let parents: Vec<Option<usize>> = (0..self.places.len()).map(|place| self.parent(place, &stated)).collect();
        for (place, known) in self.places.iter_mut().enumerate() {
            // A ring in the lists ends where it closes.
            while let Some(larger) = parents[known.within.last().copied().unwrap_or(place)]
                && larger != place
                && !known.within.contains(&larger)
            {
                known.within.push(larger);
            }
        }
    }

    /// The next larger place: by the code of a division (420103 lies in 420100, that in 420000), or as a list states.
    fn parent(&self, place: usize, stated: &FxHashMap<usize, usize>) -> Option<usize> {
        let known = &self.places[place];
        if !known.is_division() {
            return stated.get(&place).copied();
        }
        let division = |digits: usize| {
            let larger = format!("{:0<6}", known.code.get(..digits)?);
            self.by_code.get(&larger).copied().filter(|larger| *larger != place)
        };
        division(4).or_else(|| division(2)).or(self.home)
    }

    /// The division of that code.
    pub fn with_code(&self, code: &str) -> Option<&Known> {
        self.by_code.get(code).map(|place| &self.places[*place])
    }

    /// The place of that full name that has no code.
    pub fn without_code(&self, name: &str) -> Option<&Known> {
        let full = self.readings(name).iter().filter(|reading| reading.form == Form::Full);
        full.map(|reading| &self.places[reading.place]).find(|place| place.code.is_empty())
    }

    /// Who bears a name that is in its normal form.
    pub fn readings(&self, name: &str) -> &[Reading] {
        self.names.get(name).map_or(&[], Vec::as_slice)
    }

    /// Whether the first lies in the second.
    pub fn lies_in(&self, place: usize, larger: usize) -> bool {
        self.places[place].within.contains(&larger)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::normal::normal;

    fn embedded() -> Table {
        Table::embedded(&Words::listed("sites.tsv"))
    }

    #[test]
    fn the_lists_are_in_order_and_speak_of_listed_places() {
        let table = embedded();
        for file in ["places_within.tsv", "places_formerly.tsv", "sites.tsv"] {
            let names: Vec<&str> = rows(file).map(|row| row[0]).collect();
            assert!(!names.is_empty() && names.is_sorted_by(|a, b| a < b), "{file}");
        }
        for (name, readings) in &table.names {
            let normal = table.readings(&normal(name));
            assert!(readings.iter().all(|r| normal.contains(r)), "{name} is not in the normal form");
        }
        for row in rows("places_within.tsv") {
            assert!(table.full(row[0]).is_some(), "{row:?}");
            assert!(column(&row, 2).is_empty() || table.full(column(&row, 2)).is_some(), "{row:?}");
        }
        for row in rows("places_formerly.tsv") {
            assert!(table.by_code.contains_key(column(&row, 1)), "{row:?}");
            assert!(table.readings(row[0]).iter().all(|r| r.form == Form::Former), "{row:?}");
        }
    }

    #[test]
    fn a_code_or_else_the_full_name_tells_every_place_and_what_holds_it_holds_what_holds_that() {
        let table = embedded();
        for place in &table.places {
            let found =
                if place.code.is_empty() { table.without_code(&place.name) } else { table.with_code(&place.code) };
            assert_eq!(found, Some(place));
            for larger in &place.within {
                assert!(table.places[*larger].within.iter().all(|over| place.within.contains(over)), "{place:?}");
            }
        }
    }

    #[test]
    fn every_division_lies_in_china_and_every_city_abroad_in_a_country() {
        let table = embedded();
        let china = table.full("中国").unwrap();
        for place in &table.places {
            let listed = !place.code.is_empty();
            assert!(!listed || place.within.last() == Some(&china), "{place:?}");
            let abroad = !listed && matches!(place.kind, Kind::Capital | Kind::State);
            let ambiguous = ["圣何塞", "圣地亚哥", "耶路撒冷"].contains(&place.name.as_str());
            assert!(!abroad || ambiguous || !place.within.is_empty(), "{place:?}");
        }
    }
}
