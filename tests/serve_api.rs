//! The explorer's API as a page asks it: words where the offsets say, lines that say what is wrong, decisions that hold.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde_json::{Value, json};

#[path = "common/http.rs"]
mod http;
#[path = "common/tupu.rs"]
mod program;

use http::{Answer, Served, encoded};
use program::tupu;

const JSON: &[&str] = &["Content-Type: application/json"];

/// Characters that take two UTF-16 units, traditional ones, full-width ones, and words that a page must not run.
const TEXTS: [(&str, &str); 3] = [
    ("a", "😷𠮷<script>alert(1)</script>\n2020年2月3日，吉田电子有限公司向武汉市第三医院捐赠口罩500只。"),
    ("b", "长风电子有限公司向武漢市第三醫院捐贈防護服20件。海州大学教授李震表示感谢。"),
    ("c", "长风电子有限公司向海州大学捐赠ＡＢ型口罩30只。"),
];

/// A workspace of these texts, for tests that change nothing.
fn built() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("serve-api");
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        build(&folder);
        folder
    })
}

/// Makes a workspace of these texts.
fn build(folder: &Path) {
    let line = |(id, text): (&str, &str)| {
        json!({ "id": id, "text": text, "title": format!("<b>{id}</b>"), "published": "2020-02-04" }).to_string()
    };
    fs::write(folder.join("texts.jsonl"), TEXTS.map(line).join("\n")).unwrap();
    tupu(folder, &["build", "texts.jsonl"]);
}

fn serve(folder: &Path, arguments: &[&str]) -> Served {
    Served::start(&folder.join("kg"), arguments)
}

fn parsed(answer: &Answer) -> Value {
    assert_eq!(answer.header("content-type"), "application/json", "{}", answer.body);
    serde_json::from_str(&answer.body).unwrap()
}

fn get(served: &Served, path: &str, parameters: &[(&str, &str)]) -> Value {
    let pairs: Vec<String> = parameters.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    let answer = served.ask(&format!("GET /api/{path}?{}", pairs.join("&")), &[], "");
    assert_eq!(answer.status, 200, "{}", answer.body);
    parsed(&answer)
}

fn post(served: &Served, path: &str, body: &Value) -> Value {
    let answer = served.ask(&format!("POST /api/{path}"), JSON, &body.to_string());
    assert_eq!(answer.status, 200, "{}", answer.body);
    parsed(&answer)
}

/// Asks for what must be refused: the status, and the one line.
fn refused(served: &Served, request: &str, headers: &[&str], body: &str) -> (u16, String) {
    let answer = served.ask(request, headers, body);
    let line = parsed(&answer)["error"].as_str().unwrap().to_owned();
    assert!(!line.contains('\n') && !line.is_empty(), "{line}");
    (answer.status, line)
}

/// The words that `start` and `end` of `place` cut out of `text`, as JavaScript's `slice` does.
fn sliced(text: &Value, place: &Value) -> String {
    let units: Vec<u16> = text.as_str().unwrap().encode_utf16().collect();
    let at = |name: &str| usize::try_from(place[name].as_u64().unwrap()).unwrap();
    String::from_utf16(&units[at("start")..at("end")]).unwrap()
}

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap()
}

#[test]
fn offsets_cut_out_the_words_that_are_meant() {
    let served = serve(built(), &[]);
    let document = get(&served, "document", &[("id", "doc/a")]);
    let text = &document["text"];
    assert_eq!((text.as_str(), document["title"].as_str()), (Some(TEXTS[0].1), Some("<b>a</b>")));
    let mentions: Vec<(String, &str)> = list(&document["mentions"])
        .iter()
        .map(|mention| (sliced(text, mention), mention["entity"]["id"].as_str().unwrap()))
        .collect();
    assert!(mentions.contains(&("吉田电子有限公司".to_owned(), "org/吉田电子有限公司")), "{mentions:?}");
    let fact = &document["facts"][0];
    let evidence = &fact["evidence"][0];
    assert_eq!(sliced(text, evidence), evidence["text"].as_str().unwrap());
    let marks: Vec<(String, &str)> = list(&evidence["marks"])
        .iter()
        .map(|mark| (sliced(&evidence["text"], mark), mark["role"].as_str().unwrap()))
        .collect();
    for (words, role) in [("吉田电子有限公司", "donor"), ("捐赠", "trigger"), ("口罩", "item"), ("500只", "quantity")]
    {
        assert!(marks.contains(&(words.to_owned(), role)), "{marks:?}");
    }
    let annotated = post(&served, "annotate", &json!({ "text": TEXTS[0].1, "published": "2020-02-04" }));
    assert_eq!(annotated["facts"][0]["evidence"][0], *evidence);
    let words: Vec<String> = list(&annotated["tokens"]).iter().map(|token| sliced(text, token)).collect();
    assert!(words.contains(&"捐赠".to_owned()) && words.contains(&"😷".to_owned()), "{words:?}");
    assert!(TEXTS[0].1.replace('\n', "").starts_with(&words[..5].concat()), "{words:?}");
}

