//! The year of a date that a page gives without one: 发布: 02-10 08:30.

use crate::text::date::Date;
use crate::text::normal::normal;
use crate::text::prose::leading_date;

/// So many lines beside the article are looked through.
const MOST_LINES: usize = 500;
/// Lines longer than this, in bytes, tell no year.
const LONGEST: usize = 400;

/// The date of a month and a day by the dates that the page gives elsewhere, the best first, and the lines beside its
/// article: it is the last such day up to one of these dates, or it is of the year in which rights are reserved.
pub(super) fn completed((month, day): (u32, u32), dates: &[Option<&str>], beside: &[String]) -> Option<String> {
    let lines = || beside.iter().take(MOST_LINES).filter(|line| line.len() <= LONGEST).map(|line| normal(line));
    let known = dates.iter().flatten().find_map(|date| Some(leading_date(date)?.0));
    let until = known.or_else(|| lines().find_map(|line| date_in(&line)));
    let year = match until {
        Some(until) if (month, day) > (until.month, until.day) => until.year - 1,
        Some(until) => until.year,
        None => lines().find_map(|line| year_of_rights(&line))?,
    };
    Date::new(year, month, day).map(|date| date.to_string())
}

/// The first whole date in a line.
fn date_in(line: &str) -> Option<Date> {
    let begins = |at: usize| !line[..at].ends_with(|c: char| c.is_ascii_digit());
    let mut digits = line.char_indices().filter(|(at, c)| c.is_ascii_digit() && begins(*at));
    digits.find_map(|(at, _)| Some(leading_date(&line[at..])?.0))
}

/// The last year in a line that reserves rights: © 2005-2023.
fn year_of_rights(line: &str) -> Option<i32> {
    if !(line.contains('©') || line.contains("版权所有") || line.to_ascii_lowercase().contains("copyright")) {
        return None;
    }
    let numbers = line.split(|c: char| !c.is_ascii_digit()).filter(|number| number.len() == 4);
    numbers.filter_map(|number| number.parse().ok()).filter(|year| (1990..2100).contains(year)).max()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_year_is_told_by_other_dates_or_by_whoever_reserves_rights() {
        let found = |dates: &[Option<&str>], line: &str| completed((12, 28), dates, &[line.to_owned()]);
        assert_eq!(found(&[None, Some("2023-12-29")], "").as_deref(), Some("2023-12-28"));
        assert_eq!(found(&[], "今天是2024年1月5日").as_deref(), Some("2023-12-28"));
        assert_eq!(found(&[], "Copyright © 2005-2023 湖滨网").as_deref(), Some("2023-12-28"));
        assert_eq!(found(&[], "电话：2005-2023"), None);
    }
}
