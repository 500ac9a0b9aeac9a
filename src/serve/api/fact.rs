//! A fact as the explorer shows it: who did what, and word for word where that is said.

use serde::Serialize;

use crate::annotation::{self, Annotation, Bound, Modality, Polarity, Value, amount};
use crate::graph;
use crate::link::Linking;
use crate::rdf::Iris;
use crate::serve::Loaded;
use crate::serve::utf16::Utf16;
use crate::span::CharSpan;

/// An entity by name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(in crate::serve) struct EntityRef {
    pub id: String,
    pub name: String,
    #[serde(rename = "type")]
    pub kind: String,
}

/// A document by its header.
#[derive(Debug, Clone, Serialize)]
pub(in crate::serve) struct DocumentRef {
    pub id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

#[derive(Debug, Serialize)]
struct Quantity {
    value: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    currency: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bound: Option<&'static str>,
    /// As tables show it: `>150000 只`.
    text: String,
}

#[derive(Debug, Serialize)]
struct Filler {
    role: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    entity: Option<EntityRef>,
    /// As the document has it, where that is not the entity's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quantity: Option<Quantity>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    /// Whether its words stand outside the evidence.
    elided: bool,
}

/// Words within a text.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
struct Mark {
    start: usize,
    end: usize,
    /// `trigger`, `quantity`, or the role that the words fill.
    role: String,
}

#[derive(Debug, Serialize)]
struct Evidence {
    /// In the document.
    start: usize,
    end: usize,
    text: String,
    /// Offsets into `text`, sorted, none over another.
    marks: Vec<Mark>,
    /// Whether it tells the fact again.
    also: bool,
}

/// A fact.
#[derive(Debug, Serialize)]
pub(in crate::serve) struct Fact {
    pub id: String,
    #[serde(rename = "type")]
    kind: String,
    pub label: String,
    polarity: Polarity,
    modality: Modality,
    #[serde(skip_serializing_if = "Option::is_none")]
    confidence: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last: Option<String>,
    roles: Vec<Filler>,
    document: DocumentRef,
    reprints: usize,
    evidence: Vec<Evidence>,
    #[serde(skip_serializing_if = "Option::is_none")]
    decision: Option<String>,
}

impl DocumentRef {
    /// Of a document that is stored under this id.
    pub fn of(annotation: &Annotation, id: String) -> Self {
        let Annotation { title, published, source, url, .. } = annotation.clone();
        Self { id, title, published, source, url }
    }
}

impl EntityRef {
    /// The entity of a document where these words mention it, or wherever it is mentioned.
    fn of(
        annotation: &Annotation,
        entity: &str,
        words: Option<CharSpan>,
        linking: &Linking,
        iris: &Iris,
    ) -> Option<Self> {
        let member = linking.member(&annotation.id, entity, words)?;
        Some(Self::of_identity(linking, member.identity, iris))
    }

    /// An identity.
    pub fn of_identity(linking: &Linking, at: usize, iris: &Iris) -> Self {
        let identity = &linking.identities[at];
        let iri = iris.entity(&identity.key).into_string();
        let id = iris.short(&iri).to_owned();
        Self { id, name: identity.name.clone(), kind: identity.kind.name().to_owned() }
    }
}

impl Loaded {
    /// A fact of the graph; none where it is not known by this IRI or has been rejected.
    pub(in crate::serve) fn fact(&self, iri: &str) -> Option<Fact> {
        let stated = self.stated_fact(iri)?;
        let (document, at) = *self.index.facts.get(iri)?;
        let annotation = self.contents.annotations.get(document)?;
        let fact = annotation.facts.get(at)?;
        let iris = self.workspace.iris();
        let linking = &self.contents.linking;
        let who = |entity: &str, words| EntityRef::of(annotation, entity, words, linking, iris);
        let id = self.short(iris.document(&annotation.id).as_str()).to_owned();
        let hash = self.short(iri).strip_prefix("fact/").unwrap_or_default();
        let decision = linking.verdict(&annotation.id, hash).map(|verdict| verdict.decision.clone());
        let mut told = told(annotation, fact, &Utf16::new(&annotation.text), who);
        told.id = self.short(iri).to_owned();
        told.label.clone_from(&stated.label);
        told.confidence = stated.confidence;
        if let Some(decision) = &decision {
            told.by = Some(format!("decision:{decision}"));
        }
        (told.first, told.last) = stated.days.clone().unzip();
        told.document = DocumentRef::of(annotation, id);
        told.decision = decision;
        Some(told)
    }

