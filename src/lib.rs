//! `tupu` (图谱) reads Chinese text and builds a knowledge graph from it: entities and facts as RDF, each fact with
//! the words in the source that state it. It needs no network and no graphics card, and the same input always gives
//! the same bytes.
//!
//! The way of a text, and the room of this crate that each step stands in:
//!
//! 1. [`read`] makes [`document`]s of files.
//! 2. [`annotate`] finds in a document what it mentions and states, by the fact types that [`schema`] reads from
//!    `ontology/frames/`, the word lists of [`lexicon`] and weights that [`train`] learns. What it finds is an
//!    [`annotation`].
//! 3. [`link`] says which entities of different documents are one, as far as the texts, the lists and the [`decision`]s
//!    of a person tell.
//! 4. [`rdf`] turns annotations and identities into quads.
//! 5. [`store`] holds them in Oxigraph; a [`workspace`] keeps annotations and decisions on disk, from which the store is
//!    derived.
//! 6. [`query`] asks in SPARQL, [`graph`] chooses a network of entities and facts and measures it, [`export`] writes either
//!    for other programs.
//! 7. [`serve`] shows all of it in the browser, and answers SPARQL over HTTP; [`remote`] writes the graph into other
//!    servers and asks them.
//!
//! The annotation is the narrow waist: what stands before it knows language and no RDF, what stands after it knows
//! graphs and no Chinese; linking alone reads annotations and knows Chinese. [`pipeline`] runs the way in parallel and
//! reads no more than has changed, [`shard`] runs it where no place has all documents, [`score`] compares annotations with those made by hand, [`mod@compare`] with earlier
//! ones, [`cli`] is the command line.
//!
//! ```
//! use tupu::annotate::Annotator;
//! use tupu::document::Document;
//! use tupu::query::{self, Answer, Bindings};
//! use tupu::rdf::{self, Iris};
//! use tupu::schema::Schema;
//! use tupu::store::Store;
//!
//! let annotator = Annotator::new(Schema::embedded()?);
//! let text = "长江电子有限公司向武汉市第三医院捐赠口罩5000只。".to_owned();
//! let annotation = annotator.annotate(&Document { id: "notice-1".to_owned(), text, ..Document::default() });
//! assert_eq!(annotation.facts[0].kind, "Donation");
//!
//! let (store, iris) = (Store::in_memory()?, Iris::default());
//! store.load(rdf::dataset(&[annotation], annotator.schema(), &iris))?;
//! let asked = r#"ASK { [] a tupu:Donation ; tupu:recipient/tupu:name "武汉市第三医院" ; tupu:item/tupu:name "口罩" }"#;
//! assert_eq!(query::run(&store, &iris, asked, &Bindings::new())?, Answer::Boolean(true));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod annotate;
pub mod annotation;
pub mod cli;
pub mod compare;
pub mod decision;
pub mod document;
pub mod export;
pub mod graph;
pub mod lexicon;
pub mod link;
pub mod pipeline;
pub mod query;
pub mod rdf;
pub mod read;
pub mod remote;
pub mod schema;
pub mod score;
pub mod serve;
pub mod shard;
pub mod span;
pub mod store;
pub mod text;
pub mod train;
pub mod workspace;
