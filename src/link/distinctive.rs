//! Which names mean the same thing in every document, so that two documents that use one may be joined by it alone.
//!
//! A name that is taken for a name of one thing and is none joins what does not belong together; one that is not
//! recognised leaves a join to be found otherwise. So where the words do not say, the answer is no.

mod cover;

use crate::lexicon::Lexicon;
use crate::text::normal;
use cover::{Class, Kind, Piece, any_class, class, cover, head, is, is_chain, is_listed, ordinary};

/// Whether an organisation's name, in its normal form, is that of one organisation everywhere: it holds a place, a
/// listed organisation or a word of its own, and what it closes with is no kind of body of which those have many.
#[must_use]
pub fn organization(name: &str, lexicon: &Lexicon) -> bool {
    if is(name, Class::Single) {
        return true;
    }
    if lexicon.organizations.contains_key(name) {
        return is_listed(name, lexicon);
    }
    let name = name.strip_suffix("(有限合伙)").unwrap_or(name);
    // Short forms in letters stand for many things.
    let letters = name.len() < 5 && name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    if letters || name.chars().count() < 3 || is_anonymous(name) || is_torn(name) {
        return false;
    }
    let pieces = cover(name, lexicon, class);
    let pointing = normal::is_anaphoric(name) && pieces.first().is_some_and(|p| p.kind.is_single());
    if pointing || is_cut(&pieces) || pieces.iter().any(|p| p.kind == Kind::Word(Class::Loose)) {
        return false;
    }
    one_of_its_name(name, &pieces, lexicon)
}

