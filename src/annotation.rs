//! The annotation format: what one document states, as JSON Lines. It is the one contract between reading a text
//! and building a graph. All offsets are half-open ranges of code points into `text`.

mod check;
mod identify;
mod simplified;
mod words;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::document::Document;
use crate::span::CharSpan;

pub use check::Invalid;
pub(crate) use identify::{amount, hexadecimal, in_words};
pub use words::{RESERVED, RESERVED_CLASSES, is_reserved_class};

/// The version of the format that this program writes, and the only one it reads.
pub const VERSION: u32 = 1;

/// The format as a JSON Schema, draft 2020-12, for whoever writes annotations without this program. It refuses what
/// [`Annotation::from_json`] refuses, as far as a schema can tell.
pub const SCHEMA: &str = include_str!("../ontology/annotation.schema.json");

/// What one document states.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Annotation {
    /// Version of the format; 1 where absent.
    #[serde(default = "version")]
    pub version: u32,
    /// The document's id.
    pub id: String,
    /// Headline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Date of publication, `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// Where the text came from: who published it, or an address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The address of the page that the text stood on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Who wrote it, as the document says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// Where the same text was printed again. All of them are one witness.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reprints: Vec<Reprint>,
    /// Language of the text, `zh`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The exact text that all offsets refer to.
    pub text: String,
    /// The entities mentioned.
    #[serde(default)]
    pub entities: Vec<Entity>,
    /// The facts stated.
    #[serde(default)]
    pub facts: Vec<Fact>,
}

fn version() -> u32 {
    VERSION
}

/// Another print of a document's text, with a header of its own.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reprint {
    /// Its id as a document.
    pub id: String,
    /// Headline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Date of publication, `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// Who published it, or an address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The address of the page that it stood on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Who wrote it, as it says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
}

/// A person, organisation, thing … that the document mentions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entity {
    /// Unique within the document.
    pub id: String,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: EntityType,
    /// The fullest name that the document gives it.
    pub name: String,
    /// Every place that refers to it, in the order of the text.
    #[serde(default)]
    pub mentions: Vec<CharSpan>,
}

/// The types of entities.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum EntityType {
    /// A named person.
    Person,
    /// An unnamed set of people.
    Group,
    /// An institution, firm, government body, team.
    Organization,
    /// A country, region, city, street, site.
    Place,
    /// Goods, materials, equipment, animals, services as goods.
    Product,
    /// A document, plan, notice, film, software.
    Work,
    /// A named or definite event, campaign, meeting, project.
    Activity,
    /// A disease or pathogen.
    Disease,
}

impl EntityType {
    /// All types, in the order of the format's description.
    pub const ALL: [Self; 8] = [
        Self::Person,
        Self::Group,
        Self::Organization,
        Self::Place,
        Self::Product,
        Self::Work,
        Self::Activity,
        Self::Disease,
    ];

    /// The name used in the format.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "Person",
            Self::Group => "Group",
            Self::Organization => "Organization",
            Self::Place => "Place",
            Self::Product => "Product",
            Self::Work => "Work",
            Self::Activity => "Activity",
            Self::Disease => "Disease",
        }
    }

    /// The type of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// No entity type has that name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no entity type {0:?}; there are {known}", known = EntityType::ALL.map(EntityType::name).join(", "))]
pub struct NoEntityType(String);

impl FromStr for EntityType {
    type Err = NoEntityType;

    fn from_str(name: &str) -> Result<Self, NoEntityType> {
        Self::from_name(name).ok_or_else(|| NoEntityType(name.to_owned()))
    }
}

impl fmt::Display for EntityType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// One fact: a type, its fillers, and the words that state it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// Unique within the document.
    pub id: String,
    /// The fact type, the name of a frame.
    #[serde(rename = "type")]
    pub kind: String,
    /// The word or words that state it; absent where it was read off apposition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trigger: Option<CharSpan>,
    /// The clause or sentence a reader must see to believe it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<CharSpan>,
    /// Further places that tell the fact again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<CharSpan>,
    /// One filler each.
    pub roles: Vec<Filler>,
    /// Affirmed or denied.
    #[serde(default)]
    pub polarity: Polarity,
    /// Done, planned or possible.
    #[serde(default)]
    pub modality: Modality,
    /// 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f64>,
    /// Which rule, model or person says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

impl Fact {
    /// Whether it is stated as something that happened: positive and actual.
    #[must_use]
    pub fn is_asserted(&self) -> bool {
        self.polarity == Polarity::Positive && self.modality == Modality::Actual
    }
}

/// Affirmed or denied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Polarity {
    /// Affirmed.
    #[default]
    Positive,
    /// Denied (没有, 未).
    Negative,
}

/// Done, planned or possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Modality {
    /// It is or was so.
    #[default]
    Actual,
    /// Intended (将, 拟, 计划).
    Planned,
    /// Possible (可能).
    Possible,
}

/// One filler of a role: an entity of the document, or a value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Filler {
    /// The role's name.
    pub role: String,
    /// The id of an entity. Either this or `value` is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity: Option<String>,
    /// A literal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
    /// How many of the entity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<Quantity>,
    /// A bound that stands beside the value; reading moves it into the value.
    #[serde(default, skip_serializing)]
    pub bound: Option<Bound>,
    /// First code point of the words it was read from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<usize>,
    /// Code point after those words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<usize>,
    /// Whether those words lie outside the evidence (an elided subject).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub elided: bool,
}

