//! The ontology and the shapes are held against what they describe: the frames, and the terms that the program writes.
//!
//! `TUPU_UPDATE=1` writes what the frames give in `ontology/*.ttl` anew: look at what changed before keeping it.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::path::Path;

use assert_cmd::cargo::cargo_bin_cmd;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{Term, Triple};
use tupu::annotation::{Annotation, EntityType, RESERVED, RESERVED_CLASSES, SCHEMA};
use tupu::link::Linking;
use tupu::query::{self, Answer, Bindings};
use tupu::rdf::ontology;
use tupu::rdf::vocab::{ONTOLOGY_PREFIXES, PREFIXES, term, tupu as own};
use tupu::schema::{Frame, Schema, VOCABULARIES};
use tupu::store::Store;
use tupu::workspace::{Contents, Workspace};

fn file(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("ontology").join(name)).unwrap()
}

fn built_in() -> Schema {
    Schema::embedded().unwrap()
}

fn triples(turtle: &str) -> Vec<Triple> {
    RdfParser::from_format(RdfFormat::Turtle).for_slice(turtle).map(|quad| quad.unwrap().into()).collect()
}

/// The names of terms of `tupu:` that stand anywhere in triples.
fn own_terms(triples: &[Triple]) -> BTreeSet<String> {
    let terms = triples.iter().flat_map(|t| [t.subject.clone().into(), t.predicate.clone().into(), t.object.clone()]);
    let name = |term: Term| match term {
        Term::NamedNode(iri) => iri.as_str().strip_prefix(own::NAMESPACE).map(str::to_owned),
        _ => None,
    };
    terms.filter_map(name).collect()
}

/// What stands in a file is what the program gives for the built-in frames.
#[track_caller]
fn holds(name: &str, given: &str) {
    if std::env::var_os("TUPU_UPDATE").is_some_and(|value| value == "1") {
        fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join("ontology").join(name), given).unwrap();
    }
    let found = file(name);
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<BTreeSet<_>>();
    let (lacks, has) = (lines(given), lines(&found));
    let lacks: Vec<_> = lacks.difference(&has).map(|line| format!("+ {line}")).collect();
    assert!(
        found == given,
        "ontology/{name} is not what the frames give:\n{}\nTUPU_UPDATE=1 accepts this",
        lacks.join("\n")
    );
}

#[test]
fn the_files_are_what_the_frames_give() {
    for (name, given) in [("tupu.ttl", ontology::turtle(&built_in())), ("shapes.ttl", ontology::shapes(&built_in()))] {
        assert_eq!(given.matches(ontology::MARK).count(), 1, "{name}");
        holds(name, &given);
    }
}

#[test]
fn the_ontology_has_every_term_that_the_program_writes_and_no_other() {
    let schema = built_in();
    let written = own::TERMS.iter().map(|term| term.as_str()[own::NAMESPACE.len()..].to_owned());
    let mut expected: BTreeSet<String> = written.chain(EntityType::ALL.map(|kind| kind.to_string())).collect();
    for frame in schema.frames() {
        expected.insert(frame.name.clone());
        expected.extend(frame.roles.keys().cloned());
        expected.extend(frame.edges.iter().map(|edge| edge.property.clone()));
    }
    let triples = triples(&ontology::turtle(&schema));
    assert_eq!(own_terms(&triples), expected);
    let in_shapes = own_terms(&self::triples(&ontology::shapes(&schema)));
    assert!(in_shapes.is_subset(&expected), "{:?}", in_shapes.difference(&expected));
    // Each is described, for people and in both languages.
    for name in expected {
        let said = |predicate: &str, language: &str| {
            triples.iter().any(|t| {
                t.subject == term(&name).into()
                    && t.predicate.as_str().ends_with(predicate)
                    && matches!(&t.object, Term::Literal(l) if l.language() == Some(language) && !l.value().is_empty())
            })
        };
        for (predicate, language) in [("#label", "zh"), ("#label", "en"), ("#comment", "zh"), ("#comment", "en")] {
            assert!(said(predicate, language), "{name} has no {predicate} in {language}");
        }
    }
}

#[test]
fn frames_cannot_take_the_words_of_the_graph() {
    let written: BTreeSet<&str> = own::TERMS.iter().map(|term| &term.as_str()[own::NAMESPACE.len()..]).collect();
    // `time` is a role of every frame.
    let reserved = RESERVED.iter().chain(&RESERVED_CLASSES).copied().chain(["time"]);
    assert_eq!(reserved.collect::<BTreeSet<_>>(), written);
    // Nor can annotations.
    let schema: serde_json::Value = serde_json::from_str(SCHEMA).unwrap();
    let taken = schema["$defs"]["taken"]["enum"].as_array().unwrap();
    let taken: BTreeSet<&str> = taken.iter().map(|word| word.as_str().unwrap()).collect();
    let kinds = EntityType::ALL.map(EntityType::name);
    assert_eq!(taken, RESERVED.iter().chain(&RESERVED_CLASSES).chain(&kinds).copied().collect());
    for known in VOCABULARIES {
        assert!(PREFIXES.iter().any(|(prefix, _)| *prefix == known), "{known}");
    }
}

