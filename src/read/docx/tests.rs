use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::document;

const OPEN: &str = r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>"#;
const CLOSE: &str = "</w:body></w:document>";

fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default().compression_method(CompressionMethod::Deflated)).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn of_body(body: &str) -> Vec<u8> {
    archive(&[("word/document.xml", &format!("{OPEN}{body}{CLOSE}"))])
}

fn text(body: &str) -> String {
    document("a".into(), &of_body(body)).unwrap().document.text
}

fn refused(bytes: &[u8], advice: &str) {
    let message = document("a".into(), bytes).unwrap_err();
    assert!(message.contains(advice) && !message.contains('\n'), "{message}");
}

#[test]
fn what_word_and_libre_office_write_is_read() {
    let case =
        |name: &str| fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/formats").join(name)).unwrap();
    for (name, text) in [("article.docx", "article.txt"), ("table.docx", "table.txt")] {
        let read = document("a".into(), &case(name)).unwrap();
        let expected = String::from_utf8(case(text)).unwrap();
        assert_eq!(read.document.text, expected.trim_end(), "{name}");
        assert_eq!(read.document.title.as_deref(), expected.lines().next(), "{name}");
        assert_eq!(read.document.published.as_deref(), Some("2023-03-18"), "{name}");
        damage(&case(name));
    }
    let author = document("a".into(), &case("article.docx")).unwrap().document.author;
    assert_eq!(author.as_deref(), Some("沈亦舟"));
}

/// Files that are cut off or damaged anywhere are read or refused, never more.
fn damage(whole: &[u8]) {
    let often = std::env::var("TUPU_DAMAGE").ok().and_then(|n| n.parse().ok()).unwrap_or(1);
    for part in 0..4 * often {
        let _ = document("a".into(), &whole[..whole.len() * part / (4 * often)]);
    }
    let mut seed = 1_u64;
    for _ in 0..40 * often {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let mut damaged = whole.to_vec();
        damaged[(seed >> 33) as usize % whole.len()] = (seed >> 24) as u8;
        let _ = document("a".into(), &damaged);
    }
}

#[test]
fn what_is_deleted_moved_or_hidden_is_not_read() {
    let body = "<w:p><w:r><w:t>捐赠</w:t></w:r>\
        <w:del><w:r><w:delText>口罩</w:delText></w:r></w:del>\
        <w:ins><w:r><w:t>防护服</w:t></w:r></w:ins>\
        <w:moveFrom><w:r><w:t>旧处</w:t></w:r></w:moveFrom>\
        <w:r><w:rPr><w:vanish/></w:rPr><w:t>密</w:t></w:r>\
        <w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>2000</w:t></w:r>\
        <w:r><w:rPr><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>套</w:t></w:r></w:p>\
        <w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>删</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
    assert_eq!(text(body), "捐赠防护服2000套");
}

#[test]
fn a_paragraph_whose_mark_is_deleted_goes_on() {
    let body = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>捐赠口罩</w:t></w:r></w:p>\
        <w:p><w:r><w:t>2000只。</w:t></w:r></w:p>\
        <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>完</w:t></w:r></w:p>";
    assert_eq!(text(body), "捐赠口罩2000只。\n完");
}

#[test]
fn what_is_filled_into_a_form_is_read_and_what_asks_for_it_is_not() {
    let control = |properties: &str, text: &str| {
        format!(
            "<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent><w:r><w:t>{text}</w:t></w:r></w:sdtContent></w:sdt>"
        )
    };
    let body = format!(
        "<w:p><w:r><w:t>捐赠单位：</w:t></w:r>{}{}</w:p>",
        control("", "云岭科技"),
        control("<w:showingPlcHdr/>", "单击此处输入文字。")
    );
    assert_eq!(text(&body), "捐赠单位：云岭科技");
    let row = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc><w:sdt><w:sdtContent>\
        <w:tc><w:p><w:r><w:t>乙</w:t></w:r></w:p></w:tc></w:sdtContent></w:sdt></w:tr></w:tbl>";
    assert_eq!(text(row), "甲\t乙");
}

#[test]
fn numbers_that_word_counts_stand_before_their_paragraphs() {
    let item = |level: usize, text: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
        )
    };
    let heading = |text: &str| format!("<w:p><w:pPr><w:pStyle w:val=\"a\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>");
    let none = "<w:p><w:pPr><w:pStyle w:val=\"a\"/><w:numPr><w:numId w:val=\"0\"/></w:numPr></w:pPr><w:r><w:t>无号</w:t></w:r></w:p>";
    let body =
        [heading("要求"), item(1, "甲"), item(1, "乙"), heading("措施"), item(1, "丙"), item(2, "点"), none.into()]
            .concat();
    let relations = "<Relationships><Relationship Type=\"http://x/relationships/styles\" Target=\"styles.xml\"/>\
        <Relationship Type=\"http://x/relationships/numbering\" Target=\"numbering.xml\"/></Relationships>";
    let level = |at: usize, format: &str, text: &str| {
        format!(
            "<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/></w:lvl>"
        )
    };
    let numbering = format!(
        "<w:numbering><w:abstractNum w:abstractNumId=\"7\">{}{}{}</w:abstractNum>\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"7\"/></w:num></w:numbering>",
        level(0, "chineseCounting", "%1、"),
        level(1, "decimal", "%2."),
        level(2, "bullet", "•")
    );
    let parts = [
        ("word/document.xml", &*format!("{OPEN}{body}{CLOSE}")),
        ("word/_rels/document.xml.rels", relations),
        (
            "word/styles.xml",
            "<w:styles><w:style w:styleId=\"a\"><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style></w:styles>",
        ),
        ("word/numbering.xml", &numbering),
    ];
    let text = document("a".into(), &archive(&parts)).unwrap().document.text;
    assert_eq!(text, "一、要求\n1. 甲\n2. 乙\n二、措施\n1. 丙\n点\n无号");
}

