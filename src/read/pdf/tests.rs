use std::fs;
use std::io::Write;
use std::path::Path;

use flate2::Compression;
use flate2::write::ZlibEncoder;

use super::{document, unpack};
use crate::read::Extracted;

fn case(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/formats").join(name)).unwrap()
}

fn read(bytes: Vec<u8>) -> Extracted {
    document("a".into(), bytes).unwrap()
}

#[track_caller]
fn refused(bytes: Vec<u8>, advice: &str) {
    let message = document("a".into(), bytes).unwrap_err();
    assert!(message.contains(advice) && !message.contains('\n'), "{message}");
}

/// A file of one page with this content and these other objects, from number 10 on. It has no table of objects: the
/// parser finds them.
fn page(content: &[u8], resources: &str, objects: &[&[u8]]) -> Vec<u8> {
    let mut file = b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Count 1/Kids[3 0 R]>>\nendobj\n".to_vec();
    file.extend(format!("3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<<{resources}>>>>\nendobj\n").bytes());
    file.extend(stream(4, "", content));
    for object in objects {
        file.extend_from_slice(object);
    }
    file.extend(b"trailer\n<</Root 1 0 R>>\n");
    file
}

fn stream(number: usize, dictionary: &str, data: &[u8]) -> Vec<u8> {
    let mut object = format!("{number} 0 obj\n<</Length {}{dictionary}>>\nstream\n", data.len()).into_bytes();
    object.extend_from_slice(data);
    object.extend(b"\nendstream\nendobj\n");
    object
}

const HELVETICA: &str = "/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>";

fn lines_of(content: &str) -> Vec<String> {
    read(page(content.as_bytes(), HELVETICA, &[])).document.text.lines().map(str::to_owned).collect()
}

