//! The tutorial is run as it stands: its files are written, its changes made, its commands must answer as it shows.

use std::fs;
use std::path::Path;

use assert_cmd::cargo::cargo_bin_cmd;

const TUTORIAL: &str = include_str!("../ontology/frames/TUTORIAL.md");

/// A block of the tutorial with its line: what is to be done, and the text of the block.
enum Step<'a> {
    /// `<!-- file: NAME -->`: the block is the file.
    Write(&'a str, String),
    /// `<!-- append: NAME -->`: the block is added to the file.
    Append(&'a str, String),
    /// `<!-- change: NAME -->`: a diff without line numbers.
    Change(&'a str, String),
    /// A block of `console`: commands behind `$`, each with what it answers.
    Run(String),
}

fn steps() -> Vec<(usize, Step<'static>)> {
    let mut steps = Vec::new();
    let mut lines = TUTORIAL.lines().enumerate();
    let mut mark = None;
    while let Some((number, line)) = lines.next() {
        if let Some(told) = line.strip_prefix("<!-- ") {
            mark = told.strip_suffix(" -->").and_then(|told| told.split_once(": "));
            assert!(mark.is_some(), "line {}: no instruction: {line}", number + 1);
        } else if let Some(language) = line.strip_prefix("```") {
            let text: String = lines
                .by_ref()
                .map(|(_, line)| line)
                .take_while(|line| *line != "```")
                .map(|l| format!("{l}\n"))
                .collect();
            let step = match mark.take() {
                Some(("file", name)) => Step::Write(name, text),
                Some(("append", name)) => Step::Append(name, text),
                Some(("change", name)) => Step::Change(name, text),
                None if language == "console" => Step::Run(text),
                other => panic!("line {}: nothing to do with this block ({other:?})", number + 1),
            };
            steps.push((number + 1, step));
        }
    }
    steps
}

/// What a diff takes away and what it puts there.
fn sides(diff: &str) -> (String, String) {
    let side = |sign: char| {
        let kept = diff.lines().filter(|line| line.starts_with([' ', sign]));
        kept.map(|line| format!("{}\n", &line[1..])).collect()
    };
    (side('-'), side('+'))
}

/// The words of a command; single quotes keep them together.
fn words(command: &str) -> Vec<String> {
    let parts = command.split('\'').enumerate();
    parts
        .flat_map(|(n, part)| match n % 2 {
            0 => part.split_whitespace().map(str::to_owned).collect(),
            _ => vec![part.to_owned()],
        })
        .collect()
}

/// What a command printed and then said.
fn answer(folder: &Path, command: &str) -> String {
    let words = words(command);
    assert_eq!(words[0], "tupu");
    let done = cargo_bin_cmd!("tupu").current_dir(folder).args(&words[1..]).output().unwrap();
    let said = String::from_utf8(done.stderr).unwrap();
    assert_eq!(done.status.success(), said.is_empty(), "{command}: {said}");
    String::from_utf8(done.stdout).unwrap() + &said
}

/// Whether lines are as shown: `…` alone stands for any lines, at the end of a line for what follows there.
fn agree(shown: &[&str], lines: &[&str]) -> bool {
    match (shown.split_first(), lines.split_first()) {
        (None, None) => true,
        (Some((&"…", rest)), _) => (0..=lines.len()).any(|skipped| agree(rest, &lines[skipped..])),
        (Some((first, rest)), Some((line, others))) => {
            let same = match first.strip_suffix('…') {
                Some(beginning) => line.starts_with(beginning.trim_end()),
                None => first.trim_end() == line.trim_end(),
            };
            same && agree(rest, others)
        }
        _ => false,
    }
}

#[test]
fn the_tutorial_does_what_it_shows() {
    let folder = tempfile::tempdir().unwrap();
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let mut commands = 0;
    for (line, step) in steps() {
        match step {
            Step::Write(name, text) => write(name, &text),
            Step::Append(name, text) => write(name, &(read(name) + &text)),
            Step::Change(name, diff) => {
                let ((old, new), text) = (sides(&diff), read(name));
                assert_eq!(text.matches(&old).count(), 1, "line {line}: {name} has no such place, or two");
                write(name, &text.replacen(&old, &new, 1));
            }
            Step::Run(session) => {
                for run in session.strip_prefix("$ ").expect("a command").split("\n$ ") {
                    let (command, shown) = run.split_once('\n').unwrap_or((run, ""));
                    let (shown, answer) = (shown.trim_end(), answer(folder.path(), command));
                    let lines: Vec<&str> = answer.trim_end().lines().collect();
                    let agree = agree(&shown.lines().collect::<Vec<_>>(), &lines);
                    assert!(agree, "line {line}: {command}\nanswers\n{answer}\nnot\n{shown}");
                    commands += 1;
                }
            }
        }
    }
    assert!(commands > 12, "{commands} commands");
    let graph = read("contracts.graphml");
    assert_eq!(graph.matches("<data key=\"e_interaction\">wonFrom</data>").count(), 2);
}
