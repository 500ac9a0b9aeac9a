//! What is chosen of the graph: which facts join which entities, in networks and in RDF.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{Quad, Term};
use tupu::annotation::{Annotation, EntityType};
use tupu::export;
use tupu::graph::{Kind, Network, Projection, Stated};
use tupu::link::Linking;
use tupu::rdf::vocab::rdf as vocabulary;
use tupu::rdf::{self, Iris, Only, Scope};
use tupu::schema::Schema;
use tupu::store::Store;

/// Two texts say that a firm gave masks to a hospital; the second also that the hospital treated patients, that a
/// foundation plans a gift, and, without a date, that the foundation and the firm work together.
const DOCUMENTS: [&str; 2] = [
    r#"{"id": "1", "text": "启明生物公司向青山医院捐赠口罩。",
 "entities": [
  {"id": "e1", "type": "Organization", "name": "启明生物公司", "mentions": [{"start": 0, "end": 6}]},
  {"id": "e2", "type": "Organization", "name": "青山医院", "mentions": [{"start": 7, "end": 11}]},
  {"id": "e3", "type": "Product", "name": "口罩", "mentions": [{"start": 13, "end": 15}]},
  {"id": "e4", "type": "Place", "name": "云汀市", "mentions": []}],
 "facts": [{"id": "f1", "type": "Donation", "confidence": 0.9, "evidence": {"start": 0, "end": 15},
   "roles": [{"role": "donor", "entity": "e1"}, {"role": "recipient", "entity": "e2"}, {"role": "item", "entity": "e3"},
    {"role": "time", "value": "2020-01-27"}]}]}"#,
    r#"{"id": "2", "text": "启明生物公司向青山医院捐赠口罩。晨曦公益基金会将捐赠手套，它与启明生物公司合作。",
 "entities": [
  {"id": "e1", "type": "Organization", "name": "启明生物公司", "mentions": [{"start": 0, "end": 6}]},
  {"id": "e2", "type": "Organization", "name": "青山医院", "mentions": [{"start": 7, "end": 11}]},
  {"id": "e3", "type": "Product", "name": "口罩", "mentions": [{"start": 13, "end": 15}]},
  {"id": "e4", "type": "Organization", "name": "晨曦公益基金会", "mentions": [{"start": 16, "end": 23}]},
  {"id": "e5", "type": "Product", "name": "手套", "mentions": [{"start": 26, "end": 28}]}],
 "facts": [
  {"id": "f1", "type": "Donation", "confidence": 0.5, "evidence": {"start": 0, "end": 15},
   "roles": [{"role": "donor", "entity": "e1"}, {"role": "recipient", "entity": "e2"}, {"role": "item", "entity": "e3"},
    {"role": "time", "value": "2020-03"}]},
  {"id": "f2", "type": "Donation", "modality": "planned", "evidence": {"start": 16, "end": 28},
   "roles": [{"role": "donor", "entity": "e4"}, {"role": "item", "entity": "e5"}]},
  {"id": "f3", "type": "Collaboration", "evidence": {"start": 29, "end": 39},
   "roles": [{"role": "partner", "entity": "e4"}, {"role": "partner", "entity": "e1"}]}]}"#,
];

struct Fixture {
    annotations: Vec<Annotation>,
    linking: Linking,
    schema: Schema,
    iris: Iris,
    stated: Stated,
}

fn fixture() -> Fixture {
    let (schema, iris) = (Schema::embedded().unwrap(), Iris::default());
    let annotations: Vec<Annotation> = DOCUMENTS.iter().map(|json| Annotation::from_json(json).unwrap()).collect();
    let linking = Linking::new(&annotations, &[], &[]);
    let store = Store::in_memory().unwrap();
    store.load(rdf::stated(&annotations, &linking, &schema, &iris)).unwrap();
    let stated = Stated::read(&store, &rdf::mentions(&linking, &iris)).unwrap();
    Fixture { annotations, linking, schema, iris, stated }
}

fn of(projection: &Projection) -> Network {
    let f = fixture();
    projection.of(&f.stated, &f.schema, f.iris.base())
}

/// The edges as `FROM property TO facts`.
fn edges(network: &Network) -> Vec<String> {
    let graph = &network.graph;
    let edge = |e| {
        let (from, to) = graph.edge_endpoints(e).unwrap();
        format!("{} {} {} {}", graph[from].name, graph[e].property, graph[to].name, graph[e].facts.len())
    };
    graph.edge_indices().map(edge).collect()
}

fn check(projection: &Projection, expected: &[&str]) {
    assert_eq!(edges(&of(projection)), expected, "{projection:?}");
}

