//! The types of a frame.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::sequence::Sequence;
use super::tally::Tally;
use crate::annotation::{EntityType, Modality, Polarity};

/// A fact type: its roles, the patterns that state it, the direct edges it draws.
#[derive(Debug, Clone)]
pub struct Frame {
    /// The file it was read from.
    pub file: String,
    /// The fact type's name, an upper-camel-case word.
    pub name: String,
    /// Its name for people.
    pub label: Label,
    /// What it is for, in a sentence; empty in a language that the file does not give.
    pub about: Label,
    /// Terms of other vocabularies that mean the same, as `schema:DonateAction`.
    pub align: Vec<String>,
    /// Which frame wins a verb that two frames want: the higher number.
    pub priority: i32,
    /// The role whose filler tells one fact from another: what is told again of it, in other words, is the same fact.
    pub unique: Option<String>,
    /// The roles by name, `time` and `place` among them.
    pub roles: BTreeMap<String, Role>,
    /// How it is said.
    pub patterns: Vec<Pattern>,
    /// What it draws between two fillers.
    pub edges: Vec<Edge>,
    /// Sentences with the facts that they must give.
    pub examples: Vec<Example>,
    /// The text of its file.
    pub text: String,
}

/// A name or a sentence in two languages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

/// A role of a fact type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// Its name for people, where this frame gives it.
    pub label: Option<Label>,
    /// What fills it.
    pub fills: Fills,
    /// Whether its filler may carry a quantity.
    pub quantity: bool,
    /// Its line in the frame's file.
    pub line: usize,
}

/// What fills a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fills {
    /// An entity; the usual types come first when fillers are ranked, the others are possible.
    Entity {
        /// Types that usually fill it.
        usual: Vec<EntityType>,
        /// Types that sometimes do.
        rare: Vec<EntityType>,
    },
    /// A literal.
    Value(ValueKind),
}

impl Fills {
    /// The type that fills it most.
    #[must_use]
    pub fn first(&self) -> Option<EntityType> {
        match self {
            Self::Entity { usual, .. } => usual.first().copied(),
            Self::Value(_) => None,
        }
    }
}

/// Kinds of literals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ValueKind {
    /// Words of the text.
    Text,
    /// A sum of money.
    Money,
    /// A number with its measure word.
    Count,
    /// A date, month, year or interval.
    Time,
    /// A post, as 党组书记.
    Title,
}

impl ValueKind {
    /// The word used in frames.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Money => "money",
            Self::Count => "count",
            Self::Time => "time",
            Self::Title => "title",
        }
    }
}

/// A grammatical place beside a trigger from which roles are filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Slot {
    /// Before the verb, or the topic carried from an earlier clause.
    Subject,
    /// After the verb.
    Object,
    /// After 将, 把 before the verb.
    Disposal,
    /// After 由, 被 before the verb.
    By,
    /// After 向, 给, 对 before the verb, and after 为, 替 where the pattern has no slot `for`.
    To,
    /// After 为, 替 before the verb.
    For,
    /// After 到, 给, 往, 至, 在 behind the verb.
    Goal,
    /// After 在 before the verb, and at the head of an earlier clause.
    At,
    /// After 从, 自, 来自.
    From,
    /// After 与, 和, 同, 跟 before the verb.
    With,
    /// After 通过, 经, 用 before the verb.
    Through,
    /// The noun behind V…的.
    Modified,
    /// The words behind 用于, 以, 来.
    Purpose,
    /// The verb phrase that follows in the same or the next clause.
    Next,
    /// What is said: the clauses behind the verb.
    Quote,
    /// The possessor of the subject or object: A of A的B.
    Owner,
    /// What the trigger, used as a noun, is about: A of A研发, A的生产. As text, with the trigger.
    Compound,
}

impl Slot {
    /// The word used in frames.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Subject => "subject",
            Self::Object => "object",
            Self::Disposal => "disposal",
            Self::By => "by",
            Self::To => "to",
            Self::For => "for",
            Self::Goal => "goal",
            Self::At => "at",
            Self::From => "from",
            Self::With => "with",
            Self::Through => "through",
            Self::Modified => "modified",
            Self::Purpose => "purpose",
            Self::Next => "next",
            Self::Quote => "quote",
            Self::Owner => "owner",
            Self::Compound => "compound",
        }
    }
}

