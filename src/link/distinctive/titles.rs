//! Names of works and of events.

use super::cover::{Piece, cover, is_numeral};
use super::words::{Class, Kind, begins, ends, holds, is, is_chain, without_end};
use super::{has_own_word, is_anonymous, is_somebodys, is_torn};
use crate::link::LEXICON;
use crate::text::normal;

/// Characters from which on a title that tells its subject tells one work.
const LONG_TITLE: usize = 14;

/// Characters from which on the name of a law does: 网络安全法.
const LONG_LAW: usize = 5;

/// Whether a title, in its normal form and without brackets, is that of one work: no bare name of a kind of document
/// (实施方案), and where it ends with one, there is a place, an organisation or a subject of its own before it.
#[must_use]
pub fn work(name: &str) -> bool {
    let length = name.chars().count();
    if length < 2 || is_anonymous(name) || is_chain(name, Class::Document) {
        return false;
    }
    // A version of the same, 章程(修正案), which one (试行第三版) or for which years.
    let (name, note) = name.split_once('(').unwrap_or((name, ""));
    let mut tails = name.char_indices().map(|(at, _)| (&name[..at], &name[at..]));
    let Some((before, head)) = tails.find(|(_, tail)| LEXICON.works.contains(*tail) || is(tail, Class::Yearly)) else {
        return true;
    };
    if before.is_empty() || is(name, Class::Single) {
        return is(name, Class::Single);
    }
    // The title of what it changes stood in brackets of its own.
    if normal::is_anaphoric(name) || holds(name, Class::Amending) {
        return false;
    }
    let pieces = cover(before);
    let version = has_year(note) || holds(note, Class::Version);
    let told = is_somebodys(&pieces) || has_own_word(&pieces) || version;
    if ends(name, Class::Yearly) {
        return told && has_year(before) || has_year(name) && ends(name, Class::Dated);
    }
    let subject = begins(before, Class::About) && length >= LONG_TITLE;
    told || subject || is(head, Class::Law) && length >= LONG_LAW
}

/// Whether an event's name is that of one event everywhere: the edition or the year of a known series, or of what
/// holds a place or a word of its own, or the name of a campaign that has no other of its name.
#[must_use]
pub fn activity(name: &str) -> bool {
    let plain: String = name.chars().filter(|c| !matches!(c, '“' | '”')).collect();
    let whole = without_end(&plain, Class::Ceremony);
    if is(name, Class::Single) || is(whole, Class::Single) {
        return true;
    }
    !is_anonymous(name)
        && !is_torn(name)
        && !normal::is_anaphoric(name)
        && Event { name: &plain, whole, pieces: cover(&plain) }.is_one()
}

/// The name of an event, without quotation marks.
struct Event<'a> {
    name: &'a str,
    /// The name of the whole, where it is that of a part: without 开幕式.
    whole: &'a str,
    pieces: Vec<Piece<'a>>,
}

impl Event<'_> {
    /// Whether there is one of its name.
    fn is_one(&self) -> bool {
        let own = has_own_word(&self.pieces);
        let series = self.pieces.iter().any(|p| is(p.text, Class::Series));
        let routine = ends(self.name, Class::Routine);
        if self.is_placed_single() {
            return true;
        }
        if is_numbered(self.name, '届') || holds(self.name, Class::First) {
            return (own || series || is_somebodys(&self.pieces)) && (!routine || ends(self.name, Class::Sitting));
        }
        if is_numbered(self.name, '次') || has_year(self.name) {
            let named = own || self.pieces.iter().any(Piece::is_name);
            return (named || series) && (!routine || ends(self.name, Class::Congress));
        }
        self.is_summit() || self.is_games()
    }

    /// Whether the name of an event that has no other of its name stands behind where it was: 四川汶川地震.
    fn is_placed_single(&self) -> bool {
        let mut places = self.pieces.iter().take_while(|p| p.is_place());
        places.any(|p| [p.start, p.start + p.text.len()].iter().any(|at| is(&self.name[*at..], Class::Single)))
    }

    /// Whether it is what a body holds once in a place: 上海合作组织青岛峰会.
    fn is_summit(&self) -> bool {
        let listed = self.pieces.iter().any(|p| p.kind == Kind::Organization);
        let narrow = self.pieces.iter().any(|p| p.kind == Kind::Place { wide: false });
        listed && narrow && ends(self.name, Class::Summit)
    }

    /// Whether it is the games of a city, and no more is said of them.
    fn is_games(&self) -> bool {
        let bare = |p: &Piece<'_>| {
            p.is_place() || p.kind == Kind::Mark || is(p.text, Class::Series) || self.whole.len() <= p.start
        };
        ends(self.whole, Class::Games) && self.pieces.iter().any(Piece::is_place) && self.pieces.iter().all(bare)
    }
}

