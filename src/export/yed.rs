//! GraphML as yEd draws it: beside the attributes of every node and edge its place, shape, colour and words, since yEd
//! lays out nothing by itself.

use std::collections::BTreeMap;
use std::io::{self, Write};

use petgraph::graph::{EdgeIndex, NodeIndex};
use petgraph::visit::EdgeRef as _;

use super::attribute::{edge_id, node_id, of_edges, of_nodes};
use super::graphml::{data, declare, keyed};
use super::layout::Point;
use super::style;
use super::svg::{Mark, number, placed};
use super::xml::Xml;
use crate::graph::Network;

/// How far edges between the same nodes are drawn apart, in pixels.
const APART: f64 = 22.0;

/// The keys of what is drawn.
const OF_NODES: &str = "n_graphics";
const OF_EDGES: &str = "e_graphics";

/// Writes a network. What is drawn comes first, so that readers which take the words drawn for the label, as networkx
/// does, find the whole label after it.
///
/// # Errors
/// Where `to` cannot be written to.
pub fn write(network: &Network, to: impl Write) -> io::Result<()> {
    let mut xml = Xml::new(to)?;
    let (nodes, edges) = (keyed("n", of_nodes(network)), keyed("e", of_edges(network)));
    let spaces = [("xmlns", "http://graphml.graphdrawing.org/xmlns"), ("xmlns:y", "http://www.yworks.com/xml/graphml")];
    xml.open("graphml", &spaces)?;
    for (id, element, kind) in [(OF_NODES, "node", "nodegraphics"), (OF_EDGES, "edge", "edgegraphics")] {
        xml.empty("key", &[("id", id), ("for", element), ("yfiles.type", kind)])?;
    }
    declare(&mut xml, "node", &nodes)?;
    declare(&mut xml, "edge", &edges)?;
    let direction = if network.directed { "directed" } else { "undirected" };
    xml.open("graph", &[("id", "kg"), ("edgedefault", direction)])?;
    let (marks, points) = placed(network);
    for ((at, mark), point) in network.graph.node_indices().zip(&marks).zip(&points) {
        xml.open("node", &[("id", node_id(network, at))])?;
        draw_node(&mut xml, mark, *point)?;
        data(&mut xml, network, at, &nodes)?;
        xml.close("node")?;
    }
    let bends = bends(network, &points);
    for edge in network.graph.edge_references() {
        let (from, to) = (node_id(network, edge.source()), node_id(network, edge.target()));
        xml.open("edge", &[("id", &edge_id(edge.id())), ("source", from), ("target", to)])?;
        draw_edge(&mut xml, network, edge.id(), bends.get(&edge.id()).copied())?;
        data(&mut xml, network, edge.id(), &edges)?;
        xml.close("edge")?;
    }
    xml.close("graph")?;
    xml.close("graphml")?;
    xml.finish()
}

/// A symbol with its words below.
fn draw_node<W: Write>(xml: &mut Xml<W>, mark: &Mark, at: Point) -> io::Result<()> {
    let (width, height) =
        (mark.radius * 2.0, mark.radius * if mark.style.shape == style::Shape::Bar { 1.0 } else { 2.0 });
    xml.open("data", &[("key", OF_NODES)])?;
    xml.open("y:ShapeNode", &[])?;
    let (x, y) = (number(at.x - width / 2.0), number(at.y - height / 2.0));
    xml.empty("y:Geometry", &[("x", &x), ("y", &y), ("width", &number(width)), ("height", &number(height))])?;
    let (fill, line) = if mark.unreal { ("#FFFFFF", "dashed") } else { (mark.style.fill, "line") };
    xml.empty("y:Fill", &[("color", fill), ("transparent", "false")])?;
    xml.empty("y:BorderStyle", &[("color", "#222222"), ("type", line), ("width", "1.0")])?;
    let attributes = [
        ("alignment", "center"),
        ("autoSizePolicy", "content"),
        ("fontFamily", "Dialog"),
        ("fontSize", &number(mark.words.size)),
        ("modelName", "sandwich"),
        ("modelPosition", "s"),
        ("textColor", "#000000"),
        ("visible", "true"),
    ];
    xml.text("y:NodeLabel", &attributes, &mark.words.lines.join("\n"))?;
    xml.empty("y:Shape", &[("type", mark.style.shape.yed())])?;
    xml.close("y:ShapeNode")?;
    xml.close("data")
}

/// A line with its words in the middle.
fn draw_edge<W: Write>(xml: &mut Xml<W>, network: &Network, at: EdgeIndex, bend: Option<Point>) -> io::Result<()> {
    let Some(edge) = network.graph.edge_weight(at) else { return Ok(()) };
    xml.open("data", &[("key", OF_EDGES)])?;
    xml.open("y:PolyLineEdge", &[])?;
    let path = [("sx", "0.0"), ("sy", "0.0"), ("tx", "0.0"), ("ty", "0.0")];
    match bend {
        None => xml.empty("y:Path", &path)?,
        Some(p) => {
            xml.open("y:Path", &path)?;
            xml.empty("y:Point", &[("x", &number(p.x)), ("y", &number(p.y))])?;
            xml.close("y:Path")?;
        }
    }
    let width = number(style::width(edge.facts.len()));
    xml.empty("y:LineStyle", &[("color", "#6B6B6B"), ("type", "line"), ("width", &width)])?;
    let target = if network.directed { "standard" } else { "none" };
    xml.empty("y:Arrows", &[("source", "none"), ("target", target)])?;
    let attributes = [
        ("alignment", "center"),
        ("fontFamily", "Dialog"),
        ("fontSize", "10"),
        ("modelName", "centered"),
        ("modelPosition", "center"),
        ("textColor", "#333333"),
        ("visible", "true"),
    ];
    xml.text("y:EdgeLabel", &attributes, &edge.label)?;
    xml.close("y:PolyLineEdge")?;
    xml.close("data")
}

/// Where the edges bend that are not alone between two nodes.
fn bends(network: &Network, points: &[Point]) -> BTreeMap<EdgeIndex, Point> {
    let mut pairs = BTreeMap::<(NodeIndex, NodeIndex), Vec<EdgeIndex>>::new();
    for edge in network.graph.edge_references() {
        let (one, other) = (edge.source().min(edge.target()), edge.source().max(edge.target()));
        pairs.entry((one, other)).or_default().push(edge.id());
    }
    let mut bends = BTreeMap::new();
    for ((one, other), edges) in pairs.into_iter().filter(|(_, edges)| edges.len() > 1) {
        let (Some(a), Some(b)) = (points.get(one.index()), points.get(other.index())) else { continue };
        let (dx, dy) = (b.x - a.x, b.y - a.y);
        let length = (dx * dx + dy * dy).sqrt();
        if length <= 0.0 {
            continue;
        }
        #[expect(clippy::cast_precision_loss, reason = "a few edges")]
        for (n, edge) in edges.iter().enumerate() {
            let aside = APART * (n as f64 - (edges.len() - 1) as f64 / 2.0) / length;
            let bend = Point { x: (a.x + b.x) / 2.0 - dy * aside, y: (a.y + b.y) / 2.0 + dx * aside };
            bends.insert(*edge, bend);
        }
    }
    bends
}
