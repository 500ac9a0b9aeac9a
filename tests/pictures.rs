//! Pictures of networks, and what Graphviz and yEd draw.

use std::collections::BTreeSet;

use petgraph::graph::{DiGraph, NodeIndex};
use quick_xml::events::Event;
use tupu::export::layout::{Area, Point};
use tupu::export::svg::{Scene, SvgError};
use tupu::export::{dot, graphml, style, svg, yed};
use tupu::graph::{Edge, Fact, Measures, Network, Node, Quote};

/// Names that break what is careless.
const HOSTILE: [&str; 16] = [
    "<b>&amp;\"quoted\" 'single'</b>",
    "line\nbreak\r\n\ttab",
    "control\u{1}\u{0}\u{7f}\u{9c}",
    "emoji 👩‍👩‍👧‍👦🇨🇳😷",
    "𠮷野家和䶮",
    "\\N \\G \\E \\l \\r \\ \\\\",
    "ends with \\",
    "",
    "   ",
    "שלום עולם مرحبا بالعالم",
    "很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长的名字",
    "averyveryveryveryveryveryveryveryveryveryveryverylongwordwithoutanyspaceWWWWWWWWWWWWWWWWW",
    "a\u{301}e\u{301}\u{302}\u{303} u\u{202e}dne",
    "--><!-- ]]> <![CDATA[",
    "&#0; &#x41; &lt; &copy; &nonsense; & ;",
    "mixed 中文 and Latin，（有标点）。",
];

const KINDS: [&str; 9] =
    ["Person", "Group", "Organization", "Place", "Product", "Work", "Activity", "Disease", "Unheard"];

/// A network of so many entities with these edges: ends, relation and number of facts.
fn network(directed: bool, labels: &[String], edges: &[(usize, usize, &str, usize)]) -> Network {
    let mut graph = DiGraph::new();
    for (n, label) in labels.iter().enumerate() {
        graph.add_node(Node {
            iri: format!("https://w3id.org/tupu/kg/n/{n:04}"),
            label: label.clone(),
            name: label.clone(),
            kind: KINDS[n % KINDS.len()].to_owned(),
            mentions: n,
            fact: None,
        });
    }
    let mut facts = Vec::new();
    for (from, to, label, count) in edges {
        let first = facts.len();
        for n in 0..*count {
            facts.push(fact(first + n, label));
        }
        let edge =
            Edge { property: format!("p{label}"), label: (*label).to_owned(), facts: (first..first + count).collect() };
        graph.add_edge(NodeIndex::new(*from), NodeIndex::new(*to), edge);
    }
    Network { graph, directed, facts, measures: Measures::default(), base: "https://w3id.org/tupu/kg/".to_owned() }
}

fn fact(n: usize, label: &str) -> Fact {
    Fact {
        iri: format!("https://w3id.org/tupu/kg/fact/{n:06}"),
        label: format!("{label} {n}"),
        kind: "Donation".to_owned(),
        status: "positive actual".to_owned(),
        confidence: Some(0.5),
        days: None,
        fillers: Vec::new(),
        documents: vec![format!("https://w3id.org/tupu/kg/doc/{n}")],
        quotes: vec![Quote { document: format!("doc/{n}"), start: 0, words: format!("原文 {n} <&>") }],
    }
}

fn labels(count: usize) -> Vec<String> {
    let word = ["中国", "北京市", "卫生健康委员会", "Ltd", "有限公司", "第一", "人民医院", "张伟"];
    (0..count).map(|n| (0..1 + n % 5).map(|part| word[(n * 7 + part * 3) % word.len()]).collect()).collect()
}

