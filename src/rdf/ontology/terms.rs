//! The terms that frames give: fact types, roles and direct edges, as triples.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{Literal, NamedNode, NamedNodeRef, Term, Triple};

use crate::annotation::EntityType;
use crate::rdf::vocab::{PREFIXES, owl, qudt, rdf, rdfs, schema as schema_org, skos, term, tupu, xsd};
use crate::schema::{Edge, Fills, Frame, Label, Role, Schema, ValueKind};

/// What the frames of a schema say of their terms, each list grouped by subject and predicate.
///
/// `time` is not among them: every frame has it, so it is described with what every graph has. Nor are other roles that
/// hold a time: the graph writes whatever time a fact has as `tupu:time`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Terms {
    /// The fact types, by their names.
    pub types: Vec<Triple>,
    /// The roles, by their names.
    pub roles: Vec<Triple>,
    /// The direct edges, by their names.
    pub edges: Vec<Triple>,
}

impl Terms {
    /// Those of the frames of `schema`.
    #[must_use]
    pub fn of(schema: &Schema) -> Self {
        let mut terms = Self::default();
        for frame in schema.frames() {
            fact_type(&mut Describe { subject: term(&frame.name), to: &mut terms.types }, frame);
        }
        for (name, uses) in roles(schema) {
            role(&mut Describe { subject: term(name), to: &mut terms.roles }, name, &uses, schema);
        }
        for (property, uses) in edges(schema) {
            edge(&mut Describe { subject: term(property), to: &mut terms.edges }, &uses, schema);
        }
        terms
    }

    /// All of them.
    pub fn into_triples(self) -> impl Iterator<Item = Triple> {
        self.types.into_iter().chain(self.roles).chain(self.edges)
    }
}

/// The roles that stand in the graph as properties of their own, each with the frames that have it.
pub(super) fn roles(schema: &Schema) -> BTreeMap<&str, Vec<(&Frame, &Role)>> {
    let mut roles: BTreeMap<&str, Vec<(&Frame, &Role)>> = BTreeMap::new();
    for frame in schema.frames() {
        for (name, role) in frame.roles.iter().filter(|(_, role)| role.fills != Fills::Value(ValueKind::Time)) {
            roles.entry(name).or_default().push((frame, role));
        }
    }
    roles
}

/// The direct edges, each with the frames that draw it.
pub(super) fn edges(schema: &Schema) -> BTreeMap<&str, Vec<(&Frame, &Edge)>> {
    let mut edges: BTreeMap<&str, Vec<(&Frame, &Edge)>> = BTreeMap::new();
    for frame in schema.frames() {
        for edge in &frame.edges {
            edges.entry(&edge.property).or_default().push((frame, edge));
        }
    }
    edges
}

/// The types that fill a role in any of these frames: those that usually do, and those that otherwise may.
pub(super) fn accepted<'a>(uses: impl IntoIterator<Item = &'a Role>) -> (BTreeSet<EntityType>, BTreeSet<EntityType>) {
    let (mut usually, mut sometimes) = (BTreeSet::new(), BTreeSet::new());
    for role in uses {
        if let Fills::Entity { usual, rare } = &role.fills {
            usually.extend(usual);
            sometimes.extend(rare);
        }
    }
    sometimes.retain(|kind| !usually.contains(kind));
    (usually, sometimes)
}

fn fact_type(to: &mut Describe<'_>, frame: &Frame) {
    to.say(rdf::TYPE, owl::CLASS);
    to.say(rdfs::SUB_CLASS_OF, tupu::FACT);
    to.called(rdfs::LABEL, &frame.label);
    to.called(rdfs::COMMENT, &frame.about);
    to.aligned(&frame.align);
}

fn role(to: &mut Describe<'_>, name: &str, uses: &[(&Frame, &Role)], schema: &Schema) {
    let Some((_, first)) = uses.first() else { return };
    let own = Label { zh: name.to_owned(), en: name.to_owned() };
    let (usually, sometimes) = accepted(uses.iter().map(|(_, role)| *role));
    let is_entity = matches!(first.fills, Fills::Entity { .. });
    let is_words = matches!(first.fills, Fills::Value(ValueKind::Text | ValueKind::Title));
    to.say(rdf::TYPE, if is_words { owl::DATATYPE_PROPERTY } else { owl::OBJECT_PROPERTY });
    to.say(rdf::TYPE, tupu::ROLE_CLASS);
    if is_entity {
        to.say(rdfs::SUB_PROPERTY_OF, tupu::INVOLVES);
    }
    to.called(rdfs::LABEL, schema.role_label(name).unwrap_or(&own));
    let counted = uses.iter().filter(|(_, role)| role.quantity).map(|(frame, _)| *frame);
    to.called(rdfs::COMMENT, &filled_by(&first.fills, &usually, &sometimes, &counted.collect::<Vec<_>>()));
    if uses.len() == schema.frames().count() {
        to.say(schema_org::DOMAIN_INCLUDES, tupu::FACT);
    } else {
        uses.iter().for_each(|(frame, _)| to.say(schema_org::DOMAIN_INCLUDES, term(&frame.name)));
    }
    match first.fills {
        Fills::Entity { .. } => to.kinds(schema_org::RANGE_INCLUDES, usually.iter().chain(&sometimes)),
        Fills::Value(ValueKind::Money | ValueKind::Count) => to.say(schema_org::RANGE_INCLUDES, qudt::QUANTITY_VALUE),
        Fills::Value(_) => to.say(schema_org::RANGE_INCLUDES, xsd::STRING),
    }
}

