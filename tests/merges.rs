//! A hundred merges of a thousand news items, judged by hand: `tests/cases/link/merges.tsv`.
//!
//! A merge is one entity of the graph that two documents mention. The sheet names entity, documents and where each first
//! mentions it (code points); the last two columns are the judgement of who read both: `one`, `two` (the merge is
//! wrong) or `unclear`, and why. With `TUPU_UPDATE=1` a new sheet is drawn, to be judged anew.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::Read as _;
use std::path::PathBuf;

use rayon::prelude::*;
use sha2::{Digest, Sha256};
use tupu::annotate::Annotator;
use tupu::annotation::Annotation;
use tupu::document::Document;
use tupu::link::{Linking, around};
use tupu::rdf::Iris;
use tupu::schema::Schema;

const SHEET: &str = "tests/cases/link/merges.tsv";
/// Every so many items of the news are read.
const STEP: usize = 74;
const DOCUMENTS: usize = 1000;
const MERGES: usize = 100;
const SEED: &str = "3";
/// What stands above the rows.
const HEAD: &str = "# A hundred merges drawn from a thousand news items (tests/merges.rs), judged by hand: two readers, apart, read both texts.\n\
# Columns: type, name, document, code point at which it first mentions the entity, another document, likewise, judgement\n\
# (one, two, unclear), note.\n\
";

/// The documents, or nothing where no corpus is given.
fn documents() -> Option<Vec<Document>> {
    let folder = PathBuf::from(std::env::var_os("TUPU_CORPUS")?);
    let file = fs::File::open(folder.join("news.jsonl.xz")).unwrap();
    let mut text = String::new();
    lzma_rust2::XzReader::new(std::io::BufReader::new(file), true).read_to_string(&mut text).unwrap();
    let read = |line: &str| {
        let item: serde_json::Value = serde_json::from_str(line).unwrap();
        let field = |name: &str| item[name].as_str().unwrap().to_owned();
        let (title, published) = (Some(field("title")), Some(field("published")));
        Document { id: field("id"), title, published, text: field("text"), ..Document::default() }
    };
    Some(text.lines().step_by(STEP).take(DOCUMENTS).map(read).collect())
}

fn annotated() -> Option<Vec<Annotation>> {
    let annotator = Annotator::new(Schema::embedded().unwrap());
    let annotations = documents()?.par_iter().map(|document| annotator.annotate(document)).collect();
    Some(tupu::read::reprints::fold(annotations))
}

fn hash(words: &str) -> Vec<u8> {
    Sha256::digest(format!("{SEED} {words}").as_bytes()).to_vec()
}

/// Where a document first mentions an identity.
fn first(linking: &Linking, document: &str, identity: usize) -> usize {
    let members = linking.members(document).iter().filter(|member| member.identity == identity);
    members.flat_map(|member| &member.mentions).map(|span| span.start).min().unwrap_or_default()
}

/// A new sheet, and to read beside it the sentences, which are not ours to keep.
fn draw(annotations: &[Annotation]) -> (String, String) {
    let (linking, iris) = (Linking::new(annotations, &[], &[]), Iris::default());
    let mut several: Vec<usize> =
        (0..linking.identities.len()).filter(|at| linking.identities[*at].documents.len() > 1).collect();
    let iri = |at: usize| iris.entity(&linking.identities[at].key).into_string();
    several.sort_by_cached_key(|at| hash(&iri(*at)));
    let texts: BTreeMap<&str, &Annotation> = annotations.iter().map(|a| (a.id.as_str(), a)).collect();
    let mut sheet = HEAD.to_owned();
    let mut sentences = String::new();
    for at in several.into_iter().take(MERGES) {
        let identity = &linking.identities[at];
        let mut documents: Vec<&String> = identity.documents.iter().collect();
        documents.sort_by_cached_key(|id| hash(&format!("{} {id}", iri(at))));
        let _ = write!(sheet, "{}\t{}", identity.kind, identity.name);
        let _ = writeln!(
            sentences,
            "{} {} ({}; {} documents)",
            identity.kind,
            identity.name,
            identity.ground(),
            identity.documents.len()
        );
        for id in &documents[..2] {
            let start = first(&linking, id, at);
            let _ = write!(sheet, "\t{id}\t{start}");
            let members = linking.members(id).iter().filter(|member| member.identity == at);
            let span = members.flat_map(|member| &member.mentions).min_by_key(|span| span.start).unwrap();
            let annotation = texts[id.as_str()];
            let _ = writeln!(
                sentences,
                "    {} | {} | {}",
                annotation.words(*span),
                annotation.title.as_deref().unwrap_or_default(),
                around(annotation, *span)
            );
        }
        sheet += "\t\t\n";
    }
    (sheet, sentences)
}

#[test]
fn merges_judged_by_hand_are_right() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(SHEET);
    let Some(annotations) = annotated() else {
        eprintln!("skipped: set TUPU_CORPUS to the folder of the corpus");
        return;
    };
    if std::env::var_os("TUPU_UPDATE").is_some() {
        let (sheet, sentences) = draw(&annotations);
        fs::write(&path, sheet).unwrap();
        println!("{sentences}");
        return;
    }
    let linking = Linking::new(&annotations, &[], &[]);
    let identity = |document: &str, start: &str| {
        let start: usize = start.parse().unwrap();
        let here = |member: &&tupu::link::Member| member.mentions.iter().any(|span| span.start == start);
        linking.members(document).iter().find(here).map(|member| member.identity)
    };
    let sheet = fs::read_to_string(&path).unwrap();
    let (mut right, mut joined, mut wrong) = (0, 0, Vec::new());
    for row in sheet.lines().filter(|line| !line.starts_with('#')) {
        let [_, name, one, at, other, there, judgement, _] = row.split('\t').collect::<Vec<_>>()[..] else {
            panic!("{row}")
        };
        let is_one = identity(one, at).is_some_and(|found| Some(found) == identity(other, there));
        match judgement {
            "one" => {
                right += 1;
                joined += usize::from(is_one);
            }
            _ if is_one => wrong.push(name),
            _ => {}
        }
    }
    println!(
        "merges judged right {right} of {MERGES}, of which still merged {joined}; wrong and still merged: {wrong:?}"
    );
    assert!(right >= 97, "{right}");
    assert!(joined >= 95, "{joined} of {right}");
    assert!(wrong.len() <= 3, "{wrong:?}");
}