/// Networks of every make: stars, cliques, chains, trees, strangers, many edges between two, hostile names.
fn networks() -> Vec<(&'static str, Network)> {
    let star = |n: usize| (1..n).map(|leaf| (0, leaf, "供应给", 1 + leaf % 7)).collect::<Vec<_>>();
    let clique = (0..9)
        .flat_map(|a| (0..a).map(move |b| (a, b, if b % 2 == 0 { "会见" } else { "合作" }, 1)))
        .collect::<Vec<_>>();
    let tree = |n: usize| (1..n).map(|node| (node / 3, node, "隶属于", 2)).collect::<Vec<_>>();
    let woven =
        |n: usize| (0..n * 2).map(|e| (e * 31 % n, (e * e * 17 + 5) % n, "参与", 1 + e % 9)).collect::<Vec<_>>();
    let several: Vec<(usize, usize, &str, usize)> = vec![
        (0, 1, "捐赠给", 3),
        (0, 1, "供应给", 1),
        (0, 1, "资助", 1),
        (0, 1, "运送给", 40),
        (0, 1, "投资", 1),
        (1, 0, "采购自", 2),
        (2, 0, "", 1),
        (2, 1, "<很长的关系名称很长的关系名称&很长的关系名称>", 1),
        (1, 1, "自己", 1),
    ];
    let hostile: Vec<String> = HOSTILE.iter().map(ToString::to_string).collect();
    vec![
        ("one", network(true, &labels(1), &[])),
        ("two", network(false, &labels(2), &[(0, 1, "合作", 1)])),
        ("strangers", network(true, &labels(40), &[])),
        ("star", network(true, &labels(40), &star(40))),
        ("clique", network(false, &labels(9), &clique)),
        ("tree", network(true, &labels(100), &tree(100))),
        ("woven", network(true, &labels(60), &woven(60))),
        ("many", network(true, &labels(300), &woven(300))),
        ("several", network(true, &labels(4), &several)),
        ("hostile", network(true, &hostile, &star(HOSTILE.len()))),
    ]
}

#[test]
fn no_words_cover_others_and_none_leaves_the_picture() {
    for (name, network) in networks() {
        let scene = Scene::of(&network);
        let page = Area { left: 0.0, top: 0.0, right: scene.width, bottom: scene.height };
        let words: Vec<_> = scene.labels().filter(|label| !label.words.lines.is_empty()).collect();
        let symbols: Vec<Area> = scene.marks.iter().zip(&scene.points).map(|(mark, p)| mark.symbol().at(*p)).collect();
        for (n, label) in words.iter().enumerate() {
            let Area { left, top, right, bottom } = label.area;
            let inside = left >= page.left && top >= page.top && right <= page.right && bottom <= page.bottom;
            assert!(inside, "{name}: {:?} leaves the picture", label.words.lines);
            for other in words.iter().skip(n + 1) {
                let apart = !label.area.overlaps(&other.area);
                assert!(apart, "{name}: {:?} and {:?}", label.words.lines, other.words.lines);
            }
        }
        let drawn = scene.names.iter().chain(scene.relations.iter().flatten());
        for label in drawn.filter(|label| !label.words.lines.is_empty()) {
            let covered = symbols.iter().any(|symbol| symbol.overlaps(&label.area));
            assert!(!covered, "{name}: {:?} covers a symbol", label.words.lines);
        }
        for (n, one) in symbols.iter().enumerate() {
            assert!(symbols.iter().skip(n + 1).all(|other| !other.overlaps(one)), "{name}: symbols overlap");
        }
        let ends = scene.lines.iter().flat_map(|line| line.curve);
        let inside = |p: Point| p.x >= 0.0 && p.y >= 0.0 && p.x <= scene.width && p.y <= scene.height;
        assert!(scene.points.iter().copied().chain(ends.step_by(2)).all(inside), "{name}");
    }
}

#[test]
fn most_relations_of_a_readable_network_are_named_on_their_lines() {
    for (name, network) in networks().into_iter().filter(|(name, _)| ["star", "tree", "clique"].contains(name)) {
        let scene = Scene::of(&network);
        let named = scene.relations.iter().flatten().filter(|label| label.words.size > 9.0).count();
        assert!(named * 10 >= scene.lines.len() * 7, "{name}: {named} of {}", scene.lines.len());
        let silent = scene.relations.iter().filter(|label| label.is_none()).count();
        assert!(silent * 30 < scene.lines.len(), "{name}: {silent} relations have neither name nor number");
    }
}

fn written(network: &Network, write: impl Fn(&Network, &mut Vec<u8>)) -> String {
    let mut out = Vec::new();
    write(network, &mut out);
    String::from_utf8(out).unwrap()
}

fn svg_of(network: &Network) -> String {
    written(network, |network, out| svg::write(network, out).unwrap())
}

fn yed_of(network: &Network) -> String {
    written(network, |network, out| yed::write(network, out).unwrap())
}

fn dot_of(network: &Network) -> String {
    written(network, |network, out| dot::write(network, out).unwrap())
}

