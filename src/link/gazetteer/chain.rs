//! Names that are chains of names, each in the one before: 中国湖北武汉, 北京市东城区胡家园社区.

use super::sites::{Class, Sites};
use super::table::{Form, Reading, Table};
use super::{Kind, Rank};
use crate::link::words::ends;

/// What a name says from its begin on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Chain<'n> {
    /// Who its last known part may be.
    pub last: Vec<Reading>,
    /// The last known part.
    pub part: &'n str,
    /// Whether others stand before it.
    pub chained: bool,
    /// What stands behind it, which no list has; empty where all is known.
    pub rest: &'n str,
}

impl<'n> Chain<'n> {
    /// The longest chain of known places that `name`, a normal form, begins with.
    pub fn of(table: &Table, sites: &Sites, name: &'n str) -> Option<Self> {
        let mut search = Search { table, sites, best: None };
        search.follow(name, None);
        search.best
    }
}

/// What stands before a part.
#[derive(Clone, Copy)]
struct Before<'a> {
    readings: &'a [Reading],
    /// Whether it is one character that stands for a place, 京 or 美: no name goes on behind one, but for another place.
    abbreviated: bool,
}

struct Search<'t, 'n> {
    table: &'t Table,
    sites: &'t Sites,
    best: Option<Chain<'n>>,
}

impl<'n> Search<'_, 'n> {
    fn follow(&mut self, tail: &'n str, before: Option<Before<'_>>) {
        let lengths: Vec<usize> = ends(tail).take(self.table.longest).collect();
        for length in lengths.into_iter().rev() {
            if self.best.as_ref().is_some_and(|best| best.rest.is_empty()) {
                return;
            }
            let (part, rest) = tail.split_at(length);
            let mut last: Vec<Reading> = self.table.readings(part).to_vec();
            if let Some(before) = before {
                last.retain(|next| {
                    before.readings.iter().any(|larger| self.lies_in(*next, part, *larger, before.abbreviated))
                });
            }
            if last.is_empty() {
                continue;
            }
            let longer = self.best.as_ref().is_none_or(|best| rest.len() < best.rest.len());
            if longer && (rest.is_empty() || self.goes_on(&last, before, part, rest)) {
                self.best = Some(Chain { last: last.clone(), part, chained: before.is_some(), rest });
            }
            if !rest.is_empty() {
                self.follow(rest, Some(Before { readings: &last, abbreviated: part.chars().count() == 1 }));
                // 马赛马拉大草原 is no 马拉大草原 in 马赛.
                if last.iter().all(|r| self.table.places[r.place].is_region()) {
                    return;
                }
            }
        }
    }

    /// Whether `next`, called `part`, may stand behind `before` as a place in it.
    fn lies_in(&self, next: Reading, part: &str, before: Reading, abbreviated: bool) -> bool {
        let (place, larger) = (&self.table.places[next.place], &self.table.places[before.place]);
        let word = next.form == Form::Stem || next.form == Form::Short && self.sites.is_word(part);
        // 中国资源 is no county.
        if word && larger.is_country() || abbreviated && place.rank > Rank::City && next.form != Form::Full {
            return false;
        }
        // The lists do not say in which of the divisions mountains and rivers lie, nor what regions hold: 浙江太湖,
        // 非洲肯尼亚.
        let nature = !larger.is_region()
            && place.is_region()
            && self.sites.words.ends(&place.name, Class::Landform)
            && next.form == Form::Full
            && matches!(place.within.as_slice(), [country] if larger.within.contains(country));
        let region = matches!(larger.kind, Kind::Region | Kind::Macroregion)
            && place.rank <= Rank::Province
            && !self.sites.words.ends(&larger.name, Class::Spot)
            && next.form <= Form::Short;
        nature || region || self.table.lies_in(next.place, before.place)
    }

    /// Whether a name may go on behind a known part with what no list has.
    fn goes_on(&self, last: &[Reading], before: Option<Before<'_>>, part: &str, rest: &str) -> bool {
        let chained = match before {
            Some(before) if before.abbreviated => return false,
            Some(_) => true,
            None => false,
        };
        let full = last.iter().any(|r| r.form == Form::Full && self.table.places[r.place].is_division());
        let fit = |r: &Reading| {
            let rank = self.table.places[r.place].rank;
            // 昆山花桥 may be a name of its own, 江苏昆山花桥 is not.
            rank != Rank::Region
                && match r.form {
                    Form::Full => true,
                    Form::Former => chained || self.sites.words.ends(part, Class::Division),
                    Form::Short => (rank <= Rank::City || chained) && !self.sites.is_word(part),
                    Form::Stem => false,
                }
        };
        part.chars().count() > 1
            && (chained || !self.sites.is_common(part))
            && last.iter().any(fit)
            && self.sites.lies_there(!full, rest)
    }
}
