//! What the README says of the program that the program can say itself.

use assert_cmd::cargo::cargo_bin_cmd;

#[test]
fn what_is_read_of_a_page_is_what_the_program_prints() {
    let page = "tests/cases/pages/news-agency.html";
    let done = cargo_bin_cmd!("tupu").current_dir(env!("CARGO_MANIFEST_DIR")).args(["read", page]).output().unwrap();
    let printed = String::from_utf8(done.stdout).unwrap();
    let shown = format!("(`tupu read {page}`):\n\n```text\n{printed}```\n");
    assert!(include_str!("../README.md").contains(&shown), "put this into the README: {shown}");
}

#[test]
fn what_differs_between_two_editions_is_what_the_program_prints() {
    let folder = tempfile::tempdir().unwrap();
    let tupu = |arguments: &[&str]| {
        let done = cargo_bin_cmd!("tupu").current_dir(&folder).args(arguments).output().unwrap();
        String::from_utf8(done.stdout).unwrap()
    };
    let text = include_str!("../data/sample/titan-donation.txt");
    for (kg, text) in [("was", text.to_owned()), ("is", text.replace("15万只", "25万只"))] {
        std::fs::write(folder.path().join("titan-donation.txt"), text).unwrap();
        tupu(&["build", "titan-donation.txt", "--kg", kg]);
    }
    let printed = tupu(&["diff", "was", "is"]);
    let (changes, _) = printed.split_once("\n\n").unwrap();
    assert!(include_str!("../README.md").contains(changes), "put this into the README: {changes}");
}

#[test]
fn the_table_of_fact_types_is_what_the_program_prints() {
    let empty = tempfile::tempdir().unwrap();
    let done = cargo_bin_cmd!("tupu").current_dir(&empty).args(["frames", "list"]).output().unwrap();
    let printed = String::from_utf8(done.stdout).unwrap();
    let readme = include_str!("../README.md");
    let table: String = readme
        .lines()
        .skip_while(|line| *line != "## The fact types")
        .skip_while(|line| !line.starts_with('|'))
        .take_while(|line| line.starts_with('|'))
        .map(|line| format!("{line}\n"))
        .collect();
    assert_eq!(table, printed, "put what `tupu frames list` prints in the place of the README's table");
    assert!(table.lines().count() > 20);
}

#[test]
fn the_decisions_shown_are_decisions() {
    let readme = include_str!("../README.md");
    let lines: Vec<&str> = readme.lines().filter(|line| line.starts_with(r#"{"decision""#)).collect();
    assert!(lines.len() >= 5);
    for line in lines {
        let decision = tupu::decision::Decision::from_json(line).unwrap();
        assert_eq!(decision.to_json(), line);
    }
}

/// The sample, read into a workspace of its own.
fn sample() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let texts = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data/sample");
    cargo_bin_cmd!("tupu").current_dir(&folder).arg("build").arg(texts).assert().success();
    folder
}

#[test]
fn the_picture_shown_is_the_one_that_the_program_draws() {
    let folder = sample();
    let command = ["export", "svg", "--around", "上海实验动物研究中心"];
    let readme = include_str!("../README.md");
    assert!(readme.contains(&command.join(" ")) && readme.contains("(tests/cases/mice.svg)"));
    let done = cargo_bin_cmd!("tupu").current_dir(&folder).args(command).output().unwrap();
    let drawn = String::from_utf8(done.stdout).unwrap();
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/mice.svg");
    if std::env::var_os("TUPU_UPDATE").is_some_and(|value| value == "1") {
        std::fs::write(&file, &drawn).unwrap();
    }
    let shown = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(drawn == shown, "{} shows another picture; TUPU_UPDATE=1 accepts this one", file.display());
}

#[test]
fn the_path_shown_is_the_one_that_the_program_finds() {
    let folder = sample();
    let command = ["path", "上海公共卫生临床中心", "斯微（上海）生物科技有限公司", "--format", "tsv"];
    let done = cargo_bin_cmd!("tupu").current_dir(&folder).args(command).output().unwrap();
    let found = String::from_utf8(done.stdout).unwrap();
    // The table there is as wide as a terminal: cells stand in several lines.
    let readme: String = include_str!("../README.md").split_whitespace().collect();
    assert!(found.lines().count() > 2, "{found}");
    for cell in found.lines().skip(1).flat_map(|line| line.split('\t')) {
        let words: String = cell.split_whitespace().collect();
        assert!(readme.contains(&words), "README.md does not show {cell}");
    }
}