/// What [`organization`] asks, of a whole name.
fn one_of_its_name(name: &str, pieces: &[Piece<'_>], lexicon: &Lexicon) -> bool {
    let (head, class) = head(name, pieces, lexicon).unzip();
    let place = |piece: &Piece<'_>| matches!(piece.kind, Kind::Place { .. });
    let places = pieces.iter().filter(|p| place(p)).count();
    let narrow = pieces.iter().any(|p| p.kind == Kind::Place { wide: false });
    let listed = pieces.iter().rposition(|p| p.kind == Kind::Organization);
    let quoted = name.contains('“') && class != Some(Class::Many);
    let own = quoted || is_registered(name, pieces)
        || has_own_word(pieces) && (is_firm(head, lexicon) || has_own_word(&cover(name, lexicon, ordinary)));
    if !own && leads_up(pieces) || pieces.last().is_some_and(place) {
        return false;
    }
    if class == Some(Class::Sort) {
        return false;
    }
    if let Some(at) = listed {
        let rest = &name[offset(name, pieces.get(at + 1))..];
        return match class {
            _ if rest.is_empty() => true,
            Some(Class::Many) => matches!(rest, "公司" | "集团") || head == Some("公司") && places > 0 || own,
            Some(Class::Branch) => places > 0,
            Some(Class::Embassy) | None => own,
            Some(_) => true,
        };
    }
    let state = pieces.first().is_some_and(|p| is(p.text, Class::State)) && pieces.len() == 2;
    let nation = pieces.len() > 1 && pieces.iter().any(|p| p.kind == Kind::Word(Class::Nation));
    match class {
        // A made-up word stands alone as well (砺川), but 环资委 is short for what many have.
        None => own && places == 0 && !(name.chars().count() == 3 && name.ends_with(['委', '局', '办', '部', '处', '厅'])),
        Some(Class::Embassy) => places > 1 || own && places > 0,
        Some(Class::Branch) => own && places > 0,
        Some(Class::Small) => narrow && (own || is_specified(name, head, pieces)),
        Some(_) if own => true,
        Some(Class::Office) => places > 0 || state || nation,
        Some(Class::Local) => {
            let listed = head.is_some_and(|head| is(head, Class::Local));
            narrow || listed && places > 0 && is_specified(name, head, pieces)
        }
        Some(Class::Several) => (places > 0 || nation) && is_specified(name, head, pieces),
        Some(_) => false,
    }
}

/// Where `piece` begins in `name`, of which it is a part; the end where there is none.
fn offset(name: &str, piece: Option<&Piece<'_>>) -> usize {
    piece.map_or(name.len(), |p| p.text.as_ptr() as usize - name.as_ptr() as usize)
}

/// Whether something stands between the places of a name and its head that tells it from others there: 儿童, 第六.
fn is_specified(name: &str, head: Option<&str>, pieces: &[Piece<'_>]) -> bool {
    let end = name.len() - head.map_or(0, str::len);
    pieces
        .iter()
        .filter(|p| offset(name, Some(p)) < end)
        .skip_while(|p| matches!(p.kind, Kind::Place { .. }) && offset(name, Some(p)) == 0)
        .any(|p| match p.kind {
            Kind::Word(class) => class != Class::Nation,
            Kind::Number | Kind::Organization | Kind::Place { .. } => true,
            _ => false,
        })
}

/// Whether a name closes as those of firms do, which are made of ordinary words as well: 梦想科技.
fn is_firm(head: Option<&str>, lexicon: &Lexicon) -> bool {
    let suffix = head.and_then(|head| lexicon.organization_suffixes.get(head));
    suffix.is_some_and(|suffix| suffix.kind == "company")
}

/// Whether a company's registered name holds characters that no common word explains; the law asks for a word of its
/// own, which may look like parts of others: 中百 in 中百控股集团股份有限公司.
fn is_registered(name: &str, pieces: &[Piece<'_>]) -> bool {
    let ordinal = |p: &Piece<'_>| p.kind == Kind::Number && p.text.starts_with('第');
    let unexplained = |p: &&Piece<'_>| p.kind == Kind::Unknown || p.kind == Kind::Number && !ordinal(p);
    let bare = pieces.windows(2).any(|pair| pair.iter().all(|p| p.kind.is_single()));
    (name.ends_with("有限公司") || name.ends_with("有限责任公司")) && (bare || pieces.iter().any(|p| unexplained(&p)))
}

/// Whether some characters in a row belong to no word that names share: 泰坦.
fn has_own_word(pieces: &[Piece<'_>]) -> bool {
    pieces
        .split(|p| !p.kind.is_single())
        .any(|run| run.len() > 1 && run.iter().any(|p| p.kind == Kind::Unknown))
}

/// Whether common words stand before the first place or organisation, as they do in a cut from a sentence: 隆重庆祝
/// before 中国共产党. In a name the larger stands before the smaller.
fn leads_up(pieces: &[Piece<'_>]) -> bool {
    let named = |p: &Piece<'_>| matches!(p.kind, Kind::Place { .. } | Kind::Organization);
    let Some(at) = pieces.iter().position(named) else { return false };
    match pieces.get(..at) {
        None | Some([]) => false,
        Some([first, ..]) => match first.kind {
            Kind::Word(class) => !matches!(class, Class::Nation | Class::Front),
            Kind::Bare | Kind::Unknown => !is(first.text, Class::State),
            _ => false,
        },
    }
}

/// Whether the words were cut from a sentence or list several: 与上海公司, 等企业.
fn is_cut(pieces: &[Piece<'_>]) -> bool {
    let cuts = |p: &Piece<'_>| p.kind.is_single() && is(p.text, Class::Cut);
    let begins = match pieces {
        [first, second, ..] => cuts(first) && !second.kind.is_single(),
        _ => false,
    };
    let lists = pieces.windows(2).skip(1).any(|pair| match pair {
        [cut, next] => cuts(cut) && matches!(next.kind, Kind::Place { .. } | Kind::Organization),
        _ => false,
    });
    begins || lists || pieces.last().is_some_and(cuts)
}

/// Whether a bracket or quotation mark lacks its other half, or a mark parts the words.
fn is_torn(name: &str) -> bool {
    let count = |mark: char| name.chars().filter(|c| *c == mark).count();
    [('(', ')'), ('“', '”'), ('《', '》'), ('‘', '’'), ('〔', '〕'), ('「', '」')]
        .iter()
        .any(|(open, close)| count(*open) != count(*close))
        || name.contains(['、', ',', '。', ';', ':', '!', '?', '/', '|'])
}

/// Whether a name hides whose it is: 某公司, A公司.
fn is_anonymous(name: &str) -> bool {
    let mut letters = name.chars();
    let lone = letters.next().is_some_and(|c| c.is_ascii_alphabetic()) && letters.next().is_some_and(|c| !c.is_ascii());
    lone || name.char_indices().any(|(at, c)| is(&name[at..at + c.len_utf8()], Class::Anonymous))
}

/// Whether a person's name is whole, so that it and a common organisation may tell that two documents mean the same
/// person. The name alone never does.
#[must_use]
pub fn person(name: &str) -> bool {
    let characters: Vec<char> = name.chars().collect();
    let familiar = matches!(characters.as_slice(), ['老' | '小' | '阿' | '大', _]);
    let addressed = name.char_indices().skip(1).any(|(at, _)| is(&name[at..], Class::Address));
    // 乌方 is a side.
    let side = matches!(characters.as_slice(), [_, '方']);
    characters.len() > 1 && !familiar && !side && !addressed && !is_anonymous(name) && !is_torn(name)
}

/// Whether a title, in its normal form and without brackets, is that of one work: no bare name of a kind of document
/// (实施方案), and where it ends with one, there is a place, an organisation or a subject of its own before it.
#[must_use]
pub fn work(name: &str, lexicon: &Lexicon) -> bool {
    let length = name.chars().count();
    if length < 2 || is_anonymous(name) || is_chain(name, Class::Document) {
        return false;
    }
    // A version of the same, 章程(修正案), which one (试行第三版) or for which years.
    let (name, note) = name.split_once('(').unwrap_or((name, ""));
    let version = has_year(note) || note.contains('版');
    let mut tails = name.char_indices().map(|(at, _)| &name[at..]);
    let Some(head) = tails.find(|tail| lexicon.works.contains(*tail) || is(tail, Class::Yearly)) else {
        return true;
    };
    let before = &name[..name.len() - head.len()];
    if before.is_empty() || is(name, Class::Single) {
        return is(name, Class::Single);
    }
    if normal::is_anaphoric(name) {
        return false;
    }
    // The title of what it changes stood in brackets of its own.
    if ["关于修改", "关于修订", "关于废止", "关于表彰"].iter().any(|words| name.contains(words)) {
        return false;
    }
    let pieces = cover(before, lexicon, any_class);
    let told = is_somebodys(&pieces) || has_own_word(&pieces) || version;
    if ends(name, Class::Yearly) {
        return told && has_year(before) || has_year(name) && name.ends_with("政府工作报告");
    }
    let long = before.starts_with("关于") && length >= 14;
    let law = matches!(head, "法" | "法典") && length >= 5;
    told || long || law
}

/// Whether a name holds a place, a listed organisation or the nation.
fn is_somebodys(pieces: &[Piece<'_>]) -> bool {
    pieces.iter().any(|p| {
        let nation = p.kind == Kind::Word(Class::Nation) && p.text != "中央";
        nation || matches!(p.kind, Kind::Place { .. } | Kind::Organization)
    })
}

/// Whether a name ends with a word of a class, or is one.
fn ends(name: &str, class: Class) -> bool {
    name.char_indices().any(|(at, _)| is(&name[at..], class))
}

/// Whether a year stands in a name: 2022.
fn has_year(name: &str) -> bool {
    name.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20")))
}

/// Whether an event's name is that of one event everywhere: the edition or the year of a known series, or of what
/// holds a place or a word of its own, or the name of a campaign that has no other of its name.
#[must_use]
pub fn activity(name: &str, lexicon: &Lexicon) -> bool {
    let plain: String = name.chars().filter(|c| !matches!(c, '“' | '”')).collect();
    let whole = plain.trim_end_matches("开幕式").trim_end_matches("闭幕式");
    if is(name, Class::Single) || is(whole, Class::Single) {
        return true;
    }
    if is_anonymous(name) || is_torn(name) || normal::is_anaphoric(name) {
        return false;
    }
    let pieces = cover(&plain, lexicon, any_class);
    let place = pieces.iter().any(|p| matches!(p.kind, Kind::Place { .. }));
    let listed = pieces.iter().any(|p| p.kind == Kind::Organization);
    let where_it_was: usize =
        pieces.iter().take_while(|p| matches!(p.kind, Kind::Place { .. })).map(|p| p.text.len()).sum();
    if is(&plain[where_it_was..], Class::Single) {
        return true;
    }
    let told = is_somebodys(&pieces) || has_own_word(&pieces);
    let series = pieces.iter().any(|p| is(p.text, Class::Series));
    let routine = ends(&plain, Class::Routine);
    let sittings = ["会议", "大会", "全会", "年会"].iter().any(|tail| plain.ends_with(tail));
    let ordinal = |unit: char| {
        plain.find(unit).is_some_and(|at| plain[..at].ends_with(is_digit) && !plain[..at].ends_with("新一"))
    };
    if ordinal('届') || plain.contains("首届") {
        return (told || series) && (!routine || sittings);
    }
    let named = told && (place || listed || has_own_word(&pieces));
    if ordinal('次') || has_year(&plain) {
        return (named || series) && (!routine || plain.ends_with("代表大会"));
    }
    let narrow = pieces.iter().any(|p| p.kind == Kind::Place { wide: false });
    if listed && narrow && (plain.ends_with("峰会") || plain.ends_with("会晤")) {
        return true;
    }
    // The games of a city.
    place && ["奥会", "奥运会", "亚运会", "大运会", "世园会", "世博会"].iter().any(|tail| whole.ends_with(tail))
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || "一二三四五六七八九十".contains(c)
}

/// Whether goods are called by a word that means the same goods in every text: 口罩, not 新产品.
#[must_use]
pub fn product(name: &str) -> bool {
    !normal::is_anaphoric(name) && !is_chain(name, Class::Empty)
}

/// Whether a disease is called by its name, not by a word for any (疾病, 该病).
#[must_use]
pub fn disease(name: &str) -> bool {
    product(name)
}
