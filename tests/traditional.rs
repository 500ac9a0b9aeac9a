//! Text in traditional characters: the same facts come out of an article and of its renderings for Taiwan and Hong
//! Kong, told in the words as they stand. The renderings are made by OpenCC.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use tupu::annotate::{Annotator, Trace};
use tupu::annotation::{Annotation, Value};
use tupu::document::Document;
use tupu::rdf::{self, Iris};
use tupu::read::documents;
use tupu::schema::Schema;
use tupu::span::CharSpan;
use tupu::text::simplified::simplified;

const RENDERINGS: [BuiltinConfig; 3] = [BuiltinConfig::S2t, BuiltinConfig::S2tw, BuiltinConfig::S2hk];

static ANNOTATOR: LazyLock<Annotator> = LazyLock::new(|| Annotator::new(Schema::embedded().unwrap()));

fn sample() -> Vec<Document> {
    documents(&[Path::new(env!("CARGO_MANIFEST_DIR")).join("data/sample")]).unwrap()
}

/// The articles that the grammar was written by, where the gold is at hand.
fn gold() -> Vec<Document> {
    let Some(folder) = std::env::var_os("TUPU_GOLD") else {
        eprintln!("skipped: TUPU_GOLD does not name the folder with the gold articles");
        return Vec::new();
    };
    let read = |file: &str| std::fs::read_to_string(Path::new(&folder).join(file)).unwrap();
    let (dev, train) = (read("dev.jsonl"), read("train.jsonl"));
    let lines = dev.lines().chain(train.lines().take(19));
    lines.map(|line| Annotation::from_json(line).unwrap().document()).collect()
}

/// Every document in every rendering, the quotes too where Taiwan has others.
fn renderings(documents: &[Document]) -> Vec<(&Document, Document)> {
    let mut out = Vec::new();
    for config in RENDERINGS {
        let corner = config == BuiltinConfig::S2tw;
        let opencc = OpenCC::from_config(config).unwrap();
        let quote = |c: char| match c {
            '“' if corner => '「',
            '”' if corner => '」',
            '‘' if corner => '『',
            '’' if corner => '』',
            _ => c,
        };
        let render = |text: &str| opencc.convert(text).chars().map(quote).collect::<String>();
        out.extend(documents.iter().map(|document| {
            let title = document.title.as_deref().map(render);
            (document, Document { title, text: render(&document.text), ..document.clone() })
        }));
    }
    out
}

fn slice(text: &str, span: CharSpan) -> String {
    text.chars().skip(span.start).take(span.end - span.start).collect()
}

/// Names and values are words of the text, in its own characters.
fn check_words(annotation: &Annotation) {
    let Annotation { text, entities, facts, .. } = annotation;
    for entity in entities {
        assert!(entity.mentions.iter().any(|m| slice(text, *m) == entity.name), "{}: {}", annotation.id, entity.name);
    }
    for filler in facts.iter().flat_map(|f| &f.roles) {
        let value = match &filler.value {
            Some(Value::Quantity(quantity)) => Some(quantity),
            _ => None,
        };
        for unit in value.into_iter().chain(&filler.quantity).filter_map(|q| q.unit.as_deref()) {
            assert!(text.contains(unit), "{}: {unit}", annotation.id);
        }
    }
}

/// How many facts the documents give in each rendering; every rendering must give those of the original.
fn check(documents: &[Document]) -> usize {
    let originals: Vec<Annotation> = documents.iter().map(|document| ANNOTATOR.annotate(document)).collect();
    for (document, rendering) in renderings(documents) {
        let expected = originals.iter().find(|a| a.id == document.id).unwrap();
        assert_eq!(simplified(&rendering.text), document.text, "{}", document.id);
        let found = ANNOTATOR.annotate(&rendering);
        assert_eq!(found.text, rendering.text);
        assert_eq!(found.simplified(), expected.simplified(), "{}", document.id);
        check_words(&found);
    }
    originals.iter().map(|a| a.facts.len()).sum()
}

