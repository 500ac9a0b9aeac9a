//! Dates as Chinese news states them, resolved against the date of publication: `2月10日`, `1月27、28日`,
//! `今天（2月5日）`, `11日`, `去年9月`, `今年上半年`.

use std::fmt;

pub use super::calendar::Date;
use super::stated::{self, Month, Part, Stated, Year};
use crate::span::Span;

/// A time that the text states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Time {
    /// Its words, the hour included where one follows, in bytes.
    pub span: Span,
    /// ISO 8601: a day, a month `2020-01`, a year `2020`, or an interval of two of them, `2020-01-27/2020-01-28`.
    pub value: String,
}

/// The times that `text` states, in order. What cannot be resolved is left out: without `published`, that is all that
/// has no year stated in the text before it.
#[must_use]
pub fn find(text: &str, published: Option<Date>) -> Vec<Time> {
    let mut reader = Reader { published, sentence_year: None, text_year: None, last: None };
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if matches!(c, '。' | '！' | '？' | '\n') {
            reader.sentence_year = None;
        }
        if let Some(stated) = stated::at(text, at) {
            let span = Span::new(at, stated.end);
            let planned = ["将于", "将在", "定于", "拟于", "预计", "计划于"].iter().any(|w| text[..at].ends_with(w));
            let since = ["以来", "至今"].iter().any(|w| text[stated.end..].starts_with(w));
            found.extend(reader.resolve(&stated, planned, since).into_iter().map(|value| Time { span, value }));
            at = stated.end;
        } else {
            at += c.len_utf8();
        }
    }
    found
}

/// A day, a month or a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Point {
    Day(Date),
    Month(i32, u32),
    Year(i32),
}

impl Point {
    const fn year(self) -> i32 {
        match self {
            Self::Day(Date { year, .. }) | Self::Month(year, _) | Self::Year(year) => year,
        }
    }

    /// `date`, as exact as this point.
    const fn like(self, date: Date) -> Self {
        match self {
            Self::Day(_) => Self::Day(date),
            Self::Month(..) => Self::Month(date.year, date.month),
            Self::Year(_) => Self::Year(date.year),
        }
    }

    /// Whether it ends before `other` begins.
    fn is_before(self, other: Self) -> bool {
        let (one, other) = (self.to_string(), other.to_string());
        let shared = one.len().min(other.len());
        one[..shared] < other[..shared]
    }

    fn a_year_before(self) -> Option<Self> {
        match self {
            Self::Day(Date { year, month, day }) => Date::new(year - 1, month, day).map(Self::Day),
            Self::Month(year, month) => Some(Self::Month(year - 1, month)),
            Self::Year(year) => Some(Self::Year(year - 1)),
        }
    }

    const fn month(self) -> Option<u32> {
        match self {
            Self::Day(Date { month, .. }) | Self::Month(_, month) => Some(month),
            Self::Year(_) => None,
        }
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(date) => date.fmt(f),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Year(year) => write!(f, "{year:04}"),
        }
    }
}

/// What is known while a text is read from its beginning.
struct Reader {
    published: Option<Date>,
    /// The year last stated in this sentence.
    sentence_year: Option<i32>,
    /// The year last stated in the text.
    text_year: Option<i32>,
    /// The day last stated.
    last: Option<Date>,
}

impl Reader {
    /// The values of what is stated; `planned` where the text looks ahead, `since` where it counts from there till now.
    fn resolve(&mut self, stated: &Stated, planned: bool, since: bool) -> Vec<String> {
        let Some(first) = self.point(&stated.first, None, planned) else { return Vec::new() };
        self.remember(&stated.first, first);
        if let Some((from, to)) = stated.first.months {
            let year = first.year();
            return vec![format!("{}/{}", Point::Month(year, from), Point::Month(year, to))];
        }
        // 今年以来 is the year; 今年1月以来 runs to the month of publication.
        let this_year = matches!(first, Point::Year(_)) && matches!(stated.first.year, Some(Year::Relative(_)));
        let first_is_stated = matches!(stated.first.year, Some(Year::Stated(_)));
        if since && let Some(now) = self.published.filter(|_| stated.second.is_none() && !this_year) {
            let now = first.like(now);
            // 今年6月以来, read in January, is of the year before.
            let from = if now.is_before(first) && !first_is_stated { first.a_year_before() } else { Some(first) };
            let from = from.filter(|from| !now.is_before(*from));
            return vec![from.map_or_else(|| first.to_string(), |from| format!("{from}/{now}"))];
        }
        let Some(second) = &stated.second else { return vec![first.to_string()] };
        let Some(second) = self.point(second, Some(first), planned) else { return vec![first.to_string()] };
        if let Point::Day(day) = second {
            self.last = Some(day);
        }
        let consecutive = matches!((first, second), (Point::Day(a), Point::Day(b)) if b.since(a) == 1);
        if (stated.range || consecutive) && !second.is_before(first) {
            vec![format!("{first}/{second}")]
        } else {
            vec![first.to_string(), second.to_string()]
        }
    }

