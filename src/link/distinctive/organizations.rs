//! Names of organisations.

use super::cover::{Piece, cover, cover_with_ordinary, head};
use super::known::known;
use super::words::{Class, Kind, ends, is, without_end};
use super::{has_own_word, is_anonymous, is_torn};
use crate::link::LEXICON;
use crate::text::normal;

/// Whether an organisation's name, in its normal form, is that of one organisation everywhere: it holds a place, a
/// listed organisation or a word of its own, and what it closes with is no kind of body of which those have many.
#[must_use]
pub fn organization(name: &str) -> bool {
    if is(name, Class::Single) {
        return true;
    }
    if LEXICON.organizations.contains_key(name) {
        // Short forms that many go by are common words: 卫健委.
        return known(name).is_some_and(|known| known.kind == Kind::Organization);
    }
    let name = without_end(name, Class::Tail);
    // Short forms in letters stand for many things.
    let letters = name.len() < 5 && name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    if letters || name.chars().count() < 3 || is_anonymous(name) || is_torn(name) {
        return false;
    }
    let pieces = cover(name);
    let pointing = normal::is_anaphoric(name) && pieces.first().is_some_and(|p| p.kind.is_single());
    let loose = pieces.iter().any(|p| p.kind == Kind::Word(Class::Loose));
    !pointing && !loose && !is_cut(&pieces) && Body::of(name, &pieces).is_one()
}

/// What the words of an organisation's name say of it.
struct Body<'a> {
    name: &'a str,
    pieces: &'a [Piece<'a>],
    /// The word that closes the name, and what it says.
    head: Option<&'a str>,
    class: Option<Class>,
    /// How many places are named.
    places: usize,
    /// Whether there is a word of its own, which no other has.
    own: bool,
}

