//! The built-in fact types are held to their examples, and the examples to the patterns; a user's own add to them.

use std::fs;
use std::path::Path;

use assert_cmd::cargo::cargo_bin_cmd;
use tupu::annotate::{Annotator, check};
use tupu::annotation::Annotation;
use tupu::schema::{Frame, Schema};

const README: &str = include_str!("../ontology/frames/README.md");

/// The TOML of a part of the README, its blocks one after the other.
fn toml_of(part: &str) -> String {
    let blocks = part.split("```toml\n").skip(1).map(|rest| rest.split("```").next().unwrap_or_default());
    blocks.flat_map(str::lines).map(|line| format!("{}\n", line.strip_prefix("   ").unwrap_or(line))).collect()
}

/// The README's fact type of a researcher's own.
fn mourning() -> String {
    toml_of(README.split_once("## A frame of your own").unwrap().1.split_once("## Reference").unwrap().0)
}

fn built_in() -> Schema {
    Schema::embedded().unwrap()
}

fn failures(schema: Schema) -> Vec<check::Failure> {
    let annotator = Annotator::new(schema);
    annotator.schema().frames().flat_map(|frame| check::examples(&annotator, frame)).collect()
}

#[test]
fn every_example_holds() {
    let failed: Vec<_> = failures(built_in()).iter().map(ToString::to_string).collect();
    assert!(failed.is_empty(), "{}", failed.join("\n\n"));
}

#[test]
fn every_frame_shows_what_it_reads_and_what_it_must_not() {
    for frame in built_in().frames() {
        let (some, none): (Vec<_>, Vec<_>) = frame.examples.iter().partition(|e| !e.facts.is_empty());
        assert!(
            some.len() >= 7 && none.len() >= 4,
            "{}: {} with facts, {} without",
            frame.name,
            some.len(),
            none.len()
        );
    }
}

/// A pattern that no example needs is a pattern that nobody would miss.
#[test]
fn every_pattern_is_needed_by_an_example() {
    for frame in built_in().frames() {
        for at in 0..frame.patterns.len() {
            let mut without = frame.clone();
            without.patterns.remove(at);
            let mut schema = built_in();
            schema.add(without).unwrap();
            let annotator = Annotator::new(schema);
            let failed = check::examples(&annotator, annotator.schema().frame(&frame.name).unwrap());
            assert!(!failed.is_empty(), "no example of {} needs its pattern {}", frame.name, at + 1);
        }
    }
}

#[test]
fn the_frame_that_the_readme_walks_through_does_what_it_says() {
    let frame = toml_of(README.split_once("## A frame of your own").unwrap().0);
    let mut schema = built_in();
    schema.add(Frame::parse("README.md", &frame).unwrap()).unwrap();
    let annotator = Annotator::new(schema);
    let frame = annotator.schema().frame("Donation").unwrap();
    assert_eq!((frame.patterns.len(), frame.examples.len()), (2, 2));
    assert_eq!(check::examples(&annotator, frame), []);
}

/// Which frame has a word that two wait for is told where frames are described.
#[test]
fn the_readme_tells_the_priorities() {
    let mut frames: std::collections::BTreeMap<i32, Vec<String>> = std::collections::BTreeMap::new();
    for frame in built_in().frames() {
        frames.entry(frame.priority).or_default().push(frame.name.clone());
    }
    for (priority, names) in frames {
        let row = format!("| {priority} | {} |", names.join(", "));
        assert!(README.contains(&row), "README.md lacks {row}");
    }
}

/// What the program says it knows is what the README describes.
#[test]
fn the_readme_describes_every_key_and_slot() {
    let reference = README.split_once("## Reference").unwrap().1;
    for (right, wrong) in [
        ("name  =", "nam ="),
        ("mourner  = { label", "mourner  = { lable"),
        ("triggers ", "trigers "),
        ("subject =", "subjekt ="),
        ("\"Person\"] }\n\n", "\"Human\"] }\n\n"),
        ("property =", "propperty ="),
        ("text  =", "txt ="),
    ] {
        assert!(mourning().contains(right), "{right}");
        let said = Frame::parse("own.toml", &mourning().replacen(right, wrong, 1)).unwrap_err().to_string();
        let (_, known) = said.split_once("expected one of ").expect(&said);
        for word in known.split('`').skip(1).step_by(2) {
            assert!(reference.contains(&format!("`{word}`")), "the README does not describe `{word}`");
        }
    }
}