/// A literal filler.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged, expecting = "value: must be a text, or a number as {\"value\": 5, \"unit\": \"只\"}")]
pub enum Value {
    /// A text as it stands in the document, or a time in ISO 8601.
    Text(String),
    /// A count or a sum of money.
    Quantity(Quantity),
}

impl Value {
    /// The text, where it is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Quantity(_) => None,
        }
    }
}

/// A number of things, or a sum of money.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quantity {
    /// The number itself: 153.9万 is 1539000.
    #[serde(with = "number")]
    pub value: f64,
    /// The measure word as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// ISO 4217 code of a sum of money.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// Whether the number is a bound.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bound: Option<Bound>,
    /// First code point of its words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<usize>,
    /// Code point after its words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<usize>,
}

/// How a stated number bounds the real one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Bound {
    /// 超过, 余, 多.
    Over,
    /// 约, 近.
    About,
    /// 不到, 最多.
    Under,
}

impl Bound {
    /// The word used in the format.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Over => "over",
            Self::About => "about",
            Self::Under => "under",
        }
    }
}

/// Writes whole numbers without a decimal point, so that 1539000 does not become 1539000.0.
mod number {
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(value: &f64, to: S) -> Result<S::Ok, S::Error> {
        // Every whole number up to 2^53 has an exact i64.
        if value.fract() == 0.0 && value.abs() < 9_007_199_254_740_992.0 {
            #[allow(clippy::cast_possible_truncation)]
            to.serialize_i64(*value as i64)
        } else {
            to.serialize_f64(*value)
        }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<f64, D::Error> {
        f64::deserialize(from)
    }
}

impl Annotation {
    /// The document that was annotated.
    #[must_use]
    pub fn document(&self) -> Document {
        let Self { id, title, published, source, url, author, text, .. } = self.clone();
        Document { id, title, published, source, url, author, text }
    }

    /// Reads one annotation from one line of JSON and checks it.
    ///
    /// # Errors
    /// What is wrong with it, in one line.
    pub fn from_json(line: &str) -> Result<Self, Invalid> {
        let mut annotation: Self = serde_json::from_str(line).map_err(|e| Invalid::Json(e.to_string()))?;
        for filler in annotation.facts.iter_mut().flat_map(|f| &mut f.roles) {
            if let (Some(bound), Some(Value::Quantity(quantity))) = (filler.bound, &mut filler.value) {
                quantity.bound.get_or_insert(bound);
                filler.bound = None;
            }
        }
        annotation.check()?;
        Ok(annotation)
    }

    /// One line of JSON, without the line break.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Only maps with keys that are no strings and failing `Serialize` impls can fail here; there are none.
        serde_json::to_string(self).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(line: &str) -> String {
        Annotation::from_json(line).unwrap_err().to_string()
    }

    #[test]
    fn only_id_and_text_are_required() {
        let a = Annotation::from_json(r#"{"id":"a","text":"口罩"}"#).unwrap();
        assert_eq!((a.version, a.entities.len(), a.facts.len()), (1, 0, 0));
    }

    #[test]
    fn what_is_wrong_is_named() {
        assert!(refused(r#"{"id":"a"}"#).contains("text"));
        assert!(refused(r#"{"id":"a","text":"","colour":1}"#).contains("colour"));
        assert!(refused(r#"{"version":2,"id":"a","text":""}"#).contains("version 2"));
        let out = r#"{"id":"a","text":"口罩","entities":[{"id":"e","type":"Product","name":"口罩","mentions":[{"start":0,"end":3}]}]}"#;
        assert!(refused(out).contains("0..3"));
        let dangling = r#"{"id":"a","text":"口罩","facts":[{"id":"f","type":"Donation","roles":[{"role":"item","entity":"e9"}]}]}"#;
        assert!(refused(dangling).contains("e9"));
        let twice = r#"{"id":"a","text":"口罩","facts":[{"id":"f","type":"Donation","roles":[{"role":"polarity","value":"x"}]}]}"#;
        assert!(refused(twice).contains("polarity is no name"));
        assert!(
            refused(&twice.replace("polarity", "item").replace("Donation", "Person")).contains("Person is no name")
        );
        let empty = r#"{"id":"a","text":"口罩","facts":[{"id":"f","type":"Donation","evidence":{"start":1,"end":1},"roles":[]}]}"#;
        assert!(refused(empty).contains("1..1 is no range"));
    }

    #[test]
    fn whole_numbers_stay_whole() {
        let q = Quantity {
            value: 1_539_000.0,
            unit: Some("只".into()),
            currency: None,
            bound: None,
            start: None,
            end: None,
        };
        assert_eq!(serde_json::to_string(&q).unwrap(), r#"{"value":1539000,"unit":"只"}"#);
        let q = Quantity { value: 0.5, ..q };
        assert_eq!(serde_json::to_string(&q).unwrap(), r#"{"value":0.5,"unit":"只"}"#);
    }
}