#[test]
fn each_kind_of_network_joins_what_it_says() {
    let kind = |kind| Projection { kind, ..Projection::default() };
    check(
        &kind(Kind::Direct),
        &[
            "启明生物公司 collaboratedWith 晨曦公益基金会 1",
            "启明生物公司 donatedTo 青山医院 2",
            "启明生物公司 donated 口罩 2",
            "晨曦公益基金会 collaboratedWith 启明生物公司 1",
        ],
    );
    check(&kind(Kind::Actors), &["启明生物公司 Collaboration 晨曦公益基金会 1", "启明生物公司 Donation 青山医院 2"]);
    check(&kind(Kind::Items), &["启明生物公司 Donation 口罩 2", "青山医院 Donation 口罩 2"]);
    let facts = of(&kind(Kind::Facts));
    assert_eq!(facts.graph.edge_count(), 3 + 3 + 2 + 2, "every role of every fact, planned ones too");
    assert_eq!(facts.graph.node_weights().filter(|node| node.fact.is_some()).count(), 4);
}

#[test]
fn types_of_the_users_own_take_the_place_of_those_who_act() {
    let types = vec![EntityType::Organization, EntityType::Product];
    let actors = Projection { kind: Kind::Actors, types, facts: vec!["Donation".into()], ..Projection::default() };
    check(&actors, &["启明生物公司 Donation 青山医院 2", "启明生物公司 Donation 口罩 2", "青山医院 Donation 口罩 2"]);
}

#[test]
fn facts_are_chosen_by_type_day_confidence_and_status() {
    let actors = || Projection { kind: Kind::Actors, ..Projection::default() };
    let day = |day: &str| Some(day.to_owned());
    check(
        &Projection { facts: vec!["Collaboration".into()], ..actors() },
        &["启明生物公司 Collaboration 晨曦公益基金会 1"],
    );
    // A month is all of its days; what has no date is not in any range.
    check(&Projection { from: day("2020-03-31"), ..actors() }, &["启明生物公司 Donation 青山医院 1"]);
    check(&Projection { from: day("2020-04-01"), ..actors() }, &[]);
    check(&Projection { to: day("2020-01-27"), ..actors() }, &["启明生物公司 Donation 青山医院 1"]);
    check(&Projection { to: day("2020-01-26"), ..actors() }, &[]);
    let sure = Projection { min_confidence: 0.8, ..actors() };
    check(&sure, &["启明生物公司 Collaboration 晨曦公益基金会 1", "启明生物公司 Donation 青山医院 1"]);
}

#[test]
fn evidence_is_counted_in_documents_over_all_that_joins_a_pair() {
    let evident = |min_evidence| Projection { min_evidence, ..Projection::default() };
    check(&evident(2), &["启明生物公司 donatedTo 青山医院 2", "启明生物公司 donated 口罩 2"]);
    check(&evident(3), &[]);
}

#[test]
fn what_nothing_joins_is_kept_on_request() {
    let names = |isolated| -> BTreeSet<String> {
        of(&Projection { isolated, ..Projection::default() })
            .graph
            .node_weights()
            .map(|node| node.name.clone())
            .collect()
    };
    let (joined, all) = (names(false), names(true));
    assert_eq!(all.difference(&joined).collect::<Vec<_>>(), ["云汀市", "手套"]);
}

#[test]
fn a_part_has_the_facts_of_its_edges_and_the_measures_of_the_whole() {
    let mut network = of(&Projection { kind: Kind::Facts, ..Projection::default() });
    network.measure(&tupu::graph::Measure::ALL);
    let fact = network.graph.node_indices().find(|at| network.graph[*at].kind == "Collaboration").unwrap();
    let keep: BTreeSet<_> = network.graph.neighbors_undirected(fact).chain([fact]).collect();
    let part = network.part(&keep);
    assert_eq!(part.graph.node_count(), 3);
    assert_eq!(part.facts.iter().map(|fact| fact.kind.as_str()).collect::<Vec<_>>(), ["Collaboration"]);
    for (at, node) in part.graph.node_indices().zip(part.graph.node_weights()) {
        let whole = network.node(&node.iri).unwrap();
        assert_eq!(part.measures.degree[at.index()], network.measures.degree[whole.index()]);
        assert_eq!(part.facts_at(at).count(), 1);
        assert_eq!(part.facts_at(at).next().unwrap().quotes[0].words, "它与启明生物公司合作");
    }
}

