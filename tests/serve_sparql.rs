//! SPARQL over HTTP: what the protocol promises, what is refused, and that nothing goes on for ever.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

#[path = "common/http.rs"]
mod http;
#[path = "common/tupu.rs"]
mod program;

use http::{Answer, Served, encoded};
use program::tupu;

const DONORS: &str =
    "SELECT DISTINCT ?name ?fact { ?fact a tupu:Donation ; tupu:donor/tupu:name ?name } ORDER BY ?name ?fact";
const NAMES: &str = "CONSTRUCT { ?x tupu:name ?name } { ?x a tupu:Product ; tupu:name ?name }";
/// Two documents that name the same organization.
const TWO: [&str; 2] = ["doc/titan-donation.txt", "doc/titan-supply.txt"];
/// Queries that would take longer than any test.
const ENDLESS: [&str; 4] = [
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "ASK { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(CONCAT(STR(?a), STR(?d), STR(?g), STR(?j)) = 'none') }",
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c OPTIONAL { ?d ?e ?f } OPTIONAL { ?g ?h ?i } OPTIONAL { ?j ?k ?l } }",
    "CONSTRUCT { ?a a ?d } { ?a a ?t . ?b a ?t . ?c a ?t . ?d a ?t . ?e a ?t . ?f a ?t FILTER(?f = ?t) }",
];

/// The sample as a workspace.
fn sample() -> &'static Path {
    static SAMPLE: OnceLock<PathBuf> = OnceLock::new();
    SAMPLE.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("serve-sparql");
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        let texts = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/sample");
        tupu(&folder, &["extract", texts.to_str().unwrap(), "-o", "sample.jsonl"]);
        tupu(&folder, &["load", "sample.jsonl"]);
        folder.join("kg")
    })
}

fn query(served: &Served, text: &str, headers: &[&str]) -> Answer {
    served.ask(&format!("GET /sparql?query={}", encoded(text)), headers, "")
}

fn csv(served: &Served, text: &str) -> String {
    let answer = query(served, text, &["Accept: text/csv"]);
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.body.replace("\r\n", "\n")
}

#[test]
fn a_query_comes_in_the_address_in_a_form_or_by_itself() {
    let served = Served::start(sample(), &[]);
    let first = query(&served, DONORS, &[]);
    assert_eq!((first.status, first.header("content-type")), (200, "application/sparql-results+json"));
    assert!(first.body.contains("泰坦科技有限公司"), "{}", first.body);
    let form = format!("format=json&query={}", encoded(DONORS).replace("%20", "+"));
    let form = served.ask("POST /sparql", &["Content-Type: application/x-www-form-urlencoded; charset=UTF-8"], &form);
    let direct = served.ask("POST /sparql", &["Content-Type: application/sparql-query"], DONORS);
    assert_eq!((&form.body, &direct.body), (&first.body, &first.body));
    let head = served.ask(&format!("HEAD /sparql?query={}", encoded(DONORS)), &[], "");
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    assert_eq!(head.header("content-length"), first.body.len().to_string());
    let options = served.ask("OPTIONS /sparql", &[], "");
    assert_eq!((options.status, options.header("allow")), (204, "GET, HEAD, POST, OPTIONS"));
}

#[test]
fn answers_are_those_of_the_command_line_in_every_format() {
    let served = Served::start(sample(), &[]);
    let folder = sample().parent().unwrap();
    let asked = |text: &str, format: &str| tupu(folder, &["query", "-e", text, "--format", format]);
    for (accept, format, media_type) in [
        ("application/sparql-results+json", "json", "application/sparql-results+json"),
        ("application/json", "json", "application/json"),
        ("text/html, application/sparql-results+xml;q=0.9, */*;q=0.1", "xml", "application/sparql-results+xml"),
        ("text/csv", "csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values, text/csv;q=0.9", "tsv", "text/tab-separated-values; charset=utf-8"),
    ] {
        for text in [DONORS, "ASK { ?x a tupu:Donation }"] {
            let answer = query(&served, text, &[&format!("Accept: {accept}")]);
            assert_eq!((answer.status, answer.header("content-type")), (200, media_type));
            assert_eq!(answer.body.trim_end(), asked(text, format).trim_end(), "{accept}");
        }
    }
    for (accept, format, media_type) in [
        ("*/*", "turtle", "text/turtle; charset=utf-8"),
        ("application/n-triples", "ntriples", "application/n-triples"),
    ] {
        let answer = query(&served, NAMES, &[&format!("Accept: {accept}")]);
        assert_eq!((answer.status, answer.header("content-type")), (200, media_type));
        assert_eq!(answer.body, asked(NAMES, format), "{accept}");
    }
    for media_type in ["application/rdf+xml", "application/ld+json", "application/trig", "application/n-quads"] {
        let answer = query(&served, NAMES, &[&format!("Accept: {media_type}")]);
        assert_eq!((answer.status, answer.header("content-type")), (200, media_type));
        assert!(answer.body.contains("口罩"), "{media_type}: {}", answer.body);
    }
}

