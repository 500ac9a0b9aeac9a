//! The lists of places as one table: every place, what it lies in, and who bears each name.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Known;
use crate::lexicon::{column, rows};
use crate::text::normal::normal;

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
}

/// What closes the names of regions that are waters, mountains and sites.
pub(super) const WATERS_AND_SITES: [char; 13] =
    ['海', '湖', '江', '河', '洋', '湾', '山', '岭', '门', '堂', '馆', '岛', '坝'];

/// What states call themselves behind their names: 哥斯达黎加共和国.
const STATES: [&str; 12] = [
    "共和国",
    "王国",
    "联邦",
    "联邦共和国",
    "人民共和国",
    "民主共和国",
    "联邦民主共和国",
    "伊斯兰共和国",
    "合众国",
    "公国",
    "大公国",
    "国",
];

impl Table {
    /// The table of the lists that come with the program.
    pub fn embedded() -> Self {
        let mut table = Self::default();
        let more: Vec<_> = rows("places_within.tsv").collect();
        // A place abroad that another one has for an other name is that one: 底特律市, 底特律.
        let aliases: FxHashSet<&str> = more.iter().flat_map(|r| column(r, 3).split('|')).collect();
        for row in rows("places.tsv") {
            let (name, code, kind) = (row[0], column(&row, 1), column(&row, 2));
            if !code.is_empty() || !aliases.contains(name) {
                table.place(name, code, kind, column(&row, 3));
            }
        }
        for row in &more {
            let listed = table.full(row[0]);
            match listed {
                Some(place) => table.other_names(place, column(row, 3)),
                None => table.place(row[0], "", column(row, 1), column(row, 3)),
            }
        }
        table.contain(&more);
        table.derive();
        for row in rows("places_formerly.tsv") {
            if let Some(&place) = table.by_code.get(column(&row, 1)) {
                // What a list states is surer than what `derive` worked out.
                if let Some(readings) = table.names.get_mut(row[0]) {
                    readings.retain(|r| r.form < Form::Former);
                }
                table.name(row[0], place, Form::Former);
            }
        }
        table
    }

    fn place(&mut self, name: &str, code: &str, kind: &str, others: &str) {
        let place = self.places.len();
        let (others_listed, within) = (Vec::new(), Vec::new());
        let (name, code, kind) = (name.to_owned(), code.to_owned(), kind.to_owned());
        self.places.push(Known { code: code.clone(), name: name.clone(), kind, others: others_listed, within });
        if !code.is_empty() {
            self.by_code.insert(code, place);
        }
        self.name(&name, place, Form::Full);
        self.other_names(place, others);
    }

    fn other_names(&mut self, place: usize, others: &str) {
        // A development zone has no short form of its own: 兰州 is the city, not 兰州新区.
        if !self.places[place].is_zone() {
            for name in others.split('|').filter(|name| !name.is_empty()) {
                self.name(name, place, Form::Short);
                self.places[place].others.push(normal(name));
            }
        }
    }

    fn name(&mut self, name: &str, place: usize, form: Form) {
        let name = normal(name);
        self.longest = self.longest.max(name.chars().count());
        let readings = self.names.entry(name).or_default();
        if readings.iter().all(|r| r.place != place) {
            readings.push(Reading { place, form });
        }
    }

    /// The one place of that full name.
    fn full(&self, name: &str) -> Option<usize> {
        let mut full = self.readings(name).iter().filter(|r| r.form == Form::Full);
        full.next().filter(|_| full.next().is_none()).map(|r| r.place)
    }