/// Whether a number stands before the first `unit` of a name: 第三届; the 新一届 is not the first.
fn is_numbered(name: &str, unit: char) -> bool {
    let before = name.split_once(unit).map_or("", |(before, _)| before);
    before.ends_with(is_numeral) && !ends(before, Class::Next)
}

/// Whether a year stands in a name: 2022.
fn has_year(name: &str) -> bool {
    name.split(|c: char| !c.is_ascii_digit())
        .any(|digits| digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(decide: fn(&str) -> bool, expected: bool, names: &[&str]) {
        let wrong: Vec<_> = names.iter().filter(|name| decide(name) != expected).collect();
        assert!(wrong.is_empty(), "not {expected}: {wrong:?}");
    }

    #[test]
    fn a_title_tells_one_work() {
        check(
            work,
            true,
            &[
                "三体",
                "民法典",
                "人世间",
                "我和我的祖国",
                "中华人民共和国传染病防治法",
                "网络安全法",
                "国家“十三五”规划纲要",
                "湖北省“十三五”规划纲要",
                "粤港澳大湾区发展规划纲要",
                "生物多样性公约",
                "2024年政府工作报告",
                "上海市2024年政府工作报告",
                "中国共产党章程(修正案)",
                "关于加强和改进乡村治理的指导意见",
                "义勇军进行曲",
            ],
        );
        check(
            work,
            false,
            &[
                "通知",
                "公告",
                "规划",
                "决定",
                "意见",
                "实施方案",
                "条例",
                "年度报告",
                "2023年年度报告",
                "招股说明书",
                "合作协议",
                "战略合作框架协议",
                "备忘录",
                "政府工作报告",
                "上海市政府工作报告",
                "“十三五”规划纲要",
                "宪法",
                "国务院关于修改部分行政法规的决定",
                "该方案",
                "疫情防控工作方案",
            ],
        );
    }

    #[test]
    fn an_edition_a_year_or_a_name_of_its_own_tells_one_event() {
        check(
            activity,
            true,
            &[
                "第三届中国国际进口博览会",
                "第三届进博会",
                "首届进博会",
                "2022年北京冬奥会",
                "北京冬奥会",
                "北京冬奥会开幕式",
                "里约奥运会",
                "2018年世界杯",
                "第十三届全国人民代表大会第三次会议",
                "十四届全国人大四次会议",
                "中国共产党第二十次全国代表大会",
                "党的二十大",
                "金砖国家领导人第十五次会晤",
                "上海合作组织青岛峰会",
                "“一带一路”倡议",
                "一带一路",
                "三峡工程",
                "西气东输",
                "四川汶川地震",
            ],
        );
        check(
            activity,
            false,
            &[
                "新闻发布会",
                "座谈会",
                "第二届运动会",
                "启动仪式",
                "抗击疫情",
                "国务院常务会议",
                "上海市疫情防控新闻发布会",
                "2020年武汉市新闻发布会",
                "第十五次缔约方大会",
                "第14号台风",
                "第二次全体会议",
                "第二批主题教育",
                "进博会",
                "冬奥会",
                "春晚",
                "2021年工作会议",
                "本届世界杯",
                "中央第十轮巡视",
            ],
        );
    }
}
