//! What a client takes, of what there is: RFC 9110, section 12.5.1.

use axum::http::HeaderMap;
use axum::http::header::ACCEPT;

/// One range of an Accept header: `text/*;q=0.5`. What else it says of a type is passed over.
struct Range<'a> {
    kind: &'a str,
    subkind: &'a str,
    quality: f32,
}

impl<'a> Range<'a> {
    fn parse(text: &'a str) -> Option<Self> {
        let mut parts = text.split(';').map(str::trim);
        let (kind, subkind) = parts.next()?.split_once('/')?;
        let quality = parts.find_map(|part| {
            let (name, value) = part.split_once('=')?;
            name.trim().eq_ignore_ascii_case("q").then(|| value.trim().parse().unwrap_or(0.0))
        });
        Some(Self { kind: kind.trim(), subkind: subkind.trim(), quality: quality.unwrap_or(1.0) })
    }

    /// How closely it names a media type; nothing where it does not.
    fn closeness(&self, media_type: &str) -> Option<u8> {
        let plain = media_type.split(';').next().unwrap_or_default().trim();
        let (kind, subkind) = plain.split_once('/')?;
        match (self.kind, self.subkind) {
            ("*", "*") => Some(0),
            (of, "*") => of.eq_ignore_ascii_case(kind).then_some(1),
            (of, sub) => (of.eq_ignore_ascii_case(kind) && sub.eq_ignore_ascii_case(subkind)).then_some(2),
        }
    }
}

/// The place in `offers`, media types with the best first, of the one that the client likes most. Among those that it
/// likes as much, one that it names goes before one that it lets in, what it names earlier before what it names later,
/// and else what is better here. Without an Accept header it takes anything.
pub(super) fn accepted<'o>(headers: &HeaderMap, offers: impl Iterator<Item = &'o str>) -> Option<usize> {
    let lines: Vec<&str> = headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok()).collect();
    let ranges: Vec<Range<'_>> = lines.iter().flat_map(|line| line.split(',')).filter_map(Range::parse).collect();
    if ranges.is_empty() {
        return Some(0);
    }
    let mut best: Option<(usize, (f32, u8, isize))> = None;
    for (at, offer) in offers.enumerate() {
        let close = ranges.iter().enumerate().filter_map(|(place, range)| Some((range.closeness(offer)?, place)));
        // The closest range says how much it is liked, the first of several.
        let Some((closeness, place)) = close.max_by_key(|(closeness, place)| (*closeness, -place.cast_signed())) else {
            continue;
        };
        let liked = (ranges[place].quality, closeness, -place.cast_signed());
        if liked.0 > 0.0 && best.is_none_or(|(_, other)| liked > other) {
            best = Some((at, liked));
        }
    }
    best.map(|(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    const OFFERS: [&str; 4] =
        ["application/sparql-results+json", "application/xml", "text/csv; charset=utf-8", "text/tab-separated-values"];

    fn check(accept: &'static str, expected: Option<usize>) {
        let headers = HeaderMap::from_iter([(ACCEPT, HeaderValue::from_static(accept))]);
        assert_eq!(accepted(&headers, OFFERS.into_iter()), expected, "{accept}");
    }

    #[test]
    fn the_client_gets_what_it_likes_most() {
        assert_eq!(accepted(&HeaderMap::new(), OFFERS.into_iter()), Some(0));
        check("*/*", Some(0));
        check("", Some(0));
        check("text/csv", Some(2));
        check("Text/CSV; Charset=utf-8", Some(2));
        check("text/html, text/*;q=0.4, application/xml;q=0.5", Some(1));
        check("text/html, text/*;q=0.6, application/xml;q=0.5", Some(2));
        check("text/tab-separated-values, text/csv", Some(3));
        check("*/*, text/csv", Some(2));
        check("*/*;q=0.8, text/csv;q=0.1", Some(0));
        check("text/*, text/csv;q=0", Some(3));
        check("application/xml;q=nonsense, text/csv;q=0.1", Some(2));
    }

    #[test]
    fn who_takes_nothing_that_there_is_gets_nothing() {
        for accept in ["text/html", "image/*", "*/*;q=0", "text/csv;q=0.0"] {
            check(accept, None);
        }
    }
}