#[test]
fn what_is_wrong_is_said_in_a_line() {
    let served = Served::start(sample(), &[]);
    let form = "Content-Type: application/x-www-form-urlencoded";
    let direct = "Content-Type: application/sparql-query";
    let update = "Content-Type: application/sparql-update";
    let select = format!("query={}", encoded(DONORS));
    let twice = format!("{select}&{select}");
    let get = format!("GET /sparql?{select}");
    let two_places = format!("POST /sparql?{select}");
    let changes = format!("GET /sparql?query={}", encoded("CLEAR ALL"));
    let broken = format!("GET /sparql?query={}", encoded("SELECT ?x\n{ ?x tupu:name }"));
    let service = format!("GET /sparql?query={}", encoded("ASK { SERVICE <http://example.org/> { ?a ?b ?c } }"));
    let graph = format!("{get}&default-graph-uri=%3C%3E");
    let cases: [(&str, &[&str], &str, u16, &str); 22] = [
        (&broken, &[], "", 400, "SPARQL syntax: error at 2:16"),
        (&changes, &[], "", 400, "read-only"),
        ("GET /sparql?querry=ASK%7B%7D", &[], "", 400, "there is no query"),
        (&format!("GET /sparql?{twice}"), &[], "", 400, "several queries"),
        ("POST /sparql", &[form], "", 400, "there is no query"),
        ("POST /sparql", &[form], &twice, 400, "several queries"),
        (&two_places, &[direct], DONORS, 400, "in the address and in the body"),
        (&service, &[], "", 400, "asks another server, <http://example.org/>"),
        (&graph, &[], "", 400, "is no IRI"),
        ("GET /sparql?query=%FF", &[], "", 400, "UTF-8"),
        ("POST /sparql", &[update], "CLEAR ALL", 403, "read-only"),
        ("POST /sparql", &[form], "update=CLEAR+ALL", 403, "read-only"),
        ("GET /sparql?update=CLEAR+ALL", &[], "", 403, "read-only"),
        (&get, &["Accept: text/html"], "", 406, "application/sparql-results+json"),
        (&get, &["Accept: text/turtle"], "", 406, "application/sparql-results+json"),
        (&format!("GET /sparql?query={}", encoded(NAMES)), &["Accept: text/csv"], "", 406, "text/turtle"),
        ("POST /sparql", &[], DONORS, 415, "application/sparql-query"),
        ("POST /sparql", &["Content-Type: text/plain"], DONORS, 415, "application/sparql-query"),
        ("POST /sparql", &["Content-Type: application/sparql-query; charset=GBK"], DONORS, 415, "UTF-8"),
        ("DELETE /sparql", &[], "", 405, "GET or POST"),
        (&get, &["Host: evil.example"], "", 403, "to no other site"),
        (&get, &["Origin: http://evil.example"], "", 403, "to no other site"),
    ];
    for (request, headers, body, status, says) in cases {
        let answer = served.ask(request, headers, body);
        assert_eq!(answer.status, status, "{request} {headers:?} {body}: {}", answer.body);
        assert!(answer.body.contains(says), "{request} {headers:?} {body}: {}", answer.body);
        assert_eq!(answer.body.trim_end().lines().count(), 1, "{}", answer.body);
    }
}

#[test]
fn graphs_are_those_that_the_request_names() {
    let served = Served::start(sample(), &[]);
    let named = "SELECT ?name { ?x tupu:name ?name FILTER(?name = '泰坦科技有限公司') }";
    let graphs = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g";
    let ask = |text: &str, rest: &str| {
        let answer = served.ask(&format!("GET /sparql?query={}{rest}", encoded(text)), &["Accept: text/csv"], "");
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.body.lines().count() - 1
    };
    let [one, other] = TWO.map(encoded);
    assert_eq!(ask(named, ""), 1);
    assert_eq!(ask(named, &format!("&default-graph-uri={one}")), 1);
    // What both documents say is said once.
    assert_eq!(ask(named, &format!("&default-graph-uri={one}&default-graph-uri={other}")), 1);
    assert_eq!(ask(named, "&default-graph-uri=doc%2Fnone"), 0);
    assert_eq!(ask(named, &format!("&named-graph-uri={one}")), 0, "the default graph is empty then");
    assert_eq!(ask(graphs, &format!("&named-graph-uri={one}&named-graph-uri={other}")), 2);
    assert_eq!(ask(graphs, &format!("&default-graph-uri={one}")), 0, "no graph is named then");
    // They go before those that the query names.
    let from = named.replace("{ ?x", &format!("FROM <{}> {{ ?x", TWO[0]));
    assert_eq!((ask(&from, ""), ask(&from, "&default-graph-uri=doc%2Fnone")), (1, 0));
    let twice = named.replace("{ ?x", &format!("FROM <{}> FROM <{}> {{ ?x", TWO[0], TWO[1]));
    assert_eq!(ask(&twice, ""), 1);
}

