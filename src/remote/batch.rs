//! Triples in portions that a server stands, as one INSERT DATA or as Turtle.

use oxigraph::model::{NamedNode, Triple};

/// How much is sent at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// So many triples at most.
    pub triples: usize,
    /// So many bytes at most, but that one triple is always sent.
    pub bytes: usize,
}

impl Default for Size {
    /// Virtuoso 7.2 takes up to about 4,990 triples in one graph of an INSERT DATA, whatever their length; others take
    /// more and get no faster by it.
    fn default() -> Self {
        Self { triples: 4000, bytes: 2 << 20 }
    }
}

/// A triple for a graph, given by its place among the graphs that are sent.
#[derive(Debug)]
pub(super) struct Statement {
    pub graph: usize,
    /// As N-Triples write it.
    text: String,
}

/// What is sent at once, graph by graph.
#[derive(Debug, Default)]
pub(super) struct Batch {
    pub statements: Vec<Statement>,
    bytes: usize,
}

impl Batch {
    /// Adds a triple.
    pub fn add(&mut self, graph: usize, triple: &Triple) {
        let text = format!("{triple} .\n");
        self.bytes += text.len();
        self.statements.push(Statement { graph, text });
    }

    /// Whether it is as large as it may be.
    pub const fn is_full(&self, size: Size) -> bool {
        self.statements.len() >= size.triples || self.bytes >= size.bytes
    }

    /// Two of half its size; nothing where it cannot be divided.
    pub fn halves(mut self) -> Option<[Self; 2]> {
        if self.statements.len() < 2 {
            return None;
        }
        let second = Self::of(self.statements.split_off(self.statements.len() / 2));
        Some([Self::of(self.statements), second])
    }

    fn of(statements: Vec<Statement>) -> Self {
        let bytes = statements.iter().map(|statement| statement.text.len()).sum();
        Self { statements, bytes }
    }

    /// As SPARQL Update; a graph without a name is the default graph.
    pub fn update(&self, names: &[Option<NamedNode>]) -> String {
        let mut update = String::with_capacity(self.bytes + 256);
        update.push_str("INSERT DATA {\n");
        for part in self.statements.chunk_by(|a, b| a.graph == b.graph) {
            let name = part.first().and_then(|first| names.get(first.graph)?.as_ref());
            if let Some(name) = name {
                update.push_str(&format!("GRAPH {name} {{\n"));
            }
            part.iter().for_each(|statement| update.push_str(&statement.text));
            if name.is_some() {
                update.push_str("}\n");
            }
        }
        update.push_str("}\n");
        update
    }

    /// As N-Triples, which are Turtle too.
    pub fn turtle(&self) -> String {
        self.statements.iter().map(|statement| statement.text.as_str()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::is_update;

    #[test]
    fn graphs_keep_together_and_halves_have_everything() {
        let node = |name: &str| NamedNode::new(format!("http://example.org/{name}")).unwrap();
        let names = [Some(node("a")), None];
        let mut batch = Batch::default();
        for at in 0..5 {
            batch.add(usize::from(at > 2), &Triple::new(node("s"), node("p"), node(&at.to_string())));
        }
        let update = batch.update(&names);
        assert!(is_update(&update, None) && update.matches("GRAPH").count() == 1, "{update}");
        assert!(batch.is_full(Size { triples: 5, bytes: usize::MAX }) && !batch.is_full(Size::default()));
        let whole = batch.turtle();
        let halves = batch.halves().unwrap();
        assert_eq!(halves.iter().map(Batch::turtle).collect::<String>(), whole);
    }
}