/// A folder with a note, and the README's frame, changed, as `frames/mourning.toml`.
fn place(change: impl Fn(&str) -> String) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("kg/frames")).unwrap();
    fs::write(folder.path().join("kg/frames/mourning.toml"), change(&mourning())).unwrap();
    fs::write(folder.path().join("note.txt"), "讣告\n\n北京大学沉痛悼念张志远。\n").unwrap();
    folder
}

/// Runs `tupu` in `folder`: its exit code, what it printed and what it said.
fn tupu(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let done = cargo_bin_cmd!("tupu").current_dir(folder).args(arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (done.status.code(), text(done.stdout), text(done.stderr))
}

#[test]
fn a_folder_of_ones_own_adds_a_fact_type() {
    let place = place(str::to_owned);
    for arguments in [&["extract", "note.txt", "--frames", "kg/frames"][..], &["extract", "note.txt"]] {
        let (code, printed, said) = tupu(place.path(), arguments);
        assert_eq!((code, said.as_str()), (Some(0), ""));
        let annotation: Annotation = serde_json::from_str(&printed).unwrap();
        let facts: Vec<_> = annotation.facts.iter().filter(|f| f.kind == "Mourning").collect();
        assert_eq!(facts.len(), 1, "{printed}");
        let roles = check::as_example(&annotation, facts[0]).roles;
        assert_eq!(roles["mourner"], ["北京大学"]);
        assert_eq!(roles["deceased"], ["张志远"]);
    }
}

#[test]
fn the_examples_of_ones_own_are_run() {
    let right = place(str::to_owned);
    let (code, printed, said) = tupu(right.path(), &["frames", "check", "kg/frames"]);
    assert_eq!((code, said.as_str()), (Some(0), ""));
    assert_eq!(printed, "Mourning  1 pattern    2 examples    all hold\n");

    let wrong = place(|frame| frame.replace("deceased = [\"李建国\"] }", "deceased = [\"李建民\"] }"));
    let (code, printed, said) = tupu(wrong.path(), &["frames", "check", "kg/frames"]);
    assert_eq!((code, said.as_str()), (Some(1), "tupu: 1 of 2 examples do not hold\n"));
    for words in ["武汉大学悼念李建国。", "must give  deceased = 李建民", "gives      deceased = 李建国"]
    {
        assert!(printed.contains(words), "{words}: {printed}");
    }
}

#[test]
fn built_in_and_own_frames_are_checked_together_where_no_folder_is_named() {
    let place = place(str::to_owned);
    let (code, printed, _) = tupu(place.path(), &["frames", "check"]);
    assert_eq!(code, Some(0), "{printed}");
    assert_eq!(printed.lines().count(), built_in().frames().count() + 1);
}

#[test]
fn a_mistake_is_told_with_its_file_and_line() {
    for (right, wrong, line, told) in [
        ("triggers ", "trigers ", 9, "trigers"),
        ("\"Person\"] }\n\n", "\"Human\"] }\n\n", 6, "Human"),
        ("subject =", "subjekt =", 10, "subjekt"),
        ("object = [\"deceased\"]", "object = [\"dead\"]", 8, "dead"),
        ("from     = \"mourner\"", "from     = \"donor\"", 14, "donor"),
        ("facts = [{ mourner", "facts = [{ donor", 20, "donor"),
        ("\"Mourning\"", "\"mourning\"", 1, "mourning"),
        ("needs      = [", "needs      = ", 11, ""),
    ] {
        assert!(mourning().contains(right), "{right}");
        let place = place(|frame| frame.replacen(right, wrong, 1));
        for arguments in [&["frames", "check", "kg/frames"][..], &["extract", "note.txt", "--frames", "kg/frames"]] {
            let (code, printed, said) = tupu(place.path(), arguments);
            assert_eq!((code, printed.as_str()), (Some(1), ""));
            let place = format!("tupu: kg/frames/mourning.toml:{line}: ");
            assert!(said.starts_with(&place) && said.contains(told) && said.lines().count() == 1, "{wrong}: {said}");
        }
    }
}
