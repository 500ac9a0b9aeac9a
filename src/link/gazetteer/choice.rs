//! Which of several places that bear a name a document means.

use std::collections::BTreeSet;

use super::Rank;
use super::chain::Chain;
use super::sites::Sites;
use super::table::{Form, Reading, Table};
use crate::text::normal::normal;

/// The places that a document speaks of for sure.
#[derive(Debug)]
pub(super) struct Evidence<'a> {
    table: &'a Table,
    sites: &'a Sites,
    places: BTreeSet<usize>,
}

impl<'a> Evidence<'a> {
    /// What the names of a document's places and its `context` say by themselves.
    pub fn of(table: &'a Table, sites: &'a Sites, chains: &[Option<Chain<'_>>], context: &[&str]) -> Self {
        let mut evidence = Self { table, sites, places: BTreeSet::new() };
        chains.iter().flatten().for_each(|chain| evidence.hear(chain));
        context.iter().for_each(|text| evidence.scan(&normal(text)));
        evidence
    }

    /// Takes the place that a chain settles on by itself.
    fn hear(&mut self, chain: &Chain<'_>) {
        if let [one] = self.candidates(chain).as_slice()
            && self.stands_alone(*one, chain)
        {
            self.places.insert(one.place);
            if chain.chained {
                let within = self.table.places[one.place].within.iter();
                self.places.extend(within.filter(|larger| self.table.places[**larger].rank == Rank::Province));
            }
        }
    }

    /// Takes the places that a text speaks of.
    fn scan(&mut self, text: &str) {
        let mut at = 0;
        while let Some(first) = text[at..].chars().next() {
            let chain =
                Chain::of(self.table, self.sites, &text[at..]).filter(|c| c.chained || c.part.len() > first.len_utf8());
            at = match chain {
                Some(chain) => {
                    self.hear(&chain);
                    text.len() - chain.rest.len()
                }
                None => at + first.len_utf8(),
            };
        }
    }

    /// The places that the last part of a chain may mean, each once: full names before other names.
    fn candidates(&self, chain: &Chain<'_>) -> Vec<Reading> {
        let of = |forms: &[Form]| chain.last.iter().copied().filter(|r| forms.contains(&r.form)).collect::<Vec<_>>();
        let full = of(&[Form::Full]);
        if !full.is_empty() {
            return full;
        }
        let short = of(&[Form::Short, Form::Stem]);
        if short.is_empty() {
            return of(&[Form::Former]);
        }
        match self.greatest(&short) {
            Some(one) if one.form == Form::Short || chain.chained => vec![one],
            _ => short,
        }
    }

    /// Whether a name means the one place that bears it where the document says no more: the short name of a county is
    /// more often a word, a site or a town elsewhere than that of a city is.
    fn stands_alone(&self, reading: Reading, chain: &Chain<'_>) -> bool {
        let place = &self.table.places[reading.place];
        match reading.form {
            _ if chain.chained => true,
            Form::Full | Form::Former => true,
            Form::Stem => false,
            Form::Short if !place.is_county() => !self.sites.is_word(chain.part),
            Form::Short => {
                let city = place.name.ends_with('市') || place.is_metropolitan() || chain.part.chars().count() > 2;
                (city || self.sites.is_famous(chain.part)) && !self.sites.is_word(chain.part)
            }
        }
    }

    /// The one of several that their shared short name means wherever nothing else is said: 吉林 is the province,
    /// 南昌 the city. The districts of the municipalities are as well known as cities: 朝阳 may be 北京市朝阳区. A
    /// prefecture and the city that is its seat are both called 恩施.
    fn greatest(&self, readings: &[Reading]) -> Option<Reading> {
        let place = |r: &Reading| &self.table.places[r.place];
        let rank = readings.iter().map(|r| place(r).rank).min()?;
        let mut top = readings.iter().filter(|r| place(r).rank == rank);
        let one = top.next().filter(|_| top.next().is_none())?;
        let city = place(one).name.ends_with('市');
        let yields = |r: &Reading| {
            let small = place(r);
            r.place == one.place
                || rank < Rank::City
                || !small.is_metropolitan() && (city || small.name.ends_with('县'))
        };
        let divisions = readings.iter().all(|r| place(r).is_division());
        (readings.len() == 1 || divisions && rank < Rank::County && readings.iter().all(yields)).then_some(*one)
    }

    /// The places that a chain may mean when the document has been heard: one where it tells which, none where the
    /// name is a word rather than the one place that the lists have for it.
    pub fn choose(&self, chain: &Chain<'_>) -> Vec<usize> {
        let readings = self.candidates(chain);
        if let [one] = readings.as_slice() {
            let known = self.stands_alone(*one, chain)
                || self.places.contains(&one.place)
                || !self.sites.is_word(chain.part) && self.speaks_of(one.place);
            return if known { vec![one.place] } else { Vec::new() };
        }
        let named: Vec<Reading> = readings.iter().copied().filter(|r| self.places.contains(&r.place)).collect();
        // 嫩江 is the county or the river beside which it lies: no neighbour tells.
        let untold = readings.iter().any(|r| self.table.places[r.place].is_region())
            // 和平 is a word wherever no list has it for a name.
            || readings.iter().all(|r| r.form == Form::Stem);
        let near: Vec<Reading> = readings.iter().copied().filter(|r| !untold && self.speaks_of(r.place)).collect();
        let told = [named, near].iter().find_map(|some| self.greatest(some));
        told.map_or_else(|| readings.iter().map(|r| r.place).collect(), |one| vec![one.place])
    }

    /// Whether the document speaks of a place, of something in it, of what it lies in, or of its neighbours in one city.
    fn speaks_of(&self, place: usize) -> bool {
        let table = self.table;
        let city =
            |place: usize| table.places[place].within.iter().copied().find(|w| table.places[*w].rank == Rank::City);
        self.places.iter().any(|&heard| {
            heard == place
                || table.lies_in(heard, place)
                || table.lies_in(place, heard) && table.home != Some(heard)
                || city(place).is_some() && city(place) == city(heard)
        })
    }
}
