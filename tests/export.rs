//! The graph as other programs get it.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use oxigraph::io::{JsonLdProfileSet, RdfFormat, RdfParser};
use oxigraph::model::{GraphName, Quad};
use quick_xml::events::Event;
use tupu::annotation::Annotation;
use tupu::export;
use tupu::graph::{Kind, Network, Projection, Stated};
use tupu::link::Linking;
use tupu::rdf::{self, Iris};
use tupu::schema::Schema;
use tupu::store::Store;

/// Two donations of one company to one hospital, the earlier one told later, and a planned one.
const DOCUMENTS: [&str; 2] = [
    r#"{"id": "1", "text": "启明生物\u0001公司向青山医院捐赠口罩和“<A&B>”试剂。启明生物公司拟向青山医院捐赠手套。",
 "entities": [
  {"id": "e1", "type": "Organization", "name": "启明生物公司", "mentions": [{"start": 0, "end": 7}, {"start": 27, "end": 33}]},
  {"id": "e2", "type": "Organization", "name": "青山医院", "mentions": [{"start": 8, "end": 12}]},
  {"id": "e3", "type": "Product", "name": "口罩", "mentions": [{"start": 14, "end": 16}]},
  {"id": "e4", "type": "Product", "name": "<A&B>试剂\u0001", "mentions": []},
  {"id": "e5", "type": "Product", "name": "手套", "mentions": []}],
 "facts": [
  {"id": "f1", "type": "Donation", "trigger": {"start": 12, "end": 14}, "evidence": {"start": 0, "end": 27},
   "roles": [{"role": "donor", "entity": "e1"}, {"role": "recipient", "entity": "e2"}, {"role": "item", "entity": "e3"},
    {"role": "item", "entity": "e4"}, {"role": "time", "value": "2020-02"}]},
  {"id": "f2", "type": "Donation", "modality": "planned", "evidence": {"start": 27, "end": 44},
   "roles": [{"role": "donor", "entity": "e1"}, {"role": "recipient", "entity": "e2"}, {"role": "item", "entity": "e5"}]}]}"#,
    r#"{"id": "2", "text": "启明生物公司给青山医院捐赠口罩。",
 "entities": [
  {"id": "e1", "type": "Organization", "name": "启明生物公司", "mentions": [{"start": 0, "end": 6}]},
  {"id": "e2", "type": "Organization", "name": "青山医院", "mentions": [{"start": 7, "end": 11}]},
  {"id": "e3", "type": "Product", "name": "口罩", "mentions": [{"start": 13, "end": 15}]}],
 "facts": [{"id": "f1", "type": "Donation", "trigger": {"start": 11, "end": 13}, "evidence": {"start": 0, "end": 15},
   "roles": [{"role": "donor", "entity": "e1"}, {"role": "recipient", "entity": "e2"}, {"role": "item", "entity": "e3"},
    {"role": "time", "value": "2020-01-27"}]}]}"#,
];

struct Fixture {
    store: Store,
    schema: Schema,
    iris: Iris,
    mentions: BTreeMap<String, usize>,
}

fn fixture(order: [usize; 2]) -> Fixture {
    let (schema, iris) = (Schema::embedded().unwrap(), Iris::default());
    let annotations: Vec<Annotation> = order.iter().map(|n| Annotation::from_json(DOCUMENTS[*n]).unwrap()).collect();
    let store = Store::in_memory().unwrap();
    let linking = Linking::new(&annotations, &[], &[]);
    store.load(rdf::stated(&annotations, &linking, &schema, &iris)).unwrap();
    let mentions = rdf::mentions(&linking, &iris);
    Fixture { store, schema, iris, mentions }
}

fn network(f: &Fixture, kind: Kind) -> Network {
    let stated = Stated::read(&f.store, &f.mentions).unwrap();
    Projection { kind, isolated: true, ..Projection::default() }.of(&stated, &f.schema, f.iris.base())
}