#[test]
fn graphs_can_be_taken_whole_and_not_changed() {
    let served = Served::start(sample(), &[]);
    let lines = |answer: Answer| {
        assert_eq!(answer.status, 200, "{}", answer.body);
        let mut lines: Vec<String> = answer.body.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    let plain = ["Accept: application/n-triples"];
    let everything = query(&served, "CONSTRUCT WHERE { ?s ?p ?o }", &plain);
    assert_eq!(lines(served.ask("GET /rdf-graph-store?default", &plain, "")), lines(everything));
    let of = format!("CONSTRUCT {{ ?s ?p ?o }} {{ GRAPH <{}> {{ ?s ?p ?o }} }}", TWO[0]);
    let address = format!("GET /rdf-graph-store?graph={}", encoded(TWO[0]));
    assert_eq!(lines(served.ask(&address, &plain, "")), lines(query(&served, &of, &plain)));
    let turtle = served.ask(&address, &[], "");
    assert_eq!(turtle.header("content-type"), "text/turtle; charset=utf-8");
    assert_eq!(served.ask(&address.replace("GET", "HEAD"), &[], "").body, "");
    let missing = served.ask("GET /rdf-graph-store?graph=doc%2Fnone", &[], "");
    assert_eq!((missing.status, missing.body.contains("doc/none")), (404, true));
    for request in ["GET /rdf-graph-store", "GET /rdf-graph-store?default&graph=doc%2Fnone"] {
        assert_eq!(served.ask(request, &[], "").status, 400, "{request}");
    }
    assert_eq!(served.ask(&address, &["Accept: text/csv"], "").status, 406);
    for method in ["PUT", "POST", "DELETE", "PATCH"] {
        let refused = served.ask(&format!("{method} /rdf-graph-store?default"), &["Content-Type: text/turtle"], "");
        assert_eq!((refused.status, refused.header("allow")), (405, "GET, HEAD, OPTIONS"), "{method}");
    }
}

#[test]
fn the_service_describes_itself() {
    let served = Served::start(sample(), &[]);
    let described = served.ask("GET /sparql", &["Accept: application/n-triples"], "");
    let sd = "http://www.w3.org/ns/sparql-service-description#";
    let here = format!("http://localhost:{}", served.port);
    for line in [
        format!("<{here}/sparql#service> <{sd}endpoint> <{here}/sparql> ."),
        format!("<{here}/sparql#service> <{sd}supportedLanguage> <{sd}SPARQL11Query> ."),
    ] {
        assert!(described.body.lines().any(|known| known == line), "{line} in {}", described.body);
    }
    // Every graph that it names is there.
    let graphs: Vec<&str> = described.body.lines().filter(|line| line.contains("NamedGraph>")).collect();
    assert_eq!(graphs.len(), csv(&served, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }").lines().count() - 1);
    let stored = described.body.lines().find_map(|line| line.split_once("#graph> <"));
    let path = stored.and_then(|(_, rest)| rest.strip_prefix(here.as_str())?.strip_suffix("> ."));
    assert_eq!(served.ask(&format!("GET {}", path.unwrap()), &[], "").status, 200);
    let page =
        served.ask("GET /sparql", &["Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"], "");
    assert_eq!((page.status, page.header("location")), (303, "/#/sparql"));
}

#[test]
fn a_query_ends_when_its_time_is_over() {
    let served = Served::start(sample(), &["--timeout", "1"]);
    // More than are evaluated at once: the last would wait for ever if those before went on.
    for text in ENDLESS.iter().chain(&ENDLESS[..2]) {
        let answer = query(&served, text, &[]);
        assert_eq!(answer.status, 503, "{text}: {}", answer.body);
        assert!(answer.body.starts_with("the query takes longer than 1 s"), "{text}: {}", answer.body);
    }
    assert!(csv(&served, DONORS).contains("泰坦科技有限公司"));
}

#[test]
fn a_query_ends_when_nobody_waits_for_it() {
    let served = Served::start(sample(), &["--timeout", "600"]);
    for text in ENDLESS.iter().chain(&ENDLESS) {
        drop(served.send(&format!("GET /sparql?query={}", encoded(text)), &[], ""));
    }
    assert!(csv(&served, DONORS).contains("泰坦科技有限公司"));
}

#[test]
fn an_answer_that_is_too_long_is_refused_and_not_cut() {
    let served = Served::start(sample(), &["--rows", "10"]);
    for text in ["SELECT * { ?s ?p ?o }", "SELECT * { ?s ?p ?o } LIMIT 11", "CONSTRUCT WHERE { ?s ?p ?o }"] {
        let answer = query(&served, text, &[]);
        assert_eq!((answer.status, answer.body.contains("more than 10 rows")), (400, true), "{}", answer.body);
    }
    assert_eq!(csv(&served, "SELECT * { ?s ?p ?o } LIMIT 10").lines().count(), 11);
    assert_eq!(query(&served, "CONSTRUCT WHERE { ?s ?p ?o } LIMIT 10", &[]).status, 200);
    let graph = served.ask("GET /rdf-graph-store?default", &[], "");
    assert_eq!((graph.status, graph.body.contains("more than 10 rows")), (400, true), "{}", graph.body);
}
