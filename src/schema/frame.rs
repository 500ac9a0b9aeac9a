//! One frame: its types, and how it is read from TOML and checked.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::SchemaError;
use super::sequence::Sequence;
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
    /// What it is for, in a sentence.
    pub about: String,
    /// Terms of other vocabularies that mean the same, as `schema:DonateAction`.
    pub align: Vec<String>,
    /// Which frame wins a verb that two frames want: the higher number.
    pub priority: i32,
    /// The roles by name, `time` and `place` among them.
    pub roles: BTreeMap<String, Role>,
    /// How it is said.
    pub patterns: Vec<Pattern>,
    /// What it draws between two fillers.
    pub edges: Vec<Edge>,
    /// Sentences with the facts that they must give.
    pub examples: Vec<Example>,
}

/// A name in two languages.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
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
    /// The possessor of the subject or object: A of A的B.
    Owner,
}

/// How a fact is said: by a trigger and the slots around it, or by a sequence of neighbouring words.
#[derive(Debug, Clone)]
pub struct Pattern {
    /// The words that state it; empty for a sequence.
    pub triggers: Vec<String>,
    /// Neighbouring elements, in the place of triggers.
    pub sequence: Option<Sequence>,
    /// The roles that a slot may fill, best first.
    pub slots: BTreeMap<Slot, Vec<String>>,
    /// What must be filled, all of it.
    pub needs: Vec<Need>,
    /// One of these words must stand in the object (收到…捐款).
    pub object_has: Vec<String>,
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
    /// What it says of polarity by itself (辞任 denies a position).
    pub polarity: Polarity,
    /// How sure a fact read by it is, 0 to 1.
    pub confidence: f64,
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
    fn parse(text: &str) -> Result<Self, String> {
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

// The file as written. Kept apart from the types above so that every mistake can be told with its line.

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFrame {
    name: Spanned<String>,
    label: Label,
    #[serde(default)]
    about: String,
    #[serde(default)]
    align: Vec<String>,
    #[serde(default)]
    priority: i32,
    roles: BTreeMap<String, Spanned<RawRole>>,
    patterns: Vec<Spanned<RawPattern>>,
    #[serde(default)]
    edges: Vec<Spanned<Edge>>,
    #[serde(default)]
    examples: Vec<Spanned<Example>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRole {
    #[serde(default)]
    label: Option<Label>,
    #[serde(default)]
    accepts: Vec<EntityType>,
    #[serde(default)]
    rarely: Vec<EntityType>,
    #[serde(default)]
    value: Option<ValueKind>,
    #[serde(default)]
    quantity: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPattern {
    #[serde(default)]
    triggers: Vec<String>,
    #[serde(default)]
    sequence: Option<String>,
    #[serde(default)]
    slots: BTreeMap<Slot, Vec<String>>,
    #[serde(default)]
    needs: Vec<String>,
    #[serde(default)]
    object_has: Vec<String>,
    #[serde(default)]
    not_before: Vec<String>,
    #[serde(default)]
    not_after: Vec<String>,
    #[serde(default = "yes")]
    elide: bool,
    #[serde(default)]
    carry: Vec<String>,
    #[serde(default)]
    known: bool,
    #[serde(default)]
    each: bool,
    #[serde(default)]
    polarity: Polarity,
    #[serde(default = "usual_confidence")]
    confidence: f64,
}

fn yes() -> bool {
    true
}

fn usual_confidence() -> f64 {
    0.8
}

impl Frame {
    /// Reads a frame from the text of its file.
    ///
    /// # Errors
    /// The first mistake, with file and line: broken TOML, an unknown key, role, slot or type, a pattern that can
    /// never give a fact.
    pub fn parse(file: &str, text: &str) -> Result<Self, SchemaError> {
        let line = |at: usize| text.get(..at).unwrap_or(text).matches('\n').count() + 1;
        let fail = |at: usize, message: String| SchemaError::Frame { file: file.to_owned(), line: line(at), message };
        let raw: RawFrame =
            toml::from_str(text).map_err(|e| fail(e.span().map_or(0, |s| s.start), e.message().replace('\n', " ")))?;
        if !is_word(raw.name.get_ref(), char::is_ascii_uppercase) {
            let message =
                format!("name {:?}: a fact type's name is an English word such as Donation", raw.name.get_ref());
            return Err(fail(raw.name.span().start, message));
        }
        let mut roles = BTreeMap::new();
        for (name, role) in raw.roles {
            let at = role.span().start;
            if !is_word(&name, char::is_ascii_lowercase) {
                return Err(fail(at, format!("role {name:?}: a role's name is an English word such as donor")));
            }
            let role = role.into_inner();
            let fills = match (role.value, role.accepts.is_empty()) {
                (Some(kind), true) => Fills::Value(kind),
                (None, false) => Fills::Entity { usual: role.accepts, rare: role.rarely },
                _ => {
                    let message = format!(
                        "role {name}: give either `accepts` (entity types) or `value` (text, money, count, time, title)"
                    );
                    return Err(fail(at, message));
                }
            };
            roles.insert(name, Role { label: role.label, fills, quantity: role.quantity, line: line(at) });
        }
        roles.entry("time".into()).or_insert_with(|| Role {
            label: Some(Label { zh: "时间".into(), en: "time".into() }),
            fills: Fills::Value(ValueKind::Time),
            quantity: false,
            line: 1,
        });
        roles.entry("place".into()).or_insert_with(|| Role {
            label: Some(Label { zh: "地点".into(), en: "place".into() }),
            fills: Fills::Entity { usual: vec![EntityType::Place], rare: vec![EntityType::Organization] },
            quantity: false,
            line: 1,
        });
        let known = |role: &str, at: usize| {
            if roles.contains_key(role) {
                Ok(())
            } else {
                let names: Vec<_> = roles.keys().map(String::as_str).collect();
                Err(fail(at, format!("unknown role {role}; this frame has {}", names.join(", "))))
            }
        };
        let mut patterns = Vec::new();
        for pattern in raw.patterns {
            let at = pattern.span().start;
            let p = pattern.into_inner();
            let sequence = p.sequence.as_deref().map(Sequence::parse).transpose().map_err(|m| fail(at, m))?;
            if p.triggers.is_empty() == sequence.is_none() {
                return Err(fail(at, "a pattern has either `triggers` or a `sequence`".into()));
            }
            if sequence.is_none() && p.slots.is_empty() {
                return Err(fail(at, "a pattern with triggers needs `slots`".into()));
            }
            if let Some(empty) = p.triggers.iter().find(|t| t.trim().is_empty()) {
                return Err(fail(at, format!("trigger {empty:?} is empty")));
            }
            if !(0.0..=1.0).contains(&p.confidence) {
                return Err(fail(at, format!("confidence {} is not between 0 and 1", p.confidence)));
            }
            for role in p
                .slots
                .values()
                .flatten()
                .map(String::as_str)
                .chain(sequence.iter().flat_map(Sequence::roles))
                .chain(p.carry.iter().map(String::as_str))
            {
                known(role, at)?;
            }
            let needs: Vec<Need> =
                p.needs.iter().map(|n| Need::parse(n)).collect::<Result<_, _>>().map_err(|m| fail(at, m))?;
            for role in needs.iter().flat_map(|n| &n.roles) {
                known(role, at)?;
            }
            patterns.push(Pattern {
                triggers: p.triggers,
                sequence,
                slots: p.slots,
                needs,
                object_has: p.object_has,
                not_before: p.not_before,
                not_after: p.not_after,
                elide: p.elide,
                carry: p.carry,
                known: p.known,
                each: p.each,
                polarity: p.polarity,
                confidence: p.confidence,
            });
        }
        let mut edges = Vec::new();
        for edge in raw.edges {
            let at = edge.span().start;
            let edge = edge.into_inner();
            for role in [&edge.from, &edge.to] {
                known(role, at)?;
                if matches!(roles[role].fills, Fills::Value(_)) {
                    return Err(fail(at, format!("role {role} holds a value; an edge joins two entities")));
                }
            }
            if !is_word(&edge.property, char::is_ascii_lowercase) {
                return Err(fail(
                    at,
                    format!("property {:?}: an edge's name is an English word such as donatedTo", edge.property),
                ));
            }
            edges.push(edge);
        }
        let mut examples = Vec::new();
        for example in raw.examples {
            let at = example.span().start;
            let example = example.into_inner();
            for role in example.facts.iter().flat_map(|f| f.roles.keys()) {
                known(role, at)?;
            }
            examples.push(example);
        }
        Ok(Self {
            file: file.to_owned(),
            name: raw.name.into_inner(),
            label: raw.label,
            about: raw.about,
            align: raw.align,
            priority: raw.priority,
            roles,
            patterns,
            edges,
            examples,
        })
    }
}

/// ASCII letters and digits, the first of a given case.
fn is_word(word: &str, first: fn(&char) -> bool) -> bool {
    word.chars().next().is_some_and(|c| first(&c)) && word.chars().all(|c| c.is_ascii_alphanumeric())
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

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"
name = "Gift"
label = { zh = "赠与", en = "gift" }
[roles]
giver = { accepts = ["Person"] }
sum = { value = "money" }
[[patterns]]
triggers = ["赠与"]
slots = { subject = ["giver"], object = ["sum"] }
needs = ["giver|sum"]
"#;

    fn refused(from: &str, to: &str) -> String {
        assert!(GOOD.contains(from));
        Frame::parse("gift.toml", &GOOD.replace(from, to)).unwrap_err().to_string()
    }

    #[test]
    fn a_frame_has_time_and_place_of_itself() {
        let frame = Frame::parse("gift.toml", GOOD).unwrap();
        assert_eq!(frame.roles.keys().collect::<Vec<_>>(), ["giver", "place", "sum", "time"]);
        assert_eq!(frame.patterns[0].needs, [Need { roles: vec!["giver".into(), "sum".into()], count: 1 }]);
    }

    #[test]
    fn mistakes_are_told_with_their_line() {
        assert!(refused("triggers", "trigers").starts_with("gift.toml:8: "));
        assert!(refused("\"Person\"", "\"Human\"").starts_with("gift.toml:5: "));
        assert!(refused("subject =", "subjekt =").starts_with("gift.toml:9: "));
        let message = refused("[\"giver\"]", "[\"donor\"]");
        assert!(message.starts_with("gift.toml:7: unknown role donor; this frame has giver"), "{message}");
        assert!(refused("value = \"money\"", "value = \"gold\"").starts_with("gift.toml:6: "));
        assert!(refused("\"Gift\"", "\"赠与\"").starts_with("gift.toml:2: "));
    }
}