/// How a fact is said: by a trigger and the slots around it, or by a sequence of neighbouring words.
#[derive(Debug, Clone)]
pub struct Pattern {
    /// The words that state it; empty for a sequence.
    pub triggers: Vec<String>,
    /// Neighbouring elements, in the place of triggers.
    pub sequence: Option<Sequence>,
    /// Numbers with a measure put together from words, in the place of triggers.
    pub tally: Option<Tally>,
    /// Names inside names, in the place of triggers.
    pub containment: Option<Containment>,
    /// The roles that a slot may fill, best first.
    pub slots: BTreeMap<Slot, Vec<String>>,
    /// What must be filled, all of it.
    pub needs: Vec<Need>,
    /// One of these words must stand in the object (收到…捐款).
    pub object_has: Vec<String>,
    /// One of these words must stand before the trigger in its sentence (满载…的列车抵达).
    pub preceded_by: Vec<String>,
    /// The trigger states nothing with one of these words directly behind it (捐赠仪式).
    pub not_before: Vec<String>,
    /// The trigger states nothing with one of these words directly before it.
    pub not_after: Vec<String>,
    /// Whether an absent subject may be taken from an earlier clause.
    pub elide: bool,
    /// Roles that may be taken from the object of an earlier clause where this one names none.
    pub carry: Vec<String>,
    /// Whether only mentions whose type is known may fill its roles, not nouns that no lexicon knows.
    pub known: bool,
    /// Whether 分别, 各 make a fact of every subject of a list (甲、乙分别捐了500元).
    pub each: bool,
    /// Whether what it fills belongs to the fact of the frame told last before (甲参加会见); without one there is no fact.
    pub joins: bool,
    /// What it says of polarity by itself (辞任 denies a position).
    pub polarity: Polarity,
    /// How sure a fact read by it is, 0 to 1.
    pub confidence: f64,
}

impl Pattern {
    /// The word directly beside a trigger that keeps it from stating anything, given what stands before and behind it.
    #[must_use]
    pub fn refused(&self, before: &str, behind: &str) -> Option<String> {
        let next = self.not_before.iter().find(|w| behind.starts_with(w.as_str())).map(|w| format!("{w} behind it"));
        let last = || self.not_after.iter().find(|w| before.ends_with(w.as_str())).map(|w| format!("{w} before it"));
        next.or_else(last)
    }

    /// Whether what stands before a trigger holds a word that the pattern asks for there, if it asks for any.
    #[must_use]
    pub fn follows(&self, before: &str) -> bool {
        self.preceded_by.is_empty() || self.preceded_by.iter().any(|w| before.contains(w.as_str()))
    }

    /// Whether the words of an object, or of what stands behind a trigger, hold one that the pattern waits for, if it
    /// waits for any.
    #[must_use]
    pub fn awaits(&self, words: &str) -> bool {
        self.object_has.is_empty() || self.object_has.iter().any(|w| words.contains(w.as_str()))
    }
}

/// A fact that a name states by beginning with another name: 东海大学出版社 beside 东海大学.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Containment {
    /// The role of the longer name.
    pub name: String,
    /// The role of the name that it begins with, which stands by itself elsewhere in the text.
    pub begins: String,
}

/// One of several roles must be filled (`donor|recipient`), or one of them so many times (`partner 2`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// The roles, any of which will do.
    pub roles: Vec<String>,
    /// How many fillers it must have.
    pub count: usize,
}

impl Need {
    /// Parses `donor|recipient` or `partner 2`.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let (roles, count) = match text.trim().split_once(' ') {
            Some((roles, count)) => {
                (roles, count.trim().parse().map_err(|_| format!("need {text:?}: {count:?} is no number"))?)
            }
            None => (text.trim(), 1),
        };
        Ok(Self { roles: roles.split('|').map(|r| r.trim().to_owned()).collect(), count })
    }

    /// Whether it is met, given how many fillers a role has.
    #[must_use]
    pub fn met(&self, fillers: impl Fn(&str) -> usize) -> bool {
        self.roles.iter().any(|r| fillers(r) >= self.count)
    }
}

