//! TriG in the shape of nanopublications (<https://nanopub.net/guidelines/working_draft/>): each fact by itself, with what
//! it says, where it was read, and who read it, so that one statement can be cited and passed on.
//!
//! They carry no date, creator or signature of their own, since the same workspace gives the same bytes: whoever
//! publishes them adds those.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufWriter, Write};

use oxigraph::io::{RdfFormat, RdfSerializer};
use oxigraph::model::{GraphName, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term, Triple};

use crate::rdf::Iris;
use crate::rdf::vocab::{nif, np, prov, rdf, rdfs, tupu};
use crate::store::{self, Store, StoreError, readable};

/// Of a fact these say how it came to be known, all other properties what it says.
const PROVENANCE: [NamedNodeRef<'_>; 3] = [prov::WAS_DERIVED_FROM, tupu::BY, tupu::CONFIDENCE];
/// These say what an entity is called.
const NAMING: [NamedNodeRef<'_>; 3] = [rdf::TYPE, tupu::NAME, rdfs::LABEL];

/// Writes the facts of the default graph, sorted. The store must hold what [`crate::rdf::Scope::reifiers`] asks for: so
/// a fact knows the direct edges that it draws.
///
/// # Errors
/// Where the store fails or `to` cannot be written to.
pub fn write(store: &Store, iris: &Iris, to: impl Write) -> Result<(), StoreError> {
    let mut about: BTreeMap<String, Vec<Triple>> = BTreeMap::new();
    for triple in store.stated()? {
        if let NamedOrBlankNode::NamedNode(subject) = &triple.subject {
            about.entry(subject.as_str().to_owned()).or_default().push(triple);
        }
    }
    let with_prefix = |to: RdfSerializer| to.clone().with_prefix("np", np::NAMESPACE).unwrap_or(to);
    let mut writer = with_prefix(readable(RdfFormat::TriG, iris.base())).for_writer(BufWriter::new(to));
    let is_fact = |triple: &Triple| triple.predicate == rdf::TYPE && triple.object == Term::from(tupu::FACT);
    let facts = about.iter().filter(|(_, triples)| triples.iter().any(is_fact));
    for (fact, _) in facts {
        for quad in publication(fact, &about, iris) {
            writer.serialize_quad(&quad)?;
        }
    }
    Ok(writer.finish()?.flush()?)
}

/// The four graphs of the publication of one fact.
fn publication(fact: &str, about: &BTreeMap<String, Vec<Triple>>, iris: &Iris) -> Vec<Quad> {
    let id = fact.strip_prefix(iris.base()).and_then(|tail| tail.strip_prefix("fact/")).unwrap_or(fact);
    let it = NamedNode::new_unchecked(format!("{}np/{id}", iris.base()));
    let [head, assertion, provenance, information] = ["Head", "assertion", "provenance", "pubinfo"]
        .map(|part| NamedNode::new_unchecked(format!("{}#{part}", it.as_str())));
    let within = |graph: &NamedNode, triple: Triple| triple.in_graph(GraphName::NamedNode(graph.clone()));
    let say = |subject: &NamedNode, property: NamedNodeRef<'_>, object: Term| {
        Triple::new(subject.clone(), property.into_owned(), object)
    };
    let mut quads = vec![
        within(&head, say(&it, rdf::TYPE, np::NANOPUBLICATION.into_owned().into())),
        within(&head, say(&it, np::HAS_ASSERTION, assertion.clone().into())),
        within(&head, say(&it, np::HAS_PROVENANCE, provenance.clone().into())),
        within(&head, say(&it, np::HAS_PUBLICATION_INFO, information.clone().into())),
    ];
    let parts = Parts::of(fact, about);
    quads.extend(parts.says.into_iter().map(|triple| within(&assertion, triple)));
    for place in &parts.places {
        quads.push(within(&provenance, say(&assertion, prov::WAS_DERIVED_FROM, place.clone().into())));
    }
    quads.extend(parts.read.into_iter().map(|triple| within(&provenance, triple)));
    for document in &parts.documents {
        quads.push(within(&information, say(&it, prov::HAD_PRIMARY_SOURCE, document.clone().into())));
    }
    quads
}

/// What is known of a fact.
#[derive(Default)]
struct Parts {
    /// What it says: roles, quantities, the edges that it draws, the names of those who take part.
    says: Vec<Triple>,
    /// How it is known: the words, their documents, how sure it is.
    read: Vec<Triple>,
    /// The nodes of its words.
    places: BTreeSet<NamedNode>,
    /// Where they stand.
    documents: BTreeSet<NamedNode>,
}

impl Parts {
    fn of(fact: &str, about: &BTreeMap<String, Vec<Triple>>) -> Self {
        let mut parts = Self::default();
        let below = format!("{fact}/");
        let own =
            about.range(fact.to_owned()..).take_while(|(subject, _)| *subject == fact || subject.starts_with(&below));
        for (subject, triples) in own {
            // Where a filler stands tells how it was read.
            let of_argument = subject.strip_prefix(&below).is_some_and(|tail| tail.starts_with("arg/"));
            for triple in triples {
                parts.take(triple, of_argument, about);
            }
        }
        let documents = parts.documents.clone();
        for node in parts.places.clone().iter().chain(&documents) {
            parts.read.extend(about.get(node.as_str()).into_iter().flatten().cloned());
        }
        for triples in [&mut parts.says, &mut parts.read] {
            store::sort(triples);
            triples.dedup();
        }
        parts
    }

    fn take(&mut self, triple: &Triple, of_argument: bool, about: &BTreeMap<String, Vec<Triple>>) {
        match &triple.object {
            Term::Triple(edge) if triple.predicate == rdf::REIFIES => return self.says.push((**edge).clone()),
            Term::NamedNode(place) if triple.predicate == prov::WAS_DERIVED_FROM => {
                self.places.insert(place.clone());
                let described = about.get(place.as_str()).into_iter().flatten();
                let document =
                    described.filter(|t| t.predicate == nif::REFERENCE_CONTEXT).find_map(|t| match &t.object {
                        Term::NamedNode(document) => Some(document.clone()),
                        _ => None,
                    });
                // What has no words of its own is derived from its document.
                self.documents.insert(document.unwrap_or_else(|| place.clone()));
            }
            Term::NamedNode(filler) if triple.predicate == tupu::INVOLVES => {
                let described = about.get(filler.as_str()).into_iter().flatten();
                self.says.extend(described.filter(|t| NAMING.contains(&t.predicate.as_ref())).cloned());
            }
            _ => {}
        }
        let how = of_argument || PROVENANCE.contains(&triple.predicate.as_ref());
        if how { self.read.push(triple.clone()) } else { self.says.push(triple.clone()) }
    }
}