#[test]
fn fields_give_their_result() {
    let body = "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>HYPERLINK \"x\"</w:instrText></w:r>\
        <w:r><w:t>代码</w:t></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>链接</w:t></w:r>\
        <w:r><w:fldChar w:fldCharType=\"end\"/></w:r><w:r><w:t>之后</w:t></w:r></w:p>";
    assert_eq!(text(body), "链接之后");
}

#[test]
fn breaks_tabs_and_symbols_are_characters() {
    let body = "<w:p><w:pPr><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr><w:r><w:t xml:space=\"preserve\"> 甲</w:t><w:tab/>\
        <w:t>A&amp;B&#x4E59;</w:t><w:br/><w:t>N</w:t><w:noBreakHyphen/><w:t>95</w:t>\
        <w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/></w:r></w:p>";
    assert_eq!(text(body), "甲\tA&B乙\nN-95☑");
}

#[test]
fn a_text_box_is_read_once_and_after_its_paragraph() {
    let text_box = "<w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent>";
    let body = format!(
        "<w:p><w:r><w:t>段落</w:t></w:r><w:r><mc:AlternateContent xmlns:mc=\"m\"><mc:Choice>{text_box}</mc:Choice>\
         <mc:Fallback>{text_box}</mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>继续</w:t></w:r></w:p>"
    );
    assert_eq!(text(&body), "段落继续\n框内");
}

#[test]
fn a_row_is_a_line_and_a_table_of_one_cell_is_text() {
    let cell = |paragraphs: &[&str]| {
        let paragraphs: String =
            paragraphs.iter().map(|text| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")).collect();
        format!("<w:tc>{paragraphs}</w:tc>")
    };
    let row = format!("<w:tr>{}{}{}</w:tr>", cell(&["口罩", "（只）"]), cell(&[""]), cell(&["100"]));
    let whole = format!("<w:tr>{}</w:tr>", cell(&["第一段。", "第二段。"]));
    let body = format!("<w:tbl>{row}</w:tbl><w:tbl>{whole}</w:tbl>");
    assert_eq!(text(&body), "口罩 （只）\t\t100\n第一段。\n第二段。");
}

#[test]
fn the_title_is_the_paragraph_of_that_style() {
    let body = "<w:p><w:r><w:t>云岭日报</w:t></w:r></w:p>\
        <w:p><w:pPr><w:pStyle w:val=\"a3\"/></w:pPr><w:r><w:t>调拨物资</w:t></w:r></w:p>\
        <w:p><w:r><w:t>2023年3月18日</w:t></w:r></w:p>";
    let relations = "<Relationships><Relationship Type=\"http://x/relationships/styles\" Target=\"styles.xml\"/>\
        <Relationship Type=\"http://x/relationships/header\" Target=\"/word/header1.xml\"/></Relationships>";
    let parts = [
        ("word/document.xml", &*format!("{OPEN}{body}{CLOSE}")),
        ("word/_rels/document.xml.rels", relations),
        ("word/styles.xml", "<w:styles><w:style w:styleId=\"a3\"><w:name w:val=\"Title\"/></w:style></w:styles>"),
        ("word/header1.xml", "<w:hdr><w:p><w:r><w:t>页眉</w:t></w:r></w:p></w:hdr>"),
    ];
    let read = document("a".into(), &archive(&parts)).unwrap();
    assert_eq!(read.document.title.as_deref(), Some("调拨物资"));
    assert_eq!(read.document.published.as_deref(), Some("2023-03-18"));
    assert_eq!(read.left_out, ["页眉"]);
}

#[test]
fn what_is_no_word_document_is_refused_with_the_way_out() {
    refused(b"", "empty");
    refused(b"<html></html>", "save it as .docx");
    refused(b"PK\x03\x04 and no more", "cut off");
    refused(&archive(&[("a.txt", "x")]), "word/document.xml is missing");
    refused(&of_body("<w:p/>"), "no text");
    refused(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 WordDocument", "old kind");
    let mut encrypted = b"\xD0\xCF\x11\xE0".to_vec();
    encrypted.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    refused(&encrypted, "password");
    let whole = of_body("<w:p><w:r><w:t>文</w:t></w:r></w:p>");
    refused(&whole[..whole.len() / 2], "cut off");
    refused(&archive(&[("word/document.xml", "<w:document><w:body><w:p><w:r><w:t>文")]), "cut off");
}

#[test]
fn what_unpacks_to_too_much_is_refused() {
    let spaces = " ".repeat(super::parts::LARGEST_PART as usize + 1);
    refused(&of_body(&spaces), "MiB");
    refused(&of_body(&"<w:p>".repeat(10_000)), "deep");
    let entities = "<!DOCTYPE d [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>";
    let body = format!("{entities}{OPEN}<w:p><w:r><w:t>文&b;字</w:t></w:r></w:p>{CLOSE}");
    let read = document("a".into(), &archive(&[("word/document.xml", &body)])).unwrap();
    assert_eq!(read.document.text, "文字");
}
