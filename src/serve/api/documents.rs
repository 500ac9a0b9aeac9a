//! Documents: listed, searched, and each with its text and what stands in it.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;

use super::fact::{DocumentRef, EntityRef, Fact};
use super::parameters::Parameters;
use crate::annotation::{Annotation, Reprint};
use crate::serve::error::ApiError;
use crate::serve::texts::Words;
use crate::serve::utf16::Utf16;
use crate::serve::{Loaded, Server};

/// So many are listed at once at most.
const MOST: usize = 500;

#[derive(Serialize)]
pub(in crate::serve) struct Documents {
    documents: Vec<Summary>,
    total: usize,
}

/// A document in a list.
#[derive(Serialize)]
struct Summary {
    #[serde(flatten)]
    document: DocumentRef,
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<String>,
    /// Code points of the text.
    length: usize,
    entities: usize,
    facts: usize,
    reprints: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    snippet: Option<Snippet>,
}

/// Words around what was searched for.
#[derive(Serialize)]
struct Snippet {
    text: String,
    marks: Vec<Mark>,
}

#[derive(Serialize)]
struct Mark {
    start: usize,
    end: usize,
}

/// A document with its text.
#[derive(Serialize)]
pub(in crate::serve) struct Document {
    #[serde(flatten)]
    pub document: DocumentRef,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    pub text: String,
    /// Sorted, the longer one first where two begin together; they may lie within each other.
    pub mentions: Vec<Mention>,
    pub facts: Vec<Fact>,
    pub reprints: Vec<DocumentRef>,
}

#[derive(Serialize)]
pub(in crate::serve) struct Mention {
    pub start: usize,
    pub end: usize,
    pub entity: EntityRef,
}

/// The order of a list.
#[derive(Clone, Copy)]
enum Sort {
    /// The newest first, those without a date last.
    Published,
    Title,
    /// Those of most facts first.
    Facts,
    Id,
}

/// The documents that have all words of `q` in title or text.
pub(super) async fn documents(
    State(server): State<Arc<Server>>,
    parameters: Parameters,
) -> Result<Json<Documents>, ApiError> {
    parameters.only(&[&["q", "offset", "limit", "sort"]])?;
    let loaded = server.loaded()?;
    let words = Words::new(parameters.one("q").unwrap_or_default());
    let (offset, limit) = (parameters.parsed("offset", 0)?, parameters.parsed("limit", 50)?.min(MOST));
    let sort = match parameters.one("sort").unwrap_or("published") {
        "published" => Sort::Published,
        "title" => Sort::Title,
        "facts" => Sort::Facts,
        "id" => Sort::Id,
        other => return Err(ApiError::bad(format!("sort={other}: there are published, title, facts, id"))),
    };
    super::blocking(move || {
        let found = loaded.listed(&words, sort);
        let total = found.len();
        let shown = found.into_iter().skip(offset).take(limit);
        Ok(Json(Documents { documents: shown.map(|at| loaded.summary(at, &words)).collect(), total }))
    })
    .await
}

/// The document of that `id`; of a reprint the one that it repeats.
pub(super) async fn document(
    State(server): State<Arc<Server>>,
    parameters: Parameters,
) -> Result<Json<Document>, ApiError> {
    parameters.only(&[&["id"]])?;
    let loaded = server.loaded()?;
    let id = parameters.needed("id")?.to_owned();
    super::blocking(move || {
        let document = loaded.document(&id).ok_or_else(|| ApiError::missing(format!("no document {id:?}")));
        document.map(Json)
    })
    .await
}

impl Loaded {
    /// The places of the documents with these words.
    fn listed(&self, words: &Words, sort: Sort) -> Vec<usize> {
        let mut found = self.texts().find(words);
        let annotation = |at: &usize| &self.contents.annotations[*at];
        // They are sorted by id as they stand.
        match sort {
            Sort::Published => found.sort_by_key(|at| Reverse(annotation(at).published.as_deref())),
            Sort::Title => found.sort_by_key(|at| (annotation(at).title.is_none(), annotation(at).title.as_deref())),
            Sort::Facts => found.sort_by_key(|at| Reverse(self.index.fact_counts.get(at))),
            Sort::Id => {}
        }
        found
    }

    fn summary(&self, at: usize, words: &Words) -> Summary {
        let annotation = &self.contents.annotations[at];
        let members = self.contents.linking.members(&annotation.id).iter();
        Summary {
            document: self.reference(annotation),
            author: annotation.author.clone(),
            length: annotation.text.chars().count(),
            entities: members.map(|member| member.identity).collect::<BTreeSet<_>>().len(),
            facts: self.index.fact_counts.get(&at).copied().unwrap_or_default(),
            reprints: annotation.reprints.len(),
            snippet: snippet(annotation, words),
        }
    }

    fn document(&self, id: &str) -> Option<Document> {
        let (iris, linking) = (self.workspace.iris(), &self.contents.linking);
        let annotation = self.annotation(&self.iri(id))?;
        let points = Utf16::new(&annotation.text);
        let mut mentions: Vec<Mention> = Vec::new();
        for member in linking.members(&annotation.id) {
            let entity = self.entity(member.identity);
            mentions.extend(member.mentions.iter().map(|span| {
                let (start, end) = points.span(*span);
                Mention { start, end, entity: entity.clone() }
            }));
        }
        mentions.sort_by(|a, b| (a.start, Reverse(a.end), &a.entity).cmp(&(b.start, Reverse(b.end), &b.entity)));
        let facts = annotation.fact_ids().into_iter().filter_map(|id| self.fact(iris.fact(&id).as_str()));
        Some(Document {
            document: self.reference(annotation),
            author: annotation.author.clone(),
            text: annotation.text.clone(),
            mentions,
            facts: facts.collect(),
            reprints: annotation.reprints.iter().map(|print| self.print(print)).collect(),
        })
    }

    fn reference(&self, annotation: &Annotation) -> DocumentRef {
        let iri = self.workspace.iris().document(&annotation.id).into_string();
        DocumentRef::of(annotation, self.short(&iri).to_owned())
    }

    fn print(&self, print: &Reprint) -> DocumentRef {
        let iri = self.workspace.iris().document(&print.id).into_string();
        let Reprint { title, published, source, url, .. } = print.clone();
        DocumentRef { id: self.short(&iri).to_owned(), title, published, source, url }
    }
}

/// Words of a text around those that were searched for.
fn snippet(annotation: &Annotation, words: &Words) -> Option<Snippet> {
    let found = words.snippet(&annotation.text)?;
    let text = annotation.words(found.within);
    let points = Utf16::new(text);
    let mark = |at: usize| points.of(at - found.within.start);
    let marks = found.found.iter().map(|span| Mark { start: mark(span.start), end: mark(span.end) });
    Some(Snippet { marks: marks.collect(), text: text.trim_end().to_owned() })
}
