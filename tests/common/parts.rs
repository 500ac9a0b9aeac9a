//! The graph of documents as one machine derives it, and as parts of them give it that are nowhere together.

use std::collections::BTreeSet;

use tupu::annotation::Annotation;
use tupu::link::Linking;
use tupu::link::elsewhere::Elsewhere;
use tupu::rdf::{self, Iris, Scope};
use tupu::schema::Schema;
use tupu::shard::{self, Round};

/// The lines of N-Quads of witnesses, but for the ontology.
pub fn of_all(witnesses: &[Annotation], schema: &Schema) -> Vec<String> {
    let (linking, iris) = (Linking::new(witnesses, &[], &[]), Iris::default());
    let mut lines = BTreeSet::new();
    for quad in rdf::stated(witnesses, &linking, schema, &iris) {
        lines.insert(format!("{quad} ."));
        lines.insert(format!("{} {} {} .", quad.subject, quad.predicate, quad.object));
    }
    let reasons = rdf::identity::reasons(&linking, witnesses, &[], &iris, &Scope::whole());
    lines.extend(reasons.into_iter().map(|quad| format!("{quad} .")));
    lines.into_iter().collect()
}

/// The same of parts of them.
///
/// # Panics
/// Where a step fails.
pub fn of_parts(parts: &[Vec<Annotation>], schema: &Schema) -> Vec<String> {
    let inputs: Vec<String> = parts.iter().map(|part| part.iter().map(|one| one.to_json() + "\n").collect()).collect();
    let nothing = Elsewhere::default();
    let tell = |round, elsewhere: &Elsewhere| {
        gathered(inputs.iter().map(|input| run(|out| shard::tell(round, input.as_bytes(), elsewhere, out))))
    };
    let names = tell(Round::Names, &nothing);
    let entities = tell(Round::Entities, &known(&names));
    let persons = tell(Round::Persons, &known(&(names.clone() + &entities)));
    let all = names + &entities + &persons;
    let (mut own, mut shared) = (Vec::new(), BTreeSet::new());
    for input in &inputs {
        let input = persons.clone() + input;
        let lines = run(|out| shard::quads(input.as_bytes(), known(&all), schema, &Iris::default(), out));
        for line in lines.lines() {
            match line.split_once('\t') {
                Some(("own", line)) => own.push(line.to_owned()),
                Some(("shared", line)) => drop(shared.insert(line.to_owned())),
                _ => panic!("{line}"),
            }
        }
    }
    own.extend(shared);
    own.sort();
    own
}

fn known(rows: &str) -> Elsewhere {
    Elsewhere::new(shard::table(rows.as_bytes()).unwrap())
}

/// What comes of rows, those about one thing brought together.
pub fn gathered(rows: impl Iterator<Item = String>) -> String {
    let rows: Vec<String> = rows.collect();
    let mut lines: Vec<&str> = rows.iter().flat_map(|rows| rows.lines()).collect();
    lines.sort_unstable();
    run(|out| shard::gather(lines.join("\n").as_bytes(), out))
}

/// What a step writes.
pub fn run<E: std::fmt::Display>(step: impl FnOnce(&mut dyn std::io::Write) -> Result<(), E>) -> String {
    let mut out = Vec::new();
    step(&mut out).unwrap_or_else(|error| panic!("{error}"));
    String::from_utf8(out).unwrap()
}
