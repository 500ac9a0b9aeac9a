//! Other servers: a `tupu serve` that is asked in place of its workspace, and servers that misbehave.

#[allow(dead_code, reason = "other tests ask it themselves")]
#[path = "common/http.rs"]
mod http;

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::Output;
use std::sync::{Arc, Mutex};
use std::thread;

use assert_cmd::cargo::cargo_bin_cmd;

fn tupu(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = cargo_bin_cmd!("tupu");
    command.current_dir(folder).env("TUPU_PASSWORD", "geheim").args(arguments).output().unwrap()
}

fn out(done: &Output) -> &str {
    std::str::from_utf8(&done.stdout).unwrap()
}

fn said(done: &Output) -> &str {
    std::str::from_utf8(&done.stderr).unwrap()
}

/// A folder with a workspace of the sample in `kg`.
fn sample() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let texts = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/sample");
    cargo_bin_cmd!("tupu").current_dir(&folder).arg("build").arg(texts).assert().success();
    folder
}

/// What a request had: its first line, its header, its body.
#[derive(Debug, Clone)]
struct Asked {
    line: String,
    head: String,
    body: String,
}

/// A server that answers each request with the next of what it is given, the last one over and over; an empty answer
/// breaks the connection off.
struct Scripted {
    address: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Scripted {
    fn new(answers: &[&str]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (log, answers) = (Arc::clone(&asked), answers.iter().map(|&a| a.to_owned()).collect::<Vec<_>>());
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let Some(request) = read(&mut stream) else { continue };
                let mut log = log.lock().unwrap();
                let answer = &answers[log.len().min(answers.len() - 1)];
                log.push(request);
                if answer == "silence" {
                    std::mem::forget(stream);
                } else {
                    // Whoever asked may have gone away.
                    let _ = stream.write_all(answer.as_bytes());
                }
            }
        });
        Self { address, asked }
    }

    fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }
}

fn read(stream: &mut TcpStream) -> Option<Asked> {
    let mut reader = BufReader::new(stream);
    let (mut line, mut head) = (String::new(), String::new());
    reader.read_line(&mut line).ok()?;
    loop {
        let mut next = String::new();
        if reader.read_line(&mut next).ok()? <= 2 {
            break;
        }
        head.push_str(&next.to_lowercase());
    }
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    let mut body = vec![0; length.map_or(0, |length| length.trim().parse().unwrap())];
    reader.read_exact(&mut body).ok()?;
    Some(Asked { line, head, body: String::from_utf8(body).unwrap() })
}

fn answer(status: &str, headers: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\nConnection: close\r\n{headers}Content-Length: {}\r\n\r\n{body}", body.len())
}

fn ok() -> String {
    answer("204 No Content", "", "").replace("Content-Length: 0\r\n", "")
}

