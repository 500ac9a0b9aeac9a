//! Names of works and of events.

use super::cover::{Kind, cover};
use super::words::{Class, any_class, is, is_chain};
use super::{has_own_word, is_anonymous, is_somebodys, is_torn};
use crate::lexicon::Lexicon;
use crate::text::normal;

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
    // Where it was may stand before it: 四川汶川地震.
    let mut places = pieces.iter().take_while(|p| matches!(p.kind, Kind::Place { .. }));
    if places.any(|p| is(&plain[p.start..], Class::Single) || is(&plain[p.start + p.text.len()..], Class::Single)) {
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
    let bare = pieces.iter().all(|p| {
        matches!(p.kind, Kind::Place { .. } | Kind::Mark) || is(p.text, Class::Series) || whole.len() <= p.start
    });
    let games = ["奥会", "奥运会", "亚运会", "大运会", "世园会", "世博会"];
    place && bare && games.iter().any(|tail| whole.ends_with(tail))
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || "一二三四五六七八九十".contains(c)
}

/// Whether a name ends with a word of a class, or is one.
fn ends(name: &str, class: Class) -> bool {
    name.char_indices().any(|(at, _)| is(&name[at..], class))
}

/// Whether a year stands in a name: 2022.
fn has_year(name: &str) -> bool {
    name.split(|c: char| !c.is_ascii_digit())
        .any(|digits| digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(decide: fn(&str, &Lexicon) -> bool, expected: bool, names: &[&str]) {
        let lexicon = Lexicon::embedded();
        let wrong: Vec<_> = names.iter().filter(|name| decide(name, &lexicon) != expected).collect();
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