#[test]
fn documents_are_found_by_words_however_they_are_written() {
    let served = serve(built(), &[]);
    let found = |q: &str| {
        let found = get(&served, "documents", &[("q", q), ("sort", "id")]);
        let ids: Vec<String> =
            list(&found["documents"]).iter().map(|document| document["id"].as_str().unwrap().to_owned()).collect();
        assert_eq!(found["total"], ids.len());
        ids.join(" ")
    };
    assert_eq!(found(""), "doc/a doc/b doc/c");
    assert_eq!(found("武汉市第三医院 防护服"), "doc/b");
    assert_eq!(found("ab型"), "doc/c");
    assert_eq!(found("<B>a"), "doc/a");
    assert_eq!(found("手套"), "");
    let snippet = &get(&served, "documents", &[("q", "口罩"), ("sort", "id")])["documents"][0]["snippet"];
    assert_eq!(sliced(&snippet["text"], &snippet["marks"][0]), "口罩");
    let page = get(&served, "documents", &[("sort", "id"), ("offset", "1"), ("limit", "1")]);
    assert_eq!((&page["documents"][0]["id"], &page["total"]), (&json!("doc/b"), &json!(3)));
    assert_eq!(page["documents"][0]["snippet"], Value::Null);
}

#[test]
fn a_text_of_ones_own_is_kept_nowhere() {
    let served = serve(built(), &[]);
    let text = "海风集团向云汀市红十字会捐赠护目镜70副。";
    assert!(!list(&post(&served, "annotate", &json!({ "text": text }))["facts"]).is_empty());
    assert_eq!(get(&served, "documents", &[("q", "护目镜")])["total"], 0);
    let stored = walkdir::WalkDir::new(built()).into_iter().filter_map(|entry| fs::read(entry.unwrap().path()).ok());
    assert!(stored.into_iter().all(|bytes| !String::from_utf8_lossy(&bytes).contains("海风集团")));
    let nothing = post(&served, "annotate", &json!({ "text": "" }));
    assert!(["mentions", "facts", "tokens"].iter().all(|name| list(&nothing[*name]).is_empty()));
    let annotate = |body: &Value| refused(&served, "POST /api/annotate", JSON, &body.to_string());
    let (status, line) = annotate(&json!({ "text": "口罩".repeat(40_000) }));
    assert!(status == 413 && line.contains("200000"), "{line}");
    assert_eq!(annotate(&json!({ "text": "口罩".repeat(400_000) })).0, 413);
    assert!(annotate(&json!({ "text": "口罩", "published": "2020-02" })).1.contains("2020-02"));
    assert_eq!(annotate(&json!({ "text": 1 })).0, 400);
    assert_eq!(refused(&served, "POST /api/annotate", JSON, "{").0, 400);
    assert_eq!(refused(&served, "POST /api/annotate", &["Content-Type: text/plain"], r#"{"text":""}"#).0, 415);
}

#[test]
fn answers_lead_on_to_entities_facts_and_documents() {
    let served = serve(built(), &["--rows", "3"]);
    let ask = |query: &str| post(&served, "query", &json!({ "query": query }));
    let answer =
        ask("SELECT ?who ?fact ?words ?type ?none { ?fact tupu:donor ?who ; a ?type ; prov:wasDerivedFrom ?words
        FILTER(?type = tupu:Donation && ?who = <org/吉田电子有限公司>) OPTIONAL { ?fact tupu:nothing ?none } }");
    let row = &answer["rows"][0];
    let cell = |at: usize| (row[at]["kind"].as_str().unwrap(), row[at]["text"].as_str().unwrap());
    assert_eq!(cell(0), ("entity", "吉田电子有限公司"));
    assert_eq!(row[0]["id"], "org/吉田电子有限公司");
    assert_eq!((cell(1).0, &row[1]["id"]), ("fact", &row[1]["text"]));
    assert_eq!((cell(2).0, &row[2]["id"]), ("document", &json!("doc/a")));
    assert_eq!((cell(3), &row[4]), (("iri", "tupu:Donation"), &Value::Null));
    // A place that no text mentions is an entity, too.
    let wider = ask("SELECT ?place { <place/420100> tupu:under ?place }");
    assert!(list(&wider["rows"]).iter().all(|row| row[0]["kind"] == "entity"), "{wider}");
    assert_eq!(ask("SELECT * { ?s ?p ?o }")["truncated"], true);
    assert_eq!(ask("ASK { ?s a tupu:Donation }")["value"], true);
    let triples = ask("DESCRIBE <org/吉田电子有限公司>");
    assert!(triples["turtle"].as_str().unwrap().contains("吉田"), "{triples}");
    assert!(!list(&get(&served, "queries/donations", &[("name", "长风电子有限公司")])["rows"]).is_empty());
    let hostile = "\" } DROP ALL #<script>";
    assert!(list(&get(&served, "queries/donations", &[("name", hostile)])["rows"]).is_empty());
    let line = |request: &str| refused(&served, request, &[], "");
    assert_eq!(line("GET /api/queries/nothing").0, 404);
    let (status, said) = line("GET /api/queries/entity");
    assert!(status == 400 && said.contains("name") && !said.contains("--set"), "{said}");
    assert!(line("GET /api/queries/donations?nmae=x").1.contains("nmae"));
    for query in ["SELECT", "DELETE WHERE { ?s ?p ?o }", "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }"] {
        let body = json!({ "query": query }).to_string();
        assert_eq!(refused(&served, "POST /api/query", JSON, &body).0, 400, "{query}");
    }
}

#[test]
fn what_is_not_there_or_no_question_is_refused_in_a_line() {
    let served = serve(built(), &[]);
    for (request, status, words) in [
        ("GET /api/document?id=doc/x", 404, "doc/x"),
        ("GET /api/document", 400, "id"),
        ("GET /api/documents?sort=colour", 400, "published"),
        ("GET /api/documents?limit=many", 400, "many"),
        ("GET /api/documents?lmit=3", 400, "lmit"),
        ("GET /api/entity?id=org/x", 404, "org/x"),
        ("GET /api/graph?network=all", 400, "direct"),
        ("GET /api/facts?from=gestern", 400, "gestern"),
        ("GET /api/export/doc", 404, "graphml"),
        ("GET /api/nothing", 404, "/api/nothing"),
        ("DELETE /api/document?id=doc/a", 405, "DELETE"),
        ("GET /api/annotate", 405, "GET"),
    ] {
        let (got, line) = refused(&served, request, &[], "");
        assert!(got == status && line.contains(words), "{request}: {got} {line}");
    }
    let other = "Origin: http://example.org";
    assert_eq!(refused(&served, "GET /api/documents", &[other], "").0, 403);
    assert_eq!(served.ask("GET /api/documents", &[], "").header("x-content-type-options"), "nosniff");
}

#[test]
fn decisions_are_made_where_the_server_is_told_to_let_them() {
    let folder = tempfile::tempdir().unwrap();
    build(folder.path());
    let served = serve(folder.path(), &[]);
    let act = json!({ "act": "undo", "decision": "0000", "reason": "误", "date": "2026-11-27" }).to_string();
    let (status, line) = refused(&served, "POST /api/review", JSON, &act);
    assert!(status == 403 && line.contains("--review"), "{line}");
    assert!(!folder.path().join("kg/decisions.jsonl").exists());
    let served = serve(folder.path(), &["--review"]);
    let decide = |mut act: Value| {
        act["reason"] = json!("年报第3页");
        act["date"] = json!("2026-11-27");
        act.to_string()
    };
    let decided = |act: Value| post(&served, "review", &serde_json::from_str(&decide(act)).unwrap());
    let said = |act: Value| refused(&served, "POST /api/review", JSON, &decide(act));
    let fact = get(&served, "document", &[("id", "doc/a")])["facts"][0]["id"].as_str().unwrap().to_owned();
    let facts = || get(&served, "status", &[])["facts"].as_u64().unwrap();
    let before = facts();

    let made = decided(json!({ "act": "reject", "fact": fact }));
    assert_eq!(facts(), before - 1);
    assert_eq!(get(&served, "facts", &[("ids", &fact)])["total"], 0);
    assert!(list(&get(&served, "document", &[("id", "doc/a")])["facts"]).iter().all(|one| one["id"] != json!(fact)));
    assert!(tupu(folder.path(), &["review", "decisions"]).contains(made["id"].as_str().unwrap()));
    assert_eq!(get(&served, "review", &[])["decisions"][0]["id"], made["id"]);
    assert_eq!(said(json!({ "act": "reject", "fact": fact })).0, 409);
    decided(json!({ "act": "undo", "decision": made["id"] }));
    assert_eq!((facts(), &get(&served, "review", &[])["decisions"]), (before, &json!([])));

    let (one, other) = ("org/吉田电子有限公司", "org/长风电子有限公司");
    decided(json!({ "act": "distinguish", "entities": [one, other] }));
    let (status, line) = said(json!({ "act": "merge", "entities": [one, other] }));
    assert!(status == 409 && line.contains("undo"), "{line}");
    let renamed = decided(json!({ "act": "rename", "entity": other, "to": "<i>长风</i>" }));
    let entity = get(&served, "entity", &[("id", other)]);
    assert_eq!((&entity["name"], &entity["decisions"]), (&json!("<i>长风</i>"), &json!([renamed["id"]])));
    // What another process decides is not passed over.
    let why = ["--reason", "年报", "--date", "2026-11-27"];
    tupu(folder.path(), &[&["review", "retype", other, "Product"], &why[..]].concat());
    assert_eq!(said(json!({ "act": "split", "entity": other, "documents": ["doc/x"] })).0, 404);
    assert_eq!(get(&served, "review", &[])["decisions"].as_array().unwrap().len(), 3);
    for (act, status) in [
        (json!({ "act": "merge", "entities": [one, "org/x"] }), 404),
        (json!({ "act": "reject", "fact": "fact/0000000000000000" }), 404),
        (json!({ "act": "undo", "decision": made["id"] }), 404),
        (json!({ "act": "retype", "entity": one, "to": "Thing" }), 400),
        (json!({ "act": "split", "entity": one }), 400),
        (json!({ "act": "praise" }), 400),
    ] {
        assert_eq!(said(act.clone()).0, status, "{act}");
    }
    let form = ["Content-Type: application/x-www-form-urlencoded"];
    assert_eq!(refused(&served, "POST /api/review", &form, "act=undo").0, 415);
    let without = json!({ "act": "rename", "entity": one, "to": "x", "reason": " ", "date": "2026-11-27" });
    assert_eq!(refused(&served, "POST /api/review", JSON, &without.to_string()).0, 400);
}

#[test]
fn pairs_that_may_be_one_come_with_where_they_stand() {
    let folder = tempfile::tempdir().unwrap();
    let texts =
        [("a", "长风电子有限公司向武汉市第三医院捐赠口罩500只。"), ("b", "长风电子向武汉市第三医院捐赠防护服20件。")];
    let line = |(id, text): (&str, &str)| json!({ "id": id, "text": text }).to_string();
    fs::write(folder.path().join("texts.jsonl"), texts.map(line).join("\n")).unwrap();
    tupu(folder.path(), &["build", "texts.jsonl"]);
    let served = serve(folder.path(), &["--review"]);
    let pair = &get(&served, "review", &[("types", "Organization")])["candidates"][0];
    let names = [&pair["one"]["name"], &pair["other"]["name"]];
    assert!(names.contains(&&json!("长风电子")) && names.contains(&&json!("长风电子有限公司")), "{pair}");
    assert_eq!(list(&pair["places"]).len(), 2);
    let act = json!({ "act": "merge", "entities": [pair["one"]["id"], pair["other"]["id"]], "reason": "年报",
        "date": "2026-11-27" });
    post(&served, "review", &act);
    assert_eq!(get(&served, "review", &[("types", "Organization")])["total"], 0);
}

#[test]
fn the_description_has_every_route_and_its_parameters() {
    let served = serve(built(), &[]);
    let answer = served.ask("GET /api", &[], "");
    let described = parsed(&answer);
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/serve/api/mod.rs");
    let source = fs::read_to_string(source).unwrap();
    let routes = source.lines().filter_map(|line| line.trim().strip_prefix(".route(\"")?.split_once("\", "));
    let mut there: Vec<String> = Vec::new();
    for (path, methods) in routes {
        let path = format!("/api{}", path.trim_end_matches('/'));
        let by = |method: &str| methods.contains(&format!("{method}(")).then(|| format!("{method} {path}"));
        there.extend(["get", "post"].into_iter().filter_map(by));
    }
    let methods = |(path, methods): (&String, &Value)| {
        methods.as_object().unwrap().keys().map(|method| format!("{method} {path}")).collect::<Vec<_>>()
    };
    let mut told: Vec<String> = described["paths"].as_object().unwrap().iter().flat_map(methods).collect();
    there.sort();
    told.sort();
    assert_eq!(told, there);
    // Whoever asks with a parameter that there is not is told those that there are.
    for (path, methods) in described["paths"].as_object().unwrap() {
        let Some(parameters) = methods["get"]["parameters"].as_array().filter(|all| !all.is_empty()) else { continue };
        if path.contains("/queries/") {
            continue;
        }
        let named = |one: &Value| {
            let name = one["$ref"].as_str()?.rsplit('/').next()?;
            Some(described["components"]["parameters"][name]["name"].as_str()?.to_owned())
        };
        let mut told: Vec<String> = parameters.iter().filter_map(named).collect();
        let path = path.replace("{format}", "svg");
        let (_, line) = refused(&served, &format!("GET {path}?colour=red"), &[], "");
        let mut known: Vec<String> = line.split_once("there are ").unwrap().1.split(", ").map(str::to_owned).collect();
        told.sort();
        known.sort();
        assert_eq!(told, known, "{path}");
    }
}