    fn remember(&mut self, part: &Part, point: Point) {
        if part.year.is_some() {
            self.sentence_year = Some(point.year());
            self.text_year = Some(point.year());
        }
        if let Point::Day(day) = point {
            self.last = Some(day);
        }
    }

    /// `part` as a point in time; `after` is the one it continues (the 28日 of 1月27、28日).
    fn point(&self, part: &Part, after: Option<Point>, planned: bool) -> Option<Point> {
        if let Some(days) = part.relative_day {
            return Some(Point::Day(self.published?.plus(days)));
        }
        if part.same_day {
            return Some(Point::Day(self.last?));
        }
        let year = match part.year {
            Some(Year::Stated(year)) => Some(year),
            Some(Year::Relative(years)) => Some(self.published?.year + years),
            Some(Year::Same) => Some(self.text_year?),
            None => None,
        };
        let (year, month) = match (part.month, year) {
            (None, Some(year)) => return Some(Point::Year(year)),
            (None, None) if part.months.is_some() => {
                return Some(Point::Year(self.sentence_year.or(self.published.map(|p| p.year))?));
            }
            (None, None) => return self.lone_day(part.day?, after, planned),
            (Some(Month::Relative(months)), _) => {
                let published = self.published?;
                // Months since year 0, so that 上月 of a January lies in the year before.
                let count = published.year * 12 + i32::try_from(published.month).ok()? - 1 + months;
                (count.div_euclid(12), u32::try_from(count.rem_euclid(12)).ok()? + 1)
            }
            (Some(Month::Stated(month)), Some(year)) => (year, month),
            (Some(Month::Stated(month)), None) => (self.year_of(month, part.day, after, planned)?, month),
        };
        match part.day {
            Some(day) => Date::new(year, month, day).map(Point::Day),
            None => Some(Point::Month(year, month)),
        }
    }

    /// The year of a month that is stated without one.
    fn year_of(&self, month: u32, day: Option<u32>, after: Option<Point>, planned: bool) -> Option<i32> {
        if let Some(first) = after {
            return Some(first.year() + i32::from(first.month().is_some_and(|m| month < m)));
        }
        if let Some(year) = self.sentence_year {
            return Some(year);
        }
        let Some(published) = self.published else { return self.text_year };
        // News tells of the last months, or of the next: December in a text of February is the one before.
        let date = Date::new(published.year, month, day.unwrap_or(1).min(28))?;
        let ahead = date.since(published);
        Some(published.year - i32::from(ahead > 183) + i32::from(planned && ahead < -31))
    }

