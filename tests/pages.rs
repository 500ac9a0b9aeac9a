//! Saved pages of ten templates: what is read from each, and that nothing beside an article gets into it.
//!
//! The pages, their sites, media and persons are invented. In their menus, lists of other articles and comments stands
//! an organisation of its own, 旁观 (the bystander), about whom no article says a word.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use tupu::annotate::Annotator;
use tupu::document::Document;
use tupu::read::documents;
use tupu::schema::Schema;

const BYSTANDER: [&str; 2] = ["旁观", "旁觀"];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/pages")
}

/// The pages, each with its document.
fn pages() -> Vec<(PathBuf, Document)> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "html"));
    paths.sort();
    assert_eq!(paths.len(), 10);
    paths.into_iter().map(|path| (path.clone(), documents(&[path]).unwrap().remove(0))).collect()
}

#[test]
fn headline_date_publisher_writer_and_address_are_found() {
    let expected = fs::read_to_string(folder().join("expected.tsv")).unwrap();
    let mut rows: BTreeSet<&str> = expected.lines().filter(|line| !line.starts_with('#')).collect();
    for (_, document) in pages() {
        let field = |field: &Option<String>| field.clone().unwrap_or_else(|| "-".into());
        let Document { id, title, published, source, author, url, .. } = &document;
        let found = [Some(id.clone()), title.clone(), published.clone(), source.clone(), author.clone(), url.clone()];
        let found = found.iter().map(field).collect::<Vec<_>>().join("\t");
        assert!(rows.remove(found.as_str()), "not as in expected.tsv:\n{found}");
    }
    assert!(rows.is_empty(), "no page for {rows:?}");
}

#[test]
fn the_text_is_the_article_a_paragraph_a_line() {
    for (path, document) in pages() {
        let expected = fs::read_to_string(path.with_extension("txt")).unwrap();
        for (found, line) in document.text.lines().zip(expected.lines()) {
            assert_eq!(found, line, "{}", path.display());
        }
        assert_eq!(document.text, expected, "{}", path.display());
        assert!(document.text.starts_with(document.title.as_deref().unwrap()), "{}", path.display());
    }
}

#[test]
fn no_fact_is_about_what_stands_beside_an_article() {
    let annotator = Annotator::new(Schema::embedded().unwrap());
    for (path, document) in pages() {
        let page = fs::read_to_string(&path).unwrap();
        assert!(BYSTANDER.iter().any(|name| page.contains(name)), "{} tempts with nothing", path.display());
        assert!(!BYSTANDER.iter().any(|name| document.text.contains(name)), "{}", path.display());
        let annotation = annotator.annotate(&document);
        assert!(!annotation.facts.is_empty(), "nothing is read from {}", path.display());
        let json = annotation.to_json();
        assert!(!BYSTANDER.iter().any(|name| json.contains(name)), "{}", path.display());
    }
}