#[test]
fn a_server_says_byte_for_byte_what_its_workspace_says() {
    let folder = sample();
    std::fs::create_dir_all(folder.path().join("kg/queries")).unwrap();
    let own = "# title: Mine\n# about: my own\nSELECT ?x ?name { ?x a tupu:Product ; tupu:name ?name } ORDER BY ?x";
    std::fs::write(folder.path().join("kg/queries/mine.rq"), own).unwrap();
    let server = http::Served::start(&folder.path().join("kg"), &[]);
    let address = format!("http://127.0.0.1:{}", server.port);
    let check = |arguments: &[&str]| {
        let here = tupu(folder.path(), &[&["query"], arguments].concat());
        let there = tupu(folder.path(), &[&["query"], arguments, &["--server", &address]].concat());
        assert!(here.status.success(), "{arguments:?}: {}", said(&here));
        assert!(there.status.success(), "{arguments:?}: {}", said(&there));
        assert_eq!(out(&here), out(&there), "{arguments:?}");
        out(&here).lines().count()
    };
    let told: [&[&str]; 22] = [
        &["cases"],
        &["collaborations"],
        &["connections", "--set", "a=上海实验动物研究中心", "--set", "b=上海公共卫生临床中心"],
        &["dispatches"],
        &["documents"],
        &["donations"],
        &["entity", "--set", "name=泰坦科技"],
        &["establishments"],
        &["evidence", "--set", "about=上海市地震局"],
        &["flows", "--set", "name=泰坦科技有限公司"],
        &["money"],
        &["participants"],
        &["position-changes"],
        &["positions"],
        &["provenance", "--set", "document=titan-donation.txt"],
        &["shipments"],
        &["sources"],
        &["statements"],
        &["supplies"],
        &["timeline"],
        &["top", "--set", "limit=7"],
        &["unread"],
    ];
    let rows: usize = told.iter().map(|arguments| check(arguments)).sum();
    assert!(rows > 150, "{rows}");
    for format in ["csv", "tsv", "json", "xml"] {
        check(&["supplies", "--format", format]);
    }
    assert_eq!(check(&["mine"]), check(&["-e", own]));
    check(&["-e", "ASK { <product/口罩> a ?type }", "--format", "json"]);
    check(&["-e", "SELECT ?x { ?x tupu:name ?name }  ORDER BY ?x", "--set", "name=口罩"]);
    check(&["-e", "SELECT ?s ?p ?o { ?s ?p ?o }"]);
    for format in ["table", "turtle", "ntriples"] {
        check(&[
            "-e",
            "CONSTRUCT { ?x tupu:name ?name } WHERE { ?x a tupu:Place ; tupu:name ?name }",
            "--format",
            format,
        ]);
        check(&["-e", "DESCRIBE <product/口罩>", "--format", format]);
    }
    // The endpoint itself is the same server.
    let there = tupu(folder.path(), &["query", "donations", "--server", &format!("{address}/sparql")]);
    assert_eq!(out(&there), out(&tupu(folder.path(), &["query", "donations"])));
    for (arguments, words) in [
        (&["donatoins"] as &[&str], "no saved query"),
        (&["entity"], "--set name="),
        (&["-e", "SELECT ?x {"], "SPARQL syntax"),
        (&["-e", "CLEAR ALL"], "read-only"),
        (&["donations", "--kg", "kg"], "cannot be used with"),
    ] {
        let done = tupu(folder.path(), &[&["query"], arguments, &["--server", &address]].concat());
        assert!(!done.status.success() && said(&done).contains(words), "{arguments:?}: {}", said(&done));
    }
}

#[test]
fn a_refusal_is_one_line_and_the_end() {
    let folder = sample();
    let page = "<html><title>No</title><body><p>not\nhere</p></body></html>";
    for (status, body, words) in [
        ("400 Bad Request", "syntax error at line 1", "says 400: syntax error at line 1"),
        ("403 Forbidden", "", "--user NAME"),
        ("404 Not Found", page, "says 404: No not here; see whether the address"),
        ("405 Method Not Allowed", "", "the right one of its addresses"),
        ("415 Unsupported Media Type", "", "the right one of its addresses"),
        ("301 Moved Permanently", "", "give the address that it sends to"),
        ("400 Bad Request", "No plain default graph", "--default-graph IRI"),
    ] {
        let server = Scripted::new(&[&answer(status, "", body)]);
        let done = tupu(folder.path(), &["push", "--to", &format!("{}/update", server.address)]);
        assert_eq!((done.status.code(), said(&done).lines().count(), out(&done)), (Some(1), 1, ""), "{}", said(&done));
        assert!(said(&done).contains(words) && said(&done).contains(&server.address), "{}", said(&done));
        assert_eq!(server.asked().len(), 1);
    }
}

#[test]
fn what_passes_is_waited_for_and_what_does_not_is_told() {
    let folder = sample();
    let late = answer("503 Service Unavailable", "Retry-After: 1\r\n", "");
    let busy = answer("429 Too Many Requests", "", "");
    let server = Scripted::new(&["", &late, &busy, &ok()]);
    let to = format!("{}/changes", server.address);
    let done = tupu(folder.path(), &["push", "--to", &to]);
    assert!(done.status.success() && said(&done).is_empty(), "{}", said(&done));
    assert!(
        out(&done).contains("retries   3\n") && out(&done).contains("nothing: where it answers queries"),
        "{}",
        out(&done)
    );
    let bodies: Vec<String> = server.asked().into_iter().map(|asked| asked.body).collect();
    assert!(bodies[0] == bodies[3] && bodies[0].starts_with("INSERT DATA {"));
    for (answer, words) in [("", "broke off"), (late.as_str(), "says 503"), ("silence", "no answer in 1 s")] {
        let server = Scripted::new(&[answer]);
        let to = format!("{}/update", server.address);
        let done = tupu(folder.path(), &["push", "--to", &to, "--retry-for", "1", "--timeout", "1"]);
        assert_eq!((done.status.code(), said(&done).lines().count()), (Some(1), 1), "{}", said(&done));
        assert!(said(&done).contains(words), "{}", said(&done));
    }
    let broken = answer("500 Internal Server Error", "", "out of order");
    let server = Scripted::new(&[&broken]);
    let done = tupu(folder.path(), &["push", "--to", &format!("{}/update", server.address)]);
    assert!(said(&done).contains("says 500: out of order (tried 3 times)"), "{}", said(&done));
}

