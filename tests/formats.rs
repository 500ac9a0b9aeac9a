//! The same article in every format and encoding gives the same sentences and the same facts. The PDFs and DOCX of
//! `tests/cases/formats` were made once; the others are made here.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use encoding_rs::{BIG5, GB18030};
use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use serde_json::json;
use tupu::annotate::Annotator;
use tupu::annotate::segment::sentences;
use tupu::annotation::{Annotation, Filler, Value};
use tupu::document::Document;
use tupu::read::{Options, corpus};
use tupu::schema::Schema;
use tupu::text::normal::normal;
use tupu::text::prose::is_prose;

static ANNOTATOR: LazyLock<Annotator> = LazyLock::new(|| Annotator::new(Schema::embedded().unwrap()));

fn cases() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/formats")
}

/// A file's name and its bytes.
type Edition = (&'static str, Vec<u8>);

/// A text with its headline in the first line in every format that can be written here. `date` stands in the text too.
fn editions(title: &str, date: &str, text: &str) -> Vec<Edition> {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let body = &lines[usize::from(lines.first() == Some(&title))..];
    let taiwan = OpenCC::from_config(BuiltinConfig::S2tw).unwrap().convert(text);
    let escaped = |line: &str| line.replace('&', "&amp;").replace('<', "&lt;");
    let paragraphs = |open: &str, close: &str| -> String {
        body.iter().map(|line| format!("{open}{}{close}\n", escaped(line))).collect()
    };
    let html = format!(
        "<!doctype html><html><head><meta charset=\"gb2312\"><title>{0}_某某网</title></head><body>\
         <div class=\"nav\"><a href=\"/\">首页</a> <a href=\"/news\">新闻</a> <a href=\"/about\">关于我们</a></div>\
         <div class=\"article\"><h1>{0}</h1>\n{1}</div>\
         <div class=\"footer\">版权所有 某某网</div></body></html>",
        escaped(title),
        paragraphs("<p>　　", "</p>")
    );
    let marked: String = body.iter().map(|line| format!("{line}\n\n")).collect();
    let object = json!({"id": "a", "title": title, "published": date, "text": text});
    let table = |mark: u8| {
        let mut writer = csv::WriterBuilder::new().delimiter(mark).from_writer(Vec::new());
        writer.write_record(["标题", "日期", "正文"]).unwrap();
        writer.write_record([title, date, text]).unwrap();
        writer.into_inner().unwrap()
    };
    let utf16 = |unit: fn(u16) -> [u8; 2]| ["\u{FEFF}", text].concat().encode_utf16().flat_map(unit).collect();
    let big5 = BIG5.encode(&taiwan);
    let mut editions = vec![
        ("a.txt", text.into()),
        ("bom.txt", ["\u{FEFF}", text].concat().into()),
        ("crlf.txt", text.replace('\n', "\r\n").into()),
        ("gb18030.txt", GB18030.encode(text).0.into_owned()),
        ("utf16le.txt", utf16(u16::to_le_bytes)),
        ("utf16be.txt", utf16(u16::to_be_bytes)),
        ("traditional.txt", taiwan.clone().into()),
        ("a.md", format!("# {title}\n\n{marked}").into()),
        ("a.html", html.clone().into()),
        ("gb2312.html", GB18030.encode(&html).0.into_owned()),
        ("a.docx", docx(title, body)),
        ("a.csv", table(b',')),
        ("a.tsv", table(b'\t')),
        ("gbk.csv", GB18030.encode(std::str::from_utf8(&table(b',')).unwrap()).0.into_owned()),
        ("a.jsonl", object.to_string().into()),
        ("a.json", json!([object]).to_string().into()),
        ("a.txt.gz", gzip(text.as_bytes())),
        ("a.txt.xz", xz(text.as_bytes())),
        ("a.txt.zst", zstd::encode_all(text.as_bytes(), 3).unwrap()),
        ("a.zip", zip(&[("新闻/a.txt", text.as_bytes())])),
        ("html.zip", zip(&[("a.html", html.as_bytes())])),
    ];
    // Big5 has no character for some that are rare.
    if !big5.2 {
        editions.push(("big5.txt", big5.0.into_owned()));
    }
    editions
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn xz(bytes: &[u8]) -> Vec<u8> {
    let mut writer = lzma_rust2::XzWriter::new(Vec::new(), lzma_rust2::XzOptions::with_preset(1)).unwrap();
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap()
}

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// The least that Word takes.
fn docx(title: &str, body: &[&str]) -> Vec<u8> {
    let escaped = |line: &str| line.replace('&', "&amp;").replace('<', "&lt;");
    let paragraphs: String = [title]
        .iter()
        .chain(body)
        .map(|line| format!("<w:p><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>", escaped(line)))
        .collect();
    let document = format!(
        "<?xml version=\"1.0\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">\
         <w:body>{paragraphs}</w:body></w:document>"
    );
    zip(&[("word/document.xml", document.as_bytes())])
}

/// The one document of a file.
fn read(path: &Path) -> Document {
    let read = corpus(&[path.to_owned()], &Options::default(), &mut |_| {});
    assert!(read.refused.is_empty(), "{:?}", read.refused);
    let [document] = <[Document; 1]>::try_from(read.into_documents()).unwrap();
    document
}

/// The sentences without what is no word in them, in simplified characters.
fn told(document: &Document) -> Vec<String> {
    sentences(&document.text, is_prose).iter().map(|s| normal(s.span.of(&document.text))).collect()
}

/// The facts without ids and offsets, names normalised.
fn facts(document: &Document) -> Vec<String> {
    let annotation = ANNOTATOR.annotate(document);
    let filler = |f: &Filler| {
        let name = |id: &String| annotation.entities.iter().find(|e| e.id == *id).map(|e| (e.kind, normal(&e.name)));
        let quantity = |q: &tupu::annotation::Quantity| (q.value.to_string(), q.unit.as_deref().map(normal), q.bound);
        let value = f.value.as_ref().map(|value| match value {
            Value::Text(text) => (normal(text), None),
            Value::Quantity(number) => (String::new(), Some(quantity(number))),
        });
        format!("{} {:?} {value:?} {:?}", f.role, f.entity.as_ref().map(name), f.quantity.as_ref().map(quantity))
    };
    let words = |annotation: &Annotation, span: Option<tupu::span::CharSpan>| {
        span.map(|s| normal(&annotation.text.chars().skip(s.start).take(s.end - s.start).collect::<String>()))
    };
    let fact = |f: &tupu::annotation::Fact| {
        let roles: Vec<String> = f.roles.iter().map(filler).collect();
        let evidence = words(&annotation, f.evidence);
        format!("{} {roles:?} {:?} {:?} {:?} {evidence:?}", f.kind, f.polarity, f.modality, f.confidence)
    };
    annotation.facts.iter().map(fact).collect()
}

/// Holds every file of a folder against a document.
fn check(folder: &Path, names: &[&str], expected: &Document) {
    let (sentences, stated) = (told(expected), facts(expected));
    for name in names {
        let document = read(&folder.join(name));
        assert_eq!(told(&document), sentences, "{name} of {}", expected.id);
        assert_eq!(document.published, expected.published, "{name} of {}", expected.id);
        let title = |d: &Document| d.title.as_deref().map(normal);
        assert_eq!(title(&document), title(expected), "{name} of {}", expected.id);
        assert_eq!(facts(&document), stated, "{name} of {}", expected.id);
    }
}

fn write(editions: &[Edition]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in editions {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}

#[test]
fn an_article_is_the_same_in_every_format() {
    let expected = read(&cases().join("article.txt"));
    assert!(facts(&expected).len() > 5);
    let title = expected.title.as_deref().unwrap();
    let editions = editions(title, expected.published.as_deref().unwrap(), &expected.text);
    let names: Vec<&str> = editions.iter().map(|(name, _)| *name).collect();
    assert_eq!(names.len(), 22, "one in every encoding too");
    check(write(&editions).path(), &names, &expected);
    let made =
        ["article.docx", "article.pdf", "columns.pdf", "gbk.pdf", "owner_password.pdf", "pages.pdf", "unembedded.pdf"];
    check(&cases(), &made, &expected);
}

#[test]
fn gold_articles_are_the_same_in_every_format() {
    let Some(folder) = std::env::var_os("TUPU_GOLD") else {
        eprintln!("skipped: TUPU_GOLD does not name the folder with the gold articles");
        return;
    };
    let dev = fs::read_to_string(Path::new(&folder).join("dev.jsonl")).unwrap();
    for line in dev.lines() {
        let gold = Annotation::from_json(line).unwrap().document();
        // As a page or a file shows it: its date above the text.
        let date = gold.published.clone().unwrap_or_else(|| "2020-02-10".into());
        let title = gold.title.clone().unwrap_or_else(|| "一则消息".into()).trim().to_owned();
        let lines = gold.text.lines().map(str::trim).filter(|l| !l.is_empty() && *l != title);
        let text =
            [title.as_str(), &format!("发布时间：{date}")].into_iter().chain(lines).collect::<Vec<_>>().join("\n");
        let expected = Document {
            id: gold.id,
            title: Some(title.clone()),
            published: Some(date.clone()),
            text,
            ..Document::default()
        };
        let editions = editions(&title, &date, &expected.text);
        let names: Vec<&str> = editions.iter().map(|(name, _)| *name).collect();
        check(write(&editions).path(), &names, &expected);
    }
}