/// The graph in N-Quads, of what a scope asks for.
fn quads(f: &Fixture, scope: &Scope) -> BTreeSet<String> {
    let store = Store::in_memory().unwrap();
    store.load_derived(&f.annotations, |one| rdf::quads_within(one, &f.linking, &f.schema, &f.iris, scope)).unwrap();
    store.load(rdf::identity::relations_within(&f.linking, &f.iris, scope)).unwrap();
    let mut out = Vec::new();
    export::nquads::write(&store, &mut out).unwrap();
    String::from_utf8(out).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn chosen_facts_are_written_whole_in_rdf_and_nothing_besides() {
    let f = fixture();
    let fact = f.stated.facts.iter().find(|fact| fact.kind == "Collaboration").unwrap();
    let fillers = fact.fillers.iter().map(|(_, filler)| filler.clone());
    let only = Some(Only::new([fact.iri.clone()], fillers, &f.linking, &f.iris));
    for whole in [Scope::whole(), Scope::default_graph()] {
        let all = quads(&f, &whole);
        let some = quads(&f, &Scope { only: only.clone(), ..whole });
        assert!(some.is_subset(&all));
        let count = |words: &str| some.iter().filter(|quad| quad.contains(words)).count();
        assert!(
            count("ontology#Collaboration>") > 0 && count("它与启明生物公司合作") > 0 && count("collaboratedWith") > 0
        );
        assert_eq!(
            (count("Donation"), count("口罩"), count("青山医院"), count("<https://w3id.org/tupu/kg/doc/1>")),
            (0, 0, 0, 0)
        );
        // Everything that is spoken of is described.
        let quads: Vec<Quad> = RdfParser::from_format(RdfFormat::NQuads)
            .for_slice(some.iter().flat_map(|line| [line, "\n"]).collect::<String>().as_bytes())
            .map(Result::unwrap)
            .collect();
        let typed: BTreeSet<String> =
            quads.iter().filter(|q| q.predicate == vocabulary::TYPE).map(|q| q.subject.to_string()).collect();
        for quad in &quads {
            if let Term::NamedNode(object) = &quad.object
                && object.as_str().starts_with(f.iris.base())
            {
                assert!(typed.contains(&object.to_string()), "{object} is not described");
            }
        }
    }
}

#[test]
fn a_fact_reifies_the_edges_that_it_draws() {
    let f = fixture();
    let plain = quads(&f, &Scope::default_graph());
    let more = quads(&f, &Scope { reifiers: true, ..Scope::default_graph() });
    let added: Vec<&String> = more.difference(&plain).collect();
    assert!(plain.is_subset(&more));
    assert_eq!(added.len(), 2 + 2 + 2, "of the planned gift none");
    for line in added {
        let (_, edge) = line.split_once("<<( ").unwrap();
        let (edge, _) = edge.split_once(" )>>").unwrap();
        assert!(line.contains("22-rdf-syntax-ns#reifies>") && plain.contains(&format!("{edge} .")), "{line}");
    }
}

#[test]
fn a_nanopublication_says_one_fact_and_where_it_was_read() {
    let f = fixture();
    let store = Store::in_memory().unwrap();
    let scope = Scope { reifiers: true, ..Scope::default_graph() };
    store.load_derived(&f.annotations, |one| rdf::quads_within(one, &f.linking, &f.schema, &f.iris, &scope)).unwrap();
    let mut out = Vec::new();
    export::nanopub::write(&store, &f.iris, &mut out).unwrap();
    let mut graphs: BTreeMap<String, Vec<Quad>> = BTreeMap::new();
    for quad in RdfParser::from_format(RdfFormat::TriG).for_slice(&out) {
        let quad = quad.unwrap();
        graphs.entry(quad.graph_name.to_string()).or_default().push(quad);
    }
    assert_eq!(graphs.len(), 4 * f.stated.facts.len(), "head, assertion, provenance, information");
    for fact in &f.stated.facts {
        let id = fact.iri.rsplit('/').next().unwrap();
        let graph = |part: &str| {
            let quads = &graphs[&format!("<{}np/{id}#{part}>", f.iris.base())];
            quads.iter().map(|quad| format!("{} {} {}", quad.subject, quad.predicate, quad.object)).collect::<Vec<_>>()
        };
        let (assertion, provenance) = (graph("assertion"), graph("provenance"));
        let says = |of: &[String], words: &str| of.iter().any(|triple| triple.contains(words));
        assert!(says(&assertion, &format!("ontology#{}>", fact.kind)));
        assert_eq!(says(&assertion, "donated>"), fact.kind == "Donation" && fact.is_done());
        assert!(says(&provenance, &fact.quotes[0].words) && !says(&assertion, "anchorOf"));
        assert!(says(&graph("pubinfo"), &fact.documents[0]));
        assert_eq!(graph("Head").len(), 4);
    }
}
