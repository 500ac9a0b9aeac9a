//! A text of the user's own, read and forgotten: it goes nowhere else, and nothing of it is kept.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use super::body::Body;
use super::documents::{Document, Mention};
use super::fact::{DocumentRef, EntityRef, told};
use crate::annotate::{self, Annotator};
use crate::annotation::{self, Annotation, EntityType};
use crate::document;
use crate::link::numbered;
use crate::rdf;
use crate::serve::Server;
use crate::serve::error::ApiError;
use crate::serve::utf16::Utf16;
use crate::span::CodePoints;
use crate::text::time;

/// So many bytes of text are read.
const LONGEST: usize = 200_000;
/// The id of the text, which is no document of the workspace.
const ID: &str = "text";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Text {
    text: String,
    title: Option<String>,
    /// `YYYY-MM-DD`.
    published: Option<String>,
}

/// What is read in a text. Its entities have ids of their own: `Organization:上海大学`, and `Person:李明-2` for the second
/// of a name.
#[derive(Serialize)]
pub(super) struct Annotated {
    #[serde(flatten)]
    document: Document,
    tokens: Vec<Token>,
}

#[derive(Serialize)]
struct Token {
    start: usize,
    end: usize,
    pos: String,
}

pub(super) async fn annotate(
    State(server): State<Arc<Server>>,
    Body(text): Body<Text>,
) -> Result<Json<Annotated>, ApiError> {
    let document = text.document()?;
    let loaded = server.loaded()?;
    super::blocking(move || Ok(Json(Annotated::of(&loaded.annotator, &document)))).await
}

impl Text {
    fn document(self) -> Result<document::Document, ApiError> {
        let Self { text, title, published } = self;
        if text.len() > LONGEST {
            let message = format!("the text has {} bytes; at most {LONGEST} are read at once", text.len());
            return Err(ApiError::new(StatusCode::PAYLOAD_TOO_LARGE, message));
        }
        let given = |words: &String| !words.trim().is_empty();
        let (title, published) = (title.filter(given), published.filter(given));
        if let Some(date) = &published
            && time::days(date).is_none_or(|(from, to)| from != to || from.to_string() != *date)
        {
            return Err(ApiError::bad(format!("published: {date:?} is no day; write it as 2020-02-10")));
        }
        Ok(document::Document { id: ID.to_owned(), title, published, text, ..document::Document::default() })
    }
}

impl Annotated {
    fn of(annotator: &Annotator, document: &document::Document) -> Self {
        let annotation = annotator.annotate(document);
        let points = Utf16::new(&annotation.text);
        let entities = entities(&annotation);
        let mut mentions = mentions(&annotation, &entities, &points);
        mentions.sort_by(|a, b| (a.start, Reverse(a.end), &a.entity).cmp(&(b.start, Reverse(b.end), &b.entity)));
        let fact = |fact: &annotation::Fact| {
            let mut told = told(&annotation, fact, &points, |id, _| entities.get(id).cloned());
            let named = |filler: &annotation::Filler| entities.get(filler.entity.as_deref()?).map(|e| e.name.as_str());
            told.label = rdf::label(&annotation, fact, annotator.schema(), named);
            told
        };
        let facts = annotation.facts.iter().map(fact).collect();
        let tokens = tokens(annotator, document, &points);
        let header = DocumentRef::of(&annotation, annotation.id.clone());
        let Annotation { text, author, .. } = annotation;
        Self { document: Document { document: header, author, text, mentions, facts, reprints: Vec::new() }, tokens }
    }
}

/// The entities of an annotation by their ids in it.
fn entities(annotation: &Annotation) -> BTreeMap<&str, EntityRef> {
    let mut running: BTreeMap<(EntityType, &str), usize> = BTreeMap::new();
    let mut known = BTreeMap::new();
    for annotation::Entity { id, kind, name, .. } in &annotation.entities {
        let nth = running.entry((*kind, name)).or_default();
        *nth += 1;
        let entity = EntityRef {
            id: format!("{kind}:{}", numbered(name, *nth)),
            name: name.clone(),
            kind: kind.name().to_owned(),
        };
        known.insert(id.as_str(), entity);
    }
    known
}

fn mentions(annotation: &Annotation, entities: &BTreeMap<&str, EntityRef>, points: &Utf16) -> Vec<Mention> {
    let of = |entity: &annotation::Entity| {
        let known = entities.get(entity.id.as_str());
        let mentions = entity.mentions.iter().map(|span| points.span(*span)).collect::<Vec<_>>();
        mentions.into_iter().filter_map(move |(start, end)| Some(Mention { start, end, entity: known?.clone() }))
    };
    annotation.entities.iter().flat_map(of).collect()
}

fn tokens(annotator: &Annotator, document: &document::Document, points: &Utf16) -> Vec<Token> {
    let chars = CodePoints::new(&document.text);
    let token = |word: annotate::Word<'_>| {
        let (start, end) = points.span(chars.chars(word.span));
        Token { start, end, pos: word.pos.to_string() }
    };
    annotator.tag(document).into_iter().flatten().map(token).collect()
}