impl<'a> Body<'a> {
    fn of(name: &'a str, pieces: &'a [Piece<'a>]) -> Self {
        let (head, class) = head(name, pieces).unzip();
        let quoted = name.contains('“') && class != Some(Class::Many);
        let made_up = || is_firm(head) || has_own_word(&cover_with_ordinary(name));
        let own = quoted || is_registered(name, pieces) || has_own_word(pieces) && made_up();
        Self { name, pieces, head, class, places: pieces.iter().filter(|p| p.is_place()).count(), own }
    }

    /// Whether there is one of its name.
    fn is_one(&self) -> bool {
        let cut = !self.own && leads_up(self.pieces) || self.pieces.last().is_some_and(Piece::is_place);
        if cut || self.class == Some(Class::Sort) {
            return false;
        }
        match self.pieces.iter().rposition(|p| p.kind == Kind::Organization) {
            Some(owner) => self.is_one_of(owner),
            None => self.is_one_by_itself(),
        }
    }

    /// Whether the listed organisation at `owner` among the pieces, the last such, has one body of that name.
    fn is_one_of(&self, owner: usize) -> bool {
        let Some(rest) = self.pieces.get(owner + 1).map(|piece| &self.name[piece.start..]) else { return true };
        match self.class {
            Some(Class::Many) => {
                let firm = self.head.is_some_and(|head| is(head, Class::Firm));
                is(rest, Class::Firm) || firm && self.places > 0 || self.own
            }
            Some(Class::Branch) => self.places > 0,
            Some(Class::Embassy) | None => self.own,
            Some(_) => true,
        }
    }

    /// Whether there is one of its name, no listed organisation standing in it.
    fn is_one_by_itself(&self) -> bool {
        let narrow = self.pieces.iter().any(|p| p.kind == Kind::Place { wide: false });
        let placed = self.places > 0;
        match self.class {
            // A made-up word stands alone as well (砺川), but 环资委 is short for what many have.
            None => self.own && !placed && !(self.name.chars().count() == 3 && ends(self.name, Class::Closing)),
            Some(Class::Embassy) => self.places > 1 || self.own && placed,
            Some(Class::Branch) => self.own && placed,
            Some(Class::Small) => narrow && (self.own || self.is_specified()),
            Some(_) if self.own => true,
            Some(Class::Office) => placed || self.is_of_a_state() || self.is_of_the_nation(),
            Some(Class::Local) => {
                let listed = self.head.is_some_and(|head| is(head, Class::Local));
                narrow || listed && placed && self.is_specified()
            }
            Some(Class::Several) => (placed || self.is_of_the_nation()) && self.is_specified(),
            Some(_) => false,
        }
    }

    /// Whether it opens with a character for a country: 俄国防部.
    fn is_of_a_state(&self) -> bool {
        match self.pieces {
            [first, second, ..] => is(first.text, Class::State) && !second.kind.is_single(),
            _ => false,
        }
    }

    /// Whether a word for the nation stands in its name; the committees of the same number are those of several parties.
    fn is_of_the_nation(&self) -> bool {
        let nation = self.pieces.iter().any(|p| p.kind == Kind::Word(Class::Nation));
        nation && self.pieces.len() > 1 && !self.name.starts_with('第')
    }

    /// Whether something stands between the places of its name and the head that tells it from others there: 儿童, 第六.
    fn is_specified(&self) -> bool {
        let end = self.name.len() - self.head.map_or(0, str::len);
        let before = self.pieces.iter().filter(|p| p.start < end);
        before.skip_while(|p| p.is_place() && p.start == 0).any(|p| match p.kind {
            Kind::Word(class) => class != Class::Nation,
            Kind::Number | Kind::Organization | Kind::Place { .. } | Kind::Unknown => true,
            Kind::Bare | Kind::Mark => false,
        })
    }
}

/// Whether a name closes as those of firms do, which are made of ordinary words as well: 梦想科技.
fn is_firm(head: Option<&str>) -> bool {
    let suffix = head.and_then(|head| LEXICON.organization_suffixes.get(head));
    suffix.is_some_and(|suffix| suffix.kind == "company")
}

/// Whether a company's registered name holds characters that no common word explains; the law asks for a word of its
/// own, which may look like parts of others: 中百 in 中百控股集团股份有限公司.
fn is_registered(name: &str, pieces: &[Piece<'_>]) -> bool {
    let unexplained = |p: &Piece<'_>| match p.kind {
        Kind::Number => !p.text.starts_with('第'),
        kind => kind == Kind::Unknown,
    };
    let bare = |pair: &[Piece<'_>]| pair.iter().all(|p| p.kind.is_single());
    ends(name, Class::Registered) && (pieces.windows(2).any(bare) || pieces.iter().any(unexplained))
}

/// Whether common words stand before the first place or organisation, as they do in a cut from a sentence: 隆重庆祝
/// before 中国共产党. In a name the larger stands before the smaller.
fn leads_up(pieces: &[Piece<'_>]) -> bool {
    if !pieces.iter().any(Piece::is_name) {
        return false;
    }
    pieces.first().is_some_and(|first| match first.kind {
        Kind::Word(class) => !matches!(class, Class::Nation | Class::Front),
        Kind::Bare | Kind::Unknown => !is(first.text, Class::State),
        _ => false,
    })
}

/// Whether the words were cut from a sentence or list several: 与上海公司, 等企业.
fn is_cut(pieces: &[Piece<'_>]) -> bool {
    let cuts = |p: &Piece<'_>| p.kind.is_single() && is(p.text, Class::Cut);
    let begins = match pieces {
        [first, second, ..] => cuts(first) && !second.kind.is_single(),
        _ => false,
    };
    let lists = |pair: &[Piece<'_>]| match pair {
        [join, next] => is(join.text, Class::Join) && next.is_name(),
        _ => false,
    };
    begins || pieces.windows(2).skip(1).any(lists) || pieces.last().is_some_and(cuts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(expected: bool, names: &[&str]) {
        let wrong: Vec<_> = names.iter().filter(|name| organization(name) != expected).collect();
        assert!(wrong.is_empty(), "not {expected}: {wrong:?}");
    }

    #[test]
    fn a_place_a_listed_name_or_a_word_of_its_own_tells_an_organisation() {
        check(
            true,
            &[
                "外交部",
                "新华社",
                "清华大学",
                "协和医院",
                "华为公司",
                "泰坦科技",
                "泰坦科技有限公司",
                "砺川电子有限公司",
                "上海市第六人民医院",
                "复旦大学附属中山医院",
                "国务院扶贫办",
                "湖北省教育厅",
                "武汉市疫情防控指挥部",
                "内蒙古自治区党委",
                "中国外文局",
                "俄国防部",
                "中国驻英国大使馆",
                "广州火车站",
                "莫斯科大学",
                "中国红十字会南京分会",
                "中百控股集团股份有限公司",
                "武汉金银潭医院",
                "本溪钢铁有限公司",
            ],
        );
    }

    #[test]
    fn what_each_town_or_firm_has_one_of_tells_none() {
        check(
            false,
            &[
                "儿童医院",
                "公共卫生临床中心",
                "城市规划设计研究院",
                "第一附属医院",
                "机关党委",
                "市第六人民医院",
                "省教育厅",
                "县公安局交警大队",
                "疫情防控指挥部",
                "执法大队",
                "项目部",
                "技术有限公司",
                "科研团队",
                "中心血站",
                "自治区党委",
                "居家养老服务中心",
                "第九届董事会",
                "光明小学",
                "卫健委",
                "",
            ],
        );
    }

    #[test]
    fn what_a_place_or_a_body_has_many_of_tells_none() {
        check(
            false,
            &[
                "中国企业",
                "武汉医院",
                "湖北省医疗队",
                "江苏代表团",
                "上海分公司",
                "国务院工作组",
                "清华大学团队",
                "伊朗大使馆",
                "北京市各级党委",
                "武汉定点医院",
                "美国银行业",
                "广东省卫生部门",
                "中国队",
                "欧盟机构",
            ],
        );
    }

    #[test]
    fn a_place_that_several_divisions_are_called_by_needs_a_larger_one() {
        check(false, &["鼓楼区教育局", "朝阳区法院", "新华区人民医院", "通州区政府", "城关镇卫生院"]);
        check(true, &["南京市鼓楼区教育局", "北京市朝阳区法院", "海淀区教育局", "长沙县人民医院", "西安市公安局"]);
    }

    #[test]
    fn what_hides_a_name_or_was_cut_from_a_sentence_tells_none() {
        check(
            false,
            &[
                "某公司",
                "上海某科技公司",
                "X公司",
                "A公司",
                "××医院",
                "与上海公司",
                "等企业",
                "隆重庆祝中国共产党",
                "经国务院",
                "上海市政府和武汉市政府",
                "中央党校(国家行政学院",
                "本公司",
                "该中心",
                "CBC",
            ],
        );
    }
}
