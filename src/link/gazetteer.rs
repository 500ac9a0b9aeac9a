//! Which place a document means by a name, and what it lies in.
//!
//! 1. `table`: the places of the lists by all their names, those that follow from others (`derived`) among them.
//! 2. `chain`: a name is read as a chain of known places, each in the one before, and what is left over.
//! 3. `choice`: of several places that bear a name, the one of which the document speaks elsewhere.
//! 4. `sites`: what is left over, or no list has, tells one place only where no town has its like.
//!
//! Where the document does not tell which place is meant, the answer is all of them, and nothing is merged.

mod chain;
mod choice;
mod derived;
mod sites;
mod table;
#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use serde::Deserialize;

use chain::Chain;
use choice::Evidence;
use sites::Sites;
use table::{Form, Table};

use crate::text::normal::{is_deictic, normal};

/// What sort of place one is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    Country,
    /// A province of China.
    Province,
    /// A state of the United States.
    State,
    /// A prefecture of China, or a city abroad.
    City,
    /// The capital of a country.
    Capital,
    /// A county or district of China.
    County,
    /// A province abroad, a mountain, a river.
    Region,
    /// A continent, or what several countries hold.
    Macroregion,
    /// A building or another site.
    Landmark,
}

/// How large a place is, the largest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Country,
    Province,
    City,
    County,
    /// It is no division.
    Region,
}

/// A place that the lists know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Administrative code of China, empty elsewhere.
    pub code: String,
    /// The full name: 湖北省.
    pub name: String,
    /// Names that the lists have beside the full one: 湖北.
    pub others: Vec<String>,
    kind: Kind,
    rank: Rank,
    /// What it lies in, the smallest first.
    within: Vec<usize>,
}

/// The codes of provinces that are cities, of which the first four have districts in the lists.
const MUNICIPALITIES: [&str; 6] = ["110000", "120000", "310000", "500000", "810000", "820000"];

impl Known {
    /// Whether it is a country.
    #[must_use]
    pub fn is_country(&self) -> bool {
        self.rank == Rank::Country
    }

    /// Whether it is a county or a district.
    #[must_use]
    pub fn is_county(&self) -> bool {
        self.kind == Kind::County
    }

    /// Whether it is a division of China.
    fn is_division(&self) -> bool {
        !self.code.is_empty()
    }

    fn is_region(&self) -> bool {
        self.rank == Rank::Region
    }

    fn is_city(&self) -> bool {
        matches!(self.kind, Kind::City | Kind::Capital) || self.is_municipality()
    }

    fn is_municipality(&self) -> bool {
        MUNICIPALITIES.contains(&self.code.as_str())
    }

    /// Whether it lies in a municipality, so that it is as well known as a city is.
    fn is_metropolitan(&self) -> bool {
        let province = |code: &&str| self.code.get(..2) == code.get(..2);
        !self.is_municipality() && MUNICIPALITIES[..4].iter().any(province)
    }

    /// Whether it is a development zone, which statistics count as a county.
    fn is_zone(&self) -> bool {
        self.code.get(4..5) == Some("7")
    }
}

