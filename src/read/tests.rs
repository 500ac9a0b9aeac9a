use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::*;

fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn all(inputs: &[PathBuf]) -> Corpus {
    corpus(inputs, &Options::default(), &mut |_| {})
}

/// The one message of what is refused.
fn refused(inputs: &[PathBuf]) -> String {
    let messages: Vec<String> = all(inputs).refused.iter().map(ToString::to_string).collect();
    let [message] = messages.as_slice() else { panic!("not one message: {messages:?}") };
    assert!(!message.contains('\n'), "more than a line: {message}");
    message.clone()
}

fn ids(corpus: &Corpus) -> Vec<&str> {
    corpus.found.iter().map(|f| f.document.id.as_str()).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn at(folder: &tempfile::TempDir, name: &str) -> PathBuf {
    folder.path().join(name)
}

#[test]
fn a_folder_is_read_in_the_order_of_names() {
    let folder = folder(&[
        ("b.txt", "乙".as_bytes()),
        ("a/c.TXT", "甲".as_bytes()),
        ("notes.doc", b""),
        ("README.md", b"What lies here"),
        (".hidden.txt", b"\xFF"),
        ("d.jsonl", "{\"id\":\"d1\",\"text\":\"丁\"}\n\n{\"id\":\"d2\",\"text\":\"\"}\n".as_bytes()),
    ]);
    let corpus = all(&[folder.path().to_owned()]);
    assert_eq!(ids(&corpus), ["a/c.TXT", "b.txt", "d1", "d2"]);
    assert_eq!(corpus.skipped, [at(&folder, "README.md"), at(&folder, "notes.doc")]);
}

#[test]
fn the_text_is_kept_but_for_a_byte_order_mark() {
    let text = "\r\n 捐赠消息 \r\n\r\n发布时间：2020年2月1日\r\n\u{3000}正文。\r\n";
    let folder = folder(&[("a.txt", format!("\u{FEFF}{text}").as_bytes())]);
    let document = documents(&[at(&folder, "a.txt")]).unwrap().remove(0);
    assert_eq!(document.text, text);
    assert_eq!(document.id, "a.txt");
    assert_eq!(document.title.as_deref(), Some("捐赠消息"));
    assert_eq!(document.published.as_deref(), Some("2020-02-01"));
}

#[test]
fn a_date_far_down_is_no_date_of_publication() {
    let text = format!("标题\n{}2020-02-10\n", "正文。\n".repeat(20));
    let folder = folder(&[("a.txt", text.as_bytes())]);
    assert_eq!(documents(&[at(&folder, "a.txt")]).unwrap()[0].published, None);
}

#[test]
fn json_lines_may_hold_more_than_is_read() {
    let line = r#"{"id":"a","text":"口罩","published":"2020-02-10 08:00","title":null,"entities":[{"id":"e1"}],"x":1}"#;
    let folder = folder(&[("a.jsonl", line.as_bytes())]);
    let expected =
        Document { id: "a".into(), published: Some("2020-02-10".into()), text: "口罩".into(), ..Document::default() };
    assert_eq!(documents(&[at(&folder, "a.jsonl")]).unwrap(), [expected]);
}

#[test]
fn json_is_read_by_its_fields_whatever_they_are_called() {
    let folder = folder(&[
        ("a.jsonl", "{\"标题\":\"甲\",\"正文\":[\"一。\",\"二。\"]}\n{\"编号\":7,\"正文\":\"三。\"}".as_bytes()),
        ("b.json", "[{\"content\":\"四。\",\"date\":\"20200210\",\"media\":\"某报\"}]".as_bytes()),
    ]);
    let corpus = all(&[folder.path().to_owned()]);
    assert_eq!(ids(&corpus), ["a.jsonl/1", "a.jsonl/7", "b.json/1"]);
    let texts: Vec<_> = corpus.found.iter().map(|f| f.document.text.as_str()).collect();
    assert_eq!(texts, ["一。\n二。", "三。", "四。"]);
    let last = &corpus.found[2].document;
    assert_eq!((last.published.as_deref(), last.source.as_deref()), (Some("2020-02-10"), Some("某报")));
}

#[test]
fn a_table_gives_a_document_a_row() {
    let csv = "编号;标题;正文;日期\na;甲;\"一；\n\"\"二\"\"。\";2020年2月10日\n;乙;三。;\n";
    let folder = folder(&[("a.csv", csv.as_bytes()), ("b.tsv", "text\tid\n四。\tb1\n五\n".as_bytes())]);
    let corpus = all(&[folder.path().to_owned()]);
    assert_eq!(ids(&corpus), ["a", "a.csv/2", "b1"]);
    assert_eq!(corpus.found[0].document.text, "一；\n\"二\"。");
    assert_eq!(corpus.found[0].document.published.as_deref(), Some("2020-02-10"));
    assert_eq!(corpus.found[1].place.to_string(), at(&folder, "a.csv:4").display().to_string());
    assert_eq!(corpus.refused.len(), 1, "a row that lacks a cell, and it alone");
    assert!(corpus.refused[0].to_string().contains("b.tsv:3: has 1 cells where the first row has 2"));
}

#[test]
fn packed_files_are_read_as_what_they_hold() {
    let text = "捐赠消息\n某公司向某医院捐赠口罩。";
    let member = "新闻/a.txt";
    let mut tables = xz_writer(text.as_bytes());
    let archive = zip(&[(member, text.as_bytes()), ("b.txt.gz", &gzip(text.as_bytes())), ("c.png", b"")]);
    let folder = folder(&[
        ("a.txt.gz", &gzip(text.as_bytes())),
        ("b.txt.xz", &std::mem::take(&mut tables)),
        ("c.txt.zst", &zstd::encode_all(text.as_bytes(), 3).unwrap()),
        ("d.zip", &archive),
    ]);
    let corpus = all(&[folder.path().to_owned()]);
    assert_eq!(ids(&corpus), ["a.txt.gz", "b.txt.xz", "c.txt.zst", "d.zip/b.txt.gz", "d.zip/新闻/a.txt"]);
    assert!(corpus.found.iter().all(|f| f.document.text == text));
    assert_eq!(corpus.skipped, [at(&folder, "d.zip").join("c.png")]);
    assert!(corpus.refused.is_empty());
}

fn xz_writer(bytes: &[u8]) -> Vec<u8> {
    let mut writer = lzma_rust2::XzWriter::new(Vec::new(), lzma_rust2::XzOptions::with_preset(1)).unwrap();
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap()
}

#[test]
fn names_of_a_chinese_windows_archive_are_read() {
    let mut archive = zip(&[("AAAA.txt", "口罩".as_bytes())]);
    let name = encoding_rs::GB18030.encode("捐赠").0.into_owned();
    let places: Vec<_> = (0..archive.len() - 4).filter(|i| &archive[*i..i + 4] == b"AAAA").collect();
    for at in places {
        archive[at..at + 4].copy_from_slice(&name);
    }
    let folder = folder(&[("a.zip", &archive)]);
    assert_eq!(ids(&all(&[folder.path().to_owned()])), ["a.zip/捐赠.txt"]);
}

#[test]
fn bombs_and_broken_files_are_refused_and_the_others_read() {
    let bomb = gzip(&vec![b'0'; 40 << 20]);
    assert!(bomb.len() < 100_000);
    let xz = xz_writer(&vec![b'0'; 40 << 20]);
    let zst = zstd::encode_all(&vec![b'0'; 40 << 20][..], 3).unwrap();
    let archive = zip(&[("a.txt", &vec![b'0'; 40 << 20])]);
    let good = gzip("好的。".as_bytes());
    let nested = zip(&[("inner.zip", &zip(&[("a.txt", b"")]))]);
    let folder = folder(&[
        ("bomb.jsonl.gz", &bomb),
        ("bomb.txt.xz", &xz),
        ("bomb.txt.zst", &zst),
        ("bomb.zip", &archive),
        ("cut.txt.gz", &good[..good.len() - 6]),
        ("cut.zip", &archive[..archive.len() - 30]),
        ("nested.zip", &nested),
        ("renamed.txt", &archive),
        ("no.xz", b"not packed"),
        ("good.txt.gz", &good),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
    ]);
    let corpus = all(&[folder.path().to_owned()]);
    assert_eq!(ids(&corpus), ["good.txt.gz"]);
    let said: Vec<String> = corpus.refused.iter().map(ToString::to_string).collect();
    for (name, why) in [
        ("bomb.jsonl.gz", "which no text does"),
        ("bomb.txt.xz", "which no text does"),
        ("bomb.txt.zst", "which no text does"),
        ("bomb.zip", "which no text does"),
        ("cut.txt.gz", "cannot be unpacked as gzip"),
        ("cut.zip", "cannot be read as a zip archive"),
        ("nested.zip", "unpack it first"),
        ("renamed.txt", "is a zip archive"),
        ("no.xz", "cannot be unpacked as xz"),
        ("picture.txt", "is no text"),
    ] {
        let lines: Vec<_> = said.iter().filter(|s| s.contains(name)).collect();
        assert!(lines.len() == 1 && lines[0].contains(why) && !lines[0].contains('\n'), "{name}: {lines:?}");
    }
}

#[test]
fn what_cannot_be_read_is_named_with_its_place_and_the_rest_is_read() {
    let folder = folder(&[
        ("broken.jsonl", b"{\"id\":\"a\",\"text\":\"\"}\n{\"id\":\n{\"id\":3\n{\"id\":\"b\",\"text\":\"\"}"),
        ("lacks.jsonl", b"\n{\"id\":\"a\"}"),
        ("date.jsonl", b"{\"id\":\"a\",\"text\":\"\",\"published\":\"soon\"}"),
        ("empty.jsonl", b"\n"),
    ]);
    let said = |name: &str| refused(&[at(&folder, name)]);
    let message = said("broken.jsonl");
    assert!(message.contains("broken.jsonl:2: EOF while parsing"), "{message}");
    assert!(message.ends_with("(and one more document of this file)"), "{message}");
    assert_eq!(ids(&all(&[at(&folder, "broken.jsonl")])), ["a", "b"]);
    assert!(said("lacks.jsonl").contains("lacks.jsonl:2: no column is known to hold the text"));
    assert!(said("date.jsonl").contains("\"soon\" is no date"));
    assert!(said("none.txt").contains("none.txt"));
    let nothing = documents(&[at(&folder, "empty.jsonl")]).unwrap_err().to_string();
    assert!(nothing.contains("nothing to read"), "{nothing}");
}

#[test]
fn what_lies_beside_the_texts_is_not_read() {
    let page = "<h1>口罩</h1><p>甲公司向乙医院捐赠口罩500只，丙公司也捐了。</p>".as_bytes();
    let folder = folder(&[
        ("a.html", page),
        ("a_files/advertisement.html", page),
        ("b_files/c.html", page),
        ("kg/manifest.json", b"{}"),
        ("kg/documents/1/2/a.json", b"{}"),
    ]);
    let corpus = all(&[folder.path().to_owned()]);
    assert_eq!((ids(&corpus), corpus.refused.len()), (vec!["a.html", "b_files/c.html"], 0));
}

#[test]
fn a_pattern_names_the_files_that_fit_it() {
    let folder = folder(&[("n/1/a.txt", b""), ("n/2/a.txt", b""), ("n/2/a.md", b""), ("n/.3/a.txt", b"")]);
    let corpus = all(&[at(&folder, "n/*/*.txt")]);
    assert_eq!(ids(&corpus), ["1/a.txt", "2/a.txt"]);
    assert!(refused(&[at(&folder, "n/*.csv")]).contains("*.csv"));
}

#[test]
fn a_file_of_unknown_ending_is_read_by_its_content_when_it_is_named() {
    let text = "口罩".as_bytes();
    let json = "{\"id\":\"j\",\"text\":\"\"}".as_bytes();
    let folder = folder(&[("a.dat", text), ("b", json), ("c", &gzip(json))]);
    let named = |name: &str| all(&[at(&folder, name)]).found.remove(0);
    assert_eq!((named("a.dat").format, named("b").format), (Format::Text, Format::Json));
    assert_eq!(named("c").document.id, "j");
    assert_eq!(all(&[folder.path().to_owned()]).skipped.len(), 3);
}

#[test]
fn an_id_that_stands_twice_is_refused_with_both_places() {
    let folder = folder(&[
        ("x/a.txt", b""),
        ("y/a.txt", b""),
        ("z.jsonl", b"{\"id\":\"a\",\"text\":\"\"}\n{\"id\":\"a\",\"text\":\"\"}"),
    ]);
    let message = refused(&[at(&folder, "x"), at(&folder, "y")]);
    assert!(message.contains(&Path::new("x").join("a.txt").display().to_string()), "{message}");
    assert!(message.contains(&Path::new("y").join("a.txt").display().to_string()), "{message}");
    let message = refused(&[at(&folder, "z.jsonl")]);
    assert!(message.contains("z.jsonl:1") && message.contains("z.jsonl:2"), "{message}");
}

#[test]
fn annotations_are_checked_as_they_are_read() {
    let folder = folder(&[("a.jsonl", b"{\"id\":\"a\",\"text\":\"\"}\n{\"id\":\"b\",\"text\":\"\",\"colour\":1}")]);
    let message = annotations(&at(&folder, "a.jsonl")).unwrap_err().to_string();
    assert!(message.contains("a.jsonl:2: unknown field `colour`"), "{message}");
}

#[test]
fn the_top_of_a_file_tells_where_it_came_from() {
    let text = "青山医院收到口罩\n来源：虹江日报 作者：丁一 2020-02-10 08:30\n\n2月9日，青山医院收到口罩。\n";
    let signed = "2020年2月10日\n青山医院收到口罩\n2月9日，青山医院收到口罩。\n（记者 丁一）\n";
    let agency = "青山医院收到口罩\n虹江社2月10日电（记者丁一）2月9日，青山医院收到口罩。来源：略\n";
    let folder = folder(&[("a.txt", text.as_bytes()), ("b.txt", signed.as_bytes()), ("c.txt", agency.as_bytes())]);
    let read = |name: &str| {
        let Document { title, published, source, author, .. } = all(&[at(&folder, name)]).found.remove(0).document;
        [title, published, source, author].map(Option::unwrap_or_default)
    };
    assert_eq!(read("a.txt"), ["青山医院收到口罩", "2020-02-10", "虹江日报", "丁一"]);
    assert_eq!(read("b.txt"), ["青山医院收到口罩", "2020-02-10", "", "丁一"]);
    assert_eq!(read("c.txt"), ["青山医院收到口罩", "", "", "丁一"]);
}

/// A file of rows that is too large to be read at once, and the ids of its documents.
fn large(row: impl Fn(usize) -> String) -> (String, Vec<String>) {
    let mut text = String::new();
    let mut ids = Vec::new();
    while text.len() <= 3 * parts::HEAD {
        text += &row(ids.len());
        ids.push(format!("n{}", ids.len()));
    }
    (text, ids)
}

const PARAGRAPH: &str = "甲公司向乙医院捐赠口罩五百只，“丙”公司也捐了。";

#[test]
fn a_large_file_of_rows_is_read_in_parts_and_comes_to_the_same() {
    let line = |n: usize| format!("{{\"id\":\"n{n}\",\"text\":\"{}\"}}\n", PARAGRAPH.repeat(n % 40));
    let row = |n: usize| format!("\"{}\n二\",n{n}\n", PARAGRAPH.repeat(n % 40));
    let (json, ids_of_lines) = large(line);
    let (table, ids_of_rows) = large(row);
    let table = format!("text,id\n{table}");
    let folder = folder(&[
        ("a.jsonl", format!("\u{FEFF}{json}").as_bytes()),
        ("b.jsonl.xz", &xz_writer(json.as_bytes())),
        ("c.csv", table.as_bytes()),
        ("d.csv.gz", &gzip(table.as_bytes())),
        ("e", json.as_bytes()),
    ]);
    for (name, expected, text) in [
        ("a.jsonl", &ids_of_lines, PARAGRAPH.to_owned()),
        ("b.jsonl.xz", &ids_of_lines, PARAGRAPH.to_owned()),
        ("c.csv", &ids_of_rows, format!("{PARAGRAPH}\n二")),
        ("d.csv.gz", &ids_of_rows, format!("{PARAGRAPH}\n二")),
        ("e", &ids_of_lines, PARAGRAPH.to_owned()),
    ] {
        let mut last = Progress::default();
        let corpus = corpus(&[at(&folder, name)], &Options::default(), &mut |progress| {
            assert!(progress.bytes >= last.bytes && progress.documents > last.documents, "{name}: it goes on");
            last = progress;
        });
        assert_eq!(ids(&corpus), *expected, "{name}");
        assert_eq!((corpus.found[41].document.text.as_str(), corpus.refused.len()), (text.as_str(), 0), "{name}");
        assert_eq!(last.documents as usize, expected.len());
        assert_eq!((Some(last.bytes), last.text > 0), (last.of, true), "{name}: all of the file");
    }
    let place = |name: &str| all(&[at(&folder, name)]).found[100].place.line;
    assert_eq!((place("a.jsonl"), place("c.csv")), (Some(101), Some(202)));
}

#[test]
fn what_is_wrong_in_a_large_file_is_told_in_a_line_and_the_rest_is_read() {
    let (mut json, all_ids) = large(|n| format!("{{\"id\":\"n{n}\",\"text\":\"{PARAGRAPH}\"}}\n"));
    let bad = json.len() / 2;
    let bad = bad + json[bad..].find('\n').unwrap() + 1;
    json.insert_str(bad, "{\"id\":\n\n");
    json += "{\"text\":\"无号。\"}\nno json\n";
    let mut broken = json.clone().into_bytes();
    // In the line before, of which every second character is broken then.
    (broken[bad - 60], broken[bad - 50]) = (b'\xFF', b'\xFF');
    let (table, rows) = large(|n| format!("n{n},{PARAGRAPH}\n"));
    let cut = xz_writer(json.as_bytes());
    let open = format!("id,text\n{table}x,\"{}", "开".repeat(24 << 20));
    let folder = folder(&[
        ("a.jsonl", json.as_bytes()),
        ("b.jsonl", &broken),
        ("c.jsonl.xz", &cut[..cut.len() - 40]),
        ("d.csv", open.as_bytes()),
        ("e.jsonl", format!("{json}\"{}\"", "长".repeat(24 << 20)).as_bytes()),
    ]);
    let number = all_ids.len() + 2;
    let corpus = all(&[at(&folder, "a.jsonl")]);
    assert_eq!(corpus.found.len(), all_ids.len() + 1);
    assert_eq!(corpus.found.last().unwrap().document.id, format!("a.jsonl/{number}"), "numbered without blank lines");
    let message = refused(&[at(&folder, "a.jsonl")]);
    let line = json[..bad].lines().count() + 1;
    assert!(message.contains(&format!("a.jsonl:{line}: EOF")), "{message}");
    assert!(message.ends_with("(and one more document of this file)"), "{message}");

    assert_eq!(all(&[at(&folder, "b.jsonl")]).found.len(), all_ids.len() + 1, "two of thousands are U+FFFD");
    let corpus = all(&[at(&folder, "c.jsonl.xz")]);
    assert!(corpus.found.len() > all_ids.len() / 2 && corpus.refused.len() == 2);
    let message = corpus.refused[1].to_string();
    assert!(message.contains("c.jsonl.xz: cannot be unpacked as xz"), "{message}");
    let corpus = all(&[at(&folder, "d.csv")]);
    assert_eq!(corpus.found.len(), rows.len());
    assert!(corpus.refused[0].to_string().contains("a row is longer than the 64 MiB"));
    let corpus = all(&[at(&folder, "e.jsonl")]);
    assert_eq!((corpus.found.len(), corpus.refused.len()), (all_ids.len() + 1, 2));
    assert!(corpus.refused[1].to_string().contains("a line is longer than the 64 MiB"));
}