#[test]
fn both_files_declare_the_prefixes_that_the_program_writes_with() {
    for (prefix, iri) in PREFIXES.iter().chain(&ONTOLOGY_PREFIXES).filter(|(prefix, _)| *prefix != "itsrdf") {
        let declared = format!("@prefix {prefix}: <{iri}> .\n");
        assert!(file("tupu.ttl").contains(&declared), "{declared}");
    }
}

const GIFT: &str = r#"
name = "Gift"
label = { zh = "赠礼", en = "gift" }
about = "节日里赠送礼品。"
align = ["schema:GiveAction", "https://example.org/terms#Gift"]
[roles]
giver = { label = { zh = "赠送者", en = "giver" }, accepts = ["Person"], rarely = ["Work"] }
item = { accepts = ["Product"], quantity = true }
[[patterns]]
triggers = ["赠礼"]
slots = { subject = ["giver"], object = ["item"] }
needs = ["giver", "item"]
[[edges]]
from = "giver"
to = "item"
property = "gave"
label = { zh = "赠送", en = "gave" }
"#;

#[test]
fn a_frame_of_ones_own_is_in_the_ontology_and_has_its_shapes() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("kg/frames")).unwrap();
    fs::write(folder.path().join("kg/frames/gift.toml"), GIFT).unwrap();
    let told = |arguments: &[&str]| {
        let out = cargo_bin_cmd!("tupu").current_dir(&folder).arg("ontology").args(arguments).assert().success();
        String::from_utf8(out.get_output().stdout.clone()).unwrap()
    };
    let turtle = told(&[]);
    assert!(turtle.contains(
        "tupu:Gift a owl:Class ;\n    rdfs:subClassOf tupu:Fact ;\n    rdfs:label \"赠礼\"@zh , \"gift\"@en ;\n    \
         rdfs:comment \"节日里赠送礼品。\"@zh ;\n    \
         skos:closeMatch schema:GiveAction , <https://example.org/terms#Gift> .\n"
    ));
    assert!(turtle.contains("schema:domainIncludes tupu:Gift ;\n    schema:rangeIncludes tupu:Person , tupu:Work .\n"));
    assert!(turtle.contains("\ntupu:gave a owl:ObjectProperty , tupu:Edge ;\n"));
    let own = own_terms(&triples(&turtle));
    assert!(["Gift", "giver", "gave", "Donation", "donor"].iter().all(|name| own.contains(*name)));
    let shapes = told(&["--shapes"]);
    assert!(shapes.contains("sh:property shape:role-giver , shape:role-item , shape:role-place ;\n    sh:closed true"));
    assert!(!triples(&shapes).is_empty());
}

#[test]
fn one_word_means_one_thing_in_all_frames() {
    let refused = |from: &str, to: &str| {
        assert!(GIFT.contains(from));
        let frame = Frame::parse("gift.toml", &GIFT.replace(from, to)).map_err(|e| e.to_string())?;
        built_in().add(frame).map_err(|e| e.to_string())
    };
    assert_eq!(refused("gave", "gave"), Ok(()));
    let clash = |word: &str| refused("property = \"gave\"", &format!("property = \"{word}\"")).unwrap_err();
    assert!(clash("giver").contains("a role has that name"));
    assert!(clash("donor").contains("donor is a role"), "{}", clash("donor"));
    assert!(clash("donated").contains("edge donated: it is called 赠送 here and 捐赠 in donation.toml"));
    assert!(refused("giver", "donated").unwrap_err().contains("donated is a role"));
}

#[test]
fn the_ontology_stands_in_a_graph_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let kg = Workspace::create_or_open(&folder.path().join("kg"), None).unwrap();
    let json = r#"{"id": "d", "text": "口罩", "entities": [{"id": "1", "type": "Product", "name": "口罩"}]}"#;
    let stated = [Annotation::from_json(json).unwrap()];
    let linking = Linking::new(&stated, &[], &[]);
    let contents = Contents { annotations: stated.to_vec(), unread: BTreeMap::new(), decisions: Vec::new(), linking };
    let store = kg.store_of(&contents, &built_in()).unwrap();
    let asked = |text: &str| match query::run(&store, kg.iris(), text, &Bindings::new()).unwrap() {
        Answer::Boolean(answer) => answer,
        other => panic!("{other:?}"),
    };
    assert!(asked(&format!(
        "ASK {{ GRAPH <{}> {{ tupu:donor a tupu:Role ; schema:rangeIncludes tupu:Person }} }}",
        ontology::IRI
    )));
    assert!(asked(&format!("ASK {{ GRAPH <{}> {{ tupu:Fact a ?class }} }}", ontology::IRI)));
    assert!(!asked("ASK { ?term a tupu:Role }"));
    // The default graph is what it is without the ontology.
    let alone = Store::in_memory().unwrap();
    alone.load(tupu::rdf::dataset(&stated, &built_in(), kg.iris())).unwrap();
    let count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }";
    assert_eq!(store.select(count, &[]).unwrap(), alone.select(count, &[]).unwrap());
    // All that stands in the file stands in the graph.
    assert_eq!(
        store.len().unwrap() - alone.len().unwrap(),
        triples(&file("tupu.ttl")).iter().collect::<HashSet<_>>().len()
    );
}