#[test]
fn a_batch_that_is_too_large_is_halved() {
    let folder = sample();
    let server = Scripted::new(&[&answer("413 Content Too Large", "", ""), &ok()]);
    let done = tupu(folder.path(), &["push", "--to", &format!("{}/x", server.address), "--batch", "2000"]);
    assert!(done.status.success(), "{}", said(&done));
    let lines = |at: usize| server.asked()[at].body.lines().filter(|line| line.ends_with(" .")).count();
    assert_eq!((lines(0), lines(1), lines(2), lines(3)), (2000, 1000, 1000, 1000));
}

#[test]
fn a_password_is_given_to_whoever_asks_for_it_and_shown_to_nobody() {
    let folder = sample();
    let to = |server: &Scripted| server.address.replace("http://", "http://anna:geheim@") + "/x";
    // Nothing of a body that is refused unread, no password before it is asked for, and by Digest where that is offered.
    let digest = "WWW-Authenticate: Basic realm=\"x\"\r\nWWW-Authenticate: Digest realm=\"x\", qop=\"auth\", nonce=\"7\", algorithm=\"MD5\"\r\n";
    let server = Scripted::new(&[&answer("401 Unauthorized", digest, ""), &ok()]);
    assert!(tupu(folder.path(), &["push", "--to", &to(&server)]).status.success());
    let asked = server.asked();
    assert!(asked[0].body.is_empty() && !asked[0].head.contains("authorization"), "{:?}", asked[0]);
    assert!(asked[1].head.contains("authorization: digest username=\"anna\"") && asked[1].head.contains("nc=00000001"));
    assert!(asked[2].head.contains("nc=00000002") && asked.iter().all(|asked| !asked.head.contains("geheim")));
    let basic = answer("401 Unauthorized", "WWW-Authenticate: Basic realm=\"x\"\r\n", "");
    let server = Scripted::new(&[&basic, &ok()]);
    assert!(
        tupu(folder.path(), &["push", "--user", "anna", "--to", &format!("{}/x", server.address)]).status.success()
    );
    assert!(server.asked()[1].head.contains("authorization: basic yw5uytpnzwhlaw0="), "{:?}", server.asked()[1]);
    let server = Scripted::new(&[&basic]);
    let done = tupu(folder.path(), &["push", "--to", &to(&server)]);
    assert_eq!((done.status.code(), said(&done).lines().count()), (Some(1), 1), "{}", said(&done));
    assert!(said(&done).contains("says 401; give --user") && !said(&done).contains("geheim"), "{}", said(&done));
}

#[test]
fn replacing_is_telling_the_server_to_empty_or_to_put() {
    let folder = sample();
    let server = Scripted::new(&[&ok()]);
    let (update, store) = (format!("{}/x", server.address), format!("{}/y", server.address));
    let all = "https://example.org/all";
    assert!(tupu(folder.path(), &["push", "--to", &update, "--replace", "--default-graph", all]).status.success());
    let first = server.asked()[0].body.clone();
    assert!(first.contains("CLEAR SILENT GRAPH <https://example.org/all>") && !first.contains("CLEAR SILENT DEFAULT"));
    let before = server.asked().len();
    let done =
        tupu(folder.path(), &["push", "--to", &store, "--replace", "--protocol", "graph-store", "--batch", "1500"]);
    assert!(done.status.success(), "{}", said(&done));
    let lines: Vec<String> = server.asked()[before..].iter().map(|asked| asked.line.clone()).collect();
    assert!(lines[0].starts_with("PUT /y?default ") && lines[1].starts_with("POST /y?default "), "{lines:?}");
    assert!(lines.iter().any(|line| line.starts_with("PUT /y?graph=https%3A%2F%2Fw3id%2Eorg")), "{lines:?}");
    let taken = "https://w3id.org/tupu/ontology";
    let done = tupu(folder.path(), &["push", "--to", &update, "--default-graph", taken]);
    assert!(said(&done).contains("is a named graph already"), "{}", said(&done));
}