#[test]
fn the_sample_gives_the_same_facts() {
    assert!(check(&sample()) > 50);
}

#[test]
fn the_gold_articles_give_the_same_facts() {
    check(&gold());
}

#[test]
fn entities_and_their_names_in_the_graph_are_the_same() {
    let (iris, sample) = (Iris::default(), sample());
    let named = |document: &Document| -> BTreeSet<String> {
        let quads = rdf::dataset(&[ANNOTATOR.annotate(document)], ANNOTATOR.schema(), &iris);
        let names = quads.iter().filter(|quad| quad.predicate.as_str().ends_with("#name"));
        names.map(|quad| format!("{} {}", quad.subject, quad.object)).collect()
    };
    for (document, rendering) in renderings(&sample) {
        let names = named(document);
        assert!(!names.is_empty());
        assert_eq!(named(&rendering), names, "{}", document.id);
    }
}

#[test]
fn characters_of_other_lengths_move_no_offset() {
    // Four bytes where three are read, three where four are, and three where three are.
    let odd = ['𦪙', '㑮', '⻔', '「', '嘆'];
    for (n, (_, rendering)) in renderings(&sample()).into_iter().enumerate() {
        let text = rendering.text.chars().enumerate();
        let text = text.flat_map(|(at, c)| std::iter::once(c).chain((at % 13 == n % 13).then(|| odd[at / 13 % 5])));
        let document = Document { text: text.collect(), ..rendering.clone() };
        let trace = ANNOTATOR.explain(&document);
        trace.annotation.check().unwrap();
        check_words(&trace.annotation);
        for sentence in trace.sentences {
            assert_eq!(sentence.span.of(&document.text), sentence.text);
        }
    }
}

/// The reading of a text that has characters of four bytes where the simplified ones have three, and the reverse.
fn explained() -> (Document, Trace) {
    let text = "𦪙𠁞公司「嘆」：\n東海大學向臺北醫院捐贈了口罩500隻。大家紛紛捐款。";
    let document = Document { id: "n".into(), text: text.into(), ..Document::default() };
    let trace = ANNOTATOR.explain(&document);
    (document, trace)
}

#[test]
fn the_trace_stands_in_the_original() {
    let (document, trace) = explained();
    for sentence in &trace.sentences {
        assert_eq!(sentence.span.of(&document.text), sentence.text);
        assert_eq!(sentence.tokens.iter().map(|(word, _)| word.as_str()).collect::<String>(), sentence.text);
        for attempt in &sentence.attempts {
            assert_eq!(attempt.span.of(&document.text), attempt.trigger);
        }
    }
    let told = trace.to_string();
    for line in
        ["mention   臺北醫院  Organization", "value     500隻 = ", "trigger   捐贈  Donation", "item=口罩 500隻"]
    {
        assert!(told.contains(line), "{line}\n{told}");
    }
}

#[test]
fn names_units_and_unread_sentences_are_as_written() {
    let (document, trace) = explained();
    let names: Vec<&str> = trace.annotation.entities.iter().map(|e| e.name.as_str()).collect();
    assert!(names.contains(&"東海大學") && names.contains(&"臺北醫院"), "{names:?}");
    let item = trace.annotation.facts[0].roles.iter().find(|f| f.role == "item").unwrap();
    assert_eq!(item.quantity.as_ref().unwrap().unit.as_deref(), Some("隻"));
    let (annotation, unread) = ANNOTATOR.annotate_and_tell(&document);
    assert_eq!(unread, ANNOTATOR.unread(&annotation));
    let told: Vec<(String, Vec<String>)> =
        unread.into_iter().map(|u| (slice(&document.text, u.sentence), u.triggers.into_iter().collect())).collect();
    assert_eq!(told, [("大家紛紛捐款。".to_owned(), vec!["捐款".to_owned()])]);
}

#[test]
fn words_are_tagged_as_written() {
    let (document, _) = explained();
    let words: String = ANNOTATOR.tag(&document).into_iter().flatten().map(|word| word.text).collect();
    assert_eq!(words, document.text.replace('\n', ""));
}