/// A direct edge between two fillers.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edge {
    /// Role at its start.
    pub from: String,
    /// Role at its end.
    pub to: String,
    /// Its property, a lower-camel-case word in the `tupu:` namespace.
    pub property: String,
    /// Its name for people.
    pub label: Label,
    /// Terms of other vocabularies that mean the same, as `org:memberOf`.
    #[serde(default)]
    pub align: Vec<String>,
}

/// A sentence and the facts of this type that it must give.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// One or more sentences.
    pub text: String,
    /// Date of publication.
    #[serde(default)]
    pub published: Option<String>,
    /// The facts; none where the sentence must give none of this type.
    #[serde(default)]
    pub facts: Vec<ExampleFact>,
}

/// What a fact of an example must hold: per role its fillers as text. An entity by its name, with its quantity
/// behind it (`口罩 >150000只`); a sum as `50883 CNY`; a time in ISO 8601. `modality` and `polarity` where they
/// are not `actual` and `positive`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ExampleFact {
    /// Done, planned or possible.
    #[serde(default)]
    pub modality: Modality,
    /// Affirmed or denied.
    #[serde(default)]
    pub polarity: Polarity,
    /// Fillers by role.
    #[serde(flatten)]
    pub roles: BTreeMap<String, Vec<String>>,
}

/// Parts of a frame that are for people and for the graph: no text is read by them.
const NOT_READ_BY: [&str; 5] = ["label", "about", "align", "edges", "examples"];

impl Frame {
    /// What texts are read by, in one layout: comments, examples and the like aside, two frames that have the same read
    /// the same.
    #[must_use]
    pub fn rules(&self) -> String {
        // A frame's text has been read before; there is no other way to make one.
        let mut rules: toml::Table = toml::from_str(&self.text).unwrap_or_default();
        rules.retain(|part, _| !NOT_READ_BY.contains(&part));
        rules.to_string()
    }

    /// Whether its edges go with another frame's: one label for one property, and none that is called as a role.
    pub(super) fn agree(&self, other: &Self) -> Result<(), String> {
        for edge in &self.edges {
            let named = |theirs: &&Edge| theirs.property == edge.property && theirs.label != edge.label;
            if let Some(theirs) = other.edges.iter().find(named) {
                return Err(format!(
                    "edge {}: it is called {} here and {} in {}",
                    edge.property, edge.label.zh, theirs.label.zh, other.file
                ));
            }
        }
        let clash =
            |a: &Self, b: &Self| a.edges.iter().find(|e| b.roles.contains_key(&e.property)).map(|e| e.property.clone());
        match clash(self, other).or_else(|| clash(other, self)) {
            Some(word) => {
                Err(format!("{word} is a role here or in {} and an edge in the other; choose another word", other.file))
            }
            None => Ok(()),
        }
    }
}

impl Role {
    /// Whether two frames may share this role: one kind of filler, one label.
    pub(super) fn agree(&self, other: &Self) -> Result<(), String> {
        let same = match (&self.fills, &other.fills) {
            (Fills::Entity { .. }, Fills::Entity { .. }) => true,
            (Fills::Value(a), Fills::Value(b)) => a == b,
            _ => false,
        };
        if !same {
            return Err("it holds another kind of value".into());
        }
        match (&self.label, &other.label) {
            (Some(a), Some(b)) if a != b => Err(format!("it is called {} here and {}", a.zh, b.zh)),
            _ => Ok(()),
        }
    }

    /// How well an entity type fits: `Some(0)` usual, `Some(1)` rare, `None` not at all.
    #[must_use]
    pub fn rank(&self, kind: EntityType) -> Option<u8> {
        match &self.fills {
            Fills::Entity { usual, .. } if usual.contains(&kind) => Some(0),
            Fills::Entity { rare, .. } if rare.contains(&kind) => Some(1),
            _ => None,
        }
    }
}
