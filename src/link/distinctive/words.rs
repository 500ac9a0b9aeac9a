//! What words of names say about whose name it is, from `name_words.tsv`.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::lexicon::lines;
use crate::link::words::{Words, bounds};

/// What a word of names says about whose name it is, from `name_words.tsv`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Class {
    /// Many names share it.
    Common,
    /// It counts or rates what it stands before, and so names none of them: 定点, 部分.
    Loose,
    /// What a place has one of: 教育局, 气象台.
    Office,
    /// What a place smaller than a country has one of by that name: 法院, 电视台, 科技.
    Local,
    /// What a place has several of, each with a word more in its name: 医院.
    Several,
    /// The same, where places that nobody can tell apart have them too: 小学.
    Small,
    /// What each place and each body has any number of, some of them with a name: 工作组.
    Many,
    /// The same, and none of them is named so: 企业, 部门.
    Sort,
    /// A part of a body that is called by its place: 分公司.
    Branch,
    /// What one state has in another: 大使馆.
    Embassy,
    /// It stands for the state in names of its offices: 国家, 中央.
    Nation,
    /// It may stand before the place in a name: 中共, 政协.
    Front,
    /// A character that stands for one country: 俄.
    State,
    /// A character that belongs to no name where one begins or ends with it, and that parts two names: 与.
    Cut,
    /// A sign of an anonymous name: 某.
    Anonymous,
    /// A word that each text means something else by: 产品.
    Empty,
    /// What is done again and again by one body: 座谈会.
    Routine,
    /// The name of an event, a campaign, a project, a law that has no other of its name: 一带一路.
    Single,
    /// A series of which each edition is known by its year alone: 世界杯.
    Series,
    /// A document that is written each year: 年度报告.
    Yearly,
    /// What a person is addressed by: 先生.
    Address,
    /// A word that many titles of documents share, beside the heads in `works.txt`: 双边.
    Document,
    /// A character that closes names of offices behind what they do: 新闻办.
    Closing,
    /// What a firm is called behind the name of its owner: 公司.
    Firm,
    /// What closes the registered names of companies: 有限公司.
    Registered,
    /// It stands behind a whole name and belongs to it: (有限合伙).
    Tail,
    /// It joins two names: 和.
    Join,
    /// It stands for a state, and for each party and body with a centre as well: 中央.
    Central,
    /// It closes the names of what is no smaller than a country: 洲.
    Wide,
    /// It makes a familiar name of a surname: 老.
    Familiar,
    /// Behind one character it makes the name of a side: 乌方.
    Side,
    /// It says which version of a document is meant: 版.
    Version,
    /// It opens what a document does to another one: 关于修改.
    Amending,
    /// It opens the subject of a document: 关于.
    About,
    /// What laws are called: 法.
    Law,
    /// A yearly document that its year alone tells: 政府工作报告.
    Dated,
    /// A part of an event that is called by the event: 开幕式.
    Ceremony,
    /// What is held in numbered sittings: 大会.
    Sitting,
    /// The same, of a body that has no others of the number: 代表大会.
    Congress,
    /// What a body holds once in a place: 峰会.
    Summit,
    /// Games and fairs that a city has once: 奥运会.
    Games,
    /// It says that an edition is the first: 首届.
    First,
    /// It stands before 届 and counts nothing: 新一届.
    Next,
}

/// What a piece of a name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A place that is the only one of its name.
    Place {
        /// Whether it is no smaller than a country.
        wide: bool,
    },
    /// A listed organisation.
    Organization,
    /// A number, with 第 or without.
    Number,
    /// A word of two characters or more.
    Word(Class),
    /// A character that many names share: 市.
    Bare,
    /// A character that belongs to nothing known.
    Unknown,
    /// A quotation mark, a hyphen: no character of a word.
    Mark,
}

impl Kind {
    pub(super) fn is_single(self) -> bool {
        matches!(self, Self::Bare | Self::Unknown)
    }
}

impl Class {
    /// What it is in names of organisations; none where it says nothing there, or names something by itself.
    const fn in_organizations(self) -> Option<Self> {
        use Class::{
            Address, Anonymous, Branch, Common, Cut, Document, Embassy, Empty, Front, Local, Loose, Many, Nation,
            Office, Routine, Series, Several, Small, Sort, State, Yearly,
        };
        match self {
            Common | Loose | Office | Local | Several | Small | Many | Sort | Branch | Embassy | Nation | Front
            | State | Cut => Some(self),
            Series | Empty | Routine | Yearly | Address | Document | Anonymous => Some(Common),
            _ => None,
        }
    }
}

/// The words of `name_words.tsv` with their classes, and those that organisations share, which are common unless the
/// list says more of them.
static WORDS: LazyLock<Words<Class>> = LazyLock::new(|| {
    let mut words = Words::listed("name_words.tsv");
    for word in lines("generic_organizations.txt") {
        if words.classes(word).iter().all(|class: &Class| class.in_organizations().is_none()) {
            words.add(word, Class::Common);
        }
    }
    words
});

/// All words of the list, in no order.
pub(super) fn all() -> impl Iterator<Item = &'static str> {
    WORDS.all()
}

/// What a word says in names of organisations.
pub(super) fn in_organizations(word: &str) -> Option<Class> {
    WORDS.classes(word).iter().find_map(|class| class.in_organizations())
}

/// Whether a word stands in the list with a class.
pub(super) fn is(word: &str, class: Class) -> bool {
    WORDS.is(word, class)
}

/// Whether a name ends with a word of a class, or is one.
pub(super) fn ends(name: &str, class: Class) -> bool {
    WORDS.ends(name, class)
}

/// Whether a name begins with a word of a class, or is one.
pub(super) fn begins(name: &str, class: Class) -> bool {
    WORDS.begins(name, class)
}

/// Whether a word of a class stands anywhere in a name.
pub(super) fn holds(name: &str, class: Class) -> bool {
    WORDS.of(class).iter().any(|word| name.contains(word))
}

/// A name without the words of a class that it ends with.
pub(super) fn without_end(name: &str, class: Class) -> &str {
    WORDS.ending(name, class).map_or(name, |at| without_end(&name[..at], class))
}

/// Whether `name` is a chain of words of one class.
pub(super) fn is_chain(name: &str, of: Class) -> bool {
    let bounds = bounds(name);
    // covered[i]: the first i characters are a chain.
    let mut covered = vec![true];
    for (last, &end) in bounds.iter().enumerate().skip(1) {
        covered.push((0..last).any(|first| covered[first] && is(&name[bounds[first]..end], of)));
    }
    covered.last().copied().unwrap_or(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::{column, rows};
    use crate::link::words::named;

    #[test]
    fn every_row_of_the_list_has_classes() {
        for row in rows("name_words.tsv") {
            assert!(column(&row, 1).split('|').all(|class| named::<Class>(class).is_some()), "{row:?}");
        }
    }
}
