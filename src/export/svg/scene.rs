//! A picture before it is written: every symbol, line and word in its place.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::label::{self, Label};
use super::legend::{self, Entry, Legend};
use super::line::{self, Line};
use super::mark::{self, EDGE_SIZE, Mark, named};
use super::text::Words;
use crate::export::layout::{Area, Point};
use crate::export::style;
use crate::graph::Network;

/// Around everything.
const MARGIN: f64 = 14.0;
/// A legend does not get narrower.
const LEGEND: f64 = 360.0;
/// A line names so many relations; the others have their number in the legend.
const NAMES: usize = 3;

/// A picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    /// Its width in pixels.
    pub width: f64,
    /// Its height.
    pub height: f64,
    /// The symbols, in the order of the nodes.
    pub marks: Vec<Mark>,
    /// The middle of each.
    pub points: Vec<Point>,
    /// The words of each.
    pub names: Vec<Label>,
    /// The lines.
    pub lines: Vec<Line>,
    /// The words of each, where there was room: what the relations are called, or their numbers in the legend.
    pub relations: Vec<Option<Label>>,
    /// What it all means.
    pub legend: Legend,
}

impl Scene {
    /// The picture of a network.
    #[must_use]
    pub fn of(network: &Network) -> Self {
        let (marks, points) = mark::placed(network);
        let areas = |names: &[Label]| names.iter().map(|label| label.area).collect::<Vec<_>>();
        // Words make way for lines, lines for words.
        let mut lines = line::lines(network, &marks, &points, &[]);
        let mut names = label::of_nodes(&marks, &points, &lines);
        lines = line::lines(network, &marks, &points, &areas(&names));
        names = label::of_nodes(&marks, &points, &lines);
        let mut taken: Vec<Area> = marks.iter().zip(&points).map(|(mark, p)| mark.symbol().at(*p)).collect();
        taken.extend(areas(&names));
        let kinds = kinds(network);
        let choices: Vec<Vec<Words>> = lines.iter().map(|line| choices(network, line, &kinds)).collect();
        let chosen = label::of_lines(&lines, &choices, &mut taken);
        let numbered = lines
            .iter()
            .zip(&chosen)
            .any(|(line, chosen)| chosen.as_ref().is_some_and(|(choice, _)| *choice > 0 || line.edges.len() > NAMES));
        let relations = chosen.into_iter().map(|chosen| chosen.map(|(_, label)| label)).collect();
        let mut scene =
            Self { width: 0.0, height: 0.0, marks, points, names, lines, relations, legend: Legend::default() };
        let around = scene.around();
        scene.shift(Point { x: MARGIN - around.left, y: MARGIN - around.top });
        let (wide, high) = (around.right - around.left, around.bottom - around.top);
        let entries = entries((&scene.marks, &scene.lines), &kinds, numbered);
        scene.legend = legend::place(entries, MARGIN, MARGIN * 2.0 + high, wide.max(LEGEND));
        let right = scene.legend.labels.iter().map(|label| label.area.right).fold(MARGIN + wide, f64::max);
        (scene.width, scene.height) = (right + MARGIN, high + scene.legend.height + MARGIN * 3.0);
        scene
    }

    /// All words with the room that they take.
    pub fn labels(&self) -> impl Iterator<Item = &Label> {
        self.names.iter().chain(self.relations.iter().flatten()).chain(&self.legend.labels)
    }

    /// The room that everything but the legend takes.
    fn around(&self) -> Area {
        let symbols = self.marks.iter().zip(&self.points).map(|(mark, p)| mark.symbol().at(*p));
        let words = self.names.iter().chain(self.relations.iter().flatten()).map(|label| label.area);
        let bends = self.lines.iter().map(|line| {
            let p = line::at(&line.curve, 0.5);
            Area { left: p.x, top: p.y, right: p.x, bottom: p.y }.grown(3.0)
        });
        symbols.chain(words).chain(bends).reduce(|a, b| a.with(&b)).unwrap_or_default()
    }