/// What a document means by the name of a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meaning<'a> {
    /// This one.
    Known(&'a Known),
    /// Several places bear the name and the document does not tell which, or it means another one than the lists have:
    /// never merged across documents.
    Ambiguous(Vec<&'a Known>),
    /// No list has it.
    Unlisted {
        /// The smallest known place that its name begins with, or that the document elsewhere says it lies in.
        within: Option<&'a Known>,
        /// Its name without the names of the places that it lies in, in the normal form: 胡家园社区.
        local: String,
        /// Whether every document means the same by `local` in `within`.
        distinctive: bool,
    },
}

/// The places that the lists know, by all their names.
#[derive(Debug)]
pub struct Gazetteer {
    table: Table,
    sites: Sites,
}

impl Gazetteer {
    /// The lists that come with the program, read once.
    #[must_use]
    pub fn embedded() -> &'static Self {
        static EMBEDDED: LazyLock<Gazetteer> = LazyLock::new(|| {
            let sites = Sites::embedded();
            Gazetteer { table: Table::embedded(&sites.words), sites }
        });
        &EMBEDDED
    }

    /// What a document means by each of these names of places, given all of them together and `context`: further names
    /// and the headline, which may tell which of several places is meant (武汉市中心医院 speaks of 武汉).
    #[must_use]
    pub fn meanings(&self, names: &[&str], context: &[&str]) -> Vec<Meaning<'_>> {
        let names: Vec<String> = names.iter().map(|name| normal(name)).collect();
        let chains: Vec<Option<Chain<'_>>> = names.iter().map(|n| Chain::of(&self.table, &self.sites, n)).collect();
        let evidence = Evidence::of(&self.table, &self.sites, &chains, context);
        let mut meanings: Vec<Meaning<'_>> =
            names.iter().zip(&chains).map(|(name, chain)| self.meaning(name, chain.as_ref(), &evidence)).collect();
        for at in 0..meanings.len() {
            if let Some(place) = self.denied_elsewhere(&names[at], &meanings[at], &meanings) {
                meanings[at] = Meaning::Ambiguous(vec![place]);
            }
            if !self.sites.names_nothing(&names[at])
                && let Some(place) = said_elsewhere(&names[at], &meanings[at], &meanings)
            {
                meanings[at] = place;
            }
        }
        meanings
    }

    /// What a known place lies in, from the next larger one up to the country: 徐汇区 → 上海市, 中国.
    #[must_use]
    pub fn containers(&self, place: &Known) -> Vec<&Known> {
        place.within.iter().filter_map(|larger| self.table.places.get(*larger)).collect()
    }

    /// The division of China of that code.
    #[must_use]
    pub fn with_code(&self, code: &str) -> Option<&Known> {
        self.table.with_code(code)
    }

    /// The place of that full name that has no code.
    #[must_use]
    pub fn without_code(&self, name: &str) -> Option<&Known> {
        self.table.without_code(name)
    }

    /// Whether several counties or districts bear the name and nothing larger does, so that a text must say which: 鼓楼区.
    /// The seat of a prefecture that is called as that is (长沙县) makes no doubt.
    #[must_use]
    pub fn is_shared(&self, name: &str) -> bool {
        let bearers =
            || self.table.readings(name).iter().filter(|r| r.form != Form::Former).map(|r| &self.table.places[r.place]);
        let city = |place: &Known| place.within.first().copied();
        let first = bearers().next().and_then(city);
        bearers().all(Known::is_county) && bearers().any(|place| city(place) != first)
    }

    /// Whether a town is called by that name, which other towns may share.
    #[must_use]
    pub fn is_town(&self, name: &str) -> bool {
        self.sites.is_town(name)
    }

    /// The names of towns, in no order.
    pub fn towns(&self) -> impl Iterator<Item = &'static str> {
        self.sites.towns()
    }

    /// The place that a name alone would mean, where another name of the document says that it lies elsewhere: a
    /// 桥东区 beside 石家庄市桥东区 is not the one of 张家口.
    fn denied_elsewhere<'a>(&self, name: &str, meaning: &Meaning<'a>, all: &[Meaning<'a>]) -> Option<&'a Known> {
        let Meaning::Known(place) = meaning else { return None };
        let denies = |other: &Meaning<'_>| match other {
            Meaning::Unlisted { within: Some(larger), local, .. } => {
                larger.is_city() && local.starts_with(name) && !self.containers(place).contains(larger)
            }
            _ => false,
        };
        (place.is_county() && all.iter().any(denies)).then_some(*place)
    }

    fn meaning(&self, name: &str, chain: Option<&Chain<'_>>, evidence: &Evidence<'_>) -> Meaning<'_> {
        let unlisted =
            || Meaning::Unlisted { within: None, local: name.to_owned(), distinctive: self.sites.is_distinctive(name) };
        let Some(chain) = chain.filter(|_| !is_deictic(name) && !self.sites.is_common(name)) else { return unlisted() };
        let chosen = evidence.choose(chain);
        if chain.rest.is_empty() {
            return match chosen.as_slice() {
                [] => Meaning::Unlisted { within: None, local: name.to_owned(), distinctive: false },
                [one] => Meaning::Known(&self.table.places[*one]),
                several => Meaning::Ambiguous(several.iter().map(|place| &self.table.places[*place]).collect()),
            };
        }
        match chosen.as_slice() {
            [one] => {
                let within = &self.table.places[*one];
                let distinctive = self.sites.is_distinctive_in(within, chain.rest);
                Meaning::Unlisted { within: Some(within), local: chain.rest.to_owned(), distinctive }
            }
            _ => Meaning::Unlisted { within: None, local: name.to_owned(), distinctive: false },
        }
    }
}

/// What another name of the document says of a place whose own name says nothing: 花园村 beside 互助县松多乡花园村.
fn said_elsewhere<'a>(name: &str, meaning: &Meaning<'a>, all: &[Meaning<'a>]) -> Option<Meaning<'a>> {
    if !matches!(meaning, Meaning::Unlisted { within: None, distinctive: false, .. }) || name.chars().count() < 3 {
        return None;
    }
    let mut fuller = all.iter().filter(
        |other| matches!(other, Meaning::Unlisted { within: Some(_), local, distinctive: true } if local.ends_with(name)),
    );
    let first = fuller.next()?;
    fuller.all(|other| other == first).then(|| first.clone())
}
