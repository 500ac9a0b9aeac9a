//! Reading a frame from TOML, with every mistake told by its line.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::SchemaError;
use super::frame::{Containment, Edge, Example, Fills, Frame, Label, Need, Pattern, Role, Slot, ValueKind};
use super::sequence::Sequence;
use super::tally::Tally;
use super::words::{VOCABULARIES, is_foreign_term, is_word};
use crate::annotation::{EntityType, Polarity, RESERVED, is_reserved_class};

// The file as written.

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFrame {
    name: Spanned<String>,
    label: Label,
    #[serde(default)]
    about: Option<RawAbout>,
    #[serde(default)]
    align: Vec<Spanned<String>>,
    #[serde(default)]
    priority: i32,
    #[serde(default)]
    unique: Option<Spanned<String>>,
    roles: BTreeMap<String, Spanned<RawRole>>,
    patterns: Vec<Spanned<RawPattern>>,
    #[serde(default)]
    edges: Vec<Spanned<Edge>>,
    #[serde(default)]
    examples: Vec<Spanned<Example>>,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "a sentence, or one in each language: { zh = \"…\", en = \"…\" }")]
enum RawAbout {
    One(String),
    Both(Label),
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
    tally: Option<Tally>,
    #[serde(default)]
    containment: Option<Containment>,
    #[serde(default)]
    slots: BTreeMap<Slot, Vec<String>>,
    #[serde(default)]
    needs: Vec<String>,
    #[serde(default)]
    object_has: Vec<String>,
    #[serde(default)]
    preceded_by: Vec<String>,
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
    joins: bool,
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
        if is_reserved_class(raw.name.get_ref()) {
            let message =
                format!("name {}: the graph has another class of that name; choose another", raw.name.get_ref());
            return Err(fail(raw.name.span().start, message));
        }
        let aligned = |term: &str, at: usize| {
            if is_foreign_term(term) {
                return Ok(());
            }
            let known = VOCABULARIES.join(":, ");
            Err(fail(
                at,
                format!("align {term:?}: write a term such as schema:DonateAction (with {known}:) or its whole IRI"),
            ))
        };
        for term in &raw.align {
            aligned(term.get_ref(), term.span().start)?;
        }
        let mut roles = BTreeMap::new();
        for (name, role) in raw.roles {
            let at = role.span().start;
            if !is_word(&name, char::is_ascii_lowercase) {
                return Err(fail(at, format!("role {name:?}: a role's name is an English word such as donor")));
            }
            if RESERVED.contains(&name.as_str()) {
                return Err(fail(at, format!("role {name}: the graph uses that word for every fact; choose another")));
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
        if let Some(unique) = &raw.unique {
            known(unique.get_ref(), unique.span().start)?;
        }
        let mut patterns = Vec::new();
        for pattern in raw.patterns {
            let at = pattern.span().start;
            let p = pattern.into_inner();
            let sequence = p.sequence.as_deref().map(Sequence::parse).transpose().map_err(|m| fail(at, m))?;
            let ways = [!p.triggers.is_empty(), sequence.is_some(), p.tally.is_some(), p.containment.is_some()];
            if ways.into_iter().filter(|way| *way).count() != 1 {
                return Err(fail(
                    at,
                    "a pattern has either `triggers`, a `sequence`, a `tally` or a `containment`".into(),
                ));
            }
            // What is said behind a sequence is a role of its own.
            let quoted = usize::from(p.slots.contains_key(&Slot::Quote));
            if sequence.as_ref().is_some_and(|s| s.roles().len() + quoted < 2) {
                let message = "a sequence needs two roles or more, as \"{organization} {title} {person}\"";
                return Err(fail(at, message.into()));
            }
            if let Some(mistake) = p.tally.as_ref().and_then(Tally::mistake) {
                return Err(fail(at, mistake.into()));
            }
            if !p.triggers.is_empty() && p.slots.is_empty() {
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
                .chain(p.tally.iter().flat_map(Tally::roles))
                .chain(p.containment.iter().flat_map(|c| [c.name.as_str(), c.begins.as_str()]))
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
                tally: p.tally,
                containment: p.containment,
                slots: p.slots,
                needs,
                object_has: p.object_has,
                preceded_by: p.preceded_by,
                not_before: p.not_before,
                not_after: p.not_after,
                elide: p.elide,
                carry: p.carry,
                known: p.known,
                each: p.each,
                joins: p.joins,
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
            if RESERVED.contains(&edge.property.as_str()) {
                let message =
                    format!("property {}: the graph uses that word for every fact; choose another", edge.property);
                return Err(fail(at, message));
            }
            if roles.contains_key(&edge.property) {
                return Err(fail(at, format!("property {}: a role has that name; choose another", edge.property)));
            }
            for term in &edge.align {
                aligned(term, at)?;
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
            about: raw.about.map_or_else(Label::default, |about| match about {
                RawAbout::Both(both) => both,
                // Chinese where it has a Chinese character.
                RawAbout::One(zh) if zh.contains(|c| matches!(c, '\u{4e00}'..='\u{9fff}')) => {
                    Label { zh, ..Label::default() }
                }
                RawAbout::One(en) => Label { en, ..Label::default() },
            }),
            align: raw.align.into_iter().map(Spanned::into_inner).collect(),
            priority: raw.priority,
            unique: raw.unique.map(Spanned::into_inner),
            roles,
            patterns,
            edges,
            examples,
            text: text.to_owned(),
        })
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
        assert!(refused("[roles]", "unique = \"gift\"\n[roles]").starts_with("gift.toml:4: unknown role gift"));
        assert!(refused("\"Gift\"", "\"赠与\"").starts_with("gift.toml:2: "));
        let one = refused("triggers = [\"赠与\"]\nslots", "sequence = \"{giver} 赠与\"\nslots");
        assert!(one.starts_with("gift.toml:7: a sequence needs two roles"), "{one}");
        assert!(refused("sum = {", "quantity = {").starts_with("gift.toml:6: role quantity"));
        assert!(refused("\"Gift\"", "\"Person\"").starts_with("gift.toml:2: name Person"));
        assert!(refused("[roles]", "align = [\"foo:Bar\"]\n[roles]").starts_with("gift.toml:4: align \"foo:Bar\""));
        assert!(refused("[roles]", "about = 3\n[roles]").contains("a sentence"));
    }
}