/// The text of each element of a name, in their order, with the value of an attribute.
fn elements(xml: &str, name: &str, attribute: &str) -> Vec<(String, String)> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let (mut found, mut open) = (Vec::new(), false);
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => return found,
            Event::Start(e) | Event::Empty(e) if e.name().as_ref() == name => {
                let value = e.try_get_attribute(attribute).unwrap().map(|a| a.value.into_owned()).unwrap_or_default();
                found.push((String::new(), value));
                open = true;
            }
            Event::End(e) if e.name().as_ref() == name => open = false,
            Event::Text(text) if open => found.last_mut().unwrap().0.push_str(&text),
            Event::GeneralRef(reference) if open => {
                let c = match &*reference {
                    "lt" => '<',
                    "gt" => '>',
                    "amp" => '&',
                    "quot" => '"',
                    "#13" => '\r',
                    other => panic!("&{other};"),
                };
                found.last_mut().unwrap().0.push(c);
            }
            _ => {}
        }
    }
}

/// What XML can hold of a text.
fn kept(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || "\n\r\t\u{7f}\u{9c}".contains(*c)).collect()
}

#[test]
fn pictures_are_well_formed_and_hold_every_name_whole() {
    for (_, network) in networks() {
        let xml = svg_of(&network);
        let titles = elements(&xml, "title", "id");
        for node in network.graph.node_weights() {
            let wanted = format!("{}\n{}", kept(&node.label), node.kind);
            assert!(titles.iter().any(|(title, _)| *title == wanted), "{wanted:?} has no title");
        }
        assert!(
            xml.contains("viewBox=\"0 0 ") && xml.contains("<desc id=\"desc\">") && xml.contains("fill=\"#ffffff\"")
        );
        let forbidden = |c: &char| c.is_control() && !"\n\t\u{7f}\u{9c}".contains(*c);
        assert_eq!(xml.chars().find(forbidden), None);
    }
}

#[test]
fn a_tooltip_quotes_the_evidence() {
    let xml = svg_of(&network(true, &labels(2), &[(0, 1, "捐赠给", 2)]));
    let titles: Vec<String> = elements(&xml, "title", "id").into_iter().map(|(title, _)| title).collect();
    assert_eq!(titles[1], "中国 → 张伟卫生健康委员会\n捐赠给（2）\n原文 0 <&> … 原文 1 <&>");
}

#[test]
fn a_long_name_keeps_its_beginning_and_its_end() {
    let long = "中国共产党历史展览馆与国家机关工作委员会联合举办的宣讲活动办公室";
    let scene = Scene::of(&network(true, &[long.to_owned()], &[]));
    assert_eq!(scene.names[0].words.lines, ["中国共产党历史展览", "…的宣讲活动办公室"]);
}

#[test]
fn lines_point_where_the_relation_does() {
    let mut network = network(true, &labels(3), &[(0, 1, "会见", 1), (1, 0, "会见", 0), (1, 2, "供应给", 1)]);
    let meeting = network.graph.raw_edges()[0].weight.clone();
    *network.graph.edge_weight_mut(petgraph::graph::EdgeIndex::new(1)).unwrap() = meeting;
    let scene = Scene::of(&network);
    let lines: Vec<_> = scene.lines.iter().map(|line| (line.from, line.to, line.directed)).collect();
    assert_eq!(lines, [(0, 1, false), (1, 2, true)], "what holds both ways is drawn once");
    let text: Vec<&String> = scene.legend.labels.iter().flat_map(|label| &label.words.lines).collect();
    assert!(text.iter().any(|line| *line == "会见 (1)"), "a fact counts once: {text:?}");
}

#[test]
fn the_legend_shows_what_occurs_and_nothing_else() {
    let scene = Scene::of(&network(true, &labels(3), &[(0, 1, "捐赠给", 2), (2, 1, "供应给", 1)]));
    let text: Vec<&str> = scene.legend.labels.iter().flat_map(|label| &label.words.lines).map(String::as_str).collect();
    assert_eq!(text[..5], ["人物", "人群", "机构", "捐赠给 (2)", "供应给 (1)"]);
    let known: BTreeSet<_> = scene.marks.iter().map(|mark| (mark.style.fill, mark.style.shape)).collect();
    assert_eq!(known.len(), 3, "a colour and a shape for each type");
}

#[test]
fn the_legend_calls_types_as_the_ontology_does() {
    let ontology = include_str!("../ontology/tupu.ttl");
    for (n, kind) in KINDS.iter().enumerate().filter(|(_, kind)| **kind != "Unheard") {
        let network = network(true, &labels(KINDS.len()), &[]);
        let style = style::of(&network.graph[NodeIndex::new(n)]);
        let class = ontology.split("\n\n").find(|class| class.contains(&format!("tupu:{kind} a owl:Class"))).unwrap();
        assert!(class.contains(&format!("rdfs:label \"{}\"@zh", style.label)), "{kind}: {}", style.label);
    }
}