    /// `11日`: of the month of publication, or of the one before where it would lie ahead.
    fn lone_day(&self, day: u32, after: Option<Point>, planned: bool) -> Option<Point> {
        /// How many days ahead of its publication a text may name without saying that it plans.
        const AHEAD: i64 = 3;
        if let Some(first) = after {
            return Date::new(first.year(), first.month()?, day).map(Point::Day);
        }
        let Some(published) = self.published else {
            let last = self.last?;
            return Date::new(last.year, last.month, day).map(Point::Day);
        };
        let this = Date::new(published.year, published.month, day);
        if let Some(date) = this.filter(|d| planned || d.since(published) <= AHEAD) {
            return Some(Point::Day(date));
        }
        let end_of_previous = Date::new(published.year, published.month, 1)?.plus(-1);
        Date::new(end_of_previous.year, end_of_previous.month, day).map(Point::Day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `words=value`, joined by blanks, for a text published on 2020-02-10.
    fn told(text: &str) -> String {
        tell(text, Date::parse("2020-02-10"))
    }

    fn tell(text: &str, published: Option<Date>) -> String {
        let times = find(text, published);
        times.iter().map(|t| format!("{}={}", t.span.of(text), t.value)).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn days_months_and_years() {
        assert_eq!(told("2020年2月9日,他说"), "2020年2月9日=2020-02-09");
        assert_eq!(told("截至2月4日,共募集"), "2月4日=2020-02-04");
        assert_eq!(told("二〇二〇年一月二十三日"), "二〇二〇年一月二十三日=2020-01-23");
        assert_eq!(told("2010年中德"), "2010年=2010");
        assert_eq!(told("截至今年1月底"), "今年1月底=2020-01");
        assert_eq!(told("2020-02-08 07:00"), "2020-02-08 07:00=2020-02-08");
        assert_eq!(told("1月31号"), "1月31号=2020-01-31");
        assert_eq!(told("2月30日"), "");
    }

    #[test]
    fn relative_to_publication() {
        assert_eq!(told("今天（2月10日）和昨日"), "今天（2月10日）=2020-02-10 昨日=2020-02-09");
        assert_eq!(told("去年9月10日、本月9日、上月"), "去年9月10日=2019-09-10 本月9日=2020-02-09 上月=2020-01");
        assert_eq!(told("截至9日"), "9日=2020-02-09");
        assert_eq!(told("27日抵达"), "27日=2020-01-27");
        assert_eq!(told("将于27日抵达"), "27日=2020-02-27");
        assert_eq!(told("29号顺利运抵,于3号线"), "29号=2020-01-29");
        assert_eq!(told("12月1日"), "12月1日=2019-12-01");
        assert_eq!(told("6月举行"), "6月=2020-06");
        assert_eq!(told("今年上半年"), "今年上半年=2020-01/2020-06");
        assert_eq!(told("2月8日,发车。当天抵达"), "2月8日=2020-02-08 当天=2020-02-08");
    }

    #[test]
    fn intervals() {
        assert_eq!(told("已于1月27、28日发往"), "1月27、28日=2020-01-27/2020-01-28");
        assert_eq!(told("1月27日、28日"), "1月27日、28日=2020-01-27/2020-01-28");
        assert_eq!(told("1月27日至2月3日"), "1月27日至2月3日=2020-01-27/2020-02-03");
        assert_eq!(told("2019年12月28日至1月3日"), "2019年12月28日至1月3日=2019-12-28/2020-01-03");
        assert_eq!(told("2020年1月至4月"), "2020年1月至4月=2020-01/2020-04");
        assert_eq!(told("自去年11月以来、今年以来"), "去年11月=2019-11/2020-02 今年=2020");
        assert_eq!(tell("今年6月以来", Date::parse("2023-01-03")), "今年6月=2022-06/2023-01");
        assert_eq!(tell("2024年6月以来", Date::parse("2023-01-03")), "2024年6月=2024-06");
        assert_eq!(told("2020-2018年"), "2020-2018年=2020 2020-2018年=2018");
        assert_eq!(told("2018-2020年"), "2018-2020年=2018/2020");
        assert_eq!(told("2月3日和7日"), "2月3日和7日=2020-02-03 2月3日和7日=2020-02-07");
    }

    #[test]
    fn the_hour_belongs_to_the_words() {
        assert_eq!(told("2月5日上午9时30分,"), "2月5日上午9时30分=2020-02-05");
        assert_eq!(told("截至2月9日24时,"), "2月9日24时=2020-02-09");
        assert_eq!(told("2月9日0—24时"), "2月9日0—24时=2020-02-09");
    }

    #[test]
    fn without_publication_a_year_of_the_text_anchors() {
        assert_eq!(tell("2月5日,2016年9月,募集。10月3日", None), "2016年9月=2016-09 10月3日=2016-10-03");
        assert_eq!(tell("今天,昨日,今年,11日", None), "");
    }

    #[test]
    fn words_that_name_no_date() {
        for text in ["近日", "春节期间", "第11日", "10日内", "3日游", "去年同期", "5个月", "12.10日", "二日", "30年"]
        {
            assert_eq!(told(text), "", "{text}");
        }
    }
}
