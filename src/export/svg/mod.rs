//! SVG: a network as a picture for a paper, laid out by the program itself.

mod label;
mod legend;
mod line;
mod mark;
mod scene;
mod text;

use std::io::{self, Write};

pub use label::{Anchor, Label};
pub use legend::Legend;
pub use line::Line;
pub use mark::{Mark, placed};
pub use scene::Scene;
pub use text::Words;

use super::attribute::{self, Value, node_id};
use super::layout::Point;
use super::style::{Shape, Style};
use super::xml::Xml;
use crate::graph::Network;

/// More nodes than this make no picture.
pub const MOST: usize = 300;

/// Fonts with Chinese characters, for Linux, macOS and Windows.
pub(super) const FONTS: &str = "'Noto Sans CJK SC','Source Han Sans SC','Noto Sans SC','PingFang SC','Hiragino Sans GB',\
'Microsoft YaHei','WenQuanYi Micro Hei',SimHei,Arial,sans-serif";
/// The colour of lines.
const LINE: &str = "#6b6b6b";
/// The colour of what edges are called.
const RELATION: &str = "#333333";

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum SvgError {
    /// Nobody could read it.
    #[error(
        "a picture of {0} nodes cannot be read; choose up to {MOST}, as with --around NAME, --community N or --top N"
    )]
    TooMany(usize),
    /// There is nothing to show.
    #[error("there is nothing to draw: the network has no nodes; --network, --types and --facts choose others")]
    Nothing,
    /// It cannot be written.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Writes the picture of a network.
///
/// # Errors
/// Where it has no nodes or more than [`MOST`], or `to` cannot be written to.
pub fn write(network: &Network, to: impl Write) -> Result<(), SvgError> {
    match network.graph.node_count() {
        0 => Err(SvgError::Nothing),
        nodes if nodes > MOST => Err(SvgError::TooMany(nodes)),
        _ => Ok(draw(network, &Scene::of(network), to)?),
    }
}

fn draw(network: &Network, scene: &Scene, to: impl Write) -> io::Result<()> {
    let mut xml = Xml::new(to)?;
    let (width, height) = (number(scene.width.ceil()), number(scene.height.ceil()));
    xml.open(
        "svg",
        &[
            ("xmlns", "http://www.w3.org/2000/svg"),
            ("width", &width),
            ("height", &height),
            ("viewBox", &format!("0 0 {width} {height}")),
            ("role", "img"),
            ("aria-labelledby", "title desc"),
            ("font-family", FONTS),
        ],
    )?;
    let (nodes, edges) = (network.graph.node_count(), network.graph.edge_count());
    xml.text("title", &[("id", "title")], &format!("关系网络：{nodes} 个节点，{edges} 条关系"))?;
    xml.text("desc", &[("id", "desc")], &described(network))?;
    xml.empty("rect", &[("width", &width), ("height", &height), ("fill", "#ffffff")])?;
    xml.open("g", &[("id", "lines"), ("fill", LINE), ("stroke", LINE)])?;
    for line in &scene.lines {
        xml.open("g", &[])?;
        xml.text("title", &[], &edge_title(network, line))?;
        draw_line(&mut xml, line)?;
        xml.close("g")?;
    }
    xml.close("g")?;
    xml.open("g", &[("id", "relations"), ("fill", RELATION)])?;
    for (line, label) in scene.lines.iter().zip(&scene.relations) {
        if let Some(label) = label {
            xml.open("g", &[])?;
            xml.text("title", &[], &edge_title(network, line))?;
            words(&mut xml, label)?;
            xml.close("g")?;
        }
    }
    xml.close("g")?;
    xml.open("g", &[("id", "nodes")])?;
    for (((at, mark), point), label) in
        network.graph.node_indices().zip(&scene.marks).zip(&scene.points).zip(&scene.names)
    {
        xml.open("g", &[("data-id", node_id(network, at))])?;
        xml.text("title", &[], &node_title(network, at))?;
        symbol(&mut xml, mark.style, mark.radius, mark.unreal, *point)?;
        words(&mut xml, label)?;
        xml.close("g")?;
    }
    xml.close("g")?;
    xml.open("g", &[("id", "legend")])?;
    for (style, unreal, point) in &scene.legend.samples {
        symbol(&mut xml, *style, legend::RADIUS, *unreal, *point)?;
    }
    for label in &scene.legend.labels {
        words(&mut xml, label)?;
    }
    xml.close("g")?;
    xml.close("svg")?;
    xml.finish()
}

/// A number with one digit behind the point at most.
pub(super) fn number(number: f64) -> String {
    let text = format!("{number:.1}");
    let short = text.strip_suffix(".0").unwrap_or(&text);
    if short == "-0" { "0".to_owned() } else { short.to_owned() }
}

