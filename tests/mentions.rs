//! The mention layer: every mention and every filler leads to the words it stands for, and the offsets are right.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use oxigraph::model::{NamedNodeRef, NamedOrBlankNode, Quad, Term};
use tupu::annotate::Annotator;
use tupu::annotation::{Annotation, Value};
use tupu::document::Document;
use tupu::link::Linking;
use tupu::rdf::vocab::{itsrdf, nif, prov, rdf as rdf_terms, term, tupu as terms};
use tupu::rdf::{self, Iris};
use tupu::schema::Schema;

/// A text with characters beyond the basic plane, which are one code point but two units of UTF-16 and four bytes.
const TEXT: &str = "𠮷野科技有限公司复工。😀其中,向青山医院捐赠口罩超过5万只、手套和50883元,用于支援抗疫一线。";

/// The text as a careful reader marks it: one filler outside the evidence, one with a quantity, a sum, a text.
fn annotation() -> Annotation {
    let at = |words: &str| {
        let start = TEXT[..TEXT.find(words).unwrap()].chars().count();
        serde_json::json!({"start": start, "end": start + words.chars().count()})
    };
    let filler = |role: &str, words: &str, more: serde_json::Value| {
        let mut filler = serde_json::json!({"role": role, "start": at(words)["start"], "end": at(words)["end"]});
        filler.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        filler
    };
    let json = serde_json::json!({
        "id": "d/1", "text": TEXT,
        "entities": [
            {"id": "e1", "type": "Organization", "name": "𠮷野科技有限公司",
             "mentions": [at("𠮷野科技有限公司"), at("𠮷野科技")]},
            {"id": "e2", "type": "Organization", "name": "青山医院", "mentions": [at("青山医院")]},
            {"id": "e3", "type": "Product", "name": "口罩", "mentions": [at("口罩")]},
            {"id": "e4", "type": "Product", "name": "手套", "mentions": [at("手套")]}],
        "facts": [{
            "id": "f1", "type": "Donation", "trigger": at("捐赠"), "evidence": at("向青山医院捐赠口罩超过5万只、手套和50883元"),
            "roles": [
                filler("donor", "𠮷野科技有限公司", serde_json::json!({"entity": "e1", "elided": true})),
                filler("recipient", "青山医院", serde_json::json!({"entity": "e2"})),
                filler("item", "口罩", serde_json::json!({"entity": "e3", "quantity": {"value": 50000, "unit": "只",
                    "bound": "over", "start": at("超过5万只")["start"], "end": at("超过5万只")["end"]}})),
                filler("item", "手套", serde_json::json!({"entity": "e4"})),
                filler("amount", "50883元", serde_json::json!({"value": {"value": 50883, "currency": "CNY"}})),
                filler("purpose", "支援抗疫一线", serde_json::json!({"value": "支援抗疫一线"})),
                {"role": "time", "value": "2020-02"}]}]});
    Annotation::from_json(&json.to_string()).unwrap()
}

/// What the program itself reads in a longer text.
fn extracted() -> Annotation {
    let text = format!("{TEXT}\n\n该公司还向青山医院提供了防护服300套。2月8日，𠮷野科技向湖北省发往一批消毒液。");
    let document = Document { id: "d/2".into(), published: Some("2020-02-10".into()), text, ..Document::default() };
    Annotator::new(Schema::embedded().unwrap()).annotate(&document)
}

fn objects<'a>(quads: &'a [Quad], subject: &NamedOrBlankNode, predicate: NamedNodeRef<'_>) -> Vec<&'a Term> {
    let mut objects: Vec<&Term> =
        quads.iter().filter(|q| q.subject == *subject && q.predicate == predicate).map(|q| &q.object).collect();
    objects.dedup();
    objects
}

fn one(quads: &[Quad], subject: &NamedOrBlankNode, predicate: NamedNodeRef<'_>) -> String {
    let found: BTreeSet<String> = objects(quads, subject, predicate).into_iter().map(value).collect();
    assert_eq!(found.len(), 1, "{subject} {predicate}: {found:?}");
    found.into_iter().next().unwrap()
}

fn iri(quad: &Quad) -> &str {
    let NamedOrBlankNode::NamedNode(node) = &quad.subject else { panic!("{quad}") };
    node.as_str()
}

fn value(term: &Term) -> String {
    match term {
        Term::NamedNode(node) => node.as_str().to_owned(),
        Term::Literal(literal) => literal.value().to_owned(),
        other => panic!("{other}"),
    }
}

/// The mention layer of one document by itself.
fn layer(annotation: &Annotation, iris: &Iris) -> Vec<Quad> {
    let linking = Linking::new(std::slice::from_ref(annotation), &[], &[]);
    rdf::mentions::layer(annotation, &linking, iris, &rdf::Scope::whole())
}

