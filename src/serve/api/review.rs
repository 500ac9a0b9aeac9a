//! What may be one, what is decided, and deciding: as `tupu review` does it.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use tokio::task::spawn_blocking;

use super::body::Body;
use super::fact::EntityRef;
use super::parameters::Parameters;
use crate::annotation::EntityType;
use crate::decision::{self, Act};
use crate::link::around;
use crate::link::propose::{Proposal, by_names};
use crate::serve::error::ApiError;
use crate::serve::{Loaded, Server};
use crate::text::normal::normal;
use crate::workspace::{self, ReviewError, WorkspaceError};

/// So many candidates are shown at once at most.
const MOST: usize = 500;

#[derive(Serialize)]
pub(super) struct Review {
    candidates: Vec<Candidate>,
    /// How many there are.
    total: usize,
    /// All that stand, by date.
    decisions: Vec<Decision>,
}

/// Two entities that may be one.
#[derive(Serialize)]
struct Candidate {
    one: EntityRef,
    other: EntityRef,
    score: f64,
    /// What is alike: `one name`, `short name`, `legal form`, `one of several`, `one identifier`.
    why: &'static str,
    /// What the documents of both speak of, the most telling first.
    shared: Vec<EntityRef>,
    /// How many pairs there are of the same names.
    pairs: usize,
    /// Where each is mentioned first.
    places: Vec<Place>,
}

#[derive(Serialize)]
struct Place {
    document: String,
    text: String,
}

#[derive(Serialize)]
struct Decision {
    id: String,
    act: String,
    reason: String,
    date: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    unapplied: Option<String>,
}

/// What is to be decided, why and when.
#[derive(Deserialize)]
pub(super) struct Wanted {
    #[serde(flatten)]
    act: Asked,
    reason: String,
    /// `YYYY-MM-DD`.
    date: String,
}

/// Entities, facts, documents and decisions by id.
#[derive(Deserialize)]
#[serde(tag = "act", rename_all = "lowercase")]
enum Asked {
    Merge {
        entities: Vec<String>,
    },
    Split {
        entity: String,
        #[serde(default)]
        names: Vec<String>,
        #[serde(default)]
        documents: Vec<String>,
    },
    Distinguish {
        entities: [String; 2],
    },
    Rename {
        entity: String,
        to: String,
    },
    Retype {
        entity: String,
        to: EntityType,
    },
    Accept {
        fact: String,
    },
    Reject {
        fact: String,
    },
    Undo {
        decision: String,
    },
}

/// What was decided.
#[derive(Serialize)]
pub(super) struct Made {
    /// The decision's id.
    id: String,
    act: String,
    /// Decisions that rested on one that was taken back, and no longer apply: a line each.
    loosened: Vec<String>,
}

/// The candidates, of an entity called `name` or of `types` alone, and all decisions.
pub(super) async fn review(
    State(server): State<Arc<Server>>,
    parameters: Parameters,
) -> Result<Json<Review>, ApiError> {
    parameters.only(&[&["name", "types", "offset", "limit"]])?;
    let loaded = server.loaded()?;
    let (offset, limit) = (parameters.parsed("offset", 0)?, parameters.parsed("limit", 50)?.min(MOST));
    let name = parameters.one("name").map(normal);
    let types: Vec<String> = parameters.all("types").map(str::to_owned).collect();
    super::blocking(move || {
        let linking = &loaded.contents.linking;
        let named = |at: usize| name.as_ref().is_none_or(|name| linking.identities[at].name == *name);
        let of_type = |at: usize| types.is_empty() || types.iter().any(|t| t == linking.identities[at].kind.name());
        let all = loaded.proposals().iter();
        let all = all.filter(|pair| of_type(pair.one) && (named(pair.one) || named(pair.other)));
        let pairs = if name.is_some() { all.map(|pair| (pair, 1)).collect() } else { by_names(linking, all) };
        let shown = pairs.iter().skip(offset).take(limit);
        let candidates = shown.map(|(pair, of)| loaded.candidate(pair, *of)).collect();
        Ok(Json(Review { candidates, total: pairs.len(), decisions: loaded.decisions() }))
    })
    .await
}

/// Decides, and answers when the graph is the one that follows from it.
pub(super) async fn decide(
    State(server): State<Arc<Server>>,
    Body(wanted): Body<Wanted>,
) -> Result<Json<Made>, ApiError> {
    if !server.options.review {
        let message = "decisions are not made here; start tupu serve with --review";
        return Err(ApiError::new(StatusCode::FORBIDDEN, message));
    }
    // What is begun comes to its end, whether or not whoever asked still waits: one decision after the other.
    let deciding = tokio::spawn(async move {
        let _turn = server.reviewing.lock().await;
        let server = Arc::clone(&server);
        spawn_blocking(move || server.decide(wanted)).await
    });
    match deciding.await {
        Ok(Ok(made)) => made.map(Json),
        Ok(Err(error)) | Err(error) => Err(ApiError::failed(format!("the server failed: {error}"))),
    }
}

