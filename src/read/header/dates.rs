//! Dates beside headlines, as values.

use crate::text::date::Date;
use crate::text::prose::leading_date;

/// The date at the beginning of a labelled value; years of the Republic of China too (109年2月10日).
pub(super) fn day(text: &str) -> Option<(Date, &str)> {
    let text = text.trim_start_matches("中华").trim_start_matches("民国").trim_start();
    if let Some(found) = leading_date(text) {
        return Some(found);
    }
    let digits = text.find(|c: char| !c.is_ascii_digit())?;
    let year: i32 = text[..digits].parse().ok().filter(|year| (90..200).contains(year))?;
    let western = format!("{}{}", year + 1911, &text[digits..]);
    let (date, rest) = leading_date(&western)?;
    Some((date, &text[text.len() - rest.len()..]))
}