    fn shift(&mut self, by: Point) {
        let curves = self.lines.iter_mut().flat_map(|line| &mut line.curve);
        for p in self.points.iter_mut().chain(curves) {
            (p.x, p.y) = (p.x + by.x, p.y + by.y);
        }
        for label in self.names.iter_mut().chain(self.relations.iter_mut().flatten()) {
            label.area = label.area.at(by);
        }
    }
}

/// The relations that occur, with their number in the legend and how many facts are behind them: the most frequent first.
fn kinds(network: &Network) -> BTreeMap<&str, (usize, usize)> {
    let mut facts = BTreeMap::<&str, BTreeSet<usize>>::new();
    for edge in network.graph.edge_weights() {
        facts.entry(edge.label.as_str()).or_default().extend(&edge.facts);
    }
    let mut order: Vec<_> = facts.into_iter().map(|(label, facts)| (label, facts.len())).collect();
    order.sort_by_key(|(label, count)| (Reverse(*count), *label));
    order.into_iter().enumerate().map(|(n, (label, count))| (label, (n + 1, count))).collect()
}

/// What a line may say, the fullest first.
fn choices(network: &Network, line: &Line, kinds: &BTreeMap<&str, (usize, usize)>) -> Vec<Words> {
    let edges: Vec<_> = line.edges.iter().filter_map(|at| network.graph.edge_weight(*at)).collect();
    let number = |label: &str| kinds.get(label).map_or_else(String::new, |(number, _)| circled(*number));
    let mut names: Vec<String> = edges.iter().take(NAMES).map(|edge| named(&edge.label, edge.facts.len())).collect();
    let rest: Vec<String> = edges.iter().skip(NAMES).map(|edge| number(&edge.label)).collect();
    if !rest.is_empty() {
        names.push(rest.concat());
    }
    let numbers: Vec<String> = edges.iter().map(|edge| number(&edge.label)).collect();
    let short = Words::fit(&numbers.concat(), EDGE_SIZE - 1.0, 8.0, 2);
    vec![Words { lines: names, size: EDGE_SIZE, whole: true }, short]
}

fn entries((marks, lines): (&[Mark], &[Line]), kinds: &BTreeMap<&str, (usize, usize)>, numbered: bool) -> Vec<Entry> {
    let mut entries = Vec::new();
    for style in style::all() {
        for unreal in [false, true] {
            if marks.iter().any(|mark| mark.style == style && mark.unreal == unreal) {
                let name =
                    if unreal { format!("{}（未成或否定）", style.label) } else { style.label.to_owned() };
                entries.push(Entry::Type(style, unreal, name));
            }
        }
    }
    entries.push(Entry::Row);
    let mut order: Vec<_> = kinds.iter().collect();
    order.sort_by_key(|(_, (number, _))| *number);
    for (label, (number, count)) in order {
        let number = if numbered { circled(*number) } else { String::new() };
        entries.push(Entry::Words(format!("{number}{label} ({count})")));
    }
    entries.push(Entry::Row);
    entries.push(Entry::Words("符号大小、线条粗细、括号中的数：所据事实的多少".to_owned()));
    if lines.iter().any(|line| line.directed) && lines.iter().any(|line| !line.directed) {
        entries.push(Entry::Words("无箭头的线：双向".to_owned()));
    }
    entries
}

/// A number in a circle, as fonts have them up to 50.
fn circled(number: usize) -> String {
    let first = match number {
        1..=20 => 0x2460 - 1,
        21..=35 => 0x3251 - 21,
        36..=50 => 0x32b1 - 36,
        _ => return format!("({number})"),
    };
    let circled = u32::try_from(number).ok().and_then(|number| char::from_u32(first + number));
    circled.map_or_else(|| format!("({number})"), String::from)
}
