//! Rows and columns of terms, and the text that a terminal shows of them.

use oxigraph::model::Term;
use oxigraph::sparql::{QuerySolution, QuerySolutionIter};

use super::layout;
use crate::rdf::Iris;
use crate::rdf::vocab::PREFIXES;
use crate::store::{Limits, StoreError};

/// What a SELECT found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// The variables' names, without `?`.
    pub columns: Vec<String>,
    /// A term or nothing a column.
    pub rows: Vec<Vec<Option<Term>>>,
}

/// Writes IRIs as a reader wants them: `fact/6f1d…` for those of the workspace, `tupu:Donation` for known prefixes.
#[derive(Debug, Clone, Copy)]
pub struct Shortener<'a> {
    /// The workspace's IRIs.
    pub iris: &'a Iris,
}

impl Shortener<'_> {
    /// A cell's text on one line: an IRI shortened, of a literal its value alone.
    #[must_use]
    pub fn text(&self, term: &Term) -> String {
        let text = match term {
            Term::NamedNode(iri) => self.iri(iri.as_str()),
            Term::Literal(literal) => literal.value().to_owned(),
            other => other.to_string(),
        };
        text.split(|c: char| c.is_whitespace() || c.is_control())
            .filter(|w| !w.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn iri(&self, iri: &str) -> String {
        if let Some(tail) = iri.strip_prefix(self.iris.base()) {
            return tail.to_owned();
        }
        let prefixed =
            PREFIXES.iter().find_map(|(prefix, space)| Some(format!("{prefix}:{}", iri.strip_prefix(space)?)));
        prefixed.unwrap_or_else(|| iri.to_owned())
    }
}

impl Table {
    /// Reads the solutions that the limits let in, and says whether there are more.
    pub(super) fn collect(solutions: QuerySolutionIter<'_>, limits: &Limits) -> Result<(Self, bool), StoreError> {
        let variables = solutions.variables().to_vec();
        let row = |solution: QuerySolution| variables.iter().map(|v| solution.get(v).cloned()).collect();
        let (rows, more) = limits.read(solutions.map(|solution| Ok(row(solution?))))?;
        Ok((Self { columns: variables.iter().map(|v| v.as_str().to_owned()).collect(), rows }, more))
    }

    /// Aligned by display width (a Chinese character is two columns wide), with a line under the heads. Columns in
    /// which no row has a value are left out.
    ///
    /// `width` is what a line may take. Where rows are longer, the last column (the evidence, as a rule) and the IRIs
    /// right before it go below their row; the widest of the others wrap. Without a width every row is one line.
    #[must_use]
    pub fn aligned(&self, shortener: Shortener<'_>, width: Option<usize>) -> String {
        let cell = |term: &Option<Term>| term.as_ref().map(|t| shortener.text(t)).unwrap_or_default();
        let filled =
            |at: &usize| self.rows.is_empty() || self.rows.iter().any(|row| matches!(row.get(*at), Some(Some(_))));
        let shown: Vec<usize> = (0..self.columns.len()).filter(filled).collect();
        let heads: Vec<String> = shown.iter().map(|at| self.columns[*at].clone()).collect();
        let cells =
            |row: &Vec<Option<Term>>| shown.iter().map(|at| row.get(*at).map(cell).unwrap_or_default()).collect();
        let rows: Vec<Vec<String>> = self.rows.iter().map(cells).collect();
        let named = |at: &&usize| self.rows.iter().all(|row| !matches!(row.get(**at), Some(Some(Term::Literal(_)))));
        let loose = 1 + shown.iter().rev().skip(1).take_while(named).count();
        let mut text = layout::lines(&heads, &rows, loose.min(shown.len().saturating_sub(1)), width);
        if self.rows.is_empty() {
            text.push_str("(none)\n");
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::model::{Literal, NamedNode};

    #[test]
    fn columns_align_by_display_width() {
        let iris = Iris::default();
        let words = |w: &str| Some(Term::from(Literal::from(w)));
        let iri = Some(Term::from(NamedNode::new("https://w3id.org/tupu/kg/fact/1").unwrap()));
        let table = Table {
            columns: vec!["who".into(), "fact".into(), "evidence".into()],
            rows: vec![vec![words("米哈游"), iri, words("捐赠\n口罩")], vec![words("A"), None, words("赠送")]],
        };
        let text = table.aligned(Shortener { iris: &iris }, None);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "who     fact    evidence");
        assert_eq!(lines[2], "米哈游  fact/1  捐赠 口罩");
        assert_eq!(lines[3], "A               赠送");
    }

    #[test]
    fn a_column_without_values_is_left_out_and_an_empty_answer_says_so() {
        let iris = Iris::default();
        let columns = vec!["who".into(), "carrier".into()];
        let table = Table { columns, rows: vec![vec![Some(Term::from(Literal::from("A"))), None]] };
        assert_eq!(table.aligned(Shortener { iris: &iris }, None), "who\n───\nA\n");
        let table = Table { rows: Vec::new(), ..table };
        assert_eq!(table.aligned(Shortener { iris: &iris }, None), "who  carrier\n───  ───────\n(none)\n");
    }
}
