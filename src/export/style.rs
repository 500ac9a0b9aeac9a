//! How pictures show types: a colour and a shape each, so that either tells them apart alone.

use crate::graph::{Network, Node};

/// What stands for a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    /// ●
    Circle,
    /// ⬢
    Hexagon,
    /// ■
    Square,
    /// ▼
    Triangle,
    /// ◆
    Diamond,
    /// ⬟
    Pentagon,
    /// ★
    Star,
    /// ✚
    Cross,
    /// A small bar, for facts.
    Bar,
}

/// How a type is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// What it is called in a legend.
    pub label: &'static str,
    /// Its shape.
    pub shape: Shape,
    /// Its colour, `#rrggbb`: of the palette of Okabe and Ito, which colour-blind people can tell apart.
    pub fill: &'static str,
    /// The colour of words upon it.
    pub ink: &'static str,
}

/// Facts, whatever their type.
pub const FACT: Style = Style { label: "事实", shape: Shape::Bar, fill: "#4d4d4d", ink: "#ffffff" };
/// Entities of types that the program does not know.
pub const OTHER: Style = Style { label: "其他", shape: Shape::Circle, fill: "#ffffff", ink: "#000000" };

/// The types of entities in the order of the format of annotations, with the labels of the ontology.
const TYPES: [(&str, Style); 8] = [
    ("Person", Style { label: "人物", shape: Shape::Circle, fill: "#e69f00", ink: "#000000" }),
    ("Group", Style { label: "人群", shape: Shape::Hexagon, fill: "#f0e442", ink: "#000000" }),
    ("Organization", Style { label: "机构", shape: Shape::Square, fill: "#0072b2", ink: "#ffffff" }),
    ("Place", Style { label: "地点", shape: Shape::Triangle, fill: "#009e73", ink: "#000000" }),
    ("Product", Style { label: "物品", shape: Shape::Diamond, fill: "#56b4e9", ink: "#000000" }),
    ("Work", Style { label: "作品与文件", shape: Shape::Pentagon, fill: "#cc79a7", ink: "#000000" }),
    ("Activity", Style { label: "活动", shape: Shape::Star, fill: "#d55e00", ink: "#000000" }),
    ("Disease", Style { label: "疾病", shape: Shape::Cross, fill: "#999999", ink: "#000000" }),
];

/// How a node is shown.
#[must_use]
pub fn of(node: &Node) -> Style {
    match node.fact {
        Some(_) => FACT,
        None => of_type(&node.kind),
    }
}

/// How entities of a type are shown.
#[must_use]
pub fn of_type(kind: &str) -> Style {
    TYPES.iter().find(|(name, _)| *name == kind).map_or(OTHER, |(_, style)| *style)
}

/// All that may occur, in the order of a legend.
pub fn all() -> impl Iterator<Item = Style> {
    TYPES.iter().map(|(_, style)| *style).chain([OTHER, FACT])
}

/// Whether a node is a fact that did not happen, or not yet: a denied, planned or possible one.
#[must_use]
pub fn is_unreal(network: &Network, node: &Node) -> bool {
    node.fact.and_then(|fact| network.facts.get(fact)).is_some_and(|fact| fact.status != "positive actual")
}

/// The width of a line in pixels, by the number of facts behind it: four times as many make it twice as wide, up to five
/// times.
#[must_use]
pub fn width(facts: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "numbers of facts")]
    let facts = facts.max(1) as f64;
    ((0.9 * facts.sqrt()).min(4.5) * 100.0).round() / 100.0
}

impl Shape {
    /// The corners of a shape in a circle of radius 1, y downwards; none for circles. Those of a small area reach beyond
    /// the circle, so that all look equally large.
    #[must_use]
    pub const fn corners(self) -> &'static [(f64, f64)] {
        match self {
            Self::Circle => &[],
            Self::Hexagon => {
                &[(1.08, 0.0), (0.54, 0.935), (-0.54, 0.935), (-1.08, 0.0), (-0.54, -0.935), (0.54, -0.935)]
            }
            Self::Square => &[(-0.88, -0.88), (0.88, -0.88), (0.88, 0.88), (-0.88, 0.88)],
            Self::Triangle => &[(-1.12, -0.8), (1.12, -0.8), (0.0, 1.14)],
            Self::Diamond => &[(0.0, -1.2), (1.2, 0.0), (0.0, 1.2), (-1.2, 0.0)],
            Self::Pentagon => &[(0.0, -1.1), (1.046, -0.34), (0.647, 0.89), (-0.647, 0.89), (-1.046, -0.34)],
            Self::Star => &[
                (0.0, -1.3),
                (0.353, -0.485),
                (1.236, -0.402),
                (0.571, 0.185),
                (0.764, 1.052),
                (0.0, 0.6),
                (-0.764, 1.052),
                (-0.571, 0.185),
                (-1.236, -0.402),
                (-0.353, -0.485),
            ],
            Self::Cross => &[
                (-0.38, -1.08),
                (0.38, -1.08),
                (0.38, -0.38),
                (1.08, -0.38),
                (1.08, 0.38),
                (0.38, 0.38),
                (0.38, 1.08),
                (-0.38, 1.08),
                (-0.38, 0.38),
                (-1.08, 0.38),
                (-1.08, -0.38),
                (-0.38, -0.38),
            ],
            Self::Bar => &[(-1.15, -0.5), (1.15, -0.5), (1.15, 0.5), (-1.15, 0.5)],
        }
    }

    /// Its name in Graphviz, among those that hold words well.
    #[must_use]
    pub const fn graphviz(self) -> &'static str {
        match self {
            Self::Circle => "ellipse",
            Self::Hexagon => "hexagon",
            Self::Square => "box",
            Self::Triangle => "invhouse",
            Self::Diamond => "diamond",
            Self::Pentagon => "note",
            Self::Star => "octagon",
            Self::Cross => "Mdiamond",
            Self::Bar => "box",
        }
    }

    /// Its name in yEd.
    #[must_use]
    pub const fn yed(self) -> &'static str {
        match self {
            Self::Circle => "ellipse",
            Self::Hexagon => "hexagon",
            Self::Square => "rectangle",
            Self::Triangle => "triangle",
            Self::Diamond => "diamond",
            Self::Pentagon => "trapezoid",
            Self::Star => "star5",
            Self::Cross => "octagon",
            Self::Bar => "roundrectangle",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::EntityType;

    #[test]
    fn every_type_of_entity_is_called_as_in_the_ontology() {
        let ontology = include_str!("../../ontology/tupu.ttl");
        for kind in EntityType::ALL {
            let (_, style) = TYPES.iter().find(|(name, _)| *name == kind.name()).unwrap();
            let (_, described) = ontology.split_once(&format!("\ntupu:{} a owl:Class", kind.name())).unwrap();
            let label = format!("rdfs:label \"{}\"@zh", style.label);
            assert!(described.split_once(" .\n").unwrap().0.contains(&label), "{kind}: {label}");
        }
    }
}