    /// What the store states of a fact.
    pub(in crate::serve) fn stated_fact(&self, iri: &str) -> Option<&graph::Fact> {
        let facts = &self.stated.facts;
        facts.binary_search_by(|fact| fact.iri.as_str().cmp(iri)).ok().and_then(|at| facts.get(at))
    }
}

/// A fact of an annotation by itself; `who` says who an entity of it is where these words mention it.
pub(in crate::serve) fn told(
    annotation: &Annotation,
    fact: &annotation::Fact,
    points: &Utf16,
    who: impl Fn(&str, Option<CharSpan>) -> Option<EntityRef>,
) -> Fact {
    let spans = fact.evidence.or(fact.trigger).into_iter().map(|span| (span, false));
    let spans: Vec<_> = spans.chain(fact.also.iter().map(|span| (*span, true))).collect();
    let names: Vec<String> = annotation.fillers(fact).into_iter().map(|(_, words)| words).collect();
    let days = fact.roles.iter().filter(|filler| filler.role == "time").find_map(|filler| match &filler.value {
        Some(Value::Text(text)) => crate::text::time::days(text),
        _ => None,
    });
    Fact {
        id: fact.id.clone(),
        kind: fact.kind.clone(),
        label: names.join(" "),
        polarity: fact.polarity,
        modality: fact.modality,
        confidence: fact.confidence,
        by: fact.by.clone(),
        first: days.map(|(first, _)| first.to_string()),
        last: days.map(|(_, last)| last.to_string()),
        roles: fact.roles.iter().map(|one| filler(annotation, one, &who)).collect(),
        document: DocumentRef::of(annotation, annotation.id.clone()),
        reprints: annotation.reprints.len(),
        evidence: spans.into_iter().map(|(span, also)| evidence(annotation, fact, span, also, points)).collect(),
        decision: None,
    }
}

fn filler(
    annotation: &Annotation,
    filler: &annotation::Filler,
    who: &impl Fn(&str, Option<CharSpan>) -> Option<EntityRef>,
) -> Filler {
    let span = span(filler.start, filler.end);
    let entity = filler.entity.as_deref().and_then(|id| who(id, span));
    let words = span.map(|span| annotation.words(span));
    let words = words.filter(|words| entity.as_ref().is_some_and(|entity| entity.name != *words));
    let (value, amount) = match &filler.value {
        Some(Value::Text(text)) => (Some(text.clone()), None),
        Some(Value::Quantity(quantity)) => (None, Some(quantity)),
        None => (None, filler.quantity.as_ref()),
    };
    Filler {
        role: filler.role.clone(),
        words: words.map(str::to_owned),
        entity,
        quantity: amount.map(quantity),
        value,
        elided: filler.elided,
    }
}

fn quantity(quantity: &annotation::Quantity) -> Quantity {
    Quantity {
        value: quantity.value,
        unit: quantity.unit.clone(),
        currency: quantity.currency.clone(),
        bound: quantity.bound.map(Bound::name),
        text: amount(quantity),
    }
}

/// Words that state a fact, with those in it that fill its roles.
fn evidence(
    annotation: &Annotation,
    fact: &annotation::Fact,
    within: CharSpan,
    also: bool,
    points: &Utf16,
) -> Evidence {
    let (start, end) = points.span(within);
    let mut wanted: Vec<(CharSpan, &str)> = fact.trigger.into_iter().map(|span| (span, "trigger")).collect();
    for filler in &fact.roles {
        wanted.extend(span(filler.start, filler.end).map(|span| (span, filler.role.as_str())));
        let quantity = filler.quantity.as_ref().or(match &filler.value {
            Some(Value::Quantity(quantity)) => Some(quantity),
            _ => None,
        });
        wanted.extend(quantity.and_then(|q| span(q.start, q.end)).map(|span| (span, "quantity")));
    }
    wanted.retain(|(span, _)| within.start <= span.start && span.end <= within.end && span.start < span.end);
    // Of words in words the longer ones are marked: a name tells more than a part of it.
    wanted.sort_by_key(|(span, role)| (span.start, std::cmp::Reverse(span.end), *role));
    let mut marks: Vec<Mark> = Vec::new();
    for (span, role) in wanted {
        let (from, to) = points.span(span);
        if marks.last().is_none_or(|last| last.end <= from - start) {
            marks.push(Mark { start: from - start, end: to - start, role: role.to_owned() });
        }
    }
    Evidence { start, end, text: annotation.words(within).to_owned(), marks, also }
}

fn span(start: Option<usize>, end: Option<usize>) -> Option<CharSpan> {
    start.zip(end).map(|(start, end)| CharSpan { start, end })
}
