//! Names of places by the weights: what is none, and what stands beside the name in them.

use crate::annotate::tagger::Name;
use crate::annotate::token::{Pos, Token};
use crate::lexicon::{Heads, Lexicon};
use crate::span::Span;

/// The place that `name` is, cut to what names it; nothing where no words of it do.
pub(super) fn place(text: &str, tokens: &[Token], name: Name, lexicon: &Lexicon) -> Option<Name> {
    let span = cut(text, tokens, name.span, lexicon);
    let inside: Vec<Token> = tokens.iter().copied().filter(|t| span.contains(t.span)).collect();
    // 兰州 + 高新区: the kind of a place closes the name before it.
    let before = tokens.iter().find(|t| t.span.end == span.start);
    let closes = before.is_some_and(|t| t.pos == Pos::Place || is_listed(t.span.of(text), lexicon));
    let none = is_no_name(text, span, &inside, lexicon) && !(closes && is_kind(text, span, &inside, lexicon));
    (!none).then_some(Name { span, ..name })
}

/// Whether these words, taken for a place, name none: 国家湿地公园 is a kind of place, 中乌 are two countries, 花卉之乡 is
/// what a place is called for, 外交部长 is a post.
pub(crate) fn is_no_name(text: &str, span: Span, tokens: &[Token], lexicon: &Lexicon) -> bool {
    let words = span.of(text);
    if is_listed(words, lexicon) {
        return false;
    }
    lexicon.not_places.contains(words)
        || lexicon.is("not_place", words)
        || is_kind(text, span, tokens, lexicon)
        || lexicon.heads(words).0 != Heads::default()
        || lexicon.class("sides").any(|sides| words.ends_with(sides))
        || lexicon.class("place_byname").any(|end| words.len() > end.len() && words.ends_with(end))
        || is_partners(words, lexicon)
}

/// Whether the words say no more than what kind of place something is.
fn is_kind(text: &str, span: Span, tokens: &[Token], lexicon: &Lexicon) -> bool {
    let words = span.of(text);
    let covered = tokens.first().zip(tokens.last()).is_some_and(|(a, b)| a.span.join(b.span) == span);
    ["place_alone", "place_suffix"].iter().any(|class| lexicon.is(class, words))
        || covered && tokens.iter().all(|t| lexicon.is("place_kind", t.span.of(text)))
}

/// Whether these characters are countries, each in one: 中乌, 俄乌, 中蒙俄.
fn is_partners(words: &str, lexicon: &Lexicon) -> bool {
    let is = |class: &str, c: char| lexicon.is(class, c.encode_utf8(&mut [0; 4]));
    let country = |c: char| is("country_char", c);
    let partner = |c: char| country(c) || is("country_partner", c);
    let home = |c: char| is("home_country", c);
    let pair = |a: char, b: char| home(a) && partner(b) || country(a) && (country(b) || is("country_beside", b));
    match words.chars().collect::<Vec<_>>()[..] {
        [a, b] => pair(a, b) || pair(b, a),
        [_, _, _] => words.chars().any(home) && words.chars().all(country),
        _ => false,
    }
}

fn is_listed(words: &str, lexicon: &Lexicon) -> bool {
    // 日 is Japan, and the first character of more.
    words.chars().nth(1).is_some() && (lexicon.places.contains_key(words) || lexicon.is_town(words))
}

