//! The tables of a page: which hold data and which lay the page out.

use std::collections::BTreeSet;

use super::node::{Kind, Node};
use super::tree::Tree;

impl Node {
    /// The table that a row belongs to.
    pub fn parent_table(&self, tree: &Tree) -> usize {
        let parent = self.parent;
        match tree.nodes[parent].name() {
            "tbody" | "thead" | "tfoot" => tree.nodes[parent].parent,
            _ => parent,
        }
    }
}

/// A cell with more characters than this holds an article, not a datum.
const LONGEST_CELL: usize = 300;

/// The tables that hold data: no table inside, two rows or more with two cells or more, no long text in any cell. The
/// others lay out the page.
pub(super) fn data_tables(tree: &Tree) -> BTreeSet<usize> {
    /// A table that the walk is inside of.
    struct Table {
        at: usize,
        end: usize,
        lays_out: bool,
        rows: usize,
        cells: usize,
        cell: usize,
    }
    let mut open: Vec<Table> = Vec::new();
    let mut data = BTreeSet::new();
    for (at, node) in tree.nodes.iter().enumerate() {
        while let Some(table) = open.pop_if(|table| table.end <= at) {
            if !table.lays_out && table.rows + usize::from(table.cells > 1) > 1 {
                data.insert(table.at);
            }
        }
        if node.name() == "table" {
            open.iter_mut().for_each(|table| table.lays_out = true);
            open.push(Table { at, end: node.end, lays_out: false, rows: 0, cells: 0, cell: 0 });
        }
        let Some(table) = open.last_mut() else { continue };
        match (&node.kind, node.name()) {
            (Kind::Text(text), _) => {
                table.cell += text.chars().filter(|c| !c.is_whitespace()).take(LONGEST_CELL + 1).count();
                table.lays_out |= table.cell > LONGEST_CELL;
            }
            (_, "tr") => {
                table.rows += usize::from(table.cells > 1);
                table.cells = 0;
            }
            (_, "td" | "th") => {
                table.cells += 1;
                table.cell = 0;
            }
            (_, "h1" | "form") => table.lays_out = true,
            _ => {}
        }
    }
    // What is still open ends with the page.
    for table in open {
        if !table.lays_out && table.rows + usize::from(table.cells > 1) > 1 {
            data.insert(table.at);
        }
    }
    data
}
