//! Two organisations stay two where one's name is part of the other's: 北京大学 and 北京大学第三医院. The pairs are those of
//! `tests/cases/link/distinct.tsv`, the texts are made here.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use rayon::prelude::*;
use tupu::annotate::Annotator;
use tupu::annotation::{Annotation, EntityType};
use tupu::document::Document;
use tupu::link::Linking;
use tupu::schema::Schema;
use tupu::span::CodePoints;

static ANNOTATOR: LazyLock<Annotator> = LazyLock::new(|| Annotator::new(Schema::embedded().unwrap()));

/// Texts of both; S is the shorter name, L the longer one.
const BOTH: [&str; 11] = [
    "L与S签署合作协议。",
    "S和L联合举办了培训班。",
    "L于3月2日启动招聘。S当天发布了年度报告。",
    "S于3月2日发布了年度报告。L当天启动招聘。",
    "参加会议的有S、L、临江银行。",
    "参加会议的有临江银行、L、S。",
    "临江银行向L捐款20万元，向S捐款50万元。",
    "3月2日，L与S举行座谈。\n会上，S介绍了今年的计划。",
    "3月2日，S与L举行座谈。\n会上，L介绍了今年的计划。S将继续参与。",
    "S（L）获得表彰。",
    "3月2日，L负责人方志远到访临江。\n方志远此前在S任职。S表示祝贺。",
];

/// Texts of one; N is its name.
const ALONE: [&str; 2] = ["N于3月2日启动招聘。", "3月2日，N与临江银行签署合作协议。\n方志远代表N出席仪式。"];

/// Of a hundred texts of both, in so many at least both names are read as those of organisations.
const FOUND: usize = 90;

/// Two names, the shorter one first.
struct Pair {
    shorter: String,
    longer: String,
}

impl Pair {
    /// The texts that name both.
    fn both(&self) -> impl Iterator<Item = Document> + '_ {
        BOTH.iter().map(|text| document(text.replace('L', &self.longer).replace('S', &self.shorter)))
    }

    /// The texts of the shorter name alone, and those of the longer one alone: for what is one across documents.
    fn alone(&self) -> (Vec<Document>, Vec<Document>) {
        let of = |name: &str| ALONE.iter().map(|text| document(text.replace('N', name))).collect();
        (of(&self.shorter), of(&self.longer))
    }
}

fn document(text: String) -> Document {
    Document { id: text.clone(), text, ..Document::default() }
}

fn pairs() -> Vec<Pair> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/link/distinct.tsv");
    let rows = fs::read_to_string(path).unwrap();
    let pair = |row: &str| {
        let columns: Vec<&str> = row.split('\t').collect();
        let [shorter, longer, _, _] = columns[..] else { panic!("{row}: four columns") };
        Pair { shorter: shorter.to_owned(), longer: longer.to_owned() }
    };
    rows.lines().filter(|row| !row.starts_with('#')).map(pair).collect()
}

/// The entities: what each is and by which names it is mentioned.
fn entities(annotation: &Annotation) -> Vec<(EntityType, BTreeSet<&str>)> {
    let text = annotation.text.as_str();
    let points = CodePoints::new(text);
    let words = |span| points.bytes(span).unwrap().of(text);
    annotation.entities.iter().map(|e| (e.kind, e.mentions.iter().map(|m| words(*m)).collect())).collect()
}

/// Whether an organisation is mentioned by this name.
fn names(entities: &[(EntityType, BTreeSet<&str>)], name: &str) -> bool {
    entities.iter().any(|(kind, names)| *kind == EntityType::Organization && names.contains(name))
}

#[test]
fn the_pairs_are_names_that_hold_one_another() {
    let pairs = pairs();
    assert!(pairs.len() >= 220, "{} pairs", pairs.len());
    let keys: Vec<_> = pairs.iter().map(|p| (&p.shorter, &p.longer)).collect();
    assert!(keys.is_sorted_by(|a, b| a < b), "sorted, none twice");
    for Pair { shorter, longer } in &pairs {
        assert!(longer.len() > shorter.len() && longer.contains(shorter.as_str()), "{shorter}, {longer}");
    }
}

#[test]
fn bodies_whose_names_hold_one_another_are_two_entities_of_a_document() {
    let pairs = pairs();
    let read = |pair: &Pair| {
        let (mut found, mut joined) = (0, Vec::new());
        for document in pair.both() {
            let annotation = ANNOTATOR.annotate(&document);
            let entities = entities(&annotation);
            let (shorter, longer) = (pair.shorter.as_str(), pair.longer.as_str());
            found += usize::from(names(&entities, shorter) && names(&entities, longer));
            if entities.iter().any(|(_, names)| names.contains(shorter) && names.contains(longer)) {
                joined.push(document.text);
            }
        }
        (found, joined)
    };
    let (found, joined): (Vec<usize>, Vec<Vec<String>>) = pairs.par_iter().map(read).unzip();
    let (found, texts) = (found.iter().sum::<usize>(), pairs.len() * BOTH.len());
    println!("both names are found in {found} of {texts} texts");
    assert!(found * 100 >= texts * FOUND, "both names are found in {found} of {texts} texts only");
    let joined = joined.concat();
    assert!(joined.is_empty(), "{} texts in which two are one:\n{}", joined.len(), joined.join("\n"));
}

#[test]
fn they_are_two_across_documents() {
    let pairs = pairs();
    let documents: BTreeSet<String> = pairs
        .iter()
        .flat_map(|pair| {
            let (shorter, longer) = pair.alone();
            shorter.into_iter().chain(longer).chain(pair.both())
        })
        .map(|document| document.text)
        .collect();
    let documents: Vec<String> = documents.into_iter().collect();
    let annotations: Vec<Annotation> =
        documents.par_iter().map(|text| ANNOTATOR.annotate(&document(text.clone()))).collect();
    let linking = Linking::new(&annotations, &[], &[]);
    let mut called: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (_, member) in linking.all_members() {
        for name in &member.names {
            called.entry(name).or_default().insert(member.identity);
        }
    }
    let of = |name: &str| called.get(name).cloned().unwrap_or_default();
    let joined: Vec<String> = pairs
        .iter()
        .filter(|pair| !of(&pair.shorter).is_disjoint(&of(&pair.longer)))
        .map(|pair| format!("{}, {}", pair.shorter, pair.longer))
        .collect();
    let several = linking.identities.iter().filter(|identity| identity.documents.len() > 1).count();
    println!("{several} bodies of several documents, {} pairs joined", joined.len());
    assert!(joined.is_empty(), "{}", joined.join("\n"));
    assert!(several > pairs.len(), "{several} bodies only are known in several documents");
}

#[test]
fn most_are_found_where_they_are_named_alone() {
    let pairs = pairs();
    let read = |pair: &Pair| {
        let (shorter, longer) = pair.alone();
        let of = |documents: Vec<Document>, name: &str| {
            documents.iter().filter(|d| names(&entities(&ANNOTATOR.annotate(d)), name)).count()
        };
        of(shorter, &pair.shorter) + of(longer, &pair.longer)
    };
    let found: usize = pairs.par_iter().map(read).sum();
    let texts = 2 * ALONE.len() * pairs.len();
    println!("the name is found in {found} of {texts} texts of one body");
    assert!(found * 100 >= texts * FOUND, "the name is found in {found} of {texts} texts only");
}
