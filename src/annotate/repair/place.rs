//! Names of places by the weights: what is none, and what stands beside the name in them.

use crate::annotate::tagger::Name;
use crate::annotate::token::{Pos, Token};
use crate::lexicon::{Lexicon, longest_suffix};
use crate::span::Span;

/// The place that `name` is, cut to what names it; nothing where no words of it do.
pub(super) fn place(text: &str, tokens: &[Token], name: Name, lexicon: &Lexicon) -> Option<Name> {
    let span = cut(text, tokens, name.span, lexicon);
    let inside: Vec<Token> = tokens.iter().copied().filter(|t| span.contains(t.span)).collect();
    let whole = inside.first().zip(inside.last()).is_some_and(|(a, b)| a.span.join(b.span) == span);
    let none = lexicon.not_places.contains(span.of(text)) || whole && is_no_name(text, &inside, lexicon);
    (!none).then_some(Name { span, ..name })
}

/// Whether these words, taken for a place, name none: 国家湿地公园 is a kind of place, 中乌 are two countries, 花卉之乡 is
/// what a place is called for.
pub(crate) fn is_no_name(text: &str, tokens: &[Token], lexicon: &Lexicon) -> bool {
    let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return true };
    let words = first.span.join(last.span).of(text);
    if is_listed(words, lexicon) {
        return false;
    }
    let kind = |t: &Token| lexicon.is("place_kind", t.span.of(text));
    lexicon.not_places.contains(words)
        || lexicon.is("place_alone", words)
        || tokens.len() > 1 && tokens.iter().all(kind)
        || lexicon.class("place_byname").any(|end| words.len() > end.len() && words.ends_with(end))
        || is_partners(words, lexicon)
}

/// Whether these two characters are China and another country: 中乌.
fn is_partners(words: &str, lexicon: &Lexicon) -> bool {
    let mut chars = words.chars();
    let (Some(a), Some(b), None) = (chars.next(), chars.next(), chars.next()) else { return false };
    let is =
        |c: char| ["country_char", "country_partner"].iter().any(|class| lexicon.is(class, c.encode_utf8(&mut [0; 4])));
    a == '中' && is(b) || b == '中' && is(a)
}

fn is_listed(words: &str, lexicon: &Lexicon) -> bool {
    lexicon.places.contains_key(words) || lexicon.townships.contains(words)
}

/// The part of `span` that names a place: 摩苏尔 of 大城市摩苏尔, 人民大会堂 of 人民大会堂北, 孟加拉国 of 孟加拉国外交部长.
fn cut(text: &str, tokens: &[Token], span: Span, lexicon: &Lexicon) -> Span {
    if is_listed(span.of(text), lexicon) {
        return span;
    }
    let inside: Vec<&Token> = tokens.iter().filter(|t| span.contains(t.span)).collect();
    let word = |t: &Token| t.span.of(text);
    let mut start = span.start;
    for pair in inside.windows(2) {
        let (before, next) = (pair[0], pair[1]);
        let listed = is_listed(word(next), lexicon);
        let named = listed || matches!(next.pos, Pos::Place | Pos::Person) || !next.known;
        let told = lexicon.is("place_apposition", word(before));
        let done = before.pos == Pos::Verb && before.known && word(before).chars().count() > 1;
        if before.span.start != start || !(told && named || done && listed) {
            break;
        }
        start = before.span.end;
    }
    let span = Span::new(start, span.end);
    // The listed place that the name begins with.
    let Some(listed) = inside.iter().find(|t| t.span.start == start && is_listed(word(t), lexicon)) else {
        return span;
    };
    let rest = Span::new(listed.span.end, span.end).of(text);
    let last = inside.last().map_or("", |t| word(t));
    let post = lexicon.titles.contains(last) || lexicon.groups.contains(last);
    let body =
        longest_suffix(last, &lexicon.organization_suffixes).is_some_and(|s| s == last) && last.chars().count() > 1;
    // Behind it goes on a word of which the name has the first character: 人民大会堂 + 北大厅.
    let goes_on = text[span.end..].chars().next().is_some_and(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let piece = rest.chars().count() == 1 && goes_on && lexicon.is("place_piece", rest);
    if post || body && !lexicon.is("place_suffix", last) || piece { listed.span } else { span }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::token::Segmenter;
    use crate::annotation::EntityType;

    /// What of `words` in `text` is left as the name of a place.
    fn left<'a>(text: &'a str, words: &str) -> Option<&'a str> {
        let lexicon = Lexicon::embedded();
        let tokens = Segmenter::new(&lexicon, std::iter::empty()).tokens(text, Span::new(0, text.len()));
        let start = text.find(words).unwrap();
        let span = Span::new(start, start + words.len());
        let name = Name { span, kind: EntityType::Place, confidence: 0.9 };
        place(text, &tokens, name, &lexicon).map(|n| n.span.of(text))
    }

    #[test]
    fn ordinary_words_name_no_place() {
        assert_eq!(left("大家团结协作，共渡难关。", "团结协作"), None);
        assert_eq!(left("新增四处国家湿地公园。", "国家湿地公园"), None);
        assert_eq!(left("推动中乌关系发展。", "中乌"), None);
        assert_eq!(left("素有柑橘之乡的美称。", "柑橘之乡"), None);
        assert_eq!(left("他来到晨光村。", "晨光村"), Some("晨光村"));
        assert_eq!(left("他来到龙口湿地公园。", "龙口湿地公园"), Some("龙口湿地公园"));
    }

    #[test]
    fn what_stands_beside_the_name_is_no_part_of_it() {
        assert_eq!(left("他到了大城市摩苏尔。", "大城市摩苏尔"), Some("摩苏尔"));
        assert_eq!(left("在人民大会堂北大厅举行仪式。", "人民大会堂北"), Some("人民大会堂"));
        assert_eq!(left("在人民大会堂同客人会谈。", "人民大会堂同"), Some("人民大会堂"));
        assert_eq!(left("他会见孟加拉国外交部长。", "孟加拉国外交部长"), Some("孟加拉国"));
    }
}