/// The words that the offsets of a phrase cut out of the text.
fn cut(quads: &[Quad], phrase: &NamedOrBlankNode, text: &str) -> String {
    let offset = |predicate| one(quads, phrase, predicate).parse::<usize>().unwrap();
    let (begin, end) = (offset(nif::BEGIN_INDEX), offset(nif::END_INDEX));
    text.chars().skip(begin).take(end - begin).collect()
}

#[test]
fn the_offsets_of_every_phrase_cut_its_words_out_of_the_text() {
    let iris = Iris::default();
    for annotation in [annotation(), extracted()] {
        let layer = layer(&annotation, &iris);
        let phrases: BTreeSet<String> = layer
            .iter()
            .filter(|q| q.predicate == rdf_terms::TYPE && q.object == Term::from(nif::PHRASE.into_owned()))
            .map(|q| q.subject.to_string())
            .collect();
        assert!(phrases.len() > 6, "{phrases:?}");
        let mut seen = 0;
        for quad in layer.iter().filter(|q| phrases.contains(&q.subject.to_string())) {
            assert_eq!(cut(&layer, &quad.subject, &annotation.text), one(&layer, &quad.subject, nif::ANCHOR_OF));
            let context = one(&layer, &quad.subject, nif::REFERENCE_CONTEXT);
            assert_eq!(context, iris.document(&annotation.id).as_str());
            seen += 1;
        }
        assert!(seen > phrases.len());
    }
}

#[test]
fn every_mention_leads_to_its_entity() {
    let iris = Iris::default();
    for annotation in [annotation(), extracted()] {
        let graph = rdf::dataset(std::slice::from_ref(&annotation), &Schema::embedded().unwrap(), &iris);
        let layer = layer(&annotation, &iris);
        let mut expected = BTreeSet::new();
        for entity in &annotation.entities {
            for span in &entity.mentions {
                expected.insert((span.start, entity.name.clone()));
            }
        }
        let names: BTreeMap<String, String> = graph
            .iter()
            .filter(|q| q.predicate == terms::NAME)
            .map(|q| (q.subject.to_string(), value(&q.object)))
            .collect();
        let found: BTreeSet<(usize, String)> = layer
            .iter()
            .filter(|q| q.predicate == itsrdf::TA_IDENT_REF)
            .map(|q| {
                let start = one(&layer, &q.subject, nif::BEGIN_INDEX).parse().unwrap();
                (start, names[&q.object.to_string()].clone())
            })
            .collect();
        assert_eq!(found, expected);
    }
}

#[test]
fn every_filler_leads_to_the_words_it_was_read_from() {
    let (annotation, iris) = (annotation(), Iris::default());
    let graph = rdf::dataset(std::slice::from_ref(&annotation), &Schema::embedded().unwrap(), &iris);
    let layer = layer(&annotation, &iris);
    let mut found = Vec::new();
    for role in layer.iter().filter(|q| q.predicate == terms::ROLE) {
        let (fact, tail) = iri(role).split_once("/arg/").unwrap();
        let fact = NamedOrBlankNode::from(oxigraph::model::NamedNode::new_unchecked(fact));
        let filler = objects(&layer, &role.subject, terms::FILLER)[0];
        let Term::NamedNode(property) = &role.object else { panic!("{role}") };
        assert!(objects(&graph, &fact, property.as_ref()).contains(&filler), "{fact} has no {property} {filler}");
        let words: Vec<String> = objects(&layer, &role.subject, prov::WAS_DERIVED_FROM)
            .into_iter()
            .map(|phrase| {
                let Term::NamedNode(phrase) = phrase else { panic!("{phrase}") };
                cut(&layer, &phrase.clone().into(), &annotation.text)
            })
            .collect();
        found.push((tail.to_owned(), words.join("|")));
    }
    let expected = [
        ("donor", "𠮷野科技有限公司"),
        ("recipient", "青山医院"),
        ("item", "口罩"),
        ("item/2", "手套"),
        ("amount", "50883元"),
        ("purpose", "支援抗疫一线"),
        // Nobody says where it was read: no words rather than wrong ones.
        ("time", ""),
    ];
    assert_eq!(found, expected.map(|(role, words)| (role.to_owned(), words.to_owned())));
    let quantity = layer.iter().find(|q| iri(q).ends_with("/item/1")).unwrap();
    assert_eq!(value(&quantity.object), iris.span("d/1", tupu::span::CharSpan { start: 24, end: 29 }).as_str());
    assert!(matches!(annotation.facts[0].roles[4].value, Some(Value::Quantity(_))));
    assert!(!layer.iter().any(|q| q.predicate == term("elided")), "only the graph itself says that");
}

#[test]
fn the_layer_stands_in_the_graph_of_its_document() {
    let (annotation, iris) = (annotation(), Iris::default());
    let layer = layer(&annotation, &iris);
    let graphs: HashSet<String> = layer.iter().map(|q| q.graph_name.to_string()).collect();
    assert_eq!(graphs, HashSet::from([iris.document("d/1").to_string()]));
    assert_eq!(layer, self::layer(&annotation, &iris));
}