    /// Says of every place what it lies in, the smallest first.
    fn contain(&mut self, more: &[Vec<&'static str>]) {
        let china = self.full("中国");
        let america = self.full("美国");
        let stated: FxHashMap<usize, usize> =
            more.iter().filter_map(|row| Some((self.full(row[0])?, self.full(column(row, 2))?))).collect();
        let parent = |place: usize| -> Option<usize> {
            let known = &self.places[place];
            let code = known.code.as_str();
            let division = |digits: usize, zeros: &str| {
                let larger = format!("{}{zeros}", code.get(..digits)?);
                self.by_code.get(&larger).copied().filter(|larger| *larger != place)
            };
            match known.kind.as_str() {
                "state" => america,
                _ if !code.is_empty() => division(4, "00").or_else(|| division(2, "0000")).or(china),
                _ => stated.get(&place).copied(),
            }
        };
        let all: Vec<Vec<usize>> = (0..self.places.len())
            .map(|place| {
                let mut within: Vec<usize> = Vec::new();
                // A ring in the lists ends where it closes.
                while let Some(larger) = parent(within.last().copied().unwrap_or(place))
                    && larger != place
                    && !within.contains(&larger)
                {
                    within.push(larger);
                }
                within
            })
            .collect();
        self.places.iter_mut().zip(all).for_each(|(place, within)| place.within = within);
    }

    /// Adds the names that follow from others.
    fn derive(&mut self) {
        let mut names: Vec<Vec<String>> = vec![Vec::new(); self.places.len()];
        for (name, readings) in &self.names {
            readings.iter().for_each(|r| names[r.place].push(name.clone()));
        }
        for (place, mut names) in names.into_iter().enumerate() {
            names.sort();
            for name in names.iter().filter(|n| n.chars().count() > 1) {
                self.derive_from(name, place);
            }
        }
        self.derive_former();
    }

    /// Adds what a place is called besides `name`.
    fn derive_from(&mut self, name: &str, place: usize) {
        let known = &self.places[place];
        let endings: &[&str] = match known.kind.as_str() {
            "country" => &STATES,
            "province" if known.name.ends_with("自治区") => &["自治区"],
            "city" | "capital" if known.code.is_empty() && !known.name.ends_with(['市', '县']) => &["市"],
            // 青海湖地区 is more than the lake.
            "region" | "macroregion" if !known.name.ends_with(WATERS_AND_SITES) => &["地区"],
            _ => &[],
        };
        let prefecture = known.name.ends_with("自治州") && known.name != name;
        let state = known.kind == "state";
        // 中国国 would begin 中国国际.
        for ending in endings.iter().filter(|ending| !name.ends_with('国') || **ending != "国") {
            self.unless_taken(&format!("{name}{ending}"), place);
        }
        match name.strip_suffix('州').filter(|stem| stem.chars().count() > 1) {
            // 大理 may be 大理州 as well as 大理市.
            Some(stem) if prefecture => self.name(stem, place, Form::Short),
            Some(stem) if state => self.unless_taken(stem, place),
            _ => {}
        }
    }

    /// Adds the names that divisions had as counties, and the short forms that the lists leave out.
    fn derive_former(&mut self) {
        let divisions = self.places.iter().enumerate().filter(|(_, place)| !place.code.is_empty() && !place.is_zone());
        let stems: Vec<(String, usize)> = divisions
            .filter_map(|(at, place)| Some((place.name.strip_suffix(['市', '县', '区', '旗'])?.to_owned(), at)))
            .filter(|(stem, _)| stem.chars().count() > 1)
            .collect();
        let cities: FxHashSet<String> = stems
            .iter()
            .filter(|(_, place)| self.places[*place].kind == "city")
            .map(|(stem, _)| stem.clone())
            .collect();
        // 密云县 became 密云区; but 大同县 never was 大同区, which lies elsewhere.
        for (stem, place) in stems.iter().filter(|(stem, _)| !cities.contains(stem)) {
            let before: &[&str] = match self.places[*place].name.chars().last() {
                Some('区') => &["县", "市"],
                Some('市') => &["县"],
                _ => &[],
            };
            for former in before.iter().map(|ending| format!("{stem}{ending}")) {
                if self.readings(&former).iter().all(|r| r.form == Form::Former) {
                    self.name(&former, *place, Form::Former);
                }
            }
        }
        for (stem, place) in stems {
            self.name(&stem, place, Form::Stem);
        }
    }

    fn unless_taken(&mut self, name: &str, place: usize) {
        if self.readings(name).is_empty() {
            self.name(name, place, Form::Short);
        }
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

    #[test]
    fn the_lists_are_in_order_and_speak_of_listed_places() {
        let table = Table::embedded();
        for file in ["places_within.tsv", "places_formerly.tsv", "sites.tsv"] {
            let names: Vec<&str> = rows(file).map(|row| row[0]).collect();
            assert!(!names.is_empty() && names.is_sorted_by(|a, b| a < b), "{file}");
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
    fn every_division_lies_in_china_and_every_city_abroad_in_a_country() {
        let table = Table::embedded();
        let china = table.full("中国").unwrap();
        for place in &table.places {
            let listed = !place.code.is_empty();
            assert!(!listed || place.within.last() == Some(&china), "{place:?}");
            let abroad = !listed && matches!(place.kind.as_str(), "capital" | "state");
            let ambiguous = ["圣何塞", "圣地亚哥", "耶路撒冷"].contains(&place.name.as_str());
            assert!(!abroad || ambiguous || !place.within.is_empty(), "{place:?}");
        }
    }
}