fn graphml(network: &Network) -> String {
    let mut out = Vec::new();
    export::graphml::write(network, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn edges_add_up_facts_and_leave_out_plans() {
    let f = fixture([0, 1]);
    let network = network(&f, Kind::Direct);
    let graph = &network.graph;
    let edges: Vec<String> = graph
        .edge_indices()
        .map(|e| {
            let (from, to) = graph.edge_endpoints(e).unwrap();
            let edge = &graph[e];
            let days = network.facts_of(e).filter_map(|fact| fact.days.as_ref());
            let date = days.map(|(first, _)| first.as_str()).min().unwrap_or("-");
            format!("{} {} {} {} {date}", graph[from].name, edge.property, graph[to].name, edge.facts.len())
        })
        .collect();
    assert_eq!(
        edges,
        [
            "启明生物公司 donatedTo 青山医院 2 2020-01-27",
            "启明生物公司 donated <A&B>试剂 1 2020-02-01",
            "启明生物公司 donated 口罩 2 2020-01-27",
        ]
    );
    let company = graph.node_weights().find(|n| n.name == "启明生物公司").unwrap();
    assert_eq!((company.kind.as_str(), company.mentions), ("Organization", 3));
}

#[test]
fn graphml_is_well_formed_and_plain() {
    let f = fixture([0, 1]);
    for network in [Kind::Direct, Kind::Facts].map(|kind| network(&f, kind)) {
        let (xml, graph) = (graphml(&network), &network.graph);
        assert!(xml.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns="));
        assert!(xml.contains("启明生物公司") && xml.contains("&lt;A&amp;B&gt;试剂<") && !xml.contains('\u{1}'));
        let (mut keys, mut nodes, mut edges) = (BTreeMap::new(), BTreeSet::new(), BTreeSet::new());
        let mut reader = quick_xml::Reader::from_str(&xml);
        loop {
            let event = reader.read_event().unwrap();
            let (Event::Start(element) | Event::Empty(element)) = &event else {
                if matches!(event, Event::Eof) {
                    break;
                } else {
                    continue;
                };
            };
            let name = element.name().as_ref().to_owned();
            assert!(!name.contains(':'), "{name} has a prefix");
            let get = |key: &str| {
                let attribute = element.try_get_attribute(key).unwrap()?;
                Some(attribute.value.into_owned())
            };
            match name.as_str() {
                "key" => {
                    let kind = get("attr.type").unwrap();
                    assert!(["string", "int", "long", "double", "boolean"].contains(&kind.as_str()));
                    assert!(keys.insert(get("id").unwrap(), kind).is_none(), "key ids are unique");
                }
                "graph" => assert_eq!(get("edgedefault").unwrap(), "directed"),
                "node" => assert!(nodes.insert(get("id").unwrap()), "node ids are unique"),
                "edge" => {
                    assert!(edges.insert(get("id").unwrap()), "edge ids are unique");
                    assert!(nodes.contains(&get("source").unwrap()) && nodes.contains(&get("target").unwrap()));
                }
                "data" => assert!(keys.contains_key(&get("key").unwrap())),
                _ => {}
            }
        }
        assert_eq!((nodes.len(), edges.len()), (graph.node_count(), graph.edge_count()));
    }
}

#[test]
fn facts_as_nodes_keep_their_status() {
    let f = fixture([0, 1]);
    let network = network(&f, Kind::Facts);
    let graph = &network.graph;
    let facts = graph.node_weights().filter_map(|n| network.facts.get(n.fact?));
    let status: Vec<_> = facts.map(|fact| fact.status.as_str()).collect();
    assert_eq!(status.iter().filter(|s| **s == "positive planned").count(), 1);
    assert_eq!(status.len(), 3);
    let roles: BTreeSet<&str> = graph.edge_weights().map(|e| e.label.as_str()).collect();
    assert_eq!(roles.into_iter().collect::<Vec<_>>(), ["捐赠方", "接收方", "物品"]);
}

#[test]
fn every_export_is_the_same_whatever_the_order_of_documents() {
    let all = |order| {
        let f = fixture(order);
        let networks = [Kind::Direct, Kind::Actors, Kind::Items, Kind::Facts].map(|kind| graphml(&network(&f, kind)));
        let rdf = FORMATS.iter().map(|format| written(&f, *format));
        rdf.chain(networks).collect::<Vec<_>>()
    };
    let exports = all([0, 1]);
    assert_eq!(exports, all([1, 0]));
}

const FORMATS: [RdfFormat; 5] = [
    RdfFormat::NQuads,
    RdfFormat::TriG,
    RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() },
    RdfFormat::NTriples,
    RdfFormat::Turtle,
];

/// The graph in a format of RDF.
fn written(f: &Fixture, format: RdfFormat) -> String {
    let mut out = Vec::new();
    match format {
        RdfFormat::NQuads => export::nquads::write(&f.store, &mut out),
        RdfFormat::TriG => export::trig::write(&f.store, &f.iris, &mut out),
        RdfFormat::JsonLd { .. } => export::jsonld::write(&f.store, &mut out),
        RdfFormat::NTriples => export::ntriples::write(&f.store, &mut out),
        _ => export::turtle::write(&f.store, &f.iris, &mut out),
    }
    .unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn every_format_of_rdf_is_read_back_as_what_the_documents_state() {
    let f = fixture([0, 1]);
    let annotations = DOCUMENTS.map(|json| Annotation::from_json(json).unwrap());
    let linking = Linking::new(&annotations, &[], &[]);
    let mut stated: HashSet<Quad> = rdf::stated(&annotations, &linking, &f.schema, &f.iris).collect();
    for annotation in &annotations {
        let layer = rdf::mentions::layer(annotation, &linking, &f.iris, &rdf::Scope::whole());
        f.store.load(layer.clone()).unwrap();
        stated.extend(layer);
    }
    let default: HashSet<Quad> =
        stated.iter().map(|quad| Quad { graph_name: GraphName::DefaultGraph, ..quad.clone() }).collect();
    for format in FORMATS {
        let text = written(&f, format);
        let read: Vec<Quad> = RdfParser::from_format(format).for_slice(text.as_bytes()).map(Result::unwrap).collect();
        let expected =
            if format.supports_datasets() { stated.union(&default).cloned().collect() } else { default.clone() };
        assert_eq!(read.len(), expected.len(), "{format}: nothing stands twice");
        assert_eq!(read.into_iter().collect::<HashSet<_>>(), expected, "{format}");
    }
    assert!(written(&f, RdfFormat::Turtle).contains("\n<product/口罩> a tupu:Product ;"));
    assert!(written(&f, RdfFormat::TriG).contains("\n<doc/2> {\n"));
}
