//! Times as an annotation states them (a date, month, year or interval) as first and last day.

use std::fmt;

use super::calendar::Date;

/// A day of the Gregorian calendar; sorts by time and prints as ISO 8601.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    /// Year, 0 to 9999.
    pub year: u16,
    /// Month, from 1.
    pub month: u8,
    /// Day of the month, from 1.
    pub day: u8,
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// The first and the last day meant by `2020-01-27`, `2020-01`, `2020` or an interval of such; `None` for anything
/// else.
///
/// ```
/// let (from, to) = tupu::text::time::days("2020-02").unwrap();
/// assert_eq!((from.to_string(), to.to_string()), ("2020-02-01".into(), "2020-02-29".into()));
/// ```
#[must_use]
pub fn days(value: &str) -> Option<(Day, Day)> {
    let (first, last) = value.split_once('/').unwrap_or((value, value));
    let (from, to) = (whole(first)?.0, whole(last)?.1);
    (from <= to).then_some((from, to))
}

/// How many days after one the other is, both `YYYY-MM-DD`; `None` where one is no day.
///
/// ```
/// assert_eq!(tupu::text::time::between("2020-02-28", "2020-03-01"), Some(2));
/// ```
#[must_use]
pub fn between(first: &str, last: &str) -> Option<i64> {
    Some(Date::parse(last)?.since(Date::parse(first)?))
}

fn whole(value: &str) -> Option<(Day, Day)> {
    let parts: Vec<&str> = value.split('-').collect();
    let (first, last) = match parts.as_slice() {
        [year] => {
            let year = number(year, 4)?;
            (Day { year, month: 1, day: 1 }, Day { year, month: 12, day: 31 })
        }
        [year, month] => {
            let (year, month) = (number(year, 4)?, two(month)?);
            (Day { year, month, day: 1 }, Day { year, month, day: length(year, month) })
        }
        [year, month, day] => {
            let day = Day { year: number(year, 4)?, month: two(month)?, day: two(day)? };
            (day, day)
        }
        _ => return None,
    };
    let exists = |d: Day| (1..=12).contains(&d.month) && (1..=length(d.year, d.month)).contains(&d.day);
    (exists(first) && exists(last)).then_some((first, last))
}

fn two(digits: &str) -> Option<u8> {
    u8::try_from(number(digits, 2)?).ok()
}

fn number(digits: &str, length: usize) -> Option<u16> {
    (digits.len() == length && digits.bytes().all(|b| b.is_ascii_digit())).then(|| digits.parse().ok())?
}

fn length(year: u16, month: u8) -> u8 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_and_last_day() {
        let check = |value: &str, expected: Option<(&str, &str)>| {
            let days = days(value).map(|(from, to)| (from.to_string(), to.to_string()));
            assert_eq!(days, expected.map(|(from, to)| (from.to_owned(), to.to_owned())), "{value}");
        };
        check("2020-01-27", Some(("2020-01-27", "2020-01-27")));
        check("2019-02", Some(("2019-02-01", "2019-02-28")));
        check("2020", Some(("2020-01-01", "2020-12-31")));
        check("2020-01-27/2020-02", Some(("2020-01-27", "2020-02-29")));
        for bad in ["", "2020-02-30", "2020-13", "2020-1-2", "近日", "2020-02-01/2020-01-01", "2020-01-01-01", "+020"]
        {
            check(bad, None);
        }
    }
}