impl Server {
    fn decide(&self, Wanted { act, reason, date }: Wanted) -> Result<Made, ApiError> {
        let mut loaded = self.loaded()?;
        // Others may have decided something meanwhile, as by `tupu review`.
        if loaded.workspace.decisions().map_err(ReviewError::from)? != loaded.contents.decisions {
            loaded = self.load().map_err(|error| ApiError::failed(error.to_string()))?;
        }
        let review = workspace::Review { workspace: &loaded.workspace, contents: &loaded.contents };
        let act = act.meant(&review, &loaded)?;
        let (decision, loosened) = review.decide(act, &reason, &date)?;
        let id = decision.id();
        self.load().map_err(|error| {
            ApiError::failed(format!("this is decided, as {id}, but the graph cannot be derived anew: {error}"))
        })?;
        let loosened = loosened.iter().map(ToString::to_string).collect();
        Ok(Made { id, act: decision.act.to_string(), loosened })
    }
}

impl Asked {
    /// The act as decisions have it.
    fn meant(self, review: &workspace::Review<'_>, loaded: &Loaded) -> Result<Act, ApiError> {
        Ok(match self {
            Self::Merge { entities } => review.merge(&entities)?,
            Self::Split { entity, names, documents } => {
                let documents = documents.iter().map(|id| loaded.document_id(id)).collect::<Result<_, _>>()?;
                review.split(&entity, names, documents)?
            }
            Self::Distinguish { entities: [one, other] } => review.distinguish(&one, &other)?,
            Self::Rename { entity, to } => review.rename(&entity, to)?,
            Self::Retype { entity, to } => review.retype(&entity, to)?,
            Self::Accept { fact } => Act::Accept { fact: review.fact(&fact)? },
            Self::Reject { fact } => Act::Reject { fact: review.fact(&fact)? },
            Self::Undo { decision } => review.undo(&decision)?,
        })
    }
}

impl Loaded {
    fn candidate(&self, proposal: &Proposal, pairs: usize) -> Candidate {
        let (linking, annotations) = (&self.contents.linking, &self.contents.annotations);
        let place = |at: usize| {
            let (annotation, span) = linking.first_mention(at, annotations)?;
            let iri = self.workspace.iris().document(&annotation.id);
            Some(Place { document: self.short(iri.as_str()).to_owned(), text: around(annotation, span) })
        };
        Candidate {
            one: self.entity(proposal.one),
            other: self.entity(proposal.other),
            score: proposal.score,
            why: proposal.likeness.name(),
            shared: proposal.shared.iter().map(|at| self.entity(*at)).collect(),
            pairs,
            places: [proposal.one, proposal.other].into_iter().filter_map(place).collect(),
        }
    }

    fn decisions(&self) -> Vec<Decision> {
        let Self { contents, .. } = self;
        let standing = decision::standing(&contents.decisions);
        let mut sorted: Vec<_> = standing.into_iter().collect();
        sorted.sort_by(|(a, one), (b, other)| (&one.date, a).cmp(&(&other.date, b)));
        let decision = |(id, decision): (String, &decision::Decision)| {
            let unapplied = contents.linking.unapplied.iter().find(|unapplied| unapplied.decision == id);
            Decision {
                act: decision.act.to_string(),
                reason: decision.reason.clone(),
                date: decision.date.clone(),
                unapplied: unapplied.map(|unapplied| unapplied.why.clone()),
                id,
            }
        };
        sorted.into_iter().map(decision).collect()
    }

    /// The id that a document or a reprint has in the workspace.
    fn document_id(&self, id: &str) -> Result<String, ApiError> {
        let iri = self.iri(id);
        let is = |id: &String| self.workspace.iris().document(id).as_str() == iri;
        let annotation = self.annotation(&iri);
        let ids = annotation.into_iter().flat_map(|annotation| {
            std::iter::once(&annotation.id).chain(annotation.reprints.iter().map(|reprint| &reprint.id))
        });
        ids.into_iter().find(|id| is(id)).cloned().ok_or_else(|| ApiError::missing(format!("no document {id:?}")))
    }
}

impl From<ReviewError> for ApiError {
    fn from(error: ReviewError) -> Self {
        use crate::workspace::meant::Unmeant;
        let message = error.to_string();
        match error {
            ReviewError::Unmeant(Unmeant::NoEntity(_) | Unmeant::NoFact(_)) | ReviewError::NoDecision(_) => {
                Self::missing(message)
            }
            ReviewError::Unmeant(Unmeant::Short(_)) | ReviewError::Bad(_) => Self::bad(message),
            ReviewError::Workspace(WorkspaceError::Locked { .. }) => Self::new(StatusCode::CONFLICT, message),
            ReviewError::Workspace(_) => Self::failed(message),
            _ => Self::new(StatusCode::CONFLICT, message),
        }
    }
}
