//! The graph of some documents, as lines of N-Quads: those that these documents alone give, and those that others may
//! give too.

use std::collections::BTreeSet;
use std::io::{BufRead, Write};

use oxigraph::model::{GraphName, NamedOrBlankNode, Quad};
use rayon::prelude::*;

use super::ShardError;
use super::lines::{AT_ONCE, Lines, annotation, row};
use crate::annotation::Annotation;
use crate::link::Linking;
use crate::link::elsewhere::Elsewhere;
use crate::rdf::{self, Iris, Scope};
use crate::schema::Schema;

/// What stands before a line that no other document gives.
const OWN: &str = "own";
/// What stands before a line that other documents may give too.
const SHARED: &str = "shared";

/// Writes the graph of witnesses, each line once behind `own` or `shared` and a tab. Rows about documents, of which persons
/// others know, stand before these.
///
/// # Errors
/// As [`ShardError`] tells.
pub fn quads(
    input: impl BufRead,
    mut elsewhere: Elsewhere,
    schema: &Schema,
    iris: &Iris,
    out: &mut dyn Write,
) -> Result<(), ShardError> {
    let mut lines = Lines::new(input);
    loop {
        let mut some = Vec::new();
        while some.len() < AT_ONCE
            && let Some(line) = lines.next()?
        {
            // Annotations hold no tab.
            if line.contains('\t') {
                elsewhere.join(row(&line).map_err(|message| lines.wrong(&message))?);
            } else {
                some.push((lines.number(), line));
            }
        }
        if some.is_empty() {
            return Ok(());
        }
        let read = some.par_iter().map(|(line, text)| annotation(*line, text)).collect::<Vec<_>>();
        let annotations = read.into_iter().collect::<Result<Vec<_>, _>>()?;
        write(&annotations, &elsewhere, schema, iris, out)?;
        annotations.iter().for_each(|annotation| elsewhere.forget(&annotation.id));
    }
}

/// Writes the ontology as lines of N-Quads.
///
/// # Errors
/// Where they cannot be written.
pub fn ontology(schema: &Schema, out: &mut dyn Write) -> Result<(), ShardError> {
    let lines: BTreeSet<String> = rdf::ontology::quads(schema).into_iter().map(|quad| format!("{quad} .")).collect();
    Ok(lines.iter().try_for_each(|line| writeln!(out, "{line}"))?)
}

fn write(
    annotations: &[Annotation],
    elsewhere: &Elsewhere,
    schema: &Schema,
    iris: &Iris,
    out: &mut dyn Write,
) -> Result<(), ShardError> {
    let linking = Linking::among(annotations, elsewhere);
    let derived = annotations.par_iter().map(|annotation| {
        let mut said = Said::default();
        let facts = format!("{}fact/", iris.base());
        let document = iris.document(&annotation.id);
        let words = format!("{}#", document.as_str());
        for quad in rdf::quads(annotation, &linking, schema, iris) {
            let NamedOrBlankNode::NamedNode(subject) = &quad.subject else { continue };
            let subject = subject.as_str();
            // The ids of facts have that of their document in them.
            let is_own = subject == document.as_str() || subject.starts_with(&words) || subject.starts_with(&facts);
            said.add(&Quad { graph_name: GraphName::DefaultGraph, ..quad.clone() }, is_own);
            said.add(&quad, true);
        }
        said
    });
    let mut said = Said::default();
    for mut one in derived.collect::<Vec<_>>() {
        said.own.append(&mut one.own);
        said.shared.append(&mut one.shared);
    }
    for quad in rdf::identity::relations(&linking, iris) {
        said.add(&Quad { graph_name: GraphName::DefaultGraph, ..quad.clone() }, false);
        said.add(&quad, false);
    }
    let identities = GraphName::from(iris.identities());
    for quad in rdf::identity::reasons(&linking, annotations, &[], iris, &Scope::whole()) {
        said.add(&quad, quad.graph_name != identities);
    }
    said.own.iter().try_for_each(|line| writeln!(out, "{OWN}\t{line}"))?;
    Ok(said.shared.iter().try_for_each(|line| writeln!(out, "{SHARED}\t{line}"))?)
}

/// Lines, each once.
#[derive(Default)]
struct Said {
    own: BTreeSet<String>,
    shared: BTreeSet<String>,
}

impl Said {
    fn add(&mut self, quad: &Quad, is_own: bool) {
        let lines = if is_own { &mut self.own } else { &mut self.shared };
        lines.insert(format!("{quad} ."));
    }
}
