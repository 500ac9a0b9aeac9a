//! An entity: its names, where it stands, what it falls under, how much is known of it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;

use super::fact::{DocumentRef, EntityRef};
use super::parameters::Parameters;
use crate::serve::error::ApiError;
use crate::serve::{Loaded, Server};

#[derive(Serialize)]
pub(in crate::serve) struct Entity {
    id: String,
    iri: String,
    name: String,
    #[serde(rename = "type")]
    kind: String,
    names: Vec<String>,
    mentions: usize,
    documents: Vec<DocumentRef>,
    wider: Vec<EntityRef>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit_of: Option<EntityRef>,
    narrower: Vec<EntityRef>,
    same_as: Vec<String>,
    facts: BTreeMap<String, usize>,
    decisions: Vec<String>,
}

pub(super) async fn entity(
    State(server): State<Arc<Server>>,
    parameters: Parameters,
) -> Result<Json<Entity>, ApiError> {
    parameters.only(&[&["id"]])?;
    let loaded = server.loaded()?;
    let id = parameters.needed("id")?.to_owned();
    super::blocking(move || {
        let entity = Entity::of(&loaded, &id).ok_or_else(|| ApiError::missing(format!("no entity {id:?}")));
        entity.map(Json)
    })
    .await
}

impl Entity {
    fn of(loaded: &Loaded, id: &str) -> Option<Self> {
        let (linking, iris) = (&loaded.contents.linking, loaded.workspace.iris());
        let iri = loaded.iri(id);
        let at = *loaded.index.identities.get(&iri)?;
        let identity = linking.identities.get(at)?;
        let members = || linking.all_members().filter(|(_, member)| member.identity == at);
        let own = members().flat_map(|(_, member)| &member.names);
        let names: BTreeSet<&String> =
            own.chain(&identity.other_names).filter(|name| **name != identity.name).collect();
        let document = |id: &String| {
            let iri = iris.document(id).into_string();
            let annotation = loaded.annotation(&iri)?;
            Some(DocumentRef::of(annotation, loaded.short(&iri).to_owned()))
        };
        let entity = |at: usize| EntityRef::of_identity(linking, at, iris);
        let falls_under = |(_, other): &(usize, &crate::link::Identity)| {
            other.under.first() == Some(&at) || other.unit_of == Some(at)
        };
        let mut facts: BTreeMap<String, usize> = BTreeMap::new();
        for fact in loaded.stated.facts.iter().filter(|fact| fact.fillers.iter().any(|(_, filler)| *filler == iri)) {
            *facts.entry(fact.kind.clone()).or_default() += 1;
        }
        Some(Self {
            id: loaded.short(&iri).to_owned(),
            name: identity.name.clone(),
            kind: identity.kind.name().to_owned(),
            names: names.into_iter().cloned().collect(),
            mentions: members().map(|(_, member)| member.mentions.len()).sum(),
            documents: identity.documents.iter().filter_map(document).collect(),
            wider: identity.under.iter().map(|at| entity(*at)).collect(),
            unit_of: identity.unit_of.map(entity),
            narrower: linking.identities.iter().enumerate().filter(falls_under).map(|(at, _)| entity(at)).collect(),
            same_as: identity.same_as.iter().cloned().collect(),
            facts,
            decisions: identity.decisions.iter().cloned().collect(),
            iri,
        })
    }
}