/// In words, what the filler of a role is.
fn filled_by(
    fills: &Fills,
    usually: &BTreeSet<EntityType>,
    sometimes: &BTreeSet<EntityType>,
    counted: &[&Frame],
) -> Label {
    let list = |kinds: &BTreeSet<EntityType>, between: &str| {
        kinds.iter().map(|kind| kind.name()).collect::<Vec<_>>().join(between)
    };
    let (zh, en) = match fills {
        Fills::Entity { .. } => {
            let mut zh = format!("通常由 {} 充当", list(usually, "、"));
            let mut en = format!("Usually filled by {}", list(usually, ", "));
            if !sometimes.is_empty() {
                zh += &format!("，有时由 {} 充当", list(sometimes, "、"));
                en += &format!("; sometimes by {}", list(sometimes, ", "));
            }
            (zh, en)
        }
        Fills::Value(ValueKind::Money) => (
            "一笔款项：带 qudt:numericValue 和 tupu:currency 的节点".to_owned(),
            "A sum of money: a node with qudt:numericValue and tupu:currency".to_owned(),
        ),
        Fills::Value(ValueKind::Count) => (
            "数目及其量词：带 qudt:numericValue 和 tupu:unit 的节点".to_owned(),
            "A number with its measure word: a node with qudt:numericValue and tupu:unit".to_owned(),
        ),
        Fills::Value(ValueKind::Title) => {
            ("职务，用原文的词语".to_owned(), "A post, in the words of the text".to_owned())
        }
        Fills::Value(_) => ("原文中的词语".to_owned(), "Words as they stand in the text".to_owned()),
    };
    if counted.is_empty() {
        return Label { zh: zh + "。", en: en + "." };
    }
    let zh_types = counted.iter().map(|frame| frame.name.as_str()).collect::<Vec<_>>();
    Label {
        zh: format!("{zh}；在 {} 中可带数量。", zh_types.join("、")),
        en: format!("{en}; may carry a quantity in {}.", zh_types.join(", ")),
    }
}

fn edge(to: &mut Describe<'_>, uses: &[(&Frame, &Edge)], schema: &Schema) {
    let Some((_, first)) = uses.first() else { return };
    to.say(rdf::TYPE, owl::OBJECT_PROPERTY);
    if uses.iter().all(|(_, edge)| edge.from == edge.to) {
        to.say(rdf::TYPE, owl::SYMMETRIC_PROPERTY);
    }
    to.say(rdf::TYPE, tupu::EDGE_CLASS);
    to.called(rdfs::LABEL, &first.label);
    let (mut zh, mut en) = (Vec::new(), Vec::new());
    for (frame, edge) in uses {
        let label = |role: &str| schema.role_label(role).map_or(role, |label| label.zh.as_str()).to_owned();
        let (from, to) = (label(&edge.from), label(&edge.to));
        zh.push(format!("“{}”为肯定且已发生的事实时，由{from}指向{to}。", frame.label.zh));
        en.push(format!(
            "Drawn from {} to {} by a fact of type {} that is stated as done: positive and actual.",
            edge.from, edge.to, frame.name
        ));
    }
    to.called(rdfs::COMMENT, &Label { zh: zh.concat(), en: en.join(" ") });
    let ends = |end: fn(&Edge) -> &str| -> BTreeSet<EntityType> {
        let (usually, sometimes) = accepted(uses.iter().filter_map(|(frame, edge)| frame.roles.get(end(edge))));
        usually.into_iter().chain(sometimes).collect()
    };
    to.kinds(schema_org::DOMAIN_INCLUDES, &ends(|edge| &edge.from));
    to.kinds(schema_org::RANGE_INCLUDES, &ends(|edge| &edge.to));
    let aligned: BTreeSet<&String> = uses.iter().flat_map(|(_, edge)| &edge.align).collect();
    to.aligned(aligned);
    uses.iter().for_each(|(frame, _)| to.say(rdfs::SEE_ALSO, term(&frame.name)));
}

/// Triples of one subject.
struct Describe<'a> {
    subject: NamedNode,
    to: &'a mut Vec<Triple>,
}

impl Describe<'_> {
    fn say(&mut self, predicate: NamedNodeRef<'_>, object: impl Into<Term>) {
        let triple = Triple::new(self.subject.clone(), predicate, object);
        if !self.to.contains(&triple) {
            self.to.push(triple);
        }
    }

    fn called(&mut self, predicate: NamedNodeRef<'_>, words: &Label) {
        for (language, words) in [("zh", &words.zh), ("en", &words.en)] {
            if !words.is_empty() {
                self.say(predicate, Literal::new_language_tagged_literal_unchecked(words.as_str(), language));
            }
        }
    }

    fn kinds<'k>(&mut self, predicate: NamedNodeRef<'_>, kinds: impl IntoIterator<Item = &'k EntityType>) {
        kinds.into_iter().for_each(|kind| self.say(predicate, term(kind.name())));
    }

    /// Terms of other vocabularies: close to this one, never the same, since what a text states need not have happened.
    fn aligned<'t>(&mut self, terms: impl IntoIterator<Item = &'t String>) {
        for name in terms {
            let known = name.split_once(':').and_then(|(prefix, local)| {
                PREFIXES.iter().find(|(known, _)| *known == prefix).map(|(_, space)| format!("{space}{local}"))
            });
            if let Ok(iri) = NamedNode::new(known.as_deref().unwrap_or(name)) {
                self.say(skos::CLOSE_MATCH, iri);
            }
        }
    }
}
