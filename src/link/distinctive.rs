//! Which names mean the same thing in every document, so that two documents that use one may be joined by it alone.
//!
//! A name that is taken for a name of one thing and is none joins what does not belong together; one that is not
//! recognised leaves a join to be found otherwise. So where the words do not say, the answer is no.
//!
//! 1. `words`, `known`: what the lists that come with the program say of the words that names are made of.
//! 2. `cover`: a name is cut into what is known in it, and what is left over: a word of its own.
//! 3. `organizations`, `titles`: what closes the name says what else must stand in it.

mod cover;
mod known;
mod organizations;
mod titles;
mod words;

use crate::text::characters::is_han;
use crate::text::normal;
use cover::Piece;
use words::{Class, Kind, begins, ends, is, is_chain};

pub(super) use known::prepare;
pub use organizations::organization;
pub use titles::{activity, work};

/// Whether a person's name is whole, so that it and a common organisation may tell that two documents mean the same
/// person. The name alone never does.
#[must_use]
pub fn person(name: &str) -> bool {
    let length = name.chars().count();
    let addressed = name.char_indices().skip(1).any(|(at, _)| is(&name[at..], Class::Address));
    // 老王 is what some call him, 乌方 a side.
    let pair = length == 2 && (begins(name, Class::Familiar) || ends(name, Class::Side));
    length > 1 && !pair && !addressed && !is_anonymous(name) && !is_torn(name)
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

/// Whether some characters in a row belong to no word that names share: 泰坦.
fn has_own_word(pieces: &[Piece<'_>]) -> bool {
    pieces.split(|p| !p.kind.is_single()).any(|run| run.len() > 1 && run.iter().any(|p| p.kind == Kind::Unknown))
}

/// Whether a name holds a place, a listed organisation or the nation.
fn is_somebodys(pieces: &[Piece<'_>]) -> bool {
    let nation = |p: &Piece<'_>| p.kind == Kind::Word(Class::Nation) && !is(p.text, Class::Central);
    pieces.iter().any(|p| p.is_name() || nation(p))
}

/// Whether a bracket or quotation mark lacks its other half, or a mark parts the words.
fn is_torn(name: &str) -> bool {
    const HALVES: [(char, char); 6] = [('(', ')'), ('“', '”'), ('《', '》'), ('‘', '’'), ('〔', '〕'), ('「', '」')];
    const PARTING: [char; 9] = ['、', ',', '。', ';', ':', '!', '?', '/', '|'];
    let marks: Vec<char> = name.chars().filter(|c| !is_han(*c) && !c.is_alphanumeric()).collect();
    let count = |mark: char| marks.iter().filter(|c| **c == mark).count();
    HALVES.iter().any(|(open, close)| count(*open) != count(*close)) || marks.iter().any(|mark| PARTING.contains(mark))
}

/// Whether a name hides whose it is: 某公司, A公司.
fn is_anonymous(name: &str) -> bool {
    let mut letters = name.chars();
    let lone = letters.next().is_some_and(|c| c.is_ascii_alphabetic()) && letters.next().is_some_and(|c| !c.is_ascii());
    lone || name.char_indices().any(|(at, c)| is(&name[at..at + c.len_utf8()], Class::Anonymous))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_called_by_a_whole_name() {
        for name in [
            "李震",
            "欧阳修",
            "习近平",
            "李东方",
            "钟南山",
            "约翰·史密斯",
            "艾力更·依明巴海",
            "王小红",
            "普京",
            "马克思",
        ] {
            assert!(person(name), "{name}");
        }
        for name in [
            "张某",
            "李某某",
            "李先生",
            "王女士",
            "老王",
            "小李",
            "李",
            "习主席",
            "陈老师",
            "乌方",
            "习近平等",
            "张×",
            "阿方",
            "李总理",
            "",
        ] {
            assert!(!person(name), "{name}");
        }
    }

    #[test]
    fn a_class_of_goods_or_diseases_is_called_by_its_name() {
        for name in [
            "口罩",
            "N95口罩",
            "医用防护服",
            "新冠疫苗",
            "小麦",
            "国家储备粮",
            "运载火箭",
            "机器人",
            "中药汤剂",
            "钢材",
        ] {
            assert!(product(name), "{name}");
        }
        for name in [
            "产品",
            "新产品",
            "物资",
            "医疗物资",
            "该产品",
            "设备",
            "核心技术",
            "优质服务",
            "他",
            "原材料",
            "东西",
            "其他物品",
            "",
        ] {
            assert!(!product(name), "{name}");
        }
        for name in
            ["新冠肺炎", "糖尿病", "H7N9禽流感", "埃博拉病毒", "肺癌", "先天性心脏病", "疟疾", "黄热病", "中暑", "麻疹"]
        {
            assert!(disease(name), "{name}");
        }
        for name in ["该病", "疾病", "病毒", "疫情", "基础疾病", "变异病毒", "其他疾病", "症状", "重症", "此病", ""]
        {
            assert!(!disease(name), "{name}");
        }
    }
}