fn symbol<W: Write>(xml: &mut Xml<W>, style: Style, radius: f64, unreal: bool, at: Point) -> io::Result<()> {
    let mut common = vec![("fill", style.fill), ("stroke", "#222222"), ("stroke-width", "1")];
    if unreal {
        common =
            vec![("fill", "#ffffff"), ("stroke", style.fill), ("stroke-width", "1.2"), ("stroke-dasharray", "2.5 1.5")];
    }
    if style.shape == Shape::Circle {
        let (x, y, r) = (number(at.x), number(at.y), number(radius));
        let mut attributes = vec![("cx", x.as_str()), ("cy", &y), ("r", &r)];
        attributes.extend(common);
        return xml.empty("circle", &attributes);
    }
    let corner = |(x, y): &(f64, f64)| format!("{},{}", number(at.x + x * radius), number(at.y + y * radius));
    let points = style.shape.corners().iter().map(corner).collect::<Vec<_>>().join(" ");
    let mut attributes = vec![("points", points.as_str()), ("stroke-linejoin", "round")];
    attributes.extend(common);
    xml.empty("polygon", &attributes)
}

/// A line, and its head where it has a direction.
fn draw_line<W: Write>(xml: &mut Xml<W>, line: &Line) -> io::Result<()> {
    let way = |p: Point| format!("{} {}", number(p.x), number(p.y));
    let [start, bend, end] = line.curve;
    let (head, end) = if line.directed { head(line.width, bend, end) } else { (String::new(), end) };
    let path = format!("M{}Q{} {}", way(start), way(bend), way(end));
    xml.empty("path", &[("d", &path), ("fill", "none"), ("stroke-width", &number(line.width))])?;
    if head.is_empty() { Ok(()) } else { xml.empty("path", &[("d", &head), ("stroke", "none")]) }
}

/// The head of a line that comes to its tip from some point, and where the line itself ends.
fn head(width: f64, from: Point, tip: Point) -> (String, Point) {
    let (dx, dy) = (tip.x - from.x, tip.y - from.y);
    let length = (dx * dx + dy * dy).sqrt();
    if length <= 0.0 {
        return (String::new(), tip);
    }
    let (x, y) = (dx / length, dy / length);
    let (long, half) = (6.0 + width, 2.4 + width * 0.6);
    let end = Point { x: tip.x - x * long, y: tip.y - y * long };
    let corner = |side: f64| format!("{} {}", number(end.x - y * side), number(end.y + x * side));
    // The line ends a little within its head, so that no gap shows between them.
    let within = Point { x: end.x + x, y: end.y + y };
    (format!("M{} {}L{}L{}Z", number(tip.x), number(tip.y), corner(half), corner(-half)), within)
}

/// Words as text that can be searched, copied and edited.
fn words<W: Write>(xml: &mut Xml<W>, label: &Label) -> io::Result<()> {
    let (area, size) = (label.area, label.words.size);
    let (x, anchor) = match label.anchor {
        Anchor::Start => (area.left, "start"),
        Anchor::Middle => ((area.left + area.right) / 2.0, "middle"),
        Anchor::End => (area.right, "end"),
    };
    let (x, size_text) = (number(x), number(size));
    let mut y = area.top + text::ASCENT * size;
    let mut lines = Vec::new();
    for line in &label.words.lines {
        lines.push((number(y), line.as_str()));
        y += text::LINE * size;
    }
    let attributes = [
        ("x", x.as_str()),
        ("text-anchor", anchor),
        ("font-size", &size_text),
        ("stroke", "#ffffff"),
        ("stroke-width", "3"),
        ("stroke-linejoin", "round"),
        ("paint-order", "stroke"),
    ];
    match lines.as_slice() {
        [] => Ok(()),
        [(y, line)] => {
            let mut attributes = attributes.to_vec();
            attributes.insert(1, ("y", y));
            xml.text("text", &attributes, line)
        }
        _ => {
            xml.run("text", &attributes)?;
            for (y, line) in &lines {
                xml.text("tspan", &[("x", &x), ("y", y)], line)?;
                xml.unbroken()?;
            }
            xml.close("text")
        }
    }
}

fn described(network: &Network) -> String {
    let direction = if network.directed { "有向" } else { "无向" };
    format!("{direction}网络。每个节点与线条的提示写有类型、名称、事实数与原文。")
}

/// Type and name of a node.
fn node_title(network: &Network, at: petgraph::graph::NodeIndex) -> String {
    let Some(node) = network.graph.node_weight(at) else { return String::new() };
    let mut title = format!("{}\n{}", node.label, node.kind);
    if node.name != node.label && !node.name.is_empty() {
        title = format!("{title}\n{}", node.name);
    }
    for name in ["status", "evidence"] {
        let value = attribute::NODES.iter().find(|a| a.name == name).and_then(|a| (a.of)(network, at));
        if let Some(value) = value {
            title = format!("{title}\n{}", value.text());
        }
    }
    title
}

/// The edges of a line: ends, relation, number of facts, and the words that state them.
fn edge_title(network: &Network, line: &Line) -> String {
    let label = |at: usize| network.graph.raw_nodes().get(at).map_or("", |node| node.weight.label.as_str());
    let arrow = if line.directed { "→" } else { "—" };
    let mut title = format!("{} {arrow} {}", label(line.from), label(line.to));
    for at in &line.edges {
        let Some(edge) = network.graph.edge_weight(*at) else { continue };
        title = format!("{title}\n{}（{}）", edge.label, edge.facts.len());
        let words = attribute::EDGES.iter().find(|a| a.name == "evidence").and_then(|a| (a.of)(network, *at));
        if let Some(Value::Text(words)) = words {
            title = format!("{title}\n{words}");
        }
    }
    title
}