fn deflated(data: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn every_way_of_making_a_pdf_gives_the_same_text() {
    for (name, text) in [
        ("article.pdf", "article.txt"),
        ("columns.pdf", "article.txt"),
        ("pages.pdf", "article.txt"),
        ("owner_password.pdf", "article.txt"),
        ("unembedded.pdf", "article.txt"),
        ("gbk.pdf", "article.txt"),
        ("table.pdf", "table.txt"),
        ("web.pdf", "table.txt"),
    ] {
        let read = read(case(name));
        let expected = String::from_utf8(case(text)).unwrap();
        assert_eq!(read.document.text, expected.trim_end(), "{name}");
        assert_eq!(read.document.title.as_deref(), expected.lines().next(), "{name}");
        assert_eq!(read.document.published.as_deref(), Some("2023-03-18"), "{name}");
    }
}

#[test]
fn running_heads_and_page_numbers_are_left_out() {
    let left_out = read(case("pages.pdf")).left_out;
    assert_eq!(left_out[..2], ["云岭日报 物资调拨专刊", "第 1 页 共 3 页"]);
    assert_eq!(read(case("unembedded.pdf")).left_out, ["— 1 —"]);
}

#[test]
fn what_cannot_be_read_is_refused_with_the_way_out() {
    refused(case("user_password.pdf"), "qpdf --decrypt");
    refused(case("garbled.pdf"), "100 % of its characters");
    refused(case("scan.pdf"), "ocrmypdf");
    refused(b"<html>".to_vec(), "no PDF");
    refused(b"%PDF-1.4 and no more".to_vec(), "broken or cut off");
    refused(page(b"", "", &[]), "no text");
}

#[test]
fn words_that_are_parted_are_whole_again() {
    let content = "BT /F 12 Tf 14 TL 50 700 Td (The Red Cross of the city has given a thou-) Tj T* (sand masks and forty gowns to the hospital of) Tj T* \
        (the county.) Tj T* (Done.) Tj ET";
    assert_eq!(
        lines_of(content)[0],
        "The Red Cross of the city has given a thousand masks and forty gowns to the hospital of the county."
    );
}

/// A page in which the codes of the one font are Unicode, each glyph as wide as the size, and lines at their places.
fn chinese(lines: &[(f64, f64, f64, &str)]) -> Vec<u8> {
    let mut content = String::from("BT ");
    for (x, y, size, text) in lines {
        let codes: String = text.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
        content.push_str(&format!("/F {size} Tf 1 0 0 1 {x} {y} Tm <{codes}> Tj "));
    }
    content.push_str("ET");
    let font = "/Font<</F<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font\
        /Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 0>>>>]>>>>";
    page(content.as_bytes(), font, &[])
}

fn paragraphs_of(lines: &[(f64, f64, f64, &str)]) -> Vec<String> {
    read(chinese(lines)).document.text.lines().map(str::to_owned).collect()
}

#[test]
fn a_line_may_be_a_little_short_or_long_and_its_paragraph_goes_on() {
    let lines = [
        (124.0, 700.0, 12.0, "云岭市红十字会昨日向全市三家医院"),
        (100.0, 682.0, 12.0, "调拨了口罩两万只和防护服三百套，"),
        (100.0, 664.0, 12.0, "其中第一人民医院收到口罩一万二千只，"),
        (100.0, 646.0, 12.0, "其余由另外两家医院平分。"),
        (124.0, 628.0, 12.0, "这是今年以来的第三次调拨，总价值"),
        (100.0, 610.0, 12.0, "约五十万元。"),
    ];
    assert_eq!(
        paragraphs_of(&lines),
        [
            "云岭市红十字会昨日向全市三家医院调拨了口罩两万只和防护服三百套，其中第一人民医院收到口罩一万二千只，其余由另外两家医院平分。",
            "这是今年以来的第三次调拨，总价值约五十万元。"
        ]
    );
}

#[test]
fn numbers_and_addresses_that_a_line_breaks_are_whole() {
    let lines = [
        (100.0, 700.0, 12.0, "本次共收到社会各界向全市各家医院捐赠的款一百万元和12"),
        (100.0, 682.0, 12.0, "34只口罩，名单见www.yunling.cn/a?"),
        (100.0, 664.0, 12.0, "id=1一页。"),
    ];
    assert_eq!(
        paragraphs_of(&lines),
        ["本次共收到社会各界向全市各家医院捐赠的款一百万元和1234只口罩，名单见www.yunling.cn/a?id=1一页。"]
    );
}

#[test]
fn lines_of_columns_need_not_stand_side_by_side() {
    let mut lines = vec![(100.0, 700.0, 15.0, "医院收到物资")];
    let left = [
        "云岭市第一人民医院昨日",
        "收到口罩两万只，防护服",
        "三百套，由市红十字会和",
        "南溪集团共同捐赠，医院",
        "已将物资分发到各个科室",
    ];
    let right = [
        "负责人表示，医院将会把",
        "每一件物资都用在最需要",
        "的地方，并把使用情况在",
        "网站上公布，接受社会各",
        "界的监督，不负众人所托",
        "这是今年的第三批物资。",
    ];
    lines.extend(left.iter().enumerate().map(|(n, text)| (100.0, 680.0 - 12.0 * n as f64, 10.0, *text)));
    lines.extend(right.iter().enumerate().map(|(n, text)| (260.0, 704.0 - 12.0 * n as f64, 10.0, *text)));
    assert_eq!(paragraphs_of(&lines), ["医院收到物资".to_owned(), [left.concat(), right.concat()].concat()]);
}

#[test]
fn a_head_in_the_margin_of_a_single_page_is_left_out() {
    let lines = [
        (90.0, 755.0, 9.0, "物资调拨简报"),
        (200.0, 710.0, 18.0, "医院收到物资"),
        (114.0, 680.0, 12.0, "云岭市第一人民医院昨日收到口罩两万只。"),
        (114.0, 662.0, 12.0, "口罩由市红十字会捐赠。"),
    ];
    let read = read(chinese(&lines));
    assert_eq!(read.document.title.as_deref(), Some("医院收到物资"));
    assert_eq!(read.left_out, ["物资调拨简报"]);
}

#[test]
fn a_second_drawing_of_the_same_glyphs_is_none() {
    let twice = "BT /F 12 Tf 1 0 0 1 50 700 Tm (Masks all) Tj 1 0 0 1 50.4 700 Tm (Masks all) Tj ET";
    assert_eq!(lines_of(twice), ["Masks all"]);
    let layers =
        "BT /F 12 Tf 1 0 0 1 50 700 Tm (Masks) Tj 3 Tr 1 0 0 1 51 702 Tm (Masks) Tj 1 0 0 1 50 600 Tm (Gowns) Tj ET";
    assert_eq!(lines_of(layers), ["Masks", "Gowns"]);
}

#[test]
fn turned_pages_are_read_upright_and_watermarks_left_out() {
    let turned = "BT /F 12 Tf 0 1 -1 0 100 100 Tm (First line) Tj 0 1 -1 0 130 100 Tm (Second line) Tj ET \
        BT /F 40 Tf 0.7 0.7 -0.7 0.7 200 200 Tm (DRAFT) Tj ET";
    let read = read(page(turned.as_bytes(), HELVETICA, &[]));
    assert_eq!(read.document.text, "First line\nSecond line");
    assert_eq!(read.left_out, ["DRAFT"]);
}

#[test]
fn what_the_file_says_in_place_of_its_glyphs_is_taken() {
    assert_eq!(lines_of("BT /F 12 Tf 50 700 Td /Span<</ActualText(masks)>>BDC (m@sk$) Tj EMC (!) Tj ET"), ["masks!"]);
}

#[test]
fn bombs_are_refused_before_they_are_unpacked() {
    let large = vec![b' '; unpack::LARGEST_STREAM + 1];
    let bomb = deflated(&large);
    let twice = deflated(&bomb);
    let flate = "/Filter/FlateDecode";
    refused(page(b"", "", &[&stream(10, flate, &bomb)]), "MiB");
    refused(page(b"", "", &[&stream(10, "/Filter[/FlateDecode/FlateDecode]", &twice)]), "MiB");
    let hidden = [&b"%stream\n"[..], &stream(10, flate, &bomb)].concat();
    refused(page(b"", "", &[&hidden]), "MiB");
    refused(page(b"", "", &[&stream(10, "/Type/ObjStm/N 1/First 9/Filter/FlateDecode", &bomb)]), "MiB");
}

#[test]
fn what_never_ends_is_ended() {
    let form = |number: usize, content: &str, next: usize| {
        let dictionary = format!("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X {next} 0 R>>>>");
        stream(number, &dictionary, content.as_bytes())
    };
    // A form within itself; forms each of which shows the next one many times.
    refused(page(b"/X Do", "/XObject<</X 10 0 R>>", &[&form(10, "/X Do", 10)]), "no text");
    let forms: Vec<_> = (10..22).map(|number| form(number, &"/X Do ".repeat(50), number + 1)).collect();
    let forms: Vec<&[u8]> = forms.iter().map(Vec::as_slice).collect();
    refused(page(b"/X Do", "/XObject<</X 10 0 R>>", &forms), "draws far more");
    // Pages within each other; more pages than anything has.
    let cycle = b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[2 0 R 3 0 R]>>\nendobj\n\
        3 0 obj\n<</Type/Pages/Kids[2 0 R]>>\nendobj\ntrailer\n<</Root 1 0 R>>\n";
    refused(cycle.to_vec(), "broken");
    let kids = "<</Type/Page>>".repeat(100_000);
    let many = format!(
        "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[{kids}]>>\nendobj\ntrailer\n<</Root 1 0 R>>\n"
    );
    refused(many.into_bytes(), "100000 pages");
    // Nested states, arrays and dictionaries.
    let text = "BT /F 12 Tf 50 700 Td (Masks) Tj ET";
    assert_eq!(lines_of(&format!("{}{text}", "q ".repeat(100_000))), ["Masks"]);
    refused(page("[".repeat(100_000).as_bytes(), HELVETICA, &[]), "no text");
    refused(page("<</A".repeat(100_000).as_bytes(), HELVETICA, &[]), "no text");
    // More glyphs than a page can hold, and numbers that are none.
    let glyphs = format!("BT /F 12 Tf {} ET", format!("1 0 0 1 50 700 Tm ({}) Tj ", "a".repeat(1_000)).repeat(300));
    refused(page(glyphs.as_bytes(), HELVETICA, &[]), "broken");
    let far = "BT /F 1e38 Tf 1e38 0 0 1e38 1e38 1e38 Tm (Masks) Tj -99999999999999999999 Ts (Masks) Tj ET";
    refused(page(far.as_bytes(), HELVETICA, &[]), "no text");
}

/// Files that are cut off or damaged anywhere are read or refused, never more.
#[test]
fn damage_does_no_harm() {
    let often = std::env::var("TUPU_DAMAGE").ok().and_then(|n| n.parse().ok()).unwrap_or(1);
    for name in ["article.pdf", "gbk.pdf", "owner_password.pdf", "pages.pdf", "table.pdf", "unembedded.pdf", "scan.pdf"]
    {
        let whole = case(name);
        for part in 0..4 * often {
            let _ = document("a".into(), whole[..whole.len() * part / (4 * often)].to_vec());
        }
        let mut seed = 1_u64;
        for _ in 0..40 * often {
            let mut damaged = whole.clone();
            for _ in 0..3 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let at = (seed >> 33) as usize % damaged.len();
                damaged[at] = (seed >> 24) as u8;
            }
            let _ = document("a".into(), damaged);
        }
    }
}