/// The part of `span` that names a place: 摩苏尔 of 大城市摩苏尔, 人民大会堂 of 人民大会堂北, 孟加拉国 of 孟加拉国外交部长.
fn cut(text: &str, tokens: &[Token], span: Span, lexicon: &Lexicon) -> Span {
    if is_listed(span.of(text), lexicon) {
        return span;
    }
    let word = |t: &Token| t.span.of(text);
    let mut span = whole(text, tokens, span, lexicon);
    let inside: Vec<&Token> = tokens.iter().filter(|t| span.contains(t.span)).collect();
    // 中尼 + 是.
    let stop = inside.last().filter(|last| last.span.end == span.end).and_then(|last| {
        let (at, _) = word(last).char_indices().next_back()?;
        let piece = at == 0 || !last.known;
        (piece && lexicon.is("place_stop", &word(last)[at..])).then_some(last.span.start + at)
    });
    if let Some(end) = stop.filter(|end| *end > span.start) {
        span.end = end;
    }
    span.start = start(text, &inside, span, lexicon);
    // The listed place that the name begins with.
    let Some(listed) = inside.iter().find(|t| t.span.start == span.start && is_listed(word(t), lexicon)) else {
        return span;
    };
    let behind = || inside.iter().filter(|t| t.span.start >= listed.span.end && t.span.end <= span.end);
    let told = behind().any(|t| {
        let word = word(t);
        word.chars().count() > 1 && lexicon.titles.contains(word) || lexicon.is("sides", word)
    });
    // 南海 + 采风.
    let does = behind().next_back().is_some_and(|t| {
        let (word, verb) = (word(t), t.pos == Pos::Verb && t.known);
        verb && word.chars().count() > 1 && !["name_verb", "place_suffix"].iter().any(|class| lexicon.is(class, word))
    });
    // Behind it goes on a word of which the name has the first character: 人民大会堂 + 北大厅.
    let goes_on = text[span.end..].chars().next().is_some_and(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let rest = Span::new(listed.span.end.min(span.end), span.end).of(text);
    let piece = goes_on && lexicon.is("place_piece", rest);
    if told || does || piece { listed.span } else { span }
}

/// `span` with the whole of a listed place that it has a piece of (西 + 安至安康高铁), and without the piece of another word
/// where the rest is no name (集装 + 箱码头) or a listed one (永定 + 土楼房).
fn whole(text: &str, tokens: &[Token], span: Span, lexicon: &Lexicon) -> Span {
    let mut out = span;
    for token in tokens.iter().filter(|t| t.span.overlaps(span) && !span.contains(t.span) && !t.span.contains(span)) {
        let listed = is_listed(token.span.of(text), lexicon);
        // 上海 + 洋山, though 海洋 is a word.
        let long = token.known && token.span.of(text).chars().count() > 2;
        if token.span.start < span.start {
            let rest = Span::new(token.span.end, span.end);
            let inside: Vec<Token> = tokens.iter().copied().filter(|t| rest.contains(t.span)).collect();
            if listed {
                out.start = token.span.start;
            } else if long && is_no_name(text, rest, &inside, lexicon) {
                out.start = rest.start;
            }
        } else if listed {
            out.end = token.span.end;
        } else if token.known && is_listed(Span::new(span.start, token.span.start).of(text), lexicon) {
            let piece = Span::new(token.span.start, span.end).of(text);
            out.end = if lexicon.is("place_suffix", piece) { out.end } else { token.span.start };
        }
    }
    out
}

/// Where the name begins behind what is told of the place (大城市 + 摩苏尔) or done to it (热烈祝贺 + 中国).
fn start(text: &str, inside: &[&Token], span: Span, lexicon: &Lexicon) -> usize {
    let word = |t: &Token| t.span.of(text);
    let mut start = span.start;
    for pair in inside.windows(2) {
        let (before, next) = (pair[0], pair[1]);
        let named = is_listed(word(next), lexicon) || matches!(next.pos, Pos::Place | Pos::Person) || !next.known;
        if before.span.start != start || !named || !lexicon.is("place_apposition", word(before)) {
            break;
        }
        start = before.span.end;
    }
    let Some(at) = inside.iter().position(|t| is_listed(word(t), lexicon)) else { return start };
    let none = |t: &Token| lexicon.not_places.contains(word(t));
    let open = |t: &Token| {
        t.known
            && word(t).chars().count() > 1
            && matches!(t.pos, Pos::Verb | Pos::Adverb | Pos::Adjective | Pos::VerbNoun | Pos::Idiom)
    };
    let (before, listed) = (&inside[..at], inside[at]);
    let done = before.iter().all(|t| none(t) || open(t))
        && before.iter().any(|t| none(t) || matches!(t.pos, Pos::Verb | Pos::Idiom));
    if done { listed.span.start } else { start }
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
        assert_eq!(left("中尼是好邻居。", "中尼是"), None);
        assert_eq!(left("繁忙的集装箱码头。", "箱码头"), None);
        assert_eq!(left("他会见孟加拉国外交部长。", "外交部长"), None);
        assert_eq!(left("素有柑橘之乡的美称。", "柑橘之乡"), None);
        assert_eq!(left("他来到晨光村。", "晨光村"), Some("晨光村"));
        assert_eq!(left("他来到龙口湿地公园。", "龙口湿地公园"), Some("龙口湿地公园"));
    }

    #[test]
    fn a_piece_of_a_listed_place_is_all_of_it() {
        assert_eq!(left("从西安至安康高铁开通。", "安至安康高铁"), Some("西安至安康高铁"));
    }

    #[test]
    fn what_stands_beside_the_name_is_no_part_of_it() {
        assert_eq!(left("他到了大城市摩苏尔。", "大城市摩苏尔"), Some("摩苏尔"));
        assert_eq!(left("在人民大会堂北大厅举行仪式。", "人民大会堂北"), Some("人民大会堂"));
        assert_eq!(left("在人民大会堂同客人会谈。", "人民大会堂同"), Some("人民大会堂"));
        assert_eq!(left("他们到南海采风创作。", "南海采风"), Some("南海"));
        assert_eq!(left("各国热烈祝贺中国取得成就。", "热烈祝贺中国"), Some("中国"));
        assert_eq!(left("他会见孟加拉国外交部长。", "孟加拉国外交部长"), Some("孟加拉国"));
    }
}