#[test]
fn what_nobody_could_read_is_refused() {
    let refused = |count| svg::write(&network(true, &labels(count), &[]), Vec::new()).unwrap_err();
    let error = refused(301);
    assert!(matches!(error, SvgError::TooMany(301)), "{error}");
    assert!(error.to_string().contains("--around") && error.to_string().contains("--top"), "{error}");
    assert!(matches!(refused(0), SvgError::Nothing));
}

#[test]
fn every_file_is_the_same_whatever_the_threads() {
    let all = || networks().iter().map(|(_, n)| [svg_of(n), dot_of(n), yed_of(n)]).collect::<Vec<_>>();
    let with = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(all);
    assert!(with(1) == with(2), "the files differ");
}

/// Leaves the files of every network for tests/pictures.py, which draws them with the programs they are for.
#[test]
fn other_programs_can_try_every_network() {
    let top = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("pictures");
    for (name, network) in networks() {
        let folder = top.join(name);
        std::fs::create_dir_all(&folder).unwrap();
        let graphml = written(&network, |network, out| graphml::write(network, out).unwrap());
        let files = [
            ("graph.graphml", graphml),
            ("graph.svg", svg_of(&network)),
            ("graph.dot", dot_of(&network)),
            ("yed.graphml", yed_of(&network)),
        ];
        for (file, text) in files {
            assert!(text.ends_with('\n'), "{file}");
            std::fs::write(folder.join(file), text).unwrap();
        }
    }
}

#[test]
fn yed_gets_places_words_and_every_attribute() {
    for (name, network) in networks() {
        let xml = yed_of(&network);
        let ids: Vec<String> = elements(&xml, "key", "id").into_iter().map(|(_, id)| id).collect();
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{name}: {ids:?}");
        assert!(ids.iter().all(|id| id.starts_with("n_") || id.starts_with("e_")), "{name}: {ids:?}");
        let data = elements(&xml, "data", "key");
        let labels: Vec<String> =
            data.into_iter().filter(|(_, key)| key == "n_label").map(|(label, _)| label).collect();
        let wanted: Vec<String> = network.graph.node_weights().map(|node| kept(&node.label)).collect();
        assert_eq!(labels, wanted, "{name}");
        let number = |attribute| {
            let all = elements(&xml, "y:Geometry", attribute).into_iter();
            all.map(|(_, value)| value.parse::<f64>().unwrap()).collect::<Vec<_>>()
        };
        let (x, y, width, height) = (number("x"), number("y"), number("width"), number("height"));
        let areas: Vec<Area> = (0..x.len())
            .map(|n| Area { left: x[n], top: y[n], right: x[n] + width[n], bottom: y[n] + height[n] })
            .collect();
        assert_eq!(areas.len(), network.graph.node_count());
        for (n, one) in areas.iter().enumerate() {
            assert!(areas.iter().skip(n + 1).all(|other| !other.overlaps(one)), "{name}: nodes overlap");
        }
        assert_eq!(elements(&xml, "y:EdgeLabel", "visible").len(), network.graph.edge_count());
    }
}

#[test]
fn graphviz_takes_nothing_in_a_name_for_its_own() {
    let hostile: Vec<String> = HOSTILE.iter().map(ToString::to_string).collect();
    let dot = dot_of(&network(true, &hostile, &[(0, 1, "a\\N\"b", 1)]));
    for label in [
        r#"label="<b>&amp;amp;\"quoted\" 'single'</b>""#,
        r#"label="line\nbreak\n	tab""#,
        r#"label="control""#,
        r#"label="\\N \\G \\E \\l \\r \\ \\\\""#,
        r#"label="ends with \\""#,
        r#"label="&amp;#0; &amp;#x41; &amp;lt; &amp;copy; &amp;nonsense; & ;""#,
        r#"label="a\\N\"b""#,
    ] {
        assert!(dot.contains(label), "{label}\n{dot}");
    }
    assert!(dot.starts_with("digraph kg {"));
    assert!(dot_of(&network(false, &labels(2), &[(0, 1, "合作", 1)])).contains("\"n/0000\" -- \"n/0001\""));
}
